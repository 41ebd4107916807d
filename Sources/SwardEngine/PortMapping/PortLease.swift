// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Says when to ask the gateway for a port, or again for it.
package struct PortLease: Sendable {
    package typealias Instant = ContinuousClock.Instant

    /// In seconds: what is asked for. A gateway that forgets who crashed is one that others can use.
    package static let lifetime = 3600
    /// What a gateway grants in seconds is believed between these: none is asked every moment, or never again.
    private static let believed = 60...lifetime
    private static let retries: [Duration] = [.seconds(60), .seconds(300), .seconds(1800)]

    private enum State {
        case wanted(since: Instant)
        case held(until: Instant, renewAt: Instant)
        case refused(times: Int, retryAt: Instant)
    }

    private var state: State

    package init(at now: Instant) { state = .wanted(since: now) }

    /// When to ask next.
    package var deadline: Instant {
        switch state {
        case .wanted(let since): since
        case .held(_, let renewAt): renewAt
        case .refused(_, let retryAt): retryAt
        }
    }

    /// Whether there is something to give back.
    package var isHeld: Bool { if case .held = state { true } else { false } }

    package mutating func granted(seconds: Int, at now: Instant) {
        let lifetime = min(max(seconds, Self.believed.lowerBound), Self.believed.upperBound)
        // "The client SHOULD begin trying to renew the mapping halfway to expiry." (RFC 6886, 3.3)
        state = .held(until: now + .seconds(lifetime), renewAt: now + .seconds(lifetime / 2))
    }

    /// The gateway began anew, and knows of nothing that it granted or refused.
    ///
    /// - Parameter delay: of chance, so that not all of a network ask at once.
    package mutating func forgotten(askingAfter delay: Duration, at now: Instant) {
        switch state {
        case .wanted: break
        case .held(let until, let renewAt): state = .held(until: until, renewAt: min(renewAt, now + delay))
        case .refused(_, let retryAt): state = .refused(times: 0, retryAt: min(retryAt, now + delay))
        }
    }

    package mutating func refused(at now: Instant) {
        switch state {
        case .held(let until, _) where until > now:
            // It may come back before the mapping ends.
            state = .held(until: until, renewAt: min(until, now + Self.retries[0]))
        case .refused(let times, _):
            state = .refused(
                times: times + 1, retryAt: now + Self.retries[min(times, Self.retries.count - 1)])
        case .wanted, .held:
            state = .refused(times: 1, retryAt: now + Self.retries[0])
        }
    }
}
