// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// What stands between two lexemes.
struct Gap: OptionSet, Hashable, Sendable {
    let rawValue: UInt32
    static let newline = Gap(rawValue: 1), blankLine = Gap(rawValue: 1 << 1), space = Gap(rawValue: 1 << 2)
    static let hyphen = Gap(rawValue: 1 << 3), plus = Gap(rawValue: 1 << 4), slash = Gap(rawValue: 1 << 5)
    static let comma = Gap(rawValue: 1 << 6), period = Gap(rawValue: 1 << 7), colon = Gap(rawValue: 1 << 8)
    static let semicolon = Gap(rawValue: 1 << 9), open = Gap(rawValue: 1 << 10),
        close = Gap(rawValue: 1 << 11)
    static let quote = Gap(rawValue: 1 << 12), equals = Gap(rawValue: 1 << 13), bar = Gap(rawValue: 1 << 14)
    static let angle = Gap(rawValue: 1 << 15), underscore = Gap(rawValue: 1 << 16),
        at = Gap(rawValue: 1 << 17)
    static let sign = Gap(rawValue: 1 << 18), star = Gap(rawValue: 1 << 19), hash = Gap(rawValue: 1 << 20)
    static let ampersand = Gap(rawValue: 1 << 21), brace = Gap(rawValue: 1 << 22)
    static let backslash = Gap(rawValue: 1 << 23), backtick = Gap(rawValue: 1 << 24)
    static let exclamation = Gap(rawValue: 1 << 25), dollar = Gap(rawValue: 1 << 26)
    static let bracket = Gap(rawValue: 1 << 27), other = Gap(rawValue: 1 << 28)
    /// A sign that ends a sentence and is not inside a number or a word.
    static let stop = Gap(rawValue: 1 << 29)
    /// An element of markup, whose own words are passed over.
    static let markup = Gap(rawValue: 1 << 30)
}

/// A word, a number such as `2.0`, or an address, and what stands before it.
struct Lexeme: Sendable {
    var start: UInt32
    var length: UInt16
    var word: Word
    var hash: UInt32
    var gap: Gap

    var end: Int { Int(start) + Int(length) }
    var bytes: Range<Int> { Int(start)..<end }
}
