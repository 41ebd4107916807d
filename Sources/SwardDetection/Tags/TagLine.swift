// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// One line with a tag in it, read as the `reuse` tool reads it.
///
/// - Source: reuse 6.2, `extract.py` and `copyright.py`: the prefix of the line, reversed, is dropped from its end
///   (boxes drawn with comment marks); then whitespace and any comment closers.
struct TagLine {
    enum Content { case license(String), copyright(String), neither }

    // REUSE-IgnoreStart
    private static let licenseTag = Array("SPDX-License-Identifier:".utf8)
    private static let fileTag = Array("SPDX-FileCopyrightText:".utf8)
    private static let snippetTag = Array("SPDX-SnippetCopyrightText:".utf8)
    private static let word = Array("Copyright".utf8)
    private static let sign = Array("©".utf8)
    // REUSE-IgnoreEnd
    private static let closers = ["#}", "'/", "*#", "*)", "*/", "--%>", "-->", "--}}", "-/", ":)", "=#", "}"]
        .map { Array($0.utf8) }

    private let bytes: [UInt8]

    /// - Parameter tagOffset: Where the first tag or copyright word begins; what is before is the prefix.
    init(_ line: ArraySlice<UInt8>, tagOffset: Int) {
        var line = Array(line)
        let prefix = Self.trimmed(line[..<tagOffset])
        if !prefix.isEmpty {
            let mirrored = Array(
                String(String(decoding: prefix, as: UTF8.self).unicodeScalars.reversed().map(Character.init))
                    .utf8)
            if line.count - tagOffset >= mirrored.count, line.suffix(mirrored.count).elementsEqual(mirrored) {
                line.removeLast(mirrored.count)
            }
        }
        bytes = line
    }

    var content: Content {
        for offset in bytes.indices {
            if let start = noticeText(at: offset) {
                let text = value(from: start)
                return text.isEmpty ? .neither : .copyright(text)
            }
        }
        for offset in bytes.indices where starts(Self.licenseTag, at: offset) {
            let text = value(from: offset + Self.licenseTag.count)
            return text.isEmpty ? .neither : .license(text)
        }
        return .neither
    }

    /// Where the text of a notice begins that begins at `offset`: after an SPDX tag, else at the word itself.
    private func noticeText(at offset: Int) -> Int? {
        for tag in [Self.fileTag, Self.snippetTag] where starts(tag, at: offset) { return offset + tag.count }
        if starts(Self.sign, at: offset) { return offset }
        guard starts(Self.word, at: offset) else { return nil }
        var next = offset + Self.word.count
        guard next < bytes.count else { return nil }
        if Self.isSpace(bytes[next]) { return offset }
        while next < bytes.count, Self.isSpace(bytes[next]) { next += 1 }
        for mark in [Self.sign, Array("(c)".utf8), Array("(C)".utf8)] where starts(mark, at: next) {
            return offset
        }
        return nil
    }

    private func starts(_ word: [UInt8], at offset: Int) -> Bool {
        guard offset < bytes.count, bytes[offset] == word[0], bytes.count - offset >= word.count else {
            return false
        }
        return bytes[offset..<(offset + word.count)].elementsEqual(word)
    }

    private func value(from start: Int) -> String {
        let text = Self.trimmed(bytes[start...])
        return String(decoding: Self.trimmed(text[..<Self.endWithoutClosers(text)]), as: UTF8.self)
    }

    /// The least end that leaves only closers behind it; each place is tried once.
    private static func endWithoutClosers(_ text: ArraySlice<UInt8>) -> Int {
        var open = [text.endIndex]
        var seen: Set<Int> = [text.endIndex]
        var least = text.endIndex
        while let end = open.popLast() {
            least = min(least, end)
            let rest = text[..<end]
            var shorter = closers.filter { rest.count >= $0.count && rest.suffix($0.count).elementsEqual($0) }
                .map { end - $0.count }
            if let markup = endBeforeMarkup(rest) { shorter.append(markup) }
            for next in shorter where seen.insert(next).inserted { open.append(next) }
        }
        return least
    }

    /// Before `">`, `' />` (the tag is in an attribute) or `] ::`.
    private static func endBeforeMarkup(_ text: ArraySlice<UInt8>) -> Int? {
        var end = text.endIndex
        func last() -> UInt8? { end > text.startIndex ? text[end - 1] : nil }
        if last() == UInt8(ascii: ">") {
            end -= 1
            while last() == UInt8(ascii: "/") { end -= 1 }
            while let byte = last(), isSpace(byte) { end -= 1 }
            return last() == UInt8(ascii: "\"") || last() == UInt8(ascii: "'") ? end - 1 : nil
        }
        guard text.suffix(2).elementsEqual([UInt8(ascii: ":"), UInt8(ascii: ":")]) else { return nil }
        end -= 2
        while let byte = last(), isSpace(byte) { end -= 1 }
        return last() == UInt8(ascii: "]") ? end - 1 : nil
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var bytes = bytes
        while let first = bytes.first, isSpace(first) { bytes.removeFirst() }
        while let last = bytes.last, isSpace(last) { bytes.removeLast() }
        return bytes
    }
}
