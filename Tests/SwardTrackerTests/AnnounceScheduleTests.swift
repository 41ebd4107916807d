// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Support
import SwardPrimitives
import SwardTracker
import Testing

@Suite("Announce schedule") struct AnnounceScheduleTests {
    typealias Schedule = AnnounceSchedule
    let start = ContinuousClock.now
    static let v1 = Digest160(hex: String(repeating: "ab", count: 20))!
    static let v2 = Digest256(hex: String(repeating: "cd", count: 32))!
    let leeching = AnnounceProgress(uploaded: 5, downloaded: 6, left: 7)
    let seeding = AnnounceProgress(uploaded: 5, downloaded: 6, left: 0)

    func schedule(_ tiers: [[String]], hybrid: Bool = false, seed: UInt64 = 1) -> Schedule {
        Schedule(
            tiers: tiers, infoHashes: InfoHashes(v1: Self.v1, v2: hybrid ? Self.v2 : nil)!,
            identity: Schedule.Identity(
                peerID: PeerID([UInt8](repeating: 65, count: 20))!, port: 6881, key: 0xDEAD_BEEF), seed: seed)
    }

    func answer(_ seconds: Int64 = 1800, least: Int64? = nil) -> AnnounceResponse {
        AnnounceResponse(interval: .seconds(seconds), minimumInterval: least.map { .seconds($0) })
    }

    let refused = Schedule.Failure.unreachable("connection refused")

    @Test("nothing is due before the start, or without a tracker that can be spoken to")
    func idle() {
        var idle = schedule([["http://a/"]])
        #expect(idle.deadline == nil)
        #expect(idle.timerFired(at: start, progress: leeching).isEmpty)
        var none = schedule([["udp://a/"], ["wss://b/"], []])
        none.start(at: start)
        #expect(!none.hasTrackers)
        #expect(none.deadline == nil)
        #expect(none.timerFired(at: start, progress: leeching).isEmpty)
    }

    @Test("started, then plain, then completed, then stopped")
    func life() throws {
        var schedule = schedule([["http://a/announce"]])
        schedule.start(at: start)
        #expect(schedule.deadline == start)
        let first = try #require(schedule.timerFired(at: start, progress: leeching).first)
        #expect(first.request.event == .started)
        #expect(first.request.key == 0xDEAD_BEEF)
        #expect(first.url.hasPrefix("http://a/announce?info_hash=%AB"))
        #expect(schedule.deadline == nil)
        #expect(schedule.timerFired(at: start, progress: leeching).isEmpty)

        var response = answer()
        response.trackerID = [1, 2]
        #expect(schedule.succeeded(first.id, with: response, at: start).isEmpty)
        #expect(schedule.deadline == start + .seconds(1800))

        let second = try #require(schedule.timerFired(at: start + .seconds(1800), progress: leeching).first)
        #expect(second.request.event == nil)
        #expect(second.request.trackerID == [1, 2])
        _ = schedule.succeeded(second.id, with: answer(), at: start + .seconds(1800))

        schedule.completed(at: start + .seconds(2000))
        #expect(schedule.deadline == start + .seconds(2000))
        let third = try #require(schedule.timerFired(at: start + .seconds(2000), progress: seeding).first)
        #expect(third.request.event == .completed)
        #expect(third.request.trackerID == [1, 2])
        _ = schedule.succeeded(third.id, with: answer(), at: start + .seconds(2000))
        let fourth = try #require(schedule.timerFired(at: start + .seconds(9000), progress: seeding).first)
        #expect(fourth.request.event == nil)
        _ = schedule.succeeded(fourth.id, with: answer(), at: start + .seconds(9000))

        let last = try #require(schedule.stop(at: start + .seconds(9001), progress: seeding).first)
        #expect(last.request.event == .stopped)
        #expect(last.request.wantedPeers == 0)
        #expect(schedule.deadline == nil)
        #expect(schedule.stop(at: start + .seconds(9002), progress: seeding).isEmpty)
        #expect(schedule.succeeded(last.id, with: answer(), at: start + .seconds(9003)).isEmpty)
        #expect(schedule.deadline == nil)

        schedule.start(at: start + .seconds(9100))
        let again = try #require(schedule.timerFired(at: start + .seconds(9100), progress: seeding).first)
        #expect(again.request.event == .started)
    }

    @Test("a torrent that became whole while `started` was under way tells so at once")
    func completedWhileAsking() throws {
        var schedule = schedule([["http://a/"]])
        schedule.start(at: start)
        let first = try #require(schedule.timerFired(at: start, progress: leeching).first)
        schedule.completed(at: start + .seconds(1))
        _ = schedule.succeeded(first.id, with: answer(), at: start + .seconds(2))
        #expect(schedule.deadline == start + .seconds(2))
        let second = try #require(schedule.timerFired(at: start + .seconds(2), progress: seeding).first)
        #expect(second.request.event == .completed)
        _ = schedule.succeeded(second.id, with: answer(), at: start + .seconds(3))
        #expect(schedule.deadline == start + .seconds(1803))
    }

    @Test("a tracker first reached when all is there hears `started` with nothing left, and no `completed`")
    func completedBeforeReached() throws {
        var schedule = schedule([["http://a/"]])
        schedule.start(at: start)
        let first = try #require(schedule.timerFired(at: start, progress: leeching).first)
        #expect(schedule.failed(first.id, with: refused, at: start).isEmpty)
        let retry = try #require(schedule.deadline)
        schedule.completed(at: start + .seconds(1))
        #expect(schedule.deadline == retry)
        let second = try #require(schedule.timerFired(at: retry, progress: seeding).first)
        #expect(second.request.event == .started)
        _ = schedule.succeeded(second.id, with: answer(), at: retry)
        let third = try #require(schedule.timerFired(at: retry + .seconds(1800), progress: seeding).first)
        #expect(third.request.event == nil)
    }

    @Test("a partial seed says `paused` every time after `started`")
    func partialSeed() throws {
        var schedule = schedule([["http://a/"]])
        schedule.start(at: start)
        let partial = AnnounceProgress(left: 10, isPartialSeed: true)
        var now = start
        for event in [AnnounceRequest.Event.started, .paused, .paused] {
            let announce = try #require(schedule.timerFired(at: now, progress: partial).first)
            #expect(announce.request.event == event)
            _ = schedule.succeeded(announce.id, with: answer(), at: now)
            now += .seconds(1800)
        }
    }

    @Test("tiers are tried in order and the one that answers moves to the front of its tier")
    func tiers() throws {
        var schedule = schedule([["http://a/", "http://b/", "http://c/"], ["http://backup/"]])
        schedule.start(at: start)
        var asked: [String] = []
        var announce = try #require(schedule.timerFired(at: start, progress: leeching).first)
        asked.append(announce.tracker)
        for _ in 0..<2 {
            announce = try #require(schedule.failed(announce.id, with: refused, at: start).first)
            asked.append(announce.tracker)
        }
        #expect(Set(asked) == ["http://a/", "http://b/", "http://c/"])
        _ = schedule.succeeded(announce.id, with: answer(), at: start)

        // BEP 12's example: the third of the tier answered, so the next round goes third, first, second, backup.
        let expected = [asked[2], asked[0], asked[1], "http://backup/"]
        var again: [String] = []
        var next = schedule.timerFired(at: start + .seconds(1800), progress: leeching).first
        while let current = next {
            again.append(current.tracker)
            next = schedule.failed(current.id, with: refused, at: start + .seconds(1800)).first
        }
        #expect(again == expected)
        #expect(schedule.reports.map(\.tracker) == expected)
        #expect(schedule.reports.allSatisfy { $0.failure == refused })
    }

    @Test("each tracker is greeted with `started`, and all that were hear `stopped`")
    func fallback() throws {
        var schedule = schedule([["http://a/"], ["http://b/"]])
        schedule.start(at: start)
        let first = try #require(schedule.timerFired(at: start, progress: leeching).first)
        _ = schedule.succeeded(first.id, with: answer(), at: start)
        let later = start + .seconds(1800)
        let second = try #require(schedule.timerFired(at: later, progress: leeching).first)
        #expect(second.request.event == nil)
        let third = try #require(schedule.failed(second.id, with: refused, at: later).first)
        #expect(third.tracker == "http://b/")
        #expect(third.request.event == .started)
        _ = schedule.succeeded(third.id, with: answer(), at: later)
        #expect(schedule.stop(at: later, progress: leeching).map(\.tracker) == ["http://a/", "http://b/"])
    }

    @Test("the shuffle depends on the seed alone")
    func shuffle() {
        let names = (0..<8).map { "http://\($0)/" }
        let orders = (0..<20).map { seed in schedule([names], seed: UInt64(seed)).reports.map(\.tracker) }
        #expect(Set(orders).count > 10)
        #expect(orders.allSatisfy { Set($0) == Set(names) })
        #expect(schedule([names], seed: 5).reports == schedule([names], seed: 5).reports)
    }

    @Test("a hybrid is announced under both hashes, each by its own way through the tiers")
    func hybrid() throws {
        var schedule = schedule([["http://a/"], ["http://b/"]], hybrid: true)
        schedule.start(at: start)
        let both = schedule.timerFired(at: start, progress: leeching)
        #expect(both.map(\.request.infoHash) == [Self.v1, Self.v2.truncated])
        #expect(both.map(\.tracker) == ["http://a/", "http://a/"])
        _ = schedule.succeeded(both[0].id, with: answer(600), at: start)
        let next = schedule.failed(
            both[1].id, with: .answer(.refused(TrackerRefusal(reason: "not registered"))), at: start)
        #expect(next.map(\.tracker) == ["http://b/"])
        #expect(next.map(\.request.infoHash) == [Self.v2.truncated])
        _ = schedule.succeeded(next[0].id, with: answer(), at: start)
        #expect(schedule.deadline == start + .seconds(600))
        #expect(schedule.stop(at: start, progress: leeching).map(\.tracker) == ["http://a/", "http://b/"])
    }

    @Test("fruitless rounds come ever more rarely, and an answer makes up for them")
    func backoff() throws {
        var schedule = schedule([["http://a/"]])
        schedule.start(at: start)
        var now = start
        var waits: [Duration] = []
        for _ in 0..<12 {
            let announce = try #require(schedule.timerFired(at: now, progress: leeching).first)
            #expect(schedule.failed(announce.id, with: refused, at: now).isEmpty)
            let next = try #require(schedule.deadline)
            waits.append(next - now)
            now = next
        }
        for (index, wait) in waits.enumerated() {
            let plain = min(Duration.seconds(15) * (1 << index), .seconds(1800))
            #expect(plain <= wait && wait < plain * 1.25)
        }
        let announce = try #require(schedule.timerFired(at: now, progress: leeching).first)
        _ = schedule.succeeded(announce.id, with: answer(), at: now)
        now += .seconds(1800)
        let failing = try #require(schedule.timerFired(at: now, progress: leeching).first)
        _ = schedule.failed(failing.id, with: refused, at: now)
        #expect(try #require(schedule.deadline) - now < .seconds(19))
    }

    @Test("no tracker makes us ask too often, or never again")
    func intervals() throws {
        for (interval, least, expected): (Int64, Int64?, Int64) in [
            (0, nil, 60), (1, 30, 60), (900, nil, 900), (900, 1200, 1200), (2_000_000_000, nil, 86_400),
        ] {
            var schedule = schedule([["http://a/"]])
            schedule.start(at: start)
            let announce = try #require(schedule.timerFired(at: start, progress: leeching).first)
            _ = schedule.succeeded(announce.id, with: answer(interval, least: least), at: start)
            #expect(schedule.deadline == start + .seconds(expected))
        }
    }

    @Test("lack of peers brings the next round forward, as far as the tracker allows")
    func hasten() throws {
        var schedule = schedule([["http://a/"]])
        schedule.start(at: start)
        let announce = try #require(schedule.timerFired(at: start, progress: leeching).first)
        _ = schedule.succeeded(announce.id, with: answer(1800, least: 300), at: start)
        schedule.wantPeers(at: start + .seconds(10))
        #expect(schedule.deadline == start + .seconds(300))
        schedule.wantPeers(at: start + .seconds(400))
        #expect(schedule.deadline == start + .seconds(300))
    }

    @Test("where that is in vain it is done ever less, until a round comes at its own time")
    func hastenInVain() throws {
        var schedule = schedule([["http://a/"]])
        schedule.start(at: start)
        var now = start
        var waits: [Duration] = []
        func round(hastened: Bool) throws {
            let announce = try #require(schedule.timerFired(at: now, progress: leeching).first)
            _ = schedule.succeeded(announce.id, with: answer(1800), at: now)
            if hastened { schedule.wantPeers(at: now) }
            let deadline = try #require(schedule.deadline)
            waits.append(deadline - now)
            now = deadline
        }
        for _ in 0..<7 { try round(hastened: true) }
        try round(hastened: false)
        try round(hastened: true)
        #expect(waits == [60, 120, 240, 480, 960, 1800, 1800, 1800, 60].map { .seconds($0) })
    }

    @Test("`retry in` is heeded, `never` for good")
    func retryIn() throws {
        var schedule = schedule([["http://a/"], ["http://b/"]])
        schedule.start(at: start)
        let a = try #require(schedule.timerFired(at: start, progress: leeching).first)
        let b = try #require(
            schedule.failed(
                a.id, with: .answer(.refused(TrackerRefusal(reason: "gone", retry: .never))), at: start
            ).first)
        #expect(b.tracker == "http://b/")
        let busy = TrackerRefusal(reason: "busy", retry: .after(.seconds(3600)))
        #expect(schedule.failed(b.id, with: .answer(.refused(busy)), at: start).isEmpty)
        #expect(schedule.deadline == start + .seconds(3600))
        let again = try #require(schedule.timerFired(at: start + .seconds(3600), progress: leeching).first)
        #expect(again.tracker == "http://b/")
        let never = TrackerRefusal(reason: "gone too", retry: .never)
        _ = schedule.failed(again.id, with: .answer(.refused(never)), at: start + .seconds(3600))
        #expect(schedule.deadline == nil)
    }

    @Test("it hears so by its own name, though another has taken its place in the tier")
    func lateAnswerOfWhoWasFirst() throws {
        var schedule = schedule([["http://a/", "http://b/"]])
        schedule.start(at: start)
        let first = try #require(schedule.timerFired(at: start, progress: leeching).first)
        #expect(schedule.stop(at: start, progress: leeching).isEmpty)
        schedule.start(at: start)
        let again = try #require(schedule.timerFired(at: start, progress: leeching).first)
        let other = try #require(schedule.failed(again.id, with: refused, at: start).first)
        #expect(again.tracker == first.tracker && other.tracker != first.tracker)
        _ = schedule.succeeded(other.id, with: answer(), at: start)
        #expect(schedule.stop(at: start, progress: leeching).map(\.tracker) == [other.tracker])
        let late = schedule.succeeded(first.id, with: answer(), at: start)
        #expect(late.map(\.tracker) == [first.tracker] && late.map(\.request.event) == [.stopped])
    }

    @Test("a tracker that answers `started` after we stopped hears `stopped`")
    func lateAnswer() throws {
        var schedule = schedule([["http://a/"]])
        schedule.start(at: start)
        let announce = try #require(schedule.timerFired(at: start, progress: leeching).first)
        #expect(schedule.stop(at: start, progress: leeching).isEmpty)
        let late = schedule.succeeded(announce.id, with: answer(), at: start + .seconds(1))
        #expect(late.map(\.request.event) == [.stopped])
        #expect(schedule.deadline == nil)
        #expect(schedule.succeeded(announce.id, with: answer(), at: start + .seconds(2)).isEmpty)
        #expect(schedule.failed(announce.id, with: refused, at: start + .seconds(2)).isEmpty)
    }

    @Test("under random events at most one request per hash is open, and a deadline is never missing")
    func randomLife() {
        for seed in UInt64(0)..<50 {
            var random = SplitMix64(seed: seed)
            var schedule = schedule([["http://a/", "http://b/"], ["http://c/"]], hybrid: true, seed: seed)
            var now = start
            var open: [Schedule.Announce] = []
            var isRunning = false
            for _ in 0..<300 {
                now += .seconds(random.below(400))
                switch random.below(7) {
                case 0 where !isRunning:
                    schedule.start(at: now)
                    isRunning = true
                case 1 where random.oneIn(10) && isRunning:
                    #expect(
                        schedule.stop(at: now, progress: leeching).allSatisfy { $0.request.event == .stopped }
                    )
                    isRunning = false
                    open = []
                case 2: schedule.wantPeers(at: now)
                case 3 where random.oneIn(10): schedule.completed(at: now)
                case 4, 5:
                    guard let index = open.indices.randomElement(using: &random) else { continue }
                    let announce = open.remove(at: index)
                    open +=
                        random.oneIn(2)
                        ? schedule.succeeded(announce.id, with: answer(Int64(random.below(3000))), at: now)
                        : schedule.failed(announce.id, with: refused, at: now)
                default: open += schedule.timerFired(at: now, progress: leeching)
                }
                #expect(Set(open.map(\.request.infoHash)).count == open.count)
                if isRunning && open.count < 2 { #expect(schedule.deadline != nil) }
                if !isRunning { #expect(schedule.deadline == nil) }
            }
        }
    }
}
