// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import CSodium

/// The library's start: detects the processor and prepares guarded memory.
enum Sodium {
    /// `false` when the library cannot start; calling it again is harmless and safe from any thread.
    static let isReady = sodium_init() >= 0
}

/// Standard base64 with padding; a second spelling of the same bytes is refused.
enum Base64 {
    static func encode(_ bytes: [UInt8]) -> String {
        let room = encodedRoom(for: bytes.count)
        // Base64 is ASCII, so every byte is a scalar of its own.
        let text = unsafe [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
            unsafe bytes.withUnsafeBytes { source in
                unsafe encode(source, into: UnsafeMutableRawBufferPointer(buffer))
            }
            count = room - 1
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Bytes the text takes, with the NUL that the C function ends it with.
    static func encodedRoom(for count: Int) -> Int { (count + 2) / 3 * 4 + 1 }

    /// Writes text and NUL; `text` holds exactly ``encodedRoom(for:)`` bytes. Constant time, for secrets too.
    static func encode(_ bytes: UnsafeRawBufferPointer, into text: UnsafeMutableRawBufferPointer) {
        precondition(text.count >= encodedRoom(for: bytes.count))
        unsafe sodium_bin2base64(
            text.characters, text.count,
            bytes.octets, bytes.count,
            sodium_base64_VARIANT_ORIGINAL)
    }

    /// - Returns: Bytes written, or `nil` when `text` is no base64, not the canonical spelling, or does not fit.
    static func decode(_ text: UnsafeRawBufferPointer, into bytes: UnsafeMutableRawBufferPointer) -> Int? {
        var count = 0
        let status = unsafe sodium_base642bin(
            bytes.octets, bytes.count,
            text.characters, text.count,
            nil, &count, nil, sodium_base64_VARIANT_ORIGINAL)
        return status == 0 ? count : nil
    }

    /// - Throws: `.base64` for bad text, `.length` for text of another structure.
    static func decode(
        _ text: [UInt8], as structure: CryptoError.Structure, count expected: Int
    ) throws(CryptoError) -> [UInt8] {
        var found: Int?
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: text.count) { buffer, count in
            found = unsafe text.withUnsafeBytes { source in
                unsafe decode(source, into: UnsafeMutableRawBufferPointer(buffer))
            }
            count = found ?? 0
        }
        guard let found else { throw .base64(structure) }
        guard found == expected else { throw .length(structure, found: found, expected: expected) }
        return bytes
    }
}

// A length of zero goes to C with a pointer that is not null, as its headers demand, and that nobody follows.
extension UnsafeRawBufferPointer {
    var octets: UnsafePointer<UInt8> { unsafe address.assumingMemoryBound(to: UInt8.self) }
    var characters: UnsafePointer<CChar> { unsafe address.assumingMemoryBound(to: CChar.self) }
    private var address: UnsafeRawPointer {
        unsafe baseAddress ?? UnsafeRawPointer(bitPattern: 64).unsafelyUnwrapped
    }
}

extension UnsafeMutableRawBufferPointer {
    var octets: UnsafeMutablePointer<UInt8> { unsafe address.assumingMemoryBound(to: UInt8.self) }
    var characters: UnsafeMutablePointer<CChar> { unsafe address.assumingMemoryBound(to: CChar.self) }
    private var address: UnsafeMutableRawPointer {
        unsafe baseAddress ?? UnsafeMutableRawPointer(bitPattern: 64).unsafelyUnwrapped
    }
}
