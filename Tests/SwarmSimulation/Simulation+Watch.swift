// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import SwardPrimitives
import SwardSwarm
import SwardWire

/// The rules that every step must keep, seen from outside the core.
extension Simulation {
    func broken(_ peer: SimulatedPeer, _ what: String) -> Violation {
        Violation(description: "at \(time) µs peer \(peer.number) \(what)")
    }

    func watch(_ action: TorrentAction, of peer: SimulatedPeer) throws {
        guard let core = peer.core else { return }
        switch action {
        case .send(let id, let message): try watchSent(message, to: id, by: peer, core)
        case .sendBlock(let id, let block):
            guard core.gate.upload else { throw broken(peer, "serves \(block) while held") }
            let link = peer.links[id.slot]?.link
            guard link?.weChoke == false || link?.granted.contains(block.piece) ?? false else {
                throw broken(peer, "serves \(block) to a peer it chokes")
            }
            guard core.have?.contains(block.piece.rawValue) == true else {
                throw broken(peer, "serves \(block), not verified")
            }
        case .write(let block, _):
            guard core.gate.download else { throw broken(peer, "writes \(block) while held") }
        case .connect(let address, _, _):
            guard !peer.bannedThisLife.contains(address.host) else {
                throw broken(peer, "dials \(address), banned")
            }
        default: break
        }
    }

    private func watchSent(
        _ message: PeerMessage, to id: ConnectionID, by peer: SimulatedPeer, _ core: Torrent
    ) throws {
        guard peer.links[id.slot] != nil else { return }
        switch message {
        case .request(let block): try watchRequest(block, to: id, by: peer, core)
        case .cancel(let block): peer.links[id.slot]?.link.requested.remove(block)
        case .allowedFast(let piece):
            guard core.gate.upload else { throw broken(peer, "allows pieces while held") }
            peer.links[id.slot]?.link.granted.insert(piece)
        case .choke: peer.links[id.slot]?.link.weChoke = true
        case .unchoke:
            guard core.gate.upload else { throw broken(peer, "unchokes while held") }
            peer.links[id.slot]?.link.weChoke = false
        case .have, .bitfield, .haveAll, .suggest:
            guard core.gate.upload else { throw broken(peer, "tells what it has while held") }
        case .hashes:
            guard core.gate.upload else { throw broken(peer, "serves hashes while held") }
        case .extended(let number, let payload) where number == 2 && payload.readableBytes > 0:
            guard core.gate.upload else { throw broken(peer, "names peers while held") }
        case .interested:
            guard core.gate.download else { throw broken(peer, "is interested while held") }
        case .hashRequest:
            guard core.gate.download else { throw broken(peer, "asks for hashes while held") }
        default: break
        }
    }

    private func watchRequest(
        _ block: BlockRequest, to id: ConnectionID, by peer: SimulatedPeer, _ core: Torrent
    ) throws {
        guard core.gate.download else { throw broken(peer, "asks for \(block) while held") }
        guard core.have?.contains(block.piece.rawValue) == false else {
            throw broken(peer, "asks for \(block), which it has")
        }
        guard conditions.isExact else { return }
        if !core.isEndgame, peer.links.values.contains(where: { $0.link.requested.contains(block) }) {
            throw broken(peer, "asks twice for \(block) outside endgame")
        }
        peer.links[id.slot]?.link.requested.insert(block)
        let count = peer.links[id.slot]?.link.requested.count ?? 0
        guard count <= core.configuration.maximumRequestsOut else {
            throw broken(peer, "asks one peer for \(count) blocks at once")
        }
    }

    func watchReceived(_ message: PeerMessage, by peer: SimulatedPeer, _ id: ConnectionID) throws {
        guard isExact else {
            // Of most messages, which say what a peer has, there is nothing to note.
            guard case .piece(_, _, let payload) = message, peer.links[id.slot]?.id == id else { return }
            peer.payloadReceived += payload.readableBytes
            peer.receivedThisLife += payload.readableBytes
            return
        }
        guard peer.links[id.slot]?.id == id else { return }
        switch message {
        case .piece(let piece, let begin, let payload):
            peer.payloadReceived += payload.readableBytes
            peer.receivedThisLife += payload.readableBytes
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

    /// What came is what counts, and what was in vain; nothing else.
    func checkBooks(of peer: SimulatedPeer) throws {
        guard let snapshot = peer.core?.snapshot(at: now) else { return }
        guard snapshot.bytesComplete == snapshot.bytesTotal else {
            throw broken(peer, "is finished with \(snapshot.bytesComplete) of \(snapshot.bytesTotal) bytes")
        }
        let received = Int64(peer.receivedThisLife)
        guard snapshot.downloaded <= received else {
            throw broken(peer, "counts \(snapshot.downloaded) bytes where \(received) came")
        }
        let used = snapshot.bytesComplete - peer.bytesAtStart
        guard received == used + snapshot.wasted else {
            throw broken(peer, "received \(received), used \(used) and wasted \(snapshot.wasted)")
        }
    }
}
