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

@Suite("Peers told of each other") struct TorrentExchangeTests {
    private static func work() throws -> MadeTorrent {
        try MadeTorrent(.v1, files: [.init("a.bin", [UInt8](repeating: 1, count: 100_000))])
    }

    private static let extended: PeerMessage = {
        var handshake = ExtensionHandshake()
        (handshake.exchangeID, handshake.port) = (9, 6881)
        return .extended(id: 0, handshake.payload())
    }()

    private func exchanges(_ messages: [PeerMessage]) throws -> [PeerExchange] {
        try messages.compactMap { message in
            guard case .extended(9, let payload) = message else { return nil }
            return try PeerExchange(reading: payload, id: 9)
        }
    }

    private func dialled(_ log: [TorrentAction]) -> [PeerAddress] {
        log.compactMap { if case .connect(let address, _, _) = $0 { address } else { nil } }
    }

    private func hear(_ stage: inout Stage, _ addresses: [PeerAddress], from id: ConnectionID) {
        let payload = PeerExchange(added: addresses.map { .init($0) }).payload()
        stage.receive(.extended(id: Torrent.exchangeID, payload), from: id)
    }

    private static func far(_ number: Int) -> PeerAddress {
        PeerAddress(ip: [9, 9, UInt8(number >> 8), UInt8(number & 255)], port: 6881)!
    }

    @Test("a newcomer hears at once of who is there, the others within a minute; who left is taken back")
    func tells() throws {
        var stage = Stage(try Self.work(), isSeed: true)
        let first = try stage.connect(isOutgoing: true)
        stage.receive(Self.extended, .haveNone, from: first)
        #expect(try exchanges(stage.messages(to: first)).isEmpty)
        let second = try stage.connect(isOutgoing: true)
        stage.receive(Self.extended, .haveNone, from: second)
        let heard = try exchanges(stage.messages(to: second))
        #expect(heard.map { $0.added.map(\.address) } == [[PeerAddress(ip: [10, 1, 1, 1], port: 6881)!]])
        #expect(heard.first?.added.first?.flags == .isReachable)
        stage.pass(70_000)
        stage.receive(.keepAlive, from: first)
        #expect(try exchanges(stage.messages(to: first)).map(\.added.count) == [1])
        stage.act { $0.peerDisconnected(second, error: nil, at: $1, into: &$2) }
        _ = stage.take()
        stage.pass(70_000)
        let later = try exchanges(stage.messages(to: first))
        #expect(later.map(\.added.count) == [0] && later.map(\.dropped.count) == [1])
    }

    static let silent: [GatePermissions] = [.shut, .quarantine]

    @Test("nothing is told of what may not be shared", arguments: silent)
    func holds(_ gate: GatePermissions) throws {
        var stage = Stage(try Self.work(), isSeed: true, gate: gate)
        var ids: [ConnectionID] = []
        for _ in 0..<3 {
            ids.append(try stage.connect(isOutgoing: true))
            stage.receive(Self.extended, from: ids[ids.count - 1])
        }
        stage.pass(90_000)
        for case .send(_, .extended(9, _)) in stage.take() { Issue.record("told of peers while held") }
    }

    @Test("what others say is dialled, within caps, and never nearer to us than they are")
    func hears() throws {
        var stage = Stage(try Self.work()) { $0.maximumHalfOpen = 1000 }
        let teller = try stage.connect(host: 200)
        stage.receive(Self.extended, from: teller)
        _ = stage.take()
        let near = PeerAddress(ip: [127, 0, 0, 1], port: 22)!
        let nobody = PeerAddress(ip: [224, 0, 0, 1], port: 22)!
        hear(&stage, [near, nobody, Self.far(1), Self.far(1).with(port: 9), Self.far(2)], from: teller)
        #expect(Set(dialled(stage.take())) == [Self.far(1), Self.far(2)])
        // A flood is passed over.
        for round in 1..<20 { hear(&stage, (0..<100).map { Self.far(round * 100 + $0) }, from: teller) }
        #expect(dialled(stage.take()).count <= 2 * 100)
        for round in 20..<60 {
            stage.pass(60_000)
            stage.receive(.keepAlive, from: teller)
            hear(&stage, (0..<100).map { Self.far(round * 100 + $0) }, from: teller)
        }
        #expect(stage.core.book.entries.count { $0.source == .exchange } <= 500)
    }

    @Test("a bad message is passed over, and a stream of them ends the connection")
    func ignoresBad() throws {
        var stage = Stage(try Self.work())
        let id = try stage.connect()
        stage.receive(Self.extended, from: id)
        stage.receive(.extended(id: Torrent.exchangeID, ByteBuffer(string: "d5:added1:xe")), from: id)
        #expect(stage.closings() == [])
        for _ in 0..<60 {
            stage.receive(.extended(id: Torrent.exchangeID, ByteBuffer(string: "?")), from: id)
        }
        #expect(stage.closings() == [.flood])
    }

    @Test("a private torrent neither tells nor hears, and lets go of who was met by hearsay")
    func keepsPrivate() throws {
        let made = try Self.work()
        var content = Content(made.info, layers: [:])
        content.isPrivate = true
        var stage = Stage(made, fromMagnet: true, gate: nil)
        let teller = try stage.connect(host: 200)
        stage.receive(Self.extended, from: teller)
        hear(&stage, [Self.far(1), Self.far(2)], from: teller)
        #expect(dialled(stage.take()).count == 2)
        stage.act { $0.setContent(content, have: nil, at: $1, into: &$2) }
        stage.act { $0.setGate(.open, at: $1, into: &$2) }
        for case .send(_, .extended(0, let payload)) in stage.log {
            #expect(try ExtensionHandshake(reading: payload).exchangeID == nil)
        }
        _ = stage.take()
        hear(&stage, [Self.far(3)], from: teller)
        stage.act { $0.connectFailed(Self.far(1), at: $1, into: &$2) }
        stage.pass(120_000)
        #expect(dialled(stage.take()).isEmpty)
    }

    @Test("the blocklist holds for dialling and for who calls")
    func blocks() throws {
        let filter = AddressFilter.read("9.9.0.0/24\n10.1.1.7".utf8).filter
        var stage = Stage(try Self.work()) { $0.filter = filter }
        stage.act { $0.peersFound([Self.far(1), Self.far(256)], source: .tracker, at: $1, into: &$2) }
        #expect(dialled(stage.take()) == [Self.far(256)])
        #expect(throws: CloseReason.blocked) { try stage.connect(host: 7) }
    }

    @Test("a full house makes room for a higher rank only")
    func makesRoom() throws {
        var stage = Stage(try Self.work()) { $0.maximumConnections = 3 }
        stage.core.learnedOurAddress(PeerAddress(ip: [5, 6, 7, 8], port: 0)!)
        let ranked = (1...40).map { UInt8($0) }.sorted {
            func rank(_ host: UInt8) -> UInt32 {
                stage.core.ourAddresses.rank(PeerAddress(ip: [10, 1, 1, host], port: 6881)!)
            }
            return rank($0) < rank($1)
        }
        // Who is refused for another reason throws nobody out.
        var crowded = Stage(try Self.work()) {
            $0.maximumConnections = 3
            $0.maximumConnectionsPerHost = 2
        }
        crowded.core.learnedOurAddress(PeerAddress(ip: [5, 6, 7, 8], port: 0)!)
        for host in [ranked[0], ranked[39], ranked[39]] { _ = try crowded.connect(host: host) }
        #expect(throws: CloseReason.tooManyFromHost) { try crowded.connect(host: ranked[39]) }
        #expect(crowded.closings() == [] && crowded.core.connectionCount == 3)
        for host in ranked[1...3] { _ = try stage.connect(host: host) }
        #expect(throws: CloseReason.tooManyConnections) { try stage.connect(host: ranked[0]) }
        _ = stage.take()
        _ = try stage.connect(host: ranked[39])
        #expect(stage.closings() == [.tooManyConnections])
        #expect(stage.core.connectionCount == 3)
    }
}
