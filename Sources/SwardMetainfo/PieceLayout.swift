// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardPrimitives

/// Where the pieces of a torrent lie in its files: one numbering for v1, v2 and hybrid.
///
/// - Invariant: in v2 and hybrid every file with a byte starts on a piece boundary, in the order of the file tree.
/// - Memory: sixteen bytes per file; look-ups search by halves.
package struct PieceLayout: Sendable {
    /// A run of bytes in one file, or of zeros that no file holds.
    package struct Segment: Hashable, Sendable {
        /// `nil` for padding.
        package let file: Int?
        /// In bytes; 0 for padding.
        package let fileOffset: Int64
        package let length: Int

        package init(file: Int?, fileOffset: Int64, length: Int) {
            self.file = file
            self.fileOffset = fileOffset
            self.length = length
        }
    }

    /// Where one file lies among all pieces laid end to end.
    private struct Extent: Sendable {
        var start: Int64
        var end: Int64
    }

    package static let maximumPieceLength = 1 << 29
    /// What other clients load at most: libtorrent's default.
    package static let maximumPieces = 1 << 21

    package let pieceLength: Int
    package let pieceCount: Int
    /// Of all files, without padding.
    package let totalLength: Int64
    /// Whether files start on piece boundaries: v2 and hybrid.
    package let isAligned: Bool
    /// Of the v1 pieces, padding included; in v2 of all pieces at full length.
    package let paddedLength: Int64
    private var extents: [Extent] = []

    /// Lays files out as BEP 52 does, each on a piece boundary.
    ///
    /// - Parameter isTailPadded: whether the last piece is as long as the rest in v1's arithmetic.
    /// - Throws: `tooLong` or `tooManyPieces`.
    package init(
        aligned lengths: some Collection<Int64>, pieceLength: Int, isTailPadded: Bool
    ) throws(MetainfoError) {
        var total: Int64 = 0
        var pieces: Int64 = 0
        extents.reserveCapacity(lengths.count)
        var end: Int64 = 0
        for length in lengths {
            guard length <= Int64(pieceLength) * Int64(Self.maximumPieces) else {
                throw MetainfoError(.tooLong)
            }
            let start = pieces * Int64(pieceLength)
            total += length
            pieces += (length + Int64(pieceLength) - 1) / Int64(pieceLength)
            guard pieces <= Self.maximumPieces else {
                throw MetainfoError(.tooManyPieces(limit: Self.maximumPieces))
            }
            extents.append(Extent(start: start, end: start + length))
            if length > 0 { end = start + length }
        }
        self.pieceLength = pieceLength
        pieceCount = Int(pieces)
        totalLength = total
        isAligned = true
        paddedLength = isTailPadded ? pieces * Int64(pieceLength) : end
    }

    /// Lays files out as BEP 3 does, end to end, with BEP 47's pad files among them.
    ///
    /// - Parameter entries: every entry of the list; pads take room and are not numbered.
    /// - Throws: `tooLong` or `tooManyPieces`.
    package init(
        unaligned entries: some Sequence<(length: Int64, isPad: Bool)>, pieceLength: Int
    ) throws(MetainfoError) {
        var offset: Int64 = 0
        var total: Int64 = 0
        for entry in entries {
            let (end, overflow) = offset.addingReportingOverflow(entry.length)
            guard !overflow, end <= Int64(pieceLength) * Int64(Self.maximumPieces) else {
                throw MetainfoError(overflow ? .tooLong : .tooManyPieces(limit: Self.maximumPieces))
            }
            if !entry.isPad {
                extents.append(Extent(start: offset, end: end))
                total += entry.length
            }
            offset = end
        }
        self.pieceLength = pieceLength
        pieceCount = Int((offset + Int64(pieceLength) - 1) / Int64(pieceLength))
        totalLength = total
        isAligned = false
        paddedLength = offset
    }

    package var fileCount: Int { extents.count }
    package var pieces: Range<Int> { 0..<pieceCount }

    package func length(ofFile file: Int) -> Int64 { extents[file].end - extents[file].start }

    /// Where a file begins among all pieces laid end to end, in bytes.
    package func start(ofFile file: Int) -> Int64 { extents[file].start }

    /// How many bytes of a piece are worth asking for: in v2 and hybrid without the padding behind the file's end.
    package func length(of piece: PieceIndex) -> Int {
        guard isAligned else { return paddedLength(of: piece) }
        let start = self.start(of: piece)
        return Int(min(Int64(pieceLength), extents[fileIndex(at: start)].end - start))
    }

    /// How many bytes the v1 hash of a piece covers and a peer may ask for, padding included.
    package func paddedLength(of piece: PieceIndex) -> Int {
        Int(min(Int64(pieceLength), paddedLength - start(of: piece)))
    }

    /// How many blocks of 16 KiB ``length(of:)`` makes.
    package func blockCount(of piece: PieceIndex) -> Int {
        (length(of: piece) + blockLength - 1) / blockLength
    }

    /// The requests that fetch a piece, the last one shorter where the piece ends.
    package func blocks(of piece: PieceIndex) -> some Sequence<BlockRequest> {
        let length = length(of: piece)
        return stride(from: 0, to: length, by: blockLength).lazy.map {
            BlockRequest(piece: piece, begin: $0, length: min(blockLength, length - $0))
        }
    }

    /// The pieces that hold bytes of a file; empty for an empty file.
    package func pieces(ofFile file: Int) -> Range<Int> {
        let extent = extents[file]
        let first = Int(extent.start / Int64(pieceLength))
        guard extent.start < extent.end else { return first..<first }
        return first..<Int((extent.end - 1) / Int64(pieceLength)) + 1
    }

    /// The one file of a piece, and which of the file's pieces it is. Only in v2 and hybrid.
    package func location(of piece: PieceIndex) -> (file: Int, pieceInFile: Int) {
        precondition(isAligned)
        let start = self.start(of: piece)
        let file = fileIndex(at: start)
        return (file, Int((start - extents[file].start) / Int64(pieceLength)))
    }

    /// Calls `body` with what lies under a part of a piece, in order, padding included.
    ///
    /// - Precondition: `begin + length` is within ``paddedLength(of:)``.
    package func forEachSegment<E: Error>(
        of piece: PieceIndex, begin: Int, length: Int, _ body: (Segment) throws(E) -> Void
    ) throws(E) {
        precondition(begin >= 0 && length >= 0 && begin + length <= paddedLength(of: piece))
        var offset = start(of: piece) + Int64(begin)
        let end = offset + Int64(length)
        guard offset < end else { return }
        var file = fileIndex(at: offset)
        while offset < end {
            // Padding in front of the first file has no file before it.
            if file >= 0, offset < extents[file].end {
                let stop = min(end, extents[file].end)
                try body(
                    Segment(file: file, fileOffset: offset - extents[file].start, length: Int(stop - offset)))
                offset = stop
            } else {
                while file + 1 < extents.count, extents[file + 1].end <= offset { file += 1 }
                let next = file + 1 < extents.count ? extents[file + 1].start : end
                if next > offset {
                    let stop = min(end, next)
                    try body(Segment(file: nil, fileOffset: 0, length: Int(stop - offset)))
                    offset = stop
                }
                file += 1
            }
        }
    }

    /// What lies under a part of a piece, in order, padding included; see ``forEachSegment(of:begin:length:_:)``.
    package func segments(of piece: PieceIndex, begin: Int, length: Int) -> [Segment] {
        var segments: [Segment] = []
        forEachSegment(of: piece, begin: begin, length: length) { segments.append($0) }
        return segments
    }

    private func start(of piece: PieceIndex) -> Int64 {
        precondition(piece.rawValue >= 0 && piece.rawValue < pieceCount)
        return Int64(piece.rawValue) * Int64(pieceLength)
    }

    /// The last file that starts at or before `offset`; -1 when padding comes first.
    private func fileIndex(at offset: Int64) -> Int {
        var (low, high) = (0, extents.count)
        while low < high {
            let middle = (low + high) / 2
            if extents[middle].start <= offset { low = middle + 1 } else { high = middle }
        }
        return low - 1
    }
}
