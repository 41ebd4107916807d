// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
import SwardFetch
import SwardMetainfo
import SwardPackaging
import SwardPrimitives

/// A torrent as people name one: by a path, or by its address on the web.
enum NamedTorrent {
    static func isMagnet(_ name: String) -> Bool { name.lowercased().hasPrefix("magnet:") }

    /// The link that `name` is, or that has the info-hash which it is and no file is called.
    static func magnet(_ name: String) -> String? {
        if isMagnet(name) { return name }
        guard name.utf8.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }),
            access(name, F_OK) != 0
        else { return nil }
        return switch name.utf8.count {
        case 40: "magnet:?xt=urn:btih:\(name)"
        case 64: "magnet:?xt=urn:btmh:1220\(name)"
        default: nil
        }
    }

    static func isAddress(_ name: String) -> Bool {
        ["http://", "https://"].contains { name.lowercased().hasPrefix($0) }
    }

    static func read(_ name: String, by proxy: SOCKSProxy?) async throws -> Metainfo {
        guard isAddress(name) else { return try TorrentFile.read(path(name)) }
        var request = FetchRequest(url: name)
        request.byteLimit = Int64(TorrentFile.maximumBytes)
        request.timeout = nil
        let response = try await FetchClient(proxy: proxy).get(request)
        return try InFile.reading(name) { try Metainfo.parse(response.body) }
    }

    /// That of a torrent which is a file here, and nothing else.
    static func path(_ name: String) throws -> String {
        if isMagnet(name) {
            throw Misfortune(
                "a magnet link names a work and does not hold what it says; `sward fetch --metadata-only` asks peers for that"
            )
        }
        if isAddress(name) {
            throw Misfortune(
                "\(Words.shown(name)): an address, where a torrent file is wanted; `sward fetch` takes both")
        }
        if SmallFile.names(inFolder: name) != nil {
            let file = (name.hasSuffix("/") ? String(name.dropLast()) : name) + ".torrent"
            let hint = access(file, F_OK) == 0 ? "; there is \(Words.shown(file))" : ""
            throw Misfortune("\(Words.shown(name)): a folder, where a torrent file is wanted\(hint)")
        }
        return name
    }
}
