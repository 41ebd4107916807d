// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import SwardHash
import SwardMetainfo
import SwardPrimitives
package import TorrentSupport

/// A work that many simulated peers move, its blocks cut and hashed once.
package final class SharedWork: Sendable {
    package let made: MadeTorrent
    let blocks: [BlockRequest: ByteBuffer]
    let leaves: [BlockRequest: Digest256]
    let sha1: [Digest160]

    package init(_ made: MadeTorrent) {
        self.made = made
        var blocks: [BlockRequest: ByteBuffer] = [:]
        var leaves: [BlockRequest: Digest256] = [:]
        for block in made.blocks {
            let bytes = made.bytes(of: block)
            blocks[block] = ByteBuffer(bytes: bytes)
            if made.info.kind != .v1 { leaves[block] = SHA256.hash(bytes) }
        }
        self.blocks = blocks
        self.leaves = leaves
        let layout = made.info.layout
        sha1 =
            made.info.kind == .v2
            ? []
            : layout.pieces.map { index in
                let piece = PieceIndex(index)
                var bytes = layout.blocks(of: piece).flatMap {
                    Array((blocks[$0] ?? ByteBuffer()).readableBytesView)
                }
                bytes += [UInt8](repeating: 0, count: max(0, layout.paddedLength(of: piece) - bytes.count))
                return SHA1.hash(bytes)
            }
    }
}
