// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardPrimitives

/// What a `hash request` asks of one file's tree: a run of nodes, and the uncles that prove it.
///
/// A proof layer names the uncle of one ancestor of the run, from the layer above `baseLayer` upwards. Those that the
/// run itself determines are counted in `proofLayers` but not sent, so that the answer to a request for a whole tree
/// is the run alone. Source: BEP 52, "hash request" and "hashes".
package struct HashRange: Hashable, Sendable {
    /// Layers above the leaves.
    package let baseLayer: Int
    /// Of the first node wanted, in its layer; a multiple of `length`.
    package let index: Int
    /// Nodes wanted; a power of two.
    package let length: Int
    package let proofLayers: Int

    package init(baseLayer: Int, index: Int, length: Int, proofLayers: Int) {
        self.baseLayer = baseLayer
        self.index = index
        self.length = length
        self.proofLayers = proofLayers
    }

    /// What BEP 52 asks a requester not to exceed.
    package static let customaryLength = 512
    /// What we answer at most: the leaves of a piece of 128 MiB, as libtorrent does.
    package static let maximumLength = 8_192

    /// Whether the request makes sense for a file of this shape.
    ///
    /// - Note: BEP 52 wants a length of two or more. We also answer one, as libtorrent does: it asks for one when the
    ///   last run of a piece layer has a single hash.
    package func isAnswerable(in shape: TreeShape) -> Bool {
        guard (0...shape.height).contains(baseLayer), index >= 0, proofLayers >= 0 else { return false }
        guard (1...Self.maximumLength).contains(length), length & (length - 1) == 0 else { return false }
        guard index & (length - 1) == 0, index < shape.width(ofLayer: baseLayer) else { return false }
        guard length <= shape.width(ofLayer: baseLayer) else { return false }
        return proofLayers <= max(0, shape.height - baseLayer - 1)
    }

    /// How many uncles the answer carries after the run.
    package var uncleCount: Int { max(0, proofLayers - omittedLayers) }

    /// How many hashes the answer carries.
    package var hashCount: Int { length + uncleCount }

    /// The node that the run and its uncles reduce to, which must be known for the answer to be worth anything.
    package var proven: (layer: Int, index: Int) {
        let levels = length.trailingZeroBitCount + uncleCount
        return (baseLayer + levels, index >> levels)
    }

    /// The uncles of the answer, lowest first.
    package var uncles: [(layer: Int, index: Int)] {
        (omittedLayers..<max(omittedLayers, proofLayers)).map { level in
            (baseLayer + level + 1, (index >> (level + 1)) ^ 1)
        }
    }

    /// "The first log2(length)-1 proof layers are omitted."
    private var omittedLayers: Int { max(0, length.trailingZeroBitCount - 1) }

    // MARK: What to ask for

    /// Requests that bring the piece layer of a file, each with the proof up to the root; none for a file of one piece.
    package static func pieceLayer(of shape: TreeShape) -> [HashRange] {
        guard shape.hasPieceLayer else { return [] }
        let proofLayers = shape.height - shape.pieceLayer - 1
        let length = min(customaryLength, shape.width(ofLayer: shape.pieceLayer))
        return stride(from: 0, to: shape.pieceCount, by: length).map {
            HashRange(baseLayer: shape.pieceLayer, index: $0, length: length, proofLayers: proofLayers)
        }
    }

    /// Requests that bring the leaves of one piece, each with the proof up to the node of that piece; none for a
    /// piece of a single leaf, which that node is.
    package static func leaves(ofPiece piece: Int, in shape: TreeShape) -> [HashRange] {
        let top = shape.node(ofPiece: piece).layer
        guard top > 0 else { return [] }
        let length = min(customaryLength, 1 << top)
        return stride(from: piece << top, to: shape.leaves(ofPiece: piece).upperBound, by: length).map {
            HashRange(
                baseLayer: 0, index: $0, length: length, proofLayers: length == 1 << top ? 0 : top - 1)
        }
    }
}

extension MerkleTree {
    /// The answer to a request: the run, then its uncles, lowest first.
    ///
    /// - Parameter node: a node of the tree by layer and index, or `nil` if it is not known. It is not asked for nodes
    ///   beyond the end of the file.
    /// - Returns: `nil` if the request is senseless for this shape or a node is not known.
    package static func hashes(
        for range: HashRange, in shape: TreeShape, node: (_ layer: Int, _ index: Int) -> Digest256?
    ) -> [Digest256]? {
        guard range.isAnswerable(in: shape) else { return nil }
        var hashes: [Digest256] = []
        hashes.reserveCapacity(range.hashCount)
        func take(_ layer: Int, _ index: Int) -> Bool {
            let isData = index < shape.nodeCount(inLayer: layer)
            guard let hash = isData ? node(layer, index) : zeroSubtree(height: layer) else { return false }
            hashes.append(hash)
            return true
        }
        for index in range.index..<range.index + range.length {
            guard take(range.baseLayer, index) else { return nil }
        }
        for uncle in range.uncles {
            guard take(uncle.layer, uncle.index) else { return nil }
        }
        return hashes
    }

    /// Whether the answer to a request is true, given the node it must reduce to (``HashRange/proven``).
    ///
    /// - Returns: `false` also when the count of hashes is not that of the request, or the request asks for a run of
    ///   one with uncles, whose own sibling the answer does not carry.
    package static func verify(_ hashes: [Digest256], for range: HashRange, against known: Digest256) -> Bool
    {
        guard hashes.count == range.hashCount, range.length > 1 || range.uncleCount == 0 else { return false }
        let levels = range.length.trailingZeroBitCount
        var node = root(
            ofLayer: Array(hashes.prefix(range.length)), at: range.baseLayer, height: range.baseLayer + levels
        )
        var index = range.index >> levels
        for uncle in hashes.dropFirst(range.length) {
            node = index & 1 == 0 ? parent(node, uncle) : parent(uncle, node)
            index >>= 1
        }
        return node == known
    }
}
