// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardPrimitives

/// Holding back what moves to what the operator allows.
extension Torrent {
    /// In milliseconds: blocks are let go in small lots rather than one by one.
    private static let rateStep = 20

    /// Whether a block may go to a peer now; if not, a timer is set for when one may.
    mutating func mayUpload(_ slot: Int) -> Bool {
        guard isRateLimited else { return true }
        let time = time
        var wait = upBucket?.wait(at: time) ?? 0
        wait = max(wait, connections[slot].upBucket?.wait(at: time) ?? 0)
        return passes(max(wait, configuration.limits.sharedUpload?.wait(at: now) ?? 0))
    }

    mutating func didUpload(_ slot: Int, _ bytes: Int) {
        guard isRateLimited else { return }
        upBucket?.spend(bytes)
        connections[slot].upBucket?.spend(bytes)
        configuration.limits.sharedUpload?.spend(bytes)
    }

    /// Whether a block may be asked of a peer now.
    mutating func mayDownload(_ slot: Int) -> Bool {
        guard isRateLimited else { return true }
        let time = time
        var wait = downBucket?.wait(at: time) ?? 0
        wait = max(wait, connections[slot].downBucket?.wait(at: time) ?? 0)
        return passes(max(wait, configuration.limits.sharedDownload?.wait(at: now) ?? 0))
    }

    mutating func willDownload(_ slot: Int, _ bytes: Int) {
        guard isRateLimited else { return }
        downBucket?.spend(bytes)
        connections[slot].downBucket?.spend(bytes)
        configuration.limits.sharedDownload?.spend(bytes)
    }

    private mutating func passes(_ wait: Int) -> Bool {
        guard wait > 0 else { return true }
        let due = time + max(wait, Self.rateStep)
        nextRate = min(nextRate ?? .max, due)
        return false
    }

    /// Something may move again: peers take turns in going first.
    mutating func ratesRefilled(_ actions: inout ActionQueue) {
        rateTurn &+= 1
        let count = connections.count
        for step in 0..<count {
            let slot = (step + rateTurn) % count
            guard connections[slot].isOpen else { continue }
            pump(slot, &actions)
            fill(slot, &actions)
        }
    }

    /// Changes the limits of a torrent that runs.
    package mutating func setLimits(
        _ limits: RateLimits, at now: Instant, into actions: inout ActionQueue
    ) {
        advance(to: now)
        configuration.limits = limits
        makeBuckets()
        for slot in connections.indices where connections[slot].isOpen { makeBuckets(of: slot) }
        ratesRefilled(&actions)
    }

    mutating func makeBuckets() {
        let limits = configuration.limits
        isRateLimited = !limits.isUnlimited
        upBucket = limits.upload.map { PaymentBucket($0, at: time) }
        downBucket = limits.download.map { PaymentBucket($0, at: time) }
    }

    mutating func makeBuckets(of slot: Int) {
        connections[slot].upBucket = configuration.limits.peerUpload.map { PaymentBucket($0, at: time) }
        connections[slot].downBucket = configuration.limits.peerDownload.map { PaymentBucket($0, at: time) }
    }
}
