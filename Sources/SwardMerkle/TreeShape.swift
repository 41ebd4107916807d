// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardPrimitives

/// The dimensions of the hash tree of one file: what follows from its length and the piece length alone.
///
/// - Shape: layers are numbered from the leaves (0) up to the root (`height`); a layer has `width(ofLayer:)` nodes, of
///   which the first `nodeCount(inLayer:)` cover bytes of the file and the rest are roots of subtrees of zero leaves.
/// - Source: BEP 52, "pieces root" and "piece layers".
package struct TreeShape: Hashable, Sendable {
    /// Of the file, in bytes; at least 1, since an empty file has no tree.
    package let length: Int64
    /// In bytes; a power of two, at least ``blockLength``.
    package let pieceLength: Int
    /// Blocks of the file, the last of which may be short.
    package let leafCount: Int
    /// The layer of the root.
    package let height: Int
    /// The layer whose nodes each cover a whole piece. It lies above the root of a file shorter than a piece.
    package let pieceLayer: Int

    /// - Returns: `nil` for an empty file, or a piece length that BEP 52 does not know.
    package init?(length: Int64, pieceLength: Int) {
        guard length > 0, pieceLength >= blockLength, pieceLength & (pieceLength - 1) == 0 else { return nil }
        self.length = length
        self.pieceLength = pieceLength
        leafCount = Int((length - 1) / Int64(blockLength)) + 1
        height = Self.height(ofLeaves: leafCount)
        pieceLayer = (pieceLength / blockLength).trailingZeroBitCount
    }

    package var pieceCount: Int { Int((length - 1) / Int64(pieceLength)) + 1 }

    /// Whether a metainfo file carries a piece layer for this file; else its root is the hash of its only piece.
    package var hasPieceLayer: Bool { length > Int64(pieceLength) }

    package func width(ofLayer layer: Int) -> Int { 1 << (height - layer) }

    package func nodeCount(inLayer layer: Int) -> Int { (leafCount - 1) >> layer + 1 }

    /// The leaves of a piece of this file; fewer for the last one.
    package func leaves(ofPiece piece: Int) -> Range<Int> {
        let first = piece << pieceLayer
        return first..<min(first + 1 << pieceLayer, leafCount)
    }

    /// The layer and the place in it of the node that proves a piece: in the piece layer, or the root of a short file.
    package func node(ofPiece piece: Int) -> (layer: Int, index: Int) {
        (min(pieceLayer, height), piece)
    }

    /// Of the smallest full tree with at least `count` leaves.
    package static func height(ofLeaves count: Int) -> Int {
        count <= 1 ? 0 : Int.bitWidth - (count - 1).leadingZeroBitCount
    }
}
