// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardPrimitives

/// Says to whom we upload. Source: BEP 3, "choking".
///
/// Fetching, the best senders get a slot (tit for tat); seeding, slots go round so that each peer gets whole pieces,
/// and free ones to whoever asks. One slot beside is given by chance and kept for 30 s. A slot that is free is given
/// at once and not at the next tick, so that a single peer starts in milliseconds.
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
    }

    static let interval = 10_000
    private static let optimisticInterval = 30_000
    private static let newcomerAge = 60_000
    /// A seed's turn: so long, or so much, whichever is later.
    private static let turn = 15_000
    private static let quota: Int64 = 4 << 20

    private let slots: Int
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
        var chosen = ranked.prefix(slots).map(\.slot)
        let rest = ranked.dropFirst(slots)
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
        if rankA == 1 { return (a.waitingSince, a.slot) < (b.waitingSince, b.slot) }
        if a.rate != b.rate { return a.rate > b.rate }
        return a.slot < b.slot
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
