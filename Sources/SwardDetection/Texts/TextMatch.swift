// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// One license text, exception or standard header found in a file.
package struct TextMatch: Hashable, Sendable {
    /// An identifier or expression of the list; of an exception its identifier alone.
    package var expression: String
    package var isException: Bool
    package var isHeader: Bool
    /// 100: equal by the matching guidelines. Below: the share, in percent and rounded down, of equal words among those
    /// of the file's stretch and of the text together; at most 99, and at most 89 when a word comes or goes that can turn
    /// one license into another (`not`, `noncommercial`, `lesser`, `only`, `except` …).
    package var score: Int
    /// Indices into ``Words`` from the first matched word to the last one.
    package var words: ClosedRange<Int>
    package var differences: [TextDifference]
    /// Words of the text that the file lacks at its beginning and its end: it is cut off, or quotes a part.
    package var missingAtStart: Int
    package var missingAtEnd: Int
    /// Words in common.
    package var matchedCount: Int

    package var isExact: Bool { score == 100 }
}

/// Where a file and the text part, by words.
package struct TextDifference: Hashable, Sendable {
    /// Indices into ``Words``; empty where the file only lacks words, and then the place where they would stand.
    package var words: Range<Int>
    package var missing: [String]
    /// Hashes of the missing words.
    package var missingHashes: [UInt32]
}
