// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Synchronization

/// What may move at most, in bytes of payload per second; `nil` does not limit.
///
/// Uploads wait in their queues; downloads are held back by asking later.
public struct RateLimits: Sendable {
    /// Of one torrent.
    public var upload: Int?
    public var download: Int?
    /// Of each peer.
    public var peerUpload: Int?
    public var peerDownload: Int?
    /// Of all torrents together.
    public var sharedUpload: RatePool?
    public var sharedDownload: RatePool?

    public init() {}

    var isUnlimited: Bool {
        upload == nil && download == nil && peerUpload == nil && peerDownload == nil && sharedUpload == nil
            && sharedDownload == nil
    }
}

/// One allowance that several torrents draw on, from whatever threads they run on.
public final class RatePool: Sendable {
    private struct State {
        var bucket: PaymentBucket
        let origin: ContinuousClock.Instant
    }

    private let state: Mutex<State>

    /// - Parameter bytesPerSecond: at least one.
    public init(bytesPerSecond: Int, at now: ContinuousClock.Instant) {
        state = Mutex(State(bucket: PaymentBucket(bytesPerSecond, at: 0), origin: now))
    }

    /// - Returns: milliseconds to wait; 0 when something may move.
    func wait(at now: ContinuousClock.Instant) -> Int {
        state.withLock { state in
            let time = Int((now - state.origin) / .milliseconds(1))
            return state.bucket.wait(at: time)
        }
    }

    func spend(_ bytes: Int) { state.withLock { $0.bucket.spend(bytes) } }
}

/// Lets something through whenever it is not in debt, so that one large block passes a small allowance and is paid off
/// after it.
struct PaymentBucket: Sendable {
    private let perSecond: Int
    /// In thousandths of bytes.
    private var level: Int
    private let capacity: Int
    private var filled: Int

    init(_ bytesPerSecond: Int, at time: Int) {
        // Above this no limit is felt, and nothing overflows.
        perSecond = min(max(1, bytesPerSecond), 1 << 40)
        // A quarter of a second's worth may go at once.
        capacity = perSecond * 250
        level = capacity
        filled = time
    }

    /// - Returns: milliseconds until something may pass; 0 for now.
    mutating func wait(at time: Int) -> Int {
        if time > filled {
            // Capped before it is multiplied.
            level = min(capacity, level + min(time - filled, 1 << 20) * perSecond)
            filled = time
        }
        return level > 0 ? 0 : (1 - level + perSecond - 1) / perSecond
    }

    mutating func spend(_ bytes: Int) { level -= bytes * 1000 }
}
