// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
import Synchronization

extension Payload {
    /// In bytes; with less a disk is as good as full.
    private static let leastRoom: UInt64 = 4 << 20

    /// Whether the disk of the folder has room for some blocks, or for the whole file that was to have its room at once.
    package var hasRoom: Bool {
        var status = statvfs()
        guard statvfs(folder.resolvedPath, &status) == 0 else { return true }
        let room = UInt64(status.f_bavail) &* UInt64(status.f_frsize)
        return room >= max(Self.leastRoom, UInt64(wantedRoom.load(ordering: .relaxed)))
    }
}
