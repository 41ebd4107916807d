// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Lets so much through at once, and so much per second after that.
struct TokenBucket: Sendable {
    private let capacity: Int
    private let perSecond: Int
    /// In thousandths.
    private var level: Int
    private var filled: Int

    init(capacity: Int, perSecond: Int, at time: Int) {
        self.capacity = capacity * 1000
        self.perSecond = perSecond
        level = capacity * 1000
        filled = time
    }

    mutating func take(_ tokens: Int, at time: Int) -> Bool {
        // Capped before it is multiplied: years of silence must not overflow.
        level = min(capacity, level + min(time - filled, 3_600_000) * perSecond)
        filled = time
        guard level >= tokens * 1000 else { return false }
        level -= tokens * 1000
        return true
    }
}
