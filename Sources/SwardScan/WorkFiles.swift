// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import SwardDetection
internal import SwardReport

/// The files of the work to be scanned, and where their bytes are.
struct WorkFiles: Sendable {
    /// Closes with the last copy.
    final class Root: Sendable {
        let descriptor: Int32
        init(_ descriptor: Int32) { self.descriptor = descriptor }
        deinit { close(descriptor) }
    }

    private(set) var root: Root
    let rootName: String
    /// To be looked at; sorted by path.
    var files: [TreeFile] = []
    /// Of the tree, not to be reported, but what they declare counts: the rest of a work of which only some files are scanned.
    var others: [TreeFile] = []
    var skipped = 0
    /// What could not be read, though it is of the work.
    private(set) var unread: [String] = []
    /// From the root to the folder scanned, ending in `/`: where that is a folder of a repository, the root is the
    /// repository's, and what lies outside of the folder is among ``others``.
    private(set) var prefix = ""
    var notes: [ScanReport.Note] = []
    /// Where contents are objects of git's.
    var git: GitTree?

    /// - Throws: When nothing lies at `path`, or git cannot answer what was asked for.
    init(_ path: String, options: ScanOptions, isCancelled: @escaping () -> Bool) throws(ScanError) {
        var status = stat()
        guard stat(path, &status) == 0 else {
            throw errno == ENOENT || errno == ENOTDIR
                ? ScanError(.notFound, path: path) : ScanError(.system("stat", errno), path: path)
        }
        let (folder, name) = Self.split(path)
        rootName = options.name ?? Self.shownName(path, name)
        switch status.st_mode & S_IFMT {
        case S_IFDIR:
            let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            guard descriptor >= 0 else { throw ScanError(.system("open", errno), path: path) }
            root = Root(descriptor)
            try listFolder(path, options, isCancelled)
        case S_IFREG:
            guard Self.needsNoRepository(options.selection) else {
                throw ScanError(.notARepository, path: path)
            }
            // A link that the caller names is followed: it is what they asked for.
            var own = status
            var place = (folder: folder, name: name)
            if lstat(path, &own) == 0, own.st_mode & S_IFMT == S_IFLNK, let target = realpath(path, nil) {
                place = Self.split(String(cString: target))
                free(target)
            }
            let descriptor = open(place.folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            guard descriptor >= 0 else { throw ScanError(.system("open", errno), path: place.folder) }
            root = Root(descriptor)
            files = [
                TreeFile(path: place.name, length: Int64(status.st_size), identity: FileIdentity(status))
            ]
        default: throw ScanError(.notAFile, path: path)
        }
    }

    /// Files of the folder at `path` that are known already.
    ///
    /// - Parameter order: Numbers of files of the listing, as they are to be looked at.
    init(folder path: String, listing: ScanListing, order: [Int]) throws(ScanError) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw errno == ENOENT || errno == ENOTDIR
                ? ScanError(.notFound, path: path) : ScanError(.system("open", errno), path: path)
        }
        root = Root(descriptor)
        rootName = Self.shownName(path, Self.split(path).name)
        files = order.map { TreeFile(path: listing.files[$0].path, length: listing.files[$0].length) }
    }

    private static func needsNoRepository(_ selection: ScanOptions.Selection) -> Bool {
        switch selection {
        case .tracked, .all, .everything: true
        case .revision, .since, .staged: false
        }
    }

    private mutating func listFolder(
        _ path: String, _ options: ScanOptions, _ isCancelled: @escaping () -> Bool
    ) throws(ScanError) {
        if options.selection == .everything {
            return walk(obeyingIgnoreFiles: false, isCancelled, options.only)
        }
        var tree: GitTree?
        var hasRepository = true
        do throws(ScanError) {
            tree = try GitTree(folder: path)
        } catch {
            guard Self.needsNoRepository(options.selection) else {
                throw ScanError(error.reason, path: path)
            }
            switch error.reason {
            case .notARepository: hasRepository = false
            case .gitMissing:
                hasRepository = isCheckout
                if hasRepository {
                    notes.append(
                        .init(
                            .note,
                            "git is not installed, so the tree was walked and its .gitignore files obeyed"))
                }
            case .gitRefusesOwner:
                notes.append(
                    .init(
                        .warning,
                        "git does not read this repository, as it belongs to another user, so the tree was walked and its .gitignore files obeyed; `git config --global --add safe.directory` lets git read it"
                    ))
            default:
                notes.append(
                    .init(
                        .warning, "git did not answer, so the tree was walked and its .gitignore files obeyed"
                    ))
            }
        }
        switch options.selection {
        case .tracked:
            guard let tree else { return walk(obeyingIgnoreFiles: hasRepository, isCancelled) }
            let tracked = try tree.trackedPaths(includingSubmodules: options.includesSubmodules)
            if tracked.isEmpty, tree.isBare {
                notes.append(
                    .init(.note, "a bare repository, so its HEAD was scanned; --rev names another revision"))
                files = try tree.files(at: "HEAD")
                git = tree
            } else if tracked.isEmpty {
                // A folder in someone's repository of which git knows nothing: what is asked for is the folder.
                notes.append(.init(.note, "git tracks nothing here, so all files were scanned"))
                return walk(obeyingIgnoreFiles: false, isCancelled)
            } else {
                files = take(tracked)
            }
        case .all:
            guard let tree else { return walk(obeyingIgnoreFiles: hasRepository, isCancelled) }
            let more = try tree.untrackedPaths()
            files = take(try tree.trackedPaths(includingSubmodules: options.includesSubmodules) + more)
        case .everything: break
        case .since(let revision):
            guard let tree else { throw ScanError(.notARepository, path: path) }
            let objects = try tree.unchangedObjects(since: revision)
            let all = take(try tree.trackedPaths(includingSubmodules: false))
            var opener = BeneathOpener(root: root.descriptor)
            for file in all {
                let raw = file.rawPath ?? Array(file.path.utf8)
                if let object = objects[raw], GitBlob.isContent(object, of: raw, &opener) {
                    others.append(file)
                } else {
                    files.append(file)
                }
            }
        case .revision(let revision):
            guard let tree else { throw ScanError(.notARepository, path: path) }
            files = try tree.files(at: revision)
            git = tree
        case .staged:
            guard let tree else { throw ScanError(.notARepository, path: path) }
            files = try tree.stagedFiles(changedOnly: true)
            let staged = Set(files.map(\.path))
            others = try tree.stagedFiles(changedOnly: false).filter { !staged.contains($0.path) }
            git = tree
        }
        if let tree { try widen(to: tree, at: path, options) }
        files.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    /// The license of a folder of a repository may stand above it: roots the paths at the top of the repository.
    private mutating func widen(
        to tree: GitTree, at path: String, _ options: ScanOptions
    ) throws(ScanError) {
        let raw = try tree.prefix()
        guard !raw.isEmpty, raw.last == UInt8(ascii: "/"), let prefix = String(validating: raw, as: UTF8.self)
        else { return }
        let depth = raw.count { $0 == UInt8(ascii: "/") }
        let top = path + "/" + String(repeating: "../", count: depth)
        let descriptor = open(top, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        // Who may not read the rest of the work is told of the folder alone.
        guard descriptor >= 0 else { return }
        root = Root(descriptor)
        self.prefix = prefix
        files = files.map { $0.below(prefix) }
        others = others.map { $0.below(prefix) }
        let whole = try GitTree(folder: top)
        let rest: [TreeFile] =
            switch options.selection {
            case .revision(let revision): try whole.files(at: revision)
            case .staged: try whole.stagedFiles(changedOnly: false)
            default: take(try whole.trackedPaths(includingSubmodules: false), isCounted: false)
            }
        if git != nil { git = whole }
        others += rest.filter { !$0.path.hasPrefix(prefix) && Self.maySpeak($0.path, for: prefix) }
    }

    /// Whether a file outside of a folder may say something of what is in it: license texts do wherever they lie, others
    /// from above.
    private static func maySpeak(_ path: String, for folder: String) -> Bool {
        let above = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
        return folder.hasPrefix(above) || FileRole(path: path) == .licenseText
    }

    private var isCheckout: Bool {
        var status = stat()
        return fstatat(root.descriptor, ".git", &status, AT_SYMLINK_NOFOLLOW) == 0
    }

    private mutating func walk(
        obeyingIgnoreFiles obeys: Bool, _ isCancelled: @escaping () -> Bool, _ only: Set<String>? = nil
    ) {
        var filter = TreeWalk.Filter()
        filter.obeysIgnoreFiles = obeys
        if only != nil { filter.versionControl = [] }
        let walk = TreeWalk(root.descriptor, filter: filter, isCancelled: isCancelled)
        files = only.map { only in walk.files.filter { only.contains($0.path) } } ?? walk.files
        skipped += walk.skipped
        var opener = BeneathOpener(root: root.descriptor)
        for link in walk.links where only?.contains(link) ?? true {
            guard let sidecar = linkedSidecar(Array(link.utf8), &opener) else { continue }
            files.append(sidecar)
            skipped -= 1
        }
        files.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        for folder in walk.unreadable {
            unread.append(folder.path)
            notes.append(
                .init(
                    .warning, path: folder.path,
                    "the folder could not be read: \(String(cString: strerror(folder.reason)))"))
        }
    }

    /// Those of `paths` that are regular files now.
    private mutating func take(_ paths: [[UInt8]], isCounted: Bool = true) -> [TreeFile] {
        var opener = BeneathOpener(root: root.descriptor)
        var seen: Set<[UInt8]> = []
        var found: [TreeFile] = []
        for raw in paths.sorted(by: { $0.lexicographicallyPrecedes($1) }) where seen.insert(raw).inserted {
            guard let status = opener.status(of: raw), status.st_mode & S_IFMT == S_IFREG else {
                if let sidecar = linkedSidecar(raw, &opener) {
                    found.append(sidecar)
                } else if isCounted {
                    skipped += 1
                }
                continue
            }
            let valid = String(validating: raw, as: UTF8.self)
            found.append(
                TreeFile(
                    path: valid ?? String(decoding: raw, as: UTF8.self), rawPath: valid == nil ? raw : nil,
                    length: Int64(status.st_size), identity: FileIdentity(status)))
        }
        return found
    }

    /// A sidecar that is a link, with the bytes of what it leads to. Source: REUSE 3.3, as reuse 6.2 reads it.
    private func linkedSidecar(_ raw: [UInt8], _ opener: inout BeneathOpener) -> TreeFile? {
        guard LinkedSidecar.isNamed(raw),
            let target = LinkedSidecar.target(of: raw, in: root.descriptor, &opener)
        else { return nil }
        return TreeFile(
            path: String(decoding: raw, as: UTF8.self), rawPath: target.path,
            length: Int64(target.status.st_size), identity: FileIdentity(target.status))
    }

    private static func split(_ path: String) -> (folder: String, name: String) {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        guard let slash = path.lastIndex(of: "/") else { return (".", path) }
        let folder = path[..<slash]
        return (folder.isEmpty ? "/" : String(folder), String(path[path.index(after: slash)...]))
    }

    /// `.` and `..` are no names.
    private static func shownName(_ path: String, _ name: String) -> String {
        guard name == "." || name == ".." || name.isEmpty || name == "/" else { return name }
        guard let real = realpath(path, nil) else { return name }
        defer { free(real) }
        let whole = String(cString: real)
        return whole.split(separator: "/").last.map(String.init) ?? "/"
    }
}
