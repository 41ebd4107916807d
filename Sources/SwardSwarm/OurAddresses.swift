// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardPrimitives

/// What others say our addresses are, one per family.
///
/// One peer alone is not believed: it could choose our rank towards others (BEP 40) by what it tells us.
package struct OurAddresses: Sendable {
    private struct Vote: Sendable {
        var address: PeerAddress
        var voter: PeerAddress
    }

    private static let maximumVotes = 8

    private var votes: [Vote] = []
    package private(set) var four: PeerAddress?
    package private(set) var six: PeerAddress?
    /// Where we listen.
    var port: UInt16 = 0

    package init() {}

    /// - Parameters:
    ///   - ip: four bytes or sixteen.
    ///   - voter: who says so; hosts count once.
    mutating func learn(_ ip: [UInt8], from voter: PeerAddress) {
        guard let address = PeerAddress(ip: ip, port: 0), address.scope == .global else { return }
        if (address.isIPv4 ? four : six) == address { return }
        let host = voter.host
        if votes.contains(where: { $0.address == address && $0.voter != host }) {
            settle(address)
            return
        }
        votes.removeAll { $0.voter == host }
        votes.append(Vote(address: address, voter: host))
        if votes.count > Self.maximumVotes { votes.removeFirst() }
    }

    /// From a source that is believed by itself, such as a tracker.
    mutating func settle(_ address: PeerAddress) {
        guard address.scope == .global else { return }
        if address.isIPv4 { four = address.host } else { six = address.host }
        votes.removeAll { $0.address.isIPv4 == address.isIPv4 }
    }

    /// The rank of a peer; 0 while we do not know who we are.
    func rank(_ peer: PeerAddress) -> UInt32 {
        guard let ours = peer.isIPv4 ? four : six else { return 0 }
        return CanonicalPriority.rank(ours.with(port: port), peer)
    }
}

extension Torrent {
    /// A tracker, or whoever else may be believed, has told our address.
    package mutating func learnedOurAddress(_ address: PeerAddress) { ourAddresses.settle(address) }

    /// A peer comes while all places are taken: the one with the lowest rank makes room, unless that is the newcomer.
    ///
    /// Peers that we trade with, or that a person named, stay.
    mutating func makeRoom(for peer: PeerArrival, _ actions: inout ActionQueue) throws(CloseReason) {
        let rank = ourAddresses.rank(peer.address)
        guard rank > 0 else { throw .tooManyConnections }
        var lowest: (slot: Int, rank: UInt32)?
        for slot in connections.indices where connections[slot].isOpen {
            let isTrading = !connections[slot].weChoke || connections[slot].down.rate(at: time) > 0
            if isTrading || book[connections[slot].peer].isFavoured { continue }
            let rank = ourAddresses.rank(connections[slot].address)
            if lowest.map({ rank < $0.rank }) ?? true { lowest = (slot, rank) }
        }
        guard let lowest, lowest.rank < rank else { throw .tooManyConnections }
        close(lowest.slot, .tooManyConnections, &actions)
    }
}
