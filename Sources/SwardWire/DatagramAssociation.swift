// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardPrimitives

/// Has a SOCKS5 proxy pass our datagrams on, and asks anew when it ceases to. Source: RFC 1928, 6 and 7.
///
/// The connection by which it was asked stays open: what it passes on it passes on only while that lives.
package struct DatagramAssociation: Sendable {
    package typealias Instant = ContinuousClock.Instant

    package enum Action: Hashable, Sendable {
        case none
        /// Connect to the proxy and ask.
        case ask
        /// Send to this address from now on, and take from it alone.
        case use(relay: PeerAddress)
        /// Hang up: what it said is of no use.
        case hangUp(SOCKSFault)
    }

    private enum State {
        case idle
        case asking
        case open(since: Instant)
        case waiting(until: Instant)
        /// It cannot, or we are done.
        case closed
    }

    private static let pauses = (first: Duration.seconds(1), last: Duration.seconds(300))
    /// Who kept one so long is asked again at once when it ends.
    private static let enduring = Duration.seconds(60)

    private var state = State.idle
    /// Before it is asked again.
    private var pause = pauses.first

    package init() {}

    package var isOpen: Bool { if case .open = state { true } else { false } }

    /// Whether it will not be asked again.
    package var isClosed: Bool { if case .closed = state { true } else { false } }

    /// When the shell must next call ``timerFired(at:)``.
    package var deadline: Instant? { if case .waiting(let until) = state { until } else { nil } }

    package mutating func start() -> Action {
        guard case .idle = state else { return .none }
        state = .asking
        return .ask
    }

    /// The proxy says where it takes datagrams.
    ///
    /// - Parameter proxy: where it was reached. A relay without an address is there, and so is one that would be on this
    ///   machine while the proxy is not: only what listens here could be meant, and that is not its to name.
    package mutating func didAgree(on bound: SOCKSEnd, by proxy: PeerAddress, at now: Instant) -> Action {
        guard case .asking = state else { return .none }
        guard case .address(var relay) = bound else { return reject(.badAddress(kind: 3), at: now) }
        if relay.isUnspecified || (relay.isLoopback && !proxy.isLoopback) {
            relay = proxy.with(port: relay.port)
        }
        guard relay.port != 0, relay.scope != .none else { return reject(.badRelay(relay), at: now) }
        state = .open(since: now)
        return .use(relay: relay)
    }

    private mutating func reject(_ fault: SOCKSFault, at now: Instant) -> Action {
        wait(at: now)
        return .hangUp(fault)
    }

    /// - Parameter fault: what it said; `nil` where it said nothing, or is not there.
    package mutating func didFail(_ fault: SOCKSFault?, at now: Instant) {
        guard case .asking = state else { return }
        // "Command not supported" is not going to change.
        if case .refused(7)? = fault { state = .closed } else { wait(at: now) }
    }

    /// The connection, or the way to the relay, is gone.
    package mutating func didEnd(at now: Instant) {
        guard case .open(let since) = state else { return }
        if now - since >= Self.enduring { pause = Self.pauses.first }
        wait(at: now)
    }

    private mutating func wait(at now: Instant) {
        state = .waiting(until: now + pause)
        pause = min(pause * 2, Self.pauses.last)
    }

    package mutating func timerFired(at now: Instant) -> Action {
        guard case .waiting(let until) = state, until <= now else { return .none }
        state = .asking
        return .ask
    }

    package mutating func close() { state = .closed }
}
