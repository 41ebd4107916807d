// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Finds words that take back, narrow or fence what a license gives, outside of the license texts themselves.
///
/// What is found is evidence, not a verdict: whether a clause clashes depends on the work's terms.
struct RiderReader {
    struct Found {
        var mark: EnclosureMark
        var bytes: Range<Int>
    }

    let text: Lexemes
    /// Whole texts of licenses: what stands in them is the license. In order, none meets another.
    private let explained: [Range<Int>]
    /// Words that stand within a license text but are none of its own: what is slipped in is not explained by what is around.
    var altered: [Range<Int>] = []
    /// The file grants something or is about its terms; elsewhere only plain words count.
    let speaksOfTerms: Bool
    let role: FileRole
    /// The comments at the head of a source.
    let heads: HeadLexemes
    /// Its own, so that names do not eat what riders need.
    let meter: WorkMeter
    static let maximumFound = 64
    static let plain: Set<EnclosureMark> = [
        .proprietary, .riderNoncommercial, .noAIRider, .riderCommonsClause, .contributorAgreement,
        .termsByLinkOnly,
    ]

    init(text: Lexemes, explained: [Range<Int>], role: FileRole, speaksOfTerms: Bool) {
        self.text = text
        self.role = role
        self.speaksOfTerms = speaksOfTerms
        heads = role == .other ? HeadLexemes(text) : HeadLexemes()
        meter = WorkMeter(byteCount: text.bytes.count)
        var merged: [Range<Int>] = []
        for range in explained.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = merged.last, range.lowerBound <= last.upperBound {
                merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
        self.explained = merged
    }

    private static let byFirst: [UInt32: [Int]] = {
        var table: [UInt32: [Int]] = [:]
        for (number, pattern) in patterns.enumerated() {
            for word in pattern.words[0] { table[word, default: []].append(number) }
        }
        return table
    }()

    private static let firsts = WordHashes(Array(byFirst.keys))

    func read() -> [Found] {
        var found: [Found] = []
        // Of a file that states no terms otherwise: which wordings of an agreement it has, and where.
        var agreement: [Int: Found] = [:]
        var lastOf: [EnclosureMark: Int] = [:]
        let firsts = Self.firsts
        let own = ownSentences()
        var index = 0
        while index < text.count, found.count < Self.maximumFound, !meter.isSpent {
            let isFirst = firsts.contains(text[index].hash)
            // Looked up only where it matters.
            let isExplained = (isFirst || isNoncommercial(index)) && isExplained(index)
            if isFirst, !isExplained || !altered.isEmpty,
                let numbers = Self.byFirst[text[index].hash]
            {
                for number in numbers {
                    let pattern = Self.patterns[number]
                    guard
                        speaksOfTerms || heads.isNearTerms(index)
                            || own.contains(where: { $0.contains(index) })
                            || pattern.isPlain
                            || pattern.mark == .eulaBesideCopyleft,
                        index >= lastOf[pattern.mark] ?? 0, let end = match(pattern, at: index),
                        isMeant(pattern.mark, index, end), !isExplained || isAltered(index, end)
                    else { continue }
                    lastOf[pattern.mark] = end
                    let range = sentence(index, end)
                    guard pattern.mark != .eulaBesideCopyleft || speaksOfTerms && !pattern.isWeak else {
                        agreement[number] = agreement[number] ?? Found(mark: pattern.mark, bytes: range)
                        break
                    }
                    found.append(Found(mark: pattern.mark, bytes: range))
                    // Where nothing is granted the same words may be a claim, too.
                    if speaksOfTerms || pattern.mark != .riderNoRedistribution { break }
                }
            }
            // "to any noncommercial person": one word is enough where a license has none such.
            if isExplained, isNoncommercial(index),
                altered.contains(where: { $0.contains(Int(text[index].start)) })
            {
                found.append(Found(mark: .riderNoncommercial, bytes: sentence(index, index + 1)))
            }
            if let ban = ban(at: index), isOwn(ban.start, ban.end) || ban.mark == .riderCommonsClause {
                let range = sentence(ban.start, ban.end)
                if !found.contains(where: { $0.mark == ban.mark && $0.bytes.overlaps(range) }) {
                    lastOf[ban.mark] = ban.end
                    found.append(Found(mark: ban.mark, bytes: range))
                }
            }
            if let offer = allRightsReserved(index) { found.append(offer) }
            index += 1
        }
        // Who has written an agreement speaks of terms all along.
        for place in speaksOfTerms || agreement.count > 1 ? [0..<text.count] : heads.comments {
            found += sentences(in: place, besides: found)
            found += plainSentences(in: place, besides: &found)
        }
        found += riders(inOwn: own, besides: found)
        found += claims(besides: found)
        if !speaksOfTerms {
            // "Confidential. Do not distribute.": the ban says the same once more.
            let claims = found.filter { $0.mark == .proprietary }
            found.removeAll { hit in
                (hit.mark == .riderNoRedistribution || hit.mark == .furtherRestriction)
                    && claims.contains { isBeside($0.bytes, hit.bytes) }
            }
        }
        removeAnnouncements(&found)
        for number in found.indices where found[number].mark == .riderNoncommercial {
            if isOfThreshold(words(in: found[number].bytes)) { found[number].mark = .furtherRestriction }
        }
        for number in found.indices where found[number].mark == .riderNoncommercial {
            let words = words(in: found[number].bytes)
            if isOfServices(words) { found[number].mark = .riderCommonsClause }
        }
        found.removeAll { hit in
            let words = words(in: hit.bytes)
            return switch hit.mark {
            case .riderNoncommercial:
                isOfOthersTerms(words.lowerBound, words.upperBound) || isAloneAsFont(words)
                    || isOfAbsent(words) || isOfRequired(words)
            case .riderNoRedistribution:
                isOfAbsent(words) || isForItsLicense(words) || isOthersProperty(words)
            case .riderFieldOfUse: isOfAbsent(words)
            default: false
            }
        }
        if isOfTests { found.removeAll { !heads.contains(words(in: $0.bytes).lowerBound) } }
        if let clause = namedClause() {
            // Under its name the right to sell is taken away in any words.
            for number in found.indices
            where found[number].mark == .riderNoncommercial && clause <= found[number].bytes.upperBound {
                found[number].mark = .riderCommonsClause
            }
        }
        // One such wording is spoken of; who has two has written an agreement.
        if agreement.count > 1
            || !agreement.isEmpty && found.contains(where: { $0.mark == .eulaBesideCopyleft })
        {
            found += agreement.values.sorted { $0.bytes.lowerBound < $1.bytes.lowerBound }
        }
        return found
    }

    func words(in bytes: Range<Int>) -> Range<Int> {
        let start = text.first(from: bytes.lowerBound, atOrAfter: 0)
        return start..<text.first(from: bytes.upperBound, atOrAfter: start)
    }

    func isExplained(_ index: Int) -> Bool {
        let start = Int(text[index].start)
        var low = 0
        var high = explained.count
        while low < high {
            let middle = (low + high) / 2
            if explained[middle].upperBound <= start { low = middle + 1 } else { high = middle }
        }
        return low < explained.count && explained[low].contains(start)
    }

    func isNoncommercial(_ index: Int) -> Bool {
        text.word(index) == .noncommercial
            || text.word(index) == .non
                && (text.word(index + 1) == .commercial || isOneOf(index + 1, Self.monetary))
    }

    /// "Non-monetized purposes."
    static let monetary = set("monetized monetised monetary commercialized")

    /// In one paragraph, a few words apart.
    private func isBeside(_ one: Range<Int>, _ other: Range<Int>) -> Bool {
        if one.overlaps(other) { return true }
        let (before, behind) = one.lowerBound < other.lowerBound ? (one, other) : (other, one)
        let first = text.first(from: before.upperBound, atOrAfter: 0)
        let last = text.first(from: behind.lowerBound, atOrAfter: first)
        return last - first < 12 && !(first...last).contains { text.gap($0).contains(.blankLine) }
    }

    /// Whether two or more of the words were slipped in.
    private func isAltered(_ start: Int, _ end: Int) -> Bool {
        (start..<end).count { place in altered.contains { $0.contains(Int(text[place].start)) } } > 1
    }

    /// Whether a sentence stands in no license's text, or was slipped into one.
    func isOwn(_ start: Int, _ end: Int) -> Bool {
        guard isExplained(start) else { return true }
        let slipped = (start..<end).count { place in
            altered.contains { $0.contains(Int(text[place].start)) }
        }
        return slipped > 2 && slipped * 5 >= (end - start) * 3
    }

    private func match(_ pattern: Pattern, at start: Int) -> Int? {
        var at = start + 1
        for (number, place) in pattern.words.enumerated().dropFirst() {
            let reach = pattern.isClose[number] ? 0 : pattern.reach
            var skipped = 0
            while true {
                meter.spend(WorkMeter.Cost.word)
                guard at < text.count, !isBreak(at) else { return nil }
                if place.contains(text[at].hash) { break }
                skipped += 1
                guard skipped <= reach else { return nil }
                at += 1
            }
            at += 1
        }
        return at
    }

    /// The end of a sentence or of a block of text. Code between is no sentence.
    func isBreak(_ index: Int) -> Bool {
        let gap = text.gap(index)
        return gap.contains(.blankLine) || gap.contains(.stop) || gap.contains(.brace)
            || gap.contains(.equals) || gap.contains(.underscore)
    }

    func isOneOf(_ index: Int, _ words: WordHashes) -> Bool {
        index >= 0 && index < text.count && words.contains(text[index].hash)
    }

    static func set(_ words: String) -> WordHashes { WordHashes(words: words) }
    /// "All rights reserved" without a grant anywhere near is for the driver to weigh; here only the words.
    private func allRightsReserved(_ index: Int) -> Found? {
        let isEnglish =
            text.word(index) == .all && text.word(index + 1) == .rights && text.word(index + 2) == .reserved
        let last = isEnglish ? index + 2 : rightsReservedAbroad(index)
        guard let last, !isExplained(index), !isByPermission(index),
            // A value in a list to choose from.
            !text.gap(index).contains(.quote) || !text.gap(last + 1).contains(.quote)
        else { return nil }
        return Found(mark: .allRightsReservedClash, bytes: Int(text[index].start)..<text[last].end)
    }

    /// Words of permission that no license explains, such as "you may use and copy this": rights are reserved but for them.
    private func isByPermission(_ start: Int) -> Bool {
        for at in max(0, start - 60)..<min(text.count, start + 80) {
            meter.spend(WorkMeter.Cost.word)
            // "No licence, express or implied, is granted."
            if (max(0, at - 8)..<at).contains(where: { before in
                [.not, .no, .without].contains(text.word(before))
                    && !(before + 1...at).contains { text.gap($0).contains(.stop) }
            }) {
                continue
            }
            if Self.permissions.contains(text[at].hash)
                || text.word(at) == .you && text.word(at + 1) == .may && text.word(at + 2) != .not
            {
                return true
            }
        }
        return false
    }

    private static let permissions = set("permitted granted permission licensed free redistribution")

    /// The words of the sentence around a hit, at most 40 either side.
    func sentence(_ start: Int, _ end: Int) -> Range<Int> {
        var first = start
        while first > 0, start - first < 40, !text.gap(first).contains(.stop),
            !text.gap(first).contains(.blankLine)
        { first -= 1 }
        var last = end
        while last < text.count, last - end < 40, !text.gap(last).contains(.stop),
            !text.gap(last).contains(.blankLine)
        { last += 1 }
        return Int(text[first].start)..<max(Int(text[first].start), text[max(first, last - 1)].end)
    }
}
