// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import Support
import SwardMetainfo
import SwardPrimitives
import SwardWire
import Testing
import TorrentSupport

@testable import SwardSwarm

@Suite("What is wanted, in what order, at what rate") struct TorrentWishesTests {
    static let kinds: [InfoDictionary.Kind] = [.v1, .v2, .hybrid]

    /// Forty pieces of one block.
    private static func work(_ kind: InfoDictionary.Kind = .v1) throws -> MadeTorrent {
        var generator = SplitMix64(seed: 1)
        return try MadeTorrent(
            kind, pieceLength: blockLength, files: [.init("a.bin", generator.bytes(40 * blockLength))])
    }

    private func set(_ pieces: some Sequence<Int>) -> PieceSet {
        var set = PieceSet(pieceCount: 40)
        for piece in pieces { set.insert(piece) }
        return set
    }

    private func seed(_ stage: inout Stage, isFast: Bool = true) throws -> ConnectionID {
        let id = try stage.connect(isFast: isFast)
        if isFast {
            stage.receive(.haveAll, .unchoke, from: id)
        } else {
            stage.receive(.bitfield(PieceSet(allOf: 40).bitfield()), .unchoke, from: id)
        }
        return id
    }

    private func fetchAll(_ stage: inout Stage, from id: ConnectionID) -> [Int] {
        var order: [Int] = []
        while case let requests = stage.messages(to: id).requests, !requests.isEmpty {
            order += requests.map(\.piece.rawValue)
            for request in requests { stage.receive(stage.piece(request), from: id) }
            stage.workDisk()
        }
        return order
    }

    @Test(
        "only what is wanted is asked for, and that is the end of it; more may be wanted later",
        arguments: kinds)
    func selects(_ kind: InfoDictionary.Kind) throws {
        var stage = Stage(try Self.work(kind))
        stage.act { $0.setWishes(PieceWishes(wanted: set(5..<15)), at: $1, into: &$2) }
        let id = try seed(&stage)
        #expect(Set(fetchAll(&stage, from: id)) == Set(5..<15))
        #expect(stage.core.isDone && !stage.core.isComplete)
        let snapshot = stage.core.snapshot(at: stage.now)
        #expect(snapshot.isComplete && !snapshot.isWhole && snapshot.piecesComplete == 10)
        // Two who want nothing of each other part; whoever comes now is met anew.
        let other = try seed(&stage)
        stage.act { $0.setWishes(PieceWishes(wanted: set(10..<20)), at: $1, into: &$2) }
        let again = stage.core.slot(of: other) == nil ? try seed(&stage) : other
        #expect(Set(fetchAll(&stage, from: again)) == Set(15..<20))
        #expect(stage.core.fault() == nil)
    }

    @Test("high goes before normal, and normal before low")
    func ranks() throws {
        var stage = Stage(try Self.work()) { $0.maximumRequestsOut = 4 }
        stage.act { $0.setWishes(PieceWishes(high: set(30..<35), low: set(0..<20)), at: $1, into: &$2) }
        let order = fetchAll(&stage, from: try seed(&stage))
        #expect(Set(order.prefix(5)) == Set(30..<35))
        #expect(Set(order.suffix(20)) == Set(0..<20))
    }

    @Test("in sequence, pieces are asked for in their order")
    func inSequence() throws {
        var stage = Stage(try Self.work()) { $0.isSequential = true }
        #expect(fetchAll(&stage, from: try seed(&stage)) == Array(0..<40))
    }

    @Test("a piece that someone waits for goes before all others")
    func deadlines() throws {
        var stage = Stage(try Self.work()) { $0.maximumRequestsOut = 2 }
        let id = try seed(&stage)
        let before = stage.messages(to: id).requests
        let awaited = (0..<40).filter { piece in !before.contains { $0.piece.rawValue == piece } }
        stage.act {
            $0.setDeadlines([(awaited[9], 500), (awaited[3], 100), (4000, 1)], at: $1, into: &$2)
        }
        for request in before { stage.receive(stage.piece(request), from: id) }
        #expect(stage.messages(to: id).requests.map(\.piece.rawValue).prefix(2) == [awaited[3], awaited[9]])
    }

    @Test("a suggestion is followed")
    func suggestions() throws {
        var stage = Stage(try Self.work()) { $0.maximumRequestsOut = 1 }
        let id = try stage.connect()
        stage.receive(.haveAll, .suggest(PieceIndex(31)), .suggest(PieceIndex(17)), .unchoke, from: id)
        #expect(stage.messages(to: id).requests.map(\.piece.rawValue) == [17])
        stage.receive(.suggest(PieceIndex(40)), from: id)
        #expect(stage.closings() == [.wire(.indexOutOfRange(message: 13, index: 40))])
    }

    // MARK: What is gone

    private func dontHave(_ piece: UInt32) -> PeerMessage {
        var payload = ByteBuffer()
        payload.writeInteger(piece)
        return .extended(id: 3, payload)
    }

    @Test("a piece that a peer has no more is asked of others", arguments: [true, false])
    func loses(_ isFast: Bool) throws {
        var stage = Stage(try Self.work()) { $0.isSequential = true }
        let id = try seed(&stage, isFast: isFast)
        let requests = stage.messages(to: id).requests
        #expect(requests.contains { $0.piece.rawValue == 0 })
        stage.receive(dontHave(0), from: id)
        if isFast { stage.receive(.reject(requests[0]), from: id) }
        let other = try seed(&stage)
        #expect(stage.messages(to: other).requests.contains { $0.piece.rawValue == 0 })
        #expect(stage.core.fault() == nil)
        stage.receive(dontHave(40), from: id)
        #expect(stage.closings().count == 1)
    }

    @Test("a seed that loses a piece again and again is no seed any more, and has all the same what it has")
    func losesAndGains() throws {
        var stage = Stage(try Self.work())
        let id = try seed(&stage)
        #expect(stage.core.seedCount == 1)
        for _ in 0..<3 {
            stage.receive(dontHave(39), from: id)
            #expect(stage.core.connections[id.slot].wantedCount == 39)
            stage.receive(.have(PieceIndex(39)), from: id)
            #expect(stage.core.seedCount == 0 && stage.core.connections[id.slot].wantedCount == 40)
            #expect(stage.core.fault() == nil)
        }
        #expect(stage.closings() == [])
    }

    @Test("peers are told of a piece that our disk has lost")
    func tellsOfLoss() throws {
        var stage = Stage(try Self.work(), isSeed: true)
        var handshake = ExtensionHandshake()
        handshake.dontHaveID = 7
        let id = try stage.connect()
        stage.receive(.haveNone, .extended(id: 0, handshake.payload()), from: id)
        _ = stage.take()
        stage.act { $0.pieceLost(PieceIndex(3), at: $1, into: &$2) }
        #expect(
            stage.messages(to: id).contains {
                if case .extended(7, let bytes) = $0 { bytes.readableBytes == 4 } else { false }
            })
        #expect(!stage.core.isComplete && stage.core.snapshot(at: stage.now).piecesComplete == 39)
    }

    // MARK: Super-seeding

    private func shown(_ messages: [PeerMessage]) -> [Int] {
        messages.compactMap { if case .have(let piece) = $0 { piece.rawValue } else { nil } }
    }

    @Test("a super-seed shows two pieces to each, different ones, and another when one was passed on")
    func superSeeds() throws {
        var stage = Stage(try Self.work(), isSeed: true) { $0.isSuperSeed = true }
        let first = try stage.connect()
        let greeting = stage.messages(to: first)
        #expect(greeting.first == .haveNone && shown(greeting).count == 2)
        let second = try stage.connect()
        let others = shown(stage.messages(to: second))
        #expect(others.count == 2 && Set(others).isDisjoint(with: shown(greeting)))
        // The second got one of the first's: the first has passed it on, and is shown another.
        stage.receive(.have(PieceIndex(shown(greeting)[0])), from: second)
        stage.pass(11_000)
        #expect(shown(stage.messages(to: first)).count == 1)
    }

    @Test("one peer alone gets everything from a super-seed in the end")
    func superSeedsOne() throws {
        var stage = Stage(try Self.work(), isSeed: true) { $0.isSuperSeed = true }
        let id = try stage.connect()
        var seen: Set<Int> = []
        for _ in 0..<60 {
            let new = shown(stage.messages(to: id))
            seen.formUnion(new)
            stage.pass(20_000)
            for piece in new { stage.receive(.have(PieceIndex(piece)), from: id) }
            stage.receive(.keepAlive, from: id)
        }
        #expect(seen.count == 40)
    }

    // MARK: Rates

    @Test("downloads stay under a limit", arguments: [true, false])
    func limitsDownload(_ isPerPeer: Bool) throws {
        var stage = Stage(try Self.work()) {
            if isPerPeer { $0.limits.peerDownload = 64 << 10 } else { $0.limits.download = 64 << 10 }
        }
        let id = try seed(&stage)
        var received = 0
        for _ in 0..<30 {
            for request in stage.messages(to: id).requests {
                stage.receive(stage.piece(request), from: id)
                received += request.length
            }
            stage.workDisk()
            stage.pass(100)
        }
        // Three seconds, and what may go at once.
        #expect(received >= 170 << 10 && received <= 240 << 10)
    }

    @Test("uploads stay under a limit, shared between peers and between torrents", arguments: [0, 1, 2])
    func limitsUpload(_ scope: Int) throws {
        var limits = RateLimits()
        if scope == 0 { limits.upload = 64 << 10 }
        if scope == 1 { limits.sharedUpload = RatePool(bytesPerSecond: 64 << 10, at: ContinuousClock().now) }
        if scope == 2 { limits.peerUpload = 32 << 10 }
        var stage = Stage(try Self.work(), isSeed: true) { $0.limits = limits }
        var sent: [ConnectionID: Int] = [:]
        for _ in 0..<2 {
            let id = try stage.connect()
            stage.receive(.haveNone, .interested, from: id)
            for piece in 0..<20 {
                stage.receive(
                    .request(BlockRequest(piece: PieceIndex(piece), begin: 0, length: blockLength)), from: id)
            }
            sent[id] = 0
        }
        for _ in 0..<300 {
            for case .sendBlock(let id, let block) in stage.take() {
                sent[id, default: 0] += block.length
                stage.act { $0.blocksSent(id, count: 1, bytes: block.length, at: $1, into: &$2) }
            }
            stage.pass(10)
        }
        let total = sent.values.reduce(0, +)
        #expect(total >= 170 << 10 && total <= 240 << 10)
        #expect(sent.values.allSatisfy { $0 >= 64 << 10 })
        // Without limits the rest goes at once.
        stage.act { $0.setLimits(RateLimits(), at: $1, into: &$2) }
        #expect(stage.take().count { if case .sendBlock = $0 { true } else { false } } > 10)
    }
}
