// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Support
import SwardPackaging
import SwardScan
import Testing

@Suite("What a .gitignore leaves out") struct IgnoreRulesTests {
    static let rows: [(rules: String, path: String, isFolder: Bool, ignored: Bool)] = [
        ("*.o", "a.o", false, true), ("*.o", "d/a.o", false, true), ("*.o", "a.c", false, false),
        ("/a", "a", false, true), ("/a", "d/a", false, false), ("d/a", "d/a", false, true),
        ("d/a", "e/d/a", false, false), ("build/", "build", true, true), ("build/", "build", false, false),
        ("build/", "d/build", true, true), ("*.o\n!keep.o", "keep.o", false, false),
        ("!keep.o\n*.o", "keep.o", false, true), ("# c", "# c", false, false), ("\\#c", "#c", false, true),
        ("\\!c", "!c", false, true), ("a ", "a", false, true), ("a\\ ", "a ", false, true),
        ("**/x", "x", false, true),
        ("**/x", "a/b/x", false, true), ("**/x", "ax", false, false), ("a/**", "a/b/c", false, true),
        ("a/**", "a", true, false), ("a/**/b", "a/b", false, true), ("a/**/b", "a/x/y/b", false, true),
        ("a/**/b", "a/xb", false, false), ("a/*", "a/b/c", false, false), ("?.c", "x.c", false, true),
        ("[a-c].c", "b.c", false, true), ("[!a-c].c", "b.c", false, false), ("[]x].c", "].c", false, true),
        ("[a", "[a", false, true), ("a**b", "axyb", false, true), ("", "a", false, false),
        ("/", "a", false, false),
    ]

    @Test("patterns fit what git says they fit", arguments: rows.indices)
    func ignores(_ index: Int) {
        let row = Self.rows[index]
        var rules = IgnoreRules()
        rules.add(row.rules, in: [])
        let path = row.path.split(separator: "/").map(String.init)
        #expect(rules.ignores(path, isFolder: row.isFolder) == row.ignored, "\(row.rules) \(row.path)")
    }

    @Test("in a checkout what git ignores is left out; without one it is packed")
    func checkout() throws {
        let files = [
            "a.c": "1", "a.o": "2", "d/b.o": "3", "d/keep.o": "4", "e/b.o": "5", ".gitignore": "*.o\n",
            "d/.gitignore": "!keep.o\n",
        ]
        let bench = try Bench(files)
        let options: (inout PackOptions) -> Void = {
            $0.license = "CC0-1.0"
            $0.creators = ["A"]
            $0.replaces = true
        }
        #expect(try bench.pack(options).expressions.map(\.fileCount) == [5])
        try bench.write("ref: refs/heads/main", ".git/HEAD")
        let report = try bench.pack(options)
        #expect(report.expressions.map(\.fileCount) == [2])
        #expect(report.excluded["a.o"] == .ignored && report.excluded["d/b.o"] == .ignored)
        #expect(report.excluded["d/keep.o"] == nil)
    }
}
