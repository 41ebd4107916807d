// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardSPDX

/// Reads one SPDX license tag, and tells a file's own tag from one that it only speaks about.
///
/// `TagScanner` follows the rules of REUSE, which take every tag for the file's own; this one serves detection.
enum SPDXTagReader {
    struct Found {
        /// `nil` where the tag is quoted, empty or a placeholder.
        var node: LicenseExpression.Node?
        /// Just past the value.
        var end: Int
        /// By a name, where an identifier of the list should stand.
        var isByName = false
    }

    private static let maximumLength = 1024

    /// Of one tag before its value is read, in units of ``WorkMeter/Cost``; prose is looked at far back.
    static func cost(_ role: FileRole) -> Int { role == .other ? 800 : 1800 }

    /// - Parameter index: Of the word "SPDX".
    static func read(_ text: Lexemes, at index: Int, role: FileRole) -> Found? {
        guard text.word(index + 1) == .license, !text.gap(index + 1).contains(.newline),
            !text.gap(index + 1).isDisjoint(with: [.hyphen, .space, .underscore])
        else { return nil }
        var last = index + 1
        if text.word(index + 2) == .identifier, !text.gap(index + 2).contains(.newline) { last = index + 2 }
        let bytes = text.bytes
        var at = text[last].end
        // `"SPDX-License-Identifier": "MIT"` as well as `= 'MIT'`.
        var sawColon = false
        var isKey = false
        var quotes: [UInt8] = []
        scan: while at < bytes.count, at < text[last].end + 12 {
            switch bytes[at] {
            case UInt8(ascii: ":"), UInt8(ascii: "="): sawColon = true
            case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"):
                if !sawColon { isKey = true }
                quotes.append(bytes[at])
            case UInt8(ascii: "\\"):
                // roff's change of size, `\s-1MIT\s0`, and of font.
                if bytes[at + 1] == UInt8(ascii: "s") {
                    at += bytes[at + 2] == UInt8(ascii: "-") || bytes[at + 2] == UInt8(ascii: "+") ? 3 : 2
                } else if bytes[at + 1] == UInt8(ascii: "f") {
                    at += 2
                }
            case 32, 9, UInt8(ascii: "*"), UInt8(ascii: "["): break
            default: break scan
            }
            at += 1
        }
        guard sawColon || last == index + 2 else { return nil }
        let (value, end, isWhole) = expression(bytes, from: at)
        guard
            isOwn(
                text, at: Int(text[index].start), valueEnd: end, isKey: isKey, quotes: quotes, value: value,
                role: role)
        else {
            return Found(node: nil, end: max(end, text[last].end))
        }
        guard sawColon || !value.isEmpty else { return nil }
        guard isWhole else {
            // "GPL-2.0-only AND": what is left out may be what binds.
            return Found(
                node: node(value).map { .and([$0, unreadable]) } ?? unreadable, end: max(end, text[last].end))
        }
        let node = node(value)
        return Found(
            node: node, end: max(end, text[last].end),
            isByName: node.map { isListed(value) == false && $0 != unreadable } ?? false)
    }

    /// - Returns: `nil` for a license of its own, and for no expression.
    private static func isListed(_ value: String) -> Bool? {
        guard let parsed = try? LicenseExpression.parse(value, operators: .upperOrLower) else { return false }
        // Kept as it stands, it shows by itself.
        return parsed.unlisted.isEmpty ? true : LicenseField.expression(for: value) == nil ? nil : false
    }

    private static func node(_ value: String) -> LicenseExpression.Node? {
        if let parsed = try? LicenseExpression.parse(value, operators: .upperOrLower) {
            if parsed.unlisted.isEmpty { return parsed.normalized.root }
            // "GPL-2", "BSD" and "Apache 2.0" where an identifier should stand.
            if let node = LicenseField.expression(for: value)?.root { return node }
            // Whatever it is, somebody stated it for the file: kept, so that it shows.
            return parsed.unlisted.contains { placeholders.contains($0.lowercased()) } ? nil : parsed.root
        }
        // "MIT AND NONE", "GPL-2.0-only WITH LicenseRef-x": no expression, and yet a statement.
        return LicenseField.expression(for: value)?.root ?? (value.contains(" ") ? unreadable : nil)
    }

    private static let unreadable = LicenseExpression.unreadable.root

    /// What stands where an identifier is to be put, and what says that none is known.
    private static let placeholders: Set<String> = [
        "license", "licence", "licenseid", "license-id", "license-identifier", "license_identifier",
        "identifier", "spdx", "spdx-id", "spdx-identifier", "id", "name", "expression", "license-expression",
        "value", "text", "tag", "tags", "header", "todo", "tbd", "fixme", "xxx", "unknown", "noassertion",
        "your-license", "yourlicense", "my-license", "some-license", "something", "foo", "bar", "and", "in",
        "is", "the",
        "for", "on", "with", "from", "line", "lines", "comment", "comments", "string", "field", "s",
    ]

    /// The longest run of identifiers, operators and parentheses; goes on over line ends inside parentheses only.
    ///
    /// - Returns: And whether nothing follows that belongs to it.
    private static func expression(_ bytes: ByteView, from start: Int) -> (
        value: String, end: Int, isWhole: Bool
    ) {
        var value: [UInt8] = []
        var at = start
        var end = start
        var depth = 0
        var wantsOperand = true
        let isLineComment = beginsAsLineComment(bytes, before: start)
        var good: (count: Int, end: Int)?
        let limit = min(bytes.count, start + maximumLength)
        while at < limit {
            let byte = bytes[at]
            switch byte {
            case 32, 9: at += 1
            case 10, 13:
                guard depth > 0 || (wantsOperand && !value.isEmpty) || goesOn(bytes, at) else {
                    at = limit
                    break
                }
                at += 1
                var isMarked = false
                while at < limit, bytes[at] <= 32 || bytes[at] == UInt8(ascii: "*") || isMark(bytes[at]) {
                    if isMark(bytes[at]) { isMarked = true }
                    at += 1
                }
                // Behind a comment of one line comes code, if it is no comment too.
                if isLineComment, !isMarked { at = limit }
            case UInt8(ascii: "("):
                guard wantsOperand else { at = limit; break }
                depth += 1
                value.append(byte)
                at += 1
            case UInt8(ascii: ")"):
                guard !wantsOperand, depth > 0 else { at = limit; break }
                depth -= 1
                value.append(byte)
                at += 1
                end = at
                if depth == 0 { good = (value.count, end) }
            default:
                let wordStart = at
                while at < limit, isIdentifier(bytes[at]) { at += 1 }
                var wordEnd = at
                // A full stop or the end of a comment (`--`, `:`) is not part of it.
                while wordEnd > wordStart,
                    [UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: ":")].contains(bytes[wordEnd - 1])
                { wordEnd -= 1 }
                guard wordEnd > wordStart else { at = limit; break }
                let isOperator =
                    bytes.has("and", at: wordStart) && wordEnd - wordStart == 3
                    || bytes.has("or", at: wordStart) && wordEnd - wordStart == 2
                    || bytes.has("with", at: wordStart) && wordEnd - wordStart == 4
                guard isOperator != wantsOperand else { at = limit; break }
                if !value.isEmpty, value.last != UInt8(ascii: "(") { value.append(32) }
                for offset in wordStart..<wordEnd {
                    value.append(isOperator && bytes[offset] >= 97 ? bytes[offset] - 32 : bytes[offset])
                }
                wantsOperand = isOperator
                end = wordEnd
                if !wantsOperand, depth == 0 { good = (value.count, end) }
                if wordEnd < at { at = limit }
            }
        }
        guard let good else { return ("", start, true) }
        return (
            String(decoding: value[..<good.count], as: UTF8.self), good.end,
            !goesOnBroken(bytes, good.end)
        )
    }

    /// "AND" without an operand, "&" and "," where an operator should stand.
    private static func goesOnBroken(_ bytes: ByteView, _ end: Int) -> Bool {
        var at = end
        while at < end + 3, bytes[at] == 32 || bytes[at] == 9 { at += 1 }
        if at > end,
            ["AND", "OR", "WITH"].contains(where: { word in
                word.utf8.enumerated().allSatisfy { bytes[at + $0.offset] == $0.element }
                    && !isIdentifier(bytes[at + word.utf8.count])
            })
        {
            return true
        }
        let isJoin = bytes[at] == UInt8(ascii: "&") || bytes[at] == UInt8(ascii: ",")
        guard isJoin, bytes[at + 1] == 32 else { return false }
        var next = at + 2
        while next < at + 40, isIdentifier(bytes[next]) { next += 1 }
        let name = bytes.string(at + 2..<next)
        return LicenseReference(name).listed != nil
    }

    /// Whether the next line begins, behind its comment mark, with an operator in capitals.
    private static func goesOn(_ bytes: ByteView, _ start: Int) -> Bool {
        var at = start
        var newlines = 0
        while at < min(bytes.count, start + 80) {
            switch bytes[at] {
            case 10:
                newlines += 1
                if newlines > 1 { return false }
            case 13, 32, 9, UInt8(ascii: "*"), UInt8(ascii: "/"), UInt8(ascii: "#"), UInt8(ascii: ";"),
                UInt8(ascii: "%"), UInt8(ascii: "-"):
                break
            default:
                return ["AND ", "OR ", "WITH "].contains { operation in
                    operation.utf8.enumerated().allSatisfy { bytes[at + $0.offset] == $0.element }
                }
            }
            at += 1
        }
        return false
    }

    /// Whether the line in which `position` lies begins with `//`, `#`, `--`, `;` or `%`.
    private static func beginsAsLineComment(_ bytes: ByteView, before position: Int) -> Bool {
        var at = position
        while at > 0, position - at < 400, bytes[at - 1] != 10, bytes[at - 1] != 13 { at -= 1 }
        while at < position, bytes[at] == 32 || bytes[at] == 9 { at += 1 }
        let first = bytes[at]
        guard isMark(first) else { return false }
        return first == UInt8(ascii: "/") || first == UInt8(ascii: "-") ? bytes[at + 1] == first : true
    }

    /// Of comments that end with their line.
    private static func isMark(_ byte: UInt8) -> Bool {
        [UInt8(ascii: "/"), UInt8(ascii: "#"), UInt8(ascii: ";"), UInt8(ascii: "%"), UInt8(ascii: "-")]
            .contains(byte)
    }

    private static func isIdentifier(_ byte: UInt8) -> Bool {
        byte.isWordByte || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "+")
            || byte == UInt8(ascii: ":")
    }

    /// Whether the tag speaks for the file and is not an example, a pattern or text that a program writes.
    private static func isOwn(
        _ text: Lexemes, at start: Int, valueEnd: Int, isKey: Bool, quotes: [UInt8], value: String,
        role: FileRole
    ) -> Bool {
        let bytes = text.bytes
        var lineStart = start
        while lineStart > 0, start - lineStart < 400, bytes[lineStart - 1] != 10, bytes[lineStart - 1] != 13 {
            lineStart -= 1
        }
        let prefix = Array(bytes.string(lineStart..<start).utf8)
        var open: UInt8?
        var letters = 0
        var sawCode = false
        for (offset, byte) in prefix.enumerated() {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "`"):
                open = open == byte ? nil : (open ?? byte)
            case UInt8(ascii: "'"):
                // An apostrophe is no quote.
                let isInner =
                    offset > 0 && prefix[offset - 1].isLetter && offset + 1 < prefix.count
                    && prefix[offset + 1].isLetter
                if !isInner { open = open == byte ? nil : (open ?? byte) }
            case UInt8(ascii: "("), UInt8(ascii: "="), UInt8(ascii: "$"): sawCode = true
            default: if byte.isLetter { letters += 1 }
            }
        }
        let trimmed = Array(prefix.reversed().drop { $0 == 32 || $0 == 9 }.reversed())
        let last = trimmed.last ?? 0
        if open == UInt8(ascii: "`") || last == UInt8(ascii: "`") { return false }
        if isFenced(bytes, before: lineStart) || isIgnored(bytes, before: start) { return false }
        if letters == 0 {
            // Comments of roff and of Basic.
            if trimmed == Array(".\\\"".utf8) || trimmed == Array("'\\\"".utf8) { return true }
            if trimmed == [UInt8(ascii: "'")], bytes[valueEnd] != UInt8(ascii: "'") { return true }
            let end = String(decoding: trimmed.suffix(3), as: UTF8.self)
            if end == "\"\"\"" || end == "'''" { return true }
            if open != nil, !isKey {
                // A string alone on its line is part of some program's list or call.
                return role != .other && valueEnd < bytes.count && bytes[valueEnd] != UInt8(ascii: "\\")
                    ? true : false
            }
            return true
        }
        if isKey {
            return open != nil || last == UInt8(ascii: "{") || last == UInt8(ascii: ",")
                || last == UInt8(ascii: "\"") || last == UInt8(ascii: "'")
        }
        if open != nil {
            // `"_comment": "SPDX-…"`, `license = "SPDX-…"`; but not an argument, a comparison or a pattern.
            let head = String(decoding: prefix, as: UTF8.self).lowercased()
            let isComment =
                head.contains("comment") || head.contains("\"//\"") || head.contains("license")
                || head.contains("spdx") || head.contains("copyright")
            let after = bytes[valueEnd]
            return isComment && !head.contains("(") && !head.contains("==") && !head.contains("in ")
                && after != UInt8(ascii: "\\")
        }
        // A comment behind code, a comment word, or a copyright line before it on the same line.
        let tail = Array(trimmed.suffix(4))
        for opener in [
            "//", "/*", "#", "--", ";", "%", "<!--", "{", "*", "!", "@c", "|", ".", ">", "'", "(*",
        ] where tail.suffix(opener.utf8.count).elementsEqual(opener.utf8) {
            return true
        }
        let head = String(decoding: prefix, as: UTF8.self).lowercased()
        if ["dnl", "rem", "c", "@c", "@comment", "xcomm", "@rem"].contains(head.trimmedSpaces) {
            return true
        }
        if head.contains("copyright") || head.contains("(c)") || head.contains("©") { return true }
        // Prose that goes on behind the value explains the tag.
        var next = valueEnd
        while next < bytes.count, bytes[next] == 32 || bytes[next] == 9 { next += 1 }
        let isEnd = next >= bytes.count || bytes[next] == 10 || bytes[next] == 13 || !bytes[next].isLetter
        return isEnd && !sawCode && letters < 24 && !value.isEmpty
    }

    /// Between the marks with which REUSE hides text from its readers.
    private static func isIgnored(_ bytes: ByteView, before offset: Int) -> Bool {
        var at = offset - 17
        let stop = max(0, offset - 20_000)
        while at >= stop {
            if bytes[at] == UInt8(ascii: "R"), bytes.has("reuse-ignore", at: at) {
                return bytes.has("reuse-ignorestart", at: at)
            }
            at -= 1
        }
        return false
    }

    /// Inside a fenced block of markdown.
    private static func isFenced(_ bytes: ByteView, before offset: Int) -> Bool {
        var isOpen = false
        var at = max(0, offset - 20_000)
        while at < offset {
            if bytes[at] == UInt8(ascii: "`"), bytes[at &+ 1] == UInt8(ascii: "`"),
                bytes[at &+ 2] == UInt8(ascii: "`")
            {
                isOpen.toggle()
                at += 3
            } else {
                at += 1
            }
        }
        return isOpen
    }
}

extension StringProtocol {
    fileprivate var trimmedSpaces: SubSequence {
        var part = self[...]
        while part.first?.isWhitespace == true { part = part.dropFirst() }
        while part.last?.isWhitespace == true { part = part.dropLast() }
        return part
    }
}
