// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Support
import SwardEngine
import SwardMetainfo
import SwardPrimitives
import SwardSwarm
import Testing
import TorrentSupport

@Suite("Reciprocity between sessions", .timeLimit(.minutes(5))) struct ReciprocityTests {
    @Test("what one has given the other has taken, over works and connections")
    func counts() async throws {
        let (giver, taker) = (Reciprocity(), Reciprocity())
        let seeder = try await TestPeer("seeder", configure: { $0.reciprocity = giver })
        let fetcher = try await TestPeer("fetcher", configure: { $0.reciprocity = taker })
        var total: Int64 = 0
        for number in 1...2 {
            let torrent = try MadeTorrent(
                .v2, name: "work\(number)",
                files: [.init("a\(number)", SplitMix64.bytes(700_000 * number, seed: UInt64(number)))])
            _ = try await seeder.seed(torrent).checked()
            let fetching = fetcher.session.add(
                .metainfo(torrent.metainfo), options: fetcher.options(peers: [seeder.address]),
                judge: TestPeer.admitted)
            _ = try await fetching.completion()
            total += torrent.info.layout.totalLength
        }
        let statistics = await fetcher.session.statistics()
        let counted = try #require(statistics.reciprocity)
        #expect((counted.peers, counted.given, counted.taken) == (1, total, 0))
        await fetcher.session.stop()
        await seeder.session.stop()
        #expect(taker.book[seeder.address]?.given == total)
        #expect(taker.book[seeder.address]?.taken == 0)
        #expect(giver.book[fetcher.address]?.taken == total)
        #expect(giver.book[fetcher.address]?.given == 0)
    }

    @Test("by default nothing is counted")
    func isOff() async throws {
        let peer = try await TestPeer("peer")
        #expect(peer.session.configuration.reciprocity == nil)
        #expect(await peer.session.statistics().reciprocity == nil)
        await peer.session.stop()
    }
}
