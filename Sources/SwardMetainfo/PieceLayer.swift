// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardMerkle
package import SwardPrimitives

/// The hashes of one file at piece level, proved against the file's root.
///
/// - Shape: `ceil(length / pieceLength)` digests of 32 bytes, in piece order; both lengths in bytes.
/// - Invariant: padded to a power of two with the root of a subtree of zero leaves, they reduce to `root`.
/// - Source: BEP 52, "piece layers" and "pieces root".
package struct PieceLayer: RandomAccessCollection, Sendable {
    /// A slice of the buffer it was read from.
    package let bytes: ArraySlice<UInt8>

    /// - Throws: `pieceLayerSize` or `pieceLayerRoot`.
    package init(
        _ bytes: ArraySlice<UInt8>, root: Digest256, fileLength: Int64, pieceLength: Int
    ) throws(MetainfoError) {
        let expected = Int((fileLength + Int64(pieceLength) - 1) / Int64(pieceLength))
        guard bytes.count == expected * Digest256.byteCount else {
            // A rest that makes no digest counts as one more, so that the two numbers differ.
            let found = (bytes.count + Digest256.byteCount - 1) / Digest256.byteCount
            throw MetainfoError(
                .pieceLayerSize(found: found == expected ? found - 1 : found, expected: expected))
        }
        guard let shape = TreeShape(length: fileLength, pieceLength: pieceLength) else {
            throw MetainfoError(.invalid)
        }
        let proved =
            shape.hasPieceLayer ? MerkleTree.root(pieceLayerBytes: bytes, shape: shape) : Digest256(bytes)
        guard proved == root else { throw MetainfoError(.pieceLayerRoot) }
        self.bytes = bytes
    }

    package var startIndex: Int { 0 }
    package var endIndex: Int { bytes.count / Digest256.byteCount }

    package subscript(piece: Int) -> Digest256 {
        let start = bytes.startIndex + piece * Digest256.byteCount
        guard let digest = Digest256(bytes[start..<(start + Digest256.byteCount)]) else {
            preconditionFailure("a slice of 32 bytes is a digest")
        }
        return digest
    }
}
