// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardEngine
import SwardPrimitives
import SwardSwarm

extension Words {
    static func text(_ problem: TorrentProblem) -> String {
        switch problem {
        case .metadata(let error): text(error)
        case .storage(let error): text(error)
        case .swarm(.hybridConflict(let piece)):
            "piece \(piece.rawValue) is right by one hash and wrong by the other: the halves of this hybrid name different bytes; do not use it"
        case .swarm(.hybridRootConflict(let file)):
            "file \(file) is right by SHA-1 and wrong by SHA-256: the halves of this hybrid name different bytes; do not use it"
        case .swarm(.storage(let block)): "a block of piece \(block.piece.rawValue) could not be written"
        case .otherTorrent(let path):
            "\(shown(path)) is another torrent than it was; start again to serve that one"
        case .notAdmitted: "the terms do not admit it"
        }
    }
}
