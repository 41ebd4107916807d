// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardPrimitives
import Testing

@testable import SwardSwarm

@Suite("Choking") struct ChokerTests {
    private func candidate(
        _ slot: Int, rate: Double = 0, isUnchoked: Bool = false, isSnubbing: Bool = false, sent: Int64 = 0,
        unchokedAt: Int = 0, waitingSince: Int = 0, connectedAt: Int = 0
    ) -> Choker.Candidate {
        Choker.Candidate(
            slot: slot, isUnchoked: isUnchoked, rate: rate, isSnubbing: isSnubbing, sentSinceUnchoke: sent,
            unchokedAt: unchokedAt, waitingSince: waitingSince, connectedAt: connectedAt)
    }

    @Test("fetching, the best senders get the slots, and one more by chance")
    func rewards() {
        var choker = Choker(slots: 3)
        var chance = Chance(seed: 1)
        let peers = (0..<10).map { candidate($0, rate: Double($0)) }
        let chosen = choker.choose(among: peers, isSeeding: false, at: 0, chance: &chance)
        #expect(chosen.prefix(3) == [9, 8, 7])
        #expect(chosen.count == 4 && chosen[3] < 7)
    }

    @Test("who keeps us waiting loses its slot to who does not")
    func punishes() {
        var choker = Choker(slots: 1)
        var chance = Chance(seed: 1)
        let peers = [candidate(0, rate: 100, isSnubbing: true), candidate(1, rate: 1)]
        let chosen = choker.choose(among: peers, isSeeding: false, at: 0, chance: &chance)
        #expect(chosen == [1, 0])
    }

    @Test("the one chosen by chance keeps its slot for thirty seconds, then another has it")
    func rotates() {
        var choker = Choker(slots: 1)
        var chance = Chance(seed: 2)
        let peers = (0..<6).map { candidate($0, rate: $0 == 0 ? 9 : 0) }
        let first = choker.choose(among: peers, isSeeding: false, at: 0, chance: &chance)[1]
        for time in [10_000, 20_000, 29_999] {
            #expect(choker.choose(among: peers, isSeeding: false, at: time, chance: &chance)[1] == first)
        }
        #expect(choker.choose(among: peers, isSeeding: false, at: 30_000, chance: &chance)[1] != first)
    }

    @Test("newcomers are three times as likely to be tried")
    func favoursNewcomers() {
        var new = 0
        for seed in 0..<1000 {
            var choker = Choker(slots: 1)
            var chance = Chance(seed: UInt64(seed))
            let peers = [
                candidate(0, rate: 9), candidate(1, connectedAt: 0), candidate(2, connectedAt: 99_000),
            ]
            if choker.choose(among: peers, isSeeding: false, at: 100_000, chance: &chance)[1] == 2 {
                new += 1
            }
        }
        #expect((700...800).contains(new))
    }

    @Test("seeding, a turn is kept until it is over, and then goes to who has waited longest")
    func takesTurns() {
        var choker = Choker(slots: 1)
        var chance = Chance(seed: 3)
        func first(_ sent: Int64, _ time: Int) -> Int {
            let peers = [
                candidate(0, rate: 5, isUnchoked: true, sent: sent, unchokedAt: 0),
                candidate(1, waitingSince: 2000), candidate(2, waitingSince: 1000),
            ]
            return choker.choose(among: peers, isSeeding: true, at: time, chance: &chance)[0]
        }
        #expect(first(100 << 20, 14_000) == 0)
        #expect(first(1 << 20, 60_000) == 0)
        #expect(first(5 << 20, 15_000) == 2)
    }

    /// Adamsky et al., "Stealing bandwidth from BitTorrent seeders" (2014): who takes fastest kept a seed's slots for itself.
    @Test("three who take ten times as fast get no more turns of a seed than others")
    func isNotStolen() {
        var choker = Choker(slots: 4)
        var chance = Chance(seed: 5)
        let (peers, fast) = (23, 3)
        struct Peer { var since = 0, isUnchoked = false, waiting = 0, sent: Int64 = 0, turns = 0 }
        var all = (0..<peers).map { Peer(waiting: $0) }
        let hour = 3_600_000
        for time in stride(from: 0, to: hour, by: Choker.interval) {
            let candidates = all.indices.map { index in
                candidate(
                    index, rate: index < fast ? 5e6 : 5e5, isUnchoked: all[index].isUnchoked,
                    sent: all[index].sent, unchokedAt: all[index].since, waitingSince: all[index].waiting)
            }
            let chosen = choker.choose(among: candidates, isSeeding: true, at: time, chance: &chance)
            for index in all.indices {
                let isChosen = chosen.contains(index)
                if isChosen, !all[index].isUnchoked { (all[index].since, all[index].sent) = (time, 0) }
                if !isChosen, all[index].isUnchoked { all[index].waiting = time }
                all[index].isUnchoked = isChosen
                if isChosen {
                    all[index].turns += 1
                    all[index].sent += index < fast ? 50_000_000 : 5_000_000
                }
            }
        }
        let turns = all.map(\.turns)
        let fair = turns.reduce(0, +) / peers
        #expect(turns.allSatisfy { $0 > fair * 2 / 3 && $0 < fair * 3 / 2 }, "\(turns)")
    }

    @Test("with slots for all, all have one")
    func servesAll() {
        var choker = Choker(slots: 8)
        var chance = Chance(seed: 4)
        let peers = (0..<5).map { candidate($0) }
        for isSeeding in [true, false] {
            let chosen = choker.choose(among: peers, isSeeding: isSeeding, at: 0, chance: &chance)
            #expect(chosen.sorted() == [0, 1, 2, 3, 4])
        }
    }
}
