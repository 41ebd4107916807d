// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection
internal import SwardSPDX

/// Licenses that a short field names among other words, such as `© 2020 Jane, CC BY-SA 4.0`.
///
/// In prose such words need a verb to count; in a field that is there for rights they are the statement.
struct FieldMentions {
    private(set) var expression: LicenseExpression?
    /// The text without them.
    private(set) var rest: String

    private static let longestName = 9

    init() { rest = "" }

    /// - Parameter role: In a copyright field, names that are also those of holders do not count.
    init(_ text: String, _ role: FieldRole) {
        rest = text
        let words = text.split { $0.isWhitespace || $0 == "|" }.prefix(120)
        // What is denied is not named; sentences are the detector's business.
        if words.contains(where: { Self.denials.contains($0.lowercased()) }) { return }
        var found: [LicenseExpression] = []
        var kept: [Substring] = []
        var index = 0
        while index < words.count {
            guard Self.mayBegin(words[index]) else {
                kept.append(words[index])
                index += 1
                continue
            }
            var taken = 0
            for length in stride(from: min(Self.longestName, words.count - index), through: 1, by: -1) {
                let window = words[index..<(index + length)].joined(separator: " ")
                let name = Self.stripped(window)
                guard let named = Self.license(name), role == .license || Self.isDistinct(name) else {
                    continue
                }
                if !found.contains(named) { found.append(named) }
                taken = length
                break
            }
            if taken == 0 { kept.append(words[index]) }
            index += max(1, taken)
        }
        guard !found.isEmpty else { return }
        expression = LicenseExpression.all(found)
        while let last = kept.last, Self.joints.contains(Self.stripped(String(last)).lowercased()) {
            kept.removeLast()
        }
        while let first = kept.first, Self.joints.contains(Self.stripped(String(first)).lowercased()) {
            kept.removeFirst()
        }
        rest = Self.stripped(kept.joined(separator: " "), keeps: "(©")
    }

    private static let denials: Set<String> = [
        "not", "no", "never", "nicht", "kein", "keine", "without", "pas", "sans", "sin",
    ]

    private static let joints: Set<String> = [
        "", "-", "–", "—", "/", "|", "under", "licensed", "license:", "licence:", "license", "by", "and",
        "the", "is", "in", "with",
        "released", "available", "lizenz", "lizenz:", "licencia", "licence", "via", "+", "&", "a", "work",
        "this",
    ]

    /// The look-up is dear; a word with which no name begins is passed over.
    private static func mayBegin(_ word: Substring) -> Bool {
        guard let first = word.unicodeScalars.first(where: { $0.properties.isAlphabetic }) else {
            return false
        }
        // Names are written with a capital, save `http…` and the sloppy `cc-by`.
        if first.properties.isUppercase { return true }
        let lower = word.lowercased()
        return lower.hasPrefix("http") || lower.hasPrefix("(http") || lower.hasPrefix("cc")
            || lower.hasPrefix("public")
            || lower.hasPrefix("creative") || lower.hasPrefix("gpl") || lower.hasPrefix("www.")
    }

    private static func license(_ name: String) -> LicenseExpression? {
        guard name.utf8.count >= 2 else { return nil }
        if name.contains("://") || name.hasPrefix("www.") || name.hasPrefix("creativecommons.org") {
            return name.contains(" ") ? nil : LicenseNames.expression(forAddress: name)
        }
        return LicenseNames.expression(forName: name)
    }

    /// `MIT`, `Apache` and `Mozilla` hold copyrights; what has a number or two words hardly does.
    private static func isDistinct(_ name: String) -> Bool {
        name.contains { $0.isNumber } || isSpoken(name) || name.contains("://")
    }

    /// Whether no program is called so: "ImageMagick 6.9" is one that wrote the file.
    static func isSpoken(_ name: String) -> Bool {
        let lower = name.lowercased()
        return lower.hasPrefix("cc") || lower.hasPrefix("creative") || lower.contains("licen")
            || lower.contains("public domain") || lower.contains("gpl")
    }

    private static func stripped(_ text: String, keeps: String = "") -> String {
        let edge = "()[]{}<>,;:.\"'“”‘’-–—/|•·*"
        var view = Substring(text)
        while let first = view.first, (edge.contains(first) && !keeps.contains(first)) || first.isWhitespace {
            view = view.dropFirst()
        }
        while let last = view.last, edge.contains(last) || last.isWhitespace { view = view.dropLast() }
        return String(view)
    }
}

/// A field for copyright may hold no more than a year and a name.
enum CopyrightField {
    static func notice(_ text: String, in field: MediaField) -> CopyrightNotice? {
        guard text.utf8.count <= 300, !text.contains("://") else { return nil }
        var rest = Substring(text)
        var changed = true
        while changed {
            changed = false
            rest = rest.drop { $0.isWhitespace || $0 == ":" || $0 == "," || $0 == "." }
            for mark in ["copyright", "(c)", "©", "℗", "(p)", "&copy;"]
            where rest.lowercased().hasPrefix(mark) {
                rest = rest.dropFirst(mark.count)
                changed = true
            }
        }
        var years = rest.prefix { $0.isNumber || $0 == "-" || $0 == "–" || $0 == "," || $0 == " " }
        if !years.contains(where: \.isNumber) { years = "" }
        var name = rest.dropFirst(years.count)
        if name.lowercased().hasPrefix("by ") { name = name.dropFirst(3) }
        let holder = FieldText.trimmed(String(name.prefix { $0 != "\n" }))
        guard holder.contains(where: \.isLetter), !holder.lowercased().hasPrefix("all rights reserved") else {
            return nil
        }
        let span = String(years.reversed().drop { !$0.isNumber }.reversed())
        return CopyrightNotice(
            text: field.text, years: span.isEmpty ? nil : span, holder: holder, bytes: field.bytes,
            lines: 1...1)
    }
}
