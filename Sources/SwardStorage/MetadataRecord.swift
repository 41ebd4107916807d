// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
package import SwardPrimitives
import Synchronization

/// What a magnet's metadata came to so far, on disk, so that a second run need not ask for it again.
///
/// Only ever appended to; what a kill leaves unfinished at the end is cut off at the next opening. Nothing in it is
/// trusted: whoever reads it proves the info dictionary by the info-hash and each layer by its root.
///
/// Layout: magic 8; then records of kind 1, length 4 (big-endian), bytes: `i` an info dictionary, `l` a root of 32
/// bytes and its piece layer.
package final class MetadataRecord: Sendable {
    private static let magic = Array("SWARDMD1".utf8)
    private static let headLength = 5
    /// Of one record and of the whole, in bytes: an info dictionary, and layers for two million pieces.
    private static let recordLimit = 1 << 26, fileLimit = 1 << 28

    package let path: String
    /// As found at opening.
    package let info: [UInt8]?
    package let layers: [Digest256: ArraySlice<UInt8>]
    private let file: Descriptor
    /// In bytes: up to there all of it is sound.
    private let end: Mutex<Int>

    package init(path: String) throws(StorageError) {
        self.path = path
        if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
            try PayloadFolder.makeDirectories(String(path[..<slash]))
        }
        let number = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_APPEND, 0o600)
        guard number >= 0 else { throw StorageError(.system(.open, code: errno), at: path) }
        file = Descriptor(owning: number)
        var status = stat()
        guard fstat(number, &status) == 0 else {
            throw StorageError(.system(.readStatus, code: errno), at: path)
        }
        var bytes = [UInt8](repeating: 0, count: min(Int(status.st_size), Self.fileLimit))
        var filled = 0
        while filled < bytes.count {
            let count = bytes.withUnsafeMutableBytes {
                pread(number, $0.baseAddress! + filled, $0.count - filled, off_t(filled))
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw StorageError(.system(.read, code: errno), at: path) }
            if count == 0 { break }
            filled += count
        }
        let found = Self.parse(bytes[..<filled])
        info = found.info
        layers = found.layers
        end = Mutex(found.end)
        if found.end != Int(status.st_size) { try cut(to: found.end) }
        if found.end == 0 { try write(Self.magic) }
    }

    /// Forgets what is recorded, which was another's, and begins with `info`.
    package func restart(info: [UInt8]) throws(StorageError) {
        try cut(to: 0)
        try write(Self.magic)
        try append(info: info)
    }

    package func append(info: [UInt8]) throws(StorageError) { try append(UInt8(ascii: "i"), info) }

    package func append(layer: [UInt8], of root: Digest256) throws(StorageError) {
        try append(UInt8(ascii: "l"), root.bytes + layer)
    }

    private func append(_ kind: UInt8, _ payload: [UInt8]) throws(StorageError) {
        guard payload.count <= Self.recordLimit else { return }
        let length = withUnsafeBytes(of: UInt32(payload.count).bigEndian) { Array($0) }
        try write([kind] + length + payload)
    }

    private func cut(to length: Int) throws(StorageError) {
        guard ftruncate(file.number, off_t(length)) == 0 else {
            throw StorageError(.system(.resize, code: errno), at: path)
        }
        end.withLock { $0 = length }
    }

    /// All of `bytes` or nothing: behind half a record whatever follows would be lost.
    private func write(_ bytes: [UInt8]) throws(StorageError) {
        let failure: CInt? = end.withLock { end in
            let count = Glibc.write(file.number, bytes, bytes.count)
            guard count == bytes.count else {
                // A disk that filled up on the way took a part of it.
                let code = count < 0 ? errno : ENOSPC
                ftruncate(file.number, off_t(end))
                return code
            }
            end += bytes.count
            return nil
        }
        if let failure { throw StorageError(.system(.write, code: failure), at: path) }
    }

    private static func parse(
        _ bytes: ArraySlice<UInt8>
    ) -> (info: [UInt8]?, layers: [Digest256: ArraySlice<UInt8>], end: Int) {
        guard bytes.starts(with: magic) else { return (nil, [:], 0) }
        var info: [UInt8]?
        var layers: [Digest256: ArraySlice<UInt8>] = [:]
        var end = magic.count
        while end + headLength <= bytes.count {
            let length = bytes[(end + 1)..<(end + headLength)].reduce(0) { $0 << 8 | Int($1) }
            guard length <= recordLimit, end + headLength + length <= bytes.count else { break }
            let payload = bytes[(end + headLength)..<(end + headLength + length)]
            switch bytes[end] {
            case UInt8(ascii: "i"): info = Array(payload)
            case UInt8(ascii: "l"):
                if let root = Digest256(payload.prefix(Digest256.byteCount)) {
                    layers[root] = payload.dropFirst(Digest256.byteCount)
                }
            default: return (info, layers, end)
            }
            end += headLength + length
        }
        return (info, layers, end)
    }
}
