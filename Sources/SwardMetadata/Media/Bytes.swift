// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// The order of the bytes of a number.
enum ByteOrder: Sendable { case big, little }

/// Numbers at an offset; `nil` where they do not lie in the bytes.
extension [UInt8] {
    func number(_ offset: Int, _ width: Int, _ order: ByteOrder) -> Int? {
        guard offset >= 0, width <= 8, offset <= count - width else { return nil }
        var value: UInt64 = 0
        for i in 0..<width {
            let byte = UInt64(self[order == .big ? offset + i : offset + width - 1 - i])
            value = value << 8 | byte
        }
        return Int(exactly: value)
    }

    func be16(_ offset: Int) -> Int? { number(offset, 2, .big) }
    func be24(_ offset: Int) -> Int? { number(offset, 3, .big) }
    func be32(_ offset: Int) -> Int? { number(offset, 4, .big) }
    func be64(_ offset: Int) -> Int? { number(offset, 8, .big) }
    func le16(_ offset: Int) -> Int? { number(offset, 2, .little) }
    func le32(_ offset: Int) -> Int? { number(offset, 4, .little) }
    func le64(_ offset: Int) -> Int? { number(offset, 8, .little) }

    /// Those that lie there, however many of them do.
    func part(_ offset: Int, _ length: Int) -> [UInt8] {
        guard offset >= 0, offset < count, length > 0 else { return [] }
        return Array(self[offset..<(offset + Swift.min(length, count - offset))])
    }

    func from(_ offset: Int) -> [UInt8] { part(offset, count) }

    /// All of them, or `nil`.
    func exact(_ offset: Int, _ length: Int) -> [UInt8]? {
        guard offset >= 0, length >= 0, offset <= count - length else { return nil }
        return Array(self[offset..<(offset + length)])
    }

    func has(_ text: StaticString, at offset: Int = 0) -> Bool {
        let length = text.utf8CodeUnitCount
        guard offset >= 0, offset <= count - length else { return false }
        return text.withUTF8Buffer { pattern in
            for i in 0..<length where unsafe pattern[i] != self[offset + i] { return false }
            return true
        }
    }

    func has(_ pattern: [UInt8], at offset: Int = 0) -> Bool {
        guard offset >= 0, offset <= count - pattern.count else { return false }
        for i in pattern.indices where pattern[i] != self[offset + i] { return false }
        return true
    }

    func firstIndex(of pattern: [UInt8], from start: Int = 0) -> Int? {
        guard let first = pattern.first, count >= pattern.count, start >= 0 else { return nil }
        let last = count - pattern.count
        var i = start
        while i <= last {
            guard let found = self[i...last].firstIndex(of: first) else { return nil }
            if has(pattern, at: found) { return found }
            i = found + 1
        }
        return nil
    }

    func lastIndex(of pattern: [UInt8]) -> Int? {
        var i = count - pattern.count
        while i >= 0 {
            if has(pattern, at: i) { return i }
            i -= 1
        }
        return nil
    }

    /// Up to the next zero.
    func terminated(at offset: Int = 0) -> [UInt8] {
        guard offset >= 0, offset < count else { return [] }
        return Array(self[offset...].prefix { $0 != 0 })
    }
}

/// Text in the encodings that containers use; control characters at its ends are gone.
enum FieldText {
    static let maximumLength = 65536

    static func utf8(_ bytes: [UInt8]) -> String {
        trimmed(String(decoding: bytes.prefix(maximumLength), as: UTF8.self))
    }

    static func latin1(_ bytes: [UInt8]) -> String {
        var scalars = String.UnicodeScalarView()
        for byte in bytes.prefix(maximumLength) { scalars.append(Unicode.Scalar(byte)) }
        return trimmed(String(scalars))
    }

    /// UTF-8 where it is that, else Latin 1: what fields without a stated encoding hold in practice.
    static func guessed(_ bytes: [UInt8]) -> String {
        if bytes.has([0xFE, 0xFF]) || bytes.has([0xFF, 0xFE]) { return utf16(bytes, .big) }
        let body = bytes.has([0xEF, 0xBB, 0xBF]) ? bytes.from(3) : bytes
        if let text = String(validating: body.prefix(maximumLength), as: UTF8.self) { return trimmed(text) }
        return latin1(body)
    }

    /// A byte order mark wins over `order`.
    static func utf16(_ bytes: [UInt8], _ order: ByteOrder) -> String {
        var order = order
        var start = 0
        if bytes.has([0xFE, 0xFF]) {
            order = .big
            start = 2
        } else if bytes.has([0xFF, 0xFE]) {
            order = .little
            start = 2
        }
        var units: [UInt16] = []
        let end = min(bytes.count, maximumLength * 2)
        while start + 1 < end {
            let high = UInt16(bytes[order == .big ? start : start + 1])
            units.append(high << 8 | UInt16(bytes[order == .big ? start + 1 : start]))
            start += 2
        }
        return trimmed(String(decoding: units, as: UTF16.self))
    }

    static func trimmed(_ text: String) -> String {
        func isBlank(_ scalar: Unicode.Scalar) -> Bool {
            scalar.value <= 32 || scalar.value == 0xFEFF || scalar.value == 0xA0
        }
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(where: { !isBlank($0) }) else { return "" }
        let last = scalars.lastIndex { !isBlank($0) }!
        return String(scalars[first...last])
    }
}
