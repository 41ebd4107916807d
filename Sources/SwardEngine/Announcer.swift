// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import SwardPrimitives
import SwardTracker

/// Fetches a tracker's answer: the URL, the most bytes to take, and what to call, once and from any thread, with the
/// body or with why there is none.
public typealias TrackerTransport =
    @Sendable (
        _ url: String, _ limit: Int, _ done: @escaping @Sendable (Result<[UInt8], TrackerUnreachable>) -> Void
    ) -> Void

/// Why no answer came, in the transport's words.
public struct TrackerUnreachable: Error, Hashable, Sendable {
    public let reason: String
    public init(_ reason: String) { self.reason = reason }
}

/// Tells the trackers of one torrent what ``AnnounceSchedule`` says, when it says so.
///
/// Belongs to one event loop.
final class Announcer {
    /// How long a stop waits for the trackers that are told of it.
    private static let farewell = TimeAmount.seconds(2)

    private let loop: any EventLoop
    private let transport: TrackerTransport
    private let datagrams: UDPTrackerService
    private var schedule: AnnounceSchedule
    private let progress: () -> AnnounceProgress
    private let found: ([PeerAddress]) -> Void
    /// Called with our own address, as a tracker sees it. Source: BEP 24.
    var learnedOurAddress: (PeerAddress) -> Void = { _ in }
    private let report: (TrackerReport) -> Void
    private var timer: Scheduled<Void>?
    private(set) var isRunning = false
    private var underWay = 0
    private var whenQuiet: (() -> Void)?

    init(
        schedule: AnnounceSchedule, loop: any EventLoop, transport: @escaping TrackerTransport,
        datagrams: UDPTrackerService,
        progress: @escaping () -> AnnounceProgress, found: @escaping ([PeerAddress]) -> Void,
        report: @escaping (TrackerReport) -> Void
    ) {
        self.schedule = schedule
        self.loop = loop
        self.transport = transport
        self.datagrams = datagrams
        self.progress = progress
        self.found = found
        self.report = report
    }

    func start() {
        guard !isRunning else { return }
        isRunning = true
        schedule.start(at: .now)
        arm()
    }

    func completed() {
        guard isRunning else { return }
        schedule.completed(at: .now)
        arm()
    }

    /// Nobody is there to fetch from.
    func wantPeers() {
        guard isRunning else { return }
        let deadline = schedule.deadline
        schedule.wantPeers(at: .now)
        if schedule.deadline != deadline { arm() }
    }

    /// Tells the trackers that counted us in; `done` is called when they know, or after two seconds.
    func stop(_ done: @escaping () -> Void) {
        if isRunning {
            isRunning = false
            timer?.cancel()
            timer = nil
            for announce in schedule.stop(at: .now, progress: progress()) { make(announce) }
        }
        guard underWay > 0 else { return done() }
        let others = whenQuiet
        whenQuiet = {
            others?()
            done()
        }
        let me = NIOLoopBound(self, eventLoop: loop)
        loop.scheduleTask(in: Self.farewell) { me.value.quiet() }
    }

    private func quiet() {
        let waiting = whenQuiet
        whenQuiet = nil
        waiting?()
    }

    private func arm() {
        timer?.cancel()
        timer = nil
        guard isRunning, let deadline = schedule.deadline else { return }
        let me = NIOLoopBound(self, eventLoop: loop)
        timer = loop.scheduleTask(in: TimeAmount(deadline - .now)) {
            let me = me.value
            for announce in me.schedule.timerFired(at: .now, progress: me.progress()) { me.make(announce) }
            me.arm()
        }
    }

    private func make(_ announce: AnnounceSchedule.Announce) {
        underWay += 1
        let me = NIOLoopBound(self, eventLoop: loop)
        let loop = loop
        if TrackerURL.isUDP(announce.tracker) {
            datagrams.ask(announce.tracker, .announce(announce.request)) { answer in
                loop.execute {
                    switch answer {
                    case .announced(let response): me.value.answered(announce, .success(response))
                    case .failed(let failure): me.value.answered(announce, .failure(failure))
                    case .scraped: me.value.answered(announce, .failure(.unreachable("")))
                    }
                }
            }
            return
        }
        transport(announce.url, AnnounceResponse.byteLimit) { result in
            loop.execute { me.value.answered(announce, Self.read(result)) }
        }
    }

    private enum Answer {
        case success(AnnounceResponse)
        case failure(AnnounceSchedule.Failure)
    }

    private static func read(_ result: Result<[UInt8], TrackerUnreachable>) -> Answer {
        switch result {
        case .failure(let error): return .failure(.unreachable(error.reason))
        case .success(let body):
            do throws(TrackerError) { return .success(try AnnounceResponse.parse(body)) } catch {
                return .failure(.answer(error))
            }
        }
    }

    private func answered(_ announce: AnnounceSchedule.Announce, _ answer: Answer) {
        underWay -= 1
        let next: [AnnounceSchedule.Announce]
        var told = TrackerReport(url: announce.tracker, peerCount: 0, failure: nil)
        switch answer {
        case .success(let response):
            next = schedule.succeeded(announce.id, with: response, at: .now)
            (told.peerCount, told.seeds, told.leeches) = (
                response.peers.count, response.seeds, response.leeches
            )
            if let address = response.externalAddress { learnedOurAddress(address) }
            if isRunning, !response.peers.isEmpty { found(response.peers) }
        case .failure(let failure):
            next = schedule.failed(announce.id, with: failure, at: .now)
            told.failure = "\(failure)"
        }
        report(told)
        for announce in next { make(announce) }
        arm()
        if underWay == 0 { quiet() }
    }
}

extension TimeAmount {
    /// Never negative, and never so long that it overflows.
    init(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        let capped = min(max(seconds, 0), 1 << 31)
        self = .nanoseconds(seconds < 0 ? 0 : capped * 1_000_000_000 + attoseconds / 1_000_000_000)
    }
}
