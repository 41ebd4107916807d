// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardPolicy
import SwardReport
import SwardSPDX
import Testing

@Suite("Debian copyright and notices") struct NoticesTests {
    private func render(_ format: ReportFormat, _ files: [ReportedFile]) -> String {
        let report = ScanReport(
            rootName: "work", toolVersion: "1", createdAt: 0, files: files, judgement: Samples.judge(files))
        return String(decoding: format.rendered(report), as: UTF8.self)
    }

    private func licensed(
        _ path: String, _ license: String, _ year: String = "2020", _ holder: String = "Ann"
    )
        -> ReportedFile
    {
        Samples.file(
            path, "\(license) Copyright \(year) \(holder)\n", license: license, tag: license,
            copyrights: [(text: "Copyright \(year) \(holder)", years: year, holder: holder)])
    }

    @Test("a folder of one kind is one pattern, and the commonest needs none")
    func groups() {
        let text = render(
            .debianCopyright,
            [
                licensed("a.c", "MIT"), licensed("b/c.c", "MIT"), licensed("b/d.c", "MIT"),
                licensed("lib/x.c", "ISC"),
                licensed("lib/deep/y.c", "ISC"), licensed("lib.c", "ISC"),
            ])
        #expect(text.contains("Files: *\nCopyright: 2020 Ann\nLicense: Expat\n"))
        #expect(text.contains("Files: lib.c\n lib/*\nCopyright: 2020 Ann\nLicense: ISC\n"))
    }

    @Test("years of one holder are joined")
    func joinsYears() {
        let text = render(
            .debianCopyright,
            [
                licensed("a.c", "MIT", "2018-2019"), licensed("b.c", "MIT", "2020, 2024"),
                licensed("c.c", "MIT", "2999999"),
            ])
        #expect(text.contains("Copyright: 2018-2020, 2024, 2999999 Ann\n"))
    }

    static let names: [(spdx: String, debian: String)] = [
        ("GPL-2.0-or-later", "GPL-2+"), ("GPL-2.0-only", "GPL-2"), ("LGPL-2.1-or-later", "LGPL-2.1+"),
        ("AGPL-3.0-only", "AGPL-3"), ("GFDL-1.3-no-invariants-or-later", "GFDL-NIV-1.3+"), ("MIT", "Expat"),
        ("Apache-2.0", "Apache-2.0"), ("MIT OR Apache-2.0", "Expat or Apache-2.0"),
        ("MIT AND (GPL-2.0-only OR ISC)", "Expat, and GPL-2 or ISC"),
        ("GPL-3.0-or-later WITH GCC-exception-3.1", "GPL-3+ with GCC-exception-3.1 exception"),
    ]

    @Test("licenses have Debian's names", arguments: names)
    func writesNames(row: (spdx: String, debian: String)) {
        #expect(render(.debianCopyright, [licensed("a", row.spdx)]).contains("License: \(row.debian)\n"))
    }

    @Test("a name cannot add a pattern or a field")
    func escapesNames() {
        let text = render(
            .debianCopyright,
            [licensed("a", "MIT"), licensed("b", "MIT"), licensed("x y\nLicense: none*", "ISC")])
        #expect(text.contains("Files: x?y?License:?none\\*\n"))
    }

    @Test("notices name parts, holders and where the text is")
    func listsParts() {
        let text = render(.notice, [licensed("src/a.c", "MIT"), licensed("src/b.c", "MIT", "2021", "Bea")])
        #expect(text.contains("MIT License (MIT)"))
        #expect(text.contains("Parts:\n  src/\n"))
        #expect(text.contains("Copyright:\n  2020 Ann\n  2021 Bea\n"))
        #expect(text.contains("not in this work"))
    }
}
