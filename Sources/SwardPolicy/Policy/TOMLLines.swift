// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// The line of each key and array element of a TOML text, which the TOML reader does not tell, and a check of its size
/// and nesting, which that reader leaves to the stack.
///
/// Exact for texts that are TOML; of others it says something, and ends.
package struct TOMLLines {
    package static let maximumLength = 256 << 10
    package static let maximumDepth = 32
    private static let maximumKeys = 1 << 16

    /// By path: `licenses.deny[2]`, `exceptions[0].reason`.
    package private(set) var lines: [String: Int] = [:]

    private let bytes: [UInt8]
    private var offset = 0
    private var line = 1
    /// Of the table that the last header opened.
    private var table = ""
    /// How many tables each array of tables has so far.
    private var counts: [String: Int] = [:]

    /// - Throws: For what would end the program, were it handed to the reader.
    package init(_ text: String, maximumLength: Int = Self.maximumLength) throws(PolicyError) {
        guard text.utf8.count <= maximumLength else { throw PolicyError(.tooLong) }
        bytes = Array(text.utf8)
        guard !bytes.contains(0) else { throw PolicyError(.notText) }
        while offset < bytes.count {
            let start = offset
            try statement()
            // A text that is no TOML must not hold it up.
            if offset == start { advance() }
        }
    }

    private var current: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    private mutating func advance() {
        if current == UInt8(ascii: "\n") { line += 1 }
        offset += 1
    }

    private mutating func note(_ path: String, _ line: Int) {
        if lines.count < Self.maximumKeys, lines[path] == nil { lines[path] = line }
    }

    private mutating func statement() throws(PolicyError) {
        skipBlank()
        guard let byte = current else { return }
        guard byte == UInt8(ascii: "[") else { return try pair(within: table) }
        let start = line
        advance()
        let isArray = current == UInt8(ascii: "[")
        if isArray { advance() }
        skipSpace()
        // The reader asserts that a name follows, and would end the program where none does.
        if let byte = current, byte != UInt8(ascii: "]"), byte != UInt8(ascii: "\""),
            byte != UInt8(ascii: "'"), !Self.isBare(byte)
        {
            throw PolicyError(.notTOML("a table header has no name"), line: start)
        }
        let words = try key()
        skipToLineEnd()
        // The last of each array of tables on the way is the one meant.
        var path = ""
        for (number, word) in words.enumerated() {
            path += (path.isEmpty ? "" : ".") + word
            if number < words.count - 1 || !isArray, let count = counts[path] { path += "[\(count - 1)]" }
        }
        if isArray {
            counts[path, default: 0] += 1
            note(path, start)
            path += "[\(counts[path, default: 1] - 1)]"
        }
        note(path, start)
        table = path
    }

    private mutating func pair(within table: String, depth: Int = 0) throws(PolicyError) {
        let start = line
        let words = try key()
        var path = table
        for word in words {
            path += (path.isEmpty ? "" : ".") + word
            note(path, start)
        }
        skipSpace()
        guard current == UInt8(ascii: "=") else { return }
        advance()
        try value(path, depth)
    }

    private mutating func value(_ path: String, _ depth: Int) throws(PolicyError) {
        guard depth < Self.maximumDepth else { throw PolicyError(.tooDeep, line: line) }
        skipBlank()
        guard let byte = current else { return }
        switch byte {
        // The reader asserts in arrays that a value begins; none begins with these.
        case UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: ","), 0x80...:
            throw PolicyError(.notTOML("a value is missing"), line: line)
        case UInt8(ascii: "\""), UInt8(ascii: "'"): _ = string()
        case UInt8(ascii: "["):
            advance()
            var index = 0
            while true {
                skipBlank()
                guard let byte = current else { return }
                if byte == UInt8(ascii: "]") { return advance() }
                if byte == UInt8(ascii: ",") {
                    advance()
                    continue
                }
                let start = offset
                note("\(path)[\(index)]", line)
                try value("\(path)[\(index)]", depth + 1)
                if offset == start { advance() }
                index += 1
            }
        case UInt8(ascii: "{"):
            advance()
            while true {
                skipBlank()
                guard let byte = current else { return }
                if byte == UInt8(ascii: "}") { return advance() }
                if byte == UInt8(ascii: ",") {
                    advance()
                    continue
                }
                let start = offset
                try pair(within: path, depth: depth + 1)
                if offset == start { advance() }
            }
        default:
            // A number, date or word.
            let start = offset
            while let byte = current, !Self.endsBareValue(byte) { advance() }
            // The reader takes what follows a space for a time of day, and ends the program where that is one digit.
            for space in start..<offset
            where bytes[space] == UInt8(ascii: " ") && isDigit(space + 1) && !isDigit(space + 2) {
                throw PolicyError(.notTOML("a time of day has hours of two digits"), line: line)
            }
        }
    }

    private func isDigit(_ place: Int) -> Bool { place < bytes.count && 48...57 ~= bytes[place] }

    private static func endsBareValue(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: "\n"), UInt8(ascii: "#"):
            true
        default: false
        }
    }

    /// Bare and quoted words joined by dots.
    private mutating func key() throws(PolicyError) -> [String] {
        var words: [String] = []
        while let byte = current {
            skipSpace()
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                words.append(string())
            } else {
                let start = offset
                while let byte = current, Self.isBare(byte) { advance() }
                guard offset > start else {
                    if current == UInt8(ascii: " ") || current == UInt8(ascii: "\t") { continue }
                    return words
                }
                words.append(String(decoding: bytes[start..<offset], as: UTF8.self))
            }
            guard words.count <= Self.maximumDepth else { throw PolicyError(.tooDeep, line: line) }
            skipSpace()
            guard current == UInt8(ascii: ".") else { return words }
            advance()
            skipSpace()
        }
        return words
    }

    private static func isBare(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    /// Passes a string of any of the four kinds; escapes stay as they are written.
    private mutating func string() -> String {
        guard let quote = current else { return "" }
        let isLong = offset + 2 < bytes.count && bytes[offset + 1] == quote && bytes[offset + 2] == quote
        for _ in 0..<(isLong ? 3 : 1) { advance() }
        let start = offset
        while let byte = current {
            if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
                advance()
                if current != nil { advance() }
                continue
            }
            if byte == quote {
                guard isLong else { break }
                if offset + 2 < bytes.count, bytes[offset + 1] == quote, bytes[offset + 2] == quote { break }
            }
            if byte == UInt8(ascii: "\n"), !isLong { break }
            advance()
        }
        let text = String(decoding: bytes[start..<min(offset, bytes.count)], as: UTF8.self)
        for _ in 0..<(isLong ? 3 : 1) where current == quote { advance() }
        // A long string may end in up to two quotes of its own.
        while isLong, current == quote { advance() }
        return text
    }

    private mutating func skipSpace() {
        while let byte = current, byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") { advance() }
    }

    /// White space, line ends and comments.
    private mutating func skipBlank() {
        while let byte = current {
            if byte == UInt8(ascii: "#") {
                skipToLineEnd()
            } else if byte == UInt8(ascii: " ") || 0x09...0x0d ~= byte {
                advance()
            } else {
                return
            }
        }
    }

    private mutating func skipToLineEnd() {
        while let byte = current, byte != UInt8(ascii: "\n") { advance() }
    }
}
