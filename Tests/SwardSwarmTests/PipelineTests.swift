// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardMetainfo
import SwardPrimitives
import SwardWire
import SwarmSimulation
import Testing
import TorrentSupport

@testable import SwardSwarm

@Suite("How many blocks a peer is asked for") struct PipelineTests {
    private static let roundTrip = 200

    /// Has a seed answer what it is asked a round trip later, at most `rate` blocks in 10 ms.
    ///
    /// - Returns: Blocks that were on their way at the end of each round trip.
    private func inFlight(rate: Int, roundTrips: Int, reqq: Int = 6000) throws -> [Int] {
        let made = try Scenario.work(.v1, seed: 9, pieces: 120, blocksPerPiece: 16)
        var stage = Stage(made) { $0.maximumUnwritten = .max }
        let id = try stage.connect()
        var extended = ExtensionHandshake()
        extended.requestQueue = reqq
        stage.receive(.haveAll, .extended(id: 0, extended.payload()), .unchoke, from: id)
        var asked = stage.messages(to: id).requests.map { (block: $0, at: stage.time) }
        var head = 0
        var counts: [Int] = []
        for step in 1...(roundTrips * Self.roundTrip / 10) {
            stage.pass(10)
            var room = rate
            while head < asked.count, room > 0, asked[head].at + Self.roundTrip <= stage.time {
                stage.receive(stage.piece(asked[head].block), from: id)
                head += 1
                room -= 1
            }
            asked += stage.messages(to: id).requests.map { ($0, stage.time) }
            if step * 10 % Self.roundTrip == 0 { counts.append(asked.count - head) }
        }
        return counts
    }

    @Test("a peer far away and fast is asked for more than twice as many each round trip")
    func grows() throws {
        let counts = try inFlight(rate: .max, roundTrips: 4)
        for (before, after) in zip(counts, counts.dropFirst()) {
            #expect(before > 0 && after > 2 * before, "\(counts)")
        }
    }

    @Test("when its line is full no more than some seconds of it wait")
    func ends() throws {
        // 200 blocks a second.
        let counts = try inFlight(rate: 2, roundTrips: 20)
        #expect(counts.allSatisfy { $0 <= 3 * 200 }, "\(counts)")
        #expect(counts.suffix(10).allSatisfy { $0 >= 40 }, "\(counts)")
    }

    @Test("never more than it says it keeps")
    func isBounded() throws {
        let counts = try inFlight(rate: .max, roundTrips: 7, reqq: 100)
        #expect(counts.allSatisfy { $0 <= 100 } && counts.last ?? 0 > 50, "\(counts)")
    }
}
