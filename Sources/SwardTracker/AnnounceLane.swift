// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardPrimitives

/// One info-hash on its way through the tiers.
struct AnnounceLane: Sendable {
    typealias Instant = ContinuousClock.Instant

    struct Place: Hashable, Sendable {
        var tier: Int
        var position: Int
    }

    /// What one tracker told us about this swarm.
    struct Tracker: Sendable {
        /// It counts us among its peers.
        var hasStarted = false
        var isGivenUp = false
        /// It asked to be left alone until then. Source: BEP 31.
        var notBefore: Instant?
        var trackerID: [UInt8]?
        var failure: AnnounceSchedule.Failure?
        var answer: AnnounceResponse?
    }

    private enum State: Sendable {
        case idle
        /// `earliest` is when it may be hastened to.
        case waiting(until: Instant, earliest: Instant)
        case asking(Request)
        case stopped
    }

    private struct Request: Sendable {
        let serial: Int
        let place: Place
        /// Its place may be another's by the time it answers.
        let tracker: Int
        let event: AnnounceRequest.Event?
        let left: Int64
    }

    let infoHash: Digest160
    private(set) var tiers: [[Int]]
    private(set) var trackers: [Tracker]
    private(set) var failedRounds = 0
    /// Rounds in a row before which there were no peers.
    private(set) var hastenedRounds = 0
    private var wantsPeers = false
    private var owesCompleted = false
    private var state = State.idle
    /// The request that was under way when we stopped.
    private var abandoned: Request?

    init(infoHash: Digest160, tiers: [[Int]], trackerCount: Int) {
        self.infoHash = infoHash
        self.tiers = tiers
        trackers = Array(repeating: Tracker(), count: trackerCount)
    }

    var due: Instant? { if case .waiting(let until, _) = state { until } else { nil } }

    func tracker(at place: Place) -> Int { tiers[place.tier][place.position] }

    func event(for tracker: Int, progress: AnnounceProgress) -> AnnounceRequest.Event? {
        if !trackers[tracker].hasStarted { return .started }
        if owesCompleted && progress.left == 0 { return .completed }
        return progress.isPartialSeed && progress.left > 0 ? .paused : nil
    }

    /// The first tracker behind `place`, or of all, that may be asked now.
    func next(after place: Place?, at now: Instant) -> Place? {
        for tier in tiers.indices.dropFirst(place?.tier ?? 0) {
            let first = tier == place?.tier ? (place?.position ?? -1) + 1 : 0
            for position in tiers[tier].indices.dropFirst(first) {
                let tracker = trackers[tiers[tier][position]]
                if tracker.isGivenUp || (tracker.notBefore ?? now) > now { continue }
                return Place(tier: tier, position: position)
            }
        }
        return nil
    }

    mutating func start(at now: Instant) {
        switch state {
        case .idle, .stopped: state = tiers.isEmpty ? .idle : .waiting(until: now, earliest: now)
        case .waiting, .asking: return
        }
    }

    mutating func asks(_ place: Place, serial: Int, event: AnnounceRequest.Event?, left: Int64) {
        state = .asking(
            Request(serial: serial, place: place, tracker: tracker(at: place), event: event, left: left))
        hastenedRounds = wantsPeers ? hastenedRounds + 1 : 0
        wantsPeers = false
    }

    mutating func completed(at now: Instant) {
        owesCompleted = true
        // A tracker that never heard of us learns it from `left`.
        guard case .waiting(let until, let earliest) = state, trackers.contains(where: \.hasStarted) else {
            return
        }
        state = .waiting(until: min(until, now), earliest: min(earliest, now))
    }

    mutating func hasten(at now: Instant) {
        guard case .waiting(let until, let earliest) = state else { return }
        wantsPeers = true
        state = .waiting(until: min(until, max(now, earliest)), earliest: earliest)
    }

    /// - Returns: The trackers that count us in.
    mutating func stop() -> [Int] {
        if case .asking(let request) = state { abandoned = request }
        state = .stopped
        owesCompleted = false
        failedRounds = 0
        return trackers.indices.filter { index in
            defer { trackers[index].hasStarted = false }
            return trackers[index].hasStarted
        }
    }

    /// - Returns: The tracker to tell that we have left, when it answers after that.
    mutating func succeeded(
        _ serial: Int, with response: AnnounceResponse, due: Instant, earliest: Instant, now: Instant
    ) -> Int? {
        if let request = abandoned, request.serial == serial {
            abandoned = nil
            // Once started again, the tracker rightly counts us in.
            if case .stopped = state { return request.tracker }
            return nil
        }
        guard case .asking(let request) = state, request.serial == serial else { return nil }
        let index = request.tracker
        trackers[index].hasStarted = true
        trackers[index].failure = nil
        trackers[index].notBefore = nil
        // The last one given stays good until another comes.
        trackers[index].trackerID = response.trackerID ?? trackers[index].trackerID
        trackers[index].answer = response
        trackers[index].answer?.peers = []
        tiers[request.place.tier].remove(at: request.place.position)
        tiers[request.place.tier].insert(index, at: 0)
        failedRounds = 0
        if request.left == 0 { owesCompleted = false }
        state = .waiting(until: owesCompleted ? now : due, earliest: owesCompleted ? now : earliest)
        return nil
    }

    /// - Returns: Where the request was, to go on from; `nil` when it does not matter any more.
    mutating func failed(_ serial: Int, with failure: AnnounceSchedule.Failure, at now: Instant) -> Place? {
        if abandoned?.serial == serial { abandoned = nil }
        guard case .asking(let request) = state, request.serial == serial else { return nil }
        let index = request.tracker
        trackers[index].failure = failure
        if case .answer(.refused(let refusal)) = failure {
            switch refusal.retry {
            case .unsaid: break
            case .after(let wait): trackers[index].notBefore = now + wait
            case .never: trackers[index].isGivenUp = true
            }
        }
        return request.place
    }

    /// - Parameter retry: No sooner than that, and no sooner than any tracker allows.
    mutating func roundFailed(retryAt retry: Instant) {
        failedRounds += 1
        let open = trackers.filter { !$0.isGivenUp }
        // Where all have said "never" there is nothing left to wait for.
        guard let first = open.map({ $0.notBefore ?? retry }).min() else {
            state = .idle
            return
        }
        let until = max(retry, first)
        state = .waiting(until: until, earliest: until)
    }
}
