// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Support
import SwardHash
import SwardPrimitives
import Testing

@Suite("Hash lanes") struct HashLanesTests {
    typealias Implementation = HashLanes.Implementation

    @Test("this machine can run the portable lanes and those it picks itself")
    func supported() {
        #expect(Implementation.supported.contains(.best))
        #expect(Implementation.supported.contains(.portable))
        #expect(!HashLanes.implementation.isEmpty)
        for implementation in Implementation.supported {
            #expect((1...16).contains(implementation.laneCount))
        }
    }

    @Test("the published digests come out of every lane", arguments: Implementation.supported)
    func vectors(_ implementation: Implementation) {
        let messages = FIPSVectors.rows.map { FIPSVectors.message($0.text, $0.times) }
        // Every message lies in every lane once, beside messages of other lengths.
        for first in messages.indices {
            let order = messages.indices.map { ($0 + first) % messages.count }
            let views = order.map { messages[$0] }.flatMap { Array(repeating: $0, count: 5) }
            let expected = order.flatMap { Array(repeating: FIPSVectors.rows[$0], count: 5) }
            withViews(of: views) { views in
                #expect(HashLanes.sha256(views, by: implementation).map(\.hex) == expected.map(\.sha256))
                #expect(HashLanes.sha1(views, by: implementation).map(\.hex) == expected.map(\.sha1))
            }
        }
    }

    @Test("equal messages, 1 to 40 of them, at every alignment", arguments: Implementation.supported)
    func equal(_ implementation: Implementation) {
        var generator = SplitMix64(seed: 1)
        let pool = generator.bytes(40 * 300 + 64)
        pool.withUnsafeBytes { pool in
            for count in 1...40 {
                let length = Int.random(in: 1...300, using: &generator)
                let start = Int.random(in: 0..<64, using: &generator)
                let views = (0..<count).map {
                    UnsafeRawBufferPointer(rebasing: pool[(start + $0 * length)...].prefix(length))
                }
                #expect(HashLanes.sha256(views, by: implementation) == views.map { SHA256.hash($0) })
                #expect(HashLanes.sha1(views, by: implementation) == views.map { SHA1.hash($0) })
            }
        }
    }

    @Test("messages of unlike lengths share the lanes", arguments: Implementation.supported)
    func unequal(_ implementation: Implementation) {
        for seed in 0..<30 as Range<UInt64> {
            var generator = SplitMix64(seed: seed)
            let count = Int.random(in: 0...150, using: &generator)
            let longest = [70, 200, 1_500].randomElement(using: &generator)!
            let messages = (0..<count).map { _ in
                generator.bytes(Int.random(in: 0...longest, using: &generator))
            }
            withViews(of: messages) { views in
                #expect(HashLanes.sha256(views, by: implementation) == messages.map { SHA256.hash($0) })
                #expect(HashLanes.sha1(views, by: implementation) == messages.map { SHA1.hash($0) })
            }
        }
    }

    @Test("every length around the padding boundary", arguments: Implementation.supported)
    func padding(_ implementation: Implementation) {
        var generator = SplitMix64(seed: 2)
        let messages = (0...200).map { generator.bytes($0) }
        withViews(of: messages) { views in
            #expect(HashLanes.sha256(views, by: implementation) == messages.map { SHA256.hash($0) })
            #expect(HashLanes.sha1(views, by: implementation) == messages.map { SHA1.hash($0) })
        }
    }

    @Test("bytes are cut into messages, the last of them short", arguments: Implementation.supported)
    func cutting(_ implementation: Implementation) {
        var generator = SplitMix64(seed: 3)
        for length in [32, 64, 100, 1_024] {
            for total in [0, 1, length - 1, length, length + 1, 5 * length, 37 * length + 11] {
                let bytes = generator.bytes(total)
                let expected = stride(from: 0, to: total, by: length).map {
                    SHA256.hash(bytes[$0..<min($0 + length, total)])
                }
                bytes.withUnsafeBytes {
                    #expect(HashLanes.sha256(cutting: $0, every: length, by: implementation) == expected)
                }
            }
        }
    }

    @Test("a row of nodes is reduced in place", arguments: Implementation.supported)
    func pairsInPlace(_ implementation: Implementation) {
        var generator = SplitMix64(seed: 4)
        for pairs in [0, 1, 2, 15, 16, 17, 63, 64, 65, 200] {
            var row = generator.bytes(pairs * 64)
            let expected = stride(from: 0, to: row.count, by: 64).map { SHA256.hash(row[$0..<$0 + 64]) }
            let parents = row.withUnsafeMutableBytes { row in
                HashLanes.sha256(pairsOf: UnsafeRawBufferPointer(row), into: row, by: implementation)
                return Digest256.array(in: UnsafeRawBufferPointer(rebasing: row.prefix(pairs * 32)))
            }
            #expect(parents == expected)
        }
    }

    private func withViews(of messages: [[UInt8]], _ body: ([UnsafeRawBufferPointer]) -> Void) {
        let joined = messages.flatMap { $0 }
        joined.withUnsafeBytes { joined in
            var start = 0
            body(
                messages.map { message in
                    defer { start += message.count }
                    return UnsafeRawBufferPointer(rebasing: joined[start..<start + message.count])
                })
        }
    }
}
