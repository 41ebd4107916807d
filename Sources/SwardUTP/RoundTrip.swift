// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// How long an answer takes, and how long to wait for one; in microseconds. Source: BEP 29, "timeouts".
struct RoundTrip: Sendable {
    private static let floor = 500_000
    private static let ceiling = 30_000_000

    private(set) var mean: Int?
    private(set) var least: Int?
    private var variance = 0
    private(set) var timeout = 1_000_000

    mutating func measured(_ sample: Int) {
        least = min(least ?? sample, sample)
        if let mean {
            let delta = mean - sample
            variance += (abs(delta) - variance) / 4
            self.mean = mean - delta / 8
        } else {
            mean = sample
            variance = sample / 2
        }
        progressed()
    }

    /// Something came through: what was waited longer for is over.
    mutating func progressed() {
        guard let mean else { return }
        timeout = max(mean + 4 * variance, Self.floor)
    }

    mutating func timedOut() { timeout = min(timeout * 2, Self.ceiling) }
}
