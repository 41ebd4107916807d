// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Support
import SwardHash
import SwardMerkle
import SwardPrimitives
import Testing

@Suite("Hash ranges") struct HashRangeTests {
    /// Sixteen leaves, pieces of two: a tree of five layers.
    static let leaves = {
        var generator = SplitMix64(seed: 7)
        return generator.digests(16)
    }()
    static let plain = PlainTree(leaves: leaves)
    static let shape = TreeShape(length: 16 * 16_384, pieceLength: 32_768)!

    /// What BEP 52 makes of a request: the nodes of the answer as (layer, index).
    static let answers: [(range: HashRange, nodes: [[Int]])] = [
        // A pair of leaves with the whole proof: the uncle beside its parent, and so on below the root.
        (
            HashRange(baseLayer: 0, index: 2, length: 2, proofLayers: 3),
            [[0, 2], [0, 3], [1, 0], [2, 1], [3, 1]]
        ),
        // Four leaves determine the layer above them; its proof layer is counted and not sent.
        (
            HashRange(baseLayer: 0, index: 4, length: 4, proofLayers: 3),
            [[0, 4], [0, 5], [0, 6], [0, 7], [2, 0], [3, 1]]
        ),
        (HashRange(baseLayer: 0, index: 4, length: 4, proofLayers: 1), [[0, 4], [0, 5], [0, 6], [0, 7]]),
        (HashRange(baseLayer: 1, index: 6, length: 2, proofLayers: 1), [[1, 6], [1, 7], [2, 2]]),
        (HashRange(baseLayer: 1, index: 6, length: 2, proofLayers: 2), [[1, 6], [1, 7], [2, 2], [3, 0]]),
        (HashRange(baseLayer: 3, index: 0, length: 2, proofLayers: 0), [[3, 0], [3, 1]]),
        // The whole layer needs no proof.
        (HashRange(baseLayer: 2, index: 0, length: 4, proofLayers: 1), [[2, 0], [2, 1], [2, 2], [2, 3]]),
    ]

    @Test("an answer is the run and its uncles, lowest first", arguments: answers)
    func answer(_ row: (range: HashRange, nodes: [[Int]])) throws {
        let expected = row.nodes.map { Self.plain.layers[$0[0]][$0[1]] }
        let hashes = MerkleTree.hashes(for: row.range, in: Self.shape) { Self.plain.layers[$0][$1] }
        #expect(hashes == expected)
        #expect(row.range.hashCount == expected.count)
        let proven = row.range.proven
        #expect(
            MerkleTree.verify(
                expected, for: row.range, against: Self.plain.layers[proven.layer][proven.index]))
    }

    @Test(
        "a request that makes no sense is not answered",
        arguments: [
            HashRange(baseLayer: 0, index: 1, length: 2, proofLayers: 0),
            HashRange(baseLayer: 0, index: 0, length: 3, proofLayers: 0),
            HashRange(baseLayer: 0, index: 0, length: 0, proofLayers: 0),
            HashRange(baseLayer: 0, index: 0, length: -2, proofLayers: 0),
            HashRange(baseLayer: 0, index: 0, length: 32, proofLayers: 0),
            HashRange(baseLayer: 0, index: 16, length: 2, proofLayers: 0),
            HashRange(baseLayer: 0, index: -2, length: 2, proofLayers: 0),
            HashRange(baseLayer: 0, index: 0, length: 2, proofLayers: 4),
            HashRange(baseLayer: 0, index: 0, length: 2, proofLayers: -1),
            HashRange(baseLayer: 5, index: 0, length: 1, proofLayers: 0),
            HashRange(baseLayer: -1, index: 0, length: 2, proofLayers: 0),
            HashRange(baseLayer: .max, index: .max, length: .max, proofLayers: .max),
            HashRange(baseLayer: .min, index: .min, length: .min, proofLayers: .min),
        ])
    func refusal(_ range: HashRange) {
        #expect(!range.isAnswerable(in: Self.shape))
        #expect(MerkleTree.hashes(for: range, in: Self.shape) { Self.plain.layers[$0][$1] } == nil)
    }

    @Test("no answer is given where a node is not known")
    func unknownNode() {
        let range = HashRange(baseLayer: 0, index: 2, length: 2, proofLayers: 3)
        for missing in [[0, 3], [1, 0], [3, 1]] {
            let hashes = MerkleTree.hashes(for: range, in: Self.shape) { layer, index in
                [layer, index] == missing ? nil : Self.plain.layers[layer][index]
            }
            #expect(hashes == nil)
        }
    }

    @Test(
        "over seeds, every request of a downloader is answered truly, and any change to the answer is noticed"
    )
    func roundTrip() throws {
        for seed in 0..<60 as Range<UInt64> {
            var generator = SplitMix64(seed: seed)
            let leafCount = generator.below(300) + 1
            let shape = try #require(
                TreeShape(length: Int64(leafCount) * 16_384 - 5, pieceLength: 16_384 << generator.below(6)))
            let leaves = generator.digests(leafCount)
            let plain = PlainTree(leaves: leaves)
            let pieceLayer = MerkleTree.pieceLayer(leaves: leaves, shape: shape)
            let tree = try #require(PieceTree(shape: shape, root: plain.root, pieceLayer: pieceLayer))

            var ranges = HashRange.pieceLayer(of: shape)
            #expect(ranges.isEmpty == !shape.hasPieceLayer)
            for piece in 0..<shape.pieceCount { ranges += HashRange.leaves(ofPiece: piece, in: shape) }
            for range in ranges {
                let hashes = try #require(
                    tree.hashes(for: range) { Array(leaves[shape.leaves(ofPiece: $0)]) })
                let proven = range.proven
                #expect(hashes.count == range.hashCount)
                if range.baseLayer == shape.pieceLayer, shape.pieceLayer > 0 {
                    #expect(proven.layer == shape.height)
                }
                let known = plain.layers[proven.layer][proven.index]
                #expect(tree.node(layer: proven.layer, index: proven.index) == known)
                #expect(MerkleTree.verify(hashes, for: range, against: known))
                var wrong = hashes
                let at = generator.below(wrong.count)
                wrong[at] = generator.digests(1)[0]
                #expect(!MerkleTree.verify(wrong, for: range, against: known))
                #expect(!MerkleTree.verify(hashes.dropLast(), for: range, against: known))
                #expect(!MerkleTree.verify(hashes + [.zero], for: range, against: known))
            }
        }
    }

    @Test("any sensible request is answered with the nodes of the plain tree")
    func anyRequest() throws {
        var generator = SplitMix64(seed: 11)
        for _ in 0..<500 {
            let leafCount = generator.below(100) + 1
            let shape = try #require(
                TreeShape(length: Int64(leafCount) * 16_384, pieceLength: 16_384 << generator.below(5)))
            let leaves = generator.digests(leafCount)
            let plain = PlainTree(leaves: leaves)
            let tree = try #require(
                PieceTree(
                    shape: shape, root: plain.root,
                    pieceLayer: MerkleTree.pieceLayer(leaves: leaves, shape: shape)))
            let base = generator.below(shape.height + 1)
            let length = 1 << generator.below(shape.height - base + 1)
            let range = HashRange(
                baseLayer: base, index: generator.below(shape.width(ofLayer: base) / length) * length,
                length: length, proofLayers: generator.below(max(1, shape.height - base)))
            let hashes = try #require(tree.hashes(for: range) { Array(leaves[shape.leaves(ofPiece: $0)]) })
            let run = (range.index..<range.index + length).map { plain.layers[base][$0] }
            #expect(hashes == run + range.uncles.map { plain.layers[$0.layer][$0.index] })
            let proven = range.proven
            let known = plain.layers[proven.layer][proven.index]
            #expect(
                MerkleTree.verify(hashes, for: range, against: known) == (length > 1 || range.uncleCount == 0)
            )
        }
    }
}

@Suite("Piece tree") struct PieceTreeTests {
    @Test("a layer that does not reduce to the root is refused")
    func refusals() throws {
        var generator = SplitMix64(seed: 3)
        let shape = try #require(TreeShape(length: 5 * 32_768, pieceLength: 32_768))
        let leaves = generator.digests(10)
        let layer = MerkleTree.pieceLayer(leaves: leaves, shape: shape)
        let root = MerkleTree.root(leaves: leaves)
        #expect(PieceTree(shape: shape, root: root, pieceLayer: layer)?.root == root)
        #expect(PieceTree(shape: shape, root: .zero, pieceLayer: layer) == nil)
        #expect(PieceTree(shape: shape, root: root, pieceLayer: layer.dropLast()) == nil)
        #expect(PieceTree(shape: shape, root: root, pieceLayer: layer.reversed()) == nil)
        #expect(PieceTree(shape: shape, root: root, pieceLayer: []) == nil)
        let short = try #require(TreeShape(length: 20_000, pieceLength: 32_768))
        #expect(PieceTree(shape: short, root: root, pieceLayer: [])?.hash(ofPiece: 0) == root)
        #expect(PieceTree(shape: short, root: root, pieceLayer: [root]) == nil)
    }

    @Test("a request below the piece layer is refused when the leaves are not at hand")
    func noLeaves() throws {
        var generator = SplitMix64(seed: 4)
        let shape = try #require(TreeShape(length: 8 * 32_768, pieceLength: 32_768))
        let leaves = generator.digests(16)
        let layer = MerkleTree.pieceLayer(leaves: leaves, shape: shape)
        let tree = try #require(
            PieceTree(shape: shape, root: MerkleTree.root(leaves: leaves), pieceLayer: layer))
        let range = HashRange(baseLayer: 0, index: 4, length: 2, proofLayers: 3)
        var asked: [Int] = []
        #expect(
            tree.hashes(for: range) { piece in
                asked.append(piece); return nil
            } == nil)
        #expect(asked == [2])
        #expect(tree.hashes(for: range) { _ in [leaves[4]] } == nil)
        #expect(tree.hashes(for: range) { _ in Array(leaves[4...5]) }?.count == 5)
    }
}
