// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import SwardHash
internal import SwardPrimitives

/// Where a body goes. Used by the thread of the transfers alone.
enum FetchSink {
    case memory
    case callback(@Sendable (UnsafeRawBufferPointer) -> Bool)
    case file(FileSink)
}

/// Writes a body to a file and hashes it on the way.
///
/// The file appears under its name only when it is whole and as expected.
final class FileSink: @unchecked Sendable {
    // Handed over by the caller to the one thread of transfers, and back through the continuation: never shared.
    private let path: String
    private let temporary: String
    private var file: Int32
    private var hasher = SHA256Stream()
    private(set) var length: Int64 = 0

    init(path: String) throws(FetchError) {
        self.path = path
        // Beside the target, as only there a rename is one step; hidden, and gone on failure.
        let slash = path.lastIndex(of: "/")
        let folder = slash.map { path[...$0] } ?? ""
        let name = slash.map { path[path.index(after: $0)...] } ?? path[...]
        temporary = "\(folder).\(name).\(getpid()).\(UInt32.random(in: 0 ... .max)).part"
        file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
        guard file >= 0 else { throw .system(call: "open", path: temporary, errno: errno) }
    }

    deinit { discard() }

    func write(_ bytes: UnsafeRawBufferPointer) throws(FetchError) {
        var rest = bytes
        while let base = rest.baseAddress, !rest.isEmpty {
            let count = Glibc.write(file, base, rest.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .system(call: "write", path: temporary, errno: errno) }
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
        hasher.update(bytes)
        length += Int64(bytes.count)
    }

    /// Checks, and gives the file its name.
    func finish(expectedLength: Int64?, expectedDigest: Digest256?) throws(FetchError) -> Digest256 {
        defer { discard() }
        if let expectedLength, expectedLength != length {
            throw .wrongLength(found: length, expected: expectedLength)
        }
        let digest = hasher.finalize()
        if let expectedDigest, expectedDigest != digest {
            throw .wrongDigest(found: digest, expected: expectedDigest)
        }
        guard fsync(file) == 0 else { throw .system(call: "fsync", path: temporary, errno: errno) }
        guard rename(temporary, path) == 0 else { throw .system(call: "rename", path: path, errno: errno) }
        close(file)
        file = -1
        return digest
    }

    func discard() {
        guard file >= 0 else { return }
        close(file)
        unlink(temporary)
        file = -1
    }
}
