// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardPrimitives
import SwardTracker
import Testing

@Suite("Announce requests") struct AnnounceRequestTests {
    let request = AnnounceRequest(
        infoHash: Digest160(hex: "123456789abcdef123456789abcdef123456789a")!,
        peerID: PeerID(Array("-SW0001-abc~._/ \u{7f}XYZ".utf8.prefix(20)))!, port: 6881,
        progress: AnnounceProgress(uploaded: 1, downloaded: 22, left: 333))

    @Test("raw bytes are percent-encoded, and only the unreserved ones are not")
    func query() {
        #expect(
            request.query
                == "info_hash=%124Vx%9A%BC%DE%F1%23Eg%89%AB%CD%EF%124Vx%9A&peer_id=-SW0001-abc~._%2F%20%7FXYZ"
                + "&port=6881&uploaded=1&downloaded=22&left=333&compact=1")
    }

    @Test("what is optional comes only when it is there")
    func options() {
        var request = request
        request.event = .started
        request.wantedPeers = 50
        request.key = 0xABC
        request.trackerID = Array("a&b=c".utf8)
        #expect(
            request.query.hasSuffix("&compact=1&numwant=50&key=00000abc&event=started&trackerid=a%26b%3Dc"))
    }

    static let urls: [(tracker: String, start: String)] = [
        ("http://t/announce", "http://t/announce?info_hash="),
        ("https://t/announce?passkey=1", "https://t/announce?passkey=1&info_hash="),
        ("http://t/announce?", "http://t/announce?info_hash="),
        ("http://t/announce?a=1&", "http://t/announce?a=1&info_hash="),
        ("http://[::1]:80/a#fragment", "http://[::1]:80/a?info_hash="),
        ("HTTP://t", "HTTP://t?info_hash="),
    ]

    @Test("a tracker's own query is kept in front", arguments: urls)
    func joins(_ row: (tracker: String, start: String)) throws {
        #expect(try request.url(of: row.tracker) == row.start + request.query.dropFirst("info_hash=".count))
    }

    static let refusals: [(url: String, error: TrackerError)] = [
        ("", .badURL("")), ("http:/t", .badURL("http:/t")), ("http:///x", .badURL("http:///x")),
        ("udp://t", .badURL("udp://t")), ("file:///etc/passwd", .unsupportedScheme("file")),
        ("gopher://t", .unsupportedScheme("gopher")),
        ("http://t/a\r\nX: y", .badURL("http://t/a\r\nX: y")), ("http://t/ a", .badURL("http://t/ a")),
        ("http://tröt/", .badURL("http://tröt/")),
    ]

    @Test("URLs that no HTTP tracker has are refused", arguments: refusals)
    func refuses(_ row: (url: String, error: TrackerError)) {
        #expect(throws: row.error) { try request.url(of: row.url) }
        #expect(!TrackerURL.isSupported(row.url))
    }

    @Test("counts never go below zero")
    func negative() {
        #expect(AnnounceProgress(uploaded: -1, downloaded: -5, left: -9).left == 0)
    }
}
