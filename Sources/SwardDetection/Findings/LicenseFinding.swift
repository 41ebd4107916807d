// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

public import SwardSPDX

/// One statement about a license, and the bytes that make it.
public struct LicenseFinding: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
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

    public var kind: Kind
    public var expression: LicenseExpression
    /// 0 to 100. What it means for each kind is told in docs/licenses.md.
    public var score: Int
    public var bytes: Range<Int>
    /// From 1.
    public var lines: ClosedRange<Int>
    /// What found it, such as `text:MIT`, `notice:gnu`, `npm:license`.
    public var rule: String
    /// Words of the file that the license does not have, and words of the license that the file has not.
    public var differences: [WordDifference]

    public init(
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
public struct WordDifference: Hashable, Sendable {
    /// In the file; empty where only the license has words.
    public var bytes: Range<Int>
    /// In the license but not here.
    public var missing: String
    /// Here but not in the license.
    public var added: String

    public init(bytes: Range<Int>, missing: String, added: String) {
        self.bytes = bytes
        self.missing = missing
        self.added = added
    }
}

/// A copyright notice with its parts.
public struct CopyrightNotice: Hashable, Sendable {
    /// As written, comment marks and folding gone.
    public var text: String
    /// Such as `2019-2021, 2024`; `nil` where none is said.
    public var years: String?
    public var holder: String
    public var bytes: Range<Int>
    /// From 1.
    public var lines: ClosedRange<Int>

    public init(text: String, years: String?, holder: String, bytes: Range<Int>, lines: ClosedRange<Int>) {
        self.text = text
        self.years = years
        self.holder = holder
        self.bytes = bytes
        self.lines = lines
    }

    /// What is stated of a file elsewhere, such as the value of an `SPDX-FileCopyrightText`; it has no place of its own.
    public init(stated text: String) {
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

extension LicenseExpression {
    /// What stands for terms that cannot be read: they are there, and a person must read them.
    package static let unreadable = LicenseExpression(
        .term(LicenseTerm(LicenseReference("LicenseRef-unreadable"))))
}

extension LicenseFinding {
    /// The ``rule`` of a text that is on no list, in a file whose name says that it is a license.
    package static let unlistedText = "text:unlisted"
    /// The ``rule`` of a tag with a name that is no identifier of the SPDX list, and yet is understood.
    package static let namedTag = "tag:name"
    /// The ``rule`` of the tag of a snippet. Source: SPDX 2.3, Annex H.
    package static let snippet = "tag:snippet"
}

/// What remains of a license file, or of a notice, after all matches: the place where riders hide.
public struct Residue: Hashable, Sendable {
    public var bytes: Range<Int>
    /// From 1.
    public var lines: ClosedRange<Int>
    /// The words, folded to single spaces; capped at 2 KiB.
    public var words: String
    /// Words that permit, oblige or forbid.
    public var licenseWordCount: Int

    public init(bytes: Range<Int>, lines: ClosedRange<Int>, words: String, licenseWordCount: Int) {
        self.bytes = bytes
        self.lines = lines
        self.words = words
        self.licenseWordCount = licenseWordCount
    }
}
