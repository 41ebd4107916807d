// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardSPDX

/// What a file shows rather than says: patterns, templates, messages, samples, questions.
extension NoticeGrammar {
    /// Leaves out statements that are no one's word for the file they stand in.
    mutating func dropShown() {
        guard role == .other || role == .readme, !statements.isEmpty else { return }
        let fences = statements.contains(where: Self.isSampled) ? fences() : []
        statements = statements.filter { statement in
            if statement.isTag { return !(role == .other && isPattern(statement)) }
            if isAsked(statement) { return false }
            if Self.isSampled(statement), fences.contains(where: { $0.contains(statement.bytes.lowerBound) })
            {
                return false
            }
            return role == .readme
                || !isPattern(statement) && !isTemplate(statement) && !isMessage(statement)
        }
        guard role == .other else { return }
        for at in statements.indices.dropFirst() { statements[at].isPrinted = isPrinted(statements[at]) }
    }

    /// The line up to the statement, at most 200 bytes of it.
    private func lineStart(_ statement: Statement) -> Int {
        let place = statement.bytes.lowerBound
        var start = place
        while start > 0, place - start < 200, text.bytes[start - 1] != 10 { start -= 1 }
        meter.spend(WorkMeter.Cost.word * (place - start + 8) / 8)
        return start
    }

    private static func isQuote(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "`")
    }

    /// Whether the line is a pattern that a program looks for, such as `'(?:under )?the same terms as perl'`, a header that it
    /// puts elsewhere, such as `"// Licensed under …"`, or a document in a string, such as `'{"license": "MIT"}'`.
    private func isPattern(_ statement: Statement) -> Bool {
        let (bytes, place) = (text.bytes, statement.bytes.lowerBound)
        let start = lineStart(statement)
        var at = start
        var lastQuote: Int?
        while at < bytes.count, at - place < 200, bytes[at] != 10 {
            if bytes.has("(?:", at: at) || bytes.has("\\s+", at: at) || bytes.has("\\s*", at: at)
                || bytes.has(" )?", at: at)
            {
                return true
            }
            // `Version 2\.0`
            if bytes[at] == UInt8(ascii: "\\"), bytes[at + 1] == UInt8(ascii: "."), bytes[at + 2].isDigit {
                return true
            }
            if at < place, Self.isQuote(bytes[at]) {
                if bytes[at + 1] == UInt8(ascii: "{"), bytes[at + 2] != UInt8(ascii: "{") { return true }
                lastQuote = at
            }
            at += 1
        }
        meter.spend(WorkMeter.Cost.word * (at - start) / 8)
        return lastQuote.map { isCommentMark($0 + 1) } ?? false || isPaired(statement)
    }

    /// `("Released under GPLv3", "GPL-3.0-only")`: what is told from a wording, beside it.
    private func isPaired(_ statement: Statement) -> Bool {
        let bytes = text.bytes
        // The list of names went on into the next string.
        if statement.rule == "notice:grant",
            statement.bytes.contains(where: {
                Self.isQuote(bytes[$0]) && bytes[$0 + 1] == UInt8(ascii: ",") && bytes[$0 + 2] == 32
                    && Self.isQuote(bytes[$0 + 3])
            })
        {
            return true
        }
        var at = statement.bytes.upperBound
        let stop = min(bytes.count, at + 40)
        while at < stop, !Self.isQuote(bytes[at]), bytes[at] != 10 { at += 1 }
        guard at < stop, Self.isQuote(bytes[at]), bytes[at + 1] == UInt8(ascii: ",") else { return false }
        at += 2
        while bytes[at] == 32 { at += 1 }
        guard Self.isQuote(bytes[at]) else { return false }
        let start = at + 1
        var end = start
        while end < bytes.count, end - start < 40, !Self.isQuote(bytes[end]) { end += 1 }
        meter.spend(WorkMeter.Cost.expression)
        return LicenseList.license(bytes.string(start..<end)) != nil
    }

    /// Whether the string begins with the mark of a comment: `// `, `# `, `/* `.
    private func isCommentMark(_ start: Int) -> Bool {
        let bytes = text.bytes
        if bytes.has("// ", at: start) || bytes.has("# ", at: start) || bytes.has("/* ", at: start) {
            return true
        }
        return bytes.has(" * ", at: start) || bytes.has(";; ", at: start)
    }

    /// Whether it is of a catalog of messages, `msgstr "Public domain"`, and no grant in so many words.
    private func isMessage(_ statement: Statement) -> Bool {
        guard statement.strength < .grant else { return false }
        let bytes = text.bytes
        var start = statement.bytes.lowerBound
        var length = 0
        meter.spend(WorkMeter.Cost.word * 20)
        // Lines that go on with a string belong to the message above.
        while start > 0, length < 1000 {
            while start > 0, bytes[start - 1] != 10, length < 1000 { start -= 1; length += 1 }
            if bytes.has("msgid", at: start) || bytes.has("msgstr", at: start) { return true }
            guard start > 0, bytes[start] == UInt8(ascii: "\"") else { return false }
            start -= 1
        }
        return false
    }

    /// Whether it begins inside a string: an odd number of quotes stands before it on its line.
    private func isPrinted(_ statement: Statement) -> Bool {
        let start = lineStart(statement)
        return (start..<statement.bytes.lowerBound).count { text.bytes[$0] == UInt8(ascii: "\"") } % 2 == 1
    }

    /// Whether a program fills the notice in: `"Copyright {{.Year}} {{.Holder}}\n…"`.
    private func isTemplate(_ statement: Statement) -> Bool {
        let (bytes, place) = (text.bytes, statement.bytes.lowerBound)
        var isFilled = false
        meter.spend(WorkMeter.Cost.word * 30)
        for at in stride(from: place - 1, to: max(0, place - 240), by: -1) {
            switch bytes[at] {
            case UInt8(ascii: "{"), UInt8(ascii: "%"): isFilled = true
            case UInt8(ascii: "c") where isFilled, UInt8(ascii: "C") where isFilled:
                guard bytes.has("copyright", at: at) else { break }
                return (max(0, at - 8)..<at).contains { Self.isQuote(bytes[$0]) }
            default: break
            }
        }
        return false
    }

    /// "Can I sell software that is licensed under the GPL?"
    private func isAsked(_ statement: Statement) -> Bool {
        let (bytes, end) = (text.bytes, statement.bytes.upperBound)
        guard statement.bytes.count < 160 else { return false }
        meter.spend(WorkMeter.Cost.word * 16)
        for at in end..<min(bytes.count, end + 120) {
            let next = bytes[at + 1]
            let isLast =
                next <= 32 || Self.isQuote(next) || next == UInt8(ascii: "*") || next == UInt8(ascii: "<")
            switch bytes[at] {
            case UInt8(ascii: "?"): return isLast
            case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: ";"): if isLast { return false }
            case 10: if next == 10 || next == 13 || !next.isLetter && next != 32 { return false }
            default: break
            }
        }
        return false
    }

    /// A field of a manifest, as documents show it.
    private static func isSampled(_ statement: Statement) -> Bool {
        statement.rule == "notice:field" && statement.strength == .field
    }

    /// Blocks of code in Markdown, "```json" to "```".
    private func fences() -> [Range<Int>] {
        let bytes = text.bytes
        var fences: [Range<Int>] = []
        var open: Int?
        var at = 0
        while at < bytes.count, fences.count < 256 {
            if bytes[at] == UInt8(ascii: "`"), at == 0 || bytes[at - 1] == 10, bytes.has("```", at: at) {
                if let start = open {
                    fences.append(start..<at)
                    open = nil
                } else if bytes[at + 3].isLetter {
                    // Of plain blocks the text may well be a license's.
                    open = at
                }
            }
            at += 1
        }
        meter.spend(WorkMeter.Cost.word * bytes.count / 64)
        return fences
    }
}
