// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardPrimitives

/// Says to whom we upload. Source: BEP 3, "choking".
///
/// Fetching, the best senders get a slot (tit for tat); seeding, slots go round so that each peer gets whole pieces,
/// and free ones to whoever asks. One slot beside is given by chance and kept for 30 s. A slot that is free is given
/// at once and not at the next tick, so that a single peer starts in milliseconds.
///
/// Courtesy: among candidates that are otherwise equal (rates within a fifth of each other; waiting since the same ten
/// seconds) who stands higher goes first. While anybody stands above zero a quarter of the slots, with the one given by
/// chance, goes round among all the others as if nothing were counted, so that a stranger is never starved.
struct Choker: Sendable {
    struct Candidate: Sendable {
        var slot: Int
        var isUnchoked: Bool
        /// Bytes per second from it (fetching) or to it (seeding).
        var rate: Double
        /// It keeps our requests waiting: no tit for its missing tat.
        var isSnubbing: Bool
        /// In bytes, since it was unchoked.
        var sentSinceUnchoke: Int64
        /// Milliseconds of the torrent's clock.
        var unchokedAt: Int
        /// When it was last choked, or came.
        var waitingSince: Int
        var connectedAt: Int
        /// What it has given more than taken, in bytes; 0 for strangers, and for all where nothing is counted.
        var standing: Int64 = 0

        var turn: Turn { Turn(waitingSince: waitingSince, standing: standing) }
    }

    /// Where someone who waits stands in the row: who has waited longest goes first, by ticks; of one tick, who stands
    /// highest.
    struct Turn: Comparable {
        var waitingSince: Int
        var standing: Int64

        static func < (a: Turn, b: Turn) -> Bool {
            (a.waitingSince / interval, b.standing, a.waitingSince)
                < (b.waitingSince / interval, a.standing, b.waitingSince)
        }
    }

    static let interval = 10_000
    private static let optimisticInterval = 30_000
    private static let newcomerAge = 60_000
    /// A seed's turn: so long, or so much, whichever is later.
    private static let turn = 15_000
    private static let quota: Int64 = 4 << 20

    let slots: Int
    /// The connection slot unchoked by chance.
    private(set) var optimistic: Int?
    private var optimisticSince = Int.min

    init(slots: Int) { self.slots = max(1, slots) }

    /// Chooses anew; `candidates` are the interested peers, in any order.
    ///
    /// - Returns: the connection slots to be unchoked; all others are choked.
    mutating func choose(
        among candidates: [Candidate], isSeeding: Bool, at time: Int, chance: inout Chance
    ) -> [Int] {
        let ranked = candidates.sorted { a, b in
            isSeeding ? Self.seedingOrder(a, b, time) : Self.fetchingOrder(a, b)
        }
        let isCourteous = ranked.contains { $0.standing > 0 }
        let first = isCourteous ? slots - slots / 4 : slots
        var chosen = ranked.prefix(first).map(\.slot)
        var rest = Array(ranked.dropFirst(first))
        if isCourteous {
            for index in rest.indices { rest[index].standing = 0 }
            rest.sort { a, b in
                a.isSnubbing != b.isSnubbing ? b.isSnubbing : Self.seedingOrder(a, b, time)
            }
            chosen += rest.prefix(slots - first).map(\.slot)
            rest.removeFirst(min(rest.count, slots - first))
        }
        chosen += chooseOptimistic(among: rest, at: time, chance: &chance)
        return chosen
    }

    /// Whether one more may be unchoked right away.
    func hasRoom(unchoked: Int) -> Bool { unchoked < slots }

    mutating func peerLeft(_ slot: Int) {
        if optimistic == slot { optimistic = nil }
    }

    private static func fetchingOrder(_ a: Candidate, _ b: Candidate) -> Bool {
        if a.isSnubbing != b.isSnubbing { return b.isSnubbing }
        let (classA, classB) = (rateClass(a.rate), rateClass(b.rate))
        if classA != classB { return classA > classB }
        if a.standing != b.standing { return a.standing > b.standing }
        if a.rate != b.rate { return a.rate > b.rate }
        if a.isUnchoked != b.isUnchoked { return a.isUnchoked }
        return (a.waitingSince, a.slot) < (b.waitingSince, b.slot)
    }

    /// Those whose turn is not over, the fastest first; then those who wait, the longest first; then the others.
    private static func seedingOrder(_ a: Candidate, _ b: Candidate, _ time: Int) -> Bool {
        func rank(_ candidate: Candidate) -> Int {
            guard candidate.isUnchoked else { return 1 }
            let isOver = time - candidate.unchokedAt >= turn && candidate.sentSinceUnchoke >= quota
            return isOver ? 2 : 0
        }
        let (rankA, rankB) = (rank(a), rank(b))
        if rankA != rankB { return rankA < rankB }
        if rankA == 1, a.turn != b.turn { return a.turn < b.turn }
        if rankA == 1 { return a.slot < b.slot }
        let (classA, classB) = (rateClass(a.rate), rateClass(b.rate))
        if classA != classB { return classA > classB }
        if a.standing != b.standing { return a.standing > b.standing }
        if a.rate != b.rate { return a.rate > b.rate }
        return a.slot < b.slot
    }

    /// Four classes to each doubling, as rates are not measured closer than that; 0 below one byte a second.
    private static func rateClass(_ rate: Double) -> Int {
        guard rate >= 1 else { return 0 }
        // The fraction of 1 to 2 is cut at the fourth roots of two.
        let steps = [1.189207115002721, 1.4142135623730951, 1.681792830507429].count {
            rate.significand >= $0
        }
        return 1 + 4 * Int(rate.exponent) + steps
    }

    private mutating func chooseOptimistic(
        among rest: some Collection<Candidate>, at time: Int, chance: inout Chance
    ) -> [Int] {
        if let optimistic, time - optimisticSince < Self.optimisticInterval,
            rest.contains(where: { $0.slot == optimistic })
        {
            return [optimistic]
        }
        // "New connections are three times as likely."
        var lots: [Int] = []
        for candidate in rest where candidate.slot != optimistic {
            let isNew = time - candidate.connectedAt < Self.newcomerAge
            lots += Array(repeating: candidate.slot, count: isNew ? 3 : 1)
        }
        guard !lots.isEmpty else {
            if !rest.contains(where: { $0.slot == optimistic }) { optimistic = nil }
            return optimistic.map { [$0] } ?? []
        }
        optimistic = lots[chance.next(below: lots.count)]
        optimisticSince = time
        return optimistic.map { [$0] } ?? []
    }
}
