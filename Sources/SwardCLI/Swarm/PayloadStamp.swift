// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
import SwardMetainfo
import SwardPackaging

/// What tells whether files of a payload have come or changed: their sizes and when the kernel saw them written.
struct PayloadStamp: Hashable {
    private let value: Int

    /// - Parameter data: The folder that holds the work.
    init(_ info: InfoDictionary, in data: String) {
        let root = data + "/" + (info.isSingleFile ? "" : info.name + "/")
        var hasher = Hasher()
        for index in info.files.indices {
            var status = stat()
            let path = root + info.files.path(of: index).joined(separator: "/")
            guard lstat(path, &status) == 0 else { continue }
            hasher.combine(index)
            hasher.combine(status.st_size)
            hasher.combine(status.st_ctim.tv_sec)
            hasher.combine(status.st_ctim.tv_nsec)
        }
        value = hasher.finalize()
    }

    /// - Parameter torrent: Its path; read anew, so that nothing of it need be held.
    init?(torrent: String, in data: String) {
        guard let info = try? TorrentFile.read(NamedTorrent.path(torrent)).info else { return nil }
        self.init(info, in: data)
    }
}
