// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// The words of a file as the index numbers them, ready to be compared; reused from file to file.
struct TextQuery {
    /// By place; 0 for words that no template has, and where bytes were passed over.
    var ids: [UInt16] = []
    /// The word of ``Words`` at each place.
    var wordIndex: [UInt32] = []
    /// Part of a copyright notice, which counts for nothing in matching.
    var isNotice: [Bool] = []
    /// Number or letter that may count items although it does not open its line.
    var countsItems: [Bool] = []
    /// Chosen runs in order of place, with where the index has them.
    var runs: [Run] = []

    /// Numbers and letters that seem to count items and were passed over: where, and which word.
    var passed: [Passed] = []

    struct Passed {
        /// The place of the word after it.
        var place: Int32
        var id: UInt16
    }

    struct Run {
        var place: Int32
        var first: Int32
        var end: Int32
    }

    private static let copyright = WordHash("copyright").value
    private static let sign = WordHash("c").value
    private static let all = WordHash("all").value
    private static let rights = WordHash("rights").value
    private static let reserved = WordHash("reserved").value
    private static let holder = WordHash("holder").value
    private static let holders = WordHash("holders").value
    private static let notice = WordHash("notice").value

    mutating func read(_ words: borrowing Words, index: TextIndex) {
        ids.removeAll(keepingCapacity: true)
        wordIndex.removeAll(keepingCapacity: true)
        isNotice.removeAll(keepingCapacity: true)
        countsItems.removeAll(keepingCapacity: true)
        runs.removeAll(keepingCapacity: true)
        passed.removeAll(keepingCapacity: true)
        let gaps = words.indices.count { words[$0].marks.contains(.afterGap) }
        let room = words.count + gaps
        ids.append(contentsOf: repeatElement(0, count: room))
        wordIndex.append(contentsOf: repeatElement(0, count: room))
        isNotice.append(contentsOf: repeatElement(false, count: room))
        countsItems.append(contentsOf: repeatElement(false, count: room))
        var count = 0
        var inNotice = 0
        let copyright = Self.copyright
        let sign = Self.sign
        let all = Self.all
        // Safe: each word takes one place, and one more where a gap is before it, for which there is room.
        unsafe ids.withUnsafeMutableBufferPointer { ids in
            unsafe wordIndex.withUnsafeMutableBufferPointer { wordIndex in
                unsafe isNotice.withUnsafeMutableBufferPointer { isNotice in
                    unsafe countsItems.withUnsafeMutableBufferPointer { countsItems in
                        for at in words.indices {
                            let word = words[at]
                            // Numbering is free; a template has none either.
                            if word.marks.contains(.bullet) {
                                passed.append(Passed(place: Int32(count), id: index.word(word.hash)))
                                continue
                            }
                            if word.marks.contains(.afterGap), count > 0 {
                                unsafe wordIndex[count] = UInt32(at)
                                count &+= 1
                            }
                            if inNotice > 0 {
                                inNotice -= 1
                                if Self.ends(word) { inNotice = 0 }
                            }
                            if word.hash == copyright || word.hash == sign || word.hash == all {
                                inNotice = max(inNotice, Self.noticeLength(words, at))
                            }
                            unsafe ids[count] = Critical.number(index.word(word.hash), word.hash)
                            unsafe wordIndex[count] = UInt32(at)
                            unsafe isNotice[count] = inNotice > 0
                            unsafe countsItems[count] = word.length <= 4 && Self.countsItems(words, at)
                            count &+= 1
                        }
                    }
                }
            }
        }
        ids.removeLast(room - count)
        wordIndex.removeLast(room - count)
        isNotice.removeLast(room - count)
        countsItems.removeLast(room - count)
        Fingerprints.select(ids, all: false) { number, place in
            let postings = index.postings(number)
            if !postings.isEmpty {
                runs.append(
                    Run(
                        place: Int32(place), first: Int32(postings.lowerBound),
                        end: Int32(postings.upperBound)))
            }
        }
    }

    /// Only tells which words belong to copyright notices, one entry for each word.
    mutating func readNotices(_ words: borrowing Words) {
        isNotice.removeAll(keepingCapacity: true)
        var left = 0
        for at in words.indices {
            let word = words[at]
            if left > 0 {
                left -= 1
                if Self.ends(word) { left = 0 }
            }
            if word.hash == Self.copyright || word.hash == Self.sign || word.hash == Self.all {
                left = max(left, Self.noticeLength(words, at))
            }
            isNotice.append(left > 0)
        }
    }

    /// The words passed over before the places of `range`, and right after it.
    func passed(in range: ClosedRange<Int>) -> ArraySlice<Passed> {
        func first(from place: Int) -> Int {
            var low = 0
            var high = passed.count
            while low < high {
                let middle = (low + high) / 2
                if Int(passed[middle].place) < place { low = middle + 1 } else { high = middle }
            }
            return low
        }
        return passed[first(from: range.lowerBound)..<first(from: range.upperBound + 1)]
    }

    /// Words that no name of a holder has: the terms begin, though on the same line.
    private static let terms = WordHashes(
        ([
            "permission", "permissions", "permitted", "redistribution", "redistributions", "licensed",
            "license", "released", "distributed", "excluding", "excludes", "except", "solely", "exclusively",
            "provided", "noncommercial", "not", "unless", "prohibited", "forbidden",
        ] as [WordHash]).map(\.value))

    /// Whether a copyright notice ends before the word.
    private static func ends(_ word: FileWord) -> Bool {
        word.marks.contains(.lineStart) || word.marks.contains(.sentenceStart) || terms.contains(word.hash)
    }

    /// How many words a copyright notice that begins at `at` may have; 0 where none begins.
    private static func noticeLength(_ words: borrowing Words, _ at: Int) -> Int {
        guard at + 2 < words.count else { return 0 }
        let next = words[at + 1]
        if words[at].hash == all { return next.hash == rights && words[at + 2].hash == reserved ? 3 : 0 }
        // `Copyright (c)`, `Copyright 2020`, `(c) 2020`.
        if words[at].hash == copyright {
            if next.hash == sign && next.length <= 2 { return 24 }
            if next.marks.contains(.number) { return 24 }
            if next.marks.contains(.capital), words[at].marks.contains(.lineStart), next.hash != holder,
                next.hash != holders, next.hash != notice, !next.marks.contains(.lineStart)
            {
                return 24
            }
            return 0
        }
        return next.marks.contains(.number) ? 24 : 0
    }

    private static func countsItems(_ words: borrowing Words, _ at: Int) -> Bool {
        let text = words.text
        let word = words[at]
        for offset in Int(word.start)..<Int(word.end) {
            let byte = text[offset]
            if byte.isDigit || word.length <= 1 { continue }
            switch byte | 0x20 {
            case UInt8(ascii: "i"), UInt8(ascii: "v"), UInt8(ascii: "x"): continue
            default: return false
            }
        }
        return true
    }
}
