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

    /// Has a seed answer everything it is asked, `megabytes` a second.
    ///
    /// - Returns: All it was asked for, in that order.
    private func requests(megabytes: Int, _ kind: InfoDictionary.Kind = .v1) throws -> [BlockRequest] {
        let made = try Scenario.work(kind, seed: 9, pieces: 110, blocksPerPiece: 16)
        var stage = Stage(made)
        let id = try stage.connect()
        stage.receive(.haveAll, .unchoke, from: id)
        var asked = stage.messages(to: id).requests
        var head = 0
        while head < asked.count {
            stage.pass(1)
            for block in asked[head..<min(asked.count, head + megabytes * 1_000_000 / 1000 / blockLength)] {
                stage.receive(stage.piece(block), from: id)
                head += 1
            }
            stage.workDisk()
            asked += stage.messages(to: id).requests
        }
        #expect(stage.core.isComplete && asked.count == made.blocks.count && Set(asked) == Set(made.blocks))
        return asked
    }

    /// How many times the next request is of another piece.
    private func turns(_ requests: some Sequence<BlockRequest>) -> Int {
        zip(requests, requests.dropFirst()).count { $0.piece != $1.piece }
    }

    @Test("who sends from memory is asked for sixteen pieces in turn, where each has a SHA-1 of its own")
    func takesTurns() throws {
        for kind in [InfoDictionary.Kind.v1, .hybrid] {
            let asked = try requests(megabytes: 600, kind)
            // After what was asked for before enough had come, and before the last pieces.
            for start in stride(from: 1_320, to: 1_500, by: 64) {
                let round = asked[start..<(start + 64)]
                // Where one ends the next takes its turn.
                #expect((16...17).contains(Set(round.map(\.piece)).count) && turns(round) <= 17)
            }
            for (_, blocks) in Dictionary(grouping: asked, by: \.piece) {
                #expect(blocks.map(\.begin) == blocks.map(\.begin).sorted())
            }
        }
    }

    @Test("who may be reading from a disk is asked for one piece after the other, and so are works of v2")
    func keepsOrder() throws {
        for (rate, kind) in [(160, InfoDictionary.Kind.v1), (600, .v2)] {
            let asked = try requests(megabytes: rate, kind)
            #expect(turns(asked) == Set(asked.map(\.piece)).count - 1)
        }
    }
}
