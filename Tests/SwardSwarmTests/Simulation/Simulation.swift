// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import Support
import SwardHash
import SwardMetainfo
import SwardPrimitives
import SwardWire
import TorrentSupport

@testable import SwardSwarm

/// Many cores on one clock: every message is encoded, carried with delay and bandwidth, and decoded.
///
/// Times are microseconds. The same seed gives the same run, event by event; `trace` sums it up.
final class Simulation {
    struct Conditions {
        /// Microseconds, one way.
        var latency = 5_000...80_000
        /// Bytes per second and peer.
        var uplink = 200_000...2_000_000
        /// Seconds after which a connection breaks; `nil` for never.
        var breaksAfter: ClosedRange<Int>?
        /// Seconds a peer stays and stays away; `nil` for no coming and going. The first peer always stays.
        var churn: (stay: ClosedRange<Int>, away: ClosedRange<Int>)?
        /// Microseconds for one block.
        var disk = 200...4_000
        /// Whether the books of a core are compared after every step.
        var checksAlways = false
    }

    /// A broken rule, in words.
    struct Violation: Error, CustomStringConvertible { let description: String }

    private enum Event {
        case start(peer: Int)
        case leave(peer: Int, life: Int)
        case announce(peer: Int, life: Int)
        case timer(peer: Int, life: Int, at: Int)
        case syn(link: Int, Handshake)
        case ack(link: Int, Handshake)
        case refused(link: Int)
        case bytes(link: Int, toDialler: Bool, ByteBuffer)
        case sent(link: Int, fromDialler: Bool, bytes: Int)
        case broken(link: Int)
        case closed(link: Int, toDialler: Bool)
        case written(peer: Int, life: Int, BlockRequest, ByteBuffer)
        case checked(peer: Int, life: Int, PieceIndex)
        case leavesRead(peer: Int, life: Int, ConnectionID, HashRequest, Range<Int>)
        case judged(peer: Int, life: Int)
    }

    private struct Wire {
        let dialler: Int
        let listener: Int
        let latency: Int
        var diallerID: ConnectionID?
        var listenerID: ConnectionID?
        var isOpen = true
        var toDialler = PeerMessageDecoder()
        var toListener = PeerMessageDecoder()
        /// Nothing overtakes what was sent before.
        var lastToDialler = 0
        var lastToListener = 0
        /// What the listener said before its handshake arrived.
        var early: [ByteBuffer] = []
    }

    let conditions: Conditions
    private(set) var peers: [SimulatedPeer] = []
    private var wires: [Wire] = []
    private var events = EventHeap<Event>()
    private var generator: SplitMix64
    private let origin = ContinuousClock().now
    private(set) var time = 0
    private(set) var steps = 0
    /// FNV-1a over every event.
    private(set) var trace: UInt64 = 0xCBF2_9CE4_8422_2325

    init(seed: UInt64, conditions: Conditions = Conditions()) {
        self.conditions = conditions
        generator = SplitMix64(seed: seed)
    }

    var now: ContinuousClock.Instant { origin + .microseconds(time) }

    // MARK: Set-up

    @discardableResult
    func add(
        _ made: MadeTorrent, isSeed: Bool = false, isLiar: Bool = false, fromMagnet: Bool = false,
        gate: GatePermissions = .open, startsAt: Int = 0, uplink: Int? = nil
    ) throws -> SimulatedPeer {
        let peer = try SimulatedPeer(
            number: peers.count, made: made, isSeed: isSeed, isLiar: isLiar,
            uplink: uplink ?? pick(conditions.uplink), startsFromMagnet: fromMagnet, gate: gate)
        peers.append(peer)
        events.push(.start(peer: peer.number), at: startsAt)
        return peer
    }

    private func pick(_ range: ClosedRange<Int>) -> Int { range.lowerBound + generator.below(range.count) }

    // MARK: Running

    /// Runs until `isDone`, or nothing is left to happen, or `limit` seconds have passed.
    func run(limit: Int, until isDone: () -> Bool) throws {
        while !isDone(), let (at, event) = events.pop() {
            guard at <= limit * 1_000_000 else { return }
            time = at
            steps += 1
            try perform(event)
        }
    }

    private func mix(_ values: Int...) {
        for value in values { trace = (trace ^ UInt64(bitPattern: Int64(value))) &* 0x100_0000_01B3 }
    }

    private func perform(_ event: Event) throws {
        switch event {
        case .start(let number):
            mix(1, time, number)
            let peer = peers[number]
            peer.start(seed: generator.next(), at: now)
            peer.timerAt = nil
            peer.uplinkFreeAt = time
            events.push(.announce(peer: number, life: peer.life), at: time)
            if let churn = conditions.churn, number > 0 {
                events.push(.leave(peer: number, life: peer.life), at: time + pick(churn.stay) * 1_000_000)
            }
            try drain(peer)
        case .leave(let number, let life):
            let peer = peers[number]
            guard peer.life == life, let churn = conditions.churn else { return }
            mix(2, time, number)
            for index in wires.indices
            where wires[index].isOpen && (wires[index].dialler == number || wires[index].listener == number) {
                breakWire(index)
            }
            peer.core = nil
            peer.links = [:]
            peer.actions = ActionQueue()
            events.push(.start(peer: number), at: time + pick(churn.away) * 1_000_000)
        case .announce(let number, let life):
            guard let peer = living(number, life) else { return }
            mix(3, time, number)
            var found: [PeerAddress] = []
            for _ in 0..<12 { found.append(peers[generator.below(peers.count)].address) }
            peer.core?.peersFound(found, source: .tracker, at: now, into: &peer.actions)
            events.push(.announce(peer: number, life: life), at: time + 20_000_000)
            try drain(peer)
        case .timer(let number, let life, let at):
            guard let peer = living(number, life), peer.timerAt == at else { return }
            mix(4, time, number)
            peer.timerAt = nil
            peer.core?.timerFired(at: now, into: &peer.actions)
            try drain(peer)
        default: try performOnWire(event)
        }
    }

    private func living(_ number: Int, _ life: Int) -> SimulatedPeer? {
        peers[number].life == life && peers[number].core != nil ? peers[number] : nil
    }

    private func performOnWire(_ event: Event) throws {
        switch event {
        case .syn(let index, let handshake): try accept(index, handshake)
        case .ack(let index, let handshake): try established(index, handshake)
        case .refused(let index):
            mix(5, time, index)
            wires[index].isOpen = false
            let peer = peers[wires[index].dialler]
            peer.core?.connectFailed(peers[wires[index].listener].address, at: now, into: &peer.actions)
            try drain(peer)
        case .bytes(let index, let toDialler, let bytes):
            guard wires[index].isOpen else { return }
            try deliver(bytes, index, toDialler: toDialler)
        case .sent(let index, let fromDialler, let bytes):
            let number = fromDialler ? wires[index].dialler : wires[index].listener
            guard let id = fromDialler ? wires[index].diallerID : wires[index].listenerID else { return }
            mix(6, time, index, bytes)
            let peer = peers[number]
            peer.core?.blocksSent(id, count: 1, bytes: bytes, at: now, into: &peer.actions)
            try drain(peer)
        case .broken(let index):
            guard wires[index].isOpen else { return }
            mix(7, time, index)
            breakWire(index)
        case .closed(let index, let toDialler): try closed(index, toDialler: toDialler)
        default: try performOnDisk(event)
        }
    }

    private func performOnDisk(_ event: Event) throws {
        switch event {
        case .written(let number, let life, let block, let bytes):
            guard let peer = living(number, life) else { return }
            mix(8, time, number, block.piece.rawValue, block.begin)
            peer.blocks[block] = bytes
            let leaf = peer.made.info.kind == .v1 ? nil : SHA256.hash([UInt8](bytes.readableBytesView))
            peer.core?.blockWritten(block, leaf: leaf, at: now, into: &peer.actions)
            try drain(peer)
        case .checked(let number, let life, let piece):
            guard let peer = living(number, life) else { return }
            mix(9, time, number, piece.rawValue)
            peer.core?.pieceChecked(
                piece, sha1: SHA1.hash(peer.pieceBytes(piece)), at: now, into: &peer.actions)
            try drain(peer)
        case .leavesRead(let number, let life, let id, let request, let pieces):
            guard let peer = living(number, life) else { return }
            mix(10, time, number, pieces.lowerBound)
            peer.core?.leavesRead(
                request, for: id, leaves: peer.leaves(of: pieces), at: now, into: &peer.actions)
            try drain(peer)
        case .judged(let number, let life):
            guard let peer = living(number, life) else { return }
            mix(11, time, number)
            if peer.resume == nil { peer.resume = PieceSet(pieceCount: peer.made.info.layout.pieceCount) }
            peer.core?.setContent(peer.content(), have: peer.resume, at: now, into: &peer.actions)
            peer.core?.setGate(peer.gate, at: now, into: &peer.actions)
            try drain(peer)
        default: break
        }
    }

    // MARK: Connections

    private func dial(_ peer: SimulatedPeer, _ address: PeerAddress, _ handshake: Handshake) {
        let target = peers.first { $0.address == address }
        wires.append(
            Wire(
                dialler: peer.number, listener: target?.number ?? peer.number,
                latency: pick(conditions.latency)))
        let index = wires.count - 1
        let at = time + wires[index].latency
        if let target, target.core != nil {
            events.push(.syn(link: index, handshake), at: at)
        } else {
            events.push(.refused(link: index), at: at)
        }
    }

    private func accept(_ index: Int, _ handshake: Handshake) throws {
        guard wires[index].isOpen else { return }
        let peer = peers[wires[index].listener]
        let dialler = peers[wires[index].dialler]
        let back = time + wires[index].latency
        guard let core = peer.core, core.infoHashes.swarms.contains(handshake.infoHash) else {
            return events.push(.refused(link: index), at: back)
        }
        mix(12, time, index)
        let reply = core.reply(to: handshake)
        let address = dialler.address.with(port: UInt16(20_000 + index % 40_000))
        do {
            let id = try peer.core?.peerConnected(
                PeerArrival(address: address, isOutgoing: false, handshake: handshake), at: now,
                into: &peer.actions)
            wires[index].listenerID = id
            wires[index].lastToDialler = back
            if let id {
                peer.links[id.slot] = (
                    id,
                    SimulatedPeer.Link(
                        number: index, isDialler: false, isFast: handshake.features.contains(.fast))
                )
            }
            events.push(.ack(link: index, reply), at: back)
            if let range = conditions.breaksAfter {
                events.push(.broken(link: index), at: time + pick(range) * 1_000_000)
            }
        } catch {
            events.push(.refused(link: index), at: back)
        }
        try drain(peer)
    }

    private func established(_ index: Int, _ handshake: Handshake) throws {
        guard wires[index].isOpen else { return }
        mix(13, time, index)
        let peer = peers[wires[index].dialler]
        let address = peers[wires[index].listener].address
        do {
            let id = try peer.core?.peerConnected(
                PeerArrival(address: address, isOutgoing: true, handshake: handshake), at: now,
                into: &peer.actions)
            wires[index].diallerID = id
            if let id {
                peer.links[id.slot] = (
                    id,
                    SimulatedPeer.Link(
                        number: index, isDialler: true, isFast: handshake.features.contains(.fast))
                )
            }
        } catch {
            events.push(.closed(link: index, toDialler: false), at: time + wires[index].latency)
        }
        try drain(peer)
    }

    /// Both ends lose it now; what is under way is lost too.
    private func breakWire(_ index: Int) {
        wires[index].isOpen = false
        events.push(.closed(link: index, toDialler: true), at: time)
        events.push(.closed(link: index, toDialler: false), at: time)
    }

    private func closed(_ index: Int, toDialler: Bool) throws {
        mix(14, time, index)
        wires[index].isOpen = false
        let peer = peers[toDialler ? wires[index].dialler : wires[index].listener]
        guard let id = toDialler ? wires[index].diallerID : wires[index].listenerID else {
            // The dial was under way.
            if toDialler {
                peer.core?.connectFailed(peers[wires[index].listener].address, at: now, into: &peer.actions)
                try drain(peer)
            }
            return
        }
        if toDialler { wires[index].diallerID = nil } else { wires[index].listenerID = nil }
        guard peer.links[id.slot]?.id == id else { return }
        peer.links[id.slot] = nil
        peer.core?.peerDisconnected(id, error: nil, at: now, into: &peer.actions)
        try drain(peer)
    }

    private func deliver(_ bytes: ByteBuffer, _ index: Int, toDialler: Bool) throws {
        let peer = peers[toDialler ? wires[index].dialler : wires[index].listener]
        guard let id = toDialler ? wires[index].diallerID : wires[index].listenerID else { return }
        if toDialler { wires[index].toDialler.append(bytes) } else { wires[index].toListener.append(bytes) }
        while let message = try toDialler ? wires[index].toDialler.next() : wires[index].toListener.next() {
            mix(15, time, index, Int(message.identifier ?? 99))
            try watchReceived(message, by: peer, id)
            peer.core?.received(message, from: id, at: now, into: &peer.actions)
            try drain(peer)
            if !wires[index].isOpen { return }
        }
    }

    // MARK: Actions

    func drain(_ peer: SimulatedPeer) throws {
        while let action = peer.actions.next() {
            guard peer.core != nil else { continue }
            try watch(action, of: peer)
            try perform(action, of: peer)
        }
        try check(peer)
        guard let core = peer.core, let deadline = core.deadline else { return }
        let at = max(time, Int(((deadline - origin) / .microseconds(1)).rounded()))
        if peer.timerAt.map({ at < $0 }) ?? true {
            peer.timerAt = at
            events.push(.timer(peer: peer.number, life: peer.life, at: at), at: at)
        }
    }

    private func perform(_ action: TorrentAction, of peer: SimulatedPeer) throws {
        let disk = time + pick(conditions.disk)
        switch action {
        case .send(let id, let message):
            var buffer = ByteBuffer()
            message.write(into: &buffer)
            transmit(buffer, from: peer, id)
        case .sendBlock(let id, let block):
            guard let payload = peer.payload(of: block) else {
                throw Violation(description: "peer \(peer.number) was asked for \(block), which it has not")
            }
            var buffer = ByteBuffer()
            PeerMessage.piece(block.piece, begin: block.begin, payload).write(into: &buffer)
            peer.payloadSent += block.length
            if let end = transmit(buffer, from: peer, id), let link = peer.links[id.slot]?.link {
                events.push(
                    .sent(link: link.number, fromDialler: link.isDialler, bytes: block.length), at: end)
            }
        case .write(let block, let bytes):
            events.push(.written(peer: peer.number, life: peer.life, block, bytes), at: disk)
        case .check(let piece): events.push(.checked(peer: peer.number, life: peer.life, piece), at: disk)
        case .readLeaves(let id, let request, let pieces):
            events.push(.leavesRead(peer: peer.number, life: peer.life, id, request, pieces), at: disk)
        case .pieceComplete(let piece):
            peer.resume?.insert(piece.rawValue)
            guard
                peer.made.bytes(of: BlockRequest(piece: piece, begin: 0, length: 1))[0]
                    == peer.pieceBytes(piece)[0]
            else {
                throw Violation(description: "piece \(piece) of peer \(peer.number) is wrong and counted")
            }
        case .layerComplete(let root, let layer):
            guard peer.made.metainfo.pieceLayers[root].map({ Array($0.bytes) }) == layer else {
                throw Violation(description: "a piece layer of peer \(peer.number) is wrong")
            }
        case .metadataComplete(let bytes):
            guard bytes == peer.made.info.bytes else { throw Violation(description: "metadata is wrong") }
            peer.metadata = bytes
            events.push(.judged(peer: peer.number, life: peer.life), at: time + 1000)
        case .connect(let address, let handshake, _): dial(peer, address, handshake)
        case .close(let id, _):
            guard let (known, link) = peer.links[id.slot], known == id else { return }
            peer.links[id.slot] = nil
            if link.isDialler {
                wires[link.number].diallerID = nil
            } else {
                wires[link.number].listenerID = nil
            }
            let at = time + wires[link.number].latency
            events.push(.closed(link: link.number, toDialler: !link.isDialler), at: at)
        case .foundNode: break
        case .banned(let address, _): peer.banned.insert(address.host)
        case .finished: peer.isComplete = true
        case .failed(let failure): peer.failure = failure
        }
    }

    /// - Returns: when the last byte leaves.
    @discardableResult
    private func transmit(_ bytes: ByteBuffer, from peer: SimulatedPeer, _ id: ConnectionID) -> Int? {
        guard let entry = peer.links[id.slot], entry.id == id else { return nil }
        let link = entry.link
        let end = max(time, peer.uplinkFreeAt) + bytes.readableBytes * 1_000_000 / peer.uplink
        peer.uplinkFreeAt = end
        let arrival: Int
        if link.isDialler {
            arrival = max(end + wires[link.number].latency, wires[link.number].lastToListener)
            wires[link.number].lastToListener = arrival
        } else {
            arrival = max(end + wires[link.number].latency, wires[link.number].lastToDialler)
            wires[link.number].lastToDialler = arrival
        }
        events.push(.bytes(link: link.number, toDialler: !link.isDialler, bytes), at: arrival)
        return end
    }
}
