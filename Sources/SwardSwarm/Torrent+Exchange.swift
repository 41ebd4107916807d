// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import NIOCore
internal import SwardPrimitives
internal import SwardWire

/// What has passed between us and one peer about others.
struct ExchangeState: Sendable {
    /// The number under which it takes `ut_pex`; 0 for not at all.
    var theirID: UInt8
    /// Whom we have told it of, and not yet taken back.
    var told: Set<PeerAddress> = []
    /// Milliseconds of the torrent's clock.
    var nextSending: Int
    /// Messages it may still send, and since when.
    var credit = 3
    var creditedAt: Int
    /// Addresses it has named in all.
    var named = 0
    var ignored = 0
}

/// Peers told of each other. Source: BEP 11.
///
/// Only what is admitted is spoken of, and nothing that is private. What others say is hearsay: capped per message, per
/// peer and in the book, never nearer to us than who says it, and a bad message is passed over.
extension Torrent {
    private static let interval = 60_000
    private static let maximumTold = 100
    private static let maximumNamed = 500
    private static let maximumIgnored = 50

    mutating func setExchange(_ id: UInt8, of slot: Int) {
        guard configuration.exchangesPeers else { return }
        if connections[slot].exchange == nil {
            connections[slot].exchange = ExchangeState(theirID: id, nextSending: time, creditedAt: time)
        } else {
            connections[slot].exchange?.theirID = id
        }
    }

    // MARK: Telling

    var mayTell: Bool {
        configuration.exchangesPeers && gate.upload && content.map { !$0.isPrivate } ?? false
    }

    mutating func exchangePeers(_ actions: inout ActionQueue) {
        guard mayTell else { return }
        for slot in connections.indices where connections[slot].isOpen { exchange(with: slot, &actions) }
    }

    /// Tells a peer what has changed, if that is due.
    mutating func exchange(with slot: Int, _ actions: inout ActionQueue) {
        guard mayTell, let state = connections[slot].exchange, state.theirID != 0, state.nextSending <= time
        else { return }
        let recipient = connections[slot].address
        var present: Set<PeerAddress> = []
        var added: [PeerExchange.Contact] = []
        for other in connections.indices where other != slot && connections[other].isOpen {
            guard let contact = contact(of: other), contact.address.isPlausible(from: recipient) else {
                continue
            }
            present.insert(contact.address)
            if added.count < PeerExchange.maximumSent, state.told.count + added.count < Self.maximumTold,
                !state.told.contains(contact.address), contact.address != recipient
            {
                added.append(contact)
            }
        }
        // In order, so that one seed gives one run.
        let gone = state.told.subtracting(present).sorted().prefix(PeerExchange.maximumSent)
        guard !added.isEmpty || !gone.isEmpty else { return }
        connections[slot].exchange?.told.formUnion(added.map(\.address))
        connections[slot].exchange?.told.subtract(gone)
        let next = time + Self.interval
        connections[slot].exchange?.nextSending = next
        let message = PeerExchange(added: added, dropped: Array(gone))
        send(.extended(id: state.theirID, message.payload()), to: slot, &actions)
    }

    /// Where a peer can be reached, if that is known.
    private func contact(of slot: Int) -> PeerExchange.Contact? {
        let connection = connections[slot]
        let entry = book[connection.alias ?? connection.peer]
        let meets = takesPart(slot)
        // Of who can be met but perhaps not dialled: where its router lets its datagrams out.
        let isSeen = meets && connection.isUTP
        guard entry.isDialable || connection.isOutgoing || isSeen else { return nil }
        var flags: PeerExchange.Flags = []
        if connection.isUTP { flags.insert(.speaksUTP) }
        if meets { flags.insert(.holepunches) }
        if connection.hasAll || connection.isUploadOnly { flags.insert(.isSeed) }
        if connection.isOutgoing { flags.insert(.isReachable) }
        return PeerExchange.Contact(isSeen ? connection.address : entry.address, flags: flags)
    }

    // MARK: Hearing

    mutating func receivedExchange(_ slot: Int, _ payload: ByteBuffer, _ actions: inout ActionQueue) {
        guard configuration.exchangesPeers, content?.isPrivate != true else { return }
        if connections[slot].exchange == nil { setExchange(0, of: slot) }
        guard var state = connections[slot].exchange else { return }
        let message = admit(payload, &state)
        connections[slot].exchange = state
        guard let message else {
            if state.ignored > Self.maximumIgnored { close(slot, .flood, &actions) }
            return
        }
        let source = connections[slot].address
        var hosts: Set<PeerAddress> = []
        var found: [PeerAddress] = []
        for contact in message.added where state.named < Self.maximumNamed {
            let address = contact.address
            // "Duplicate IP addresses (e.g. with different ports) should be ignored."
            guard address.isPlausible(from: source), address.isLoopback || hosts.insert(address.host).inserted
            else { continue }
            // Two that have all have nothing to say to each other.
            if isDone, contact.flags.contains(.isSeed) { continue }
            state.named += 1
            found.append(address)
            if contact.flags.contains(.holepunches) {
                noteMeetable(address, isReachable: contact.flags.contains(.isReachable), by: slot)
            }
        }
        connections[slot].exchange?.named = state.named
        peersFound(found, source: .exchange, at: now, into: &actions)
    }

    /// - Returns: `nil` for what is bad, or comes too often.
    private func admit(_ payload: ByteBuffer, _ state: inout ExchangeState) -> PeerExchange? {
        let earned = (time - state.creditedAt) / (Self.interval / 2)
        if earned > 0 {
            state.credit = min(3, state.credit + earned)
            state.creditedAt = time
        }
        guard state.credit > 0, let message = try? PeerExchange(reading: payload, id: Self.exchangeID) else {
            state.ignored += 1
            return nil
        }
        state.credit -= 1
        return message
    }

    /// The metadata says that the torrent is private: peers not named by its trackers or by a person are let go.
    mutating func forgetUnfit(_ actions: inout ActionQueue) {
        for slot in connections.indices where connections[slot].isOpen {
            let entry = book[connections[slot].peer]
            if !entry.source.isFitForPrivate { close(slot, .unfit, &actions) }
        }
        book.forgetUnfit()
    }
}
