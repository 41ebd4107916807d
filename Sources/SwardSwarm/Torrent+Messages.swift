// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import NIOCore
internal import SwardPrimitives
package import SwardWire

extension Torrent {
    package mutating func received(
        _ message: PeerMessage, from id: ConnectionID, at now: Instant, into actions: inout ActionQueue
    ) {
        guard let slot = slot(of: id) else { return }
        advance(to: now)
        connections[slot].keepAlive.didRead(at: now)
        count(received: message)
        switch message {
        case .piece(let piece, let begin, let payload):
            receivedBlock(slot, piece.rawValue, begin, payload, &actions)
        case .request(let block): receivedRequest(slot, block, &actions)
        default: receivedOther(message, slot, &actions)
        }
    }

    private mutating func receivedOther(_ message: PeerMessage, _ slot: Int, _ actions: inout ActionQueue) {
        guard isNegotiated(message, slot) else {
            return offend(slot, .notNegotiated(message: message.identifier ?? 0), &actions)
        }
        switch message {
        case .keepAlive, .unknown, .piece, .request: break
        case .port(let port): receivedPort(slot, port, &actions)
        case .suggest(let piece): receivedSuggest(slot, piece.rawValue, &actions)
        case .choke: receivedChoke(slot, &actions)
        case .unchoke:
            connections[slot].theyChoke = false
            connections[slot].lastBlockAt = time
            fill(slot, &actions)
        case .interested: receivedInterested(slot, &actions)
        case .notInterested: receivedNotInterested(slot, &actions)
        case .have(let piece): receivedHave(slot, piece, &actions)
        case .bitfield(let bits): receivedBitfield(slot, bits, &actions)
        case .haveAll: receivedHaveAll(slot, &actions)
        case .haveNone: receivedHaveNone(slot, &actions)
        case .cancel(let block): receivedCancel(slot, block, &actions)
        case .reject(let block): receivedReject(slot, block, &actions)
        case .allowedFast(let piece): receivedAllowedFast(slot, piece.rawValue, &actions)
        case .extended(let id, let payload): receivedExtended(slot, id, payload, &actions)
        case .hashRequest(let request): receivedHashRequest(slot, request, &actions)
        case .hashes(let request, let hashes): receivedHashes(slot, request, hashes, &actions)
        case .hashReject(let request): receivedHashReject(slot, request, &actions)
        }
    }

    private func isNegotiated(_ message: PeerMessage, _ slot: Int) -> Bool {
        switch message {
        case .haveAll, .haveNone, .suggest, .reject, .allowedFast: connections[slot].isFast
        case .extended: connections[slot].isExtended
        case .hashRequest, .hashes, .hashReject: connections[slot].isV2
        default: true
        }
    }

    // MARK: What the peer has

    private static let maximumEarlyPieces = 4096

    private mutating func receivedHave(_ slot: Int, _ piece: PieceIndex, _ actions: inout ActionQueue) {
        connections[slot].hasToldPieces = true
        guard let pieceCount = content?.pieceCount else {
            // Indices cannot be checked yet, so that only so many are kept.
            if connections[slot].earlyPieces.count < Self.maximumEarlyPieces {
                connections[slot].earlyPieces.append(piece)
            }
            return
        }
        guard piece.rawValue < pieceCount else {
            return offend(slot, .indexOutOfRange(message: 4, index: piece.rawValue), &actions)
        }
        guard gained(slot, piece.rawValue) else { return }
        if isRedundant(slot) { return close(slot, .redundant, &actions) }
        updateInterest(slot, &actions)
        fill(slot, &actions)
    }

    /// - Returns: whether that was news.
    private mutating func gained(_ slot: Int, _ piece: Int) -> Bool {
        guard !connections[slot].hasAll, let content else { return false }
        if connections[slot].pieces == nil {
            connections[slot].pieces = PieceSet(pieceCount: content.pieceCount)
        }
        guard connections[slot].pieces?.insert(piece) == true else { return false }
        download?.picker.peerGained(piece, chance: &chance)
        if have?.contains(piece) == false, wishes.wants(piece) { connections[slot].wantedCount += 1 }
        wasSeenElsewhere(piece, slot)
        if connections[slot].pieceCount == content.pieceCount, !connections[slot].hasLostPieces {
            becameSeed(slot)
        }
        return true
    }

    private mutating func becameSeed(_ slot: Int) {
        if let pieces = connections[slot].pieces { download?.picker.peerLeft(pieces, chance: &chance) }
        connections[slot].pieces = nil
        connections[slot].hasAll = true
        seedCount += 1
        connections[slot].wantedCount = wantedCount(of: slot)
    }

    private mutating func receivedBitfield(_ slot: Int, _ bits: ByteBuffer, _ actions: inout ActionQueue) {
        guard !connections[slot].hasToldAll else { return offend(slot, .notFirst(message: 5), &actions) }
        guard let content else {
            connections[slot].hasToldPieces = true
            connections[slot].earlyBitfield = bits
            return
        }
        guard connections[slot].hasToldPieces else {
            connections[slot].hasToldPieces = true
            return readBitfield(slot, bits, &actions)
        }
        // BEP 3 has it as the first message only. aria2 sends one later where it would have to send many haves.
        guard let pieces = PieceSet(bitfield: bits, pieceCount: content.pieceCount) else {
            return offend(
                slot, .badBitfield(length: bits.readableBytes, pieceCount: content.pieceCount), &actions)
        }
        var news: [Int] = []
        pieces.forEach { news.append($0) }
        for piece in news where !connections[slot].hasAll { _ = gained(slot, piece) }
        pieceNews(slot, &actions)
    }

    private mutating func readBitfield(_ slot: Int, _ bits: ByteBuffer, _ actions: inout ActionQueue) {
        guard let content else { return }
        guard let pieces = PieceSet(bitfield: bits, pieceCount: content.pieceCount) else {
            return offend(
                slot, .badBitfield(length: bits.readableBytes, pieceCount: content.pieceCount), &actions)
        }
        if pieces.isFull {
            becameSeed(slot)
        } else {
            download?.picker.peerJoined(pieces, chance: &chance)
            connections[slot].pieces = pieces
            connections[slot].wantedCount = wantedCount(of: slot)
        }
        pieceNews(slot, &actions)
    }

    private mutating func receivedHaveAll(_ slot: Int, _ actions: inout ActionQueue) {
        guard !connections[slot].hasToldPieces else { return offend(slot, .notFirst(message: 14), &actions) }
        connections[slot].hasToldPieces = true
        connections[slot].hasToldAll = true
        becameSeed(slot)
        if content != nil { pieceNews(slot, &actions) }
    }

    private mutating func receivedHaveNone(_ slot: Int, _ actions: inout ActionQueue) {
        guard !connections[slot].hasToldPieces else { return offend(slot, .notFirst(message: 15), &actions) }
        connections[slot].hasToldPieces = true
    }

    /// Reads what came before there was metadata to read it by.
    mutating func readEarlyPieces(_ slot: Int, _ actions: inout ActionQueue) {
        guard let content else { return }
        if connections[slot].hasAll { connections[slot].wantedCount = wantedCount(of: slot) }
        let bits = connections[slot].earlyBitfield
        let early = connections[slot].earlyPieces
        connections[slot].earlyBitfield = nil
        connections[slot].earlyPieces = []
        if let bits { readBitfield(slot, bits, &actions) }
        for piece in early where connections[slot].isOpen {
            guard piece.rawValue < content.pieceCount else {
                return offend(slot, .indexOutOfRange(message: 4, index: piece.rawValue), &actions)
            }
            _ = gained(slot, piece.rawValue)
        }
    }

    private mutating func pieceNews(_ slot: Int, _ actions: inout ActionQueue) {
        if isRedundant(slot) { return close(slot, .redundant, &actions) }
        updateInterest(slot, &actions)
        askForLayers(&actions)
        fill(slot, &actions)
    }

    // MARK: Interest

    mutating func updateInterest(_ slot: Int, _ actions: inout ActionQueue) {
        let wants = gate.download && content != nil && connections[slot].wantedCount > 0
        guard wants != connections[slot].weWant else { return }
        connections[slot].weWant = wants
        send(wants ? .interested : .notInterested, to: slot, &actions)
    }

    private mutating func receivedInterested(_ slot: Int, _ actions: inout ActionQueue) {
        guard !connections[slot].theyWant else { return }
        connections[slot].theyWant = true
        connections[slot].waitingSince = time
        grantFreeSlots(&actions)
    }

    private mutating func receivedNotInterested(_ slot: Int, _ actions: inout ActionQueue) {
        connections[slot].theyWant = false
        guard !connections[slot].weChoke else { return }
        choke(slot, &actions)
        grantFreeSlots(&actions)
    }

    /// The peer runs a DHT node beside. Source: BEP 5, "BitTorrent Protocol Extension".
    private mutating func receivedPort(_ slot: Int, _ port: UInt16, _ actions: inout ActionQueue) {
        guard port != 0, content?.isPrivate != true, !connections[slot].hasToldPort else { return }
        connections[slot].hasToldPort = true
        actions.append(.foundNode(connections[slot].address.with(port: port)))
    }

    private static let maximumSuggested = 16

    /// Source: BEP 6, "Suggest Piece": the latest counts most.
    private mutating func receivedSuggest(_ slot: Int, _ piece: Int, _ actions: inout ActionQueue) {
        guard let content else { return }
        guard piece < content.pieceCount else {
            return offend(slot, .indexOutOfRange(message: 13, index: piece), &actions)
        }
        connections[slot].suggested.removeAll { $0 == piece }
        connections[slot].suggested.insert(piece, at: 0)
        if connections[slot].suggested.count > Self.maximumSuggested {
            connections[slot].suggested.removeLast()
        }
    }

    private mutating func receivedAllowedFast(_ slot: Int, _ piece: Int, _ actions: inout ActionQueue) {
        guard let content else { return }
        guard piece < content.pieceCount else {
            return offend(slot, .indexOutOfRange(message: 17, index: piece), &actions)
        }
        guard connections[slot].allowedFast.count < 32, !connections[slot].allowedFast.contains(piece) else {
            return
        }
        connections[slot].allowedFast.append(piece)
        fill(slot, &actions)
    }
}
