// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardBencode
import SwardMetainfo
import SwardPackaging

/// A `.torrent` file on disk.
enum TorrentFile {
    /// Reads and parses; a file over the limit of metainfo is not read at all.
    static func read(_ path: String) throws -> Metainfo {
        guard let bytes = try SmallFile.read(path, limit: BencodeLimits.metainfo.maximumBytes) else {
            throw Misfortune("\(Words.shown(path)): no such file; give a .torrent file")
        }
        return try InFile.reading(path) { try Metainfo.parse(bytes) }
    }
}
