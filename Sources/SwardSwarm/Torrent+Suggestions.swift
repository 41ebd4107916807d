// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardPrimitives
internal import SwardWire

/// A seed that tells each peer which pieces nobody else was given. Source: BEP 6, "Suggest Piece".
///
/// Peers choose the rarest by chance and cannot see what others have just begun, so that several fetch the same piece from
/// a seed whose line is the narrowest place of the swarm. Measured with eight peers and 256 pieces it sends a quarter twice.
/// It ends when every piece was offered or seen once; from then on rarity among peers says enough.
extension Torrent {
    private static let suggestedAtOnce = 2
    private static let probes = 256

    private var suggests: Bool { isComplete && gate.upload && !isSuperSeeding }

    mutating func suggestPieces(to slot: Int, _ actions: inout ActionQueue) {
        guard suggests, let content, connections[slot].isFast, !connections[slot].hasAll,
            !connections[slot].weChoke
        else { return }
        if offered == nil { offered = PieceSet(pieceCount: content.pieceCount) }
        while connections[slot].suggestedToIt.count < Self.suggestedAtOnce, let piece = pieceToOffer(slot) {
            offered?.insert(piece)
            connections[slot].suggestedToIt.append(piece)
            send(.suggest(PieceIndex(piece)), to: slot, &actions)
        }
    }

    /// A piece that was not offered and that no peer has.
    private mutating func pieceToOffer(_ slot: Int) -> Int? {
        guard let pieceCount = content?.pieceCount, let offered, !offered.isFull else { return nil }
        let start = chance.next(below: pieceCount)
        // Of very many pieces a look at some will do.
        var probes = 0
        for step in 0..<pieceCount where probes < Self.probes {
            let piece = (start + step) % pieceCount
            guard self.offered?.contains(piece) == false else { continue }
            probes += 1
            let isElsewhere = connections.contains { $0.isOpen && $0.has(piece) }
            if !isElsewhere { return piece }
            self.offered?.insert(piece)
        }
        return nil
    }

    /// A peer asks for a piece, suggested or not.
    mutating func pieceBegun(_ piece: Int, by slot: Int, _ actions: inout ActionQueue) {
        guard suggests else { return }
        offered?.insert(piece)
        connections[slot].suggestedToIt.removeAll { $0 == piece }
        suggestPieces(to: slot, &actions)
    }

    /// What a peer was offered and did not begin is for others.
    mutating func withdrawSuggestions(_ slot: Int) {
        for piece in connections[slot].suggestedToIt { offered?.remove(piece) }
        connections[slot].suggestedToIt = []
        if connectionCount == 0 { offered = nil }
    }
}
