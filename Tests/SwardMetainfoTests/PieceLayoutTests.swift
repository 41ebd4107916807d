// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Support
import SwardMetainfo
import SwardPrimitives
import Testing

@Suite("Piece layouts") struct PieceLayoutTests {
    typealias Segment = PieceLayout.Segment

    /// One letter per byte: which file it is of, a dot for padding. Slow, and plainly right.
    static func picture(_ lengths: [Int], pieceLength: Int, tail: Bool) -> [(file: Int?, offset: Int)] {
        var bytes: [(Int?, Int)] = []
        var end = 0
        for (file, length) in lengths.enumerated() where length > 0 {
            while bytes.count % pieceLength != 0 { bytes.append((nil, 0)) }
            for offset in 0..<length { bytes.append((file, offset)) }
            end = bytes.count
        }
        if tail { while bytes.count % pieceLength != 0 { bytes.append((nil, 0)) } }
        return Array(bytes[..<max(end, tail ? bytes.count : end)])
    }

    @Test("every byte of every piece is where it is drawn", arguments: 0..<200 as Range<UInt64>)
    func agreesWithThePicture(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let pieceLength = 1 + random.below(9)
        let lengths = (0..<(1 + random.below(8))).map { _ in random.oneIn(3) ? 0 : random.below(25) }
        let tail = random.oneIn(2)
        let layout = try PieceLayout(
            aligned: lengths.map(Int64.init), pieceLength: pieceLength, isTailPadded: tail)
        let picture = Self.picture(lengths, pieceLength: pieceLength, tail: tail)
        #expect(layout.pieceCount == (picture.count + pieceLength - 1) / pieceLength)
        #expect(layout.totalLength == Int64(lengths.reduce(0, +)))
        #expect(layout.fileCount == lengths.count)
        for index in layout.pieces {
            let piece = PieceIndex(index)
            let drawn = picture[(index * pieceLength)..<min(picture.count, (index + 1) * pieceLength)]
            #expect(layout.paddedLength(of: piece) == drawn.count)
            #expect(layout.length(of: piece) == drawn.count { $0.file != nil })
            let location = layout.location(of: piece)
            #expect(location.file == drawn.first?.file)
            #expect(location.pieceInFile * pieceLength == drawn.first?.offset)
            try compare(layout, piece, Array(drawn), &random)
        }
        for (file, length) in lengths.enumerated() {
            let pieces = layout.pieces.filter { layout.location(of: PieceIndex($0)).file == file }
            #expect(Array(layout.pieces(ofFile: file)) == pieces)
            #expect(layout.length(ofFile: file) == Int64(length))
        }
    }

    @Test("files of v1 share pieces, and pads are no files", arguments: 0..<200 as Range<UInt64>)
    func agreesUnaligned(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let pieceLength = 1 + random.below(9)
        let entries = (0..<(1 + random.below(8))).map { _ in
            (length: Int64(random.oneIn(3) ? 0 : random.below(25)), isPad: random.oneIn(4))
        }
        let layout = try PieceLayout(unaligned: entries, pieceLength: pieceLength)
        var picture: [(file: Int?, offset: Int)] = []
        var file = 0
        for entry in entries {
            for offset in 0..<Int(entry.length) { picture.append(entry.isPad ? (nil, 0) : (file, offset)) }
            if !entry.isPad { file += 1 }
        }
        #expect(layout.pieceCount == (picture.count + pieceLength - 1) / pieceLength)
        for index in layout.pieces {
            let piece = PieceIndex(index)
            let drawn = picture[(index * pieceLength)..<min(picture.count, (index + 1) * pieceLength)]
            #expect(layout.length(of: piece) == drawn.count)
            try compare(layout, piece, Array(drawn), &random)
        }
        for file in 0..<layout.fileCount {
            let pieces = Set(picture.indices.filter { picture[$0].file == file }.map { $0 / pieceLength })
            #expect(Array(layout.pieces(ofFile: file)) == pieces.sorted())
        }
    }

    private func compare(
        _ layout: PieceLayout, _ piece: PieceIndex, _ drawn: [(file: Int?, offset: Int)],
        _ random: inout SplitMix64
    ) throws {
        let begin = random.below(drawn.count + 1)
        let length = random.below(drawn.count - begin + 1)
        let segments = layout.segments(of: piece, begin: begin, length: length)
        let bytes = segments.flatMap { segment in
            (0..<segment.length).map { segment.file == nil ? 0 : Int(segment.fileOffset) + $0 }
        }
        let files = segments.flatMap { segment in (0..<segment.length).map { _ in segment.file } }
        #expect(bytes == drawn[begin..<(begin + length)].map(\.offset))
        #expect(files == drawn[begin..<(begin + length)].map(\.file))
        #expect(!segments.contains { $0.length == 0 })
        // Neighbours are joined: no two runs of one file or of padding touch.
        #expect(zip(segments, segments.dropFirst()).allSatisfy { $0.file != $1.file })
    }

    @Test("blocks cover a piece, the last one short")
    func cutsBlocks() throws {
        let layout = try PieceLayout(aligned: [40_000, 5], pieceLength: 32_768, isTailPadded: true)
        let blocks = layout.pieces.flatMap { Array(layout.blocks(of: PieceIndex($0))) }
        #expect(
            blocks == [
                BlockRequest(piece: PieceIndex(0), begin: 0, length: 16_384),
                BlockRequest(piece: PieceIndex(0), begin: 16_384, length: 16_384),
                BlockRequest(piece: PieceIndex(1), begin: 0, length: 7_232),
                BlockRequest(piece: PieceIndex(2), begin: 0, length: 5),
            ])
        #expect(layout.pieces.map { layout.blockCount(of: PieceIndex($0)) } == [2, 1, 1])
        #expect(layout.paddedLength(of: PieceIndex(1)) == 32_768)
        #expect(
            layout.segments(of: PieceIndex(1), begin: 7_000, length: 1000) == [
                Segment(file: 0, fileOffset: 39_768, length: 232),
                Segment(file: nil, fileOffset: 0, length: 768),
            ])
    }

    @Test("the piece length grows with the payload, in powers of two")
    func choosesPieceLength() {
        let rows: [(Int64, Int)] = [
            (0, 16 << 10), (1, 16 << 10), (32 << 20, 16 << 10), ((32 << 20) + 1, 32 << 10),
            (2 << 30, 1 << 20),
            (32 << 30, 16 << 20), (.max, 16 << 20),
        ]
        for (total, expected) in rows {
            #expect(InfoDictionaryBuilder.pieceLength(forTotal: total) == expected)
        }
    }

    @Test("many small files get small pieces where each begins its own, as padding is hashed too")
    func smallFiles() {
        let small = [Int64](repeating: 3000, count: 100_000)
        #expect(InfoDictionaryBuilder.pieceLength(for: small, kind: .hybrid) == 16 << 10)
        #expect(InfoDictionaryBuilder.pieceLength(for: small, kind: .v1) == 256 << 10)
        let large = [Int64](repeating: 0, count: 5) + [2 << 30, 3000]
        #expect(InfoDictionaryBuilder.pieceLength(for: large, kind: .v2) == 1 << 20)
    }
}
