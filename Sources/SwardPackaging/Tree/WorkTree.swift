// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import SwardMetainfo
internal import SwardScan

/// The files of a work as they lie in its folder, in the order of the file tree (BEP 52), links unresolved.
package struct WorkTree: Sendable {
    package struct Entry: Hashable, Sendable {
        /// At least one element, each fit for a torrent.
        package let path: [String]
        /// In bytes; 0 for a symlink.
        package let length: Int64
        package let isExecutable: Bool
        /// From the folder of the work; `nil` for what is no symlink.
        package let symlinkTarget: [String]?

        package var name: String { path.joined(separator: "/") }
        package var isSymlink: Bool { symlinkTarget != nil }
    }

    /// What was left out, and so will not be in the bundle.
    package enum Exclusion: String, Hashable, Sendable {
        /// The name begins with a dot.
        case hidden
        /// Data of a version control system.
        case versionControl
        /// Left by a run that was killed.
        case temporary
        /// A `.gitignore` of the work says so.
        case ignored
    }

    /// Names with which temporary files of ours begin; a run that ends removes them.
    package static let temporaryPrefix = ".sward-"

    package var entries: [Entry] = []
    /// Topmost paths only: of a folder left out, its contents are not listed.
    package var excluded: [String: Exclusion] = [:]

    /// Reads the folder at `root`.
    ///
    /// - Parameter includesHidden: Keeps names that begin with a dot, but never version control data.
    package static func scan(_ root: String, includesHidden: Bool = false) throws(PackagingError) -> WorkTree
    {
        var scan = Scan(root: root, includesHidden: includesHidden)
        return try scan.run()
    }
}

private struct Scan {
    private static let versionControl: Set<String> = [
        ".git", ".hg", ".svn", ".bzr", "_darcs", ".sl", ".jj", "CVS",
    ]

    let root: String
    let includesHidden: Bool
    private var tree = WorkTree()
    private var links: [(path: [String], target: String)] = []
    private var bad: [PackagingError.Reason: [String]] = [:]
    /// `nil` where the work is no checkout: then a `.gitignore` is a file like any other.
    private var ignored: IgnoreRules?

    init(root: String, includesHidden: Bool) {
        self.root = root
        self.includesHidden = includesHidden
    }

    mutating func run() throws(PackagingError) -> WorkTree {
        let descriptor = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw errno == ENOENT
                ? PackagingError(.notFound, path: root) : PackagingError(.system("open", errno), path: root)
        }
        var status = stat()
        if fstatat(descriptor, ".git", &status, AT_SYMLINK_NOFOLLOW) == 0 { ignored = IgnoreRules() }
        // Folder by folder in the order of names, which is the order of the file tree.
        try read(descriptor, at: [])
        try resolveLinks()
        // One kind of complaint at a time, always the same one first.
        let first = bad.min { "\($0.key)" < "\($1.key)" }
        if let first { throw PackagingError(first.key, path: root, paths: first.value.sorted()) }
        try refuseCollisions()
        return tree
    }

    /// Reads one folder and closes it.
    private mutating func read(_ descriptor: Int32, at path: [String]) throws(PackagingError) {
        let place = path.isEmpty ? root : path.joined(separator: "/")
        guard let stream = fdopendir(descriptor) else {
            let reason = errno
            close(descriptor)
            throw PackagingError(.system("fdopendir", reason), path: place)
        }
        defer { closedir(stream) }
        readIgnored(dirfd(stream), at: path)
        defer { ignored?.leave(path) }
        var names: [[UInt8]] = []
        while true {
            errno = 0
            guard let item = readdir(stream) else {
                guard errno == 0 else { throw PackagingError(.system("readdir", errno), path: place) }
                break
            }
            let bytes = withUnsafeBytes(of: &item.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            if bytes != [46], bytes != [46, 46] { names.append(bytes) }
        }
        names.sort { $0.lexicographicallyPrecedes($1) }
        let states = FileState.all(names, in: dirfd(stream))
        for (name, state) in zip(names, states) { try take(name, state, in: dirfd(stream), at: path) }
    }

    private mutating func take(
        _ bytes: [UInt8], _ state: FileState, in folder: Int32, at parent: [String]
    ) throws(PackagingError) {
        var shown: String { (parent + [String(decoding: bytes, as: UTF8.self)]).joined(separator: "/") }
        guard let name = String(validating: bytes, as: UTF8.self) else {
            let spelled = bytes.map { $0 < 0x80 ? String(Unicode.Scalar($0)) : "\\x" + String($0, radix: 16) }
            bad[.nameNotUTF8, default: []].append((parent + [spelled.joined()]).joined(separator: "/"))
            return
        }
        if let exclusion = exclusion(of: name) {
            tree.excluded[shown] = exclusion
            return
        }
        if let reason = PathRules.refusal(of: bytes) { bad[.badName(reason), default: []].append(shown) }
        let path = parent + [name]
        guard state.failure == 0 else {
            throw PackagingError(.system("fstatat", state.failure), path: shown)
        }
        if ignored?.ignores(path, isFolder: state.mode & S_IFMT == S_IFDIR) == true {
            tree.excluded[shown] = .ignored
            return
        }
        switch state.mode & S_IFMT {
        case S_IFREG:
            tree.entries.append(
                .init(
                    path: path, length: state.length, isExecutable: state.mode & S_IXUSR != 0,
                    symlinkTarget: nil))
        case S_IFDIR:
            let child = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            guard child >= 0 else { throw PackagingError(.system("openat", errno), path: shown) }
            guard path.count < 1000 else {
                throw PackagingError(.badName(.pathTooLong(found: path.count, limit: 1000)), path: shown)
            }
            try read(child, at: path)
        case S_IFLNK:
            guard let target = Self.linkTarget(name, in: folder) else {
                throw PackagingError(.system("readlinkat", errno), path: shown)
            }
            links.append((path, target))
        default:
            bad[.specialFile, default: []].append(shown)
        }
        guard tree.entries.count <= PathRules.maximumFiles else {
            throw PackagingError(.tooManyFiles(limit: PathRules.maximumFiles), path: root)
        }
    }

    private mutating func readIgnored(_ folder: Int32, at path: [String]) {
        guard ignored != nil else { return }
        let file = openat(folder, IgnoreRules.fileName, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard file >= 0 else { return }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: IgnoreRules.maximumBytes)
        let count = bytes.withUnsafeMutableBytes { pread(file, $0.baseAddress!, $0.count, 0) }
        ignored?.add(String(decoding: bytes.prefix(max(0, count)), as: UTF8.self), in: path)
    }

    private func exclusion(of name: String) -> WorkTree.Exclusion? {
        if Self.versionControl.contains(name) { return .versionControl }
        if name.hasPrefix(WorkTree.temporaryPrefix) { return .temporary }
        if name.hasPrefix("."), !includesHidden { return .hidden }
        return nil
    }

    /// Links are kept only where they lead to something that is packed; what they say is made relative to the work.
    private mutating func resolveLinks() throws(PackagingError) {
        guard !links.isEmpty else { return }
        var known: Set<[String]> = []
        for entry in tree.entries {
            for count in 1...entry.path.count { known.insert(Array(entry.path.prefix(count))) }
        }
        for link in links { known.insert(link.path) }
        for link in links {
            guard let target = resolvedTarget(of: link), known.contains(target), target != link.path else {
                bad[.badSymlink, default: []].append(link.path.joined(separator: "/"))
                continue
            }
            tree.entries.append(.init(path: link.path, length: 0, isExecutable: false, symlinkTarget: target))
        }
        tree.entries.sort { InfoDictionaryBuilder.precedes($0.path, $1.path) }
    }

    private func resolvedTarget(of link: (path: [String], target: String)) -> [String]? {
        LinkTarget.fromRoot(linkAt: link.path, target: link.target)
    }

    /// Whether no two names in one folder, files and folders alike, may be one on some file system.
    private func areNamesApart() -> Bool {
        // The folders above the entry, from the top, each with the names that were seen in it: all that is in a folder
        // stands together.
        var above: [(name: String, folded: Set<String>)] = [("", [])]
        for entry in tree.entries {
            let folders = entry.path.dropLast()
            var shared = 0
            while shared < min(folders.count, above.count - 1),
                above[shared + 1].name.utf8.elementsEqual(folders[shared].utf8)
            {
                shared += 1
            }
            above.removeLast(above.count - 1 - shared)
            for folder in folders[shared...] {
                guard above[above.count - 1].folded.insert(PathRules.folded(folder)).inserted else {
                    return false
                }
                above.append((folder, []))
            }
            let name = PathRules.folded(entry.path[entry.path.count - 1])
            guard above[above.count - 1].folded.insert(name).inserted else { return false }
        }
        return true
    }

    private func refuseCollisions() throws(PackagingError) {
        guard !areNamesApart() else { return }
        var seen: [String: String] = [:]
        // By bytes: to a set of strings two normal forms of a name are one.
        var colliding: Set<[UInt8]> = []
        for entry in tree.entries {
            var folded = ""
            var actual = ""
            for element in entry.path {
                folded += (folded.isEmpty ? "" : "/") + PathRules.folded(element)
                actual += (actual.isEmpty ? "" : "/") + element
                if let first = seen[folded], !first.utf8.elementsEqual(actual.utf8) {
                    colliding.formUnion([Array(first.utf8), Array(actual.utf8)])
                }
                seen[folded] = actual
            }
        }
        guard colliding.isEmpty else {
            let paths = colliding.sorted { $0.lexicographicallyPrecedes($1) }.map {
                String(decoding: $0, as: UTF8.self)
            }
            throw PackagingError(.colliding, path: root, paths: paths)
        }
    }

    private static func linkTarget(_ name: String, in folder: Int32) -> String? {
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = readlinkat(folder, name, &buffer, buffer.count)
        guard count >= 0 else { return nil }
        return String(validating: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

/// Links as BEP 47 has them: a path from the folder of the torrent.
package enum LinkTarget {
    /// - Returns: `nil` when `target` is absolute or leads out, or names the folder itself.
    package static func fromRoot(linkAt path: [String], target: String) -> [String]? {
        guard !target.hasPrefix("/"), !target.isEmpty else { return nil }
        var result = Array(path.dropLast())
        for element in target.split(separator: "/") where element != "." {
            if element == ".." {
                if result.popLast() == nil { return nil }
            } else {
                result.append(String(element))
            }
        }
        return result.isEmpty ? nil : result
    }

    /// What to write into a link at `path` that leads to `target`, both from the folder of the torrent.
    package static func relative(from path: [String], to target: [String]) -> String {
        var common = 0
        let folder = path.dropLast()
        while common < folder.count, common < target.count - 1, folder[common] == target[common] {
            common += 1
        }
        let up = [String](repeating: "..", count: folder.count - common)
        return (up + target[common...]).joined(separator: "/")
    }
}
