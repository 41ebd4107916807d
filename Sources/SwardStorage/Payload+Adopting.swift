// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
import SwardMetainfo

extension Payload {
    /// Whether nothing lies where a file goes.
    package func isAbsent(_ index: Int) -> Bool { ((try? folder.length(of: path(index))) ?? nil) == nil }

    /// Copies a file from elsewhere to the place of one of ours, sharing blocks where the file system can.
    ///
    /// - Returns: Whether all of it was copied; what was copied of another is left for peers to complete.
    package func adopt(_ source: String, asFile index: Int) -> Bool {
        let length = layout.length(ofFile: index)
        let from = open(source, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard from >= 0 else { return false }
        defer { close(from) }
        guard let to = try? openForWriting(index) else { return false }
        return Self.clone(from, to.number) || Self.copy(from, to.number, length: length)
    }

    /// Lets a file share the blocks of another, where the file system can.
    static func clone(_ source: Int32, _ target: Int32) -> Bool {
        // FICLONE of linux/fs.h, which is in no module.
        ioctl(target, 0x4004_9409, source) == 0
    }

    static func copy(_ source: Int32, _ target: Int32, length: Int64) -> Bool {
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 4096)
        defer { room.deallocate() }
        var offset: Int64 = 0
        while offset < length {
            let count = pread(source, room.baseAddress, min(room.count, Int(length - offset)), off_t(offset))
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            var written = 0
            while written < count {
                let done = pwrite(
                    target, room.baseAddress! + written, count - written, off_t(offset) + off_t(written))
                if done < 0, errno == EINTR { continue }
                guard done > 0 else { return false }
                written += done
            }
            offset += Int64(count)
        }
        return true
    }
}
