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

@Suite("Peers behind routers, met by way of a third") struct HolepunchTests {
    private static func work() throws -> MadeTorrent {
        try MadeTorrent(.v1, files: [.init("a.bin", [UInt8](repeating: 1, count: 100_000))])
    }

    private static func extended(port: UInt16? = 6881, holepunch: UInt8? = 7) -> PeerMessage {
        var handshake = ExtensionHandshake()
        (handshake.exchangeID, handshake.holepunchID, handshake.port) = (9, holepunch, port)
        return .extended(id: 0, handshake.payload())
    }

    private static func stage(
        isSeed: Bool = false, gate: GatePermissions = .open, fromMagnet: Bool = false,
        configure: (inout TorrentConfiguration) -> Void = { _ in }
    ) throws -> Stage {
        Stage(try work(), isSeed: isSeed, fromMagnet: fromMagnet, gate: gate) {
            $0.reach.dialsUTP = true
            $0.listenPort = 6881
            configure(&$0)
        }
    }

    private static func said(
        _ kind: HolepunchMessage.Kind, _ peer: PeerAddress
    ) -> PeerMessage {
        .extended(id: Torrent.holepunchID, HolepunchMessage(kind, peer).payload())
    }

    /// What each peer was told of meetings.
    private func told(_ stage: inout Stage) -> [ConnectionID: [HolepunchMessage]] {
        var told: [ConnectionID: [HolepunchMessage]] = [:]
        for case .send(let id, .extended(7, let payload)) in stage.take() {
            // Our own core wrote it; one that does not read back should stop the test.
            told[id, default: []].append(try! HolepunchMessage(reading: payload, id: 7))
        }
        return told
    }

    private func dialled(_ log: [TorrentAction]) -> [(PeerAddress, DialWay.Transport)] {
        log.compactMap {
            if case .connect(let address, _, let way) = $0 { (address, way.transport) } else { nil }
        }
    }

    private static func far(_ number: UInt8, port: UInt16 = 6881) -> PeerAddress {
        PeerAddress(ip: [9, 9, 9, number], port: port)!
    }

    private static func near(_ number: UInt8, port: UInt16 = 6881) -> PeerAddress {
        PeerAddress(ip: [10, 1, 1, number], port: port)!
    }

    // MARK: As the one in between

    @Test("two that both take part are told of each other, where each was seen")
    func bringsTogether() throws {
        var stage = try Self.stage(isSeed: true)
        let one = try stage.connect(port: 40_001, isUTP: true)
        let two = try stage.connect(port: 40_002, isUTP: true)
        for peer in [one, two] { stage.receive(Self.extended(), .haveNone, from: peer) }
        _ = stage.take()
        // By where it was seen, and by where it says it listens.
        for name in [Self.near(2, port: 40_002), Self.near(2)] {
            stage.receive(Self.said(.rendezvous, name), from: one)
            #expect(
                told(&stage) == [
                    one: [.init(.connect, Self.near(2, port: 40_002))],
                    two: [.init(.connect, Self.near(1, port: 40_001))],
                ])
        }
    }

    @Test("who cannot be met is said, and why, in the words of the question")
    func refuses() throws {
        var stage = try Self.stage(isSeed: true)
        stage.act { core, _, _ in core.learnedOurAddress(Self.far(200)) }
        let one = try stage.connect(isUTP: true)
        let plain = try stage.connect(isUTP: true)
        let shy = try stage.connect()
        stage.receive(Self.extended(), .haveNone, from: one)
        stage.receive(Self.extended(holepunch: nil), .haveNone, from: plain)
        stage.receive(Self.extended(port: nil), .haveNone, from: shy)
        let rows: [(PeerAddress, HolepunchMessage.Problem)] = [
            (Self.near(9), .notConnected), (Self.near(2), .noSupport), (Self.near(1), .noSuchPeer),
            (Self.far(200), .noSelf), (Self.near(9).with(port: 0), .noSuchPeer),
            (PeerAddress(ip: [224, 0, 0, 1], port: 1)!, .noSuchPeer),
            // It came over TCP from a port of the moment: nobody knows where its datagrams would come from.
            (Self.near(3), .noSuchPeer),
        ]
        for (peer, problem) in rows {
            _ = stage.take()
            stage.receive(Self.said(.rendezvous, peer), from: one)
            #expect(told(&stage) == [one: [.init(.error(problem), peer)]], "\(peer)")
        }
    }

    @Test("of who does not take part nothing is heard")
    func ignores() throws {
        var stage = try Self.stage(isSeed: true)
        let one = try stage.connect(isUTP: true)
        let two = try stage.connect(isUTP: true)
        stage.receive(Self.extended(holepunch: nil), .haveNone, from: one)
        stage.receive(Self.extended(), .haveNone, from: two)
        _ = stage.take()
        stage.receive(Self.said(.rendezvous, Self.near(2)), from: one)
        stage.receive(Self.said(.connect, Self.far(1)), from: one)
        #expect(stage.take().isEmpty)
    }

    @Test(
        "of what may not be shared nobody learns who is here",
        arguments: [.shut, .quarantine] as [GatePermissions])
    func holds(_ gate: GatePermissions) throws {
        var stage = try Self.stage(isSeed: true, gate: gate)
        let one = try stage.connect(isUTP: true)
        let two = try stage.connect(isUTP: true)
        for peer in [one, two] { stage.receive(Self.extended(), from: peer) }
        _ = stage.take()
        stage.receive(Self.said(.rendezvous, Self.near(2)), from: one)
        #expect(told(&stage) == [one: [.init(.error(.notConnected), Self.near(2))]])
    }

    @Test("once a torrent is known to be private, nobody is met by hearsay")
    func keepsPrivate() throws {
        var stage = try Self.stage(fromMagnet: true)
        let relay = try stage.connect(host: 200)
        stage.receive(Self.extended(), from: relay)
        var content = Content(stage.made.info, layers: [:])
        content.isPrivate = true
        stage.act { $0.setContent(content, have: nil, at: $1, into: &$2) }
        _ = stage.take()
        stage.receive(Self.said(.connect, Self.far(1)), Self.said(.rendezvous, Self.far(2)), from: relay)
        let log = stage.take()
        #expect(dialled(log).isEmpty && log.isEmpty)
    }

    @Test("where there is no uTP, or no exchange, we take no part")
    func takesNoPart() throws {
        for (number, stage) in [
            try Self.stage(), try Self.stage { $0.reach.dialsUTP = false },
            try Self.stage { $0.exchangesPeers = false },
        ].enumerated() {
            var stage = stage
            let one = try stage.connect(isUTP: true)
            let handshakes = stage.messages(to: one).compactMap { message -> ExtensionHandshake? in
                guard case .extended(0, let payload) = message else { return nil }
                return try? ExtensionHandshake(reading: payload)
            }
            #expect(handshakes.map(\.holepunchID) == [number == 0 ? Torrent.holepunchID : nil])
            stage.receive(Self.extended(), .haveNone, from: one)
            _ = stage.take()
            stage.receive(Self.said(.connect, Self.far(1)), from: one)
            #expect(dialled(stage.take()).count == (number == 0 ? 1 : 0))
        }
    }

    @Test("nobody is brought together with others, or with one, without end")
    func caps() throws {
        var stage = try Self.stage(isSeed: true)
        let target = try stage.connect(port: 40_000, isUTP: true)
        stage.receive(Self.extended(), .haveNone, from: target)
        var calls = 0
        for _ in 0..<10 {
            let one = try stage.connect(isUTP: true)
            stage.receive(Self.extended(), .haveNone, from: one)
            _ = stage.take()
            for _ in 0..<50 { stage.receive(Self.said(.rendezvous, Self.near(1)), from: one) }
            let told = told(&stage)
            #expect((told[one]?.count ?? 0) <= 10)
            calls += told[target]?.count ?? 0
        }
        #expect(calls == 20)
        // Time makes good.
        stage.pass(5000)
        let late = try stage.connect(isUTP: true)
        stage.receive(Self.extended(), .haveNone, from: late)
        _ = stage.take()
        stage.receive(Self.said(.rendezvous, Self.near(1)), from: late)
        #expect(told(&stage)[target]?.count == 1)
    }

    @Test("who never stops asking, or makes no sense, is let go")
    func floods() throws {
        for message in [
            Self.said(.rendezvous, Self.near(9)), .extended(id: Torrent.holepunchID, ByteBuffer(bytes: [9])),
        ] {
            var stage = try Self.stage(isSeed: true)
            let one = try stage.connect(isUTP: true)
            stage.receive(Self.extended(), .haveNone, from: one)
            for _ in 0..<3000 { stage.receive(message, from: one) }
            #expect(stage.closings() == [.flood])
        }
    }

    // MARK: As one of the two

    private func hear(
        _ stage: inout Stage, of address: PeerAddress, _ flags: PeerExchange.Flags, from id: ConnectionID
    ) {
        let payload = PeerExchange(added: [.init(address, flags: flags)]).payload()
        stage.receive(.extended(id: Torrent.exchangeID, payload), from: id)
    }

    @Test("who may be behind a router is met before it is dialled, and by uTP")
    func asks() throws {
        var stage = try Self.stage()
        let relay = try stage.connect(host: 200)
        stage.receive(Self.extended(), .haveNone, from: relay)
        _ = stage.take()
        hear(&stage, of: Self.far(1), [.holepunches, .speaksUTP], from: relay)
        #expect(told(&stage) == [relay: [.init(.rendezvous, Self.far(1))]])
        // Its router shows another port.
        stage.receive(Self.said(.connect, Self.far(1, port: 50_000)), from: relay)
        let calls = dialled(stage.take())
        #expect(calls.map(\.0) == [Self.far(1, port: 50_000)] && calls.map(\.1) == [.utp])
        // It did not come: it is not looked for by TCP at that port.
        stage.act { $0.connectFailed(Self.far(1, port: 50_000), .unreachable, at: $1, into: &$2) }
        #expect(dialled(stage.take()).isEmpty)
    }

    @Test("who is not met is dialled; who was dialled in vain, or is said to be reachable, is met later")
    func fallsBack() throws {
        var stage = try Self.stage()
        let relay = try stage.connect(host: 200)
        stage.receive(Self.extended(), .haveNone, from: relay)
        _ = stage.take()
        hear(&stage, of: Self.far(1), [.holepunches, .isReachable], from: relay)
        #expect(dialled(stage.take()).map(\.0) == [Self.far(1)])
        // By the other way, and then by nobody's.
        stage.act { $0.connectFailed(Self.far(1), .unreachable, at: $1, into: &$2) }
        #expect(dialled(stage.take()).count == 1)
        stage.act { $0.connectFailed(Self.far(1), .unreachable, at: $1, into: &$2) }
        _ = stage.take()
        stage.pass(6_000)
        #expect(told(&stage)[relay] == [.init(.rendezvous, Self.far(1))])
        stage.pass(6_000)
        #expect(dialled(stage.take()).map(\.0) == [Self.far(1)])
    }

    @Test("who was to be met where it listens, and speaks no uTP, is dialled by TCP at once")
    func turnsToTCP() throws {
        var stage = try Self.stage()
        let relay = try stage.connect(host: 200)
        stage.receive(Self.extended(), .haveNone, from: relay)
        hear(&stage, of: Self.near(1), .holepunches, from: relay)
        _ = stage.take()
        stage.receive(Self.said(.connect, Self.near(1)), from: relay)
        #expect(dialled(stage.take()).map(\.1) == [.utp])
        stage.act { $0.connectFailed(Self.near(1), .unreachable, at: $1, into: &$2) }
        #expect(dialled(stage.take()).map(\.1) == [.tcp])
    }

    @Test("a relay that cannot help is not asked again")
    func learns() throws {
        var stage = try Self.stage()
        let relay = try stage.connect(host: 200)
        stage.receive(Self.extended(), .haveNone, from: relay)
        hear(&stage, of: Self.far(1), .holepunches, from: relay)
        stage.receive(Self.said(.error(.notConnected), Self.far(1)), from: relay)
        _ = stage.take()
        stage.pass(6_000)
        #expect(dialled(stage.take()).count == 1)
        for _ in 0..<2 { stage.act { $0.connectFailed(Self.far(1), .unreachable, at: $1, into: &$2) } }
        _ = stage.take()
        stage.pass(20_000)
        #expect(told(&stage)[relay] == nil)
    }

    @Test("who calls is dialled by uTP once, unless it is here, near, or called too often")
    func called() throws {
        var stage = try Self.stage { $0.maximumHalfOpen = 100 }
        let relay = try stage.connect(host: 200)
        let here = try stage.connect(port: 40_000, isUTP: true)
        for peer in [relay, here] { stage.receive(Self.extended(), .haveNone, from: peer) }
        _ = stage.take()
        stage.receive(Self.said(.connect, Self.far(1)), Self.said(.connect, Self.far(1)), from: relay)
        #expect(dialled(stage.take()).map(\.1) == [.utp])
        stage.receive(Self.said(.connect, Self.near(2, port: 40_000)), from: relay)
        stage.receive(Self.said(.connect, PeerAddress(ip: [127, 0, 0, 1], port: 22)!), from: relay)
        #expect(dialled(stage.take()).isEmpty)
        for number in 10..<60 as Range<UInt8> {
            stage.receive(Self.said(.connect, Self.far(number)), from: relay)
        }
        #expect(dialled(stage.take()).count <= 4)
        stage.pass(100_000)
        _ = stage.take()
        stage.receive(Self.said(.connect, Self.far(100)), from: relay)
        #expect(dialled(stage.take()).map(\.0).contains(Self.far(100)))
    }

    @Test(
        "who dials us from where we dial it is counted once, whichever connection stays",
        arguments: [2, 255] as [UInt8])
    func meets(_ id: UInt8) throws {
        var stage = try Self.stage()
        let relay = try stage.connect(host: 200)
        stage.receive(Self.extended(), .haveNone, from: relay)
        stage.receive(Self.said(.connect, Self.near(50, port: 7000)), from: relay)
        #expect(stage.core.snapshot(at: stage.now).halfOpen == 1)
        _ = try stage.connect(host: 50, port: 7000, isUTP: true, id: id)
        #expect(stage.core.snapshot(at: stage.now).halfOpen == 0)
        // Ours gets through as well.
        _ = try? stage.connect(isOutgoing: true, host: 50, port: 7000, isUTP: true, id: id)
        let snapshot = stage.core.snapshot(at: stage.now)
        #expect(snapshot.halfOpen == 0)
        #expect(snapshot.peers.count == 2)
    }

    @Test("peers are told who can be met, and where that is")
    func tells() throws {
        var stage = try Self.stage(isSeed: true)
        let one = try stage.connect(port: 40_001, isUTP: true)
        stage.receive(Self.extended(port: 6881), .haveNone, from: one)
        let two = try stage.connect(isOutgoing: true)
        _ = stage.take()
        stage.receive(Self.extended(holepunch: nil), .haveNone, from: two)
        let heard = try stage.messages(to: two).compactMap { message -> PeerExchange? in
            guard case .extended(9, let payload) = message else { return nil }
            return try PeerExchange(reading: payload, id: 9)
        }
        #expect(
            heard.flatMap(\.added) == [.init(Self.near(1, port: 40_001), flags: [.holepunches, .speaksUTP])])
    }
}
