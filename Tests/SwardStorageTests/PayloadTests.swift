// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Glibc
import NIOCore
import Support
import SwardHash
import SwardMerkle
import SwardMetainfo
import SwardPrimitives
import SwardStorage
import Testing
import TorrentSupport

@Suite("Payload") struct PayloadTests {
    static let cases: [(kind: InfoDictionary.Kind, seed: UInt64)] =
        [.v1, .v2, .hybrid].flatMap { kind in (0..<12).map { (kind, $0) } }

    let temporary: TemporaryFolder

    init() throws { temporary = try TemporaryFolder() }

    func payload(_ torrent: MadeTorrent, _ allocation: Payload.Allocation = .sparse) throws -> Payload {
        let folder = try PayloadFolder(path: temporary("to"), creating: true)
        return Payload(
            torrent.info, in: folder, descriptors: DescriptorCache(limit: 4), allocation: allocation)
    }

    func write(_ request: BlockRequest, of torrent: MadeTorrent) -> BlockWrite {
        // In the middle of a bigger buffer, as a block is in what was read from a socket.
        var buffer = ByteBuffer(bytes: [9, 9, 9] + torrent.bytes(of: request) + [9])
        buffer.moveReaderIndex(forwardBy: 3)
        return BlockWrite(request: request, data: buffer.readSlice(length: request.length)!)
    }

    @Test(
        "blocks written in any order and grouping make the files, with leaves and digests", arguments: cases)
    func roundTrip(_ row: (kind: InfoDictionary.Kind, seed: UInt64)) throws {
        let torrent = try MadeTorrent.random(row.kind, seed: row.seed)
        let payload = try payload(torrent, row.seed % 2 == 0 ? .sparse : .full)
        var generator = SplitMix64(seed: row.seed)
        var waiting = torrent.blocks.shuffled(using: &generator)
        if row.seed % 3 == 0 { waiting.sort { ($0.piece, $0.begin) < ($1.piece, $1.begin) } }
        while !waiting.isEmpty {
            let batch = Array(waiting.prefix(1 + generator.below(20)))
            waiting.removeFirst(batch.count)
            let results = payload.write(batch.map { write($0, of: torrent) })
            #expect(results.map(\.request) == batch)
            for result in results {
                #expect(result.error == nil)
                let expected = row.kind == .v1 ? nil : SHA256.hash(torrent.bytes(of: result.request))
                #expect(result.leaf == expected)
            }
        }
        try payload.finish()
        #expect(torrent.faults(in: temporary["to"]) == [])
        if row.kind != .v2 {
            let pieces = torrent.info.layout.pieces.map { PieceIndex($0) }
            #expect(payload.sha1(of: pieces) == pieces.map { .success(torrent.info.v1Hash(of: $0)!) })
        }
        // A second run over the same files changes nothing.
        #expect(payload.write(torrent.blocks.map { write($0, of: torrent) }).allSatisfy { $0.error == nil })
        try payload.finish()
        #expect(torrent.faults(in: temporary["to"]) == [])
    }

    @Test("blocks come back with their heads, pads as zeros", arguments: cases)
    func reads(_ row: (kind: InfoDictionary.Kind, seed: UInt64)) throws {
        let torrent = try MadeTorrent.random(row.kind, seed: row.seed)
        try torrent.write(to: temporary["to"])
        let payload = try payload(torrent)
        var generator = SplitMix64(seed: row.seed)
        for _ in 0..<20 {
            let requests = (0..<(1 + generator.below(24))).map { _ in
                let piece = PieceIndex(generator.below(torrent.info.layout.pieceCount))
                let whole = torrent.info.layout.paddedLength(of: piece)
                let begin = generator.below(whole)
                return BlockRequest(
                    piece: piece, begin: begin, length: 1 + generator.below(min(blockLength, whole - begin)))
            }
            let ordered =
                generator.oneIn(2) ? requests : Array(torrent.blocks.shuffled(using: &generator).prefix(5))
            var buffer = ByteBuffer(bytes: [7, 7])
            buffer.moveReaderIndex(forwardBy: 1)
            try payload.read(ordered, into: &buffer, headLength: 5) { request, buffer in
                buffer.writeBytes([1, 2, 3, 4, UInt8(request.piece.rawValue & 255)])
            }
            let expected = ordered.flatMap { request -> [UInt8] in
                [1, 2, 3, 4, UInt8(request.piece.rawValue & 255)] + torrent.bytes(of: request)
            }
            #expect(Array(buffer.readableBytesView) == [7] + expected)
            // Open and just read, so in memory, unless the kernel will not say.
            var again = ByteBuffer(bytes: [7])
            let isRead = payload.readWithoutWaiting(ordered, into: &again, headLength: 5) { request, buffer in
                buffer.writeBytes([1, 2, 3, 4, UInt8(request.piece.rawValue & 255)])
            }
            #expect(Array(again.readableBytesView) == (isRead ? [7] + expected : [7]))
        }
        if row.kind != .v1 {
            let pieces = torrent.info.layout.pieces
            let expected = pieces.flatMap { piece in
                torrent.info.layout.blocks(of: PieceIndex(piece)).map { SHA256.hash(torrent.bytes(of: $0)) }
            }
            #expect(try payload.leaves(of: pieces) == expected)
        }
    }

    @Test("what is not open is not read without waiting, and the buffer stays as it was")
    func notOpen() throws {
        let torrent = try MadeTorrent.random(.v2, seed: 1)
        try torrent.write(to: temporary["to"])
        var buffer = ByteBuffer(bytes: [1])
        let payload = try payload(torrent)
        #expect(!payload.readWithoutWaiting(torrent.blocks, into: &buffer, headLength: 0) { _, _ in })
        #expect(Array(buffer.readableBytesView) == [1])
    }

    @Test("a file that is missing or cut is named, and how far it reaches")
    func shortFiles() throws {
        let torrent = try MadeTorrent(
            .v2, files: [.init("a", [UInt8](repeating: 1, count: 40_000)), .init("b")])
        let payload = try payload(torrent)
        var buffer = ByteBuffer()
        let request = BlockRequest(piece: PieceIndex(0), begin: 16_384, length: 16_384)
        #expect(throws: StorageError(.tooShort(found: 0, expected: 40_000), at: "work/a")) {
            try payload.read([request], into: &buffer, headLength: 0) { _, _ in }
        }
        try temporary.write([UInt8](repeating: 1, count: 20_000), to: "to/work/a")
        #expect(throws: StorageError(.tooShort(found: 20_000, expected: 40_000), at: "work/a")) {
            try payload.read([request], into: &buffer, headLength: 0) { _, _ in }
        }
    }

    @Test("a longer file in the place of ours is not cut")
    func longFile() throws {
        let torrent = try MadeTorrent(.v1, files: [.init("a", [1, 2, 3])])
        try temporary.write([9, 9, 9, 9], to: "to/work/a")
        let results = try payload(torrent).write(torrent.blocks.map { write($0, of: torrent) })
        #expect(results.map(\.error) == [StorageError(.tooLong(found: 4, expected: 3), at: "work/a")])
        #expect(try temporary.read("to/work/a") == [9, 9, 9, 9])
    }

    @Test("a link planted in the place of a file or a folder gets nothing written through it")
    func plantedLinks() throws {
        let torrent = try MadeTorrent(.hybrid, files: [.init("a", [1, 2, 3]), .init("d/b", [4, 5])])
        try temporary.write([0], to: "victim")
        try FileManager.default.createDirectory(at: temporary["to/work"], withIntermediateDirectories: true)
        symlink(temporary("victim"), temporary("to/work/a"))
        symlink(temporary.path, temporary("to/work/d"))
        let results = try payload(torrent).write(torrent.blocks.map { write($0, of: torrent) })
        #expect(
            results.map(\.error) == [
                StorageError(.symbolicLinkInTheWay, at: "work/a"),
                StorageError(.symbolicLinkInTheWay, at: "work/d"),
            ])
        #expect(try temporary.read("victim") == [0])
        #expect(access(temporary("b"), F_OK) != 0)
    }

    @Test("one bad block does not spoil the rest of its batch")
    func partialFailure() throws {
        let torrent = try MadeTorrent(
            .v2, pieceLength: 16_384, files: [.init("a", [1]), .init("b", [2])])
        try FileManager.default.createDirectory(at: temporary["to/work/b"], withIntermediateDirectories: true)
        let results = try payload(torrent).write(torrent.blocks.map { write($0, of: torrent) })
        #expect(results.map(\.error) == [nil, StorageError(.notARegularFile, at: "work/b")])
        #expect(try temporary.read("to/work/a") == [1])
    }

    @Test("a full disk is told as such, with the file")
    func fullDisk() throws {
        // A file system of our own with 64 KiB; only root may mount one.
        try #require(mkdir(temporary("to"), 0o755) == 0)
        guard geteuid() == 0, mount("none", temporary("to"), "tmpfs", 0, "size=64k") == 0 else { return }
        defer { umount2(temporary("to"), Int32(MNT_DETACH)) }
        let bytes = [UInt8](repeating: 5, count: 10 * blockLength)
        let torrent = try MadeTorrent(.v2, pieceLength: 16_384, files: [.init("a", bytes), .init("b")])
        let results = try payload(torrent).write(torrent.blocks.map { write($0, of: torrent) })
        let error = try #require(results.compactMap(\.error).first)
        #expect(error == StorageError(.system(.write, code: ENOSPC), at: "work/a"))
        #expect(error.isOutOfSpace)
        try FileManager.default.removeItem(at: temporary["to/work/a"])
        let reserved = try payload(torrent, .full).write([write(torrent.blocks[0], of: torrent)])
        #expect(reserved[0].error == StorageError(.system(.allocate, code: ENOSPC), at: "work/a"))
    }

    @Test("room is what a full disk and a quota lack, not a file that is too long")
    func lacksRoom() {
        let lacking = [ENOSPC, EDQUOT, EFBIG, EIO].filter {
            StorageError(.system(.write, code: $0), at: "a").isOutOfSpace
        }
        #expect(lacking == [ENOSPC, EDQUOT])
    }

    @Test("nothing stays open once a payload is let go")
    func releases() throws {
        let torrent = try MadeTorrent.random(.v2, seed: 3)
        let folder = try PayloadFolder(path: temporary("to"), creating: true)
        let cache = DescriptorCache(limit: 3)
        let payload = Payload(torrent.info, in: folder, descriptors: cache)
        for block in torrent.blocks { _ = payload.write([write(block, of: torrent)]) }
        #expect(cache.count > 0 && cache.count <= 3)
        payload.releaseDescriptors()
        #expect(cache.count == 0)
    }
}
