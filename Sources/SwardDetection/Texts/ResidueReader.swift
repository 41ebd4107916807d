// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Finds what is left of a file when all that was matched is taken away: where riders hide.
///
/// Words that differ inside a matched stretch are left over too, so a sentence slipped into a license shows. Titles,
/// copyright lines, numbering and stretches without a word that permits, obliges or forbids are passed over.
package enum ResidueReader {
    /// Fewer words than this say nothing, unless they stand inside a license.
    static let leastWords = 4
    /// Explained words that do not part what stands around them.
    static let bridge = 2

    /// Words that permit, oblige or forbid. `License` and `software` are not among them: every title has them.
    static let permissionWords = WordHashes(
        ([
            "may", "must", "shall", "cannot", "not", "never", "permitted", "permission", "permissions",
            "permit", "permits",
            "allowed", "allow", "allows", "disallowed", "prohibited", "prohibit", "prohibits", "forbidden",
            "forbid",
            "restricted", "restrict", "restriction", "restrictions", "grant", "grants", "granted", "require",
            "requires",
            "required", "only", "solely", "exclusively", "without", "commercial", "commercially",
            "noncommercial",
            "noncommercially", "redistribute", "redistributed", "redistribution", "distribute", "distributed",
            "distribution", "copy", "copied", "copying", "modify", "modified", "modification",
            "modifications", "sell",
            "sold", "sale", "resell", "rent", "lease", "sublicense", "fee", "fees", "royalty", "payment",
            "paid", "purchase",
            "condition", "conditions", "obligation", "obligations", "agree", "agrees", "agreement",
            "provided", "unless",
            "except", "exception", "consent", "approval", "terminate", "terminates", "termination", "revoke",
            "revoked",
            "competing", "compete", "evaluation", "personal", "academic", "educational", "research",
            "military",
            "use", "used", "hosted", "service", "train", "training", "prior", "written", "excluding",
            "excludes", "exclude", "resale",
        ] as [WordHash]).map(\.value))

    /// - Parameter covered: What findings explain, in offsets of ``Words/text``, in any order.
    /// - Parameter notices: Lines of copyright, in such offsets.
    /// - Parameter matches: Their added words are left over although a match covers them.
    /// - Parameter limit: Stretches at most; more would be a file that is no license.
    /// - Returns: In order of place.
    package static func residue(
        _ words: borrowing Words, covered: [Range<Int>], notices: [Range<Int>] = [], matches: [TextMatch],
        limit: Int = 32
    ) -> [Residue] {
        guard words.count > 0 else { return [] }
        var isExplained = [Bool](repeating: false, count: words.count)
        // A line of copyright that restricts explains nothing.
        let plain = notices.filter { range in
            var at = firstWord(words, from: range.lowerBound)
            while at < words.count, Int(words[at].start) < range.upperBound {
                if Critical.restricts(hash: words[at].hash) { return false }
                at += 1
            }
            return true
        }
        for range in covered + plain {
            var at = firstWord(words, from: range.lowerBound)
            while at < words.count, Int(words[at].start) < range.upperBound {
                isExplained[at] = true
                at += 1
            }
        }
        var isInside = [Bool](repeating: false, count: words.count)
        for match in matches {
            for at in match.words.clamped(to: 0...words.count - 1) { isExplained[at] = true }
            // A header names the work in its own words; what is added there is no rider by itself.
            for difference in match.differences where !match.isHeader {
                for at in difference.words.clamped(to: 0..<words.count) {
                    isExplained[at] = false
                    isInside[at] = true
                }
            }
        }
        var query = TextQuery()
        query.readNotices(words)
        let fences = fencingNotices(words, query.isNotice)
        for at in words.indices
        where query.isNotice[at] && !isInside[at] || words[at].marks.contains(.bullet) {
            isExplained[at] = true
        }
        for at in fences.joined() { isExplained[at] = false }

        var found: [Residue] = []
        var at = 0
        while at < words.count, found.count < limit {
            guard !isExplained[at] else {
                at += 1
                continue
            }
            var last = at
            var next = at + 1
            while next < words.count, next - last <= bridge + 1, !words[next].marks.contains(.afterGap) {
                if !isExplained[next] {
                    // Outside of licenses a paragraph is the unit to show.
                    if words[next].marks.contains(.paragraphStart), !isInside[next], next - at > 40 { break }
                    last = next
                }
                next += 1
            }
            if let residue = residue(words, at...last, isExplained, isInside[at]) { found.append(residue) }
            at = last + 1
        }
        return found
    }

    /// Lines of copyright that restrict: "Copyright 2020 A. Wright, but excluding resale".
    private static func fencingNotices(
        _ words: borrowing Words, _ isNotice: [Bool]
    ) -> [Range<Int>] {
        var fences: [Range<Int>] = []
        var start = 0
        while start < words.count {
            guard isNotice[start] else {
                start += 1
                continue
            }
            var end = start
            while end < words.count, isNotice[end] { end += 1 }
            if (start..<end).contains(where: { Critical.restricts(hash: words[$0].hash) }) {
                fences.append(start..<end)
            }
            start = end
        }
        return fences
    }

    private static func residue(
        _ words: borrowing Words, _ range: ClosedRange<Int>, _ isExplained: [Bool], _ isInside: Bool
    ) -> Residue? {
        var count = 0
        var total = 0
        for at in range where !isExplained[at] {
            total += 1
            if permissionWords.contains(words[at].hash) { count += 1 }
        }
        let restricts = range.contains { !isExplained[$0] && Critical.restricts(hash: words[$0].hash) }
        guard count > 0, total >= (isInside || restricts ? 1 : leastWords) else { return nil }
        return Residue(
            bytes: words.sourceRange(range), lines: words.lines(range), words: words.string(range),
            licenseWordCount: count)
    }

    private static func firstWord(_ words: borrowing Words, from offset: Int) -> Int {
        var low = 0
        var high = words.count
        while low < high {
            let middle = (low + high) / 2
            if Int(words[middle].end) <= offset { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
