// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardPrimitives

/// Who announced which torrent to us. One entry for each address of a torrent; half an hour each.
///
/// - Source: BEP 5, "announce_peer"; BEP 33 for unique addresses and seeds; BEP 51 for samples.
package struct PeerStore: Sendable {
    package typealias Instant = ContinuousClock.Instant

    private struct Entry: Sendable {
        var address: PeerAddress
        var isSeed: Bool
        var announced: Instant
    }

    package static let lifetime = Duration.seconds(1800)
    static let torrentLimit = 2000, peerLimit = 1000
    /// Of BEP 51; torrents of one datagram.
    static let sampleLimit = 20, sampleInterval = 600

    /// By host, or by the whole address on loopback, where many peers share one.
    private var torrents: [NodeID: [PeerAddress: Entry]] = [:]

    package init() {}

    package var torrentCount: Int { torrents.count }
    package var peerCount: Int { torrents.values.reduce(0) { $0 + $1.count } }

    /// - Returns: Whether there was room.
    package mutating func announce(_ address: PeerAddress, of torrent: NodeID, isSeed: Bool, at now: Instant)
        -> Bool
    {
        let key = address.isLoopback ? address : address.host
        if torrents[torrent] == nil, torrents.count >= Self.torrentLimit { return false }
        if let count = torrents[torrent]?.count, count >= Self.peerLimit, torrents[torrent]?[key] == nil {
            return false
        }
        torrents[torrent, default: [:]][key] = Entry(address: address, isSeed: isSeed, announced: now)
        return true
    }

    /// Chosen at random from those of `family`.
    package func peers(
        of torrent: NodeID, family: DHTFamily, noSeeds: Bool, limit: Int,
        using random: inout some RandomNumberGenerator
    ) -> [PeerAddress] {
        guard let entries = torrents[torrent] else { return [] }
        // Sorted first: the order of a dictionary is not ours to choose, and a run must be repeatable.
        let fitting = entries.values.filter { DHTFamily(of: $0.address) == family && !(noSeeds && $0.isSeed) }
            .map(\.address).sorted()
        return fitting.count <= limit ? fitting : Array(fitting.shuffled(using: &random).prefix(limit))
    }

    package func filters(of torrent: NodeID) -> (seeds: ScrapeFilter, peers: ScrapeFilter) {
        var filters = (seeds: ScrapeFilter(), peers: ScrapeFilter())
        for entry in (torrents[torrent] ?? [:]).values {
            if entry.isSeed {
                filters.seeds.insert(entry.address)
            } else {
                filters.peers.insert(entry.address)
            }
        }
        return filters
    }

    package func sample(using random: inout some RandomNumberGenerator) -> [NodeID] {
        Array(torrents.keys.sorted().shuffled(using: &random).prefix(Self.sampleLimit))
    }

    package mutating func expire(at now: Instant) {
        for (torrent, entries) in torrents {
            let fresh = entries.filter { now - $0.value.announced < Self.lifetime }
            torrents[torrent] = fresh.isEmpty ? nil : fresh
        }
    }
}
