// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import Support
import Testing

@testable import SwardUTP

@Suite("Windows of uTP") struct WindowTests {
    typealias Conditions = SimulatedPath.Conditions

    /// A path whose acceptor has got so many MiB.
    static func used(_ conditions: Conditions, mebibytes: Int, isWidened: Bool = true) -> SimulatedPath {
        var path = SimulatedPath(conditions)
        path.isWidened = isWidened
        path.say([UInt8](repeating: 7, count: mebibytes << 20))
        path.run { $0.acceptor?.isConnected == true }
        // What it says is answered in turn, which tells it how far the other end is.
        path.answer([1])
        path.run { $0.gotByAcceptor.count == mebibytes << 20 }
        return path
    }

    @Test("wider ones are wished for on a long and wide path, and used", arguments: [false, true])
    func widens(isGranted: Bool) {
        let path = Self.used(Conditions(delay: 50_000), mebibytes: 48, isWidened: isGranted)
        let limits = (UTPConnection.receiveLimits, UTPConnection.sendLimits)
        #expect(path.acceptor?.receiveLimit == (isGranted ? limits.0.upperBound : limits.0.lowerBound))
        #expect(path.dialler.sendLimit == (isGranted ? limits.1.upperBound : limits.1.lowerBound))
        // In microseconds, beginning and all; a MiB in each tenth of a second is what every connection has.
        #expect((path.now < 3_000_000) == isGranted, "\(path.now)")
        #expect(path.acceptor?.wantsWidening == !isGranted)
    }

    @Test(
        "on a path that holds no more they are wide enough",
        arguments: [
            Conditions(delay: 50_000, rate: 1 << 20),
            // All that is on its way waits before the link.
            Conditions(delay: 1000, rate: 8 << 20, queue: 2 << 20), Conditions(delay: 100),
        ])
    func staysNarrow(_ conditions: Conditions) {
        let path = Self.used(conditions, mebibytes: 6)
        #expect(path.acceptor?.receiveLimit == UTPConnection.receiveLimits.lowerBound)
        #expect(path.dialler.borrowed == 0)
    }

    @Test("what is lost of a wide window is sent again before a timeout")
    func mends() {
        var path = Self.used(Conditions(delay: 50_000), mebibytes: 48)
        let first = path.dialler.nextSequence
        var lost: Set<UInt16> = []
        path.filter = { packet in
            // Three stretches of it, each datagram once.
            let ahead = Int(packet.sequence &- first)
            guard packet.kind == .data,
                [100..<120, 3000..<3010, 7000..<7001].contains(where: { $0 ~= ahead })
            else { return true }
            return !lost.insert(packet.sequence).inserted
        }
        path.say([UInt8](repeating: 7, count: 32 << 20))
        let start = path.now
        path.run { $0.gotByAcceptor.count == 80 << 20 }
        #expect(lost.count == 31 && path.now - start < 1_200_000, "\(path.now - start)")
        #expect(path.dialler.congestionWindow > 1 << 20)
    }

    @Test("what has not been in use for ten seconds is given back")
    func givesBack() {
        var path = Self.used(Conditions(delay: 50_000), mebibytes: 48)
        let limits = (UTPConnection.receiveLimits, UTPConnection.sendLimits)
        path.giveBack()
        #expect(path.acceptor?.borrowed == limits.0.upperBound - limits.0.lowerBound)
        #expect(path.dialler.borrowed == limits.1.upperBound - limits.1.lowerBound)
        path.run(seconds: 40)
        path.giveBack()
        #expect(path.acceptor?.borrowed == 0 && path.dialler.borrowed == 0)
        #expect(path.acceptor?.wantsWidening == false && path.dialler.wantsToSendMore == false)
        // And had again, once the other end has heard of it.
        path.run(seconds: 1)
        path.say([UInt8](repeating: 7, count: 96 << 20))
        path.run { $0.gotByAcceptor.count == 144 << 20 }
        #expect(path.acceptor?.receiveLimit == limits.0.upperBound)
        #expect(path.dialler.sendLimit == limits.1.upperBound)
    }

    @Test("who has us keep much and wait for what is missing is given up, who is not taken from is not")
    func givesUp() {
        for isOurFault in [false, true] {
            var path = Self.used(Conditions(delay: 50_000), mebibytes: 48)
            if isOurFault {
                path.acceptorSleeps = true
            } else {
                let missing = path.dialler.nextSequence
                path.filter = { $0.kind != .data || $0.sequence != missing }
            }
            path.say([UInt8](repeating: 7, count: 4 << 20))
            path.run(seconds: 9)
            path.giveBack()
            #expect(path.acceptor?.ending == nil)
            path.run(seconds: 20)
            path.giveBack()
            #expect(path.acceptor?.ending == (isOurFault ? nil : .timedOut))
        }
    }

    @Test("datagrams early by more than the window's share are not kept, however small")
    func sharesNumbers() {
        var path = Self.used(Conditions(), mebibytes: 1, isWidened: false)
        var connection = path.dialler
        path.answer([1])
        path.run(seconds: 1)
        for (ahead, isKept) in [(4096, false), (4095, true)] {
            var packet = UTPPacket(
                kind: .data, connectionID: 0xFFFF, sequence: 0xFFF0 &+ 1 &+ UInt16(ahead),
                acknowledged: connection.nextSequence &- 1)
            packet.payload.writeString("x")
            connection.received(packet, at: path.now)
            #expect(connection.inbox.hasGaps == isKept, "\(ahead)")
        }
    }

    @Test("all that is lent is bounded, and asked for once a second where there is no more")
    func bounds() {
        var budget = WindowBudget()
        let part = WindowBudget.whole / 4
        let first = (0..<5).map { _ in budget.lend(part) }
        #expect(first == [true, true, true, true, false])
        let looks = [7, 8, 1_000_006, 1_000_007].map { budget.shouldLook(at: $0) }
        #expect(looks == [true, false, false, true])
        budget.takeBack(part)
        let again = budget.lend(part)
        #expect(again && budget.lent == WindowBudget.whole)
    }
}
