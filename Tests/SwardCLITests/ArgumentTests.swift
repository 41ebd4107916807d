// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardBundle
import SwardEngine
import Testing

@testable import SwardCLI

@Suite("Arguments") struct ArgumentTests {
    static let lengths: [(String, Int?)] = [
        ("16384", 16384), ("16KiB", 16384), ("1M", 1 << 20), ("2MiB", 2 << 20), ("", nil), ("KiB", nil),
        ("-1", nil),
        ("0", 0), ("99999999999999999999", nil), ("9223372036854775807MiB", nil), ("1GB", 1_000_000_000),
    ]

    @Test("a length is a count and a unit", arguments: lengths)
    func readsLength(_ row: (String, Int?)) { #expect(ByteSize(argument: row.0)?.bytes == row.1) }

    static let addresses: [(String, String?)] = [
        ("127.0.0.1:6881", "127.0.0.1:6881"), ("[::1]:0", "[::1]:0"),
        ("peer.example:51413", "peer.example:51413"),
        ("::1:6881", nil), ("127.0.0.1", nil), (":6881", nil), ("[]:1", nil), ("host:65536", nil),
        ("host:-1", nil),
        ("", nil), ("[::1]", nil),
    ]

    @Test("an address is a host and a port, IPv6 in brackets", arguments: addresses)
    func readsAddress(_ row: (String, String?)) {
        #expect(HostAndPort(argument: row.0)?.description == row.1)
    }

    @Test("a source is an address, and may have terms and a title")
    func readsSource() throws {
        let plain = try #require(SourceArgument(argument: "https://example.org/work")).source
        #expect(plain.url == "https://example.org/work")
        #expect(!plain.isModified)
        #expect(plain.expression == nil && plain.title == nil)

        let full = try #require(SourceArgument(argument: "+https://example.org/|CC-BY-4.0|Notes | and more"))
            .source
        #expect(full.isModified)
        #expect(full.expression == "CC-BY-4.0")
        #expect(full.title == "Notes | and more")

        let hash = String(repeating: "ab", count: 32)
        let magnet = try #require(SourceArgument(argument: "magnet:?xt=urn:btmh:1220\(hash)|MIT")).source
        #expect(magnet.btmh == [0x12, 0x20] + [UInt8](repeating: 0xAB, count: 32))
        #expect(SourceArgument(argument: "") == nil)
        #expect(SourceArgument(argument: "+") == nil)
    }
}
