// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardMetainfo

/// A `.torrent` on disk.
package enum TorrentFile {
    /// In bytes; the limit of the format.
    package static let maximumBytes = 256 << 20

    package static func read(_ path: String) throws(PackagingError) -> Metainfo {
        guard let bytes = try SmallFile.read(path, limit: maximumBytes) else {
            throw PackagingError(.notFound, path: path)
        }
        do throws(MetainfoError) { return try Metainfo.parse(bytes) } catch {
            throw PackagingError(.metainfo(error), path: path)
        }
    }
}
