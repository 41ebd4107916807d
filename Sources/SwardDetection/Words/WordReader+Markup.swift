// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

extension WordReader {
    mutating func readBeyondASCII() {
        guard let letter = Letters.read(text, position) else {
            position &+= 1
            return
        }
        switch letter.kind {
        case .letters, .other:
            readWord()
            return
        case .ideograph, .sign:
            var hash = Self.sign
            if case .ideograph = letter.kind {
                hash = WordHash.seed
                for index in 0..<letter.length { hash = WordHash.step(hash, text[position &+ index]) }
            }
            let start = position
            position &+= letter.length
            append(hash, start, position)
            return
        case .space: pending.remove(.glued)
        case .openQuote: isQuoted = true
        case .closeQuote: isQuoted = false
        case .joiner: break
        case .apostrophe, .hyphen, .dash, .punctuation: punctuate()
        }
        position &+= letter.length
    }

    /// Marks that something other than white space stands before the next word.
    private mutating func punctuate() {
        if pending.contains(.lineStart) { pending.insert(.markedLine) }
        pending.insert(.punctuated)
    }

    mutating func readPunctuation(_ byte: UInt8) {
        punctuate()
        let next = text[position &+ 1]
        switch byte {
        case UInt8(ascii: "<"): readTag(next)
        case UInt8(ascii: "&"): readAmpersand(next)
        case UInt8(ascii: "\\"): readBackslash(next)
        case UInt8(ascii: "@"): readAt(next)
        case UInt8(ascii: "\""):
            isQuoted.toggle()
            position &+= 1
        case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"):
            if Self.isSpace(next) || next == 0x22 || next == 0x29 || next == 0x3C || next == 0x5C {
                pending.insert(.sentenceStart)
            } else if byte == 0x2E, position == lineStart, next.isLetter {
                skipRoffRequest()
                return
            }
            position &+= 1
        case UInt8(ascii: ":"):
            if next == 0x2F, text[position &+ 2] == 0x2F, position >= addressEnd {
                openAddress(from: position &+ 3)
            }
            position &+= 1
        case UInt8(ascii: "]"):
            position &+= 1
            if next == 0x28 { skipMarkdownLink() }
        case UInt8(ascii: "{") where isRTF && next == 0x5C: skipRTFGroup()
        case 0x0B, 0x0C, 0:
            // Form feeds part pages.
            breakLine()
            position &+= 1
        default: position &+= 1
        }
    }

    static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 || byte == 0
    }

    // MARK: - Addresses

    /// Marks the words up to the end of an address, and the scheme or name glued before it.
    private mutating func openAddress(from start: Int) {
        var at = start
        while at < end, at &- start < 512, case let byte = text[at], byte > 0x20, byte != 0x22, byte != 0x27,
            byte != 0x3C, byte != 0x3E, byte != 0x29, byte != 0x5C
        {
            at &+= 1
        }
        addressEnd = at
        if pending.contains(.glued), !words.isEmpty {
            var index = words.count &- 1
            words[index].marks.insert(.address)
            // The dotted name before `@`.
            while index > 0, words[index].marks.contains(.glued), words.count &- index < 6 {
                index &-= 1
                words[index].marks.insert(.address)
            }
        }
    }

    /// What stands between `](` and `)` is a target, not prose.
    private mutating func skipMarkdownLink() {
        let start = position &+ 1
        var at = start
        while at < end, at &- start < 512, case let byte = text[at], byte > 0x20, byte != 0x28, byte != 0x5B {
            if byte == 0x29 {
                links.append(start..<at)
                position = at
                return
            }
            at &+= 1
        }
    }

    // MARK: - HTML and XML

    static let tags = hashes([
        "a", "abbr", "article", "aside", "b", "big", "blockquote", "body", "br", "caption", "center", "cite",
        "code",
        "col", "colgroup", "dd", "div", "dl", "dt", "em", "emphasis", "filename", "font", "footer", "form",
        "h1",
        "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "i", "img", "input", "ins", "kbd",
        "label",
        "legalnotice", "li", "link", "listitem", "literal", "main", "meta", "nav", "ol", "option",
        "orderedlist", "p",
        "para", "pre", "quote", "samp", "script", "section", "sect1", "sect2", "simpara", "small", "span",
        "strong", "style", "sub", "sup", "svg", "table", "tbody", "td", "text", "tfoot", "th", "thead",
        "title",
        "tr", "tspan", "tt", "u", "ul", "ulink", "var", "wbr",
    ])
    static let blockTags = hashes([
        "article", "blockquote", "body", "center", "dd", "div", "dl", "dt", "footer", "h1", "h2", "h3", "h4",
        "h5",
        "h6", "head", "header", "hr", "li", "listitem", "ol", "p", "para", "pre", "section", "simpara",
        "table", "td", "th", "title", "tr", "ul",
    ])
    private static let lineBreak = WordHash("br").value

    private static func hashes(_ names: [String]) -> WordHashes {
        WordHashes(names.map { WordHash($0).value })
    }

    private mutating func readTag(_ next: UInt8) {
        if next == 0x21 || next == 0x3F {
            // `<!--` is a comment mark; other declarations vanish.
            if text[position &+ 2] == 0x2D {
                position &+= 2
            } else {
                skipTag(from: position &+ 2, isBlock: false)
            }
            return
        }
        var at = position &+ (next == 0x2F ? 2 : 1)
        let nameStart = at
        var hash = WordHash.seed
        while text[at].isWordByte, at &- nameStart < 12 {
            hash = WordHash.step(hash, text[at] &- 65 < 26 ? text[at] | 0x20 : text[at])
            at &+= 1
        }
        let stop = text[at]
        guard at > nameStart, stop == 0x3E || stop == 0x2F || Self.isSpace(stop), Self.tags.contains(hash)
        else {
            position &+= 1
            return
        }
        if hash == Self.lineBreak { breakLine() }
        skipTag(from: at, isBlock: Self.blockTags.contains(hash))
    }

    private mutating func skipTag(from start: Int, isBlock: Bool) {
        var at = start
        while at < end, at &- start < Self.markupLimit, text[at] != 0x3E, text[at] != 0x3C {
            let isTarget = text.has("href=", at: at) || text.has("src=", at: at)
            if isTarget, Self.isSpace(text[at &- 1]) {
                let from = at &+ (text[at] | 0x20 == 0x68 ? 5 : 4)
                let quote = text[from]
                let first = quote == 0x22 || quote == 0x27 ? from &+ 1 : from
                var stop = first
                while stop < end, stop &- first < 512, text[stop] > 0x20, text[stop] != 0x3E,
                    text[stop] != 0x3C,
                    text[stop] != quote || first == from
                {
                    stop &+= 1
                }
                if stop > first { links.append(first..<stop) }
                at = max(stop, at &+ 1)
            } else {
                at &+= 1
            }
        }
        guard text[at] == 0x3E, at < end else {
            // No tag after all.
            position &+= 1
            return
        }
        position = at &+ 1
        if isBlock {
            newlines = max(newlines, 1)
            breakLine()
            pending.insert(.sentenceStart)
        }
    }

    private mutating func readAmpersand(_ next: UInt8) {
        if let entity = Entities.read(text, position) {
            let start = position
            switch entity.kind {
            case .letter:
                readWord()
                return
            case .and:
                position &+= entity.length
                if !pending.contains(.glued), Self.isSpace(text[position]) {
                    append(Self.and, start, position)
                }
                return
            case .sign:
                position &+= entity.length
                append(Self.sign, start, position)
                return
            case .space: pending.remove(.glued)
            case .openQuote: isQuoted.toggle()
            case .closeQuote: isQuoted = false
            case .apostrophe, .joiner, .bracket, .other: break
            }
            position &+= entity.length
            return
        }
        position &+= 1
        if !pending.contains(.glued), Self.isSpace(next) { append(Self.and, position &- 1, position) }
    }

    // MARK: - Backslashes: string literals, roff, TeX, RTF

    private mutating func readBackslash(_ next: UInt8) {
        if isRTF {
            readRTFControl(next)
            return
        }
        let after = text[position &+ 2]
        switch next {
        case UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            // In TeX a lower-case letter goes on: `\newline`, `\noindent`.
            guard isQuoted || !(after &- 97 < 26) else { break }
            position &+= 2
            if next == UInt8(ascii: "t") {
                pending.remove(.glued)
            } else {
                let wasQuoted = isQuoted
                breakLine()
                beginLine()
                isQuoted = wasQuoted
            }
            return
        case UInt8(ascii: "f") where "BRIP".utf8.contains(after):
            position &+= 3
            return
        case UInt8(ascii: "f") where after == UInt8(ascii: "("):
            position &+= 5
            return
        case UInt8(ascii: "("):
            let start = position
            position &+= 4
            if text.has("co", at: start &+ 2) { append(Self.sign, start, position) }
            return
        case UInt8(ascii: "*"):
            position &+= after == 0x28 ? 5 : 3
            return
        case UInt8(ascii: "u") where (0..<4).allSatisfy({ text[position &+ 2 &+ $0].isWordByte }):
            let start = position
            position &+= 6
            if text.has("00a9", at: start &+ 2) { append(Self.sign, start, position) }
            return
        default: break
        }
        guard next.isLetter else {
            // An escaped mark; an escaped line end parts words as any other does.
            position &+= next > 0x20 && next < 0x80 && next != 0x5C && next != 0x3C ? 2 : 1
            return
        }
        let start = position
        position &+= 1
        while text[position].isLetter, position &- start < 32 { position &+= 1 }
        if text.has("copyright", at: start &+ 1) { append(Self.sign, start, position) }
        pending.remove(.glued)
    }

    private mutating func skipRoffRequest() {
        var at = position &+ 1
        while text[at].isLetter, at &- position < 4 { at &+= 1 }
        position = at &- position <= 3 && Self.isSpace(text[at]) ? at : position &+ 1
        if text[position] != 0x20, text[position] != 0x0A, text[position] != 0x0D { return }
        // Font requests go on with the sentence; others part paragraphs.
        pending.insert(.lineStart)
    }

    private static let texinfo = hashes([
        "c", "comment", "code", "samp", "var", "emph", "strong", "dfn", "file", "uref", "url", "email",
        "dots",
        "copyright", "node", "section", "subsection", "unnumbered", "unnumberedsec", "appendix",
        "appendixsec", "chapter",
        "item", "itemx", "enumerate", "itemize", "end", "quotation", "smallexample", "example", "display",
        "smalldisplay", "center", "heading", "noindent", "cindex", "page", "sp", "ifset", "ifclear", "ifinfo",
        "iftex",
        "ifnottex", "table", "acronym", "w", "cite", "raggedright", "footnotestyle", "setfilename", "set",
        "direntry",
        "dircategory", "ifhtml", "ifdocbook", "ifplaintext", "insertcopying", "titlepage", "vskip",
        "subheading",
    ])
    /// Their words on the same line are arguments or environments, not prose.
    private static let texinfoArguments = hashes([
        "end", "node", "enumerate", "itemize", "sp", "ifset", "ifclear", "setfilename", "set", "cindex",
        "vskip",
    ])

    private mutating func readAt(_ next: UInt8) {
        let start = position
        position &+= 1
        guard next.isLetter else { return }
        if pending.contains(.glued), start >= addressEnd {
            openAddress(from: position)
            return
        }
        var hash = WordHash.seed
        var at = position
        while text[at].isLetter, at &- position < 16 {
            hash = WordHash.step(hash, text[at])
            at &+= 1
        }
        guard Self.texinfo.contains(hash) else { return }
        let isAtLineStart = start == lineStart
        guard text[at] == 0x7B || isAtLineStart else { return }
        if text.has("copyright{", at: position) { append(Self.sign, start, at) }
        position = at
        if isAtLineStart, Self.texinfoArguments.contains(hash) {
            while position < end, text[position] != 0x0A, position &- at < 200 { position &+= 1 }
        }
    }

    // MARK: - RTF

    private static let rtfHidden = hashes([
        "fonttbl", "colortbl", "stylesheet", "info", "listtable", "listoverridetable", "generator", "pict",
        "themedata",
        "datastore", "latentstyles", "rsidtbl", "xmlnstbl",
    ])

    /// Groups that hold tables of the format rather than text.
    private mutating func skipRTFGroup() {
        var at = position &+ 2
        var hash = WordHash.seed
        while text[at].isLetter, at &- position < 24 {
            hash = WordHash.step(hash, text[at])
            at &+= 1
        }
        guard text[position &+ 2] == 0x2A || Self.rtfHidden.contains(hash) else {
            position &+= 1
            return
        }
        var depth = 0
        while position < end {
            if text[position] == 0x7B { depth &+= 1 }
            if text[position] == 0x7D { depth &-= 1 }
            position &+= 1
            if depth == 0 { return }
        }
    }

    private mutating func readRTFControl(_ next: UInt8) {
        if next == 0x27 {
            position &+= 4
            return
        }
        guard next.isLetter else {
            position &+= next == 0x0A ? 1 : 2
            if next == 0x7E { pending.remove(.glued) }
            return
        }
        let start = position &+ 1
        var at = start
        while text[at].isLetter, at &- start < 32 { at &+= 1 }
        let isBreak =
            text.has("par", at: start) && at &- start == 3 || text.has("line", at: start) && at &- start == 4
        if text[at] == 0x2D { at &+= 1 }
        while text[at].isDigit { at &+= 1 }
        if text[at] == 0x20 { at &+= 1 }
        position = at
        if isBreak {
            breakLine()
            beginLine()
        } else if text.has("tab", at: start) {
            pending.remove(.glued)
        }
    }
}
