// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// A set of pieces, one bit each.
package struct PieceSet: Hashable, Sendable {
    package let pieceCount: Int
    package private(set) var count = 0
    /// Piece 0 is the lowest bit of the first word; bits past the last piece are never set.
    private(set) var words: [UInt64]

    package init(pieceCount: Int) {
        self.pieceCount = pieceCount
        words = Array(repeating: 0, count: (pieceCount + 63) / 64)
    }

    package init(allOf pieceCount: Int) {
        self.init(pieceCount: pieceCount)
        for piece in 0..<pieceCount { insert(piece) }
    }

    package var isFull: Bool { count == pieceCount }
    package var isEmpty: Bool { count == 0 }

    @inline(__always)
    package func contains(_ piece: Int) -> Bool { words[piece &>> 6] & (1 &<< UInt64(piece & 63)) != 0 }

    @discardableResult
    package mutating func insert(_ piece: Int) -> Bool {
        precondition(piece < pieceCount)
        let mask: UInt64 = 1 &<< UInt64(piece & 63)
        guard words[piece >> 6] & mask == 0 else { return false }
        words[piece >> 6] |= mask
        count += 1
        return true
    }

    @discardableResult
    package mutating func remove(_ piece: Int) -> Bool {
        let mask: UInt64 = 1 &<< UInt64(piece & 63)
        guard words[piece >> 6] & mask != 0 else { return false }
        words[piece >> 6] &= ~mask
        count -= 1
        return true
    }
}
