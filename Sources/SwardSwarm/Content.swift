// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardPrimitives

/// What of a torrent's metadata the swarm needs: the shape of its pieces, and the hashes that prove them.
///
/// - Memory: hashes stay slices of the metainfo they came in.
package struct Content: Sendable {
    /// One file of a v2 or hybrid torrent; empty ones, symlinks and pads have no pieces and are left out.
    package struct File: Hashable, Sendable {
        /// In ``SwardMetainfo`` order.
        package let index: Int
        package let length: Int64
        package let piecesRoot: Digest256
        package let firstPiece: Int
        package let pieceCount: Int

        package init(index: Int, length: Int64, piecesRoot: Digest256, firstPiece: Int, pieceCount: Int) {
            self.index = index
            self.length = length
            self.piecesRoot = piecesRoot
            self.firstPiece = firstPiece
            self.pieceCount = pieceCount
        }
    }

    package let infoHashes: InfoHashes
    /// The info dictionary as it came, for peers that have only a magnet.
    package let infoBytes: ArraySlice<UInt8>
    /// In bytes.
    package let pieceLength: Int
    package let pieceCount: Int
    /// By pieces, in order; empty for v1.
    package let files: [File]
    /// Twenty bytes per piece; empty for v2.
    package let v1Pieces: ArraySlice<UInt8>
    /// v1 and hybrid: bytes of the whole with pads; the last piece ends there.
    package let v1Length: Int64
    /// What is known of the piece layers, by `pieces root`: 32 bytes per piece. Files of one piece have none.
    package internal(set) var layers: [Digest256: ArraySlice<UInt8>]

    package init(
        infoHashes: InfoHashes, infoBytes: ArraySlice<UInt8>, pieceLength: Int, pieceCount: Int,
        files: [File],
        v1Pieces: ArraySlice<UInt8>, v1Length: Int64, layers: [Digest256: ArraySlice<UInt8>]
    ) {
        self.infoHashes = infoHashes
        self.infoBytes = infoBytes
        self.pieceLength = pieceLength
        self.pieceCount = pieceCount
        self.files = files
        self.v1Pieces = v1Pieces
        self.v1Length = v1Length
        self.layers = layers
    }
}
