// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import SwardMetainfo
import SwardPrimitives
import SwardSwarm
import SwardWire
import TorrentSupport

/// What a core wants done.
extension Simulation {
    package func drain(_ peer: SimulatedPeer) throws {
        while let action = peer.actions.next() {
            guard peer.isRunning else { continue }
            // What is watched is not changed by scale, and each look copies a core.
            if isExact { try watch(action, of: peer) }
            try perform(action, of: peer)
        }
        if let audit, steps % auditInterval == 0, let core = peer.core, let fault = audit(core) {
            throw broken(peer, fault)
        }
        guard let deadline = peer.core?.due() else { return }
        let at = max(time, microseconds(of: deadline))
        if peer.timerAt.map({ at < $0 }) ?? true {
            peer.timerAt = at
            events.push(.timer(peer: peer.number, life: peer.life, at: at), at: at)
        }
    }

    private func perform(_ action: TorrentAction, of peer: SimulatedPeer) throws {
        switch action {
        case .send(let id, let message):
            transmit(peer.role.mischief == .badHashes ? spoilt(message) : message, payload: 0, from: peer, id)
        case .sendBlock(let id, let block): try sendBlock(block, from: peer, id)
        case .write(let block, let bytes):
            events.push(
                .written(peer: peer.number, life: peer.life, block, bytes), at: time + pick(conditions.disk))
        case .check(let piece):
            events.push(.checked(peer: peer.number, life: peer.life, piece), at: time + pick(conditions.disk))
        case .digest(let piece):
            events.push(
                .digested(peer: peer.number, life: peer.life, piece), at: time + pick(conditions.disk))
        case .readLeaves(let id, let request, let pieces):
            events.push(
                .leavesRead(peer: peer.number, life: peer.life, id, request, pieces),
                at: time + pick(conditions.disk))
        case .pieceComplete(let piece):
            peer.resume?.insert(piece.rawValue)
            guard peer.isRight(piece) else {
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
        case .connect(let address, let handshake, let way): dial(peer, address, handshake, way)
        case .close(let id, _):
            guard let (known, link) = peer.links[id.slot], known == id else { return }
            peer.links[id.slot] = nil
            wires[link.wire].ends[link.end].id = nil
            let at = time + wires[link.wire].latency
            if wires[link.wire].isOpen, !wires[link.wire].isDead {
                events.push(.closed(wire: link.wire, to: 1 - link.end), at: at)
            }
        case .foundNode, .unreached: break
        case .banned(let address, _):
            peer.banned.insert(address.host)
            peer.bannedThisLife.insert(address.host)
        case .keptOut(let address, let reason, _):
            guard numbers[address].map({ peers[$0].role.isHonest }) != true else {
                throw Violation(description: "peer \(peer.number) keeps \(address) out for \(reason)")
            }
        case .finished:
            noteComplete(peer)
            try checkBooks(of: peer)
        case .failed(let failure): peer.failure = failure
        }
    }

    private func sendBlock(_ block: BlockRequest, from peer: SimulatedPeer, _ id: ConnectionID) throws {
        if peer.role.mischief == .freeRides {
            peer.core?.blocksSent(id, count: 1, bytes: block.length, at: now, into: &peer.actions)
            return
        }
        guard let payload = peer.payload(of: block) else {
            guard !peer.role.isHonest else {
                throw Violation(description: "peer \(peer.number) was asked for \(block), which it has not")
            }
            peer.core?.blockUnreadable(block, for: id, at: now, into: &peer.actions)
            return
        }
        peer.payloadSent += block.length
        peer.sentThisLife += block.length
        transmit(.piece(block.piece, begin: block.begin, payload), payload: block.length, from: peer, id)
    }

    private func spoilt(_ message: PeerMessage) -> PeerMessage {
        guard case .hashes(let request, var hashes) = message, hashes.readableBytes > 0 else {
            return message
        }
        let first: UInt8 = hashes.getInteger(at: hashes.readerIndex) ?? 0
        hashes.setInteger(first ^ 1, at: hashes.readerIndex)
        return .hashes(request, hashes)
    }
}

extension Torrent {
    /// Mutating, as any other look at an optional core copies it.
    fileprivate mutating func due() -> Instant? { deadline }
}
