// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// The comments at the head of a source: there its author speaks to whoever has the file, and says little else.
struct SourceHead {
    /// In bytes, in order; consecutive lines of comment are one.
    private(set) var comments: [Range<Int>] = []

    private let bytes: ByteView
    /// What ends the comment that was opened, while one is.
    private var closer: StaticString?
    /// Where the comment begins that the last line belongs to.
    private var start: Int?
    private var codeLines = 0

    /// Lines of code before which a comment still stands at the head, and how much of a file is looked through.
    private static let maximumCodeLines = 8, maximumBytes = 32 << 10, maximumComments = 32

    /// Whether it is no source but text written to be read, without comments.
    private(set) var isProse = false

    init(_ bytes: ByteView) {
        self.bytes = bytes
        var line = 0
        let last = min(bytes.count, Self.maximumBytes)
        while line < last, codeLines <= Self.maximumCodeLines, comments.count < Self.maximumComments {
            var end = line
            while end < last, bytes[end] != 0x0A { end += 1 }
            read(line..<end)
            line = end + 1
        }
        finish(at: min(line, last))
        isProse = comments.isEmpty && looksLikeProse(to: min(last, 2 << 10))
        if isProse { comments = [0..<last] }
    }

    /// Letters, spaces and the signs of sentences, with few others.
    private func looksLikeProse(to end: Int) -> Bool {
        guard end > 0, bytes[0] != UInt8(ascii: "<"), bytes[0] != UInt8(ascii: "{") else { return false }
        let signs = (0..<end).count { at in
            let byte = bytes[at]
            return
                !(byte.isWordByte || byte >= 0x80 || byte == 32 || byte &- 9 < 5 || byte == UInt8(ascii: ".")
                || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "'")
                || byte == UInt8(ascii: "*") || byte == UInt8(ascii: "=") || byte == UInt8(ascii: "!"))
        }
        return signs * 25 < end
    }

    private mutating func read(_ line: Range<Int>) {
        if let closer {
            if find(closer, in: line) != nil {
                self.closer = nil
                finish(at: line.upperBound)
            }
            return
        }
        var at = line.lowerBound
        func skipSpace() { while at < line.upperBound, bytes[at] == 32 || bytes[at] &- 9 < 5 { at += 1 } }
        skipSpace()
        if bytes.has("<?php", at: at) {
            at += 5
            skipSpace()
        }
        guard at < line.upperBound else { return finish(at: line.lowerBound) }
        if let opened = Self.blocks.first(where: { opens($0, at, line) }) {
            finish(at: line.lowerBound)
            start = at
            // What is looked through may end in the midst of an opener.
            let inside = min(at + opened.opener.utf8CodeUnitCount, line.upperBound)..<line.upperBound
            if find(opened.closer, in: inside) != nil {
                finish(at: line.upperBound)
            } else {
                closer = opened.closer
            }
        } else if isLineComment(at, line) {
            start = start ?? at
        } else {
            finish(at: line.lowerBound)
            if !isPrologue(at) { codeLines += 1 }
        }
    }

    private mutating func finish(at end: Int) {
        defer { start = nil }
        guard let start, start < end else { return }
        // A box drawn of comments of a line each is one.
        if let last = comments.last, bytes[last.upperBound - 1] != 0x0A, start - last.upperBound <= 2 {
            comments[comments.count - 1] = last.lowerBound..<end
        } else {
            comments.append(start..<end)
        }
    }

    private func find(_ mark: StaticString, in range: Range<Int>) -> Int? {
        let first = unsafe mark.utf8Start[0]
        var at = range.lowerBound
        while at < range.upperBound {
            if bytes[at] == first, bytes.has(mark, at: at) { return at }
            at += 1
        }
        return nil
    }

    // MARK: Marks

    private static let blocks: [(opener: StaticString, closer: StaticString)] = [
        ("/*", "*/"), ("<!--", "-->"), ("(*", "*)"), ("{-", "-}"), ("\"\"\"", "\"\"\""), ("'''", "'''"),
        ("--[[", "]]"),
        ("<#", "#>"), ("=begin", "=end"), ("=pod", "=cut"), ("=head1", "=cut"), ("{*", "*}"), ("{", "}"),
    ]

    private func opens(_ block: (opener: StaticString, closer: StaticString), _ at: Int, _ line: Range<Int>)
        -> Bool
    {
        guard unsafe bytes[at] == block.opener.utf8Start[0], bytes.has(block.opener, at: at) else {
            return false
        }
        // Pascal's: elsewhere a brace opens a block or an object.
        guard block.opener.utf8CodeUnitCount == 1 else { return true }
        let next = bytes[at + 1]
        return (next == 32 || next.isLetter || next >= 0x80) && at + 1 < line.upperBound
            && !(at..<line.upperBound).contains {
                [UInt8(ascii: "\""), UInt8(ascii: ":"), UInt8(ascii: ";"), UInt8(ascii: "=")].contains(
                    bytes[$0])
            }
    }

    private func isLineComment(_ at: Int, _ line: Range<Int>) -> Bool {
        let next = bytes[at + 1]
        switch bytes[at] {
        case UInt8(ascii: "/"): return next == UInt8(ascii: "/")
        case UInt8(ascii: ";"), UInt8(ascii: "%"): return true
        // Of a batch file.
        case UInt8(ascii: ":"): return next == UInt8(ascii: ":") && bytes[at + 2] == 32
        // A heading of Markdown stands alone.
        case UInt8(ascii: "#"):
            var word = at + 1
            while bytes[word] == UInt8(ascii: "#") { word += 1 }
            let isSpaced = bytes[word] == 32
            while bytes[word] == 32 || bytes[word] == 9 { word += 1 }
            return next != UInt8(ascii: "!") && !Self.directives.contains { bytes.has($0, at: word) }
                && (!isSpaced || start != nil || isFollowed(after: line.upperBound))
        // "--i;" counts down.
        case UInt8(ascii: "-"):
            return next == UInt8(ascii: "-")
                && (bytes[at + 2] == 32
                    || bytes[at + 2].isLetter && !line.contains { bytes[$0] == UInt8(ascii: ";") })
        case UInt8(ascii: "!"), UInt8(ascii: "\""): return next == 32
        // Basic: no string that ends on the line.
        case UInt8(ascii: "'"):
            return next == 32
                || next.isLetter && !(at + 1..<line.upperBound).contains { bytes[$0] == UInt8(ascii: "'") }
        case UInt8(ascii: "."): return next == UInt8(ascii: "\\") && bytes[at + 2] == UInt8(ascii: "\"")
        default:
            return bytes.has("rem ", at: at) || bytes.has("@rem ", at: at) || bytes.has("dnl ", at: at)
                || at == line.lowerBound && bytes[at] | 0x20 == UInt8(ascii: "c") && next == 32
                    && bytes[at + 2] == 32
        }
    }

    private func isFollowed(after end: Int) -> Bool {
        // More of it, or code: below a heading a line is left free.
        let next = bytes[end + 1]
        return end + 1 < bytes.count && next != 0x0A && next != 0x0D
    }

    private static let directives: [StaticString] = [
        "include", "define", "if ", "ifdef", "ifndef", "import ", "pragma", "endif", "undef", "error ",
        "region", "else", "elif",
    ]

    /// What stands before a head: a declaration, imports, the guard of a header.
    private func isPrologue(_ at: Int) -> Bool {
        Self.prologues.contains { unsafe bytes[at] | 0x20 == $0.utf8Start[0] | 0x20 && bytes.has($0, at: at) }
    }

    private static let prologues: [StaticString] = [
        "#", "<?", "<!", "<html", "<head", "<svg", "package ", "import ", "from ", "using ", "unit ", "use ",
        "'use", "\"use",
        "module ", "namespace ", "library ", "@charset", "require", "const ", "%yaml", "---", "local ",
        "program ",
    ]
}
