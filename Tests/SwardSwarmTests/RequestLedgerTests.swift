// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Support
import Testing

@testable import SwardSwarm

@Suite("The ledger of requests") struct RequestLedgerTests {
    @Test("a random history leaves it as a plain list says", arguments: 0..<20)
    func followsModel(_ seed: Int) {
        var generator = SplitMix64(seed: UInt64(seed))
        var ledger = RequestLedger()
        var model: [(piece: UInt32, block: UInt32, isReleased: Bool)] = []
        for step in 0..<3000 {
            switch generator.below(8) {
            case 0..<3:
                ledger.append(piece: UInt32(step), block: 1, at: step)
                model.append((UInt32(step), 1, false))
            case 3..<6 where !model.isEmpty:
                // Mostly in order, as peers answer.
                let index = generator.oneIn(5) ? generator.below(model.count) : 0
                let entry = model.remove(at: index)
                let removed = ledger.remove(piece: entry.piece, block: entry.block)
                #expect(removed?.piece == entry.piece && removed?.isReleased == entry.isReleased)
            case 6 where !model.isEmpty:
                let index = generator.below(model.count)
                let wasLive = !model[index].isReleased
                #expect(ledger.release(piece: model[index].piece, block: 1) == wasLive)
                model[index].isReleased = true
            default: #expect(ledger.remove(piece: 999_999, block: 0) == nil)
            }
        }
        #expect(ledger.count == model.count && ledger.liveCount == model.count { !$0.isReleased })
        #expect(ledger.all.map(\.piece) == model.map(\.piece))
        #expect(ledger.removeAll().map(\.piece) == model.filter { !$0.isReleased }.map(\.piece))
        #expect(ledger.count == 0 && ledger.liveCount == 0)
    }
}
