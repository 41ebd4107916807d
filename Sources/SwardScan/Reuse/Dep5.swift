// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// A `.reuse/dep5`: terms for paths in Debian's copyright format, superseded by `REUSE.toml`.
///
/// - Source: REUSE 3.3, "DEP5 (deprecated)"; Debian, "Machine-readable debian/copyright file" 1.0.
package struct Dep5: Hashable, Sendable {
    package struct Paragraph: Hashable, Sendable {
        package let patterns: [String]
        fileprivate let globs: [DebianGlob]
        /// The first line of `License`.
        package let license: String
        package let copyrights: [String]
    }

    package static let path = ".reuse/dep5"
    package static let maximumBytes = 8 << 20

    package let paragraphs: [Paragraph]

    /// - Throws: `.badDep5` with the line.
    package init(_ text: String) throws(ScanError) {
        func bad(_ what: String, _ line: Int) -> ScanError {
            ScanError(.badDep5(what), path: Self.path, line: line)
        }
        var paragraphs: [[String: String]] = []
        var starts: [Int] = []
        var fields: [String: String] = [:]
        var last: String?
        var number = 0
        func close() {
            if !fields.isEmpty { paragraphs.append(fields) }
            fields = [:]
            last = nil
        }
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            number += 1
            if line.allSatisfy(\.isWhitespace) {
                close()
            } else if line.first == "#" {
                continue
            } else if line.first == " " || line.first == "\t" {
                guard let last else { throw bad("a line that continues nothing", number) }
                fields[last, default: ""] += "\n" + line.drop(while: \.isWhitespace)
            } else {
                guard let colon = line.firstIndex(of: ":") else {
                    throw bad("a line without a field", number)
                }
                let name = line[..<colon].lowercased()
                if fields.isEmpty { starts.append(number) }
                guard fields[name] == nil else {
                    throw bad("`\(line[..<colon])` twice in one paragraph", number)
                }
                fields[name] = String(line[line.index(after: colon)...].drop(while: \.isWhitespace))
                last = name
            }
        }
        close()
        guard let header = paragraphs.first, header["format"] != nil else {
            throw bad("the first paragraph has no `Format`", 1)
        }
        self.paragraphs = paragraphs.dropFirst().compactMap { fields in
            guard let files = fields["files"] else { return nil }
            let patterns = files.split(whereSeparator: \.isWhitespace).map(String.init)
            let license = fields["license"]?.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
            let copyrights = (fields["copyright"] ?? "").split(whereSeparator: \.isNewline)
                .map { String($0.drop(while: \.isWhitespace)) }.filter { !$0.isEmpty }
            return Paragraph(
                patterns: patterns, globs: patterns.map(DebianGlob.init), license: license.trimmingSpaces,
                copyrights: copyrights)
        }
    }

    /// The paragraph that speaks for `path`: the last that fits.
    package func paragraph(for path: String) -> Paragraph? {
        paragraphs.last { $0.globs.contains { $0.matches(path) } }
    }
}

extension String {
    var trimmingSpaces: String {
        var text = Substring(self)
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text.drop(while: \.isWhitespace))
    }
}

/// `*` for anything, slashes too; `?` for any one character; `\` before one of the three stands for itself.
///
/// Kept as it is written: a tree of packages may declare a hundred thousand of them, and ask few.
package struct DebianGlob: Hashable, Sendable {
    private let pattern: String

    package init(_ pattern: String) { self.pattern = pattern }

    /// Whether the whole of `path` fits; in time of pattern times path.
    package func matches(_ path: String) -> Bool {
        // Most paths do not fit, and the first byte tells.
        if let first = pattern.utf8.first, !Self.special.contains(first), path.utf8.first != first {
            return false
        }
        let (glob, bytes) = (Array(pattern.utf8), Array(path.utf8))
        var (at, place) = (0, 0)
        // Where the last star was, and how much it has taken: only the last one needs another try.
        var star: (at: Int, place: Int)?
        while place < bytes.count {
            if at < glob.count {
                if glob[at] == UInt8(ascii: "*") {
                    star = (at, place)
                    at += 1
                    continue
                }
                if glob[at] == UInt8(ascii: "?") {
                    // One character, not one byte.
                    at += 1
                    place += 1
                    while place < bytes.count, bytes[place] & 0xC0 == 0x80 { place += 1 }
                    continue
                }
                let isEscaped = glob[at] == UInt8(ascii: "\\") && at + 1 < glob.count
                if bytes[place] == glob[isEscaped ? at + 1 : at] {
                    at += isEscaped ? 2 : 1
                    place += 1
                    continue
                }
            }
            guard let last = star else { return false }
            at = last.at + 1
            place = last.place + 1
            star = (last.at, place)
        }
        return glob[at...].allSatisfy { $0 == UInt8(ascii: "*") }
    }

    private static let special = Array("*?\\".utf8)
}
