// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// The rules of the `.gitignore` files of a work, from the top down.
///
/// Only files inside the work count: a user's own excludes would make the bundle differ from machine to machine.
/// - Source: gitignore(5), "PATTERN FORMAT".
package struct IgnoreRules: Sendable {
    private struct Rule: Sendable {
        let glob: NameGlob
        let isNegated: Bool
        let isForFolders: Bool
        /// Fits the path from its file's folder; else the last element alone.
        let isAnchored: Bool
        /// Of the file it stands in, elements.
        let depth: Int
    }

    package static let fileName = ".gitignore"
    package static let maximumBytes = 1 << 20
    private var rules: [Rule] = []

    package init() {}

    /// Adds the rules of the file in `folder`; they bind only below it and come after those above.
    package mutating func add(_ text: String, in folder: [String]) {
        for line in text.split(whereSeparator: \.isNewline) {
            if let rule = Self.rule(line, depth: folder.count) { rules.append(rule) }
        }
    }

    /// The rules as they are above `folder` only; to be called when a folder has been left.
    package mutating func leave(_ folder: [String]) {
        rules.removeAll { $0.depth >= folder.count && !folder.isEmpty }
    }

    /// Whether the last rule that fits leaves `path` out. What lies in a folder left out is never asked for.
    package func ignores(_ path: [String], isFolder: Bool) -> Bool {
        guard let name = path.last else { return false }
        for rule in rules.reversed() where isFolder || !rule.isForFolders {
            let subject = rule.isAnchored ? path[rule.depth...].joined(separator: "/") : name
            if rule.glob.matches(subject) { return !rule.isNegated }
        }
        return false
    }

    private static func rule(_ line: Substring, depth: Int) -> Rule? {
        var bytes = Array(line.utf8)
        if bytes.first == UInt8(ascii: "#") { return nil }
        // Spaces at the end count only behind a backslash.
        while bytes.last == UInt8(ascii: " "), bytes.dropLast().last != UInt8(ascii: "\\") {
            bytes.removeLast()
        }
        let isNegated = bytes.first == UInt8(ascii: "!")
        if isNegated { bytes.removeFirst() }
        let isForFolders = bytes.last == UInt8(ascii: "/")
        if isForFolders { bytes.removeLast() }
        guard !bytes.isEmpty else { return nil }
        let isAnchored = bytes.contains(UInt8(ascii: "/"))
        if bytes.first == UInt8(ascii: "/") { bytes.removeFirst() }
        guard !bytes.isEmpty else { return nil }
        return Rule(
            glob: NameGlob(bytes), isNegated: isNegated, isForFolders: isForFolders, isAnchored: isAnchored,
            depth: depth)
    }
}

/// A pattern of gitignore: `*`, `?` and `[…]` within an element, `**` across elements.
struct NameGlob: Sendable {
    private enum Token: Sendable {
        case byte(UInt8)
        case any
        case set([ClosedRange<UInt8>], isNegated: Bool)
        case star
        /// Nothing, or whole elements with the slash behind them.
        case folders
        /// Whatever is left.
        case rest
    }

    private static let slash = UInt8(ascii: "/")
    private let tokens: [Token]
    /// Of a pattern that is a name, or a name behind one star: nearly all are.
    private let literal: (bytes: [UInt8], isSuffix: Bool)?

    init(_ bytes: [UInt8]) {
        var tokens: [Token] = []
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            let startsElement = index == 0 || bytes[index - 1] == Self.slash
            switch byte {
            case UInt8(ascii: "*"):
                let isDouble = index + 1 < bytes.count && bytes[index + 1] == byte
                if isDouble, startsElement, index + 2 < bytes.count, bytes[index + 2] == Self.slash {
                    tokens.append(.folders)
                    index += 3
                } else if isDouble, startsElement, index + 2 == bytes.count {
                    tokens.append(.rest)
                    index += 2
                } else {
                    tokens.append(.star)
                    while index < bytes.count, bytes[index] == byte { index += 1 }
                }
            case UInt8(ascii: "?"):
                tokens.append(.any)
                index += 1
            case UInt8(ascii: "["):
                if let (set, next) = Self.set(bytes, at: index) {
                    tokens.append(set)
                    index = next
                } else {
                    tokens.append(.byte(byte))
                    index += 1
                }
            case UInt8(ascii: "\\") where index + 1 < bytes.count:
                tokens.append(.byte(bytes[index + 1]))
                index += 2
            default:
                tokens.append(.byte(byte))
                index += 1
            }
        }
        self.tokens = tokens
        var plain: [UInt8] = []
        var isPlain = true
        for (index, token) in tokens.enumerated() {
            switch token {
            case .byte(let byte): plain.append(byte)
            case .star: if index > 0 { isPlain = false }
            case .any, .set, .folders, .rest: isPlain = false
            }
        }
        var isSuffix = false
        if case .star = tokens.first { isSuffix = true }
        literal = isPlain ? (plain, isSuffix) : nil
    }

    /// In time of pattern times path.
    func matches(_ path: String) -> Bool {
        if let literal {
            guard literal.isSuffix else { return path.utf8.elementsEqual(literal.bytes) }
            // What the star takes must be of one element.
            return path.utf8.count >= literal.bytes.count
                && path.utf8.suffix(literal.bytes.count).elementsEqual(literal.bytes)
                && !path.utf8.dropLast(literal.bytes.count).contains(Self.slash)
        }
        let bytes = Array(path.utf8)
        var reached: Set<Int> = [0]
        skip(&reached, startsElement: true)
        for (place, byte) in bytes.enumerated() {
            var next: Set<Int> = []
            for index in reached where index < tokens.count {
                switch tokens[index] {
                case .byte(let wanted): if byte == wanted { next.insert(index + 1) }
                case .any: if byte != Self.slash { next.insert(index + 1) }
                case .set(let ranges, let isNegated):
                    if byte != Self.slash, ranges.contains(where: { $0.contains(byte) }) != isNegated {
                        next.insert(index + 1)
                    }
                case .star: if byte != Self.slash { next.insert(index) }
                case .folders, .rest: next.insert(index)
                }
            }
            skip(&next, startsElement: byte == Self.slash && place + 1 < bytes.count)
            reached = next
            if reached.isEmpty { return false }
        }
        return reached.contains(tokens.count)
    }

    /// Adds what can be reached without a byte.
    private func skip(_ reached: inout Set<Int>, startsElement: Bool) {
        var open = Array(reached)
        while let index = open.popLast() {
            guard index < tokens.count else { continue }
            switch tokens[index] {
            case .star, .rest: if reached.insert(index + 1).inserted { open.append(index + 1) }
            case .folders: if startsElement, reached.insert(index + 1).inserted { open.append(index + 1) }
            case .byte, .any, .set: continue
            }
        }
    }

    /// `[a-z]`, `[!x]`; a `]` that comes first is one of the set.
    private static func set(_ bytes: [UInt8], at start: Int) -> (Token, Int)? {
        var index = start + 1
        var isNegated = false
        if index < bytes.count, bytes[index] == UInt8(ascii: "!") || bytes[index] == UInt8(ascii: "^") {
            isNegated = true
            index += 1
        }
        var ranges: [ClosedRange<UInt8>] = []
        let first = index
        while index < bytes.count, bytes[index] != UInt8(ascii: "]") || index == first {
            var low = bytes[index]
            if low == UInt8(ascii: "\\"), index + 1 < bytes.count {
                index += 1
                low = bytes[index]
            }
            index += 1
            if index + 1 < bytes.count, bytes[index] == UInt8(ascii: "-"),
                bytes[index + 1] != UInt8(ascii: "]")
            {
                let high = bytes[index + 1]
                if low <= high { ranges.append(low...high) }
                index += 2
            } else {
                ranges.append(low...low)
            }
        }
        return index < bytes.count ? (.set(ranges, isNegated: isNegated), index + 1) : nil
    }
}
