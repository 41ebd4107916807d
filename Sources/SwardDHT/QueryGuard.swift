// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardPrimitives

/// Holds down those who ask too much, and what we answer in all.
///
/// Addresses of datagrams are easily forged, so an answer may hit one who never asked: what goes out is capped whoever
/// seems to ask, and a host that has not shown that it hears us gets thrice the bytes that came from it and a little more,
/// which is enough for what an honest lookup asks of one node.
struct QueryGuard: Sendable {
    typealias Instant = ContinuousClock.Instant

    /// More hosts than this in ten seconds are counted together.
    static let hostLimit = 10_000
    private static let window = Duration.seconds(10)
    /// What a host may get in a window, in bytes: so much for every byte that came in its name, beyond the first few.
    static let factor = 3, grace = 4096

    private struct Host {
        var queries = 0
        var received = 0
        var sent = 0
    }

    private let bytesPerSecond: Int
    private let perWindow: Int
    private var hosts: [PeerAddress: Host] = [:]
    private var opened: Instant
    private var level: Double
    private var filled: Instant

    init(bytesPerSecond: Int, perHost: Int, at now: Instant) {
        self.bytesPerSecond = bytesPerSecond
        perWindow = perHost * 10
        opened = now
        level = Double(bytesPerSecond)
        filled = now
    }

    /// Whether a query of `address` is looked at, which came in a datagram of `byteCount`.
    mutating func admits(_ address: PeerAddress, byteCount: Int, at now: Instant) -> Bool {
        if address.isLoopback { return true }
        if now - opened >= Self.window {
            hosts.removeAll(keepingCapacity: true)
            opened = now
        }
        let host = address.host
        guard hosts[host] != nil || hosts.count < Self.hostLimit else { return false }
        hosts[host, default: Host()].queries += 1
        hosts[host]?.received += byteCount
        return hosts[host, default: Host()].queries <= perWindow
    }

    /// Whether an answer of `byteCount` may go out; takes it from what is left.
    ///
    /// - Parameter isProven: It has shown that it hears what we send it.
    mutating func spend(
        _ byteCount: Int, to address: PeerAddress, isProven: Bool, at now: Instant
    ) -> Bool {
        if address.isLoopback { return true }
        let host = hosts[address.host] ?? Host()
        guard isProven || host.sent + byteCount <= Self.grace + Self.factor * host.received else {
            return false
        }
        let elapsed = min(now - filled, .seconds(10)) / .seconds(1)
        level = min(Double(bytesPerSecond) * 2, level + elapsed * Double(bytesPerSecond))
        filled = now
        guard level >= Double(byteCount) else { return false }
        level -= Double(byteCount)
        hosts[address.host]?.sent += byteCount
        return true
    }
}

/// Where others see us; one voice for each network. Source: BEP 42, "Bootstrapping".
struct AddressVote: Sendable {
    static let majority = 4, limit = 64

    private var voices: [[UInt8]: PeerAddress] = [:]
    private(set) var winner: PeerAddress?

    /// - Returns: The address, when this voice made it the winner.
    mutating func add(_ address: PeerAddress, from voter: PeerAddress) -> PeerAddress? {
        if voices.count >= Self.limit { voices.removeAll() }
        voices[voter.isLoopback ? voter.compact : voter.network] = address.host
        guard voices.values.count(where: { $0 == address.host }) >= Self.majority, winner != address.host
        else {
            return nil
        }
        winner = address.host
        return winner
    }
}
