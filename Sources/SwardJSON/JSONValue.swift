// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// A JSON value read with limits on depth and count; numbers are kept as text. Source: RFC 8259.
package indirect enum JSONValue: Hashable, Sendable {
    case null, boolean(Bool), number(String), string(String), array([JSONValue]), object([String: JSONValue])

    package struct Failure: Error, Hashable, Sendable {
        package enum Reason: Hashable, Sendable {
            case unexpected, tooDeep(limit: Int), tooMany(limit: Int), badText, duplicateKey(String), trailing
        }

        package let reason: Reason
        /// In bytes.
        package let offset: Int
    }

    package static let maximumDepth = 32
    package static let maximumValues = 20_000_000

    package init(_ bytes: [UInt8]) throws(Failure) {
        var parser = JSONParser(bytes: bytes)
        self = try parser.document()
    }

    package var string: String? { if case .string(let text) = self { text } else { nil } }
    package var array: [JSONValue]? { if case .array(let list) = self { list } else { nil } }
    package subscript(key: String) -> JSONValue? {
        if case .object(let entries) = self { entries[key] } else { nil }
    }
}

private struct JSONParser {
    let bytes: [UInt8]
    private var offset = 0
    private var count = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func document() throws(JSONValue.Failure) -> JSONValue {
        let value = try value(depth: 0)
        skipSpace()
        guard offset == bytes.count else { throw failure(.trailing) }
        return value
    }

    private func failure(_ reason: JSONValue.Failure.Reason) -> JSONValue.Failure {
        .init(reason: reason, offset: offset)
    }

    private mutating func skipSpace() {
        while offset < bytes.count, [32, 9, 10, 13].contains(bytes[offset]) { offset += 1 }
    }

    private mutating func take(_ byte: Character) -> Bool {
        guard offset < bytes.count, bytes[offset] == byte.asciiValue else { return false }
        offset += 1
        return true
    }

    /// Depth is bounded before recursing.
    private mutating func value(depth: Int) throws(JSONValue.Failure) -> JSONValue {
        skipSpace()
        count += 1
        guard count <= JSONValue.maximumValues else {
            throw failure(.tooMany(limit: JSONValue.maximumValues))
        }
        guard depth <= JSONValue.maximumDepth else { throw failure(.tooDeep(limit: JSONValue.maximumDepth)) }
        guard offset < bytes.count else { throw failure(.unexpected) }
        switch bytes[offset] {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try text())
        case UInt8(ascii: "t"): return try word("true", .boolean(true))
        case UInt8(ascii: "f"): return try word("false", .boolean(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func object(depth: Int) throws(JSONValue.Failure) -> JSONValue {
        offset += 1
        var entries: [String: JSONValue] = [:]
        skipSpace()
        if take("}") { return .object(entries) }
        repeat {
            skipSpace()
            guard offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") else {
                throw failure(.unexpected)
            }
            let key = try text()
            skipSpace()
            guard take(":") else { throw failure(.unexpected) }
            let value = try value(depth: depth + 1)
            guard entries.updateValue(value, forKey: key) == nil else { throw failure(.duplicateKey(key)) }
            skipSpace()
        } while take(",")
        guard take("}") else { throw failure(.unexpected) }
        return .object(entries)
    }

    private mutating func array(depth: Int) throws(JSONValue.Failure) -> JSONValue {
        offset += 1
        var elements: [JSONValue] = []
        skipSpace()
        if take("]") { return .array(elements) }
        repeat {
            elements.append(try value(depth: depth + 1))
            skipSpace()
        } while take(",")
        guard take("]") else { throw failure(.unexpected) }
        return .array(elements)
    }

    private mutating func word(_ word: String, _ value: JSONValue) throws(JSONValue.Failure) -> JSONValue {
        guard bytes[offset...].starts(with: word.utf8) else { throw failure(.unexpected) }
        offset += word.utf8.count
        return value
    }

    private mutating func number() throws(JSONValue.Failure) -> JSONValue {
        let start = offset
        while offset < bytes.count, "+-.0123456789eE".utf8.contains(bytes[offset]) { offset += 1 }
        let text = String(decoding: bytes[start..<offset], as: UTF8.self)
        guard offset > start, text.utf8.count < 64, Double(text) != nil else { throw failure(.unexpected) }
        return .number(text)
    }

    private mutating func text() throws(JSONValue.Failure) -> String {
        offset += 1
        var result: [UInt8] = []
        while true {
            let start = offset
            while offset < bytes.count, bytes[offset] != UInt8(ascii: "\""),
                bytes[offset] != UInt8(ascii: "\\"), bytes[offset] >= 32
            {
                offset += 1
            }
            result.append(contentsOf: bytes[start..<offset])
            if take("\"") { break }
            guard take("\\"), offset < bytes.count else { throw failure(.badText) }
            let escape = bytes[offset]
            offset += 1
            switch escape {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): result.append(escape)
            case UInt8(ascii: "b"): result.append(8)
            case UInt8(ascii: "f"): result.append(12)
            case UInt8(ascii: "n"): result.append(10)
            case UInt8(ascii: "r"): result.append(13)
            case UInt8(ascii: "t"): result.append(9)
            case UInt8(ascii: "u"): result.append(contentsOf: String(try scalar()).utf8)
            default: throw failure(.badText)
            }
        }
        guard let text = String(validating: result, as: UTF8.self) else { throw failure(.badText) }
        return text
    }

    private mutating func scalar() throws(JSONValue.Failure) -> Character {
        let first = try unit()
        if let scalar = Unicode.Scalar(first) { return Character(scalar) }
        guard UTF16.isLeadSurrogate(first), take("\\"), take("u") else { throw failure(.badText) }
        let second = try unit()
        guard UTF16.isTrailSurrogate(second) else { throw failure(.badText) }
        let value = 0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00)
        guard let scalar = Unicode.Scalar(value) else { throw failure(.badText) }
        return Character(scalar)
    }

    private mutating func unit() throws(JSONValue.Failure) -> UInt16 {
        guard offset + 4 <= bytes.count,
            let value = UInt16(String(decoding: bytes[offset..<(offset + 4)], as: UTF8.self), radix: 16)
        else { throw failure(.badText) }
        offset += 4
        return value
    }
}
