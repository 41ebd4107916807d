// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardPolicy
import SwardSPDX
import Testing

/// A work whose only part is under `expression`, with every duty that a manifest can meet met.
func complete(_ expression: String, objectCode: Bool = false) -> WorkTerms {
    let texts = (try? LicenseExpression.parse(expression).normalized.textIdentifiers) ?? []
    return WorkTerms(
        expression: expression,
        parts: [.init(expression: expression, fileCount: 3, sampleFile: "a", containsObjectCode: objectCode)],
        texts: Set(texts), copyright: ["2026 A. Name"], title: "Work", creators: ["A. Name"])
}

@Suite("Verdict") struct VerdictTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let expression: String
        let redistribution: Redistribution
        let commons: Commons?
        var kinds: Set<Finding.Kind> = []
        var isNoncommercial = false
        var testDescription: String { expression + (isNoncommercial ? " (noncommercial)" : "") }
    }

    static let rows: [Row] = [
        Row(expression: "MIT", redistribution: .permitted, commons: .open),
        Row(expression: "CC0-1.0", redistribution: .permitted, commons: .open),
        Row(expression: "GPL-3.0-or-later", redistribution: .permitted, commons: .protected),
        Row(expression: "GPL-2.0+", redistribution: .permitted, commons: .protected),
        Row(expression: "CC-BY-SA-4.0", redistribution: .permitted, commons: .protected),
        Row(expression: "CC-BY-4.0", redistribution: .permitted, commons: .open),
        Row(expression: "OFL-1.1", redistribution: .permitted, commons: .protected),
        Row(expression: "MIT AND GPL-2.0-only", redistribution: .permitted, commons: .protected),
        Row(expression: "MIT AND Apache-2.0", redistribution: .permitted, commons: .open),
        Row(expression: "CC-BY-ND-4.0", redistribution: .permitted, commons: .restricted),
        Row(expression: "BUSL-1.1", redistribution: .permitted, commons: .restricted),
        Row(expression: "SSPL-1.0", redistribution: .permitted, commons: .restricted),
        Row(
            expression: "CC-BY-NC-SA-4.0", redistribution: .noncommercialOnly, commons: .restricted,
            kinds: [.noncommercialOnly]),
        Row(
            expression: "CC-BY-NC-SA-4.0", redistribution: .noncommercialOnly, commons: .restricted,
            kinds: [.noncommercialOnly], isNoncommercial: true),
        Row(
            expression: "PolyForm-Small-Business-1.0.0", redistribution: .needsReview, commons: .restricted,
            kinds: [.limitedGrant]),
        Row(
            expression: "LicenseRef-all-rights-reserved", redistribution: .notPermitted, commons: .restricted,
            kinds: [.noGrant]),
        Row(
            expression: "LicenseRef-proprietary", redistribution: .notPermitted, commons: .restricted,
            kinds: [.noGrant]),
        Row(expression: "NONE", redistribution: .notPermitted, commons: .restricted, kinds: [.noGrant]),
        Row(expression: "NOASSERTION", redistribution: .needsReview, commons: nil, kinds: [.unknownLicense]),
        Row(
            expression: "LicenseRef-own", redistribution: .needsReview, commons: nil, kinds: [.unknownLicense]
        ),
        Row(
            expression: "GPL-2.0-only WITH Unheard-Of", redistribution: .needsReview, commons: nil,
            kinds: [.unknownException]),
        Row(
            expression: "GPL-2.0-only+", redistribution: .needsReview, commons: nil, kinds: [.unknownLicense]),
        // AND binds all.
        Row(
            expression: "MIT AND LicenseRef-own", redistribution: .needsReview, commons: nil,
            kinds: [.unknownLicense]),
        Row(
            expression: "MIT AND CC-BY-NC-4.0", redistribution: .noncommercialOnly, commons: .restricted,
            kinds: [.noncommercialOnly]),
        Row(
            expression: "MIT AND LicenseRef-proprietary", redistribution: .notPermitted, commons: .restricted,
            kinds: [.noGrant]),
        // OR is a choice.
        Row(
            expression: "LicenseRef-own OR MIT", redistribution: .permitted, commons: .open,
            kinds: [.choiceMade]),
        Row(
            expression: "LicenseRef-proprietary OR GPL-3.0-only", redistribution: .permitted,
            commons: .protected, kinds: [.choiceMade]),
        Row(
            expression: "CC-BY-NC-4.0 OR CC-BY-SA-4.0", redistribution: .permitted, commons: .protected,
            kinds: [.choiceMade], isNoncommercial: true),
        Row(
            expression: "CC-BY-NC-4.0 OR LicenseRef-own", redistribution: .noncommercialOnly,
            commons: .restricted, kinds: [.choiceMade, .noncommercialOnly]),
        Row(
            expression: "(MIT OR LicenseRef-proprietary) AND GPL-2.0-only", redistribution: .permitted,
            commons: .protected, kinds: [.choiceMade]),
        // Enclosure by added terms.
        Row(
            expression: "GPL-3.0-only AND LicenseRef-Commons-Clause", redistribution: .notPermitted,
            commons: .enclosed, kinds: [.contradictoryTerms]),
        Row(
            expression: "Apache-2.0 AND LicenseRef-Commons-Clause", redistribution: .permitted,
            commons: .enclosed, kinds: [.riderOnFreeLicense]),
        Row(
            expression: "LicenseRef-Commons-Clause", redistribution: .needsReview, commons: .restricted,
            kinds: [.limitedGrant]),
        Row(
            expression: "GPL-3.0-only AND CC-BY-NC-4.0", redistribution: .needsReview, commons: .enclosed,
            kinds: [.contradictoryTerms, .noncommercialOnly]),
        // What cannot be read is never a pass.
        Row(expression: "", redistribution: .needsReview, commons: nil, kinds: [.noTerms]),
        Row(
            expression: "MIT and ISC", redistribution: .needsReview, commons: nil,
            kinds: [.unreadableExpression]),
        Row(
            expression: "MIT AND (", redistribution: .needsReview, commons: nil,
            kinds: [.unreadableExpression]),
        Row(
            expression: (0..<20).map { "(A\($0) OR B\($0))" }.joined(separator: " AND "),
            redistribution: .needsReview, commons: nil, kinds: [.tooManyChoices]),
    ]

    @Test("follows from the declared terms", arguments: rows)
    func verdicts(_ row: Row) {
        let verdict = Verdict.judge(
            complete(row.expression), operator: .init(isNoncommercial: row.isNoncommercial))
        #expect(verdict.redistribution == row.redistribution)
        #expect(verdict.commons == row.commons)
        #expect(Set(verdict.findings.map(\.kind)) == row.kinds)
        #expect(verdict.parts.count == 1)
    }

    struct Duty: Sendable, CustomTestStringConvertible {
        let expression: String
        let clauses: [String?]
        let kinds: [Finding.Kind]
        var testDescription: String { expression }
    }

    static let bare: [Duty] = [
        Duty(expression: "0BSD", clauses: [], kinds: []),
        Duty(expression: "CC0-1.0", clauses: [], kinds: []),
        Duty(expression: "MIT", clauses: ["MIT ¶2", "MIT ¶2"], kinds: [.textMissing, .noticeMissing]),
        Duty(expression: "CC-BY-4.0", clauses: ["CC-BY-4.0 §3(a)(1)(A)"], kinds: [.attributionMissing]),
        Duty(expression: "CC-BY-SA-3.0", clauses: ["CC-BY-SA-3.0 §4(c)"], kinds: [.attributionMissing]),
        Duty(
            expression: "GPL-3.0-or-later", clauses: ["GPL-3.0 §4", "GPL-3.0 §4"],
            kinds: [.textMissing, .noticeMissing]),
        Duty(
            expression: "GPL-2.0-only WITH Classpath-exception-2.0",
            clauses: ["GPL-2.0 §1", "GPL-2.0 §1", "GPL-2.0 §1"],
            kinds: [.textMissing, .textMissing, .noticeMissing]),
        Duty(expression: "MPL-2.0", clauses: ["MPL-2.0 §3.4"], kinds: [.noticeMissing]),
        Duty(expression: "Zlib", clauses: [], kinds: []),
        Duty(expression: "LicenseRef-public-domain", clauses: [nil], kinds: [.textMissing]),
        // The branch with the fewest open duties is chosen.
        Duty(expression: "MIT OR 0BSD", clauses: [nil], kinds: [.choiceMade]),
    ]

    @Test("names each duty that a bare manifest leaves open, with its clause", arguments: bare)
    func openDuties(_ row: Duty) {
        let terms = WorkTerms(
            expression: row.expression,
            parts: [.init(expression: row.expression, fileCount: 1, sampleFile: "a")])
        let verdict = Verdict.judge(terms, operator: .init())
        #expect(verdict.findings.map(\.kind) == row.kinds)
        #expect(verdict.findings.map(\.clause) == row.clauses)
        #expect(verdict.openDuties.allSatisfy { $0.cure != nil })
        #expect(
            verdict.redistribution == (verdict.openDuties.isEmpty ? .permitted : .permittedWithDutiesOpen))
    }

    @Test(
        "takes one text for all grants of it",
        arguments: ["GPL-3.0-or-later", "GPL-3.0-only", "GPL-3.0", "gpl-3.0+"])
    func sharedText(_ identifier: String) {
        var terms = complete("GPL-3.0-only")
        terms.texts = [identifier]
        #expect(Verdict.judge(terms, operator: .init()).redistribution == .permitted)
        terms.texts = ["GPL-2.0-only", "LGPL-3.0-only"]
        #expect(Verdict.judge(terms, operator: .init()).openDuties.map(\.kind) == [.textMissing])
    }

    struct ObjectCode: Sendable, CustomTestStringConvertible {
        let expression: String
        var hasOffer = false
        var hasSource = false
        let redistribution: Redistribution
        let commons: Commons
        let kinds: [Finding.Kind]
        var clause: String?
        var testDescription: String { "\(expression) offer:\(hasOffer) source:\(hasSource)" }
    }

    static let objectCode: [ObjectCode] = [
        ObjectCode(
            expression: "GPL-3.0-only", redistribution: .permittedWithDutiesOpen, commons: .enclosed,
            kinds: [.sourceMissing], clause: "GPL-3.0 §6(d)–(e)"),
        ObjectCode(
            expression: "GPL-2.0-or-later", redistribution: .permittedWithDutiesOpen, commons: .enclosed,
            kinds: [.sourceMissing], clause: "GPL-2.0 §3"),
        ObjectCode(
            expression: "LGPL-2.1-only", redistribution: .permittedWithDutiesOpen, commons: .enclosed,
            kinds: [.sourceMissing], clause: "LGPL-2.1 §4, §6"),
        ObjectCode(
            expression: "MPL-2.0", redistribution: .permittedWithDutiesOpen, commons: .enclosed,
            kinds: [.sourceMissing], clause: "MPL-2.0 §3.2(a)"),
        ObjectCode(
            expression: "GPL-3.0-only", hasOffer: true, redistribution: .permitted, commons: .protected,
            kinds: []),
        ObjectCode(
            expression: "GPL-3.0-only", hasSource: true, redistribution: .permitted, commons: .protected,
            kinds: [.sourceUnproven], clause: "GPL-3.0 §6(d)–(e)"),
        ObjectCode(expression: "MIT", redistribution: .permitted, commons: .open, kinds: []),
        ObjectCode(expression: "CC-BY-SA-4.0", redistribution: .permitted, commons: .protected, kinds: []),
    ]

    @Test("wants source, or an offer of it, for object code under copyleft", arguments: objectCode)
    func sourceOffer(_ row: ObjectCode) {
        var terms = complete(row.expression, objectCode: true)
        if row.hasOffer { terms.correspondingSource = ["https://example.org/src.tar"] }
        terms.parts[0].containsSourceCode = row.hasSource
        let verdict = Verdict.judge(terms, operator: .init())
        #expect(verdict.redistribution == row.redistribution)
        #expect(verdict.commons == row.commons)
        #expect(verdict.findings.map(\.kind) == row.kinds)
        #expect(verdict.findings.first?.clause == row.clause)
    }

    struct Mix: Sendable, CustomTestStringConvertible {
        let work: String
        let parts: [String]
        let redistribution: Redistribution
        let commons: Commons?
        var testDescription: String { "\(work): \(parts.joined(separator: ", "))" }
    }

    static let mixes: [Mix] = [
        Mix(
            work: "GPL-3.0-only", parts: ["GPL-3.0-only", "MIT", "CC0-1.0"], redistribution: .permitted,
            commons: .protected),
        Mix(work: "GPL-3.0-only", parts: ["MIT", "CC0-1.0"], redistribution: .permitted, commons: .open),
        Mix(work: "MIT", parts: ["MIT", "GPL-3.0-only"], redistribution: .permitted, commons: .open),
        Mix(
            work: "GPL-3.0+", parts: ["GPL-3.0-or-later", "MIT"], redistribution: .permitted,
            commons: .protected),
        Mix(
            work: "GPL-3.0-only", parts: ["GPL-3.0-only", "CC-BY-NC-4.0"], redistribution: .noncommercialOnly,
            commons: .restricted),
        Mix(
            work: "GPL-3.0-only", parts: ["GPL-3.0-only", "LicenseRef-own"], redistribution: .needsReview,
            commons: nil),
        Mix(
            work: "GPL-3.0-only", parts: ["GPL-3.0-only", "LicenseRef-proprietary"],
            redistribution: .notPermitted, commons: .enclosed),
        Mix(
            work: "MIT", parts: ["MIT", "LicenseRef-proprietary"], redistribution: .notPermitted,
            commons: .restricted),
        Mix(work: "GPL-3.0-only", parts: [], redistribution: .permitted, commons: .protected),
        Mix(work: "not a license (", parts: ["MIT"], redistribution: .needsReview, commons: .open),
    ]

    @Test("of a work is the worst of its parts", arguments: mixes)
    func mixed(_ row: Mix) {
        var terms = complete(([row.work] + row.parts).first { $0.contains("GPL") } ?? "MIT")
        terms.expression = row.work
        terms.parts = row.parts.map { .init(expression: $0, fileCount: 1, sampleFile: "f") }
        for part in row.parts { terms.texts.formUnion(complete(part).texts) }
        let verdict = Verdict.judge(terms, operator: .init())
        #expect(verdict.redistribution == row.redistribution)
        #expect(verdict.commons == row.commons)
    }

    struct Derivation: Sendable, CustomTestStringConvertible {
        let source: String?
        let work: String
        var isModified = true
        let redistribution: Redistribution
        var kinds: [Finding.Kind] = []
        var testDescription: String { "\(source ?? "?") -> \(work)" }
    }

    static let derivations: [Derivation] = [
        Derivation(source: "CC-BY-SA-4.0", work: "CC-BY-SA-4.0", redistribution: .permitted),
        Derivation(source: "CC-BY-SA-3.0", work: "CC-BY-SA-4.0", redistribution: .permitted),
        Derivation(
            source: "CC-BY-SA-4.0", work: "CC-BY-NC-SA-4.0", redistribution: .notPermitted,
            kinds: [.narrowedSource, .noncommercialOnly]),
        Derivation(
            source: "CC-BY-SA-4.0", work: "CC-BY-4.0", redistribution: .notPermitted, kinds: [.narrowedSource]
        ),
        Derivation(
            source: "GPL-3.0-only", work: "MIT", redistribution: .notPermitted, kinds: [.narrowedSource]),
        Derivation(source: "MIT", work: "GPL-3.0-only", redistribution: .permitted),
        Derivation(source: "MIT OR GPL-3.0-only", work: "MIT", redistribution: .permitted),
        Derivation(
            source: "CC-BY-ND-4.0", work: "CC-BY-ND-4.0", redistribution: .notPermitted,
            kinds: [.narrowedSource]),
        Derivation(
            source: "LicenseRef-own", work: "MIT", redistribution: .needsReview, kinds: [.unsettledSource]),
        Derivation(source: nil, work: "MIT", redistribution: .needsReview, kinds: [.unsettledSource]),
        Derivation(
            source: nil, work: "MIT", isModified: false, redistribution: .permitted, kinds: [.unsettledSource]
        ),
        Derivation(source: "((", work: "MIT", redistribution: .needsReview, kinds: [.unsettledSource]),
        Derivation(source: "MIT", work: "MIT", isModified: false, redistribution: .permitted),
        Derivation(
            source: "GPL-3.0-only", work: "MIT", isModified: false, redistribution: .needsReview,
            kinds: [.sourceTermsMissing]),
        Derivation(
            source: "ISC", work: "MIT", isModified: false, redistribution: .permitted,
            kinds: [.sourceTermsMissing]),
    ]

    @Test("asks whether a work may be under its terms, given what it derives from", arguments: derivations)
    func derived(_ row: Derivation) {
        var terms = complete(row.work)
        terms.sources = [.init(title: "Original", expression: row.source, isModified: row.isModified)]
        let verdict = Verdict.judge(terms, operator: .init())
        #expect(verdict.redistribution == row.redistribution)
        #expect(verdict.findings.map(\.kind) == row.kinds)
        if row.kinds.contains(.narrowedSource) { #expect(verdict.commons == .enclosed) }
    }

    @Test("names the file, the license, the clause and the cure, the heaviest first")
    func findings() throws {
        var terms = complete("GPL-3.0-only")
        terms.parts = [
            .init(expression: "MIT", fileCount: 1, sampleFile: "lib/a.c"),
            .init(expression: "GPL-3.0-only", fileCount: 2, sampleFile: "bin/tool", containsObjectCode: true),
            .init(expression: "GLP-3.0-only", fileCount: 1, sampleFile: "b.c"),
        ]
        let verdict = Verdict.judge(terms, operator: .init())
        #expect(verdict.findings.map(\.kind) == [.unknownLicense, .textMissing, .sourceMissing])
        let unknown = try #require(verdict.findings.first)
        #expect(unknown.subject == .part(2, file: "b.c"))
        #expect(unknown.license == "GLP-3.0-only")
        #expect(unknown.cure?.contains("GPL-3.0-only") == true)
        let source = try #require(verdict.findings.last)
        #expect(source.subject == .part(1, file: "bin/tool") && source.isEnclosure)
        #expect(source.clause == "GPL-3.0 §6(d)–(e)")
        #expect(
            verdict.parts.map(\.redistribution) == [
                .permittedWithDutiesOpen, .permittedWithDutiesOpen, .needsReview,
            ])
        #expect(verdict.parts.map(\.chosen) == ["MIT", "GPL-3.0-only", "GLP-3.0-only"])
    }

    @Test("a manifest made to exhaust the judge needs review, in bounded work")
    func hostile() {
        let wide = (0..<8).map { "(A\($0) OR B\($0))" }.joined(separator: " AND ")
        var terms = complete("MIT")
        terms.parts = (0..<5000).map {
            .init(expression: $0 < 30 ? wide : "X\($0)", fileCount: 1, sampleFile: "f")
        }
        terms.sources = (0..<300).map { .init(title: "\($0)", expression: wide, isModified: true) }
        let verdict = Verdict.judge(terms, operator: .init())
        #expect(verdict.redistribution == .needsReview)
        #expect(verdict.parts.count == 4096)
        #expect(verdict.findings.contains { $0.kind == .tooManyTerms && $0.subject == .work })
        #expect(verdict.findings.filter { $0.kind == .tooManyChoices }.count > 20)
        terms.parts = (0..<1000).map {
            .init(
                expression: "LicenseRef-" + String(repeating: "x", count: 4000) + "\($0)", fileCount: 1,
                sampleFile: "f")
        }
        let long = Verdict.judge(terms, operator: .init())
        #expect(long.findings.contains { $0.kind == .tooManyTerms && $0.subject == .part(999, file: "f") })
    }
}
