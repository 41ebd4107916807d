// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Words that make another license of a text when they come or go.
enum Critical {
    private static let turning: [WordHash] = [
        "not", "never", "cannot", "noncommercial", "commercial", "noncommercially", "commercially", "lesser",
        "library",
        "affero", "noderivatives", "noderivs", "sharealike", "prohibited", "forbidden", "evil", "good",
        "nuclear",
        "military", "only", "unless", "except", "later", "fee", "sell", "research", "educational", "academic",
        "personal", "private",
    ]
    /// The same of words that few licenses have, or none: one of them put in is what a rider is made of.
    private static let restricting: [WordHash] = [
        "excluding", "excludes", "excluded", "exclude", "solely", "exclusively", "nonprofit", "evaluation",
        "internal", "internally", "disallowed", "banned", "barred", "forbids", "forbid", "prohibits",
        "prohibiting",
        "prohibit", "unlawful", "noncommercial", "noncommercially", "competing", "compete", "competitors",
        "resell",
        "resale",
    ]
    /// The number of such a word where no text of the index has it.
    static let restrictingWord: UInt16 = 0xFFFE
    private static let restrictingHashes = WordHashes(restricting.map(\.value))

    /// The number that stands for the word in a file: its own, or ``restrictingWord``.
    @inline(__always) static func number(_ word: UInt16, _ hash: UInt32) -> UInt16 {
        word == 0 && restrictingHashes.contains(hash) ? restrictingWord : word
    }

    /// In a notice of a few lines these and numbers are what it is about.
    private static let deciding: [WordHash] = [
        "lesser", "affero", "later", "either", "only", "no", "not", "never", "being", "invariant",
        "noncommercial",
        "sharealike", "noderivatives", "port", "international", "unported",
        // Whose license it is: the notices of the MPL's children differ in the name alone.
        "mozilla", "netscape", "sun", "standards", "apple", "nokia", "realnetworks", "ricoh", "sybase",
        "lucent", "erlang",
        "yahoo", "cua", "interbase",
    ]
    private static let turningMark: UInt8 = 16
    private static let restrictingMark: UInt8 = 64
    private static let decidingMark: UInt8 = 32

    /// By number of the word: its weight, and marks.
    private static let table: [UInt8] = {
        let index = TextIndex.shared
        var table = (0...index.wordCount).map { UInt8(index.weight(ofWord: UInt16($0))) }
        for hash in (turning + restricting).map(\.value) {
            if case let word = Int(index.word(hash)), word > 0 { table[word] = 4 | turningMark }
        }
        for hash in restricting.map(\.value) {
            if case let word = Int(index.word(hash)), word > 0 { table[word] |= restrictingMark }
        }
        for hash in deciding.map(\.value) + (0..<100).map({ WordHash(String($0)).value }) {
            if case let word = Int(index.word(hash)), word > 0 { table[word] |= decidingMark }
        }
        return table
    }()

    @inline(__always) private static func entry(_ word: UInt16) -> UInt8 {
        Int(word) < table.count
            ? table[Int(word)]
            : word == restrictingWord ? 4 | turningMark | decidingMark | restrictingMark : 1
    }

    /// Whether the word turns one license into another when it comes or goes.
    static func turns(_ word: UInt16) -> Bool { entry(word) & turningMark != 0 }

    /// Whether no name of a holder has the word, but a rider may.
    static func restricts(_ word: UInt16) -> Bool { entry(word) & restrictingMark != 0 }

    /// The same, told by the word itself.
    static func restricts(hash: UInt32) -> Bool { restrictingHashes.contains(hash) }

    /// Whether a header with another such word is another header.
    static func decides(_ word: UInt16) -> Bool { entry(word) & decidingMark != 0 }

    /// What the word counts when it differs.
    static func weight(_ word: UInt16) -> Int { Int(entry(word) & 15) }
}
