// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// What a file is for, told by its name; it decides how its words are read.
public enum FileRole: String, Hashable, Sendable, CaseIterable {
    /// `COPYING`, `LICENSE.txt`, `LICENSES/MIT.txt`: its subject is the license.
    case licenseText
    /// `NOTICE`, `AUTHORS`, `CREDITS`, `debian/copyright`.
    case notice
    case readme
    case other

    /// - Parameter path: Elements joined by `/`; members of archives by `!`.
    public init(path: some StringProtocol) {
        // By bytes: a hundred thousand names are classed before anything is read of them.
        let written = Array(path.utf8)
        let path = Array(path.lowercased().utf8)
        let (name, above) = Self.lastElement(of: path[...])
        let stem = name.prefix { $0 != UInt8(ascii: ".") }
        let isNamed =
            (Self.isAbout(["license", "licence", "copying", "unlicense", "eula"], stem)
                || Self.isLicenseOf(name)) && !(Self.isPage(name) && Self.isDated(stem))
        let isAmongTexts = Self.lastElement(of: above).name.elementsEqual("licenses".utf8)
        if isNamed || isAmongTexts {
            let isPage = Self.isPage(name)
            let own = Self.lastElement(of: written[...]).name
            let isPlain = isAmongTexts || Self.isInCapitals(own.prefix { $0 != UInt8(ascii: ".") })
            let isText = Self.isText(name, isPlain: isPlain, isShouted: Self.isInCapitals(own))
            // `licenses/mit.md` may well be the text, `licenses/index.html` is a page.
            if !isText || Self.isManual(name)
                || isPage && !isNamed && !name.suffix(3).elementsEqual(".md".utf8)
            {
                self = .other
            } else {
                // `licenses.md` speaks of several, or collects those of other works.
                self = isPage && Self.isPlural(stem) ? .notice : .licenseText
            }
        } else if Self.isAbout(
            ["notice", "notices", "authors", "credits", "copyright", "patents", "legal"], stem)
        {
            let own = Self.lastElement(of: written[...]).name
            let isPlain = Self.isInCapitals(own.prefix { $0 != UInt8(ascii: ".") })
            self = Self.isText(name, isPlain: isPlain) ? .notice : .other
        } else if Self.isAbout(["terms", "conditions", "permissions", "restrictions"], stem),
            Self.isInCapitals(Self.lastElement(of: written[...]).name.prefix { $0 != UInt8(ascii: ".") }),
            Self.isText(name, isPlain: true)
        {
            // `TERMS.md`; `permissions.md` may be of anything.
            self = .notice
        } else if Self.readmes.contains(where: { stem.starts(with: $0) }) {
            self = .readme
        } else {
            self = .other
        }
    }

    private static let readmes = [
        "readme", "liesmich", "lisezmoi", "leeme", "léeme", "leiame", "leia-me", "leggimi", "leesmij",
        "czytaj",
        "läsmig", "lesmeg", "benioku", "прочти", "читай", "自述", "说明",
    ].map {
        Array($0.utf8)
    }

    /// Whether its name is that of an SPDX document: `x.spdx`, `x.spdx.json` and the other forms of SPDX 2.3.
    public static func isSPDXDocument(path: some StringProtocol) -> Bool {
        [".spdx", ".spdx.rdf", ".spdx.json", ".spdx.xml", ".spdx.yml", ".spdx.yaml"].contains {
            path.hasSuffix($0)
        }
    }

    /// Whether what it tells is of other works or days: `ChangeLog`, `NEWS.md`, `changelog.Debian.gz`, and the files in which
    /// package managers keep what a project was built with, such as `package-lock.json`.
    public static func isHistory(path: some StringProtocol) -> Bool {
        let path = Array(path.lowercased().utf8)
        let name = lastElement(of: path[...]).name
        // What a checker of packages is told to pass over.
        if name.suffix(17).elementsEqual("lintian-overrides".utf8) { return true }
        if locks.contains(String(decoding: name, as: UTF8.self)) { return true }
        let stem = name.prefix { $0 != UInt8(ascii: ".") }
        return histories.contains(String(decoding: stem, as: UTF8.self)) && !isCode(name)
    }

    private static let histories: Set<String> = [
        "changelog", "changelogs", "changes", "news", "history", "release-notes", "releasenotes",
        "release_notes", "releases",
    ]

    private static let locks: Set<String> = [
        "package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml", "yarn.lock", "bun.lock",
        "composer.lock", "cargo.lock",
        "pipfile.lock", "poetry.lock", "uv.lock", "pdm.lock", "gemfile.lock", "mix.lock", "pubspec.lock",
        "packages.lock.json",
        "paket.lock", "flake.lock", "deno.lock", "package.resolved", "podfile.lock", "go.sum", "conan.lock",
        "shard.lock", "bom.json", "bom.xml",
    ]

    private static func lastElement(
        of path: ArraySlice<UInt8>
    ) -> (name: ArraySlice<UInt8>, above: ArraySlice<UInt8>) {
        func isSeparator(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "/") || byte == UInt8(ascii: "!") }
        var end = path.endIndex
        while end > path.startIndex, isSeparator(path[end - 1]) { end -= 1 }
        var start = end
        while start > path.startIndex, !isSeparator(path[start - 1]) { start -= 1 }
        return (path[start..<end], path[..<start])
    }

    /// `license`, `license-mit`, `mit-license`, `license_1_0`, `copying.lesser`, `third-party-notices`.
    private static func isAbout(_ words: [StaticString], _ stem: ArraySlice<UInt8>) -> Bool {
        stem.split { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: " ") }
            .contains { part in
                words.contains { word in
                    let length = word.utf8CodeUnitCount
                    // `licenses` as well; of shorter words the plural is another word.
                    guard
                        part.count == length
                            || (part.count == length + 1 && length > 5 && part.last == UInt8(ascii: "s"))
                    else { return false }
                    return unsafe part.prefix(length).elementsEqual(
                        UnsafeBufferPointer(start: word.utf8Start, count: length))
                }
            }
    }

    /// `penguin.license.md`.
    private static func isLicenseOf(_ name: ArraySlice<UInt8>) -> Bool {
        name.split(separator: UInt8(ascii: ".")).dropFirst().dropLast().contains {
            $0.elementsEqual("license".utf8) || $0.elementsEqual("licence".utf8)
        }
    }

    /// `2024-04-02-licence-changes`: something written on a day.
    private static func isDated(_ stem: ArraySlice<UInt8>) -> Bool {
        let parts = stem.split(separator: UInt8(ascii: "-"), maxSplits: 2)
        return parts.count == 3 && parts[0].count == 4 && parts[0].allSatisfy(\.isDigit)
            && parts[1].count == 2 && parts[1].allSatisfy(\.isDigit)
    }

    /// `licenses.md`.
    private static func isPlural(_ stem: ArraySlice<UInt8>) -> Bool {
        stem.elementsEqual("licenses".utf8) || stem.elementsEqual("licences".utf8)
    }

    /// Whether the name is that of a page written to be read among others.
    private static func isPage(_ name: ArraySlice<UInt8>) -> Bool {
        guard let dot = name.lastIndex(of: UInt8(ascii: ".")) else { return false }
        return ["html", "htm", "rst", "adoc", "md", "mdx"].contains(
            String(decoding: name[(dot + 1)...], as: UTF8.self))
    }

    /// `license.7` is a manual page, `license-1.1` is none.
    private static func isManual(_ name: ArraySlice<UInt8>) -> Bool {
        guard name.count > 3, let last = name.last, (UInt8(ascii: "1")...UInt8(ascii: "9")).contains(last)
        else { return false }
        let dot = name.endIndex - 2
        return name[dot] == UInt8(ascii: ".") && name[dot - 1].isLetter
    }

    /// `changes.py` is a program.
    private static func isCode(_ name: ArraySlice<UInt8>) -> Bool {
        guard let dot = name.lastIndex(of: UInt8(ascii: ".")) else { return false }
        return codeExtensions.contains(String(decoding: name[(dot + 1)...], as: UTF8.self))
    }

    private static let codeExtensions: Set<String> = [
        "c", "cc", "cpp", "cs", "css", "el", "go", "h", "hpp", "java", "js", "json", "jsx", "kt", "lua",
        "mjs", "php", "pl",
        "pm", "py", "rb", "rs", "scala", "sh", "sql", "svg", "swift", "toml", "ts", "tsv", "tsx", "xml",
        "yaml", "yml",
    ]
}
