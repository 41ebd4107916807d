// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Which pieces are wanted, and which sooner than others.
package struct PieceWishes: Hashable, Sendable {
    /// `nil` for all of them.
    package var wanted: PieceSet?
    package var high: PieceSet?
    package var low: PieceSet?

    package init(wanted: PieceSet? = nil, high: PieceSet? = nil, low: PieceSet? = nil) {
        self.wanted = wanted
        self.high = high
        self.low = low
    }

    /// Wishes for nothing, of a torrent that is only read.
    package static func none(ofPieces count: Int) -> PieceWishes {
        PieceWishes(wanted: PieceSet(pieceCount: count))
    }

    func wants(_ piece: Int) -> Bool { wanted?.contains(piece) ?? true }

    /// The sets to choose from, the most urgent first, before any piece may be taken.
    func tiers(pieceCount: Int) -> [PieceSet] {
        var tiers: [PieceSet] = []
        if let high, !high.isEmpty { tiers.append(high) }
        if let low, !low.isEmpty { tiers.append(PieceSet(allOf: pieceCount).subtracting(low)) }
        return tiers
    }
}

extension Torrent {
    /// Changes what is wanted; pieces already begun are finished.
    package mutating func setWishes(
        _ wishes: PieceWishes, at now: Instant, into actions: inout ActionQueue
    ) {
        advance(to: now)
        guard let content, let have, !isStopped else {
            self.wishes = wishes
            return
        }
        let wasDone = isDone
        let old = self.wishes
        self.wishes = wishes
        wishTiers = wishes.tiers(pieceCount: content.pieceCount)
        missing = PieceSet(allOf: content.pieceCount).missing(from: have, of: wishes.wanted)
        if download == nil, missing > 0 {
            makeDownload()
            for slot in connections.indices where connections[slot].isOpen {
                if let pieces = connections[slot].pieces {
                    download?.picker.peerJoined(pieces, chance: &chance)
                }
            }
        } else if old.wanted != wishes.wanted {
            for piece in 0..<content.pieceCount where !have.contains(piece) {
                guard let partial = download?.slot(of: piece), partial < 0 else { continue }
                if wishes.wants(piece), isProvable(piece) {
                    download?.picker.reopen(piece, chance: &chance)
                } else {
                    download?.picker.close(piece)
                }
            }
        }
        for slot in connections.indices where connections[slot].isOpen {
            connections[slot].wantedCount = wantedCount(of: slot)
        }
        updateEverything(&actions)
        if isDone, !wasDone { finish(&actions) }
        if wasDone, !isDone { dial(&actions) }
    }

    /// Pieces that someone waits for, before all others; in milliseconds from now, the soonest first whatever their order
    /// here. Those of an earlier call that are not named again are forgotten.
    package mutating func setDeadlines(
        _ deadlines: [(piece: Int, milliseconds: Int)], at now: Instant, into actions: inout ActionQueue
    ) {
        advance(to: now)
        let count = content?.pieceCount ?? 0
        urgent = deadlines.filter { 0..<count ~= $0.piece && have?.contains($0.piece) == false }
            .sorted { ($0.milliseconds, $0.piece) < ($1.milliseconds, $1.piece) }
            .prefix(Self.maximumUrgent).map(\.piece)
        fillAll(&actions)
    }

    private static var maximumUrgent: Int { 1024 }

    /// All that is wanted is here, which need not be all there is.
    package var isDone: Bool { content != nil && missing == 0 }

    /// How many pieces of a peer we still want.
    func wantedCount(of slot: Int) -> Int {
        guard let have else { return 0 }
        if connections[slot].hasAll { return missing }
        return connections[slot].pieces?.missing(from: have, of: wishes.wanted) ?? 0
    }

    func isProvable(_ piece: Int) -> Bool {
        guard let content else { return false }
        return content.isV1 || content.hasHash(ofPiecesIn: content.files[content.fileIndex(of: piece)])
    }
}
