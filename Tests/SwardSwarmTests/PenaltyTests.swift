// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardMetainfo
import SwardPrimitives
import SwardWire
import SwarmSimulation
import Testing

@testable import SwardSwarm

@Suite("Who misbehaves is kept out for a while") struct PenaltyTests {
    private static func seeding(configure: (inout TorrentConfiguration) -> Void = { _ in }) throws -> Stage {
        Stage(try Scenario.work(.v2, seed: 3, pieces: 40), isSeed: true, configure: configure)
    }

    /// Asks for what it may not have until it is let go.
    private static func flood(_ stage: inout Stage, from id: ConnectionID) -> [TorrentAction] {
        _ = stage.take()
        for _ in 0...Torrent.maximumRefusedRequests {
            stage.receive(
                .request(BlockRequest(piece: PieceIndex(0), begin: 0, length: blockLength)), from: id)
        }
        return stage.take()
    }

    @Test(
        "who floods does not come back from its address, under whatever name and port, until its time is up")
    func flood() throws {
        var stage = try Self.seeding()
        for (turn, seconds) in [60, 120, 240].enumerated() {
            let id = try stage.connect(host: 7)
            let told = Self.flood(&stage, from: id).compactMap { action -> Duration? in
                if case .keptOut(let address, .flood, let time) = action, address.ip[3] == 7 { return time }
                return nil
            }
            #expect(told == [.seconds(seconds)])
            #expect(throws: CloseReason.keptOut) { try stage.connect(host: 7, port: 7000, id: 200) }
            // The neighbour is another.
            _ = try stage.connect(host: 100 + UInt8(turn))
            stage.pass(seconds * 1000 - 1)
            #expect(throws: CloseReason.keptOut) { try stage.connect(host: 7) }
            stage.pass(1)
        }
        _ = try stage.connect(host: 7)
    }

    @Test("nor is it dialled before")
    func isNotDialled() throws {
        var stage = try Self.seeding()
        let id = try stage.connect(host: 7)
        _ = Self.flood(&stage, from: id)
        let address = try #require(PeerAddress(ip: [10, 1, 1, 7], port: 7000))
        func dials(_ actions: [TorrentAction]) -> Int {
            actions.count { if case .connect(address, _, _) = $0 { true } else { false } }
        }
        stage.act { $0.peersFound([address], source: .tracker, at: $1, into: &$2) }
        stage.pass(59_000)
        #expect(dials(stage.take()) == 0)
        stage.pass(2000)
        #expect(dials(stage.take()) == 1)
    }

    @Test("an address from which somebody hung up, fell silent, or called twice stays open to all behind it")
    func accidents() throws {
        var stage = try Self.seeding { $0.maximumConnectionsPerHost = 2 }
        for _ in 0..<20 {
            let id = try stage.connect(host: 7)
            stage.act { $0.peerDisconnected(id, error: nil, at: $1, into: &$2) }
        }
        _ = try stage.connect(host: 7, id: 201)
        #expect(throws: CloseReason.duplicate) { try stage.connect(host: 7, id: 201) }
        _ = try stage.connect(host: 7)
        #expect(throws: CloseReason.tooManyFromHost) { try stage.connect(host: 7) }
        stage.pass(200_000)
        #expect(stage.closings() == [.silent, .silent])
        _ = try stage.connect(host: 7)
    }

    @Test("three breaches of the protocol keep an address out, two do not, and an hour forgets")
    func breaches() throws {
        var stage = try Self.seeding()
        for breach in 1...3 {
            stage.receive(.have(PieceIndex(1 << 20)), from: try stage.connect(host: 7))
            let isOut = stage.core.configuration.penalties.remaining(
                of: PeerAddress(ip: [10, 1, 1, 7], port: 1)!, nil, at: stage.now)
            #expect((isOut != nil) == (breach == 3))
        }
        stage.pass(60_000 + 3_600_000)
        stage.receive(.have(PieceIndex(1 << 20)), from: try stage.connect(host: 7))
        stage.receive(.have(PieceIndex(1 << 20)), from: try stage.connect(host: 7))
        _ = try stage.connect(host: 7)
    }

    @Test("what one torrent of a session suffered holds for all")
    func isShared() throws {
        var one = try Self.seeding()
        let box = one.core.configuration.penalties
        var other = try Self.seeding { $0.penalties = box }
        _ = Self.flood(&one, from: try one.connect(host: 7))
        #expect(throws: CloseReason.keptOut) { try other.connect(host: 7) }
        _ = try other.connect(host: 8)
    }

    @Test("a subscriber of IPv6 is a /64; on loopback a peer is its id; the book has an end")
    func keys() throws {
        let (box, now) = (PenaltyBox(), ContinuousClock.now)
        func six(_ network: UInt8, _ host: UInt8) -> PeerAddress {
            PeerAddress(ip: [0x20, 1, 0xd, 0xb8, 0, 0, 0, network, 0, 0, 0, 0, 0, 0, 0, host], port: 1)!
        }
        func name(_ byte: UInt8) -> PeerID { PeerID([UInt8](repeating: byte, count: 20))! }
        #expect(box.record(.flood, by: six(1, 1), name(1), at: now) == .seconds(60))
        #expect(box.remaining(of: six(1, 99), nil, at: now) == .seconds(60))
        #expect(box.remaining(of: six(2, 1), nil, at: now) == nil)
        let loopback = PeerAddress(ip: [127, 0, 0, 1], port: 1)!
        #expect(box.record(.lied, by: loopback, name(1), at: now) == .seconds(60))
        #expect(box.remaining(of: loopback, nil, at: now) == nil)
        #expect(box.remaining(of: loopback, name(2), at: now) == nil)
        #expect(box.remaining(of: loopback, name(1), at: now) == .seconds(60))
        for number in 0..<3000 {
            let address = PeerAddress(ip: [10, 0, UInt8(number / 256), UInt8(number % 256)], port: 1)!
            #expect(box.record(.flood, by: address, name(1), at: now + .seconds(number)) != nil)
        }
        #expect(box.count <= PenaltyBox.capacity)
    }
}
