// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import Support
import Testing

@testable import SwardUTP

@Suite("A connection of uTP") struct UTPConnectionTests {
    typealias Conditions = SimulatedPath.Conditions

    static func bytes(_ count: Int, seed: UInt64 = 9) -> [UInt8] {
        var random = SplitMix64(seed: seed)
        return random.bytes(count)
    }

    static let paths = [
        Conditions(), Conditions(delay: 100), Conditions(loss: 20), Conditions(loss: 6),
        Conditions(jitter: 30_000), Conditions(doubling: 3), Conditions(jitter: 5000, loss: 10, doubling: 10),
        Conditions(delay: 100_000, loss: 50, rate: 1 << 20, queue: 30_000),
        Conditions(mtu: 1300), Conditions(loss: 10, mtu: 1232, isIPv6: true),
    ]

    @Test(
        "bytes arrive whole and in order, both ways, whatever happens to datagrams", arguments: paths,
        [1, 2, 3] as [UInt64])
    func delivers(_ conditions: Conditions, seed: UInt64) {
        var path = SimulatedPath(conditions, seed: seed)
        let (question, answer) = (Self.bytes(300_000), Self.bytes(200_000, seed: 5))
        path.say(question)
        path.run { $0.acceptor?.isConnected == true }
        path.answer(answer)
        path.run { $0.gotByAcceptor.count >= question.count && $0.gotByDialler.count >= answer.count }
        // As claims, for a failure would print them.
        #expect((path.gotByAcceptor == question) == true)
        #expect((path.gotByDialler == answer) == true)
        path.hangUp()
        path.run { $0.acceptor?.isReadClosed == true }
        #expect(path.acceptor?.isReadClosed == true)
        path.hangUpThere()
        path.run()
        #expect(path.dialler.ending == .finished)
        #expect(path.acceptor?.ending != nil)
    }

    @Test("a window opens to what a long and wide path holds")
    func fills() {
        var path = SimulatedPath(Conditions(delay: 50_000))
        path.say(Self.bytes(5 << 20))
        let start = path.now
        path.run { $0.gotByAcceptor.count == 5 << 20 }
        // What may be on its way is what the other end has room for: one MiB each tenth of a second.
        #expect(path.now - start < 2_000_000)
        #expect(path.sentBytes < 6 << 20)
    }

    @Test("the queue before a narrow link stays near a tenth of a second")
    func yields() {
        var path = SimulatedPath(Conditions(delay: 20_000, rate: 1 << 18, queue: 1 << 20))
        path.say(Self.bytes(4 << 20))
        path.run(seconds: 8)
        let early = path.gotByAcceptor.count
        #expect(path.longestQueue < 250_000)
        path.run(seconds: 4)
        #expect(path.gotByAcceptor.count - early > 3 << 18, "and the link is in use")
    }

    @Test("a lost datagram is sent again without waiting for a timeout")
    func repeats() {
        var path = SimulatedPath(Conditions())
        var isLost = false
        path.filter = { packet in
            if packet.kind == .data, packet.sequence == 20, !isLost {
                isLost = true
                return false
            }
            return true
        }
        path.say(Self.bytes(100_000))
        let start = path.now
        path.run { $0.gotByAcceptor.count == 100_000 }
        #expect(isLost && path.now - start < 300_000)
    }

    @Test("nothing but a short answer goes to who has not shown that it is there")
    func guards() {
        var path = SimulatedPath(Conditions())
        // The dialler's second datagram never comes: as if its address were made up.
        path.filter = { $0.kind == .syn || $0.kind == .state && $0.connectionID == 0xFFFF }
        path.say(Self.bytes(10))
        path.run { $0.acceptor != nil }
        path.answer(Self.bytes(100_000))
        path.run()
        #expect(path.unproven == UTPPacket.headerLength)
        #expect(path.acceptor?.ending == .timedOut)
        #expect(path.dialler.ending == .timedOut)
    }

    @Test("nobody there is found out in three seconds")
    func givesUp() {
        var path = SimulatedPath(Conditions(mtu: 0))
        let start = path.now
        path.run()
        #expect(path.dialler.ending == .timedOut && path.now - start == 3_000_000 && path.sent == 2)
    }

    @Test("a user who takes nothing is not sent more than a window, and goes on when it takes")
    func waits() {
        var path = SimulatedPath(Conditions())
        path.acceptorSleeps = true
        path.say(Self.bytes(3 << 20))
        path.run(seconds: 60)
        #expect(
            path.gotByAcceptor.isEmpty && path.sentBytes < (UTPConnection.receiveLimits.lowerBound * 5) / 4)
        path.acceptorSleeps = false
        path.run(seconds: 60) { $0.gotByAcceptor.count == 3 << 20 }
        #expect(path.gotByAcceptor.count == 3 << 20)
        #expect(path.dialler.ending == nil)
    }

    @Test("who never takes what is left when the other hangs up is waited for, and then cut off")
    func cutsOff() {
        var path = SimulatedPath(Conditions())
        path.acceptorSleeps = true
        path.say(Self.bytes(3 << 20))
        path.run(seconds: 60)
        let hungUp = path.now
        path.hangUp()
        path.run(seconds: 29)
        #expect(path.dialler.ending == nil && path.dialler.unsent > 0)
        path.run { $0.dialler.ending != nil }
        #expect(path.dialler.ending == .timedOut)
        #expect(path.now == hungUp + UTPConnection.lingering)
    }

    @Test("who takes it late gets all of it")
    func lingers() {
        var path = SimulatedPath(Conditions())
        path.acceptorSleeps = true
        path.say(Self.bytes(3 << 20))
        path.run(seconds: 60)
        path.hangUp()
        path.run(seconds: 20)
        path.acceptorSleeps = false
        path.run { $0.acceptor?.isReadClosed == true }
        path.hangUpThere()
        path.run()
        #expect(path.gotByAcceptor.count == 3 << 20)
        #expect(path.dialler.ending == .finished)
    }

    @Test(
        "datagrams grow to what the path takes",
        arguments: [(65_000, 1472), (1472, 1472), (1470, 1464), (1400, 1372), (1300, 1232)])
    func grows(_ mtu: Int, _ length: Int) {
        var path = SimulatedPath(Conditions(rate: 4 << 20, mtu: mtu))
        path.say(Self.bytes(4 << 20))
        path.run { $0.gotByAcceptor.count == 4 << 20 }
        #expect(path.gotByAcceptor.count == 4 << 20)
        #expect(path.dialler.segmentLength == length)
    }

    @Test("a reset ends it, one for another does not")
    func resets() {
        var path = SimulatedPath(Conditions())
        path.say([1])
        path.run { $0.gotByAcceptor.count == 1 }
        var connection = path.dialler
        var reset = UTPPacket(kind: .reset, connectionID: 0xFFFF, sequence: 0, acknowledged: 900)
        connection.received(reset, at: path.now)
        #expect(connection.ending == nil)
        reset.acknowledged = connection.nextSequence &- 1
        connection.received(reset, at: path.now)
        #expect(connection.ending == .reset)
    }

    @Test("acknowledgements of what was never sent are not believed")
    func doubts() {
        var path = SimulatedPath(Conditions())
        path.say([1])
        path.run { $0.gotByAcceptor.count == 1 }
        var connection = path.dialler
        var data = UTPPacket(kind: .data, connectionID: 0xFFFF, sequence: 0xFFF0, acknowledged: 40)
        data.payload = ByteBuffer(string: "x")
        connection.received(data, at: path.now)
        #expect(connection.read() == nil)
        data.acknowledged = connection.nextSequence &- 1
        connection.received(data, at: path.now)
        #expect(connection.read() == ByteBuffer(string: "x"))
    }
}

@Suite("Datagrams of uTP") struct UTPPacketTests {
    @Test("the header has the bytes of BEP 29")
    func writes() throws {
        var packet = UTPPacket(kind: .data, connectionID: 0x1234, sequence: 0x5678, acknowledged: 0x9ABC)
        (packet.timestamp, packet.timestampDifference, packet.window) = (1, 2, 3)
        packet.payload = ByteBuffer(string: "hi")
        var bytes = ByteBuffer()
        packet.write(into: &bytes)
        let expected: [UInt8] = [
            0x01, 0, 0x12, 0x34, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0x56, 0x78, 0x9A, 0xBC, 0x68, 0x69,
        ]
        #expect(Array(bytes.readableBytesView) == expected)
        #expect(UTPPacket(bytes) == packet)
    }

    @Test("selective acknowledgements and padding are read past each other")
    func extends() {
        var packet = UTPPacket(kind: .state, connectionID: 1, sequence: 2, acknowledged: 3)
        packet.mask = [1, 0, 0, 0x80]
        for padding in [0, 2, 3, 257] {
            var bytes = ByteBuffer()
            packet.write(into: &bytes, padding: padding)
            #expect(bytes.readableBytes == 20 + 6 + padding)
            #expect(UTPPacket(bytes) == packet)
        }
    }

    @Test("what is no datagram of uTP is refused")
    func refuses() {
        var packet = UTPPacket(kind: .state, connectionID: 1, sequence: 2, acknowledged: 3)
        packet.mask = [1, 0, 0, 0]
        var bytes = ByteBuffer()
        packet.write(into: &bytes)
        let whole = Array(bytes.readableBytesView)
        for end in whole.indices { #expect(UTPPacket(ByteBuffer(bytes: whole[..<end])) == nil, "\(end)") }
        for (offset, value) in [(0, 0x22), (0, 0x51), (0, 0x01), (21, 3), (21, 8), (20, 7)] as [(Int, UInt8)]
        {
            var broken = whole
            broken[offset] = value
            #expect(UTPPacket(ByteBuffer(bytes: broken)) == nil, "\(offset)")
        }
    }
}
