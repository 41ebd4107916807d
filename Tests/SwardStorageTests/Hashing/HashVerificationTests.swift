// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Support
import SwardPrimitives
import SwardStorage
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite("Hash verification") struct HashVerificationTests {
    @Test("sound files are sound", arguments: FileHasherTests.kinds)
    func sound(_ kind: HashLayout.Kind) throws {
        let payload = try SamplePayload(
            kind, pieceLength: 32_768, lengths: [100_000, 0, 5, 700_000], seed: 2)
        let result = try FileHasher(payload.layout).verify(against: payload.expected)
        #expect(result.problems.isEmpty && result.damagedPieces.isEmpty)
        #expect(result.isSound)
    }

    @Test("a flipped bit names its piece, over seeds", arguments: FileHasherTests.kinds)
    func flippedBit(_ kind: HashLayout.Kind) throws {
        let payload = try SamplePayload(
            kind, pieceLength: 32_768, lengths: [100_000, 0, 5, 1_200_000, 700], seed: 3)
        for seed in 0..<20 as Range<UInt64> {
            var generator = SplitMix64(seed: seed)
            let file = [0, 2, 3, 4][generator.below(4)]
            let at = generator.below(payload.contents[file].count)
            var bytes = payload.contents[file]
            bytes[at] ^= 1 << UInt8(generator.below(8))
            try payload.folder.write(bytes, to: "\(file % 7)/\(file)")
            let piece = PieceIndex(Int((payload.layout.files[file].offset + Int64(at)) / 32_768))
            let result = try FileHasher(payload.layout).verify(against: payload.expected)
            #expect(result.problems.isEmpty)
            #expect(result.piecesFailingV1 == (kind == .v2 ? [] : [piece]))
            #expect(result.piecesFailingV2 == (kind == .v1 ? [] : [piece]))
            #expect(result.damagedPieces == [piece])
            #expect(result.damagedFiles(in: payload.layout).contains(file))
            if kind != .v1 { #expect(result.damagedFiles(in: payload.layout) == [file]) }
            try payload.folder.write(payload.contents[file], to: "\(file % 7)/\(file)")
        }
    }

    @Test(
        "what is missing or short is told, and the rest is checked to the end",
        arguments: FileHasherTests.kinds)
    func goesOn(_ kind: HashLayout.Kind) throws {
        let payload = try SamplePayload(
            kind, pieceLength: 32_768, lengths: [100_000, 0, 40_000, 1_200_000, 700], seed: 4)
        let files = payload.layout.files
        #expect(unlink(files[0].path) == 0)
        #expect(unlink(files[1].path) == 0)
        #expect(truncate(files[3].path, 900_000) == 0)
        try payload.folder.write(payload.contents[4] + [0], to: "4/4")
        let result = try FileHasher(payload.layout).verify(against: payload.expected)
        #expect(result.problems.map(\.file) == [0, 1, 3, 4])
        #expect(
            result.problems.map(\.reason) == [
                .missing, .missing, .length(found: 900_000), .length(found: 701),
            ])
        var lost: Set<PieceIndex> = []
        for (start, length) in [(files[0].offset, 100_000 as Int64), (files[3].offset + 900_000, 300_000)] {
            let (first, last) = (Int(start / 32_768), Int((start + length - 1) / 32_768))
            for piece in first...last { lost.insert(PieceIndex(piece)) }
        }
        #expect(result.damagedPieces == lost.sorted())
        #expect(result.damagedFiles(in: payload.layout).contains(0))
        if kind != .v1 { #expect(result.damagedFiles(in: payload.layout) == [0, 1, 3, 4]) }
    }

    @Test("a hybrid whose two hashes contradict each other says which fails")
    func contradiction() throws {
        let payload = try SamplePayload(.hybrid, pieceLength: 32_768, lengths: [100_000], seed: 6)
        var pieces = payload.expected.pieces
        pieces[25] ^= 1
        var layer = payload.expected.trees[0].pieceLayer
        layer[70] ^= 1
        let expected = HashedFiles(
            trees: [.init(root: payload.expected.trees[0].root, pieceLayer: layer)], pieces: pieces)
        let result = try FileHasher(payload.layout).verify(against: expected)
        #expect(result.piecesFailingV1 == [PieceIndex(1)])
        #expect(result.piecesFailingV2 == [PieceIndex(2)])
        #expect(result.damagedPieces == [PieceIndex(1), PieceIndex(2)])
    }

    @Test("a tree without a known piece layer is compared as a whole")
    func unknownLayer() throws {
        let payload = try SamplePayload(.v2, pieceLength: 32_768, lengths: [100_000, 70_000], seed: 7)
        let expected = HashedFiles(
            trees: payload.expected.trees.map { .init(root: $0.root, pieceLayer: []) }, pieces: [])
        #expect(try FileHasher(payload.layout).verify(against: expected).isSound)
        try payload.folder.write(payload.contents[1].reversed(), to: "1/1")
        let result = try FileHasher(payload.layout).verify(against: expected)
        #expect(result.piecesFailingV2 == (4...6).map { PieceIndex($0) })
    }
}
