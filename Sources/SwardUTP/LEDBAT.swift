// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// How many bytes may be on their way: as many as keep the queue in front of us at a tenth of a second.
///
/// Delay is measured by the other end's clock against ours, so only its changes mean anything: the least of the last
/// minutes stands for an empty queue.
///
/// - Source: BEP 29, "congestion control"; RFC 6817. The fast start until the first sign of a queue is that of TCP.
struct LEDBAT: Sendable {
    /// Of queueing delay, in microseconds.
    static let target = 100_000
    /// In bytes for each round trip on an empty queue.
    private static let gain = 3000.0
    private static let minute = 60_000_000

    /// In bytes: the window's bound.
    var ceiling: Int {
        didSet {
            window = min(window, Double(ceiling))
            wasLimiting = false
        }
    }
    /// The bound is what held more back when something was last acknowledged.
    var isAtCeiling: Bool { wasLimiting && window >= Double(ceiling) }
    private var wasLimiting = false

    /// In bytes.
    private(set) var window: Double
    private var threshold = Double.infinity
    /// The least delay of this minute and of those before.
    private var minima: [UInt32] = []
    private var minuteEndsAt = 0
    /// The last few samples; one that is late alone is chance.
    private var recent: [UInt32] = []

    init(segment: Int, ceiling: Int) {
        window = Double(4 * segment)
        self.ceiling = ceiling
    }

    /// - Parameters:
    ///   - bytes: newly acknowledged.
    ///   - isLimiting: whether more would have been sent had the window been wider.
    mutating func acknowledged(_ bytes: Int, delay sample: UInt32, isLimiting: Bool, at now: Int) {
        let queueing = sample == 0 ? 0 : queueing(sample, at: now)
        wasLimiting = isLimiting
        guard isLimiting else { return }
        if window < threshold {
            if queueing < Self.target * 3 / 4 {
                window = min(window + Double(bytes), Double(ceiling))
                return
            }
            threshold = window / 2
        }
        let offTarget = max(-1, Double(Self.target - queueing) / Double(Self.target))
        window += Self.gain * offTarget * Double(bytes) / window
        window = min(max(window, 300), Double(ceiling))
    }

    /// In microseconds.
    private mutating func queueing(_ sample: UInt32, at now: Int) -> Int {
        if now >= minuteEndsAt {
            minuteEndsAt = now + Self.minute
            minima = [sample] + minima.prefix(2)
        } else if Self.isEarlier(sample, minima[0]) {
            minima[0] = sample
        }
        recent = [sample] + recent.prefix(2)
        let base = minima.dropFirst().reduce(minima[0]) { Self.isEarlier($1, $0) ? $1 : $0 }
        let least = recent.dropFirst().reduce(recent[0]) { Self.isEarlier($1, $0) ? $1 : $0 }
        return Int(least &- base)
    }

    /// Clocks wrap.
    private static func isEarlier(_ a: UInt32, _ b: UInt32) -> Bool { Int32(bitPattern: a &- b) < 0 }

    mutating func lost(segment: Int) {
        window = max(window / 2, Double(segment))
        threshold = window
    }

    mutating func timedOut(segment: Int) {
        threshold = max(window / 2, Double(2 * segment))
        window = Double(segment)
    }
}
