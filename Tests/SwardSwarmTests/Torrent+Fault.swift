// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardPrimitives
import SwarmSimulation

@testable import SwardSwarm

extension Torrent {
    /// What does not add up, in words: caps, and the books against each other.
    func fault() -> String? {
        if unwritten < 0 || unwritten > configuration.maximumUnwritten + 64 * blockLength {
            return "has \(unwritten) bytes with the disk"
        }
        var live = 0
        var unchoked = 0
        var open = 0
        var seeds = 0
        for slot in connections.indices where connections[slot].isOpen {
            open += 1
            live += connections[slot].ledger.liveCount
            if !connections[slot].weChoke { unchoked += 1 }
            if connections[slot].hasAll { seeds += 1 }
            if let fault = fault(of: slot) { return fault }
        }
        if open != connectionCount { return "counts \(connectionCount) connections, which are \(open)" }
        if seeds != seedCount { return "counts \(seedCount) seeds, which are \(seeds)" }
        if open > configuration.maximumConnections { return "has \(open) connections" }
        if live != liveRequests { return "counts \(liveRequests) requests, which are \(live)" }
        if unchoked != unchokedCount { return "counts \(unchokedCount) slots, which are \(unchoked)" }
        if unchoked > configuration.uploadSlots + 1 { return "unchokes \(unchoked)" }
        if book.connectingCount > configuration.maximumHalfOpen || book.connectingCount < 0 {
            return "dials \(book.connectingCount) at once"
        }
        let connecting = book.entries.count { $0.state == .connecting }
        if connecting != book.connectingCount {
            return "counts \(book.connectingCount) dials, which are \(connecting)"
        }
        if book.count > book.capacity { return "keeps \(book.count) peers" }
        guard let have, let content else { return nil }
        if missing != PieceSet(allOf: content.pieceCount).missing(from: have, of: wishes.wanted) {
            return "counts \(missing) pieces missing"
        }
        return nil
    }

    private func fault(of slot: Int) -> String? {
        let connection = connections[slot]
        if connection.inHand < 0 || connection.inHand > configuration.uploadWindow + blockLength {
            return "has handed \(connection.inHand) bytes to the shell"
        }
        if connection.uploads.count > configuration.maximumRequestsIn * 5 / 4 {
            return "keeps \(connection.uploads.count) requests of one peer"
        }
        if content != nil, connection.wantedCount != wantedCount(of: slot) {
            return "wants \(wantedCount(of: slot)) pieces of a peer and counts \(connection.wantedCount)"
        }
        if connection.hasAll, connection.pieces != nil { return "counts a seed's pieces one by one too" }
        if connection.suggested.count > 16 || connection.allowedFast.count > 32
            || connection.earlyPieces.count > 4096
        {
            return "keeps too much of what a peer said"
        }
        return nil
    }
}
