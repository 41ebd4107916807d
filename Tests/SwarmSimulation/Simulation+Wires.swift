// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import SwardPrimitives
import SwardSwarm
import SwardWire

/// Connections: how they come to be, what they carry, how they end.
extension Simulation {
    func performOnWire(_ event: Event) throws {
        switch event {
        case .syn(let wire, let handshake): try accept(wire, handshake)
        case .ack(let wire, let handshake): try establish(wire, handshake)
        case .refused(let wire):
            mix(5, time, wire)
            wires[wire].isOpen = false
            let end = wires[wire].ends[0]
            guard let peer = living(end.peer, end.life) else { return }
            peer.core?.connectFailed(
                peers[wires[wire].ends[1].peer].address, at: now, into: &peer.actions)
            try drain(peer)
        case .nobody(let wire, let address):
            wires[wire].isOpen = false
            let end = wires[wire].ends[0]
            guard let peer = living(end.peer, end.life) else { return }
            mix(18, time, wire)
            peer.core?.connectFailed(address, at: now, into: &peer.actions)
            try drain(peer)
        case .left(let wire, let from, let parcel, let payload):
            try left(wire, from, parcel, payload)
        case .arrived(let wire, let to, let parcel): try arrived(wire, to, parcel)
        case .read(let wire, let to, let parcel): try read(wire, to, parcel)
        case .broken(let wire):
            guard wires[wire].isOpen else { return }
            mix(7, time, wire)
            if oneIn(conditions.deadOdds) { wires[wire].isDead = true } else { breakWire(wire) }
        case .closed(let wire, let to): try closed(wire, to)
        default: try performOnDisk(event)
        }
    }

    // MARK: Coming to be

    func dial(_ peer: SimulatedPeer, _ address: PeerAddress, _ handshake: Handshake, _ way: DialWay) {
        let isUTP = way.transport == .utp
        let target = numbers[address].map { peers[$0] }
        var handshake = handshake
        if !peer.role.isFast { handshake.features.remove(.fast) }
        let listener = target ?? peer
        wires.append(
            Wire(
                latency: pick(conditions.latency), isUTP: isUTP,
                ends: Wire.Ends(
                    Wire.End(peer: peer.number, life: peer.life),
                    Wire.End(peer: listener.number, life: listener.life))))
        let wire = wires.count - 1
        if isUTP, let target { peer.doors[target.number] = time }
        if let target, target.isRunning, isUTP ? target.role.speaksUTP : target.role.isReachable {
            events.push(.syn(wire: wire, handshake), at: time + wires[wire].latency)
        } else if target?.role.isReachable ?? false {
            events.push(.refused(wire: wire), at: time + 2 * wires[wire].latency)
        } else {
            // Nobody there, or behind a NAT that swallows it: the dial times out.
            events.push(.nobody(wire: wire, address), at: time + 10_000_000)
        }
    }

    /// In microseconds: how long a NAT lets in whom its host has sent datagrams, and after what time an opening that was
    /// swallowed is sent again, twice at most.
    private static let doorTime = 60_000_000, repetition = 1_000_000

    private func isLetIn(_ wire: Int) -> Bool {
        let peer = peers[wires[wire].ends[1].peer]
        if peer.role.isReachable { return true }
        guard wires[wire].isUTP, let opened = peer.doors[wires[wire].ends[0].peer] else { return false }
        return time - opened < Self.doorTime
    }

    private func accept(_ wire: Int, _ handshake: Handshake) throws {
        let end = wires[wire].ends[1]
        let back = time + wires[wire].latency
        guard isLetIn(wire) else {
            wires[wire].swallowed += 1
            guard wires[wire].swallowed > 2 else {
                return events.push(.syn(wire: wire, handshake), at: time + Self.repetition)
            }
            return events.push(.nobody(wire: wire, peers[end.peer].address), at: time + Self.repetition)
        }
        guard wires[wire].isOpen, let peer = living(end.peer, end.life),
            var reply = peer.core?.answer(to: handshake)
        else { return events.push(.refused(wire: wire), at: back) }
        mix(12, time, wire)
        if !peer.role.isFast { reply.features.remove(.fast) }
        let dialler = peers[wires[wire].ends[0].peer]
        // Datagrams come from where they go to.
        let port = wires[wire].isUTP ? dialler.address.port : UInt16(20_000 + wire % 40_000)
        var arrival = PeerArrival(
            address: dialler.address.with(port: port), isOutgoing: false,
            handshake: known(handshake, to: peer))
        arrival.isUTP = wires[wire].isUTP
        do {
            let id = try peer.core?.peerConnected(arrival, at: now, into: &peer.actions)
            open(wire, 1, id, handshake, of: peer)
            wires[wire].ends[1].lastArrival = back
            events.push(.ack(wire: wire, reply), at: back)
            if let range = conditions.breaksAfter {
                events.push(.broken(wire: wire), at: time + pick(range) * 1_000_000)
            }
        } catch {
            events.push(.refused(wire: wire), at: back)
        }
        try drain(peer)
    }

    private func establish(_ wire: Int, _ handshake: Handshake) throws {
        let end = wires[wire].ends[0]
        guard wires[wire].isOpen, let peer = living(end.peer, end.life) else { return }
        mix(13, time, wire)
        var arrival = PeerArrival(
            address: peers[wires[wire].ends[1].peer].address, isOutgoing: true,
            handshake: known(handshake, to: peer))
        arrival.isUTP = wires[wire].isUTP
        do {
            let id = try peer.core?.peerConnected(arrival, at: now, into: &peer.actions)
            open(wire, 0, id, handshake, of: peer)
        } catch {
            wires[wire].isOpen = false
            events.push(.closed(wire: wire, to: 1), at: time + wires[wire].latency)
        }
        try drain(peer)
    }

    /// Who does not speak the fast extension takes nobody to speak it.
    private func known(_ handshake: Handshake, to peer: SimulatedPeer) -> Handshake {
        var handshake = handshake
        if !peer.role.isFast { handshake.features.remove(.fast) }
        return handshake
    }

    private func open(
        _ wire: Int, _ end: Int, _ id: ConnectionID?, _ handshake: Handshake, of peer: SimulatedPeer
    ) {
        guard let id else { return }
        wires[wire].ends[end].id = id
        let isFast = handshake.features.contains(.fast) && peer.role.isFast
        peer.links[id.slot] = (id, SimulatedPeer.Link(wire: wire, end: end, isFast: isFast))
    }

    // MARK: Ending

    /// Both ends lose it now; what is under way is lost too.
    func breakWire(_ wire: Int) {
        close(wire)
        events.push(.closed(wire: wire, to: 0), at: time)
        events.push(.closed(wire: wire, to: 1), at: time)
    }

    /// What waits on it goes nowhere.
    private func close(_ wire: Int) {
        wires[wire].isOpen = false
        for end in 0...1 { wires[wire].ends[end].outgoing = ParcelQueue() }
    }

    private func closed(_ wire: Int, _ to: Int) throws {
        mix(14, time, wire)
        close(wire)
        let end = wires[wire].ends[to]
        guard let peer = living(end.peer, end.life) else { return }
        guard let id = end.id else {
            // The dial was under way.
            if to == 0 {
                peer.core?.connectFailed(
                    peers[wires[wire].ends[1].peer].address, at: now, into: &peer.actions)
                try drain(peer)
            }
            return
        }
        wires[wire].ends[to].id = nil
        guard peer.links[id.slot]?.id == id else { return }
        peer.links[id.slot] = nil
        peer.core?.peerDisconnected(id, error: nil, at: now, into: &peer.actions)
        try drain(peer)
    }

    // MARK: Carrying

    /// Puts a message behind those that wait on its connection.
    func transmit(_ message: PeerMessage, payload: Int, from peer: SimulatedPeer, _ id: ConnectionID) {
        guard let entry = peer.links[id.slot], entry.id == id else { return }
        let (wire, end) = (entry.link.wire, entry.link.end)
        let parcel: Parcel
        if isExact {
            var buffer = ByteBuffer()
            message.write(into: &buffer)
            parcel = .bytes(buffer)
        } else {
            parcel = .message(message, length: Self.length(of: message))
        }
        wires[wire].ends[end].outgoing.append((parcel, payload))
        guard !wires[wire].ends[end].isWaiting else { return }
        wires[wire].ends[end].isWaiting = true
        peer.waiting.append((wire, end))
        send(from: peer)
    }

    private static func length(of message: PeerMessage) -> Int {
        switch message {
        case .piece(_, _, let payload): 13 + payload.readableBytes
        case .bitfield(let bits): 5 + bits.readableBytes
        case .extended(_, let payload): 6 + payload.readableBytes
        case .hashes(_, let hashes): 53 + hashes.readableBytes
        case .request, .cancel, .reject: 17
        default: 9
        }
    }

    /// The next parcel on the line out, from the connections in turn.
    private func send(from peer: SimulatedPeer) {
        guard !peer.isSending else { return }
        while let (wire, end) = peer.waiting.popFirst() {
            guard wires[wire].isOpen, wires[wire].ends[end].underWay < window,
                let (parcel, payload) = wires[wire].ends[end].outgoing.popFirst()
            else {
                wires[wire].ends[end].isWaiting = false
                continue
            }
            wires[wire].ends[end].underWay += parcel.length
            if wires[wire].ends[end].outgoing.isEmpty {
                wires[wire].ends[end].isWaiting = false
            } else {
                peer.waiting.append((wire, end))
            }
            peer.isSending = true
            events.push(
                .left(wire: wire, from: end, parcel, payload: payload),
                at: time + parcel.length * 1_000_000 / peer.uplink)
            return
        }
    }

    private func left(_ wire: Int, _ from: Int, _ parcel: Parcel, _ payload: Int) throws {
        guard let peer = living(wires[wire].ends[from].peer, wires[wire].ends[from].life) else { return }
        peer.isSending = false
        defer { send(from: peer) }
        if wires[wire].isOpen {
            wires[wire].ends[from].sent += parcel.length
            let at = max(
                time + wires[wire].latency + pick(conditions.jitter), wires[wire].ends[from].lastArrival)
            wires[wire].ends[from].lastArrival = at
            if !wires[wire].isDead { events.push(.arrived(wire: wire, to: 1 - from, parcel), at: at) }
        }
        guard payload > 0, let id = wires[wire].ends[from].id else { return }
        mix(6, time, wire, payload)
        peer.core?.blocksSent(id, count: 1, bytes: payload, at: now, into: &peer.actions)
        try drain(peer)
    }

    private func arrived(_ wire: Int, _ to: Int, _ parcel: Parcel) throws {
        guard wires[wire].isOpen else { return }
        let peer = peers[wires[wire].ends[to].peer]
        let cost = parcel.length * 1_000_000 / peer.downlink
        guard cost > 0 || peer.downlinkFreeAt >= time else { return try read(wire, to, parcel) }
        peer.downlinkFreeAt = max(time, peer.downlinkFreeAt) + cost
        events.push(.read(wire: wire, to: to, parcel), at: peer.downlinkFreeAt)
    }

    private func read(_ wire: Int, _ to: Int, _ parcel: Parcel) throws {
        guard wires[wire].isOpen else { return }
        wires[wire].ends[1 - to].underWay -= parcel.length
        wires[wire].ends[1 - to].read += parcel.length
        guard wires[wire].ends[1 - to].read <= wires[wire].ends[1 - to].sent else {
            throw Violation(description: "more bytes came out of connection \(wire) than went in")
        }
        if !wires[wire].ends[1 - to].isWaiting, !wires[wire].ends[1 - to].outgoing.isEmpty,
            let peer = living(wires[wire].ends[1 - to].peer, wires[wire].ends[1 - to].life)
        {
            wires[wire].ends[1 - to].isWaiting = true
            peer.waiting.append((wire, 1 - to))
            send(from: peer)
        }
        guard let id = wires[wire].ends[to].id,
            let peer = living(wires[wire].ends[to].peer, wires[wire].ends[to].life)
        else { return }
        switch parcel {
        case .message(let message, _):
            try receive(message, wire, by: peer, id)
        case .bytes(let bytes):
            var decoder = wires[wire].ends[to].decoder.take() ?? PeerMessageDecoder()
            decoder.append(bytes)
            while let message = try decoder.next() {
                try receive(message, wire, by: peer, id)
                if !wires[wire].isOpen { return }
            }
            wires[wire].ends[to].decoder = decoder
        }
    }

    private func receive(_ message: PeerMessage, _ wire: Int, by peer: SimulatedPeer, _ id: ConnectionID)
        throws
    {
        mix(15, time, wire, Int(message.identifier ?? 99))
        try watchReceived(message, by: peer, id)
        peer.core?.received(message, from: id, at: now, into: &peer.actions)
        try drain(peer)
    }
}

extension Torrent {
    /// Mutating, as any other look at an optional core copies it.
    fileprivate mutating func answer(to handshake: Handshake) -> Handshake? {
        infoHashes.swarms.contains(handshake.infoHash) ? reply(to: handshake) : nil
    }
}
