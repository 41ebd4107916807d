// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardEngine
import SwardPrimitives
import SwardSwarm
import SwardWire

extension Words {
    static func text(_ failure: ProxyFailure) -> String {
        switch failure {
        case .unreachable: "it cannot be reached; see whether it runs there"
        case .hungUp: "it ended the connection"
        case .fault(.wrongVersion): "it does not speak SOCKS5"
        case .fault(.noCommonMethod), .fault(.unknownMethod):
            "it wants us to make ourselves known in another way; give a user and a password, or none"
        case .fault(.wrongPassword): "it does not know the user, or the password is another"
        case .fault(.refused(let code)): "it refuses to connect us (code \(code) of RFC 1928)"
        case .fault(.badAddress), .fault(.badRelay), .fault(.answeredUnasked):
            "it answers what nobody can read"
        }
    }

    /// Why no datagrams go by the proxy.
    static func text(ofDatagrams failure: ProxyFailure) -> String {
        switch failure {
        case .fault(.refused(7)): "it knows TCP alone (code 7 of RFC 1928)"
        case .fault(.refused(let code)): "it refuses to (code \(code) of RFC 1928)"
        default: text(failure)
        }
    }

    static func text(_ failure: DialFailure) -> String {
        switch failure {
        case .unreachable: "nobody answers there"
        case .hungUp: "it hangs up, as who does not have this work does"
        }
    }

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
