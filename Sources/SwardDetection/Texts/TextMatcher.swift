// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Finds license texts, exceptions and standard headers among the words of a file.
///
/// Runs of five words lead to candidates; each candidate is aligned word by word with its compiled template, which proves
/// it equal by the SPDX matching guidelines or tells every word that differs; of several that claim the same stretch the
/// one with the fewest differences wins, then the one that leaves fewer optional words out, then the more usual name.
///
/// Keep one value per thread: it holds scratch space and the templates it has met.
package struct TextMatcher: Sendable {
    /// Candidates aligned for one stretch of a file.
    static let candidateLimit = 16
    /// Words up to which a file is looked at with all care; what is longer is mostly many texts, each an easy one.
    static let carefulWords = 20_000

    /// Work for a file of so many words: `floor`, and per word `careful` first and `brisk` beyond.
    private static func budget(_ words: Int, floor: Int, careful: Int, brisk: Int) -> Int {
        floor + careful * min(words, carefulWords) + brisk * max(0, words - carefulWords)
    }

    let index: TextIndex
    private var query = TextQuery()
    private var candidates = Candidates()
    private var aligner = Aligner()
    private var shapes: [Int: TemplateShape] = [:]
    /// What the last file cost, in units of about the look at one word.
    private(set) var work = 0

    package init(index: TextIndex = .shared) { self.index = index }

    private struct Reading {
        var template: Template
        var judgement: TextJudgement
        var span: Range<Int>
        /// Runs that its candidate shared.
        var hits: Int
    }

    /// All texts and headers found, in order of place; none overlaps another.
    package mutating func matches(in words: borrowing Words) -> [TextMatch] {
        guard words.hasLicenseWords, !index.isEmpty else { return [] }
        work = 0
        query.read(words, index: index)
        candidates.gather(
            query, index: index, budget: Self.budget(query.ids.count, floor: 150_000, careful: 16, brisk: 2))
        let ranked = candidates.ranked(index)
        if ranked.isEmpty { return [] }
        let readings = read(ranked)
        work += (candidates.looks + aligner.cells) / 4
        var chosen: [Reading] = []
        var isTaken = [Bool](repeating: false, count: query.ids.count)
        for reading in readings.sorted(by: Self.isBetter) {
            // About the same words as a better one: more than a few in common, or a quarter of its own.
            let common = reading.span.count { isTaken[$0] }
            if common > 8 || common * 4 > reading.span.count { continue }
            for place in reading.span { isTaken[place] = true }
            chosen.append(reading)
        }
        chosen.sort { $0.span.lowerBound < $1.span.lowerBound }
        return chosen.map { finding($0, words) }
    }

    private mutating func read(_ ranked: [Cluster]) -> [Reading] {
        aligner.begin(budget: Self.budget(query.ids.count, floor: 150_000, careful: 30, brisk: 4))
        var walked = Self.budget(query.ids.count, floor: 120_000, careful: 12, brisk: 2)
        var readings: [Reading] = []
        // Places in steps of eight words: how many candidates have been aligned there.
        var tries = [UInt8](repeating: 0, count: query.ids.count / 8 + 1)
        // And the best reading there, or -1.
        var best = [Int32](repeating: -1, count: tries.count)
        var queue = ranked
        var next = 0
        while next < queue.count {
            let cluster = queue[next]
            next += 1
            let middle = (cluster.first + cluster.last) / 16
            guard tries[middle] < Self.candidateLimit,
                !Self.isHopeless(cluster, beside: best[middle], readings),
                !Self.isExplained(
                    cluster, by: [best[cluster.first / 8], best[middle], best[cluster.last / 8]], readings)
            else { continue }
            guard Self.canBe(cluster, index.template(cluster.template)) else { continue }
            let shape = shape(cluster.template)
            walked -= shape.words.count + (cluster.last - cluster.first)
            work += shape.words.count + (cluster.last - cluster.first)
            guard walked > 0 else { break }
            for step in (cluster.first / 8)...(cluster.last / 8) { tries[step] = min(200, tries[step] + 1) }
            guard aligner.align(shape, query, cluster, index: index) else { continue }
            let paired = aligner.partner.count { $0 >= 0 }
            guard paired >= 8, paired * 3 >= min(aligner.span.count, shape.template.requiredCount),
                Self.canPass(paired, shape.template)
            else { continue }
            var judgement = TextJudgement.judge(shape, aligner.partner, query, aligner.span)
            if aligner.dropEnds(judgement.absent) {
                judgement = TextJudgement.judge(shape, aligner.partner, query, aligner.span)
            }
            guard Self.isAcceptable(judgement, shape.template) else { continue }
            // Of two copies near each other the chain took the longer; the other is still there.
            let span = aligner.span
            for (low, high) in [(cluster.first, span.lowerBound), (span.upperBound, cluster.last + 1)]
            where (high - low) * 2 > shape.template.requiredCount {
                queue.append(
                    Cluster(
                        template: cluster.template,
                        hits: cluster.hits * (high - low) / (cluster.last - cluster.first + 1),
                        first: low, last: high - 1, firstPlace: 0, lastPlace: shape.words.count))
            }
            for step in (span.lowerBound / 8)...((span.upperBound - 1) / 8)
            where best[step] < 0 || readings[Int(best[step])].judgement.value < judgement.value {
                best[step] = Int32(readings.count)
            }
            readings.append(
                Reading(
                    template: shape.template, judgement: judgement, span: aligner.span, hits: cluster.hits))
        }
        return readings
    }

    /// Whether a stretch of that size and likeness can pass ``isAcceptable(_:_:)`` at all.
    private static func canBe(_ cluster: Cluster, _ template: Template) -> Bool {
        let length = cluster.last - cluster.first + 60
        // With a fifth of the words different a third of the runs of five are left, and two in seven are looked at.
        guard cluster.hits * 16 >= length - 60 else { return false }
        return length >= 300 || template.requiredCount * 2 <= length * 3
    }

    /// Whether so many words in common can pass ``isAcceptable(_:_:)`` at all: what is required and not there is missing.
    private static func canPass(_ paired: Int, _ template: Template) -> Bool {
        let missing = template.requiredCount - paired
        return missing <= (paired >= 260 ? 3 * paired : paired * 3 / 2) + 40
    }

    /// Whether what is known already explains the candidate's stretch so much better that aligning it is idle: a text
    /// with more words in common also shares more runs.
    private static func isHopeless(_ cluster: Cluster, beside best: Int32, _ readings: [Reading]) -> Bool {
        guard best >= 0 else { return false }
        let reading = readings[Int(best)]
        let length = cluster.last - cluster.first + Fingerprints.length
        let common = reading.span.clamped(to: cluster.first..<cluster.last + Fingerprints.length).count
        guard common * 10 >= length * 9 else { return false }
        return cluster.hits * 100 < reading.hits * (reading.judgement.isExact ? 97 : 80)
    }

    /// Whether exact texts one after the other already account for a stretch that this one would only take as its parts.
    private static func isExplained(_ cluster: Cluster, by best: [Int32], _ readings: [Reading]) -> Bool {
        cluster.share < 0.9 && best.allSatisfy { $0 >= 0 && readings[Int($0)].judgement.isExact }
    }

    private mutating func shape(_ number: Int) -> TemplateShape {
        if let known = shapes[number] { return known }
        // Scratch, not a store: large trees meet a few dozen licenses again and again.
        if shapes.count > 64 { shapes.removeAll(keepingCapacity: true) }
        let shape = TemplateShape(number, index: index)
        shapes[number] = shape
        return shape
    }

    private static func isBetter(_ a: Reading, _ b: Reading) -> Bool {
        if a.judgement.value != b.judgement.value { return a.judgement.value > b.judgement.value }
        if a.judgement.differing != b.judgement.differing {
            return a.judgement.differing < b.judgement.differing
        }
        if a.judgement.leftOut != b.judgement.leftOut { return a.judgement.leftOut < b.judgement.leftOut }
        if a.template.rank != b.template.rank { return a.template.rank < b.template.rank }
        return a.template.number < b.template.number
    }

    /// Whether what was found is the text at all, whole or cut off, rather than words it shares with others.
    private static func isAcceptable(_ judgement: TextJudgement, _ template: Template) -> Bool {
        let matched = judgement.matched
        if judgement.isExact { return matched >= 8 }
        let ends = judgement.missingAtStart + judgement.missingAtEnd
        if template.isHeader, judgement.deciding > 0 { return false }
        if template.isHeader { return ends * 5 <= matched && judgement.cost * 5 <= matched && matched >= 12 }
        if judgement.cost * 4 > matched || matched < 12 { return false }
        // Of long texts a part is told from a quotation by its length; short ones are told apart by how they begin.
        if matched >= 300, matched * 2 >= ends { return true }
        let slack = judgement.cost == 0 ? 5 : 3
        return judgement.missingAtStart * 8 <= matched && judgement.missingAtEnd * 8 <= matched * slack
    }

    private func score(_ judgement: TextJudgement) -> Int {
        if judgement.isExact { return 100 }
        let all =
            judgement.matched + judgement.missing + judgement.added + judgement.missingAtStart
            + judgement.missingAtEnd
        return min(judgement.turning > 0 ? 89 : 99, judgement.matched * 100 / max(1, all))
    }

    private func finding(_ reading: Reading, _ words: borrowing Words) -> TextMatch {
        let first = Int(query.wordIndex[reading.span.lowerBound])
        let last = Int(query.wordIndex[reading.span.upperBound - 1])
        let differences = reading.judgement.differences.map { difference in
            let low = Int(query.wordIndex[min(difference.added.lowerBound, query.wordIndex.count - 1)])
            let high =
                difference.added.isEmpty ? low : Int(query.wordIndex[difference.added.upperBound - 1]) + 1
            let missing = difference.missing.map { index.token(reading.template, $0) }
            return TextDifference(
                words: low..<high, missing: missing.map { index.text(ofWord: $0) },
                missingHashes: missing.map { index.hash(ofWord: $0) })
        }
        return TextMatch(
            expression: index.expression(reading.template), isException: reading.template.isException,
            isHeader: reading.template.isHeader, score: score(reading.judgement),
            words: first...max(first, last),
            differences: differences, missingAtStart: reading.judgement.missingAtStart,
            missingAtEnd: reading.judgement.missingAtEnd, matchedCount: reading.judgement.matched)
    }
}
