// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardPrimitives

/// The tree of one file from its piece layer to its root, proved: what answers hash requests.
///
/// - Shape: about two digests per piece.
package struct PieceTree: Sendable {
    package let shape: TreeShape
    /// From the piece layer up, each only as wide as it covers data; a file of one piece has its root alone.
    private let layers: [[Digest256]]

    /// - Returns: `nil` unless `pieceLayer` has one digest per piece and reduces to `root`. A file no longer than a
    ///   piece has an empty one.
    package init?(shape: TreeShape, root: Digest256, pieceLayer: [Digest256]) {
        guard pieceLayer.count == (shape.hasPieceLayer ? shape.pieceCount : 0) else { return nil }
        self.shape = shape
        var layers = [shape.hasPieceLayer ? pieceLayer : [root]]
        if shape.hasPieceLayer {
            for layer in shape.pieceLayer..<shape.height {
                layers.append(MerkleTree.nodes(above: layers[layers.count - 1], at: layer, in: layer + 1))
            }
        }
        guard layers.last == [root] else { return nil }
        self.layers = layers
    }

    package var root: Digest256 { layers[layers.count - 1][0] }

    /// The node that proves a piece of this file.
    package func hash(ofPiece piece: Int) -> Digest256 { layers[0][piece] }

    /// A node at or above the piece layer that covers data, else `nil`.
    package func node(layer: Int, index: Int) -> Digest256? {
        let row = layer - min(shape.pieceLayer, shape.height)
        guard layers.indices.contains(row), layers[row].indices.contains(index) else { return nil }
        return layers[row][index]
    }

    /// The answer to a hash request.
    ///
    /// - Parameter leaves: the leaves of one piece, all of those that cover data, or `nil` if they are not at hand. It
    ///   is asked only when the request goes below the piece layer, once for each piece it touches.
    /// - Returns: `nil` to reject the request.
    package func hashes(
        for range: HashRange, leaves: (_ piece: Int) -> [Digest256]?
    ) -> [Digest256]? {
        let top = min(shape.pieceLayer, shape.height)
        var known: [Int: [[Digest256]]] = [:]
        return MerkleTree.hashes(for: range, in: shape) { layer, index in
            if layer >= top { return node(layer: layer, index: index) }
            let piece = index >> (top - layer)
            if known[piece] == nil {
                guard let leaves = leaves(piece), leaves.count == shape.leaves(ofPiece: piece).count else {
                    return nil
                }
                var rows = [leaves]
                for lower in 0..<top - 1 {
                    rows.append(MerkleTree.nodes(above: rows[lower], at: lower, in: lower + 1))
                }
                known[piece] = rows
            }
            return known[piece]?[layer][index - piece << (top - layer)]
        }
    }
}
