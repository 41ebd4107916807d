// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Support
import SwardMetainfo
import SwardPrimitives
import SwardWire
import Testing
import TorrentSupport

@testable import SwardSwarm

@Suite("Finding and keeping peers") struct TorrentPeerTests {
    private static func work(_ kind: InfoDictionary.Kind = .v1) throws -> MadeTorrent {
        try MadeTorrent(
            kind, files: [.init("a.bin", [UInt8](repeating: 1, count: 100_000)), .init("b", [2])])
    }

    private static func address(_ host: UInt8, port: UInt16 = 6881) -> PeerAddress {
        PeerAddress(ip: [10, 2, 0, host], port: port)!
    }

    private func dialled(_ log: [TorrentAction]) -> [PeerAddress] {
        log.compactMap { if case .connect(let address, _, _) = $0 { address } else { nil } }
    }

    @Test("two that are complete part, and one is dialled again only when something is wanted")
    func sparesSeeds() throws {
        let made = try Self.work()
        var wanted = PieceSet(allOf: made.info.layout.pieceCount)
        wanted.remove(0)
        var stage = Stage(made, have: wanted)
        stage.act { $0.setWishes(PieceWishes(wanted: wanted), at: $1, into: &$2) }
        // Where `connect` says that the first peer is.
        let address = PeerAddress(ip: [10, 1, 1, 1], port: 6881)!
        stage.act { $0.peersFound([address], source: .user, at: $1, into: &$2) }
        #expect(dialled(stage.take()).count == 1)
        let id = try stage.connect(isOutgoing: true)
        stage.receive(.haveAll, from: id)
        #expect(stage.closings() == [.redundant])
        stage.pass(3_600_000)
        #expect(dialled(stage.take()).isEmpty)
        stage.act { $0.setWishes(PieceWishes(), at: $1, into: &$2) }
        #expect(dialled(stage.take()).count == 1)
    }

    @Test("addresses are dialled at once, each once, up to the half-open limit")
    func dials() throws {
        var stage = Stage(try Self.work()) { $0.maximumHalfOpen = 3 }
        let addresses = (0..<10).map { Self.address($0) } + [Self.address(0), Self.address(1, port: 0)]
        stage.act { $0.peersFound(addresses, source: .tracker, at: $1, into: &$2) }
        let first = dialled(stage.take())
        #expect(first.count == 3 && Set(first).count == 3)
        stage.act { $0.connectFailed(first[0], at: $1, into: &$2) }
        let second = dialled(stage.take())
        #expect(second.count == 1 && !first.contains(second[0]))
    }

    @Test("when one that was dialled is there the next is dialled, until all are")
    func goesOnDialling() throws {
        var stage = Stage(try Self.work()) { $0.maximumHalfOpen = 3 }
        let addresses = (1...20).map { PeerAddress(ip: [10, 1, 1, $0], port: 6881)! }
        stage.act { $0.peersFound(addresses, source: .tracker, at: $1, into: &$2) }
        var all: [PeerAddress] = []
        while case let next = dialled(stage.take()), !next.isEmpty {
            #expect(next.count <= 3)
            for address in next { _ = try stage.connect(isOutgoing: true, host: address.ip[3]) }
            all += next
        }
        #expect(all.count == 20 && Set(all) == Set(addresses))
    }

    @Test("those that are kept out do not keep others from being dialled")
    func looksFurther() throws {
        let penalties = PenaltyBox()
        var stage = Stage(try Self.work()) {
            $0.maximumHalfOpen = 3
            $0.penalties = penalties
        }
        let addresses = (1...200).map { PeerAddress(ip: [10, 1, 1, $0], port: 6881)! }
        for address in addresses.dropLast() {
            let id = PeerID([UInt8](repeating: 9, count: 20))!
            #expect(penalties.record(.flood, by: address, id, at: stage.now) != nil)
        }
        stage.act { $0.peersFound(addresses, source: .tracker, at: $1, into: &$2) }
        #expect(dialled(stage.take()).isEmpty)
        stage.pass(10_000)
        #expect(dialled(stage.take()) == addresses.suffix(1))
    }

    @Test("a dial lasts until both handshakes are through, or it has failed")
    func saysThatItDials() throws {
        var stage = Stage(try Self.work(), isSeed: true)
        #expect(!stage.core.isDialling)
        let addresses = (1...2).map { PeerAddress(ip: [10, 1, 1, $0], port: 6881)! }
        stage.act { $0.peersFound(addresses, source: .tracker, at: $1, into: &$2) }
        #expect(stage.core.isDialling)
        stage.act { $0.connectFailed(addresses[0], at: $1, into: &$2) }
        #expect(stage.core.isDialling)
        _ = try stage.connect(isOutgoing: true, host: 2)
        #expect(!stage.core.isDialling)
    }

    @Test("a peer that fails is tried again ever later")
    func backsOff() throws {
        var stage = Stage(try Self.work())
        stage.act { $0.peersFound([Self.address(1)], source: .tracker, at: $1, into: &$2) }
        var waits: [Int] = []
        for _ in 0..<6 {
            #expect(dialled(stage.take()).count == 1)
            let before = stage.time
            stage.act { $0.connectFailed(Self.address(1), at: $1, into: &$2) }
            while dialled(stage.log).isEmpty, stage.time - before < 1_000_000 { stage.pass(500) }
            waits.append(stage.time - before)
        }
        #expect(waits == [5000, 10_000, 20_000, 40_000, 80_000, 160_000])
    }

    @Test("a peer named by a person is tried every half minute at least")
    func favours() throws {
        var stage = Stage(try Self.work())
        stage.act { $0.peersFound([Self.address(1)], source: .user, at: $1, into: &$2) }
        var dials = 0
        for _ in 0..<20 {
            dials += dialled(stage.take()).count
            stage.act { $0.connectFailed(Self.address(1), at: $1, into: &$2) }
            stage.pass(30_000)
        }
        #expect(dials >= 20)
    }

    @Test(
        "that it cannot be reached is said once, after every name it may be known by",
        arguments: [(InfoDictionary.Kind.v2, 1), (.hybrid, 2)])
    func tellsOfWhoIsNotThere(_ row: (kind: InfoDictionary.Kind, attempts: Int)) throws {
        var stage = Stage(try Self.work(row.kind))
        stage.act { $0.peersFound([Self.address(1)], source: .user, at: $1, into: &$2) }
        stage.act { $0.peersFound([Self.address(2)], source: .tracker, at: $1, into: &$2) }
        var told: [Int] = []
        for attempt in 1...4 {
            _ = stage.take()
            for number: UInt8 in 1...2 {
                stage.act { $0.connectFailed(Self.address(number), .unreachable, at: $1, into: &$2) }
            }
            for case .unreached(let address, .unreachable) in stage.take() {
                #expect(address == Self.address(1))
                told.append(attempt)
            }
            stage.pass(60_000)
        }
        #expect(told == [row.attempts])
    }

    @Test("a hybrid names itself v1 with the upgrade bit first, and v2 to who hangs up on that")
    func namesBoth() throws {
        let made = try Self.work(.hybrid)
        var stage = Stage(made)
        stage.act { $0.peersFound([Self.address(1)], source: .user, at: $1, into: &$2) }
        func handshake(_ log: [TorrentAction]) -> Handshake? {
            for case .connect(_, let handshake, _) in log { return handshake }
            return nil
        }
        let first = handshake(stage.take())
        #expect(first?.infoHash == made.info.infoHashes.v1 && first?.features.contains(.v2) == true)
        stage.act { $0.connectFailed(Self.address(1), at: $1, into: &$2) }
        stage.pass(1000)
        #expect(handshake(stage.take())?.infoHash == made.info.infoHashes.v2?.truncated)
    }

    @Test("a v1 peer that can is lifted to v2")
    func upgrades() throws {
        let made = try Self.work(.hybrid)
        let stage = Stage(made)
        let v1 = try #require(made.info.infoHashes.v1)
        var theirs = Handshake(
            features: [.fast], infoHash: v1, peerID: PeerID([UInt8](repeating: 1, count: 20))!)
        #expect(stage.core.reply(to: theirs).infoHash == v1)
        theirs.features.insert(.v2)
        #expect(stage.core.reply(to: theirs).infoHash == made.info.infoHashes.v2?.truncated)
    }

    @Test("ourselves, another torrent, and a second connection are refused")
    func refuses() throws {
        var stage = Stage(try Self.work())
        stage.act { $0.peersFound([Self.address(1)], source: .user, at: $1, into: &$2) }
        let us = Handshake(
            features: [], infoHash: stage.made.info.infoHashes.swarms[0],
            peerID: stage.core.configuration.peerID)
        let arrival = PeerArrival(address: Self.address(1), isOutgoing: true, handshake: us)
        stage.act { core, now, actions in
            #expect(throws: CloseReason.ourselves) {
                try core.peerConnected(arrival, at: now, into: &actions)
            }
        }
        stage.pass(3_600_000)
        #expect(dialled(stage.take()).count == 1)
        #expect(throws: CloseReason.wrongInfoHash) {
            try stage.connect(infoHash: Digest160([UInt8](repeating: 0, count: 20)))
        }
        _ = try stage.connect(id: 7)
        #expect(throws: CloseReason.duplicate) { try stage.connect(id: 7) }
        #expect(stage.core.connectionCount == 1)
    }

    @Test("when both dial at once, the dial of the greater id stays", arguments: [0, 255] as [UInt8])
    func settlesDuplicates(_ id: UInt8) throws {
        var stage = Stage(try Self.work())
        let incoming = try stage.connect(host: 7, id: id)
        _ = stage.take()
        if id == 255 {
            #expect(throws: CloseReason.duplicate) { try stage.connect(isOutgoing: true, host: 7, id: id) }
        } else {
            let outgoing = try stage.connect(isOutgoing: true, host: 7, id: id)
            #expect(outgoing.slot != incoming.slot)
            #expect(stage.closings() == [.duplicate])
        }
        #expect(stage.core.connectionCount == 1)
    }

    @Test(
        "who names the id of a peer that is here from another host ends nothing",
        arguments: [0, 255] as [UInt8])
    func keepsWhoIsHere(_ id: UInt8) throws {
        var stage = Stage(try Self.work())
        _ = try stage.connect(isOutgoing: id == 255, host: 7, id: id)
        #expect(throws: CloseReason.duplicate) { try stage.connect(isOutgoing: id == 0, host: 8, id: id) }
        #expect(stage.closings() == [] && stage.core.connectionCount == 1)
    }

    @Test("connections are limited in all, and by host")
    func limits() throws {
        var stage = Stage(try Self.work()) { $0.maximumConnections = 5 }
        for _ in 0..<3 { _ = try stage.connect(host: 9) }
        #expect(throws: CloseReason.tooManyFromHost) { try stage.connect(host: 9) }
        for host in 1...2 { _ = try stage.connect(host: UInt8(host)) }
        #expect(throws: CloseReason.tooManyConnections) { try stage.connect(host: 3) }
    }

    @Test("two silent minutes bring a keep-alive, three end the connection")
    func keepsAlive() throws {
        var stage = Stage(try Self.work())
        let id = try stage.connect()
        _ = stage.take()
        stage.pass(130_000)
        #expect(stage.messages(to: id) == [.keepAlive])
        stage.pass(60_000)
        #expect(stage.closings() == [.silent])
        #expect(stage.core.deadline == nil || stage.core.connectionCount == 0)
    }

    @Test("a peer that nothing is asked of is sent keep-alives, though something is wanted of it")
    func keepsAliveWhoWaits() throws {
        // One block is asked for, and then none for hours.
        var stage = Stage(try Self.work()) { $0.limits.download = 1 }
        let first = try stage.connect(), second = try stage.connect()
        for id in [first, second] { stage.receive(.haveAll, .unchoke, from: id) }
        let asked = try #require(
            stage.take().compactMap { action in
                if case .send(let id, .request) = action { id } else { nil }
            }.first)
        let other = asked == first ? second : first
        for _ in 0..<13 {
            stage.pass(10_000)
            stage.receive(.keepAlive, from: other)
        }
        #expect(stage.messages(to: other) == [.keepAlive])
    }

    @Test("an idle torrent without peers waits for nothing")
    func sleeps() throws {
        let stage = Stage(try Self.work(), isSeed: true)
        #expect(stage.core.deadline == nil)
    }

    @Test("an idle torrent and a connection are small")
    func isSmall() throws {
        // What lies on the heap besides: the hashes, which are slices of the metainfo, a bit per piece, and the peers.
        #expect(MemoryLayout<Torrent>.size <= 1800)
        #expect(MemoryLayout<Connection>.size <= 800)
        let stage = Stage(try Self.work(), isSeed: true)
        #expect(stage.core.download == nil && stage.core.connections.isEmpty && stage.core.book.count == 0)
    }

    @Test("when the gate opens, peers that were told nothing learn what we have, and are served")
    func opens() throws {
        var stage = Stage(try Self.work(), isSeed: true, gate: .shut)
        let id = try stage.connect()
        stage.receive(.haveNone, .interested, from: id)
        #expect(!stage.messages(to: id).contains(.unchoke))
        stage.act { $0.setGate(.open, at: $1, into: &$2) }
        let messages = stage.messages(to: id)
        let count = stage.made.info.layout.pieceCount
        #expect(messages.count { if case .have = $0 { true } else { false } } == count)
        #expect(messages.contains(.unchoke))
        stage.act { $0.setGate(.shut, at: $1, into: &$2) }
        #expect(stage.messages(to: id) == [.choke])
    }

    @Test("when the gate shuts, what was asked for is cancelled")
    func shuts() throws {
        var stage = Stage(try Self.work())
        let id = try stage.connect()
        stage.receive(.haveAll, .unchoke, from: id)
        let asked = stage.messages(to: id).requests
        #expect(!asked.isEmpty)
        stage.act { $0.setGate(.shut, at: $1, into: &$2) }
        let messages = stage.messages(to: id)
        #expect(messages.count { if case .cancel = $0 { true } else { false } } == asked.count)
        #expect(messages.last == .notInterested)
        // What was under way comes, and is thrown away.
        stage.receive(stage.piece(asked[0]), from: id)
        #expect(stage.take().isEmpty && stage.core.unwritten == 0)
    }
}
