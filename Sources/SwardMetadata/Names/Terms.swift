// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection
internal import SwardSPDX

/// What the words of a license field mean.
struct Terms: Hashable, Sendable {
    var expression: LicenseExpression
    /// 0 to 100; what each means is told at the constants.
    var score: Int
    /// The words withhold all rights.
    var isProprietary = false

    /// An SPDX expression of listed identifiers, or a name that the registry defines.
    static let defined = 100
    /// A name or address that can mean only this.
    static let named = 95
    /// A whole license text in the field, or several names told apart.
    static let told = 85
    /// A name that the registry leaves open, read as its users mean it.
    static let usual = 75
    /// Nothing known has this name: a `LicenseRef-` made of its words.
    static let unknown = 20
}

/// How several licenses of one field bind.
enum Joining: Sendable {
    /// Whoever receives the package chooses.
    case choice
    /// All bind at once, or each a part; also where an ecosystem leaves it open, since that promises least.
    case together
}

extension Terms {
    /// What `text` means, first by the registry's own words.
    ///
    /// - Returns: `nil` where the words say nothing at all: empty, `UNKNOWN`, `see LICENSE`.
    static func read(_ text: String, _ registry: Registry = .plain) -> Terms? {
        let words = text.prefix(maximumLength).trimmed
        guard !isSilent(words) else { return nil }
        if let found = known(words, registry) { return found }
        // A sentence, such as `All contributions are MIT licensed`.
        if words.utf8.count <= longestName, words.split(separator: " ").count > 3,
            let found = prose(words, .other)
        {
            return found
        }
        return Terms(expression: reference(words), score: unknown)
    }

    /// What `text` means, or `nil` where nothing known has this name.
    static func known(_ text: String, _ registry: Registry = .plain) -> Terms? {
        var budget = lookUps
        return known(text, registry, &budget)
    }

    private static func known(_ text: String, _ registry: Registry, _ budget: inout Int) -> Terms? {
        let words = unwrapped(String(text.prefix(maximumLength)))
        budget -= 1
        guard !isSilent(words), budget > 0 else { return nil }
        if let terms = defined(words, registry) { return terms }
        if registry.splitsFirst, words.utf8.count <= longestName, let terms = joined(words, registry, &budget)
        {
            return terms
        }
        if let terms = single(words) { return terms }
        if words.utf8.count > longestName || words.contains(where: \.isNewline) {
            if let terms = prose(words) { return terms }
        }
        return words.utf8.count <= 1_024 ? joined(words, registry, &budget) : nil
    }

    static func all(_ parts: [Terms], _ joining: Joining) -> Terms? {
        guard let first = parts.first else { return nil }
        guard parts.count > 1 else { return first }
        var seen: Set<LicenseExpression> = []
        let nodes = parts.map(\.expression).filter { seen.insert($0).inserted }.map(\.root)
        let root = joining == .choice ? LicenseExpression.Node.any(nodes) : .all(nodes)
        return Terms(
            expression: LicenseExpression(root), score: parts.map(\.score).min() ?? unknown,
            isProprietary: joining == .choice
                ? parts.allSatisfy(\.isProprietary) : parts.contains(where: \.isProprietary))
    }

    /// An expression that is said to be one: an identifier that no list has becomes a reference, and spoils only itself.
    static func spdx(_ expression: String) -> Terms? {
        guard let parsed = try? LicenseExpression.parse(expression, operators: .upperOrLower) else {
            return nil
        }
        let unlisted = Set(parsed.unlisted)
        if unlisted.isEmpty { return Terms(expression: parsed.normalized, score: defined) }
        let tokens = expression.replacing("(", with: " ( ").replacing(")", with: " ) ").split(separator: " ")
        var isException = false
        let named = tokens.map { token -> String in
            defer { isException = token.lowercased() == "with" }
            guard unlisted.contains(String(token)) else { return String(token) }
            return (isException ? "AdditionRef-" : "LicenseRef-") + token
        }
        return listed(named.joined(separator: " "), score: unknown)
    }

    static func listed(_ expression: String, score: Int) -> Terms? {
        (try? LicenseExpression.parse(expression)).map { Terms(expression: $0.normalized, score: score) }
    }

    /// The `LicenseRef-` of a name nothing knows: its letters, digits and dots, what lies between them made a dash,
    /// at most 64 bytes.
    static func reference(_ words: String) -> LicenseExpression {
        var result: [UInt8] = []
        var needsDash = false
        for byte in words.utf8 {
            guard byte.isLetter || byte.isDigit || byte == UInt8(ascii: ".") else {
                needsDash = !result.isEmpty
                continue
            }
            guard result.count < 64 else { break }
            if needsDash { result.append(UInt8(ascii: "-")) }
            needsDash = false
            result.append(byte)
        }
        while result.last == UInt8(ascii: ".") { result.removeLast() }
        let name = result.isEmpty ? "unknown" : String(decoding: result, as: UTF8.self)
        let prefixed = name.lowercased().hasPrefix("licenseref-") ? String(name.dropFirst(11)) : name
        return LicenseExpression(LicenseTerm(LicenseReference("LicenseRef-" + prefixed)))
    }

    static let proprietary = Terms(
        expression: reference("Proprietary"), score: defined, isProprietary: true)
    static let publicDomain = Terms(expression: reference("public-domain"), score: named)

    /// Of a field; what lies behind is not read.
    private static let maximumLength = 65_536
    /// Names asked for in one field; joined words can be cut in very many ways.
    private static let lookUps = 200
    /// Longer words are prose, not a name.
    private static let longestName = 200

    private static func defined(_ words: String, _ registry: Registry) -> Terms? {
        if let meaning = registry.meaning(of: words.lowercased().folded, words) { return meaning }
        return parsed(words).map { Terms(expression: $0, score: defined) }
    }

    private static func single(_ words: String) -> Terms? {
        let key = words.lowercased().folded
        guard words.utf8.count <= longestName else { return nil }
        if proprietaryWords.contains(key.trimmingEnds(of: ".\"'()[]")) { return proprietary }
        if publicDomainWords.contains(key.trimmingEnds(of: ".\"'()[]")) { return publicDomain }
        if isAddress(words) {
            return address(words)
        }
        return LicenseNames.expression(forName: words)
            .map { Terms(expression: $0.normalized, score: named) }
    }

    /// An expression whose every identifier is listed or a reference.
    private static func parsed(_ words: String) -> LicenseExpression? {
        guard words.utf8.count <= LicenseExpression.maximumLength,
            let expression = try? LicenseExpression.parse(words, operators: .upperOrLower),
            expression.unlisted.isEmpty
        else { return nil }
        return expression.normalized
    }

    /// A whole text or grant in the field.
    private static func prose(_ words: String, _ role: FileRole = .licenseText) -> Terms? {
        let bytes = Array(words.utf8)
        let found = unsafe bytes.withUnsafeBytes {
            unsafe LicenseDetector().detect($0, role: role)
        }
        return found.expression.map { Terms(expression: $0.normalized, score: told) }
    }

    /// Several names joined by words or signs, each of which must be known.
    private static func joined(_ words: String, _ registry: Registry, _ budget: inout Int) -> Terms? {
        for (separators, joining) in registry.separators {
            for separator in separators {
                let pieces = pieces(of: words, at: separator)
                guard pieces.count > 1, pieces.count <= 32 else { continue }
                let inked = pieces.map(unwrapped).filter { !$0.isEmpty }
                var parts: [Terms] = []
                var hasKnown = false
                for piece in inked {
                    if let part = known(piece, registry, &budget)
                        ?? withoutRemark(piece).flatMap({ known($0, registry, &budget) })
                    {
                        parts.append(part)
                        hasKnown = hasKnown || part.score > unknown
                    } else if registry.splitsFirst, separator.utf8.count > 2, budget > 0, !isSilent(piece) {
                        // Where words join by grammar, a name of the author's own stands beside the known ones.
                        parts.append(Terms(expression: reference(piece), score: unknown))
                    } else {
                        break
                    }
                }
                if !hasKnown { continue }
                guard parts.count == inked.count, var terms = all(parts, joining) else { continue }
                terms.score = min(terms.score, told)
                return terms
            }
        }
        return nil
    }

    /// `LGPL` of `LGPL (the pump)`: what the license is for does not change it, unlike `(with exception)` and `(v2 only)`.
    private static func withoutRemark(_ words: String) -> String? {
        guard let open = words.firstIndex(of: "("), words.hasSuffix(")") else { return nil }
        let remark = words[words.index(after: open)...].dropLast().lowercased()
        let name = words[..<open].trimmed
        guard !name.isEmpty, !remark.contains(where: { $0.isNumber || $0 == "(" }) else { return nil }
        let changes = remark.split { !$0.isLetter && $0 != "-" }.contains {
            changingWords.contains(String($0))
        }
        return changes ? nil : name
    }

    private static let changingWords: Set<String> = [
        "with", "without", "exception", "exceptions", "only", "later", "newer", "or", "and", "not", "no",
        "non",
        "version", "clause", "clauses", "modified", "except", "revised", "new", "old", "style", "like",
        "simplified", "expat", "lesser", "noncommercial", "commercial",
    ]

    /// Without parentheses around the whole of it.
    private static func unwrapped(_ words: String) -> String {
        var bytes = Array(words.trimmingEnds(of: " ,;\t\n\r").utf8)[...]
        while bytes.first == UInt8(ascii: "("), bytes.last == UInt8(ascii: ")") {
            var depth = 0
            let close = bytes.firstIndex { byte in
                if byte == UInt8(ascii: "(") { depth += 1 }
                if byte == UInt8(ascii: ")") { depth -= 1 }
                return depth == 0
            }
            guard close == bytes.index(before: bytes.endIndex) else { break }
            bytes = bytes.dropFirst().dropLast()
        }
        return String(decoding: bytes, as: UTF8.self).trimmingEnds(of: " ,;\t\n\r")
    }

    /// Parts of `words` between the separator, in any case; inside parentheses it does not count.
    private static func pieces(of words: String, at separator: String) -> [String] {
        let bytes = Array(words.utf8)
        let mark = Array(separator.utf8)
        var result: [String] = []
        var start = 0
        var index = 0
        var depth = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "(") { depth += 1 }
            if bytes[index] == UInt8(ascii: ")") { depth -= 1 }
            if depth <= 0, index + mark.count <= bytes.count,
                bytes[index..<(index + mark.count)].elementsEqual(mark, by: { $0.lowercased == $1 })
            {
                result.append(bytes.text(start..<index))
                index += mark.count
                start = index
            } else {
                index += 1
            }
        }
        result.append(bytes.text(start..<bytes.count))
        return result
    }

    static func isAddress(_ words: String) -> Bool {
        let lower = words.prefix(8).lowercased()
        return lower.hasPrefix("http://") || lower.hasPrefix("https://") || lower.hasPrefix("www.")
    }

    /// Words that a template or a tool puts where nobody said anything, or that only point to a file.
    static func isSilent(_ words: String) -> Bool {
        guard words.utf8.count <= 80 else { return false }
        if isPlaceholder(words) { return true }
        // What is still to be done, in a comment or not.
        if words.utf8.first == UInt8(ascii: "#"), isSilent(String(words.drop { $0 == "#" || $0 == " " })) {
            return true
        }
        if let word = words.split(whereSeparator: { !$0.isLetter }).first, words.first?.isLetter == true,
            ["todo", "fixme", "tbd", "xxx"].contains(word.lowercased())
        {
            return true
        }
        let key =
            isPlain(words) ? words : words.lowercased().folded.trimmingEnds(of: ".\"'()[]<>{}!")
        return key.isEmpty || silentWords.contains(key) || pointer(key) != nil
    }

    /// Small letters and signs that nothing is taken off from: most identifiers and references.
    private static func isPlain(_ words: String) -> Bool {
        let dot = UInt8(ascii: ".")
        return words.utf8.first != dot && words.utf8.last != dot
            && words.utf8.allSatisfy { byte in
                97...122 ~= byte || byte.isDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
                    || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "#")
                    || byte == dot
            }
    }

    /// What a build puts a value in the place of: `%LICENSE%`, `@LICENSE@`, `${license}`, `{{ license }}`, `$license`.
    private static func isPlaceholder(_ words: String) -> Bool {
        guard let byte = words.utf8.first, "%@${<".utf8.contains(byte), let first = words.first,
            !words.contains(where: \.isNewline)
        else { return false }
        switch first {
        case "%", "@":
            return words.dropFirst().allSatisfy { $0.isLetter || $0.isNumber || "_-.%@{}".contains($0) }
        case "$":
            return words.dropFirst().allSatisfy { $0.isLetter || $0.isNumber || "_-.{}()$".contains($0) }
        case "{": return words.hasPrefix("{{") && words.hasSuffix("}}")
        case "<": return words.hasPrefix("<%") && words.hasSuffix("%>")
        default: return false
        }
    }

    /// The file that words such as `see LICENSE`, `file LICENSE.txt`, `LICENSE.md` point to.
    static func pointer(_ words: String) -> String? {
        guard words.utf8.count <= 120, mayPoint(words), !words.contains("\n"), !isAddress(words) else {
            return nil
        }
        var rest = words.folded.trimmingEnds(of: ".\"'()[]<>")
        for lead in ["see license in ", "see the ", "see ", "file: ", "file ", "refer to ", "look at ", "./"]
        where rest.lowercased().hasPrefix(lead) {
            rest = String(rest.dropFirst(lead.count))
        }
        for tail in [" file", " for details", " file for details", " for more details", " for license"]
        where rest.lowercased().hasSuffix(tail) {
            rest = String(rest.dropLast(tail.count))
        }
        guard !rest.isEmpty, !rest.contains(" ") else { return nil }
        let last = rest.split(separator: "/").last.map { $0.lowercased() } ?? ""
        let stem = last.split(separator: ".").first.map(String.init) ?? ""
        let isFile =
            [
                "license", "licence", "copying", "copyright", "license-mit", "license-apache", "notice",
                "licenses",
            ]
            .contains(stem)
            && [
                "", "txt", "md", "rst", "html", "adoc", "rtf", "pdf", "lesser", "bsd", "mit", "apache", "gpl",
                "lgpl",
            ]
            .contains(last.split(separator: ".").dropFirst().last.map(String.init) ?? "")
        return isFile ? rest : nil
    }

    /// Whether `licen`, `copy` or `notice` stands there, one of which every such file has in its name.
    private static func mayPoint(_ words: String) -> Bool {
        var last: UInt32 = 0
        for byte in words.utf8 {
            last = last << 8 | UInt32(byte | 0x20)
            // `cens`, `cenc`, `copy`, `otic`.
            if last == 0x6365_6E73 || last == 0x6365_6E63 || last == 0x636F_7079 || last == 0x6F74_6963 {
                return true
            }
        }
        return false
    }

    private static let silentWords: Set<String> = [
        "unknown", "none", "n/a", "na", "tbd", "todo", "null", "undefined", "-", "other", "custom", "license",
        "licence",
        "to be determined", "not specified", "unspecified", "unspecifiedlicense", "noassertion",
        "none specified",
        "no license", "dual", "dual license", "dual licensed", "see readme", "see website", "see source",
        "your license", "your_license", "license goes here", "todo: license", "fixme", "various", "?",
        "todo: license declaration", "see classifiers", "multiple", "mixed", "other/unknown",
        "specify your license", "license :: osi approved", "osi approved", "open source", "opensource",
    ]

    // REUSE-IgnoreStart
    private static let proprietaryWords: Set<String> = [
        "proprietary", "unlicensed", "commercial", "closed source", "closed-source", "all rights reserved",
        "allrightsreserved", "proprietary license", "commercial license", "private", "unfree", "non-free",
        "nonfree",
        "other/proprietary license", "licenseref-proprietary", "proprietary software", "copyright",
        "all-rights-reserved", "confidential", "not licensed", "closed", "internal", "restricted",
    ]
    // REUSE-IgnoreEnd

    private static let publicDomainWords: Set<String> = [
        "public domain", "public-domain", "publicdomain", "public_domain", "pd", "public domain dedication",
    ]
}

extension StringProtocol {
    func trimmingEnds(of characters: String) -> String {
        let drop = characters.unicodeScalars
        let scalars = unicodeScalars
        var low = scalars.startIndex
        var high = scalars.endIndex
        while low < high, drop.contains(scalars[low]) { low = scalars.index(after: low) }
        while high > low, drop.contains(scalars[scalars.index(before: high)]) {
            high = scalars.index(before: high)
        }
        return String(self[low..<high])
    }
}
