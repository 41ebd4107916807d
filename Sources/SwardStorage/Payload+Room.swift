// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc

extension Payload {
    /// In bytes; with less a disk is as good as full.
    private static let leastRoom: UInt64 = 4 << 20

    /// Whether the disk of the folder has room for some blocks.
    package var hasRoom: Bool {
        var status = statvfs()
        guard statvfs(folder.resolvedPath, &status) == 0 else { return true }
        return UInt64(status.f_bavail) &* UInt64(status.f_frsize) >= Self.leastRoom
    }
}
