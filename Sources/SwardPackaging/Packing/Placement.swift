// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import SwardArchive
internal import SwardScan

/// Where a work lies and where its bundle is to lie.
struct Placement {
    enum Source {
        /// The folder becomes the bundle as it is.
        case inPlace
        /// A folder that is copied into the bundle.
        case folder
        case file
        case archive
    }

    let source: Source
    /// Without a trailing slash.
    let input: String
    let name: String
    /// The folder that holds, or will hold, the bundle's folder and its torrents.
    let destination: String

    /// The bundle's folder.
    var folder: String { source == .inPlace ? input : "\(destination)/\(name)" }
    var torrent: String { "\(destination)/\(name).torrent" }
    var companion: String { "\(destination)/\(name).v1.torrent" }

    init(input: String, options: PackOptions) throws(PackagingError) {
        var status = stat()
        guard stat(input, &status) == 0 else {
            throw errno == ENOENT
                ? PackagingError(.notFound, path: input) : PackagingError(.system("stat", errno), path: input)
        }
        // Names what `.` and links stand for.
        guard let real = realpath(input, nil) else {
            throw PackagingError(.system("realpath", errno), path: input)
        }
        defer { free(real) }
        let path = String(cString: real)
        let (parent, last) = SmallFile.split(path)
        self.input = path
        switch status.st_mode & S_IFMT {
        case S_IFDIR:
            source = options.output == nil ? .inPlace : .folder
            name = options.name ?? last
        case S_IFREG:
            let isArchive = !options.keepsArchive && ArchiveReader.isArchiveName(last)
            source = isArchive ? .archive : .file
            name = options.name ?? (isArchive ? ArchiveReader.stem(of: last) : Self.stem(of: last))
        default: throw PackagingError(.notAWork, path: input)
        }
        guard !name.isEmpty, !name.contains("/"), name != ".", name != "..", name.utf8.count <= 200,
            !name.utf8.contains(where: { $0 < 32 }), !name.hasPrefix(WorkTree.temporaryPrefix)
        else { throw PackagingError(.badOption(name: "name", value: name)) }
        if let output = options.output {
            // Before it is made: what is refused leaves nothing in the work.
            if source == .folder {
                let place = Self.realPlace(of: output)
                if place == path || place.hasPrefix(path + "/") {
                    throw PackagingError(.outputInsideWork, path: output)
                }
            }
            if !options.isDryRun { try SmallFile.makeFolder(output) }
            destination = Self.realPlace(of: output)
        } else {
            destination = parent
        }
    }

    /// Without links, as far as it is there.
    private static func realPlace(of path: String) -> String {
        var there = path
        while there.count > 1, there.hasSuffix("/") { there.removeLast() }
        if let real = realpath(there, nil) {
            defer { free(real) }
            return String(cString: real)
        }
        let (folder, name) = SmallFile.split(there)
        guard folder != there, name != ".." else { return there }
        let above = realPlace(of: folder)
        return above == "/" ? "/\(name)" : "\(above)/\(name)"
    }

    private static func stem(of name: String) -> String {
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
        return String(name[..<dot])
    }
}

/// Builds the bundle's folder under a temporary name and puts it in place at once.
struct Staging {
    let path: String
    private let target: String
    /// While the contents of an archive's one folder are moved up.
    private let inner: String

    /// - Throws: `.outputExists` when the target is there and packing did not make it.
    init(_ placement: Placement, documentName: String, isTemporary: Bool) throws(PackagingError) {
        target = placement.folder
        if isTemporary {
            // A dry run of an archive: what is extracted is thrown away.
            var template = Array("/tmp/\(WorkTree.temporaryPrefix)XXXXXX".utf8CString)
            guard let made = mkdtemp(&template) else { throw PackagingError(.system("mkdtemp", errno)) }
            path = String(cString: made)
            inner = path + ".inner"
            return
        }
        var status = stat()
        if lstat(target, &status) == 0, !GeneratedFiles.isDocument("\(target)/\(documentName)") {
            throw PackagingError(.outputExists, path: target)
        }
        SmallFile.removeLeftovers(in: placement.destination)
        path = "\(placement.destination)/\(WorkTree.temporaryPrefix)\(placement.name).\(getpid())"
        // Ends in the process too, so that a later run knows whose it was.
        inner = "\(placement.destination)/\(WorkTree.temporaryPrefix)inner-\(placement.name).\(getpid())"
        guard mkdir(path, 0o777) == 0 else { throw PackagingError(.system("mkdir", errno), path: path) }
    }

    /// Fills the folder with the work.
    ///
    /// - Throws: `.interrupted` once `cancellation` is.
    func fill(
        _ placement: Placement, tree: WorkTree?, copies: Bool, cancellation: ScanCancellation
    ) throws(PackagingError) {
        func mayGoOn() -> Bool { !cancellation.isCancelled }
        switch placement.source {
        case .inPlace: return
        case .archive:
            let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            guard folder >= 0 else { throw PackagingError(.system("open", errno), path: path) }
            defer { close(folder) }
            do throws(ArchiveError) {
                let archive = try ArchiveReader(path: placement.input)
                guard try archive.extractAll(into: folder, while: mayGoOn).files > 0 || !mayGoOn() else {
                    throw ArchiveError(.damaged("it holds no file"), archive: placement.input)
                }
            } catch {
                throw PackagingError(.archive(error), path: placement.input)
            }
            guard mayGoOn() else { throw PackagingError(.interrupted) }
            try unwrap()
        case .file:
            let name = SmallFile.split(placement.input).name
            try FileCopy.copy(
                placement.input, to: "\(path)/\(name)", linking: !copies, cancellation: cancellation)
            var status = stat()
            let sidecar = placement.input + ".license"
            if lstat(sidecar, &status) == 0 {
                try FileCopy.copy(
                    sidecar, to: "\(path)/\(name).license", linking: !copies, cancellation: cancellation)
            }
        case .folder:
            guard let tree else { return }
            for entry in tree.entries {
                guard mayGoOn() else { throw PackagingError(.interrupted) }
                if entry.path.count > 1 {
                    try SmallFile.makeFolder("\(path)/\(entry.path.dropLast().joined(separator: "/"))")
                }
                if let target = entry.symlinkTarget {
                    guard
                        symlink(LinkTarget.relative(from: entry.path, to: target), "\(path)/\(entry.name)")
                            == 0
                    else {
                        throw PackagingError(.system("symlink", errno), path: entry.name)
                    }
                } else {
                    try FileCopy.copy(
                        "\(placement.input)/\(entry.name)", to: "\(path)/\(entry.name)", linking: !copies,
                        cancellation: cancellation)
                }
            }
        }
    }

    /// An archive of one folder holds a work in that folder: its contents are moved up.
    private func unwrap() throws(PackagingError) {
        guard let stream = opendir(path) else { throw PackagingError(.system("opendir", errno), path: path) }
        var names: [String] = []
        while let item = readdir(stream) {
            let bytes = withUnsafeBytes(of: &item.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            if bytes != [46], bytes != [46, 46] { names.append(String(decoding: bytes, as: UTF8.self)) }
        }
        closedir(stream)
        var status = stat()
        guard names.count == 1, lstat("\(path)/\(names[0])", &status) == 0, status.st_mode & S_IFMT == S_IFDIR
        else { return }
        guard rename("\(path)/\(names[0])", inner) == 0, rmdir(path) == 0, rename(inner, path) == 0 else {
            throw PackagingError(.system("rename", errno), path: path)
        }
    }

    /// Puts the folder at its place; what was there before goes.
    func commit() throws(PackagingError) {
        if rename(path, target) == 0 { return }
        guard errno == ENOTEMPTY || errno == EEXIST else {
            throw PackagingError(.system("rename", errno), path: target)
        }
        guard Self.exchange(path, target) else {
            throw PackagingError(.system("renameat2", errno), path: target)
        }
        SmallFile.removeTree(path)
    }

    /// Swaps two names, so that both are there at every instant.
    private static func exchange(_ a: String, _ b: String) -> Bool {
        typealias RenameAt2 =
            @convention(c) (Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32) -> Int32
        // The C library has it; its header shows it only to those who ask in C. 2 is RENAME_EXCHANGE.
        if let symbol = dlsym(nil, "renameat2") {
            let renameAt2 = unsafeBitCast(symbol, to: RenameAt2.self)
            if renameAt2(AT_FDCWD, a, AT_FDCWD, b, 2) == 0 { return true }
        }
        // A file system that cannot swap: there is one instant without `b`, and the old one is beside it.
        let aside = a + ".old"
        guard rename(b, aside) == 0, rename(a, b) == 0 else { return false }
        return rename(aside, a) == 0
    }

    func discard() {
        SmallFile.removeTree(path)
        SmallFile.removeTree(inner)
    }
}

/// A copy that shares its blocks with the original where the file system can, else its inode, else has its own.
enum FileCopy {
    /// `FICLONE`, a macro Swift cannot see. Source: linux/fs.h, `_IOW(0x94, 9, int)`.
    private static let cloneRequest: UInt = 0x4004_9409

    /// - Parameter linking: Whether it may be another name of the same inode.
    static func copy(
        _ from: String, to target: String, linking: Bool, cancellation: ScanCancellation
    ) throws(PackagingError) {
        let source = open(from, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard source >= 0 else { throw PackagingError(.system("open", errno), path: from) }
        defer { close(source) }
        var status = stat()
        guard fstat(source, &status) == 0 else { throw PackagingError(.system("fstat", errno), path: from) }
        let mode: mode_t = status.st_mode & S_IXUSR != 0 ? 0o777 : 0o666
        let copy = open(target, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
        guard copy >= 0 else { throw PackagingError(.system("open", errno), path: target) }
        defer { close(copy) }
        if ioctl(copy, cloneRequest, source) == 0 { return }
        // The link must have the bits the copy would have, or they would differ from machine to machine.
        guard linking else { return try copyBytes(source, copy, target, cancellation) }
        if unlink(target) == 0, linkat(AT_FDCWD, from, AT_FDCWD, target, 0) == 0 { return }
        let plain = open(target, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
        guard plain >= 0 else { throw PackagingError(.system("open", errno), path: target) }
        defer { close(plain) }
        try copyBytes(source, plain, target, cancellation)
    }

    private static func copyBytes(
        _ source: Int32, _ copy: Int32, _ target: String, _ cancellation: ScanCancellation
    ) throws(PackagingError) {
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 4096)
        defer { room.deallocate() }
        while !cancellation.isCancelled {
            let count = read(source, room.baseAddress!, room.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw PackagingError(.system("read", errno), path: target) }
            if count == 0 { return }
            var done = 0
            while done < count {
                let step = write(copy, room.baseAddress! + done, count - done)
                if step < 0 && errno == EINTR { continue }
                guard step > 0 else { throw PackagingError(.system("write", errno), path: target) }
                done += step
            }
        }
        throw PackagingError(.interrupted)
    }
}
