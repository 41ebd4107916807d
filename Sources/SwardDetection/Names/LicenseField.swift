// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardSPDX

/// Reads a field whose whole content names a license, as package registries have it.
struct LicenseField {
    private static let maximumLength = 1000
    private static let maximumDepth = 16

    static func expression(for field: some StringProtocol) -> LicenseExpression? {
        let bytes = Array(field.utf8.prefix(maximumLength + 1))
        guard bytes.count <= maximumLength, !bytes.isEmpty else { return nil }
        let text = String(decoding: bytes, as: UTF8.self)
        if let parsed = try? LicenseExpression.parse(text, operators: .upperOrLower), parsed.unlisted.isEmpty
        {
            // "GPL" and "BSD" alone are no identifiers of the list; what is on it means what it says.
            return parsed.normalized
        }
        guard let node = node(Array(text.utf8), depth: 0) else { return nil }
        return LicenseExpression(node.withoutRepeats).normalized
    }

    /// A field with parentheses around alternatives, as RPM and Fedora write it, part by part; else in one piece.
    private static func node(_ bytes: [UInt8], depth: Int) -> LicenseExpression.Node? {
        if depth < maximumDepth, bytes.contains(UInt8(ascii: "(")), let node = structured(bytes, depth: depth)
        {
            return node
        }
        if let address = single(address: bytes) { return address }
        return flat(bytes)
    }

    private static func single(address bytes: [UInt8]) -> LicenseExpression.Node? {
        let text = Lexemes(bytes)
        guard text.count == 1, text.word(0) == .address || bytes.contains(UInt8(ascii: "/")) else {
            return nil
        }
        return LicenseAddress.expression(for: String(decoding: bytes, as: UTF8.self))?.root
    }

    private static func structured(_ bytes: [UInt8], depth: Int) -> LicenseExpression.Node? {
        var parts: [Range<Int>] = []
        var connectors: [NameConnector] = []
        var level = 0
        var start = 0
        var index = 0
        var sawGroup = false
        func word(_ text: String, at index: Int) -> Bool {
            let word = Array(text.utf8)
            guard index > 0, bytes[index - 1] == 32 || bytes[index - 1] == UInt8(ascii: ")"),
                index + word.count < bytes.count,
                bytes[index + word.count] == 32 || bytes[index + word.count] == UInt8(ascii: "(")
            else { return false }
            return bytes[index..<(index + word.count)].elementsEqual(word, by: { Lexemes.lower($0) == $1 })
        }
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "("):
                if level == 0, bytes[start..<index].allSatisfy({ $0 == 32 }) { sawGroup = true }
                level += 1
            case UInt8(ascii: ")"): level -= 1
            case UInt8(ascii: "a"), UInt8(ascii: "A"), UInt8(ascii: "o"), UInt8(ascii: "O"):
                guard level == 0 else { break }
                for (text, connector) in [("and", NameConnector.and), ("or", .or)] where word(text, at: index)
                {
                    parts.append(start..<index)
                    connectors.append(connector)
                    index += text.utf8.count - 1
                    start = index + 1
                }
            default: break
            }
            if level < 0 { return nil }
            index += 1
        }
        guard level == 0, sawGroup else { return nil }
        parts.append(start..<bytes.count)
        var items: [LicenseExpression.Node] = []
        for part in parts {
            var slice = bytes[part]
            while slice.first == 32 { slice.removeFirst() }
            while slice.last == 32 { slice.removeLast() }
            if slice.first == UInt8(ascii: "("), slice.last == UInt8(ascii: ")") {
                slice = slice.dropFirst().dropLast()
            }
            guard let item = node(Array(slice), depth: depth + 1) else { return nil }
            items.append(item)
        }
        return NameGrammar.join(items, connectors, isChoice: false)
    }

    /// Names with nothing else between them than words that do not count.
    private static func flat(_ bytes: [UInt8]) -> LicenseExpression.Node? {
        let text = Lexemes(bytes)
        let grammar = NameGrammar(text: text)
        var items: [LicenseExpression.Node] = []
        var connectors: [NameConnector] = []
        var pending: NameConnector?
        var isChoice = false
        var saidVersion = false
        var index = 0
        while index < text.count {
            let gap = text.gap(index)
            if !items.isEmpty, pending == nil {
                if gap.contains(.slash) || gap.contains(.bar) { pending = gap.contains(.bar) ? .or : .slash }
                if gap.contains(.comma) || gap.contains(.semicolon) { pending = .comma }
                if gap.contains(.ampersand) { pending = .and }
                if gap.contains(.plus) { pending = .plus }
            }
            switch text.word(index) {
            case .dual, .dually, .multi, .triple, .either, .choice, .option:
                isChoice = true
                index += 1
                continue
            case .address:
                let found = LicenseAddress.expression(for: text.text(index))
                if let node = found?.root {
                    append(node, said: true)
                }
                index += 1
                continue
            case .or where !items.isEmpty:
                pending = .or
                index += 1
                continue
            case .and where !items.isEmpty:
                if pending != .or { pending = .and }
                index += 1
                continue
            default: break
            }
            if let found = grammar.name(at: index, before: text.count) {
                // "perl" in "same terms as perl" and "GPL" in the field are names; so is every weak one here.
                append(found.node, said: found.saidVersion)
                saidVersion = found.saidVersion
                index = found.end
                continue
            }
            guard isFiller(text, index, hasItems: !items.isEmpty) else { return nil }
            index += 1
        }
        _ = saidVersion
        guard !items.isEmpty else { return nil }
        return NameGrammar.join(items, connectors, isChoice: isChoice)

        func append(_ node: LicenseExpression.Node, said: Bool) {
            // The same license told again: "GNU General Public License v2 (GPLv2)", "MIT (MIT License)".
            if let last = items.last, pending == nil || node == last,
                let merged = NameGrammar.merged(last, node, said)
            {
                items[items.count - 1] = merged
            } else if items.isEmpty {
                items.append(node)
            } else {
                items.append(node)
                connectors.append(pending ?? .and)
            }
            pending = nil
        }
    }

    private static let fillers = WordHashes(
        [
            "licensing", "free", "software", "other", "w", "using", "uses", "itself", "freeware", "open",
            "source", "approved", "osi",
            "inc", "foundation", "group", "org", "com", "project", "under", "clause", "agreement", "txt",
            "md", "rst", "html",
            "notice", "component", "components", "software's", "variant", "permissive", "standard",
            "compatible", "unmodified", "official",
            "details", "included", "unlimited", "text", "full", "www", "spdx", "type", "name", "style",
            "like", "dfsg", "approved",
            "libre", "see", "file", "license", "copying", "com", "readme", "core", "general",
        ].map { Lexemes.hash($0.utf8) })

    private static func isFiller(_ text: Lexemes, _ index: Int, hasItems: Bool) -> Bool {
        switch text.word(index) {
        case .license, .licensed, .licensing, .the, .a, .an, .of, .under, .terms, .conditions, .term,
            .version, .v, .osi, .approved, .open,
            .source, .software, .free, .this, .is, .by, .see, .file, .`in`, .to, .with, .public, .agreement,
            .distributed, .released,
            .available, .style, .like, .type, .full, .text, .details, .`for`, .at, .your, .code, .project,
            .plus, .published, .`as`, .foundation,
            .generic, .copying, .included, .compatible, .also, .it, .general, .any, .and, .or, .only,
            .distribution, .package:
            return true
        case .exception, .exceptions: return hasItems
        case .number:
            // A date or a clause count that says nothing; a version that no license has is not for us to drop.
            return text.text(index).utf8.count == 4 && hasItems
        default: return fillers.contains(text[index].hash)
        }
    }
}
