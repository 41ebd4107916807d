// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardHash
import Testing

@Suite("Secret chance") struct SecretChanceTests {
    /// Python's `hashlib.sha256(seed + counter)`, both of eight bytes, the lowest first; eight bytes at a time from the end.
    @Test("is SHA-256 of a secret and a counter")
    func numbers() {
        var chance = SecretChance(seed: 1)
        let numbers: [UInt64] = [
            0x0030ed797a8973e0,
            0x4e24b001d5b081dc,
            0x61aec181a74b694f,
            0x4cbbd8ca5215b8d1,
            0xdb2452a413dab1f7,
        ]
        #expect(numbers.map { _ in chance.next() } == numbers)
    }

    @Test("has a secret of the system's unless it is given one")
    func secret() {
        var (one, other) = (SecretChance(), SecretChance())
        #expect(one.next() != other.next())
    }
}
