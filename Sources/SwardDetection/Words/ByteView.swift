// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Bytes owned by someone else, read without a bounds trap: what lies outside reads as 0.
///
/// Good only as long as the owner keeps them; every type that stores one says how long that is.
@safe package struct ByteView: @unchecked Sendable {
    // Sendable because it is only read from, and the owner does not write while it is in use.
    private let base: UnsafePointer<UInt8>?
    package let count: Int

    package init(_ bytes: UnsafeRawBufferPointer) {
        unsafe base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
        count = bytes.count
    }

    package init() {
        unsafe base = nil
        count = 0
    }

    @inline(__always) package subscript(offset: Int) -> UInt8 {
        guard UInt(bitPattern: offset) < UInt(bitPattern: count), let base = unsafe base else { return 0 }
        return unsafe base[offset]
    }

    /// Two bytes, the first one in the high half.
    @inline(__always) package func pair(at offset: Int) -> Int {
        Int(self[offset]) << 8 | Int(self[offset &+ 1])
    }

    /// Two bytes, the second one in the high half.
    @inline(__always) func half(at offset: Int) -> Int {
        guard offset >= 0, offset &+ 2 <= count, let base = unsafe base else { return 0 }
        return unsafe Int(
            UnsafeRawPointer(base).loadUnaligned(fromByteOffset: offset, as: UInt16.self).littleEndian)
    }

    /// Four bytes, the last one highest.
    @inline(__always) func number(at offset: Int) -> Int {
        guard offset >= 0, offset &+ 4 <= count, let base = unsafe base else { return 0 }
        return unsafe Int(
            UnsafeRawPointer(base).loadUnaligned(fromByteOffset: offset, as: UInt32.self).littleEndian)
    }

    /// Whether the ASCII `text`, given in lower case, stands at `offset` in any case.
    package func has(_ text: StaticString, at offset: Int) -> Bool {
        let length = text.utf8CodeUnitCount
        guard offset >= 0, offset &+ length <= count else { return false }
        for index in 0..<length {
            let found = self[offset &+ index]
            let wanted = unsafe text.utf8Start[index]
            let folded = found &- 65 < 26 ? found | 0x20 : found
            if folded != wanted { return false }
        }
        return true
    }

    package func string(_ range: Range<Int>) -> String {
        let range = range.clamped(to: 0..<count)
        guard let base = unsafe base, !range.isEmpty else { return "" }
        let part = unsafe UnsafeBufferPointer(start: base + range.lowerBound, count: range.count)
        return unsafe String(decoding: part, as: UTF8.self)
    }
}
