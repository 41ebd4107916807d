// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Support
import SwardEngine
import SwardMetainfo
import SwardPrimitives
import SwardSwarm
import SwardWire
import Testing
import TorrentSupport

@Suite("Statistics of a session", .timeLimit(.minutes(5))) struct StatisticsTests {
    @Test("what one sends another receives, and both count it by kind")
    func counts() async throws {
        let torrent = try MadeTorrent(
            .v2, files: [.init("a", SplitMix64.bytes(20 * 32_768 + 5, seed: 1)), .init("b", [1, 2, 3])])
        let seeder = try await TestPeer("seeder")
        _ = try await seeder.seed(torrent).checked()
        let fetcher = try await TestPeer("fetcher")
        let fetching = fetcher.session.add(
            .magnet(MagnetLink(infoHashes: torrent.info.infoHashes)),
            options: fetcher.options(peers: [seeder.address]), judge: TestPeer.admitted)
        _ = try await fetching.completion()
        let files = try #require(await fetching.files())
        #expect(files.map(\.length) == files.map(\.verified))
        #expect(files.map(\.length) == [20 * 32_768 + 5, 3])
        await fetching.stop()
        let got = await fetcher.session.statistics()
        let gave = await seeder.session.statistics()
        #expect(got.swarm.receivedBytes.payload == torrent.info.layout.totalLength)
        #expect(gave.swarm.sentBytes.payload == got.swarm.receivedBytes.payload)
        #expect(got.swarm.receivedBytes.hashes == gave.swarm.sentBytes.hashes)
        #expect(got.swarm.receivedBytes.hashes > 0)
        #expect(got.swarm.receivedBytes.metadata == gave.swarm.sentBytes.metadata)
        #expect(got.swarm.receivedBytes.metadata > Int64(torrent.info.bytes.count))
        #expect(got.swarm.blocksReceived == gave.swarm.blocksSent)
        #expect(got.swarm.requestsSent == gave.swarm.requestsReceived)
        #expect(got.swarm.piecesVerified == torrent.info.layout.pieceCount)
        #expect(got.swarm.connectionsOpened == 1)
        #expect(gave.torrents.byGate == ["admitted": 1])
        for peer in [seeder, fetcher] { await peer.session.stop() }
    }

    @Test("what a held work is asked for is refused, and counted")
    func countsRefusals() async throws {
        let torrent = try MadeTorrent(.v1, files: [.init("a", SplitMix64.bytes(40_000, seed: 1))])
        let seeder = try await TestPeer("seeder")
        _ = try await seeder.seed(torrent, judge: TestPeer.quarantined).checked()
        _ = try await RawPeer.converse(
            with: seeder.address, about: torrent.info.infoHashes.v1!,
            saying: [.interested, .request(torrent.blocks[0])],
            until: { $0.contains { if case .reject = $0 { true } else { false } } })
        let statistics = await seeder.session.statistics()
        #expect(statistics.swarm.gateRefusals == 1)
        #expect(statistics.swarm.rejectsSent == 1)
        #expect(statistics.torrents.byGate == ["quarantined": 1])
        await seeder.session.stop()
    }
}
