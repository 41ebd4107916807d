// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardPrimitives

/// The nodes of one family that we know, many near to us and few far away. Source: BEP 5, "Routing Table".
///
/// Bucket n holds nodes that share exactly n leading bits with us. The first buckets are wider than eight, so that a
/// lookup begins nearer to its target and takes fewer rounds. A node comes in only once it has answered, so that nobody
/// fills the table with names that do not exist; one node per address, one per network and bucket, a quarter
/// of a bucket per wide network, and of two that could have a place the one whose name fits its address (BEP 42).
package struct RoutingTable: Sendable {
    package typealias Instant = ContinuousClock.Instant

    struct Node: Hashable, Sendable {
        var contact: NodeContact
        /// When it last answered or asked us.
        var lastSeen: Instant
        /// Queries in a row that it left unanswered.
        var failures = 0
        var fits: Bool

        /// Source: BEP 5: answered, and heard of within the last fifteen minutes.
        func isGood(at now: Instant) -> Bool { failures == 0 && now - lastSeen < RoutingTable.freshness }
        var isBad: Bool { failures >= 2 }
    }

    struct Bucket: Sendable {
        var nodes: [Node] = []
        /// Nodes that answered when there was no room, newest last.
        var spares: [Node] = []
        var refreshed: Instant
    }

    package static let freshness = Duration.seconds(900)
    static let bucketWidth = 8, spareCount = 8
    /// Of one network in one bucket.
    static let networkLimit = 1

    /// Of our own name: a node that shares this many bits is as near as any can be on a network of the size we meet.
    private static let bucketCount = NodeID.bitCount
    package let own: NodeID
    private(set) var buckets: [Int: Bucket] = [:]
    private var ids: [PeerAddress: NodeID] = [:]

    package init(own: NodeID) { self.own = own }

    package var count: Int { buckets.values.reduce(0) { $0 + $1.nodes.count } }
    package var spareCount: Int { buckets.values.reduce(0) { $0 + $1.spares.count } }

    package func goodCount(at now: Instant) -> Int {
        buckets.values.reduce(0) { $0 + $1.nodes.count { $0.isGood(at: now) } }
    }

    static func width(ofBucket index: Int) -> Int { max(bucketWidth, 128 >> min(index, 8)) }

    private func bucketIndex(of id: NodeID) -> Int { min(own.sharedBits(with: id), Self.bucketCount - 1) }

    /// A node answered us, so it exists and is at its address.
    ///
    /// - Returns: A node to ping, whose place the newcomer waits for.
    package mutating func answered(_ contact: NodeContact, at now: Instant) -> NodeContact? {
        guard contact.id != own, contact.address.isReachable else { return nil }
        let key = contact.address.isLoopback ? contact.address : contact.address.host
        if let known = ids[key], known != contact.id {
            // One address, one name: it must lose the old one before it gets a new one.
            remove(id: known)
            return nil
        }
        let index = bucketIndex(of: contact.id)
        var bucket = buckets[index] ?? Bucket(refreshed: now)
        defer { buckets[index] = bucket }
        let node = Node(contact: contact, lastSeen: now, fits: contact.id.fits(contact.address))
        if let place = bucket.nodes.firstIndex(where: { $0.contact.id == contact.id }) {
            // The name is taken by another address: whoever had it first keeps it while it answers.
            guard bucket.nodes[place].contact.address == contact.address || bucket.nodes[place].isBad else {
                return nil
            }
            ids[key] = contact.id
            bucket.nodes[place] = node
            return nil
        }
        if let crowd = Self.crowd(round: contact.address, in: bucket, index) {
            guard
                let place = crowd.first(where: {
                    bucket.nodes[$0].isBad || node.fits && !bucket.nodes[$0].fits
                })
            else { return nil }
            ids[Self.key(bucket.nodes[place].contact.address)] = nil
            bucket.nodes[place] = node
            ids[key] = contact.id
            return nil
        }
        if bucket.nodes.count < Self.width(ofBucket: index) {
            bucket.nodes.append(node)
            ids[key] = contact.id
            return nil
        }
        if let place = bucket.nodes.firstIndex(where: \.isBad)
            ?? (node.fits ? bucket.nodes.firstIndex { !$0.fits } : nil)
        {
            ids[Self.key(bucket.nodes[place].contact.address)] = nil
            bucket.nodes[place] = node
            ids[key] = contact.id
            return nil
        }
        bucket.spares.removeAll { $0.contact.id == contact.id || $0.contact.address == contact.address }
        if bucket.spares.count == Self.spareCount { bucket.spares.removeFirst() }
        bucket.spares.append(node)
        return bucket.nodes.filter { !$0.isGood(at: now) }.min { $0.lastSeen < $1.lastSeen }?.contact
    }

    /// The places of those in a bucket that share a network with an address, where no more of it may come in.
    private static func crowd(round address: PeerAddress, in bucket: Bucket, _ index: Int) -> [Int]? {
        guard !address.isLocal else { return nil }
        func places(_ limit: Int, _ network: (PeerAddress) -> [UInt8]) -> [Int]? {
            let own = network(address)
            let places = bucket.nodes.indices.filter { network(bucket.nodes[$0].contact.address) == own }
            return places.count < limit ? nil : places
        }
        return places(networkLimit, \.network) ?? places(width(ofBucket: index) / 4, \.wideNetwork)
    }

    /// Whether a node at that very address is in it, which means that it has answered us.
    func hasHeard(from address: PeerAddress) -> Bool {
        guard let id = ids[Self.key(address)] else { return false }
        return buckets[bucketIndex(of: id)]?.nodes.contains { $0.contact.address == address } ?? false
    }

    private static func key(_ address: PeerAddress) -> PeerAddress {
        address.isLoopback ? address : address.host
    }

    /// A node that we know asked us something: it lives.
    package mutating func asked(_ contact: NodeContact, at now: Instant) {
        let index = bucketIndex(of: contact.id)
        guard let place = buckets[index]?.nodes.firstIndex(where: { $0.contact == contact }) else { return }
        buckets[index]?.nodes[place].lastSeen = now
    }

    /// A query to `contact` was left unanswered.
    package mutating func failed(_ contact: NodeContact) {
        let index = bucketIndex(of: contact.id)
        guard var bucket = buckets[index] else { return }
        bucket.spares.removeAll { $0.contact == contact }
        if let place = bucket.nodes.firstIndex(where: { $0.contact == contact }) {
            bucket.nodes[place].failures += 1
            let isBad = bucket.nodes[place].isBad
            if isBad && !bucket.spares.isEmpty || bucket.nodes[place].failures >= 5 {
                ids[Self.key(contact.address)] = nil
                bucket.nodes.remove(at: place)
                takeSpare(into: &bucket, index)
            }
        }
        buckets[index] = bucket
    }

    private mutating func remove(id: NodeID) {
        let index = bucketIndex(of: id)
        guard let place = buckets[index]?.nodes.firstIndex(where: { $0.contact.id == id }) else { return }
        if let gone = buckets[index]?.nodes.remove(at: place) { ids[Self.key(gone.contact.address)] = nil }
        if var bucket = buckets[index] {
            takeSpare(into: &bucket, index)
            buckets[index] = bucket
        }
    }

    /// The newest spare whose network is not too many takes a place that became free.
    private mutating func takeSpare(into bucket: inout Bucket, _ index: Int) {
        let fits = bucket.spares.lastIndex { Self.crowd(round: $0.contact.address, in: bucket, index) == nil }
        guard let fits else { return }
        let spare = bucket.spares.remove(at: fits)
        bucket.nodes.append(spare)
        ids[Self.key(spare.contact.address)] = spare.contact.id
    }

    /// The nodes nearest to `target`, nearest first, bad ones never; those whose names do not fit their addresses come after
    /// all others, as they may have chosen to be near (BEP 42).
    package func nearest(to target: NodeID, limit: Int, at now: Instant, onlyGood: Bool = false)
        -> [NodeContact]
    {
        let nodes = buckets.values.flatMap(\.nodes).filter { !$0.isBad && (!onlyGood || $0.isGood(at: now)) }
        return nodes.map { ($0.contact, $0.contact.id.distance(to: target), $0.fits) }
            .sorted { $0.2 == $1.2 ? $0.1 < $1.1 : $0.2 }.prefix(limit).map(\.0)
    }

    /// A place to look up next, so that no bucket grows stale; `nil` while all are fresh.
    ///
    /// Buckets beyond the deepest that has nodes are empty for good reason and are left.
    package mutating func bucketToRefresh(at now: Instant, using random: inout some RandomNumberGenerator)
        -> NodeID?
    {
        guard let deepest = buckets.filter({ !$0.value.nodes.isEmpty }).keys.max() else { return nil }
        for index in 0...deepest {
            let refreshed = buckets[index]?.refreshed
            guard refreshed.map({ now - $0 >= Self.freshness }) ?? true else { continue }
            buckets[index, default: Bucket(refreshed: now)].refreshed = now
            return own.neighbour(sharing: index, using: &random)
        }
        return nil
    }

    /// When bucketToRefresh(at:using:) next has something to say.
    package var refreshDeadline: Instant? { buckets.values.map { $0.refreshed + Self.freshness }.min() }

    /// The nodes worth keeping across runs, those that were seen last first.
    package func saved(limit: Int) -> [NodeContact] {
        buckets.values.flatMap(\.nodes).filter { !$0.isBad }.sorted { $0.lastSeen > $1.lastSeen }
            .prefix(limit).map(\.contact)
    }
}
