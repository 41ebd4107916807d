// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// What a file is for, told by its name; it decides how its words are read.
package enum FileRole: String, Hashable, Sendable, CaseIterable {
    /// `COPYING`, `LICENSE.txt`, `LICENSES/MIT.txt`: its subject is the license.
    case licenseText
    /// `NOTICE`, `AUTHORS`, `CREDITS`, `debian/copyright`.
    case notice
    case readme
    case other

    /// - Parameter path: Elements joined by `/`; members of archives by `!`.
    package init(path: some StringProtocol) {
        let elements = path.lowercased().split { $0 == "/" || $0 == "!" }
        let name = elements.last ?? ""
        let stem = name.prefix { $0 != "." }
        if elements.dropLast().last == "licenses"
            || Self.isAbout(["license", "licence", "copying", "unlicense"], stem)
        {
            self = Self.isCode(name) ? .other : .licenseText
        } else if Self.isAbout(
            ["notice", "notices", "authors", "credits", "copyright", "patents", "legal"], stem)
        {
            self = Self.isCode(name) ? .other : .notice
        } else if stem.hasPrefix("readme") {
            self = .readme
        } else {
            self = .other
        }
    }

    /// `license`, `license-mit`, `mit-license`, `license_1_0`, `copying.lesser`, `third-party-notices`.
    private static func isAbout(_ words: Set<String>, _ stem: Substring) -> Bool {
        stem.split { $0 == "-" || $0 == "_" || $0 == " " }.contains { word in
            words.contains(String(word)) || words.contains { $0.count > 5 && word == $0 + "s" }
        }
    }

    /// `license.py` is a program about licenses.
    private static func isCode(_ name: Substring) -> Bool {
        guard let dot = name.lastIndex(of: ".") else { return false }
        return codeExtensions.contains(String(name[name.index(after: dot)...]))
    }

    private static let codeExtensions: Set<String> = [
        "c", "cc", "cpp", "cs", "css", "el", "go", "h", "hpp", "java", "js", "json", "jsx", "kt", "lua",
        "mjs", "php", "pl",
        "pm", "py", "rb", "rs", "scala", "sh", "sql", "svg", "swift", "toml", "ts", "tsv", "tsx", "xml",
        "yaml", "yml",
    ]
}
