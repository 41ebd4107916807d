// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// One word of a file: what it is, where it stands, and what stands before it.
package struct FileWord: Hashable, Sendable {
    /// What kinds of places a word can stand in. All but the letter case speak of what lies *before* the word.
    package struct Marks: OptionSet, Hashable, Sendable {
        package let rawValue: UInt16
        package init(rawValue: UInt16) { self.rawValue = rawValue }

        /// The first on its line, comment marks and other punctuation aside.
        package static let lineStart = Marks(rawValue: 1)
        /// A blank line, or a tag that ends a paragraph, stands before it.
        package static let paragraphStart = Marks(rawValue: 2)
        /// A full stop, question or exclamation mark and then white space stand before it.
        package static let sentenceStart = Marks(rawValue: 4)
        /// Bytes before it were passed over because nothing near them speaks of licenses.
        package static let afterGap = Marks(rawValue: 8)
        /// No white space lies between it and the word before: the `0` of `2.0`, the `only` of `GPL-2.0-only`.
        package static let glued = Marks(rawValue: 16)
        /// Part of a number or letter that counts items at the start of a line, as in `1.`, `(a)`, `2.3)`.
        package static let bullet = Marks(rawValue: 32)
        /// The first letter is a capital.
        package static let capital = Marks(rawValue: 64)
        /// First and last letter are capitals.
        package static let allCapitals = Marks(rawValue: 128)
        /// The first character is a digit.
        package static let number = Marks(rawValue: 256)
        /// Inside double quotes that opened on the same line.
        package static let quoted = Marks(rawValue: 512)
        /// In a web or mail address.
        package static let address = Marks(rawValue: 1024)
        /// The line began with a comment mark or other punctuation before its first word.
        package static let markedLine = Marks(rawValue: 2048)
        /// A comma, semicolon, colon, bracket or other punctuation stands before it.
        package static let punctuated = Marks(rawValue: 4096)
    }

    /// Of the folded word: lower case, without accents and apostrophes, British spellings as American ones.
    /// Compare with ``WordHash``.
    package var hash: UInt32
    /// Offset of its first byte in the text that was read (``Words/text``).
    package var start: UInt32
    package var length: UInt16
    package var marks: Marks

    @inline(__always) package var end: UInt32 { start &+ UInt32(length) }
}

/// The number that stands for a folded word.
///
/// FNV-1a over the folded bytes. The index builder refuses a vocabulary in which two words share a number.
package struct WordHash: Hashable, Sendable, ExpressibleByStringLiteral {
    package let value: UInt32

    @inline(__always) static var seed: UInt32 { 2_166_136_261 }

    @inline(__always) static func step(_ hash: UInt32, _ byte: UInt8) -> UInt32 {
        (hash ^ UInt32(byte)) &* 16_777_619
    }

    /// - Parameter word: One word as ``Words`` would make it of a file: `"license"`, `"2"`, `"v2"`, `"noncommercial"`.
    package init(_ word: some StringProtocol) {
        var hash = Self.seed
        for byte in word.utf8 { hash = Self.step(hash, byte &- 65 < 26 ? byte | 0x20 : byte) }
        value = WordForms.canonical(hash)
    }

    /// Of the word itself, not of the form that stands for it.
    package init(asWritten word: some StringProtocol) {
        var hash = Self.seed
        for byte in word.utf8 { hash = Self.step(hash, byte) }
        value = hash
    }

    package init(stringLiteral word: StaticString) {
        var hash = Self.seed
        for index in 0..<word.utf8CodeUnitCount { hash = Self.step(hash, unsafe word.utf8Start[index]) }
        value = WordForms.canonical(hash)
    }

    package static func == (hash: UInt32, word: WordHash) -> Bool { hash == word.value }
}
