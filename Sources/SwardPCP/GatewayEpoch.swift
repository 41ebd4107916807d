// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Says by a gateway's clock whether it has forgotten what it granted. Source: RFC 6887, 8.5; RFC 6886, 3.6.
///
/// Every answer tells for how many seconds the gateway has known its mappings. Where that number did not grow as time did,
/// it began anew in between.
package struct GatewayEpoch: Sendable {
    package typealias Instant = ContinuousClock.Instant

    private var last: (client: Instant, server: UInt32)?

    package init() {}

    /// - Returns: whether the gateway still knows what it knew at the last answer; `true` for the first.
    package mutating func note(_ epoch: UInt32, at now: Instant) -> Bool {
        defer { last = (now, epoch) }
        guard let last else { return true }
        // "If the current PCP server Epoch time is less than the previously received PCP server Epoch time by more than one
        // second", it is invalid; otherwise the two clocks may differ by a sixteenth and two seconds.
        guard Int64(epoch) + 1 >= Int64(last.server) else { return false }
        let client = (now - last.client).components.seconds
        let server = Int64(epoch) - Int64(last.server)
        return client + 2 >= server - server / 16 && server + 2 >= client - client / 16
    }
}

/// What a gateway says unasked to all on its network when it has begun anew. Source: RFC 6887, 14.1; RFC 6886, 3.2.1.
package struct GatewayAnnouncement: Hashable, Sendable {
    package enum Kind: Hashable, Sendable { case pcp, natPMP }

    package var kind: Kind
    /// In seconds, see ``GatewayEpoch``.
    package var epoch: UInt32

    /// Where clients hear it: at 224.0.0.1 and ff02::1.
    package static let port: UInt16 = 5350
    /// Where gateways speak from.
    package static let gatewayPort: UInt16 = 5351

    /// - Returns: `nil` for anything else.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count >= 12 else { return nil }
        switch (bytes[0], bytes[1]) {
        case (PCPRequest.version, 0x80):
            guard PCPRequest.headerLength...1100 ~= bytes.count, bytes.count.isMultiple(of: 4), bytes[3] == 0
            else { return nil }
            self.init(kind: .pcp, epoch: bytes.bigEndian(at: 8))
        case (0, 128):
            guard bytes.count == 12, bytes[2] == 0, bytes[3] == 0 else { return nil }
            self.init(kind: .natPMP, epoch: bytes.bigEndian(at: 4))
        default: return nil
        }
    }

    init(kind: Kind, epoch: UInt32) { (self.kind, self.epoch) = (kind, epoch) }
}
