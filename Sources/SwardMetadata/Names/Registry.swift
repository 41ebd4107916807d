// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// A package registry's own vocabulary: words that mean something there and perhaps elsewhere something else.
struct Registry: Sendable {
    /// SPDX expressions by name, in lower case with single spaces.
    let names: [String: String]
    /// What the table cannot hold, such as version ranges; given the folded lower-case words and the words as written.
    var rule: @Sendable (_ key: String, _ words: String) -> Terms? = { _, _ in nil }
    /// Signs between licenses in the order they are tried; the loosest binding first.
    var separators: [(marks: [String], joining: Joining)] = usualSeparators

    /// Joined names are cut before the general tables are asked, since this registry's words stand between the signs.
    var splitsFirst = false

    static let usualSeparators: [(marks: [String], joining: Joining)] = [
        ([" or ", " | ", "||", "|"], .choice), ([" and ", " & ", "&&", " + "], .together),
        ([";", ","], .together), ([" / ", "/"], .choice), (["\n"], .together),
    ]

    func meaning(of key: String, _ words: String) -> Terms? {
        if let found = names[key] {
            switch found {
            case "proprietary": return .proprietary
            case "public-domain": return .publicDomain
            default:
                // A leading "~" marks what the registry leaves open.
                if let open = found.dropping(prefix: "~") { return .listed(open, score: Terms.usual) }
                return .listed(found, score: Terms.defined)
            }
        }
        return rule(key, words)
    }

    static let plain = Registry(names: [:])
}
