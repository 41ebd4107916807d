// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardPrimitives

/// Random numbers for what goes over the wire and must not be guessed: who has seen some of them can tell neither those
/// before nor those after. What nobody gains by guessing is for `Chance`.
///
/// SHA-256 of a secret and a counter, four numbers to a digest.
package struct SecretChance: RandomNumberGenerator, Sendable {
    private let secret: [UInt8]
    private var counter: UInt64 = 0
    /// Of the last digest, and not yet given out.
    private var numbers: [UInt64] = []

    /// From a secret of 32 bytes of the system's.
    package init() {
        var system = SystemRandomNumberGenerator()
        secret = (0..<4).flatMap { _ in system.next().littleEndianBytes }
    }

    /// The same numbers from the same seed, for simulations and tests.
    package init(seed: UInt64) { secret = seed.littleEndianBytes }

    package mutating func next() -> UInt64 {
        if let number = numbers.popLast() { return number }
        let bytes = SHA256.hash(secret + counter.littleEndianBytes).bytes
        counter &+= 1
        numbers = stride(from: 0, to: bytes.count, by: 8).map { start in
            bytes[start..<(start + 8)].reduce(0) { $0 << 8 | UInt64($1) }
        }
        return numbers.removeLast()
    }
}

extension UInt64 {
    fileprivate var littleEndianBytes: [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: self >> (8 * $0)) } }
}
