// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import Glibc

/// Small files read whole, and files replaced so that a kill at any instant leaves the old or the new one.
package enum SmallFile {
    /// - Returns: `nil` when there is no such file.
    /// - Throws: `.notAFile` for a folder or a device, `.system` with `EFBIG` for one longer than `limit` bytes.
    package static func read(_ path: String, limit: Int) throws(PackagingError) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw PackagingError(.system("open", errno), path: path)
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw PackagingError(.system("fstat", errno), path: path)
        }
        guard status.st_mode & S_IFMT == S_IFREG else { throw PackagingError(.notAFile, path: path) }
        guard status.st_size <= limit else { throw PackagingError(.system("read", EFBIG), path: path) }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeMutableBytes {
                pread(descriptor, $0.baseAddress! + done, $0.count - done, off_t(done))
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else {
                throw PackagingError(count < 0 ? .system("pread", errno) : .changed, path: path)
            }
            done += count
        }
        return bytes
    }

    /// The names in a folder, in no order; `nil` for what is none.
    package static func names(inFolder path: String) -> [String]? {
        guard let stream = opendir(path) else { return nil }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    /// Whether two paths lead to one file.
    package static func isSame(_ path: String, _ other: String) -> Bool {
        var (first, second) = (stat(), stat())
        return stat(path, &first) == 0 && stat(other, &second) == 0 && first.st_dev == second.st_dev
            && first.st_ino == second.st_ino
    }

    /// The first bytes of a file, at most `count`.
    static func head(_ path: String, count: Int) throws(PackagingError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW)
        guard descriptor >= 0 else { throw PackagingError(.system("open", errno), path: path) }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: count)
        let found = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress!, $0.count, 0) }
        guard found >= 0 else { throw PackagingError(.system("pread", errno), path: path) }
        return Array(bytes[..<found])
    }

    /// Writes beside `path` and renames; the folder must be there.
    ///
    /// - Returns: Whether anything changed: a file with these very bytes is left alone.
    @discardableResult
    package static func write(
        _ bytes: [UInt8], to path: String, mode: mode_t = 0o666
    ) throws(PackagingError) -> Bool {
        if let old = try? read(path, limit: bytes.count), old == bytes { return false }
        let (folder, name) = split(path)
        let temporary = "\(folder)/\(WorkTree.temporaryPrefix)\(name).\(getpid())"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, mode)
        guard descriptor >= 0 else { throw PackagingError(.system("open", errno), path: path) }
        var failure = fill(descriptor, bytes, path: path)
        // Without this a crash of the machine could leave the new name with no bytes.
        if failure == nil, fsync(descriptor) != 0 {
            failure = PackagingError(.system("fsync", errno), path: path)
        }
        close(descriptor)
        if failure == nil, rename(temporary, path) != 0 {
            failure = PackagingError(.system("rename", errno), path: path)
        }
        if let failure {
            unlink(temporary)
            throw failure
        }
        return true
    }

    /// Writes to a place that a person named: through a link, and into a device or pipe rather than over it.
    package static func writeOutput(_ bytes: [UInt8], to path: String) throws(PackagingError) {
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG else {
            try write(bytes, to: path)
            return
        }
        let descriptor = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC)
        guard descriptor >= 0 else { throw PackagingError(.system("open", errno), path: path) }
        defer { close(descriptor) }
        if let failure = fill(descriptor, bytes, path: path) { throw failure }
    }

    private static func fill(_ descriptor: Int32, _ bytes: [UInt8], path: String) -> PackagingError? {
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress! + done, $0.count - done)
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return PackagingError(.system("write", errno), path: path) }
            done += count
        }
        return nil
    }

    /// Makes a folder and those above it; one that is there is fine.
    package static func makeFolder(_ path: String) throws(PackagingError) {
        if mkdir(path, 0o777) == 0 || errno == EEXIST { return }
        guard errno == ENOENT, path.contains("/") else {
            throw PackagingError(.system("mkdir", errno), path: path)
        }
        try makeFolder(split(path).folder)
        guard mkdir(path, 0o777) == 0 || errno == EEXIST else {
            throw PackagingError(.system("mkdir", errno), path: path)
        }
    }

    /// - Returns: `.` for the folder of a bare name.
    package static func split(_ path: String) -> (folder: String, name: String) {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        guard let slash = path.lastIndex(of: "/") else { return (".", path) }
        let folder = path[..<slash]
        return (folder.isEmpty ? "/" : String(folder), String(path[path.index(after: slash)...]))
    }

    /// Removes what killed runs left in `folder` with our prefix; runs that still live keep theirs.
    package static func removeLeftovers(in folder: String) {
        guard let stream = opendir(folder) else { return }
        defer { closedir(stream) }
        while let item = readdir(stream) {
            let bytes = withUnsafeBytes(of: &item.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            let name = String(decoding: bytes, as: UTF8.self)
            guard name.hasPrefix(WorkTree.temporaryPrefix), let dot = name.lastIndex(of: "."),
                let process = pid_t(name[name.index(after: dot)...])
            else { continue }
            if process == getpid() || (kill(process, 0) != 0 && errno == ESRCH) {
                removeTree("\(folder)/\(name)")
            }
        }
    }

    /// Removes a file, or a folder with all in it; links are removed, not followed.
    package static func removeTree(_ path: String) {
        if unlink(path) == 0 || errno == ENOENT { return }
        guard let stream = opendir(path) else { return }
        var names: [String] = []
        while let item = readdir(stream) {
            let bytes = withUnsafeBytes(of: &item.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            if bytes != [46], bytes != [46, 46] { names.append(String(decoding: bytes, as: UTF8.self)) }
        }
        closedir(stream)
        for name in names { removeTree("\(path)/\(name)") }
        rmdir(path)
    }
}
