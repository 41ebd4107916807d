// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Support
package import SwardMetainfo
import SwardPrimitives
import SwardSwarm
package import TorrentSupport

/// A swarm drawn from a seed: a work, a network with faults, and peers of all sorts.
///
/// One honest seed stays throughout, so that every honest peer that may fetch must finish.
package struct Scenario: CustomStringConvertible {
    package static let kinds: [InfoDictionary.Kind] = [.v1, .v2, .hybrid]
    /// In seconds of the simulated clock.
    private static let limit = 7200
    /// Nothing has moved for so long: a stall. Longer than the longest wait between attempts at a peer.
    private static let patience = 1200

    package let seed: UInt64
    package let simulation: Simulation
    private let facts: String

    /// A few works serve all seeds, as making one takes longer than moving it.
    private static let works: [SharedWork] = kinds.flatMap { kind in
        [(5, 1), (16, 2), (9, 4)].compactMap { pieces, blocks in
            try? SharedWork(work(kind, seed: UInt64(pieces), pieces: pieces, blocksPerPiece: blocks))
        }
    }

    package static func work(
        _ kind: InfoDictionary.Kind, seed: UInt64, pieces: Int, blocksPerPiece: Int = 2
    ) throws -> MadeTorrent {
        var generator = SplitMix64(seed: seed)
        let pieceLength = blocksPerPiece * blockLength
        return try MadeTorrent(
            kind, pieceLength: pieceLength,
            files: [
                .init("a/long.bin", generator.bytes(pieces * pieceLength - 5000)),
                .init("a/empty"), .init("short.txt", generator.bytes(100)),
                .init("two.bin", generator.bytes(3 * blockLength)),
            ])
    }

    package init(seed: UInt64) {
        self.seed = seed
        var chance = SplitMix64(seed: seed ^ 0x5157_4152_4D21)
        let work = chance.element(of: Self.works)
        let conditions = Self.conditions(&chance)
        simulation = Simulation(seed: seed, conditions: conditions)
        let isSeedReachable = !chance.oneIn(5)
        let isUTPSeed = chance.oneIn(2)
        simulation.add(
            work,
            Role.seed.with {
                $0.isReachable = isSeedReachable
                $0.speaksUTP = isUTPSeed
            })
        var names: [String] = []
        for number in 1..<(4 + chance.below(9)) {
            let role = Self.role(&chance, mayHide: isSeedReachable, number: number)
            simulation.add(work, role)
            names.append(Self.name(role))
        }
        facts = [
            "\(work.made.info.kind)", "\(work.made.info.layout.pieceCount) pieces",
            "uplink \(conditions.uplink)",
            conditions.breaksAfter == nil ? "lasting" : "breaking",
            conditions.churn == nil ? "staying" : "churning",
            isSeedReachable ? "seed" : "hidden seed", "peers: \(names.joined(separator: ", "))",
        ].joined(separator: ", ")
    }

    package var description: String { "seed \(seed): \(facts)" }

    private static func conditions(_ chance: inout SplitMix64) -> Simulation.Conditions {
        .with {
            $0.latency = chance.element(of: [1000...5000, 5000...80_000, 100_000...400_000])
            $0.jitter = chance.oneIn(2) ? 0...0 : 0...150_000
            $0.uplink = chance.element(of: [15_000...150_000, 200_000...2_000_000])
            $0.window = chance.element(of: [32 << 10, 256 << 10])
            $0.breaksAfter = chance.oneIn(2) ? nil : 5...60
            $0.deadOdds = chance.oneIn(2) ? 0 : 3
            $0.churn = chance.oneIn(3) ? (stay: 10...90, away: 1...20) : nil
            $0.fullDisks = chance.oneIn(5) ? 5...30 : nil
            $0.gateChanges = chance.oneIn(5) ? 10...60 : nil
        }
    }

    private static func role(_ chance: inout SplitMix64, mayHide: Bool, number: Int) -> Role {
        var role = Role.leech
        if chance.oneIn(4) { role.mischief = chance.element(of: Role.Mischief.allCases) }
        if let mischief = role.mischief, mischief != .freeRides { role.isSeed = true }
        if mayHide, chance.oneIn(3) { role.isReachable = false }
        role.speaksUTP = chance.oneIn(2)
        role.startsFromMagnet = !role.isSeed && chance.oneIn(2)
        role.isFast = !chance.oneIn(5)
        if chance.oneIn(6) { role.downlink = 8_000 + chance.below(30_000) }
        if chance.oneIn(10) { role.gate = .shut } else if chance.oneIn(8) { role.gate = .quarantine }
        role.startsAt = chance.below(20) * 500_000
        if chance.oneIn(4) { role.uploadSlots = 1 + chance.below(3) }
        return role
    }

    private static func name(_ role: Role) -> String {
        var words = [role.mischief.map { "\($0)" } ?? (role.isSeed ? "seed" : "leech")]
        if !role.isReachable { words.append("hidden") }
        if role.speaksUTP { words.append("uTP") }
        if role.startsFromMagnet { words.append("magnet") }
        if !role.isFast { words.append("plain") }
        if role.downlink != nil { words.append("slow") }
        if role.gate != .open { words.append(role.gate == .shut ? "held" : "quarantined") }
        return words.joined(separator: " ")
    }

    /// Who must finish.
    private var hopefuls: [SimulatedPeer] {
        simulation.peers.filter {
            $0.role.isHonest && ($0.role.gate.download || simulation.conditions.gateChanges != nil)
        }
    }

    /// Runs it to its end.
    ///
    /// - Throws: what went wrong, and how to see it again.
    package func run() throws {
        do {
            let hopefuls = hopefuls
            var step = 0
            while !hopefuls.allSatisfy({ $0.completedAt != nil }) {
                step += 10
                try simulation.run(limit: step) { false }
                let patience = Self.patience * 1_000_000
                if simulation.time - simulation.lastProgress > patience || step > Self.limit {
                    let left = hopefuls.filter { $0.completedAt == nil }.map(\.number)
                    throw Simulation.Violation(
                        description: "stalled at \(simulation.time) µs; \(left) are not done")
                }
            }
            try checkTrust()
        } catch {
            throw Simulation.Violation(
                description:
                    "\(error)\n\(self)\nagain: SWARD_SEED=\(seed) swift test --filter SwarmScenarioTests")
        }
    }

    private func checkTrust() throws {
        let honest = Set(simulation.peers.filter(\.role.isHonest).map(\.address.host))
        for peer in simulation.peers where peer.role.isHonest {
            if let failure = peer.failure {
                throw Simulation.Violation(description: "peer \(peer.number) failed: \(failure)")
            }
            let wronged = peer.banned.intersection(honest)
            guard wronged.isEmpty else {
                throw Simulation.Violation(description: "peer \(peer.number) banned the honest \(wronged)")
            }
            guard peer.role.gate.upload || simulation.conditions.gateChanges != nil || peer.payloadSent == 0
            else {
                throw Simulation.Violation(description: "peer \(peer.number) served what is held")
            }
        }
    }
}
