// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Reads copyright notices: years, holder, and what goes on over line ends.
struct CopyrightReader {
    let text: Lexemes
    /// Its own, so that names do not eat what notices need.
    let meter: WorkMeter
    private static let maximumNotices = 1000
    private static let maximumWords = 60

    struct Found: Sendable {
        var bytes: Range<Int>
        var years: String?
        var holder: String
    }

    func read() -> [Found] {
        var found: [Found] = []
        var index = 0
        var lastEnd = 0
        while index < text.count, found.count < Self.maximumNotices, !meter.isSpent {
            if index >= lastEnd, let (notice, end) = notice(at: index) {
                found.append(notice)
                lastEnd = end
                index = max(end, index + 1)
            } else {
                index += 1
            }
        }
        return found
    }

    private func isTagText(_ index: Int) -> Bool {
        // SPDX-FileCopyrightText, SPDX-SnippetCopyrightText.
        Self.tagTexts.contains(text[index].hash)
    }

    private static let tagTexts = WordHashes(
        ["filecopyrighttext", "snippetcopyrighttext"].map { Lexemes.hash($0.utf8) })

    /// A notice that begins with the lexeme at `index`.
    private func notice(at index: Int) -> (Found, Int)? {
        let word = text.word(index)
        var next = index
        var sawWord = false
        var sawSign = false
        var start = Int(text[index].start) - (word == .c ? 1 : 0)
        if isTagText(index) {
            sawWord = true
            sawSign = true
            next = index + 1
            // The notice is the value of the tag.
            if next < text.count { start = valueStart(next) }
            if text.word(next) == .copyright { next += 1 }
        } else if word == .copyright {
            sawWord = true
            next = index + 1
            // "Copyright notice", "copyright holders", "copyrights".
            if text.gap(index).contains(.underscore) || text.gap(next).contains(.underscore) { return nil }
        } else if text.gap(index).contains(.sign), !text.gap(index).contains(.quote) {
            sawSign = true
            // © stands before this word.
            return body(from: index, start: signStart(before: index), sawWord: false, sawSign: true)
        } else if word == .c, isInParentheses(index) {
            sawSign = true
            next = index + 1
            // `(c) = x`, `f(c)`.
            guard text.gap(next).contains(.space) || text.gap(next).contains(.newline),
                !text.gap(next).contains(.equals)
            else { return nil }
            let before = text.byteBefore(index)
            let beforeOpen = text.bytes[Int(text[index].start) - 2]
            guard before == UInt8(ascii: "("), !beforeOpen.isWordByte else { return nil }
        } else {
            return nil
        }
        // "Copyright (c)", "(c) Copyright", "Copyright ©", "Copyright: ©".
        while next < text.count, next < index + 5 {
            if text.word(next) == .c, isInParentheses(next) {
                sawSign = true
                next += 1
            } else if text.word(next) == .copyright
                || (text.word(next) == .by && sawWord && !text.gap(next).contains(.stop))
            {
                if text.word(next) == .copyright { sawWord = true }
                next += 1
            } else {
                break
            }
        }
        if text.gap(next).contains(.sign) { sawSign = true }
        return body(from: next, start: start, sawWord: sawWord, sawSign: sawSign)
    }

    private func valueStart(_ index: Int) -> Int {
        if text.word(index) == .c, isInParentheses(index) { return Int(text[index].start) - 1 }
        return text.gap(index).contains(.sign) ? signStart(before: index) : Int(text[index].start)
    }

    private func isInParentheses(_ index: Int) -> Bool {
        text[index].length == 1 && text.byteBefore(index) == UInt8(ascii: "(")
            && text.byteAfter(index) == UInt8(ascii: ")")
    }

    private func signStart(before index: Int) -> Int {
        var at = Int(text[index].start)
        let stop = max(0, at - 12)
        while at > stop {
            at -= 1
            if text.bytes[at] == 0xA9 { return text.bytes[at - 1] == 0xC2 ? at - 1 : at }
        }
        return Int(text[index].start)
    }

    private static let noHolder = WordHashes(
        [
            "notice", "notices", "holder", "holders", "owner", "owners", "law", "laws", "license", "licence",
            "statement", "and", "information",
            "interest", "in", "is", "are", "or", "the", "to", "act", "infringement", "protection",
            "protected", "on", "disclaimer", "for", "file", "of", "line",
            "lines", "text", "message", "year", "years", "date", "string", "header", "headers", "status",
            "assignment", "terms", "rights", "right", "material", "materials",
            "claim", "claims", "work", "works", "software", "attribution", "marks", "this", "that", "as",
            "may", "shall", "symbol", "sign", "update", "updated", "updates",
            "see", "details", "if", "with", "not", "must", "treaties", "permission", "management", "label",
            "under", "issues", "tag", "will", "can", "should", "comment", "comments",
            "from", "at", "has", "have", "was", "were", "it", "you", "your", "bits", "years", "policy",
            "reserved", "blurb", "info", "block", "fields", "field", "only", "ownership", "page", "term",
            "above",
            "assigned", "assign", "disclaimed", "free", "pending", "waiver",
        ].map { Lexemes.hash($0.utf8) })

    private static let placeholders = WordHashes(
        [
            "yyyy", "year", "years", "yy", "xxxx", "fullname", "yoyodyne", "holder", "owner", "organization",
            "name", "author", "your", "insert", "copyright", "19yy", "20xx",
        ]
        .map { Lexemes.hash($0.utf8) })

    private func body(from start: Int, start first: Int, sawWord: Bool, sawSign: Bool) -> (Found, Int)? {
        meter.spend(WorkMeter.Cost.word * 20)
        var at = start
        // Years: "2001, 2003-2005", "2001-present", "1999 - 2004,", "{2020}".
        var years: [String] = []
        var yearEnd = start
        while at < text.count, at < start + 60 {
            meter.spend(WorkMeter.Cost.word * 10)
            let gap = text.gap(at)
            if text.word(at) == .number, let year = year(at) {
                let isRange =
                    gap.contains(.hyphen) || text.word(at - 1) == .to || text.word(at - 1) == .and && false
                if isRange, let last = years.popLast(), !last.contains("-") {
                    years.append("\(last)-\(year)")
                } else {
                    years.append(year)
                }
                at += 1
                yearEnd = at
            } else if !years.isEmpty, isYearWord(at), at == yearEnd,
                gap.contains(.hyphen) || text.word(at - 1) == .to
            {
                years.append("\(years.removeLast())-\(text.text(at).lowercased())")
                at += 1
                yearEnd = at
            } else if !years.isEmpty, at == yearEnd,
                [.to, .and, .by].contains(text.word(at)) || gap.contains(.ampersand)
            {
                if text.word(at) == .by || year(at + 1) == nil { break }
                at += 1
                yearEnd = at
                if text.word(at - 1) == .and { yearEnd = at }
            } else if !years.isEmpty, at == yearEnd, text.word(at) == .number, text[at].length <= 2,
                gap.contains(.hyphen) || gap.contains(.comma) || gap.contains(.slash)
            {
                // "1999-01", "1998,99".
                let short = text.text(at)
                if gap.contains(.hyphen), let last = years.popLast() {
                    years.append("\(last)-\(short)")
                } else {
                    years.append(short)
                }
                at += 1
                yearEnd = at
            } else {
                break
            }
            if text.gap(at).contains(.blankLine) { break }
        }
        at = yearEnd
        guard sawSign || !years.isEmpty || isNamed(at) else { return nil }
        if !sawWord, years.isEmpty, !isNamed(at) { return nil }
        if at < text.count, text.gap(at).contains(.blankLine), years.isEmpty { return nil }
        while text.word(at) == .by || text.word(at) == .copyright
            || (text.word(at) == .c && isInParentheses(at))
        { at += 1 }
        let (holder, end, endByte) = holder(from: at, hasYears: !years.isEmpty)
        if holder.isEmpty {
            // "Copyright 2004." with nobody named is of no use, but is a notice.
            guard !years.isEmpty, sawWord else { return nil }
        }
        if years.isEmpty, Self.noHolder.contains(text[at].hash), !isTagText(start - 1) {
            // "the copyright holders" names nobody; "Copyright (c) The Foo Project" does.
            guard sawSign, sawWord, text.word(at) == .the, !Self.noHolder.contains(text[at + 1].hash) else {
                return nil
            }
        }
        // Templates.
        if Self.placeholders.contains(text[at].hash),
            years.isEmpty || text.gap(at).contains(.angle) || text.gap(at).contains(.bracket)
        {
            return nil
        }
        if text.gap(start).contains(.angle), !years.isEmpty || Self.placeholders.contains(text[start].hash) {
            return nil
        }
        if at < text.count, text.gap(at).contains(.dollar) || text.gap(at).contains(.brace) && years.isEmpty {
            return nil
        }
        let stop = max(endByte, yearEnd > start ? text[yearEnd - 1].end : first)
        guard stop > first else { return nil }
        return (
            Found(
                bytes: first..<stop, years: years.isEmpty ? nil : years.joined(separator: ", "),
                holder: holder), max(end, yearEnd)
        )
    }

    private func year(_ index: Int) -> String? {
        guard text.word(index) == .number, text[index].length == 4 else { return nil }
        let year = text.text(index)
        return year.hasPrefix("19") || year.hasPrefix("20") ? year : nil
    }

    private func isYearWord(_ index: Int) -> Bool {
        ["present", "now", "today", "current", "date"].contains(text.text(index).lowercased())
    }

    /// Whether a name begins there: a capital letter, a mail address, an at sign.
    private func isNamed(_ index: Int) -> Bool {
        guard index < text.count else { return false }
        let first = text.bytes[Int(text[index].start)]
        guard text.gap(index).isDisjoint(with: [.equals, .brace, .semicolon, .dollar, .stop]) else {
            return false
        }
        if text.word(index) == .the { return isNamed(index + 1) && !text.gap(index + 1).contains(.newline) }
        if Self.noHolder.contains(text[index].hash) { return false }
        return 65...90 ~= first || first >= 0xC3 || text.gapAfter(index).contains(.at)
    }

    /// The holder's words up to the end of the notice.
    private func holder(from start: Int, hasYears: Bool) -> (String, Int, Int) {
        var at = start
        var end = start
        var lines = 0
        while at < text.count, at - start < Self.maximumWords {
            meter.spend(WorkMeter.Cost.word * 2)
            let gap = text.gap(at)
            if gap.contains(.blankLine) { break }
            if at > start {
                if gap.contains(.newline) {
                    // Goes on only where the line did not end the sentence and the next one begins like part of a name.
                    lines += 1
                    if lines > 2 || gap.contains(.stop) || !continues(at, after: at - 1) { break }
                }
                if gap.contains(.stop), !isAbbreviation(at - 1) { break }
                if gap.contains(.bar) || gap.contains(.semicolon) && !gap.contains(.ampersand) { break }
                if gap.contains(.sign) || (text.word(at) == .c && isInParentheses(at)) { break }
                if gap.contains(.quote), gap.contains(.newline) || gap.contains(.backslash) { break }
            } else if gap.contains(.newline), !hasYears || !isNamed(at) {
                break
            }
            if text.word(at) == .copyright { break }
            if text.word(at) == .all, text.word(at + 1) == .rights { break }
            if text.word(at) == .license || text.word(at) == .licensed
                || text.word(at) == .released && text.word(at + 1) == .under
            {
                break
            }
            if text.word(at) == .distributed || text.word(at) == .permission { break }
            if text.word(at) == .this,
                [.file, .software, .program, .library, .is, .code].contains(text.word(at + 1))
            {
                break
            }
            if text.word(at) == .see || text.word(at) == .spdx { break }
            if text.word(at) == .under, [.the, .terms].contains(text.word(at + 1)) { break }
            if text.word(at) == .is, text.word(at + 1) != .end { break }
            at += 1
            end = at
        }
        guard end > start else { return ("", start, 0) }
        // With the closing sign of an address or a parenthesis.
        var stop = text[end - 1].end
        if text.bytes[stop] == UInt8(ascii: "/"), text.bytes[stop + 1] == UInt8(ascii: ">") { stop += 1 }
        if text.bytes[stop] == UInt8(ascii: ">") || text.bytes[stop] == UInt8(ascii: ")") { stop += 1 }
        if text.bytes[stop] == UInt8(ascii: "."), isAbbreviation(end - 1) { stop += 1 }
        var from = Int(text[start].start)
        if text.gap(start).contains(.angle) || text.gap(start).contains(.open),
            text.bytes[from - 1] == UInt8(ascii: "<") || text.bytes[from - 1] == UInt8(ascii: "(")
        {
            from -= 1
        }
        meter.spend(WorkMeter.Cost.item + (stop - from) / 4)
        return (Self.folded(text.bytes.string(from..<stop)), end, stop)
    }

    private func isAbbreviation(_ index: Int) -> Bool {
        let lexeme = text[index]
        if lexeme.length == 1 { return !text.gap(index).contains(.ampersand) }
        return Self.abbreviations.contains(lexeme.hash)
    }

    private static let abbreviations = WordHashes(
        [
            "inc", "ltd", "co", "corp", "jr", "sr", "st", "dr", "et", "al", "gmbh", "llc", "bv", "ag", "sa",
            "prof", "univ", "dept", "jun", "th", "ph", "mr", "mrs", "ms", "pty", "lt",
        ]
        .map { Lexemes.hash($0.utf8) })

    /// Whether the next line belongs to the holder: after a comma, "and" or "by", or a name cut in two.
    private func continues(_ index: Int, after last: Int) -> Bool {
        let gap = text.gap(index)
        if gap.contains(.comma) || text.word(last) == .and || text.word(last) == .by || text.word(last) == .of
            || text.word(last) == .the || gap.contains(.ampersand)
        {
            return !(text.word(index) == .copyright) && isNamed(index)
        }
        return false
    }

    /// ASCII, `©` and letters of Latin 1, without more white space than single blanks between words.
    private static func isPlain(_ text: String) -> Bool {
        var last: UInt8 = 0x20
        for byte in text.utf8 {
            switch byte {
            case 0x20: if last == 0x20 { return false }
            case 0x21...0x7E, 0xC2, 0xC3: break
            case 0xA9: if last != 0xC2, last != 0xC3 { return false }
            case 0x80...0xBF: if last != 0xC3 { return false }
            default: return false
            }
            last = byte
        }
        return last != 0x20
    }

    /// White space and comment marks between lines folded to one space.
    static func folded(_ text: String) -> String {
        // Nearly all are of one line, and need no look at characters.
        if isPlain(text) { return text }
        var parts: [Substring] = []
        for line in text.split(whereSeparator: \.isNewline) {
            var part = line[...]
            if !parts.isEmpty {
                while let first = part.first, first.isWhitespace || "*#/;%-!\"'".contains(first) {
                    part = part.dropFirst()
                }
            }
            while part.last?.isWhitespace == true { part = part.dropLast() }
            if !part.isEmpty { parts.append(part) }
        }
        return parts.joined(separator: " ").split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
