// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Support
import SwardMetainfo
import SwardPrimitives
import Testing

@Suite("Magnet links") struct MagnetLinkTests {
    static let v1 = "631a31dd0a46257d5078c0dee4e66e26f73e42ac"
    static let v2 = "caf1e1c30e81cb361b9ee167c4aa64228a7fa4fa9f6105232b28ad099f3a302e"
    static let hybridV1 = "631a31dd0a46257d5078c0dee4e66e26f73e42ac"
    static let hybridV2 = "d8dd32ac93357c368556af3ac1d95c9d76bd0dff6fa9833ecdac3d53134efabb"

    @Test("the example of the hybrid format's authors is read")
    func readsHybrid() throws {
        let link = try MagnetLink.parse(
            "magnet:?xt=urn:btih:\(Self.hybridV1)&xt=urn:btmh:1220\(Self.hybridV2)&dn=bittorrent-v1-v2-hybrid-test"
        )
        #expect(
            link.infoHashes
                == InfoHashes(v1: Digest160(hex: Self.hybridV1), v2: Digest256(hex: Self.hybridV2)))
        #expect(link.name == "bittorrent-v1-v2-hybrid-test")
    }

    @Test("everything a link can say is read")
    func readsAll() throws {
        let link = try MagnetLink.parse(
            "MAGNET:?xt=urn:BTMH:1220\(Self.v2.uppercased())&dn=A%20b%C3%A9&xl=12&tr=http%3A%2F%2Ft%2Fa&tr.1=udp://u:1"
                + "&ws=http://w/&x.pe=127.0.0.1:6881&x.pe=%5B::1%5D:1&so=0,2,4,6-8&unknown=1&novalue&")
        #expect(link.infoHashes == InfoHashes(v1: nil, v2: Digest256(hex: Self.v2)))
        #expect(link.name == "A bé")
        #expect(link.length == 12)
        #expect(link.trackers == ["http://t/a", "udp://u:1"])
        #expect(link.webSeeds == ["http://w/"])
        #expect(link.peers == ["127.0.0.1:6881", "[::1]:1"])
        #expect(link.selectOnly == [0...0, 2...2, 4...4, 6...8])
        #expect((0...9).filter { link.selects(file: $0) } == [0, 2, 4, 6, 7, 8])
    }

    @Test("both spellings of a v1 info-hash are one")
    func readsBase32() throws {
        let hex = try MagnetLink.parse("magnet:?xt=urn:btih:\(Self.v1)")
        for base32 in ["MMNDDXIKIYSX2UDYYDPOJZTOE33T4QVM", "mmnddxikiysx2udyydpojztoe33t4qvm"] {
            #expect(try MagnetLink.parse("magnet:?xt=urn:btih:\(base32)") == hex)
        }
    }

    static let refusals: [(link: String, error: MetainfoError)] = [
        ("", MetainfoError(.notMagnet, at: 0)), ("magnet:", MetainfoError(.notMagnet, at: 0)),
        ("magnet:?", MetainfoError(.notMagnet, at: 0)), ("http://x/?xt=1", MetainfoError(.notMagnet, at: 0)),
        ("magnet:?dn=a", MetainfoError(.missingInfoHash, key: "xt")),
        ("magnet:?xt=urn:sha1:abc", MetainfoError(.missingInfoHash, key: "xt")),
        ("magnet:?xt=urn:btih:abc", MetainfoError(.invalid, at: 8, key: "xt")),
        ("magnet:?xt=urn:btih:\(v1)0", MetainfoError(.invalid, at: 8, key: "xt")),
        ("magnet:?xt=urn:btih:MMNDDXIKIYSX2UDYYDPOJZTOE33T4QV1", MetainfoError(.invalid, at: 8, key: "xt")),
        ("magnet:?xt=urn:btmh:\(v2)", MetainfoError(.invalid, at: 8, key: "xt")),
        ("magnet:?xt=urn:btmh:1114\(v1)", MetainfoError(.invalid, at: 8, key: "xt")),
        ("magnet:?dn=a%2&xt=urn:btih:\(v1)", MetainfoError(.invalidEscape, at: 8, key: "dn")),
        ("magnet:?dn=%ff&xt=urn:btih:\(v1)", MetainfoError(.notText, at: 8, key: "dn")),
        ("magnet:?dn=%g0&xt=urn:btih:\(v1)", MetainfoError(.invalidEscape, at: 8, key: "dn")),
        ("magnet:?xl=-1&xt=urn:btih:\(v1)", MetainfoError(.invalid, at: 8, key: "xl")),
        ("magnet:?xl=99999999999999999999", MetainfoError(.invalid, at: 8, key: "xl")),
        ("magnet:?so=1,&xt=urn:btih:\(v1)", MetainfoError(.invalid, at: 8, key: "so")),
        ("magnet:?so=3-1&xt=urn:btih:\(v1)", MetainfoError(.invalid, at: 8, key: "so")),
        ("magnet:?so=-1&xt=urn:btih:\(v1)", MetainfoError(.invalid, at: 8, key: "so")),
        ("magnet:?so=1-2-3&xt=urn:btih:\(v1)", MetainfoError(.invalid, at: 8, key: "so")),
        ("magnet:?so=0-99999999&xt=urn:btih:\(v1)", MetainfoError(.invalid, at: 8, key: "so")),
        (
            "magnet:?xt=urn:btih:\(v1)&xt=urn:btih:\(String(v1.reversed()))",
            MetainfoError(.conflictingInfoHashes, at: 61, key: "xt")
        ),
    ]

    @Test(
        "a link that names no torrent, or two, or is badly written, is refused at its parameter",
        arguments: refusals)
    func refuses(_ row: (link: String, error: MetainfoError)) {
        #expect(throws: row.error) { try MagnetLink.parse(row.link) }
    }

    @Test("what is written reads back the same", arguments: 0..<100 as Range<UInt64>)
    func roundTrips(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        func text() -> String {
            let letters = Array("abz09 &=?%+/:é日#[]\u{0}~")
            return String((0..<random.below(12)).map { _ in random.element(of: letters) })
        }
        let kind = random.below(3)
        let link = MagnetLink(
            infoHashes: try #require(
                InfoHashes(
                    v1: kind == 1 ? nil : Digest160(random.bytes(20)),
                    v2: kind == 2 ? nil : Digest256(random.bytes(32)))),
            name: random.oneIn(2) ? text() : nil,
            length: random.oneIn(2) ? Int64(random.below(1 << 40)) : nil,
            trackers: (0..<random.below(3)).map { _ in text() },
            webSeeds: (0..<random.below(3)).map { _ in text() },
            peers: (0..<random.below(3)).map { _ in text() },
            selectOnly: (0..<random.below(3)).map { _ in
                let first = random.below(1000)
                return first...(first + random.below(5))
            })
        #expect(try MagnetLink.parse(link.description) == link)
        #expect(link.description.utf8.allSatisfy { 0x21...0x7E ~= $0 })
    }
}
