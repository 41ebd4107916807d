// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import NIOCore
internal import SwardHash
internal import SwardPrimitives
internal import SwardWire

/// Fetches an info dictionary from peers, all pieces at once, and says who lied. Source: BEP 9.
///
/// The first peer is asked for everything, in one go; later ones for what is missing when others are slow. The size
/// is what most peers say. Once a whole fails its hash, each try is from one peer alone, so that a failure has one
/// author.
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
        var rejections = 0
        /// Not asked before; after a rejection or a failure.
        var notBefore = 0
    }

    private struct Piece: Sendable {
        var bytes: ByteBuffer?
        var peer = -1
        /// Connection slots asked, and when the last was.
        var asked: [Int] = []
        var askedAt = 0
    }

    private static let patience = 2000
    private static let maximumRejections = 8

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

    var received: Int { pieces.reduce(0) { $0 + ($1.bytes?.readableBytes ?? 0) } }

    // MARK: Events

    mutating func sourceFound(slot: Int, peer: Int, size: Int, at time: Int) -> [Request] {
        guard size > 0, size <= maximumLength else { return [] }
        sources.removeAll { $0.slot == slot }
        sources.append(Source(slot: slot, peer: peer, size: size))
        vote()
        return requests(at: time)
    }

    mutating func sourceLost(slot: Int, at time: Int) -> [Request] {
        sources.removeAll { $0.slot == slot }
        for index in pieces.indices { pieces[index].asked.removeAll { $0 == slot } }
        vote()
        return requests(at: time)
    }

    /// Whether data for `piece` was asked of this connection.
    func isExpected(_ piece: Int, from slot: Int) -> Bool {
        pieces.indices.contains(piece) && pieces[piece].asked.contains(slot)
    }

    mutating func received(
        _ piece: Int, totalSize: Int, _ bytes: ByteBuffer, from slot: Int, at time: Int
    ) -> (outcome: Outcome, requests: [Request]) {
        guard pieces.indices.contains(piece), let source = sources.first(where: { $0.slot == slot }),
            totalSize == size,
            bytes.readableBytes
                == min(MetadataMessage.pieceLength, size - piece * MetadataMessage.pieceLength)
        else { return (.more, []) }
        pieces[piece].asked.removeAll { $0 == slot }
        guard pieces[piece].bytes == nil, !isExclusive || source.peer == exclusivePeer else {
            return (.more, [])
        }
        pieces[piece].bytes = bytes
        pieces[piece].peer = source.peer
        missing -= 1
        guard missing == 0 else { return (.more, requests(at: time)) }
        return conclude(at: time)
    }

    mutating func rejected(_ piece: Int, from slot: Int, at time: Int) -> [Request] {
        guard let index = sources.firstIndex(where: { $0.slot == slot }), isExpected(piece, from: slot) else {
            return []
        }
        pieces[piece].asked.removeAll { $0 == slot }
        sources[index].rejections += 1
        sources[index].notBefore = time + 500 << min(sources[index].rejections, 6)
        if sources[index].rejections > Self.maximumRejections { sources.remove(at: index) }
        return requests(at: time)
    }

    mutating func timerFired(at time: Int) -> [Request] {
        guard let nextCheck, nextCheck <= time else { return [] }
        return requests(at: time)
    }

    // MARK: Helpers

    /// Most sources win; the size in hand wins a tie.
    private mutating func vote() {
        var best = size
        func votes(_ size: Int) -> Int { sources.count { $0.size == size } }
        for source in sources where votes(source.size) > votes(best) { best = source.size }
        if best != size || pieces.isEmpty { restart(size: best) }
    }

    private mutating func restart(size: Int) {
        self.size = size
        missing = (size + MetadataMessage.pieceLength - 1) / MetadataMessage.pieceLength
        pieces = Array(repeating: Piece(), count: missing)
        if isExclusive {
            exclusivePeer = sources.first { $0.size == size }?.peer
        }
    }

    private mutating func requests(at time: Int) -> [Request] {
        nextCheck = nil
        guard size > 0, missing > 0 else { return [] }
        if isExclusive, !sources.contains(where: { $0.peer == exclusivePeer }) { restart(size: size) }
        let able = sources.filter {
            $0.size == size && $0.notBefore <= time && (!isExclusive || $0.peer == exclusivePeer)
        }
        nextCheck = sources.isEmpty ? nil : time + Self.patience / 4
        guard !able.isEmpty else { return [] }
        var result: [Request] = []
        for (index, piece) in pieces.enumerated() where piece.bytes == nil {
            if !piece.asked.isEmpty, time - piece.askedAt < Self.patience { continue }
            // Spread over those who have not been asked for this one; a lone source may be asked again.
            let fresh = able.filter { !piece.asked.contains($0.slot) }
            guard let source = fresh.isEmpty ? nil : fresh[index % fresh.count] else { continue }
            pieces[index].asked.append(source.slot)
            pieces[index].askedAt = time
            result.append(Request(slot: source.slot, piece: index))
        }
        return result
    }

    private mutating func conclude(at time: Int) -> (outcome: Outcome, requests: [Request]) {
        var whole: [UInt8] = []
        whole.reserveCapacity(size)
        for piece in pieces {
            if let bytes = piece.bytes { whole.append(contentsOf: bytes.readableBytesView) }
        }
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
