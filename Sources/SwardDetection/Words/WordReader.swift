// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Cuts a stretch of text into words; one pass, no look-ahead beyond a fixed number of bytes.
struct WordReader {
    /// A tag, request or entity longer than this is no tag.
    static let markupLimit = 2_048

    let text: ByteView
    let end: Int
    /// Whether a word parted by a line-end hyphen may be joined; told by the whole word's hash.
    let isKnown: (UInt32) -> Bool
    let isRTF: Bool
    var position: Int
    var words: [FileWord]
    var links: [Range<Int>]
    /// Marks the next word will get.
    var pending: FileWord.Marks = [.lineStart, .paragraphStart, .sentenceStart]
    /// Newlines since the last word.
    var newlines = 1
    var lineStart: Int
    var isQuoted = false
    /// Words before this offset are in an address.
    var addressEnd = 0
    /// Words that begin before this offset count items.
    var bulletEnd = 0
    var lastHash: UInt32 = 0

    static let copyright = WordHash("copyright").value
    static let copyrights = WordHash("copyrights").value
    static let owner = WordHash("owner").value
    static let owners = WordHash("owners").value
    static let holder = WordHash("holder").value
    static let holders = WordHash("holders").value
    static let sign = WordHash("c").value
    static let and = WordHash("and").value
    static let prefixes = WordHashes(
        (["non", "sub", "re", "co", "pre", "multi", "e"] as [WordHash]).map(\.value))
    static let spacedPrefixes = WordHashes((["non", "sub"] as [WordHash]).map(\.value))
    static let per = WordHash("per").value
    static let commentWords = WordHashes((["dnl", "rem"] as [WordHash]).map(\.value))

    init(
        text: ByteView, range: Range<Int>, isRTF: Bool, words: consuming [FileWord],
        links: consuming [Range<Int>],
        isKnown: @escaping (UInt32) -> Bool
    ) {
        self.text = text
        position = range.lowerBound
        lineStart = range.lowerBound
        end = min(range.upperBound, text.count)
        self.isRTF = isRTF
        self.words = words
        self.links = links
        self.isKnown = isKnown
    }

    mutating func read() {
        beginLine()
        while position < end {
            let byte = text[position]
            if byte.isWordByte {
                readWord()
            } else if byte == 0x20 || byte == 0x09 {
                pending.remove(.glued)
                position &+= 1
            } else if byte == 0x0A || byte == 0x0D {
                endLine()
            } else if byte >= 0x80 {
                readBeyondASCII()
            } else {
                readPunctuation(byte)
            }
        }
    }

    // MARK: - Lines

    mutating func endLine() {
        // CR LF is one line end.
        position &+= text[position] == 0x0D && text[position &+ 1] == 0x0A ? 2 : 1
        breakLine()
        beginLine()
    }

    mutating func breakLine() {
        newlines &+= 1
        pending.insert(.lineStart)
        pending.remove([.glued, .markedLine])
        if newlines > 1 { pending.insert(.paragraphStart) }
        isQuoted = false
    }

    /// Passes over comment marks that are words, and sees whether the line opens with a number or letter that counts.
    mutating func beginLine() {
        lineStart = position
        var at = position
        let first = text[at] | 0x20
        if first == UInt8(ascii: "c"), isFortranComment(at) {
            position = at &+ 1
            pending.insert(.markedLine)
            at = position
        }
        if first | 0x0F == 0x3F, isNumberedComment(at) {
            position = at &+ 7
            pending.insert(.markedLine)
            at = position
        }
        // Leading marks of at most 12 bytes; the words of them are gone when `.lineStart` is.
        var steps = 0
        while steps < 24, case let byte = text[at], byte != 0, !byte.isWordByte, byte != 0x0A, byte != 0x0D,
            byte < 0x80
        {
            at &+= 1
            steps &+= 1
        }
        if text[at].isWordByte, let stop = bullet(at) { bulletEnd = stop }
    }

    /// `C` in the first column with white space after it, on this line and on a neighbor.
    private func isFortranComment(_ start: Int) -> Bool {
        func isMark(_ at: Int) -> Bool {
            guard text[at] | 0x20 == UInt8(ascii: "c") else { return false }
            let next = text[at &+ 1]
            return next == 0x20 || next == 0x09 || next == 0x0A || next == 0x0D
        }
        guard isMark(start) else { return false }
        var at = start &+ 1
        while at < end, at &- start < 200, text[at] != 0x0A { at &+= 1 }
        if text[at] == 0x0A, isMark(at &+ 1) { return true }
        at = start &- 2
        while at >= 0, start &- at < 200, text[at] != 0x0A { at &-= 1 }
        return start > 0 && text[start &- 1] == 0x0A && isMark(at &+ 1)
    }

    /// `000300*`: a comment of COBOL behind the number of its line.
    private func isNumberedComment(_ start: Int) -> Bool {
        text[start &+ 6] == UInt8(ascii: "*") && (0..<6).allSatisfy { text[start &+ $0].isDigit }
    }

    /// The end of `1.`, `(a)`, `iv)`, `2.3.1` at `start`, where the first letter or digit stands.
    private func bullet(_ start: Int) -> Int? {
        var at = start
        var parts = 0
        while parts < 5 {
            let from = at
            if text[at].isDigit {
                while text[at].isDigit { at &+= 1 }
                guard at &- from <= 3 else { return nil }
            } else if text[at].isLetter, !text[at &+ 1].isWordByte {
                at &+= 1
            } else {
                while "ivxIVX".utf8.contains(text[at]) { at &+= 1 }
                guard at > from, at &- from <= 5 else { return nil }
            }
            guard !text[at].isWordByte else { return nil }
            parts &+= 1
            let mark = text[at]
            guard mark == 0x2E || mark == 0x29 || mark == 0x3A || mark == 0x5D else {
                // `2.1 Grant`: numbers with inner dots need no mark at their end, but three or more digits are no count.
                return parts > 1 && (mark == 0x20 || mark == 0x09) && startsCapital(at) ? at : nil
            }
            let next = text[at &+ 1]
            if next == 0x20 || next == 0x09 || next == 0x0A || next == 0x0D || next == 0 { return at }
            guard next.isWordByte, mark == 0x2E else {
                return next == 0x2A || next == 0x5F || next == 0x5C ? at : nil
            }
            at &+= 1
        }
        return nil
    }

    private func startsCapital(_ start: Int) -> Bool {
        var at = start
        while text[at] == 0x20 || text[at] == 0x09 { at &+= 1 }
        return text[at] &- 65 < 26
    }

    // MARK: - Words

    mutating func readWord() {
        let start = position
        var hash = WordHash.seed
        var at = start
        var lastLetter = start
        var isJoined = false
        scanning: while true {
            while case let byte = text[at], byte.isWordByte, at < end {
                hash = WordHash.step(hash, byte &- 65 < 26 ? byte | 0x20 : byte)
                at &+= 1
            }
            lastLetter = at &- 1
            guard at < end else { break }
            switch text[at] {
            case 0x5F:  // An underscore between letters.
                var next = at
                while text[next] == 0x5F, next &- at < 4 { next &+= 1 }
                guard text[next].isWordByte else { break scanning }
                while at < next {
                    hash = WordHash.step(hash, 0x5F)
                    at &+= 1
                }
            case 0x27:  // An apostrophe between letters.
                guard text[at &+ 1].isLetter, text[lastLetter].isLetter, at &- start < 24, !isQuoteCode(at)
                else {
                    break scanning
                }
                at &+= 1
            case 0x2D:
                guard let next = joint(after: at, start: start, hash: hash) else { break scanning }
                isJoined = true
                at = next
            case 0x20:
                guard at &- start == 3, !isJoined, text[at &+ 1].isLetter else { break scanning }
                if Self.spacedPrefixes.contains(hash) || (hash == Self.per && text.has("cent", at: at &+ 1)) {
                    isJoined = true
                    at &+= 1
                } else {
                    break scanning
                }
            case 0x80...:
                guard let letter = Letters.read(text, at) else { break scanning }
                switch letter.kind {
                case .letters(let a, let b):
                    hash = WordHash.step(hash, a)
                    if b != 0 { hash = WordHash.step(hash, b) }
                case .other:
                    for index in 0..<letter.length { hash = WordHash.step(hash, text[at &+ index]) }
                case .joiner: break
                case .apostrophe:
                    guard text[at &+ letter.length].isLetter, text[lastLetter].isLetter else {
                        break scanning
                    }
                case .hyphen:
                    guard Self.prefixes.contains(hash), text[at &+ letter.length].isLetter else {
                        break scanning
                    }
                case .ideograph, .space, .sign, .openQuote, .closeQuote, .punctuation, .dash: break scanning
                }
                at &+= letter.length
            case 0x26:  // Entities within words: accents of French and German, apostrophes.
                guard let entity = Entities.read(text, at), let letter = entity.inner,
                    text[at &+ entity.length].isWordByte || entity.isLetter
                else { break scanning }
                if letter != 0 { hash = WordHash.step(hash, letter) }
                at &+= entity.length
            default: break scanning
            }
        }
        finishWord(start, at, hash)
    }

    /// `'` in code parts words more often than it joins them: `'a'b`, `f'x'`. Joined only as English does it.
    private func isQuoteCode(_ at: Int) -> Bool {
        let next = text[at &+ 1] | 0x20
        let after = text[at &+ 2]
        // 's 't 'd 'm, then 're 've 'll; and the French d'une, l'auteur, qu'il.
        if !after.isWordByte { return !(next == 0x73 || next == 0x74 || next == 0x64 || next == 0x6D) }
        return false
    }

    /// Where the word goes on after a hyphen: behind a prefix, or on the next line.
    private func joint(after hyphen: Int, start: Int, hash: UInt32) -> Int? {
        var next = hyphen &+ 1
        if text[next].isLetter { return hyphen &- start <= 5 && Self.prefixes.contains(hash) ? next : nil }
        guard text[next] == 0x0A || text[next] == 0x0D, hyphen &- start >= 2 else { return nil }
        next &+= 1
        let limit = next &+ 40
        while next < limit, next < end, case let byte = text[next], !byte.isWordByte, byte < 0x80 {
            // Two line ends are a paragraph.
            if byte == 0x0A, text[next &- 1] != 0x0D { return nil }
            next &+= 1
        }
        guard text[next].isLetter else { return nil }
        if hyphen &- start <= 5, Self.prefixes.contains(hash) { return next }
        var whole = hash
        var at = next
        while text[at].isLetter, at &- next < 32 {
            whole = WordHash.step(whole, text[at] | 0x20)
            at &+= 1
        }
        return isKnown(WordForms.canonical(whole)) ? next : nil
    }

    private mutating func finishWord(_ start: Int, _ stop: Int, _ raw: UInt32) {
        position = stop
        let isFirst = pending.contains(.lineStart)
        if isFirst, stop &- start == 3, Self.commentWords.contains(raw) {
            pending.insert(.markedLine)
            return
        }
        var hash = WordForms.canonical(raw)
        if hash == Self.owner || hash == Self.owners,
            lastHash == Self.copyright || lastHash == Self.copyrights
        {
            hash = hash == Self.owner ? Self.holder : Self.holders
        }
        append(hash, start, stop)
    }

    mutating func append(_ hash: UInt32, _ start: Int, _ stop: Int) {
        var marks = pending
        let first = text[start]
        if first &- 65 < 26 {
            marks.insert(.capital)
            if stop &- start > 1, text[stop &- 1] &- 65 < 26 { marks.insert(.allCapitals) }
        } else if first.isDigit {
            marks.insert(.number)
        }
        if start < bulletEnd { marks.insert(.bullet) }
        if start < addressEnd { marks.insert(.address) }
        if isQuoted { marks.insert(.quoted) }
        words.append(
            FileWord(
                hash: hash, start: UInt32(truncatingIfNeeded: start),
                length: UInt16(clamping: stop &- start), marks: marks))
        lastHash = hash
        newlines = 0
        pending = .glued
    }

    /// The word as it is compared, but for British spellings: for showing and for building the vocabulary.
    static func folded(_ text: ByteView, _ range: Range<Int>) -> String {
        var result: [UInt8] = []
        var at = range.lowerBound
        if text[at] == 0x26 { return "and" }
        while at < range.upperBound {
            let byte = text[at]
            if byte < 0x80 {
                if byte.isWordByte || byte == 0x5F { result.append(byte &- 65 < 26 ? byte | 0x20 : byte) }
                at += 1
                continue
            }
            guard let letter = Letters.read(text, at) else { break }
            switch letter.kind {
            case .letters(let a, let b): result += b == 0 ? [a] : [a, b]
            case .sign: result.append(UInt8(ascii: "c"))
            case .other, .ideograph: result += (0..<letter.length).map { text[at + $0] }
            default: break
            }
            at += letter.length
        }
        return String(decoding: result, as: UTF8.self)
    }
}
