// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Support
import SwardDetection
import SwardMetadata
import SwardSPDX
import Testing

@Suite("Words of documents that others' programs wrote") struct DocumentTextTests {
    static let rows: [(file: String, expression: String)] = [
        // LibreOffice, fpdf2 and Chromium; in the last a picture links to the license and no word names it.
        ("words.doc", "GPL-2.0-or-later"), ("words.xls", "CC-BY-SA-4.0"), ("words.pdf", "CC-BY-4.0"),
        ("badge.pdf", "CC-BY-SA-3.0"),
    ]

    @Test("say what is granted", arguments: rows)
    func granted(_ row: (file: String, expression: String)) throws {
        let bytes = try Fixture("fuzz/media-document/\(row.file)").bytes
        let found = try #require(MediaReader.read(ByteSource(bytes), name: row.file))
        #expect(found.findings.map(\.expression.description) == [row.expression])
    }
}
