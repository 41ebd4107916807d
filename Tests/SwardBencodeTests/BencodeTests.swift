// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardBencode
import Testing

@Suite("Bencode values to be written") struct BencodeTests {
    static let spellings: [(value: Bencode, text: String)] = [
        (0, "i0e"), (-1, "i-1e"), ("", "0:"), ("spam", "4:spam"), ("é", "2:é"), ([], "le"), ([:], "de"),
        (["a", 1, ["b"]], "l1:ai1el1:bee"), (["b": 1, "a": ["c": "d"]], "d1:ad1:c1:de1:bi1ee"),
        (["B": 1, "a": 2, "aa": 3, "": 4], "d0:i4e1:Bi1e1:ai2e2:aai3ee"),
        (["x": .raw(Array("li1ei2ee".utf8))], "d1:xli1ei2eee"),
        (.integer(.min), "i-9223372036854775808e"),
    ]

    @Test("each value has its one spelling", arguments: spellings)
    func writes(_ row: (value: Bencode, text: String)) {
        #expect(String(decoding: row.value.encoded(), as: UTF8.self) == row.text)
    }

    static let changes: [(changes: [String: Bencode?], text: String)] = [
        ([:], "d1:bi1e1:dle1:f1:xe"),
        (["d": nil], "d1:bi1e1:f1:xe"),
        (["a": 0], "d1:ai0e1:bi1e1:dle1:f1:xe"),
        (["c": 0, "e": "y"], "d1:bi1e1:ci0e1:dle1:e1:y1:f1:xe"),
        (["g": 0, "b": 2], "d1:bi2e1:dle1:f1:x1:gi0ee"),
        (["b": nil, "d": nil, "f": nil, "z": nil], "de"),
    ]

    @Test("a dictionary is changed in place and the rest stays as it came", arguments: changes)
    func edits(_ row: (changes: [String: Bencode?], text: String)) throws {
        let document = try BencodeDocument(Array("d1:bi1e1:dle1:f1:xe".utf8), limits: .message)
        #expect(String(decoding: document.root.encoded(changing: row.changes), as: UTF8.self) == row.text)
    }
}
