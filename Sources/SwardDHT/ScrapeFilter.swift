// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardHash
package import SwardPrimitives

/// A Bloom filter of addresses: 2048 bits, two hashes. Source: BEP 33.
package struct ScrapeFilter: Hashable, Sendable {
    package static let byteCount = 256

    package private(set) var bytes: [UInt8]

    package init() { bytes = [UInt8](repeating: 0, count: Self.byteCount) }

    /// - Returns: `nil` unless there are 256 bytes.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = bytes
    }

    package mutating func insert(_ address: PeerAddress) {
        let hash = SHA1.hash(address.ip).bytes
        for index in [0, 2] {
            let bit = (Int(hash[index]) | Int(hash[index + 1]) << 8) % (8 * Self.byteCount)
            bytes[bit / 8] |= 1 << UInt8(bit % 8)
        }
    }

    /// All that either has.
    package mutating func formUnion(_ other: ScrapeFilter) {
        for index in bytes.indices { bytes[index] |= other.bytes[index] }
    }

    /// How many addresses went in, as the empty bits tell; at most some 8000.
    package var estimatedCount: Int {
        let width = Double(8 * Self.byteCount)
        let empty = max(1, bytes.reduce(0) { $0 + 8 - $1.nonzeroBitCount })
        // Each address leaves this share of the empty bits empty: the formula of BEP 33, by steps.
        let share = (1 - 1 / width) * (1 - 1 / width)
        var expected = width
        var count = 0
        while expected * share >= Double(empty) {
            expected *= share
            count += 1
        }
        return expected - Double(empty) > Double(empty) - expected * share ? count + 1 : count
    }
}
