// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection
package import SwardSPDX

/// What a license file says by its name: which license it is, which part of the work it is for, or of what else.
package struct LicenseFileName {
    private let folder: String
    private let before: [String], after: [String]
    /// Whether `-` or `_` follows the word, as in `LICENSE-MIT`.
    private let isJoined: Bool

    package init(_ path: String) {
        folder = path.folder
        let name = path.lastName.lowercased()
        let stem = FileRole.withoutTextEnding(name)
        let parts = stem.split { "-_ .".contains($0) }
        guard let word = parts.firstIndex(where: { Self.words.contains(String($0)) }) else {
            before = []
            after = []
            isJoined = false
            return
        }
        before = parts[..<word].map(String.init)
        after = parts[(word + 1)...].map(String.init)
        isJoined = before.isEmpty && ["-", "_"].contains(name.dropFirst(parts[word].count).first)
    }

    /// `LICENSE-MIT`: one license among others, from which whoever receives the work may choose.
    var isOffer: Bool { isJoined && !isOfPart }

    /// `LICENSE-CODE`, `DATA-LICENSE`.
    var isOfPart: Bool {
        let words = before + after
        return words.contains { Self.parts.contains($0) }
            && words.allSatisfy { Self.parts.contains($0) || Self.fillers.contains($0) }
    }

    /// `mlaa` of `MLAA_COPYING` and `LICENSE_mlaa.txt`: a license file that is named after something else than a license,
    /// a part of the work or its folder is that thing's. `nil` for all others.
    ///
    /// - Parameter expression: What it holds; a name that an identifier of it begins with is a license's.
    package func thing(of expression: LicenseExpression?) -> String? {
        let words = before.isEmpty ? after : before
        guard before.isEmpty || after.isEmpty && !folder.isEmpty, !isOfPart, let first = words.first,
            first.utf8.count > 1, !first.contains(where: \.isNumber) || first.utf8.count > 3,
            first.contains(where: \.isLetter), !Self.wordsOfWhole.contains(first),
            !FileRole.isLanguage(first)
        else { return nil }
        let folders = folder.lowercased().split(separator: "/")
        guard !folders.contains(where: { $0.contains(first) || $0.utf8.count > 2 && first.contains($0) })
        else { return nil }
        let name = words.joined(separator: " ")
        let joined = words.joined()
        let holds = expression?.licenses ?? []
        // Some libraries are called as licenses of others are: what the file holds tells.
        for asked in [name, "\(name) license", first, "\(first) license"] {
            guard let named = LicenseNames.expression(forName: asked) else { continue }
            guard before.isEmpty, first.utf8.count > 3, !holds.isEmpty, !holds.contains(where: \.isCustom)
            else { return nil }
            let stems = Set(named.licenses.map { $0.identifier.prefix { $0 != "-" } })
            if holds.contains(where: { stems.contains($0.identifier.prefix { $0 != "-" }) }) { return nil }
        }
        guard
            !holds.contains(where: { license in
                let letters = license.identifier.lowercased().filter { $0.isLetter || $0.isNumber }
                return letters.hasPrefix(joined) || letters.hasPrefix(first) || joined.hasPrefix(letters)
            })
        else { return nil }
        return words.joined(separator: "_")
    }

    private static let words: Set<String> = ["copying", "license", "licence", "eula"]

    /// What works are made of.
    private static let parts: Set<String> = [
        "code", "text", "texts", "docs", "doc", "documentation", "content", "contents", "data", "dataset",
        "media", "asset", "assets", "art", "artwork", "font", "fonts", "image", "images", "icon", "icons",
        "music", "sound", "sounds", "graphics", "textures", "models", "book",
    ]

    private static let fillers: Set<String> = ["and", "the", "for", "of", "source"]

    private static let wordsOfWhole: Set<String> = [
        "the", "project", "software", "source", "code", "main", "full", "package", "library", "common",
        "open",
        "public", "our", "dual", "gnu", "gpl", "lgpl", "bsd", "mit", "apache", "creative", "cc", "font",
        "fonts",
        "ofl", "upstream", "original", "license", "licence", "copyright", "end", "user", "data", "content",
        "addendum", "additional", "agpl", "bsl", "busl", "cc0", "cddl", "epl", "isc", "lgpl", "mpl",
        "agreement", "commercial", "community", "copying", "document", "enterprise",
        "exception", "exceptions", "extra", "file", "for", "free", "header", "info", "lesser", "lib", "lite",
        "long", "modified", "new", "noncommercial", "non", "note", "notes", "notice", "notices", "old",
        "or", "and", "premium", "pro", "proprietary", "runtime", "short", "simplified", "sources", "summary",
        "template", "terms", "use", "version", "work",
    ]
}

extension String {
    /// Whether a license file, by its name, has the terms of what others made: `THIRD-PARTY-LICENSES`,
    /// `ALTERNATE_LICENSES.txt`. It covers nothing by itself.
    package var isOfOtherWorks: Bool {
        let parts = Set(lastName.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init))
        return !parts.isDisjoint(with: [
            "alternate", "alternates", "alternative", "thirdparty", "3rdparty", "third", "3rd", "vendor",
            "vendored", "bundled", "dependencies", "deps", "external", "externals", "other", "others",
            "imported",
        ])
    }
}
