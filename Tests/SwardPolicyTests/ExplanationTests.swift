// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardPolicy
import SwardSPDX
import Testing

@Suite("License explanation") struct ExplanationTests {
    private func explain(_ text: String) throws -> LicenseExplanation {
        LicenseExplanation(try LicenseExpression.parse(text))
    }

    @Test("keeps the structure of choices, and replaces old names")
    func structure() throws {
        let explanation = try explain("GPL-2.0+ OR (MIT AND CC-BY-4.0)")
        #expect(explanation.expression == "GPL-2.0+ OR MIT AND CC-BY-4.0")
        #expect(explanation.normalized == "GPL-2.0-or-later OR MIT AND CC-BY-4.0")
        let alternatives = try #require(explanation.alternatives)
        #expect(
            alternatives.map { $0.licenses.map(\.identifier) } == [
                ["GPL-2.0-or-later"], ["CC-BY-4.0", "MIT"],
            ])
        #expect(alternatives.map(\.commons) == [.protected, .open])
        #expect(alternatives.map(\.redistribution) == [.permitted, .permitted])
        #expect(explanation.licenses.map(\.identifier) == ["GPL-2.0-or-later", "MIT", "CC-BY-4.0"])
    }

    @Test("says of terms together what none says alone")
    func together() throws {
        let alternative = try #require(
            try explain("AGPL-3.0-only AND LicenseRef-Commons-Clause").alternatives?.first)
        #expect(alternative.redistribution == .notPermitted && alternative.commons == .enclosed)
        #expect(alternative.findings.map(\.kind) == [.contradictoryTerms])
    }

    @Test("of every license in the table says what one may do, each act at most once with the same words")
    func statements() {
        for facts in LicenseFacts.all {
            let statements = facts.statements
            #expect(!statements.isEmpty && Set(statements).count == statements.count, "\(facts.identifier)")
            let maySharing = statements.contains { $0.act == .share && $0.modality == .may }
            #expect(maySharing == (facts.redistribution != .no), "\(facts.identifier)")
            #expect(
                statements.allSatisfy { !$0.text.hasSuffix(".") && $0.clause != "" }, "\(facts.identifier)")
        }
    }

    @Test("cites the clauses that decide")
    func clauses() throws {
        let gpl = try #require(try explain("GPL-3.0-or-later").licenses.first?.facts)
        let source = try #require(gpl.statements.first { $0.act == .shareObjectCode })
        #expect(source.modality == .must && source.clause == "GPL-3.0 §6(a)–(e)")
        #expect(
            gpl.statements.contains {
                $0.act == .addTerms && $0.modality == .mustNot && $0.clause == "GPL-3.0 §7, §10"
            })
        let duties = gpl.duties(for: .shareObjectCode)
        #expect(
            duties.contains { $0.act == .share } && duties.contains(source)
                && !duties.contains { $0.act == .change })
        let nd = try #require(try explain("CC-BY-ND-4.0").licenses.first?.facts)
        #expect(
            nd.duties(for: .change).contains {
                $0.modality == .mustNot && $0.clause == "CC-BY-ND-4.0 §2(a)(1)(B)"
            })
    }

    static let misspellings: [(text: String, meant: String)] = [
        ("GPLv3", "GPL-3.0-only"), ("GPL-3", "GPL-3.0-only"), ("Apache-2", "Apache-2.0"),
        ("apache2.0", "Apache-2.0"),
        ("MTI", "MIT"), ("CC-BY-SA", "CC-BY-SA-4.0"), ("BSD-3-Clauses", "BSD-3-Clause"),
        ("CC-BY-4", "CC-BY-4.0"),
        ("AGPLv3", "AGPL-3.0-only"), ("Unlicence", "Unlicense"),
    ]

    @Test("suggests what an unknown name may have meant", arguments: misspellings)
    func suggestions(_ row: (text: String, meant: String)) throws {
        let sheet = try #require(try explain(row.text).licenses.first)
        #expect(sheet.facts == nil)
        #expect(sheet.suggestions.contains(row.meant), "\(sheet.suggestions)")
    }

    @Test(
        "suggests nothing for names that are known, own, or like nothing",
        arguments: ["MIT", "LicenseRef-GPLv3", "Qwertyuiop-Asdf"])
    func noSuggestions(_ text: String) throws {
        #expect(try explain(text).licenses.first?.suggestions.isEmpty == true)
    }

    @Test("suggests exceptions after WITH")
    func exceptions() throws {
        let sheet = try #require(try explain("GPL-2.0-only WITH Classpath-exeption-2.0").licenses.first)
        #expect(sheet.suggestions.first == "Classpath-exception-2.0")
    }

    @Test("too many choices are not listed, but their licenses are")
    func tooMany() throws {
        let explanation = try explain((0..<20).map { "(A\($0) OR B\($0))" }.joined(separator: " AND "))
        #expect(explanation.alternatives == nil)
        #expect(explanation.licenses.count == 40)
    }

    @Test("a list is filtered by category, approval, age and name")
    func list() {
        let network = LicenseQuery(category: .networkCopyleft, isOSIApproved: true, isDeprecated: false)
            .entries()
        let names = network.map(\.listed.identifier)
        #expect(
            names.contains("AGPL-3.0-only") && !names.contains("AGPL-3.0") && !names.contains("AGPL-1.0-only")
        )
        #expect(
            LicenseQuery(isDeprecated: true).entries().contains {
                $0.listed.identifier == "GPL-2.0+" && $0.facts?.identifier == "GPL-2.0-or-later"
            })
        #expect(
            LicenseQuery(text: "free ART").entries().map(\.listed.identifier).contains("LAL-1.3")
                || LicenseQuery(text: "Licence Art Libre").entries().count == 2)
        #expect(LicenseQuery(kind: .exception).entries().allSatisfy { $0.facts == nil })
        #expect(LicenseQuery().entries().count == Array(LicenseList.all).count)
        #expect(LicenseQuery(isKnown: true).entries().count > 550)
    }
}
