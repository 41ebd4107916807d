// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Support
import SwardSPDX
import Testing

@Suite("Normalization of license expressions") struct NormalizationTests {
    static let mappings: [(text: String, current: String)] = [
        ("GPL-2.0", "GPL-2.0-only"),
        ("GPL-2.0+", "GPL-2.0-or-later"),
        ("gpl-1.0+", "GPL-1.0-or-later"),
        ("LGPL-2.1", "LGPL-2.1-only"),
        ("LGPL-3.0+", "LGPL-3.0-or-later"),
        ("AGPL-1.0+", "AGPL-1.0-or-later"),
        ("GFDL-1.2+", "GFDL-1.2-or-later"),
        ("GPL-3.0-or-later+", "GPL-3.0-or-later"),
        ("GPL-2.0-only+", "GPL-2.0-only+"),
        ("GPL-2.0-with-classpath-exception", "GPL-2.0-only WITH Classpath-exception-2.0"),
        ("GPL-2.0-with-classpath-exception+", "GPL-2.0-or-later WITH Classpath-exception-2.0"),
        ("GPL-2.0-with-GCC-exception", "GPL-2.0-only WITH GCC-exception-2.0"),
        ("GPL-2.0-with-font-exception+", "GPL-2.0-or-later WITH Font-exception-2.0"),
        ("GPL-3.0-with-autoconf-exception", "GPL-3.0-only WITH Autoconf-exception-3.0"),
        ("GPL-2.0+ WITH Bison-exception-2.2", "GPL-2.0-or-later WITH Bison-exception-2.2"),
        (
            "GPL-2.0-with-font-exception WITH Font-exception-2.0",
            "GPL-2.0-with-font-exception WITH Font-exception-2.0"
        ),
        ("LGPL-2.1 WITH Nokia-Qt-exception-1.1", "LGPL-2.1-only WITH Qt-LGPL-exception-1.1"),
        ("eCos-2.0", "GPL-2.0-or-later WITH eCos-exception-2.0"),
        ("wxWindows", "GPL-2.0-or-later WITH WxWindows-exception-3.1"),
        ("Nunit", "zlib-acknowledgement"),
        ("StandardML-NJ", "SMLNJ"),
        ("BSD-2-Clause-FreeBSD", "BSD-2-Clause-Views"),
        ("BSD-2-Clause-NetBSD", "BSD-2-Clause"),
        ("bzip2-1.0.5", "bzip2-1.0.6"),
        ("Net-SNMP", "MIT-CMU AND BSD-3-Clause"),
        ("MIT OR Net-SNMP", "MIT OR MIT-CMU AND BSD-3-Clause"),
        ("Net-SNMP AND MIT", "MIT-CMU AND BSD-3-Clause AND MIT"),
        ("Apache-2.0+", "Apache-2.0+"),
        ("MPL-1.1 OR GPL-2.0+ OR LGPL-2.1+", "MPL-1.1 OR GPL-2.0-or-later OR LGPL-2.1-or-later"),
    ]

    @Test("maps what is deprecated and leaves the rest", arguments: mappings)
    func maps(_ row: (text: String, current: String)) throws {
        let normalized = try LicenseExpression.parse(row.text).normalized
        #expect(normalized.description == row.current)
        #expect(normalized.normalized == normalized)
    }

    @Test("leaves no deprecated identifier of the list unmapped")
    func mapsAll() throws {
        for entry in LicenseList.all where entry.isDeprecated && entry.kind == .license {
            let normalized = try LicenseExpression.parse(entry.identifier).normalized
            for term in normalized.terms {
                #expect(term.license.listed.map { !$0.isDeprecated } == true, "\(entry.identifier): \(term)")
                #expect(
                    term.exception.map { $0.listed?.isDeprecated == false } != false,
                    "\(entry.identifier): \(term)")
            }
        }
    }

    static let equivalences: [(a: String, b: String, same: Bool)] = [
        ("MIT OR ISC", "ISC OR MIT", true),
        ("MIT AND MIT", "MIT", true),
        ("GPL-2.0+", "GPL-2.0-or-later", true),
        ("(MIT OR ISC) AND Zlib", "Zlib AND (ISC OR MIT)", true),
        ("MIT AND ISC", "MIT OR ISC", false),
        ("GPL-2.0", "GPL-2.0+", false),
        ("GPL-2.0-only", "GPL-2.0-only WITH GCC-exception-2.0", false),
        ("LicenseRef-a", "LicenseRef-A", false),
        ("LicenseRef-a", "DocumentRef-d:LicenseRef-a", false),
    ]

    @Test("equality is up to order, repetition and old names", arguments: equivalences)
    func equivalence(_ row: (a: String, b: String, same: Bool)) throws {
        let (a, b) = (try LicenseExpression.parse(row.a), try LicenseExpression.parse(row.b))
        #expect(a.isEquivalent(to: b) == row.same)
        #expect(b.isEquivalent(to: a) == row.same)
    }

    static let choices: [(text: String, choices: [String])] = [
        ("MIT", ["MIT"]),
        ("MIT OR ISC", ["MIT", "ISC"]),
        ("MIT AND ISC", ["ISC AND MIT"]),
        ("(MIT OR ISC) AND Zlib", ["MIT AND Zlib", "ISC AND Zlib"]),
        ("MIT OR MIT AND ISC", ["MIT"]),
        ("MIT OR MIT", ["MIT"]),
        ("(A OR B) AND (A OR C)", ["A", "B AND C"]),
    ]

    @Test("choices are the ways to accept the terms", arguments: choices)
    func listsChoices(_ row: (text: String, choices: [String])) throws {
        #expect(try LicenseExpression.parse(row.text).choices()?.map(\.description) == row.choices)
    }

    @Test("choices that explode are refused, not computed")
    func choicesAreCapped() throws {
        let pairs = (0..<100).map { "(A\($0) OR B\($0))" }.joined(separator: " AND ")
        #expect(try LicenseExpression.parse(pairs).choices() == nil)
        let many = (0..<256).map { "A\($0)" }.joined(separator: " OR ")
        #expect(try LicenseExpression.parse(many).choices()?.count == 256)
        #expect(try LicenseExpression.parse(many + " OR B").choices() == nil)
    }

    @Test(
        "random expressions survive printing, and equal themselves shuffled",
        arguments: 0..<200 as Range<UInt64>)
    func roundTrip(_ seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let node = Self.node(depth: 5, &random)
        let expression = LicenseExpression(node)
        let text = expression.description
        guard text.utf8.count <= LicenseExpression.maximumLength else { return }
        #expect(try LicenseExpression.parse(text) == expression)
        let shuffled = LicenseExpression(Self.shuffled(node, &random))
        #expect(try LicenseExpression.parse(shuffled.description).isEquivalent(to: expression))
        #expect(
            expression.isEquivalent(
                to: LicenseExpression(.all([node, .term(LicenseTerm(LicenseReference("Never-Used")))])))
                == false)
    }

    @Test(
        "random bytes never crash the parser, and every offset lies within the text",
        arguments: 0..<300 as Range<UInt64>)
    func garbage(_ seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let words = [
            "MIT", "AND", "OR", "WITH", "(", ")", "+", " ", "LicenseRef-", "DocumentRef-a:", ":", "é",
            "GPL-2.0",
        ]
        let text = (0..<Int.random(in: 0...40, using: &random)).map { _ in
            words.randomElement(using: &random)!
        }.joined()
        do {
            let expression = try LicenseExpression.parse(text)
            #expect(throws: Never.self) { try LicenseExpression.parse(expression.description) }
        } catch {
            #expect(0...text.utf8.count ~= error.offset)
        }
    }

    private static func node(depth: Int, _ random: inout SplitMix64) -> LicenseExpression.Node {
        switch depth > 0 ? Int.random(in: 0..<5, using: &random) : 0 {
        case 1, 2:
            .all((0..<Int.random(in: 2...4, using: &random)).map { _ in node(depth: depth - 1, &random) })
        case 3, 4:
            .any((0..<Int.random(in: 2...4, using: &random)).map { _ in node(depth: depth - 1, &random) })
        default: .term(terms.randomElement(using: &random)!)
        }
    }

    private static func shuffled(
        _ node: LicenseExpression.Node, _ random: inout SplitMix64
    ) -> LicenseExpression.Node {
        switch node {
        case .term: node
        case .and(let parts): .all(parts.shuffled(using: &random).map { shuffled($0, &random) })
        case .or(let parts): .any(parts.shuffled(using: &random).map { shuffled($0, &random) })
        }
    }

    private static let terms: [LicenseTerm] = [
        LicenseTerm(LicenseReference("MIT")), LicenseTerm(LicenseReference("GPL-2.0", isOrLater: true)),
        LicenseTerm(LicenseReference("GPL-2.0-only"), with: ExceptionReference("Classpath-exception-2.0")),
        LicenseTerm(LicenseReference("LicenseRef-own")), LicenseTerm(LicenseReference("Unheard-Of")),
        LicenseTerm(LicenseReference("LicenseRef-own", document: "doc")),
        LicenseTerm(
            LicenseReference("CC-BY-SA-4.0"), with: ExceptionReference("AdditionRef-a", document: "d")),
    ]
}
