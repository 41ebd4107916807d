// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardMetainfo
import SwardPrimitives
import SwardSwarm

extension PieceWishes {
    /// A piece of several files is wanted as much as the most wanted of them.
    init(_ layout: PieceLayout, _ priorities: [FilePriority]) {
        var ranks = [UInt8](repeating: 0, count: layout.pieceCount)
        for (file, priority) in priorities.prefix(layout.fileCount).enumerated() {
            let rank = UInt8(priority.rawValue)
            for piece in layout.pieces(ofFile: file) where ranks[piece] < rank { ranks[piece] = rank }
        }
        func set(_ isIn: (FilePriority) -> Bool) -> PieceSet {
            var set = PieceSet(pieceCount: layout.pieceCount)
            for (piece, rank) in ranks.enumerated() {
                if let priority = FilePriority(rawValue: Int(rank)), isIn(priority) { set.insert(piece) }
            }
            return set
        }
        let wanted = set { $0 != .skip }
        let high = set { $0 == .high }
        let low = set { $0 == .low }
        self.init(
            wanted: wanted.isFull ? nil : wanted, high: high.isEmpty ? nil : high,
            low: low.isEmpty ? nil : low)
    }
}
