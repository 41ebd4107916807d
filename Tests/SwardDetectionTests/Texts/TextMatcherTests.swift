// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Support
import Testing

@testable import SwardDetection

@Suite("Full texts and standard headers") struct TextMatcherTests {
    static func matches(_ text: String, role: FileRole = .licenseText) -> [TextMatch] {
        var matcher = TextMatcher()
        var text = text
        return text.withUTF8 { buffer in
            var words = Words()
            unsafe words.read(UnsafeRawBufferPointer(buffer), role: role)
            return matcher.matches(in: words)
        }
    }

    /// The first template of a license's text.
    static func template(_ expression: String, isHeader: Bool = false) throws -> Template {
        let index = TextIndex.shared
        let found = (0..<index.templateCount).map { index.template($0) }
            .first { index.expression($0) == expression && $0.isHeader == isHeader }
        return try #require(found)
    }

    static func text(_ expression: String, isHeader: Bool = false) throws -> [String] {
        var rendering = TemplateRendering(random: SplitMix64(seed: 1))
        return rendering.words(try template(expression, isHeader: isHeader).number, .whole)
    }

    /// Licenses whose texts are equal but for a title, a port or a name: any of them is right.
    static func base(_ expression: String) -> String {
        var name = expression
        for part in ["-no-invariants", "-invariants", "-no-RFN", "-RFN", "-no-copyleft-exception"] {
            name = name.replacingOccurrences(of: part, with: "")
        }
        name = name.replacingOccurrences(of: "CAL-1.0-Combined-Work-Exception", with: "CAL-1.0")
        if let with = name.range(of: " WITH ") { name = String(name[with.upperBound...]) }
        return ["OLDAP-1.1", "OLDAP-1.2", "NBPL-1.0"].contains(name) ? "NBPL-1.0" : name
    }

    @Test(
        "a text of Creative Commons without its preamble is that text, not one of its kin",
        arguments: ["BY", "BY-SA", "BY-NC", "BY-ND", "BY-NC-SA", "BY-NC-ND"])
    func creativeCommons(_ elements: String) throws {
        let words = try Self.text("CC-\(elements)-4.0")
        let first = ["exercising", "the", "licensed", "rights"]
        let start = try #require(
            words.indices.first { Array(words[$0...].prefix(4)).map { $0.lowercased() } == first })
        let names = ["BY": "Attribution", "NC": "NonCommercial", "ND": "NoDerivatives", "SA": "ShareAlike"]
        let title = elements.split(separator: "-").compactMap { names[String($0)] }.joined(separator: "-")
        let text =
            "Creative Commons \(title) 4.0 International Public License\n\nBy "
            + words[start...].joined(separator: " ")
        #expect(Self.matches(text).map(\.expression) == ["CC-\(elements)-4.0"])
    }

    /// A fifth of the index each, so that they run side by side.
    @Test("the list's own text is found as itself, whatever its dress", arguments: 0..<5)
    func findsAll(_ part: Int) {
        let index = TextIndex.shared
        var rendering = TemplateRendering(random: SplitMix64(seed: UInt64(part)))
        var tried = 0
        var exact = 0
        var wrong: [String] = []
        for number in stride(from: part, to: index.templateCount, by: 5) {
            let template = index.template(number)
            guard !template.isHeader else { continue }
            let dress = rendering.random.element(of: TemplateRendering.Dress.allCases)
            let choice: TemplateRendering.Choice = rendering.random.oneIn(2) ? .whole : .random
            let found = Self.matches(rendering.dressed(rendering.words(number, choice), dress))
            let wanted = index.expression(template)
            tried += 1
            if Set(found.map { Self.base($0.expression) }) == [Self.base(wanted)] {
                if found.count == 1, found[0].score == 100 { exact += 1 }
            } else {
                wrong.append("\(wanted): \(found.map(\.expression))")
            }
        }
        #expect(wrong.count * 100 <= tried, "\(wrong)")
        #expect(exact * 100 >= tried * 93, "\(exact) of \(tried)")
    }

    @Test("three words in a hundred may differ", arguments: 0..<4)
    func findsNoisy(_ part: Int) {
        let index = TextIndex.shared
        var rendering = TemplateRendering(random: SplitMix64(seed: UInt64(77 + part)))
        var tried = 0
        var wrong: [String] = []
        for number in stride(from: part * 3, to: index.templateCount, by: 12) {
            let template = index.template(number)
            guard !template.isHeader, template.count > 60 else { continue }
            let words = rendering.noisy(rendering.words(number, .whole), odds: 33)
            let found = Self.matches(rendering.dressed(words, .wrapped))
            let wanted = index.expression(template)
            tried += 1
            if Set(found.map { Self.base($0.expression) }) != [Self.base(wanted)] {
                wrong.append("\(wanted): \(found.map(\.expression))")
            }
        }
        #expect(wrong.count * 25 <= tried, "\(wrong)")
    }

    static let near = [
        ("MIT", "X11"), ("BSD-2-Clause", "BSD-3-Clause"), ("BSD-3-Clause", "BSD-4-Clause"), ("ISC", "0BSD"),
        ("Apache-1.0", "Apache-1.1"), ("Zlib", "zlib-acknowledgement"), ("LGPL-2.0-only", "LGPL-2.1-only"),
        ("GPL-3.0-only", "AGPL-3.0-only"), ("CC-BY-4.0", "CC-BY-NC-4.0"), ("CC-BY-SA-3.0", "CC-BY-SA-3.0-DE"),
        ("OSL-3.0", "NPOSL-3.0"), ("Artistic-1.0", "Artistic-1.0-Perl"), ("MPL-1.0", "MPL-1.1"),
        ("BSD-3-Clause", "BSD-3-Clause-Clear"), ("MIT", "MIT-0"), ("MIT", "JSON"), ("EPL-1.0", "CPL-1.0"),
        ("Python-2.0", "PSF-2.0"), ("OpenSSL", "BSD-4-Clause"), ("HPND", "MIT-CMU"),
    ]

    @Test("near relatives are told apart", arguments: near)
    func tells(_ pair: (String, String)) throws {
        for expression in [pair.0, pair.1] {
            let found = Self.matches(try Self.text(expression).joined(separator: " "))
            #expect(found.map(\.expression) == [expression])
            #expect(found.first?.score == 100)
        }
    }

    @Test("several texts in one file are each found, copies too")
    func findsSeveral() throws {
        let names = ["MIT", "BSD-3-Clause", "BSD-3-Clause", "Apache-2.0", "ISC", "Zlib", "MIT"]
        let text = try names.map { try Self.text($0).joined(separator: " ") }.joined(
            separator: "\n\n----\n\nAnd this:\n")
        let found = Self.matches(text)
        #expect(found.map(\.expression) == names)
        #expect(found.count { $0.isExact } == names.count)
    }

    static let appended = ["GPL-1.0-only", "GPL-2.0-only", "GPL-3.0-only", "LGPL-2.0-only", "LGPL-2.1-only"]

    @Test("texts without their appendices, one behind the other, are each found", arguments: appended)
    func findsBare(_ first: String) throws {
        var rendering = TemplateRendering(random: SplitMix64(seed: 1))
        for second in Self.appended where second != first {
            let texts = try [first, second].map {
                rendering.words(try Self.template($0).number, .bare).joined(separator: " ")
            }
            let found = Self.matches(texts.joined(separator: "\n\n\n"))
            #expect(found.map(\.expression) == [first, second])
        }
    }

    @Test("a notice within a license's appendix is not reported")
    func keepsAppendix() throws {
        for name in ["GPL-2.0-only", "GPL-3.0-only", "Apache-2.0", "LGPL-2.1-only"] {
            let text = try Self.text(name).joined(separator: " ")
            #expect(Self.matches(text).map(\.expression) == [name])
        }
    }

    @Test("a text cut off at its end is found, with what it lacks")
    func findsCut() throws {
        let words = try Self.text("GPL-2.0-only")
        let found = Self.matches(words.prefix(1_800).joined(separator: " "))
        #expect(found.map(\.expression) == ["GPL-2.0-only"])
        let match = try #require(found.first)
        #expect(match.missingAtEnd > 300 && match.missingAtStart == 0)
        #expect(match.score < 100)
    }

    @Test("what differs is told word by word")
    func tellsDifferences() throws {
        var words = try Self.text("BSD-2-Clause")
        let at = try #require(words.firstIndex(of: "reproduce"))
        words[at] = "mention"
        words.insert(contentsOf: ["never", "commercially"], at: at + 20)
        let match = try #require(Self.matches(words.joined(separator: " ")).first)
        #expect(match.expression == "BSD-2-Clause")
        #expect(match.score < 90)
        #expect(match.differences.map(\.missing) == [["reproduce"], []])
        #expect(match.differences.map(\.words.count) == [1, 2])
    }

    @Test("a header with another version is not taken for this one")
    func refusesHeader() throws {
        var words = try Self.text("GPL-3.0-or-later", isHeader: true)
        #expect(Self.matches(words.joined(separator: " ")).map(\.expression) == ["GPL-3.0-or-later"])
        let at = try #require(words.firstIndex(of: "3"))
        words[at] = "4"
        #expect(Self.matches(words.joined(separator: " ")).isEmpty)
    }

    @Test("prose about licenses is no license")
    func quiet() {
        let prose = """
            This page tells how to choose a license. Permission is what a license gives; without one all rights are
            reserved. You may copy the software only if its license says so, and the warranty is disclaimed in most.
            """
        #expect(Self.matches(prose).isEmpty)
        #expect(Self.matches("").isEmpty)
        #expect(Self.matches("license").isEmpty)
    }

    @Test("no bytes make it trap", arguments: 0..<12)
    func survives(_ seed: UInt64) {
        var rendering = TemplateRendering(random: SplitMix64(seed: seed))
        var words: [String] = []
        while words.count < 6_000 {
            let part = rendering.words(rendering.random.below(TextIndex.shared.templateCount), .random)
            let start = rendering.random.below(max(1, part.count))
            words += part.dropFirst(start).prefix(5 + rendering.random.below(120))
        }
        for match in Self.matches(words.joined(separator: " ")) {
            #expect((0...100).contains(match.score))
            #expect(match.words.upperBound < words.count * 2)
        }
    }

    @Test(
        "the system's own copies are found",
        arguments: [
            ("Apache-2.0", "Apache-2.0"), ("Artistic", "Artistic-1.0-Perl"), ("BSD", "BSD-3-Clause"),
            ("CC0-1.0", "CC0-1.0"), ("GFDL-1.2", "GFDL-1.2-only"), ("GFDL-1.3", "GFDL-1.3-only"),
            ("GPL-1", "GPL-1.0-only"), ("GPL-2", "GPL-2.0-only"), ("GPL-3", "GPL-3.0-only"),
            ("LGPL-2", "LGPL-2.0-only"), ("LGPL-2.1", "LGPL-2.1-only"), ("LGPL-3", "LGPL-3.0-only"),
            ("MPL-1.1", "MPL-1.1"), ("MPL-2.0", "MPL-2.0"),
        ])
    func findsSystem(_ row: (file: String, expression: String)) throws {
        guard
            let text = try? String(contentsOfFile: "/usr/share/common-licenses/\(row.file)", encoding: .utf8)
        else {
            return
        }
        let found = Self.matches(text)
        #expect(found.map(\.expression) == [row.expression])
        #expect((found.first?.score ?? 0) >= 97)
    }
}

@Suite("What no license text explains") struct ResidueTests {
    static func residue(_ text: String) -> [Residue] {
        var matcher = TextMatcher()
        var text = text
        return text.withUTF8 { buffer in
            var words = Words()
            unsafe words.read(UnsafeRawBufferPointer(buffer), role: .licenseText)
            return ResidueReader.residue(words, covered: [], matches: matcher.matches(in: words))
        }
    }

    @Test("a plain license with title and notice leaves nothing")
    func plain() throws {
        let text = "Foo\nThe MIT License (MIT)\n\nCopyright (c) 2020 Jane Doe. All rights reserved.\n\n"
        let license = try TextMatcherTests.text("MIT").joined(separator: " ")
        #expect(Self.residue(text + license).isEmpty)
    }

    @Test("a rider before a license shows, with its words of permission counted")
    func rider() throws {
        let rider = "You may not sell the software, and no commercial service may be built with it.\n\n"
        let found = Self.residue(rider + (try TextMatcherTests.text("BSD-3-Clause").joined(separator: " ")))
        let residue = try #require(found.first)
        #expect(found.count == 1)
        #expect(residue.words.hasPrefix("You may not sell"))
        #expect(residue.licenseWordCount >= 4)
        #expect(residue.lines == 1...1)
        #expect(residue.bytes.lowerBound == 0)
    }

    @Test("words slipped into a license show")
    func inside() throws {
        var words = try TextMatcherTests.text("BSD-3-Clause")
        let at = try #require(words.firstIndex(of: "permitted"))
        words.insert(contentsOf: ["for", "noncommercial", "purposes", "only"], at: at + 1)
        #expect(
            Self.residue(words.joined(separator: " ")).map(\.words) == ["for noncommercial purposes only"])
    }
}
