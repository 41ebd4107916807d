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

    /// By number of the word.
    private static let weights: [UInt8] = {
        let index = TextIndex.shared
        var weights = (0...index.wordCount).map { UInt8(index.weight(ofWord: UInt16($0))) }
        for hash in hashes { if case let word = Int(index.word(hash)), word > 0 { weights[word] = 4 } }
        return weights
    }()

    /// Whether the word turns one license into another when it comes or goes.
    static func turns(_ word: UInt16) -> Bool { weight(word) == 4 }

    /// What the word counts when it differs.
    static func weight(_ word: UInt16) -> Int {
        Int(word) < weights.count ? Int(weights[Int(word)]) : 1
    }
}
