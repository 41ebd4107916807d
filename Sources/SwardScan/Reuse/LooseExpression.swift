// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// An expression as REUSE's checks want it: names as they are written, whether on a list or not, for `LICENSES/` must hold
/// each of them under that very name.
///
/// - Source: SPDX 2.3, Annex D; what `reuse lint` 6.2 takes for valid was tried out: operators in any case, any word of
///   letters, digits and `. : + - _` as a name, no group before `WITH`.
struct LooseExpression: Hashable, Sendable {
    /// Operators in capitals, groups of another kind in parentheses; `nil` where it is no expression.
    let canonical: String?
    /// In order, each once.
    let names: [String]

    private enum Token: Equatable { case open, close, and, or, with, name(String) }

    private indirect enum Node {
        case name(String)
        case group(isAnd: Bool, [Node])
    }

    init(_ text: String) {
        guard let tokens = Self.tokens(of: text), let root = Self.parse(tokens) else {
            canonical = nil
            names = []
            return
        }
        canonical = Self.text(root, isTop: true)
        var seen: Set<String> = []
        var names: [String] = []
        for case .name(let name) in tokens where seen.insert(name).inserted { names.append(name) }
        self.names = names
    }

    private static func tokens(of text: String) -> [Token]? {
        guard text.utf8.count <= 64 << 10 else { return nil }
        var tokens: [Token] = []
        var word = ""
        func close() {
            guard !word.isEmpty else { return }
            switch word.lowercased() {
            case "and": tokens.append(.and)
            case "or": tokens.append(.or)
            case "with": tokens.append(.with)
            default: tokens.append(.name(word))
            }
            word = ""
        }
        for scalar in text.unicodeScalars {
            if scalar == "(" || scalar == ")" {
                close()
                tokens.append(scalar == "(" ? .open : .close)
            } else if scalar.properties.isWhitespace {
                close()
            } else if ".:+-_".unicodeScalars.contains(scalar) || scalar.properties.isAlphabetic
                || scalar.properties.numericType != nil
                || scalar.properties.generalCategory == .nonspacingMark
            {
                word.unicodeScalars.append(scalar)
            } else {
                return nil
            }
        }
        close()
        return tokens
    }

    /// Precedence by an explicit stack: `WITH` before `AND` before `OR`.
    private static func parse(_ tokens: [Token]) -> Node? {
        struct Frame {
            var alternatives: [Node] = []
            var conjuncts: [Node] = []

            mutating func closed() -> Node? {
                guard !conjuncts.isEmpty else { return nil }
                alternatives.append(conjuncts.count == 1 ? conjuncts[0] : .group(isAnd: true, conjuncts))
                conjuncts = []
                return alternatives.count == 1 ? alternatives[0] : .group(isAnd: false, alternatives)
            }
        }
        var stack = [Frame()]
        var index = 0
        while index < tokens.count {
            while index < tokens.count, tokens[index] == .open {
                guard stack.count < 64 else { return nil }
                stack.append(Frame())
                index += 1
            }
            guard index < tokens.count, case .name(var name) = tokens[index] else { return nil }
            index += 1
            if index < tokens.count, tokens[index] == .with {
                guard index + 1 < tokens.count, case .name(let exception) = tokens[index + 1] else {
                    return nil
                }
                name += " WITH " + exception
                index += 2
                if index < tokens.count, tokens[index] == .with { return nil }
            }
            stack[stack.count - 1].conjuncts.append(.name(name))
            while index < tokens.count, tokens[index] == .close {
                guard stack.count > 1, var frame = stack.popLast(), let node = frame.closed() else {
                    return nil
                }
                stack[stack.count - 1].conjuncts.append(node)
                index += 1
            }
            guard index < tokens.count else { break }
            switch tokens[index] {
            case .and: break
            case .or:
                let parts = stack[stack.count - 1].conjuncts
                stack[stack.count - 1].alternatives.append(
                    parts.count == 1 ? parts[0] : .group(isAnd: true, parts))
                stack[stack.count - 1].conjuncts = []
            default: return nil
            }
            index += 1
            guard index < tokens.count else { return nil }
        }
        guard stack.count == 1, !tokens.isEmpty else { return nil }
        return stack[0].closed()
    }

    private static func text(_ node: Node, isTop: Bool) -> String {
        switch node {
        case .name(let name): return name
        case .group(let isAnd, let parts):
            let inner = parts.map { text($0, isTop: false) }.joined(separator: isAnd ? " AND " : " OR ")
            return isTop ? inner : "(\(inner))"
        }
    }
}
