// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardPrimitives

/// Which piece to begin next: the rarest that the peer has, ties by chance.
///
/// Open pieces (wanted and not begun) lie in one array sorted by how many peers have them, and a piece moves one
/// bucket up or down by two swaps. Seeds are left out of the counts: they change no order.
///
/// - Cost: O(1) per `have`, per pick from a seed and for most others; at worst one pass over the peer's bits,
///   64 pieces a step.
/// - Memory: ten bytes and a bit per piece, only while there is something to fetch.
struct PiecePicker: Sendable {
    /// Until so many pieces are ours the choice is by chance alone, to have something to trade soon.
    private static let randomPieces = 4
    private static let probes = 256
    private static let candidates = 24
    private static let nowhere = UInt32.max

    private var order: [UInt32] = []
    /// Where a piece lies in `order`.
    private var place: [UInt32]
    private var availability: [UInt16]
    /// `order` holds the pieces of availability `n` before `ends[n]` and from `ends[n - 1]` on.
    private var ends: [Int] = [0]
    /// The same pieces as `order`.
    private var open: PieceSet

    init(opening open: PieceSet, chance: inout Chance) {
        self.open = open
        order.reserveCapacity(open.count)
        place = Array(repeating: Self.nowhere, count: open.pieceCount)
        availability = Array(repeating: 0, count: open.pieceCount)
        var order: [UInt32] = []
        open.forEach { order.append(UInt32($0)) }
        order.shuffle(using: &chance)
        for (index, piece) in order.enumerated() { place[Int(piece)] = UInt32(index) }
        self.order = order
        ends[0] = order.count
    }

    // MARK: Queries

    /// Pieces wanted and not begun.
    var openCount: Int { order.count }

    /// Of those, the ones that a peer other than a seed has.
    var openElsewhere: Int { order.count - ends[0] }

    func isOpen(_ piece: Int) -> Bool { open.contains(piece) }
    func availability(of piece: Int) -> Int { Int(availability[piece]) }

    /// - Parameters:
    ///   - pieces: what the peer has; `nil` for a seed.
    ///   - completed: how many pieces are ours.
    ///   - allowed: pieces that may be begun, asked last.
    ///   - isOfSeed: `pieces` is a choice among all, and the peer a seed.
    /// - Returns: a piece still open; the caller begins it with ``close(_:)``.
    func pick(
        from pieces: PieceSet?, completed: Int, chance: inout Chance, allowed: (Int) -> Bool = { _ in true },
        isOfSeed: Bool = false
    ) -> Int? {
        guard !order.isEmpty else { return nil }
        func fits(_ piece: Int) -> Bool { (pieces?.contains(piece) ?? true) && allowed(piece) }
        if completed < Self.randomPieces {
            for _ in 0..<16 {
                let piece = Int(order[chance.next(below: order.count)])
                if fits(piece) { return piece }
            }
        }
        // What no peer but a seed has lies first, and is of use from seeds only.
        let start = pieces == nil || isOfSeed ? 0 : ends[0]
        guard start < order.count else { return nil }
        for index in start..<min(order.count, start + Self.probes) {
            let piece = Int(order[index])
            if fits(piece) { return piece }
        }
        guard let pieces, order.count - start > Self.probes else {
            return order.count - start > Self.probes ? order.lazy.map(Int.init).first(where: fits) : nil
        }
        return pickFromBits(pieces, chance: &chance, allowed: allowed)
    }

    /// The open piece with the lowest index. - Cost: 64 pieces a step.
    func first(from pieces: PieceSet?, allowed: (Int) -> Bool = { _ in true }) -> Int? {
        for index in open.words.indices {
            var word = open.words[index] & (pieces?.words[index] ?? .max)
            while word != 0 {
                let bit = word.leadingZeroBitCount
                word &= ~(0x8000_0000_0000_0000 >> UInt64(bit))
                if allowed(index * 64 + bit) { return index * 64 + bit }
            }
        }
        return nil
    }

    /// Goes by the peer's bits, from a random one on, and takes the rarest of the first few.
    private func pickFromBits(_ pieces: PieceSet, chance: inout Chance, allowed: (Int) -> Bool) -> Int? {
        let start = chance.next(below: pieces.words.count)
        var best: Int?
        var seen = 0
        for step in 0..<pieces.words.count where seen < Self.candidates {
            let index = start + step < pieces.words.count ? start + step : start + step - pieces.words.count
            var word = pieces.words[index] & open.words[index]
            while word != 0 {
                let bit = word.leadingZeroBitCount
                word &= ~(0x8000_0000_0000_0000 >> UInt64(bit))
                let piece = index * 64 + bit
                guard allowed(piece) else { continue }
                seen += 1
                if best.map({ availability[piece] < availability[$0] }) ?? true { best = piece }
            }
        }
        return best
    }

    // MARK: Events

    /// A piece was begun, or is not wanted any more.
    mutating func close(_ piece: Int) {
        guard open.remove(piece) else { return }
        var hole = Int(place[piece])
        // The hole is carried to the end of each bucket, and so to the end of the array.
        for bucket in Int(availability[piece])..<ends.count {
            let last = ends[bucket] - 1
            move(from: last, to: hole)
            hole = last
            ends[bucket] = last
        }
        order.removeLast()
        place[piece] = Self.nowhere
    }

    /// A piece that was begun is wholly wanted again.
    mutating func reopen(_ piece: Int, chance: inout Chance) {
        guard open.insert(piece) else { return }
        let bucket = Int(availability[piece])
        order.append(UInt32(piece))
        var hole = order.count - 1
        // Buckets above give their first place and take the one past their last.
        for above in stride(from: ends.count - 1, to: bucket, by: -1) {
            ends[above] += 1
            let first = ends[above - 1]
            move(from: first, to: hole)
            hole = first
        }
        ends[bucket] += 1
        put(UInt32(piece), at: hole)
        shuffleIn(hole, bucket: bucket, chance: &chance)
    }

    mutating func peerGained(_ piece: Int, chance: inout Chance) {
        let bucket = Int(availability[piece])
        guard bucket < Int(UInt16.max) else { return }
        availability[piece] += 1
        if ends.count == bucket + 1 { ends.append(order.count) }
        guard open.contains(piece) else { return }
        let last = ends[bucket] - 1
        swap(Int(place[piece]), last)
        ends[bucket] = last
        shuffleIn(last, bucket: bucket + 1, chance: &chance)
    }

    mutating func peerLost(_ piece: Int, chance: inout Chance) {
        let bucket = Int(availability[piece])
        guard bucket > 0 else { return }
        availability[piece] -= 1
        guard open.contains(piece) else { return }
        let first = ends[bucket - 1]
        swap(Int(place[piece]), first)
        ends[bucket - 1] = first + 1
        shuffleIn(first, bucket: bucket - 1, chance: &chance)
    }

    mutating func peerJoined(_ pieces: PieceSet, chance: inout Chance) {
        var chosen = chance
        pieces.forEach { peerGained($0, chance: &chosen) }
        chance = chosen
    }

    mutating func peerLeft(_ pieces: PieceSet, chance: inout Chance) {
        var chosen = chance
        pieces.forEach { peerLost($0, chance: &chosen) }
        chance = chosen
    }

    // MARK: Helpers

    private mutating func put(_ piece: UInt32, at index: Int) {
        order[index] = piece
        place[Int(piece)] = UInt32(truncatingIfNeeded: index)
    }

    private mutating func move(from source: Int, to target: Int) {
        if source != target { put(order[source], at: target) }
    }

    private mutating func swap(_ a: Int, _ b: Int) {
        guard a != b else { return }
        let piece = order[a]
        put(order[b], at: a)
        put(piece, at: b)
    }

    /// Gives a piece new in its bucket a random place there.
    private mutating func shuffleIn(_ index: Int, bucket: Int, chance: inout Chance) {
        let start = bucket == 0 ? 0 : ends[bucket - 1]
        let end = ends[bucket]
        if end - start > 1 { swap(index, start + chance.next(below: end - start)) }
    }
}
