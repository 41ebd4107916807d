// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Support
import SwardPrimitives
import SwardTracker
import Testing

@Suite("Local announcements") struct LocalAnnouncementTests {
    static let hash = Digest160(hex: "0123456789abcdef0123456789abcdef01234567")!

    @Test("a datagram is spelled as BEP 14 has it")
    func spelling() throws {
        let announcement = LocalAnnouncement(port: 6881, infoHashes: [Self.hash], cookie: "c0ffee")
        let text = """
            BT-SEARCH * HTTP/1.1\r
            Host: 239.192.152.143:6771\r
            Port: 6881\r
            Infohash: 0123456789abcdef0123456789abcdef01234567\r
            cookie: c0ffee\r
            \r
            \r\n
            """
        #expect(announcement.datagrams(to: .v4) == [Array(text.utf8)])
        let six = try #require(announcement.datagrams(to: .v6).first)
        #expect(String(decoding: six, as: UTF8.self).contains("Host: [ff15::efc0:988f]:6771\r\n"))
        #expect(try LocalAnnouncement.parse(six) == announcement)
    }

    @Test("the groups are BEP 14's")
    func groups() {
        #expect(LocalAnnouncement.Group.v4.address.description == "239.192.152.143:6771")
        #expect(LocalAnnouncement.Group.v6.address.description == "[ff15::efc0:988f]:6771")
    }

    @Test(
        "many torrents go into several datagrams, none above 1400 bytes", arguments: [0, 1, 24, 25, 26, 100])
    func many(_ count: Int) throws {
        var random = SplitMix64(seed: 1)
        let hashes = (0..<count).map { _ in Digest160(random.bytes(20))! }
        let datagrams = LocalAnnouncement(port: 1, infoHashes: hashes, cookie: "x").datagrams(to: .v6)
        #expect(datagrams.allSatisfy { $0.count <= 1400 })
        #expect(try datagrams.flatMap { try LocalAnnouncement.parse($0).infoHashes } == hashes)
    }

    @Test("what other clients send is read: any case, more lines, LF alone, no cookie")
    func tolerant() throws {
        let text =
            "BT-SEARCH * HTTP/1.1\nHOST: 239.192.152.143:6771\nX-Own: y\nPORT:6882\n"
            + "infohash: 0123456789ABCDEF0123456789ABCDEF01234567\n\n\n"
        #expect(
            try LocalAnnouncement.parse(Array(text.utf8))
                == LocalAnnouncement(port: 6882, infoHashes: [Self.hash]))
    }

    static let bad = [
        "", "GET / HTTP/1.1\r\n\r\n", "BT-SEARCH * HTTP/1.1\r\n\r\n",
        "BT-SEARCH * HTTP/1.1\r\nPort: 1\r\n\r\n",
        "BT-SEARCH * HTTP/1.1\r\nInfohash: 0123456789abcdef0123456789abcdef01234567\r\n\r\n",
        "BT-SEARCH * HTTP/1.1\r\nPort: 0\r\nInfohash: 0123456789abcdef0123456789abcdef01234567\r\n\r\n",
        "BT-SEARCH * HTTP/1.1\r\nPort: 65536\r\nInfohash: 0123456789abcdef0123456789abcdef01234567\r\n\r\n",
        "BT-SEARCH * HTTP/1.1\r\nPort: 1\r\nPort: 2\r\nInfohash: 0123456789abcdef0123456789abcdef01234567\r\n\r\n",
        "BT-SEARCH * HTTP/1.1\r\nPort: +1\r\nInfohash: 0123456789abcdef0123456789abcdef01234567\r\n\r\n",
        "BT-SEARCH * HTTP/1.1\r\nPort: 1\r\nInfohash: 0123456789abcdef0123456789abcdef0123456\r\n\r\n",
        "BT-SEARCH * HTTP/1.1\r\nPort: 1\r\nnonsense\r\n\r\n",
        "BT-SEARCH * HTTP/1.1\r\nPort: 1\r\nInfohash: \u{e9}\r\n\r\n", String(repeating: "x", count: 3000),
    ]

    @Test("anything else is refused", arguments: bad)
    func refuses(_ text: String) {
        #expect(throws: TrackerError.badLocalAnnouncement) { try LocalAnnouncement.parse(Array(text.utf8)) }
    }

    @Test("a cookie cannot forge a line")
    func cookie() {
        #expect(LocalAnnouncement(port: 1, infoHashes: [], cookie: "a\r\nInfohash: b").cookie == "aInfohashb")
    }
}

@Suite("Local discovery") struct LocalDiscoveryTests {
    let start = ContinuousClock.now
    let a = InfoHashes(v1: Digest160([UInt8](repeating: 1, count: 20)), v2: nil)!
    let hybrid = InfoHashes(
        v1: Digest160([UInt8](repeating: 2, count: 20)), v2: Digest256([UInt8](repeating: 3, count: 32)))!

    @Test("a torrent is announced at once, then every five minutes; a hybrid under both names")
    func rhythm() {
        var discovery = LocalDiscovery(port: 6881, cookie: "me")
        #expect(discovery.deadline == nil)
        discovery.add(a, at: start)
        #expect(discovery.deadline == start)
        #expect(discovery.timerFired(at: start)?.infoHashes == a.swarms)
        #expect(discovery.timerFired(at: start) == nil)
        #expect(discovery.deadline == start + .seconds(300))
        discovery.add(hybrid, at: start + .seconds(10))
        #expect(discovery.timerFired(at: start + .seconds(10))?.infoHashes == hybrid.swarms)
        #expect(discovery.timerFired(at: start + .seconds(310))?.infoHashes.count == 3)
    }

    @Test("however often it is asked for, a torrent is announced once a minute at most")
    func rate() {
        var random = SplitMix64(seed: 4)
        var discovery = LocalDiscovery(port: 6881, cookie: "me")
        var last: ContinuousClock.Instant?
        var count = 0
        for second in 0..<3600 {
            let now = start + .seconds(second)
            if random.oneIn(5) { discovery.add(a, at: now) }
            if random.oneIn(7) { discovery.remove(a) }
            guard discovery.timerFired(at: now) != nil else { continue }
            if let last { #expect(now - last >= .seconds(60)) }
            last = now
            count += 1
        }
        #expect(count > 30)
    }

    @Test("what could not be sent is announced again a minute later, and not before")
    func failed() {
        var discovery = LocalDiscovery(port: 6881, cookie: "me")
        discovery.add(a, at: start)
        discovery.announcementFailed()
        #expect(discovery.deadline == start)
        #expect(discovery.timerFired(at: start) != nil)
        discovery.announcementFailed()
        #expect(discovery.deadline == start + .seconds(60))
        #expect(discovery.timerFired(at: start + .seconds(59)) == nil)
        #expect(discovery.timerFired(at: start + .seconds(60))?.infoHashes == a.swarms)
        #expect(discovery.deadline == start + .seconds(360))
    }

    @Test("what others announce counts if it is ours too, and our own words do not")
    func receiving() throws {
        var discovery = LocalDiscovery(port: 6881, cookie: "me")
        discovery.add(hybrid, at: start)
        let sender = try #require(PeerAddress(ip: [192, 168, 0, 9], port: 6771))
        let theirs = LocalAnnouncement(port: 7000, infoHashes: hybrid.swarms + a.swarms, cookie: "you")
        let found = try #require(discovery.received(theirs, from: sender))
        #expect(found.infoHashes == hybrid.swarms)
        #expect(found.peer.description == "192.168.0.9:7000")
        #expect(discovery.received(LocalAnnouncement(port: 1, infoHashes: a.swarms), from: sender) == nil)
        let own = LocalAnnouncement(port: 6881, infoHashes: hybrid.swarms, cookie: "me")
        #expect(discovery.received(own, from: sender) == nil)
        discovery.remove(hybrid)
        #expect(discovery.received(theirs, from: sender) == nil)
    }
}
