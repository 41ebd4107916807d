// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import SwardMetainfo

/// What lies in a payload folder, taken as it is found: nothing in it is an error, and no link is followed.
struct PayloadListing {
    enum Kind: Hashable {
        case file(length: Int64, isExecutable: Bool)
        case symlink(target: String)
        /// A socket, pipe or device.
        case other
    }

    /// By path from the folder, elements joined by `/`; names that are no UTF-8 show U+FFFD.
    private(set) var items: [String: Kind] = [:]
    /// More files than a bundle can have; the rest was not looked at.
    private(set) var isCutShort = false
    /// Folders that could not be read, with `errno`.
    private(set) var unreadable: [String: Int32] = [:]

    /// - Returns: `nil` when there is no such folder.
    init?(_ folder: String) {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        read(descriptor, at: "", depth: 0)
    }

    private mutating func read(_ descriptor: Int32, at prefix: String, depth: Int) {
        guard let stream = fdopendir(descriptor) else {
            unreadable[prefix] = errno
            close(descriptor)
            return
        }
        defer { closedir(stream) }
        while let item = readdir(stream) {
            let bytes = withUnsafeBytes(of: &item.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            if bytes == [46] || bytes == [46, 46] { continue }
            guard items.count <= PathRules.maximumFiles else {
                isCutShort = true
                return
            }
            let name = prefix + String(decoding: bytes, as: UTF8.self)
            var status = stat()
            guard bytes.withCName({ fstatat(dirfd(stream), $0, &status, AT_SYMLINK_NOFOLLOW) }) == 0 else {
                continue
            }
            switch status.st_mode & S_IFMT {
            case S_IFREG:
                items[name] = .file(
                    length: Int64(status.st_size), isExecutable: status.st_mode & S_IXUSR != 0)
            case S_IFLNK:
                var buffer = [CChar](repeating: 0, count: 4096)
                let count = bytes.withCName { readlinkat(dirfd(stream), $0, &buffer, buffer.count) }
                let target = buffer[..<max(0, count)].map { UInt8(bitPattern: $0) }
                items[name] = .symlink(target: String(decoding: target, as: UTF8.self))
            case S_IFDIR:
                // Deeper than any path of a bundle can be.
                guard depth < PathRules.maximumPathLength / 2 else { continue }
                let child = bytes.withCName {
                    openat(dirfd(stream), $0, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
                }
                if child < 0 {
                    unreadable[name] = errno
                } else {
                    read(child, at: name + "/", depth: depth + 1)
                }
            default: items[name] = .other
            }
        }
    }
}

extension [UInt8] {
    /// Lends the bytes as a C string.
    fileprivate func withCName<R>(_ body: (UnsafePointer<CChar>) -> R) -> R {
        let name = map { CChar(bitPattern: $0) } + [0]
        // An array that ends in NUL has an address.
        return name.withUnsafeBufferPointer { body($0.baseAddress!) }
    }
}
