// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardPrimitives

/// What hashing a layout gives: all that goes into the info dictionary and the piece layers.
package struct HashedFiles: Hashable, Sendable {
    package struct Tree: Hashable, Sendable {
        /// `nil` for an empty file, and for all files of a v1 torrent.
        package let root: Digest256?
        /// 32 bytes for each piece of a file longer than a piece, else empty. Source: BEP 52, "piece layers".
        package let pieceLayer: [UInt8]

        package init(root: Digest256?, pieceLayer: [UInt8]) {
            self.root = root
            self.pieceLayer = pieceLayer
        }
    }

    /// One for each file of the layout, in its order.
    package let trees: [Tree]
    /// 20 bytes for each piece of a v1 or hybrid torrent, else empty. Source: BEP 3, "pieces".
    package let pieces: [UInt8]

    package init(trees: [Tree], pieces: [UInt8]) {
        self.trees = trees
        self.pieces = pieces
    }
}

/// How files on disk differ from the hashes they should have.
package struct HashVerification: Hashable, Sendable {
    /// Files that are not there, cannot be read or have another length, in the order of the layout.
    package var problems: [FileProblem] = []
    /// Pieces whose SHA-1 is not that of a v1 or hybrid torrent, or could not be made; ascending.
    package var piecesFailingV1: [PieceIndex] = []
    /// Pieces whose tree is not that of a v2 or hybrid torrent, or could not be made; ascending.
    ///
    /// A piece of one block (its file has no more, or pieces are 16 KiB) names the very block.
    package var piecesFailingV2: [PieceIndex] = []

    package var isSound: Bool { problems.isEmpty && piecesFailingV1.isEmpty && piecesFailingV2.isEmpty }

    /// Pieces that are not sound by any of the hashes, ascending.
    package var damagedPieces: [PieceIndex] { Set(piecesFailingV1).union(piecesFailingV2).sorted() }

    /// The files that are damaged, ascending: those with a problem and those that share bytes with a damaged piece.
    package func damagedFiles(in layout: HashLayout) -> [Int] {
        var damaged = Set(problems.map(\.file))
        for piece in damagedPieces {
            let start = Int64(piece.rawValue) * Int64(layout.pieceLength)
            var file = layout.firstFile(endingAfter: start)
            while file < layout.files.count, layout.files[file].offset < start + Int64(layout.pieceLength) {
                if layout.files[file].length > 0 { damaged.insert(file) }
                file += 1
            }
        }
        return damaged.sorted()
    }
}
