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
    let heads: SourceHeads
    /// Its own, so that names do not eat what riders need.
    let meter: WorkMeter
    static let maximumFound = 64
    private static let plain: Set<EnclosureMark> = [
        .proprietary, .riderNoncommercial, .noAIRider, .riderCommonsClause, .contributorAgreement,
        .termsByLinkOnly,
    ]

    init(text: Lexemes, explained: [Range<Int>], role: FileRole, speaksOfTerms: Bool) {
        self.text = text
        self.role = role
        self.speaksOfTerms = speaksOfTerms
        heads = role == .other ? SourceHeads(text) : SourceHeads()
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
                        speaksOfTerms || heads.isNearTerms(index) || Self.plain.contains(pattern.mark)
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
                    break
                }
            }
            // "to any noncommercial person": one word is enough where a license has none such.
            if isExplained, isNoncommercial(index),
                altered.contains(where: { $0.contains(Int(text[index].start)) })
            {
                found.append(Found(mark: .riderNoncommercial, bytes: sentence(index, index + 1)))
            }
            if let ban = ban(at: index), !self.isExplained(index) {
                let range = sentence(ban.start, ban.end)
                if !found.contains(where: { $0.mark == ban.mark && $0.bytes.overlaps(range) }) {
                    lastOf[ban.mark] = ban.end
                    found.append(Found(mark: ban.mark, bytes: range))
                }
            }
            if let offer = allRightsReserved(index) { found.append(offer) }
            index += 1
        }
        for place in speaksOfTerms ? [0..<text.count] : heads.comments {
            found += sentences(in: place, besides: found)
            found += plainSentences(in: place, besides: &found)
        }
        found += claims(besides: found)
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

    /// `Unpublished</source>`: the name of an element, not a word of the sentence.
    private func isTagName(_ index: Int) -> Bool {
        let start = Int(text[index].start)
        guard start > 1 else { return false }
        let before = text.bytes[start - 1]
        return before == UInt8(ascii: "<")
            || before == UInt8(ascii: "/") && text.bytes[start - 2] == UInt8(ascii: "<")
    }

    /// Words that turn the meaning, and words that only sound alike.
    private func isMeant(_ mark: EnclosureMark, _ start: Int, _ end: Int) -> Bool {
        meter.spend(WorkMeter.Cost.expression)
        var first = start
        while first > 0, start - first < 6, text.gap(first).isDisjoint(with: [.stop, .blankLine]) {
            first -= 1
        }
        let before = (first..<start).map { text.word($0) }
        if mark != .sourceAvailable, isOfSomeLicense(start) || isQuoted(start) { return false }
        if isShown(start, end) || isTagName(end - 1) { return false }
        switch mark {
        case .riderNoRedistribution:
            // Clauses on names, trademarks and endorsement; "except", "without this notice": conditions, not bans.
            for at in max(0, start - 14)..<min(text.count, end + 14) {
                // "Changed or not": no condition.
                let isEither = text.word(at + 1) == .or && [.not, .other].contains(text.word(at + 2))
                if Self.softeners.contains(text[at].hash), !isEither, !isUnlessPermitted(at) { return false }
                if at > end, isBreak(at) { break }
            }
            // "Some distributions do not distribute it" is no order.
            let isOrder =
                text[start].hash != Self.do || text.word(start - 1) == .you
                || isOneOf(start - 1, Self.askings)
                || start == 0 || text.gap(start) != .space
            return isOrder && !before.contains(.if) && isOfWork(start) && !isOneOf(end, Self.parties)
                && !isOfSecrets(end) && !isOfParts(end) && !isLeftOut(start) && !isLabel(start, end)
        case .contributorAgreement:
            return !before.contains(.no) && !before.contains(.not) && !before.contains(.without)
                && (text[start].hash != Self.grant && text[start].hash != Self.grants
                    || (max(0, start - 40)..<min(text.count, end + 40)).contains {
                        isOneOf($0, Self.contributions)
                    })
        case .furtherRestriction: return text.word(start - 1) != .no
        case .riderNoncommercial where isForBoth(start, end): return false
        // "Releases before were for research purposes only": told of other days.
        case .riderNoncommercial where before.contains(.were) || before.contains(.was): return false
        // Where no terms are stated, of prose: "the license permits use of the bands for noncommercial purposes only".
        case .riderNoncommercial
        where (!speaksOfTerms || isOneOf(end - 1, Self.sales)) && !isAboutWork(start, end)
            || speaksOfTerms && isPrivate(start, end) && !isAboutWork(start, end, orTerms: true):
            return false
        case .riderFieldOfUse where isOfName(start), .riderNoncommercial where isOfName(start): return false
        case .riderNoncommercial where isOfOther(start, end): return false
        case .riderFieldOfUse, .riderNoncommercial:
            for at in max(0, start - 8)..<min(text.count, end + 6)
            where Self.trademarks.contains(text[at].hash) && !(at >= end && isBreak(at)) { return false }
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

    /// "The lab network is for evaluation only": of something else than the work.
    private func isOfOther(_ start: Int, _ end: Int) -> Bool {
        guard let only = (start..<end + 2).first(where: { text.word($0) == .only }) else { return false }
        var first = start
        while first > 0, start - first < 24, !isBreak(first) { first -= 1 }
        return SentenceReader(text: text, range: first..<max(end, only + 1))?.isOfOther(only) ?? false
    }

    /// "The name 'X' may not be used for …".
    private func isOfName(_ start: Int) -> Bool {
        (max(0, start - 4)..<start).contains { isOneOf($0, Self.names) && !isBreak($0 + 1) }
    }

    func isOneOf(_ index: Int, _ words: WordHashes) -> Bool {
        index >= 0 && index < text.count && words.contains(text[index].hash)
    }

    /// "It had a 'noncommercial use only' blurb": what is quoted is spoken of.
    func isQuoted(_ start: Int) -> Bool {
        guard role != .licenseText else { return false }
        for at in stride(from: start, through: max(0, start - 3), by: -1) {
            let gap = text.gap(at)
            // A value, or what another string closes.
            if at < start, !gap.isDisjoint(with: [.stop, .newline, .comma, .equals]) { return false }
            if gap.contains(.quote), gap.isDisjoint(with: [.newline, .colon]),
                at == start || text[at].length > 2
            {
                return at == start || (start..<min(text.count, start + 12)).contains { isQuoteEnd($0 + 1) }
            }
        }
        return false
    }

    /// Not the apostrophe of "don't".
    private func isQuoteEnd(_ index: Int) -> Bool {
        text.gap(index).contains(.quote) && !(text.gap(index) == .quote && text[index].length < 3)
    }

    /// "Do not distribute modified versions without our approval": of all that is changed, not of how it must be marked.
    private func isUnlessPermitted(_ place: Int) -> Bool {
        guard text.word(place) == .modified else { return false }
        var sawWithout = false
        for at in (place + 1)..<min(text.count, place + 14) {
            if isBreak(at) { return false }
            if text.word(at) == .without { sawWithout = true }
            if sawWithout, text.word(at) == .permission || isOneOf(at, Self.approvals) { return true }
        }
        return false
    }

    private static let approvals = set("approval consent authorization authorisation")

    /// `MESSAGE = "You may not pass this on."`: a sentence that is all of a string is what a program shows, unless the string's
    /// name says that it is of terms.
    func isShown(_ start: Int, _ end: Int) -> Bool {
        guard role == .other else { return false }
        var first = start
        while first > 0, start - first < 20, !text.gap(first).contains(.quote) {
            if !text.gap(first).isDisjoint(with: [.stop, .blankLine, .newline]) { return false }
            first -= 1
        }
        let gap = text.gap(first)
        guard gap.contains(.quote), !gap.contains(.newline), !gap.isDisjoint(with: [.equals, .open]),
            text.word(first - 1) != .license, text.word(first - 1) != .copyright,
            text.word(first - 1) != .terms, text.word(first - 1) != .text || text.word(first - 2) != .license,
            !isOneOf(first - 1, Self.ownNames)
        else { return false }
        for at in end..<min(text.count + 1, end + 24) {
            if text.gap(at).contains(.quote) { return true }
            if !text.gap(at).isDisjoint(with: [.stop, .blankLine]) { return false }
        }
        return false
    }

    private static let ownNames = set("legal notice eula rights description")

    /// `Label("May not be passed on", …)`: a string that says no more is shown by a program, of whatever that is about.
    private func isLabel(_ start: Int, _ end: Int) -> Bool {
        role != .licenseText && text.gap(start).contains(.quote) && !text.gap(start).contains(.colon)
            && text.gap(end).contains(.quote)
    }

    /// "Free for commercial and non-commercial use."
    private func isForBoth(_ start: Int, _ end: Int) -> Bool {
        (max(0, start - 3)..<end).contains { at in
            text.word(at) == .commercial && text.word(at - 1) != .non
                && [.and, .or].contains(text.word(at + 1)) && isNoncommercial(at + 2)
        }
    }

    /// "A license that says 'for noncommercial use only' is not free": of licenses, not of this work's.
    func isOfSomeLicense(_ start: Int) -> Bool {
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
    static let parties = set("between across among by")

    /// Whether what "may not be redistributed" is the work: "a message may not be redistributed" is of what programs do.
    func isOfWork(_ place: Int) -> Bool {
        let start = text.word(place) == .not ? place - 1 : place
        guard text.word(start) == .may || Self.modals.contains(text[start].hash), start > 0,
            text.gap(start) == .space, text.word(start - 1) == .other,
            !Self.works.contains(text[start - 1].hash)
        else { return true }
        // "This well-kept atlas may not be shared": pointed at.
        return (max(0, start - 5)..<start).contains { [.this, .these].contains(text.word($0)) }
    }

    /// Whether the sentence is of a few words, or it or a copyright notice near it names something that is licensed.
    private func isAboutWork(_ start: Int, _ end: Int, orTerms: Bool = false) -> Bool {
        let (first, last) = (max(0, start - 60), min(text.count, end + 30))
        meter.spend(WorkMeter.Cost.word * 100)
        let span = sentence(start, end)
        let inSentence = (first..<last).filter { span.contains(Int(text[$0].start)) }
        let isLine = inSentence.first.map { text.gap($0).contains(.newline) } ?? false
        let isArgument =
            inSentence.contains { text.gap($0).isSuperset(of: [.open, .quote]) }
            || inSentence.first.map { text.gap($0).contains(.quote) } ?? false
        if orTerms, inSentence.count < 8 || inSentence.contains(where: { Self.terms.contains(text.word($0)) })
        {
            return true
        }
        return (isLine || speaksOfTerms) && inSentence.count < 8 && !isArgument
            || (first..<last).contains { text.word($0) == .copyright || text.gap($0).contains(.sign) }
            || (start...end).contains { text.word($0) == .it }
            || inSentence.contains {
                Self.goods.contains(text[$0].hash) && (text.word($0) != .work || text.word($0 - 1) != .to)
            }
    }

    private static let goods = set(
        """
        software program programs code source file files script package library module plugin app application game mod font fonts image images
        picture pictures photo photos photographs drawing drawings artwork art illustrations icon icons music song songs sound sounds recording recordings audio video
        videos film data dataset database model models mesh work works document documents documentation text texts book material materials content
        contents map maps texture textures sample samples template theme binary binaries product distribution release archive tool
        """.split(separator: "\n").joined(separator: " "))
    /// "Do not distribute the private key."
    private func isOfSecrets(_ end: Int) -> Bool {
        for at in end..<min(text.count, end + 5) {
            if isBreak(at) { return false }
            if Self.secrets.contains(text[at].hash) { return true }
        }
        return false
    }

    /// "Files must not be shared with other users": of those who meet in a program.
    func isOfParts(_ end: Int) -> Bool {
        guard role == .other, text.word(end) == .with else { return false }
        return (end + 1...end + 2).contains { isOneOf($0, Self.parts) }
    }

    private static let parts = set(
        "users threads processes process tests instances modules callers workers clients sessions requests tasks"
    )

    /// "The samples are not included, because they may not be redistributed."
    private func isLeftOut(_ start: Int) -> Bool {
        for at in stride(from: start, to: max(0, start - 12), by: -1) {
            if isOneOf(at, Self.includings), text.word(at - 1) == .not { return true }
            if isBreak(at) { return false }
        }
        return false
    }

    /// "For private use only."
    private func isPrivate(_ start: Int, _ end: Int) -> Bool {
        (start..<end).contains { isOneOf($0, Self.privates) }
    }

    private static let privates = set("private personal")
    private static let terms: WordKinds = [.license, .licensed, .free, .copyright, .permission, .distribute]
    private static let sales = set("sale sell")
    private static let secrets = set(
        "key keys password passwords token tokens credential credentials secret secrets")
    private static let includings = set("included shipped bundled packaged provided")
    private static let modals = set("must shall can cannot")
    private static let works = set(
        """
        you they it that which who one nobody copies copy works work material materials content contents product products binaries binary source sources
        document documents documentation text texts image images picture pictures photo photos photographs recording recordings music font fonts data dataset
        database artwork art assets asset models model book books part parts portion portions thereof derivatives versions version herein distribution
        reproduction publication licensee recipient user users customer customers company everyone therefore also
        """.split(separator: "\n").joined(separator: " "))

    static func set(_ words: String) -> WordHashes {
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
    private static let names = set("name names")
    private static let trademarks = set(
        "endorse promote trademark trademarks logo logos advertising publicity")

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
