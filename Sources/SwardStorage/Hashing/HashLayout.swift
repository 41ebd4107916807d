// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardPrimitives

/// A file to be hashed, and where its bytes lie among the pieces.
package struct HashedFile: Hashable, Sendable {
    package let path: String
    /// In bytes, as it must be found.
    package let length: Int64
    /// Of its first byte in the row of all pieces. Gaps between files are zeros: pad files (BEP 47) and alignment.
    package let offset: Int64

    package init(path: String, length: Int64, offset: Int64) {
        self.path = path
        self.length = length
        self.offset = offset
    }
}

/// Files and how they map into the pieces of a torrent.
///
/// - Invariant: files follow one another without overlap, and for v2 and hybrid torrents every file that has bytes
///   begins a piece.
package struct HashLayout: Sendable {
    package enum Kind: Hashable, Sendable {
        case v1, v2, hybrid

        var hasTrees: Bool { self != .v1 }
        var hasPieceDigests: Bool { self != .v2 }
    }

    package let kind: Kind
    package let pieceLength: Int
    package let files: [HashedFile]
    /// Of the row of all pieces, pads included, in bytes. v2 does not look at what follows the last file.
    package let totalLength: Int64

    package init(kind: Kind, pieceLength: Int, files: [HashedFile], totalLength: Int64) {
        precondition(pieceLength > 0)
        var end: Int64 = 0
        for file in files {
            precondition(file.length >= 0 && file.offset >= end && file.offset + file.length <= totalLength)
            end = file.offset + file.length
            if kind.hasTrees, file.length > 0 { precondition(file.offset % Int64(pieceLength) == 0) }
        }
        if kind.hasTrees { precondition(pieceLength >= blockLength && pieceLength & (pieceLength - 1) == 0) }
        self.kind = kind
        self.pieceLength = pieceLength
        self.files = files
        self.totalLength = totalLength
    }

    /// Files one after the other: v1 without gaps, v2 and hybrid each at the next piece boundary, with nothing after
    /// the last.
    package init(kind: Kind, pieceLength: Int, files: [(path: String, length: Int64)]) {
        var end: Int64 = 0
        let placed = files.map { file in
            let piece = Int64(pieceLength)
            if kind.hasTrees, file.length > 0 { end = (end + piece - 1) / piece * piece }
            defer { end += file.length }
            return HashedFile(path: file.path, length: file.length, offset: end)
        }
        self.init(kind: kind, pieceLength: pieceLength, files: placed, totalLength: end)
    }

    package var pieceCount: Int { Int((totalLength + Int64(pieceLength) - 1) / Int64(pieceLength)) }

    /// The bytes of all files, pads not counted.
    package var byteCount: Int64 { files.reduce(0) { $0 + $1.length } }

    /// The pieces that hold bytes of a file.
    package func pieces(ofFile file: Int) -> Range<Int> {
        let (offset, length, piece) = (files[file].offset, files[file].length, Int64(pieceLength))
        if length == 0 { return Int(offset / piece)..<Int(offset / piece) }
        return Int(offset / piece)..<Int((offset + length - 1) / piece) + 1
    }

    /// The first file that ends after `position` in the row of all pieces.
    func firstFile(endingAfter position: Int64) -> Int {
        var (low, high) = (0, files.count)
        while low < high {
            let middle = (low + high) / 2
            if files[middle].offset + files[middle].length > position {
                high = middle
            } else {
                low = middle + 1
            }
        }
        return low
    }
}
