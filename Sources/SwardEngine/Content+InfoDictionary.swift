// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardBencode
import SwardMetainfo
import SwardPrimitives
import SwardSwarm

extension Content {
    /// What the swarm needs of `info`.
    ///
    /// - Parameter layers: The piece layers known so far, by `pieces root`.
    init(_ info: InfoDictionary, layers: [Digest256: ArraySlice<UInt8>]) {
        var files: [File] = []
        if info.kind != .v1 {
            for (index, entry) in info.files.enumerated() {
                guard let root = entry.piecesRoot else { continue }
                let pieces = info.layout.pieces(ofFile: index)
                files.append(
                    File(
                        index: index, length: entry.length, piecesRoot: root, firstPiece: pieces.lowerBound,
                        pieceCount: pieces.count))
            }
        }
        self.init(
            infoHashes: info.infoHashes, infoBytes: info.bytes[...], pieceLength: info.pieceLength,
            pieceCount: info.layout.pieceCount, files: files,
            v1Pieces: info.kind == .v2 ? [] : info.extra("pieces")?.string ?? [],
            v1Length: info.kind == .v2 ? 0 : info.layout.paddedLength, layers: layers)
    }
}
