// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardPrimitives

extension DHTNode {
    /// An answer stays below what passes any network in one packet.
    package static let answerByteCount = 1300
    static let peersPerAnswer = 50
    /// At most what `send` adds: the version, and the address of the asker.
    private static let addedByteCount = 40
    /// Of IPv4 and UDP, without which no datagram travels.
    static let headerByteCount = 28

    mutating func answer(
        _ query: KRPCQuery, _ transaction: [UInt8], byteCount: Int, from address: PeerAddress,
        at now: Instant, into actions: inout [DHTAction]
    ) {
        guard !configuration.isReadOnly, query.id != id else { return }
        guard guardian.admits(address, byteCount: byteCount + Self.headerByteCount, at: now) else {
            counters.queriesDropped += 1
            return
        }
        tokens.rotate(at: now, using: &chance)
        var body: KRPCMessage.Body
        do throws(KRPCError) {
            var response = try response(to: query, from: address, at: now)
            let length = KRPCMessage(transaction: transaction, body: .response(response)).encoded().count
            response.shorten(by: length + Self.addedByteCount - Self.answerByteCount)
            body = .response(response)
        } catch {
            body = .error(error)
        }
        let message = KRPCMessage(transaction: transaction, body: body)
        reply(message, to: address, at: now, into: &actions)
        if !query.isReadOnly {
            meet(NodeContact(id: query.id, address: address), at: now, into: &actions)
        }
    }

    /// Answers, within what may go to who is not known to hear us and to all together.
    mutating func reply(
        _ message: KRPCMessage, to address: PeerAddress, at now: Instant, into actions: inout [DHTAction]
    ) {
        let isProven = tables[DHTFamily(of: address)]?.hasHeard(from: address) ?? false
        // What `send` adds is in it.
        let byteCount = message.encoded().count + Self.headerByteCount + 32
        guard guardian.spend(byteCount, to: address, isProven: isProven, at: now) else {
            counters.queriesDropped += 1
            return
        }
        counters.responsesSent += 1
        send(message, to: address, at: now, into: &actions)
    }

    private mutating func response(
        to query: KRPCQuery, from address: PeerAddress, at now: Instant
    ) throws(KRPCError) -> KRPCResponse {
        var response = KRPCResponse(id: id)
        let wants = query.wants.isEmpty ? [DHTFamily(of: address)] : query.wants
        func nearest(to target: NodeID) -> [NodeContact] {
            DHTFamily.allCases.filter(wants.contains).flatMap { family in
                tables[family]?.nearest(to: target, limit: RoutingTable.bucketWidth, at: now) ?? []
            }.filter { $0.address != address }
        }
        switch query.method {
        case .ping: break
        case .findNode(let target): response.nodes = nearest(to: target)
        case .getPeers(let infoHash, let wantsScrape, let noSeeds):
            response.nodes = nearest(to: infoHash)
            response.token = tokens.token(for: address)
            if wantsScrape {
                let filters = peers.filters(of: infoHash)
                (response.seedFilter, response.peerFilter) = (filters.seeds, filters.peers)
            }
            response.peers = peers.peers(
                of: infoHash, family: DHTFamily(of: address), noSeeds: noSeeds,
                limit: wantsScrape ? Self.peersPerAnswer / 2 : Self.peersPerAnswer, using: &chance)
        case .announcePeer(let infoHash, let port, let token, let isSeed):
            guard tokens.isValid(token, from: address) else { throw .badToken }
            let peer = address.with(port: port ?? address.port)
            guard peer.isReachable else { throw .malformed }
            guard peers.announce(peer, of: infoHash, isSeed: isSeed, at: now) else { throw .generic }
        case .get(let target, let sequence):
            response.nodes = nearest(to: target)
            response.token = tokens.token(for: address)
            switch items[target] {
            case .immutable(let value): response.value = value
            case .mutable(let item):
                response.sequence = item.sequence
                // Source: BEP 44: what is not newer than the asker's is not sent.
                if sequence.map({ item.sequence > $0 }) ?? true {
                    response.value = item.value
                    response.publicKey = item.publicKey
                    response.signature = item.signature
                }
            case nil: break
            }
        case .put(let arguments, let token, let compareAndSwap):
            guard tokens.isValid(token, from: address) else { throw .badToken }
            try items.put(try arguments.item(), compareAndSwap: compareAndSwap, near: id, at: now)
        case .sampleInfoHashes(let target):
            response.nodes = nearest(to: target)
            response.samples = peers.sample(using: &chance)
            response.sampleInterval = PeerStore.sampleInterval
            response.sampleCount = peers.torrentCount
        case .unknown(_, let target):
            guard let target else { throw .unknownMethod }
            response.nodes = nearest(to: target)
        }
        return response
    }

    /// One who asks exists, perhaps; if the table could use it, it is asked in turn.
    private mutating func meet(_ contact: NodeContact, at now: Instant, into actions: inout [DHTAction]) {
        let family = DHTFamily(of: contact.address)
        tables[family]?.asked(contact, at: now)
        guard let table = tables[family], table.wants(contact),
            transactions.count < configuration.outstandingLimit / 2,
            !transactions.contains(contact.address)
        else { return }
        ask(.ping, contact.address, id: contact.id, purpose: .ping, at: now, into: &actions)
    }
}
