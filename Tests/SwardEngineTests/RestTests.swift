// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import NIOCore
import NIOPosix
import Support
import SwardMetainfo
import SwardPrimitives
import SwardStorage
import SwardSwarm
import SwardWire
import Testing
import TorrentSupport

@testable import SwardEngine

@Suite("Torrents at rest", .timeLimit(.minutes(5))) struct RestTests {
    /// Seeds by a torrent file, and waits until nothing of it is held any more.
    func resting(_ torrent: MadeTorrent, _ peer: TestPeer) async throws -> TorrentHandle {
        try torrent.write(to: peer.folder.url)
        try peer.folder.write(torrent.metainfo.encoded(), to: "work.torrent")
        var options = peer.options(resume: true)
        options.writes = false
        options.torrentPath = peer.folder["work.torrent"].path
        let handle = peer.session.add(.metainfo(torrent.metainfo), options: options, judge: TestPeer.admitted)
        _ = try await handle.completion()
        while await peer.session.statistics().torrents.resting == 0 { await Task.yield() }
        return handle
    }

    @Test("a torrent at rest wakes for a peer that names it", arguments: [1, 2, 3])
    func wakes(loops: Int) async throws {
        let torrent = try MadeTorrent.random(.hybrid, seed: 3)
        let seeder = try await TestPeer("seeder", loops: loops)
        let handle = try await resting(torrent, seeder)
        let before = await handle.snapshot()
        #expect(before.isComplete && before.isWhole && before.bytesComplete == before.bytesTotal)
        let fetcher = try await TestPeer("fetcher")
        let fetching = fetcher.session.add(
            .magnet(MagnetLink(infoHashes: torrent.info.infoHashes)),
            options: fetcher.options(peers: [seeder.address]), judge: TestPeer.admitted)
        _ = try await fetching.completion()
        #expect(torrent.faults(in: fetcher.folder.url) == [])
        #expect(await handle.snapshot().uploaded > 0)
        for peer in [seeder, fetcher] { await peer.session.stop() }
    }

    @Test("a torrent at rest wakes to dial a peer that it hears of")
    func dials() async throws {
        let torrent = try MadeTorrent.random(.v2, seed: 4)
        let seeder = try await TestPeer("seeder")
        let handle = try await resting(torrent, seeder)
        let fetcher = try await TestPeer("fetcher")
        let fetching = fetcher.session.add(
            .metainfo(torrent.metainfo), options: fetcher.options(), judge: TestPeer.admitted)
        _ = try await fetching.checked()
        await handle.addPeers([fetcher.address])
        _ = try await fetching.completion()
        #expect(torrent.faults(in: fetcher.folder.url) == [])
        for peer in [seeder, fetcher] { await peer.session.stop() }
    }

    @Test("a torrent whose file has become another does not serve what it was not judged for")
    func refusesAnother() async throws {
        let torrent = try MadeTorrent.random(.v2, seed: 4)
        let seeder = try await TestPeer("seeder")
        let handle = try await resting(torrent, seeder)
        let other = try MadeTorrent.random(.v2, seed: 5)
        try seeder.folder.write(other.metainfo.encoded(), to: "work.torrent")
        await handle.addPeers([PeerAddress(ip: [127, 0, 0, 1], port: 1)!])
        let problem: TorrentProblem? = try await handle.first {
            if case .failed(let problem) = $0 { problem } else { nil }
        }
        #expect(problem == .otherTorrent(seeder.folder["work.torrent"].path))
        await seeder.session.stop()
    }

    @Test("peers that wait for it to wake are within the bounds of those that wait for a handshake")
    func countsWhoWaits() async throws {
        let torrent = try MadeTorrent.random(.v1, seed: 4)
        let seeder = try await TestPeer("seeder")
        _ = try await resting(torrent, seeder)
        let infoHash = torrent.info.infoHashes.v1!
        let entry = try #require(seeder.session.directory[infoHash])
        func waiting() async throws -> Int {
            try await entry.loop.submit { entry.torrent.value.rest?.waiters.count ?? 0 }.get()
        }
        // The disk does nothing else meanwhile, so that waking takes as long as the test likes.
        let disk = DispatchSemaphore(value: 0)
        let pool = try await entry.loop.submit { entry.torrent.value.environment.pool }.get()
        for _ in 0..<pool.threads { pool.submit { disk.wait() } }
        var hello = ByteBuffer()
        Handshake(features: [], infoHash: infoHash, peerID: PeerID([UInt8](repeating: 1, count: 20))!)
            .write(into: &hello)
        var peers: [any Channel] = []
        for _ in 0..<2 {
            let peer = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connect(host: "127.0.0.1", port: Int(seeder.address.port)).get()
            // What is closed so is seen at once, though nothing is read there.
            try await (peer as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
            try await peer.writeAndFlush(hello)
            peers.append(peer)
        }
        while try await waiting() < 2 { await Task.yield() }
        #expect(seeder.session.pendingHandshakes == 2)
        // Who hangs up leaves nothing behind.
        try await peers[0].close()
        while try await waiting() > 1 { await Task.yield() }
        #expect(seeder.session.pendingHandshakes == 1)
        for _ in 0..<pool.threads { disk.signal() }
        while await seeder.session.statistics().swarm.connectionsOpened == 0 { await Task.yield() }
        #expect(seeder.session.pendingHandshakes == 0)
        try await peers[1].close()
        await seeder.session.stop()
    }

    @Test("one that is held while it rests serves nothing afterwards")
    func obeysTheGate() async throws {
        let torrent = try MadeTorrent.random(.v1, seed: 4)
        let seeder = try await TestPeer("seeder")
        let handle = try await resting(torrent, seeder)
        await handle.setJudgement(TestPeer.held(torrent.info))
        let heard = try await RawPeer.converse(
            with: seeder.address, about: torrent.info.infoHashes.v1!,
            saying: [.interested, .request(torrent.blocks[0])],
            until: { $0.contains { if case .reject = $0 { true } else { false } } })
        #expect(heard.filter { $0.isPayload } == [])
        await seeder.session.stop()
    }
}
