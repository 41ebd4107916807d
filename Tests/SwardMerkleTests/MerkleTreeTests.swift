// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Support
import SwardHash
import SwardMerkle
import SwardPrimitives
import Testing

/// A tree written out in full, every layer at its whole width: slow, and simple enough to be believed.
struct PlainTree {
    let layers: [[Digest256]]

    init(leaves: [Digest256]) {
        var row = leaves
        var width = 1
        while width < leaves.count { width *= 2 }
        row += Array(repeating: .zero, count: width - row.count)
        var layers = [row]
        while row.count > 1 {
            row = stride(from: 0, to: row.count, by: 2).map { SHA256.hash(row[$0].bytes + row[$0 + 1].bytes) }
            layers.append(row)
        }
        self.layers = layers
    }

    var root: Digest256 { layers[layers.count - 1][0] }
}

extension SplitMix64 {
    mutating func digests(_ count: Int) -> [Digest256] { (0..<count).map { _ in Digest256(bytes(32))! } }
}

@Suite("Merkle tree") struct MerkleTreeTests {
    @Test("three leaves, worked out by hand")
    func threeLeaves() {
        let (a, b, c) = (SHA256.hash([1]), SHA256.hash([2]), SHA256.hash([3]))
        let ab = SHA256.hash(a.bytes + b.bytes)
        let c0 = SHA256.hash(c.bytes + [UInt8](repeating: 0, count: 32))
        #expect(MerkleTree.root(leaves: [a, b, c]) == SHA256.hash(ab.bytes + c0.bytes))
        #expect(MerkleTree.root(leaves: [a]) == a)
        #expect(MerkleTree.nodes(above: [a, b, c], at: 0, in: 1) == [ab, c0])
    }

    @Test("subtrees of zero leaves are the known ones")
    func zeroSubtrees() throws {
        #expect(MerkleTree.zeroSubtree(height: 0) == .zero)
        // SHA-256 of 64 zero bytes, and of that twice.
        #expect(
            MerkleTree.zeroSubtree(height: 1).hex
                == "f5a5fd42d16a20302798ef6ed309979b43003d2320d9f0e8ea9831a92759fb4b")
        #expect(
            MerkleTree.zeroSubtree(height: 2).hex
                == "db56114e00fdd4c1f85c892bf35ac9a89289aaecb1ebd0a96cde606a748b5d71")
        for height in 0...6 {
            let leaves = [Digest256](repeating: .zero, count: 1 << height)
            #expect(MerkleTree.zeroSubtree(height: height) == PlainTree(leaves: leaves).root)
        }
    }

    @Test("roots, layers and pieces agree with the plain tree", arguments: [16_384, 32_768, 65_536, 1 << 20])
    func agreesWithPlainTree(pieceLength: Int) throws {
        for leafCount in Array(1...70) + [127, 128, 129, 200] {
            var generator = SplitMix64(seed: UInt64(leafCount))
            let leaves = generator.digests(leafCount)
            let length = Int64(leafCount - 1) * Int64(blockLength) + Int64(generator.below(blockLength) + 1)
            let shape = try #require(TreeShape(length: length, pieceLength: pieceLength))
            let plain = PlainTree(leaves: leaves)
            #expect(shape.leafCount == leafCount)
            #expect(shape.height == plain.layers.count - 1)
            #expect(MerkleTree.root(leaves: leaves) == plain.root)
            let layer = MerkleTree.pieceLayer(leaves: leaves, shape: shape)
            if shape.hasPieceLayer {
                #expect(layer == Array(plain.layers[shape.pieceLayer].prefix(shape.pieceCount)))
                #expect(MerkleTree.root(pieceLayer: layer, shape: shape) == plain.root)
                let bytes = layer.flatMap(\.bytes)
                #expect(MerkleTree.root(pieceLayerBytes: bytes[...], shape: shape) == plain.root)
                #expect(MerkleTree.root(pieceLayerBytes: bytes.dropLast(), shape: shape) == nil)
                #expect(
                    MerkleTree.root(pieceLayerBytes: (bytes + bytes.prefix(32))[...], shape: shape) == nil)
            } else {
                #expect(layer.isEmpty)
                #expect(MerkleTree.root(pieceLayerBytes: [], shape: shape) == nil)
            }
            for piece in 0..<shape.pieceCount {
                let node = shape.node(ofPiece: piece)
                let hash = MerkleTree.pieceHash(
                    leaves: Array(leaves[shape.leaves(ofPiece: piece)]), shape: shape)
                #expect(hash == plain.layers[node.layer][node.index])
            }
        }
    }

    @Test("a file has a tree only if it has bytes and its pieces are those of BEP 52")
    func shapes() throws {
        #expect(TreeShape(length: 0, pieceLength: 16_384) == nil)
        #expect(TreeShape(length: 1, pieceLength: 8_192) == nil)
        #expect(TreeShape(length: 1, pieceLength: 24_576) == nil)
        #expect(TreeShape(length: 1, pieceLength: 0) == nil)
        let shape = try #require(TreeShape(length: 5 * 32_768 + 1, pieceLength: 32_768))
        #expect((shape.leafCount, shape.height, shape.pieceLayer, shape.pieceCount) == (11, 4, 1, 6))
        #expect((0...4).map(shape.nodeCount(inLayer:)) == [11, 6, 3, 2, 1])
        #expect((0...4).map(shape.width(ofLayer:)) == [16, 8, 4, 2, 1])
        #expect((4...5).map(shape.leaves(ofPiece:)) == [8..<10, 10..<11])
        let exact = try #require(TreeShape(length: 32_768, pieceLength: 32_768))
        #expect(!exact.hasPieceLayer)
        #expect(exact.pieceCount == 1)
        let huge = try #require(TreeShape(length: .max, pieceLength: 16_384))
        #expect((huge.leafCount, huge.height) == (1 << 49, 49))
    }
}
