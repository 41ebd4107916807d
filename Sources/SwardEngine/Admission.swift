// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardPrimitives
import Synchronization

/// Bounds how many of a thing there may be at once, such as connections.
final class Admission: Sendable {
    private let limit: Int
    private let count = Atomic<Int>(0)

    init(limit: Int) { self.limit = limit }

    func enter() -> Bool {
        guard count.add(1, ordering: .relaxed).newValue <= limit else {
            leave()
            return false
        }
        return true
    }

    var current: Int { count.load(ordering: .relaxed) }

    func leave() { count.subtract(1, ordering: .relaxed) }
}

/// Bounds how many connections may wait for a handshake at once: in all, and from one subscriber (an IPv4 address, an IPv6
/// /64), so that one who says nothing does not keep everybody else out. On loopback, where all share an address, in all alone.
final class PendingHandshakes: Sendable {
    private struct State {
        var count = 0
        var bySubscriber: [PeerAddress: Int] = [:]
    }

    private let limit: Int
    private let share: Int
    private let state = Mutex(State())

    init(limit: Int) {
        self.limit = limit
        share = max(1, limit / 8)
    }

    var current: Int { state.withLock { $0.count } }

    func enter(_ address: PeerAddress?) -> Bool {
        let subscriber = Self.subscriber(address)
        return state.withLock { state in
            guard state.count < limit else { return false }
            if let subscriber {
                let others = state.bySubscriber[subscriber, default: 0]
                guard others < share else { return false }
                state.bySubscriber[subscriber] = others + 1
            }
            state.count += 1
            return true
        }
    }

    /// - Parameter address: of one that has entered.
    func leave(_ address: PeerAddress?) {
        let subscriber = Self.subscriber(address)
        state.withLock { state in
            state.count -= 1
            guard let subscriber, let others = state.bySubscriber[subscriber] else { return }
            state.bySubscriber[subscriber] = others > 1 ? others - 1 : nil
        }
    }

    private static func subscriber(_ address: PeerAddress?) -> PeerAddress? {
        address.flatMap { $0.isLoopback ? nil : $0.subscriber }
    }
}
