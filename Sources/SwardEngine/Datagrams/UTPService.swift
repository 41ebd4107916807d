// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import SwardDHT
import SwardPrimitives
import SwardUTP
import SwardWire

/// All connections of uTP on one port. Belongs to one event loop.
final class UTPService {
    private struct Key: Hashable {
        let address: PeerAddress
        let receiveID: UInt16
    }

    /// Makes a fresh channel one that a peer has opened.
    typealias Initializer = (UTPChannel) throws -> Void

    /// Connections that were answered and have not shown that they heard it; a SYN beyond them is not answered.
    private static let maximumHalfOpen = 128
    private static let maximumConnections = 4096
    private static let resetsPerSecond = 50

    let loop: any EventLoop
    let port: DatagramPort
    private let initialize: Initializer
    private var random = SystemRandomNumberGenerator()
    private var channels: [Key: UTPChannel] = [:]
    private var halfOpen = 0
    private var budget = WindowBudget()
    private var dirty: [UTPChannel] = []
    private var isWorking = false
    private var isScheduled = false
    private var isClosed = false
    private var resets = (second: 0, count: 0)
    /// Whose datagram came last: there are often many of one.
    private var last: (key: Key, channel: UTPChannel)?

    init(port: DatagramPort, loop: any EventLoop, initialize: @escaping Initializer) {
        self.port = port
        self.loop = loop
        self.initialize = initialize
    }

    /// In microseconds.
    static var now: Int { Int(NIODeadline.now().uptimeNanoseconds / 1000) }

    // MARK: Connections

    func dial(_ address: PeerAddress) -> EventLoopFuture<any Channel> {
        guard !isClosed, port.has(DHTFamily(of: address)), channels.count < Self.maximumConnections else {
            return loop.makeFailedFuture(ChannelError.connectPending)
        }
        var key: Key
        repeat {
            key = Key(address: address, receiveID: .random(in: 0...UInt16.max, using: &random))
        } while channels[key] != nil
        let core = UTPConnection(
            dialling: key.receiveID, isIPv6: !address.isIPv4, overhead: port.overhead(to: address),
            at: Self.now)
        let channel = UTPChannel(core, peer: address, isDialled: true, service: self)
        channels[key] = channel
        let promise = loop.makePromise(of: (any Channel).self)
        channel.whenOpen = { promise.completeWith($0.map { channel }) }
        mark(channel)
        return promise.futureResult
    }

    private func accept(_ syn: UTPPacket, from address: PeerAddress) {
        guard !isClosed, halfOpen < Self.maximumHalfOpen, channels.count < Self.maximumConnections else {
            return
        }
        let core = UTPConnection(
            accepting: syn, sequence: .random(in: 0...UInt16.max, using: &random), isIPv6: !address.isIPv4,
            overhead: port.overhead(to: address), at: Self.now)
        let channel = UTPChannel(core, peer: address, isDialled: false, service: self)
        channels[Key(address: address, receiveID: core.receiveID)] = channel
        halfOpen += 1
        channel.whenOpen = { [weak self, weak channel] outcome in
            self?.halfOpen -= 1
            guard let self, let channel, case .success = outcome else { return }
            do { try initialize(channel) } catch { channel.close(promise: nil) }
        }
        mark(channel)
    }

    func forget(_ channel: UTPChannel) {
        let key = Key(address: channel.peer, receiveID: channel.receiveID)
        guard channels[key] === channel else { return }
        channels[key] = nil
        budget.takeBack(channel.borrowed)
        last = nil
    }

    /// Room for more bytes on their way to or from one connection.
    func lend(_ bytes: Int, to borrower: UTPChannel) -> Bool {
        if budget.lend(bytes) { return true }
        guard budget.shouldLook(at: Self.now) else { return false }
        for channel in channels.values where channel !== borrower && channel.borrowed > 0 {
            budget.takeBack(channel.giveBack())
            // What it has to say of that, and for who is given up.
            note(channel)
        }
        return budget.lend(bytes)
    }

    /// Ends everything at once: whoever is on the other end finds out by its own timeouts.
    func close() {
        isClosed = true
        endAll()
    }

    /// As ``close()``, but others may follow.
    func endAll() {
        let ended = channels.values
        channels = [:]
        last = nil
        budget = WindowBudget()
        for channel in ended { channel.end() }
    }

    // MARK: Datagrams

    func received(_ datagram: ByteBuffer, from address: PeerAddress) {
        guard let packet = UTPPacket(datagram) else { return }
        // An opening names the number its sender receives by; all else the one that we do.
        let id = packet.kind == .syn ? packet.connectionID &+ 1 : packet.connectionID
        let key = Key(address: address, receiveID: id)
        if let last, last.key == key { return last.channel.received(packet) }
        if let channel = channels[key] {
            last = (key, channel)
            return channel.received(packet)
        }
        switch packet.kind {
        case .syn: accept(packet, from: address)
        case .reset: break
        case .data, .fin, .state: refuse(packet, from: address)
        }
    }

    /// No longer than what it answers, and few, as the sender may be made up.
    private func refuse(_ packet: UTPPacket, from address: PeerAddress) {
        let second = Self.now / 1_000_000
        if resets.second != second { resets = (second, 0) }
        guard resets.count < Self.resetsPerSecond else { return }
        resets.count += 1
        let reset = UTPPacket(
            kind: .reset, connectionID: packet.connectionID, sequence: 0, acknowledged: packet.sequence)
        var bytes = ByteBuffer()
        reset.write(into: &bytes)
        port.write(bytes, to: address)
        port.flush()
    }

    // MARK: Work

    /// Has a channel see to what changed, soon: whoever calls this may be in the middle of something.
    func mark(_ channel: UTPChannel) {
        note(channel)
        guard !isWorking, !isScheduled else { return }
        isScheduled = true
        let me = NIOLoopBound(self, eventLoop: loop)
        loop.execute {
            me.value.isScheduled = false
            me.value.work()
        }
    }

    /// After datagrams were written out of turn.
    func flush() { if !isWorking { port.flush() } }

    /// As ``mark(_:)``, where ``work()`` follows.
    func note(_ channel: UTPChannel) {
        guard !channel.isDirty else { return }
        channel.isDirty = true
        dirty.append(channel)
    }

    func work() {
        guard !isWorking else { return }
        isWorking = true
        while !dirty.isEmpty {
            let channels = dirty
            dirty.removeAll(keepingCapacity: true)
            for channel in channels {
                channel.isDirty = false
                channel.work()
            }
        }
        isWorking = false
        port.flush()
    }

    /// The socket takes datagrams again.
    func workAll() {
        for channel in channels.values { note(channel) }
        work()
    }
}
