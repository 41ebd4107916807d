// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Assignments at the start of a line, as shell scripts, makefiles and recipes have them: `license=('GPL' 'MIT')`,
/// `LICENSE = "GPL-2.0-only & MIT"`, `LICENSE=	GPLv2+`. Nothing is expanded.
enum ShellReader {
    struct Assignment: Hashable, Sendable {
        let name: String
        /// The elements of a list in parentheses, or the value without its quotes.
        let words: [Words]
        let isList: Bool
        let isAppended: Bool

        var value: Words? { words.first }
    }

    /// - Parameter isWanted: Given the name as written.
    static func read(_ bytes: [UInt8], where isWanted: (String) -> Bool) -> [Assignment] {
        var result: [Assignment] = []
        var offset = 0
        while offset < bytes.count, result.count < 10_000 {
            let start = offset
            var next = start
            while next < bytes.count, bytes[next] != 0x0A { next += 1 }
            offset = next + 1
            var name = start
            while name < next, bytes[name] == 0x20 || bytes[name] == 0x09 { name += 1 }
            var end = name
            while end < next, isName(bytes[end]) { end += 1 }
            guard end > name, end - name <= 64 else { continue }
            var sign = end
            while sign < next, bytes[sign] == 0x20 || bytes[sign] == 0x09 { sign += 1 }
            var isAppended = false
            while sign < next, "+:?.".utf8.contains(bytes[sign]) {
                isAppended = isAppended || bytes[sign] == UInt8(ascii: "+")
                sign += 1
            }
            guard sign < next, bytes[sign] == UInt8(ascii: "=") else { continue }
            let text = bytes.text(name..<end)
            guard isWanted(text) else { continue }
            var value = sign + 1
            while value < next, bytes[value] == 0x20 || bytes[value] == 0x09 { value += 1 }
            let isList = value < bytes.count && bytes[value] == UInt8(ascii: "(")
            let (words, behind) = isList ? list(bytes, from: value + 1) : single(bytes, from: value)
            result.append(Assignment(name: text, words: words, isList: isList, isAppended: isAppended))
            if behind > offset {
                offset = behind
                while offset < bytes.count, bytes[offset - 1] != 0x0A { offset += 1 }
            }
        }
        return result
    }

    private static func isName(_ byte: UInt8) -> Bool {
        byte.isLetter || byte.isDigit || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
    }

    /// Elements up to the closing parenthesis, and the offset behind it.
    private static func list(_ bytes: [UInt8], from start: Int) -> ([Words], Int) {
        var result: [Words] = []
        var offset = start
        while offset < bytes.count, bytes[offset] != UInt8(ascii: ")"), result.count < 256 {
            if bytes[offset].isBlank {
                offset += 1
            } else if bytes[offset] == UInt8(ascii: "#") {
                while offset < bytes.count, bytes[offset] != 0x0A { offset += 1 }
            } else if bytes[offset] == UInt8(ascii: "\"") || bytes[offset] == UInt8(ascii: "'") {
                let (words, behind) = quoted(bytes, at: offset)
                result.append(words)
                offset = behind
            } else {
                let first = offset
                while offset < bytes.count, !bytes[offset].isBlank, bytes[offset] != UInt8(ascii: ")") {
                    offset += 1
                }
                result.append(Words(bytes.text(first..<offset), bytes: first..<offset))
            }
        }
        return (result, min(offset + 1, bytes.count))
    }

    private static func quoted(_ bytes: [UInt8], at start: Int) -> (Words, Int) {
        let quote = bytes[start]
        var end = start + 1
        while end < bytes.count, bytes[end] != quote { end += 1 }
        let inner = bytes.trimmed((start + 1)..<end)
        return (Words(bytes.text(inner).folded, bytes: inner), min(end + 1, bytes.count))
    }

    /// A quoted value, which may go over lines, or the rest of the line and of those it continues on.
    private static func single(_ bytes: [UInt8], from start: Int) -> ([Words], Int) {
        guard start < bytes.count else { return ([], start) }
        if bytes[start] == UInt8(ascii: "\"") || bytes[start] == UInt8(ascii: "'") {
            let (words, behind) = quoted(bytes, at: start)
            return ([words], behind)
        }
        var end = start
        while end < bytes.count {
            if bytes[end] == 0x0A {
                var last = end
                while last > start, bytes[last - 1] == 0x0D { last -= 1 }
                guard last > start, bytes[last - 1] == UInt8(ascii: "\\") else { break }
            }
            if bytes[end] == UInt8(ascii: "#"), end > start, bytes[end - 1].isBlank { break }
            end += 1
        }
        let inner = bytes.trimmed(start..<end)
        let text = bytes.text(inner).split(separator: "\\").joined(separator: " ").folded
        return (text.isEmpty ? [] : [Words(text, bytes: inner)], end)
    }
}
