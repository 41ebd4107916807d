// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A payload file open for reading by one worker.
final class SourceFile {
    /// What tells whether a file is the one it was: a writer moves at least one of them.
    struct Stamp: Hashable, Sendable {
        let device: UInt64
        let inode: UInt64
        let length: Int64
        let seconds: Int
        let nanoseconds: Int
    }

    let number: Int
    private let descriptor: Int32
    let stamp: Stamp

    /// - Parameter open: gives a descriptor to keep, or a negated `errno`.
    init(
        _ number: Int, of file: HashedFile, open: (Int) -> Int32
    ) throws(FileProblem) {
        func problem(_ reason: FileProblem.Reason) -> FileProblem {
            FileProblem(file: number, path: file.path, reason: reason, expectedLength: file.length)
        }
        let opened = open(number)
        switch opened {
        case 0...: break
        case -ENOENT, -ENOTDIR: throw problem(.missing)
        // What O_NOFOLLOW says to a symbolic link, and O_NONBLOCK to a socket or a device without a driver.
        case -ELOOP, -ENXIO: throw problem(.notARegularFile)
        default: throw problem(.unreadable(-opened))
        }
        guard let (mode, found) = Self.status(of: opened) else {
            let error = errno
            _ = close(opened)
            throw problem(.unreadable(error))
        }
        guard mode & S_IFMT == S_IFREG else {
            _ = close(opened)
            throw problem(.notARegularFile)
        }
        self.number = number
        descriptor = opened
        stamp = found
    }

    deinit { _ = close(descriptor) }

    /// Opens by path; never waits for a FIFO's writer, never follows a link in the last place.
    static func open(path: String) -> Int32 {
        while true {
            #if canImport(Glibc)
                let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
            #elseif canImport(Musl)
                let descriptor = Musl.open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
            #elseif canImport(Darwin)
                let descriptor = Darwin.open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
            #endif
            if descriptor >= 0 { return descriptor }
            if errno != EINTR { return -errno }
        }
    }

    /// Whether the file still is as it was when it was opened.
    func isUnchanged() -> Bool {
        guard let (_, now) = Self.status(of: descriptor) else { return false }
        return now == stamp
    }

    /// Reads until `buffer` is full or the file ends.
    ///
    /// - Returns: the bytes read, or a negated `errno`.
    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) -> Int {
        guard let base = buffer.baseAddress else { return 0 }
        var done = 0
        while done < buffer.count {
            let count = pread(descriptor, base + done, buffer.count - done, off_t(offset) + off_t(done))
            if count > 0 {
                done += count
            } else if count == 0 {
                break
            } else if errno != EINTR {
                return -Int(errno)
            }
        }
        return done
    }

    private static func status(of descriptor: Int32) -> (mode: mode_t, stamp: Stamp)? {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        #if canImport(Darwin)
            let time = status.st_mtimespec
        #else
            let time = status.st_mtim
        #endif
        let stamp = Stamp(
            device: UInt64(truncatingIfNeeded: status.st_dev),
            inode: UInt64(truncatingIfNeeded: status.st_ino),
            length: Int64(status.st_size), seconds: Int(time.tv_sec), nanoseconds: Int(time.tv_nsec))
        return (status.st_mode, stamp)
    }
}
