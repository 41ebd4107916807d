// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// What an alignment amounts to under the matching guidelines.
struct TextJudgement {
    struct Difference: Hashable {
        /// Places in the template that the file lacks.
        var missing: [Int]
        /// Places in the file that the template lacks.
        var added: Range<Int>
    }

    /// Words that stand in both.
    var matched = 0
    /// Words of the template, not optional ones, that the file lacks; those at either end apart.
    var missing = 0
    var missingAtStart = 0
    var missingAtEnd = 0
    /// Words of the file within the span that the template lacks.
    var added = 0
    /// What differs within the span, each word by its weight.
    var cost = 0
    /// Words among those that differ that make another license of it.
    var turning = 0
    /// Words among them that decide which header it is.
    var deciding = 0
    /// Words of optional spans that are absent.
    var leftOut = 0
    /// Places in the template of those spans.
    var absent: [Range<Int>] = []
    var differences: [Difference] = []

    var differing: Int { missing + added }
    var isExact: Bool { missing + added + missingAtStart + missingAtEnd == 0 }
    /// Weighs one reading of a stretch against another.
    ///
    /// A long text that lacks its preamble or its appendix is still that text: beyond some words it tells nothing more
    /// against it, and never as much as words in its midst that make another license of it.
    var value: Int {
        let ends = missingAtStart + missingAtEnd
        return matched * 2 - 4 * cost - 2 * (matched >= Self.longText ? min(ends, Self.weighedEnds) : ends)
    }
    private static let longText = 300
    private static let weighedEnds = 24
    private static let leadWords = 3
}

extension TextJudgement {
    /// Forgives what the template's markup allows and counts the rest.
    static func judge(
        _ shape: TemplateShape, _ partner: [Int32], _ query: borrowing TextQuery, _ span: Range<Int>
    ) -> TextJudgement {
        let count = shape.words.count
        var result = TextJudgement()
        // By place: whether its absence is forgiven. By place in the file, from the span's start: whether its presence is.
        var forgiven = [Bool](repeating: false, count: count)
        var allowed = [Bool](repeating: false, count: span.count)
        var isSeen = [Bool](repeating: false, count: span.count)
        for at in partner where at >= 0 { isSeen[Int(at) - span.lowerBound] = true }
        // A line of copyright names holders; "but excluding sale" in it is no name.
        for at in span where query.isNotice[at] && !Critical.restricts(query.ids[at]) {
            allowed[at - span.lowerBound] = true
        }

        /// Matched words before each place, for counting within spans.
        var sums = [Int32](repeating: 0, count: count + 1)
        // The file's place of the last match before each place, and of the first one at or after it.
        var before = [Int32](repeating: Int32(span.lowerBound) - 1, count: count + 1)
        var after = [Int32](repeating: Int32(span.upperBound), count: count + 1)
        for place in 0..<count {
            sums[place + 1] = sums[place] + (partner[place] >= 0 ? 1 : 0)
            before[place + 1] = partner[place] >= 0 ? partner[place] : before[place]
        }
        for place in stride(from: count - 1, through: 0, by: -1) {
            after[place] = partner[place] >= 0 ? partner[place] : after[place + 1]
        }
        func matchedWords(_ range: Range<Int>) -> Int { Int(sums[range.upperBound] - sums[range.lowerBound]) }
        /// The file's words between the last match before `start` and the first at or after `end`.
        func gap(_ start: Int, _ end: Int) -> Range<Int>? {
            let low = Int(before[start]) + 1
            let high = Int(after[end])
            return low <= high ? low..<high : nil
        }

        for (number, templateSpan) in shape.spans.enumerated()
        where templateSpan.end <= count && templateSpan.start <= templateSpan.end {
            let range = templateSpan.start..<templateSpan.end
            if result.absent.contains(where: {
                $0.lowerBound <= range.lowerBound && range.upperBound <= $0.upperBound
            }) {
                continue
            }
            switch templateSpan.kind {
            case .title, .copyright:
                for place in range { forgiven[place] = true }
                if templateSpan.kind == .copyright, let gap = gap(range.lowerBound, range.upperBound),
                    gap.count <= 300
                {
                    for at in gap where isSeen[at - span.lowerBound] || !Critical.restricts(query.ids[at]) {
                        allowed[at - span.lowerBound] = true
                    }
                }
            case .optional:
                let matched = matchedWords(range)
                // Nested spans forgive their own; here half a span tells whether it is there.
                if matched * 2 < range.count, matched < 40 {
                    // Words in common with it are chance, so they are added words.
                    result.absent.append(range)
                    result.leftOut += range.count - matched
                    for place in range { forgiven[place] = true }
                    if matched > 0 {
                        // A few words in common with what is absent: as good as added.
                        result.added += matched
                        result.cost += matched
                        result.matched -= matched
                    }
                }
            case .alternative:
                guard let gap = gap(range.lowerBound, range.upperBound) else { continue }
                let variants = shape.variants[number]
                // Where the words that lead to a name are gone, what stands there is another clause.
                let lead = max(0, range.lowerBound - Self.leadWords)..<range.lowerBound
                if lead.count == Self.leadWords, isOpen(variants),
                    lead.allSatisfy({ partner[$0] < 0 && !forgiven[$0] })
                {
                    continue
                }
                let words = gap.filter { !(query.isNotice[$0] && !isSeen[$0 - span.lowerBound]) }.map {
                    query.ids[$0]
                }
                // What takes any words takes no rider among them.
                let isRider = gap.contains {
                    !isSeen[$0 - span.lowerBound] && Critical.restricts(query.ids[$0])
                }
                if !isRider, variants.contains(where: { fits($0, words) }) {
                    for place in range { forgiven[place] = true }
                    for at in gap { allowed[at - span.lowerBound] = true }
                } else if !isRider, matchedWords(range) == 0, let longest = longestFit(variants, words) {
                    // A name longer than the markup allows: what is too much counts.
                    for place in range { forgiven[place] = true }
                    for at in gap.prefix(longest) { allowed[at - span.lowerBound] = true }
                } else if !isRider, !words.isEmpty, words.count <= 16, isOpen(variants) {
                    // "the name Acme or any of its parts" for "the name of Acme": the template's own name says nothing, and
                    // what was put there differs as one word.
                    var isAbsent = false
                    for place in range where partner[place] < 0 {
                        forgiven[place] = true
                        isAbsent = true
                    }
                    if isAbsent {
                        result.added += 1
                        result.cost += 1
                    }
                }
            case .bullet:
                guard let gap = gap(templateSpan.start, templateSpan.start) else { continue }
                for at in gap.prefix(3) where query.countsItems[at] { allowed[at - span.lowerBound] = true }
                for at in gap.suffix(2) where query.countsItems[at] { allowed[at - span.lowerBound] = true }
            }
        }

        result.matched += matchedWords(0..<count)
        let firstPlace = partner.firstIndex { $0 >= 0 } ?? 0
        let lastPlace = partner.lastIndex { $0 >= 0 } ?? -1
        var missing: [Int] = []
        enum MissingKind { case start, inner, end }
        var missingKind = MissingKind.inner
        var lastAt = span.lowerBound
        func close(_ upTo: Int) {
            // Most words follow each other in both.
            if upTo == lastAt, missing.isEmpty { return }
            var runs: [Range<Int>] = []
            for at in lastAt..<max(lastAt, upTo)
            where !allowed[at - span.lowerBound] && !isSeen[at - span.lowerBound] {
                if let last = runs.last, last.upperBound == at {
                    runs[runs.count - 1] = last.lowerBound..<at + 1
                } else {
                    runs.append(at..<at + 1)
                }
            }
            for run in runs {
                result.added += run.count
                for at in run {
                    result.cost += Critical.weight(query.ids[at])
                    if Critical.turns(query.ids[at]) { result.turning += 1 }
                    if Critical.decides(query.ids[at]) { result.deciding += 1 }
                }
            }
            // A number that opens a line by chance was taken for one that counts items.
            if !missing.isEmpty, upTo >= lastAt {
                for word in query.passed(in: lastAt...upTo) {
                    if let found = missing.firstIndex(where: { shape.words[$0] == word.id }) {
                        missing.remove(at: found)
                        if missingKind == .inner {
                            result.missing -= 1
                            result.cost -= Critical.weight(word.id)
                            if Critical.turns(word.id) { result.turning -= 1 }
                            if Critical.decides(word.id) { result.deciding -= 1 }
                        }
                        if missingKind == .end { result.missingAtEnd -= 1 }
                        if missingKind == .start { result.missingAtStart -= 1 }
                        result.matched += 1
                    }
                }
            }
            if !missing.isEmpty || !runs.isEmpty {
                let added =
                    runs.isEmpty ? lastAt..<lastAt : runs[0].lowerBound..<runs[runs.count - 1].upperBound
                result.differences.append(Difference(missing: missing, added: added))
            }
            missing = []
        }
        for place in 0..<count {
            if partner[place] >= 0 {
                close(Int(partner[place]))
                lastAt = Int(partner[place]) + 1
            } else if !forgiven[place] {
                if place < firstPlace {
                    result.missingAtStart += 1
                    missingKind = .start
                } else if place > lastPlace {
                    result.missingAtEnd += 1
                    missingKind = .end
                } else {
                    result.missing += 1
                    result.cost += Critical.weight(shape.words[place])
                    if Critical.turns(shape.words[place]) { result.turning += 1 }
                    if Critical.decides(shape.words[place]) { result.deciding += 1 }
                    missingKind = .inner
                }
                missing.append(place)
            }
        }
        close(span.upperBound)
        return result
    }

    /// Whether `words` are of the form of `variant`. Gaps are few, so trying their lengths is cheap.
    private static func fits(_ variant: [UInt16], _ words: [UInt16]) -> Bool {
        if let first = variant.first {
            // Nearly all are told by their first word, or are one gap.
            if first != TextIndex.gap, first != words.first { return false }
            if first == TextIndex.gap, variant.count == 2 {
                return words.count >= Int(variant[1] >> 8) && words.count <= Int(variant[1] & 0xFF)
            }
        }
        // Places in `words` that the variant's head may have reached.
        var reached: Set<Int> = [0]
        var at = 0
        while at < variant.count {
            if variant[at] == TextIndex.gap, at + 1 < variant.count {
                let low = Int(variant[at + 1] >> 8)
                let high = Int(variant[at + 1] & 0xFF)
                var next: Set<Int> = []
                // From the lowest place on, so that overlapping reaches are walked once.
                var farthest = -1
                for place in reached.sorted() {
                    let from = max(place + low, farthest + 1)
                    let to = min(place + high, words.count)
                    if from <= to { next.formUnion(from...to) }
                    farthest = max(farthest, to)
                }
                reached = next
                at += 2
            } else {
                let word = variant[at]
                reached = Set(reached.filter { $0 < words.count && words[$0] == word }.map { $0 + 1 })
                at += 1
            }
            if reached.isEmpty { return false }
        }
        return reached.contains(words.count)
    }

    /// Whether a variant takes any words at some place, as one for a name does.
    private static func isOpen(_ variants: [[UInt16]]) -> Bool {
        variants.contains { variant in
            variant.indices.contains { at in
                variant[at] == TextIndex.gap && at + 1 < variant.count && variant[at + 1] & 0xFF > 8
            }
        }
    }

    /// How many of `words` the widest variant that is one gap takes.
    private static func longestFit(_ variants: [[UInt16]], _ words: [UInt16]) -> Int? {
        variants.filter { $0.count == 2 && $0[0] == TextIndex.gap }.map { Int($0[1] & 0xFF) }.max()
            .map { min($0, words.count) }
    }
}
