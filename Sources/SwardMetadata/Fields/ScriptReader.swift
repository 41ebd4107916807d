// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Finds the literal assignments and arguments in a script: `license = "MIT"`, `license: "MIT"`, `LICENSE => 'perl'`,
/// `license "MIT"`, `licenses [ … ]`. Nothing is run; what is computed has no strings and so says nothing.
struct ScriptReader {
    enum Language {
        case python, ruby, perl, elixir, lua, nix, groovy, lisp, erlang

        fileprivate var comments: [String] {
            switch self {
            case .python, .ruby, .perl, .elixir, .nix: ["#"]
            case .lua: ["--"]
            case .groovy: ["//"]
            case .lisp: [";"]
            case .erlang: ["%"]
            }
        }
        fileprivate var hasBlockComments: Bool { self == .nix || self == .groovy }
    }

    enum Token: Hashable, Sendable {
        case word(String, Range<Int>)
        case string(Words)
        case sign(UInt8, Int)
        case newline
    }

    struct Assignment: Hashable, Sendable {
        /// Without what stands before its last dot.
        let name: String
        /// The whole chain, such as `spec.license`.
        let path: String
        let nameBytes: Range<Int>
        /// In the order of the text.
        let strings: [Words]
        /// Names and numbers in the value that are no strings.
        let words: [Words]
        /// Inside brackets: an argument or an entry, not a statement.
        let isArgument: Bool
        /// Of the value.
        let bytes: Range<Int>
        /// The index of the first token of the value.
        let start: Int
        let end: Int

        var first: Words? { strings.first }
    }

    let language: Language
    private let bytes: [UInt8]
    private(set) var tokens: [Token] = []
    private(set) var assignments: [Assignment] = []

    private static let maximumTokens = 300_000
    /// A value longer than this is no license field.
    private static let maximumValue = 4_000

    /// Tokens that may be walked for values in all, so that nested or repeated names stay linear.
    private var walks = 60_000

    init(_ bytes: [UInt8], _ language: Language) {
        self.language = language
        self.bytes = bytes
        scan()
        assign()
    }

    /// The value of the last assignment to any of `names`.
    func last(_ names: String...) -> Assignment? { assignments.last { names.contains($0.name) } }
    func first(_ names: String...) -> Assignment? { assignments.first { names.contains($0.name) } }
    func all(_ names: String...) -> [Assignment] { assignments.filter { names.contains($0.name) } }

    private func starts(_ text: String, at offset: Int) -> Bool {
        offset + text.utf8.count <= bytes.count
            && bytes[offset..<(offset + text.utf8.count)].elementsEqual(text.utf8)
    }

    private mutating func scan() {
        var offset = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        let comments = language.comments
        // About as many as there will be: an array that grows is copied again and again.
        tokens.reserveCapacity(min(Self.maximumTokens, bytes.count / 6 + 16))
        while offset < bytes.count, tokens.count < Self.maximumTokens {
            let byte = bytes[offset]
            if byte == 0x0A {
                tokens.append(.newline)
                offset += 1
            } else if byte.isBlank {
                offset += 1
            } else if language == .lua, starts("--[[", at: offset) {
                offset = bytes.find("]]", from: offset + 4).map { $0 + 2 } ?? bytes.count
            } else if language.hasBlockComments, starts("/*", at: offset) {
                offset = bytes.find("*/", from: offset + 2).map { $0 + 2 } ?? bytes.count
            } else if comments.contains(where: { starts($0, at: offset) }) {
                while offset < bytes.count, bytes[offset] != 0x0A { offset += 1 }
            } else if let end = string(at: offset) {
                offset = end
            } else if isWord(byte) {
                let start = offset
                while offset < bytes.count, isWord(bytes[offset]) || isInner(bytes[offset]) { offset += 1 }
                // An elixir or ruby key ends in a colon, which is no part of it.
                tokens.append(.word(bytes.text(start..<min(offset, start + 512)), start..<offset))
            } else {
                tokens.append(.sign(byte, offset))
                offset += 1
            }
        }
    }

    private func isWord(_ byte: UInt8) -> Bool {
        byte.isLetter || byte.isDigit || byte == UInt8(ascii: "_") || byte >= 0x80
            || byte == UInt8(ascii: "@") && language != .nix
    }

    /// Bytes that a name may hold behind its first.
    private func isInner(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "."): true
        case UInt8(ascii: "-"): language == .nix || language == .lisp
        case UInt8(ascii: "+"), UInt8(ascii: "*"), UInt8(ascii: ":"): language == .lisp
        case UInt8(ascii: "?"), UInt8(ascii: "!"): language == .ruby || language == .elixir
        default: false
        }
    }

    /// Takes a string that begins at `offset`, and tells where it ends.
    private mutating func string(at offset: Int) -> Int? {
        let byte = bytes[offset]
        let quote = UInt8(ascii: "\"")
        let tick = UInt8(ascii: "'")
        if byte == UInt8(ascii: "%"), language == .ruby || language == .elixir, offset + 2 < bytes.count {
            return percent(at: offset)
        }
        if byte == UInt8(ascii: "~"), language == .elixir, offset + 2 < bytes.count,
            bytes[offset + 1] == UInt8(ascii: "w")
        {
            return wordList(from: offset + 2)
        }
        if byte == UInt8(ascii: "q"), language == .perl, offset + 2 < bytes.count {
            if bytes[offset + 1] == UInt8(ascii: "w") { return wordList(from: offset + 2) }
            if let close = closing(bytes[offset + 1]) { return literal(from: offset + 2, close) }
        }
        if language == .lua, starts("[[", at: offset) {
            let end = bytes.find("]]", from: offset + 2) ?? bytes.count
            tokens.append(.string(Words(bytes.text((offset + 2)..<end), bytes: (offset + 2)..<end)))
            return min(end + 2, bytes.count)
        }
        if language == .nix, starts("''", at: offset) {
            let end = bytes.find("''", from: offset + 2) ?? bytes.count
            tokens.append(.string(Words(bytes.text((offset + 2)..<end), bytes: (offset + 2)..<end)))
            return min(end + 2, bytes.count)
        }
        guard byte == quote || byte == tick && language != .lisp && language != .nix else { return nil }
        if language == .python || language == .groovy || language == .elixir {
            let mark = String(repeating: byte == quote ? "\"" : "'", count: 3)
            if starts(mark, at: offset) {
                let end = bytes.find(mark, from: offset + 3) ?? bytes.count
                tokens.append(.string(Words(bytes.text((offset + 3)..<end), bytes: (offset + 3)..<end)))
                return min(end + 3, bytes.count)
            }
        }
        return literal(from: offset + 1, byte, endsWithLine: language == .python)
    }

    private mutating func literal(from start: Int, _ close: UInt8, endsWithLine: Bool = false) -> Int {
        var end = start
        var hasEscape = false
        while end < bytes.count, bytes[end] != close {
            if endsWithLine, bytes[end] == 0x0A { break }
            if bytes[end] == UInt8(ascii: "\\"), end + 1 < bytes.count {
                hasEscape = true
                end += 1
            }
            end += 1
        }
        end = min(end, bytes.count)
        var text = bytes.text(start..<end)
        if hasEscape {
            text = text.parts(separatedBy: "\\n").joined(separator: "\n")
                .parts(separatedBy: "\\\n").joined(separator: "")
                .parts(separatedBy: "\\" + String(UnicodeScalar(close))).joined(
                    separator: String(UnicodeScalar(close)))
        }
        tokens.append(.string(Words(text, bytes: start..<end)))
        return min(end + 1, bytes.count)
    }

    private func closing(_ open: UInt8) -> UInt8? {
        switch open {
        case UInt8(ascii: "("): UInt8(ascii: ")")
        case UInt8(ascii: "["): UInt8(ascii: "]")
        case UInt8(ascii: "{"): UInt8(ascii: "}")
        case UInt8(ascii: "<"): UInt8(ascii: ">")
        case UInt8(ascii: "|"), UInt8(ascii: "/"), UInt8(ascii: "!"): open
        default: nil
        }
    }

    /// Ruby's `%w[a b]`, `%q(a)`, `%(a)`.
    private mutating func percent(at offset: Int) -> Int? {
        let letter = bytes[offset + 1]
        if letter | 0x20 == UInt8(ascii: "w") || letter | 0x20 == UInt8(ascii: "i") {
            return wordList(from: offset + 2)
        }
        if letter | 0x20 == UInt8(ascii: "q"), let close = closing(bytes[offset + 2]) {
            return literal(from: offset + 3, close)
        }
        return nil
    }

    /// Words between brackets, each a string.
    private mutating func wordList(from open: Int) -> Int? {
        guard open < bytes.count, let close = closing(bytes[open]) else { return nil }
        tokens.append(.sign(UInt8(ascii: "["), open))
        var offset = open + 1
        while offset < bytes.count, bytes[offset] != close, tokens.count < Self.maximumTokens {
            if bytes[offset].isBlank {
                offset += 1
                continue
            }
            let start = offset
            while offset < bytes.count, !bytes[offset].isBlank, bytes[offset] != close { offset += 1 }
            tokens.append(.string(Words(bytes.text(start..<offset), bytes: start..<offset)))
        }
        tokens.append(.sign(UInt8(ascii: "]"), min(offset, bytes.count)))
        return min(offset + 1, bytes.count)
    }

    private mutating func assign() {
        var depth = 0
        for index in tokens.indices {
            switch tokens[index] {
            case .sign(let sign, _):
                if Self.opens(sign) { depth += 1 }
                if Self.closes(sign) { depth = max(0, depth - 1) }
            case .word(let path, let range):
                add(path, range, at: index, isArgument: depth > 0)
            case .string(let words):
                // `"license" => "MIT"`, `"license": "MIT"`, and erlang's or lisp's pairs are no use of this.
                if words.text.utf8.count < 64, isKeyed(index + 1) {
                    add(words.text, words.bytes, at: index, isArgument: depth > 0)
                }
            case .newline: break
            }
        }
    }

    private func isAssigned(_ index: Int) -> Bool {
        func isEqualSign(_ index: Int) -> Bool {
            guard index < tokens.count, case .sign(UInt8(ascii: "="), _) = tokens[index] else { return false }
            return true
        }
        return isEqualSign(index) && !isEqualSign(index + 1)
    }

    private func isKeyed(_ index: Int) -> Bool {
        guard index < tokens.count, case .sign(let sign, _) = tokens[index] else { return false }
        return sign == UInt8(ascii: "=") || sign == UInt8(ascii: ":")
    }

    /// What follows the last dot that something follows.
    private static func lastPart(of path: String) -> Substring {
        let bytes = path.utf8
        let dot = UInt8(ascii: ".")
        guard let last = bytes.lastIndex(where: { $0 != dot }) else { return path[...] }
        let start = bytes[...last].lastIndex(of: dot).map { bytes.index(after: $0) } ?? bytes.startIndex
        return Substring(bytes[start...last])
    }

    private mutating func add(_ path: String, _ range: Range<Int>, at index: Int, isArgument: Bool) {
        let last = Self.lastPart(of: path)
        // Only these are ever asked for; the values of all names would make a quadratic of nested brackets.
        guard last.utf8.count <= 64, walks > 0 else { return }
        let name = String(last)
        guard Self.wanted(name) else { return }
        var start = index + 1
        guard start < tokens.count else { return }
        // `license:` is what a function takes there, and `license == x` asks.
        if language == .nix, !isAssigned(start) { return }
        var signs = 0
        loop: while start < tokens.count, signs < 3, case .sign(let sign, _) = tokens[start] {
            switch sign {
            case UInt8(ascii: "="), UInt8(ascii: ":"), UInt8(ascii: ">"), UInt8(ascii: "|"),
                UInt8(ascii: "+"),
                UInt8(ascii: "?"):
                signs += 1
                start += 1
            case UInt8(ascii: ","):
                // Erlang's `{licenses, […]}`.
                guard language == .erlang else { return }
                signs += 1
                start += 1
            case UInt8(ascii: "'") where language == .lisp: start += 1
            default: break loop
            }
        }
        let isCall = signs == 0
        if isCall {
            switch tokens[start] {
            case .string: break
            case .sign(let sign, _)
            where sign == UInt8(ascii: "(") || sign == UInt8(ascii: "[")
                || sign == UInt8(ascii: "{"):
                break
            case .word where language == .lisp || language == .ruby: break
            default: return
            }
        }
        let (end, bound) = valueEnd(from: start, isArgument: isArgument || language == .lisp)
        var strings: [Words] = []
        var words: [Words] = []
        var first: Int?
        for token in tokens[start..<end] {
            switch token {
            case .string(let text):
                strings.append(text)
                first = first ?? text.bytes.lowerBound
            case .word(let text, let range):
                words.append(Words(text, bytes: range))
                first = first ?? range.lowerBound
            default: break
            }
        }
        let low = first ?? range.upperBound
        assignments.append(
            Assignment(
                name: name, path: path, nameBytes: range, strings: strings, words: words,
                isArgument: isArgument, bytes: low..<max(low, bound), start: start, end: end))
    }

    /// The token behind a value, and the byte behind its last.
    private mutating func valueEnd(from start: Int, isArgument: Bool) -> (Int, Int) {
        var depth = 0
        var index = start
        var bound = 0
        var hasInk = false
        var wasOpened = false
        while index < tokens.count, index - start < Self.maximumValue, walks > 0 {
            walks -= 1
            switch tokens[index] {
            case .newline:
                // In Python an open bracket outside makes newlines blank; elsewhere entries end at a comma too.
                if depth == 0, hasInk,
                    !isArgument || language == .ruby || language == .groovy || language == .lua
                {
                    return (index, bound)
                }
            case .sign(let sign, let offset):
                if Self.opens(sign) {
                    depth += 1
                } else if Self.closes(sign) {
                    depth -= 1
                    if depth < 0 { return (index, bound) }
                    bound = offset + 1
                    if depth == 0, language == .lisp { return (index + 1, bound) }
                } else if depth == 0, sign == UInt8(ascii: ";"), language == .nix,
                    begins(start, with: "with"), !wasOpened
                {
                    // `with lib.licenses; [ … ]` ends at the next one.
                    wasOpened = true
                } else if depth == 0, sign == UInt8(ascii: ";") || sign == UInt8(ascii: ",") && isArgument {
                    return (index, bound)
                } else if depth == 0, sign == UInt8(ascii: ","), !isArgument,
                    language == .ruby || language == .groovy
                {
                    // `license "MIT", …` goes on with options.
                    break
                }
                hasInk = true
            case .word(_, let range):
                bound = range.upperBound
                hasInk = true
                if depth == 0, language == .lisp { return (index + 1, bound) }
            case .string(let words):
                bound = words.bytes.upperBound
                hasInk = true
                if depth == 0, language == .lisp { return (index + 1, bound) }
            }
            index += 1
        }
        return (index, bound)
    }

    private func begins(_ index: Int, with word: String) -> Bool {
        if case .word(word, _) = tokens[index] { true } else { false }
    }

    private static func opens(_ sign: UInt8) -> Bool {
        sign == UInt8(ascii: "(") || sign == UInt8(ascii: "[") || sign == UInt8(ascii: "{")
    }

    private static func closes(_ sign: UInt8) -> Bool {
        sign == UInt8(ascii: ")") || sign == UInt8(ascii: "]") || sign == UInt8(ascii: "}")
    }

    private static func wanted(_ name: String) -> Bool {
        // Most names are short and plain.
        let key = name.utf8.allSatisfy { $0 < 0x80 && !(65...90).contains($0) } ? name : name.lowercased()
        return key.utf8.count <= 32
            && (names.contains(key) || key.contains("licen") || key.contains("classifiers"))
    }

    private static let names: Set<String> = [
        "name", "version", "url", "homepage", "home_page", "author", "authors", "maintainer", "maintainers",
        "pname",
        "__version__", "__author__", "app", "abstract_from", "dist", "distname", "package", "rockspec",
        "copyright", "desc", "vsn",
        "source_url", "home-page", "module_name", "dist_name", "dist_version",
    ]
}
