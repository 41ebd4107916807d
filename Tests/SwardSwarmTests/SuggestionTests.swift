// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardMetainfo
import SwardPrimitives
import SwardWire
import SwarmSimulation
import Testing
import TorrentSupport

@testable import SwardSwarm

@Suite("Pieces that a seed suggests") struct SuggestionTests {
    private func suggestions(_ stage: inout Stage, to id: ConnectionID) -> [Int] {
        stage.messages(to: id).compactMap { if case .suggest(let piece) = $0 { piece.rawValue } else { nil } }
    }

    @Test("no two peers are offered the same, and who begins one is offered another")
    func differ() throws {
        var stage = Stage(try Scenario.work(.v2, seed: 5, pieces: 30), isSeed: true)
        var offered: [Int] = []
        var ids: [ConnectionID] = []
        for _ in 0..<4 {
            let id = try stage.connect()
            ids.append(id)
            stage.receive(.haveNone, .interested, from: id)
            offered += suggestions(&stage, to: id)
        }
        #expect(offered.count == 8 && Set(offered).count == 8)
        let block = BlockRequest(piece: PieceIndex(offered[0]), begin: 0, length: blockLength)
        stage.receive(.request(block), from: ids[0])
        let next = suggestions(&stage, to: ids[0])
        #expect(next.count == 1 && !offered.contains(next[0]))
    }

    @Test("what somebody has is not offered, and a peer without the fast extension is told nothing")
    func leaveOut() throws {
        let made = try Scenario.work(.v2, seed: 6, pieces: 8)
        var stage = Stage(made, isSeed: true)
        let count = made.info.layout.pieceCount
        let rich = try stage.connect()
        var pieces = PieceSet(allOf: count)
        pieces.remove(3)
        stage.receive(.bitfield(pieces.bitfield()), from: rich)
        let poor = try stage.connect()
        stage.receive(.haveNone, .interested, from: poor)
        #expect(suggestions(&stage, to: poor) == [3])
        let plain = try stage.connect(isFast: false)
        stage.receive(.interested, from: plain)
        #expect(suggestions(&stage, to: plain) == [])
    }

    @Test("what is suggested is fetched first")
    func areFollowed() throws {
        var stage = Stage(try Scenario.work(.v2, seed: 7, pieces: 30))
        let id = try stage.connect()
        stage.receive(.haveAll, .suggest(PieceIndex(17)), .unchoke, from: id)
        #expect(stage.messages(to: id).requests.first?.piece == PieceIndex(17))
    }
}
