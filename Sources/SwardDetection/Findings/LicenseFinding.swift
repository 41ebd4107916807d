// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardSPDX

/// One statement about a license, and the bytes that make it.
package struct LicenseFinding: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// The full text of a license or exception.
        case text
        /// A standard header, or a notice that grants in words of its own.
        case header
        /// An `SPDX-License-Identifier` or another machine-read mark.
        case tag
        /// A short mention: a name, an address, a badge.
        case reference
        /// A field of a package manifest, a media container or a document.
        case metadata
    }

    package var kind: Kind
    package var expression: LicenseExpression
    /// 0 to 100. What it means for each kind is told in docs/licenses.md.
    package var score: Int
    package var bytes: Range<Int>
    /// From 1.
    package var lines: ClosedRange<Int>
    /// What found it, such as `text:MIT`, `notice:gnu`, `npm:license`.
    package var rule: String
    /// Words of the file that the license does not have, and words of the license that the file has not.
    package var differences: [WordDifference]

    package init(
        kind: Kind, expression: LicenseExpression, score: Int, bytes: Range<Int>, lines: ClosedRange<Int>,
        rule: String, differences: [WordDifference] = []
    ) {
        self.kind = kind
        self.expression = expression
        self.score = score
        self.bytes = bytes
        self.lines = lines
        self.rule = rule
        self.differences = differences
    }
}

/// Where a file and the text it was matched with part.
package struct WordDifference: Hashable, Sendable {
    /// In the file; empty where only the license has words.
    package var bytes: Range<Int>
    /// In the license but not here.
    package var missing: String
    /// Here but not in the license.
    package var added: String

    package init(bytes: Range<Int>, missing: String, added: String) {
        self.bytes = bytes
        self.missing = missing
        self.added = added
    }
}

/// A copyright notice with its parts.
package struct CopyrightNotice: Hashable, Sendable {
    /// As written, comment marks and folding gone.
    package var text: String
    /// Such as `2019-2021, 2024`; `nil` where none is said.
    package var years: String?
    package var holder: String
    package var bytes: Range<Int>
    /// From 1.
    package var lines: ClosedRange<Int>

    package init(text: String, years: String?, holder: String, bytes: Range<Int>, lines: ClosedRange<Int>) {
        self.text = text
        self.years = years
        self.holder = holder
        self.bytes = bytes
        self.lines = lines
    }

    /// What is stated of a file elsewhere, such as the value of an `SPDX-FileCopyrightText`; it has no place of its own.
    package init(stated text: String) {
        let text = CopyrightReader.folded(text)
        let bytes = Array("SPDX-FileCopyrightText: \(text)".utf8)
        let found = CopyrightReader(text: Lexemes(bytes), meter: WorkMeter(byteCount: bytes.count)).read()
            .first
        let holder = found?.holder ?? ""
        self.init(
            text: text, years: found?.years, holder: holder.isEmpty ? text : holder, bytes: 0..<0,
            lines: 1...1)
    }
}

/// What remains of a license file, or of a notice, after all matches: the place where riders hide.
package struct Residue: Hashable, Sendable {
    package var bytes: Range<Int>
    /// From 1.
    package var lines: ClosedRange<Int>
    /// The words, folded to single spaces; capped at 2 KiB.
    package var words: String
    /// Words that permit, oblige or forbid.
    package var licenseWordCount: Int

    package init(bytes: Range<Int>, lines: ClosedRange<Int>, words: String, licenseWordCount: Int) {
        self.bytes = bytes
        self.lines = lines
        self.words = words
        self.licenseWordCount = licenseWordCount
    }
}
