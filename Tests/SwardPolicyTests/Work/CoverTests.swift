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
        (
            [
                text("LICENSE", "GPL-3.0-only"), text("assets/LICENSE_KETTLE.txt", "Apache-2.0"),
                text("assets/LICENSE-lid", "MIT"),
            ], "assets/help.html", "GPL-3.0-only"
        ),
        (
            [text("LICENSE", "GPL-3.0-only"), text("assets/LICENSE_KETTLE.txt", "Apache-2.0")],
            "assets/kettle-2.js", "Apache-2.0"
        ),
        (
            [
                text("LICENSE", "GPL-3.0-only"), text("assets/LICENSE_GLIDE.txt", "Apache-2.0"),
                text("assets/LICENSE_APACHE-2.0.txt", "Apache-2.0"),
            ], "assets/help.html", "GPL-3.0-only"
        ),
        ([text("LICENSE", "MIT"), text("lib/LICENSE_GLIDE.txt", "Glide")], "lib/a.c", "Glide"),
        ([text("LICENSE", "MIT"), text("lib/LICENSE-BSL.txt", "BUSL-1.1")], "lib/a.c", "BUSL-1.1"),
        ([text("LICENSE", "MIT"), text("LICENSE-kettle", "Zlib")], "a.c", "MIT"),
        ([text("LICENSE-kettle", "Zlib")], "a.c", "Zlib"),
        ([text("LICENSE", "MIT"), text("lib/kettle/LICENSE.kettle", "Zlib")], "lib/kettle/a.c", "Zlib"),
        ([text("LICENSE", "MIT"), text("fw/LICENSE.pump800", "Zlib")], "fw/well.bin", "MIT"),
        ([text("LICENSE", "MIT"), text("lib/LICENSE_1_0.txt", "BSL-1.0")], "lib/a.c", "BSL-1.0"),
        ([text("LICENSE", "MIT"), text("lib/LICENSE.de", "Zlib")], "lib/a.c", "Zlib"),
        ([text("LICENSE", "MIT"), text("lib/LICENSE-ELASTIC", "Elastic-2.0")], "lib/a.c", "Elastic-2.0"),
        ([text("LICENSE", "MIT"), text("lib/LICENSE-BSD3.txt", "BSD-3-Clause")], "lib/a.c", "BSD-3-Clause"),
        // A choice is offered between licenses, not between the parts of a work.
        ([text("LICENSE-MIT", "MIT"), text("LICENSE-APACHE", "Apache-2.0")], "a.c", "Apache-2.0 OR MIT"),
        ([text("LICENSE-CODE", "MIT"), text("LICENSE-TEXT", "CC-BY-4.0")], "a.c", "MIT AND CC-BY-4.0"),
        ([text("LICENSE_CODE", "MIT"), text("LICENSE_ASSETS.txt", "CC0-1.0")], "a.c", "CC0-1.0 AND MIT"),
        ([text("LICENSE-code.md", "MIT"), text("LICENSE-data.md", "CC0-1.0")], "a.c", "MIT AND CC0-1.0"),
        ([text("LICENSE-MIT", "MIT"), text("LICENSE-ART", "CC-BY-4.0")], "a.c", "CC-BY-4.0 AND MIT"),
        (
            [
                text("LICENSE-APACHE", "Apache-2.0"), text("LICENSE-DOCS", "CC-BY-4.0"),
                text("LICENSE-MIT", "MIT"),
            ], "a.c", "(Apache-2.0 OR MIT) AND CC-BY-4.0"
        ),
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
