// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Support
import SwardPCP
import SwardPrimitives
import Testing

@Suite("Asking a gateway by PCP") struct PCPTests {
    static let nonce = [UInt8](1...12)
    static let client = PeerAddress(ip: [192, 168, 1, 5], port: 6881)!
    static let request = PCPRequest(nonce: nonce, client: client, transport: .tcp, lifetime: 3600)
    static let mapped = [UInt8](repeating: 0, count: 10) + [255, 255]

    /// An answer of the gateway's, with some of it changed.
    static func answer(
        code: UInt8 = 0,
        body: [UInt8] = nonce + [6, 0, 0, 0, 0x1a, 0xe1, 0x30, 0x39] + mapped + [203, 0, 113, 7]
    ) -> [UInt8] {
        [2, 0x81, 0, code, 0, 0, 0x0e, 0x10, 0, 0, 1, 0] + [UInt8](repeating: 0, count: 12) + body
    }

    @Test("the bytes of a request are those of RFC 6887")
    func request() {
        #expect(
            Self.request.bytes
                == [2, 1, 0, 0, 0, 0, 0x0e, 0x10] + Self.mapped + [192, 168, 1, 5] + Self.nonce
                + [6, 0, 0, 0, 0x1a, 0xe1, 0x1a, 0xe1] + Self.mapped + [0, 0, 0, 0])
        let six = PeerAddress(ip: [0x20, 1, 0xd, 0xb8] + [UInt8](repeating: 0, count: 11) + [9], port: 1)!
        let end = PCPRequest(nonce: Self.nonce, client: six, transport: .udp, lifetime: 0).bytes
        #expect(end.count == 60)
        #expect(Array(end[8..<24]) == six.ip)
        // "the Suggested External Port MUST be zero" when it is to end.
        #expect(Array(end[36..<44]) == [17, 0, 0, 0, 0, 1, 0, 0])
        #expect(Array(end[44...]) == [UInt8](repeating: 0, count: 16))
    }

    @Test("what is granted is read")
    func grants() {
        #expect(
            PCPAnswer(Self.answer(), to: Self.request)
                == .granted(PeerAddress(ip: [203, 0, 113, 7], port: 12345)!, lifetime: 3600, epoch: 256))
        // With an option behind it.
        #expect(PCPAnswer(Self.answer() + [1, 0, 0, 4, 0, 0, 0, 0], to: Self.request) != nil)
    }

    @Test("so is what is refused, and that it speaks NAT-PMP only")
    func refuses() {
        #expect(
            PCPAnswer(Self.answer(code: 8), to: Self.request) == .refused(code: 8, lifetime: 3600, epoch: 256)
        )
        #expect(
            PCPAnswer(Self.answer(code: 1, body: []), to: Self.request)
                == .refused(code: 1, lifetime: 3600, epoch: 256))
        #expect(PCPAnswer([0, 0x81, 0, 1, 0, 0, 0, 9], to: Self.request) == .otherVersion)
    }

    @Test("an answer to somebody else, or to nobody, is passed over")
    func ignores() {
        let good = Self.answer()
        for offset in [0, 1, 24, 35, 36, 40, 41] {
            var bad = good
            bad[offset] ^= 1
            #expect(PCPAnswer(bad, to: Self.request) == nil, "byte \(offset)")
        }
        #expect(PCPAnswer(Self.request.bytes, to: Self.request) == nil)
        for length in 0..<good.count {
            #expect(PCPAnswer(Array(good.prefix(length)), to: Self.request) == nil)
        }
        #expect(PCPAnswer(good + [0], to: Self.request) == nil)
        #expect(PCPAnswer(good + [UInt8](repeating: 0, count: 1100), to: Self.request) == nil)
        var random = SplitMix64(seed: 1)
        for _ in 0..<2000 {
            var bytes = good
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                bytes[Int.random(in: bytes.indices, using: &random)] = .random(in: 0...255, using: &random)
            }
            _ = PCPAnswer(bytes, to: Self.request)
        }
    }
}
