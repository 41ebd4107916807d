// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc

/// One regular file that a scan is to look at.
struct TreeFile: Sendable {
    /// From the root, elements joined by `/`; bytes that are no UTF-8 show as U+FFFD.
    let path: String
    /// Of a name that is no UTF-8, as the file system has it.
    let rawPath: [UInt8]?
    /// In bytes.
    var length: Int64
    var identity: FileIdentity?
    /// Where the content is an object of git's rather than a file: its name in hexadecimal.
    var object: String?

    init(
        path: String, rawPath: [UInt8]? = nil, length: Int64, identity: FileIdentity? = nil,
        object: String? = nil
    ) {
        self.path = path
        self.rawPath = rawPath
        self.length = length
        self.identity = identity
        self.object = object
    }

    /// The same file, seen from a folder above.
    ///
    /// - Parameter prefix: Ends in `/`.
    func below(_ prefix: String) -> TreeFile {
        TreeFile(
            path: prefix + path, rawPath: rawPath.map { Array(prefix.utf8) + $0 }, length: length,
            identity: identity, object: object)
    }

    /// The last element.
    var name: Substring { path.split(separator: "/").last ?? "" }
}

/// What tells that a file is the one seen before, without reading it.
struct FileIdentity: Hashable, Sendable {
    let device: UInt64
    let inode: UInt64
    let length: Int64
    /// Nanoseconds since 1970.
    let modifiedAt: Int64
    /// Nanoseconds since 1970; no program can set it.
    let changedAt: Int64

    init(_ status: stat) {
        device = UInt64(truncatingIfNeeded: status.st_dev)
        inode = UInt64(truncatingIfNeeded: status.st_ino)
        length = Int64(status.st_size)
        modifiedAt = Int64(status.st_mtim.tv_sec) &* 1_000_000_000 &+ Int64(status.st_mtim.tv_nsec)
        changedAt = Int64(status.st_ctim.tv_sec) &* 1_000_000_000 &+ Int64(status.st_ctim.tv_nsec)
    }
}

/// Opens files below one folder by their paths, and never through a link: no element of a path is followed, so that
/// nothing put there meanwhile leads out. Keeps the last folder open, as files come sorted.
struct BeneathOpener: ~Copyable {
    private let root: Int32
    private var folder: Int32 = -1
    private var folderPath: [UInt8] = []

    /// - Parameter root: Stays the caller's.
    init(root: Int32) { self.root = root }

    deinit { if folder >= 0 { close(folder) } }

    /// - Returns: A descriptor the caller closes, or `-errno`.
    mutating func open(_ path: [UInt8], flags: Int32 = O_RDONLY) -> Int32 {
        guard let (parent, name) = parent(of: path) else { return -ENOENT }
        if parent < 0 { return parent }
        let descriptor = name.withCName {
            openat(parent, $0, flags | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
        }
        return descriptor >= 0 ? descriptor : -errno
    }

    /// - Returns: What lies at `path` itself; `nil` where nothing does.
    mutating func status(of path: [UInt8]) -> stat? {
        guard let (parent, name) = parent(of: path), parent >= 0 else { return nil }
        var status = stat()
        let result = name.withCName { fstatat(parent, $0, &status, AT_SYMLINK_NOFOLLOW) }
        return result == 0 ? status : nil
    }

    private mutating func parent(of path: [UInt8]) -> (Int32, [UInt8])? {
        guard !path.isEmpty, !path.contains(0) else { return nil }
        guard let slash = path.lastIndex(of: UInt8(ascii: "/")) else { return (root, path) }
        let name = Array(path[(slash + 1)...])
        let wanted = Array(path[..<slash])
        if folder >= 0, wanted == folderPath { return (folder, name) }
        var current = root
        for element in wanted.split(separator: UInt8(ascii: "/")) {
            if element.elementsEqual([46, 46]) { return nil }
            let child = Array(element).withCName {
                openat(current, $0, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            }
            let reason = errno
            if current != root { close(current) }
            guard child >= 0 else { return (-reason, name) }
            current = child
        }
        if folder >= 0 { close(folder) }
        guard current != root else { return (root, name) }
        folder = current
        folderPath = wanted
        return (current, name)
    }
}

extension [UInt8] {
    /// Lends the bytes as a C string.
    func withCName<R>(_ body: (UnsafePointer<CChar>) -> R) -> R {
        let name = map { CChar(bitPattern: $0) } + [0]
        // An array that ends in NUL has an address.
        return name.withUnsafeBufferPointer { body($0.baseAddress!) }
    }
}
