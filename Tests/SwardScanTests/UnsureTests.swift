// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Support
import SwardPolicy
import SwardReport
import SwardScan
import SwardSPDX
import Testing

// REUSE-IgnoreStart

/// Works whose license file is free, and in which one thing is said that cannot be read, or that a reader could miss.
@Suite("What is unsure is not passed over") struct UnsureTests {
    private static func tag(_ text: String) -> String { "// SPDX-License-Identifier: \(text)\nint x;\n" }
    private static func toml(_ precedence: String, _ license: String) -> String {
        """
        version = 1

        [[annotations]]
        path = "**"
        precedence = "\(precedence)"
        SPDX-FileCopyrightText = "2026 A"
        SPDX-License-Identifier = \(license)

        """
    }

    struct Work {
        let files: [String: String]
        let path: String
        /// What is concluded for the file; `nil` where it does not matter.
        var terms: String?
        var redistribution = Redistribution.needsReview
    }

    static let works: [Work] =
        [
            // Tags that are no expression, or of licenses that no list has.
            "GPL-2.0-only WITH Foo-exception", "GPL-2.0-only WITH LicenseRef-foo",
            "Proprietary",
            "MYLICENSE", "MIT & CC-BY-NC-4.0", "MIT, CC-BY-NC-4.0",
        ].map { Work(files: ["a.c": tag($0)], path: "a.c") } + [
            Work(files: ["a.c": tag("NONE")], path: "a.c", terms: "NONE", redistribution: .notPermitted),
            Work(files: ["a.c": tag("MIT AND NONE")], path: "a.c", redistribution: .notPermitted),
            // What merely sounds like a tag says nothing.
            Work(files: ["a.c": tag("license-identifier")], path: "a.c", redistribution: .permitted),
            Work(
                files: ["x.dat": "1\n", "x.dat.license": "SPDX-License-Identifier: MYLICENSE\n"],
                path: "x.dat",
                terms: "MYLICENSE"),
            Work(
                files: ["a.c": "int x;\n", "REUSE.toml": toml("override", "\"CC-BY-NC-4.0 AND\"")],
                path: "a.c", terms: "LicenseRef-unreadable"),
            Work(
                files: [
                    "a.c": "int x;\n", "REUSE.toml": toml("override", "[\"CC-BY-NC-4.0 AND\", \"CC0-1.0\"]"),
                ],
                path: "a.c", terms: "LicenseRef-unreadable AND CC0-1.0"),
            Work(files: ["a.c": "int x;\n", "REUSE.toml": "version = \n"], path: "a.c"),
            // What tables above add holds beside a deeper override, and `dep5` beside a sidecar.
            Work(
                files: [
                    "REUSE.toml": toml("aggregate", "\"CC-BY-NC-4.0\""), "a/b.c": "int x;\n",
                    "a/REUSE.toml": toml("override", "\"CC0-1.0\""),
                ], path: "a/b.c", terms: "CC-BY-NC-4.0 AND CC0-1.0", redistribution: .noncommercialOnly),
            Work(
                files: [
                    ".reuse/dep5":
                        "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n\nFiles: *\nCopyright: 2026 A\nLicense: CC-BY-NC-4.0\n",
                    "a.dat": "1\n", "a.dat.license": "SPDX-License-Identifier: CC0-1.0\n",
                ], path: "a.dat", terms: "CC0-1.0 AND CC-BY-NC-4.0", redistribution: .noncommercialOnly),
            // The license of a snippet is that of its lines.
            Work(
                files: [
                    "a.c":
                        "int x;\n// SPDX-SnippetBegin\n// SPDX-License-Identifier: MIT\nint y;\n// SPDX-SnippetEnd\nint z;\n",
                    "REUSE.toml": toml("closest", "\"CC-BY-NC-4.0\""),
                ], path: "a.c", terms: "CC-BY-NC-4.0 AND MIT", redistribution: .noncommercialOnly),
            // A name alone takes no file out of what is judged.
            Work(
                files: ["film.license": "SPDX-License-Identifier: CC-BY-NC-ND-4.0\n"], path: "film.license",
                redistribution: .noncommercialOnly),
            Work(
                files: ["d.baseline": "SPDX-License-Identifier: CC-BY-NC-ND-4.0\n"], path: "d.baseline",
                redistribution: .noncommercialOnly),
            Work(
                files: ["LICENSES/f.c": tag("CC-BY-NC-ND-4.0")], path: "LICENSES/f.c",
                redistribution: .noncommercialOnly),
        ]

    @Test("files that say what no reader can settle", arguments: works)
    func isHeld(_ work: Work) throws {
        let bench = try Bench(work.files.merging(["LICENSE": "License: CC0-1.0\n"]) { own, _ in own })
        let report = try bench.scan()
        #expect(report.judgement.verdict.redistribution == work.redistribution)
        if let terms = work.terms { #expect(report.file(work.path)?.concluded?.description == terms) }
    }

    @Test("a sidecar that is a link within the work is read, one that leads out is not")
    func links() throws {
        let bench = try Bench([
            "LICENSE": "License: CC0-1.0\n", "b.dat": "1\n", "c.dat": "1\n",
            "terms/nc.txt": "SPDX-License-Identifier: CC-BY-NC-4.0\n",
        ])
        let manager = FileManager.default
        try manager.createSymbolicLink(
            atPath: bench.folder.path + "/b.dat.license", withDestinationPath: "terms/nc.txt")
        try manager.createSymbolicLink(
            atPath: bench.folder.path + "/c.dat.license", withDestinationPath: "/etc/passwd")
        let report = try bench.scan()
        #expect(report.file("b.dat")?.concluded?.description == "CC-BY-NC-4.0")
        #expect(report.file("c.dat")?.concluded == nil)
        #expect(report.judgement.verdict.redistribution == .noncommercialOnly)
    }

    @Test(
        "whoever declares the terms of an archive answers for the archives in it", arguments: [false, true])
    func nested(_ isDeclared: Bool) throws {
        let damaged = try Array(Fixture("bundles/archives/work.tar.gz").bytes.dropLast(64))
        let bench = try Bench(["LICENSE": "License: CC0-1.0\n"])
        try bench.folder.write(tar([("d.tar.gz", damaged)]), to: "o.tar")
        if isDeclared { try bench.folder.write("SPDX-License-Identifier: CC0-1.0\n", to: "o.tar.license") }
        let verdict = try bench.scan().judgement.verdict
        #expect((verdict.redistribution == .permitted) == isDeclared)
    }

    @Test(
        "an archive that cannot be read to its end is for a person to look at, unless its terms are declared")
    func archives() throws {
        let damaged = try Fixture("bundles/archives/work.tar.gz").bytes.dropLast(64)
        for (sidecar, redistribution) in [(false, Redistribution.needsReview), (true, .permitted)] {
            let bench = try Bench(["LICENSE": "License: CC0-1.0\n"])
            try bench.folder.write(Array(damaged), to: "d.tar.gz")
            if sidecar {
                try bench.folder.write("SPDX-License-Identifier: CC0-1.0\n", to: "d.tar.gz.license")
            }
            let judgement = try bench.scan { $0.policy = .redistributable }.judgement
            #expect(judgement.verdict.redistribution == redistribution)
            #expect(
                judgement.policyFindings.contains { $0.rule == "not-looked-into" && $0.path == "d.tar.gz" }
                    == !sidecar)
        }
    }
}
// REUSE-IgnoreEnd
