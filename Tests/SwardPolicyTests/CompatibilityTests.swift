// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardPolicy
import SwardSPDX
import Testing

@Suite("Compatibility") struct CompatibilityTests {
    enum Answer: Sendable { case yes, no, depends, unknown }

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
        let answer: Answer =
            switch Compatibility.of(part, in: whole).answer {
            case .yes: .yes
            case .no: .no
            case .depends: .depends
            case .needsReview: .unknown
            }
        #expect(answer == row.answer)
    }

    @Test("every free license that may be changed is compatible with itself")
    func reflexive() throws {
        for facts in LicenseFacts.all where facts.isFree && facts.derivatives != .patches {
            let term = try #require(try LicenseExpression.parse(facts.identifier).terms.first)
            #expect(Compatibility.of(term, in: term).answer == .yes, "\(facts.identifier)")
        }
    }
}
