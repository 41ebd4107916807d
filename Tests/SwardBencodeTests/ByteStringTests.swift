// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardBencode
import Testing

@Suite("Bencode byte strings") struct ByteStringTests {
    static let refusals: [(text: String, error: BencodeError)] = [
        ("04:spam", BencodeError(.leadingZero, at: 0)), (":spam", BencodeError(.expectedDigit, at: 0)),
        ("4-spam", BencodeError(.expectedColon, at: 1)), ("4:spa", BencodeError(.truncated, at: 0)),
    ]

    @Test("a bad spelling is refused at the offending byte", arguments: refusals)
    func refuses(_ row: (text: String, error: BencodeError)) {
        #expect(throws: row.error) {
            var offset = 0
            return try Array(row.text.utf8).span.readByteString(at: &offset)
        }
    }

    @Test("the offset ends just past the string")
    func advances() throws {
        let bytes = Array("4:spam0:x".utf8)
        var offset = 0
        #expect(try bytes.span.readByteString(at: &offset) == 2..<6)
        #expect(try bytes.span.readByteString(at: &offset) == 8..<8)
        #expect(offset == 8)
    }
}
