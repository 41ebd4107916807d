// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import NIOCore
internal import SwardPrimitives
internal import SwardWire

/// What has passed between us and one peer about meeting others.
struct HolepunchState: Sendable {
    /// The number under which it takes `ut_holepunch`; 0 for not at all.
    var theirID: UInt8 = 0
    /// Whom it has told us of that can be met by it, and whether it has dialled them itself.
    var meetable: [PeerAddress: Bool] = [:]
    /// Whom we asked it for.
    var asked: Set<PeerAddress> = []
    /// How often it may have us bring it together with others, others with it, and us with others unasked.
    var relays: TokenBucket
    var visits: TokenBucket
    var calls: TokenBucket

    init(at time: Int) {
        relays = TokenBucket(capacity: 10, perSecond: 1, at: time)
        visits = TokenBucket(capacity: 20, perSecond: 2, at: time)
        calls = TokenBucket(capacity: 4, perSecond: 1, at: time)
    }
}

/// Peers behind routers that let nobody in, met by way of a peer that both are connected to. Source: BEP 55.
///
/// Whoever is asked to bring two together could have one of them knock at a stranger's door. So we bring together only
/// peers that both are connected to us and take part, only so often, and name to each only where we see the other; and
/// we knock, unasked, only so often, and never nearer to us than who asks it.
extension Torrent {
    private static let maximumMeetable = 200
    private static let maximumAsked = 50
    /// In milliseconds: from asking for a meeting until the peer is dialled without one.
    private static let meetingPatience = 5000

    /// Whether we take part: over uTP alone can two dial each other at once, and private torrents know no hearsay.
    var holepunches: Bool {
        configuration.exchangesPeers && configuration.reach.dialsUTP && content?.isPrivate != true
    }

    mutating func setHolepunch(_ id: UInt8, of slot: Int) {
        let fresh = HolepunchState(at: time)
        meetings[slot, default: fresh].theirID = id
    }

    func takesPart(_ slot: Int) -> Bool {
        meetings[slot].map { $0.theirID != 0 } ?? false
    }

    private mutating func say(
        _ kind: HolepunchMessage.Kind, _ peer: PeerAddress, to slot: Int, _ actions: inout ActionQueue
    ) {
        guard let id = meetings[slot]?.theirID, id != 0 else { return }
        send(.extended(id: id, HolepunchMessage(kind, peer).payload()), to: slot, &actions)
    }

    // MARK: Asking

    /// A peer names another that takes part.
    mutating func noteMeetable(_ address: PeerAddress, isReachable: Bool, by slot: Int) {
        guard holepunches, takesPart(slot),
            meetings[slot].map({ $0.meetable.count < Self.maximumMeetable }) ?? false
        else { return }
        meetings[slot]?.meetable[address] = isReachable
    }

    /// Before a peer is dialled: if it may be behind a router and somebody knows both of us, a meeting is asked for.
    ///
    /// - Returns: whether it was; then dialling waits.
    mutating func askToMeet(_ index: Int, _ actions: inout ActionQueue) -> Bool {
        let entry = book[index]
        guard holepunches, entry.source == .exchange, !entry.hasAskedToMeet else { return false }
        let introducer = connections.indices.first { slot in
            guard connections[slot].isOpen, takesPart(slot), let state = meetings[slot],
                state.asked.count < Self.maximumAsked, let isReachable = state.meetable[entry.address]
            else { return false }
            return !isReachable || entry.failures > 0
        }
        guard let introducer else { return false }
        meetings[introducer]?.asked.insert(entry.address)
        book.askedToMeet(index, dialAt: time + Self.meetingPatience)
        say(.rendezvous, entry.address, to: introducer, &actions)
        return true
    }

    // MARK: Hearing

    /// What is bad is passed over, and too much of it ends the connection.
    mutating func receivedHolepunch(_ slot: Int, _ payload: ByteBuffer, _ actions: inout ActionQueue) {
        // "The relaying peer MUST ignore any incoming ut_holepunch messages silently" of who does not take part.
        guard holepunches, takesPart(slot) else { return }
        guard let message = try? HolepunchMessage(reading: payload, id: Self.holepunchID) else {
            return overdid(slot, &actions)
        }
        switch message.kind {
        case .rendezvous: bringTogether(slot, message.peer, &actions)
        case .connect: called(slot, message.peer, &actions)
        case .error:
            meetings[slot]?.asked.remove(message.peer)
            meetings[slot]?.meetable[message.peer] = nil
        }
    }

    private mutating func overdid(_ slot: Int, _ actions: inout ActionQueue) {
        connections[slot].overspending += 1
        if connections[slot].overspending > Self.maximumRefusedRequests { close(slot, .flood, &actions) }
    }

    /// A peer wants to meet another.
    private mutating func bringTogether(_ slot: Int, _ wanted: PeerAddress, _ actions: inout ActionQueue) {
        let time = time
        guard meetings[slot]?.relays.take(1, at: time) == true else {
            return overdid(slot, &actions)
        }
        guard wanted.port != 0, wanted.scope != .none, !isAt(wanted, slot) else {
            return say(.error(.noSuchPeer), wanted, to: slot, &actions)
        }
        guard !isOurs(wanted) else {
            return say(.error(.noSelf), wanted, to: slot, &actions)
        }
        // Of what may not be shared nobody is told who else is here.
        guard mayTell,
            let other = connections.indices.first(where: { connections[$0].isOpen && isAt(wanted, $0) })
        else { return say(.error(.notConnected), wanted, to: slot, &actions) }
        guard takesPart(other) else { return say(.error(.noSupport), wanted, to: slot, &actions) }
        guard let here = door(of: slot), let there = door(of: other), here.isIPv4 == there.isIPv4,
            here.isPlausible(from: connections[other].address),
            there.isPlausible(from: connections[slot].address)
        else { return say(.error(.noSuchPeer), wanted, to: slot, &actions) }
        guard meetings[other]?.visits.take(1, at: time) == true else { return }
        say(.connect, there, to: slot, &actions)
        say(.connect, here, to: other, &actions)
    }

    private func isAt(_ address: PeerAddress, _ slot: Int) -> Bool {
        let connection = connections[slot]
        if connection.address == address { return true }
        let entry = book[connection.alias ?? connection.peer]
        return entry.isDialable && entry.address == address
    }

    /// Where datagrams reach a peer, as far as can be known.
    private func door(of slot: Int) -> PeerAddress? {
        let connection = connections[slot]
        if connection.isUTP || connection.isOutgoing { return connection.address }
        let entry = book[connection.alias ?? connection.peer]
        return entry.isDialable ? entry.address : nil
    }

    /// Whether that is where we listen, as far as we know.
    private func isOurs(_ address: PeerAddress) -> Bool {
        address.port == configuration.listenPort
            && (address.isIPv4 ? ourAddresses.four : ourAddresses.six) == address.host
    }

    /// A peer says that another dials us, and that we are to dial it.
    private mutating func called(_ slot: Int, _ peer: PeerAddress, _ actions: inout ActionQueue) {
        let time = time
        // Its router may show another port than we knew it by.
        let asked = meetings[slot]?.asked.first { $0.host == peer.host }
        if let asked {
            meetings[slot]?.asked.remove(asked)
        } else {
            guard meetings[slot]?.calls.take(1, at: time) == true else {
                return overdid(slot, &actions)
            }
        }
        guard configuration.dials, !isStopped, wantsPeers, peer.isPlausible(from: connections[slot].address),
            !configuration.filter.contains(peer), !isOurs(peer),
            book.connectingCount < configuration.maximumHalfOpen,
            connectionCount + book.connectingCount < configuration.maximumConnections,
            !connections.indices.contains(where: { connections[$0].isOpen && isAt(peer, $0) })
        else { return }
        let ways = configuration.reach.ways(to: peer)
        guard let way = ways.firstIndex(where: { $0.transport == .utp }),
            let index = book.meet(peer, way: way, at: time)
        else { return }
        forgetEvicted()
        connect(index, by: ways[way], &actions)
    }
}
