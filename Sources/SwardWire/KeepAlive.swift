// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Says when to speak and when to drop a silent peer. Source: BEP 3, keepalives.
package struct KeepAlive: Sendable {
    package typealias Instant = ContinuousClock.Instant
    package enum Action: Equatable, Sendable { case none, sendKeepAlive, close(silence: Duration) }
    private enum State { case open(lastRead: Instant, lastWrite: Instant), closed }
    private static let interval = Duration.seconds(120), patience = Duration.seconds(180)
    private var state: State

    package init(openedAt now: Instant) { state = .open(lastRead: now, lastWrite: now) }

    /// When the shell must next call ``timerFired(at:)``; `nil` once closed.
    package var deadline: Instant? {
        guard case .open(let lastRead, let lastWrite) = state else { return nil }
        return min(lastRead + Self.patience, lastWrite + Self.interval)
    }

    package mutating func didRead(at now: Instant) {
        if case .open(_, let lastWrite) = state { state = .open(lastRead: now, lastWrite: lastWrite) }
    }

    package mutating func didWrite(at now: Instant) {
        if case .open(let lastRead, _) = state { state = .open(lastRead: lastRead, lastWrite: now) }
    }

    package mutating func timerFired(at now: Instant) -> Action {
        guard case .open(let lastRead, let lastWrite) = state else { return .none }
        if now - lastRead >= Self.patience {
            state = .closed
            return .close(silence: now - lastRead)
        }
        guard now - lastWrite >= Self.interval else { return .none }
        state = .open(lastRead: lastRead, lastWrite: now)
        return .sendKeepAlive
    }
}
