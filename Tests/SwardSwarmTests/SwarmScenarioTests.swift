// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SwarmSimulation
import Testing

/// Runs drawn from seeds. `SWARD_SEED` names one, `SWARD_SEEDS` says how many.
@Suite("Swarms drawn from seeds") struct SwarmScenarioTests {
    static var seeds: [UInt64] {
        let environment = ProcessInfo.processInfo.environment
        if let seed = environment["SWARD_SEED"].flatMap(UInt64.init) { return [seed] }
        return Array(1...(environment["SWARD_SEEDS"].flatMap(UInt64.init) ?? 25))
    }

    @Test("every rule holds after every step, and whoever is honest finishes", arguments: seeds)
    func holds(seed: UInt64) throws {
        let scenario = Scenario(seed: seed)
        scenario.simulation.audit = { $0.fault() }
        scenario.simulation.auditInterval = 4
        try scenario.run()
    }
}
