// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardCrypto
import SwardPrimitives
import Testing

@Suite("RC4 and the exchange of keys") struct RC4Tests {
    /// The first bytes of the key stream. Source: RFC 6229, section 2.
    static let streams: [(key: [UInt8], start: String)] = [
        ([1, 2, 3, 4, 5], "b2396305f03dc027ccc3524a0a1118a8"),
        ([UInt8](1...16), "9ac7cc9a609d1ef7b2932899cde41b97"),
    ]

    @Test("the key stream is that of RFC 6229", arguments: streams)
    func matches(_ row: (key: [UInt8], start: String)) {
        var cipher = RC4(key: row.key)
        #expect(cipher.applied(to: [UInt8](repeating: 0, count: 16)).hex == row.start)
    }

    @Test("skipping leaves the stream where as many bytes would have")
    func skips() {
        var skipping = RC4(key: [7])
        skipping.skip(1024)
        var reading = RC4(key: [7])
        let stream = reading.applied(to: [UInt8](repeating: 0, count: 1040))
        #expect(skipping.applied(to: [UInt8](repeating: 0, count: 16)) == Array(stream.suffix(16)))
    }

    /// Computed with Python's `pow`.
    static let ours = """
        96e112dab29e8c5272accb9b17b26887ce54a144a4e3b697c7d159b7a817e556b0918db2b4c658e02a87f7e5fb14b18a\
        553e084cbf3dad2d30f16596ccb982d406258c61b30c5c1dae2ddc60bdbd48d79896312aad63238c39e1a633821eb693
        """
    static let shared = """
        d05ed96a95215a89b44073afe5d0b1626289ac01cff7849392948b2470b346547e944d7562a897ae86976bc389999083\
        ec09572dbdc8ed7f6a0a86a1aa42a3ca04209b72d8239890360435640643b76479ed7836f1857963fcc7cb72084c3ab4
        """

    @Test("two ends come to one secret")
    func exchanges() {
        let (one, other) = (
            KeyExchange768(secret: [UInt8](1...20)), KeyExchange768(secret: [UInt8](101...120))
        )
        #expect(one.publicKey.hex == Self.ours)
        #expect(one.shared(with: other.publicKey)?.hex == Self.shared)
        #expect(other.shared(with: one.publicKey)?.hex == Self.shared)
    }

    @Test("keys whose powers are known are refused, and what is not below the prime")
    func refuses() {
        let exchange = KeyExchange768(secret: [UInt8](1...20))
        let zeros = [UInt8](repeating: 0, count: 95)
        #expect(exchange.shared(with: zeros + [0]) == nil)
        #expect(exchange.shared(with: zeros + [1]) == nil)
        #expect(exchange.shared(with: zeros + [2])?.hex == Self.ours)
        #expect(exchange.shared(with: [UInt8](repeating: 255, count: 96)) == nil)
        #expect(exchange.shared(with: zeros) == nil)
    }
}
