// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardPrimitives

/// What a torrent that is not complete keeps beside what it has.
struct Download: Sendable {
    static let none: Int32 = -1

    var picker: PiecePicker
    var partials: PartialPieces
    /// By piece: its slot among the partial ones.
    var slots: [Int32]

    /// - Parameter open: pieces wanted, and provable.
    init(opening open: PieceSet, content: Content, chance: inout Chance) {
        picker = PiecePicker(opening: open, chance: &chance)
        partials = PartialPieces(blocksPerPiece: content.blocksPerPiece, keepsLeaves: content.isV2)
        slots = Array(repeating: Self.none, count: content.pieceCount)
    }

    @inline(__always)
    func slot(of piece: Int) -> Int { Int(slots[piece]) }

    mutating func begin(_ piece: Int, length: Int, owner: Int, isExclusive: Bool) -> Int {
        picker.close(piece)
        let slot = partials.begin(piece, length: length, owner: owner, isExclusive: isExclusive)
        slots[piece] = Int32(truncatingIfNeeded: slot)
        return slot
    }

    /// The piece is ours.
    mutating func end(_ piece: Int) {
        let slot = Int(slots[piece])
        slots[piece] = Self.none
        partials.end(slot)
    }
}
