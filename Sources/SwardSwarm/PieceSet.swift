// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import NIOCore

/// A set of pieces, one bit each.
package struct PieceSet: Hashable, Sendable {
    package let pieceCount: Int
    package private(set) var count = 0
    /// Piece 0 is the highest bit of the first word, as on the wire; bits past the last piece are never set.
    private(set) var words: [UInt64]

    package init(pieceCount: Int) {
        self.pieceCount = pieceCount
        words = Array(repeating: 0, count: (pieceCount + 63) / 64)
    }

    package init(allOf pieceCount: Int) {
        self.init(pieceCount: pieceCount)
        for index in words.indices { words[index] = .max }
        if pieceCount % 64 != 0 { words[words.count - 1] = ~(.max >> UInt64(pieceCount % 64)) }
        count = pieceCount
    }

    /// - Returns: `nil` unless `bitfield` has exactly the bytes and no bit set past the last piece.
    package init?(bitfield: ByteBuffer, pieceCount: Int) {
        guard bitfield.readableBytes == (pieceCount + 7) / 8 else { return nil }
        self.init(pieceCount: pieceCount)
        var bytes = bitfield
        var position = 0
        while let word = bytes.readInteger(as: UInt64.self) {
            words[position] = word
            position += 1
        }
        var rest: UInt64 = 0
        var shift: UInt64 = 56
        while let byte = bytes.readInteger(as: UInt8.self) {
            rest |= UInt64(byte) << shift
            shift &-= 8
        }
        if position < words.count { words[position] = rest }
        if pieceCount % 64 != 0, let last = words.last, last & (.max >> UInt64(pieceCount % 64)) != 0 {
            return nil
        }
        count = words.reduce(0) { $0 + $1.nonzeroBitCount }
    }

    package var isFull: Bool { count == pieceCount }
    package var isEmpty: Bool { count == 0 }

    @inline(__always)
    package func contains(_ piece: Int) -> Bool {
        words[piece &>> 6] & (0x8000_0000_0000_0000 &>> UInt64(truncatingIfNeeded: piece & 63)) != 0
    }

    /// How many pieces are in both.
    func overlap(_ other: PieceSet) -> Int {
        var overlap = 0
        for index in words.indices { overlap += (words[index] & other.words[index]).nonzeroBitCount }
        return overlap
    }

    /// How many pieces of this set are in `wanted` (all, if that is `nil`) and not in `have`.
    func missing(from have: PieceSet, of wanted: PieceSet?) -> Int {
        var missing = 0
        for index in words.indices {
            let open = words[index] & ~have.words[index]
            missing += (wanted.map { open & $0.words[index] } ?? open).nonzeroBitCount
        }
        return missing
    }

    func intersection(_ other: PieceSet) -> PieceSet {
        var result = self
        result.count = 0
        for index in words.indices {
            result.words[index] &= other.words[index]
            result.count += result.words[index].nonzeroBitCount
        }
        return result
    }

    func subtracting(_ other: PieceSet) -> PieceSet {
        var result = self
        result.count = 0
        for index in words.indices {
            result.words[index] &= ~other.words[index]
            result.count += result.words[index].nonzeroBitCount
        }
        return result
    }

    /// As a `bitfield` message carries it.
    package func bitfield() -> ByteBuffer {
        var buffer = ByteBuffer()
        buffer.reserveCapacity(words.count * 8)
        for word in words { buffer.writeInteger(word) }
        buffer.moveWriterIndex(to: (pieceCount + 7) / 8)
        return buffer
    }

    package func forEach(_ body: (Int) -> Void) {
        for (index, word) in words.enumerated() {
            var rest = word
            while rest != 0 {
                let bit = rest.leadingZeroBitCount
                body(index * 64 + bit)
                rest &= ~(0x8000_0000_0000_0000 >> UInt64(bit))
            }
        }
    }

    @discardableResult
    package mutating func insert(_ piece: Int) -> Bool {
        precondition(piece < pieceCount)
        let mask: UInt64 = 0x8000_0000_0000_0000 >> UInt64(piece & 63)
        guard words[piece >> 6] & mask == 0 else { return false }
        words[piece >> 6] |= mask
        count += 1
        return true
    }

    @discardableResult
    package mutating func remove(_ piece: Int) -> Bool {
        let mask: UInt64 = 0x8000_0000_0000_0000 >> UInt64(piece & 63)
        guard words[piece >> 6] & mask != 0 else { return false }
        words[piece >> 6] &= ~mask
        count -= 1
        return true
    }
}
