// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// The words of a text in small letters, numbers apart from letters, comment marks and markup folded into gaps.
///
/// - Invariant: the last lexeme is empty and marks the end, so that every other has one behind it.
struct Lexemes: Sendable {
    let bytes: ByteView
    /// Keeps the bytes where they are ours.
    private let owner: TextBuffer?
    private(set) var all: [Lexeme] = []
    /// Of the last lexeme that is a word.
    var count: Int { all.count - 1 }

    static let maximumWordLength = 1024

    init(_ text: some StringProtocol) { self.init(Array(text.utf8)) }

    init(_ bytes: [UInt8]) {
        let buffer = TextBuffer(bytes)
        owner = buffer
        self.bytes = buffer.view
        all.reserveCapacity(bytes.count / 5 + 2)
        lex(0..<bytes.count)
    }

    /// Takes the words of some parts of `bytes`, which someone else keeps for as long as this value is used.
    ///
    /// - Parameter count: About how many there will be: an array that has to grow is held twice meanwhile.
    init(_ bytes: ByteView, in ranges: [Range<Int>], count: Int) {
        owner = nil
        self.bytes = bytes
        all.reserveCapacity(count + count / 8 + ranges.count + 8)
        for range in ranges {
            if !all.isEmpty { all.removeLast() }
            lex(range)
        }
        if ranges.isEmpty { finish(at: 0, gap: []) }
    }

    subscript(_ index: Int) -> Lexeme {
        index >= 0 && index < all.count ? all[index] : all[all.count - 1]
    }

    /// The first lexeme that begins at or behind `offset`, not before `index`.
    func first(from offset: Int, atOrAfter index: Int) -> Int {
        var low = index
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if Int(all[middle].start) < offset { low = middle + 1 } else { high = middle }
        }
        return low
    }

    func word(_ index: Int) -> Word { index >= 0 && index < all.count ? all[index].word : .end }

    /// What stands behind the lexeme at `index`.
    func gapAfter(_ index: Int) -> Gap { self[index + 1].gap }

    func gap(_ index: Int) -> Gap { self[index].gap }

    /// The byte right behind the lexeme, 0 at the end.
    func byteAfter(_ index: Int) -> UInt8 {
        bytes[self[index].end]
    }

    func byteBefore(_ index: Int) -> UInt8 {
        bytes[Int(self[index].start) - 1]
    }

    /// The word as written; for messages and short values.
    func text(_ index: Int) -> String { bytes.string(self[index].bytes) }

    private mutating func finish(at end: Int, gap: Gap) {
        all.append(Lexeme(start: UInt32(clamping: end), length: 0, word: .end, hash: 0, gap: gap))
    }

    private mutating func lex(_ range: Range<Int>) {
        var offset = range.lowerBound
        let end = range.upperBound
        var gap: Gap = [.newline, .blankLine]
        var newlines = 0
        var lineStart = offset
        let kinds = Self.kinds
        // Bytes that were looked through for the end of an element and hold none.
        var unclosed = 0..<0
        while offset < end {
            let byte = bytes[offset]
            let kind = kinds[Int(byte)]
            switch kind {
            case .letter:
                let start = offset
                var hash = Self.hashSeed
                let isEastAsian = EastAsian.isInside(bytes, start) && bytes[start + 1] & 0xC0 == 0x80
                while offset < end {
                    let byte = bytes[offset]
                    // A letter in Windows-1252, which no other byte belongs to.
                    let isAlone = byte >= 0xC0 && (offset + 1 >= end || bytes[offset + 1] & 0xC0 != 0x80)
                    if isAlone {
                        if isEastAsian { break }
                    } else if byte >= 0x80 {
                        if isPunctuation(at: offset, before: end) != nil { break }
                        // Scripts that put no blanks between words: "采用MIT许可证" is three.
                        if EastAsian.isLead(byte), offset > start, !isEastAsian { break }
                    } else if kinds[Int(byte)] != .letter {
                        break
                    } else if isEastAsian {
                        break
                    }
                    if isAlone {
                        // Counts as the same letter in UTF-8.
                        hash = (hash ^ 0xC3) &* 16_777_619
                        hash = (hash ^ UInt32(byte & 0xBF)) &* 16_777_619
                    } else {
                        hash = (hash ^ UInt32(Self.lower(byte))) &* 16_777_619
                    }
                    offset += 1
                }
                if offset == start {
                    // A sign of several bytes that is no letter.
                    let sign = isPunctuation(at: offset, before: end) ?? (.other, 1)
                    gap.formUnion(sign.0)
                    offset += sign.1
                    continue
                }
                let length = offset - start
                // An entity such as `&quot;` is no word.
                if start > range.lowerBound, bytes[start - 1] == UInt8(ascii: "&"), offset < end,
                    bytes[offset] == UInt8(ascii: ";"), length <= 8
                {
                    gap.formUnion(entity(start..<offset))
                    gap.remove(.ampersand)
                    offset += 1
                    continue
                }
                // RTF writes dashes as words: `Attribution\endash Share Alike`.
                if length == 6, hash == Self.endash || hash == Self.emdash, start > range.lowerBound,
                    bytes[start - 1] == UInt8(ascii: "\\")
                {
                    gap.remove(.other)
                    gap.formUnion(.hyphen)
                    continue
                }
                var word = Word.table.word(hash, length: length)
                if word == .other, isEastAsian {
                    word = EastAsian.word(bytes, start..<offset, beginsLine: gap.contains(.newline))
                }
                if word == .commentWord, gap.contains(.newline) { continue }
                if length == 1 || length == 7, isComment(start..<offset, gap, lineStart: lineStart) {
                    gap.remove(.at)
                    continue
                }
                if word == .scheme, let stop = addressEnd(from: offset, before: end) {
                    append(start..<stop, .address, hash, &gap, &newlines)
                    offset = stop
                    continue
                }
                if word == .www, offset < end, bytes[offset] == UInt8(ascii: ".") {
                    let stop = addressTail(from: offset, before: end)
                    append(start..<stop, .address, hash, &gap, &newlines)
                    offset = stop
                    continue
                }
                // "opensource.org/licenses/…" without a scheme.
                if offset < end, bytes[offset] == UInt8(ascii: "."), length >= 3,
                    bytes.has(".org/", at: offset) || bytes.has(".net/", at: offset)
                        || bytes.has(".com/", at: offset)
                {
                    let stop = addressTail(from: offset, before: end)
                    append(start..<stop, .address, hash, &gap, &newlines)
                    offset = stop
                    continue
                }
                append(start..<offset, word, hash, &gap, &newlines)
            case .digit:
                let start = offset
                var hash = Self.hashSeed
                while offset < end {
                    let byte = bytes[offset]
                    let kind = kinds[Int(byte)]
                    if kind != .digit {
                        // `lgpl_2_1` is 2.1.
                        let joins =
                            byte == UInt8(ascii: ".") || (byte == UInt8(ascii: "_") && offset == start + 1)
                        guard joins, offset + 1 < end, Self.kinds[Int(bytes[offset + 1])] == .digit
                        else { break }
                    }
                    hash = (hash ^ UInt32(byte)) &* 16_777_619
                    offset += 1
                }
                // The number of a line of COBOL, before the mark of a comment.
                if start == lineStart, offset - start == 6, offset < end, bytes[offset] == UInt8(ascii: "*") {
                    continue
                }
                append(start..<offset, .number, hash, &gap, &newlines)
            case .newline:
                if byte == 10 || offset + 1 >= end || bytes[offset + 1] != 10 { newlines += 1 }
                gap.insert(.newline)
                if newlines > 1 { gap.insert(.blankLine) }
                offset += 1
                if newlines == 1, let quote = repeatedCall(lineStart, offset, before: end) {
                    dropTail(from: lineStart, gap: &gap)
                    lineStart = offset
                    offset = quote
                } else {
                    lineStart = offset
                }
            case .space:
                gap.insert(.space)
                offset += 1
            case .sign:
                offset = take(byte, at: offset, before: end, into: &gap, &unclosed)
            }
        }
        finish(at: end, gap: gap)
    }

    /// Where the string begins in a line that calls what the line before called: `printf("modify it under\n");` and then
    /// `printf("the terms of …");`. What such calls print reads as one text.
    private func repeatedCall(_ before: Int, _ start: Int, before end: Int) -> Int? {
        func head(_ start: Int) -> Range<Int>? {
            var low = start
            while low < end, low - start < 80, bytes[low] == 32 || bytes[low] == 9 { low += 1 }
            guard low < end, Self.kinds[Int(bytes[low])] == .letter else { return nil }
            var high = low + 1
            while high < end, high - low < 40, bytes[high] != 10 {
                if bytes[high] == UInt8(ascii: "\"") { return low..<high }
                high += 1
            }
            return nil
        }
        guard let now = head(start), let then = head(before), now.count == then.count,
            zip(now, then).allSatisfy({ bytes[$0] == bytes[$1] }),
            now.allSatisfy({
                bytes[$0] != UInt8(ascii: "=") && bytes[$0] != UInt8(ascii: ":") || bytes[$0 + 1] == bytes[$0]
                    || bytes[$0 - 1] == bytes[$0]
            })
        else { return nil }
        return now.upperBound
    }

    /// Takes away what stands behind the last string of the line, such as `<< std::endl;`.
    private mutating func dropTail(from lineStart: Int, gap: inout Gap) {
        while let last = all.last, last.bytes.lowerBound > lineStart {
            var offset = last.bytes.upperBound
            while offset < bytes.count, Self.kinds[Int(bytes[offset])] != .newline,
                bytes[offset] != UInt8(ascii: "\"")
            {
                offset += 1
            }
            if offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") { break }
            gap = last.gap
            all.removeLast()
        }
        gap = gap.intersection([.stop, .period, .comma, .colon, .blankLine]).union([.newline, .quote])
    }

    private mutating func append(
        _ range: Range<Int>, _ word: Word, _ hash: UInt32, _ gap: inout Gap, _ newlines: inout Int
    ) {
        // By a quarter, where the array would double: much of a long file's memory is this.
        if all.count == all.capacity { all.reserveCapacity(all.count + all.count / 4 + 64) }
        all.append(
            Lexeme(
                start: UInt32(clamping: range.lowerBound), length: UInt16(clamping: range.count), word: word,
                hash: hash, gap: gap))
        gap = []
        newlines = 0
    }

    /// Takes one sign, or the markup that begins with it, and returns where it ends.
    private func take(
        _ byte: UInt8, at offset: Int, before end: Int, into gap: inout Gap, _ unclosed: inout Range<Int>
    ) -> Int {
        let next = offset + 1 < end ? bytes[offset + 1] : 0
        switch byte {
        case UInt8(ascii: "<"):
            if let close = markupEnd(from: offset, before: end, &unclosed) {
                gap.insert(.markup)
                return close
            }
            gap.insert(.angle)
        case UInt8(ascii: "\\"):
            gap.insert(.backslash)
            // roff's change of font, and the line ends inside string literals.
            if next == UInt8(ascii: "f"), offset + 2 < end, Self.fonts.contains(bytes[offset + 2]) {
                return offset + 3
            }
            // The end of a string in a resource of Windows: `"BSD\0"` is no zero-clause license.
            if next == UInt8(ascii: "0"), offset + 2 >= end || Self.kinds[Int(bytes[offset + 2])] != .digit {
                return offset + 2
            }
            // The tabulator in R's manual pages.
            if next == UInt8(ascii: "t"), bytes.has("ab ", at: offset + 2) {
                gap.insert(.space)
                return offset + 4
            }
            if next == UInt8(ascii: "n") || next == UInt8(ascii: "t") || next == UInt8(ascii: "r") {
                gap.insert(next == UInt8(ascii: "n") ? .newline : .space)
                return offset + 2
            }
            if next == UInt8(ascii: "("), offset + 3 < end, bytes[offset + 2] == UInt8(ascii: "c"),
                bytes[offset + 3] == UInt8(ascii: "o")
            {
                gap.insert(.sign)
                return offset + 4
            }
        case UInt8(ascii: "."):
            gap.insert(.period)
            // A request of roff begins with a stop that ends nothing.
            if offset > 0, bytes[offset - 1] == 10 { return offset + 1 }
            if next == 32 || next == 10 || next == 13 || next == 9 || next == 0 || next == UInt8(ascii: "<")
                || next == UInt8(ascii: "\"") || next == UInt8(ascii: ")") || next == UInt8(ascii: "\\")
            {
                gap.insert(.stop)
            }
        case UInt8(ascii: "!"):
            // At the head of a line it marks a comment.
            gap.formUnion(gap.contains(.newline) ? .exclamation : [.exclamation, .stop])
        default:
            gap.formUnion(Self.signs[Int(byte)])
        }
        return offset + 1
    }

    /// Where an element of HTML, DocBook or the like ends. What is in angles but is no element, such as a mail
    /// address or a placeholder, is text.
    private func markupEnd(from start: Int, before end: Int, _ unclosed: inout Range<Int>) -> Int? {
        var offset = start + 1
        if offset < end, bytes[offset] == UInt8(ascii: "/") { offset += 1 }
        let nameStart = offset
        var hash = Self.hashSeed
        while offset < end, offset - nameStart < 12, Self.kinds[Int(bytes[offset])] == .letter,
            bytes[offset] < 0x80
        {
            hash = (hash ^ UInt32(Self.lower(bytes[offset]))) &* 16_777_619
            offset += 1
        }
        // h1 … h6
        if offset < end, offset - nameStart == 1, bytes[nameStart] | 0x20 == UInt8(ascii: "h"),
            Self.kinds[Int(bytes[offset])] == .digit
        {
            offset += 1
        } else {
            guard Word.table.isElement(hash, length: offset - nameStart) else { return nil }
        }
        guard offset < end else { return nil }
        switch bytes[offset] {
        case UInt8(ascii: ">"): return offset + 1
        case UInt8(ascii: "/"): break
        case 32, 9, 10, 13:
            // An address inside must stay seen.
            let limit = min(end, offset + 400)
            var next = unclosed.contains(offset) ? min(limit, unclosed.upperBound) : offset
            let first = next == offset ? offset : unclosed.lowerBound
            while next < limit, bytes[next] != UInt8(ascii: ">") {
                let isLead = bytes[next] == UInt8(ascii: ":") || bytes[next] == UInt8(ascii: "\"")
                if isLead, bytes[next + 1] == UInt8(ascii: "/"),
                    bytes[next + 2] == UInt8(ascii: "/") || bytes[next] == UInt8(ascii: ":")
                {
                    unclosed = first..<next
                    return offset
                }
                next += 1
            }
            unclosed = first..<next
            return next < limit ? next + 1 : nil
        default: return nil
        }
        return offset + 1 < end && bytes[offset + 1] == UInt8(ascii: ">") ? offset + 2 : nil
    }

    private func entity(_ range: Range<Int>) -> Gap {
        switch bytes[range.lowerBound] | 0x20 {
        case UInt8(ascii: "q"), UInt8(ascii: "a"), UInt8(ascii: "l"), UInt8(ascii: "r"):
            bytes.has("amp", at: range.lowerBound) ? .ampersand : .quote
        case UInt8(ascii: "c"): .sign
        case UInt8(ascii: "m"), UInt8(ascii: "n"): range.count == 5 ? .hyphen : .space
        default: .other
        }
    }

    /// Where the address ends whose scheme ends at `offset`.
    private func addressEnd(from offset: Int, before end: Int) -> Int? {
        guard offset + 3 < end, bytes[offset] == UInt8(ascii: ":"), bytes[offset + 1] == UInt8(ascii: "/"),
            bytes[offset + 2] == UInt8(ascii: "/")
        else { return nil }
        return addressTail(from: offset + 3, before: end)
    }

    private func addressTail(from start: Int, before end: Int) -> Int {
        var offset = start
        let limit = min(end, start + Self.maximumWordLength)
        loop: while offset < limit {
            switch bytes[offset] {
            case 0...32, UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"),
                UInt8(ascii: "`"), UInt8(ascii: "}"), UInt8(ascii: "{"), UInt8(ascii: "|"), UInt8(ascii: ")"),
                UInt8(ascii: "]"), UInt8(ascii: "\\"), UInt8(ascii: ","), UInt8(ascii: ";"),
                UInt8(ascii: "*"):
                break loop
            default: offset += 1
            }
        }
        while offset > start,
            [UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: "!"), UInt8(ascii: "/")].contains(
                bytes[offset - 1])
        {
            offset -= 1
        }
        return offset
    }

    private static let endash = hash("endash".utf8), emdash = hash("emdash".utf8)

    static let hashSeed: UInt32 = 2_166_136_261

    static func hash(_ word: some Sequence<UInt8>) -> UInt32 {
        word.reduce(hashSeed) { ($0 ^ UInt32(lower($1))) &* 16_777_619 }
    }

    @inline(__always) static func lower(_ byte: UInt8) -> UInt8 {
        byte &- 65 < 26 ? byte | 0x20 : byte
    }

    private enum ByteKind: UInt8 { case letter, digit, space, newline, sign }

    private static let fonts: Set<UInt8> = [
        UInt8(ascii: "B"), UInt8(ascii: "I"), UInt8(ascii: "R"), UInt8(ascii: "P"),
    ]

    private static let kinds: [ByteKind] = (0..<256).map { byte in
        switch UInt8(byte) {
        case 10, 13: .newline
        case 0...32: .space
        case UInt8(ascii: "0")...UInt8(ascii: "9"): .digit
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x80...0xFF:
            .letter
        default: .sign
        }
    }

    private static let signs: [Gap] = (0..<256).map { byte in
        switch Character(UnicodeScalar(UInt8(byte))) {
        case "-": .hyphen
        case "+": .plus
        case "/": .slash
        case ",": .comma
        case ":": .colon
        case ";": [.semicolon]
        case "(": .open
        case ")": .close
        case "[": [.bracket, .open]
        case "]": [.bracket, .close]
        case "{", "}": .brace
        case "\"", "'": .quote
        case "`": [.quote, .backtick]
        case "=": .equals
        case "|": .bar
        case ">": .angle
        case "_": .underscore
        case "@": .at
        case "*": .star
        case "#": .hash
        case "&": .ampersand
        case "!", "?": [.exclamation, .stop]
        case "$": .dollar
        default: .other
        }
    }
}
