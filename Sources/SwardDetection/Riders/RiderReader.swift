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
    /// Its own, so that names do not eat what riders need.
    let meter: WorkMeter
    private static let maximumFound = 64
    private static let plain: Set<EnclosureMark> = [
        .proprietary, .riderNoncommercial, .noAIRider, .riderCommonsClause, .contributorAgreement,
        .termsByLinkOnly,
    ]

    init(text: Lexemes, explained: [Range<Int>], role: FileRole, speaksOfTerms: Bool) {
        self.text = text
        self.role = role
        self.speaksOfTerms = speaksOfTerms
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

    /// One wording: words in order, at most so many others between two of them.
    private struct Pattern: Sendable {
        let mark: EnclosureMark
        /// Each place may be one of several words.
        let words: [[UInt32]]
        let reach: Int

        init(_ mark: EnclosureMark, _ words: String, reach: Int = 0) {
            self.mark = mark
            self.words = words.split(separator: " ").map { place in
                place.split(separator: "|").map { Lexemes.hash($0.utf8) }
            }
            self.reach = reach
        }
    }

    // REUSE-IgnoreStart
    // Of several wordings of one mark the first that fits is reported for a place.
    private static let patterns: [Pattern] = [
        Pattern(.riderCommonsClause, "commons clause license condition", reach: 2),
        Pattern(.riderCommonsClause, "commons clause restriction|v|version|1.0", reach: 1),
        Pattern(.riderCommonsClause, "license does not include the right to sell", reach: 6),
        Pattern(.riderCommonsClause, "not grant to you the right to sell the software", reach: 4),
        Pattern(
            .riderNoncommercial, "noncommercial|noncommercially use|uses|purpose|purposes only|exclusively",
            reach: 3),
        Pattern(.riderNoncommercial, "non commercial use|uses|purpose|purposes|projects only", reach: 3),
        Pattern(.riderNoncommercial, "only for|in non commercial", reach: 2),
        Pattern(.riderNoncommercial, "only|exclusively|solely|strictly for non commercial", reach: 4),
        Pattern(.riderNoncommercial, "only|exclusively|solely|strictly for noncommercial", reach: 4),
        Pattern(.riderNoncommercial, "not for commercial use|purposes|gain|distribution", reach: 1),
        Pattern(.riderNoncommercial, "no commercial use|usage|redistribution|exploitation", reach: 1),
        Pattern(
            .riderNoncommercial,
            "commercial use is|are not|strictly|prohibited|forbidden permitted|allowed|prohibited|authorized|forbidden",
            reach: 4),
        Pattern(.riderNoncommercial, "commercial use|usage|purposes prohibited|forbidden", reach: 6),
        Pattern(.riderNoncommercial, "may|must|shall|can not be used|sold for commercial", reach: 5),
        Pattern(.riderNoncommercial, "may|must|shall|can not be used|sold|copied commercially", reach: 5),
        Pattern(.riderNoncommercial, "may|must|shall|can not use commercially", reach: 6),
        Pattern(.riderNoncommercial, "cannot be used|sold for|in commercial", reach: 4),
        Pattern(.riderNoncommercial, "you may not use for commercial purposes|use|gain", reach: 6),
        Pattern(
            .riderNoncommercial, "commercial use requires|needs license|permission|agreement|consent",
            reach: 6),
        Pattern(.riderNoncommercial, "may|must|shall not be sold", reach: 2),
        Pattern(.riderNoncommercial, "not be sold or used", reach: 2),
        Pattern(.riderNoncommercial, "not|never for sale", reach: 1),
        Pattern(.riderNoncommercial, "you may|must|shall|can not sell", reach: 3),
        Pattern(.riderNoncommercial, "for personal|private use only", reach: 3),
        Pattern(.riderNoncommercial, "personal|private use only", reach: 1),
        Pattern(
            .riderNoncommercial, "for educational|academic|research|evaluation use|purposes|purpose only",
            reach: 4),
        Pattern(
            .riderNoncommercial, "only for|in educational|academic|research|evaluation use|purposes|purpose",
            reach: 4),
        Pattern(.riderNoncommercial, "free for non commercial use", reach: 2),
        Pattern(.riderNoncommercial, "free for personal|noncommercial|academic|private use", reach: 4),
        Pattern(.riderNoncommercial, "nur für nicht kommerzielle", reach: 3),
        Pattern(.riderNoncommercial, "usage non commercial uniquement|seulement", reach: 3),
        Pattern(.riderNoRedistribution, "may|must|shall|can|do not redistribute|distribute", reach: 4),
        Pattern(
            .riderNoRedistribution,
            "may|must|shall|can not be redistributed|distributed|reproduced|republished", reach: 4),
        Pattern(.riderNoRedistribution, "may|must|shall|can not be shared", reach: 0),
        Pattern(
            .riderNoRedistribution,
            "not allowed|permitted|authorized|authorised to redistribute|distribute|republish|share",
            reach: 2),
        Pattern(.riderNoRedistribution, "cannot be redistributed|distributed|republished", reach: 3),
        Pattern(
            .riderNoRedistribution, "no redistribution|distribution permitted|allowed|without|is", reach: 3),
        Pattern(.riderNoRedistribution, "no redistribution", reach: 1),
        Pattern(
            .riderNoRedistribution,
            "redistribution|distribution|copying is|are not|strictly|prohibited|forbidden permitted|allowed|prohibited|forbidden",
            reach: 6),
        Pattern(
            .riderNoRedistribution, "redistribution|distribution|reproduction|copying prohibited|forbidden",
            reach: 6),
        Pattern(.riderNoRedistribution, "not for redistribution|distribution|publication", reach: 0),
        Pattern(
            .riderNoRedistribution, "not for public|general|external redistribution|distribution|release",
            reach: 0),
        Pattern(
            .riderNoRedistribution, "prohibited|forbidden to redistribute|distribute|copy|share", reach: 3),
        Pattern(
            .riderNoRedistribution,
            "unauthorized copying|reproduction|distribution|redistribution|duplication of|or|is prohibited|forbidden|this|via|any",
            reach: 4),
        Pattern(
            .riderNoRedistribution, "may|shall|can not be copied|used modified|disclosed|distributed without",
            reach: 14),
        Pattern(.riderFieldOfUse, "used for good not evil", reach: 1),
        Pattern(
            .riderFieldOfUse,
            "not|never be used for|in|by military|weapons|warfare|surveillance|nuclear|armed|war", reach: 12),
        Pattern(
            .riderFieldOfUse,
            "not|never use for|in|by military|weapons|warfare|surveillance|nuclear|armed|war", reach: 12),
        Pattern(
            .riderFieldOfUse,
            "no use by|in|for military|government|governments|police|law|weapons|armies|armed", reach: 3),
        Pattern(.riderFieldOfUse, "no military use|usage|purposes|application", reach: 2),
        Pattern(.riderFieldOfUse, "military|weapons use is|are prohibited|forbidden|not", reach: 3),
        Pattern(
            .riderFieldOfUse,
            "not designed|licensed|intended|authorized for use in the design construction nuclear facility|facilities",
            reach: 6),
        Pattern(
            .riderFieldOfUse,
            "may|must|shall not be used by|for|to harm|exploit|discriminate|discrimination|police|governments|government|fascists|torture",
            reach: 10),
        Pattern(.riderFieldOfUse, "ethical|anti capitalist|996 license|software|source", reach: 2),
        Pattern(
            .riderFieldOfUse, "may|shall|must not be used in|for competing|competitive|compete", reach: 8),
        Pattern(
            .riderFieldOfUse,
            "not be used for any|illegal|unlawful unethical|immoral|illegal|unlawful|harmful", reach: 4),
        Pattern(
            .riderFieldOfUse,
            "not|never used for|in|by military|weapons|warfare|surveillance|nuclear|armed|war", reach: 6),
        Pattern(
            .riderFieldOfUse,
            "only|solely|exclusively be used in|with|on conjunction|products|hardware|devices|silicon|microcontrollers|chips",
            reach: 6),
        Pattern(
            .riderFieldOfUse,
            "use|used only|solely on|in|with hardware|products|devices manufactured|sold|made by", reach: 6),
        Pattern(
            .riderFieldOfUse,
            "only|solely|exclusively for use on|in|with|conjunction products|hardware|devices|silicon|microcontrollers|chips",
            reach: 12),
        Pattern(.eulaBesideCopyleft, "end user license|licence agreement", reach: 0),
        Pattern(.eulaBesideCopyleft, "licensed not sold", reach: 1),
        Pattern(.eulaBesideCopyleft, "not reverse engineer|engineered|assemble", reach: 6),
        Pattern(.eulaBesideCopyleft, "not decompile|disassemble|decompiled|disassembled", reach: 8),
        Pattern(
            .eulaBesideCopyleft,
            "reverse engineering|engineer decompil|decompiling|decompilation|disassembly|disassembling prohibited|forbidden|not",
            reach: 12),
        Pattern(
            .eulaBesideCopyleft,
            "by installing|downloading|clicking|using you|copying agree|accept|agreeing|bound", reach: 14),
        Pattern(
            .eulaBesideCopyleft, "one|single copy of the software on one|single computer|device", reach: 6),
        Pattern(.sourceAvailable, "source available license|licence", reach: 1),
        Pattern(.sourceAvailable, "is|are source available you|and|but|the", reach: 1),
        Pattern(
            .sourceAvailable, "production only with|under subscription|contract", reach: 5),
        Pattern(
            .sourceAvailable,
            "not|no provide|offer the software to third parties as a hosted|managed service", reach: 6),
        Pattern(
            .noAIRider,
            "not|never|no be|use|used|permitted|allowed|consent train|training machine|ai|artificial|models|model|llm|llms|language|neural|generative",
            reach: 12),
        Pattern(
            .noAIRider,
            "not|never|no used|use for|in|to training|train of|machine|ai|artificial|any|models|model|large",
            reach: 8),
        Pattern(
            .noAIRider,
            "train|training ai|artificial|machine|language|neural|generative models|model|intelligence|learning|networks is|are not|prohibited|forbidden",
            reach: 8),
        Pattern(.noAIRider, "text and data mining prohibited|reserved|not|forbidden|reservation", reach: 12),
        Pattern(.noAIRider, "tdm reservation 1", reach: 0),
        Pattern(
            .noAIRider,
            "ai|machine training|learning is|are|purposes not|strictly|prohibited|forbidden permitted|allowed|prohibited|forbidden",
            reach: 6),
        Pattern(.proprietary, "proprietary and confidential", reach: 1),
        Pattern(.proprietary, "confidential and proprietary", reach: 1),
        Pattern(.proprietary, "company|strictly confidential", reach: 0),
        Pattern(.proprietary, "contains confidential|proprietary information|trade|material", reach: 5),
        Pattern(.proprietary, "trade secret|secrets of|and|property|belonging", reach: 3),
        Pattern(.proprietary, "unpublished proprietary source|work|code", reach: 3),
        Pattern(.proprietary, "proprietary software|code|license|licence", reach: 0),
        Pattern(.proprietary, "this is proprietary", reach: 1),
        Pattern(
            .furtherRestriction,
            "in addition to|following the gpl|gnu|license|terms additional|further|following restriction|restrictions|conditions|condition",
            reach: 10),
        Pattern(
            .furtherRestriction, "additional|further|extra restriction|restrictions apply|applies|imposed",
            reach: 4),
        Pattern(
            .furtherRestriction,
            "following|additional restrictions|limitations|restriction|conditions|terms shall|also|additionally apply|applies",
            reach: 4),
        Pattern(
            .furtherRestriction,
            "with the following additional|extra|further restriction|restrictions|condition|conditions",
            reach: 1),
        Pattern(.contributorAgreement, "contributor license|licence|licensing agreement", reach: 1),
        Pattern(
            .contributorAgreement,
            "assign|assigns|transfer|transfers all|your|the copyright|right|rights in|to|of|title contribution|contributions",
            reach: 14),
        Pattern(
            .contributorAgreement, "grant|grants to perpetual worldwide irrevocable sublicense|relicense",
            reach: 22),
        Pattern(.termsByLinkOnly, "subject to terms of service", reach: 5),
        Pattern(.termsByLinkOnly, "use governed|bound|covered by terms of service|use", reach: 6),
    ]

    // REUSE-IgnoreEnd

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
        var index = 0
        while index < text.count, found.count < Self.maximumFound, !meter.isSpent {
            let isExplained = isExplained(index)
            if firsts.contains(text[index].hash), !isExplained || !altered.isEmpty,
                let numbers = Self.byFirst[text[index].hash]
            {
                for number in numbers {
                    let pattern = Self.patterns[number]
                    guard
                        speaksOfTerms || Self.plain.contains(pattern.mark)
                            || pattern.mark == .eulaBesideCopyleft,
                        index >= lastOf[pattern.mark] ?? 0, let end = match(pattern, at: index),
                        isMeant(pattern.mark, index, end), !isExplained || isAltered(index, end)
                    else { continue }
                    lastOf[pattern.mark] = end
                    let range = sentence(index, end)
                    guard speaksOfTerms || pattern.mark != .eulaBesideCopyleft else {
                        agreement[number] = agreement[number] ?? Found(mark: pattern.mark, bytes: range)
                        break
                    }
                    found.append(Found(mark: pattern.mark, bytes: range))
                    break
                }
            }
            // "to any noncommercial person": one word is enough where a license has none such.
            if isExplained, isNoncommercial(index),
                altered.contains(where: { $0.contains(Int(text[index].start)) })
            {
                found.append(Found(mark: .riderNoncommercial, bytes: sentence(index, index + 1)))
            }
            if let offer = allRightsReserved(index) { found.append(offer) }
            index += 1
        }
        // One such wording is spoken of; who has two has written an agreement.
        if agreement.count > 1 {
            found += agreement.values.sorted { $0.bytes.lowerBound < $1.bytes.lowerBound }
        }
        return found
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

    private func isNoncommercial(_ index: Int) -> Bool {
        text.word(index) == .noncommercial
            || text.word(index) == .non && text.word(index + 1) == .commercial
    }

    /// Whether two or more of the words were slipped in.
    private func isAltered(_ start: Int, _ end: Int) -> Bool {
        (start..<end).count { place in altered.contains { $0.contains(Int(text[place].start)) } } > 1
    }

    private func match(_ pattern: Pattern, at start: Int) -> Int? {
        var at = start + 1
        for place in pattern.words.dropFirst() {
            var skipped = 0
            while true {
                meter.spend(WorkMeter.Cost.word)
                guard at < text.count, !isBreak(at) else { return nil }
                if place.contains(text[at].hash) { break }
                skipped += 1
                guard skipped <= pattern.reach else { return nil }
                at += 1
            }
            at += 1
        }
        return at
    }

    /// The end of a sentence or of a block of text. Code between is no sentence.
    private func isBreak(_ index: Int) -> Bool {
        let gap = text.gap(index)
        return gap.contains(.blankLine) || gap.contains(.stop) || gap.contains(.brace)
            || gap.contains(.equals) || gap.contains(.underscore)
    }

    /// Words that turn the meaning, and words that only sound alike.
    private func isMeant(_ mark: EnclosureMark, _ start: Int, _ end: Int) -> Bool {
        meter.spend(WorkMeter.Cost.expression)
        let before = (max(0, start - 6)..<start).map { text.word($0) }
        if mark != .sourceAvailable, isOfSomeLicense(start) || isQuoted(start) { return false }
        switch mark {
        case .riderNoRedistribution:
            // Clauses on names, trademarks and endorsement; "except", "without this notice": conditions, not bans.
            for at in max(0, start - 14)..<min(text.count, end + 14) {
                if Self.softeners.contains(text[at].hash) { return false }
                if at > end, isBreak(at) { break }
            }
            // "Some distributions do not distribute it" is no order.
            let isOrder =
                text[start].hash != Self.do || text.word(start - 1) == .you
                || isOneOf(start - 1, Self.askings)
                || start == 0 || text.gap(start) != .space
            return isOrder && !before.contains(.if) && isOfWork(start) && !isOneOf(end, Self.parties)
        case .contributorAgreement:
            return !before.contains(.no) && !before.contains(.not) && !before.contains(.without)
                && (text[start].hash != Self.grant && text[start].hash != Self.grants
                    || (max(0, start - 40)..<min(text.count, end + 40)).contains {
                        isOneOf($0, Self.contributions)
                    })
        case .furtherRestriction: return text.word(start - 1) != .no
        case .riderNoncommercial where isForBoth(start, end): return false
        case .riderFieldOfUse, .riderNoncommercial:
            for at in max(0, start - 8)..<min(text.count, end + 6)
            where Self.trademarks.contains(text[at].hash) { return false }
            return isOfWork(start)
        case .proprietary:
            // "Developers of proprietary software" and the like are others.
            let isSaid =
                text[start].hash != Self.proprietary
                || end > start + 2 || start == 0 || text.gap(start) != .space
                || [.is, .are, .this, .the, .under, .a, .our].contains(text.word(start - 1))
            return isSaid && !before.contains(.not) && !before.contains(.or) && !before.contains(.with)
                && !before.contains(.to)
        case .eulaBesideCopyleft: return !before.contains(.if)
        default: return true
        }
    }

    private func isOneOf(_ index: Int, _ words: WordHashes) -> Bool {
        index >= 0 && index < text.count && words.contains(text[index].hash)
    }

    /// "It had a 'noncommercial use only' blurb": what is quoted is spoken of.
    private func isQuoted(_ start: Int) -> Bool {
        role != .licenseText && text.gap(start).contains(.quote) && !text.gap(start).contains(.newline)
            && !text.gap(start).contains(.colon)
    }

    /// "Free for commercial and non-commercial use."
    private func isForBoth(_ start: Int, _ end: Int) -> Bool {
        (max(0, start - 3)..<end).contains { at in
            text.word(at) == .commercial && text.word(at - 1) != .non
                && [.and, .or].contains(text.word(at + 1)) && isNoncommercial(at + 2)
        }
    }

    /// "A license that says 'for noncommercial use only' is not free": of licenses, not of this work's.
    private func isOfSomeLicense(_ start: Int) -> Bool {
        var at = start
        while at > 0, start - at < 20 {
            if !text.gap(at).isDisjoint(with: [.stop, .blankLine]) { return false }
            at -= 1
            if text.word(at) == .license, [.a, .any, .no, .other, .such].contains(text.word(at - 1)),
                text.word(at - 1) != .other || isOneOf(at - 1, Self.indefinite),
                isOneOf(at + 1, Self.relatives)
            {
                return true
            }
        }
        return false
    }

    private static let indefinite = set("which some an other every")
    private static let relatives = set("that which may can could with of")
    /// "It may not be shared between threads."
    private static let parties = set("between across among")

    /// Whether what "may not be redistributed" is the work: "a message may not be redistributed" is of what programs do.
    private func isOfWork(_ place: Int) -> Bool {
        let start = text.word(place) == .not ? place - 1 : place
        guard text.word(start) == .may || Self.modals.contains(text[start].hash), start > 0,
            text.gap(start) == .space, text.word(start - 1) == .other,
            !Self.works.contains(text[start - 1].hash)
        else { return true }
        // "This well-kept atlas may not be shared": pointed at.
        return (max(0, start - 5)..<start).contains { [.this, .these].contains(text.word($0)) }
    }

    private static let modals = set("must shall can cannot")
    private static let works = set(
        """
        you they it that which who one nobody copies copy works work material materials content contents product products binaries binary source sources
        document documents documentation text texts image images picture pictures photo photos photographs recording recordings music font fonts data dataset
        database artwork art assets asset models model book books part parts portion portions thereof derivatives versions version herein distribution
        reproduction publication licensee recipient user users customer customers company everyone therefore also
        """.split(separator: "\n").joined(separator: " "))

    private static func set(_ words: String) -> WordHashes {
        WordHashes(words.split(separator: " ").map { Lexemes.hash($0.utf8) })
    }
    private static let `do` = Lexemes.hash("do".utf8), proprietary = Lexemes.hash("proprietary".utf8)
    private static let grant = Lexemes.hash("grant".utf8), grants = Lexemes.hash("grants".utf8)
    private static let askings = set("please and but so")
    private static let contributions = set(
        "contribution contributions contributor contributors patch submission")
    private static let softeners = set(
        "assignment constructor except unless endorse promote trademark trademarks name names notice claim misrepresented original modified provided compliance"
    )
    private static let trademarks = set(
        "endorse promote trademark trademarks logo logos advertising publicity")

    /// "All rights reserved" without a grant anywhere near is for the driver to weigh; here only the words.
    private func allRightsReserved(_ index: Int) -> Found? {
        guard text.word(index) == .all, text.word(index + 1) == .rights, text.word(index + 2) == .reserved,
            !isExplained(index), !isByPermission(index)
        else { return nil }
        return Found(mark: .allRightsReservedClash, bytes: Int(text[index].start)..<text[index + 2].end)
    }

    /// Words of permission that no license explains, such as "you may use and copy this": rights are reserved but for them.
    private func isByPermission(_ start: Int) -> Bool {
        for at in max(0, start - 60)..<min(text.count, start + 80) {
            meter.spend(WorkMeter.Cost.word)
            if [.not, .no, .without].contains(text.word(at - 1)) { continue }
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
