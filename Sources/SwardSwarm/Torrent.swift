// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import NIOCore
package import SwardPrimitives
package import SwardWire

/// Decides everything for one torrent: events in, actions out; it knows no socket, file, clock or chance.
///
/// The shell calls one function per event, then performs what lies in the queue, and keeps one timer at
/// ``deadline``. Several events may share one drain of the queue.
///
/// - Memory: idle and complete, some hundred bytes, a bit per piece and the peers heard of.
package struct Torrent: Sendable {
    package typealias Instant = ContinuousClock.Instant

    package internal(set) var configuration: TorrentConfiguration
    package internal(set) var infoHashes: InfoHashes
    package internal(set) var content: Content?
    /// Pieces written and verified; `nil` without metadata.
    package internal(set) var have: PieceSet?
    package internal(set) var gate = GatePermissions.shut

    // Time, in milliseconds since `origin`.
    private let origin: Instant
    private var lastNow: Instant
    private(set) var time = 0

    var chance: Chance
    var failure: TorrentFailure?

    // Peers.
    var book: PeerBook
    var connections: [Connection] = []
    var freeSlots: [Int] = []
    var connectionCount = 0
    var seedCount = 0
    /// By slot: those that take part in holepunching.
    var meetings: [Int: HolepunchState] = [:]

    // Fetching; `nil` without metadata and when complete.
    var download: Download?
    var metadata: MetadataFetch?
    var layers: LayerFetch?
    var blames: [Blame] = []
    var failedPieces = FailedPieces()
    /// Hybrids: nodes of pieces that are right by SHA-1 and whose piece layer is not known yet.
    var unprovenNodes: [Int: Digest256] = [:]
    /// In bytes, with the disk.
    var unwritten = 0
    /// Over all connections.
    var liveRequests = 0
    /// Pieces wanted and not ours.
    var missing = 0
    var wishes = PieceWishes()
    var wishTiers: [PieceSet] = []
    /// Pieces someone waits for, the soonest first.
    var urgent: [Int] = []

    // Limits.
    var upBucket: PaymentBucket?
    var downBucket: PaymentBucket?
    var rateTurn = 0
    /// Our address as others see it, by family, once two of them agree; and what each has said.
    var ourAddresses = OurAddresses()

    // Serving.
    var choker: Choker
    var unchokedCount = 0
    var treeCache: TreeCache?
    /// Pieces that a peer was offered, or has; `nil` while nobody is here.
    var offered: PieceSet?

    // Totals.
    var down: RateMeter
    var up: RateMeter
    var wasted: Int64 = 0
    var hashFailures = 0
    var bytesComplete: Int64 = 0
    private(set) var counted = SwarmCounters()

    // Timers; milliseconds.
    var nextSecond: Int?
    var nextRechoke: Int?
    var nextDial: Int?
    var nextRate: Int?

    // Here, as they fit where the last timer leaves room.
    var isStopped = false
    /// Nothing is asked for: the disk is full.
    var isHeldUp = false
    var isRateLimited = false
    /// Of the connection made last.
    var generation: UInt32 = 0

    /// - Parameters:
    ///   - content: `nil` for a magnet; then metadata is fetched from peers.
    ///   - have: pieces known to be on disk and verified.
    ///   - seed: of every random choice.
    package init(
        configuration: TorrentConfiguration, infoHashes: InfoHashes, content: Content?, have: PieceSet?,
        seed: UInt64, at now: Instant
    ) {
        self.configuration = configuration
        self.infoHashes = content?.infoHashes ?? infoHashes
        origin = now
        lastNow = now
        chance = Chance(seed: seed)
        book = PeerBook(maximumConnections: configuration.maximumConnections)
        choker = Choker(slots: configuration.uploadSlots)
        down = RateMeter(at: 0)
        up = RateMeter(at: 0)
        makeBuckets()
        if let content {
            adopt(content, have: have)
        } else {
            metadata = MetadataFetch(
                infoHashes: infoHashes, maximumLength: configuration.maximumMetadataLength)
        }
    }

    // MARK: Counting

    @inline(__always)
    mutating func count(sent message: PeerMessage, to slot: Int) {
        var isMetadata = false
        if case .extended(let id, _) = message { isMetadata = id != 0 && id == connections[slot].metadataID }
        counted.sent(message, isMetadata: isMetadata)
    }

    @inline(__always)
    mutating func count(received message: PeerMessage) {
        var isMetadata = false
        if case .extended(let id, _) = message { isMetadata = id == Self.metadataID }
        counted.received(message, isMetadata: isMetadata)
    }

    mutating func count(_ change: (inout SwarmCounters) -> Void) { change(&counted) }

    package var counters: SwarmCounters {
        var counters = counted
        counters.wastedBytes = wasted
        counters.hashFailures = hashFailures
        return counters
    }

    // MARK: Queries

    package var isComplete: Bool { have?.isFull ?? false }

    /// Whether blocks have been asked for and not come.
    package var isMoreComing: Bool { liveRequests > 0 }

    /// Whether a connection is being made, handshakes and all.
    package var isDialling: Bool { book.connectingCount > 0 }

    /// When ``timerFired(at:into:)`` must next be called; `nil` when there is nothing to wait for.
    package var deadline: Instant? {
        guard !isStopped else { return nil }
        var earliest = Int.max
        if let nextSecond { earliest = min(earliest, nextSecond) }
        if let nextRechoke { earliest = min(earliest, nextRechoke) }
        if let nextDial { earliest = min(earliest, nextDial) }
        if let nextRate { earliest = min(earliest, nextRate) }
        if let check = metadata?.nextCheck { earliest = min(earliest, check) }
        return earliest == .max ? nil : origin + .milliseconds(earliest)
    }

    /// What to answer an incoming handshake that names this torrent: in a hybrid it lifts a v1 peer that can to v2.
    package func reply(to handshake: Handshake) -> Handshake {
        var reply = ourHandshake(infoHash: handshake.infoHash)
        if handshake.features.contains(.v2), handshake.infoHash == infoHashes.v1, let v2 = infoHashes.v2 {
            reply.infoHash = v2.truncated
        }
        return reply
    }

    func ourHandshake(infoHash: Digest160) -> Handshake {
        var features: Handshake.Features = [.fast, .extensions]
        if infoHashes.v2 != nil { features.insert(.v2) }
        if configuration.dhtPort != nil, content?.isPrivate != true { features.insert(.dht) }
        return Handshake(features: features, infoHash: infoHash, peerID: configuration.peerID)
    }

    // MARK: Time and connections

    /// Moves the clock; events that share an instant pay for it once.
    @inline(__always)
    mutating func advance(to now: Instant) {
        if now == lastNow { return }
        lastNow = now
        let elapsed = (now - origin).components
        time = max(time, Int(elapsed.seconds) * 1000 + Int(elapsed.attoseconds / 1_000_000_000_000_000))
    }

    var now: Instant { lastNow }

    @inline(__always)
    func slot(of id: ConnectionID) -> Int? {
        guard id.slot < connections.count, connections[id.slot].generation == id.generation,
            connections[id.slot].isOpen
        else { return nil }
        return id.slot
    }

    func id(of slot: Int) -> ConnectionID {
        ConnectionID(slot: slot, generation: connections[slot].generation)
    }

    @inline(__always)
    mutating func send(_ message: PeerMessage, to slot: Int, _ actions: inout ActionQueue) {
        connections[slot].keepAlive.didWrite(at: lastNow)
        count(sent: message, to: slot)
        actions.append(.send(id(of: slot), message))
    }

    // MARK: Metadata and gate

    /// Metadata of a magnet has been parsed and judged; `have` is what was found on disk.
    package mutating func setContent(
        _ content: Content, have: PieceSet?, at now: Instant, into actions: inout ActionQueue
    ) {
        advance(to: now)
        guard self.content == nil, !isStopped else { return }
        metadata = nil
        infoHashes = content.infoHashes
        adopt(content, have: have)
        if content.isPrivate { forgetUnfit(&actions) }
        for slot in connections.indices where connections[slot].isOpen {
            readEarlyPieces(slot, &actions)
        }
        for slot in connections.indices where connections[slot].isOpen {
            if connections[slot].isExtended { sendExtensionHandshake(to: slot, &actions) }
            if gate.upload { tellPieces(to: slot, &actions) }
        }
        updateEverything(&actions)
        if isDone { actions.append(.finished) }
    }

    // MARK: Rest

    /// Forgets what the torrent file says and what can be heard again of peers; totals, bans and the gate stay.
    ///
    /// - Precondition: complete, and nobody is connected or being dialled: who came then would be told of nothing.
    package mutating func rest(at now: Instant) {
        advance(to: now)
        precondition(isComplete && connectionCount == 0 && !isDialling)
        content = nil
        have = nil
        download = nil
        layers = nil
        treeCache = nil
        wishTiers = []
        unprovenNodes = [:]
        bytesComplete = 0
        connections = []
        freeSlots = []
        meetings = [:]
        if book.bannedCount == 0 { book = PeerBook(maximumConnections: configuration.maximumConnections) }
        (nextSecond, nextRechoke, nextDial, nextRate) = (nil, nil, nil, nil)
    }

    /// Takes up again what ``rest(at:)`` let go of.
    ///
    /// - Parameter have: what is on disk now, which may be less than it was.
    package mutating func wake(
        _ content: Content, have: PieceSet, at now: Instant, into actions: inout ActionQueue
    ) {
        advance(to: now)
        guard self.content == nil, !isStopped else { return }
        adopt(content, have: have)
        updateEverything(&actions)
    }

    private mutating func adopt(_ content: Content, have: PieceSet?) {
        let have = have ?? PieceSet(pieceCount: content.pieceCount)
        precondition(have.pieceCount == content.pieceCount)
        self.content = content
        self.have = have
        have.forEach { bytesComplete += Int64(content.length(of: $0)) }
        if let wanted = wishes.wanted, wanted.pieceCount != content.pieceCount { wishes = PieceWishes() }
        wishTiers = wishes.tiers(pieceCount: content.pieceCount)
        missing = PieceSet(allOf: content.pieceCount).missing(from: have, of: wishes.wanted)
        guard missing > 0 else { return }
        makeDownload()
        layers = LayerFetch(content)
    }

    mutating func makeDownload() {
        guard let content, let have else { return }
        var open = wishes.wanted ?? PieceSet(allOf: content.pieceCount)
        have.forEach { open.remove($0) }
        if !content.isV1 {
            // What cannot be proved yet is not asked for; in a hybrid SHA-1 proves it meanwhile.
            for file in content.files where !content.hasHash(ofPiecesIn: file) {
                for piece in file.firstPiece..<(file.firstPiece + file.pieceCount) { open.remove(piece) }
            }
        }
        download = Download(opening: open, content: content, chance: &chance)
    }

    /// Before the first call the gate is shut.
    package mutating func setGate(_ gate: GatePermissions, at now: Instant, into actions: inout ActionQueue) {
        advance(to: now)
        guard gate != self.gate, !isStopped else { return }
        let old = self.gate
        self.gate = gate
        if old.upload, !gate.upload {
            for slot in connections.indices where connections[slot].isOpen {
                choke(slot, &actions)
                // Who is choked may have been granted some all the same.
                refuseWaiting(slot, &actions)
            }
        }
        if !old.upload, gate.upload {
            for slot in connections.indices where connections[slot].isOpen { tellPieces(to: slot, &actions) }
        }
        if old.download, !gate.download {
            for slot in connections.indices where connections[slot].isOpen {
                withdrawRequests(slot, &actions)
            }
        }
        updateEverything(&actions)
    }

    /// Interest, requests, slots and dialling, after something that touches all of them.
    mutating func updateEverything(_ actions: inout ActionQueue) {
        for slot in connections.indices where connections[slot].isOpen { updateInterest(slot, &actions) }
        askForLayers(&actions)
        fillAll(&actions)
        grantFreeSlots(&actions)
        dropRedundant(&actions)
        dial(&actions)
    }

    /// Closes every connection and dials no more.
    package mutating func stop(at now: Instant, into actions: inout ActionQueue) {
        advance(to: now)
        isStopped = true
        for slot in connections.indices where connections[slot].isOpen { close(slot, .stopped, &actions) }
        nextSecond = nil
        nextRechoke = nil
        nextDial = nil
        nextRate = nil
    }

    mutating func fail(_ failure: TorrentFailure, _ actions: inout ActionQueue) {
        guard self.failure == nil else { return }
        self.failure = failure
        stop(at: now, into: &actions)
        actions.append(.failed(failure))
    }

    // MARK: Timers

    package mutating func timerFired(at now: Instant, into actions: inout ActionQueue) {
        advance(to: now)
        guard !isStopped else { return }
        if let due = nextSecond, due <= time {
            nextSecond = nil
            // All that falls free first, then asking: blocks that are free make no endgame.
            checkRequests(&actions)
            checkBlames(&actions)
            fillAll(&actions)
            askForLayers(&actions)
            scheduleSecond()
        }
        if let due = nextRechoke, due <= time {
            nextRechoke = connectionCount > 0 ? time + Choker.interval : nil
            checkConnections(&actions)
            rechoke(&actions)
            exchangePeers(&actions)
            showMorePieces(&actions)
            fillAll(&actions)
        }
        if let due = nextDial, due <= time { dial(&actions) }
        if let due = nextRate, due <= time {
            nextRate = nil
            ratesRefilled(&actions)
        }
        if let requests = metadata?.timerFired(at: time) { sendMetadataRequests(requests, &actions) }
    }

    /// Once a second, as long as somebody owes us something.
    mutating func scheduleSecond() {
        guard nextSecond == nil else { return }
        let isWaitingForLayers = layers.map { !$0.isDone && connectionCount > 0 && !isDone } ?? false
        if liveRequests > 0 || !blames.isEmpty || isWaitingForLayers { nextSecond = time + 1000 }
    }

    private mutating func checkConnections(_ actions: inout ActionQueue) {
        for slot in connections.indices where connections[slot].isOpen {
            connections[slot].depthLimit = .max
            // A web server says nothing unasked; whether it answers the shell finds out.
            if connections[slot].likesRuns { connections[slot].keepAlive.didRead(at: now) }
            switch connections[slot].keepAlive.timerFired(at: now) {
            case .none: continue
            case .sendKeepAlive:
                count(sent: .keepAlive, to: slot)
                actions.append(.send(id(of: slot), .keepAlive))
            case .close: close(slot, .silent, &actions)
            }
        }
    }
}

/// A peer whose handshake has come.
package struct PeerArrival: Sendable {
    package var address: PeerAddress
    package var isOutgoing: Bool
    package var handshake: Handshake
    /// Neighbouring pieces cost it less than scattered ones: a web seed.
    package var likesRuns = false
    /// It speaks over uTP: where it was seen is where its datagrams come from.
    package var isUTP = false

    package init(address: PeerAddress, isOutgoing: Bool, handshake: Handshake) {
        self.address = address
        self.isOutgoing = isOutgoing
        self.handshake = handshake
    }
}
