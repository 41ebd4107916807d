// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardPrimitives
import Testing

@Suite("Peer addresses") struct PeerAddressTests {
    static let mapped = [UInt8](repeating: 0, count: 10) + [255, 255]

    @Test("an IPv4 address and its form in IPv6 are one peer")
    func joinsMapped() throws {
        let four = try #require(PeerAddress(ip: [10, 0, 0, 1], port: 6881))
        #expect(four == PeerAddress(ip: Self.mapped + [10, 0, 0, 1], port: 6881))
        #expect(four.isIPv4 && four.ip == [10, 0, 0, 1] && four.description == "10.0.0.1:6881")
        #expect(four != four.with(port: 1) && four.host == four.with(port: 1).host)
    }

    @Test("sixteen bytes come back as they went in")
    func keepsIPv6() throws {
        let bytes = [0x20, 0x01, 0x0D, 0xB8] + [UInt8](0..<12)
        let six = try #require(PeerAddress(ip: bytes, port: 1))
        #expect(!six.isIPv4 && six.ip == bytes)
        #expect(six.description == "[2001:db8:1:203:405:607:809:a0b]:1")
    }

    @Test("any other count is refused", arguments: [0, 3, 5, 15, 17])
    func refuses(_ count: Int) {
        #expect(PeerAddress(ip: [UInt8](repeating: 1, count: count), port: 1) == nil)
    }

    @Test("only 127/8 and ::1 are loopback")
    func knowsLoopback() {
        let rows: [([UInt8], Bool)] = [
            ([127, 0, 0, 1], true), ([127, 255, 0, 9], true), ([128, 0, 0, 1], false), ([0, 0, 0, 1], false),
            ([UInt8](repeating: 0, count: 15) + [1], true), ([UInt8](repeating: 0, count: 15) + [2], false),
            (Self.mapped + [127, 0, 0, 1], true),
            ([UInt8](repeating: 0, count: 11) + [1, 127, 0, 0, 1], false),
        ]
        for (ip, expected) in rows { #expect(PeerAddress(ip: ip, port: 1)?.isLoopback == expected, "\(ip)") }
    }

    /// Those of RFC 5952, sections 4 and 5.
    @Test(
        "addresses are written as people do",
        arguments: [
            ([0x2001, 0xdb8, 0, 0, 0, 0, 2, 1], "[2001:db8::2:1]:9"),
            ([0x2001, 0xdb8, 0, 1, 1, 1, 1, 1], "[2001:db8:0:1:1:1:1:1]:9"),
            ([0x2001, 0, 0, 1, 0, 0, 0, 1], "[2001:0:0:1::1]:9"),
            ([0x2001, 0xdb8, 0, 0, 1, 0, 0, 1], "[2001:db8::1:0:0:1]:9"),
            ([0, 0, 0, 0, 0, 0, 0, 0], "[::]:9"), ([0, 0, 0, 0, 0, 0, 0, 1], "[::1]:9"),
            ([0xfe80, 0, 0, 0, 0, 0, 0, 0], "[fe80::]:9"),
        ])
    func isWritten(_ groups: [Int], _ text: String) throws {
        let bytes = groups.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
        #expect(try #require(PeerAddress(ip: bytes, port: 9)).description == text)
    }
}
