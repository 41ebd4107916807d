// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Pieces that one peer is asked for side by side, a few blocks of each in turn.
///
/// The SHA-1 of a piece is one stream; sixteen are hashed in the time of four, as their blocks come and without reading
/// them back. It costs the peer its reading in order, and is for those that read from memory.
struct PieceTurns: Sendable {
    struct Turn: Sendable {
        let piece: Int
        /// Among the partial ones.
        let slot: Int
        /// Blocks asked for since it was its turn.
        fileprivate var taken = 0

        init(piece: Int, slot: Int) {
            self.piece = piece
            self.slot = slot
        }
    }

    static let count = 16
    /// Of one piece before the next.
    private static let blocks = 4

    /// Whose turn it is lies first.
    private var turns: [Turn] = []

    var isFull: Bool { turns.count == Self.count }
    var current: Turn? { turns.first }

    mutating func add(_ turn: Turn) { turns.append(turn) }

    /// A block of the current one was asked for.
    mutating func take() {
        guard turns[0].taken + 1 == Self.blocks else { return turns[0].taken += 1 }
        var turn = turns.removeFirst()
        turn.taken = 0
        turns.append(turn)
    }

    /// The current one has nothing more to ask for: `turn` takes its place, or nobody.
    mutating func replace(by turn: Turn?) {
        if let turn { turns[0] = turn } else { turns.removeFirst() }
    }

    mutating func clear() {
        if !turns.isEmpty { turns = [] }
    }
}
