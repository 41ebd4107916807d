// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import NIOCore
internal import SwardHash
internal import SwardPrimitives
internal import SwardWire

/// Fetches an info dictionary from peers, many pieces at once, and says who lied. Source: BEP 9.
///
/// The first peer is asked for everything, or as much as it surely queues; later ones for what is missing when others are
/// slow, and in the end again who did not answer. The size is what most peers say that do. Once a whole fails its hash,
/// each try is from one peer alone, so that a failure has one author.
///
/// - Memory: what has come in, at most the size that most peers claim.
struct MetadataFetch: Sendable {
    enum Outcome: Sendable {
        case more
        case complete([UInt8])
        /// The peers (numbers in the book) that can only have lied.
        case failed(liars: [Int])
    }

    struct Request: Equatable, Sendable {
        var slot: Int
        var piece: Int
    }

    private struct Source: Sendable {
        var slot: Int
        var peer: Int
        var size: Int
        /// Asked of it, and neither answered nor given up.
        var open = 0
        var lastHeard = 0
        /// Since it last sent something.
        var rejections = 0, silences = 0
        /// Not asked before, after a rejection; nor for the same again, after a silence.
        var notBefore = 0, notAgainBefore = 0

        /// Its word on the size counts, and it may be asked alone.
        var answers: Bool {
            silences < MetadataFetch.maximumSilences && rejections <= MetadataFetch.maximumRejections
        }

        mutating func forgive() { (rejections, silences, notBefore, notAgainBefore) = (0, 0, 0, 0) }
    }

    /// A request that was not answered; what comes late is taken all the same.
    private struct Ask: Sendable {
        var slot: Int
        var at: Int
        var isGivenUp = false
    }

    private struct Piece: Sendable {
        /// A copy: what came is a slice of all that was read with it.
        var bytes: [UInt8]?
        var peer = -1
        var asked: [Ask] = []
        /// When the last was.
        var askedAt = 0
    }

    /// In milliseconds.
    private static let patience = 2000
    private static let maximumRejections = 8, maximumSilences = 2
    /// Requests in flight to one peer: Transmission queues 64 and rejects what is more.
    private static let maximumOpen = 32

    private let infoHashes: InfoHashes
    private let maximumLength: Int
    private var sources: [Source] = []
    private(set) var size = 0
    private var pieces: [Piece] = []
    private var missing = 0
    /// When set, only this peer's pieces count.
    private var isExclusive = false
    private var exclusivePeer: Int?
    private(set) var nextCheck: Int?

    init(infoHashes: InfoHashes, maximumLength: Int) {
        self.infoHashes = infoHashes
        self.maximumLength = maximumLength
    }

    var received: Int { pieces.reduce(0) { $0 + ($1.bytes?.count ?? 0) } }

    // MARK: Events

    mutating func sourceFound(slot: Int, peer: Int, size: Int, at time: Int) -> [Request] {
        guard size > 0, size <= maximumLength else { return [] }
        if let index = sources.firstIndex(where: { $0.slot == slot }) {
            sources[index].size = size
        } else {
            sources.append(Source(slot: slot, peer: peer, size: size))
        }
        vote()
        return requests(at: time)
    }

    mutating func sourceLost(slot: Int, at time: Int) -> [Request] {
        sources.removeAll { $0.slot == slot }
        for index in pieces.indices { pieces[index].asked.removeAll { $0.slot == slot } }
        vote()
        return requests(at: time)
    }

    /// Whether data for `piece` was asked of this connection.
    func isExpected(_ piece: Int, from slot: Int) -> Bool {
        pieces.indices.contains(piece) && pieces[piece].asked.contains { $0.slot == slot }
    }

    /// A request was answered.
    private mutating func close(_ piece: Int, of source: Int) {
        let slot = sources[source].slot
        guard let ask = pieces[piece].asked.firstIndex(where: { $0.slot == slot }) else { return }
        if !pieces[piece].asked.remove(at: ask).isGivenUp { sources[source].open -= 1 }
    }

    mutating func received(
        _ piece: Int, totalSize: Int, _ bytes: ByteBuffer, from slot: Int, at time: Int
    ) -> (outcome: Outcome, requests: [Request]) {
        guard pieces.indices.contains(piece), let index = sources.firstIndex(where: { $0.slot == slot }),
            totalSize == size,
            bytes.readableBytes
                == min(MetadataMessage.pieceLength, size - piece * MetadataMessage.pieceLength)
        else { return (.more, []) }
        close(piece, of: index)
        sources[index].forgive()
        sources[index].lastHeard = time
        let peer = sources[index].peer
        guard pieces[piece].bytes == nil, !isExclusive || peer == exclusivePeer else {
            return (.more, requests(at: time))
        }
        pieces[piece].bytes = Array(bytes.readableBytesView)
        pieces[piece].peer = peer
        missing -= 1
        guard missing == 0 else { return (.more, requests(at: time)) }
        return conclude(at: time)
    }

    mutating func rejected(_ piece: Int, from slot: Int, at time: Int) -> [Request] {
        guard let index = sources.firstIndex(where: { $0.slot == slot }), isExpected(piece, from: slot) else {
            return []
        }
        close(piece, of: index)
        sources[index].rejections += 1
        sources[index].notBefore = time + 500 << min(sources[index].rejections, 6)
        if !sources[index].answers { vote() }
        return requests(at: time)
    }

    mutating func timerFired(at time: Int) -> [Request] {
        guard let nextCheck, nextCheck <= time else { return [] }
        giveUp(at: time)
        return requests(at: time)
    }

    // MARK: Helpers

    /// Who has sent nothing for a while, and was asked before, is waited for no more.
    private mutating func giveUp(at time: Int) {
        var isSilenced = false
        for source in sources.indices where sources[source].open > 0 {
            let (slot, open) = (sources[source].slot, sources[source].open)
            guard time - sources[source].lastHeard >= Self.patience else { continue }
            for piece in pieces.indices {
                for ask in pieces[piece].asked.indices
                where pieces[piece].asked[ask].slot == slot && !pieces[piece].asked[ask].isGivenUp
                    && time - pieces[piece].asked[ask].at >= Self.patience
                {
                    pieces[piece].asked[ask].isGivenUp = true
                    sources[source].open -= 1
                }
            }
            guard sources[source].open < open else { continue }
            sources[source].silences += 1
            sources[source].notAgainBefore = time + 500 << min(sources[source].silences, 6)
            if !sources[source].answers { isSilenced = true }
        }
        if isSilenced { vote() }
    }

    /// Most sources win of those that answer; the size in hand wins a tie.
    private mutating func vote() {
        func votes(_ size: Int) -> Int { sources.count { $0.size == size && $0.answers } }
        if votes(size) == 0, !sources.contains(where: \.answers) {
            // Nobody answers by this size. Those of another get a turn, now or again.
            for index in sources.indices where sources[index].size != size { sources[index].forgive() }
        }
        var best = size
        for source in sources where votes(source.size) > votes(best) { best = source.size }
        if best != size || pieces.isEmpty { restart(size: best) }
    }

    private mutating func restart(size: Int) {
        self.size = size
        missing = (size + MetadataMessage.pieceLength - 1) / MetadataMessage.pieceLength
        pieces = Array(repeating: Piece(), count: missing)
        for index in sources.indices { sources[index].open = 0 }
        if isExclusive {
            exclusivePeer = sources.first { $0.size == size }?.peer
        }
    }

    private mutating func requests(at time: Int) -> [Request] {
        nextCheck = nil
        guard size > 0, missing > 0 else { return [] }
        replaceExclusivePeer()
        nextCheck = sources.isEmpty ? nil : time + Self.patience / 4
        var able = sources.indices.filter {
            let source = sources[$0]
            return source.size == size && source.notBefore <= time && source.open < Self.maximumOpen
                && (!isExclusive || source.peer == exclusivePeer)
        }
        var result: [Request] = []
        for piece in pieces.indices where pieces[piece].bytes == nil {
            if able.isEmpty { break }
            let asked = pieces[piece].asked
            if !asked.isEmpty, time - pieces[piece].askedAt < Self.patience { continue }
            // Spread over those who have not been asked for this one, then over those who have not answered.
            let fresh = able.filter { source in !asked.contains { $0.slot == sources[source].slot } }
            let again = able.filter { source in
                sources[source].notAgainBefore <= time
                    && asked.contains { $0.slot == sources[source].slot && $0.isGivenUp }
            }
            let choice = fresh.isEmpty ? again : fresh
            guard !choice.isEmpty else { continue }
            let source = choice[piece % choice.count]
            let slot = sources[source].slot
            pieces[piece].asked.removeAll { $0.slot == slot }
            pieces[piece].asked.append(Ask(slot: slot, at: time))
            pieces[piece].askedAt = time
            result.append(Request(slot: slot, piece: piece))
            sources[source].open += 1
            if sources[source].open == Self.maximumOpen { able.removeAll { $0 == source } }
        }
        return result
    }

    /// Who is asked alone and is gone, or does not answer, makes room for the next.
    private mutating func replaceExclusivePeer() {
        guard isExclusive else { return }
        let able = sources.filter { $0.size == size }
        guard let place = able.firstIndex(where: { $0.peer == exclusivePeer }) else {
            return restart(size: size)
        }
        guard !able[place].answers, able.count > 1 else { return }
        let others = able[(place + 1)...] + able[..<place]
        let next = others.first(where: \.answers) ?? others[others.startIndex]
        restart(size: size)
        exclusivePeer = next.peer
        for index in sources.indices where sources[index].peer == next.peer { sources[index].forgive() }
    }

    private mutating func conclude(at time: Int) -> (outcome: Outcome, requests: [Request]) {
        var whole: [UInt8] = []
        whole.reserveCapacity(size)
        for piece in pieces { whole += piece.bytes ?? [] }
        let fits =
            (infoHashes.v1.map { SHA1.hash(whole) == $0 } ?? true)
            && (infoHashes.v2.map { SHA256.hash(whole) == $0 } ?? true)
        if fits {
            nextCheck = nil
            return (.complete(whole), [])
        }
        let first = pieces[0].peer
        let liars = pieces.allSatisfy({ $0.peer == first }) ? [first] : []
        sources.removeAll { liars.contains($0.peer) }
        isExclusive = true
        let next = sources.filter { $0.size == size }
        // Another one each time, so that a liar is not asked for ever.
        exclusivePeer = next.isEmpty ? nil : next[Int(UInt(bitPattern: first &+ 1) % UInt(next.count))].peer
        let peer = exclusivePeer
        restart(size: size)
        if peer != nil { exclusivePeer = peer }
        vote()
        return (.failed(liars: liars), requests(at: time))
    }
}
