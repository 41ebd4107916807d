// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// The words of an office document's body, whose sentences its format cuts into runs at every change of language or font.
/// Source: ECMA-376, part 1, "Run" and "Text".
enum OfficeText {
    /// `a.docx!word/document.xml`, `b.pptx!ppt/slides/slide3.xml`.
    static func isBody(_ path: String) -> Bool {
        guard path.hasSuffix(".xml") else { return false }
        let member = path.lastIndex(of: "!").map { path[path.index(after: $0)...] } ?? path[...]
        return folders.contains { member.hasPrefix($0) } || member == "xl/sharedStrings.xml"
    }

    private static let folders = [
        "word/document", "word/foot", "word/end", "word/header", "ppt/slides/", "ppt/notesSlides/",
    ]

    /// The same bytes with blanks for tags, so that places stay what they are, and a line's end for a paragraph's.
    static func plain(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
        var plain = Array(bytes)
        var start: Int?
        for at in plain.indices {
            switch plain[at] {
            case UInt8(ascii: "<"): start = at
            case UInt8(ascii: ">"):
                guard let first = start else { continue }
                let isParagraph =
                    at - first == 5 && plain[first + 1] == UInt8(ascii: "/")
                    && plain[first + 3] == UInt8(ascii: ":") && plain[first + 4] == UInt8(ascii: "p")
                for place in first...at { plain[place] = 32 }
                // As between paragraphs anywhere.
                if isParagraph { (plain[at - 1], plain[at]) = (10, 10) }
                start = nil
            default: break
            }
        }
        return plain
    }
}
