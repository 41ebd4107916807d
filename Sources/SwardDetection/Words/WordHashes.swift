// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// A set of words by their hashes, asked for nearly every word of a file: one look, and no hashing of hashes.
struct WordHashes: ExpressibleByArrayLiteral, Sendable {
    /// 0 where nothing is; no word hashes to 0.
    private var slots: [UInt32]
    private let mask: Int

    init(_ hashes: some Collection<UInt32>) {
        var size = 8
        while size < hashes.count * 4 { size *= 2 }
        slots = Array(repeating: 0, count: size)
        mask = size - 1
        for hash in hashes where hash != 0 {
            var slot = Self.slot(hash) & mask
            while slots[slot] != 0, slots[slot] != hash { slot = (slot + 1) & mask }
            slots[slot] = hash
        }
    }

    /// - Parameter words: With spaces or line ends between them.
    init(words: String) {
        self.init(words.split { $0 == " " || $0 == "\n" }.map { Lexemes.hash($0.utf8) })
    }

    init(arrayLiteral hashes: UInt32...) { self.init(hashes) }

    @inline(__always) private static func slot(_ hash: UInt32) -> Int {
        Int(truncatingIfNeeded: hash ^ hash >> 15)
    }

    @inline(__always) func contains(_ hash: UInt32) -> Bool {
        var slot = Self.slot(hash) & mask
        while case let found = slots[slot], found != 0 {
            if found == hash { return true }
            slot = (slot &+ 1) & mask
        }
        return false
    }
}

/// A set of the words that the grammar knows by themselves: one bit for each.
struct WordKinds: ExpressibleByArrayLiteral, Sendable {
    private var bits = SIMD8<UInt64>()

    init(arrayLiteral words: Word...) {
        for word in words { bits[Int(word.rawValue >> 6)] |= 1 << UInt64(word.rawValue & 63) }
    }

    @inline(__always) func contains(_ word: Word) -> Bool {
        bits[Int(word.rawValue >> 6)] & 1 << UInt64(word.rawValue & 63) != 0
    }
}
