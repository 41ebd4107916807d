// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// What the windows of all connections together may be wider than each one's own. When that is lent out, if only to peers
/// that mean ill, those that come later have their own.
package struct WindowBudget: Sendable {
    /// In bytes: as much as four connections may have that both send and are sent to, and no more in memory however many
    /// there are.
    package static let whole = 64 << 20
    /// In microseconds between two looks for what can be taken back.
    private static let pause = 1_000_000

    package private(set) var lent = 0
    private var looksAt = Int.min

    package init() {}

    package mutating func lend(_ bytes: Int) -> Bool {
        guard lent + bytes <= Self.whole else { return false }
        lent += bytes
        return true
    }

    package mutating func takeBack(_ bytes: Int) { lent -= bytes }

    /// Whether it is time to ask those who have borrowed for what they do not use, as others went without.
    package mutating func shouldLook(at now: Int) -> Bool {
        guard now >= looksAt else { return false }
        looksAt = now + Self.pause
        return true
    }
}
