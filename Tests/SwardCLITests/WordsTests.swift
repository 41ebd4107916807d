// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardMetainfo
import Testing

@testable import SwardCLI

@Suite("Words") struct WordsTests {
    @Test("text from outside cannot steer a terminal")
    func shown() {
        #expect(Words.shown("a\u{1B}[2Jb\rc\nd\u{202E}e") == "a\\u{1b}[2Jb\\u{d}c\\u{a}d\\u{202e}e")
        #expect(
            Words.shown(
                "grün 緑 👩‍🌾".unicodeScalars.filter { $0.value != 0x200D }.reduce(into: "") {
                    $0.unicodeScalars.append($1)
                }) == "grün 緑 👩🌾")
    }

    @Test("an error is one line that says what, where and what to do")
    func metainfo() {
        let error = MetainfoError(.dotElement, at: 61, key: "info.files", file: "../x")
        let line = Words.sentence(for: InFile(path: "bad.torrent", error: error))
        #expect(
            line
                == "bad.torrent: a path element \".\" or \"..\" in the path \"../x\" at \"info.files\", byte 61; it was made carelessly or to do harm; do not use it"
        )
    }

    @Test("long lists are cut, and say so")
    func list() {
        #expect(Words.list(["a", "b"]) == "a, b")
        #expect(Words.list((1...12).map(String.init), limit: 3) == "1, 2, 3 and 9 more")
    }

    @Test("an expression of many parts is cut between two of them, a choice never apart")
    func shortensExpressions() {
        #expect(Words.shortened("MIT AND (ISC OR Zlib)", limit: 10) == "MIT AND 1 more")
        #expect(
            Words.shortened("(ISC AND X11 OR Zlib) AND MIT AND 0BSD", limit: 25)
                == "(ISC AND X11 OR Zlib) AND 2 more")
        #expect(Words.shortened("MIT AND ISC", limit: 11) == "MIT AND ISC")
        #expect(Words.shortened("ISC OR Zlib", limit: 5) == "ISC O…")
    }
}
