// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardSPDX
import Testing

@testable import SwardPolicy

@Suite("The table of license facts") struct FactsTableTests {
    @Test("has no line that cannot be read, and none out of order")
    func reads() throws {
        var count = 0
        var previous: [UInt8] = []
        let base = try #require(LicenseFacts.facts(for: LicenseReference("GPL-3.0-only")))
        for row in LicenseFacts.table.rows {
            count += 1
            let name = row[0]
            if row.count > 1, row[1] == LicenseFacts.exceptionKind {
                #expect(base.changed(by: row) != nil, "\(name)")
                #expect(LicenseList.exception(name)?.identifier == name, "\(name)")
                #expect(ExceptionFacts(name) != nil)
            } else {
                let facts = LicenseFacts(row, identifier: name)
                #expect(facts != nil, "\(name)")
                #expect(facts?.clauses[.redistribute] != nil, "\(name): no clause for redistribution")
                let isOwn = name.hasPrefix("LicenseRef-") || name == "NONE"
                #expect(isOwn || LicenseList.license(name)?.identifier == name, "\(name)")
                #expect(LicenseList.license(name)?.isDeprecated != true, "\(name)")
            }
            let key = Array(name.lowercased().utf8)
            #expect(previous.lexicographicallyPrecedes(key), "\(name)")
            previous = key
        }
        #expect(count > 600)
    }

    @Test("is consistent within each line")
    func isConsistent() {
        for facts in LicenseFacts.all {
            let name = Comment(rawValue: facts.identifier)
            switch facts.category {
            case .strongCopyleft: #expect([.work, .font].contains(facts.copyleft), name)
            case .networkCopyleft: #expect(facts.copyleft == .network, name)
            case .shareAlike: #expect(facts.copyleft == .shareAlike, name)
            case .weakCopyleft: #expect([.file, .module, .library, .font].contains(facts.copyleft), name)
            case .permissive, .publicDomain, .freeContent: #expect(facts.copyleft == .none, name)
            case .proprietary: #expect(facts.redistribution == .no, name)
            case .restrictedContent, .sourceAvailable: #expect(!facts.isFree, name)
            }
            if facts.isFree {
                #expect(facts.redistribution == .yes && facts.commercialUse == .yes, name)
                #expect(facts.derivatives != .no && facts.derivatives != .private, name)
            }
            // Whatever stands in the text can be cited; a reading that is argued over need not be.
            if facts.confidence == .high, facts.category != .proprietary {
                for statement in facts.statements {
                    #expect(statement.clause != nil, "\(facts.identifier): \(statement.text)")
                }
            }
        }
    }

    /// The families are regular; a line that breaks the rule is a slip of the pen.
    @Test("follows the elements in the names of Creative Commons licenses")
    func creativeCommons() {
        for facts in LicenseFacts.all where facts.identifier.hasPrefix("CC-BY") {
            let name = Comment(rawValue: facts.identifier)
            let elements = facts.identifier.split(separator: "-")
            let isNC = elements.contains("NC")
            #expect(facts.redistribution == (isNC ? .noncommercial : .yes), name)
            #expect(facts.commercialUse == (isNC ? .no : .yes), name)
            #expect((facts.copyleft == .shareAlike) == elements.contains("SA"), name)
            #expect([.no, .private].contains(facts.derivatives) == elements.contains("ND"), name)
            #expect(facts.isFree == !(isNC || elements.contains("ND")), name)
            #expect(
                facts.notice == .attribution && facts.addedTerms == .forbidden && facts.locks != .none, name)
        }
    }

    @Test("has every current GNU and Creative Commons license of the list")
    func isComplete() {
        for entry in LicenseList.all where entry.kind == .license && !entry.isDeprecated {
            let families = [
                "GPL-", "LGPL-", "AGPL-", "GFDL-", "CC-", "CC0-", "MPL-", "EPL-", "BSD-2", "OFL-", "EUPL-",
                "Apache-", "CERN-",
            ]
            guard families.contains(where: { entry.identifier.hasPrefix($0) }) else { continue }
            #expect(LicenseFacts.facts(for: LicenseReference(entry.identifier)) != nil, "\(entry.identifier)")
        }
    }

    static let readings:
        [(term: String, category: LicenseFacts.Category, copyleft: LicenseFacts.Copyleft, clause: String?)] =
            [
                ("MIT", .permissive, .none, "MIT ¶1"),
                ("GPL-3.0-or-later", .strongCopyleft, .work, "GPL-3.0 §4–6"),
                ("GPL-2.0", .strongCopyleft, .work, "GPL-2.0 §1"),
                ("GPL-2.0+", .strongCopyleft, .work, "GPL-2.0 §1"),
                ("GPL-2.0-only WITH Classpath-exception-2.0", .weakCopyleft, .library, "GPL-2.0 §1"),
                ("GPL-3.0-or-later WITH GCC-exception-3.1", .weakCopyleft, .library, "GPL-3.0 §4–6"),
                ("GPL-2.0-with-classpath-exception", .weakCopyleft, .library, "GPL-2.0 §1"),
                ("GPL-2.0-only WITH Linux-syscall-note", .strongCopyleft, .work, "GPL-2.0 §1"),
                ("GPL-2.0-or-later WITH Asterisk-exception", .strongCopyleft, .work, "GPL-2.0 §1"),
                ("Apache-2.0 WITH LLVM-exception", .permissive, .none, "Apache-2.0 §2, §4"),
                ("Apache-2.0+", .permissive, .none, "Apache-2.0 §2, §4"),
                ("licenseref-commons-clause", .sourceAvailable, .rider, "Commons-Clause ¶1"),
                ("CC-BY-SA-4.0", .shareAlike, .shareAlike, "CC-BY-SA-4.0 §2(a)(1)(A)"),
            ]

    @Test("reads terms with exceptions, old names and plus signs", arguments: readings)
    func reads(
        _ row: (
            term: String, category: LicenseFacts.Category, copyleft: LicenseFacts.Copyleft, clause: String?
        )
    ) throws {
        let term = try #require(try LicenseExpression.parse(row.term).terms.first)
        let facts = try #require(LicenseFacts.facts(for: term))
        #expect(facts.category == row.category)
        #expect(facts.copyleft == row.copyleft)
        #expect(facts.clauses[.redistribute] == row.clause)
    }

    @Test(
        "knows nothing of what it has no line for",
        arguments: [
            "Unheard-Of", "LicenseRef-mine", "DocumentRef-d:LicenseRef-proprietary",
            "GPL-2.0-only WITH Unheard-Of",
            "GPL-2.0-only WITH AdditionRef-mine", "GPL-2.0-only+", "Classpath-exception-2.0", "MIT WITH MIT",
        ])
    func misses(_ text: String) throws {
        let term = try #require(try LicenseExpression.parse(text).terms.first)
        #expect(LicenseFacts.facts(for: term) == nil)
    }
}
