// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardPrimitives

/// Says when to tell which tracker what, for one torrent.
///
/// - Tiers: shuffled once, tried in order, the tracker that answers moved to the front of its tier; every round
///   begins with the first tier. Source: BEP 12.
/// - A hybrid has two swarms, and each tracker may know one of them only: each info-hash walks the tiers by
///   itself. Source: BEP 52, "Upgrade Path".
package struct AnnounceSchedule: Sendable {
    package typealias Instant = ContinuousClock.Instant

    package struct Configuration: Hashable, Sendable {
        /// No tracker is asked more often, whatever it says, and none is forgotten for longer.
        package var intervals: ClosedRange<Duration> = .seconds(60) ... .seconds(86_400)
        /// When no tracker answers: the first wait, doubled each time up to the second, with a little chance.
        package var retries: ClosedRange<Duration> = .seconds(15) ... .seconds(1800)
        package var wantedPeers = 80

        package init() {}
    }

    /// Who we are to trackers, all through a session.
    package struct Identity: Hashable, Sendable {
        package var peerID: PeerID
        package var port: UInt16
        package var key: UInt32

        package init(peerID: PeerID, port: UInt16, key: UInt32) {
            self.peerID = peerID
            self.port = port
            self.key = key
        }
    }

    package struct ID: Hashable, Sendable {
        fileprivate let lane: Int
        fileprivate let serial: Int
    }

    /// A request for the shell to make; it reports back with `succeeded` or `failed`, once.
    package struct Announce: Hashable, Sendable {
        package let id: ID
        package let tracker: String
        package let request: AnnounceRequest
        package let url: String
    }

    package enum Failure: Hashable, Sendable, CustomStringConvertible {
        /// It answered, but not what we can use.
        case answer(TrackerError)
        /// Why no answer came, in the shell's words.
        case unreachable(String)

        package var description: String {
            switch self {
            case .answer(let error): "\(error)"
            case .unreachable(let reason): reason
            }
        }
    }

    /// What is known of one tracker and one swarm, for people to see.
    package struct Report: Hashable, Sendable {
        package let tracker: String
        package let infoHash: Digest160
        package let failure: Failure?
        package let answer: AnnounceResponse?
    }

    private let configuration: Configuration
    private let identity: Identity
    private let trackers: [String]
    private var lanes: [AnnounceLane]
    private var progress = AnnounceProgress(left: 1)
    private var lastSerial = 0
    private var random: Chance

    /// - Parameters:
    ///   - tiers: From the metainfo; trackers we cannot speak to, and second mentions, are left out.
    ///   - seed: For the shuffle and the spread of retries.
    package init(
        tiers: [[String]], infoHashes: InfoHashes, identity: Identity, configuration: Configuration = .init(),
        seed: UInt64
    ) {
        self.configuration = configuration
        self.identity = identity
        var random = Chance(seed: seed)
        var trackers: [String] = []
        var order: [[Int]] = []
        for tier in tiers {
            var indices: [Int] = []
            for tracker in tier where TrackerURL.isSupported(tracker) && !trackers.contains(tracker) {
                indices.append(trackers.count)
                trackers.append(tracker)
            }
            if !indices.isEmpty { order.append(indices.shuffled(using: &random)) }
        }
        self.trackers = trackers
        self.random = random
        lanes = infoHashes.swarms.map {
            AnnounceLane(infoHash: $0, tiers: order, trackerCount: trackers.count)
        }
    }

    package var hasTrackers: Bool { !trackers.isEmpty }

    /// When the shell must next call ``timerFired(at:progress:)``; `nil` while there is nothing to wait for.
    package var deadline: Instant? { lanes.compactMap(\.due).min() }

    package var reports: [Report] {
        lanes.flatMap { lane in
            lane.tiers.joined().map { index in
                Report(
                    tracker: trackers[index], infoHash: lane.infoHash, failure: lane.trackers[index].failure,
                    answer: lane.trackers[index].answer)
            }
        }
    }

    /// Begins, or begins again after ``stop(at:progress:)``.
    package mutating func start(at now: Instant) {
        for index in lanes.indices { lanes[index].start(at: now) }
    }

    package mutating func timerFired(at now: Instant, progress: AnnounceProgress) -> [Announce] {
        self.progress = progress
        return lanes.indices.compactMap { index in
            guard let due = lanes[index].due, due <= now else { return nil }
            return ask(lane: index, after: nil, at: now)
        }
    }

    /// The last piece we lacked is written and verified. Not for a torrent that was whole from the start.
    package mutating func completed(at now: Instant) {
        for index in lanes.indices { lanes[index].completed(at: now) }
    }

    /// There are no peers: brings the next round forward as far as the tracker allows, ever less where that is in vain.
    package mutating func wantPeers(at now: Instant) {
        for index in lanes.indices { lanes[index].hasten(at: now) }
    }

    /// - Returns: What to tell the trackers that count us in; nobody need wait for the answers.
    package mutating func stop(at now: Instant, progress: AnnounceProgress) -> [Announce] {
        self.progress = progress
        return lanes.indices.flatMap { index in
            lanes[index].stop().map { announce($0, lane: index, event: .stopped) }
        }
    }

    /// - Returns: A last word for a tracker that counted us in after we had stopped.
    package mutating func succeeded(
        _ id: ID, with response: AnnounceResponse, at now: Instant
    ) -> [Announce] {
        let wait = min(
            max(response.interval, response.minimumInterval ?? .zero, configuration.intervals.lowerBound),
            configuration.intervals.upperBound)
        let shortest = min(
            max(response.minimumInterval ?? .zero, configuration.intervals.lowerBound)
                * (1 << min(lanes[id.lane].hastenedRounds, 20)), wait)
        guard
            let late = lanes[id.lane].succeeded(
                id.serial, with: response, due: now + wait, earliest: now + shortest, now: now)
        else { return [] }
        return [announce(late, lane: id.lane, event: .stopped)]
    }

    /// - Returns: The same for the next tracker, if there is one to try at once.
    package mutating func failed(_ id: ID, with failure: Failure, at now: Instant) -> [Announce] {
        guard let place = lanes[id.lane].failed(id.serial, with: failure, at: now) else { return [] }
        return ask(lane: id.lane, after: place, at: now).map { [$0] } ?? []
    }

    private mutating func ask(lane index: Int, after place: AnnounceLane.Place?, at now: Instant) -> Announce?
    {
        guard let next = lanes[index].next(after: place, at: now) else {
            let retry = backoff(lanes[index].failedRounds)
            lanes[index].roundFailed(retryAt: now + retry)
            return nil
        }
        let tracker = lanes[index].tracker(at: next)
        let event = lanes[index].event(for: tracker, progress: progress)
        let announce = announce(tracker, lane: index, event: event)
        lanes[index].asks(next, serial: lastSerial, event: event, left: progress.left)
        return announce
    }

    private mutating func announce(
        _ tracker: Int, lane index: Int, event: AnnounceRequest.Event?
    ) -> Announce {
        lastSerial += 1
        let request = AnnounceRequest(
            infoHash: lanes[index].infoHash, peerID: identity.peerID, port: identity.port, progress: progress,
            event: event, wantedPeers: event == .stopped ? 0 : configuration.wantedPeers, key: identity.key,
            trackerID: lanes[index].trackers[tracker].trackerID)
        let url: String
        do { url = try request.url(of: trackers[tracker]) } catch {
            preconditionFailure("checked in init")
        }
        return Announce(
            id: ID(lane: index, serial: lastSerial), tracker: trackers[tracker], request: request, url: url)
    }

    /// Doubled with each fruitless round; up to a quarter more, so that clients do not return all at once.
    private mutating func backoff(_ rounds: Int) -> Duration {
        let bounds = configuration.retries
        let wait = min(bounds.lowerBound * (1 << min(rounds, 20)), bounds.upperBound)
        return wait + wait * Double.random(in: 0..<0.25, using: &random)
    }
}
