// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardHash
import SwardMetainfo
import SwardPrimitives

/// SHA-1 of pieces while their blocks are written, several side by side, so that they need not be read back.
///
/// A piece is followed from its first block on, as long as the next one is always the next to come; one that is not is
/// left to ``Payload/sha1(of:)``. Nor is one begun alone: the SHA-1 of a piece is one stream, and pays by the side of others.
///
/// - Memory: some hundred bytes a piece, of at most ``laneCount`` pieces.
struct RunningDigests: Sendable {
    static let laneCount = 32
    /// Pieces that come at the same time, from which on it pays to follow them.
    static let worthwhile = 8

    /// A block about to be written.
    struct Block {
        let request: BlockRequest
        let bytes: UnsafeRawBufferPointer
        /// All of it lies in files, none of it in padding.
        let isWhole: Bool
    }

    private struct Lane {
        var piece: PieceIndex
        /// How much of the piece has been hashed, in bytes.
        var end = 0
        var usedAt = 0
    }

    private var hasher = SHA1Lanes(count: laneCount)
    private var lanes: [Lane?] = Array(repeating: nil, count: laneCount)
    private var places: [PieceIndex: Int] = [:]
    private var clock = 0

    /// Takes the blocks that are next in their pieces.
    ///
    /// - Parameter length: of a piece in bytes; `nil` for one whose end is padding, which no peer sends.
    /// - Returns: By piece, the digest of those whose last block was among them.
    mutating func take(_ blocks: [Block], length: (PieceIndex) -> Int?) -> [PieceIndex: Digest160] {
        clock += 1
        let runs = runs(of: blocks)
        begin(runs, length: length)
        var digests: [PieceIndex: Digest160] = [:]
        var round = 0
        while true {
            var feeds: [LaneFeed] = []
            for run in runs where round < run.count {
                let block = run[round]
                let piece = block.request.piece
                guard let place = places[piece], var lane = lanes[place] else { continue }
                let isNext = block.isWhole && block.request.begin == lane.end
                lane.end += block.request.length
                let isLast = lane.end == length(piece)
                guard isNext, isLast || block.request.length.isMultiple(of: 64) else {
                    drop(piece)
                    continue
                }
                lane.usedAt = clock
                lanes[place] = lane
                feeds.append(LaneFeed(lane: place, bytes: block.bytes, isLast: isLast))
            }
            if feeds.isEmpty { break }
            hasher.update(feeds)
            for feed in feeds where feed.isLast {
                guard let piece = lanes[feed.lane]?.piece else { continue }
                digests[piece] = hasher.digest(feed.lane)
                drop(piece)
            }
            round += 1
        }
        return digests
    }

    /// What was hashed of a piece is not what lies on disk.
    mutating func drop(_ piece: PieceIndex) {
        guard let place = places.removeValue(forKey: piece) else { return }
        lanes[place] = nil
    }

    /// The blocks of each piece, in their order.
    private func runs(of blocks: [Block]) -> [[Block]] {
        var runs: [[Block]] = []
        var numbers: [PieceIndex: Int] = [:]
        for block in blocks {
            if let number = numbers[block.request.piece] {
                runs[number].append(block)
            } else {
                numbers[block.request.piece] = runs.count
                runs.append([block])
            }
        }
        for number in runs.indices { runs[number].sort { $0.request.begin < $1.request.begin } }
        return runs
    }

    /// Follows the pieces whose first block is here, if enough come side by side.
    private mutating func begin(_ runs: [[Block]], length: (PieceIndex) -> Int?) {
        var isFollowed = 0
        var fresh: [PieceIndex] = []
        for run in runs {
            guard let first = run.first else { continue }
            let piece = first.request.piece
            if first.request.begin == 0 {
                drop(piece)
                if length(piece) != nil { fresh.append(piece) }
            } else if places[piece] != nil {
                isFollowed += 1
            }
        }
        guard isFollowed + fresh.count >= Self.worthwhile else { return }
        for piece in fresh {
            guard let place = room() else { return }
            if let old = lanes[place]?.piece { drop(old) }
            hasher.start(place)
            lanes[place] = Lane(piece: piece, usedAt: clock)
            places[piece] = place
        }
    }

    /// A lane that is free, or that has been idle longest.
    private func room() -> Int? {
        if let free = lanes.firstIndex(where: { $0 == nil }) { return free }
        let oldest = lanes.indices.min { (lanes[$0]?.usedAt ?? 0) < (lanes[$1]?.usedAt ?? 0) }
        return oldest.flatMap { (lanes[$0]?.usedAt ?? 0) < clock ? $0 : nil }
    }
}
