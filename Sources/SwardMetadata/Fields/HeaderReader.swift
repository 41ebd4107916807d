// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Stanzas of `Field: value` lines, where lines that begin with a blank go on with a value: Debian control files,
/// mail headers, R's `DESCRIPTION`, `PKG-INFO`. Source: deb822(5).
enum HeaderReader {
    struct Field: Hashable, Sendable {
        /// In lower case.
        let key: String
        /// Lines joined by LF, without the blank that leads a continuation.
        let value: Words
        /// Where the first line of the value begins, and what it holds.
        let firstLine: Words
        /// What follows the first line.
        let rest: Words
    }

    struct Stanza: Hashable, Sendable {
        var fields: [Field] = []
        var bytes: Range<Int>

        subscript(key: String) -> Words? { fields.first { $0.key == key }?.value }
        func field(_ key: String) -> Field? { fields.first { $0.key == key } }
    }

    /// - Parameter keepsBlankLines: A line of blanks goes on with the field, as Python writes texts into `License`.
    static func read(
        _ bytes: [UInt8], stopsAtBlankLine: Bool = false, keepsBlankLines: Bool = false
    ) -> [Stanza] {
        var stanzas: [Stanza] = []
        var current: Stanza?
        var key: String?
        var lines: [Range<Int>] = []
        var count = 0
        func flush() {
            guard let name = key, let first = lines.first, let last = lines.last else { return }
            func words(_ part: ArraySlice<Range<Int>>) -> Words {
                guard let low = part.first, let high = part.last else {
                    return Words("", bytes: last.upperBound..<last.upperBound)
                }
                let text =
                    part.count == 1
                    ? bytes.text(low) : part.map { bytes.text($0) }.joined(separator: "\n")
                // A lone dot stands for an empty line.
                return Words(text, bytes: low.lowerBound..<high.upperBound)
            }
            let firstLine = Words(bytes.text(first), bytes: first)
            // Most fields have one line.
            let isLine = lines.count == 1
            let inked = first.isEmpty ? lines.dropFirst() : lines[...]
            let rest =
                isLine
                ? Words("", bytes: last.upperBound..<last.upperBound) : words(lines.dropFirst())
            current?.fields.append(
                Field(
                    key: name, value: isLine && !first.isEmpty ? firstLine : words(inked),
                    firstLine: firstLine, rest: rest))
            let start = current?.bytes.lowerBound ?? first.lowerBound
            current?.bytes = start..<last.upperBound
            count += 1
            key = nil
            lines = []
        }
        var offset = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        while offset < bytes.count, count < 200_000 {
            let end = bytes.endOfLine(from: offset)
            let line = bytes.trimmed(offset..<end)
            let isContinued = offset < end && (bytes[offset] == 0x20 || bytes[offset] == 0x09)
            let start = offset
            var next = end
            while next < bytes.count, bytes[next] != 0x0A { next += 1 }
            offset = next + 1
            if line.isEmpty, !(keepsBlankLines && isContinued && key != nil) {
                flush()
                if let stanza = current { stanzas.append(stanza) }
                current = nil
                if stopsAtBlankLine, !stanzas.isEmpty { return stanzas }
                continue
            }
            if isContinued {
                if key != nil { lines.append(line) }
                continue
            }
            if bytes[line.lowerBound] == UInt8(ascii: "#") { continue }
            guard let colon = bytes[line].prefix(256).firstIndex(of: UInt8(ascii: ":")) else { continue }
            flush()
            key = bytes.text(bytes.trimmed(line.lowerBound..<colon)).lowercased()
            if current == nil { current = Stanza(bytes: start..<end) }
            lines = [bytes.trimmed((colon + 1)..<line.upperBound)]
        }
        flush()
        if let stanza = current { stanzas.append(stanza) }
        return stanzas
    }
}
