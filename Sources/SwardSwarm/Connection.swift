// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import NIOCore
internal import SwardPrimitives
internal import SwardWire

/// What is known of one peer while it is connected. Times are milliseconds of the torrent's clock.
///
/// - Memory: about 780 bytes, a bit per piece unless it is a seed, and its queues.
struct Connection: Sendable {
    /// Blocks asked for at once until a rate is known, and at least after that.
    static let firstDepth = 16, minimumDepth = 4
    /// Seconds of its rate that are kept asked for: four times what its quickest answer took, within these. More would
    /// keep blocks from peers that could bring them sooner.
    private static let pipeline = 1.0...3.0
    /// In milliseconds that a block may come late without having waited for others.
    private static let waiting = 100
    /// Of what ``depth`` grows to; what limits it is told elsewhere.
    private static let deepest = 1 << 16
    private static let defaultRequestQueue = 250

    let generation: UInt32
    var isOpen: Bool
    /// Its number in the book.
    let peer: Int
    /// The number of where it listens, when that was known as another peer.
    var alias: Int?
    let address: PeerAddress
    let isOutgoing: Bool
    let isUTP: Bool
    let peerID: PeerID
    let isV2: Bool
    let isFast: Bool
    let isExtended: Bool
    let speaksDHT: Bool
    /// It is asked for pieces in their order.
    let likesRuns: Bool

    // What it has.
    var hasAll = false
    /// `nil` for a seed, and without metadata.
    var pieces: PieceSet?
    /// Came before metadata, to be read once there is some.
    var earlyBitfield: ByteBuffer?
    var earlyPieces: [PieceIndex] = []
    var hasToldPieces = false
    /// In one message, which no bitfield may follow.
    var hasToldAll = false
    /// Then it counts as no seed any more: to make it one and none again takes as long as there are pieces.
    var hasLostPieces = false
    /// Pieces it has that we still want.
    var wantedCount = 0

    // Who may, and who would.
    var weChoke = true
    var weWant = false
    var theyChoke = true
    var theyWant = false
    /// It lets our requests wait.
    var isSnubbing = false
    /// Pieces it sends even while it chokes us. Source: BEP 6.
    var allowedFast: [Int] = []

    /// Pieces it would rather send, the latest first. Source: BEP 6.
    var suggested: [Int] = []
    var hasToldPort = false

    // From it.
    var ledger = RequestLedger()
    var down: RateMeter
    /// As if every block were whole: of many small files blocks come by the thousand and bytes do not.
    var blocksDown: RateMeter
    /// Grows with each block until there is a rate to go by, and the line to it is full.
    var depth = firstDepth
    /// Blocks have waited for each other on their way: more requests would bring nothing sooner.
    private var isFull = false
    /// The shortest time between a request and its block, in milliseconds.
    var quickestAnswer = Int.max
    var firstBlockAt: Int?
    var lastBlockAt: Int
    /// The piece it is at, and its slot among the partial ones.
    var currentPiece = -1
    var currentSlot = -1
    /// Several pieces that it is asked for in turn.
    var turns = PieceTurns()

    /// Requests it rejected while it did not choke us.
    var refusals = 0
    /// Lowered by them until the next tick.
    var depthLimit = Int.max

    // To it.
    /// Pieces it gets even while we choke it, and how many blocks of them are left to give.
    var granted: [Int] = []
    var grantedBlocks = 0
    var up: RateMeter
    var uploads = UploadQueue()
    /// In bytes: with the shell, not yet with the socket.
    var inHand = 0
    var unchokedAt: Int
    var sentWhenUnchoked: Int64 = 0
    var waitingSince: Int
    /// Requests refused since they last behaved.
    var refusedRequests = 0
    /// Requests for hashes and metadata refused because there were too many.
    var overspending = 0
    var upBucket: PaymentBucket?
    var downBucket: PaymentBucket?
    /// Super-seeding: pieces it was shown and nobody else was seen to have. Source: BEP 16.
    var shown: [(piece: Int, at: Int)] = []
    var everShown: Set<Int> = []
    /// Pieces suggested to it that it has not begun.
    var suggestedToIt: [Int] = []

    // Extensions.
    var metadataID: UInt8 = 0
    var dontHaveID: UInt8 = 0
    /// Set when it takes part in peer exchange.
    var exchange: ExchangeState?
    var clientName: String?
    var requestQueue = defaultRequestQueue
    var isUploadOnly = false
    var metadataBucket: TokenBucket?
    var hashBucket: TokenBucket?
    var leafReads = 0

    let connectedAt: Int
    var keepAlive: KeepAlive

    init(
        generation: UInt32, peer: Int, arrival: PeerArrival, isV2: Bool, at time: Int,
        now: ContinuousClock.Instant
    ) {
        self.generation = generation
        self.peer = peer
        isOpen = true
        address = arrival.address
        isOutgoing = arrival.isOutgoing
        isUTP = arrival.isUTP
        peerID = arrival.handshake.peerID
        self.isV2 = isV2
        isFast = arrival.handshake.features.contains(.fast)
        isExtended = arrival.handshake.features.contains(.extensions)
        likesRuns = arrival.likesRuns
        speaksDHT = arrival.handshake.features.contains(.dht)
        down = RateMeter(at: time)
        blocksDown = RateMeter(at: time)
        up = RateMeter(at: time)
        lastBlockAt = time
        unchokedAt = time
        waitingSince = time
        connectedAt = time
        keepAlive = KeepAlive(openedAt: now)
    }

    @inline(__always)
    func has(_ piece: Int) -> Bool { hasAll || pieces?.contains(piece) ?? false }

    var pieceCount: Int { pieces?.count ?? 0 }

    /// In bytes a second and in all: faster than a spinning disk reads, and for longer than a cache of its own explains.
    private static let memoryRate = 256.0 * 1024 * 1024, memoryProof: Int64 = 16 << 20

    /// Whether what it sends lies in its memory, or on something as quick, so that it may be asked for in any order.
    mutating func readsFromMemory(at time: Int) -> Bool {
        guard down.total >= Self.memoryProof, let firstBlockAt else { return false }
        // The smoothed rate of the first second tells of the time before it.
        let elapsed = time - firstBlockAt
        guard elapsed < 1000 else { return down.rate(at: time) >= Self.memoryRate }
        return Double(down.total) * 1000 >= Self.memoryRate * Double(elapsed)
    }

    /// How many blocks to keep asked for.
    mutating func targetDepth(limit: Int, at time: Int) -> Int {
        if isSnubbing { return 1 }
        let seconds = 4 * Double(min(quickestAnswer, 1000)) / 1000
        let pipeline = min(max(seconds, Self.pipeline.lowerBound), Self.pipeline.upperBound)
        let rated = Int(blocksDown.rate(at: time) * pipeline) / blockLength
        return max(1, min(max(Self.minimumDepth, rated, depth), limit, requestQueue))
    }

    /// A block has come: counts it, and lets the pipeline grow while its rate is not known.
    @inline(__always)
    mutating func didReceiveBlock(_ bytes: Int, askedAt: Int, at time: Int) {
        quickestAnswer = min(quickestAnswer, time &- askedAt)
        down.add(bytes, at: time)
        blocksDown.add(blockLength, at: time)
        lastBlockAt = time
        isSnubbing = false
        let isFirst = firstBlockAt == nil
        if isFirst { firstBlockAt = time }
        if time &- askedAt > 2 * quickestAnswer + Self.waiting { isFull = true }
        if !isFull {
            // Three times as much with each round trip, so that the stream, not the asking, sets the pace.
            depth = min(depth + 2, Self.deepest)
        } else if time &- (firstBlockAt ?? time) < 1000 {
            depth += isFirst ? 0 : 1
        } else {
            depth = 0
        }
    }
}
