// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Reads JSON as manifests contain it: comments, trailing commas, single quotes, bare keys, duplicate keys and a
/// byte order mark are let pass, and what breaks off is kept up to there.
///
/// For reading what others wrote about their terms; what we sign is read by ``JSONValue``.
package struct LenientJSON {
    /// `nil` where there is no value at all.
    package let value: LocatedValue?
    /// Something was skipped, cut off, or beyond a limit.
    package let isMalformed: Bool

    /// - Parameters:
    ///   - maximumDepth: Of open brackets; what lies deeper ends the reading.
    ///   - maximumValues: Of values in all; beyond it the reading ends.
    package init(_ bytes: [UInt8], maximumDepth: Int = 64, maximumValues: Int = 400_000) {
        var parser = Parser(bytes: bytes, maximumDepth: maximumDepth, remaining: maximumValues)
        value = parser.document()
        isMalformed = parser.isMalformed || value == nil
    }

    private struct Parser {
        let bytes: [UInt8]
        let maximumDepth: Int
        var remaining: Int
        var isMalformed = false
        private var offset = 0

        init(bytes: [UInt8], maximumDepth: Int, remaining: Int) {
            self.bytes = bytes
            self.maximumDepth = maximumDepth
            self.remaining = remaining
        }

        mutating func document() -> LocatedValue? {
            if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
            guard let value = value(depth: 0) else { return nil }
            skipSpace()
            if offset < bytes.count { isMalformed = true }
            return value
        }

        /// `nil` where no value starts; then the reading is over.
        private mutating func value(depth: Int) -> LocatedValue? {
            skipSpace()
            remaining -= 1
            guard offset < bytes.count, remaining >= 0 else { return stop() }
            let start = offset
            switch bytes[offset] {
            case UInt8(ascii: "{"):
                guard depth < maximumDepth else { return stop() }
                let entries = entries(depth: depth + 1)
                return LocatedValue(.map(entries), bytes: start..<offset)
            case UInt8(ascii: "["):
                guard depth < maximumDepth else { return stop() }
                let values = elements(depth: depth + 1)
                return LocatedValue(.list(values), bytes: start..<offset)
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                let (text, inner) = quoted()
                return LocatedValue(.string(text), bytes: inner)
            default: return word()
            }
        }

        private mutating func entries(depth: Int) -> [LocatedValue.Entry] {
            var result: [LocatedValue.Entry] = []
            offset += 1
            while true {
                skipSpace(andCommas: true)
                guard offset < bytes.count else { break }
                if take(UInt8(ascii: "}")) { return result }
                guard let (key, keyBytes) = key() else { break }
                skipSpace()
                guard take(UInt8(ascii: ":")), let value = value(depth: depth) else { break }
                result.append(LocatedValue.Entry(key: key, keyBytes: keyBytes, value: value))
                if isOver { return result }
            }
            _ = stop()
            return result
        }

        private mutating func elements(depth: Int) -> [LocatedValue] {
            var result: [LocatedValue] = []
            offset += 1
            while true {
                skipSpace(andCommas: true)
                guard offset < bytes.count else { break }
                if take(UInt8(ascii: "]")) { return result }
                guard let value = value(depth: depth) else { break }
                result.append(value)
                if isOver { return result }
            }
            _ = stop()
            return result
        }

        private var isOver: Bool { offset >= bytes.count && isMalformed }

        private mutating func stop() -> LocatedValue? {
            isMalformed = true
            offset = bytes.count
            return nil
        }

        private mutating func key() -> (String, Range<Int>)? {
            switch bytes[offset] {
            case UInt8(ascii: "\""), UInt8(ascii: "'"): return quoted()
            default:
                let start = offset
                while offset < bytes.count, isBare(bytes[offset]) { offset += 1 }
                guard offset > start else { return nil }
                return (String(decoding: bytes[start..<offset], as: UTF8.self), start..<offset)
            }
        }

        private mutating func word() -> LocatedValue? {
            let start = offset
            while offset < bytes.count, isBare(bytes[offset]) { offset += 1 }
            guard offset > start else { return stop() }
            let range = start..<offset
            let text = String(decoding: bytes[range].prefix(256), as: UTF8.self)
            switch text {
            case "null", "undefined", "NaN": return LocatedValue(.null, bytes: range)
            case "true": return LocatedValue(.boolean(true), bytes: range)
            case "false": return LocatedValue(.boolean(false), bytes: range)
            default: return LocatedValue(.number(text), bytes: range)
            }
        }

        private func isBare(_ byte: UInt8) -> Bool {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"),
                UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "$"), 0x80...:
                true
            default: false
            }
        }

        /// The text between quotes, and where it stands; an escape that is none is kept as its letter.
        private mutating func quoted() -> (String, Range<Int>) {
            let quote = bytes[offset]
            offset += 1
            let start = offset
            var text: [UInt8] = []
            var pending = offset
            while offset < bytes.count, bytes[offset] != quote {
                guard bytes[offset] == UInt8(ascii: "\\") else {
                    offset += 1
                    continue
                }
                text.append(contentsOf: bytes[pending..<offset])
                offset += 1
                escape(into: &text)
                pending = offset
            }
            text.append(contentsOf: bytes[pending..<offset])
            let inner = start..<offset
            if offset < bytes.count { offset += 1 } else { isMalformed = true }
            return (String(decoding: text, as: UTF8.self), inner)
        }

        private mutating func escape(into text: inout [UInt8]) {
            guard offset < bytes.count else { return }
            let letter = bytes[offset]
            offset += 1
            switch letter {
            case UInt8(ascii: "b"): text.append(8)
            case UInt8(ascii: "f"): text.append(12)
            case UInt8(ascii: "n"): text.append(10)
            case UInt8(ascii: "r"): text.append(13)
            case UInt8(ascii: "t"): text.append(9)
            case UInt8(ascii: "u"):
                guard let first = unit() else { return }
                if let scalar = Unicode.Scalar(first) {
                    text.append(contentsOf: String(Character(scalar)).utf8)
                    return
                }
                guard UTF16.isLeadSurrogate(first), offset + 1 < bytes.count,
                    bytes[offset] == UInt8(ascii: "\\"), bytes[offset + 1] == UInt8(ascii: "u")
                else { return }
                offset += 2
                guard let second = unit(), UTF16.isTrailSurrogate(second) else { return }
                let value = 0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00)
                if let scalar = Unicode.Scalar(value) {
                    text.append(contentsOf: String(Character(scalar)).utf8)
                }
            default: text.append(letter)
            }
        }

        private mutating func unit() -> UInt16? {
            guard offset + 4 <= bytes.count,
                let value = UInt16(String(decoding: bytes[offset..<(offset + 4)], as: UTF8.self), radix: 16)
            else { return nil }
            offset += 4
            return value
        }

        private mutating func take(_ byte: UInt8) -> Bool {
            guard offset < bytes.count, bytes[offset] == byte else { return false }
            offset += 1
            return true
        }

        private mutating func skipSpace(andCommas: Bool = false) {
            while offset < bytes.count {
                switch bytes[offset] {
                case 0x20, 0x09, 0x0A, 0x0D: offset += 1
                case UInt8(ascii: ",") where andCommas: offset += 1
                case UInt8(ascii: "/") where offset + 1 < bytes.count:
                    if bytes[offset + 1] == UInt8(ascii: "/") {
                        while offset < bytes.count, bytes[offset] != 0x0A { offset += 1 }
                    } else if bytes[offset + 1] == UInt8(ascii: "*") {
                        offset += 2
                        while offset < bytes.count,
                            !(bytes[offset] == UInt8(ascii: "/") && bytes[offset - 1] == UInt8(ascii: "*"))
                        {
                            offset += 1
                        }
                        offset = min(offset + 1, bytes.count)
                    } else {
                        return
                    }
                default: return
                }
            }
        }
    }
}
