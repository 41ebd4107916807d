// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Support
import SwardScan
import Testing

// REUSE-IgnoreStart

@Suite("Paths in .reuse/dep5") struct DebianGlobTests {
    static let rows: [(glob: String, path: String, fits: Bool)] = [
        ("*", "a/b", true), ("*.c", "a/b.c", true), ("a?c", "abc", true), ("a?c", "aüc", true),
        ("a?c", "a/c", true),
        ("a\\*", "a*", true), ("a\\*", "ab", false), ("a/*", "a/", true), ("a/*", "a", false), ("", "", true),
        ("", "a", false),
        ("*a*b*", "xaybz", true), ("*a*b*", "xbya", false), ("debian/*", "debian/x/y", true),
    ]

    @Test("a pattern fits what Debian says it fits", arguments: rows)
    func matches(_ row: (glob: String, path: String, fits: Bool)) {
        #expect(DebianGlob(row.glob).matches(row.path) == row.fits, "\(row.glob) \(row.path)")
    }

    @Test("many stars cost no more than pattern times path", .timeLimit(.minutes(1)))
    func bounded() {
        #expect(
            !DebianGlob(String(repeating: "*a", count: 200) + "b").matches(
                String(repeating: "a", count: 5000)))
    }
}

@Suite(".reuse/dep5") struct Dep5Tests {
    @Test("the last paragraph that fits speaks")
    func last() throws {
        let dep5 = try Dep5(
            "Format: x\n# remark\nUpstream-Name: y\n\nFiles: * z\nCopyright: 2020 A\n  2021 B\nLicense: MIT\n text\n\nFiles: a/*\nCopyright: C\nLicense: ISC\n"
        )
        #expect(dep5.paragraph(for: "b.c")?.license == "MIT")
        #expect(dep5.paragraph(for: "b.c")?.copyrights == ["2020 A", "2021 B"])
        #expect(dep5.paragraph(for: "a/b.c")?.license == "ISC")
    }

    static let refusals: [(text: String, line: Int)] = [
        ("", 1), ("Files: *\nLicense: MIT\n", 1), ("Format: x\nno field\n", 2), (" begins\n", 1),
        ("Format: x\nFormat: y\n", 2),
    ]

    @Test("what is no machine-readable copyright file is refused with its line", arguments: refusals)
    func refuses(_ row: (text: String, line: Int)) {
        let error = #expect(throws: ScanError.self) { try Dep5(row.text) }
        #expect(error?.line == row.line)
    }
}

@Suite("REUSE as reuse lint has it") struct ReuseLintTests {
    private static let good = "// SPDX-FileCopyrightText: A\n// SPDX-License-Identifier: MIT\n"

    @Test("a tree that follows REUSE is compliant")
    func compliant() throws {
        let bench = try Bench(["a.c": Self.good, "LICENSES/MIT.txt": "text"])
        let report = try ReuseLint().check(bench.folder.path)
        #expect(report.isCompliant && report.files.map(\.path) == ["a.c"] && report.usedLicenses == ["MIT"])
    }

    @Test("each way not to follow it is told")
    func problems() throws {
        let bench = try Bench([
            "a.c": "// SPDX-License-Identifier: ISC\n", "b.c": "// SPDX-FileCopyrightText: A\n",
            "c.c": "// SPDX-FileCopyrightText: A\n// SPDX-License-Identifier: MIT AND\n", "d.c": Self.good,
            "LICENSES/MIT.txt": "x", "LICENSES/Zlib.txt": "x", "LICENSES/Own.txt": "x",
            "LICENSES/GPL-2.0.txt": "x",
            "LICENSES/0BSD": "x",
        ])
        let report = try ReuseLint().check(bench.folder.path)
        #expect(!report.isCompliant)
        #expect(report.withoutCopyright == ["a.c"])
        #expect(report.withoutLicense == ["b.c", "c.c"])
        #expect(report.invalidExpressions.map(\.text) == ["MIT AND"])
        #expect(report.missing == ["ISC"])
        #expect(report.unused == ["0BSD", "GPL-2.0", "Own", "Zlib"])
        #expect(report.bad == ["Own"])
        #expect(report.deprecated == ["GPL-2.0"])
        #expect(report.withoutExtension == ["0BSD"])
    }

    @Test("two kinds of declarations exclude each other")
    func both() throws {
        let bench = try Bench(["REUSE.toml": "version = 1\n", ".reuse/dep5": "Format: x\n"])
        let error = #expect(throws: ScanError.self) { try ReuseLint().check(bench.folder.path) }
        #expect(error?.reason == .twoKindsOfAnnotations("REUSE.toml"))
    }
}
