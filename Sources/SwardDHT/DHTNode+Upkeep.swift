// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardPrimitives

extension DHTNode {
    /// How often the stores and tables are looked after.
    private static let upkeepInterval = Duration.seconds(5)
    private static let bootstrapPatience = (first: Duration.seconds(5), last: Duration.seconds(300))

    mutating func keepUp(at now: Instant, into actions: inout [DHTAction]) {
        upkeep = now + Self.upkeepInterval
        tokens.rotate(at: now, using: &chance)
        peers.expire(at: now)
        items.expire(at: now)
        for family in DHTFamily.allCases {
            guard let table = tables[family] else { continue }
            if table.count == 0 {
                let due = bootstrapped[family].map { $0 + (bootstrapDelay[family] ?? .zero) }
                if due.map({ $0 <= now }) ?? true { bootstrap(family, at: now, into: &actions) }
                continue
            }
            bootstrapDelay[family] = nil
            if let target = tables[family]?.bucketToRefresh(at: now, using: &chance) {
                begin(.nodes(target), families: [family], at: now, into: &actions)
            }
        }
    }

    /// Asks the configured nodes; waits longer after each try that leaves the table empty.
    @discardableResult
    mutating func bootstrap(
        _ family: DHTFamily, saved: [NodeContact] = [], at now: Instant, into actions: inout [DHTAction]
    ) -> DHTOperationID {
        bootstrapped[family] = now
        let delay = bootstrapDelay[family].map { $0 * 2 } ?? Self.bootstrapPatience.first
        bootstrapDelay[family] = min(delay, Self.bootstrapPatience.last)
        return begin(
            .nodes(id), families: [family], seeds: saved,
            addresses: configuration.bootstrap.filter(\.isReachable),
            at: now, into: &actions)
    }

    /// Counts a voice on where we are; when enough agree and our name does not fit, takes one that does.
    mutating func vote(
        _ external: PeerAddress?, from voter: PeerAddress, at now: Instant, into actions: inout [DHTAction]
    ) {
        guard let external, !external.isLocal, DHTFamily(of: external) == DHTFamily(of: voter) else { return }
        let family = DHTFamily(of: external)
        guard let winner = votes[family, default: AddressVote()].add(external, from: voter), !id.fits(winner),
            // One name serves both families; IPv4, which more nodes check, decides.
            family == .ipv4 || votes[.ipv4]?.winner == nil
        else { return }
        id = NodeID(fitting: winner, using: &chance)
        for (family, old) in tables {
            var table = RoutingTable(own: id)
            for contact in old.saved(limit: .max).reversed() { _ = table.answered(contact, at: now) }
            tables[family] = table
            begin(.nodes(id), families: [family], at: now, into: &actions)
        }
    }
}

extension RoutingTable {
    /// Whether there may be a place for a node that is not in yet.
    func wants(_ contact: NodeContact) -> Bool {
        let index = min(own.sharedBits(with: contact.id), NodeID.bitCount - 1)
        guard contact.id != own else { return false }
        guard let bucket = buckets[index] else { return true }
        return bucket.nodes.count < Self.width(ofBucket: index)
            && !bucket.nodes.contains { $0.contact.id == contact.id || $0.contact.address == contact.address }
    }
}

extension ScrapeFilter {
    func union(_ other: ScrapeFilter) -> ScrapeFilter {
        var result = self
        result.formUnion(other)
        return result
    }
}
