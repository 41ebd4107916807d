// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardSPDX
import Testing

@testable import SwardPolicy

@Suite("Compatibility") struct CompatibilityTests {
    enum Answer: Sendable {
        case yes, no, depends, unknown

        init(_ answer: Compatibility.Answer) {
            self =
                switch answer {
                case .yes: .yes
                case .no: .no
                case .depends: .depends
                case .needsReview: .unknown
                }
        }
    }

    static let rows: [(part: String, whole: String, answer: Answer)] = [
        ("MIT", "GPL-2.0-only", .yes), ("GPL-2.0-only", "MIT", .no), ("BSD-4-Clause", "GPL-3.0-only", .no),
        ("OpenSSL", "GPL-2.0-or-later", .no), ("Apache-2.0", "GPL-2.0-only", .no),
        ("Apache-2.0", "GPL-3.0-only", .yes),
        ("Apache-2.0", "GPL-2.0-or-later", .yes), ("Apache-2.0", "MIT", .yes),
        ("AFL-3.0", "GPL-3.0-only", .no),
        ("FTL", "GPL-2.0-only", .no), ("FTL", "GPL-3.0-only", .yes), ("CC0-1.0", "GPL-2.0-only", .yes),
        ("GPL-2.0-only", "GPL-3.0-only", .no), ("GPL-2.0-or-later", "GPL-3.0-only", .yes),
        ("GPL-2.0-or-later", "GPL-2.0-only", .yes), ("GPL-3.0-only", "GPL-2.0-only", .no),
        ("GPL-2.0-only", "GPL-2.0-or-later", .depends), ("GPL-3.0-or-later", "GPL-2.0-or-later", .depends),
        ("GPL-3.0-only", "AGPL-3.0-only", .yes), ("AGPL-3.0-only", "GPL-3.0-only", .depends),
        ("GPL-2.0-only", "AGPL-3.0-only", .no), ("LGPL-2.1-only", "GPL-2.0-only", .yes),
        ("LGPL-2.1-only", "GPL-3.0-only", .yes), ("LGPL-3.0-only", "GPL-2.0-only", .no),
        ("LGPL-3.0-or-later", "GPL-3.0-or-later", .yes), ("LGPL-2.1-or-later", "MIT", .depends),
        ("GPL-2.0-only WITH Classpath-exception-2.0", "MIT", .depends),
        ("MPL-2.0", "GPL-2.0-or-later", .yes), ("MPL-2.0", "LGPL-2.1-only", .yes),
        ("MPL-2.0", "MIT", .depends),
        ("MPL-2.0-no-copyleft-exception", "GPL-3.0-only", .no), ("MPL-1.1", "GPL-3.0-only", .no),
        ("MPL-1.1", "MPL-2.0", .yes), ("CDDL-1.0", "GPL-2.0-only", .no), ("EPL-1.0", "GPL-2.0-only", .no),
        ("EPL-2.0", "GPL-2.0-or-later", .depends), ("Sleepycat", "GPL-3.0-only", .yes),
        ("CECILL-2.1", "GPL-3.0-only", .yes), ("EUPL-1.2", "MPL-2.0", .yes),
        ("EUPL-1.2", "GPL-2.0-only", .yes),
        ("EUPL-1.2", "MIT", .no), ("OSL-3.0", "GPL-3.0-only", .no), ("QPL-1.0", "GPL-2.0-only", .depends),
        ("CC-BY-SA-4.0", "GPL-3.0-only", .yes), ("CC-BY-SA-3.0", "GPL-3.0-only", .no),
        ("CC-BY-SA-4.0", "CC-BY-SA-3.0", .no),
        ("CC-BY-SA-2.0", "CC-BY-SA-3.0-DE", .yes), ("CC-BY-SA-1.0", "CC-BY-SA-2.0", .no),
        ("CC-BY-SA-4.0", "LAL-1.3", .yes), ("LAL-1.3", "CC-BY-SA-4.0", .yes),
        ("CC-BY-SA-3.0", "GFDL-1.3-only", .no),
        ("GFDL-1.2-or-later", "GFDL-1.3-only", .yes), ("GFDL-1.3-only", "CC-BY-SA-3.0", .no),
        ("CC-BY-4.0", "CC-BY-SA-4.0", .yes), ("CC-BY-3.0", "GPL-3.0-only", .no),
        ("CC-BY-4.0", "GPL-3.0-or-later", .yes),
        ("CC-BY-NC-4.0", "CC-BY-NC-SA-4.0", .yes), ("CC-BY-NC-4.0", "CC-BY-SA-4.0", .no),
        ("CC-BY-NC-SA-3.0", "CC-BY-NC-SA-4.0", .yes), ("CC-BY-ND-4.0", "CC-BY-ND-4.0", .no),
        ("CC-BY-NC-4.0", "GPL-3.0-only", .no), ("ODbL-1.0", "CC-BY-4.0", .depends),
        ("OFL-1.1", "OFL-1.1", .yes),
        ("BUSL-1.1", "MIT", .no), ("JSON", "GPL-3.0-only", .no), ("LicenseRef-own", "MIT", .unknown),
        ("MIT", "LicenseRef-own", .unknown), ("LicenseRef-proprietary", "MIT", .no),
    ]

    @Test("of a part in a whole", arguments: rows)
    func kernel(_ row: (part: String, whole: String, answer: Answer)) throws {
        let part = try #require(try LicenseExpression.parse(row.part).terms.first)
        let whole = try #require(try LicenseExpression.parse(row.whole).terms.first)
        let answer = Answer(Compatibility.of(part, in: whole).answer)
        #expect(answer == row.answer)
    }

    /// By the way of joining: in one piece, through an interface, side by side.
    static let uses: [(part: String, whole: String, combine: Answer, link: Answer, collect: Answer)] = [
        ("LGPL-2.1-or-later", "MIT", .no, .yes, .yes),
        ("LGPL-3.0-only", "LicenseRef-proprietary", .no, .yes, .yes),
        ("MPL-2.0", "Apache-2.0", .no, .yes, .yes), ("EPL-2.0", "MIT", .no, .yes, .yes),
        ("EPL-2.0", "GPL-2.0-or-later", .depends, .depends, .yes),
        ("MPL-1.1", "GPL-2.0-only", .no, .no, .yes),
        ("CDDL-1.0", "GPL-2.0-only", .no, .no, .yes), ("GPL-2.0-only", "MIT", .no, .no, .yes),
        ("GPL-3.0-only", "LicenseRef-proprietary", .no, .no, .yes), ("EUPL-1.2", "MIT", .no, .unknown, .yes),
        ("GPL-2.0-only WITH Classpath-exception-2.0", "LicenseRef-proprietary", .no, .yes, .yes),
        ("OFL-1.1", "GPL-3.0-or-later", .depends, .depends, .yes),
        ("OFL-1.1", "MIT", .depends, .depends, .yes),
        ("CC-BY-SA-3.0", "GPL-3.0-only", .no, .no, .yes), ("CC-BY-ND-4.0", "CC-BY-4.0", .no, .no, .yes),
        ("CC-BY-NC-4.0", "CC-BY-SA-4.0", .no, .no, .depends),
        ("CC-BY-NC-4.0", "CC-BY-NC-SA-4.0", .yes, .yes, .yes),
        ("GFDL-1.3-or-later", "GPL-3.0-or-later", .no, .no, .yes), ("MIT", "GPL-2.0-only", .yes, .yes, .yes),
        ("BSD-4-Clause", "GPL-2.0-only", .no, .no, .yes),
        ("LicenseRef-all-rights-reserved", "MIT", .no, .no, .no),
        ("ODbL-1.0", "MIT", .depends, .depends, .yes), ("Aladdin", "MIT", .unknown, .unknown, .unknown),
    ]

    @Test("by the way parts are joined", arguments: uses)
    func joining(_ row: (part: String, whole: String, combine: Answer, link: Answer, collect: Answer)) throws
    {
        let part = try LicenseExpression.parse(row.part)
        let whole = try LicenseExpression.parse(row.whole)
        for (use, answer) in [
            (Compatibility.Use.combine, row.combine), (.link, row.link), (.collect, row.collect),
        ] {
            let result = Compatibility.of(part, in: whole, use: use)
            #expect(Answer(result.answer) == answer, "\(use)")
            #expect(result.use == use && !result.reasons.isEmpty)
        }
    }

    static let expressions:
        [(part: String, whole: String, answer: Answer, branch: String?, narrowed: String?)] = [
            ("MIT OR GPL-2.0-only", "Apache-2.0", .yes, "MIT", nil),
            ("GPL-2.0-only OR GPL-3.0-only", "MIT", .no, "GPL-2.0-only", nil),
            ("MIT AND GPL-2.0-only", "Apache-2.0", .no, nil, nil),
            ("MIT AND BSD-2-Clause", "Apache-2.0", .yes, nil, nil),
            ("Apache-2.0", "GPL-2.0-or-later", .yes, nil, "GPL-3.0-or-later"),
            ("GPL-3.0-only", "GPL-2.0-or-later", .depends, nil, "GPL-3.0-only"),
            ("GPL-2.0-only", "GPL-2.0-or-later", .depends, nil, "GPL-2.0-only"),
            ("Apache-2.0", "MIT OR GPL-2.0-only", .yes, nil, "MIT"),
            ("ISC", "MIT OR GPL-2.0-only", .yes, nil, nil),
            ("GPL-3.0-or-later", "MIT AND GPL-3.0-or-later", .yes, nil, nil),
            ("Apache-2.0", "MIT AND GPL-2.0-only", .depends, nil, nil),
            (
                "EPL-2.0 OR GPL-2.0-or-later WITH Classpath-exception-2.0", "GPL-3.0-only", .yes,
                "GPL-2.0-or-later WITH Classpath-exception-2.0", nil
            ),
            (
                "MPL-1.1 OR GPL-2.0-or-later OR LGPL-2.1-or-later", "GPL-3.0-only", .yes, "GPL-2.0-or-later",
                nil
            ),
            ("GPL-2.0+", "AGPL-3.0-only", .yes, nil, nil),
            ("LGPL-2.1-or-later", "LGPL-3.0-only", .yes, nil, nil),
            ("GPL-2.0-only", "GPL-2.0-only WITH Classpath-exception-2.0", .no, nil, nil),
            ("GPL-2.0-only WITH Classpath-exception-2.0", "GPL-2.0-only", .yes, nil, nil),
            ("CC-BY-SA-4.0", "GPL-3.0-or-later", .yes, nil, "GPL-3.0-only"),
            ("GPL-3.0-only WITH AdditionRef-more", "GPL-3.0-only", .unknown, nil, nil),
        ]

    @Test("choices name the branch, and versions the one that is left", arguments: expressions)
    func choices(_ row: (part: String, whole: String, answer: Answer, branch: String?, narrowed: String?))
        throws
    {
        let result = Compatibility.of(
            try LicenseExpression.parse(row.part), in: try LicenseExpression.parse(row.whole), use: .combine)
        #expect(Answer(result.answer) == row.answer)
        #expect(result.part == row.branch)
        #expect(result.whole == row.narrowed)
    }

    static let sample = [
        "MIT", "Apache-2.0", "BSD-4-Clause", "MPL-2.0", "EPL-2.0", "LGPL-2.1-or-later", "GPL-2.0-only",
        "GPL-2.0-or-later",
        "GPL-3.0-only", "AGPL-3.0-or-later", "EUPL-1.2", "CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0",
        "CC-BY-ND-4.0",
        "CC0-1.0", "GFDL-1.3-or-later", "ODbL-1.0", "OFL-1.1", "BUSL-1.1", "LicenseRef-proprietary",
        "LicenseRef-own",
    ]

    @Test("a choice is never worse than its best branch, and what binds together never better than its worst")
    func metamorphic() throws {
        let terms = try Self.sample.map { try LicenseExpression.parse($0) }
        for whole in terms {
            let alone = terms.map { Compatibility.of($0, in: whole, use: .combine).answer }
            for (i, a) in terms.enumerated() {
                let (j, b) = ((i * 7 + 3) % terms.count, terms[(i * 7 + 3) % terms.count])
                let either = LicenseExpression(.any([a.root, b.root]))
                let both = LicenseExpression(.all([a.root, b.root]))
                #expect(
                    Compatibility.of(either, in: whole, use: .combine).answer == min(alone[i], alone[j]),
                    "\(either) in \(whole)")
                #expect(
                    Compatibility.of(both, in: whole, use: .combine).answer == max(alone[i], alone[j]),
                    "\(both) in \(whole)")
                let result = Compatibility.of(
                    a, in: LicenseExpression(.any([whole.root, b.root])), use: .combine)
                #expect(result.answer <= alone[i], "\(a) in \(whole) or \(b)")
            }
        }
    }

    @Test("“or later” never lets a part into less than its first version does")
    func laterVersions() throws {
        let wholes = try Self.sample.map { try LicenseExpression.parse($0) }
        for family in ["GPL-2.0", "GPL-3.0", "LGPL-2.1", "LGPL-3.0", "AGPL-3.0", "GFDL-1.2"] {
            let only = try LicenseExpression.parse("\(family)-only")
            let later = try LicenseExpression.parse("\(family)-or-later")
            for whole in wholes {
                let (a, b) = (Compatibility.of(only, in: whole), Compatibility.of(later, in: whole))
                #expect(b.answer <= a.answer, "\(family) in \(whole)")
            }
        }
    }

    @Test("what asks for nothing but its notice goes into everything")
    func permissive() throws {
        let parts = try [
            "MIT", "ISC", "BSD-2-Clause", "BSD-3-Clause", "Zlib", "0BSD", "CC0-1.0", "Unlicense",
        ].map {
            try LicenseExpression.parse($0)
        }
        for facts in LicenseFacts.all where facts.copyleft != .rider {
            let whole = try LicenseExpression.parse(facts.identifier)
            for part in parts {
                #expect(
                    Compatibility.of(part, in: whole, use: .combine).answer == .yes, "\(part) in \(whole)")
            }
        }
    }

    @Test("nothing goes into a work in one piece that may not go beside it")
    func monotone() throws {
        let terms = try Self.sample.map { try LicenseExpression.parse($0) }
        for part in terms {
            for whole in terms where Compatibility.of(part, in: whole, use: .combine).answer == .yes {
                #expect(Compatibility.of(part, in: whole, use: .link).answer == .yes, "\(part) in \(whole)")
                #expect(
                    Compatibility.of(part, in: whole, use: .collect).answer == .yes, "\(part) in \(whole)")
            }
        }
    }

    /// The ports and versions of Creative Commons: the same elements, never down, never from 1.0.
    @Test("share-alike goes up its versions and across its ports")
    func shareAlike() throws {
        let family = LicenseFacts.all.map(\.identifier).filter { $0.hasPrefix("CC-BY-SA-") }
        for part in family {
            for whole in family {
                let (x, y) = (Lineage(part).version ?? 0, Lineage(whole).version ?? 0)
                let result = Compatibility.of(
                    try LicenseExpression.parse(part), in: try LicenseExpression.parse(whole), use: .combine)
                let expected: Compatibility.Answer = part == whole || x >= 2 && y >= x ? .yes : .no
                #expect(result.answer == expected, "\(part) in \(whole)")
            }
        }
    }

    @Test("every free license that may be changed is compatible with itself")
    func reflexive() throws {
        for facts in LicenseFacts.all where facts.isFree && facts.derivatives != .patches {
            let term = try #require(try LicenseExpression.parse(facts.identifier).terms.first)
            #expect(Compatibility.of(term, in: term).answer == .yes, "\(facts.identifier)")
        }
    }
}
