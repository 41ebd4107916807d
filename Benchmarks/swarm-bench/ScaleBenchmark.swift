// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
import Support
import SwardMetainfo
import SwarmSimulation
import TorrentSupport

/// Many peers on one work, all there from the start, against the time a fluid would take:
/// max(F/u_seed, F/d_min, N·F/(u_seed+Σu_i)) (Kumar and Ross, "Peer-assisted file distribution", 2006).
struct ScaleBenchmark {
    let peers: Int
    let mebibytes: Int
    /// The seed's uplink in those of the others.
    let seedFactor: Int
    /// Bytes per second.
    let uplink = 1_000_000, downlink = 10_000_000

    func run() throws {
        var generator = SplitMix64(seed: 1)
        let length = mebibytes << 20
        let pieceLength = max(1 << 15, min(1 << 18, length / 256))
        let work = SharedWork(
            try MadeTorrent(
                .v2, pieceLength: pieceLength, files: [.init("data.bin", generator.bytes(length))]))
        let simulation = Simulation(
            seed: 1,
            conditions: .with {
                $0.isExact = false
                $0.latency = 10_000...50_000
                $0.uplink = uplink...uplink
                $0.downlink = downlink...downlink
                $0.trackerPeers = 30
                $0.trackerInterval = 1800
            })
        simulation.add(work, .seed.with { $0.uplink = seedFactor * uplink })
        for _ in 0..<peers { simulation.add(work, .leech.with { $0.isSteady = true }) }
        let started = ContinuousClock.now
        let before = residentBytes()
        var next = 10_000_000
        var (second, sent) = (1_000_000, 0)
        var shares: [String] = []
        try simulation.run(limit: 100_000) {
            if simulation.time >= second {
                second += 1_000_000
                let all = simulation.peers.reduce(0) { $0 + $1.payloadSent }
                shares.append(String((all - sent) * 100 / ((seedFactor + peers) * uplink)))
                sent = all
            }
            if simulation.time >= next {
                next += 10_000_000
                let wall = (ContinuousClock.now - started) / .seconds(1)
                print(
                    "  \(simulation.time / 1_000_000) s: \(simulation.completedCount - 1) done, \(simulation.steps) events, \(Int(wall)) s of ours, \(residentBytes() >> 20) MiB"
                )
            }
            return simulation.completedCount > peers
        }
        let times = simulation.peers.dropFirst().compactMap(\.completedAt).sorted()
        let bound = max(
            Double(length) / Double(seedFactor * uplink), Double(length) / Double(downlink),
            Double(peers) * Double(length) / Double((seedFactor + peers) * uplink))
        let last = Double(times.last ?? 0) / 1e6
        let median = Double(times[times.count / 2]) / 1e6
        let wasted = simulation.peers.reduce(0) { $0 + $1.payloadReceived } - peers * length
        print(
            """
            \(peers) peers, \(mebibytes) MiB, pieces of \(pieceLength >> 10) KiB, seed \(seedFactor) x a peer's uplink
            fluid bound \(rounded(bound)) s, half done \(rounded(median / bound)) x, last done \(rounded(last / bound)) x
            of all lines in use, second by second, in percent: \(shares.joined(separator: " "))
            received in vain \(rounded(Double(wasted) / Double(peers * length) * 100)) %
            \(((residentBytes() - before) / peers) >> 10) KiB a peer, \(simulation.steps) events
            """)
    }

    private func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }

    private func residentBytes() -> Int {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss * 1024
    }
}
