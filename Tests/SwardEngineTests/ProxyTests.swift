// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
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
        by proxy: TestProxy, transport: TrackerTransport? = nil,
        failed: @escaping @Sendable (ProxyFailure) -> Void = { _ in }
    ) async throws -> TestPeer {
        try await TestPeer("fetcher", transport: transport) {
            $0.reach.dialsTCP = false
            $0.reach.dialsUTP = true
            $0.dht = DHTConfiguration()
            $0.localDiscovery = true
            $0.mapsPorts = true
            $0.proxy = SOCKSProxy(url: proxy.url)!
            $0.proxyFailed = failed
        }
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
        for await _ in handle.events {
            if await fetcher.session.statistics().dialFailures >= 3 { break }
        }
        await fetcher.session.stop()
        tell.finish()
        #expect(await told.reduce(into: []) { $0.append($1) } == failures)
    }
}
