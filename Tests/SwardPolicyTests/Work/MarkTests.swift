// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardDetection
import SwardSPDX
import Testing

@testable import SwardPolicy

@Suite("Marks of enclosure") struct MarkTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let files: [ScannedFile]
        /// Names of marks with their severity.
        let marks: [String]
        var clause: String?
        var testDescription: String { name }

        init(_ name: String, _ files: [ScannedFile], _ marks: [String], clause: String? = nil) {
            self.name = name
            self.files = files
            self.marks = marks
            self.clause = clause
        }
    }

    static let gpl = file("COPYING", "GPL-3.0-only")
    static let gplSource = file("src/a.c", "GPL-3.0-or-later")

    static let riders: [Case] = [
        Case(
            "commons clause on Apache",
            [file("LICENSE", "Apache-2.0", evidence: [evidence(.riderCommonsClause, "Commons Clause")])],
            ["rider-commons-clause clashes"]),
        Case(
            "commons clause in the expression", [file("LICENSE", "Apache-2.0 AND LicenseRef-Commons-Clause")],
            ["rider-commons-clause clashes"]),
        Case(
            "noncommercial words beside MIT",
            [file("a.c", "MIT", evidence: [evidence(.riderNoncommercial, "for non-commercial use only")])],
            ["rider-noncommercial clashes"]),
        Case(
            "noncommercial words in a noncommercial license",
            [file("a.png", "CC-BY-NC-4.0", .media, evidence: [evidence(.riderNoncommercial)])], []),
        Case(
            "no redistribution beside the GPL",
            [
                gpl, file("a.c", "GPL-2.0-only", evidence: [evidence(.riderNoRedistribution)]),
                file("LICENSES/GPL-2.0-only.txt", "GPL-2.0-only"),
            ],
            ["rider-noredistribution clashes"], clause: "GPL-2.0 §6"),
        Case(
            "no redistribution in a file that the license at the top covers",
            [file("LICENSE", "BSD-2-Clause"), file("a.c", evidence: [evidence(.riderNoRedistribution)])],
            ["rider-noredistribution clashes"]),
        Case(
            "no redistribution and no license at all",
            [file("a.c", evidence: [evidence(.riderNoRedistribution)])],
            ["rider-noredistribution forbids"]),
        Case(
            "field of use beside MIT",
            [file("LICENSE", "MIT", evidence: [evidence(.riderFieldOfUse, "for educational use only")])],
            ["rider-field-of-use clashes"]),
        Case(
            "attribution added under §7(b)",
            [
                gpl,
                file(
                    "a.c", "GPL-3.0-or-later",
                    evidence: [evidence(.furtherRestriction, "must keep the attribution and legal notices")]),
            ],
            []),
        Case(
            "a fee added to the GPL",
            [
                gpl,
                file(
                    "a.c", "GPL-3.0-or-later",
                    evidence: [evidence(.furtherRestriction, "a fee is due for each copy")]),
            ],
            ["further-restriction clashes"], clause: "GPL-3.0 §7, §10"),
        Case(
            "no machine learning beside CC-BY",
            [
                file(
                    "a.txt", "CC-BY-4.0", .text,
                    evidence: [evidence(.noAIRider, "may not be used to train models")])
            ],
            ["no-ai-rider clashes"], clause: "CC-BY-4.0 §2(a)(5)(B)"),
        Case(
            "a site's reservation",
            [file("ai.txt", nil, .text, evidence: [evidence(.noAIRider, "Disallow: *.jpg")])],
            ["no-ai-rider hint"]),
    ]

    static func far(_ mark: EnclosureMark, _ quote: String = "words") -> EnclosureEvidence {
        EnclosureEvidence(mark: mark, bytes: 9000..<9010, lines: 300...300, quote: quote)
    }

    static let mentions: [Case] = [
        Case(
            "noncommercial words far from the license",
            [file("a.txt", "MIT", .text, evidence: [far(.riderNoncommercial)])], ["rider-noncommercial hint"]),
        Case(
            "noncommercial words far down in a license file",
            [file("LICENSE", "MIT", evidence: [far(.riderNoncommercial)])], ["rider-noncommercial clashes"]),
        Case(
            "additional terms beside MIT",
            [
                file(
                    "a.c", "MIT", evidence: [evidence(.furtherRestriction, "additional restrictions apply")])
            ],
            ["further-restriction hint"]),
        Case(
            "a ban on changing beside MIT",
            [
                file(
                    "a.c", "MIT", evidence: [evidence(.furtherRestriction, "it is not to be modified")])
            ],
            ["further-restriction clashes"]),
        Case(
            "a README that sells proprietary licenses",
            [
                gpl,
                file(
                    "README.md", "GPL-3.0-only", .text,
                    evidence: [evidence(.proprietary, "a proprietary license may be had from us for money")]),
            ], []),
        Case(
            "a secret in a GPL file",
            [
                gpl,
                file(
                    "a.c", "GPL-3.0-only",
                    evidence: [evidence(.proprietary, "This file is proprietary and confidential to Acme")]),
            ], ["proprietary clashes"]),
        Case(
            "a README that says what installing means",
            [
                gpl, gplSource,
                file(
                    "README", "GPL-3.0-only", .text, kind: .reference,
                    evidence: [evidence(.eulaBesideCopyleft, "by installing you agree to the GPL")]),
            ], []),
        Case(
            "an installer script that names its agreement",
            [
                gpl, gplSource,
                file(
                    "setup.nsi", nil, .source,
                    evidence: [evidence(.eulaBesideCopyleft, "End User License Agreement")]),
            ], []),
        Case(
            "all rights reserved beside a text that names no holder but its author",
            [
                file("COPYING", "GPL-3.0-only", holder: "Free Software Foundation, Inc."),
                file("a.c", nil, holder: "Acme", evidence: [evidence(.allRightsReservedClash)]),
            ], []),
        Case(
            "machine learning spoken of far down",
            [
                file(
                    "essay.txt", "CC-BY-4.0", .text,
                    evidence: [far(.noAIRider, "must not be used to train models")])
            ], ["no-ai-rider hint"]),
    ]

    static let agreements: [Case] = [
        Case(
            "an EULA beside GPL code",
            [
                gpl, gplSource,
                file(
                    "EULA.txt", nil, .text,
                    evidence: [evidence(.eulaBesideCopyleft, "you may not reverse engineer")]),
            ],
            ["eula-beside-copyleft clashes"], clause: "GPL-3.0 §7, §10"),
        Case(
            "an EULA beside an LGPL library",
            [
                file("lib/a.c", "LGPL-2.1-only"), file("COPYING", "LGPL-2.1-only"),
                file("EULA.txt", nil, .text, evidence: [evidence(.eulaBesideCopyleft, "decompile")]),
            ],
            ["eula-beside-copyleft clashes"], clause: "LGPL-2.1 §6"),
        Case(
            "the GPL shown as the EULA",
            [
                gpl, gplSource,
                file(
                    "EULA.rtf", "GPL-3.0-only", .text,
                    evidence: [evidence(.eulaBesideCopyleft, "End User License Agreement")]),
            ],
            []),
        Case(
            "words of the GPL itself taken for an EULA",
            [
                gpl, gplSource,
                file(
                    "EULA.txt", "GPL-3.0-only", .text,
                    evidence: [evidence(.eulaBesideCopyleft, "you may not", at: 10..<20)]),
            ],
            []),
        Case(
            "an EULA beside MIT code",
            [
                file("LICENSE", "MIT"),
                file("EULA.txt", nil, .text, evidence: [evidence(.eulaBesideCopyleft)]),
            ], []),
        Case(
            "an EULA alone",
            [file("EULA.txt", nil, .text, evidence: [evidence(.eulaBesideCopyleft, "licensed, not sold")])],
            ["proprietary forbids"]),
    ]

    static let locks: [Case] = [
        Case(
            "a locked PDF under CC-BY-SA",
            [file("a.pdf", "CC-BY-SA-4.0", .text, evidence: [evidence(.drmPDF, "/P -3904")])],
            ["drm-pdf clashes"], clause: "CC-BY-SA-4.0 §2(a)(5)(C)"),
        Case(
            "a locked PDF under CC-BY-NC-ND",
            [file("a.pdf", "CC-BY-NC-ND-3.0", .text, evidence: [evidence(.drmPDF)])], ["drm-pdf clashes"]),
        Case(
            "a locked PDF under the GFDL",
            [file("a.pdf", "GFDL-1.3-or-later", .text, evidence: [evidence(.drmPDF)])], ["drm-pdf clashes"],
            clause: "GFDL-1.3 §2"),
        Case(
            "a locked book that grants nothing",
            [file("a.epub", "LicenseRef-all-rights-reserved", .text, evidence: [evidence(.drmEPUB)])],
            ["all-rights-reserved-clash forbids"]),
        Case(
            "a locked film of which nothing is known",
            [file("a.mp4", nil, .media, evidence: [evidence(.drmMP4, "pssh")])], ["drm-mp4 hint"]),
        Case(
            "a locked film in the public domain",
            [file("a.mp4", "CC0-1.0", .media, evidence: [evidence(.drmMP4)])], ["drm-mp4 hint"]),
        Case(
            "a film under a clear key",
            [file("a.webm", "CC-BY-4.0", .media, evidence: [evidence(.drmWebM, "scheme org.w3.clearkey")])],
            []),
        Case(
            "a stream with a served key",
            [
                file(
                    "a.m3u8", "CC-BY-4.0", .media,
                    evidence: [evidence(.drmHLS, "METHOD=AES-128, URI=https://keys.example.org/k")])
            ], ["drm-hls hint"]),
        Case(
            "a stream with a sample key",
            [file("a.m3u8", "CC-BY-4.0", .media, evidence: [evidence(.drmHLS, "METHOD=SAMPLE-AES")])],
            ["drm-hls clashes"]),
        Case(
            "an encrypted archive under the GPL",
            [gpl, file("a.zip", "GPL-3.0-or-later", .archive, evidence: [evidence(.encryptedZIP)])],
            ["encrypted-zip clashes"], clause: "GPL-3.0 §3, §6"),
        Case(
            "an encrypted archive under GPL-2.0, which has no words on locks",
            [
                file("COPYING", "GPL-2.0-only"),
                file("a.7z", nil, .archive, evidence: [evidence(.encrypted7z)]),
            ], ["encrypted-7z clashes"], clause: "GPL-2.0 §6"),
        Case(
            "an encrypted archive with a readable free member",
            [
                file("a.zip", nil, .archive, evidence: [evidence(.encryptedZIP)]),
                file("a.zip!LICENSE", "GPL-3.0-only"),
            ], ["encrypted-zip clashes"]),
        Case(
            "a locked office file under Apache",
            [file("a.docx", "Apache-2.0", .text, evidence: [evidence(.encryptedOffice)])],
            ["encrypted-office hint"]),
        Case(
            "a restricted font under the OFL",
            [file("a.ttf", "OFL-1.1", .media, evidence: [evidence(.fontEmbedding, "fsType 0x0002")])],
            ["font-embedding clashes"]),
        Case(
            "a restricted font under the license of its folder",
            [
                file("LICENSE", "Apache-2.0"),
                file("a.ttf", nil, .media, evidence: [evidence(.fontEmbedding, "fsType 0x0008")]),
            ], ["font-embedding clashes"]),
        Case(
            "a restricted font of a shop",
            [file("a.ttf", "LicenseRef-proprietary", .media, evidence: [evidence(.fontEmbedding)])],
            ["proprietary forbids"]),
        Case(
            "a restricted font of which nothing is known",
            [file("a.ttf", nil, .media, evidence: [evidence(.fontEmbedding)])], []),
    ]

    static let withheld: [Case] = [
        Case(
            "a source-available license",
            [file("LICENSE", "SSPL-1.0"), file("a.c", "SSPL-1.0"), file("b.c", "SSPL-1.0")],
            ["source-available forbids"]),
        Case(
            "a choice of AGPL or SSPL",
            [
                file("LICENSES/AGPL-3.0-only.txt", "AGPL-3.0-only"), file("a.c", "AGPL-3.0-only OR SSPL-1.0"),
                file("b.c", "AGPL-3.0-only"),
            ], []),
        Case(
            "BUSL before its day",
            [file("LICENSE", "BUSL-1.1", evidence: [evidence(.sourceAvailable, "Change Date: 2027-01-01")])],
            ["source-available forbids"]),
        Case(
            "BUSL after its day",
            [
                file(
                    "LICENSE", "BUSL-1.1",
                    evidence: [
                        evidence(.sourceAvailable, "Change Date: 2024-06-30\nChange License: Apache-2.0")
                    ])
            ], []),
        Case(
            "BUSL after its day, in words",
            [
                file(
                    "LICENSE", "BUSL-1.1",
                    evidence: [evidence(.sourceAvailable, "Change Date: January 1, 2023")])
            ], []),
        Case("a joke clause", [file("LICENSE", "JSON")], []),
        Case(
            "words of a license the table does not know",
            [file("LICENSE", nil, .text, evidence: [evidence(.sourceAvailable, "Additional Use Grant")])],
            ["source-available forbids"]),
        Case(
            "proprietary words",
            [file("a.c", evidence: [evidence(.proprietary, "proprietary and confidential")])],
            ["proprietary forbids"]),
        Case(
            "proprietary words in a file under MIT", [file("a.c", "MIT", evidence: [evidence(.proprietary)])],
            ["proprietary clashes"]),
        Case(
            "a proprietary file by its tag", [file("a.c", "LicenseRef-proprietary")], ["proprietary forbids"]),
        Case(
            "all rights reserved, nothing granted",
            [file("a.c", nil, holder: "Acme", evidence: [evidence(.allRightsReservedClash)])],
            ["all-rights-reserved-clash forbids"]),
        Case(
            "all rights reserved in a BSD header",
            [file("a.c", "BSD-3-Clause", holder: "Acme", evidence: [evidence(.allRightsReservedClash)])], []),
        Case(
            "all rights reserved by the grantor",
            [
                file("LICENSE", "MIT", holder: "Acme Inc."),
                file("a.c", nil, holder: "Acme", evidence: [evidence(.allRightsReservedClash)]),
            ], []),
        Case(
            "all rights reserved by someone else",
            [
                file("LICENSE", "MIT", holder: "Acme"),
                file("a.c", nil, holder: "Bolt Ltd", evidence: [evidence(.allRightsReservedClash)]),
            ], ["all-rights-reserved-clash hint"]),
        Case(
            "all rights reserved in a file that REUSE.toml covers",
            [
                file("LICENSE", "MIT", holder: "Acme"),
                file(
                    "a.c", nil, declared: "MIT", holder: "Bolt", evidence: [evidence(.allRightsReservedClash)]
                ),
            ], []),
        Case(
            "terms by link only", [file("package.json", nil, .data, evidence: [evidence(.termsByLinkOnly)])],
            ["terms-by-link-only hint"]),
        Case(
            "terms by link beside a license",
            [
                file("LICENSE", "MIT"),
                file("package.json", nil, .data, evidence: [evidence(.termsByLinkOnly)]),
            ], []),
        Case(
            "a contributor agreement",
            [
                file("LICENSE", "MIT"),
                file("CLA.md", nil, .text, evidence: [evidence(.contributorAgreement)]),
            ], ["contributor-agreement hint"]),
        Case(
            "a key check in GPL code", [gpl, file("a.c", "GPL-3.0-only", evidence: [evidence(.lockInCode)])],
            ["lock-in-code hint"]),
        Case("a key check in MIT code", [file("a.c", "MIT", evidence: [evidence(.lockInCode)])], []),
    ]

    @Test(
        "are set and stay quiet as the terms demand",
        arguments: riders + mentions + agreements + locks + withheld + missing)
    func table(_ row: Case) throws {
        let marks = Mark.marks(for: row.files, today: CalendarDate(year: 2026, month: 11, day: 23))
        #expect(marks.map { "\($0.mark.rawValue) \($0.severity.rawValue)" } == row.marks)
        if let clause = row.clause { #expect(marks.first?.clause == clause) }
        for mark in marks {
            #expect(!mark.statement.isEmpty && mark.statement.last != ".")
            #expect(row.files.contains { $0.path == mark.path })
        }
    }

    @Test("residue that restricts is a hint, residue that explains is not")
    func residue() {
        var license = file("LICENSE", "MIT")
        license.residue = [
            Residue(
                bytes: 60..<200, lines: 6...9,
                words: "you may not host this work for others without permission", licenseWordCount: 14)
        ]
        #expect(Mark.marks(for: [license]).map(\.mark) == [.furtherRestriction])
        #expect(Mark.marks(for: [license]).first?.severity == .hint)
        license.residue[0].licenseWordCount = 3
        #expect(Mark.marks(for: [license]).isEmpty)
    }

    static let relicensed: [(before: String, now: String, severity: EnclosureSeverity?)] = [
        ("GPL-3.0-only", "MIT", .clashes), ("GPL-3.0-or-later", "LicenseRef-proprietary", .clashes),
        ("CC-BY-SA-4.0", "CC-BY-NC-SA-4.0", .clashes), ("MIT", "LicenseRef-proprietary", .hint),
        ("MIT", "GPL-3.0-only", nil),
        ("MIT", "BUSL-1.1", .hint), ("GPL-2.0-or-later", "GPL-3.0-only", nil),
        ("GPL-2.0-only", "GPL-2.0-only", nil),
        ("LicenseRef-proprietary", "MIT", nil), ("LGPL-2.1-or-later", "GPL-2.0-only", nil),
    ]

    @Test("the same bytes under narrower terms", arguments: relicensed)
    func known(_ row: (before: String, now: String, severity: EnclosureSeverity?)) throws {
        let marks = Mark.marks(
            for: [file("a.c", row.now, declared: nil)],
            known: ["a.c": try LicenseExpression.parse(row.before)])
        #expect(marks.first { $0.mark == .relicensed }?.severity == row.severity)
    }

    /// A source with a copyleft notice of its own, in a work that declares other terms for it.
    static let redeclared:
        [(
            path: String, notice: String, declared: String, holder: String, kind: LicenseFinding.Kind,
            severity: EnclosureSeverity?
        )] = [
            ("src/a.c", "GPL-2.0-or-later", "MIT", "B", .header, .clashes),
            // Its holder may.
            ("src/a.c", "GPL-2.0-or-later", "MIT", "A", .header, .hint),
            // Words in the midst of a file may be no one's.
            ("src/a.c", "GPL-2.0-or-later", "MIT", "B", .reference, nil),
            ("tests/data/a.c", "GPL-2.0-or-later", "MIT", "B", .header, nil),
            ("src/a.c", "MIT", "GPL-2.0-only", "B", .header, nil),
            ("src/a.c", "LGPL-2.1-or-later", "GPL-3.0-only", "B", .header, nil),
        ]

    @Test("a notice that the work's own words are against", arguments: redeclared)
    func isRedeclared(
        _ row: (
            path: String, notice: String, declared: String, holder: String, kind: LicenseFinding.Kind,
            severity: EnclosureSeverity?
        )
    ) throws {
        var source = file(row.path, row.notice, kind: row.kind, declared: row.declared, holder: "B")
        source.isOverruled = true
        source.precedence = .override
        source.declaredIn = "REUSE.toml"
        source.declaredCopyrights = [CopyrightNotice(stated: "2026 \(row.holder == "A" ? "B" : "A")")]
        let overruled = Mark.marks(for: [source]).first { $0.mark == .relicensed }
        #expect(overruled?.severity == row.severity)

        let readme = file(
            "README", row.declared, kind: .reference,
            evidence: [evidence(.relicensed, "all of the code is under it", at: 0..<60)])
        let license = file("LICENSE", row.declared, holder: row.holder == "A" ? "B" : "A")
        let own = file(row.path, row.notice, kind: row.kind, holder: "B")
        let told = Mark.marks(for: [readme, license, own]).first { $0.mark == .relicensed }
        #expect(told?.severity == row.severity)
        // Nothing is said of all where the README says nothing of it.
        let silent = file("README", row.declared, kind: .reference)
        #expect(!Mark.marks(for: [silent, license, own]).contains { $0.mark == .relicensed })
    }

    static let dates: [(words: String, date: String?)] = [
        ("2027-01-31", "2027-01-31"), ("2027/1/31", "2027-01-31"), ("January 31, 2027", "2027-01-31"),
        ("31st of Jan 2027", "2027-01-31"), ("the 3rd of March 2027", "2027-03-03"), ("2027-02-30", nil),
        ("2027", nil),
        ("Four years after release", nil), ("99999999999999999999-01-01", nil),
    ]

    @Test("days are read as people write them", arguments: dates)
    func changeDate(_ row: (words: String, date: String?)) {
        #expect(ChangeDate.date(in: row.words)?.description == row.date)
    }
}
