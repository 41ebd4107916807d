// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardJSON
import Testing

@Suite("JSON as manifests contain it") struct LenientJSONTests {
    private static func value(_ text: String) -> LocatedValue? { LenientJSON(Array(text.utf8)).value }

    static let passed: [(text: String, license: String?)] = [
        (#"{"license":"MIT"}"#, "MIT"), ("{ // why\n license: 'MIT', }", "MIT"),
        ("\u{FEFF}{\"license\":\"MIT\"}", "MIT"),
        (#"{"license":"A","license":"B"}"#, "B"), (#"/* a */{"license" /* b */ : "MIT"}"#, "MIT"),
        (#"{"license":"MIT","x":["#, "MIT"), (#"{"license":"M\u0049T\n"}"#, "MIT\n"),
        (#"{"license":"\ud83c\udf88"}"#, "🎈"),
        (#"{"license":"MI"#, "MI"), (#"{"x":nul"#, nil), ("", nil), ("[", nil),
    ]

    @Test("what breaks the rules is read as far as it goes", arguments: passed)
    func reads(_ row: (text: String, license: String?)) {
        #expect(Self.value(row.text)?["license"]?.string == row.license)
    }

    @Test("a value knows where it stands")
    func places() throws {
        let text = #"{"a":[1,{"b":"two"}]}"#
        let found = try #require(Self.value(text)?["a"]?.list.last?["b"])
        #expect(Array(text.utf8)[found.bytes].elementsEqual("two".utf8))
        #expect(Self.value(text)?[["a"]]?.list.first?.scalar == "1")
        #expect(Self.value(text)?["a"]?.bytes == 5..<20)
    }

    @Test("a broken document is told from a sound one")
    func broken() {
        #expect(!LenientJSON(Array("{}".utf8)).isMalformed)
        for text in ["{", "{\"a\":", "[1,2", "{} x", "\"a", ""] {
            #expect(LenientJSON(Array(text.utf8)).isMalformed, "\(text)")
        }
    }

    @Test("depth and count end at their limits")
    func limits() {
        let deep = LenientJSON([UInt8](repeating: 91, count: 100_000))
        #expect(deep.isMalformed)
        let many = LenientJSON(
            Array(("[" + String(repeating: "1,", count: 1_000) + "1]").utf8), maximumValues: 100)
        #expect(many.isMalformed && (many.value?.list.count ?? 0) < 100)
    }
}
