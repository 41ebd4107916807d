// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Support
import SwardDHT
import SwardEngine
import SwardMetainfo
import SwardPrimitives
import SwardSwarm
import Testing
import TorrentSupport

@Suite("Peers by the DHT", .timeLimit(.minutes(5))) struct SourceDHTTests {
    private func node(_ name: String, knowing others: [PeerAddress] = []) async throws -> TestPeer {
        try await TestPeer(
            name,
            configure: {
                var dht = DHTConfiguration()
                dht.bootstrap = others
                $0.dht = dht
            })
    }

    @Test(
        "two that share nothing but a third node of the DHT meet, in each kind and by magnet",
        arguments: [InfoDictionary.Kind.v1, .v2, .hybrid])
    func meets(_ kind: InfoDictionary.Kind) async throws {
        let torrent = try MadeTorrent.random(kind, seed: 3)
        let third = try await node("third")
        let seeder = try await node("seeder", knowing: [third.address])
        let fetcher = try await node("fetcher", knowing: [third.address])
        _ = try await seeder.seed(torrent).checked()
        let fetching = fetcher.session.add(
            .magnet(MagnetLink(infoHashes: torrent.info.infoHashes)), options: fetcher.options(),
            judge: TestPeer.admitted)
        _ = try await fetching.completion()
        #expect(torrent.faults(in: fetcher.folder.url) == [])
        for peer in [fetcher, seeder, third] { await peer.session.stop() }
    }

    @Test("a held work is not announced there")
    func holds() async throws {
        let torrent = try MadeTorrent.random(.v2, seed: 4)
        let third = try await node("third")
        let seeder = try await node("seeder", knowing: [third.address])
        let seeding = try seeder.seed(torrent, judge: TestPeer.held)
        var ticks = 0
        _ = try await seeding.first { event -> Bool? in
            if case .progress = event { ticks += 1 }
            return ticks < 8 ? nil : true
        }
        // Asked for this work alone: others may be told to whoever has the port that they remember.
        let found = await seeder.session.dht?.lookUpPeers(of: torrent.info.infoHashes.swarms[0])
        #expect(found?.nodes.isEmpty == false && found?.peerCount == 0)
        for peer in [seeder, third] { await peer.session.stop() }
    }
}
