// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import COpenSSL

/// A stream cipher that protects nothing any more. Old documents and message stream encryption know no other.
package struct RC4: Sendable {
    private var key = RC4_KEY()

    /// - Parameter bytes: 1 to 256 of them.
    package init(key bytes: [UInt8]) {
        precondition(1...256 ~= bytes.count, "a key has 1 to 256 bytes")
        unsafe RC4_set_key(&key, Int32(bytes.count), bytes)
    }

    /// Encrypts or decrypts in place: the two are one.
    package mutating func apply(to bytes: UnsafeMutableRawBufferPointer) {
        guard let base = unsafe bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
        unsafe COpenSSL.RC4(&key, bytes.count, base, base)
    }

    package mutating func applied(to bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        unsafe bytes.withUnsafeMutableBytes { unsafe apply(to: $0) }
        return bytes
    }

    /// Throws away the next `count` bytes of the key stream.
    package mutating func skip(_ count: Int) { _ = applied(to: [UInt8](repeating: 0, count: count)) }
}
