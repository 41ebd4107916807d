// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardBencode

/// Reads bencode as trackers write it: keys in any order, numbers with leading zeros, bytes after the end.
///
/// Nothing of an answer is hashed, so a second spelling does no harm here; what cannot be read is still refused.
struct LooseBencode {
    private static let depthLimit = 8, valueLimit = 100_000
    private let bytes: ArraySlice<UInt8>
    private var offset: Int
    private var values = 0

    private init(bytes: ArraySlice<UInt8>, offset: Int) {
        self.bytes = bytes
        self.offset = offset
    }

    /// - Parameter bytes: Capped by whoever fetched them.
    static func read(_ bytes: [UInt8]) throws(TrackerError) -> Bencode {
        var reader = LooseBencode(bytes: bytes[...], offset: 0)
        return try reader.value(depth: 0)
    }

    private mutating func value(depth: Int) throws(TrackerError) -> Bencode {
        values += 1
        guard depth < Self.depthLimit, values <= Self.valueLimit else { throw .notBencode(offset: offset) }
        switch try peek() {
        case UInt8(ascii: "i"):
            offset += 1
            let integer = try number(until: UInt8(ascii: "e"), isSigned: true)
            return .integer(integer)
        case UInt8(ascii: "l"):
            offset += 1
            var elements: [Bencode] = []
            while try peek() != UInt8(ascii: "e") { elements.append(try value(depth: depth + 1)) }
            offset += 1
            return .list(elements)
        case UInt8(ascii: "d"):
            offset += 1
            var entries: [[UInt8]: Bencode] = [:]
            while try peek() != UInt8(ascii: "e") {
                let key = Array(try string())
                let value = try value(depth: depth + 1)
                // Of a key that comes twice the first counts.
                if entries[key] == nil { entries[key] = value }
            }
            offset += 1
            return .dictionary(entries)
        default: return .string(Array(try string()))
        }
    }

    private func peek() throws(TrackerError) -> UInt8 {
        guard offset < bytes.endIndex else { throw .notBencode(offset: offset) }
        return bytes[offset]
    }

    private mutating func string() throws(TrackerError) -> ArraySlice<UInt8> {
        let start = offset
        let length = try number(until: UInt8(ascii: ":"), isSigned: false)
        guard length <= bytes.endIndex - offset else { throw .notBencode(offset: start) }
        defer { offset += Int(length) }
        return bytes[offset..<(offset + Int(length))]
    }

    private mutating func number(until end: UInt8, isSigned: Bool) throws(TrackerError) -> Int64 {
        let start = offset
        guard let stop = bytes[offset...].prefix(24).firstIndex(of: end), stop > start else {
            throw .notBencode(offset: start)
        }
        let digits = String(decoding: bytes[start..<stop], as: UTF8.self)
        guard digits.first != "+", isSigned || digits.first != "-", let number = Int64(digits) else {
            throw .notBencode(offset: start)
        }
        offset = stop + 1
        return number
    }
}

extension Bencode {
    subscript(key: String) -> Bencode? {
        guard case .dictionary(let entries) = self else { return nil }
        return entries[Array(key.utf8)]
    }

    /// An integer, or one written as a string, as some trackers do.
    var number: Int64? {
        switch self {
        case .integer(let integer): integer
        case .string(let digits): Int64(String(decoding: digits, as: UTF8.self))
        default: nil
        }
    }

    var bytes: [UInt8]? { if case .string(let bytes) = self { bytes } else { nil } }

    /// Text that may be shown: no control characters, at most 500 characters.
    var shownText: String? {
        guard let bytes else { return nil }
        var text = ""
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars.prefix(500) {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator:
                text.unicodeScalars.append("\u{fffd}")
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
