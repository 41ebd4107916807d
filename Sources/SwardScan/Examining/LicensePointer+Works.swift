// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection
internal import SwardSPDX

/// Pointers to what is no license file: a source that has the notice for others, the work a file belongs to.
extension LicensePointer {
    /// "For conditions of distribution and use, see copyright notice in zlib.h": a source beside it that has the notice.
    static func inSource(_ text: UnsafeRawBufferPointer) -> LicensePointer? {
        var offset = 0
        var looks = 0
        while offset + 12 < text.count, looks < mostLooks {
            // "see", "See", "SEE"
            guard text[offset] | 0x20 == UInt8(ascii: "s"), text[offset + 1] | 0x20 == UInt8(ascii: "e"),
                text[offset + 2] | 0x20 == UInt8(ascii: "e"), !isLetter(text[offset + 3]),
                offset == 0 || !isLetter(text[offset - 1])
            else {
                offset += 1
                continue
            }
            looks += 1
            if let (name, range) = source(behind: offset + 3, text) {
                let line = text[..<range.lowerBound].reduce(1) { $0 + ($1 == 0x0A ? 1 : 0) }
                return LicensePointer(name: name, bytes: range, line: line)
            }
            offset += 3
        }
        return nil
    }

    private static let sourceSight = 100
    private static let sourceEndings: Set<Substring> = [
        "h", "hh", "hpp", "hxx", "c", "cc", "cpp", "cxx", "py", "pl", "pm", "rb", "js", "java", "f", "f90",
        "el",
        "lisp", "m4", "inc", "ml", "mli", "hs", "tcl", "lua", "go",
    ]
    private static let notices: Set<String> = ["notice", "notices", "license", "licence", "disclaimer"]
    private static let links: Set<String> = [
        "the", "a", "copyright", "and", "in", "at", "top", "of", "end", "beginning", "file", "header",
        "found",
        "permission", "full", "complete", "terms", "conditions", "source", "main", "distribution", "for",
    ]

    /// "… the copyright notice in `zlib.h`": the notice, and where it is.
    private static func source(behind start: Int, _ text: UnsafeRawBufferPointer) -> (String, Range<Int>)? {
        var at = start
        let stop = min(text.count, start + sourceSight)
        var saysNotice = false
        var newlines = 0
        while at < stop {
            guard isNamePart(text[at]), text[at] != UInt8(ascii: "-"), text[at] != UInt8(ascii: "/") else {
                if text[at] == 0x0A { newlines += 1 }
                if newlines > 1 || text[at] == UInt8(ascii: ";") { return nil }
                at += 1
                continue
            }
            var end = at
            while end < stop, isNamePart(text[end]) { end += 1 }
            guard end < stop || end == text.count else { return nil }
            var word = Substring(String(decoding: text[at..<end], as: UTF8.self))
            while let last = word.last, ".-_/".contains(last) { word.removeLast() }
            newlines = 0
            let lower = word.lowercased()
            if notices.contains(lower) {
                saysNotice = true
            } else if let dot = word.lastIndex(of: "."),
                sourceEndings.contains(word[word.index(after: dot)...])
            {
                return saysNotice ? (String(word), at..<(at + word.utf8.count)) : nil
            } else if !links.contains(lower) {
                return nil
            }
            // A sentence ends there.
            if end > at, text[end - 1] == UInt8(ascii: ".") { return nil }
            at = end
        }
        return nil
    }

    private static let terms: Set<String> = [
        "license", "licence", "licenses", "terms", "conditions", "licensing", "and",
    ]
    private static let wholes: Set<String> = [
        "containing", "rest", "main", "overall", "whole", "entire", "parent",
    ]
    private static let kinds: Set<String> = [
        "package", "module", "project", "program", "distribution", "application", "software", "plugin",
        "theme",
        "code", "source", "sources", "work",
    ]
    private static let giving: Set<String> = [
        "distributed", "under", "licensed", "licenced", "released", "available", "redistributed",
        "redistribute",
    ]

    /// "under the same terms as the rest of the project", "the same license as the kettle module", and "as Kettle itself"
    /// where the file names Kettle elsewhere, too.
    static func sameAsWhole(_ text: UnsafeRawBufferPointer) -> Range<Int>? {
        let mark = Array("same".utf8)
        var offset = 0
        var looks = 0
        while offset + 12 < text.count, looks < mostLooks {
            guard text[offset] == mark[0], starts(mark, text, offset), !isLetter(text[offset + 4]),
                offset > 0, !isLetter(text[offset - 1])
            else {
                offset += 1
                continue
            }
            looks += 1
            let range = offset..<(offset + mark.count)
            offset = range.upperBound
            let before = words(before: range.lowerBound, text)
            guard before.first?.text == "the", before.prefix(12).contains(where: { giving.contains($0.text) })
            else { continue }
            var behind = words(behind: range.upperBound, text).map(\.text)[...]
            guard let first = behind.first, terms.contains(first) else { continue }
            behind = behind.drop { terms.contains($0) }
            guard behind.first == "as" else { continue }
            behind = behind.dropFirst()
            let hasArticle = behind.first == "the"
            // The letters of markup such as `B<…>`.
            let rest = behind.filter { $0.utf8.count > 1 && $0 != "the" }
            guard let name = rest.first, name != "perl" else { continue }
            if wholes.contains(name), rest.dropFirst().prefix(3).contains(where: { kinds.contains($0) }) {
                return range
            }
            if hasArticle, rest.dropFirst().first.map({ kinds.contains($0) }) ?? false,
                !isTemplate(behind: range.upperBound, text)
            {
                return range
            }
            if rest.dropFirst().first == "itself", isNamed(name, in: text) { return range }
        }
        return nil
    }

    private static func isTemplate(behind start: Int, _ text: UnsafeRawBufferPointer) -> Bool {
        let mark = Array("PACKAGE".utf8)
        return (start..<min(text.count, start + 32)).contains { starts(mark, text, $0) }
    }

    /// Whether the word stands at two more places at least.
    private static func isNamed(_ name: String, in text: UnsafeRawBufferPointer) -> Bool {
        let wanted = Array(name.utf8)
        guard wanted.count > 2, text.count >= wanted.count else { return false }
        var count = 0
        for at in 0...(text.count - wanted.count)
        where text[at] | 0x20 == wanted[0]
            && wanted.indices.allSatisfy({ text[at + $0] | 0x20 == wanted[$0] | 0x20 })
        {
            count += 1
            if count > 2 { return true }
        }
        return false
    }
}

extension Examination {
    /// "BSD license" alone leaves open which: the file that is named beside it may tell.
    func isPlainBSD(in bytes: UnsafeRawBufferPointer) -> Bool {
        guard expression?.description == "BSD-3-Clause" else { return false }
        return findings.allSatisfy { finding in
            guard finding.kind == .reference, finding.bytes.upperBound <= bytes.count,
                finding.bytes.count < 80
            else { return false }
            return !bytes[finding.bytes].contains { 0x30...0x39 ~= $0 }
                && !String(decoding: bytes[finding.bytes], as: UTF8.self).lowercased().contains("clause")
        }
    }
}
