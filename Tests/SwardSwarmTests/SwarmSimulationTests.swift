// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Support
import SwardMetainfo
import SwardPrimitives
import SwardWire
import SwarmSimulation
import Testing
import TorrentSupport

@testable import SwardSwarm

@Suite("A swarm on a simulated network") struct SwarmSimulationTests {
    static let kinds = Scenario.kinds

    static func work(_ kind: InfoDictionary.Kind, seed: UInt64, pieces: Int) throws -> SharedWork {
        try SharedWork(Scenario.work(kind, seed: seed, pieces: pieces))
    }

    struct Run: CustomTestStringConvertible {
        var kind: InfoDictionary.Kind
        var fromMagnet: Bool
        var testDescription: String { "\(kind)\(fromMagnet ? " by magnet" : "")" }
    }

    static let runs = kinds.flatMap { [Run(kind: $0, fromMagnet: false), Run(kind: $0, fromMagnet: true)] }

    private func isDone(_ simulation: Simulation) -> Bool { simulation.peers.allSatisfy(\.isComplete) }

    private static let rough = Simulation.Conditions.with {
        $0.uplink = 15_000...150_000
        $0.breaksAfter = 5...60
        $0.churn = (stay: 10...60, away: 1...10)
    }

    private static func simulation(seed: UInt64, _ conditions: Simulation.Conditions = .init()) -> Simulation
    {
        let simulation = Simulation(seed: seed, conditions: conditions)
        simulation.audit = { $0.fault() }
        return simulation
    }

    private func fifty(_ run: Run, seed: UInt64) throws -> Simulation {
        let made = try Self.work(run.kind, seed: 1, pieces: 20)
        let simulation = Self.simulation(seed: seed, Self.rough)
        simulation.add(made, .seed)
        for number in 1..<50 {
            simulation.add(
                made,
                .leech.with {
                    $0.startsFromMagnet = run.fromMagnet
                    $0.startsAt = number * 50_000
                })
        }
        try simulation.run(limit: 600) { isDone(simulation) }
        return simulation
    }

    @Test("fifty peers finish in spite of lost connections and churn", arguments: runs)
    func finishes(_ run: Run) throws {
        let simulation = try fifty(run, seed: 50)
        #expect(simulation.peers.filter { !$0.isComplete }.map(\.number) == [])
        for peer in simulation.peers { #expect(peer.banned.isEmpty && peer.failure == nil) }
        // It was rough: some have come back, and connections have broken.
        #expect(simulation.peers.map(\.life).reduce(0, +) > 50)
    }

    @Test("the same seed gives the same run, another seed another")
    func repeats() throws {
        func trace(_ seed: UInt64) throws -> UInt64 {
            let made = try Self.work(.hybrid, seed: 2, pieces: 12)
            let simulation = Self.simulation(seed: seed, Self.rough)
            simulation.add(made, .seed)
            for _ in 1..<10 { simulation.add(made, .leech.with { $0.startsFromMagnet = true }) }
            try simulation.run(limit: 600) { isDone(simulation) }
            #expect(isDone(simulation))
            return simulation.trace
        }
        let first = try trace(7)
        #expect(try trace(7) == first)
        #expect(try trace(8) != first)
    }

    @Test("the books of every core agree after every step", arguments: kinds)
    func keepsBooks(_ kind: InfoDictionary.Kind) throws {
        let made = try Self.work(kind, seed: 3, pieces: 10)
        let simulation = Self.simulation(seed: 3, Self.rough)
        simulation.auditInterval = 1
        simulation.add(made, .seed)
        for _ in 1..<8 { simulation.add(made, .leech.with { $0.startsFromMagnet = true }) }
        try simulation.run(limit: 600) { isDone(simulation) }
        #expect(isDone(simulation))
    }

    @Test("a liar is found and banned, and nobody else", arguments: kinds, [1, 2] as [UInt64])
    func bansLiar(_ kind: InfoDictionary.Kind, seed: UInt64) throws {
        let made = try Self.work(kind, seed: 4, pieces: 24)
        let simulation = Self.simulation(seed: seed)
        simulation.add(made, .seed)
        let liar = simulation.add(made, .seed.with { $0.mischief = .badBlocks })
        for _ in 2..<10 { simulation.add(made) }
        try simulation.run(limit: 600) { isDone(simulation) }
        #expect(isDone(simulation))
        let banned = simulation.peers.reduce(into: Set<PeerAddress>()) { $0.formUnion($1.banned) }
        #expect(banned == [liar.address.host])
    }

    @Test("with block hashes, a bad block costs one block")
    func refetchesOneBlock() throws {
        let made = try Self.work(.v2, seed: 5, pieces: 24)
        let simulation = Self.simulation(seed: 5)
        simulation.add(made, .seed)
        simulation.add(made, .seed.with { $0.mischief = .badBlocks })
        let fetcher = simulation.add(made)
        try simulation.run(limit: 600) { fetcher.isComplete }
        let snapshot = try #require(fetcher.core?.snapshot(at: simulation.now))
        #expect(snapshot.hashFailures > 0)
        #expect(snapshot.bannedPeers == 1)
        // The liar's blocks that had come with its first bad one, and doubles of endgame, no whole pieces.
        #expect(snapshot.wasted <= Int64(blockLength * (snapshot.hashFailures * 2 + 6)))
    }

    @Test("a held torrent moves metadata and no payload", arguments: kinds)
    func holds(_ kind: InfoDictionary.Kind) throws {
        let made = try Self.work(kind, seed: 6, pieces: 8)
        let simulation = Self.simulation(seed: 6)
        let seed = simulation.add(made, .seed.with { $0.gate = .shut })
        let other = simulation.add(made, .seed)
        let fetcher = simulation.add(
            made,
            .leech.with {
                $0.startsFromMagnet = true
                $0.gate = .shut
            })
        let eager = simulation.add(made, .leech.with { $0.startsFromMagnet = true })
        try simulation.run(limit: 120) { false }
        #expect(fetcher.metadata == made.made.info.bytes)
        #expect(fetcher.payloadReceived == 0 && fetcher.payloadSent == 0)
        #expect(seed.payloadSent == 0)
        #expect(eager.isComplete && other.payloadSent > 0)
    }

    @Test("what is quarantined is fetched and not passed on; admitted, it is")
    func quarantines() throws {
        let made = try Self.work(.v2, seed: 7, pieces: 8)
        let simulation = Self.simulation(seed: 7)
        simulation.add(made, .seed.with { $0.uplink = 400_000 })
        let fetcher = simulation.add(made, .leech.with { $0.gate = .quarantine })
        try simulation.run(limit: 600) { fetcher.isComplete }
        #expect(fetcher.isComplete && fetcher.payloadSent == 0)
        let late = simulation.add(made)
        try simulation.run(limit: 600) { simulation.peers[0].payloadSent > 3 * blockLength }
        fetcher.core?.setGate(.open, at: simulation.now, into: &fetcher.actions)
        try simulation.drain(fetcher)
        try simulation.run(limit: 600) { late.isComplete }
        #expect(late.isComplete && fetcher.payloadSent > 0)
    }

    @Test("metadata of a magnet takes a few round trips, not ticks", arguments: kinds)
    func fetchesMetadataSoon(_ kind: InfoDictionary.Kind) throws {
        var generator = SplitMix64(seed: 8)
        let files = (0..<600).map { MadeTorrent.File("folder/file number \($0)", generator.bytes(1)) }
        let made = SharedWork(try MadeTorrent(kind, pieceLength: blockLength, files: files))
        let simulation = Self.simulation(
            seed: 8,
            .with {
                $0.latency = 10_000...10_000
                $0.uplink = 100_000_000...100_000_000
            })
        simulation.add(made, .seed)
        let fetcher = simulation.add(made, .leech.with { $0.startsFromMagnet = true })
        #expect(made.made.info.bytes.count > MetadataMessage.pieceLength)
        try simulation.run(limit: 600) { fetcher.metadata != nil }
        // Dial, handshakes, extension handshakes, request and data: three round trips of 20 ms, and the judging.
        #expect(simulation.time < 75_000)
        try simulation.run(limit: 600) { fetcher.isComplete }
        #expect(fetcher.isComplete)
    }

    @Test("one seed and one peer use the line", arguments: kinds)
    func usesTheLine(_ kind: InfoDictionary.Kind) throws {
        let made = try Self.work(kind, seed: 9, pieces: 60)
        let simulation = Self.simulation(
            seed: 9,
            .with {
                $0.latency = 20_000...20_000
                $0.uplink = 1_000_000...1_000_000
            })
        simulation.add(made, .seed)
        let fetcher = simulation.add(made)
        try simulation.run(limit: 60) { fetcher.payloadReceived > 0 }
        #expect(simulation.time < 250_000)
        try simulation.run(limit: 60) { fetcher.isComplete }
        #expect(fetcher.isComplete)
        #expect(Double(simulation.time) < 1.15 * Double(60 * 2 * blockLength) + 200_000)
    }

    @Test("a seed and a peer behind routers meet by way of a third that has next to nothing to give")
    func meets() throws {
        let work = try Self.work(.v2, seed: 4, pieces: 20)
        func run(_ speaksUTP: Bool) throws -> (relay: SimulatedPeer, leech: SimulatedPeer) {
            let simulation = Self.simulation(
                seed: 9,
                .with {
                    $0.latency = 20_000...80_000
                    $0.uplink = 500_000...500_000
                })
            let relay = simulation.add(
                work,
                .leech.with {
                    $0.speaksUTP = speaksUTP
                    $0.uplink = 2000
                })
            for role in [Role.seed, .leech] {
                simulation.add(
                    work,
                    role.with {
                        $0.speaksUTP = speaksUTP
                        $0.isReachable = false
                        $0.startsAt = 1_000_000
                    })
            }
            try simulation.run(limit: 150) { simulation.peers[2].isComplete }
            return (relay, simulation.peers[2])
        }
        let met = try run(true)
        #expect(met.leech.isComplete)
        #expect(met.relay.payloadSent < met.leech.payloadReceived / 2)
        #expect(try !run(false).leech.isComplete)
    }
}
