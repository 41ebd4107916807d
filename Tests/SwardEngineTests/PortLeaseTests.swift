// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardEngine
import Testing

@Suite("Port lease") struct PortLeaseTests {
    static let start = ContinuousClock.now

    @Test("a granted port is asked for again at half of its time")
    func renews() {
        var lease = PortLease(at: Self.start)
        #expect(lease.deadline == Self.start && !lease.isHeld)
        lease.granted(seconds: 1200, at: Self.start)
        #expect(lease.deadline == Self.start + .seconds(600) && lease.isHeld)
    }

    @Test(
        "a gateway that grants a moment or for ever is not believed",
        arguments: [(0, 30), (1, 30), (1 << 31, PortLease.lifetime / 2)])
    func capsLifetime(_ row: (granted: Int, renewal: Int)) {
        var lease = PortLease(at: Self.start)
        lease.granted(seconds: row.granted, at: Self.start)
        #expect(lease.deadline == Self.start + .seconds(row.renewal))
    }

    @Test("a refusal is met with ever longer patience, and a mapping that still runs is kept")
    func waits() {
        var lease = PortLease(at: Self.start)
        var waits: [Duration] = []
        var now = Self.start
        for _ in 0..<4 {
            lease.refused(at: now)
            waits.append(lease.deadline - now)
            now = lease.deadline
        }
        #expect(waits == [.seconds(60), .seconds(300), .seconds(1800), .seconds(1800)])
        #expect(!lease.isHeld)
        lease.granted(seconds: 3600, at: now)
        let renewal = lease.deadline
        lease.refused(at: renewal)
        #expect(lease.isHeld && lease.deadline == renewal + .seconds(60))
        lease.refused(at: now + .seconds(3600))
        #expect(!lease.isHeld)
    }

    @Test("a gateway that began anew is asked at once, whether it had granted or refused")
    func forgets() {
        let now = PortLease.Instant.now
        var lease = PortLease(at: now)
        lease.granted(seconds: 3600, at: now)
        lease.forgotten(askingAfter: .seconds(3), at: now + .seconds(100))
        #expect(lease.isHeld && lease.deadline == now + .seconds(103))
        // Never later than it would have been.
        lease.forgotten(askingAfter: .seconds(5), at: now + .seconds(100))
        #expect(lease.deadline == now + .seconds(103))
        var refused = PortLease(at: now)
        for _ in 0..<3 { refused.refused(at: now) }
        refused.forgotten(askingAfter: .seconds(3), at: now + .seconds(100))
        #expect(refused.deadline == now + .seconds(103))
        refused.refused(at: now + .seconds(103))
        #expect(refused.deadline == now + .seconds(163))
    }
}
