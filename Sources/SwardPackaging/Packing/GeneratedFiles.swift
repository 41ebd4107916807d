// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// What packing adds to a work, and how a later run knows it again.
package enum GeneratedFiles {
    private static let head = "# Written by `sward pack`, and anew by its next run."
    private static let blockStart = "# Begin: written by `sward pack`, and anew by its next run."
    private static let blockEnd = "# End: written by `sward pack`."

    /// Whether the file at `path` is an SPDX document of ours.
    static func isDocument(_ path: String) -> Bool {
        // The creators stand in the first lines of what we write; the rest may be long.
        guard let bytes = try? SmallFile.head(path, count: 8192) else { return false }
        return String(decoding: bytes, as: UTF8.self).contains("\"\(SPDXDocument.tool)\"")
    }

    /// A `REUSE.toml` without what packing wrote into it; `nil` when nothing else is there.
    static func stripped(_ text: String) -> String? {
        if text.hasPrefix(head) { return nil }
        guard let start = text.range(ofLine: blockStart), let end = text.range(ofLine: blockEnd),
            start.lowerBound < end.lowerBound
        else { return text }
        var rest = String(text[..<start.lowerBound])
        // The empty line that went before the block.
        if rest.hasSuffix("\n\n") { rest.removeLast() }
        return rest + text[end.upperBound...]
    }

    /// One set of paths under one pair of terms.
    struct Annotation: Hashable {
        var paths: [String]
        var licenses: [String]
        var copyright: [String]
    }

    /// A whole `REUSE.toml`, or `original` with a block at its end; in one file the last table that fits speaks.
    static func annotations(_ tables: [Annotation], addedTo original: String?) -> String {
        var text =
            original.map { $0 + ($0.hasSuffix("\n") ? "\n" : "\n\n") + blockStart + "\n" } ?? head
            + "\nversion = 1\n"
        for (index, table) in tables.enumerated() {
            if original == nil || index > 0 { text += "\n" }
            text += "[[annotations]]\n"
            text += "path = \(list(table.paths))\n"
            text += "precedence = \"closest\"\n"
            if !table.copyright.isEmpty { text += "SPDX-FileCopyrightText = \(list(table.copyright))\n" }
            if !table.licenses.isEmpty { text += "SPDX-License-Identifier = \(list(table.licenses))\n" }
        }
        if original != nil { text += blockEnd + "\n" }
        return text
    }

    private static func list(_ texts: [String]) -> String {
        if texts.count == 1 { return quoted(texts[0]) }
        return "[\n" + texts.map { "    \(quoted($0)),\n" }.joined() + "]"
    }

    /// A basic string. Source: TOML 1.0, "String".
    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\\(scalar)"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case let other where other.value < 32 || other.value == 127:
                let hex = String(other.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}

extension String {
    /// Where `line` stands as a line of its own, its end included.
    fileprivate func range(ofLine line: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            let end = self[start...].firstIndex(of: "\n").map { index(after: $0) } ?? endIndex
            if self[start..<end] == line || self[start..<end] == line + "\n" { return start..<end }
            start = end
        }
        return nil
    }
}
