// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardHash
internal import SwardPrimitives

/// Makes and checks the tokens that tie a write to an address that asked before. Source: BEP 5, "get_peers".
///
/// A token is good for five to ten minutes and for its IP address alone.
struct WriteTokens: Sendable {
    typealias Instant = ContinuousClock.Instant

    static let rotation = Duration.seconds(300), byteCount = 8

    private var current: [UInt8]
    private var previous: [UInt8]
    private var rotated: Instant

    init(at now: Instant, using chance: inout SecretChance) {
        current = Self.secret(&chance)
        previous = Self.secret(&chance)
        rotated = now
    }

    private static func secret(_ chance: inout SecretChance) -> [UInt8] {
        (0..<16).map { _ in UInt8(truncatingIfNeeded: chance.next() >> 32) }
    }

    mutating func rotate(at now: Instant, using chance: inout SecretChance) {
        guard now - rotated >= Self.rotation else { return }
        previous = now - rotated >= Self.rotation * 2 ? Self.secret(&chance) : current
        current = Self.secret(&chance)
        rotated = now
    }

    func token(for address: PeerAddress) -> [UInt8] { Self.token(address, current) }

    func isValid(_ token: [UInt8], from address: PeerAddress) -> Bool {
        token == Self.token(address, current) || token == Self.token(address, previous)
    }

    private static func token(_ address: PeerAddress, _ secret: [UInt8]) -> [UInt8] {
        Array(SHA1.hash(secret + address.ip).bytes.prefix(byteCount))
    }
}
