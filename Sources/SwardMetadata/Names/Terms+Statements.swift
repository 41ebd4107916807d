// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection
internal import SwardSPDX

extension Terms {
    /// What a statement of rights means: a name, an address, a sentence that holds an address, or a grant in words.
    ///
    /// - Returns: `nil` where it grants nothing that is known, as most notices of copyright.
    static func statement(_ text: String, _ registry: Registry = DataFormats.descriptors) -> Terms? {
        let words = String(text.prefix(16_384)).trimmed
        guard !words.isEmpty else { return nil }
        if words.utf8.count <= 300, let name = known(words, registry), !name.isProprietary { return name }
        let linked = addresses(in: words).compactMap { address($0) }
        if let first = linked.first {
            let same = linked.allSatisfy { $0.expression == first.expression }
            return same ? first : all(linked, .together)
        }
        guard words.contains(" ") else { return nil }
        let bytes = Array(words.utf8)
        let found = unsafe bytes.withUnsafeBytes { unsafe LicenseDetector().detect($0, role: .other) }
        return found.expression.map { Terms(expression: $0.normalized, score: told) }
    }

    /// The license that an address names.
    static func address(_ address: String) -> Terms? {
        let bare = address.trimmed
        guard bare.utf8.count <= 2_048 else { return nil }
        // The Open Definition's pages have the names of its own list.
        if let name = bare.parts(separatedBy: "opendefinition.org/licenses/").dropFirst().first {
            return known(
                name.trimmingEnds(of: "/").dropping(suffix: "-4.0") ?? name.trimmingEnds(of: "/"),
                DataFormats.descriptors)
        }
        if let found = LicenseNames.expression(forAddress: bare) {
            return Terms(expression: found.normalized, score: named)
        }
        return nil
    }

    /// Addresses in running text, without the signs of punctuation that follow them; at most eight.
    private static func addresses(in text: String) -> [String] {
        let bytes = Array(text.utf8)
        var result: [String] = []
        var from = 0
        while result.count < 8, let start = bytes.find("http", from: from) {
            var end = start
            while end < bytes.count, !bytes[end].isBlank, !"\"'<>()[]".utf8.contains(bytes[end]) { end += 1 }
            from = max(end, start + 4)
            while end > start, ".,;:".utf8.contains(bytes[end - 1]) { end -= 1 }
            if bytes.text(start..<end).contains("://") { result.append(bytes.text(start..<end)) }
        }
        return result
    }
}

extension Manifest {
    /// Reads a field that states rights in words or by an address; what grants nothing is a notice or kept as prose.
    ///
    /// - Returns: Whether it named terms.
    @discardableResult
    mutating func rights(_ field: String, _ words: Words?) -> Bool {
        guard let words, !words.text.trimmed.isEmpty,
            let meaning = meaning(of: words.text, "statement ", { Terms.statement($0) })
        else { return false }
        if let terms = meaning {
            declareOnce(field, terms, words)
            return true
        }
        // "2020 Jane, GFDL 1.3".
        if words.text.utf8.count <= 300, let named = FieldMentions(words.text, .copyright).expression {
            declareOnce(field, Terms(expression: named.normalized, score: 90), words)
            return true
        }
        let lower = words.text.prefix(256).lowercased()
        if lower.contains("copyright") || lower.contains("©") || lower.hasPrefix("(c)") { copyright(words) }
        text(field, words)
        return false
    }

    /// Reads a field that holds a license: unlike with ``rights(_:_:)``, words that nothing knows become a reference.
    mutating func licenseStatement(_ field: String, _ words: Words?) {
        guard let words, !words.text.trimmed.isEmpty,
            let meaning = meaning(of: words.text, "statement ", { Terms.statement($0) })
        else { return }
        if let terms = meaning {
            declareOnce(field, terms, words)
        } else if words.text.utf8.count <= 120, let terms = Terms.read(words.text, DataFormats.descriptors) {
            declareOnce(field, terms, words)
        } else {
            point(words.text)
            text(field, words)
        }
    }

    /// Adds a finding unless the file has one with the same terms: catalogues repeat theirs a thousand times.
    mutating func declareOnce(_ field: String, _ terms: Terms, _ words: Words) {
        settle(words.bytes)
        guard !hasFound(terms.expression) else { return }
        declare(field, terms, words.bytes, words: words.text)
    }
}
