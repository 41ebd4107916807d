// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Support
import SwardPrimitives
import Testing

@testable import SwardSwarm

@Suite("Blocklists") struct AddressFilterTests {
    private func address(_ text: String) throws -> PeerAddress {
        let bytes = try #require(IPText.bytes(text))
        return try #require(PeerAddress(ip: bytes, port: 1))
    }

    static let lines: [(line: String, first: String, last: String)] = [
        ("Some Org: with colons:1.2.3.0-1.2.3.9", "1.2.3.0", "1.2.3.9"),
        ("1.2.3.0/24", "1.2.3.0", "1.2.3.255"),
        ("1.2.3.4", "1.2.3.4", "1.2.3.4"), ("1.2.3.4/31", "1.2.3.4", "1.2.3.5"),
        ("001.002.003.000 - 001.002.003.009 , 000 , a name", "1.2.3.0", "1.2.3.9"),
        ("name-with-dash:1.2.3.0-1.2.3.9", "1.2.3.0", "1.2.3.9"),
        ("2001:db8::/32", "2001:db8::", "2001:db8:ffff::1"),
        ("v6:2001:db8::1-2001:db8::9", "2001:db8::1", "2001:db8::9"),
        ("  10.0.0.0/8\r", "10.0.0.0", "10.255.255.255"),
    ]

    @Test("of three kinds are read", arguments: lines)
    func reads(_ row: (line: String, first: String, last: String)) throws {
        let reading = AddressFilter.read("# a comment\n\n\(row.line)\n".utf8)
        #expect(reading.ignoredLines == 0 && reading.filter.count == 1)
        #expect(try reading.filter.contains(address(row.first)))
        #expect(try reading.filter.contains(address(row.last)))
        #expect(try !reading.filter.contains(address("9.9.9.9")))
        #expect(try !reading.filter.contains(address("3001::")))
    }

    static let nonsense = ["hello", "1.2.3", "1.2.3.9-1.2.3.0", "1.2.3.4/33", "a:b:c", "1.2.3.4-::1"]

    @Test("name their first bad line and go on", arguments: nonsense)
    func skips(_ line: String) throws {
        let reading = AddressFilter.read("4.4.4.4\n\(line)\n5.5.5.5".utf8)
        #expect(reading.ignoredLines == 1 && reading.firstIgnored == 2 && reading.filter.count == 2)
    }

    @Test("let through what eMule lists above level 127")
    func levels() {
        let reading = AddressFilter.read("1.2.3.0 - 1.2.3.9 , 200 , friend".utf8)
        #expect(reading.ignoredLines == 0 && reading.filter.isEmpty)
    }

    @Test("join what touches, and agree with a look at every range", arguments: [1, 2, 3] as [UInt64])
    func agrees(_ seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        var ranges: [(UInt8, UInt8)] = []
        for _ in 0..<20 {
            let first = UInt8.random(in: 0...250, using: &generator)
            ranges.append((first, UInt8.random(in: first...min(255, first &+ 4), using: &generator)))
        }
        let text = ranges.map { "x:7.7.7.\($0.0)-7.7.7.\($0.1)" }.joined(separator: "\n")
        let filter = AddressFilter.read(text.utf8).filter
        for last in 0...255 {
            let expected = ranges.contains { Int($0.0) <= last && last <= Int($0.1) }
            #expect(try filter.contains(address("7.7.7.\(last)")) == expected)
        }
    }
}

@Suite("Canonical priority") struct CanonicalPriorityTests {
    private func address(_ text: String, port: UInt16 = 0) throws -> PeerAddress {
        let bytes = try #require(IPText.bytes(text))
        return try #require(PeerAddress(ip: bytes, port: port))
    }

    @Test("is that of BEP 40's examples, from both ends")
    func vectors() throws {
        let us = try address("123.213.32.10")
        for (text, rank) in [("98.76.54.32", 0xEC2D_7224), ("123.213.32.234", 0x9956_8189)]
            as [(String, UInt32)]
        {
            #expect(try CanonicalPriority.rank(us, address(text)) == rank)
            #expect(try CanonicalPriority.rank(address(text), us) == rank)
        }
    }

    @Test("of one host goes by ports, and of IPv6 by prefixes")
    func others() throws {
        let a = try address("8.8.8.8", port: 0x0102)
        let b = try address("8.8.8.8", port: 0x0001)
        #expect(CanonicalPriority.rank(a, b) == CRC32C.hash([0, 1, 1, 2]))
        // RFC 3720, B.4: 32 bytes of zeros.
        #expect(CRC32C.hash([UInt8](repeating: 0, count: 32)) == 0x8A91_36AA)
        let six = try (address("2001:db8::1"), address("2001:db8::3"))
        #expect(CanonicalPriority.rank(six.0, six.1) == CRC32C.hash(six.0.ip + six.1.ip))
        #expect(CanonicalPriority.rank(a, six.0) == 0)
        #expect(try CanonicalPriority.rank(a, address("9.9.9.9")) != 0)
    }

    @Test("believes an address that two hosts name, not one")
    func votes() throws {
        var ours = OurAddresses()
        ours.learn([5, 5, 5, 5], from: try address("6.6.6.6", port: 1))
        ours.learn([5, 5, 5, 5], from: try address("6.6.6.6", port: 2))
        #expect(ours.four == nil)
        #expect(try ours.rank(address("7.7.7.7")) == 0)
        ours.learn([192, 168, 0, 1], from: try address("7.7.7.7"))
        ours.learn([5, 5, 5, 5], from: try address("8.8.8.8"))
        #expect(try ours.four == address("5.5.5.5"))
        #expect(try ours.rank(address("7.7.7.7")) != 0)
    }
}
