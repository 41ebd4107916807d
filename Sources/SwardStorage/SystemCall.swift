// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc

/// Functions of the C library that are in none of its modules. Each is looked up once, by name; where one is missing,
/// the caller goes the longer way.
enum SystemCall {
    private typealias Preadv2 = @convention(c) (Int32, UnsafePointer<iovec>?, Int32, off_t, Int32) -> Int
    private typealias Fstatfs = @convention(c) (Int32, UnsafeMutableRawPointer) -> Int32

    private typealias Renameat2 =
        @convention(c) (Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32) -> Int32

    // The casts are to the prototypes of sys/uio.h, sys/vfs.h and stdio.h.
    private static let preadv2 = dlsym(nil, "preadv2").map { unsafeBitCast($0, to: Preadv2.self) }
    private static let fstatfs = dlsym(nil, "fstatfs").map { unsafeBitCast($0, to: Fstatfs.self) }

    private static let renameat2 = dlsym(nil, "renameat2").map { unsafeBitCast($0, to: Renameat2.self) }

    /// - Returns: 0, or an `errno`: `EEXIST` where something has the new name.
    static func renameWithoutReplacing(_ folder: Int32, _ name: String, _ newName: String) -> Int32 {
        // RENAME_NOREPLACE of linux/fs.h; not every file system has it.
        if let renameat2 {
            if renameat2(folder, name, folder, newName, 1) == 0 { return 0 }
            if errno != EINVAL, errno != ENOSYS { return errno }
        }
        var status = stat()
        if fstatat(folder, newName, &status, AT_SYMLINK_NOFOLLOW) == 0 { return EEXIST }
        return renameat(folder, name, folder, newName) == 0 ? 0 : errno
    }

    /// `preadv`, but only of what the page cache holds.
    ///
    /// - Returns: How many bytes were read; negative when reading would have to wait, or cannot say.
    static func preadvWithoutWaiting(_ file: Int32, _ vectors: [iovec], at offset: off_t) -> Int {
        // RWF_NOWAIT of linux/fs.h.
        preadv2?(file, vectors, Int32(vectors.count), offset, 0x8) ?? -1
    }

    /// Whether a file lies on tmpfs, where reading waits for nothing.
    static func isInMemory(_ file: Int32) -> Bool {
        guard let fstatfs else { return false }
        // Larger than `struct statfs`, which begins with the type, a word.
        return withUnsafeTemporaryAllocation(byteCount: 512, alignment: 8) { room in
            // TMPFS_MAGIC of linux/magic.h.
            fstatfs(file, room.baseAddress!) == 0 && room.load(as: Int.self) == 0x0102_1994
        }
    }
}
