// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardHash
import SwardPrimitives
import Testing

@testable import SwardTracker

@Suite("UDP trackers") struct UDPTrackerTests {
    static let urls: [(text: String, host: String, port: UInt16, data: String)] = [
        ("udp://t.example:80", "t.example", 80, ""), ("UDP://t:6969/announce", "t", 6969, "/announce"),
        ("udp://[::1]:1/a?b=c#d", "::1", 1, "/a?b=c"), ("udp://1.2.3.4:65535?k", "1.2.3.4", 65535, "?k"),
    ]

    @Test("URLs are taken apart", arguments: urls)
    func reads(_ row: (text: String, host: String, port: UInt16, data: String)) throws {
        let url = try #require(UDPTrackerURL(row.text))
        #expect(url.host == row.host && url.port == row.port && url.urlData == row.data)
    }

    @Test(
        "URLs without a port, or with a user, are none",
        arguments: [
            "udp://t", "udp://t:0", "udp://t:65536", "udp://:80", "udp://u@t:80", "udp://::1:80", "udp:t:80",
        ])
    func refuses(_ text: String) { #expect(UDPTrackerURL(text) == nil) }

    // MARK: A talk

    private static let start = ContinuousClock().now
    private static let hash = Digest160([UInt8](repeating: 7, count: 20))!
    private static let announce = AnnounceRequest(
        infoHash: hash, peerID: PeerID([UInt8](repeating: 9, count: 20))!, port: 0x1AE1,
        progress: AnnounceProgress(uploaded: 3, downloaded: 1, left: 2), event: .started, wantedPeers: 80,
        key: 5)

    private func sent(_ actions: [UDPTrackerTalk.Action]) -> [[UInt8]] {
        actions.compactMap { if case .send(let datagram) = $0 { datagram } else { nil } }
    }

    private func answers(_ actions: [UDPTrackerTalk.Action]) -> [UDPTrackerTalk.Answer] {
        actions.compactMap { if case .answer(_, let answer) = $0 { answer } else { nil } }
    }

    private func reply(_ action: UInt8, to datagram: [UInt8], _ rest: [UInt8]) -> [UInt8] {
        let transaction = datagram.count == 16 ? datagram[12..<16] : datagram[12..<16]
        return [0, 0, 0, action] + transaction + rest
    }

    /// A talk whose first question is on its way over a connection.
    private func opened(
        _ question: UDPTrackerTalk.Question = .announce(announce), isIPv6: Bool = false, urlData: String = ""
    ) throws -> (UDPTrackerTalk, [UInt8]) {
        var talk = UDPTrackerTalk(isIPv6: isIPv6, urlData: urlData, chance: SecretChance(seed: 1))
        let connect = try #require(sent(talk.ask(question, id: 1, at: Self.start)).first)
        #expect(
            connect.prefix(12) == [0, 0, 4, 0x17, 0x27, 0x10, 0x19, 0x80, 0, 0, 0, 0] && connect.count == 16)
        let actions = talk.received(reply(0, to: connect, [1, 2, 3, 4, 5, 6, 7, 8]), at: Self.start)
        return (talk, try #require(sent(actions).first))
    }

    @Test("an announce is laid out as BEP 15 has it, with the URL's path as BEP 41 has it")
    func layout() throws {
        let path = "/announce?" + String(repeating: "x", count: 300)
        let (_, datagram) = try opened(urlData: path)
        #expect(datagram.prefix(12) == [1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 1])
        #expect(datagram[16..<36] == Self.hash.bytes[...] && datagram[36..<56].allSatisfy { $0 == 9 })
        #expect(datagram[63] == 1 && datagram[71] == 2 && datagram[79] == 3)
        #expect(datagram[80..<98] == [0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 80, 0x1A, 0xE1])
        #expect(datagram[98..<100] == [2, 255] && datagram[355..<357] == [2, UInt8(path.utf8.count - 255)])
        #expect(datagram.count == 98 + path.utf8.count + 4)
    }

    @Test("an answer brings peers of the family it came over, without port 0 and second mentions")
    func answer() throws {
        let head: [UInt8] = [0, 0, 7, 8, 0, 0, 0, 2, 0, 0, 0, 1]
        var (talk, datagram) = try opened()
        let four: [UInt8] = [1, 2, 3, 4, 0, 80, 1, 2, 3, 4, 0, 80, 5, 6, 7, 8, 0, 0, 9, 9]
        let got = answers(talk.received(reply(1, to: datagram, head + four), at: Self.start))
        guard case .announced(let response) = got.first else { throw Unexpected() }
        #expect(response.peers == [PeerAddress(ip: [1, 2, 3, 4], port: 80)!])
        #expect(response.interval == .seconds(1800) && response.leeches == 2 && response.seeds == 1)
        #expect(talk.isIdle && talk.deadline == nil)
        (talk, datagram) = try opened(isIPv6: true)
        let six = (1...16).map { UInt8($0) } + [0, 80]
        let wide = answers(talk.received(reply(1, to: datagram, head + six), at: Self.start))
        guard case .announced(let response) = wide.first else { throw Unexpected() }
        #expect(response.peers == [PeerAddress(ip: six[..<16], port: 80)!])
    }

    struct Unexpected: Error {}

    @Test("a scrape brings one entry per swarm, and no more than were asked for")
    func scrape() throws {
        var (talk, datagram) = try opened(.scrape([Self.hash, Self.hash]))
        #expect(datagram.count == 16 + 40 && datagram[11] == 2)
        let entry: [UInt8] = [0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3]
        let got = answers(talk.received(reply(2, to: datagram, entry + entry + entry), at: Self.start))
        #expect(
            got == [.scraped([ScrapeEntry](repeating: .init(seeds: 1, leeches: 3, downloads: 2), count: 2))])
    }

    static let foreign: [[UInt8]] = [
        [], [0, 0, 0, 1], [0, 0, 0, 1, 9, 9, 9, 9] + [UInt8](repeating: 0, count: 20),
        [UInt8](repeating: 0, count: 40),
        [UInt8](repeating: 255, count: 2000),
    ]

    @Test("a datagram without our number is nobody's answer", arguments: foreign)
    func ignores(_ datagram: [UInt8]) throws {
        var (talk, _) = try opened()
        #expect(talk.received(datagram, at: Self.start).isEmpty && !talk.isIdle)
    }

    @Test("an error, and an answer cut short, are told")
    func fails() throws {
        var (talk, datagram) = try opened()
        let refused = answers(talk.received(reply(3, to: datagram, Array("no\u{1b}".utf8)), at: Self.start))
        #expect(refused == [.failed(.answer(.refused(TrackerRefusal(reason: "no "))))])
        (talk, datagram) = try opened()
        let short = answers(talk.received(reply(1, to: datagram, [0, 0]), at: Self.start))
        #expect(short == [.failed(.answer(.shortDatagram(length: 10)))])
    }

    @Test("what is not answered is sent again after 15 and 30 s, and given up after a minute more")
    func retransmits() throws {
        var (talk, first) = try opened()
        var now = Self.start
        var waits: [Duration] = []
        var numbers: Set<ArraySlice<UInt8>> = [first[12..<16]]
        var last: [UDPTrackerTalk.Action] = []
        while let deadline = talk.deadline {
            waits.append(deadline - now)
            now = deadline
            last = talk.timerFired(at: now)
            for datagram in sent(last) {
                // After a minute the connection is too old, and is asked for anew.
                numbers.insert(datagram[12..<16])
            }
        }
        #expect(waits.prefix(2) == [.seconds(15), .seconds(30)] && now - Self.start <= .seconds(200))
        #expect(answers(last) == [.failed(.unreachable("no answer"))])
        #expect(numbers.count >= 3)
    }

    @Test("a connection serves for a minute, and many questions at once")
    func reuses() throws {
        var (talk, datagram) = try opened()
        let more = sent(talk.ask(.announce(Self.announce), id: 2, at: Self.start + .seconds(59)))
        #expect(more.count == 1 && more[0].count == 98)
        let later = sent(talk.ask(.announce(Self.announce), id: 3, at: Self.start + .seconds(61)))
        #expect(later.count == 1 && later[0].count == 16)
        let head = [UInt8](repeating: 0, count: 12)
        #expect(talk.received(reply(1, to: datagram, head), at: Self.start).count == 1)
        for id in 0..<400 {
            _ = talk.ask(.announce(Self.announce), id: 10 + id, at: Self.start + .seconds(61))
        }
        let full = talk.ask(.announce(Self.announce), id: 999, at: Self.start + .seconds(61))
        #expect(answers(full).count == 1)
    }
}

@Suite("HTTP scrape") struct ScrapeTests {
    private static let hash = Digest160([UInt8](repeating: 0x41, count: 20))!

    static let urls: [(tracker: String, scrape: String?)] = [
        ("http://t/announce", "http://t/scrape?info_hash="),
        ("http://t/x/announce.php?k=1", "http://t/x/scrape.php?k=1&info_hash="),
        ("http://t/a", nil), ("http://t/announce/x", nil), ("http://t/?x=/announce", nil),
        ("udp://t:1/announce", nil),
    ]

    @Test("has the announce URL with another word", arguments: urls)
    func url(_ row: (tracker: String, scrape: String?)) {
        let expected = row.scrape.map { $0 + String(repeating: "A", count: 20) }
        #expect((try? Scrape.url(of: row.tracker, for: [Self.hash])) == expected)
    }

    @Test("brings counts by swarm")
    func parses() throws {
        let key = String(repeating: "A", count: 20)
        let body = "d5:filesd20:\(key)d8:completei11e10:downloadedi13772e10:incompletei-19eeee"
        #expect(
            try Scrape.parse(Array(body.utf8)) == [
                Self.hash: ScrapeEntry(seeds: 11, leeches: 0, downloads: 13772)
            ])
        #expect(throws: TrackerError.self) { try Scrape.parse(Array("d14:failure reason1:xe".utf8)) }
        #expect(throws: TrackerError.expectedDictionary) { try Scrape.parse(Array("de".utf8)) }
    }
}
