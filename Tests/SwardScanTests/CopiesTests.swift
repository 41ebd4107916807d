// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardDetection
import SwardPolicy
import SwardReport
import SwardScan
import SwardSPDX
import Testing

// REUSE-IgnoreStart

@Suite("Notices that are gone, and words that are not the file's own") struct CopiesTests {
    static let body =
        (1...30).map { "int number_\($0)(int x) { return x * \($0) + \($0 % 7); }" }.joined(separator: "\n")
        + "\n"
    static let head = "/* Copyright 2020 A. Holder\n * SPDX-License-Identifier: GPL-3.0-or-later */\n"

    static func marks(_ files: [String: String]) throws -> [String] {
        try Bench(files).scan().judgement.marks.map {
            "\($0.mark.rawValue) \($0.path) \($0.severity.rawValue)"
        }
    }

    @Test("a copy without the notices of its original is told")
    func stripped() throws {
        let found = try Self.marks(["src/a.c": Self.head + Self.body, "vendor/a.c": Self.body])
        #expect(found.contains("stripped-notices vendor/a.c clashes"))
    }

    @Test("a copy that keeps them, and another file, are not")
    func kept() throws {
        let other = Self.body.split(separator: "\n").map { "static \($0) /* mine */" }.joined(separator: "\n")
        let found = try Self.marks([
            "src/a.c": Self.head + Self.body, "vendor/a.c": Self.head + "\n" + Self.body, "src/b.c": other,
        ])
        #expect(!found.contains { $0.hasPrefix("stripped-notices") })
    }

    @Test("a copy whose terms are declared beside it has kept them")
    func declared() throws {
        let found = try Self.marks([
            "src/a.c": Self.head + Self.body, "vendor/a.c": Self.body,
            "vendor/a.c.license":
                "SPDX-FileCopyrightText: 2020 A. Holder\nSPDX-License-Identifier: GPL-3.0-or-later\n",
        ])
        #expect(!found.contains { $0.hasPrefix("stripped-notices") })
    }

    @Test("a copy under terms that its original does not allow is relicensed")
    func relicensed() throws {
        let mine = "/* Copyright 2024 B. Taker\n * SPDX-License-Identifier: MIT */\n"
        let found = try Self.marks(["src/a.c": Self.head + Self.body, "new/a.c": mine + Self.body])
        #expect(found.contains("relicensed new/a.c clashes"))
        #expect(!found.contains { $0.hasPrefix("relicensed src/a.c") })
    }

    static let granting = "Licensed under the GNU General Public License, version 3 or later.\n"

    @Test("a copy that only its folder puts under other terms is relicensed, unless it came from freer ones")
    func moved() throws {
        let found = try Self.marks([
            "LICENSE": "License: MIT\n", "src/a.c": Self.body,
            "third_party/a/README": Self.granting, "third_party/a/a.c": Self.body,
        ])
        #expect(found.contains("relicensed src/a.c clashes"))
        let freer = try Self.marks([
            "README": Self.granting, "src/a.c": Self.body,
            "third_party/a/LICENSE": "License: MIT\n", "third_party/a/a.c": Self.body,
        ])
        #expect(!freer.contains { $0.hasPrefix("relicensed") })
    }

    static let apache = """
        /* Licensed under the Apache License, Version 2.0. See the NOTICE file distributed with this work
         * for additional information regarding copyright ownership. */
        """

    @Test("a header that speaks of a NOTICE misses it once where there is none", arguments: [true, false])
    func notice(_ isThere: Bool) throws {
        var files = ["src/a.c": Self.apache, "src/b.c": Self.apache, "README": "A library.\n"]
        if isThere { files["NOTICE"] = "A library\nCopyright 2020 A. Holder\n" }
        let found = try Self.marks(files).filter { $0.hasPrefix("stripped-notices") }
        #expect(found == (isThere ? [] : ["stripped-notices src/a.c hint"]))
    }

    @Test("what an override declares is not contradicted by the file; what a manifest declares is")
    func overruled() throws {
        let files = [
            "test/data.txt":
                "This file is licensed under the GNU General Public License, version 2.\nNot for commercial use.\n",
            "REUSE.toml": """
            version = 1
            [[annotations]]
            path = "test/**"
            precedence = "override"
            SPDX-FileCopyrightText = "2026 A. Holder"
            SPDX-License-Identifier = "MIT"
            """,
        ]
        let bench = try Bench(files)
        let report = try bench.scan()
        #expect(report.judgement.contradictions.isEmpty)
        #expect(report.judgement.marks.isEmpty)
        let declared = try LicenseExpression.parse("MIT")
        let gated = try bench.scan { $0.declaredByPath = ["test/data.txt": declared] }
        #expect(gated.judgement.contradictions.map(\.path) == ["test/data.txt"])
        #expect(!gated.judgement.marks.isEmpty)
    }

    @Test("names and restricting words between ignore marks do not count; a grant does")
    func ignored() throws {
        let text = """
            // SPDX-License-Identifier: MIT
            // REUSE-IgnoreStart
            let names = ["License: GPL-2.0", "not for commercial use"]
            // REUSE-IgnoreEnd
            """
        #expect(try Bench(["a.swift": text]).scan().terms["a.swift"] == "MIT")
        #expect(try Self.marks(["a.swift": text]).isEmpty)
        let grant = """
            // REUSE-IgnoreStart
            // This program is free software; you can redistribute it under the terms of the GNU General Public License version 2.
            // REUSE-IgnoreEnd
            """
        #expect(try Bench(["b.c": grant]).scan().terms["b.c"] == "GPL-2.0-only")
    }

    @Test("a file that is read in part says so")
    func inPart() throws {
        let names = String(repeating: "licensed under the terms of the ", count: 40_000)
        let notes = try Bench(["names.txt": names]).scan().notes
        #expect(notes.contains { $0.path == "names.txt" && $0.text.contains("in part") })
    }
}

// REUSE-IgnoreEnd
