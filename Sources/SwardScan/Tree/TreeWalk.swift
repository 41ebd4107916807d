// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc

/// Lists the regular files below a folder, as they are found: links are not followed, and nothing is an error but a root
/// that cannot be opened.
struct TreeWalk {
    /// Elements of a path; deeper folders are noted and left.
    static let maximumDepth = 512
    static let versionControl: Set<String> = [
        ".git", ".hg", ".svn", ".bzr", "_darcs", ".sl", ".jj", "CVS", ".pijul",
    ]

    /// What a caller wants left out: folder names are asked before they are entered.
    struct Filter {
        /// Obeys the `.gitignore` files on the way.
        var obeysIgnoreFiles = false
        /// Paths of files and folders to leave out, without a closing slash.
        var excluded: Set<String> = []
        /// Names of folders with data of version control.
        var versionControl = TreeWalk.versionControl
    }

    private(set) var files: [TreeFile] = []
    private(set) var skipped = 0
    /// Folders that could not be read, with `errno`.
    private(set) var unreadable: [(path: String, reason: Int32)] = []
    /// Links to files, which count for REUSE's sidecars.
    private(set) var links: Set<String> = []

    private let filter: Filter
    private let isCancelled: () -> Bool
    private var ignored: IgnoreRules?

    /// - Parameter root: An open folder; stays the caller's.
    init(_ root: Int32, filter: Filter = Filter(), isCancelled: @escaping () -> Bool = { false }) {
        self.filter = filter
        self.isCancelled = isCancelled
        if filter.obeysIgnoreFiles { ignored = IgnoreRules() }
        let copy = openat(root, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if copy >= 0 {
            read(copy, at: [], raw: [])
        } else {
            unreadable.append(("", errno))
        }
        files.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    /// Reads one folder and closes it.
    private mutating func read(_ descriptor: Int32, at path: [String], raw: [UInt8]) {
        guard let stream = fdopendir(descriptor) else {
            unreadable.append((path.joined(separator: "/"), errno))
            close(descriptor)
            return
        }
        defer { closedir(stream) }
        readIgnoreFile(dirfd(stream), at: path)
        defer { ignored?.leave(path) }
        while !isCancelled(), let item = readdir(stream) {
            let bytes = withUnsafeBytes(of: &item.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            if bytes == [46] || bytes == [46, 46] { continue }
            take(bytes, in: dirfd(stream), at: path, raw: raw)
        }
    }

    private mutating func take(_ bytes: [UInt8], in folder: Int32, at parent: [String], raw: [UInt8]) {
        let valid = String(validating: bytes, as: UTF8.self)
        let name = valid ?? String(decoding: bytes, as: UTF8.self)
        let path = parent + [name]
        let rawPath = raw + (raw.isEmpty ? [] : [UInt8(ascii: "/")]) + bytes
        let shown = path.joined(separator: "/")
        var status = stat()
        guard bytes.withCName({ fstatat(folder, $0, &status, AT_SYMLINK_NOFOLLOW) }) == 0 else { return }
        let kind = status.st_mode & S_IFMT
        // A work tree of git has a file of that name; any other file that bears such a name is the work's.
        let isControl = filter.versionControl.contains(name) && (kind == S_IFDIR || name == ".git")
        if isControl || filter.excluded.contains(shown)
            || ignored?.ignores(path, isFolder: kind == S_IFDIR) == true
        {
            skipped += 1
            return
        }
        switch kind {
        case S_IFREG:
            files.append(
                TreeFile(
                    path: shown, rawPath: String(validating: rawPath, as: UTF8.self) == nil ? rawPath : nil,
                    length: Int64(status.st_size), identity: FileIdentity(status)))
        case S_IFDIR:
            guard path.count <= Self.maximumDepth else {
                unreadable.append((shown, ENAMETOOLONG))
                return
            }
            let child = bytes.withCName {
                openat(folder, $0, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            }
            if child < 0 {
                unreadable.append((shown, errno))
            } else {
                read(child, at: path, raw: rawPath)
            }
        case S_IFLNK:
            skipped += 1
            links.insert(shown)
        default: skipped += 1
        }
    }

    private mutating func readIgnoreFile(_ folder: Int32, at path: [String]) {
        guard ignored != nil else { return }
        let file = openat(folder, IgnoreRules.fileName, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard file >= 0 else { return }
        defer { close(file) }
        let bytes = FileBytes.file(file).bytes(at: 0, count: IgnoreRules.maximumBytes)
        ignored?.add(String(decoding: bytes, as: UTF8.self), in: path)
    }
}
