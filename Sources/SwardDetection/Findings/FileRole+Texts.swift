// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// What stands behind the dot of a file that is called `license`: a text's ending, a license, a part, a language. With any
/// other ending the file is a source, a table or a picture, that deals with licenses.
extension FileRole {
    /// - Parameters:
    ///   - name: In small letters.
    ///   - isPlain: Whether its place or letters are those that license texts have: then `amdgpu` of `LICENSE.amdgpu` is
    ///     what it is the license of.
    ///   - isShouted: Whether the ending is in capitals as well, as in `COPYING.LIB`.
    static func isText(_ name: ArraySlice<UInt8>, isPlain: Bool, isShouted: Bool = false) -> Bool {
        guard let dot = name.lastIndex(of: UInt8(ascii: ".")), dot + 1 < name.endIndex else { return true }
        let ending = name[(dot + 1)...]
        let word = String(decoding: ending, as: UTF8.self)
        if word == "gz" { return isText(name[..<dot], isPlain: isPlain) }
        if textEndings.contains(word) { return true }
        if sourceEndings.contains(word) { return false }
        // The last of a version.
        if ending.allSatisfy({ 0x30...0x39 ~= $0 }) { return true }
        let parts = ending.split { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
            .map { String(decoding: $0, as: UTF8.self) }
        if let first = parts.first, languages.contains(first), parts.count == 1 || parts[1].utf8.count <= 4 {
            return true
        }
        if parts.contains(where: { partWords.contains($0) }) { return true }
        // Most endings of sources are short.
        if isPlain, ending.count > longestShortEnding || isShouted && ending.count > 1 { return true }
        return LicenseNames.expression(forName: word) != nil
            || parts.first.map { LicenseNames.expression(forName: $0) != nil } ?? false
    }

    /// The name in small letters, without an ending that says only that it is a text.
    package static func withoutTextEnding(_ name: String) -> Substring {
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex,
            textEndings.contains(String(name[name.index(after: dot)...]))
        else { return name[...] }
        let stem = name[..<dot]
        // `pump.license` is named by what would be its ending.
        return ["license", "licence", "copying"].contains(name[name.index(after: dot)...]) ? name[...] : stem
    }

    package static func isLanguage(_ word: String) -> Bool { languages.contains(word) }

    /// Whether there are letters, and all are capitals.
    static func isInCapitals(_ name: ArraySlice<UInt8>) -> Bool {
        name.contains { $0.isLetter } && !name.contains { 0x61...0x7A ~= $0 }
    }

    private static let longestShortEnding = 4

    private static let textEndings: Set<String> = [
        "txt", "text", "md", "markdown", "mdown", "mkd", "mdx", "rst", "html", "htm", "xhtml", "rtf", "pdf",
        "adoc", "asciidoc", "asc", "org", "tex", "texi", "texinfo", "textile", "docx", "doc", "odt",
        "odp", "pod", "wiki", "spdx", "license", "licence", "copying", "copyright", "notice",
    ]

    /// Of sources and tables, where they are names of licenses, languages or long as well.
    private static let sourceEndings: Set<String> = [
        "astro", "bmp", "class", "cmake", "coffee", "config", "cr", "cs", "csproj", "el", "fs", "gd", "gif",
        "gradle",
        "graphql",
        "groovy", "ipynb", "jpg", "jpeg", "jinja", "jinja2", "json", "jsonl", "jsonc", "liquid", "ml", "mk",
        "nb", "php",
        "pl", "plist", "png", "properties", "proto", "sc", "scala", "sh", "sqlite", "strings", "sv", "svelte",
        "swift", "tcl", "template", "toml", "ts", "vim", "woff2", "zip",
    ]

    private static let languages: Set<String> = [
        "ar", "be", "bg", "ca", "cn", "cz", "da", "de", "dk", "en", "eng", "eo", "es", "et", "eu", "fa",
        "fi", "fr", "gb", "ger", "gl", "gr", "he", "hi", "hr", "hu", "id", "it", "ja", "jp", "ka", "kk", "ko",
        "kr", "lt", "lv", "nl", "nn", "no", "pt", "ro", "ru", "se", "si", "sk", "sl", "sr", "ta", "th", "tr",
        "tw", "ua", "uk", "us", "uz", "vi", "vn", "zh",
    ]

    /// What a text says it is for, or which of several it is.
    private static let partWords: Set<String> = [
        "lesser", "lib", "library", "libs", "lgpl", "runtime", "exception", "exceptions", "code", "source",
        "sources", "software", "docs", "documentation", "content", "contents", "data", "database", "media",
        "asset", "assets", "art", "artwork", "font", "fonts", "image", "images", "icon", "icons", "music",
        "sound", "sounds", "addendum", "additional", "commercial", "third", "thirdparty", "3rd", "vendor",
        "old", "orig", "new", "full", "short", "header",
    ]
}
