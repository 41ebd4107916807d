// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardDetection
import SwardSPDX
import Testing

@testable import SwardPolicy

/// A license file, and how it says what it says.
private func text(
    _ path: String, _ expression: String, _ kind: LicenseFinding.Kind = .text, holder: String? = nil
) -> ScannedFile {
    var result = file(path, expression, .text, holder: holder)
    result.role = .licenseText
    result.findings[0].kind = kind
    return result
}

@Suite("What license files say of other files") struct CoverTests {
    @Test("the rest of a work of which some files are judged has its texts, notices and terms")
    func beside() {
        let rest = [
            text("../LICENSES/GPL-3.0-only.txt", "GPL-3.0-only", .text),
            text("../COPYING", "GPL-3.0-only", .text), file("../src/a.c", "GPL-3.0-only", holder: "A"),
        ]
        let judgement = WorkJudgement.judge(
            files: [file("b.c", "GPL-3.0-only"), file("c.c")], beside: rest, operator: OperatorProfile(),
            policy: .redistributable)
        #expect(judgement.policyFindings.isEmpty && judgement.marks.isEmpty)
        #expect(judgement.cover(of: "c.c")?.path == "../COPYING")
        #expect(judgement.terms.parts.map(\.fileCount) == [2])
    }

    @Test("the notice of a license's own text is none of the work")
    func noticeOfText() {
        let files = [
            text("COPYING", "GPL-3.0-only", .text, holder: "Free Software Foundation, Inc."),
            file("a.c", "GPL-3.0-only"),
        ]
        let judgement = WorkJudgement.judge(
            files: files, operator: OperatorProfile(), policy: .redistributable)
        #expect(judgement.policyFindings.map(\.rule) == ["duty:copyright-notice"])
        let theirs = WorkJudgement.judge(
            files: files + [file("b.c", "GPL-3.0-only", holder: "Free Software Foundation, Inc.")],
            operator: OperatorProfile(), policy: .redistributable)
        #expect(theirs.policyFindings.isEmpty)
    }

    static let rows: [(files: [ScannedFile], path: String, expression: String?)] = [
        // A file that grants in words, and the texts it names.
        (
            [
                text("LICENSE", "LGPL-2.1-or-later OR EPL-1.0", .header),
                text("LICENSE-EPL", "EPL-1.0", .text),
                text("LICENSE-LGPL", "LGPL-2.1-only", .text),
            ], "a.c", "LGPL-2.1-or-later OR EPL-1.0"
        ),
        (
            [
                text("COPYING", "GPL-3.0-only", .text),
                text("LICENSE.spdx", "GPL-3.0-or-later", .tag),
            ], "a.c", "GPL-3.0-or-later"
        ),
        ([text("LICENSE", "MIT", .text), text("COPYING", "Zlib", .text)], "a.c", "Zlib AND MIT"),
        // A bare text, and what the files beside it grant.
        (
            [text("COPYING", "GPL-2.0-only", .text)]
                + (0..<3).map { file("\($0).c", "GPL-2.0-or-later", kind: .header) }
                + (0..<9).map { file("x\($0).c") },
            "a.c", "GPL-2.0-or-later"
        ),
        (
            [text("COPYING", "GPL-2.0-only", .text), file("1.c", "GPL-2.0-only", kind: .header)]
                + (2..<6).map { file("\($0).c", "GPL-2.0-or-later", kind: .header) }, "a.c", "GPL-2.0-only"
        ),
        (
            [text("COPYING", "GPL-2.0-only", .text), file("1.c", "GPL-2.0-or-later", kind: .header)]
                + (0..<9).map { file("x\($0).c") }, "a.c", "GPL-2.0-only"
        ),
        (
            [
                text("COPYING", "GPL-2.0-only", .text),
                file("Cargo.toml", "GPL-2.0-or-later", .data, kind: .metadata), file("1.c"), file("2.c"),
                file("3.c"),
            ], "a.c", "GPL-2.0-or-later"
        ),
        // What a license file is named after.
        (
            [text("LICENSE", "GPL-3.0-only", .text), text("shade/BLUR_COPYING", "Zlib", .text)],
            "shade/sky.frag", "GPL-3.0-only"
        ),
        (
            [text("LICENSE", "GPL-3.0-only", .text), text("shade/BLUR_COPYING", "Zlib", .text)],
            "shade/blur_down.frag", "Zlib"
        ),
        ([text("blur/BLUR_COPYING", "Zlib", .text)], "blur/a.frag", "Zlib"),
        ([text("lib/MIT-LICENSE", "MIT", .text)], "lib/a.c", "MIT"),
        // What is named as others'.
        ([text("ALTERNATE_LICENSES.txt", "MIT", .text)], "a.c", nil),
        ([text("THIRD-PARTY-LICENSES", "MIT", .text)], "a.c", nil),
    ]

    @Test("license files cover what they speak of", arguments: rows.indices)
    func covers(_ number: Int) {
        let row = Self.rows[number]
        let judgement = WorkJudgement.judge(files: row.files, operator: OperatorProfile())
        #expect(judgement.cover(of: row.path)?.expression.description == row.expression)
    }
}
