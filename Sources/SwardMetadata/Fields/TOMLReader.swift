// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardJSON

/// Reads TOML leniently and keeps where each value stands; a line that is none is passed over.
///
/// Answers questions by key path and builds no tree, so that neither nesting nor a million tables cost more than a
/// walk over the file. Source: TOML 1.0.
struct TOMLReader {
    private struct Item {
        let path: [String]
        let value: LocatedValue
    }

    private let bytes: [UInt8]
    private let limits: MetadataLimits
    private var items: [Item] = []
    /// Paths of `[table]` headers, in order.
    private(set) var tables: [[String]] = []
    private var offset = 0
    /// Values that may still be read.
    private var left: Int

    init(_ bytes: [UInt8], limits: MetadataLimits) {
        self.bytes = bytes
        self.limits = limits
        left = limits.values
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
        readAll()
    }

    /// The value under a chain of keys, however tables, dotted keys and inline tables spell it.
    subscript(path: String...) -> LocatedValue? { self[path] }

    subscript(path: [String]) -> LocatedValue? {
        var found: LocatedValue?
        for item in items where item.path.count <= path.count && path.starts(with: item.path) {
            if let value = item.value[Array(path[item.path.count...])] { found = value }
        }
        return found
    }

    /// The keys directly under `path`, with their values, where each is spelled `key = value`.
    func entries(under path: [String]) -> [(key: String, value: LocatedValue)] {
        items.compactMap { item in
            item.path.count == path.count + 1 && item.path.starts(with: path)
                ? (item.path[path.count], item.value) : nil
        }
    }

    func hasTable(_ path: String...) -> Bool {
        tables.contains { $0.starts(with: path) } || items.contains { $0.path.starts(with: path) }
    }

    private mutating func readAll() {
        var table: [String] = []
        while offset < bytes.count, items.count < limits.values {
            skipSpace(lines: true)
            guard offset < bytes.count else { return }
            if bytes[offset] == UInt8(ascii: "[") {
                offset += 1
                if offset < bytes.count, bytes[offset] == UInt8(ascii: "[") { offset += 1 }
                if let path = keys() {
                    table = path
                    if tables.count < limits.values { tables.append(path) }
                }
                skipLine()
                continue
            }
            guard let path = keys() else {
                skipLine()
                continue
            }
            skipSpace(lines: false)
            guard offset < bytes.count, bytes[offset] == UInt8(ascii: "=") else {
                skipLine()
                continue
            }
            offset += 1
            if let value = value(depth: 0) { items.append(Item(path: table + path, value: value)) }
            skipLine()
        }
    }

    private mutating func skipLine() {
        while offset < bytes.count, bytes[offset] != 0x0A { offset += 1 }
        offset += 1
    }

    private mutating func skipSpace(lines: Bool) {
        while offset < bytes.count {
            switch bytes[offset] {
            case 0x20, 0x09, 0x0D: offset += 1
            case 0x0A where lines: offset += 1
            case UInt8(ascii: "#") where lines:
                while offset < bytes.count, bytes[offset] != 0x0A { offset += 1 }
            default: return
            }
        }
    }

    /// A dotted key; at most as many parts as the depth allows.
    private mutating func keys() -> [String]? {
        var result: [String] = []
        while true {
            skipSpace(lines: false)
            guard offset < bytes.count, result.count < limits.depth else { return nil }
            if bytes[offset] == UInt8(ascii: "\"") || bytes[offset] == UInt8(ascii: "'") {
                result.append(text().text)
            } else {
                let start = offset
                while offset < bytes.count, isBare(bytes[offset]) { offset += 1 }
                guard offset > start else { return nil }
                result.append(bytes.text(start..<offset))
            }
            skipSpace(lines: false)
            guard offset < bytes.count, bytes[offset] == UInt8(ascii: ".") else { return result }
            offset += 1
        }
    }

    private func isBare(_ byte: UInt8) -> Bool {
        byte.isLetter || byte.isDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
            || byte >= 0x80
    }

    private mutating func value(depth: Int) -> LocatedValue? {
        skipSpace(lines: depth > 0)
        guard offset < bytes.count, depth < limits.depth, left > 0 else { return nil }
        left -= 1
        let start = offset
        switch bytes[offset] {
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            let (text, inner) = text()
            return LocatedValue(.string(text), bytes: inner)
        case UInt8(ascii: "["):
            offset += 1
            var values: [LocatedValue] = []
            while true {
                skipSpace(lines: true)
                guard offset < bytes.count else { break }
                if bytes[offset] == UInt8(ascii: "]") {
                    offset += 1
                    break
                }
                if bytes[offset] == UInt8(ascii: ",") {
                    offset += 1
                    continue
                }
                guard let value = value(depth: depth + 1) else { break }
                values.append(value)
            }
            return LocatedValue(.list(values), bytes: start..<offset)
        case UInt8(ascii: "{"):
            offset += 1
            var entries: [LocatedValue.Entry] = []
            while true {
                skipSpace(lines: true)
                guard offset < bytes.count else { break }
                if bytes[offset] == UInt8(ascii: "}") {
                    offset += 1
                    break
                }
                if bytes[offset] == UInt8(ascii: ",") {
                    offset += 1
                    continue
                }
                let keyStart = offset
                guard let path = keys(), offset < bytes.count, bytes[offset] == UInt8(ascii: "=") else {
                    break
                }
                let keyBytes = keyStart..<offset
                offset += 1
                guard let value = value(depth: depth + 1) else { break }
                let whole = path.dropFirst().reversed().reduce(value) { inner, key in
                    let entry = LocatedValue.Entry(key: key, keyBytes: keyBytes, value: inner)
                    return LocatedValue(.map([entry]), bytes: inner.bytes)
                }
                entries.append(LocatedValue.Entry(key: path[0], keyBytes: keyBytes, value: whole))
            }
            return LocatedValue(.map(entries), bytes: start..<offset)
        default:
            while offset < bytes.count, isBare(bytes[offset]) || "+.:".utf8.contains(bytes[offset]) {
                offset += 1
            }
            guard offset > start else { return nil }
            let word = bytes.text(start..<offset)
            switch word {
            case "true": return LocatedValue(.boolean(true), bytes: start..<offset)
            case "false": return LocatedValue(.boolean(false), bytes: start..<offset)
            default: return LocatedValue(.number(word), bytes: start..<offset)
            }
        }
    }

    /// A string in any of the four quotations, and where it stands.
    private mutating func text() -> (text: String, bytes: Range<Int>) {
        let quote = bytes[offset]
        let isLiteral = quote == UInt8(ascii: "'")
        let isLong = offset + 2 < bytes.count && bytes[offset + 1] == quote && bytes[offset + 2] == quote
        offset += isLong ? 3 : 1
        if isLong, offset < bytes.count, bytes[offset] == 0x0D { offset += 1 }
        if isLong, offset < bytes.count, bytes[offset] == 0x0A { offset += 1 }
        let start = offset
        var result: [UInt8] = []
        while offset < bytes.count {
            let byte = bytes[offset]
            if byte == quote {
                if !isLong { break }
                if offset + 2 < bytes.count, bytes[offset + 1] == quote, bytes[offset + 2] == quote { break }
            }
            // A short string ends with its line, so that a quote left open spoils one line and not the file.
            if !isLong, byte == 0x0A { break }
            if byte == UInt8(ascii: "\\"), !isLiteral, offset + 1 < bytes.count {
                offset += 1
                switch bytes[offset] {
                case UInt8(ascii: "n"): result.append(0x0A)
                case UInt8(ascii: "t"): result.append(0x09)
                case UInt8(ascii: "r"): result.append(0x0D)
                case UInt8(ascii: "u"):
                    if let value = UInt32(bytes.text((offset + 1)..<min(offset + 5, bytes.count)), radix: 16),
                        let scalar = Unicode.Scalar(value)
                    {
                        result.append(contentsOf: String(Character(scalar)).utf8)
                        offset = min(offset + 4, bytes.count - 1)
                    }
                case 0x0A, 0x0D: break
                default: result.append(bytes[offset])
                }
                offset += 1
                continue
            }
            result.append(byte)
            offset += 1
        }
        let inner = start..<min(offset, bytes.count)
        if offset < bytes.count, bytes[offset] == quote { offset += isLong ? 3 : 1 }
        offset = min(offset, bytes.count)
        return (String(decoding: result, as: UTF8.self), inner)
    }
}
