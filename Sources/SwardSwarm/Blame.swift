// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardMerkle
internal import SwardPrimitives

/// A piece that failed and whose blocks have hashes, and the search for the peer that spoiled it, by the hashes of its blocks.
struct Blame: Sendable {
    let piece: Int
    var ranges: [HashRange]
    /// By block; what has come so far.
    var leaves: [Digest256?]
    /// The connection asked; -1 for none.
    var slot = -1
    var askedAt = 0
    /// Numbers in the book of the peers that were asked in vain.
    var refused: [Int] = []
}
