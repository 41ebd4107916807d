// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Support
import SwardDetection
import SwardPolicy
import SwardReport
import SwardScan
import SwardSPDX
import Testing

// REUSE-IgnoreStart

@Suite("Scans of a part of a work") struct PartialScanTests {
    private static let source = "// SPDX-License-Identifier: GPL-3.0-only\n// Copyright 2020 A\nint x;\n"

    /// A repository with its text in `LICENSES/`, a commit, and more that is staged.
    private static func repository(_ files: [String: String], staged: [String: String]) throws -> Bench {
        let bench = try Bench(files)
        try git(bench, ["init", "--quiet"])
        try git(bench, ["add", "."])
        try git(bench, ["-c", "user.name=a", "-c", "user.email=a@b.example", "commit", "--quiet", "-m", "1"])
        for (path, text) in staged { try bench.folder.write(text, to: path) }
        try git(bench, ["add", "."])
        return bench
    }

    private static func git(_ bench: Bench, _ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["git", "-C", bench.folder.path] + arguments
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }

    private static func scan(
        _ bench: Bench, _ path: String = "", _ selection: ScanOptions.Selection
    ) throws -> ScanReport {
        try bench.scan(path) {
            $0.selection = selection
            $0.policy = .redistributable
        }
    }

    @Test("texts of the repository count for what is staged, and for what changed since")
    func changes() throws {
        let bench = try Self.repository(
            ["a.c": Self.source, "LICENSES/GPL-3.0-only.txt": "the text\n"],
            staged: ["b.c": Self.source, "lib/c.c": "int c;\n"])
        for selection in [ScanOptions.Selection.staged, .since("HEAD")] {
            let report = try Self.scan(bench, selection)
            #expect(report.files.map(\.file.path) == ["b.c", "lib/c.c"])
            #expect(report.judgement.marks.isEmpty)
            #expect(report.judgement.policyFindings.map(\.rule) == ["no-terms"])
        }
    }

    private static func scan(_ bench: Bench, _ selection: ScanOptions.Selection) throws -> ScanReport {
        try scan(bench, "", selection)
    }

    @Test("a folder of a repository is under the terms that stand above it")
    func subfolder() throws {
        let bench = try Self.repository(
            [
                "COPYING": "License: GPL-3.0-only\n", "LICENSES/GPL-3.0-only.txt": "the text\n",
                "sub/deep/a.c": Self.source, "sub/deep/b.c": "int b;\n", "other/README": "License: MIT\n",
                "REUSE.toml":
                    "version = 1\n[[annotations]]\npath = \"sub/**.dat\"\nSPDX-License-Identifier = \"CC0-1.0\"\n",
                "sub/deep/c.dat": "1 2\n",
            ], staged: ["sub/deep/d.c": "int d;\n"])
        for (selection, paths) in [
            (ScanOptions.Selection.tracked, ["a.c", "b.c", "c.dat", "d.c"]),
            (.revision("HEAD"), ["a.c", "b.c", "c.dat"]), (.staged, ["d.c"]),
        ] {
            let report = try Self.scan(bench, "sub/deep", selection)
            #expect(report.files.map(\.file.path) == paths)
            for file in report.files where file.file.path.hasSuffix(".c") {
                #expect(file.concluded?.description == "GPL-3.0-only")
            }
            #expect(report.judgement.policyFindings.allSatisfy { $0.rule == "duty:copyright-notice" })
            if let data = report.file("c.dat") {
                #expect(data.declared?.description == "CC0-1.0" && data.declaredIn == "../../REUSE.toml")
            }
        }
    }

    @Test("a folder that cannot be read makes a report that is not whole", .enabled(if: geteuid() != 0))
    func unreadable() throws {
        let bench = try Bench(["a.c": Self.source, "d/b.c": "int b;\n"])
        try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: bench.folder["d"].path)
        defer {
            try? FileManager.default.setAttributes(
                [.posixPermissions: 0o755], ofItemAtPath: bench.folder["d"].path)
        }
        let report = try bench.scan()
        #expect(report.isPartial && report.unread == ["d"])
    }
}

@Suite("License files whose text is on no list") struct UnlistedTextTests {
    private static let terms = """
        You may use, copy and change the boats as long as you keep this license with them. All
        rights that are not granted here are reserved, and the boats come without any warranty whatever. Permission may be
        asked for at the quay, where the licensor answers in writing and within a month, as the terms below require.

        """

    @Test("they are the terms of the work, once, and called by their title")
    func isCustom() throws {
        let report = try Bench([
            "LICENSE.txt": "Copyright 2020 A. Sailor\n\nFerry Boat License\n\n" + Self.terms,
            "a.c": "int a;\n",
            "b.c": "int b;\n",
        ]).scan { $0.policy = .redistributable }
        #expect(report.file("LICENSE.txt")?.expression?.description == "LicenseRef-Ferry-Boat-License")
        #expect(report.judgement.cover(of: "a.c")?.expression.description == "LicenseRef-Ferry-Boat-License")
        #expect(Set(report.judgement.policyFindings.map(\.rule)) == ["license-review"])
        #expect(report.customTexts["LicenseRef-Ferry-Boat-License"]?.contains("at the quay") == true)
    }

    @Test(
        "a text without a title is told by its name, one of others covers nothing, and one beside a license is not all"
    )
    func kinds() throws {
        let untitled = try Bench(["LICENSE": Self.terms, "a.c": "int a;\n"]).scan()
        #expect(
            untitled.judgement.cover(of: "a.c")?.expression.description.hasPrefix("LicenseRef-LICENSE-")
                == true)
        let others = try Bench(["ALTERNATE_LICENSES.txt": "Boats\n\n" + Self.terms, "a.c": "int a;\n"]).scan()
        #expect(others.judgement.cover(of: "a.c") == nil)
        let beside = try Bench([
            "LICENSE": "License: MIT\n", "LICENSE-LOGO": "Boats\n\n" + Self.terms, "a.c": "int a;\n",
        ]).scan()
        #expect(beside.judgement.cover(of: "a.c")?.expression.description == "MIT")
        let pointer = try Bench(["LICENSE": "See the file doc/terms.\n", "a.c": "int a;\n"]).scan()
        #expect(pointer.judgement.cover(of: "a.c") == nil)
    }
}

@Suite("Terms of a part of a file") struct PartOfFileTests {
    @Test("a note in the midst of a source does not replace what covers it")
    func noted() throws {
        let lines = String(repeating: "int tide(int a) { return a + 1; } /* of the harbour */\n", count: 100)
        let note = "// adapted from the tables of a pilot\n// original license: CC0 1.0\n"
        let files = ["LICENSE": "License: MIT\n", "a.c": lines + note + lines, "b.c": note + lines + lines]
        let report = try Bench(files).scan()
        #expect(report.terms["a.c"] == "MIT AND CC0-1.0")
        #expect(report.terms["b.c"] == "CC0-1.0")
    }

    @Test("manifests of one folder that name one license twice are one, unless one says only")
    func manifests() throws {
        func terms(_ npm: String) throws -> String? {
            try Bench([
                "package.json": "{\"license\": \"\(npm)\"}",
                "composer.json": "{\"license\": \"GPL-3.0-or-later\"}",
                "a.c": "int a;\n",
            ]).scan().file("a.c")?.concluded?.description
        }
        #expect(try terms("GPLv3") == "GPL-3.0-or-later")
        #expect(try terms("GPL-3.0-only") == "GPL-3.0-or-later AND GPL-3.0-only")
    }

    @Test("what a file says of itself apart from what it describes holds for it")
    func itself() throws {
        let report = try Bench([
            "x.appdata.xml":
                "<component><id>x</id><metadata_license>CC0-1.0</metadata_license><project_license>GPL-3.0+</project_license></component>",
            "a.c": "int a;\n",
        ]).scan()
        #expect(report.terms == ["x.appdata.xml": "CC0-1.0", "a.c": "GPL-3.0-or-later"])
        #expect(report.judgement.contradictions.isEmpty)
    }

    @Test("a name without a version has that of the license file it points to")
    func pointer() throws {
        let report = try Bench([
            "license.txt": "License: BSD-2-Clause\n\n",
            "README.md": "# Quay\n\nBSD license, check license.txt for details.\n",
        ]).scan()
        #expect(report.terms["README.md"] == "BSD-2-Clause")
    }
}

// REUSE-IgnoreEnd
