// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import SwardCrypto

/// The folder of the keys, and the few ways files in it are read and written.
///
/// - Invariant of every write: a kill at any instant leaves the old file or the new one, whole.
struct KeyFolder: Sendable {
    let path: String

    func path(of name: String) -> String { path + "/" + name }

    /// Makes the folder, and those above it, if they are not there; only the user may look into it.
    func create() throws(KeyStoreError) {
        var made = ""
        for element in path.split(separator: "/") {
            made += "/" + element
            let isOurs = made == path || made == path.dropLast("/keys".count)
            if mkdir(made, isOurs ? 0o700 : 0o777) != 0, errno != EEXIST { throw failure("mkdir", made) }
        }
    }

    /// Runs `body` while no other process changes the folder.
    func locked<R>(_ body: () throws(KeyStoreError) -> R) throws(KeyStoreError) -> R {
        try create()
        let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw failure("open", path) }
        defer { close(folder) }
        while flock(folder, LOCK_EX) != 0 {
            guard errno == EINTR else { throw failure("flock", path) }
        }
        // Whoever wrote these held the lock and was killed; a half-made secret should not lie about.
        for name in try names() where name.hasPrefix(".") && name.hasSuffix(".new") {
            unlink(self.path(of: name))
        }
        return try body()
    }

    /// - Parameter mode: Before the umask.
    func write(_ bytes: UnsafeRawBufferPointer, to name: String, mode: mode_t) throws(KeyStoreError) {
        let temporary = path(of: ".\(name).\(getpid()).new")
        unlink(temporary)
        let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
        guard file >= 0 else { throw failure("open", temporary) }
        do throws(KeyStoreError) {
            defer { close(file) }
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = Glibc.write(file, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { throw failure("write", temporary) }
                rest = rest.dropFirst(count)
            }
            guard fsync(file) == 0 else { throw failure("fsync", temporary) }
            guard rename(temporary, path(of: name)) == 0 else { throw failure("rename", path(of: name)) }
        } catch {
            unlink(temporary)
            throw error
        }
        let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return }
        // Some file systems refuse to sync a folder; the file itself is safe.
        _ = fsync(folder)
        close(folder)
    }

    func write(_ text: String, to name: String, mode: mode_t) throws(KeyStoreError) {
        // A closure that may throw anything is all `withUnsafeBytes` takes; the error goes round it.
        var failure: KeyStoreError?
        Array(text.utf8).withUnsafeBytes { bytes in
            do throws(KeyStoreError) { try write(bytes, to: name, mode: mode) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    func exists(_ name: String) -> Bool { access(path(of: name), F_OK) == 0 }

    /// The names in the folder, in order; none if there is no folder.
    func names() throws(KeyStoreError) -> [String] {
        guard let folder = opendir(path) else {
            if errno == ENOENT { return [] }
            throw failure("opendir", path)
        }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) {
                    String(validatingCString: $0)
                }
            }
            if let name { names.append(name) }
        }
        return names.sorted()
    }

    /// Reads a file straight into locked memory.
    static func readSecret(_ path: String, limit: Int) throws(KeyStoreError) -> SecretBytes {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw failure("open", path) }
        defer { close(file) }
        var code: Int32 = 0
        var isTooLarge = false
        let bytes: SecretBytes
        do {
            bytes = try SecretBytes(capacity: limit + 1) { buffer throws(CryptoError) in
                var count = 0
                while count < buffer.count {
                    let read = Glibc.read(file, buffer.baseAddress.map { $0 + count }, buffer.count - count)
                    if read < 0, errno == EINTR { continue }
                    if read < 0 { code = errno }
                    if read <= 0 { break }
                    count += read
                }
                isTooLarge = count > limit
                return count
            }
        } catch { throw .crypto(error) }
        if code != 0 { throw .system(call: "read", path: path, errno: code) }
        if isTooLarge { throw .tooLarge(path: path, limit: limit) }
        return bytes
    }

    /// - Returns: `nil` if there is no such file.
    static func read(_ path: String, limit: Int) throws(KeyStoreError) -> [UInt8]? {
        guard access(path, F_OK) == 0 || errno != ENOENT else { return nil }
        return try readSecret(path, limit: limit).withBytes { Array($0) }
    }

    private func failure(_ call: String, _ path: String) -> KeyStoreError { Self.failure(call, path) }

    private static func failure(_ call: String, _ path: String) -> KeyStoreError {
        .system(call: call, path: path, errno: errno)
    }
}
