// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Words that make another license of a text when they come or go.
enum Critical {
    static let hashes: Set<UInt32> = Set(
        ([
            "not", "never", "cannot", "noncommercial", "commercial", "noncommercially", "commercially",
            "lesser", "library", "affero",
            "noderivatives", "noderivs", "sharealike", "prohibited", "forbidden", "evil", "good", "nuclear",
            "military", "only",
            "unless", "except", "later", "fee", "sell", "research", "educational", "academic",
            "personal", "private",
        ] as [WordHash]).map(\.value))

    private static let words: Set<UInt16> = Set(hashes.map { TextIndex.shared.word($0) }.filter { $0 != 0 })

    /// What the word counts when it differs.
    static func weight(_ word: UInt16, _ index: TextIndex) -> Int {
        words.contains(word) ? 4 : index.weight(ofWord: word)
    }
}
