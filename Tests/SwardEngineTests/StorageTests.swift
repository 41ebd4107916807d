// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Glibc
import Support
import SwardEngine
import SwardMetainfo
import SwardPrimitives
import SwardStorage
import SwardSwarm
import Testing
import TorrentSupport

@Suite("Files of a torrent", .timeLimit(.minutes(5))) struct StorageTests {
    static let pieceLength = 32_768
    let torrent: MadeTorrent

    init() throws {
        torrent = try MadeTorrent(
            .hybrid, pieceLength: Self.pieceLength,
            files: [
                .init("a", SplitMix64.bytes(3 * Self.pieceLength, seed: 1)),
                .init("b", SplitMix64.bytes(4 * Self.pieceLength + 9, seed: 2)),
            ])
    }

    /// Changes one byte and nothing of the length.
    func spoil(_ file: String, at offset: Int, in folder: TemporaryFolder) throws {
        var bytes = try folder.read(file)
        bytes[offset] &+= 1
        try folder.write(bytes, to: file)
    }

    func names(_ folder: TemporaryFolder) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder["work"].path)) ?? []).sorted()
    }

    @Test("files carry a mark until they are whole, over a stop and a new start")
    func marksPartialFiles() async throws {
        let seeder = try await TestPeer("seeder")
        try torrent.write(to: seeder.folder.url)
        try spoil("work/b", at: 2 * Self.pieceLength, in: seeder.folder)
        var options = seeder.options()
        options.writes = false
        let seeding = seeder.session.add(
            .metainfo(torrent.metainfo), options: options, judge: TestPeer.admitted)
        #expect(try await seeding.checked().piecesComplete == 7)
        let folder = try TemporaryFolder()
        do {
            let fetcher = try await TestPeer("fetcher", folder: folder)
            var options = fetcher.options(peers: [seeder.address], resume: true)
            options.marksPartialFiles = true
            let fetching = fetcher.session.add(
                .metainfo(torrent.metainfo), options: options, judge: TestPeer.admitted)
            try await fetching.first {
                if case .progress(let snapshot) = $0, snapshot.piecesComplete == 7 { () } else { nil }
            }
            await fetcher.session.stop()
            #expect(names(folder) == ["a", "b.part"])
        }
        let whole = try await TestPeer("whole")
        _ = try await whole.seed(torrent).checked()
        let fetcher = try await TestPeer("fetcher", folder: folder)
        var again = fetcher.options(peers: [whole.address], resume: true)
        again.marksPartialFiles = true
        let fetching = fetcher.session.add(
            .metainfo(torrent.metainfo), options: again, judge: TestPeer.admitted)
        let snapshot = try await fetching.completion()
        // What was verified in the first run was not fetched again.
        #expect(snapshot.downloaded == Int64(Self.pieceLength))
        #expect(names(folder) == ["a", "b"])
        #expect(torrent.faults(in: folder.url) == [])
        for peer in [seeder, whole, fetcher] { await peer.session.stop() }
    }

    @Test("what a seeder's owner has changed is not replaced by peers")
    func seedersOnlyRead() async throws {
        let whole = try await TestPeer("whole")
        _ = try await whole.seed(torrent).checked()
        let seeder = try await TestPeer("seeder")
        try torrent.write(to: seeder.folder.url)
        try spoil("work/b", at: 2 * Self.pieceLength, in: seeder.folder)
        let changed = try seeder.folder.read("work/b")
        var options = seeder.options(peers: [whole.address])
        options.writes = false
        let seeding = seeder.session.add(
            .metainfo(torrent.metainfo), options: options, judge: TestPeer.admitted)
        let checked = try await seeding.checked()
        #expect(checked.piecesComplete == 7 && !checked.isWhole)
        // They part, as neither has a use for the other.
        try await seeding.first { if case .peerClosed = $0 { () } else { nil } }
        #expect(await seeding.snapshot().downloaded == 0)
        for peer in [seeder, whole] { await peer.session.stop() }
        #expect(try seeder.folder.read("work/b") == changed)
    }

    @Test("of a seeder's file that was cut short no more is offered, and of the others all is")
    func servesTheRest() async throws {
        let seeder = try await TestPeer("seeder")
        let seeding = try seeder.seed(torrent)
        _ = try await seeding.checked()
        // In place, as it may still be open.
        try Data().write(to: seeder.folder["work/b"])
        let fetcher = try await TestPeer("fetcher")
        let fetching = fetcher.session.add(
            .metainfo(torrent.metainfo), options: fetcher.options(peers: [seeder.address]),
            judge: TestPeer.admitted)
        try await fetching.first {
            if case .progress(let snapshot) = $0, snapshot.piecesComplete == 3 { () } else { nil }
        }
        let whole = try await TestPeer("whole")
        _ = try await whole.seed(torrent).checked()
        await seeding.addPeers([whole.address])
        await fetching.addPeers([whole.address])
        _ = try await fetching.completion()
        #expect(torrent.faults(in: fetcher.folder.url) == [])
        for peer in [seeder, fetcher, whole] { await peer.session.stop() }
        #expect(try seeder.folder.read("work/b") == [])
        #expect(await seeding.snapshot().downloaded == 0)
    }

    @Test("a torrent that was stopped, and its session too, tells its last state and does nothing more")
    func afterItsEnd() async throws {
        let peer = try await TestPeer("peer")
        let seeding = try peer.seed(torrent)
        _ = try await seeding.checked()
        await peer.session.stop()
        #expect(await seeding.snapshot().piecesComplete == 8)
        #expect(await seeding.files() == nil)
        await seeding.addPeers([])
        await #expect(throws: StorageError.self) {
            try await seeding.move(to: peer.folder["elsewhere"].path, resumePath: nil)
        }
        await seeding.stop()
        #expect(torrent.faults(in: peer.folder.url) == [])
    }

    @Test("files move while they are served, and the record with them", arguments: [false, true])
    func moves(_ otherFileSystem: Bool) async throws {
        let seeder = try await TestPeer("seeder")
        _ = try await seeder.seed(torrent).checked()
        let home = try await TestPeer("home")
        let fetching = home.session.add(
            .metainfo(torrent.metainfo), options: home.options(peers: [seeder.address], resume: true),
            judge: TestPeer.admitted)
        _ = try await fetching.completion()
        await seeder.session.stop()
        let state = try TemporaryFolder()
        // Memory-backed, where the folder for temporary files may lie on a disk.
        let target =
            otherFileSystem
            ? "/dev/shm/sward-test-\(getpid())" : state["new/home"].path
        defer { if otherFileSystem { try? FileManager.default.removeItem(atPath: target) } }
        try await fetching.move(to: target, resumePath: state["record"].path)
        #expect(torrent.faults(in: URL(filePath: target)) == [])
        #expect(names(home.folder) == [])
        let other = try await TestPeer("other")
        let got = other.session.add(
            .metainfo(torrent.metainfo), options: other.options(peers: [home.address]),
            judge: TestPeer.admitted)
        _ = try await got.completion()
        #expect(torrent.faults(in: other.folder.url) == [])
        for peer in [home, other] { await peer.session.stop() }
        // The next run believes the record.
        let condition = try await Self.start(torrent, in: target, resume: state["record"].path)
        #expect(condition.snapshot.isComplete && condition.hashed == 0)
    }

    @Test("a move to where something else lies changes nothing")
    func movesOverNothing() async throws {
        let seeder = try await TestPeer("seeder")
        let seeding = try seeder.seed(torrent)
        _ = try await seeding.checked()
        let target = try TemporaryFolder()
        try target.write("mine", to: "work/b")
        await #expect(throws: StorageError(.alreadyThere, at: "work/b")) {
            try await seeding.move(to: target.path, resumePath: nil)
        }
        #expect(torrent.faults(in: seeder.folder.url) == [])
        #expect(names(target) == ["b"])
        #expect(try target.read("work/b") == Array("mine".utf8))
        await seeder.session.stop()
    }

    /// Starts a seeder in a session of its own.
    ///
    /// - Returns: What it has, and how many bytes it read to find out.
    static func start(
        _ torrent: MadeTorrent, in folder: String, resume: String
    ) async throws -> (snapshot: TorrentSnapshot, hashed: Int64) {
        let peer = try await TestPeer("again")
        var options = TorrentOptions(folder: folder)
        options.resumePath = resume
        options.writes = false
        let handle = peer.session.add(.metainfo(torrent.metainfo), options: options, judge: TestPeer.admitted)
        var hashed: Int64 = 0
        for await event in handle.events {
            switch event {
            case .checking(let done, _): hashed = max(hashed, done)
            case .checked(let snapshot):
                await peer.session.stop()
                return (snapshot, hashed)
            default: continue
            }
        }
        throw TorrentHandle.Unexpected.ended
    }

    @Test("at the next start only what has changed is read")
    func readsOnlyChanges() async throws {
        let folder = try TemporaryFolder()
        try torrent.write(to: folder.url)
        let record = folder["record"].path
        #expect(try await Self.start(torrent, in: folder.path, resume: record).snapshot.isComplete)
        let unchanged = try await Self.start(torrent, in: folder.path, resume: record)
        #expect(unchanged.snapshot.isComplete && unchanged.hashed == 0)
        func time(_ path: String) throws -> Date {
            try #require(FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date)
        }
        // The kernel's clock of files goes in steps; until it has moved on a change could not be told.
        let settled = try time(record)
        repeat {
            try spoil("work/a", at: 5, in: folder)
        } while try time(folder["work/a"].path) <= settled
        let changed = try await Self.start(torrent, in: folder.path, resume: record)
        #expect(changed.hashed > 0 && changed.hashed <= 2 * Int64(3 * Self.pieceLength))
        #expect(changed.snapshot.piecesComplete == 7)
    }

    @Test(
        "a check that is stopped leaves the record as it is",
        arguments: [InfoDictionary.Kind.v1, .v2, .hybrid])
    func stoppedCheck(_ kind: InfoDictionary.Kind) async throws {
        let torrent = try MadeTorrent.random(kind, seed: 4)
        for isCut in [false, true] {
            let folder = try TemporaryFolder()
            try torrent.write(to: folder.url)
            let record = folder["record"].path
            func check(_ shouldContinue: (Int64) -> Bool) throws -> PayloadCondition {
                try PayloadCondition(
                    checking: torrent.metainfo, in: folder.path, resumePath: record,
                    shouldContinue: shouldContinue)
            }
            #expect(try check { _ in true }.isSound)
            if isCut {
                // Then what is there is looked at piece by piece.
                let file = "\(torrent.info.name)/always/here.bin"
                try folder.write(Array(folder.read(file).dropLast()), to: file)
            }
            let former = try folder.read("record")
            #expect(throws: StorageError(.system(.read, code: ECANCELED), at: folder.path)) {
                try check { _ in false }
            }
            #expect(try folder.read("record") == former)
        }
    }

    @Test("a check of every byte says what is wrong with which file, and records it")
    func condition() async throws {
        let folder = try TemporaryFolder()
        try torrent.write(to: folder.url)
        let record = folder["record"].path
        func check() throws -> PayloadCondition {
            try PayloadCondition(checking: torrent.metainfo, in: folder.path, resumePath: record) { _ in true
            }
        }
        #expect(try check().isSound)
        try spoil("work/b", at: Self.pieceLength, in: folder)
        try folder.write(Array(folder.read("work/a").dropLast()), to: "work/a")
        let found = try check()
        #expect(!found.isSound)
        #expect(found.files.map(\.state) == [.wrongLength, .damaged])
        #expect(found.files.map(\.badPieces) == [1, 1])
        #expect(found.goodPieces == 6)
        let next = try await Self.start(torrent, in: folder.path, resume: record)
        #expect(next.snapshot.piecesComplete == 6 && next.hashed == 0)
        try FileManager.default.removeItem(at: folder["work/a"])
        #expect(try check().files[0].state == .missing)
    }
}
