// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import NIOPosix
import Support
import SwardDHT
import SwardEngine
import SwardMetainfo
import SwardPrimitives
import SwardSwarm
import SwardWire
import Testing
import TorrentSupport

@Suite("By a proxy", .timeLimit(.minutes(5))) struct ProxyTests {
    /// A session that would do everything, were it not for the proxy.
    static func peer(
        by proxy: TestProxy, dialsTCP: Bool = true, transport: TrackerTransport? = nil,
        failed: @escaping @Sendable (ProxyFailure) -> Void = { _ in },
        passed: @escaping @Sendable (PassageReport) -> Void = { _ in }
    ) async throws -> TestPeer {
        try await TestPeer("fetcher", transport: transport) {
            $0.datagramsPassed = passed
            $0.reach.dialsTCP = dialsTCP
            $0.reach.dialsUTP = true
            $0.dht = DHTConfiguration()
            $0.localDiscovery = true
            $0.mapsPorts = true
            $0.proxy = SOCKSProxy(url: proxy.url)!
            $0.proxyFailed = failed
        }
    }

    /// Who is reached over uTP alone, and has all of `torrent`.
    static func seeder(of torrent: MadeTorrent) async throws -> TestPeer {
        let seeder = try await TestPeer(
            "seeder",
            configure: {
                $0.reach.dialsTCP = false
                $0.reach.dialsUTP = true
            })
        _ = try await seeder.seed(torrent).checked()
        return seeder
    }

    @Test("peers are reached by it, by name and password, and nothing else is opened")
    func reaches() async throws {
        let torrent = try MadeTorrent.random(.hybrid, seed: 3)
        let seeder = try await TestPeer("seeder")
        _ = try await seeder.seed(torrent).checked()
        let proxy = try await TestProxy(.relays)
        let fetcher = try await Self.peer(by: proxy)
        #expect(fetcher.address.port == 0)
        #expect(fetcher.session.dht == nil)
        let handle = fetcher.session.add(
            .metainfo(torrent.metainfo), options: fetcher.options(peers: [seeder.address]),
            judge: TestPeer.admitted)
        _ = try await handle.completion()
        #expect(torrent.faults(in: fetcher.folder.url) == [])
        var said: [[UInt8]] = []
        for await words in proxy.heard {
            said.append(words)
            if said.count == 3 { break }
        }
        let port = seeder.address.port
        #expect(
            said == [
                [5, 2, 0, 2], [1, 3] + Array("ada".utf8) + [2] + Array("pw".utf8),
                [5, 1, 0, 1, 127, 0, 0, 1, UInt8(port >> 8), UInt8(port & 255)],
            ])
        await fetcher.session.stop()
        await seeder.session.stop()
        try await proxy.close()
    }

    @Test("a tracker that speaks UDP is not asked, nor its name looked up; one that speaks HTTP is")
    func trackers() async throws {
        let torrent = try MadeTorrent.random(.v1, seed: 3)
        let proxy = try await TestProxy(.relays)
        let (asked, ask) = AsyncStream.makeStream(of: String.self)
        let fetcher = try await Self.peer(
            by: proxy,
            transport: { url, _, done in
                ask.yield(url)
                done(.failure(TrackerUnreachable("test")))
            })
        let metainfo = try Metainfo(
            info: torrent.info, pieceLayers: [:],
            announceTiers: [["udp://tracker.invalid:1/announce"], ["http://tracker.invalid/announce"]])
        let handle = fetcher.session.add(
            .metainfo(metainfo), options: fetcher.options(), judge: TestPeer.admitted)
        let report: TrackerReport = try await handle.first {
            if case .tracker(let report) = $0, report.url.hasPrefix("udp") { report } else { nil }
        }
        #expect(report.failure?.contains("proxy") == true)
        for await url in asked {
            // Who is not listening says so by a port where nobody is.
            #expect(url.hasPrefix("http://tracker.invalid/announce?") && url.contains("&port=1&"))
            break
        }
        await fetcher.session.stop()
        try await proxy.close()
    }

    @Test("where it passes datagrams, peers are reached over uTP by it, and nothing else is opened")
    func passes() async throws {
        let torrent = try MadeTorrent.random(.hybrid, seed: 3)
        let seeder = try await Self.seeder(of: torrent)
        let proxy = try await TestProxy(.passesDatagrams)
        let (told, tell) = AsyncStream.makeStream(of: PassageReport.self)
        let fetcher = try await Self.peer(by: proxy, passed: { tell.yield($0) })
        #expect(fetcher.address.port == 0)
        #expect(await fetcher.session.dht?.addresses == [])
        var news = told.makeAsyncIterator()
        #expect(await news.next() == .open)
        let handle = fetcher.session.add(
            .metainfo(torrent.metainfo), options: fetcher.options(peers: [seeder.address]),
            judge: TestPeer.admitted)
        _ = try await handle.completion()
        #expect(torrent.faults(in: fetcher.folder.url) == [])
        var asked = proxy.asked.makeAsyncIterator()
        #expect(await asked.next() == [5, 3, 0, 1, 0, 0, 0, 0, 0, 0])
        let port = seeder.address.port
        for await datagram in proxy.datagrams where datagram.isOutward {
            #expect(
                datagram.bytes.prefix(10) == [0, 0, 0, 1, 127, 0, 0, 1, UInt8(port >> 8), UInt8(port & 255)])
            break
        }
        await fetcher.session.stop()
        await seeder.session.stop()
        try await proxy.close()
    }

    @Test("it is asked again when the way has ended, and all goes on by the new one")
    func asksAgain() async throws {
        let torrent = try MadeTorrent.random(.v2, seed: 3)
        let seeder = try await Self.seeder(of: torrent)
        let proxy = try await TestProxy(.passesDatagrams)
        let (told, tell) = AsyncStream.makeStream(of: PassageReport.self)
        let fetcher = try await Self.peer(by: proxy, passed: { tell.yield($0) })
        var news = told.makeAsyncIterator()
        #expect(await news.next() == .open)
        for await control in proxy.controls {
            control.close(promise: nil)
            break
        }
        #expect(await news.next() == .closed(.hungUp))
        #expect(await news.next() == .open)
        let handle = fetcher.session.add(
            .metainfo(torrent.metainfo), options: fetcher.options(peers: [seeder.address]),
            judge: TestPeer.admitted)
        _ = try await handle.completion()
        #expect(torrent.faults(in: fetcher.folder.url) == [])
        await fetcher.session.stop()
        await seeder.session.stop()
        try await proxy.close()
    }

    @Test("a tracker that speaks UDP is asked by it, and by its name, which nobody here looks up")
    func asksTrackers() async throws {
        let torrent = try MadeTorrent.random(.v1, seed: 3)
        let proxy = try await TestProxy(.passesDatagrams)
        let fetcher = try await Self.peer(
            by: proxy, transport: { _, _, done in done(.failure(TrackerUnreachable("test"))) })
        let tracker = try await TestTracker(interval: 1800)
        let metainfo = try Metainfo(
            info: torrent.info, pieceLayers: [:],
            announceTiers: [["udp://tracker.invalid:\(tracker.port)/announce"]])
        let handle = fetcher.session.add(
            .metainfo(metainfo), options: fetcher.options(), judge: TestPeer.admitted)
        let report: TrackerReport = try await handle.first {
            if case .tracker(let report) = $0 { report } else { nil }
        }
        #expect(report.failure == nil && report.seeds == 4 && report.leeches == 3)
        for await datagram in proxy.datagrams where datagram.isOutward && datagram.bytes[3] == 3 {
            let header = [0, 0, 0, 3, 15] + Array("tracker.invalid".utf8)
            #expect(Array(datagram.bytes.prefix(20)) == header)
            break
        }
        await fetcher.session.stop()
        try await tracker.close()
        try await proxy.close()
    }

    @Test("a datagram that does not come from the relay is nobody's")
    func ignoresStrangers() async throws {
        let torrent = try MadeTorrent.random(.v1, seed: 3)
        let proxy = try await TestProxy(.passesDatagrams)
        let fetcher = try await Self.peer(
            by: proxy, transport: { _, _, done in done(.failure(TrackerUnreachable("test"))) })
        let metainfo = try Metainfo(
            info: torrent.info, pieceLayers: [:], announceTiers: [["udp://127.0.0.1:9/announce"]])
        _ = fetcher.session.add(.metainfo(metainfo), options: fetcher.options(), judge: TestPeer.admitted)
        var datagrams = proxy.datagrams.makeAsyncIterator()
        let question = try #require(await datagrams.next())
        let stranger = try await DatagramBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0).get()
        let port = UInt16(stranger.localAddress?.port ?? 0)
        // An opening of uTP, in what the relay would put around it; then one that comes by the relay.
        func opening(_ number: UInt8) -> [UInt8] {
            [0x41, 0, 0, number] + [UInt8](repeating: 0, count: 14) + [1, 0, 0]
        }
        let wrapped = [0, 0, 0, 1, 127, 0, 0, 1, UInt8(port >> 8), UInt8(port & 255)] + opening(7).prefix(20)
        for (bytes, to) in [(wrapped, question.port), (Array(opening(9).prefix(20)), question.relayPort)] {
            try await stranger.writeAndFlush(
                AddressedEnvelope(
                    remoteAddress: SocketAddress(ipAddress: "127.0.0.1", port: to),
                    data: ByteBuffer(bytes: bytes)))
        }
        var answer = try #require(await datagrams.next())
        while !answer.isOutward || answer.bytes[3] != 1 || answer.bytes.count != 30 {
            answer = try #require(await datagrams.next())
        }
        // The first that is answered is the second.
        #expect(answer.bytes[10] == 0x21 && answer.bytes[13] == 9)
        try await stranger.close()
        await fetcher.session.stop()
        try await proxy.close()
    }

    @Test("why it passes none is told, and all goes on without")
    func passesNone() async throws {
        let proxy = try await TestProxy(.relays)
        let (told, tell) = AsyncStream.makeStream(of: PassageReport.self)
        let fetcher = try await Self.peer(by: proxy, passed: { tell.yield($0) })
        var news = told.makeAsyncIterator()
        #expect(await news.next() == .closed(.fault(.refused(7))))
        #expect(fetcher.session.dht == nil)
        await fetcher.session.stop()
        try await proxy.close()
    }

    @Test("what a peer says in one breath with the proxy is heard")
    func early() async throws {
        let torrent = try MadeTorrent.random(.v1, seed: 3)
        var peer = ByteBuffer(bytes: [5, 0, 0, 1, 0, 0, 0, 0, 0, 0])
        Handshake(
            features: [.fast, .extensions], infoHash: torrent.info.infoHashes.swarms[0],
            peerID: PeerID(Array("-XX0000-earlybird000".utf8))!
        ).write(into: &peer)
        let proxy = try await TestProxy(.says([[5, 0], Array(peer.readableBytesView)], hangsUp: false))
        let fetcher = try await Self.peer(by: proxy)
        let handle = fetcher.session.add(
            .metainfo(torrent.metainfo),
            options: fetcher.options(peers: [PeerAddress(ip: [192, 0, 2, 1], port: 9)!]),
            judge: TestPeer.admitted)
        let connected: PeerAddress = try await handle.first {
            if case .peerConnected(let address) = $0 { address } else { nil }
        }
        #expect(connected == PeerAddress(ip: [192, 0, 2, 1], port: 9)!)
        await fetcher.session.stop()
        try await proxy.close()
    }

    static let failures: [(words: [[UInt8]], failure: ProxyFailure)] = [
        ([Array("HTTP/1.1 400 Bad Request\r\n".utf8)], .fault(.wrongVersion(72))),
        ([[5, 255]], .fault(.noCommonMethod)), ([[5, 2], [1, 1]], .fault(.wrongPassword)),
        ([[5, 0], [5, 7, 0, 1, 0, 0, 0, 0, 0, 0]], .fault(.refused(7))),
        ([[5, 0], [5, 0, 0, 9, 0, 0, 0, 0, 0, 0]], .fault(.badAddress(kind: 9))),
    ]

    @Test("what is wrong with it is told, once", arguments: failures)
    func fails(_ row: (words: [[UInt8]], failure: ProxyFailure)) async throws {
        let proxy = try await TestProxy(.says(row.words, hangsUp: true))
        try await expect([row.failure], by: proxy)
    }

    @Test("so is that nobody is there, and not that a peer is not")
    func unreachable() async throws {
        let proxy = try await TestProxy(.says([[5, 0], [5, 4, 0, 1, 0, 0, 0, 0, 0, 0]], hangsUp: true))
        try await expect([], by: proxy)
        let gone = try await TestProxy(.relays)
        try await gone.close()
        try await expect([.unreachable], by: gone)
    }

    /// Tries three peers, and waits until each was tried.
    private func expect(_ failures: [ProxyFailure], by proxy: TestProxy) async throws {
        let torrent = try MadeTorrent.random(.v1, seed: 3)
        let (told, tell) = AsyncStream.makeStream(of: ProxyFailure.self)
        let fetcher = try await Self.peer(by: proxy, failed: { tell.yield($0) })
        let handle = fetcher.session.add(
            .metainfo(torrent.metainfo),
            options: fetcher.options(peers: (1...3).map { PeerAddress(ip: [192, 0, 2, $0], port: 9)! }),
            judge: TestPeer.admitted)
        // By every way: of uTP, which needs no proxy to fail, nothing is learnt of it.
        var tried = 0
        for await case .unreached in handle.events {
            tried += 1
            if tried == 3 { break }
        }
        await fetcher.session.stop()
        tell.finish()
        let all = await told.reduce(into: []) { $0.append($1) }
        #expect(all == failures)
    }
}
