// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import SwardHash
internal import SwardPrimitives

/// Files as git names them by their content. Source: git, "git-hash-object" and "hash-function-transition".
enum GitBlob {
    /// Whether the file at `path` has just the content that git calls `object`; one that git would convert first has not.
    static func isContent(_ object: String, of path: [UInt8], _ opener: inout BeneathOpener) -> Bool {
        let descriptor = opener.open(path)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return false }
        let head = Array("blob \(status.st_size)\0".utf8)
        let isSHA256 = object.utf8.count == 64
        var sha1 = SHA1Stream()
        var sha256 = SHA256Stream()
        if isSHA256 { sha256.update(head) } else { sha1.update(head) }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 64)
        defer { buffer.deallocate() }
        var offset: Int64 = 0
        while true {
            let count = FileBytes.read(descriptor, at: offset, into: buffer)
            guard count >= 0 else { return false }
            if count == 0 { break }
            let part = UnsafeRawBufferPointer(rebasing: buffer[..<count])
            if isSHA256 { sha256.update(part) } else { sha1.update(part) }
            offset += Int64(count)
        }
        return (isSHA256 ? sha256.finalize().hex : sha1.finalize().hex) == object.lowercased()
    }
}
