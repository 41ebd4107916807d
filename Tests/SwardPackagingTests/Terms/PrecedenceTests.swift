// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Support
import SwardJSON
import SwardBundle
import SwardMetainfo
import SwardPackaging
import Testing

// REUSE-IgnoreStart

@Suite("The terms of each file") struct PrecedenceTests {
    private static let mit = "// SPDX-FileCopyrightText: A\n// SPDX-License-Identifier: MIT\n"

    private static func toml(
        _ precedence: String, license: String? = "ISC-Veillard", copyright: String? = "T"
    ) -> String {
        "version = 1\n[[annotations]]\npath = \"**\"\nprecedence = \"\(precedence)\"\n"
            + (copyright.map { "SPDX-FileCopyrightText = \"\($0)\"\n" } ?? "")
            + (license.map { "SPDX-License-Identifier = \"\($0)\"\n" } ?? "")
    }

    static let rows: [(files: [String: String], expression: String, copyright: String)] = [
        (["a.c": mit], "MIT", "A"),
        (
            ["a.c": mit, "a.c.license": "SPDX-FileCopyrightText: S\nSPDX-License-Identifier: Zlib"], "Zlib",
            "S"
        ),
        (["a.c": mit, "REUSE.toml": toml("closest")], "MIT", "A"),
        (["a.c": "x", "REUSE.toml": toml("closest")], "ISC-Veillard", "T"),
        (
            ["a.c": "// Copyright 2020 B\n", "REUSE.toml": toml("closest")], "ISC-Veillard",
            "Copyright 2020 B"
        ),
        (["a.c": mit, "REUSE.toml": toml("aggregate")], "ISC-Veillard AND MIT", "T\nA"),
        (["a.c": mit, "REUSE.toml": toml("override")], "ISC-Veillard", "T"),
        (
            [
                "a.c": mit, "a.c.license": "SPDX-FileCopyrightText: S\nSPDX-License-Identifier: Zlib",
                "REUSE.toml": toml("override"),
            ],
            "ISC-Veillard", "T"
        ),
        (
            [
                "d/a.c": "x", "REUSE.toml": toml("closest"),
                "d/REUSE.toml": toml("closest", license: "Zlib", copyright: nil),
            ], "Zlib", "T"
        ),
        (
            ["d/a.c": "x", "REUSE.toml": toml("override"), "d/REUSE.toml": toml("closest", license: "Zlib")],
            "ISC-Veillard", "T"
        ),
        (
            // An override silences the file and not the tables above it: so the reuse tool has it.
            ["d/a.c": mit, "REUSE.toml": toml("closest"), "d/REUSE.toml": toml("override", license: "Zlib")],
            "ISC-Veillard AND Zlib", "T"
        ),
        (
            [
                "a.c": "x",
                "REUSE.toml": toml("closest")
                    + "[[annotations]]\npath = [\"b\", \"a.*\"]\nSPDX-License-Identifier = [\"Zlib\", \"0BSD\"]\nSPDX-FileCopyrightText = \"L\"\n",
            ],
            "0BSD AND Zlib", "L"
        ),
        (
            ["a.c": "// SPDX-License-Identifier: MIT\n// SPDX-License-Identifier: 0BSD\n// © C"],
            "0BSD AND MIT", "© C"
        ),
        (["a.c": "// SPDX-License-Identifier: mit or apache-2.0\n// © C"], "MIT OR Apache-2.0", "© C"),
    ]

    @Test("precedence is REUSE's", arguments: rows.indices)
    func precedence(_ index: Int) throws {
        let row = Self.rows[index]
        let bench = try Bench(row.files)
        try bench.pack()
        let info = try bench.info()
        let manifest = try #require(try BundleManifest.read(info))
        let file = try #require(info.files.firstIndex { $0.path.last == "a.c" })
        #expect(manifest.expression(ofFile: file) == row.expression)
        let document = try JSONValue(bench.outer.read("work/work.spdx.json"))
        let entry = document["files"]?.array?.first { $0["fileName"]?.string?.hasSuffix("/a.c") == true }
        #expect(entry?["copyrightText"]?.string == row.copyright)
        #expect(entry?["licenseConcluded"]?.string == row.expression)
    }

    @Test("files without terms are one error that lists them all")
    func withoutTerms() throws {
        let bench = try Bench(["b.c": "x", "a.c": "y", "ok.c": Self.mit, "empty": "", "LICENSE": "text"])
        let error = #expect(throws: PackagingError.self) { try bench.pack() }
        #expect(error?.reason == .withoutLicense(found: []) && error?.paths == ["a.c", "b.c"])
        let second = #expect(throws: PackagingError.self) { try bench.pack { $0.license = "MIT" } }
        #expect(second?.reason == .withoutCopyright && second?.paths == ["a.c", "b.c"])
        try bench.pack {
            $0.license = "MIT"
            $0.creators = ["C"]
        }
    }

    static let bad: [(files: [String: String], path: String, line: Int?)] = [
        (["a.c": "\n// SPDX-License-Identifier: MIT AND\n// © A"], "a.c", 2),
        (["a.c": "x", "a.c.license": "SPDX-License-Identifier: (MIT\n© A"], "a.c.license", 1),
        (
            [
                "a.c": "x",
                "REUSE.toml":
                    "version = 1\n[[annotations]]\npath = \"*\"\nSPDX-License-Identifier = \"MIT OR\"",
            ], "REUSE.toml", nil
        ),
        (["a.c": "x", "REUSE.toml": "version = 1\nx ="], "REUSE.toml", 2),
        (["a.c": "x", "REUSE.toml": "version = 2"], "REUSE.toml", nil),
        (["a.c": "x", "REUSE.toml": "annotations = 1\nversion = 1"], "REUSE.toml", nil),
        (
            ["a.c": "x", "REUSE.toml": "version = 1\n[[annotations]]\nprecedence = \"closest\""],
            "REUSE.toml", nil
        ),
        (
            ["a.c": "x", "REUSE.toml": "version = 1\n[[annotations]]\npath = \"a\"\nprecedence = \"first\""],
            "REUSE.toml", nil
        ),
    ]

    @Test("terms that cannot be read are named with their place", arguments: bad.indices)
    func unreadable(_ index: Int) throws {
        let row = Self.bad[index]
        let bench = try Bench(row.files)
        let error = #expect(throws: PackagingError.self) { try bench.pack() }
        #expect(error?.path == row.path)
        #expect(error?.line == row.line)
    }
}

// REUSE-IgnoreEnd
