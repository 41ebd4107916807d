// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Whether the few words of a license file are terms, and no sign to another file.
enum ShortTerms {
    private static let leastWords = 5

    static func rule(_ text: String, in name: Substring) -> Bool {
        let name = name.lowercased()
        // What a tool puts above sources, or somebody is to fill in.
        guard !["header", "template"].contains(where: name.contains),
            !text.hasPrefix("version https://git-lfs"),
            !points(text)
        else { return false }
        var count = 0
        var rules = false
        for sentence in sentences(of: text) {
            let words = sentence.split(whereSeparator: \.isWhitespace)
            // Who is sent elsewhere reads the terms there.
            if words.contains(where: isPlace) { continue }
            for word in words {
                let bare = word.lowercased().filter { $0.isLetter || $0 == "-" }
                if bare.isEmpty { continue }
                if placeholders.contains(bare) { return false }
                count += 1
                rules = rules || ruling.contains(where: bare.hasPrefix) || rulingWords.contains(bare)
            }
        }
        return rules && count >= leastWords
    }

    private static func points(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return bytes.withUnsafeBytes { !LicensePointer.all(in: $0).isEmpty }
    }

    private static func sentences(of text: String) -> [String] {
        var result = [""]
        var isAtEnd = false
        var newlines = 0
        for character in text {
            newlines = character.isNewline ? newlines + 1 : character.isWhitespace ? newlines : 0
            if newlines > 1 || isAtEnd && character.isWhitespace { result.append("") }
            isAtEnd = ".!?".contains(character)
            result[result.count - 1].append(character.isNewline ? " " : character)
        }
        return result
    }

    /// An address, a path, a file's name.
    private static func isPlace(_ word: Substring) -> Bool {
        let inner = word.drop { !$0.isLetter && $0 != "." && $0 != "/" }
        if inner.contains("://") || inner.hasPrefix("www.") || inner.hasPrefix("../") || inner.hasPrefix("./")
        {
            return true
        }
        let bare = inner.filter { $0.isLetter || $0 == "." }
        if ["LICENSE", "LICENCE", "COPYING", "README", "COPYRIGHT"].contains(bare.prefix { $0 != "." }) {
            return bare.count > 0
        }
        let parts = bare.split(separator: ".")
        return parts.count == 2 && ["txt", "md", "rst", "html", "pdf"].contains(parts[1].lowercased())
    }

    private static let placeholders: Set<String> = [
        "todo", "fixme", "tbd", "tba", "placeholder", "determined", "decided", "insert", "lorem",
    ]

    private static let ruling = [
        "permi", "allow", "disallow", "forbid", "prohibit", "restrict", "reserv", "grant", "requir",
        "distribut", "redistribut", "modif", "sell", "sold", "resale", "resell", "commercial",
        "noncommercial", "non-commercial", "propriet", "confidential", "purchas", "royalt", "exclusiv",
    ]
    private static let rulingWords: Set<String> = [
        "may", "must", "only", "use", "used", "not", "free", "freely", "copy", "copied", "copies", "copying",
    ]
}
