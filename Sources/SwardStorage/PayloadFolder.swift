// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
import Synchronization

/// An open file; closed when the last user lets go of it.
package final class Descriptor: Sendable {
    package let number: Int32
    /// Whether it lies in memory (tmpfs), where reading waits for nothing.
    package let isInMemory: Bool

    /// - Parameter number: Owned from here on.
    package init(owning number: Int32) {
        self.number = number
        isInMemory = SystemCall.isInMemory(number)
    }

    deinit { close(number) }
}

/// A folder under which a payload lies, held by descriptor while it is worked in, so that no path is looked up twice.
///
/// Every element of a path below it is opened by itself with `O_NOFOLLOW`: a symbolic link planted in the folder, before
/// or while we work, can then not lead a read or a write out of it.
package final class PayloadFolder: Sendable {
    package enum Access: Sendable { case read, write }

    /// As given; for messages.
    package let path: String
    /// The absolute path with links resolved, when it was opened: what names this folder in a resume record.
    package let resolvedPath: String
    /// `nil` while nothing is done here.
    private let root: Mutex<Descriptor?>

    /// Opens `path`; it may itself be reached through links, since the operator named it.
    ///
    /// - Parameter creating: Whether to make the folder and its parents.
    package init(path: String, creating: Bool) throws(StorageError) {
        self.path = path
        if creating { try Self.makeDirectories(path) }
        let descriptor = try Self.open(path, flags: 0)
        resolvedPath = Self.place(of: descriptor) ?? path
        root = Mutex(descriptor)
    }

    private static func open(_ path: String, flags: Int32) throws(StorageError) -> Descriptor {
        let number = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | flags)
        guard number >= 0 else { throw StorageError(.system(.open, code: errno), at: path) }
        return Descriptor(owning: number)
    }

    private static func place(of folder: Descriptor) -> String? {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
        let length = readlink("/proc/self/fd/\(folder.number)", &buffer, Int(PATH_MAX))
        guard length > 0 else { return nil }
        return String(decoding: buffer[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Closes the folder until something is to be done in it.
    package func release() { root.withLock { $0 = nil } }

    private func openRoot() throws(StorageError) -> Descriptor {
        if let held = root.withLock({ $0 }) { return held }
        // Where it was; what has since become a link is not gone through.
        let opened = try Self.open(resolvedPath, flags: O_NOFOLLOW)
        root.withLock { $0 = opened }
        return opened
    }

    /// Opens the regular file at `elements`.
    ///
    /// - Parameter access: `.write` creates the file and the folders above it where they are missing.
    /// - Returns: `nil` if it is not there and `access` is `.read`.
    package func openFile(_ elements: [String], access: Access) throws(StorageError) -> Descriptor? {
        guard let parent = try openParent(of: elements, creating: access == .write) else { return nil }
        let name = elements[elements.count - 1]
        // O_NONBLOCK: opening a FIFO someone put there must not hang us. It means nothing for regular files.
        var flags = O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK
        flags |= access == .write ? O_RDWR | O_CREAT : O_RDONLY
        let number = openat(parent.number, name, flags, 0o666)
        guard number >= 0 else {
            switch errno {
            case ENOENT where access == .read: return nil
            case ELOOP: throw StorageError(.symbolicLinkInTheWay, at: elements)
            case EISDIR, ENXIO: throw StorageError(.notARegularFile, at: elements)
            case let code: throw StorageError(.system(.open, code: code), at: elements)
            }
        }
        let file = Descriptor(owning: number)
        var status = stat()
        guard fstat(number, &status) == 0 else {
            throw StorageError(.system(.readStatus, code: errno), at: elements)
        }
        guard status.st_mode & S_IFMT == S_IFREG else { throw StorageError(.notARegularFile, at: elements) }
        return file
    }

    /// The size of the regular file at `elements`.
    ///
    /// - Returns: `nil` if nothing is there.
    package func length(of elements: [String]) throws(StorageError) -> Int64? {
        guard let parent = try openParent(of: elements, creating: false) else { return nil }
        var status = stat()
        guard fstatat(parent.number, elements[elements.count - 1], &status, AT_SYMLINK_NOFOLLOW) == 0 else {
            if errno == ENOENT { return nil }
            throw StorageError(.system(.readStatus, code: errno), at: elements)
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return Int64(status.st_size)
        case S_IFLNK: throw StorageError(.symbolicLinkInTheWay, at: elements)
        default: throw StorageError(.notARegularFile, at: elements)
        }
    }

    /// Makes the symbolic link at `elements` that says `text`; one that says so already is left alone.
    package func makeSymbolicLink(_ elements: [String], saying text: String) throws(StorageError) {
        guard let parent = try openParent(of: elements, creating: true) else { return }
        let name = elements[elements.count - 1]
        if symlinkat(text, parent.number, name) == 0 { return }
        let code = errno
        guard code == EEXIST else { throw StorageError(.system(.link, code: code), at: elements) }
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
        let length = readlinkat(parent.number, name, &buffer, Int(PATH_MAX))
        guard length >= 0, buffer[..<length].map({ UInt8(bitPattern: $0) }).elementsEqual(text.utf8) else {
            throw StorageError(.system(.link, code: code), at: elements)
        }
    }

    /// Gives a file another name in its folder, at once and for good, unless something has that name.
    package func rename(_ elements: [String], to name: String) throws(StorageError) {
        guard let parent = try openParent(of: elements, creating: false), Self.isSafe(name) else {
            throw StorageError(.system(.rename, code: ENOENT), at: elements)
        }
        let code = SystemCall.renameWithoutReplacing(parent.number, elements[elements.count - 1], name)
        guard code == 0 else { throw StorageError(.system(.rename, code: code), at: elements) }
    }

    /// Waits until the names in the folder that holds the last of `elements` have reached the disk.
    package func synchronizeParent(of elements: [String]) throws(StorageError) {
        guard let parent = try openParent(of: elements, creating: false) else { return }
        guard fsync(parent.number) == 0 else {
            throw StorageError(.system(.synchronize, code: errno), at: elements.dropLast())
        }
    }

    /// The folder that holds the last of `elements`.
    ///
    /// - Returns: `nil` if a folder on the way is missing and `creating` is false.
    func openParent(of elements: [String], creating: Bool) throws(StorageError) -> Descriptor? {
        // The metainfo parser refuses such names too; here it is a second lock on the same door.
        guard !elements.isEmpty, elements.allSatisfy(Self.isSafe) else {
            throw StorageError(.unsafeName, at: elements)
        }
        var folder = try openRoot()
        for (depth, name) in elements.dropLast().enumerated() {
            let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
            var number = openat(folder.number, name, flags)
            if number < 0, errno == ENOENT {
                guard creating else { return nil }
                if mkdirat(folder.number, name, 0o777) != 0, errno != EEXIST {
                    throw StorageError(.system(.makeDirectory, code: errno), at: elements[...depth])
                }
                number = openat(folder.number, name, flags)
            }
            guard number >= 0 else {
                let code = errno
                // Linux says ENOTDIR for a link here, since O_DIRECTORY is checked first.
                guard code == ELOOP || code == ENOTDIR else {
                    throw StorageError(.system(.open, code: code), at: elements[...depth])
                }
                var status = stat()
                let isLink =
                    fstatat(folder.number, name, &status, AT_SYMLINK_NOFOLLOW) == 0
                    && status.st_mode & S_IFMT == S_IFLNK
                throw StorageError(isLink ? .symbolicLinkInTheWay : .notADirectory, at: elements[...depth])
            }
            folder = Descriptor(owning: number)
        }
        return folder
    }

    private static func isSafe(_ name: String) -> Bool {
        !name.isEmpty && name != "." && name != ".."
            && !name.utf8.contains { $0 == 0 || $0 == UInt8(ascii: "/") }
    }

    /// `mkdir -p`; for folders the operator named, where links are followed.
    package static func makeDirectories(_ path: String) throws(StorageError) {
        if mkdir(path, 0o777) == 0 || errno == EEXIST { return }
        guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex else {
            throw StorageError(.system(.makeDirectory, code: errno), at: path)
        }
        try makeDirectories(String(path[..<slash]))
        if mkdir(path, 0o777) != 0, errno != EEXIST {
            throw StorageError(.system(.makeDirectory, code: errno), at: path)
        }
    }
}
