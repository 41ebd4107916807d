// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc

/// A file that is written part by part beside the one it is to replace, and compared with it on the way.
///
/// Nothing of it is held in memory. Until ``commit()`` the old file is as it was, and a value that goes without one leaves
/// nothing behind; a killed run's leavings are found by ``SmallFile/removeLeftovers(in:)``.
final class PendingFile {
    let path: String
    /// In bytes, so far.
    private(set) var length: Int64 = 0
    private let temporary: String
    /// -1 in a dry run, and once closed.
    private var descriptor: Int32 = -1
    /// The file that is there now; -1 where there is none, or it is known to differ.
    private var old: Int32
    private var failure: PackagingError?
    private var buffer: [UInt8] = []
    private static let part = 256 << 10

    /// - Parameter isDryRun: Only compares.
    init(_ path: String, isDryRun: Bool = false) throws(PackagingError) {
        self.path = path
        let (folder, name) = SmallFile.split(path)
        temporary = "\(folder)/\(WorkTree.temporaryPrefix)\(name).\(getpid())"
        old = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW)
        guard !isDryRun else { return }
        descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o666)
        if descriptor < 0 {
            let reason = errno
            closeOld()
            throw PackagingError(.system("open", reason), path: path)
        }
    }

    deinit {
        closeOld()
        if descriptor >= 0 {
            close(descriptor)
            unlink(temporary)
        }
    }

    /// Adds bytes; what goes wrong is thrown by ``commit()``.
    func append(_ bytes: some Collection<UInt8>) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let part = rest.prefix(Self.part - buffer.count)
            buffer.append(contentsOf: part)
            rest = rest.dropFirst(part.count)
            if buffer.count == Self.part { flush() }
        }
    }

    private func flush() {
        guard !buffer.isEmpty, failure == nil else { return }
        buffer.withUnsafeBytes { bytes in
            if old >= 0, !isSame(bytes) { closeOld() }
            guard descriptor >= 0 else { return }
            var done = 0
            while done < bytes.count {
                let count = write(descriptor, bytes.baseAddress! + done, bytes.count - done)
                if count < 0 && errno == EINTR { continue }
                guard count > 0 else {
                    failure = PackagingError(.system("write", errno), path: path)
                    return
                }
                done += count
            }
        }
        length += Int64(buffer.count)
        buffer.removeAll(keepingCapacity: true)
    }

    /// Whether the old file has these bytes at the same place.
    private func isSame(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let there = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 64)
        defer { there.deallocate() }
        var done = 0
        while done < bytes.count {
            let count = pread(
                old, there.baseAddress! + done, bytes.count - done, off_t(length) + off_t(done))
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return false }
            done += count
        }
        return memcmp(there.baseAddress!, bytes.baseAddress!, bytes.count) == 0
    }

    private func closeOld() {
        if old >= 0 { close(old) }
        old = -1
    }

    /// Writes what is still held; ``length`` is then that of the whole.
    func finish() throws(PackagingError) {
        flush()
        if let failure { throw failure }
    }

    /// Whether ``commit()`` changes anything; called after ``finish()``.
    func isChange() throws(PackagingError) -> Bool {
        try finish()
        var status = stat()
        return !(old >= 0 && fstat(old, &status) == 0 && Int64(status.st_size) == length)
    }

    /// Puts the file in place; the last call.
    ///
    /// - Returns: Whether anything changed, or in a dry run would: a file with these very bytes is left alone.
    func commit() throws(PackagingError) -> Bool {
        guard try isChange() else { return false }
        guard descriptor >= 0 else { return true }
        // Without this a crash of the machine could leave the new name with no bytes.
        guard fsync(descriptor) == 0 else { throw PackagingError(.system("fsync", errno), path: path) }
        guard rename(temporary, path) == 0 else { throw PackagingError(.system("rename", errno), path: path) }
        close(descriptor)
        descriptor = -1
        return true
    }
}
