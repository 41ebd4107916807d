// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import Support

@testable import SwardUTP

/// Two ends of uTP and the network between them, on a clock set by hand; all chance is drawn from a seed.
struct SimulatedPath {
    struct Conditions: Sendable, CustomStringConvertible {
        /// In microseconds, one way.
        var delay = 10_000
        /// More of it, by chance, so that datagrams overtake each other.
        var jitter = 0
        /// One datagram in so many; 0 for none.
        var loss = 0
        var doubling = 0
        /// In bytes a second, and in bytes of the queue before the link; `nil` for no limit.
        var rate: Int?
        var queue = 1 << 20
        /// In bytes; longer ones vanish.
        var mtu = 65_000
        var isIPv6 = false

        var description: String {
            "delay \(delay), jitter \(jitter), loss \(loss), doubling \(doubling), rate \(rate ?? 0), mtu \(mtu)"
        }
    }

    private struct Flight {
        var at: Int
        var order: Int
        var toAcceptor: Bool
        var bytes: ByteBuffer
    }

    let conditions: Conditions
    private(set) var now = 1_000_000
    private var random: SplitMix64
    private var flights: [Flight] = []
    private var order = 0
    private var freeAt = [0, 0]

    private(set) var dialler: UTPConnection
    private(set) var acceptor: UTPConnection?
    /// What each end has got.
    private(set) var gotByDialler: [UInt8] = []
    private(set) var gotByAcceptor: [UInt8] = []
    private(set) var sent = 0
    private(set) var sentBytes = 0
    /// Bytes that the acceptor sent before it knew that the dialler is who it says.
    private(set) var unproven = 0
    /// The acceptor's user takes nothing.
    var acceptorSleeps = false
    /// The shells grant every wish for wider windows.
    var isWidened = false
    /// The most that waited before the link, as microseconds of delay.
    private(set) var longestQueue = 0
    /// Every datagram to be sent; `false` makes it vanish.
    var filter: (UTPPacket) -> Bool = { _ in true }

    init(_ conditions: Conditions, seed: UInt64 = 1) {
        self.conditions = conditions
        random = SplitMix64(seed: seed)
        dialler = UTPConnection(dialling: 0xFFFF, isIPv6: conditions.isIPv6, at: now)
    }

    // MARK: Users

    mutating func say(_ bytes: [UInt8]) { dialler.write(ByteBuffer(bytes: bytes)) }
    mutating func answer(_ bytes: [UInt8]) { acceptor?.write(ByteBuffer(bytes: bytes)) }
    mutating func giveBack() {
        dialler.giveBack(at: now)
        acceptor?.giveBack(at: now)
    }
    mutating func hangUp() { dialler.close(at: now) }
    mutating func hangUpThere() { acceptor?.close(at: now) }

    // MARK: Network

    /// Runs until `isDone`, or until nothing happens any more, or for so many seconds.
    mutating func run(seconds: Int = 600, until isDone: (Self) -> Bool = { _ in false }) {
        let end = now + seconds * 1_000_000
        take()
        while !isDone(self) {
            flush()
            let next = [flights.first?.at, dialler.deadline, acceptor?.deadline].compactMap(\.self).min()
            guard let next, next <= end else { return }
            now = max(now, next)
            let due = flights.prefix { $0.at <= now }
            flights.removeFirst(due.count)
            for flight in due { deliver(flight) }
            if let deadline = dialler.deadline, deadline <= now { dialler.timerFired(at: now) }
            if let deadline = acceptor?.deadline, deadline <= now { acceptor?.timerFired(at: now) }
            take()
        }
    }

    private mutating func deliver(_ flight: Flight) {
        guard let packet = UTPPacket(flight.bytes) else { return }
        if !flight.toAcceptor { return dialler.received(packet, at: now) }
        if acceptor == nil, packet.kind == .syn {
            acceptor = UTPConnection(
                accepting: packet, sequence: 0xFFF0, isIPv6: conditions.isIPv6, at: now)
        } else {
            acceptor?.received(packet, at: now)
        }
    }

    private mutating func take() {
        if isWidened {
            if acceptor?.wantsWidening == true { acceptor?.widen(at: now) }
            if dialler.wantsToSendMore { dialler.sendMore(at: now) }
        }
        if let bytes = dialler.read() { bytes.withUnsafeReadableBytes { gotByDialler += $0 } }
        if !acceptorSleeps, let bytes = acceptor?.read() {
            bytes.withUnsafeReadableBytes { gotByAcceptor += $0 }
        }
    }

    private mutating func flush() {
        while true {
            var bytes = ByteBuffer()
            guard dialler.nextDatagram(at: now, into: &bytes) != nil else { break }
            send(bytes, toAcceptor: true)
        }
        while true {
            var bytes = ByteBuffer()
            guard acceptor?.nextDatagram(at: now, into: &bytes) != nil else { break }
            if acceptor?.isConnected == false { unproven += bytes.readableBytes }
            send(bytes, toAcceptor: false)
        }
    }

    private mutating func send(_ bytes: ByteBuffer, toAcceptor: Bool) {
        sent += 1
        sentBytes += bytes.readableBytes
        guard bytes.readableBytes <= conditions.mtu else { return }
        if let packet = UTPPacket(bytes), !filter(packet) { return }
        if conditions.loss > 0, random.oneIn(conditions.loss) { return }
        var leaves = now
        if let rate = conditions.rate {
            let waits = max(0, freeAt[toAcceptor ? 1 : 0] - now)
            guard waits * rate / 1_000_000 < conditions.queue else { return }
            longestQueue = max(longestQueue, waits)
            leaves = max(now, freeAt[toAcceptor ? 1 : 0]) + bytes.readableBytes * 1_000_000 / rate
            freeAt[toAcceptor ? 1 : 0] = leaves
        }
        for _ in 0..<(conditions.doubling > 0 && random.oneIn(conditions.doubling) ? 2 : 1) {
            order += 1
            let jitter = conditions.jitter > 0 ? random.below(conditions.jitter) : 0
            let flight = Flight(
                at: leaves + conditions.delay + jitter, order: order, toAcceptor: toAcceptor, bytes: bytes)
            let place = flights.lastIndex { $0.at <= flight.at }.map { $0 + 1 } ?? 0
            flights.insert(flight, at: place)
        }
    }
}
