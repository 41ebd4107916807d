// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import Support
import SwardEngine
import SwardMetainfo
import SwardPrimitives
import SwardWire
import Testing
import TorrentSupport

@Suite("Pieces that someone waits for", .timeLimit(.minutes(5))) struct DeadlineTests {
    private func requests(_ heard: [PeerMessage]) -> [BlockRequest] {
        heard.compactMap { if case .request(let block) = $0 { block } else { nil } }
    }

    @Test("they are asked for before all others, the soonest first, until others are named in their place")
    func deadlines() async throws {
        // Forty pieces of two blocks.
        let torrent = try MadeTorrent(.v1, files: [.init("a", SplitMix64.bytes(40 * 32_768, seed: 1))])
        #expect(torrent.info.layout.pieceCount == 40)
        let fetcher = try await TestPeer("fetcher")
        let fetching = fetcher.session.add(
            .metainfo(torrent.metainfo), options: fetcher.options(), judge: TestPeer.admitted)
        _ = try await fetching.checked()
        var isTold = false
        var isToldAnew = false
        let heard = try await RawPeer.converse(
            with: fetcher.address, about: torrent.info.infoHashes.swarms[0], saying: [.haveAll]
        ) { heard in
            // It asks for nothing before it is unchoked, so that what it asks for first shows what it was told.
            if !isTold, heard.contains(.interested) {
                isTold = true
                await fetching.setDeadlines([
                    PieceIndex(38): .milliseconds(400), PieceIndex(20): .milliseconds(100),
                    PieceIndex(31): .milliseconds(200),
                ])
                return [.unchoke]
            }
            let requests = requests(heard)
            guard requests.count >= 16 else { return [] }
            if !isToldAnew {
                isToldAnew = true
                // One that was not asked for yet, and then room.
                let asked = Set(requests.map(\.piece.rawValue))
                let last = (0..<40).last { !asked.contains($0) } ?? 0
                await fetching.setDeadlines([PieceIndex(last): .zero])
                return requests.map {
                    .piece($0.piece, begin: $0.begin, ByteBuffer(bytes: torrent.bytes(of: $0)))
                }
            }
            return requests.count > 16 ? nil : []
        }
        let asked = requests(heard).map(\.piece.rawValue)
        #expect(asked.prefix(6) == [20, 20, 31, 31, 38, 38])
        #expect(asked[16] == (0..<40).last { !asked.prefix(16).contains($0) })
        await fetcher.session.stop()
    }
}
