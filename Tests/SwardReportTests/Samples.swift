// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardDetection
import SwardHash
import SwardPolicy
import SwardReport
import SwardSPDX

/// Reports to render: what a scan would make, without one.
enum Samples {
    // REUSE-IgnoreStart

    /// 2026-11-23T08:00:00Z.
    static let time: Int64 = 1_795_420_800

    static let empty = ScanReport(
        rootName: "empty", toolVersion: "0.3.0", createdAt: time, files: [],
        judgement: judge([]))

    /// Several licenses, one of each kind of thing that a report can show.
    static let mixed = makeMixed()

    /// Names and texts that try to be markup, to leave their line, or to be something else.
    static let hostile = makeHostile()

    static func expression(_ text: String) -> LicenseExpression {
        // Samples are ours; a bad one is a mistake in the test.
        try! LicenseExpression.parse(text)
    }

    static func judge(_ files: [ReportedFile]) -> WorkJudgement {
        var parts: [String: WorkTerms.Part] = [:]
        for file in files.map(\.file) {
            guard let text = file.concluded?.description else { continue }
            var part =
                parts[text] ?? WorkTerms.Part(expression: text, fileCount: 0, sampleFile: file.path)
            part.fileCount += 1
            parts[text] = part
        }
        let sorted = parts.values.sorted { $0.expression < $1.expression }
        let terms = WorkTerms(expression: sorted.first?.expression ?? "NOASSERTION", parts: sorted)
        return WorkJudgement(verdict: Verdict.judge(terms, operator: OperatorProfile()))
    }

    /// A file with findings at the places where `marked` texts stand in it.
    static func file(
        _ path: String, _ text: String, content: ScannedFile.Content = .source, role: FileRole = .other,
        license: String? = nil, tag: String? = nil, kind: LicenseFinding.Kind = .tag, score: Int = 100,
        copyrights: [(text: String, years: String?, holder: String)] = [],
        evidence: [(EnclosureMark, String)] = [], residue: String? = nil,
        differences: [(added: String, missing: String)] = []
    ) -> ReportedFile {
        let bytes = Array(text.utf8)
        var file = ScannedFile(path: path, length: Int64(bytes.count), content: content, role: role)
        if let license {
            let expression = expression(license)
            let (range, lines) = place(of: tag ?? text, in: bytes)
            file.expression = expression
            file.findings = [
                LicenseFinding(
                    kind: kind, expression: expression, score: score, bytes: range, lines: lines,
                    rule: "\(kind.rawValue):\(license)",
                    differences: differences.map { added, missing in
                        WordDifference(
                            bytes: place(of: added, in: bytes).bytes, missing: missing, added: added)
                    })
            ]
        }
        file.copyrights = copyrights.map { notice in
            let (range, lines) = place(of: notice.text, in: bytes)
            return CopyrightNotice(
                text: notice.text, years: notice.years, holder: notice.holder, bytes: range, lines: lines)
        }
        file.evidence = evidence.map { mark, quote in
            let (range, lines) = place(of: quote, in: bytes)
            return EnclosureEvidence(mark: mark, bytes: range, lines: lines, quote: quote)
        }
        if let residue {
            let (range, lines) = place(of: residue, in: bytes)
            file.residue = [
                Residue(bytes: range, lines: lines, words: residue, licenseWordCount: 3)
            ]
        }
        let excerpts = unsafe bytes.withUnsafeBytes { unsafe SourceExcerpt.cut(for: file, from: $0) }
        return ReportedFile(
            file, sha1: SHA1.hash(bytes), sha256: SHA256.hash(bytes), excerpts: excerpts)
    }

    private static func place(of needle: String, in bytes: [UInt8]) -> (
        bytes: Range<Int>, lines: ClosedRange<Int>
    ) {
        let needle = Array(needle.utf8)
        let start = bytes.indices.first { bytes[$0...].starts(with: needle) } ?? 0
        let end = min(bytes.count, start + needle.count)
        let first = bytes[..<start].count { $0 == 10 } + 1
        let last = bytes[..<max(start, end - 1)].count { $0 == 10 } + 1
        return (start..<end, first...max(first, last))
    }

    private static func makeMixed() -> ScanReport {
        let jane = (text: "Copyright 2019-2021, 2024 Jane Roe", years: "2019-2021, 2024", holder: "Jane Roe")
        let mill = (
            text: "Copyright (C) 2017 Mill Lane Cooperative", years: "2017", holder: "Mill Lane Cooperative"
        )
        var files: [ReportedFile] = [
            file(
                "LICENSE",
                """
                Meadow License notes

                Permission is granted to anyone to use this work for any purpose, as the license below says.

                "Commons Clause" License Condition

                The grant of rights under the License does not include the right to Sell the Software.

                Permission to use, copy and modify is granted, provided that this notice stays in every copy.

                """, content: .text, role: .licenseText, license: "ISC",
                tag:
                    "Permission to use, copy and modify is granted, provided that this notice stays in every copy.",
                kind: .text, score: 92,
                evidence: [
                    (
                        .riderCommonsClause,
                        "The grant of rights under the License does not include the right to Sell the Software."
                    )
                ],
                residue:
                    "Permission is granted to anyone to use this work for any purpose, as the license below says.",
                differences: [
                    (added: "copy and modify", missing: "copy, modify, and/or distribute"),
                    (added: "stays in every copy", missing: "appear in all copies"),
                ]),
            file(
                "COPYING", "The text of the GNU General Public License stands here.\n", content: .text,
                role: .licenseText,
                license: "GPL-3.0-only", kind: .text),
            file(
                "src/main.c",
                """
                /* SPDX-License-Identifier: GPL-3.0-or-later */
                /* Copyright 2019-2021, 2024 Jane Roe */

                #include <stdio.h>

                int main(void) {
                    puts("meadow");
                    return 0;
                }

                """, license: "GPL-3.0-or-later", tag: "SPDX-License-Identifier: GPL-3.0-or-later",
                copyrights: [jane]),
            file(
                "src/old.c",
                """
                /* SPDX-License-Identifier: GPL-2.0-only */
                /* Copyright (C) 2017 Mill Lane Cooperative */
                static int old(void) { return 1; }

                """, license: "GPL-2.0-only", tag: "SPDX-License-Identifier: GPL-2.0-only", copyrights: [mill]
            ),
            file(
                "vendor/tiny/tiny.js",
                "// MIT licensed. Copyright (C) 2017 Mill Lane Cooperative\nmodule.exports = 1\n",
                license: "MIT", tag: "MIT licensed", kind: .reference, score: 80, copyrights: [mill]),
            file(
                "vendor/tiny/choice.js", "// SPDX-License-Identifier: Apache-2.0 OR MIT\n",
                license: "Apache-2.0 OR MIT", tag: "SPDX-License-Identifier: Apache-2.0 OR MIT"),
            file(
                "docs/guide.pdf", "%PDF-1.7 /Encrypt 5 0 R\n", content: .media,
                evidence: [(.drmPDF, "/Encrypt 5 0 R")]),
            file("docs/notes.txt", "Nothing is said here.\n", content: .text),
            file("data/set.zip", "PK", content: .archive),
            file(
                "data/set.zip!table.csv", "# CC-BY-4.0\n1,2\n", content: .data, license: "CC-BY-4.0",
                tag: "CC-BY-4.0"),
            file(
                "own/terms.txt",
                "SPDX-License-Identifier: LicenseRef-Orchard AND GPL-2.0-only WITH Classpath-exception-2.0\n",
                content: .text, license: "LicenseRef-Orchard AND GPL-2.0-only WITH Classpath-exception-2.0"),
        ]
        files[5].file.declared = expression("MIT")
        files[5].file.declaredIn = "vendor/tiny/package.json"
        let rider = files[0].file.evidence
        let lock = files[6].file.evidence
        var judgement = judge(files)
        judgement.marks = [
            Mark(
                mark: .riderCommonsClause, severity: .clashes, path: "LICENSE", evidence: rider,
                statement: "the rider takes back the right to sell, which ISC gives",
                clause: "ISC, first paragraph",
                cure: "ask the authors for the work without the rider"),
            Mark(
                mark: .drmPDF, severity: .hint, path: "docs/guide.pdf", evidence: lock,
                statement: "the document is encrypted, and no terms are stated for it",
                cure: "add the unlocked document"),
        ]
        judgement.duties = [
            Duty(
                kind: .licenseText, act: .share, license: "GPL-3.0-or-later",
                statement: "give the license text along",
                clause: "GPL-3.0 §4", isMet: true, places: ["COPYING"], fileCount: 1),
            Duty(
                kind: .licenseText, act: .share, license: "MIT", statement: "give the license text along",
                clause: "MIT, second paragraph", isMet: false, places: ["vendor/tiny/tiny.js"], fileCount: 1),
            Duty(
                kind: .correspondingSource, act: .shareObjectCode, license: "GPL-3.0-or-later",
                statement: "give the corresponding source along, or offer it", clause: "GPL-3.0 §6",
                isMet: nil,
                fileCount: 1),
        ]
        judgement.conflicts = [
            Conflict(
                part: "GPL-2.0-only", whole: "GPL-3.0-or-later", relation: .sameProgram, paths: ["src/old.c"],
                wholePaths: ["src/main.c"],
                result: Compatibility(
                    .no, use: .combine,
                    reasons: [
                        .init(
                            .part, "GPL-2.0-only", clause: "GPL-2.0 §2(b)",
                            "the whole must be under GPL-2.0, and GPL-3.0 adds terms that it does not allow")
                    ]),
                statement: "GPL-2.0-only and GPL-3.0-or-later cannot bind one program",
                cure: "ask for GPL-2.0-or-later, or keep the programs apart")
        ]
        judgement.contradictions = [
            Contradiction(
                path: "vendor/tiny/choice.js", kind: .declaredTooLittle, declared: "MIT",
                declaredIn: "vendor/tiny/package.json", found: "Apache-2.0 OR MIT", holdsWork: false,
                statement: "the file offers a choice of which the manifest states one")
        ]
        judgement.policyFindings = [
            PolicyFinding(
                rule: "mark:rider-commons-clause", severity: .error, path: "LICENSE",
                message: "a rider takes back what the license gives", decidedBy: "preset redistributable",
                subject: "rider-commons-clause"),
            PolicyFinding(
                rule: "license-denied", severity: .warning, path: "vendor/tiny/tiny.js",
                message: "MIT is not allowed in vendor/", decidedBy: "licenses.deny: MIT", policyLine: 4,
                subject: "MIT",
                lines: 1...1,
                exception: PolicyException(reason: "replaced in the next release")),
        ]
        var counts = ScanReport.Counts()
        counts.files = files.count
        counts.bytes = files.reduce(0) { $0 + $1.file.length }
        counts.archives = 1
        counts.skipped = 2
        return ScanReport(
            rootName: "meadow", toolVersion: "0.3.0", createdAt: time, files: files,
            packages: [
                ReportedPackage(
                    name: "tiny", version: "1.2.3", purl: "pkg:npm/tiny@1.2.3", declared: expression("MIT"),
                    path: "vendor/tiny/package.json", homepage: "https://tiny.example/", authors: ["Jane Roe"]
                )
            ],
            judgement: judgement, customTexts: ["LicenseRef-Orchard": "Whoever picks may share.\n"],
            notices: ["NOTICE": "Meadow\nCopyright 2019 Jane Roe\n"], policyName: "redistributable",
            hasBaseline: true, counts: counts,
            notes: [
                .init(.warning, path: "data/set.zip", "one member was larger than the limit and was not read")
            ])
    }

    private static func makeHostile() -> ScanReport {
        let names = [
            "</script><script>document.title='owned'</script>.c", "<img src=x onerror=alert(1)>.c",
            "a\nFileName: ./forged", "a\u{202E}cod.exe", "tab\there", "quote\"'`&amp;.c", "-->", "]]>",
            "null\u{0}byte",
            "ünï/ço∂é 🌾.txt", "white space/and * ? [glob] \\ back.c", "%2e%2e", "a!b", "colon:name",
            "\u{1B}[31mred",
            "<!--<script>", "${7*7}{{7*7}}", "__proto__", "constructor",
        ]
        var files = names.map { name in
            file(
                name,
                "// SPDX-License-Identifier: MIT\n// Copyright 2020 <b onclick=alert(2)>Eve</b> </text> & Co\n\u{0007}\n",
                license: "MIT", tag: "SPDX-License-Identifier: MIT",
                copyrights: [
                    (
                        text: "Copyright 2020 <b onclick=alert(2)>Eve</b> </text> & Co", years: "2020",
                        holder: "<b onclick=alert(2)>Eve</b> </text> & Co"
                    )
                ],
                evidence: [(.proprietary, "<b onclick=alert(2)>Eve</b>")])
        }
        files.append(
            file(
                "unlisted", "",
                license: "Not-A-License AND MIT WITH No-Such-exception AND DocumentRef-x:LicenseRef-y"))
        var raw = ScannedFile(path: "bytes.bin", length: .max, content: .text)
        raw.evidence = [EnclosureEvidence(mark: .proprietary, bytes: 0..<4, lines: 1...1, quote: "\u{FFFD}")]
        files.append(
            ReportedFile(
                raw,
                excerpts: [
                    SourceExcerpt(
                        firstLine: 1, firstByte: 0, bytes: [0xFF, 0xFE, 0x00, 0xC3, 0x28, 0x0A, 0x3C])
                ]))
        var judgement = judge(files)
        judgement.marks = names.map { name in
            Mark(
                mark: .proprietary, severity: .forbids, path: name, evidence: files[0].file.evidence,
                statement: "</script><script>document.title='owned'</script>", clause: "<i>§1</i>",
                cure: "\"><svg onload=alert(3)>")
        }
        judgement.duties = [
            Duty(
                kind: .attribution, act: .share, license: "</script>", statement: "<script>alert(4)</script>",
                clause: nil,
                isMet: false, places: names, fileCount: .max)
        ]
        return ScanReport(
            rootName: "</title><script>document.title='owned'</script>", toolVersion: "0.3.0",
            createdAt: .max, files: files,
            packages: [
                ReportedPackage(
                    name: "</script>", version: "1\n2", purl: "pkg:npm/<x>", path: names[0],
                    homepage: "javascript:alert(5)", authors: ["<b>"])
            ],
            judgement: judgement, customTexts: ["LicenseRef-y": "</text></script>"], isPartial: true,
            notes: [.init(.warning, path: names[0], "</script>")])
    }

    // REUSE-IgnoreEnd
}
