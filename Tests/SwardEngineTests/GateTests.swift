// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Dispatch
import NIOCore
import Support
import SwardEngine
import SwardMetainfo
import SwardPrimitives
import SwardSwarm
import SwardWire
import Synchronization
import Testing
import TorrentSupport

/// What leaves us for a stranger, by the state of the gate.
@Suite("Gate on the wire", .timeLimit(.minutes(5))) struct GateTests {
    /// All a stranger can ask for: every block, and the metadata, whose answer comes last of all.
    func questions(_ torrent: MadeTorrent) -> [PeerMessage] {
        var handshake = ExtensionHandshake()
        handshake.metadataID = 7
        // Our own session calls `ut_metadata` what its handshake says; 0 is the handshake itself.
        return [.extended(id: 0, handshake.payload()), .haveNone, .interested]
            + torrent.blocks.map { .request($0) }
    }

    func rejected(_ heard: [PeerMessage]) -> Int {
        heard.count { if case .reject = $0 { true } else { false } }
    }

    @Test(
        "a held or quarantined torrent uploads nothing and tells of nothing",
        arguments: [InfoDictionary.Kind.v1, .v2, .hybrid], [TestPeer.held, TestPeer.quarantined])
    func shut(_ kind: InfoDictionary.Kind, _ judge: @escaping Judge) async throws {
        let torrent = try MadeTorrent.random(kind, seed: 4)
        let seeder = try await TestPeer("seeder")
        let seeding = try seeder.seed(torrent, judge: judge)
        _ = try await seeding.checked()
        let blocks = torrent.blocks.count
        for hash in torrent.info.infoHashes.swarms {
            let heard = try await RawPeer.converse(
                with: seeder.address, about: hash, saying: questions(torrent),
                until: { rejected($0) == blocks })
            #expect(!heard.contains { $0.isPayload || $0.isOffer })
        }
        #expect(await seeding.snapshot().uploaded == 0)
        await seeder.session.stop()
    }

    @Test(
        "the same questions to an admitted torrent are answered",
        arguments: [InfoDictionary.Kind.v1, .v2, .hybrid])
    func open(_ kind: InfoDictionary.Kind) async throws {
        let torrent = try MadeTorrent.random(kind, seed: 4)
        // On several loops, so that connections are handed from one to another with what came behind the handshake.
        let seeder = try await TestPeer("seeder", loops: 3)
        _ = try await seeder.seed(torrent).checked()
        for _ in 0..<4 {
            let heard = try await RawPeer.converse(
                with: seeder.address, about: torrent.info.infoHashes.swarms[0], saying: questions(torrent),
                until: { messages in
                    messages.count { $0.isPayload } + rejected(messages) == torrent.blocks.count
                })
            #expect(heard.contains(.haveAll))
            #expect(heard.contains { $0.isPayload })
            for case .piece(let piece, let begin, let data) in heard {
                let request = BlockRequest(piece: piece, begin: begin, length: data.readableBytes)
                #expect(Array(data.readableBytesView) == torrent.bytes(of: request))
            }
        }
        await seeder.session.stop()
    }

    @Test("a judgement that changes opens and shuts the gate of a torrent that runs")
    func changes() async throws {
        let torrent = try MadeTorrent.random(.v2, seed: 4)
        let seeder = try await TestPeer("seeder")
        let seeding = try seeder.seed(torrent, judge: TestPeer.quarantined)
        _ = try await seeding.checked()
        await seeding.setJudgement(Judgement(permissions: .open, state: "admitted"))
        let fetcher = try await TestPeer("fetcher")
        let fetching = fetcher.session.add(
            .metainfo(torrent.metainfo), options: fetcher.options(peers: [seeder.address]),
            judge: TestPeer.admitted)
        _ = try await fetching.completion()
        await seeding.setJudgement(Judgement(permissions: .shut, state: "held"))
        let uploaded = await seeding.snapshot().uploaded
        let blocks = torrent.blocks.count
        let heard = try await RawPeer.converse(
            with: seeder.address, about: torrent.info.infoHashes.swarms[0], saying: questions(torrent),
            until: { rejected($0) == blocks })
        #expect(!heard.contains { $0.isPayload || $0.isOffer })
        #expect(await seeding.snapshot().uploaded == uploaded)
        await fetcher.session.stop()
        await seeder.session.stop()
    }

    @Test("a judgement that comes while the files are being opened stands", arguments: [false, true])
    func comesEarly(_ isExamined: Bool) async throws {
        let torrent = try MadeTorrent.random(.v2, seed: 4)
        let seeder = try await TestPeer("seeder")
        try torrent.write(to: seeder.folder.url)
        let mayJudge = DispatchSemaphore(value: 0)
        var options = seeder.options()
        options.writes = false
        let admitted = Judgement(permissions: .open, state: "admitted")
        if isExamined { options.examine = { _, _ in admitted } }
        let seeding = seeder.session.add(.metainfo(torrent.metainfo), options: options) { _ in
            mayJudge.wait()
            return admitted
        }
        await seeding.setJudgement(Judgement(permissions: .shut, state: "held"))
        mayJudge.signal()
        var states: [String] = []
        let checked = try await seeding.first { event -> TorrentSnapshot? in
            if case .judged(let judgement) = event { states.append(judgement.state) }
            if case .checked(let snapshot) = event { return snapshot }
            return nil
        }
        #expect(checked.isWhole && checked.gate == .shut)
        #expect(states.first == "held" && states.last == "held" && states.contains("admitted"))
        await seeder.session.stop()
    }

    @Test("a judgement that shuts the gate holds back what was on its way to a peer")
    func shutsOnWhatWaits() async throws {
        // More than the system takes for a peer that does not read.
        let torrent = try MadeTorrent(
            .v1, pieceLength: 1 << 20, files: [.init("a", SplitMix64.bytes(24 << 20, seed: 1))])
        let seeder = try await TestPeer("seeder")
        let seeding = try seeder.seed(torrent)
        _ = try await seeding.checked()
        var uploaded: Int64?
        var hasAsked = false
        let heard = try await RawPeer.converse(
            with: seeder.address, about: torrent.info.infoHashes.swarms[0], saying: [.haveNone, .interested],
            answering: { heard in
                if !hasAsked {
                    guard heard.contains(.unchoke) else { return [] }
                    hasAsked = true
                    return torrent.blocks.map { .request($0) }
                }
                let payloads = heard.count { $0.isPayload }
                if uploaded == nil, payloads > 0 {
                    await seeding.setJudgement(Judgement(permissions: .shut, state: "held"))
                    uploaded = await seeding.snapshot().uploaded
                }
                return payloads + self.rejected(heard) < torrent.blocks.count ? [] : nil
            })
        #expect(Int64(heard.count { $0.isPayload } * blockLength) == uploaded)
        #expect(await seeding.snapshot().uploaded == uploaded)
        await seeder.session.stop()
    }
}

@Suite("Trackers of a session", .timeLimit(.minutes(5))) struct TrackerTests {
    /// Answers every announce with `peers` and keeps what was asked.
    final class FakeTracker: Sendable {
        let asked: AsyncStream<String>
        private let continuation: AsyncStream<String>.Continuation
        private let all = Mutex<[String]>([])
        private let answer: [UInt8]

        init(_ peers: [PeerAddress]) {
            (asked, continuation) = AsyncStream.makeStream(of: String.self)
            let compact = peers.flatMap { $0.ip + [UInt8($0.port >> 8), UInt8($0.port & 255)] }
            answer = Array("d8:intervali1800e5:peers\(compact.count):".utf8) + compact + Array("e".utf8)
        }

        var urls: [String] { all.withLock { $0 } }

        var transport: TrackerTransport {
            { url, _, done in
                self.all.withLock { $0.append(url) }
                self.continuation.yield(url)
                done(.success(self.answer))
            }
        }
    }

    @Test("peers of a tracker are found, and it is told of start, completion and stop")
    func announces() async throws {
        let torrent = try MadeTorrent(
            .v1, files: [.init("a", SplitMix64.bytes(100_000, seed: 1)), .init("b", [1])],
            announceTiers: [["http://tracker.example/announce"]])
        let seeder = try await TestPeer("seeder")
        _ = try await seeder.seed(torrent).checked()
        let tracker = FakeTracker([seeder.address])
        let fetcher = try await TestPeer("fetcher", transport: tracker.transport)
        let fetching = fetcher.session.add(
            .metainfo(torrent.metainfo), options: fetcher.options(), judge: TestPeer.admitted)
        _ = try await fetching.completion()
        await fetcher.session.stop()
        var events: [String] = []
        for await url in tracker.asked {
            events.append(
                String(url.split(separator: "event=").dropFirst().first?.prefix { $0 != "&" } ?? ""))
            if events.last == "stopped" { break }
        }
        #expect(events == ["started", "completed", "stopped"])
        await seeder.session.stop()
    }

    @Test("a work that may not be served is never announced as a source")
    func quarantine() async throws {
        let torrent = try MadeTorrent(
            .v1, files: [.init("a", SplitMix64.bytes(100_000, seed: 1)), .init("b", [1])],
            announceTiers: [["http://tracker.example/announce"]])
        let tracker = FakeTracker([])
        let seeder = try await TestPeer("seeder", transport: tracker.transport)
        let seeding = try seeder.seed(torrent, judge: TestPeer.quarantined)
        _ = try await seeding.completion()
        let held = try seeder.seed(torrent, judge: TestPeer.held)
        _ = try await held.checked()
        await seeder.session.stop()
        // Complete from the start, and neither may be served: nobody is told of them at all.
        #expect(tracker.urls.isEmpty)
    }
}
