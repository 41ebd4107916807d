// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Support
import SwardDetection
import Testing

// REUSE-IgnoreStart

@Suite("SPDX tags in files") struct TagScannerTests {
    static let licenses: [(line: String, text: String?)] = [
        ("SPDX-License-Identifier: MIT", "MIT"), ("// SPDX-License-Identifier:MIT", "MIT"),
        ("/* SPDX-License-Identifier: GPL-3.0-or-later */", "GPL-3.0-or-later"),
        ("<!-- SPDX-License-Identifier: CC-BY-4.0 -->", "CC-BY-4.0"),
        ("<!-- SPDX-License-Identifier: CC-BY-4.0 -->  \t", "CC-BY-4.0"),
        ("<%-- SPDX-License-Identifier: MIT --%>", "MIT"), ("{# SPDX-License-Identifier: MIT #}", "MIT"),
        ("(* SPDX-License-Identifier: MIT *)", "MIT"),
        ("<tag value=\"SPDX-License-Identifier: MIT\"/>", "MIT"),
        ("[SPDX-License-Identifier: MIT] ::", "MIT"), ("@c SPDX-License-Identifier: MIT }*/", "MIT"),
        ("## SPDX-License-Identifier: MIT ##", "MIT"), ("|-* SPDX-License-Identifier: MIT *-|", "MIT"),
        ("# SPDX-License-Identifier: MIT OR Apache-2.0", "MIT OR Apache-2.0"),
        ("SPDX-License-Identifier:", nil), ("spdx-license-identifier: MIT", nil),
        ("SPDX-License-Identifier MIT", nil), ("the tag SPDX-License was there", nil),
    ]

    @Test("a license tag is read without what closes the comment", arguments: licenses)
    func license(_ row: (line: String, text: String?)) {
        let tags = TagScanner.tags(in: Array("first\n\(row.line)\nlast\n".utf8))
        #expect(tags.licenses.map(\.text) == (row.text.map { [$0] } ?? []))
        #expect(tags.licenses.allSatisfy { $0.line == 2 && !$0.isSnippet })
    }

    static let notices: [(line: String, text: String?)] = [
        ("# SPDX-FileCopyrightText: 2026 A. Name <a@example.org>", "2026 A. Name <a@example.org>"),
        ("SPDX-FileCopyrightText: © 2026 A. Name", "© 2026 A. Name"),
        ("SPDX-SnippetCopyrightText: 2020 B", "2020 B"),
        ("/* Copyright (C) 2020 B */", "Copyright (C) 2020 B"),
        ("Copyright 2020 B", "Copyright 2020 B"), ("Copyright(c) 2020 B", "Copyright(c) 2020 B"),
        ("* © 2020 B", "© 2020 B"), ("Copyrighted by nobody", nil), ("copyright 2020 B", nil),
        ("Copyright", nil),
        ("<b>Copyright © B</b>", "Copyright © B</b>"),
    ]

    @Test("a copyright line is read in each of REUSE's forms", arguments: notices)
    func notice(_ row: (line: String, text: String?)) {
        let tags = TagScanner.tags(in: Array(row.line.utf8))
        #expect(tags.copyrights.map(\.text) == (row.text.map { [$0] } ?? []))
    }

    @Test("what stands between the ignore marks is not read")
    func ignores() {
        let text = """
            SPDX-License-Identifier: MIT
            REUSE-IgnoreStart
            SPDX-License-Identifier: GPL-2.0-only
            REUSE-IgnoreEnd SPDX-License-Identifier: ISC
            # SPDX-License-Identifier: 0BSD REUSE-IgnoreStart Copyright 1 A
            Copyright 2 B
            """
        let tags = TagScanner.tags(in: Array(text.utf8))
        #expect(tags.licenses.map(\.text) == ["MIT", "ISC", "0BSD"])
        #expect(tags.copyrights.isEmpty)
    }

    @Test("a snippet's tags are marked")
    func snippets() {
        let text = """
            SPDX-License-Identifier: MIT
            // SPDX-SnippetBegin
            // SPDX-SnippetCopyrightText: 2020 B
            // SPDX-License-Identifier: ISC
            // SPDX-SnippetEnd
            // Copyright 2021 C
            """
        let tags = TagScanner.tags(in: Array(text.utf8))
        #expect(tags.licenses.map(\.isSnippet) == [false, true])
        #expect(tags.copyrights.map(\.isSnippet) == [true, false])
        #expect(tags.copyrights.map(\.line) == [3, 6])
    }

    @Test("UTF-16 is read as text, with either byte order")
    func utf16() {
        let units = Array("\u{FEFF}// © 2026 Ünal 🎈\r\n// SPDX-License-Identifier: MIT\r\n".utf16)
        let little = units.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
        let big = units.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
        for bytes in [little, big] {
            let tags = TagScanner.tags(in: bytes)
            #expect(tags.licenses.map(\.text) == ["MIT"])
            #expect(tags.copyrights.map(\.text) == ["© 2026 Ünal 🎈"])
        }
    }

    @Test("a binary file is not searched")
    func binary() {
        let tags = TagScanner.tags(in: [0x89, 0x50, 0, 1] + Array("\nSPDX-License-Identifier: MIT\n".utf8))
        #expect(tags.isBinary && tags.isEmpty)
    }

    @Test("how the bytes are cut into parts changes nothing", arguments: 0..<6 as Range<UInt64>)
    func parts(_ seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let words = [
            "SPDX-License-Identifier: MIT\n", "SPDX-", "Copyright 20", "©", "\n", "REUSE-IgnoreStart",
            "REUSE-IgnoreEnd\n", "SPDX-SnippetBegin", "*/ -->", "lorem ipsum ", "\r\n",
            "SPDX-FileCopyrightText: X",
            String(repeating: "z", count: 3000),
        ]
        var bytes: [UInt8] = []
        while bytes.count < 150_000 { bytes.append(contentsOf: words.randomElement(using: &random)!.utf8) }
        let whole = TagScanner.tags(in: bytes)
        var scanner = TagScanner()
        var offset = 0
        while offset < bytes.count {
            let count = min(bytes.count - offset, Int.random(in: 1...9000, using: &random))
            scanner.read(bytes.span.extracting(offset..<(offset + count)))
            offset += count
        }
        #expect(scanner.finish() == whole)
        #expect(!whole.licenses.isEmpty)
    }

    static let costly = [
        "SPDX-License-Identifier: " + String(repeating: "}", count: 1 << 18),
        String(repeating: "Copyright ", count: 50_000), String(repeating: "\"/>", count: 90_000) + "SPDX-:",
        String(repeating: "REUSE-IgnoreStart REUSE-IgnoreEnd", count: 40_000),
        String(repeating: "SPDX-License-Identifier: }\n", count: 15_000),
        String(repeating: "\n", count: 1 << 18),
        String(repeating: "SPSPSPCoCoRERE", count: 20_000),
    ]

    @Test("no content takes long", .timeLimit(.minutes(1)), arguments: costly.indices)
    func bounded(_ index: Int) {
        let tags = TagScanner.tags(in: Array(Self.costly[index].utf8))
        #expect(tags.licenses.count <= 1024 && tags.copyrights.count <= 1024)
    }

    @Test("more tags than the limit are cut short, and said to be")
    func cutShort() {
        let text = (0..<2000).map { "Copyright \($0) A\n" }.joined()
        let tags = TagScanner.tags(in: Array(text.utf8))
        #expect(tags.isCutShort && tags.copyrights.count == 1024)
        var limits = TagLimits()
        limits.bytes = 10
        #expect(TagScanner.tags(in: Array(text.utf8), limits: limits).isCutShort)
    }
}
