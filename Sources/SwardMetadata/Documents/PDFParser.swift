// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// A value of PDF's syntax. Source: ISO 32000-2, 7.3.
indirect enum PDFValue {
    case null, boolean(Bool), number(Double), name(String), string([UInt8]), array([PDFValue])
    case dictionary([String: PDFValue]), reference(Int, Int)
    /// A word that is none of these, such as `endobj`.
    case word(String)

    var integer: Int? {
        guard case .number(let value) = self, value.magnitude < 1e15 else { return nil }
        return Int(value)
    }
    var name: String? { if case .name(let text) = self { text } else { nil } }
    var string: [UInt8]? { if case .string(let bytes) = self { bytes } else { nil } }
    var array: [PDFValue]? { if case .array(let values) = self { values } else { nil } }
    var dictionary: [String: PDFValue]? { if case .dictionary(let entries) = self { entries } else { nil } }
}

/// Reads values out of bytes; broken ones end in `nil`, and nesting in a limit.
struct PDFParser {
    let bytes: [UInt8]
    var offset: Int
    private var values = 0

    /// - Parameter offset: may be any number that a file names; outside of `bytes` there is no value.
    init(_ bytes: [UInt8], at offset: Int = 0) {
        self.bytes = bytes
        self.offset = offset < 0 ? bytes.count : offset
    }

    private static let maximumValues = 100_000
    private static let maximumDepth = 24

    mutating func value(depth: Int = 0) -> PDFValue? {
        skipBlanks()
        values += 1
        guard offset < bytes.count, depth < Self.maximumDepth, values < Self.maximumValues else { return nil }
        switch bytes[offset] {
        case UInt8(ascii: "/"):
            offset += 1
            return .name(nameText())
        case UInt8(ascii: "("): return .string(literal())
        case UInt8(ascii: "<"):
            if bytes.has("<<", at: offset) {
                offset += 2
                return dictionary(depth: depth)
            }
            return .string(hexadecimal())
        case UInt8(ascii: "["):
            offset += 1
            var list: [PDFValue] = []
            while true {
                skipBlanks()
                guard offset < bytes.count else { return .array(list) }
                if bytes[offset] == UInt8(ascii: "]") {
                    offset += 1
                    return .array(list)
                }
                guard let next = value(depth: depth + 1) else { return nil }
                list.append(next)
            }
        case UInt8(ascii: ")"), UInt8(ascii: ">"), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"):
            offset += 1
            return .word("")
        case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), 0x30...0x39: return number()
        default:
            let text = word()
            switch text {
            case "true": return .boolean(true)
            case "false": return .boolean(false)
            case "null": return .null
            default: return .word(text)
            }
        }
    }

    private mutating func dictionary(depth: Int) -> PDFValue? {
        var entries: [String: PDFValue] = [:]
        while true {
            skipBlanks()
            guard offset < bytes.count else { return .dictionary(entries) }
            if bytes.has(">>", at: offset) {
                offset += 2
                return .dictionary(entries)
            }
            guard let key = value(depth: depth + 1) else { return nil }
            guard case .name(let name) = key else {
                if case .word(let text) = key, text == "endobj" || text == "stream" {
                    return .dictionary(entries)
                }
                continue
            }
            guard let entry = value(depth: depth + 1) else { return nil }
            if entries.count < 4096 { entries[name] = entry }
        }
    }

    mutating func skipBlanks() {
        while offset < bytes.count {
            let byte = bytes[offset]
            if byte == UInt8(ascii: "%") {
                while offset < bytes.count, bytes[offset] != 10, bytes[offset] != 13 { offset += 1 }
            } else if byte == 0 || byte == 9 || byte == 10 || byte == 12 || byte == 13 || byte == 32 {
                offset += 1
            } else {
                return
            }
        }
    }

    static func isRegular(_ byte: UInt8) -> Bool {
        switch byte {
        case 0, 9, 10, 12, 13, 32, 0x28, 0x29, 0x3C, 0x3E, 0x5B, 0x5D, 0x7B, 0x7D, 0x2F, 0x25: false
        default: true
        }
    }

    private mutating func word() -> String {
        let start = offset
        while offset < bytes.count, Self.isRegular(bytes[offset]) { offset += 1 }
        if offset == start, offset < bytes.count { offset += 1 }
        return String(decoding: bytes[start..<min(offset, start + 128)], as: UTF8.self)
    }

    private mutating func nameText() -> String {
        var name: [UInt8] = []
        while offset < bytes.count, Self.isRegular(bytes[offset]) {
            var byte = bytes[offset]
            if byte == UInt8(ascii: "#"), offset + 2 < bytes.count, let high = Self.digit(bytes[offset + 1]),
                let low = Self.digit(bytes[offset + 2])
            {
                byte = high << 4 | low
                offset += 2
            }
            if name.count < 128 { name.append(byte) }
            offset += 1
        }
        return String(decoding: name, as: UTF8.self)
    }

    static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }

    /// A number, or a reference: two numbers and an `R`.
    private mutating func number() -> PDFValue? {
        guard let first = plainNumber() else { return .word(word()) }
        guard first >= 0, first == first.rounded(), first < 1e10 else { return .number(first) }
        let after = offset
        skipBlanks()
        if offset < bytes.count, case 0x30...0x39 = bytes[offset], let second = plainNumber(), second < 1e6 {
            skipBlanks()
            if bytes.has("R", at: offset), offset + 1 >= bytes.count || !Self.isRegular(bytes[offset + 1]) {
                offset += 1
                return .reference(Int(first), Int(second))
            }
        }
        offset = after
        return .number(first)
    }

    mutating func plainNumber() -> Double? {
        let start = offset
        var value = 0.0
        var scale = 1.0
        var isNegative = false
        var isFraction = false
        var digits = 0
        loop: while offset < bytes.count {
            switch bytes[offset] {
            case UInt8(ascii: "-"): isNegative = true
            case UInt8(ascii: "+"): break
            case UInt8(ascii: "."): isFraction = true
            case 0x30...0x39:
                digits += 1
                value = value * 10 + Double(bytes[offset] - 0x30)
                if isFraction { scale *= 10 }
            default: break loop
            }
            offset += 1
        }
        guard digits > 0, digits < 300 else {
            if offset == start { offset += 1 }
            return nil
        }
        return (isNegative ? -value : value) / scale
    }

    private mutating func literal() -> [UInt8] {
        var result: [UInt8] = []
        var depth = 0
        while offset < bytes.count {
            let byte = bytes[offset]
            offset += 1
            switch byte {
            case UInt8(ascii: "("):
                if depth > 0 { result.append(byte) }
                depth += 1
            case UInt8(ascii: ")"):
                depth -= 1
                if depth == 0 { return result }
                result.append(byte)
            case UInt8(ascii: "\\"):
                guard offset < bytes.count else { return result }
                let escaped = bytes[offset]
                offset += 1
                switch escaped {
                case UInt8(ascii: "n"): result.append(10)
                case UInt8(ascii: "r"): result.append(13)
                case UInt8(ascii: "t"): result.append(9)
                case UInt8(ascii: "b"): result.append(8)
                case UInt8(ascii: "f"): result.append(12)
                case 13: if bytes.has("\n", at: offset) { offset += 1 }
                case 10: break
                case 0x30...0x37:
                    var code = Int(escaped - 0x30)
                    for _ in 0..<2 {
                        guard offset < bytes.count, case 0x30...0x37 = bytes[offset] else { break }
                        code = code << 3 | Int(bytes[offset] - 0x30)
                        offset += 1
                    }
                    result.append(UInt8(truncatingIfNeeded: code))
                default: result.append(escaped)
                }
            default: result.append(byte)
            }
        }
        return result
    }

    private mutating func hexadecimal() -> [UInt8] {
        offset += 1
        var result: [UInt8] = []
        var high: UInt8?
        while offset < bytes.count, bytes[offset] != UInt8(ascii: ">") {
            if let digit = Self.digit(bytes[offset]) {
                if let first = high {
                    result.append(first << 4 | digit)
                    high = nil
                } else {
                    high = digit
                }
            }
            offset += 1
        }
        offset = min(offset + 1, bytes.count)
        if let first = high { result.append(first << 4) }
        return result
    }
}
