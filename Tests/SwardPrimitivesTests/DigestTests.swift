// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Support
import SwardPrimitives
import Testing

@Suite("Digests") struct DigestTests {
    static let bytes = [UInt8](0..<32)
    static let hex = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"

    @Test("thirty-two bytes come back as they went in")
    func keeps256() throws {
        let digest = try #require(Digest256(Self.bytes))
        #expect(digest.bytes == Self.bytes)
        #expect(digest.hex == Self.hex)
        #expect(digest.description == Self.hex)
        #expect(Digest256(hex: Self.hex.uppercased()) == digest)
        #expect(digest.truncated.bytes == Array(Self.bytes[..<20]))
        #expect(Digest256.zero.bytes == [UInt8](repeating: 0, count: 32))
        #expect(unsafe digest.withBytes { unsafe Array($0) } == Self.bytes)
    }

    @Test("twenty bytes come back as they went in")
    func keeps160() throws {
        let digest = try #require(Digest160(Self.bytes[7..<27]))
        #expect(digest.bytes == Array(Self.bytes[7..<27]))
        #expect(Digest160(hex: digest.hex) == digest)
    }

    @Test("any other length is refused", arguments: [0, 1, 19, 21, 31, 33, 63])
    func refusesLengths(_ count: Int) {
        #expect(Digest256([UInt8](repeating: 1, count: count)) == nil)
        #expect(Digest160([UInt8](repeating: 1, count: count)) == nil)
        #expect(Digest256(hex: String(repeating: "a", count: count)) == nil)
    }

    @Test("they sort as their bytes do", arguments: 0..<20 as Range<UInt64>)
    func sorts(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        for _ in 0..<50 {
            var (a, b) = (random.bytes(32), random.bytes(32))
            let shared = random.below(32)
            b.replaceSubrange(..<shared, with: a[..<shared])
            let (x, y) = (try #require(Digest256(a)), try #require(Digest256(b)))
            #expect((x < y) == a.lexicographicallyPrecedes(b))
            (a, b) = (Array(a[..<20]), Array(b[..<20]))
            let (v, w) = (try #require(Digest160(a)), try #require(Digest160(b)))
            #expect((v < w) == a.lexicographicallyPrecedes(b))
        }
    }
}

@Suite("Hexadecimal") struct HexTests {
    @Test("what is not pairs of digits is refused", arguments: ["0", "0g", "g0", " 00", "00 ", "0x00", "é0"])
    func refuses(_ text: String) { #expect([UInt8](hex: text) == nil) }

    @Test("either case is read, the lower written")
    func reads() {
        #expect([UInt8](hex: "00fFA9") == [0, 255, 0xA9])
        #expect([UInt8](hex: "") == [])
        #expect([0, 255, 0xA9].hex == "00ffa9")
    }
}

@Suite("Info-hashes") struct InfoHashesTests {
    static let one = Digest160([UInt8](repeating: 1, count: 20))
    static let two = Digest160([UInt8](repeating: 2, count: 20))
    static let a = Digest256([UInt8](repeating: 10, count: 32))
    static let b = Digest256([UInt8](repeating: 11, count: 32))

    @Test("a torrent has a name")
    func needsOne() { #expect(InfoHashes(v1: nil, v2: nil) == nil) }

    @Test("a hybrid has two swarms, v2's is cut to twenty bytes")
    func swarms() throws {
        let hashes = try #require(InfoHashes(v1: Self.one, v2: Self.a))
        #expect(hashes.swarms == [Self.one, Self.a?.truncated].compactMap { $0 })
        #expect(InfoHashes(v1: Self.one, v2: nil)?.swarms == [Self.one].compactMap { $0 })
    }

    @Test("names agree when they share one and contradict in none")
    func agrees() throws {
        let hybrid = try #require(InfoHashes(v1: Self.one, v2: Self.a))
        let rows: [(Digest160?, Digest256?, Bool)] = [
            (Self.one, nil, true), (nil, Self.a, true), (Self.one, Self.a, true), (Self.one, Self.b, false),
            (Self.two, Self.a, false), (Self.two, nil, false),
        ]
        for (v1, v2, expected) in rows {
            let other = try #require(InfoHashes(v1: v1, v2: v2))
            #expect(hybrid.agrees(with: other) == expected)
            #expect(other.agrees(with: hybrid) == expected)
        }
        let (v1, v2) = (InfoHashes(v1: Self.one, v2: nil), InfoHashes(v1: nil, v2: Self.a))
        #expect(try !#require(v1).agrees(with: #require(v2)))
    }
}
