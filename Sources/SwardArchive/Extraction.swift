// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc

extension ArchiveReader {
    /// What an extraction left in its folder.
    package struct Extraction: Hashable, Sendable {
        package var files = 0
        package var symlinks = 0
        /// Expanded, in bytes.
        package var bytes: Int64 = 0
    }

    /// Extracts every entry below the folder open as `directory`.
    ///
    /// Each element is opened relative to its parent and never through a link, so that no name and no link in the
    /// archive, nor one put there meanwhile, leads out. Links are made last. Owners, times and permissions other
    /// than the owner's executable bit are not restored.
    /// - Parameter directory: An open folder; the caller closes it. Existing files are not overwritten.
    /// - Parameter mayGoOn: Asked before each member and each block of one; where it says no, what is written by then stays.
    package func extractAll(
        into directory: Int32, while mayGoOn: () -> Bool = { true }
    ) throws(ArchiveError) -> Extraction {
        var result = Extraction()
        var links: [(entry: ArchiveEntry, target: String)] = []
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 4096)
        defer { buffer.deallocate() }
        while mayGoOn(), let entry = try next() {
            switch entry.kind {
            case .directory:
                close(try folder(entry.path[...], below: directory))
            case .symlink(let target):
                links.append((entry, target))
            case .hardLink(let target):
                try linkFile(target, to: entry.path, below: directory)
                result.files += 1
            case .file:
                result.bytes += try writeFile(
                    entry, below: directory, buffer: buffer, while: mayGoOn)
                result.files += 1
            }
        }
        for (entry, target) in links {
            let parent = try folder(entry.path.dropLast(), below: directory)
            defer { close(parent) }
            guard symlinkat(target, parent, entry.path[entry.path.count - 1]) == 0 else {
                throw ArchiveError(.cannotWrite(errno), archive: name, entry: entry.name)
            }
            result.symlinks += 1
        }
        return result
    }

    private func writeFile(
        _ entry: ArchiveEntry, below directory: Int32, buffer: UnsafeMutableRawBufferPointer,
        while mayGoOn: () -> Bool
    ) throws(ArchiveError) -> Int64 {
        let parent = try folder(entry.path.dropLast(), below: directory)
        defer { close(parent) }
        let mode: mode_t = entry.isExecutable ? 0o777 : 0o666
        let file = openat(
            parent, entry.path[entry.path.count - 1], O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
            mode)
        guard file >= 0 else { throw error(.cannotWrite(errno)) }
        defer { close(file) }
        var written: Int64 = 0
        while mayGoOn() {
            let count = try read(into: buffer)
            if count == 0 { break }
            var done = 0
            while done < count {
                let step = write(file, buffer.baseAddress! + done, count - done)
                if step < 0 && errno == EINTR { continue }
                guard step > 0 else { throw error(.cannotWrite(errno)) }
                done += step
            }
            written += Int64(count)
        }
        return written
    }

    private func linkFile(_ target: [String], to path: [String], below directory: Int32) throws(ArchiveError)
    {
        let from = try folder(target.dropLast(), below: directory)
        defer { close(from) }
        let into = try folder(path.dropLast(), below: directory)
        defer { close(into) }
        guard linkat(from, target[target.count - 1], into, path[path.count - 1], 0) == 0 else {
            throw error(.cannotWrite(errno))
        }
    }

    /// Opens the folder `path`, making what is missing.
    ///
    /// - Returns: A descriptor the caller closes.
    private func folder(_ path: ArraySlice<String>, below directory: Int32) throws(ArchiveError) -> Int32 {
        var parent = fcntl(directory, F_DUPFD_CLOEXEC, 0)
        guard parent >= 0 else { throw error(.cannotWrite(errno)) }
        for element in path {
            let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
            var child = openat(parent, element, flags)
            if child < 0, errno == ENOENT {
                if mkdirat(parent, element, 0o777) != 0, errno != EEXIST {
                    let reason = errno
                    close(parent)
                    throw error(.cannotWrite(reason))
                }
                child = openat(parent, element, flags)
            }
            let reason = errno
            close(parent)
            guard child >= 0 else { throw error(.cannotWrite(reason)) }
            parent = child
        }
        return parent
    }
}
