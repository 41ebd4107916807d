// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardPrimitives

/// What failed pieces were made of, block by block, and who sent it: when a piece has come right, whoever sent something else
/// is named. For pieces whose blocks have no hashes of their own, as in v1.
///
/// - Memory: 36 bytes for each block of each attempt that is kept, 16 384 blocks at most; nothing while no piece has failed.
struct FailedPieces: Sendable {
    fileprivate struct Attempt: Sendable {
        var digests: [Digest256]
        /// Numbers in the book.
        var sources: [UInt32]
    }

    /// Whom the right piece tells of.
    struct Outcome: Equatable {
        /// In the order of their blocks.
        var liars: [UInt32] = []
        /// They sent what was right, and are of no other failed piece.
        var cleared: [UInt32] = []
    }

    private static let maximumBlocks = 16_384, maximumAttempts = 4

    private var attempts: [Int: [Attempt]] = [:]

    var isEmpty: Bool { attempts.isEmpty }
    func contains(_ piece: Int) -> Bool { attempts[piece] != nil }

    /// Whether one more attempt of so many blocks is kept.
    func hasRoom(for piece: Int, blockCount: Int) -> Bool {
        let kept = attempts.values.joined().reduce(0) { $0 + $1.sources.count }
        return kept + blockCount <= Self.maximumBlocks && (attempts[piece]?.count ?? 0) < Self.maximumAttempts
    }

    /// - Parameters: both by block.
    mutating func note(_ piece: Int, digests: [Digest256], sources: [UInt32]) {
        guard digests.count == sources.count, hasRoom(for: piece, blockCount: sources.count) else { return }
        attempts[piece, default: []].append(Attempt(digests: digests, sources: sources))
    }

    /// The piece is right; what was kept of it goes.
    mutating func settle(_ piece: Int, right: [Digest256]?) -> Outcome {
        guard let all = attempts.removeValue(forKey: piece), let right else { return Outcome() }
        var outcome = Outcome()
        var known: Set<UInt32> = [PartialPieces.unknownSource]
        for attempt in all where attempt.digests.count == right.count {
            for (block, source) in attempt.sources.enumerated()
            where attempt.digests[block] != right[block] && known.insert(source).inserted {
                outcome.liars.append(source)
            }
        }
        known.formUnion(attempts.values.joined().flatMap(\.sources))
        for source in all.flatMap(\.sources) where known.insert(source).inserted {
            outcome.cleared.append(source)
        }
        return outcome
    }

    /// Peers' numbers are given to others.
    mutating func forget(source: UInt32) {
        for piece in attempts.keys {
            for index in attempts[piece, default: []].indices {
                attempts[piece]?[index].forget(source)
            }
        }
    }
}

extension FailedPieces.Attempt {
    mutating func forget(_ source: UInt32) {
        for block in sources.indices where sources[block] == source {
            sources[block] = PartialPieces.unknownSource
        }
    }
}
