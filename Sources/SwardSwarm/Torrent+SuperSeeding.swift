// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import NIOCore
package import SwardPrimitives
internal import SwardWire

/// A first seed that sends every piece about once. Source: BEP 16.
///
/// It looks like a peer that has nothing, and shows each peer two pieces that few others were shown. The next one comes
/// when a piece was seen at someone else, so that whoever passes on gets more.
extension Torrent {
    private static let shownAtOnce = 2
    /// In milliseconds; then a peer is shown another piece though nobody else has the last: it may be alone.
    private static let patience = 20_000

    /// Only of what is whole: who lacks pieces trades what it has.
    var isSuperSeeding: Bool { configuration.isSuperSeed && isComplete && gate.upload }

    mutating func showPieces(to slot: Int, _ actions: inout ActionQueue) {
        guard isSuperSeeding, let content, !connections[slot].hasAll else { return }
        while connections[slot].shown.count < Self.shownAtOnce {
            guard let piece = leastShown(to: slot, of: content.pieceCount) else { return }
            connections[slot].shown.append((piece, time))
            connections[slot].everShown.insert(piece)
            send(.have(PieceIndex(piece)), to: slot, &actions)
        }
    }

    /// The piece that the fewest peers have or were shown, ties by chance.
    private mutating func leastShown(to slot: Int, of count: Int) -> Int? {
        let start = chance.next(below: count)
        var best: (piece: Int, rank: Int)?
        // A bounded look: of very many pieces a good one will do.
        for step in 0..<min(count, 4096) {
            let piece = (start + step) % count
            if connections[slot].has(piece) || connections[slot].everShown.contains(piece) { continue }
            var rank = 0
            for other in connections.indices where connections[other].isOpen && other != slot {
                if connections[other].has(piece) {
                    rank += 2
                } else if connections[other].shown.contains(where: { $0.piece == piece }) {
                    rank += 1
                }
            }
            if best.map({ rank < $0.rank }) ?? true { best = (piece, rank) }
            if rank == 0 { break }
        }
        return best?.piece
    }

    /// A peer has a piece: whoever else was shown it has passed it on.
    mutating func wasSeenElsewhere(_ piece: Int, _ slot: Int) {
        guard configuration.isSuperSeed else { return }
        for other in connections.indices where connections[other].isOpen && other != slot {
            connections[other].shown.removeAll { $0.piece == piece }
        }
    }

    /// Now and then: replaces what was passed on, and what has waited long.
    mutating func showMorePieces(_ actions: inout ActionQueue) {
        guard isSuperSeeding else { return }
        for slot in connections.indices where connections[slot].isOpen {
            let due = time - Self.patience
            connections[slot].shown.removeAll { $0.at <= due }
            showPieces(to: slot, &actions)
        }
    }

    // MARK: Pieces that are gone

    /// A peer has lost a piece. Source: BEP 54.
    mutating func receivedDontHave(_ slot: Int, _ payload: ByteBuffer, _ actions: inout ActionQueue) {
        guard let content else { return }
        guard let index = payload.getInteger(at: payload.readerIndex, as: UInt32.self),
            payload.readableBytes == 4, index < content.pieceCount
        else { return offend(slot, .badExtension(id: 3), &actions) }
        let piece = Int(index)
        guard connections[slot].has(piece) else { return }
        connections[slot].hasLostPieces = true
        if connections[slot].hasAll {
            var pieces = PieceSet(allOf: content.pieceCount)
            pieces.remove(piece)
            connections[slot].hasAll = false
            connections[slot].pieces = pieces
            seedCount -= 1
            download?.picker.peerJoined(pieces, chance: &chance)
            connections[slot].wantedCount = wantedCount(of: slot)
        } else {
            connections[slot].pieces?.remove(piece)
            download?.picker.peerLost(piece, chance: &chance)
            if have?.contains(piece) == false, wishes.wants(piece) { connections[slot].wantedCount -= 1 }
        }
        updateInterest(slot, &actions)
        // With the fast extension each request will be rejected; without, none is answered.
        if !connections[slot].isFast { withdrawRequests(slot, of: piece, &actions) }
        fillAll(&actions)
    }

    /// A piece of ours is gone from the disk: peers are told, and it is fetched again where that is allowed.
    package mutating func pieceLost(_ piece: PieceIndex, at now: Instant, into actions: inout ActionQueue) {
        advance(to: now)
        guard let content, piece.rawValue < content.pieceCount, have?.remove(piece.rawValue) == true else {
            return
        }
        bytesComplete -= Int64(content.length(of: piece.rawValue))
        let isWanted = wishes.wants(piece.rawValue)
        if isWanted { missing += 1 }
        var message = ByteBuffer()
        message.writeInteger(UInt32(truncatingIfNeeded: piece.rawValue))
        for slot in connections.indices where connections[slot].isOpen {
            if connections[slot].dontHaveID != 0, gate.upload {
                send(.extended(id: connections[slot].dontHaveID, message), to: slot, &actions)
            }
            connections[slot].wantedCount = wantedCount(of: slot)
        }
        if download == nil, isWanted {
            makeDownload()
            for slot in connections.indices where connections[slot].isOpen {
                if let pieces = connections[slot].pieces {
                    download?.picker.peerJoined(pieces, chance: &chance)
                }
            }
        } else if isWanted {
            download?.picker.reopen(piece.rawValue, chance: &chance)
        }
        updateEverything(&actions)
    }
}
