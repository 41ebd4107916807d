// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Reads bencode as peers and trackers write it: keys in any order, numbers with leading zeros.
///
/// Only for what is not hashed: there a second spelling does no harm. Depth, count and lengths are capped all the
/// same, and what cannot be read is refused.
package struct LooseBencode {
    private static let maximumDepth = 8
    private let bytes: ArraySlice<UInt8>
    private let maximumValues: Int
    private var offset: Int
    private var values = 0

    /// Reads the value that `bytes` begin with.
    ///
    /// - Parameter bytes: Capped by whoever took them in.
    /// - Returns: The value, and how many bytes it takes; more may follow.
    package static func read(
        _ bytes: ArraySlice<UInt8>, maximumValues: Int
    ) throws(BencodeError) -> (value: Bencode, length: Int) {
        var reader = LooseBencode(
            bytes: bytes, maximumValues: maximumValues, offset: bytes.startIndex)
        let value = try reader.value(depth: 0)
        return (value, reader.offset - bytes.startIndex)
    }

    private init(bytes: ArraySlice<UInt8>, maximumValues: Int, offset: Int) {
        self.bytes = bytes
        self.maximumValues = maximumValues
        self.offset = offset
    }

    private func error(_ reason: BencodeError.Reason, at offset: Int) -> BencodeError {
        BencodeError(reason, at: offset - bytes.startIndex)
    }

    private mutating func value(depth: Int) throws(BencodeError) -> Bencode {
        values += 1
        guard depth < Self.maximumDepth else { throw error(.tooDeep(limit: Self.maximumDepth), at: offset) }
        guard values <= maximumValues else { throw error(.tooManyValues(limit: maximumValues), at: offset) }
        switch try peek() {
        case UInt8(ascii: "i"):
            offset += 1
            return .integer(try number(until: UInt8(ascii: "e"), isSigned: true))
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

    private func peek() throws(BencodeError) -> UInt8 {
        guard offset < bytes.endIndex else { throw error(.truncated, at: offset) }
        return bytes[offset]
    }

    private mutating func string() throws(BencodeError) -> ArraySlice<UInt8> {
        let start = offset
        let length = try number(until: UInt8(ascii: ":"), isSigned: false)
        guard length <= bytes.endIndex - offset else { throw error(.truncated, at: start) }
        defer { offset += Int(length) }
        return bytes[offset..<(offset + Int(length))]
    }

    private mutating func number(until end: UInt8, isSigned: Bool) throws(BencodeError) -> Int64 {
        let start = offset
        // No number that fits has more digits.
        guard let stop = bytes[offset...].prefix(24).firstIndex(of: end), stop > start else {
            throw error(.expectedDigit, at: start)
        }
        let digits = String(decoding: bytes[start..<stop], as: UTF8.self)
        guard digits.first != "+", isSigned || digits.first != "-", let number = Int64(digits) else {
            throw error(.expectedDigit, at: start)
        }
        offset = stop + 1
        return number
    }
}
