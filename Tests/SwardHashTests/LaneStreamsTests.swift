// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Support
import SwardHash
import SwardPrimitives
import Testing

@Suite("Lane streams") struct LaneStreamsTests {
    @Test(
        "messages fed in unlike parts give the digests of the whole, and a lane can be used again",
        arguments: HashLanes.Implementation.supported)
    func parts(_ implementation: HashLanes.Implementation) {
        for seed in 0..<20 as Range<UInt64> {
            var generator = SplitMix64(seed: seed)
            let count = Int.random(in: 1...40, using: &generator)
            var sha1 = SHA1Lanes(count: count, by: implementation)
            var sha256 = SHA256Lanes(count: count, by: implementation)
            for _ in 0..<2 {
                let messages = (0..<count).map { _ in
                    generator.bytes(Int.random(in: 0...1_000, using: &generator))
                }
                for lane in 0..<count {
                    sha1.start(lane)
                    sha256.start(lane)
                }
                feed(messages, using: &generator) { feeds in
                    sha1.update(feeds)
                    sha256.update(feeds)
                }
                for lane in 0..<count {
                    #expect(sha1.digest(lane) == SHA1.hash(messages[lane]))
                    #expect(sha256.digest(lane) == SHA256.hash(messages[lane]))
                }
            }
        }
    }

    /// Feeds every message to the lane of its number, some blocks of some lanes at a time.
    private func feed(
        _ messages: [[UInt8]], using generator: inout SplitMix64, _ update: ([LaneFeed]) -> Void
    ) {
        let pointers = messages.map { message in
            let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: message.count, alignment: 1)
            copy.copyBytes(from: message)
            return UnsafeRawBufferPointer(copy)
        }
        defer { for pointer in pointers { pointer.deallocate() } }
        var offsets = messages.map { _ in 0 }
        var open = Set(messages.indices)
        while !open.isEmpty {
            var feeds: [LaneFeed] = []
            for lane in open.sorted() where Bool.random(using: &generator) {
                let rest = UnsafeRawBufferPointer(rebasing: pointers[lane][offsets[lane]...])
                let part = Int.random(in: 0...6, using: &generator) * 64
                let isLast = part >= rest.count
                let bytes = isLast ? rest : UnsafeRawBufferPointer(rebasing: rest[..<part])
                feeds.append(LaneFeed(lane: lane, bytes: bytes, isLast: isLast))
                offsets[lane] += bytes.count
                if isLast { open.remove(lane) }
            }
            update(feeds)
        }
    }
}
