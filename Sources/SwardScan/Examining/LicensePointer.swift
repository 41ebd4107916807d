// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// "See the file COPYING": a file that names another one where its terms stand.
///
/// A name alone says nothing: build files, change logs and packing lists are full of them. A word such as "see" or "in"
/// leads to it, or "license" does as a field; or "file" stands behind, and the sentence speaks of terms.
struct LicensePointer: Hashable, Sendable {
    /// Such as `COPYING` or `../LICENSE.txt`; empty where the folder's license file is meant, whatever its name.
    var name: String
    var bytes: Range<Int>
    /// From 1.
    var line: Int
    /// Names a source, such as `zlib.h`, not a license file.
    var isOfSource: Bool {
        !Self.stems.contains { stem in name.split(separator: "/").last?.utf8.starts(with: stem) ?? false }
            && name.contains(".")
    }

    /// Where notices stand; a README often ends with its license.
    private static let reach = 6 << 10, readmeReach = 32 << 10
    /// Of names.
    private static let most = 4
    /// Of one file that are looked at.
    static let mostLooks = 64
    private static let stems = [
        "LICENSE", "LICENCE", "COPYING", "License.txt", "license.txt", "Copying", "COPYRIGHT",
        "Copyright.txt", "Licence.txt",
    ].map {
        Array($0.utf8)
    }

    /// What the first lines of `bytes` point to, in order, each name once; names may have folders before them.
    static func all(in bytes: UnsafeRawBufferPointer, isReadme: Bool = false) -> [LicensePointer] {
        let text = UnsafeRawBufferPointer(rebasing: bytes.prefix(isReadme ? readmeReach : reach))
        var found: [LicensePointer] = []
        var offset = 0
        var looks = 0
        while offset < text.count, found.count < most, looks < mostLooks {
            let byte = text[offset]
            guard byte == 0x4C || byte == 0x43 || byte == 0x6C,
                let stem = stems.first(where: { starts($0, text, offset) })
            else {
                offset += 1
                continue
            }
            looks += 1
            let (name, range) = self.name(around: offset, stem.count, text)
            offset = max(offset + stem.count, range.upperBound)
            guard !name.isEmpty, !found.contains(where: { $0.name == name }), isPointedAt(range, text) else {
                continue
            }
            let line = text[..<range.lowerBound].reduce(1) { $0 + ($1 == 0x0A ? 1 : 0) }
            found.append(LicensePointer(name: name, bytes: range, line: line))
        }
        if found.isEmpty, !isReadme, let source = inSource(text) { found.append(source) }
        if found.isEmpty, let place = unnamed(text) ?? sameAsWhole(text) {
            let line = text[..<place.lowerBound].reduce(1) { $0 + ($1 == 0x0A ? 1 : 0) }
            found.append(LicensePointer(name: "", bytes: place, line: line))
        }
        return found
    }

    /// "the terms of the accompanying license file", "the same license as the well package", as catalogues of
    /// translations say.
    private static func unnamed(_ text: UnsafeRawBufferPointer) -> Range<Int>? {
        let mark = Array("license".utf8)
        var offset = 0
        var looks = 0
        while offset + mark.count < text.count, looks < mostLooks {
            guard text[offset] == 0x6C, starts(mark, text, offset) else {
                offset += 1
                continue
            }
            looks += 1
            let range = offset..<(offset + mark.count)
            offset = range.upperBound
            let before = words(before: range.lowerBound, text)
            let behind = words(behind: range.upperBound, text).map(\.text)
            if before.first?.text == "accompanying", behind.first == "file",
                before.prefix(20).contains(where: {
                    ["terms", "see", "conditions", "covered"].contains($0.text)
                })
            {
                return range
            }
            if before.prefix(2).map(\.text) == ["same", "the"], behind.starts(with: ["as", "the"]),
                behind.contains("package"),
                before.contains(where: { ["distributed", "under"].contains($0.text) }),
                !placeholder(behind: range.upperBound, text)
            {
                return range
            }
        }
        return nil
    }

    /// "… as the PACKAGE package": nobody filled the template in.
    private static func placeholder(behind start: Int, _ text: UnsafeRawBufferPointer) -> Bool {
        let mark = Array("PACKAGE".utf8)
        return (start..<min(text.count, start + 24)).contains { starts(mark, text, $0) }
    }

    static func starts(_ word: [UInt8], _ text: UnsafeRawBufferPointer, _ offset: Int) -> Bool {
        text.count - offset >= word.count && text[offset..<(offset + word.count)].elementsEqual(word)
    }

    static func isNamePart(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2E, 0x2F, 0x2D, 0x5F: true
        default: false
        }
    }

    private static func name(around offset: Int, _ count: Int, _ text: UnsafeRawBufferPointer) -> (
        String, Range<Int>
    ) {
        var low = offset
        while low > 0, offset - low < 64, isNamePart(text[low - 1]) { low -= 1 }
        var high = offset + count
        while high < text.count, high - offset < 64, isNamePart(text[high]) { high += 1 }
        var name = String(decoding: text[low..<high], as: UTF8.self)
        while let last = name.last, ".-/_".contains(last) { name.removeLast() }
        // An address on the web is no file here; nor is a word such as `LICENSED` or `GL_COPYING_MODE`.
        if low > 0, text[low - 1] == UInt8(ascii: ":") { return ("", low..<high) }
        let base = name.split(separator: "/").last ?? ""
        let isName = stems.contains { stem in
            let stem = String(decoding: stem, as: UTF8.self)
            guard let rest = base.hasPrefix(stem) ? base.dropFirst(stem.count) : nil else {
                return base.hasSuffix("-" + stem) || base.hasSuffix("." + stem)
            }
            return rest.isEmpty || ".-_".contains(rest.first!)
        }
        return (isName ? name : "", low..<high)
    }

    // MARK: what points

    struct Word {
        var text: String
        /// What stands between it and the name's side: `=` or `:` makes a field of it.
        var isFieldName: Bool
    }

    private static let fillers: Set<String> = [
        "the", "a", "file", "files", "named", "called", "accompanying", "enclosed", "included", "attached",
        "top",
        "toplevel", "level", "project", "root", "our", "this", "its", "please", "following", "distributed",
        "package",
        "source", "repository", "main", "base", "directory", "provided",
    ]
    /// These point by themselves.
    private static let pointing: Set<String> = [
        "see", "read", "consult", "check", "cf", "refer", "siehe", "voir", "véase",
    ]
    /// These point where the sentence speaks of terms.
    private static let leading: Set<String> = [
        "in", "to", "under", "of", "by", "with", "from", "at", "per", "found", "and", "or", "via",
    ]
    private static let subjects: Set<String> = [
        "rights", "license", "licensed", "licence", "licenced", "licensing", "licenses", "terms",
        "conditions",
        "copyright",
        "details", "permission", "permissions", "redistribution", "redistribute", "governed", "lizenz",
        "licencia",
    ]
    private static let purposes: Set<String> = [
        "details", "information", "terms", "conditions", "copying", "license", "licence", "licensing",
        "copyright",
        "info", "permissions", "redistribution",
    ]
    /// Bytes looked at on each side.
    private static let sight = (before: 160, behind: 72)

    private static func isPointedAt(_ range: Range<Int>, _ text: UnsafeRawBufferPointer) -> Bool {
        let before = words(before: range.lowerBound, text)
        let behind = words(behind: range.upperBound, text)
        // "license-file: COPYING", "LicenseFile=COPYING": the field's value.
        if let field = before.first(where: { !["file", "files", "path"].contains($0.text) }),
            before.first?.isFieldName == true
        {
            return ["license", "licence", "licensefile", "licensing"].contains(field.text)
        }
        // "* COPYING: added" heads an entry of a change log.
        if range.upperBound < text.count, text[range.upperBound] == UInt8(ascii: ":") { return false }
        let lead = before.first { !fillers.contains($0.text) }?.text ?? ""
        if pointing.contains(lead) || lead == "to" && before.contains(where: { $0.text == "refer" }) {
            return true
        }
        // "COPYING for details", "LICENSE file for terms".
        let purpose = behind.drop { $0.text == "file" }
        let isFor =
            purpose.first?.text == "for"
            && purpose.dropFirst().prefix(5).contains { purposes.contains($0.text) }
        let speaks = before.prefix(20).contains { subjects.contains($0.text) } || isFor
        if leading.contains(lead) { return speaks }
        return isFor && behind.first?.text == "file"
    }

    /// Of the same sentence, the nearest first.
    static func words(before end: Int, _ text: UnsafeRawBufferPointer) -> [Word] {
        var words: [Word] = []
        var at = end
        let stop = max(0, end - sight.before)
        var isField = false
        var newlines = 0
        while at > stop {
            let byte = text[at - 1]
            if isLetter(byte) {
                var low = at - 1
                while low > stop, isLetter(text[low - 1]) { low -= 1 }
                words.append(
                    Word(
                        text: String(decoding: text[low..<at], as: UTF8.self).lowercased(),
                        isFieldName: words.isEmpty && isField))
                at = low
                newlines = 0
                continue
            }
            if byte == UInt8(ascii: "=") || byte == UInt8(ascii: ":") { isField = isField || newlines == 0 }
            if byte == 0x0A { newlines += 1 }
            if newlines > 1 || byte == UInt8(ascii: ";") { break }
            // The end of the sentence before.
            if byte == UInt8(ascii: "."), at < text.count, text[at] <= 0x20, !words.isEmpty { break }
            at -= 1
        }
        return words
    }

    static func words(behind start: Int, _ text: UnsafeRawBufferPointer) -> [Word] {
        var words: [Word] = []
        var at = start
        let stop = min(text.count, start + sight.behind)
        var newlines = 0
        while at < stop, words.count < 8 {
            let byte = text[at]
            if isLetter(byte) {
                var high = at + 1
                while high < stop, isLetter(text[high]) { high += 1 }
                words.append(
                    Word(
                        text: String(decoding: text[at..<high], as: UTF8.self).lowercased(),
                        isFieldName: false))
                at = high
                newlines = 0
                continue
            }
            if byte == 0x0A { newlines += 1 }
            if newlines > 1 || byte == UInt8(ascii: ".") { break }
            at += 1
        }
        return words
    }

    static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 || byte >= 0x80 }
}
