// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardSPDX

/// What a file shows rather than says: patterns, templates, messages, samples, questions.
extension NoticeGrammar {
    /// Leaves out statements that are no one's word for the file they stand in.
    mutating func dropShown() {
        guard role == .other || role == .readme, !statements.isEmpty || !marks.pointers.isEmpty else {
            return
        }
        let fences =
            statements.contains { !$0.isTag } || !marks.pointers.isEmpty ? fences() + helpSamples() : []
        marks.pointers.removeAll { pointer in fences.contains { $0.contains(pointer.bytes.lowerBound) } }
        let isCatalog = role == .other && !statements.isEmpty && isCatalog()
        let isOfTests = role == .other && !statements.isEmpty && namesTestTools()
        statements = statements.filter { statement in
            if isOfTests, isTestString(statement) { return false }
            if isCatalog, isMessageOfCatalog(statement) { return false }
            if statement.isTag { return !(role == .other && isPattern(statement)) }
            if isAsked(statement) || isLogged(statement) { return false }
            if fences.contains(where: { $0.contains(statement.bytes.lowerBound) }) { return false }
            return role == .readme
                || !isPattern(statement) && !isTemplate(statement) && !isMessage(statement)
                    && !isOfNamed(statement) && !isKeyed(statement) && !isBranch(statement)
                    && !isPodSample(statement)
        }
        guard role == .other else { return }
        for at in statements.indices.dropFirst() { statements[at].isPrinted = isPrinted(statements[at]) }
    }

    /// `import pytest`, `class X < Minitest::Test`.
    private func namesTestTools() -> Bool {
        let end = min(text.count, Self.longestLook)
        meter.spend(WorkMeter.Cost.word * end / 8)
        return (0..<end).contains { isOneOf($0, RiderReader.testTools) }
    }

    private static let longestLook = 4000, longestString = 2000

    /// Whether it stands in a string that a test hands on: on its line, or in one over several lines that a name or a call has.
    private func isTestString(_ statement: Statement) -> Bool {
        if isPrinted(statement) { return true }
        let bytes = text.bytes
        let place = statement.bytes.lowerBound
        var at = place - 3
        meter.spend(WorkMeter.Cost.word * Self.longestString / 16)
        while at >= 0, place - at < Self.longestString {
            if Self.isQuote(bytes[at]), bytes[at] == bytes[at + 1], bytes[at] == bytes[at + 2] {
                var start = at
                while start > 0, bytes[start - 1] != 10, at - start < 80 { start -= 1 }
                return (start..<at).contains {
                    bytes[$0] == UInt8(ascii: "=") || bytes[$0] == UInt8(ascii: "(")
                }
            }
            at -= 1
        }
        return false
    }

    /// Whether it is a catalog of gettext's: messages that a program shows, with their translations.
    private func isCatalog() -> Bool {
        let end = min(text.bytes.count, 16 << 10)
        meter.spend(WorkMeter.Cost.word * (end / 64 + 1))
        return (0..<end).contains {
            text.bytes[$0] == UInt8(ascii: "m") && ($0 == 0 || text.bytes[$0 - 1] == 10)
                && text.bytes.has("msgid \"", at: $0)
        }
    }

    /// Only what translators write above the messages, "# …", is said of the file.
    private func isMessageOfCatalog(_ statement: Statement) -> Bool {
        let start = lineStart(statement)
        return text.bytes[start] != UInt8(ascii: "#")
            || text.bytes[start + 1] != 32 && text.bytes[start + 1] != 10
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

    /// `max(npl1, 2)`: in a pair of parentheses right behind a word.
    func isCallArgument(_ at: Int) -> Bool {
        let start = Int(text[at].start)
        guard start > 1, text.bytes[start - 1] == UInt8(ascii: "(") else { return false }
        return text.bytes[start - 2].isLetter || text.bytes[start - 2].isDigit
    }

    /// Whether it is a value in code that a page of Perl's documentation shows: `license => ['mit']`, indented, behind a
    /// `=head` or `=item`; of grants those in strings.
    private func isPodSample(_ statement: Statement) -> Bool {
        let bytes = text.bytes
        let start = lineStart(statement)
        guard bytes[start] == 32 || bytes[start] == 9,
            (start..<statement.bytes.upperBound).contains(where: { bytes.has("=>", at: $0) }),
            statement.strength < .grant
                || (start..<statement.bytes.lowerBound).count(where: { Self.isQuote(bytes[$0]) }) % 2 == 1
        else { return false }
        var at = start
        while at > 0, start - at < 2000 {
            at -= 1
            guard bytes[at] == UInt8(ascii: "="), at == 0 || bytes[at - 1] == 10 else { continue }
            meter.spend(WorkMeter.Cost.word * (start - at) / 8)
            return ["=head", "=item", "=over", "=back", "=pod"].contains { bytes.has($0, at: at) }
        }
        meter.spend(WorkMeter.Cost.word * (start - at) / 8)
        return false
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
            // "#~ " marks what is not used any more.
            let head = bytes.has("#~ ", at: start) ? start + 3 : start
            if bytes.has("msgid", at: head) || bytes.has("msgstr", at: head) { return true }
            guard start > 0, bytes[head] == UInt8(ascii: "\"") else { return false }
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

    /// Whether a program says it of something it looks at: `"Package '{{name}}' is licensed under …"`.
    private func isOfNamed(_ statement: Statement) -> Bool {
        let bytes = text.bytes
        let start = lineStart(statement)
        // From the last quote that opens a string, at most 80 bytes back.
        var at = statement.bytes.lowerBound - 1
        var close: Int?
        while at > start, statement.bytes.lowerBound - at < 80 {
            switch bytes[at] {
            case UInt8(ascii: "}"), UInt8(ascii: ">"): close = at
            case UInt8(ascii: "{"), UInt8(ascii: "<"):
                guard let end = close else { break }
                meter.spend(WorkMeter.Cost.expression)
                let name = bytes.string(at..<end).lowercased()
                if Self.looked.contains(where: { name.range(ofText: $0) != nil }) {
                    return (start..<at).contains { Self.isQuote(bytes[$0]) }
                }
                close = nil
            default: break
            }
            at -= 1
        }
        return false
    }

    private static let looked = [
        "name", "package", "pkg", "dep", "module", "crate", "artifact", "component", "lib", "file", "path",
        "gem", "item",
    ]

    /// Whether it is the value of a key with dots, as catalogs of messages have them: `upload.license.by=Released under …`.
    private func isKeyed(_ statement: Statement) -> Bool {
        let bytes = text.bytes
        var at = lineStart(statement)
        // Of many members on a line, the last one before it.
        for place in stride(
            from: statement.bytes.lowerBound, to: max(at, statement.bytes.lowerBound - 120), by: -1)
        where bytes[place] == UInt8(ascii: "\"") && bytes[place + 1] == UInt8(ascii: ":") {
            var open = place - 1
            while open > at, bytes[open] != UInt8(ascii: "\"") { open -= 1 }
            at = open
            break
        }
        while bytes[at] == 32 || bytes[at] == 9 { at += 1 }
        if Self.isQuote(bytes[at]) { at += 1 }
        let start = at
        var lastDot: Int?
        while bytes[at].isWordByte || bytes[at] == UInt8(ascii: ".") || bytes[at] == UInt8(ascii: "_")
            || bytes[at] == UInt8(ascii: "-")
        {
            if bytes[at] == UInt8(ascii: ".") { lastDot = at }
            at += 1
        }
        if isFragment(statement, key: start..<at) { return true }
        guard let lastDot, bytes[start].isLetter, lastDot + 1 < at, at < statement.bytes.lowerBound else {
            return false
        }
        if Self.isQuote(bytes[at]) { at += 1 }
        while bytes[at] == 32 { at += 1 }
        guard bytes[at] == UInt8(ascii: "=") || bytes[at] == UInt8(ascii: ":"), bytes[at + 1] != bytes[at]
        else { return false }
        meter.spend(WorkMeter.Cost.expression)
        let key = bytes.string((lastDot + 1)..<at).lowercased()
        return !Self.ownKeys.contains { key.hasPrefix($0) }
    }

    /// `'info_terms_gpl' => 'under the GPL license',`: the string has no more than that, and its key says of no license that it
    /// is one: a message that is put into a sentence elsewhere.
    private func isFragment(_ statement: Statement, key: Range<Int>) -> Bool {
        let bytes = text.bytes
        let (low, high) = (statement.bytes.lowerBound, statement.bytes.upperBound)
        guard key.count > 2, Self.isQuote(bytes[key.lowerBound - 1]), Self.isQuote(bytes[key.upperBound]),
            Self.isQuote(bytes[low - 1]), low > key.upperBound, low - key.upperBound < 8,
            Self.isQuote(bytes[high]) || bytes[high] == UInt8(ascii: ".") && Self.isQuote(bytes[high + 1])
        else { return false }
        meter.spend(WorkMeter.Cost.expression)
        let words = bytes.string(key).lowercased().split(separator: "_")
        guard words.count > 1, let first = words.first, let last = words.last else { return false }
        return !Self.ownKeys.contains { first.hasPrefix($0) || last.hasPrefix($0) }
    }

    private static let ownKeys = ["licen", "copyright", "legal", "rights", "notice", "description", "about"]

    /// Whether the line is one of a tree drawn of what is used: `├── oats v1.2 (MIT)`.
    private func isBranch(_ statement: Statement) -> Bool {
        let bytes = text.bytes
        var at = lineStart(statement)
        while bytes[at] == 32 || bytes[at] == 9 || bytes[at] == 0xC2 || bytes[at] == 0xA0 { at += 1 }
        return bytes[at] == 0xE2 && (bytes[at + 1] == 0x94 || bytes[at + 1] == 0x95)
            || bytes.has("+-- ", at: at) || bytes.has("\\-- ", at: at) || bytes.has("`-- ", at: at)
    }

    /// Whether the line is of a log: a time of day or a level stands at its head.
    private func isLogged(_ statement: Statement) -> Bool {
        guard statement.strength < .grant else { return false }
        let bytes = text.bytes
        let start = lineStart(statement)
        let stop = min(start + 48, statement.bytes.lowerBound)
        var hasTime = false
        for at in start..<max(start, stop) {
            let byte = bytes[at]
            // `$Id$` and its like have a time as well.
            if byte == UInt8(ascii: "$") { return false }
            if byte == UInt8(ascii: ":"), bytes[at - 1].isDigit, bytes[at - 2].isDigit, bytes[at + 1].isDigit,
                bytes[at + 2].isDigit, bytes[at + 3] == UInt8(ascii: ":"), bytes[at + 4].isDigit
            {
                hasTime = true
            }
            if byte.isUpper, bytes[at + 1].isUpper, !bytes[at - 1].isWordByte {
                for level in Self.levels
                where bytes.has(level, at: at) && !bytes[at + level.utf8CodeUnitCount].isWordByte {
                    return true
                }
            }
        }
        return hasTime
    }

    private static let levels: [StaticString] = ["info", "warn", "warning", "error", "debug", "trace"]

    /// What programs import, export and ask for: a file of code, though it shows a page.
    func findProgram() -> Bool {
        let bytes = text.bytes
        var at = 0
        let stop = min(bytes.count, 16_384)
        meter.spend(WorkMeter.Cost.word * stop / 16)
        var isFirst = true
        while at < stop {
            while at < stop, bytes[at] <= 32 { at += 1 }
            if isFirst, bytes[at] == UInt8(ascii: "<") {
                return bytes.has("<template", at: at) || bytes.has("<script", at: at)
            }
            isFirst = false
            if bytes.has("import ", at: at) || bytes.has("export ", at: at)
                || bytes.has("module.exports", at: at)
            {
                return true
            }
            let line = at
            while at < stop, bytes[at] != 10 {
                if at - line < 120, bytes[at] == UInt8(ascii: "r"), bytes.has("require(", at: at) {
                    return true
                }
                at += 1
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

    /// Blocks of examples in a page of Vim's help: from a line that ends with ">" to one that does not stand further in.
    private func helpSamples() -> [Range<Int>] {
        let bytes = text.bytes
        let tail = max(0, bytes.count - 200)
        guard role == .other, (tail..<bytes.count).contains(where: { bytes.has("ft=help", at: $0) }) else {
            return []
        }
        var samples: [Range<Int>] = []
        var open: Int?
        var at = 0
        meter.spend(WorkMeter.Cost.word * bytes.count / 64)
        while at < bytes.count, samples.count < 256 {
            var end = at
            while end < bytes.count, bytes[end] != 10 { end += 1 }
            let isIndented = bytes[at] == 32 || bytes[at] == 9 || bytes[at] == 10 || bytes[at] == 13
            if let start = open, !isIndented {
                samples.append(start..<at)
                open = nil
            }
            if open == nil, end > at, bytes[end - 1] == UInt8(ascii: ">"),
                end - 1 == at || bytes[end - 2] == 32
            {
                open = end
            }
            at = end + 1
        }
        if let start = open { samples.append(start..<bytes.count) }
        return samples
    }

    private static let plainBlocks: [StaticString] = ["text", "txt", "plain", "licen", "legal"]

    /// Blocks of code: in Markdown "```json" to "```", in reStructuredText what stands further in below ".. code::".
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
                } else if bytes[at + 3].isLetter,
                    !Self.plainBlocks.contains(where: { bytes.has($0, at: at + 3) })
                {
                    // Of plain blocks the text may well be a license's.
                    open = at
                }
            } else if bytes[at] == UInt8(ascii: "."), at == 0 || bytes[at - 1] == 10,
                [".. code", ".. sourcecode::", ".. prompt::"].contains(where: { bytes.has($0, at: at) })
            {
                let start = at
                repeat {
                    while at < bytes.count, bytes[at] != 10 { at += 1 }
                    at += 1
                } while at < bytes.count && [10, 13, 32, 9].contains(bytes[at])
                fences.append(start..<min(at, bytes.count))
                continue
            }
            at += 1
        }
        meter.spend(WorkMeter.Cost.word * bytes.count / 64)
        return fences
    }
}
