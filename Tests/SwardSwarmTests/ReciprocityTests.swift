// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import Support
import SwardMetainfo
import SwardPrimitives
import SwardWire
import SwarmSimulation
import Testing
import TorrentSupport

@testable import SwardSwarm

@Suite("The book of what peers gave and took") struct ReciprocityBookTests {
    private func address(_ number: Int) throws -> PeerAddress {
        let bytes = [5, UInt8(number >> 16 & 255), UInt8(number >> 8 & 255), UInt8(number & 255)]
        return try #require(PeerAddress(ip: bytes, port: 6881))
    }

    @Test("a subscriber is an IPv4 address or an IPv6 /64, whatever the port")
    func knowsSubscribers() throws {
        var book = ReciprocityBook()
        book.record(try #require(PeerAddress(ip: [1, 2, 3, 4], port: 1)), given: 5, day: 0)
        book.record(try #require(PeerAddress(ip: [1, 2, 3, 4], port: 2)), taken: 3, day: 0)
        let head: [UInt8] = [0x20, 1, 0xd, 0xb8, 0, 0, 0, 9]
        book.record(
            try #require(PeerAddress(ip: head + [0, 0, 0, 0, 0, 0, 0, 1], port: 1)), given: 7, day: 0)
        book.record(
            try #require(PeerAddress(ip: head + [9, 9, 9, 9, 9, 9, 9, 9], port: 1)), given: 7, day: 0)
        #expect(book.count == 2)
        let four = book[try #require(PeerAddress(ip: [1, 2, 3, 4], port: 3))]
        #expect(four?.given == 5 && four?.taken == 3 && four?.standing == 2)
        #expect(book[try #require(PeerAddress(ip: head + [0, 0, 0, 0, 0, 0, 0, 2], port: 1))]?.given == 14)
        #expect(book[try #require(PeerAddress(ip: [1, 2, 3, 5], port: 1))] == nil)
    }

    @Test("who took more than it gave stands as a stranger does")
    func hasNoDebt() throws {
        var book = ReciprocityBook()
        book.record(try address(1), given: 10, taken: 1 << 40, day: 0)
        #expect(try book[address(1)]?.standing == 0)
    }

    @Test("it is bounded, and takers without number displace no giver")
    func isBounded() throws {
        var book = ReciprocityBook()
        for number in 0..<100 { book.record(try address(number), given: 1 << 20, day: 0) }
        for number in 100..<(ReciprocityBook.capacity + 2000) {
            book.record(try address(number), given: 5, taken: 10, day: 1)
        }
        #expect(book.count == ReciprocityBook.capacity)
        for number in 0..<100 { #expect(try book[address(number)]?.given == 1 << 20) }
        #expect(book.encoded().count == ReciprocityBook.maximumByteCount)
    }

    @Test("what is written is read again, and who has been away for half a year is left out")
    func roundTrips() throws {
        var book = ReciprocityBook()
        book.record(try address(1), given: .max, taken: 7, day: 20_000)
        book.record(try address(1), given: .max, day: 20_001)
        book.record(try address(2), taken: 9, day: 19_900)
        book.record(try #require(PeerAddress(ip: Array(1...16), port: 9)), given: 3, day: 20_000)
        #expect(try book[address(1)]?.given == .max)
        #expect(ReciprocityBook(book.encoded(), day: 20_001) == book)
        let later = try #require(ReciprocityBook(book.encoded(), day: 20_001 + ReciprocityBook.daysKept))
        #expect(later.count == 1)
        #expect(try later[address(1)]?.taken == 7)
    }

    @Test("bytes that are no book are refused whole")
    func refuses() throws {
        var book = ReciprocityBook()
        book.record(try address(1), given: 5, taken: 7, day: 10)
        let good = book.encoded()
        let record = good.suffix(36)
        #expect(ReciprocityBook(good, day: 10) != nil)
        for count in 0..<good.count where count != good.count - 36 {
            #expect(ReciprocityBook(Array(good.prefix(count)), day: 10) == nil, "\(count) bytes")
        }
        // The same peer twice, a number below zero, and an address that is not a whole /64.
        #expect(ReciprocityBook(good + record, day: 10) == nil)
        var negative = good
        negative[good.count - 20] = 0x80
        #expect(ReciprocityBook(negative, day: 10) == nil)
        var inner = good
        inner.replaceSubrange(good.count - 36..<good.count - 20, with: (1...16).map { UInt8($0) })
        #expect(ReciprocityBook(inner, day: 10) == nil)
        #expect(ReciprocityBook(good + [UInt8](repeating: 1, count: 36 * 5000), day: 10) == nil)
    }

    @Test("two runs side by side are both counted")
    func merges() throws {
        var saved = ReciprocityBook()
        saved.record(try address(1), given: 100, taken: 10, day: 1)
        let runs = [Reciprocity(saved, day: 2), Reciprocity(saved, day: 2)]
        runs[0].record(try address(1), given: 5)
        runs[1].record(try address(1), taken: 3)
        runs[1].record(try address(2), given: 8)
        #expect(try runs[0].standing(of: address(1)) == 95)
        let merged = runs.reduce(saved) { $1.settle(into: $0, on: 2) }
        #expect(try merged[address(1)]?.given == 105)
        #expect(try merged[address(1)]?.taken == 13)
        #expect(try merged[address(2)]?.given == 8)
    }

    @Test("what has been settled is counted once, and what comes later on its own day")
    func settlesAgain() throws {
        let run = Reciprocity(day: 1)
        run.record(try address(1), given: 5)
        var saved = run.settle(into: ReciprocityBook(), on: 3)
        #expect(try saved[address(1)]?.lastDay == 1)
        run.record(try address(1), given: 2)
        saved = run.settle(into: saved, on: 3)
        #expect(try saved[address(1)]?.given == 7)
        #expect(try saved[address(1)]?.lastDay == 3)
        #expect(run.settle(into: saved, on: 3) == saved)
        #expect(try run.standing(of: address(1)) == 7)
    }

    @Test("a ban strikes out what was given, on disk too")
    func strikes() throws {
        var saved = ReciprocityBook()
        saved.record(try address(1), given: 100, taken: 10, day: 1)
        let run = Reciprocity(saved, day: 2)
        run.record(try address(1), given: 50)
        run.strike(try address(1))
        #expect(try run.standing(of: address(1)) == 0)
        let merged = run.settle(into: saved, on: 2)
        #expect(try merged[address(1)]?.given == 0)
        #expect(try merged[address(1)]?.taken == 10)
    }
}

@Suite("Courtesy to those who gave") struct CourtesyTests {
    private func random(_ generator: inout SplitMix64, standing: (Int) -> Int64) -> [Choker.Candidate] {
        (0..<generator.below(30)).map { slot in
            Choker.Candidate(
                slot: slot, isUnchoked: generator.oneIn(2),
                rate: generator.oneIn(3) ? 0 : Double(generator.below(1 << 20)),
                isSnubbing: generator.oneIn(5), sentSinceUnchoke: Int64(generator.below(8 << 20)),
                unchokedAt: generator.below(60_000), waitingSince: generator.below(60_000),
                connectedAt: generator.below(60_000), standing: standing(slot))
        }
    }

    @Test("where nothing is counted, the order is that of rates and turns alone", arguments: [true, false])
    func changesNothing(isSeeding: Bool) {
        var generator = SplitMix64(seed: 1)
        for _ in 0..<500 {
            let peers = random(&generator) { _ in 0 }
            var choker = Choker(slots: 1 + generator.below(10))
            var chance = Chance(seed: generator.next())
            let slots = choker.slots
            let chosen = choker.choose(among: peers, isSeeding: isSeeding, at: 60_000, chance: &chance)
            // Each key in words of its own, larger first.
            func keys(_ peer: Choker.Candidate) -> [Double] {
                let isOver = 60_000 - peer.unchokedAt >= 15_000 && peer.sentSinceUnchoke >= 4 << 20
                let rank: Double = !peer.isUnchoked ? 1 : isOver ? 0 : 2
                let waited = -Double(peer.waitingSince)
                let last = -Double(peer.slot)
                if isSeeding { return peer.isUnchoked ? [rank, peer.rate, last] : [rank, waited, last] }
                return [peer.isSnubbing ? 0 : 1, peer.rate, peer.isUnchoked ? 1 : 0, waited, last]
            }
            let expected = peers.sorted { keys($1).lexicographicallyPrecedes(keys($0)) }.prefix(slots).map(
                \.slot)
            #expect(Array(chosen.prefix(slots)) == expected)
        }
    }

    @Test("among equals the giver goes first, and a faster peer before both")
    func prefersGivers() {
        func peer(_ slot: Int, rate: Double, standing: Int64) -> Choker.Candidate {
            Choker.Candidate(
                slot: slot, isUnchoked: false, rate: rate, isSnubbing: false, sentSinceUnchoke: 0,
                unchokedAt: 0, waitingSince: 0, connectedAt: 0, standing: standing)
        }
        var choker = Choker(slots: 2)
        var chance = Chance(seed: 1)
        let fetching = [
            peer(0, rate: 1000, standing: 0), peer(1, rate: 990, standing: 1),
            peer(2, rate: 1500, standing: 0),
        ]
        #expect(
            choker.choose(among: fetching, isSeeding: false, at: 0, chance: &chance).prefix(2) == [2, 1])
        let waiting = [
            peer(0, rate: 0, standing: 0), peer(1, rate: 0, standing: 7), peer(2, rate: 0, standing: 9),
        ]
        #expect(choker.choose(among: waiting, isSeeding: true, at: 0, chance: &chance).prefix(2) == [2, 1])
    }

    @Test("standing is never weighed against a longer wait, a keeper of promises, or twice the rate")
    func staysTieBreak() {
        var generator = SplitMix64(seed: 5)
        for _ in 0..<500 {
            let peers = random(&generator) { _ in 1 << 40 }.map { peer in
                var peer = peer
                if peer.slot % 2 == 0 { peer.standing = 0 }
                return peer
            }
            guard let giver = peers.first(where: { $0.standing > 0 }) else { continue }
            for other in peers where other.standing == 0 {
                var choker = Choker(slots: 1)
                var chance = Chance(seed: 1)
                func first(_ isSeeding: Bool) -> Int? {
                    choker.choose(among: [giver, other], isSeeding: isSeeding, at: 60_000, chance: &chance)
                        .first
                }
                if other.isSnubbing == giver.isSnubbing, other.rate > giver.rate * 1.2, other.rate > 1 {
                    #expect(first(false) == other.slot)
                }
                if !other.isSnubbing, giver.isSnubbing { #expect(first(false) == other.slot) }
                if !other.isUnchoked, !giver.isUnchoked, other.waitingSince <= giver.waitingSince - 10_000 {
                    #expect(first(true) == other.slot)
                }
            }
        }
    }

    @Test("a quarter of the slots, and the one given by chance, go round among the others")
    func sparesStrangers() {
        var choker = Choker(slots: 8)
        var chance = Chance(seed: 9)
        var unchokedAt = [Int?](repeating: nil, count: 30)
        var waitingSince = [Int](repeating: 0, count: 30)
        var served = Set<Int>()
        // Twenty givers that all want more, and ten strangers; each sends its quota within a tick.
        for tick in 0..<40 {
            let now = tick * Choker.interval
            let peers = (0..<30).map { slot in
                Choker.Candidate(
                    slot: slot, isUnchoked: unchokedAt[slot] != nil, rate: 0, isSnubbing: false,
                    sentSinceUnchoke: 5 << 20, unchokedAt: unchokedAt[slot] ?? 0,
                    waitingSince: waitingSince[slot], connectedAt: 0, standing: slot < 20 ? 1 << 30 : 0)
            }
            let chosen = choker.choose(among: peers, isSeeding: false, at: now, chance: &chance)
            #expect(Set(chosen).count == chosen.count && chosen.count == 9)
            for slot in 0..<30 {
                if chosen.contains(slot) {
                    if unchokedAt[slot] == nil { unchokedAt[slot] = now }
                } else if unchokedAt[slot] != nil {
                    (unchokedAt[slot], waitingSince[slot]) = (nil, now)
                }
            }
            served.formUnion(chosen)
        }
        #expect(served.isSuperset(of: 20..<30))
    }

    // MARK: In the core

    @Test("only verified bytes of works that may be shared count as given; sent ones count as taken")
    func countsGiven() throws {
        for gate in [GatePermissions.open, .quarantine] {
            let made = try Scenario.work(.v2, seed: 1, pieces: 4)
            let ledger = Reciprocity()
            var stage = Stage(made, gate: gate) { $0.reciprocity = ledger }
            let id = try stage.connect()
            stage.receive(.haveAll, .unchoke, from: id)
            var asked = stage.take()
            while true {
                let requests = asked.compactMap { action -> BlockRequest? in
                    if case .send(id, .request(let block)) = action { block } else { nil }
                }
                if requests.isEmpty { break }
                for block in requests { stage.receive(stage.piece(block), from: id) }
                stage.workDisk()
                asked = stage.take()
            }
            #expect(stage.core.isComplete)
            let address = try #require(PeerAddress(ip: [10, 1, 1, 1], port: 1))
            #expect(ledger.book[address]?.given == (gate == .open ? made.info.layout.totalLength : nil))
        }
    }

    @Test("a liar's gifts are struck out")
    func strikesLiar() throws {
        let made = try Scenario.work(.v2, seed: 1, pieces: 4, blocksPerPiece: 1)
        let ledger = Reciprocity()
        let address = try #require(PeerAddress(ip: [10, 1, 1, 1], port: 1))
        ledger.record(address, given: 1 << 30)
        var stage = Stage(made) { $0.reciprocity = ledger }
        let id = try stage.connect()
        stage.receive(.haveAll, .unchoke, from: id)
        let block = try #require(stage.messages(to: id).requests.first)
        stage.receive(stage.piece(block, spoilt: true), from: id)
        stage.workDisk()
        #expect(stage.closings() == [.banned])
        #expect(ledger.book[address]?.given == 0)
    }

    // MARK: In a swarm

    /// Peers that come at once to one seed and cannot reach each other: what they get is the seed's to give.
    private func takers(seed: UInt64, credit: [Int: Int], isOn: Bool) throws -> ([SimulatedPeer], Reciprocity)
    {
        let simulation = Simulation(
            seed: seed,
            conditions: .with {
                $0.latency = 20_000...20_000
                $0.uplink = 200_000...200_000
                $0.exchangesPeers = false
            })
        let ledger = Reciprocity()
        simulation.add(
            Self.small,
            .seed.with {
                $0.uploadSlots = 1
                $0.reciprocity = isOn ? ledger : nil
            })
        let takers = (0..<8).map { _ in
            simulation.add(
                Self.small,
                .leech.with {
                    $0.isReachable = false
                    $0.maximumConnections = 1
                })
        }
        for (number, bytes) in credit { ledger.record(takers[number].address, given: bytes) }
        try simulation.run(limit: 2000) { takers.allSatisfy(\.isComplete) }
        #expect(takers.count { !$0.isComplete } == 0)
        return (takers, ledger)
    }

    // Made once, from constants: it cannot fail but by a slip of the test.
    private static let small = SharedWork(try! Scenario.work(.v2, seed: 3, pieces: 12))

    private func total(_ peers: some Sequence<SimulatedPeer>) -> Int {
        peers.reduce(0) { $0 + ($1.completedAt ?? .max / 1000) }
    }

    @Test("of peers that come together to one seed, those who gave before are done first")
    func servesGiversFirst() throws {
        var (givers, strangers, control) = (0, 0, 0)
        for seed in 1...6 as ClosedRange<UInt64> {
            let credit = Dictionary(uniqueKeysWithValues: (4..<8).map { ($0, 1 << 30) })
            let (peers, ledger) = try takers(seed: seed, credit: credit, isOn: true)
            givers += total(peers[4...])
            strangers += total(peers[..<4])
            for peer in peers {
                let taken = try #require(ledger.book[peer.address]?.taken)
                #expect(taken >= peer.made.info.layout.totalLength)
            }
            let (others, unused) = try takers(seed: seed, credit: credit, isOn: false)
            control += total(others[4...])
            #expect(unused.book.totals.taken == 0)
        }
        #expect(givers < strangers)
        #expect(givers < control)
    }

    /// Peers that trade, with one seed; each counts for itself. Free riders take and never send.
    private func traders(
        _ work: SharedWork, seed: UInt64, freeRiders: Int = 0, strangers: Int = 0, isOn: Bool = true
    ) throws -> [SimulatedPeer] {
        let simulation = Simulation(
            seed: seed, conditions: .with { $0.uplink = 200_000...200_000 })
        let ledgers = (0...20).map { _ in Reciprocity() }
        func courteous(_ role: Role, _ number: Int) -> Role {
            role.with {
                $0.uploadSlots = 4
                $0.reciprocity = isOn ? ledgers[number] : nil
            }
        }
        simulation.add(work, courteous(.seed, 20))
        let peers = (0..<20).map { number in
            simulation.add(
                work,
                courteous(.leech.with { if number < freeRiders { $0.mischief = .freeRides } }, number))
        }
        for ledger in ledgers {
            for peer in peers.dropLast(strangers) where strangers > 0 {
                ledger.record(peer.address, given: 1 << 40)
            }
        }
        try simulation.run(limit: 2000) { peers.allSatisfy(\.isComplete) }
        #expect(peers.count { !$0.isComplete } == 0)
        return peers
    }

    @Test("strangers among givers are done within half as long again as where nobody counts")
    func servesStrangers() throws {
        for seed in [5, 6] as [UInt64] {
            let run = try traders(Self.small, seed: seed, strangers: 4).suffix(4)
            let control = try traders(Self.small, seed: seed, strangers: 4, isOn: false).suffix(4)
            let worst = try #require(run.compactMap(\.completedAt).max())
            let without = try #require(control.compactMap(\.completedAt).max())
            #expect(Double(worst) <= 1.5 * Double(without), "seed \(seed)")
        }
    }

    @Test("with free riders about, who gives is done no later than who does not")
    func rewardsContributors() throws {
        let work = SharedWork(try Scenario.work(.v2, seed: 3, pieces: 60))
        let peers = try traders(work, seed: 11, freeRiders: 6)
        let riding = peers[..<6].compactMap(\.completedAt).sorted()
        let giving = peers[6...].compactMap(\.completedAt).sorted()
        #expect(giving[giving.count / 2] <= riding[riding.count / 2])
    }
}
