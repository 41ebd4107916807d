// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardSPDX

/// Licenses by the short names of Debian's machine-readable copyright file. Source: its format 1.0, "Short license names" and "License syntax".
enum DebianNames {
    /// As Debian writes it: `GPL-2.0-or-later` as `GPL-2+`, `MIT` as `Expat`; what has no name there keeps its identifier.
    static func name(_ term: LicenseTerm) -> String {
        var name = license(term.license)
        if let exception = term.exception { name += " with \(exception.identifier) exception" }
        return name
    }

    /// `and` binds closer than `or`, unless a comma stands before it.
    static func text(_ expression: LicenseExpression) -> String { text(expression.root) }

    private static func text(_ node: LicenseExpression.Node) -> String {
        switch node {
        case .term(let term): return name(term)
        case .or(let parts): return parts.map(text).joined(separator: " or ")
        case .and(let parts):
            // A choice within: the only place where a comma is needed.
            let hasChoice = parts.contains { if case .or = $0 { true } else { false } }
            return parts.map(text).joined(separator: hasChoice ? ", and " : " and ")
        }
    }

    private static func license(_ license: LicenseReference) -> String {
        let identifier = license.identifier
        if let known = names[identifier] { return known }
        for family in ["AGPL", "LGPL", "GPL", "GFDL"] where identifier.hasPrefix(family + "-") {
            var rest = identifier.dropFirst(family.count + 1)
            let isLater = rest.hasSuffix("-or-later")
            for suffix in ["-or-later", "-only"] where rest.hasSuffix(suffix) {
                rest = rest.dropLast(suffix.count)
            }
            var kind = family
            if rest.hasSuffix("-no-invariants") {
                kind = "GFDL-NIV"
                rest = rest.dropLast("-no-invariants".count)
            }
            guard let version = Version(rest) else { break }
            return "\(kind)-\(version.text)\(isLater || license.isOrLater ? "+" : "")"
        }
        return identifier.map { $0 == " " ? "-" : String($0) }.joined() + (license.isOrLater ? "+" : "")
    }

    private struct Version {
        let text: String

        init?(_ words: Substring) {
            guard words.allSatisfy({ $0.isASCII && $0.isNumber || $0 == "." }) else { return nil }
            text = words.hasSuffix(".0") ? String(words.dropLast(2)) : String(words)
        }
    }

    private static let names = [
        "MIT": "Expat", "BSD-2-Clause": "BSD-2-clause", "BSD-3-Clause": "BSD-3-clause",
        "BSD-4-Clause": "BSD-4-clause", "Artistic-1.0": "Artistic", "Python-2.0": "Python",
        "CC0-1.0": "CC0", "W3C": "W3C-Software", "Zope-2.1": "ZPL-2.1",
    ]

    /// The file of `/usr/share/common-licenses` that has the text, as Debian 12 carries them.
    static func commonFile(_ term: LicenseTerm) -> String? {
        let stem = term.license.identifier.textStem
        return commonFiles[stem]
    }

    private static let commonFiles = [
        "Apache-2.0": "Apache-2.0", "Artistic-1.0": "Artistic", "BSD-3-Clause": "BSD", "CC0-1.0": "CC0-1.0",
        "GFDL-1.2": "GFDL-1.2", "GFDL-1.3": "GFDL-1.3", "GPL-1.0": "GPL-1", "GPL-2.0": "GPL-2",
        "GPL-3.0": "GPL-3",
        "LGPL-2.0": "LGPL-2", "LGPL-2.1": "LGPL-2.1", "LGPL-3.0": "LGPL-3", "MPL-1.1": "MPL-1.1",
        "MPL-2.0": "MPL-2.0",
    ]
}
