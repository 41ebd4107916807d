// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// What the `match` of an `<alt>` allows, reduced to what a matcher over words can tell.
///
/// The expression is spelt out into at most ``limit`` variants of literal text and gaps. One that has more, or that
/// cannot be read, allows any text up to twice the length of the list's own.
struct Alternatives {
    /// Stands for a gap in the text of a variant: any words from `low` to `high` of them.
    struct Gap: Hashable { var low: Int; var high: Int }
    enum Part: Hashable { case literal(String), gap(Gap) }

    static let limit = 48
    /// Words that `.+` may stand for: names and lists of holders.
    static let longest = 60

    var variants: [[Part]]

    init(match: String, own: String) {
        var parser = Parser(Array(match.unicodeScalars))
        if let variants = parser.alternation(), parser.isAtEnd, variants.count <= Self.limit {
            self.variants = variants.map(Self.joined)
        } else {
            let words = own.split(whereSeparator: \.isWhitespace).count
            variants = [[.gap(Gap(low: 0, high: min(250, 2 * words + 8)))]]
        }
    }

    private static func joined(_ parts: [Part]) -> [Part] {
        var result: [Part] = []
        for part in parts {
            if case .literal(let next) = part, case .literal(let last)? = result.last {
                result[result.count - 1] = .literal(last + next)
            } else if case .gap(let next) = part, case .gap(let last)? = result.last {
                result[result.count - 1] = .gap(
                    Gap(low: min(250, last.low + next.low), high: min(250, last.high + next.high)))
            } else {
                result.append(part)
            }
        }
        return result
    }

    private struct Parser {
        let text: [Unicode.Scalar]
        var at = 0
        init(_ text: [Unicode.Scalar]) { self.text = text }
        var isAtEnd: Bool { at == text.count }
        private var next: Unicode.Scalar? { at < text.count ? text[at] : nil }

        mutating func alternation() -> [[Part]]? {
            guard var all = sequence() else { return nil }
            while next == "|" {
                at += 1
                guard let more = sequence() else { return nil }
                all += more
            }
            return unique(all)
        }

        private func unique(_ list: [[Part]]) -> [[Part]] {
            var seen: Set<[Part]> = []
            return list.filter { seen.insert($0).inserted }
        }

        private mutating func sequence() -> [[Part]]? {
            var all: [[Part]] = [[]]
            while let scalar = next, scalar != "|", scalar != ")" {
                guard var choices = atom() else { return nil }
                choices = quantified(choices)
                guard all.count * choices.count <= 512 else { return nil }
                all = all.flatMap { head in choices.map { head + $0 } }
            }
            return unique(all)
        }

        private mutating func atom() -> [[Part]]? {
            let scalar = text[at]
            at += 1
            switch scalar {
            case "(":
                guard let inner = alternation(), next == ")" else { return nil }
                at += 1
                return inner
            case ".": return [[.gap(Gap(low: 1, high: 1))]]
            case "[": return set()
            case "\\":
                guard let escaped = next else { return nil }
                at += 1
                switch escaped {
                case "s", "n", "t": return [[.literal(" ")]]
                case "d": return [[.gap(Gap(low: 1, high: 1))]]
                case "w", "S": return [[.gap(Gap(low: 1, high: 1))]]
                default: return [[.literal(String(Character(escaped)))]]
                }
            default: return [[.literal(String(Character(scalar)))]]
            }
        }

        /// A set of characters: white space, one of a few letters, or anything.
        private mutating func set() -> [[Part]]? {
            var members: [Unicode.Scalar] = []
            let isNegated = next == "^"
            var hasRange = false
            if isNegated { at += 1 }
            while let scalar = next, scalar != "]" || members.isEmpty {
                at += 1
                if scalar == "\\", let escaped = next {
                    at += 1
                    members.append("trnfs".unicodeScalars.contains(escaped) ? " " : escaped)
                } else {
                    if scalar == "-", !members.isEmpty, next != "]" { hasRange = true }
                    members.append(scalar)
                }
            }
            guard next == "]" else { return nil }
            at += 1
            if isNegated || hasRange { return [[.gap(Gap(low: 1, high: 1))]] }
            if members.contains(" ") { return [[.literal(" ")]] }
            return unique(members.map { [.literal(String(Character($0)).lowercased())] })
        }

        private mutating func quantified(_ choices: [[Part]]) -> [[Part]] {
            var choices = choices
            while let scalar = next {
                let isGap = choices == [[.gap(Gap(low: 1, high: 1))]]
                switch scalar {
                case "?":
                    at += 1
                    choices = isGap ? [[.gap(Gap(low: 0, high: 1))]] : choices + [[]]
                case "+", "*":
                    at += 1
                    if isGap {
                        choices = [[.gap(Gap(low: scalar == "+" ? 1 : 0, high: Alternatives.longest))]]
                    } else if choices.contains(where: { $0 != [.literal(" ")] }) {
                        // Repeated marks and words: none, one, or a few of anything.
                        choices = scalar == "*" ? choices + [[]] : choices
                        if choices.contains(where: {
                            $0.contains { if case .gap = $0 { true } else { false } }
                        }) {
                            choices = [[.gap(Gap(low: 0, high: 12))]]
                        }
                    }
                case "{":
                    guard let close = text[at...].firstIndex(of: "}") else { return choices }
                    let bounds = String(String.UnicodeScalarView(text[(at + 1)..<close]))
                        .split(separator: ",").compactMap { Int($0) }
                    at = close + 1
                    if isGap {
                        // Bounds count characters; a word has six with its space.
                        let high = bounds.last ?? 1
                        choices = [[.gap(Gap(low: min(1, bounds.first ?? 0), high: max(1, (high + 2) / 3)))]]
                    }
                default: return choices
                }
            }
            return choices
        }
    }
}
