// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@testable import SwardDetection

@Suite("The comments at the head of a source") struct SourceHeadTests {
    static let heads: [(text: String, comments: [String])] = [
        ("/* one\n two */\nint x;\n", ["/* one\n two */"]),
        ("// one\n// two\n\n// three\nint x;\n", ["// one\n// two\n", "// three\n"]),
        ("/* one */\n/* two */\nint x;\n", ["/* one */\n/* two */"]),
        ("#!/bin/sh\n# one\n# two\nexit\n", ["# one\n# two\n"]),
        ("# one\nimport x\n", ["# one\n"]),
        ("<?php\n/** one */\nclass X {}\n", ["/** one */"]),
        ("<?php // one\n", ["// one\n"]),
        ("<!-- one\n two -->\n<html>\n", ["<!-- one\n two -->"]),
        ("--[[\n one\n]]\nlocal x\n", ["--[[\n one\n]]"]),
        ("{ one\n two }\nunit x;\n", ["{ one\n two }"]),
        ("unit x;\n(* one *)\n", ["(* one *)"]),
        ("\"\"\"one\n\ntwo\"\"\"\nimport x\n", ["\"\"\"one\n\ntwo\"\"\""]),
        ("% one\nfunction x\n", ["% one\n"]),
        ("package x;\n\nimport y;\n\n/** one */\n", ["/** one */"]),
        // What looks like a comment and is none.
        ("#if defined(x)\n# include <y>\n#endif\n", []),
        ("{ \"one\": 1 }\n", []),
        ("## One\n\ntext (x) [y] {z};\n", []),
        // Far below it stands in the code.
        ("a();\nb();\nc();\nd();\ne();\nf();\ng();\nh();\ni();\nj();\n// one\n", []),
    ]

    @Test("are found by the marks of many languages", arguments: heads)
    func comments(_ text: String, _ comments: [String]) {
        var text = text
        let found = text.withUTF8 { buffer in
            let bytes = unsafe ByteView(UnsafeRawBufferPointer(buffer))
            return SourceHead(bytes).comments.map { bytes.string($0) }
        }
        #expect(found == comments)
    }

    /// What is looked through ends at 32 KiB, wherever that is.
    @Test(
        "may be cut anywhere",
        arguments: ["/* one */", "// one", "<!-- one -->", "\"\"\"one\"\"\"", "<?php /* one */"])
    func cut(_ comment: String) {
        for back in 0...comment.utf8.count {
            var text = String(repeating: "\n", count: 32 << 10 - back) + comment + "\nint x;\n"
            let ends = text.withUTF8 { buffer in
                unsafe SourceHead(ByteView(UnsafeRawBufferPointer(buffer))).comments.map(\.upperBound)
            }
            #expect(ends.allSatisfy { $0 <= 32 << 10 })
        }
    }

    @Test("are all of a text that has none")
    func prose() {
        var text = "A level for three players\n\nAuthor: the well keeper\n\nDo not sell it.\n"
        let isProse = text.withUTF8 { unsafe SourceHead(ByteView(UnsafeRawBufferPointer($0))).isProse }
        #expect(isProse)
    }
}
