// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardHash
import SwardPrimitives

extension FuzzEntry {
    /// Two bytes for the length of each message, then its bytes, as far as there are any; each lies in memory of its own, at a
    /// place the length chooses, and ends where that ends, so that a byte read beyond is noticed.
    package static let hashLanes = FuzzEntry(name: "hash-lanes") { (bytes: [UInt8]) throws(Violation) in
        var messages: [[UInt8]] = []
        var rest = bytes[...]
        while rest.count >= 2, messages.count < 200 {
            let length = Int(rest.removeFirst()) << 8 | Int(rest.removeFirst())
            messages.append(Array(rest.prefix(length & 0x1fff)))
            rest = rest.dropFirst(length & 0x1fff)
        }
        let rooms = messages.map { message in
            let room = UnsafeMutableRawBufferPointer.allocate(
                byteCount: message.count + message.count % 67, alignment: 1)
            UnsafeMutableRawBufferPointer(rebasing: room.suffix(message.count)).copyBytes(from: message)
            return room
        }
        defer { for room in rooms { room.deallocate() } }
        let views = zip(rooms, messages).map {
            UnsafeRawBufferPointer(rebasing: $0[($0.count - $1.count)...])
        }
        let sha256 = messages.map { SHA256.hash($0) }
        let sha1 = messages.map { SHA1.hash($0) }
        for implementation in HashLanes.Implementation.supported {
            try check(
                "SHA-256 by \(implementation)", HashLanes.sha256(views, by: implementation) == sha256)
            try check("SHA-1 by \(implementation)", HashLanes.sha1(views, by: implementation) == sha1)
        }
        // All of it again as equal messages, digests over what was read.
        let length = 32 + (bytes.first.map { Int($0) } ?? 0)
        let expected = stride(from: 0, to: bytes.count, by: length).map {
            SHA256.hash(bytes[$0..<min($0 + length, bytes.count)])
        }
        for implementation in HashLanes.Implementation.supported {
            var row = bytes + Array(repeating: 0, count: max(0, expected.count * 32 - bytes.count))
            row.withUnsafeMutableBytes { row in
                HashLanes.sha256(
                    cutting: UnsafeRawBufferPointer(rebasing: row.prefix(bytes.count)), every: length,
                    into: row,
                    by: implementation)
            }
            try check(
                "in place by \(implementation)",
                row.withUnsafeBytes {
                    Digest256.array(in: UnsafeRawBufferPointer(rebasing: $0.prefix(expected.count * 32)))
                }
                    == expected)
        }
    }
}
