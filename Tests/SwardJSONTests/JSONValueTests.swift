// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardJSON
import Testing

@Suite("JSON as read") struct JSONValueTests {
    static let good: [(text: String, value: JSONValue)] = [
        ("{}", .object([:])), (" [ 1 , -2.5e3 ] ", .array([.number("1"), .number("-2.5e3")])),
        ("{\"a\":[true,false,null]}", .object(["a": .array([.boolean(true), .boolean(false), .null])])),
        ("\"\\u00e9\\n\\\"\\ud83c\\udf88\"", .string("é\n\"🎈")),
    ]

    @Test("what is JSON is read", arguments: good.indices)
    func reads(_ index: Int) throws {
        #expect(try JSONValue(Array(Self.good[index].text.utf8)) == Self.good[index].value)
    }

    static let bad: [(text: String, offset: Int)] = [
        ("", 0), ("{", 1), ("[1,]", 3), ("[1", 2), ("{\"a\"}", 4), ("\"a", 2), ("\"\u{1}\"", 1),
        ("\"\\x\"", 3),
        ("\"\\ud83c\"", 7), ("tru", 0), ("1 2", 2), ("{\"a\":1,\"a\":2}", 12), ("nan", 0), ("--1", 3),
    ]

    @Test("what is none is refused where it goes wrong", arguments: bad)
    func refuses(_ row: (text: String, offset: Int)) {
        let failure = #expect(throws: JSONValue.Failure.self) { try JSONValue(Array(row.text.utf8)) }
        #expect(failure?.offset == row.offset)
    }

    @Test("a hundred thousand open lists end at the depth limit")
    func deep() {
        let failure = #expect(throws: JSONValue.Failure.self) {
            try JSONValue([UInt8](repeating: 91, count: 100_000))
        }
        #expect(failure?.reason == .tooDeep(limit: JSONValue.maximumDepth))
    }
}
