// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardDetection
import SwardPolicy
import SwardReport
import Testing

@Suite("Excerpts") struct ExcerptTests {
    private func cut(
        _ text: [UInt8], at places: [(bytes: Range<Int>, line: Int)],
        limits: SourceExcerpt.Limits = SourceExcerpt.Limits()
    ) -> [SourceExcerpt] {
        var file = ScannedFile(path: "a", length: Int64(text.count), content: .text)
        file.evidence = places.map {
            EnclosureEvidence(mark: .proprietary, bytes: $0.bytes, lines: $0.line...$0.line, quote: "")
        }
        return unsafe text.withUnsafeBytes { unsafe SourceExcerpt.cut(for: file, from: $0, limits: limits) }
    }

    private func lines(_ count: Int) -> [UInt8] { Array((1...count).map { "line \($0)\n" }.joined().utf8) }

    @Test("shows whole lines around a place")
    func showsContext() throws {
        // "line 1\n" to "line 9\n" have seven bytes each.
        let excerpt = try #require(cut(lines(9), at: [(30..<34, 5)]).first)
        #expect(excerpt.firstLine == 3)
        #expect(excerpt.firstByte == 14)
        #expect(String(decoding: excerpt.bytes, as: UTF8.self) == "line 3\nline 4\nline 5\nline 6\nline 7")
    }

    @Test("joins places that are near, keeps apart those that are far")
    func joins() {
        let text = lines(9)
        #expect(cut(text, at: [(7..<8, 2), (21..<22, 4)]).count == 1)
        #expect(cut(text, at: [(0..<1, 1), (49..<50, 8)]).map(\.firstLine) == [1, 6])
    }

    @Test("a place outside the file is no place", arguments: [100..<120, -5..<2, 63..<63])
    func ignoresOutside(range: Range<Int>) {
        #expect(cut(lines(9), at: [(range, 1)]).isEmpty)
    }

    @Test("one long line does not fill the report")
    func cutsLongLines() throws {
        let text = [UInt8](repeating: UInt8(ascii: "x"), count: 1_000_000)
        let excerpt = try #require(cut(text, at: [(500_000..<500_010, 1)]).first)
        #expect(excerpt.bytes.count < 4096)
        #expect(excerpt.firstByte <= 500_000)
        #expect(excerpt.firstByte + excerpt.bytes.count >= 500_010)
    }

    @Test("a file full of places stays within the limit")
    func boundsTotal() {
        let text = lines(100_000)
        let places = stride(from: 0, to: text.count - 8, by: 400).map { ($0..<($0 + 4), 1) }
        let shown = cut(text, at: places).reduce(0) { $0 + $1.bytes.count }
        #expect(shown <= SourceExcerpt.Limits().bytesPerFile)
        #expect(shown > 1000)
    }

    @Test("bytes that are no text are not shown, 16-bit text is")
    func tellsText() {
        #expect(cut([1, 0, 0, 2, 10], at: [(0..<2, 1)]).isEmpty)
        #expect(cut([0xFF, 0xFE, 0x61, 0, 0x62, 0], at: [(2..<4, 1)]).count == 1)
    }
}
