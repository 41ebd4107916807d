// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc

/// A file read whole.
package enum WholeFile {
    /// - Parameter limit: In bytes; a longer file is refused before anything is allocated.
    package static func read(_ path: String, limit: Int) throws(StorageError) -> [UInt8] {
        let number = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard number >= 0 else { throw StorageError(.system(.open, code: errno), at: path) }
        let file = Descriptor(owning: number)
        var status = stat()
        guard fstat(number, &status) == 0 else {
            throw StorageError(.system(.readStatus, code: errno), at: path)
        }
        guard status.st_mode & S_IFMT == S_IFREG else { throw StorageError(.notARegularFile, at: path) }
        guard status.st_size <= limit else {
            throw StorageError(.tooLong(found: Int64(status.st_size), expected: Int64(limit)), at: path)
        }
        let length = Int(status.st_size)
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: length) { room, filled in
            while filled < length {
                let count = pread(file.number, room.baseAddress! + filled, length - filled, off_t(filled))
                if count > 0 {
                    filled += count
                } else if count == 0 {
                    break
                } else if errno != EINTR {
                    failure = errno
                    break
                }
            }
        }
        guard failure == 0 else { throw StorageError(.system(.read, code: failure), at: path) }
        return bytes
    }
}
