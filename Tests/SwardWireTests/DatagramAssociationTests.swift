// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardPrimitives
import SwardWire
import Testing

@Suite("A way for datagrams through a SOCKS proxy") struct DatagramAssociationTests {
    static let start = ContinuousClock.now
    static let proxy = PeerAddress(ip: [198, 51, 100, 4], port: 1080)!
    static let relay = PeerAddress(ip: [203, 0, 113, 9], port: 4000)!

    static func asked() -> DatagramAssociation {
        var association = DatagramAssociation()
        #expect(association.start() == .ask)
        return association
    }

    static let bounds: [(bound: SOCKSEnd, relay: PeerAddress)] = [
        (.address(relay), relay),
        // Without an address it is the proxy's own.
        (.address(PeerAddress(ip: [0, 0, 0, 0], port: 9)!), proxy.with(port: 9)),
        (.address(PeerAddress(ip: [UInt8](repeating: 0, count: 16), port: 9)!), proxy.with(port: 9)),
        // Nobody elsewhere may have us speak to what listens on this machine alone.
        (.address(PeerAddress(ip: [127, 0, 0, 1], port: 9)!), proxy.with(port: 9)),
        (.address(PeerAddress(ip: [10, 0, 0, 1], port: 9)!), PeerAddress(ip: [10, 0, 0, 1], port: 9)!),
    ]

    @Test("datagrams go where the proxy says", arguments: bounds)
    func uses(_ row: (bound: SOCKSEnd, relay: PeerAddress)) {
        var association = Self.asked()
        #expect(association.didAgree(on: row.bound, by: Self.proxy, at: Self.start) == .use(relay: row.relay))
        #expect(association.isOpen && association.deadline == nil)
    }

    @Test("on this machine a proxy may be, and name itself")
    func usesLoopback() {
        var association = Self.asked()
        let here = PeerAddress(ip: [127, 0, 0, 1], port: 9)!
        #expect(
            association.didAgree(on: .address(here.with(port: 7)), by: here, at: Self.start)
                == .use(relay: here.with(port: 7)))
    }

    static let bad: [(bound: SOCKSEnd, fault: SOCKSFault)] = [
        // To look it up would be to ask around the proxy.
        (.name("relay.test", port: 1), .badAddress(kind: 3)),
        (.address(relay.with(port: 0)), .badRelay(relay.with(port: 0))),
        (
            .address(PeerAddress(ip: [224, 0, 0, 1], port: 9)!),
            .badRelay(PeerAddress(ip: [224, 0, 0, 1], port: 9)!)
        ),
        (
            .address(PeerAddress(ip: [255, 255, 255, 255], port: 9)!),
            .badRelay(PeerAddress(ip: [255, 255, 255, 255], port: 9)!)
        ),
    ]

    @Test("where nobody can be, nothing is sent, and it is asked again later", arguments: bad)
    func hangsUp(_ row: (bound: SOCKSEnd, fault: SOCKSFault)) {
        var association = Self.asked()
        #expect(association.didAgree(on: row.bound, by: Self.proxy, at: Self.start) == .hangUp(row.fault))
        #expect(!association.isOpen && association.deadline == Self.start + .seconds(1))
    }

    @Test("who does not know datagrams is not asked again")
    func givesUp() {
        var association = Self.asked()
        association.didFail(.refused(7), at: Self.start)
        #expect(association.isClosed && association.deadline == nil)
        #expect(association.timerFired(at: Self.start + .seconds(1000)) == .none)
        #expect(association.start() == .none)
    }

    @Test("anyone else is, ever later", arguments: [SOCKSFault.refused(2), .wrongPassword, nil])
    func asksAgain(_ fault: SOCKSFault?) {
        var association = Self.asked()
        var now = Self.start
        for pause in [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300] {
            association.didFail(fault, at: now)
            #expect(association.deadline == now + .seconds(pause))
            #expect(association.timerFired(at: now + .seconds(pause) - .milliseconds(1)) == .none)
            now += .seconds(pause)
            #expect(association.timerFired(at: now) == .ask)
            #expect(association.deadline == nil)
        }
    }

    @Test("a way that ends is sought anew, at once when it had lasted")
    func endures() {
        var association = Self.asked()
        var now = Self.start
        for (life, pause) in [(1, 1), (1, 2), (59, 4), (60, 1), (1, 2)] {
            #expect(
                association.didAgree(on: .address(Self.relay), by: Self.proxy, at: now)
                    == .use(relay: Self.relay))
            now += .seconds(life)
            association.didEnd(at: now)
            #expect(!association.isOpen && association.deadline == now + .seconds(pause))
            now += .seconds(pause)
            #expect(association.timerFired(at: now) == .ask)
        }
    }

    @Test("what comes out of turn changes nothing")
    func ignores() {
        var association = DatagramAssociation()
        #expect(association.didAgree(on: .address(Self.relay), by: Self.proxy, at: Self.start) == .none)
        association.didFail(nil, at: Self.start)
        association.didEnd(at: Self.start)
        #expect(association.deadline == nil && !association.isClosed)
        #expect(association.start() == .ask)
        #expect(association.start() == .none)
        association.close()
        #expect(association.didAgree(on: .address(Self.relay), by: Self.proxy, at: Self.start) == .none)
        association.didEnd(at: Self.start)
        #expect(association.isClosed && association.deadline == nil)
    }
}
