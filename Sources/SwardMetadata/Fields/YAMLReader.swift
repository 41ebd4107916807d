// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardJSON

/// Reads the YAML that manifests are written in: block and flow maps and lists, all scalar styles, anchors of scalars.
///
/// Template lines (`{% … %}`, `{{ … }}` of Jinja, Helm and the like) are let pass, as recipes are full of them and a
/// strict reader refuses the file. Aliases of lists and maps are not followed, so no bomb grows. Only the first
/// document of a stream is read. Every line is visited a bounded number of times.
struct YAMLReader {
    private struct Line {
        /// Column of the first byte that counts.
        var indent: Int
        /// Offsets in the file.
        var start: Int
        let end: Int
    }

    private let bytes: [UInt8]
    private let maximumDepth: Int
    private var remaining: Int
    private var lines: [Line] = []
    private var next = 0
    private var anchors: [String: LocatedValue] = [:]

    static func read(_ bytes: [UInt8], limits: MetadataLimits) -> LocatedValue? {
        var reader = YAMLReader(bytes, limits: limits)
        guard let first = reader.lines.first else { return nil }
        return reader.block(indent: first.indent, depth: 0)
    }

    private init(_ bytes: [UInt8], limits: MetadataLimits) {
        self.bytes = bytes
        maximumDepth = limits.depth
        remaining = limits.values
        var offset = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        var hasContent = false
        while offset < bytes.count {
            let lineStart = offset
            var end = offset
            while end < bytes.count, bytes[end] != 0x0A { end += 1 }
            offset = end + 1
            while end > lineStart, bytes[end - 1].isBlank { end -= 1 }
            var start = lineStart
            while start < end, bytes[start] == 0x20 || bytes[start] == 0x09 { start += 1 }
            guard start < end else {
                lines.append(Line(indent: .max, start: end, end: end))
                continue
            }
            if start == lineStart, end - start >= 3 {
                let head = bytes.text(start..<(start + 3))
                let isAlone = end - start == 3 || bytes[start + 3].isBlank
                if head == "---", isAlone {
                    if hasContent { break }
                    lines.removeAll()
                    if end - start > 4 {
                        // A scalar or a tag may follow on the line of the mark; manifests have tags there at most.
                        let rest = bytes.trimmed((start + 4)..<end)
                        if !rest.isEmpty, bytes[rest.lowerBound] != UInt8(ascii: "!"),
                            bytes[rest.lowerBound] != UInt8(ascii: "#")
                        {
                            lines.append(Line(indent: 0, start: rest.lowerBound, end: rest.upperBound))
                            hasContent = true
                        }
                    }
                    continue
                }
                if head == "...", isAlone, hasContent { break }
            }
            if !hasContent, bytes[start] == UInt8(ascii: "%") { continue }
            if bytes[start] == UInt8(ascii: "{"), start + 1 < end, bytes[start + 1] == UInt8(ascii: "%") {
                continue
            }
            lines.append(Line(indent: start - lineStart, start: start, end: end))
            if bytes[start] != UInt8(ascii: "#") { hasContent = true }
        }
        skipBlank()
        lines.removeFirst(next)
        next = 0
    }

    /// Leaves `next` at a line with content, or at the end.
    private mutating func skipBlank() {
        while next < lines.count, isBlank(next) { next += 1 }
    }

    private func isBlank(_ index: Int) -> Bool {
        let line = lines[index]
        return line.start == line.end || bytes[line.start] == UInt8(ascii: "#")
    }

    private func isItem(_ line: Line) -> Bool {
        bytes[line.start] == UInt8(ascii: "-")
            && (line.start + 1 == line.end || bytes[line.start + 1].isBlank)
    }

    /// The list, map or scalar whose lines are indented by `indent`.
    private mutating func block(indent: Int, depth: Int) -> LocatedValue? {
        skipBlank()
        guard next < lines.count else { return nil }
        remaining -= 1
        guard depth < maximumDepth, remaining > 0 else {
            next = lines.count
            return nil
        }
        let line = lines[next]
        if isItem(line) { return list(indent: indent, depth: depth) }
        if colon(in: line) != nil { return map(indent: indent, depth: depth) }
        return value(from: line.start, to: line.end, indent: indent - 1, depth: depth)
    }

    private mutating func list(indent: Int, depth: Int) -> LocatedValue {
        let start = lines[next].start
        var end = start
        var values: [LocatedValue] = []
        while true {
            skipBlank()
            guard next < lines.count, lines[next].indent == indent, isItem(lines[next]), remaining > 0 else {
                break
            }
            let line = lines[next]
            end = line.end
            var content = line.start + 1
            while content < line.end, bytes[content].isBlank { content += 1 }
            let value: LocatedValue?
            if content == line.end || bytes[content] == UInt8(ascii: "#") {
                next += 1
                value = nested(under: indent, depth: depth)
            } else {
                // What follows the dash is a block of its own, indented to where it begins.
                lines[next].indent = indent + (content - line.start)
                lines[next].start = content
                value = block(indent: lines[next].indent, depth: depth + 1)
            }
            if let value {
                values.append(value)
                end = max(end, value.bytes.upperBound)
            } else {
                values.append(LocatedValue(.null, bytes: line.end..<line.end))
            }
        }
        return LocatedValue(.list(values), bytes: start..<end)
    }

    private mutating func map(indent: Int, depth: Int) -> LocatedValue {
        let start = lines[next].start
        var end = start
        var entries: [LocatedValue.Entry] = []
        while true {
            skipBlank()
            guard next < lines.count, lines[next].indent >= indent, remaining > 0 else { break }
            let line = lines[next]
            guard line.indent == indent, !isItem(line), let colon = colon(in: line) else {
                if line.indent == indent, isItem(line) { break }
                // Neither a key nor nested under one: broken, or a template. The rest may still be good.
                next += 1
                continue
            }
            let keyBytes = unquoted(bytes.trimmed(line.start..<colon))
            let key = bytes.text(keyBytes)
            end = line.end
            var content = colon + 1
            while content < line.end, bytes[content].isBlank { content += 1 }
            let value = value(from: content, to: line.end, indent: indent, depth: depth + 1)
            remaining -= 1
            if let value { end = max(end, value.bytes.upperBound) }
            entries.append(
                LocatedValue.Entry(
                    key: key, keyBytes: keyBytes,
                    value: value ?? LocatedValue(.null, bytes: line.end..<line.end)))
        }
        return LocatedValue(.map(entries), bytes: start..<end)
    }

    /// What stands on the lines below a key or dash at `indent`.
    private mutating func nested(under indent: Int, depth: Int, isUnderKey: Bool = false) -> LocatedValue? {
        skipBlank()
        guard next < lines.count else { return nil }
        let line = lines[next]
        if line.indent > indent { return block(indent: line.indent, depth: depth + 1) }
        // The list of a key may stand at the key's own column.
        if isUnderKey, line.indent == indent, isItem(line) { return block(indent: indent, depth: depth + 1) }
        return nil
    }

    /// The value that begins at `start` on the line `next`, owned by a key or dash at column `indent`.
    private mutating func value(from start: Int, to end: Int, indent: Int, depth: Int) -> LocatedValue? {
        var start = start
        var anchor: String?
        while start < end, bytes[start] == UInt8(ascii: "&") || bytes[start] == UInt8(ascii: "!") {
            let first = start
            while start < end, !bytes[start].isBlank { start += 1 }
            if bytes[first] == UInt8(ascii: "&") { anchor = bytes.text((first + 1)..<start) }
            while start < end, bytes[start].isBlank { start += 1 }
        }
        guard start < end, bytes[start] != UInt8(ascii: "#") else {
            next += 1
            return nested(under: indent, depth: depth, isUnderKey: true)
        }
        let result: LocatedValue?
        switch bytes[start] {
        case UInt8(ascii: "|"), UInt8(ascii: ">"):
            result = blockScalar(at: start, indent: indent)
        case UInt8(ascii: "*"):
            next += 1
            result = anchors[bytes.text((start + 1)..<end)]
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            result = quotedScalar(at: start)
        case UInt8(ascii: "["), UInt8(ascii: "{"):
            let isTemplate =
                start + 1 < end && bytes[start] == UInt8(ascii: "{")
                && bytes[start + 1] == UInt8(ascii: "{")
            result =
                isTemplate ? plainScalar(from: start, to: end, indent: indent) : flow(at: start, depth: depth)
        default: result = plainScalar(from: start, to: end, indent: indent)
        }
        if let anchor, let result, result.scalar != nil { anchors[anchor] = result }
        return result
    }

    private mutating func plainScalar(from start: Int, to end: Int, indent: Int) -> LocatedValue {
        var last = commentStart(in: start..<end) ?? end
        var text = bytes.text(bytes.trimmed(start..<last))
        next += 1
        // Lines indented deeper go on with the same scalar, joined by a space.
        while next < lines.count, lines[next].indent > indent, !isBlank(next) {
            let line = lines[next]
            let stop = commentStart(in: line.start..<line.end) ?? line.end
            text += " " + bytes.text(bytes.trimmed(line.start..<stop))
            last = stop
            next += 1
        }
        return scalar(text, bytes: bytes.trimmed(start..<last))
    }

    private func scalar(_ text: String, bytes range: Range<Int>) -> LocatedValue {
        switch text {
        case "", "~", "null", "Null", "NULL": LocatedValue(.null, bytes: range)
        case "true", "True": LocatedValue(.boolean(true), bytes: range)
        case "false", "False": LocatedValue(.boolean(false), bytes: range)
        default: LocatedValue(.string(text), bytes: range)
        }
    }

    /// Where ` #` begins a comment.
    private func commentStart(in range: Range<Int>) -> Int? {
        var index = range.lowerBound
        while index + 1 < range.upperBound {
            if bytes[index].isBlank, bytes[index + 1] == UInt8(ascii: "#") { return index }
            index += 1
        }
        return nil
    }

    private mutating func blockScalar(at start: Int, indent: Int) -> LocatedValue {
        let folds = bytes[start] == UInt8(ascii: ">")
        next += 1
        var first: Int?
        var parts: [String] = []
        var bound = start + 1
        var column: Int?
        while next < lines.count {
            let line = lines[next]
            if line.start == line.end {
                parts.append("")
                next += 1
                continue
            }
            guard line.indent > indent else { break }
            let base = column ?? line.indent
            column = base
            first = first ?? line.start
            let lead = String(repeating: " ", count: max(0, min(line.indent - base, 64)))
            parts.append(lead + bytes.text(line.start..<line.end))
            bound = line.end
            next += 1
        }
        while parts.last == "" { parts.removeLast() }
        let text: String
        if folds {
            text = parts.split(separator: "", omittingEmptySubsequences: false)
                .map { $0.joined(separator: " ") }.joined(separator: "\n")
        } else {
            text = parts.joined(separator: "\n")
        }
        return LocatedValue(.string(text), bytes: (first ?? start)..<max(bound, first ?? start))
    }

    private mutating func quotedScalar(at start: Int) -> LocatedValue {
        let (text, inner, behind) = quoted(at: start)
        leave(behind)
        return LocatedValue(.string(text), bytes: inner)
    }

    /// Moves `next` past the line that holds `offset`.
    private mutating func leave(_ offset: Int) {
        next += 1
        while next < lines.count, lines[next].start < offset { next += 1 }
    }

    /// A quoted text that may go over lines: its text, where it stands, and the offset behind the quote.
    private func quoted(at start: Int) -> (String, Range<Int>, Int) {
        let quote = bytes[start]
        var text: [UInt8] = []
        var index = start + 1
        while index < bytes.count {
            let byte = bytes[index]
            if byte == quote {
                if quote == UInt8(ascii: "'"), index + 1 < bytes.count, bytes[index + 1] == quote {
                    text.append(quote)
                    index += 2
                    continue
                }
                break
            }
            if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\""), index + 1 < bytes.count {
                switch bytes[index + 1] {
                case UInt8(ascii: "n"): text.append(0x0A)
                case UInt8(ascii: "t"): text.append(0x09)
                case 0x0A: break
                default: text.append(bytes[index + 1])
                }
                index += 2
                continue
            }
            if byte == 0x0A {
                while let last = text.last, last.isBlank { text.removeLast() }
                text.append(0x20)
                index += 1
                while index < bytes.count, bytes[index].isBlank { index += 1 }
                continue
            }
            text.append(byte)
            index += 1
        }
        return (String(decoding: text, as: UTF8.self), (start + 1)..<index, min(index + 1, bytes.count))
    }

    private mutating func flow(at start: Int, depth: Int) -> LocatedValue? {
        var offset = start
        let value = flowValue(at: &offset, depth: depth)
        leave(offset)
        return value
    }

    private mutating func flowValue(at offset: inout Int, depth: Int) -> LocatedValue? {
        skipFlowSpace(&offset)
        remaining -= 1
        guard offset < bytes.count, depth < maximumDepth, remaining > 0 else {
            offset = bytes.count
            return nil
        }
        let start = offset
        switch bytes[offset] {
        case UInt8(ascii: "["):
            offset += 1
            var values: [LocatedValue] = []
            while true {
                skipFlowSpace(&offset)
                guard offset < bytes.count else { break }
                if bytes[offset] == UInt8(ascii: "]") {
                    offset += 1
                    break
                }
                if bytes[offset] == UInt8(ascii: ",") || bytes[offset] == UInt8(ascii: "}")
                    || bytes[offset] == UInt8(ascii: ":")
                {
                    offset += 1
                    continue
                }
                if let value = flowValue(at: &offset, depth: depth + 1) { values.append(value) }
            }
            return LocatedValue(.list(values), bytes: start..<offset)
        case UInt8(ascii: "{"):
            offset += 1
            return LocatedValue(.map(flowEntries(at: &offset, depth: depth)), bytes: start..<offset)
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            let (text, inner, behind) = quoted(at: offset)
            offset = behind
            return LocatedValue(.string(text), bytes: inner)
        default:
            while offset < bytes.count, !isFlowStop(at: offset) { offset += 1 }
            let range = bytes.trimmed(start..<offset)
            if range.isEmpty, offset == start { offset += 1 }
            return scalar(bytes.text(range), bytes: range)
        }
    }

    private mutating func flowEntries(at offset: inout Int, depth: Int) -> [LocatedValue.Entry] {
        var entries: [LocatedValue.Entry] = []
        while true {
            skipFlowSpace(&offset)
            guard offset < bytes.count else { break }
            if bytes[offset] == UInt8(ascii: "}") {
                offset += 1
                break
            }
            if bytes[offset] == UInt8(ascii: ",") || bytes[offset] == UInt8(ascii: "]")
                || bytes[offset] == UInt8(ascii: ":")
            {
                offset += 1
                continue
            }
            guard let key = flowValue(at: &offset, depth: depth + 1) else { break }
            skipFlowSpace(&offset)
            guard offset < bytes.count, bytes[offset] == UInt8(ascii: ":") else { continue }
            offset += 1
            skipFlowSpace(&offset)
            guard offset < bytes.count, let value = flowValue(at: &offset, depth: depth + 1) else { break }
            entries.append(
                LocatedValue.Entry(key: key.scalar ?? "", keyBytes: key.bytes, value: value))
        }
        return entries
    }

    private func isFlowStop(at offset: Int) -> Bool {
        switch bytes[offset] {
        case UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: "["), UInt8(ascii: "{"),
            0x0A:
            true
        case UInt8(ascii: ":"):
            offset + 1 >= bytes.count || bytes[offset + 1].isBlank || bytes[offset + 1] == UInt8(ascii: ",")
        default: false
        }
    }

    private func skipFlowSpace(_ offset: inout Int) {
        while offset < bytes.count {
            if bytes[offset].isBlank {
                offset += 1
            } else if bytes[offset] == UInt8(ascii: "#"), offset > 0, bytes[offset - 1].isBlank {
                while offset < bytes.count, bytes[offset] != 0x0A { offset += 1 }
            } else {
                return
            }
        }
    }

    /// The colon behind the line's key, if it begins with one.
    private func colon(in line: Line) -> Int? {
        var index = line.start
        switch bytes[index] {
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            let quote = bytes[index]
            index += 1
            while index < line.end, bytes[index] != quote {
                index += bytes[index] == UInt8(ascii: "\\") && quote == UInt8(ascii: "\"") ? 2 : 1
            }
            index += 1
            while index < line.end, bytes[index].isBlank { index += 1 }
            guard index < line.end, bytes[index] == UInt8(ascii: ":") else { return nil }
            return index
        case UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "#"), UInt8(ascii: "|"), UInt8(ascii: ">"):
            return nil
        default:
            // A key longer than this is prose.
            let stop = min(line.end, index + 1_024)
            while index < stop {
                if bytes[index] == UInt8(ascii: ":"), index + 1 == line.end || bytes[index + 1].isBlank {
                    return index
                }
                if bytes[index] == UInt8(ascii: "#"), index > line.start, bytes[index - 1].isBlank {
                    return nil
                }
                index += 1
            }
            return nil
        }
    }

    private func unquoted(_ range: Range<Int>) -> Range<Int> {
        guard range.count >= 2, let first = bytes[range].first, first == bytes[range].last,
            first == UInt8(ascii: "\"") || first == UInt8(ascii: "'")
        else { return range }
        return (range.lowerBound + 1)..<(range.upperBound - 1)
    }
}
