// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Where a page says part by part which terms hold: below a heading about licenses, or in a table with a column of them.
///
/// One pass over the lines; headings and tables of Markdown, AsciiDoc and reStructuredText are known.
struct PartOutline: Sendable {
    /// What begins with a heading, or with a line that leads in a list.
    private struct Section {
        var start: Int
        var isLicense: Bool
        /// Speaks of what others made: dependencies, credits, comparisons.
        var isForeign: Bool
    }

    private struct Table {
        var bytes: Range<Int>
        /// Number of the column that names licenses.
        var column: Int
    }

    private var sections: [Section] = []
    private var tables: [Table] = []
    private static let maximumLines = 50_000, longestHeading = 120

    init(_ bytes: ByteView) {
        var start = 0
        var before = 0..<0
        var lines = 0
        var isFenced = false
        while start < bytes.count, lines < Self.maximumLines {
            lines += 1
            var end = start
            while end < bytes.count, bytes[end] != 10 { end += 1 }
            let line = Self.trimmed(bytes, start..<end)
            if bytes.has("```", at: line.lowerBound), !line.isEmpty { isFenced.toggle() }
            if !isFenced, !line.isEmpty {
                read(bytes, line, before)
            }
            before = line
            start = end + 1
        }
    }

    private mutating func read(_ bytes: ByteView, _ line: Range<Int>, _ before: Range<Int>) {
        let first = bytes[line.lowerBound]
        // A line of signs below a heading.
        if line.count > 2, !before.isEmpty, before.count <= Self.longestHeading, Self.isRule(bytes, line) {
            return addHeading(bytes, before)
        }
        if first == UInt8(ascii: "|") {
            if tables.last.map({ $0.bytes.upperBound + 3 >= line.lowerBound }) ?? false {
                tables[tables.count - 1].bytes = tables[tables.count - 1].bytes.lowerBound..<line.upperBound
            } else if Self.isDelimiter(bytes, line), bytes[before.lowerBound] == UInt8(ascii: "|") {
                addTable(bytes, head: before, end: line.upperBound)
            }
            return
        }
        guard line.count <= 400 else { return }
        let isMarked =
            first == UInt8(ascii: "#")
            || first == UInt8(ascii: "=") && bytes[line.lowerBound + 1] == UInt8(ascii: "=")
        if isMarked, line.count <= Self.longestHeading { return addHeading(bytes, line) }
        // "The parts are under these licenses:"
        if bytes[line.upperBound - 1] == UInt8(ascii: ":"), !Self.isBullet(first) {
            let words = Self.words(bytes, line)
            // "It holds these packages:"
            let isLicense = Self.isLicense(words) || words.contains(where: Self.parts.contains)
            let isForeign = Self.isForeign(words)
            if isLicense || isForeign {
                sections.append(
                    Section(start: line.lowerBound, isLicense: isLicense && !isForeign, isForeign: isForeign))
            }
        }
    }

    private mutating func addHeading(_ bytes: ByteView, _ line: Range<Int>) {
        let words = Self.words(bytes, line)
        sections.append(
            Section(
                start: line.lowerBound, isLicense: Self.isLicense(words), isForeign: Self.isForeign(words)))
    }

    private mutating func addTable(_ bytes: ByteView, head: Range<Int>, end: Int) {
        let cells = Self.cells(bytes, head)
        guard (2...5).contains(cells.count) else { return }
        let section = section(at: head.lowerBound)
        let names = cells.map { Self.words(bytes, $0) }
        guard section?.isForeign != true, !names.contains(where: Self.isForeign),
            let column = names.lastIndex(where: { $0.count < 3 && Self.isLicense($0) }), column > 0
        else { return }
        guard
            section?.isLicense == true
                || names[0].allSatisfy({ Self.parts.contains($0) }) && !names[0].isEmpty
        else { return }
        tables.append(Table(bytes: head.lowerBound..<end, column: column))
    }

    private func section(at place: Int) -> Section? {
        var low = 0
        var high = sections.count
        while low < high {
            let middle = (low + high) / 2
            if sections[middle].start <= place { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? sections[low - 1] : nil
    }

    /// Whether the name of a license that begins at `place` says under which terms a part is.
    func holdsPart(_ bytes: ByteView, at place: Int) -> Bool {
        var start = place
        while start > 0, place - start < 400, bytes[start - 1] != 10 { start -= 1 }
        while start < place, Self.isBlank(bytes[start]) { start += 1 }
        guard place - start < 400, start < place else { return false }
        if bytes[start] == UInt8(ascii: "|") {
            guard let table = table(at: place) else { return false }
            var column = -1
            var cell = start
            for at in start..<place
            where bytes[at] == UInt8(ascii: "|") && bytes[at - 1] != UInt8(ascii: "\\") {
                column += 1
                cell = at + 1
            }
            // Nothing but markup before the name.
            return column == table.column && (cell..<place).allSatisfy { !bytes[$0].isLetter }
        }
        guard let section = section(at: place), section.isLicense, !section.isForeign else { return false }
        var label = start
        if Self.isBullet(bytes[label]), Self.isBlank(bytes[label + 1]) {
            label += 1
            while label < place, Self.isBlank(bytes[label]) { label += 1 }
        }
        return Self.isLabel(bytes, label..<place)
    }

    private func table(at place: Int) -> Table? {
        var low = 0
        var high = tables.count
        while low < high {
            let middle = (low + high) / 2
            if tables[middle].bytes.upperBound <= place { low = middle + 1 } else { high = middle }
        }
        return low < tables.count && tables[low].bytes.contains(place) ? tables[low] : nil
    }

    /// "`meadow-core`: ", "**core** – ", "[cli](cli/) (", "src/gui is ": one word as code has it, and what sets a value off.
    private static func isLabel(_ bytes: ByteView, _ range: Range<Int>) -> Bool {
        var end = range.upperBound
        var sawSign = false
        // What stands between the label and the name.
        while end > range.lowerBound {
            let byte = bytes[end - 1]
            if isBlank(byte) || byte == UInt8(ascii: "*") || byte == UInt8(ascii: "[") {
                end -= 1
            } else if byte == UInt8(ascii: ":") || byte == UInt8(ascii: "("), end - 1 > range.lowerBound {
                sawSign = true
                end -= 1
            } else if byte == UInt8(ascii: "-") || byte == UInt8(ascii: "="),
                isBlank(bytes[end - 2])
                    || bytes[end - 2] == byte
            {
                sawSign = true
                end -= 1
            } else if byte == UInt8(ascii: ">"),
                bytes[end - 2] == UInt8(ascii: "-")
                    || bytes[end - 2] == UInt8(ascii: "=")
            {
                sawSign = true
                end -= 2
            } else if end - range.lowerBound > 3, bytes[end - 3] == 0xE2, bytes[end - 2] == 0x80,
                byte == 0x93 || byte == 0x94
            {
                sawSign = true
                end -= 3
            } else if end - range.lowerBound > 3, bytes[end - 3] == 32, bytes[end - 2] == UInt8(ascii: "i"),
                byte == UInt8(ascii: "s")
            {
                sawSign = true
                end -= 3
            } else {
                break
            }
        }
        guard sawSign, end > range.lowerBound, end - range.lowerBound <= 80 else { return false }
        // A link: `[cli](packages/cli)`.
        if bytes[end - 1] == UInt8(ascii: ")"), bytes[range.lowerBound] == UInt8(ascii: "[") { return true }
        guard !bytes.has("http", at: range.lowerBound) else { return false }
        var isCode = false
        for at in range.lowerBound..<end {
            let byte = bytes[at]
            if isBlank(byte) || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") { return false }
            if byte == UInt8(ascii: "`") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "_")
                || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "@") || byte == UInt8(ascii: "*")
                || byte == UInt8(ascii: ".")
            {
                isCode = true
            }
        }
        return isCode
    }

    // MARK: lines

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || byte == 13 }

    private static func isBullet(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "-") || byte == UInt8(ascii: "*") || byte == UInt8(ascii: "+")
    }

    private static func trimmed(_ bytes: ByteView, _ line: Range<Int>) -> Range<Int> {
        var (start, end) = (line.lowerBound, line.upperBound)
        while start < end, isBlank(bytes[start]) { start += 1 }
        while end > start, isBlank(bytes[end - 1]) { end -= 1 }
        return start..<end
    }

    /// A line of one sign, as below headings.
    private static func isRule(_ bytes: ByteView, _ line: Range<Int>) -> Bool {
        let first = bytes[line.lowerBound]
        guard
            first == UInt8(ascii: "=") || first == UInt8(ascii: "-") || first == UInt8(ascii: "~")
                || first == UInt8(ascii: "^")
        else { return false }
        return line.allSatisfy { bytes[$0] == first }
    }

    /// `|---|:--:|`, below the head of a table.
    private static func isDelimiter(_ bytes: ByteView, _ line: Range<Int>) -> Bool {
        line.allSatisfy {
            let byte = bytes[$0]
            return byte == UInt8(ascii: "|") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ":")
                || byte == UInt8(ascii: "+") || isBlank(byte)
        } && line.contains { bytes[$0] == UInt8(ascii: "-") }
    }

    private static func cells(_ bytes: ByteView, _ line: Range<Int>) -> [Range<Int>] {
        var cells: [Range<Int>] = []
        var start = line.lowerBound + 1
        for at in start..<max(start, line.upperBound) where bytes[at] == UInt8(ascii: "|") {
            cells.append(start..<at)
            start = at + 1
            if cells.count > 8 { break }
        }
        if start < line.upperBound { cells.append(start..<line.upperBound) }
        return cells
    }

    private static func words(_ bytes: ByteView, _ line: Range<Int>) -> [String] {
        bytes.string(line).lowercased().split { !$0.isLetter }.prefix(40).map(String.init)
    }

    private static func isLicense(_ words: [String]) -> Bool {
        words.contains { word in stems.contains { word.hasPrefix($0) } }
    }

    private static let stems = ["licen", "lizenz", "copying", "лиценз"]

    private static func isForeign(_ words: [String]) -> Bool {
        words.contains { word in strangers.contains { word.hasPrefix($0) } }
    }

    private static let strangers = [
        "depend", "third", "use", "using", "requir", "credit", "thank", "acknowledg", "upstream",
        "alternativ",
        "compar", "relat", "similar", "extern", "inspir", "other", "compatib", "allow", "accept", "denied",
        "deny",
        "forbid", "supported", "built",
    ]

    private static let parts: Set<String> = [
        "package", "packages", "crate", "crates", "module", "modules", "component", "components", "directory",
        "directories", "path", "paths", "folder", "folders", "file", "files", "part", "parts", "subproject",
        "subprojects", "sub", "what", "area", "content", "contents", "workspace",
    ]
}
