// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwarmSimulation

/// `core`: what the core costs per block. `scale [peers [MiB [seed uplink/peer uplink]]]`: a simulated swarm against the fluid
/// bound. `scenarios [count [first]]`: swarms drawn from seeds, every rule watched that shows in what peers do; what cores hold
/// within is watched by the tests, over fewer seeds.
@main struct SwarmBenchmark {
    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        let numbers = arguments.dropFirst().compactMap { Int($0) }
        func number(_ index: Int, _ standard: Int) -> Int {
            index < numbers.count ? numbers[index] : standard
        }
        switch arguments.first ?? "core" {
        case "core": CoreBenchmark.run()
        case "scale":
            try ScaleBenchmark(peers: number(0, 10_000), mebibytes: number(1, 16), seedFactor: number(2, 4))
                .run()
        case "scenarios":
            let (count, first) = (UInt64(number(0, 1000)), UInt64(number(1, 1)))
            for seed in first..<(first + count) { try Scenario(seed: seed).run() }
            print("\(count) swarms from seed \(first) on: every rule held, every honest peer finished")
        default: print("usage: swarm-bench core|scale|scenarios [NUMBER...]")
        }
    }
}
