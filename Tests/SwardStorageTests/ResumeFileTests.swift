// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
import Support
import SwardPrimitives
import SwardStorage
import Testing

@Suite("Resume file") struct ResumeFileTests {
    let temporary: TemporaryFolder

    init() throws { temporary = try TemporaryFolder() }
    static let hashes = InfoHashes(
        v1: Digest160((0..<20).map { UInt8($0) }), v2: Digest256((0..<32).map { UInt8($0 * 3) }))!

    func open(
        _ hashes: InfoHashes = hashes, pieces: Int = 21, location: String = "/work", boot: String = "boot-1"
    ) throws -> ResumeFile {
        try ResumeFile(
            path: temporary("state/x"), infoHashes: hashes, pieceCount: pieces, location: location,
            bootIdentifier: boot)
    }

    @Test("what was recorded is there again, however the process ended")
    func roundTrip() throws {
        do {
            let file = try open()
            #expect(file.trust == .none)
            for piece in [0, 7, 8, 20] { try file.record(PieceIndex(piece)) }
            try file.record(PieceIndex(8))
            try file.clear(PieceIndex(7))
        }
        let file = try open()
        #expect(file.trust == .full)
        #expect(file.bits == [0x80, 0x80, 0x08])
        #expect(file.isRecorded(PieceIndex(20)))
        #expect(!file.isRecorded(PieceIndex(7)))
    }

    @Test("a record that is held stays as it is, and out of others' hands, until something is recorded")
    func holds() throws {
        do { try open().record(PieceIndex(3)) }
        let former = try temporary.read("state/x")
        let file = try ResumeFile(
            path: temporary("state/x"), infoHashes: Self.hashes, pieceCount: 21, location: "/work",
            opening: .forReading, bootIdentifier: "boot-2")
        #expect(file.trust == .afterPowerLoss)
        try file.hold()
        #expect(throws: StorageError(.inUse, at: temporary("state/x"))) { try open() }
        #expect(try temporary.read("state/x") == former)
        try file.renew()
        #expect(throws: StorageError(.inUse, at: temporary("state/x"))) { try open() }
        #expect(try temporary.read("state/x") != former)
        file.rest()
        #expect(try open(boot: "boot-2").trust == .full)
    }

    @Test("after a power cut the bits are doubted, unless they were settled")
    func powerCut() throws {
        do { try open().record(PieceIndex(3)) }
        #expect(try open(boot: "boot-2").trust == .afterPowerLoss)
        do { try open(boot: "boot-2").settle() }
        let file = try open(boot: "boot-3")
        #expect(file.trust == .full)
        #expect(file.isRecorded(PieceIndex(3)))
    }

    /// - Parameter age: Of the record, in seconds before the file was last changed.
    @Test(
        "after a kill it vouches for no file that was changed later than a run's own last blocks",
        arguments: [(0, false, false), (1, false, false), (60, false, true), (1, true, true)])
    func changedAfterKill(age: Int, isSettled: Bool, isDoubted: Bool) throws {
        try temporary.write("payload", to: "work/file")
        let payload = temporary("work/file")
        do {
            let file = try open()
            try file.record(PieceIndex(3))
            var status = stat()
            #expect(lstat(payload, &status) == 0)
            let time = Int64(status.st_ctim.tv_sec - age) * 1_000_000_000 + Int64(status.st_ctim.tv_nsec)
            if isSettled { try file.settle(asOf: time) }
            let spec = timespec(tv_sec: status.st_ctim.tv_sec - age, tv_nsec: status.st_ctim.tv_nsec)
            #expect(utimensat(AT_FDCWD, temporary("state/x"), [spec, spec], 0) == 0)
        }
        #expect(try open().changed(among: [payload]) == (isDoubted ? [0] : []))
    }

    @Test("a record of another torrent, size or place says nothing")
    func foreign() throws {
        func record() throws {
            let file = try open()
            try file.record(PieceIndex(0))
        }
        let other = try #require(InfoHashes(v1: Self.hashes.v1, v2: nil))
        try record()
        #expect(try open(other).trust == .none)
        try record()
        #expect(try open(pieces: 22).trust == .none)
        try record()
        let moved = try open(location: "/elsewhere")
        #expect(moved.trust == .none)
        #expect(moved.bits == [0, 0, 0])
    }

    @Test(
        "every byte but the bits and the settled mark is guarded, and every length but the right one is refused"
    )
    func damage() throws {
        let header = ResumeHeader(
            infoHashes: Self.hashes, pieceCount: 21, location: "/work", bootIdentifier: "boot-1")
        let good = header.encoded() + [0xff, 0xff, 0xf8]
        let read = try #require(ResumeHeader.parse(good))
        #expect(read.header == header)
        #expect(Array(read.bits) == [0xff, 0xff, 0xf8])
        for offset in 0..<(good.count - 3) where offset != 10 {
            for flip in [UInt8(1), 0x80] {
                var bad = good
                bad[offset] ^= flip
                #expect(ResumeHeader.parse(bad) == nil, "offset \(offset)")
            }
        }
        var spare = good
        spare[good.count - 1] = 0xff
        #expect(ResumeHeader.parse(spare) == nil)
        for length in 0..<good.count { #expect(ResumeHeader.parse(Array(good[..<length])) == nil) }
        #expect(ResumeHeader.parse(good + [0]) == nil)
    }

    @Test("a damaged file is begun anew")
    func beginsAnew() throws {
        mkdir(temporary("state"), 0o755)
        try temporary.write(Array("SWARDRES but then nonsense".utf8), to: "state/x")
        let file = try open()
        #expect(file.trust == .none)
        try file.record(PieceIndex(1))
        #expect(file.bits == [0x40, 0, 0])
    }

    @Test("two runs cannot hold one record")
    func exclusive() throws {
        let file = try open()
        #expect(throws: StorageError(.inUse, at: temporary("state/x"))) { try open() }
        withExtendedLifetime(file) {}
    }

    /// A kill leaves the file as the last finished system call left it: every such state must be one we can start
    /// from, holding exactly the pieces recorded by then.
    @Test("the file as it stands after any record can be started from", arguments: 0..<8)
    func killed(_ seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let count = Int.random(in: 1...200, using: &generator)
        let order = (0..<count).shuffled(using: &generator)
        let file = try open(pieces: count)
        let stop = Int.random(in: 0...count, using: &generator)
        for piece in order.prefix(stop) { try file.record(PieceIndex(piece)) }
        // The running process keeps its lock on its own file; what it would leave behind is looked at in a copy.
        try temporary.write(try temporary.read("state/x"), to: "copy")
        let next = try ResumeFile(
            path: temporary("copy"), infoHashes: Self.hashes, pieceCount: count, location: "/work",
            bootIdentifier: "boot-1")
        #expect(next.trust == .full)
        #expect((0..<count).filter { next.isRecorded(PieceIndex($0)) } == order.prefix(stop).sorted())
    }
}
