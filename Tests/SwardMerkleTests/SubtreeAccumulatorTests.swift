// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Support
import SwardHash
import SwardMerkle
import SwardPrimitives
import Testing

@Suite("Subtree accumulator") struct SubtreeAccumulatorTests {
    @Test("leaves fed in unlike parts give the root of the whole")
    func root() {
        var accumulator = SubtreeAccumulator()
        for count in [1, 2, 3, 17, 255, 256, 257, 512, 1_000, 65_536, 65_537] {
            var generator = SplitMix64(seed: UInt64(count))
            let bytes = generator.bytes(count * 32)
            let leaves = bytes.withUnsafeBytes { Digest256.array(in: $0) }
            for extra in [0, 1, 9] {
                let height = TreeShape.height(ofLeaves: count) + extra
                accumulator.removeAll()
                var start = 0
                bytes.withUnsafeBytes { bytes in
                    while start < count {
                        let end = min(count, start + 1 + generator.below(400))
                        accumulator.append(UnsafeRawBufferPointer(rebasing: bytes[start * 32..<end * 32]))
                        start = end
                    }
                }
                #expect(
                    accumulator.root(height: height)
                        == MerkleTree.root(ofLayer: leaves, at: 0, height: height))
            }
        }
    }
}
