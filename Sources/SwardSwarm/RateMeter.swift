// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Bytes per second, smoothed over some two seconds; costs one addition per block.
///
/// - Times are milliseconds of the torrent's own clock.
struct RateMeter: Sendable {
    private static let window = 250
    private static let smoothing = 1500.0

    private(set) var total: Int64 = 0
    private var smoothed = 0.0
    private var pending = 0
    private var start: Int

    init(at time: Int) { start = time }

    @inline(__always)
    mutating func add(_ bytes: Int, at time: Int) {
        if time &- start >= Self.window { fold(at: time) }
        pending &+= bytes
        total &+= Int64(bytes)
    }

    mutating func rate(at time: Int) -> Double {
        if time - start >= Self.window { fold(at: time) }
        return smoothed
    }

    private mutating func fold(at time: Int) {
        let elapsed = Double(time - start)
        let weight = elapsed / (elapsed + Self.smoothing)
        smoothed += (Double(pending) * 1000 / elapsed - smoothed) * weight
        if smoothed < 1 { smoothed = 0 }
        pending = 0
        start = time
    }
}
