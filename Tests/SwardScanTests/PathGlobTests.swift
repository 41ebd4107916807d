// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardScan
import Testing

@Suite("Paths in REUSE.toml") struct PathGlobTests {
    static let rows: [(glob: String, path: String, fits: Bool)] = [
        ("a.txt", "a.txt", true), ("a.txt", "b/a.txt", false), ("*.txt", "a.txt", true),
        ("*.txt", "b/a.txt", false),
        ("**.txt", "b/a.txt", true), ("**", "b/c/d", true), ("b/*", "b/c", true), ("b/*", "b/c/d", false),
        ("b/**", "b/c/d", true), ("b/**", "b", false), ("**/x.c", "a/b/x.c", true), ("**/x.c", "x.c", true),
        ("a/*/c", "a/b/c", true), ("a/*/c", "a/b/b/c", false), ("a/**/c", "a/b/b/c", true),
        ("a?c", "abc", false),
        ("\\*.txt", "*.txt", true), ("\\*.txt", "a.txt", false), ("a\\\\b", "a\\b", true),
        ("a*c*e", "abcde", true),
        ("a*c*e", "abde", false), ("*", "", true), ("ü*", "ünal", true),
    ]

    @Test("a pattern fits what REUSE says it fits", arguments: rows)
    func matches(_ row: (glob: String, path: String, fits: Bool)) {
        #expect(PathGlob(row.glob).matches(row.path) == row.fits)
    }

    @Test("an escaped path fits itself alone")
    func escaped() {
        let path = "a*b\\c/**/d"
        #expect(PathGlob(PathGlob.escaped(path)).matches(path))
        #expect(!PathGlob(PathGlob.escaped(path)).matches("axb\\c/y/d"))
    }

    @Test("many stars cost no more than pattern times path", .timeLimit(.minutes(1)))
    func bounded() {
        let glob = PathGlob(String(repeating: "*a", count: 50) + "b")
        #expect(!glob.matches(String(repeating: "a", count: 500)))
    }
}

@Suite("Files that REUSE covers") struct CoveredFilesTests {
    static let rows: [(path: String, covered: Bool)] = [
        ("a.c", true), ("LICENSE", false), ("LICENSE-MIT", false), ("LICENSE.txt", false),
        ("LICENSES/MIT.txt", false),
        ("LICENSED", true), ("COPYING.LESSER", false), ("x/COPYING", false), ("a.png.license", false),
        ("REUSE.toml", false), ("x.spdx", false), ("x.spdx.json", false), ("x.spdx.json.minisig", true),
        ("subprojects/lib/a.c", false), ("subprojects/a.wrap", true), (".reuse/dep5", false),
        ("License", true),
    ]

    @Test("coverage is as the reuse tool has it", arguments: rows)
    func covers(_ row: (path: String, covered: Bool)) {
        let path = row.path.split(separator: "/").map(String.init)
        #expect(CoveredFiles.covers(path, length: 1, isSymlink: false) == row.covered)
        #expect(!CoveredFiles.covers(path, length: 0, isSymlink: false))
        #expect(!CoveredFiles.covers(path, length: 1, isSymlink: true))
    }
}
