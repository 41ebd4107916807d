// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Glibc
import NIOCore
import Support
import SwardMetainfo
import SwardPrimitives
import SwardStorage
import Testing
import TorrentSupport

@Suite("Partial files") struct PartialFilesTests {
    let temporary: TemporaryFolder
    let torrent: MadeTorrent

    init() throws {
        temporary = try TemporaryFolder()
        torrent = try MadeTorrent(
            .v2, name: "work",
            files: [.init("a", [1, 2, 3]), .init("b", [4, 5]), .init("b.part", [6]), .init("d/c", [7])])
    }

    func payload() throws -> Payload {
        Payload(
            torrent.info, in: try PayloadFolder(path: temporary.path, creating: true),
            descriptors: DescriptorCache(limit: 4))
    }

    func write(_ file: Int, to payload: Payload) throws {
        let piece = PieceIndex(torrent.info.layout.pieces(ofFile: file).lowerBound)
        for block in torrent.info.layout.blocks(of: piece) {
            let data = ByteBuffer(bytes: torrent.bytes(of: block))
            let result = payload.write([BlockWrite(request: block, data: data)])
            #expect(result[0].error == nil)
        }
    }

    func names() -> [String] {
        (FileManager.default.enumerator(atPath: temporary.path)?.compactMap { $0 as? String } ?? [])
            .filter { $0.hasPrefix("work/") && $0 != "work/d" }.sorted()
    }

    @Test("a file has its mark until it is whole, but for one whose marked name is another file's")
    func marks() throws {
        let payload = try payload()
        try payload.settleNames(.marked)
        for file in 0..<4 { try write(file, to: payload) }
        #expect(names() == ["work/a.part", "work/b", "work/b.part.part", "work/d/c.part"])
        try payload.unmark([0, 2, 3])
        #expect(names() == ["work/a", "work/b", "work/b.part", "work/d/c"])
        // Descriptors that were open go on being those of the same files.
        try write(0, to: payload)
        #expect(torrent.faults(in: temporary.url) == [])
    }

    @Test("the next run finds what was marked, whether it marks files or not")
    func isFoundAgain() throws {
        do {
            let payload = try payload()
            try payload.settleNames(.marked)
            try write(0, to: payload)
        }
        let again = try payload()
        try again.settleNames(.marked)
        #expect(again.lengthsOnDisk()[0] == 3)
        let onlyReads = try payload()
        try onlyReads.settleNames(.asFound)
        #expect(onlyReads.lengthsOnDisk()[0] == 3)
        #expect(names() == ["work/a.part"])
        let plain = try payload()
        try plain.settleNames(.plain)
        #expect(plain.lengthsOnDisk()[0] == 3)
        #expect(names() == ["work/a"])
    }

    @Test("a stranger's file of that name and another length is left alone")
    func leavesStrangers() throws {
        try temporary.write([1, 2, 3, 4, 5], to: "work/a.part")
        try payload().settleNames(.plain)
        #expect(names() == ["work/a.part"])
    }

    @Test("no mark is taken away where something else has the name by now")
    func replacesNothing() throws {
        let payload = try payload()
        try payload.settleNames(.marked)
        try write(0, to: payload)
        try temporary.write([9], to: "work/a")
        #expect(throws: StorageError(.system(.rename, code: EEXIST), at: "work/a.part")) {
            try payload.unmark([0])
        }
        #expect(try Data(contentsOf: temporary["work/a"]) == Data([9]))
    }
}
