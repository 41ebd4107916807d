// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import SwardMetainfo
import SwardPrimitives
import SwardWire
import SwarmSimulation
import Testing
import TorrentSupport

@testable import SwardSwarm

@Suite("One peer floods, another is honest") struct FairnessTests {
    struct Flood: CustomTestStringConvertible {
        let testDescription: String
        let count: Int
        /// The most messages of ours that it may cause before it is let go.
        let answers: Int
        let message: @Sendable (MadeTorrent) -> PeerMessage
    }

    static let floods = [
        Flood(testDescription: "100 000 block requests", count: 100_000, answers: 2100) { _ in
            .request(BlockRequest(piece: PieceIndex(0), begin: 0, length: blockLength))
        },
        Flood(testDescription: "50 000 hash requests", count: 50_000, answers: 3000) { made in
            .hashRequest(
                HashRequest(
                    piecesRoot: made.metainfo.pieceLayers.keys.first ?? .zero, baseLayer: 1, index: 0,
                    length: 2, proofLayers: 0))
        },
        Flood(testDescription: "50 000 metadata requests", count: 50_000, answers: 2100) { _ in
            .extended(id: 1, MetadataMessage.request(piece: 0).payload())
        },
    ]

    @Test("the honest one gets every block as soon as it asks, and the other is let go", arguments: floods)
    func isFair(_ flood: Flood) throws {
        let made = try Scenario.work(.v2, seed: 3, pieces: 40)
        var stage = Stage(made, isSeed: true)
        let bad = try stage.connect()
        let honest = try stage.connect()
        var extended = ExtensionHandshake()
        extended.metadataID = 1
        for id in [bad, honest] {
            stage.receive(.haveNone, .extended(id: 0, extended.payload()), .interested, from: id)
        }
        _ = stage.take()
        let message = flood.message(made)
        let blocks = made.blocks
        var (answers, isClosed, largestHand, longestQueue) = (0, false, 0, 0)
        for step in 0..<100 {
            for _ in 0..<(flood.count / 100) { stage.receive(message, from: bad) }
            let block = blocks[step % blocks.count]
            stage.receive(.request(block), from: honest)
            var isServed = false
            for action in stage.take() {
                switch action {
                case .sendBlock(honest, block):
                    isServed = true
                    stage.act { $0.blocksSent(honest, count: 1, bytes: block.length, at: $1, into: &$2) }
                case .send(bad, _), .sendBlock(bad, _): answers += 1
                case .close(bad, let reason):
                    isClosed = true
                    #expect(reason == .flood)
                default: break
                }
            }
            #expect(isServed, "block \(step)")
            largestHand = max(largestHand, stage.core.connections.map(\.inHand).max() ?? 0)
            longestQueue = max(longestQueue, stage.core.connections.map(\.uploads.count).max() ?? 0)
            #expect(stage.core.fault() == nil)
        }
        // What it was told we keep, and a quarter more.
        #expect(longestQueue <= stage.core.configuration.maximumRequestsIn * 5 / 4)
        #expect(isClosed && answers <= flood.answers, "\(answers)")
        #expect(largestHand <= stage.core.configuration.uploadWindow + blockLength)
    }

    @Test("whoever names two thousand pieces to come is remembered for sixteen")
    func suggestions() throws {
        let made = try Scenario.work(.v1, seed: 4, pieces: 40)
        var stage = Stage(made)
        let id = try stage.connect()
        for number in 0..<2000 {
            stage.receive(.suggest(PieceIndex(number % 40)), .allowedFast(PieceIndex(number % 40)), from: id)
        }
        #expect(stage.core.fault() == nil)
        #expect(stage.core.connections[id.slot].suggested.count <= 16)
    }
}
