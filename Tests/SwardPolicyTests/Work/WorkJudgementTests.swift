// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardDetection
import SwardSPDX
import Testing

@testable import SwardPolicy

@Suite("The judgement of a scanned work") struct WorkJudgementTests {
    static let today = CalendarDate(year: 2026, month: 11, day: 23)

    static func judge(
        _ files: [ScannedFile], declared: WorkTerms? = nil, profile: OperatorProfile = OperatorProfile()
    ) -> WorkJudgement {
        WorkJudgement.judge(files: files, declared: declared, operator: profile, today: today)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let files: [ScannedFile]
        let redistribution: Redistribution
        let commons: Commons?
        var testDescription: String { name }
    }

    static let verdicts: [Case] = [
        Case(
            name: "a GPL program with its text",
            files: [file("COPYING", "GPL-3.0-only"), file("a.c", "GPL-3.0-or-later", holder: "A")],
            redistribution: .permitted, commons: .protected),
        Case(
            name: "an MIT library covered by its license file",
            files: [file("LICENSE", "MIT", holder: "A"), file("src/a.c"), file("README.md", nil, .text)],
            redistribution: .permitted, commons: .open),
        Case(
            name: "files of which nothing is said", files: [file("a.c"), file("b.c")],
            redistribution: .needsReview, commons: nil),
        Case(
            name: "copyleft without its text",
            files: [file("a.c", "GPL-3.0-or-later", holder: "A"), file("b.c", "GPL-3.0-or-later")],
            redistribution: .permittedWithDutiesOpen, commons: .protected),
        Case(
            name: "object code without source",
            files: [file("COPYING", "GPL-3.0-only", holder: "A"), file("prog", nil, .objectCode)],
            redistribution: .permittedWithDutiesOpen, commons: .enclosed),
        Case(
            name: "a locked book under a free license",
            files: [file("a.pdf", "CC-BY-SA-4.0", .text, holder: "A", evidence: [evidence(.drmPDF)])],
            redistribution: .permitted, commons: .enclosed),
        Case(
            name: "a rider beside the GPL",
            files: [
                file("COPYING", "GPL-2.0-only", holder: "A", evidence: [evidence(.riderNoncommercial)]),
                file("a.c"),
            ], redistribution: .needsReview, commons: .enclosed),
        Case(
            name: "noncommercial pictures", files: [file("a.png", "CC-BY-NC-4.0", .media, holder: "A")],
            redistribution: .noncommercialOnly, commons: .restricted),
        Case(
            name: "BUSL whose day has come",
            files: [
                file(
                    "LICENSE", "BUSL-1.1", holder: "A",
                    evidence: [evidence(.sourceAvailable, "Change Date: 2024-01-01\nChange License: MIT")]),
                file("LICENSES/MIT.txt", "MIT"), file("a.c"),
            ], redistribution: .permitted, commons: .open),
    ]

    @Test("gives the verdict that its files lead to", arguments: verdicts)
    func verdict(_ row: Case) {
        let judgement = Self.judge(row.files)
        // The change license is read by the name it has among people.
        if row.name.hasPrefix("BUSL"), LicenseNames.expression(forName: "MIT") == nil { return }
        #expect(
            judgement.verdict.redistribution == row.redistribution,
            "\(judgement.verdict.findings.map(\.statement))")
        #expect(judgement.verdict.commons == row.commons)
    }

    struct Joined: Sendable, CustomTestStringConvertible {
        let name: String
        let files: [ScannedFile]
        let relation: Conflict.Relation?
        let answer: Compatibility.Answer?
        var testDescription: String { name }
    }

    static let conflicts: [Joined] = [
        Joined(
            name: "GPL-2.0-only and Apache in one file", files: [file("a.c", "GPL-2.0-only AND Apache-2.0")],
            relation: .sameFile, answer: .no),
        Joined(
            name: "MIT and GPL in one file", files: [file("a.c", "GPL-2.0-only AND MIT")], relation: nil,
            answer: nil),
        Joined(
            name: "a choice in one file", files: [file("a.c", "GPL-2.0-only OR Apache-2.0")], relation: nil,
            answer: nil),
        Joined(
            name: "GPL code in an MIT program",
            files: [file("LICENSE", "MIT"), file("src/a.c"), file("src/b.c", "GPL-3.0-only")],
            relation: .declaredWhole, answer: .no),
        Joined(
            name: "a GPL tool beside an MIT program",
            files: [file("LICENSE", "MIT"), file("src/a.c"), file("tools/fmt/b.c", "GPL-3.0-only")],
            relation: .declaredWhole, answer: .depends),
        Joined(
            name: "an LGPL library in an MIT program",
            files: [file("LICENSE", "MIT"), file("src/a.c"), file("src/b.c", "LGPL-2.1-only")],
            relation: .declaredWhole, answer: .depends),
        Joined(
            name: "MIT code in a GPL program",
            files: [file("COPYING", "GPL-3.0-only"), file("src/a.c"), file("src/b.c", "MIT")], relation: nil,
            answer: nil),
        Joined(
            name: "a picture under CC-BY-NC beside a GPL program",
            files: [
                file("COPYING", "GPL-3.0-only"), file("src/a.c"), file("art/b.png", "CC-BY-NC-4.0", .media),
            ], relation: nil, answer: nil),
        Joined(
            name: "two copylefts in one folder",
            files: [file("src/a.c", "GPL-2.0-only"), file("src/b.c", "CDDL-1.0")], relation: .sameProgram,
            answer: .no),
        Joined(
            name: "the same terms in another order",
            files: [
                file("src/a.py", "CC-BY-NC-ND-3.0 AND MIT"), file("src/b.py", "MIT AND CC-BY-NC-ND-3.0"),
            ], relation: nil, answer: nil),
        Joined(
            name: "two copylefts in two folders",
            files: [file("a/a.c", "GPL-2.0-only"), file("b/b.c", "CDDL-1.0")], relation: nil, answer: nil),
    ]

    @Test("finds parts that do not go together", arguments: conflicts)
    func conflict(_ row: Joined) {
        let judgement = Self.judge(row.files)
        let found = judgement.conflicts.filter { row.relation == nil || $0.relation == row.relation }
        #expect(found.first?.relation == row.relation)
        #expect(found.first?.result.answer == row.answer, "\(found.map(\.statement))")
    }

    static let declarations: [(declared: String, found: String, kind: Contradiction.Kind?, holds: Bool)] = [
        ("MIT", "MIT", nil, false), ("MIT", "GPL-3.0-only", .declaredTooMuch, true),
        ("GPL-3.0-only", "MIT", nil, false), ("MIT OR GPL-2.0-only", "MIT", nil, false),
        ("MIT", "MIT OR Apache-2.0", nil, false),
        ("MIT AND BSD-2-Clause", "MIT", nil, false), ("CC-BY-SA-4.0", "CC-BY-NC-4.0", .different, true),
        ("GPL-3.0-or-later", "GPL-2.0-only", .different, true),
        ("Apache-2.0", "LicenseRef-proprietary", .declaredTooMuch, true),
        ("GPL-2.0-only", "GPL-2.0-or-later", nil, false), ("GPL-2.0-or-later", "GPL-2.0-only", nil, false),
        ("CC0-1.0", "CC-BY-SA-4.0", .declaredTooMuch, true),
        ("CC-BY-4.0", "CC-BY-SA-4.0", .declaredTooMuch, true),
    ]

    @Test("holds what is declared against what was found", arguments: declarations)
    func contradiction(_ row: (declared: String, found: String, kind: Contradiction.Kind?, holds: Bool)) {
        let judgement = Self.judge([file("a.c", row.found, declared: row.declared, holder: "A")])
        #expect(judgement.contradictions.first?.kind == row.kind)
        #expect(judgement.contradictions.contains { $0.holdsWork } == row.holds)
        if row.holds { #expect(judgement.verdict.redistribution >= .needsReview) }
    }

    @Test("a bare text does not contradict a grant of later versions, a mention holds nothing")
    func weakFindings() {
        var bare = file("a.c", "GPL-2.0-only", kind: .text, declared: "GPL-3.0-or-later OR GPL-2.0-or-later")
        #expect(Self.judge([bare]).contradictions.isEmpty)
        bare = file("a.c", "GPL-3.0-only", kind: .reference, declared: "MIT")
        #expect(Self.judge([bare]).contradictions.map(\.holdsWork) == [false])
    }

    struct Asked: Sendable, CustomTestStringConvertible {
        let name: String
        let files: [ScannedFile]
        let kind: Duty.Kind
        let act: Act
        let license: String
        let clause: String
        let isMet: Bool?
        let place: String?
        var testDescription: String { name }
    }

    static let duties: [Asked] = [
        Asked(
            name: "a text that is there",
            files: [file("COPYING", "GPL-3.0-only"), file("a.c", "GPL-3.0-or-later")], kind: .licenseText,
            act: .share, license: "GPL-3.0-or-later", clause: "GPL-3.0 §4", isMet: true, place: "COPYING"),
        Asked(
            name: "the text of a later version that may be chosen",
            files: [file("COPYING", "GPL-3.0-only"), file("a.c", "GPL-2.0-or-later")], kind: .licenseText,
            act: .share, license: "GPL-2.0-or-later", clause: "GPL-2.0 §1", isMet: true, place: "COPYING"),
        Asked(
            name: "the text of a later version that may not be chosen",
            files: [file("COPYING", "GPL-3.0-only"), file("a.c", "GPL-2.0-only")], kind: .licenseText,
            act: .share, license: "GPL-2.0-only", clause: "GPL-2.0 §1", isMet: false, place: "a.c"),
        Asked(
            name: "a text that is missing", files: [file("a.c", "GPL-3.0-or-later"), file("b.c", "MIT")],
            kind: .licenseText, act: .share, license: "GPL-3.0-or-later", clause: "GPL-3.0 §4", isMet: false,
            place: "a.c"),
        Asked(
            name: "notices that are there", files: [file("a.c", "MIT", holder: "A")], kind: .copyrightNotice,
            act: .share, license: "MIT", clause: "MIT ¶2", isMet: true, place: "a.c"),
        Asked(
            name: "notices in a license file above",
            files: [file("x.tar!x/LICENSE", "MIT", holder: "A"), file("x.tar!x/src/a.c", "MIT")],
            kind: .copyrightNotice, act: .share, license: "MIT", clause: "MIT ¶2", isMet: true,
            place: "x.tar!x/LICENSE"),
        Asked(
            name: "notices in the license file of another folder",
            files: [file("x/LICENSE", "MIT", holder: "A"), file("src/a.c", "MIT")],
            kind: .copyrightNotice, act: .share, license: "MIT", clause: "MIT ¶2", isMet: false,
            place: "src/a.c"),
        Asked(
            name: "an archive of files with notices",
            files: [
                file("a.tar", "MIT AND ISC", .archive), file("a.tar!a.c", "MIT", holder: "A"),
                file("a.tar!b.c", "ISC"),
            ], kind: .copyrightNotice, act: .share, license: "ISC", clause: "ISC permission notice",
            isMet: false,
            place: "a.tar!b.c"),
        Asked(
            name: "notices that are missing", files: [file("a.c", "MIT")], kind: .copyrightNotice,
            act: .share, license: "MIT", clause: "MIT ¶2", isMet: false, place: "a.c"),
        Asked(
            name: "a NOTICE file",
            files: [file("LICENSE", "Apache-2.0"), file("NOTICE", nil, .text), file("a.c")],
            kind: .noticeFile, act: .share, license: "Apache-2.0", clause: "Apache-2.0 §4(d)",
            isMet: true, place: "NOTICE"),
        Asked(
            name: "attribution without an author", files: [file("a.png", "CC-BY-4.0", .media)],
            kind: .attribution, act: .share, license: "CC-BY-4.0", clause: "CC-BY-4.0 §3(a)(1)(A)(i)–(v)",
            isMet: false, place: "a.png"),
        Asked(
            name: "source of a program",
            files: [file("COPYING", "GPL-2.0-only"), file("prog", nil, .objectCode)],
            kind: .correspondingSource, act: .shareObjectCode, license: "GPL-2.0-only",
            clause: "GPL-2.0 §3(a)–(c)",
            isMet: false, place: "prog"),
        Asked(
            name: "source among peers",
            files: [file("COPYING", "GPL-3.0-only"), file("prog", nil, .objectCode)],
            kind: .correspondingSource, act: .swarm, license: "GPL-3.0-only", clause: "GPL-3.0 §6(e)",
            isMet: false, place: "prog"),
        Asked(
            name: "no locks", files: [file("a.pdf", "CC-BY-4.0", .text, evidence: [evidence(.drmPDF)])],
            kind: .noLocks, act: .lock, license: "CC-BY-4.0", clause: "CC-BY-4.0 §2(a)(5)(B)", isMet: false,
            place: "a.pdf"),
        Asked(
            name: "relinking", files: [file("COPYING", "LGPL-2.1-only"), file("a.c")], kind: .relinking,
            act: .link, license: "LGPL-2.1-only", clause: "LGPL-2.1 §6(a)–(e)", isMet: nil, place: nil),
        Asked(
            name: "source over a network", files: [file("COPYING", "AGPL-3.0-only"), file("a.c")],
            kind: .networkSource, act: .serve, license: "AGPL-3.0-only", clause: "AGPL-3.0 §13",
            isMet: true, place: nil),
    ]

    @Test("lists duties by act, and says where they are not met", arguments: duties)
    func duty(_ row: Asked) throws {
        let judgement = Self.judge(row.files)
        let duty = try #require(
            judgement.duties.first { $0.kind == row.kind && $0.act == row.act && $0.license == row.license },
            "\(judgement.duties.map { "\($0.kind) \($0.act) \($0.license)" })")
        #expect(duty.isMet == row.isMet)
        #expect(duty.clause == row.clause)
        #expect(duty.places.first == row.place)
    }

    @Test("a hostile work costs no more than its size")
    func bounds() {
        let files = (0..<4_000).map { number in
            file(
                "d\(number % 700)/f\(number).c", "LicenseRef-x\(number) AND GPL-2.0-only", .objectCode,
                evidence: [evidence(.riderNoncommercial), evidence(.drmPDF)])
        }
        let judgement = Self.judge(files)
        let kinds = Dictionary(grouping: judgement.marks) { "\($0.mark) \($0.severity)" }
        #expect(kinds.values.map(\.count).max() == Mark.maximumCount)
        #expect(judgement.verdict.redistribution >= .needsReview)
        #expect(judgement.verdict.findings.count < 60_000)
    }
}
