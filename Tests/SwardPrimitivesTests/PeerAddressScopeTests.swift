// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardPrimitives
import Testing

@Suite("How far an address reaches") struct PeerAddressScopeTests {
    static let rows: [(text: String, scope: PeerAddress.Scope)] = [
        ("0.0.0.0", .none), ("0.1.2.3", .none), ("224.0.0.1", .none), ("255.255.255.255", .none),
        ("::", .none),
        ("ff02::1", .none), ("127.0.0.1", .loopback), ("127.255.0.9", .loopback), ("::1", .loopback),
        ("169.254.7.7", .link), ("fe80::1", .link), ("10.0.0.1", .site), ("172.16.0.1", .site),
        ("172.32.0.1", .global), ("192.168.3.4", .site), ("100.64.0.1", .site), ("100.128.0.1", .global),
        ("fd00::1", .site), ("8.8.8.8", .global), ("2001:db8::1", .global), ("::ffff:127.0.0.1", .loopback),
    ]

    private func address(_ text: String, port: UInt16 = 6881) throws -> PeerAddress {
        let bytes = try #require(IPText.bytes(text))
        return try #require(PeerAddress(ip: bytes, port: port))
    }

    @Test("is told from its first bytes", arguments: rows)
    func scope(_ row: (text: String, scope: PeerAddress.Scope)) throws {
        #expect(try address(row.text).scope == row.scope)
    }

    @Test("nobody names an address nearer to us than itself")
    func plausible() throws {
        #expect(try address("8.8.8.8").isPlausible(from: address("9.9.9.9")))
        #expect(try !address("192.168.0.1").isPlausible(from: address("9.9.9.9")))
        #expect(try !address("127.0.0.1").isPlausible(from: address("192.168.0.1")))
        #expect(try address("127.0.0.1").isPlausible(from: address("127.0.0.1")))
        #expect(try address("8.8.8.8").isPlausible(from: address("127.0.0.1")))
        #expect(try !address("224.0.0.1").isPlausible(from: address("127.0.0.1")))
        #expect(try !address("8.8.8.8", port: 0).isPlausible(from: address("9.9.9.9")))
    }
}
