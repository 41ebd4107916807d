// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Support
import Testing

@testable import SwardDetection

@Suite("Words of a file") struct WordsTests {
    /// The folded words of `bytes`, all of which are read.
    static func folded(_ bytes: [UInt8]) -> [String] {
        bytes.withUnsafeBytes { buffer in
            var words = Words()
            unsafe words.read(buffer, role: .licenseText)
            return words.indices.map { words.folded($0) }
        }
    }

    static func words<T>(_ text: String, role: FileRole = .licenseText, _ body: (borrowing Words) -> T) -> T {
        var text = text
        return text.withUTF8 { buffer in
            var words = Words()
            unsafe words.read(UnsafeRawBufferPointer(buffer), role: role)
            return body(words)
        }
    }

    static let foldings: [(text: String, words: String)] = [
        ("The \"Software\", as-is; (c) 2.0", "the software as is c 2 0"),
        ("author\u{2019}s authors' author's", "authors authors authors"),
        ("non-commercial sub license re-use royalty-free", "noncommercial sublicense reuse royalty free"),
        ("AT&T this & that R&amp;D a &amp; b", "at t this and that r d a and b"),
        ("/* one\n * two\n * three */", "one two three"),
        ("// one\n// two\n# three\n;; four\n-- five\n% six", "one two three four five six"),
        ("dnl one\ndnl two\nREM three", "one two three"),
        ("C one\nC two\nc\nc three", "one two three"),
        ("puts(\"one\\nTwo three\\n\\tfour\");", "puts one two three four"),
        ("<p>one <b>two</b><br/>three &quot;four&quot; &#8220;five&#8221;</p>", "one two three four five"),
        ("<a href=\"http://example.org/x\">one</a> <year> <copyright holders>", "one year copyright holders"),
        ("see [one](http://example.org/two) `three` **four** _five_", "see one three four five"),
        (".SH LICENSE\n.PP\n\\fBone\\fR two\\-three \\(co four", "license one two three co four"),
        ("\\section{One} \\textbf{two} \\emph{three}", "one two three"),
        ("@section One\n@code{two} @copyright{} three\n@end quotation\nfour", "one two copyright three four"),
        ("@license MIT by foo@example.org", "license mit by foo example org"),
        ("{\\rtf1{\\fonttbl Arial;}\\b one\\par\\fs20 two}", "one two"),
        ("libert\u{E9} \u{152}uvre stra\u{DF}e \u{FB01}t", "liberte oeuvre strasse fit"),
        ("\u{8A31}\u{53EF} a", "\u{8A31} \u{53EF} a"),
        ("MODULE_LICENSE __not__ a_b", "module_license not a_b"),
    ]

    @Test("marks and markup are folded away", arguments: foldings)
    func folds(_ row: (text: String, words: String)) {
        #expect(Self.folded(Array(row.text.utf8)).joined(separator: " ") == row.words)
    }

    @Test("bytes that are not UTF-8 are read as Windows-1252")
    func readsWindows() {
        #expect(
            Self.folded(Array("libert".utf8) + [0xE9, 0x20, 0x93] + Array("one".utf8) + [0x94]) == [
                "liberte", "one",
            ])
    }

    @Test("UTF-16 of either order is read, and offsets lead back into the file", arguments: [true, false])
    func readsUTF16(_ isBigEndian: Bool) {
        let units = Array("\u{FEFF}the license\nof one".utf16)
        let bytes = units.flatMap { unit in
            isBigEndian
                ? [UInt8(unit >> 8), UInt8(unit & 0xFF)] : [UInt8(unit & 0xFF), UInt8(unit >> 8)]
        }
        bytes.withUnsafeBytes { buffer in
            var words = Words()
            unsafe words.read(buffer, role: .other)
            #expect(words.indices.map { words.folded($0) } == ["the", "license", "of", "one"])
            #expect(words.sourceRange(1...1) == 10..<24)
            #expect(words.lines(3...3) == 2...2)
        }
    }

    @Test("equal words have one hash")
    func equals() {
        for (one, other) in [
            ("licence", "license"), ("organisation", "organization"), ("https", "http"), ("whilst", "while"),
            ("sublicences", "sublicenses"),
        ] {
            #expect(WordHash(one) == WordHash(other))
        }
        Self.words("copyright owner, per cent of the licence") { words in
            #expect(words[1].hash == WordHash("holder").value)
            #expect(words[2].hash == WordHash("percent").value)
            #expect(words[5].hash == WordHash("license").value)
        }
    }

    @Test("marks tell what stands before a word")
    func marks() {
        let text = "One license. Two, \"three\"\n\n  (a) four version 2.0\n1. five http://example.org/x six"
        Self.words(text) { words in
            func mark(_ word: String) -> FileWord.Marks {
                words.indices.first { words.folded($0) == word }.map { words[$0].marks } ?? []
            }
            #expect(mark("one").isSuperset(of: [.lineStart, .paragraphStart, .capital]))
            #expect(mark("two").isSuperset(of: [.sentenceStart, .capital]))
            #expect(!mark("two").contains(.lineStart))
            #expect(mark("three").contains(.quoted))
            #expect(mark("a").isSuperset(of: [.bullet, .lineStart, .paragraphStart]))
            #expect(!mark("four").contains(.bullet))
            #expect(mark("0").isSuperset(of: [.glued, .number]))
            #expect(mark("1").contains(.bullet))
            #expect(mark("example").isSuperset(of: [.address, .glued]))
            #expect(!mark("six").contains(.address))
        }
    }

    @Test("a version number that opens a line is no bullet")
    func numbers() {
        Self.words("license version\n2.0 of it") { #expect(!$0[2].marks.contains(.bullet)) }
    }

    @Test("words keep their bytes and lines")
    func offsets() {
        let text = "/* The\r\n * license\r\n */ end"
        Self.words(text) { words in
            #expect(words.string(1) == "license")
            #expect(words.lines(0...1) == 1...2)
            #expect(words.lines(2...2) == 3...3)
            #expect(Array(text.utf8)[words.sourceRange(1...1)].elementsEqual("license".utf8))
        }
    }

    @Test("link targets are kept aside")
    func links() {
        Self.words("[license](https://example.org/a) <a rel='x' href='/b'>c</a>") { words in
            #expect(words.links.map { words.text.string($0) } == ["https://example.org/a", "/b"])
        }
    }

    @Test("a word parted at a line end is joined when the index knows it")
    func joins() {
        #expect(
            Self.folded(Array("redistri-\n * bution foo-\nbar".utf8)) == ["redistribution", "foo", "bar"])
    }

    @Test("a file without triggers has no words, and of a long one only their surroundings are read")
    func skips() {
        Self.words("let x = compute(y)\n", role: .other) { words in
            #expect(!words.hasLicenseWords)
            #expect(words.count == 0)
        }
        let filler = String(repeating: "let x = compute(y, z)\n", count: 2_000)
        Self.words(filler + "// the license\n" + filler, role: .other) { words in
            #expect(words.hasLicenseWords)
            #expect(words.count < 2_000)
            #expect(words[0].marks.contains(.afterGap))
            #expect(words.indices.contains { words.folded($0) == "license" })
        }
    }

    @Test("triggers are seen at even and at odd places", arguments: 0..<9)
    func triggers(_ shift: Int) {
        for word in ["license", "COPYRIGHT", "\u{A9} 2020", "(c) 2020", "GPLv2", "\u{8A31}\u{53EF}"] {
            let bytes = [UInt8](repeating: 0x2E, count: shift) + Array(" \(word) ".utf8)
            bytes.withUnsafeBytes { buffer in
                let found = unsafe Triggers.shared.next(in: ByteView(buffer), from: 0, to: buffer.count)
                #expect(found != nil, "\(word) at \(shift)")
            }
        }
    }

    @Test(
        "in what is no text a trigger counts only in a string",
        arguments: [
            ([0, 0, 0xA9, 0x20, 0x93, 0, 0], false), ([0, 1, 2, 0x67, 0x50, 0x6C, 3, 0], false),
            ([0x90, 0x88, 0x67, 0x70, 0x6C, 0xF1, 0xC3, 0x9A, 0x81, 0], false),
            (Array("license=GPL".utf8) + [0], true), ([0, 0xA9] + Array(" 1999 A. Name".utf8) + [0], true),
            ([0] + Array("© 1999 Ä. Ñame".utf8) + [0], true),
        ] as [([UInt8], Bool)])
    func noise(_ bytes: [UInt8], hasWords: Bool) {
        var words = Words()
        let file = [0, 1, 2, 3] + bytes + [UInt8](repeating: 0, count: 16)
        file.withUnsafeBytes { words.read($0, role: .other) }
        #expect(words.hasLicenseWords == hasWords)
    }

    @Test("no bytes make it trap, and limits hold", arguments: 0..<40)
    func survives(_ seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let pieces = [
            "<p", "<a href=", "\\", "\\'", "&", "&#", "&amp", "{\\rtf", "{\\*", "](", "://", "@", "@code{",
            "-\n", "\u{C2}",
            "'", "\"", "1.", "(a)", "license", "C\n", "\u{E2}\u{80}", "copyright (c)", "\n\n", "x", " ",
            "non-", "\u{0}",
        ]
        var bytes: [UInt8] = []
        for _ in 0..<200 {
            bytes += Array(random.element(of: pieces).utf8)
            if random.oneIn(5) { bytes.append(UInt8(truncatingIfNeeded: random.next())) }
        }
        bytes.withUnsafeBytes { buffer in
            var words = Words()
            for role in FileRole.allCases {
                unsafe words.read(buffer, role: role)
                var last = 0
                for index in words.indices {
                    #expect(Int(words[index].start) >= last && Int(words[index].end) <= bytes.count)
                    last = Int(words[index].end)
                }
            }
        }
    }
}
