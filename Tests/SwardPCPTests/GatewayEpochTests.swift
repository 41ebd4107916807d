// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardPCP
import Testing

@Suite("A gateway's clock") struct GatewayEpochTests {
    /// Seconds on our clock and on the gateway's since the answer before, in which it had said 1000, and whether it still
    /// knows what it granted.
    static let rows: [(client: Int, server: UInt32, isKept: Bool)] = [
        (0, 1000, true), (0, 999, true), (0, 998, false), (60, 1060, true), (1800, 2800, true),
        // Clocks that differ by a sixteenth and two seconds, and by more.
        (1600, 1000 + 1498, true), (1600, 1000 + 1497, false), (1500, 1000 + 1602, true),
        (1500, 1000 + 1604, false),
        // It began anew.
        (60, 0, false), (60, 59, false), (1800, 5, false), (1800, 1000, false),
    ]

    @Test("goes on while it runs, and does not when it began anew", arguments: rows)
    func epochs(_ row: (client: Int, server: UInt32, isKept: Bool)) {
        var epoch = GatewayEpoch()
        let now = ContinuousClock.now
        let told = [(1000, 0), (row.server, row.client), (row.server + 10, row.client + 10)]
        // Either way the new one counts from then on.
        #expect(told.map { epoch.note($0.0, at: now + .seconds($0.1)) } == [true, row.isKept, true])
    }

    @Test("is told unasked by both protocols, and by nothing else")
    func announcements() {
        let rest = [UInt8](repeating: 0, count: 12)
        let pcp: [UInt8] = [2, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2] + rest
        #expect(GatewayAnnouncement(pcp)?.epoch == 258)
        #expect(GatewayAnnouncement(pcp)?.kind == .pcp)
        let natPMP: [UInt8] = [0, 128, 0, 0, 0, 0, 0, 7, 203, 0, 113, 7]
        #expect(GatewayAnnouncement(natPMP)?.epoch == 7)
        #expect(GatewayAnnouncement(natPMP)?.kind == .natPMP)
        for cut in 0..<pcp.count { #expect(GatewayAnnouncement(Array(pcp[..<cut])) == nil) }
        var other = pcp
        // A question; an answer to a request; a failure; another version.
        for (place, byte) in [(1, 0), (1, 0x81), (3, 1), (0, 1)] as [(Int, UInt8)] {
            other = pcp
            other[place] = byte
            #expect(GatewayAnnouncement(other) == nil)
        }
        #expect(GatewayAnnouncement(natPMP + [0]) == nil)
        #expect(GatewayAnnouncement(pcp + [UInt8](repeating: 0, count: 1100)) == nil)
    }
}
