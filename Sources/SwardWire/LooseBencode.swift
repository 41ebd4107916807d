// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// The dictionary at the front of a peer's message, read as other clients write it.
///
/// Nothing here is hashed, and clients in the field sort keys as they please, so order, duplicates and leading
/// zeros are let pass where ``SwardBencode`` would refuse them. Depth, size and count are capped.
struct LooseBencode {
    indirect enum Value {
        case integer(Int64)
        case string(ArraySlice<UInt8>)
        case list
        case dictionary([(key: ArraySlice<UInt8>, value: Value)])
    }

    private static let maximumDepth = 8
    private static let maximumValues = 1024
    private let bytes: [UInt8]
    private var offset = 0
    private var values = 0

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// - Returns: the dictionary and the bytes it takes; `nil` when there is none.
    static func dictionary(at bytes: [UInt8]) -> (
        entries: [(key: ArraySlice<UInt8>, value: Value)], length: Int
    )? {
        var reader = LooseBencode(bytes)
        guard case .dictionary(let entries) = reader.value(depth: 0) else { return nil }
        return (entries, reader.offset)
    }

    private mutating func value(depth: Int) -> Value? {
        values += 1
        guard offset < bytes.count, depth < Self.maximumDepth, values <= Self.maximumValues else {
            return nil
        }
        switch bytes[offset] {
        case UInt8(ascii: "i"):
            offset += 1
            guard let end = bytes[offset...].prefix(24).firstIndex(of: UInt8(ascii: "e")),
                let number = Int64(String(decoding: bytes[offset..<end], as: UTF8.self))
            else { return nil }
            offset = end + 1
            return .integer(number)
        case UInt8(ascii: "l"):
            offset += 1
            while offset < bytes.count, bytes[offset] != UInt8(ascii: "e") {
                guard value(depth: depth + 1) != nil else { return nil }
            }
            return close() ? .list : nil
        case UInt8(ascii: "d"):
            offset += 1
            var entries: [(key: ArraySlice<UInt8>, value: Value)] = []
            while offset < bytes.count, bytes[offset] != UInt8(ascii: "e") {
                guard let key = string(), let value = value(depth: depth + 1) else { return nil }
                entries.append((key, value))
            }
            return close() ? .dictionary(entries) : nil
        default: return string().map(Value.string)
        }
    }

    private mutating func close() -> Bool {
        guard offset < bytes.count else { return false }
        offset += 1
        return true
    }

    private mutating func string() -> ArraySlice<UInt8>? {
        var length = 0
        let start = offset
        while offset < bytes.count, case let digit = Int(bytes[offset]) - 0x30, 0...9 ~= digit {
            length = length * 10 + digit
            guard length <= bytes.count else { return nil }
            offset += 1
        }
        guard offset > start, offset < bytes.count, bytes[offset] == UInt8(ascii: ":"),
            length <= bytes.count - offset - 1
        else { return nil }
        let content = (offset + 1)..<(offset + 1 + length)
        offset = content.upperBound
        return bytes[content]
    }
}

extension [(key: ArraySlice<UInt8>, value: LooseBencode.Value)] {
    func integer(_ key: String) -> Int64? {
        for entry in self where entry.key.elementsEqual(key.utf8) {
            if case .integer(let number) = entry.value { return number }
        }
        return nil
    }

    func string(_ key: String) -> ArraySlice<UInt8>? {
        for entry in self where entry.key.elementsEqual(key.utf8) {
            if case .string(let bytes) = entry.value { return bytes }
        }
        return nil
    }

    func dictionary(_ key: String) -> Self? {
        for entry in self where entry.key.elementsEqual(key.utf8) {
            if case .dictionary(let entries) = entry.value { return entries }
        }
        return nil
    }
}
