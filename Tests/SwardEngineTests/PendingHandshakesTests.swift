// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardPrimitives
import Testing

@testable import SwardEngine

@Suite("Connections that wait for a handshake") struct PendingHandshakesTests {
    static func address(_ ip: [UInt8], _ port: Int) throws -> PeerAddress {
        try #require(PeerAddress(ip: ip, port: UInt16(port)))
    }

    @Test("one who says nothing leaves room for others, by IPv4 and by IPv6")
    func shares() throws {
        let six: [UInt8] = [0x20, 1, 0xd, 0xb8] + Array(repeating: 0, count: 12)
        let pending = PendingHandshakes(limit: 64)
        let silent = try (0..<16).map { number in
            let host = Array(six.dropLast()) + [UInt8(number)]
            return try (Self.address([192, 0, 2, 1], 1000 + number), Self.address(host, 1000 + number))
        }
        #expect(silent.map { pending.enter($0.0) } == (0..<16).map { $0 < 8 })
        #expect(silent.map { pending.enter($0.1) } == (0..<16).map { $0 < 8 })
        for number in 2..<8 { #expect(pending.enter(try Self.address([192, 0, 2, UInt8(number)], 1))) }
        pending.leave(silent[0].0)
        #expect(pending.enter(silent[15].0) && !pending.enter(silent[14].0))
        #expect(pending.current == 22)
    }

    @Test("all together are bounded, and on loopback nothing else")
    func bounds() throws {
        let pending = PendingHandshakes(limit: 64)
        let near = try Self.address([127, 0, 0, 1], 9)
        for _ in 0..<64 { #expect(pending.enter(near)) }
        let far = try Self.address([192, 0, 2, 1], 9)
        #expect(!pending.enter(near) && !pending.enter(far) && !pending.enter(nil))
        pending.leave(near)
        #expect(pending.enter(far) && pending.current == 64)
    }
}
