// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Support
import SwardEngine
import SwardMetainfo
import SwardPrimitives
import SwardStorage
import SwardSwarm
import Testing
import TorrentSupport

@Suite("Files of somebody else's where the work's go", .timeLimit(.minutes(5))) struct ForeignFilesTests {
    static let pieceLength = 32_768
    let torrent: MadeTorrent

    init() throws {
        torrent = try MadeTorrent(
            .hybrid, pieceLength: Self.pieceLength,
            files: [
                .init("a", SplitMix64.bytes(3 * Self.pieceLength, seed: 1)), .init("b", Array("part".utf8)),
                .init("c", SplitMix64.bytes(100, seed: 3)),
            ])
    }

    /// - Returns: What went wrong, if anything did before the torrent was ready to fetch.
    func problem(
        _ folder: TemporaryFolder, resume: Bool = true, _ change: (inout TorrentOptions) -> Void = { _ in }
    ) async throws -> TorrentProblem? {
        let peer = try await TestPeer("fetcher", folder: folder)
        var options = peer.options(resume: resume)
        change(&options)
        let handle = peer.session.add(.metainfo(torrent.metainfo), options: options, judge: TestPeer.admitted)
        var problem: TorrentProblem?
        for await event in handle.events {
            if case .failed(let found) = event { problem = found }
            if case .checked = event { break }
            if problem != nil { break }
        }
        await peer.session.stop()
        return problem
    }

    @Test(
        "a file that has nothing of the work's is left alone, at the second try too",
        arguments: [false, true])
    func leavesStrangers(_ resume: Bool) async throws {
        let folder = try TemporaryFolder()
        try folder.write("me", to: "work/b")
        for _ in 1...2 {
            #expect(
                try await problem(folder, resume: resume) == .storage(StorageError(.notOurs, at: "work/b")))
            #expect(try folder.read("work/b") == Array("me".utf8))
        }
        #expect(try await problem(folder, resume: resume) { $0.overwrites = true } == nil)
    }

    @Test("a longer file is left alone even where its beginning is the work's, or cut when that is wanted")
    func leavesLonger() async throws {
        let folder = try TemporaryFolder()
        try torrent.write(to: folder.url)
        #expect(try await problem(folder) == nil)
        try folder.write("part and more", to: "work/b")
        let tooLong = StorageError(.tooLong(found: 13, expected: 4), at: "work/b")
        #expect(try await problem(folder) == .storage(tooLong))
        #expect(try folder.read("work/b") == Array("part and more".utf8))
        #expect(try await problem(folder) { $0.overwrites = true } == nil)
        #expect(torrent.faults(in: folder.url) == [])
    }

    @Test("what is partly the work's, blank, or not asked for is in nobody's way")
    func goesOn() async throws {
        let folder = try TemporaryFolder()
        try torrent.write(to: folder.url)
        var bytes = try folder.read("work/a")
        bytes[0] &+= 1
        try folder.write(bytes, to: "work/a")
        try folder.write([0, 0, 0], to: "work/b")
        try folder.write("somebody's", to: "work/c")
        #expect(
            try await problem(folder) { $0.priorities = { _ in [.normal, .normal, .skip] } } == nil)
    }

    @Test("what a record says is ours is mended, however wrong it is")
    func mendsOwn() async throws {
        let folder = try TemporaryFolder()
        try torrent.write(to: folder.url)
        #expect(try await problem(folder) == nil)
        try folder.write("none", to: "work/b")
        #expect(try await problem(folder) == nil)
    }
}
