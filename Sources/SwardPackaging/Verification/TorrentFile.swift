// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

public import SwardMetainfo

/// A `.torrent` on disk.
public enum TorrentFile {
    /// In bytes; the limit of the format.
    public static let maximumBytes = 256 << 20

    public static func read(_ path: String) throws(PackagingError) -> Metainfo {
        guard let bytes = try SmallFile.read(path, limit: maximumBytes) else {
            throw PackagingError(.notFound, path: path)
        }
        do throws(MetainfoError) { return try Metainfo.parse(bytes) } catch {
            throw PackagingError(.metainfo(error), path: path)
        }
    }
}
