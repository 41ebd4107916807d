// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Support
import SwardPrimitives
@testable import SwardTracker
import Testing

@Suite("Announce responses") struct AnnounceResponseTests {
    func parse(_ text: String) throws -> AnnounceResponse { try AnnounceResponse.parse(Array(text.utf8)) }

    @Test("compact peers of both families are read")
    func compact() throws {
        let bytes =
            Array("d8:completei3e10:incompletei4e8:intervali900e12:min intervali60e5:peers12:".utf8)
            + [10, 0, 0, 1, 0x1a, 0xe1, 192, 168, 1, 2, 0, 80] + Array("6:peers618:".utf8)
            + [0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0x1a, 0xe2]
            + Array("10:tracker id3:abce".utf8)
        let response = try AnnounceResponse.parse(bytes)
        #expect(
            response.peers.map(\.description) == [
                "10.0.0.1:6881", "192.168.1.2:80", "[2001:db8::1]:6882",
            ])
        #expect(response.interval == .seconds(900))
        #expect(response.minimumInterval == .seconds(60))
        #expect(response.seeds == 3)
        #expect(response.leeches == 4)
        #expect(response.trackerID == Array("abc".utf8))
    }

    @Test("peers as dictionaries are read, with ids and without; names and nonsense are left out")
    func dictionaries() throws {
        let response = try parse(
            "d8:intervali1800e5:peersl"
                + "d2:ip9:127.0.0.17:peer id20:aaaaaaaaaaaaaaaaaaaa4:porti6881ee"
                + "d2:ip3:::14:porti6882ee"
                + "d2:ip14:::ffff:1.2.3.44:porti1ee" + "d2:ip11:example.org4:porti80ee"
                + "d2:ip7:1.2.3.44:porti0ee" + "d2:ip7:1.2.3.44:porti65536ee" + "d2:ip7:1.2.3.44:port2:80e"
                + "d2:ip7:0.0.0.04:porti80ee" + "i5e" + "ee")
        #expect(
            response.peers.map(\.description) == [
                "127.0.0.1:6881", "[::1]:6882", "1.2.3.4:1", "1.2.3.4:80",
            ])
    }

    @Test("keys out of order, odd numbers and bytes after the end are forgiven")
    func sloppy() throws {
        let response = try parse(
            "d5:peers6:\u{1}\u{1}\u{1}\u{1}\u{1}\u{1}8:interval4:02408:intervali5ee\r\n<!-- -->")
        #expect(response.interval == .seconds(240))
        #expect(response.peers.count == 1)
        #expect(try parse("de").peers.isEmpty)
        #expect(try parse("de").interval == .seconds(1800))
        #expect(try parse("d5:peersdee").peers.isEmpty)
    }

    @Test("the same peer twice, and our cap, are kept in bounds")
    func caps() throws {
        var random = SplitMix64(seed: 1)
        let many: [UInt8] = (0..<3000).map { _ in random.bytes(5) + [1] }.reduce(into: []) { $0 += $1 }
        let response = try AnnounceResponse.parse(
            Array("d8:intervali1e5:peers\(many.count + 12):".utf8) + [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]
                + many + [101])
        #expect(response.peers.count == AnnounceResponse.peerLimit)
        #expect(Set(response.peers).count == response.peers.count)
    }

    @Test("our address as the tracker sees it")
    func external() throws {
        let response = try AnnounceResponse.parse(
            Array("d11:external ip4:".utf8) + [203, 0, 113, 9] + Array("e".utf8))
        #expect(response.externalAddress?.description == "203.0.113.9:0")
        #expect(try parse("d11:external ip3:abce").externalAddress == nil)
    }

    static let refusals: [(text: String, error: TrackerError)] = [
        ("d14:failure reason6:no wayee", .refused(TrackerRefusal(reason: "no way"))),
        (
            "d14:failure reason1:x8:retry ini5ee",
            .refused(TrackerRefusal(reason: "x", retry: .after(.seconds(300))))
        ),
        (
            "d14:failure reason1:x8:retry in1:5e",
            .refused(TrackerRefusal(reason: "x", retry: .after(.seconds(300))))
        ),
        ("d14:failure reason1:x8:retry in5:nevere", .refused(TrackerRefusal(reason: "x", retry: .never))),
        ("d14:failure reason1:x8:retry ini-5ee", .refused(TrackerRefusal(reason: "x"))),
        ("d14:failure reason6:a\u{1b}[31mee", .refused(TrackerRefusal(reason: "a\u{fffd}[31m"))),
        ("d14:failure reasoni5ee", .refused(TrackerRefusal(reason: ""))),
        ("<html>404</html>", .notBencode(offset: 0)), ("", .notBencode(offset: 0)),
        ("d", .notBencode(offset: 1)),
        ("le", .expectedDictionary), ("i5e", .expectedDictionary),
        ("d5:peers5:abcdee", .badPeers(key: "peers", length: 5)),
        ("d5:peersi5ee", .badPeers(key: "peers", length: 0)),
        ("d6:peers66:abcdefe", .badPeers(key: "peers6", length: 6)),
        ("d8:intervali-1ee", .badInterval(-1)), ("d8:intervali99999999999ee", .badInterval(99_999_999_999)),
        ("d5:peers99999999999999999999:e", .notBencode(offset: 8)),
        ("d5:peers-5:abcdee", .notBencode(offset: 8)),
        (String(repeating: "l", count: 100), .notBencode(offset: 8)),
        ("i1", .notBencode(offset: 1)), ("ie", .notBencode(offset: 1)), ("1", .notBencode(offset: 0)),
        ("di5ei6ee", .notBencode(offset: 1)),
    ]

    @Test("what cannot be used is refused with its reason", arguments: refusals)
    func refuses(_ row: (text: String, error: TrackerError)) {
        #expect(throws: row.error) { try parse(row.text) }
    }

    @Test("no damage to an answer crashes or hangs")
    func damage() throws {
        var random = SplitMix64(seed: 3)
        let good = Array(
            "d8:intervali1800e5:peersld2:ip9:127.0.0.14:porti6881eee6:peers618:aaaaaaaaaaaaaaaaaae".utf8)
        var read = 0
        for _ in 0..<5000 {
            var bytes = good
            for _ in 0...random.below(4) { bytes[random.below(bytes.count)] = UInt8(random.below(256)) }
            if random.oneIn(4) { bytes.removeLast(random.below(bytes.count)) }
            if (try? AnnounceResponse.parse(bytes)) != nil { read += 1 }
        }
        #expect(0 < read && read < 5000)
    }

    @Test("a tracker cannot fill the memory with tiny values")
    func values() {
        let bytes =
            Array("d1:xl".utf8) + Array(repeating: Array("0:".utf8), count: 200_000).joined()
            + Array("ee".utf8)
        #expect(throws: TrackerError.self) { try AnnounceResponse.parse(bytes) }
    }
}
