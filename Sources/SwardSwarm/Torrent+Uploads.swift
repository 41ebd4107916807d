// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import NIOCore
package import SwardPrimitives
internal import SwardWire

/// What peers ask of us, and who may.
extension Torrent {
    /// In bytes; our own requests are for 16 KiB, some old clients' for more.
    private static let maximumRequestLength = 1 << 17
    static let maximumRefusedRequests = 2000

    // MARK: Requests

    mutating func receivedRequest(_ slot: Int, _ block: BlockRequest, _ actions: inout ActionQueue) {
        let piece = block.piece.rawValue
        guard let content, piece < content.pieceCount, block.length > 0,
            block.length <= Self.maximumRequestLength,
            block.begin + block.length <= content.servableLength(of: piece)
        else {
            return offend(
                slot, .badBlock(message: 6, piece: piece, begin: block.begin, length: block.length), &actions)
        }
        guard gate.upload, have?.contains(piece) == true,
            connections[slot].uploads.count < configuration.maximumRequestsIn * 5 / 4,
            !connections[slot].weChoke || takeGrant(slot, piece)
        else {
            if !gate.upload { count { $0.gateRefusals += 1 } }
            return refuse(slot, block, &actions)
        }
        if block.begin == 0 { pieceBegun(piece, by: slot, &actions) }
        if connections[slot].uploads.isEmpty, connections[slot].inHand < configuration.uploadWindow,
            mayUpload(slot)
        {
            didUpload(slot, block.length)
            connections[slot].inHand += block.length
            actions.append(.sendBlock(id(of: slot), block))
        } else {
            connections[slot].uploads.append(block)
        }
    }

    /// Whether a peer that is choked gets a block all the same: as many blocks as the pieces have, and none when it has enough.
    private mutating func takeGrant(_ slot: Int, _ piece: Int) -> Bool {
        guard connections[slot].grantedBlocks > 0, connections[slot].granted.contains(piece),
            !connections[slot].hasAll, connections[slot].pieceCount < 2 * AllowedFast.count
        else { return false }
        connections[slot].grantedBlocks -= 1
        return true
    }

    private mutating func refuse(_ slot: Int, _ block: BlockRequest, _ actions: inout ActionQueue) {
        connections[slot].refusedRequests += 1
        guard connections[slot].refusedRequests <= Self.maximumRefusedRequests else {
            return close(slot, .flood, &actions)
        }
        if connections[slot].isFast { send(.reject(block), to: slot, &actions) }
    }

    /// More hashes or metadata than a peer may have: refused, and in the end the peer is let go.
    mutating func overspent(_ slot: Int, _ refusal: PeerMessage, _ actions: inout ActionQueue) {
        connections[slot].overspending += 1
        guard connections[slot].overspending <= Self.maximumRefusedRequests else {
            return close(slot, .flood, &actions)
        }
        send(refusal, to: slot, &actions)
    }

    mutating func receivedCancel(_ slot: Int, _ block: BlockRequest, _ actions: inout ActionQueue) {
        // What is with the shell is sent, as BEP 6 allows.
        guard connections[slot].uploads.remove(block), connections[slot].isFast else { return }
        send(.reject(block), to: slot, &actions)
    }

    // MARK: From the shell

    /// The oldest `count` blocks of `sendBlock` are with the socket.
    package mutating func blocksSent(
        _ id: ConnectionID, count: Int, bytes: Int, at now: Instant, into actions: inout ActionQueue
    ) {
        advance(to: now)
        up.add(bytes, at: time)
        self.count {
            $0.blocksSent += count
            $0.sentBytes.payload += Int64(bytes)
            $0.sentBytes.protocol += Int64(count * PeerMessage.pieceHeaderLength)
        }
        guard let slot = slot(of: id) else { return }
        connections[slot].up.add(bytes, at: time)
        configuration.reciprocity?.record(connections[slot].address, taken: bytes)
        connections[slot].inHand -= bytes
        connections[slot].refusedRequests = 0
        connections[slot].keepAlive.didWrite(at: now)
        pump(slot, &actions)
    }

    mutating func pump(_ slot: Int, _ actions: inout ActionQueue) {
        while connections[slot].inHand < configuration.uploadWindow, !connections[slot].uploads.isEmpty,
            mayUpload(slot), let block = connections[slot].uploads.popFirst()
        {
            didUpload(slot, block.length)
            connections[slot].inHand += block.length
            actions.append(.sendBlock(id(of: slot), block))
        }
    }

    /// The oldest block of `sendBlock` could not be read, or the gate has shut since; nothing of it was sent.
    package mutating func blockUnreadable(
        _ block: BlockRequest, for id: ConnectionID, at now: Instant, into actions: inout ActionQueue
    ) {
        advance(to: now)
        if !gate.upload { count { $0.gateRefusals += 1 } }
        guard let slot = slot(of: id) else { return }
        connections[slot].inHand -= block.length
        if connections[slot].isFast { send(.reject(block), to: slot, &actions) }
        pump(slot, &actions)
    }

    // MARK: Choking

    mutating func choke(_ slot: Int, _ actions: inout ActionQueue) {
        guard !connections[slot].weChoke else { return }
        connections[slot].weChoke = true
        connections[slot].waitingSince = time
        unchokedCount -= 1
        // First the choke, so that the rejected is not asked for again.
        send(.choke, to: slot, &actions)
        withdrawSuggestions(slot)
        refuseWaiting(slot, &actions)
    }

    /// What was asked for and is not with the shell yet.
    mutating func refuseWaiting(_ slot: Int, _ actions: inout ActionQueue) {
        let dropped = connections[slot].uploads.removeAll()
        if connections[slot].isFast {
            for block in dropped { send(.reject(block), to: slot, &actions) }
        }
    }

    private mutating func unchoke(_ slot: Int, _ actions: inout ActionQueue) {
        guard connections[slot].weChoke else { return }
        connections[slot].weChoke = false
        connections[slot].unchokedAt = time
        connections[slot].sentWhenUnchoked = connections[slot].up.total
        unchokedCount += 1
        send(.unchoke, to: slot, &actions)
        suggestPieces(to: slot, &actions)
    }

    private var mayUnchoke: Bool { gate.upload && have.map { !$0.isEmpty } ?? false }

    /// Gives free slots at once, to who has waited longest.
    mutating func grantFreeSlots(_ actions: inout ActionQueue) {
        guard mayUnchoke else { return }
        while choker.hasRoom(unchoked: unchokedCount) {
            var first: (slot: Int, turn: Choker.Turn)?
            for slot in connections.indices
            where connections[slot].isOpen && connections[slot].theyWant && connections[slot].weChoke {
                let turn = Choker.Turn(
                    waitingSince: connections[slot].waitingSince, standing: standing(of: slot))
                if first.map({ turn < $0.turn }) ?? true { first = (slot, turn) }
            }
            guard let first else { return }
            unchoke(first.slot, &actions)
        }
    }

    private func standing(of slot: Int) -> Int64 {
        configuration.reciprocity?.standing(of: connections[slot].address) ?? 0
    }

    private func candidate(_ slot: Int, rate: Double) -> Choker.Candidate {
        let connection = connections[slot]
        return Choker.Candidate(
            slot: slot, isUnchoked: !connection.weChoke, rate: rate, isSnubbing: connection.isSnubbing,
            sentSinceUnchoke: connection.up.total - connection.sentWhenUnchoked,
            unchokedAt: connection.unchokedAt, waitingSince: connection.waitingSince,
            connectedAt: connection.connectedAt, standing: standing(of: slot))
    }

    mutating func rechoke(_ actions: inout ActionQueue) {
        guard mayUnchoke else { return }
        let isSeeding = isDone
        var candidates: [Choker.Candidate] = []
        for slot in connections.indices where connections[slot].isOpen && connections[slot].theyWant {
            let rate =
                isSeeding ? connections[slot].up.rate(at: time) : connections[slot].down.rate(at: time)
            candidates.append(candidate(slot, rate: rate))
        }
        let chosen = choker.choose(among: candidates, isSeeding: isSeeding, at: time, chance: &chance)
        for slot in connections.indices where connections[slot].isOpen && !chosen.contains(slot) {
            choke(slot, &actions)
        }
        for slot in chosen { unchoke(slot, &actions) }
    }
}
