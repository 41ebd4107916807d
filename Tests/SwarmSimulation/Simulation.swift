// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import Support
import SwardMetainfo
import SwardPrimitives
package import SwardSwarm
import SwardWire
import TorrentSupport

/// Many cores on one clock, joined by lines with delay, width and faults.
///
/// Times are microseconds. The same seed gives the same run, event by event; ``trace`` sums it up. Each peer's line out
/// carries one parcel at a time, from its connections in turn; a connection has a window, so that a slow reader slows
/// its sender. Nothing overtakes within a connection, anything may across them.
package final class Simulation {
    package struct Conditions: Sendable {
        /// Microseconds, one way, drawn per connection.
        package var latency = 5_000...80_000
        /// Microseconds, drawn per parcel on top.
        package var jitter = 0...0
        /// Bytes per second and peer.
        package var uplink = 200_000...2_000_000
        package var downlink = 100_000_000...100_000_000
        /// In bytes, under way on one connection.
        package var window = 256 << 10
        /// Seconds after which a connection breaks; `nil` for never.
        package var breaksAfter: ClosedRange<Int>?
        /// One broken connection in so many goes dead instead: no end is told. 0 for none.
        package var deadOdds = 0
        /// Seconds a peer stays and stays away; `nil` for no coming and going. Steady peers always stay.
        package var churn: (stay: ClosedRange<Int>, away: ClosedRange<Int>)?
        /// Microseconds for one block.
        package var disk = 200...4_000
        /// Seconds between times when a disk is full for a while; `nil` for never.
        package var fullDisks: ClosedRange<Int>?
        /// Seconds between changes of the gate of peers that come and go; `nil` for none.
        package var gateChanges: ClosedRange<Int>?
        /// Whether messages go as bytes through the codec, and disks keep what came; otherwise values are handed over.
        package var isExact = true
        package var exchangesPeers = true
        /// Addresses a tracker gives at once, and seconds until it is asked again.
        package var trackerPeers = 12
        package var trackerInterval = 20

        package init() {}

        package static func with(_ change: (inout Conditions) -> Void) -> Conditions {
            var conditions = Conditions()
            change(&conditions)
            return conditions
        }
    }

    /// A broken rule, in words.
    package struct Violation: Error, CustomStringConvertible { package let description: String }

    enum Parcel {
        case bytes(ByteBuffer)
        case message(PeerMessage, length: Int)

        var length: Int {
            switch self {
            case .bytes(let bytes): bytes.readableBytes
            case .message(_, let length): length
            }
        }
    }

    enum Event {
        case start(peer: Int)
        case leave(peer: Int, life: Int)
        case announce(peer: Int, life: Int)
        case timer(peer: Int, life: Int, at: Int)
        case fullDisk(peer: Int, life: Int, isFull: Bool)
        case gate(peer: Int, life: Int)
        case syn(wire: Int, Handshake)
        case ack(wire: Int, Handshake)
        case refused(wire: Int)
        case nobody(wire: Int, PeerAddress)
        case left(wire: Int, from: Int, Parcel, payload: Int)
        case arrived(wire: Int, to: Int, Parcel)
        case read(wire: Int, to: Int, Parcel)
        case broken(wire: Int)
        case closed(wire: Int, to: Int)
        case written(peer: Int, life: Int, BlockRequest, ByteBuffer)
        case checked(peer: Int, life: Int, PieceIndex)
        case digested(peer: Int, life: Int, PieceIndex)
        case leavesRead(peer: Int, life: Int, ConnectionID, HashRequest, Range<Int>)
        case judged(peer: Int, life: Int)
    }

    struct Wire {
        struct End {
            let peer: Int
            let life: Int
            var id: ConnectionID?
            var decoder: PeerMessageDecoder?
            var outgoing = ParcelQueue()
            var isWaiting = false
            /// In bytes, sent from here and not read yet.
            var underWay = 0
            /// Nothing overtakes what was sent before.
            var lastArrival = 0
            // Conservation: bytes that left here, and that were read at the other end.
            var sent = 0
            var read = 0
        }
        let latency: Int
        let isUTP: Bool
        var isOpen = true
        /// Openings that a NAT swallowed.
        var swallowed = 0
        /// Swallows everything, and nobody is told.
        var isDead = false
        /// Who dialled, and who was dialled.
        var ends: Ends

        /// Two, without memory of their own.
        struct Ends {
            private var dialler: End
            private var dialled: End

            init(_ dialler: End, _ dialled: End) { (self.dialler, self.dialled) = (dialler, dialled) }

            subscript(end: Int) -> End {
                // A look at one number must not copy what waits.
                _read { if end == 0 { yield dialler } else { yield dialled } }
                _modify { if end == 0 { yield &dialler } else { yield &dialled } }
            }
        }
    }

    /// Parcels that wait, the oldest first; most of the time there are none, and then it takes no memory.
    struct ParcelQueue {
        private var parcels: [(parcel: Parcel, payload: Int)] = []
        private var head = 0

        var isEmpty: Bool { head == parcels.count }

        mutating func append(_ parcel: (parcel: Parcel, payload: Int)) { parcels.append(parcel) }

        mutating func popFirst() -> (parcel: Parcel, payload: Int)? {
            guard head < parcels.count else { return nil }
            let first = parcels[head]
            head += 1
            if head == parcels.count {
                parcels.removeAll(keepingCapacity: parcels.count < 4)
                head = 0
            } else if head == 64 {
                parcels.removeSubrange(..<head)
                head = 0
            }
            return first
        }
    }

    package let conditions: Conditions
    /// Of the conditions, which are large.
    let window: Int
    let isExact: Bool
    package private(set) var peers: [SimulatedPeer] = []
    var numbers: [PeerAddress: Int] = [:]
    var wires: [Wire] = []
    var events = EventHeap<Event>()
    private var generator: SplitMix64
    private let origin = ContinuousClock().now
    package internal(set) var time = 0
    package private(set) var steps = 0
    /// When an honest peer last got a block it wanted.
    package internal(set) var lastProgress = 0
    package internal(set) var completedCount = 0
    /// FNV-1a over every event.
    package private(set) var trace: UInt64 = 0xCBF2_9CE4_8422_2325
    /// What does not add up within a core, in words; looks at every connection, so not after every step.
    package var audit: ((Torrent) -> String?)?
    package var auditInterval = 16

    package init(seed: UInt64, conditions: Conditions = Conditions()) {
        self.conditions = conditions
        window = conditions.window
        isExact = conditions.isExact
        generator = SplitMix64(seed: seed)
    }

    package var now: ContinuousClock.Instant { origin + .microseconds(time) }

    func microseconds(of instant: ContinuousClock.Instant) -> Int {
        Int(((instant - origin) / .microseconds(1)).rounded())
    }

    // MARK: Set-up

    @discardableResult
    package func add(_ work: SharedWork, _ role: Role = .leech) -> SimulatedPeer {
        let peer = SimulatedPeer(
            number: peers.count, work: work, role: role, uplink: role.uplink ?? pick(conditions.uplink),
            downlink: role.downlink ?? pick(conditions.downlink), keepsBytes: conditions.isExact)
        numbers[peer.address] = peers.count
        peers.append(peer)
        events.push(.start(peer: peer.number), at: max(time, role.startsAt))
        return peer
    }

    func pick(_ range: ClosedRange<Int>) -> Int {
        range.count == 1 ? range.lowerBound : range.lowerBound + generator.below(range.count)
    }

    func oneIn(_ odds: Int) -> Bool { odds > 0 && generator.oneIn(odds) }

    // MARK: Running

    /// Runs until `isDone`, or nothing is left to happen, or `limit` seconds have passed.
    package func run(limit: Int, until isDone: () -> Bool) throws {
        while !isDone(), let (at, event) = events.pop() {
            guard at <= limit * 1_000_000 else {
                events.push(event, at: at)
                time = limit * 1_000_000
                return
            }
            time = at
            steps += 1
            try perform(event)
        }
    }

    func mix(_ values: Int...) {
        for value in values { trace = (trace ^ UInt64(bitPattern: Int64(value))) &* 0x100_0000_01B3 }
    }

    private func perform(_ event: Event) throws {
        switch event {
        case .start(let number): try start(peers[number])
        case .leave(let number, let life):
            guard let peer = living(number, life), let churn = conditions.churn else { return }
            mix(2, time, number)
            leave(peer)
            events.push(.start(peer: number), at: time + pick(churn.away) * 1_000_000)
        case .announce(let number, let life):
            guard let peer = living(number, life) else { return }
            mix(3, time, number)
            var found: [PeerAddress] = []
            for _ in 0..<conditions.trackerPeers {
                found.append(peers[generator.below(peers.count)].address)
            }
            peer.core?.peersFound(found, source: .tracker, at: now, into: &peer.actions)
            events.push(
                .announce(peer: number, life: life), at: time + conditions.trackerInterval * 1_000_000)
            try drain(peer)
        case .timer(let number, let life, let at):
            guard let peer = living(number, life), peer.timerAt == at else { return }
            mix(4, time, number)
            peer.timerAt = nil
            peer.core?.timerFired(at: now, into: &peer.actions)
            if peer.role.mischief == .badPeers { nameNobodies(peer) }
            try drain(peer)
        case .fullDisk(let number, let life, let isFull):
            guard let peer = living(number, life), let range = conditions.fullDisks else { return }
            mix(16, time, number)
            peer.isDiskFull = isFull
            if !isFull { peer.core?.setHeldUp(false, at: now, into: &peer.actions) }
            let next = isFull ? time + 5_000_000 : time + pick(range) * 1_000_000
            events.push(.fullDisk(peer: number, life: life, isFull: !isFull), at: next)
            try drain(peer)
        case .gate(let number, let life):
            guard let peer = living(number, life), let range = conditions.gateChanges else { return }
            mix(17, time, number)
            peer.gate = [GatePermissions.shut, .quarantine, .open, .open][generator.below(4)]
            if peer.resume != nil { peer.core?.setGate(peer.gate, at: now, into: &peer.actions) }
            events.push(.gate(peer: number, life: life), at: time + pick(range) * 1_000_000)
            try drain(peer)
        default: try performOnWire(event)
        }
    }

    private func start(_ peer: SimulatedPeer) throws {
        mix(1, time, peer.number)
        peer.start(seed: generator.next(), exchangesPeers: conditions.exchangesPeers, at: now)
        if peer.isComplete { noteComplete(peer) }
        events.push(.announce(peer: peer.number, life: peer.life), at: time)
        if !peer.role.isSteady {
            if let churn = conditions.churn {
                let at = time + pick(churn.stay) * 1_000_000
                events.push(.leave(peer: peer.number, life: peer.life), at: at)
            }
            if let range = conditions.gateChanges {
                let at = time + pick(range) * 1_000_000
                events.push(.gate(peer: peer.number, life: peer.life), at: at)
            }
        }
        if let range = conditions.fullDisks, !peer.role.isSeed {
            let at = time + pick(range) * 1_000_000
            events.push(.fullDisk(peer: peer.number, life: peer.life, isFull: true), at: at)
        }
        try drain(peer)
    }

    private func leave(_ peer: SimulatedPeer) {
        for slot in peer.links.keys.sorted() {
            guard let wire = peer.links[slot]?.link.wire, wires[wire].isOpen else { continue }
            breakWire(wire)
        }
        peer.core = nil
        peer.isRunning = false
        peer.links = [:]
        peer.actions = ActionQueue()
        peer.timerAt = nil
        peer.isSending = false
        peer.waiting.removeAll()
        peer.downlinkFreeAt = 0
        peer.doors = [:]
    }

    func living(_ number: Int, _ life: Int) -> SimulatedPeer? {
        peers[number].life == life && peers[number].isRunning ? peers[number] : nil
    }

    func noteComplete(_ peer: SimulatedPeer) {
        peer.isComplete = true
        guard peer.completedAt == nil else { return }
        peer.completedAt = time
        completedCount += 1
    }

    func performOnDisk(_ event: Event) throws {
        switch event {
        case .written(let number, let life, let block, let bytes):
            guard let peer = living(number, life) else { return }
            mix(8, time, number, block.piece.rawValue, block.begin)
            if peer.isDiskFull {
                peer.core?.setHeldUp(true, at: now, into: &peer.actions)
                peer.core?.writePostponed(block, at: now, into: &peer.actions)
                return try drain(peer)
            }
            if peer.keepsBytes { peer.blocks[block] = bytes }
            if peer.role.isHonest { lastProgress = time }
            peer.core?.blockWritten(block, leaf: peer.leaf(of: block), at: now, into: &peer.actions)
            try drain(peer)
        case .checked(let number, let life, let piece):
            guard let peer = living(number, life) else { return }
            mix(9, time, number, piece.rawValue)
            peer.core?.pieceChecked(piece, sha1: peer.sha1(of: piece), at: now, into: &peer.actions)
            try drain(peer)
        case .digested(let number, let life, let piece):
            guard let peer = living(number, life) else { return }
            mix(19, time, number, piece.rawValue)
            peer.core?.blocksDigested(piece, digests: peer.digests(of: piece), at: now, into: &peer.actions)
            try drain(peer)
        case .leavesRead(let number, let life, let id, let request, let pieces):
            guard let peer = living(number, life) else { return }
            mix(10, time, number, pieces.lowerBound)
            peer.core?.leavesRead(
                request, for: id, leaves: peer.leaves(of: pieces), at: now, into: &peer.actions)
            try drain(peer)
        case .judged(let number, let life):
            guard let peer = living(number, life) else { return }
            mix(11, time, number)
            if peer.resume == nil { peer.resume = PieceSet(pieceCount: peer.made.info.layout.pieceCount) }
            peer.core?.setContent(peer.content(), have: peer.resume, at: now, into: &peer.actions)
            peer.core?.setGate(peer.gate, at: now, into: &peer.actions)
            try drain(peer)
        default: break
        }
    }

    /// The bad peer tells everybody of addresses where nobody is.
    private func nameNobodies(_ peer: SimulatedPeer) {
        var contacts: [PeerExchange.Contact] = []
        for _ in 0..<60 {
            let tail = (0..<3).map { _ in UInt8(generator.below(256)) }
            if let address = PeerAddress(ip: [200] + tail, port: 6881) { contacts.append(.init(address)) }
        }
        let payload = PeerExchange(added: contacts).payload()
        for slot in peer.links.keys.sorted() {
            guard let id = peer.links[slot]?.id else { continue }
            // The number under which every core here takes it.
            transmit(.extended(id: 2, payload), payload: 0, from: peer, id)
        }
    }
}
