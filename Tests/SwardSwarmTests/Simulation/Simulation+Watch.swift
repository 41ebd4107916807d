// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import SwardPrimitives
import SwardWire

@testable import SwardSwarm

/// The rules that every step must keep, seen from outside the core.
extension Simulation {
    func watch(_ action: TorrentAction, of peer: SimulatedPeer) throws {
        guard let core = peer.core else { return }
        switch action {
        case .send(let id, let message): try watchSent(message, to: id, by: peer, core)
        case .sendBlock(let id, let block):
            guard core.gate.upload else { throw broken(peer, "serves \(block) while held") }
            let isGranted = peer.links[id.slot]?.link.granted.contains(block.piece) ?? false
            guard peer.links[id.slot]?.link.weChoke == false || isGranted else {
                throw broken(peer, "serves \(block) to a peer it chokes")
            }
            guard core.have?.contains(block.piece.rawValue) == true else {
                throw broken(peer, "serves \(block), not verified")
            }
        case .write(let block, _):
            guard core.gate.download else { throw broken(peer, "writes \(block) while held") }
        default: break
        }
    }

    private func watchSent(
        _ message: PeerMessage, to id: ConnectionID, by peer: SimulatedPeer, _ core: Torrent
    ) throws {
        guard var link = peer.links[id.slot]?.link else { return }
        defer { peer.links[id.slot]?.link = link }
        switch message {
        case .request(let block):
            guard core.gate.download else { throw broken(peer, "asks for \(block) while held") }
            guard core.have?.contains(block.piece.rawValue) == false else {
                throw broken(peer, "asks for \(block), which it has")
            }
            let isTwice = peer.links.values.contains { $0.link.requested.contains(block) }
            if isTwice, !core.isEndgame { throw broken(peer, "asks twice for \(block) outside endgame") }
            link.requested.insert(block)
            guard link.requested.count <= core.configuration.maximumRequestsOut else {
                throw broken(peer, "asks one peer for \(link.requested.count) blocks at once")
            }
        case .cancel(let block): link.requested.remove(block)
        case .allowedFast(let piece):
            guard core.gate.upload else { throw broken(peer, "allows pieces while held") }
            link.granted.insert(piece)
        case .choke: link.weChoke = true
        case .unchoke:
            guard core.gate.upload else { throw broken(peer, "unchokes while held") }
            link.weChoke = false
        case .have, .bitfield, .haveAll:
            guard core.gate.upload else { throw broken(peer, "tells what it has while held") }
        case .interested:
            guard core.gate.download else { throw broken(peer, "is interested while held") }
        default: break
        }
    }

    func watchReceived(_ message: PeerMessage, by peer: SimulatedPeer, _ id: ConnectionID) throws {
        guard peer.links[id.slot]?.id == id else { return }
        switch message {
        case .piece(let piece, let begin, let payload):
            peer.payloadReceived += payload.readableBytes
            peer.links[id.slot]?.link.requested.remove(
                BlockRequest(piece: piece, begin: begin, length: payload.readableBytes))
        case .reject(let block): peer.links[id.slot]?.link.requested.remove(block)
        case .choke:
            peer.links[id.slot]?.link.theyChoke = true
            if peer.links[id.slot]?.link.isFast == false { peer.links[id.slot]?.link.requested = [] }
        case .unchoke: peer.links[id.slot]?.link.theyChoke = false
        default: break
        }
    }

    /// Caps, and the books of the core against each other.
    ///
    /// Looks at every connection, so not after every step.
    func check(_ peer: SimulatedPeer) throws {
        guard steps % 16 == 0 || conditions.checksAlways else { return }
        if let fault = peer.core?.fault() { throw broken(peer, fault) }
    }

    private func broken(_ peer: SimulatedPeer, _ what: String) -> Violation {
        Violation(description: "at \(time) µs peer \(peer.number) \(what)")
    }
}

extension Torrent {
    /// What does not add up, in words.
    func fault() -> String? {
        if unwritten < 0 || unwritten > configuration.maximumUnwritten + 64 * blockLength {
            return "has \(unwritten) bytes with the disk"
        }
        var live = 0
        var unchoked = 0
        for slot in connections.indices where connections[slot].isOpen {
            live += connections[slot].ledger.liveCount
            if !connections[slot].weChoke { unchoked += 1 }
            if connections[slot].inHand < 0
                || connections[slot].inHand > configuration.uploadWindow + blockLength
            {
                return "has handed \(connections[slot].inHand) bytes to the shell"
            }
            if connections[slot].uploads.count > configuration.maximumRequestsIn * 4 {
                return "keeps \(connections[slot].uploads.count) requests of one peer"
            }
        }
        if live != liveRequests { return "counts \(liveRequests) requests, which are \(live)" }
        if unchoked != unchokedCount { return "counts \(unchokedCount) slots, which are \(unchoked)" }
        return unchoked > configuration.uploadSlots + 1 ? "unchokes \(unchoked)" : nil
    }
}
