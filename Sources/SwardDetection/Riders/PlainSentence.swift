// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

// REUSE-IgnoreStart
/// A sentence of someone who puts terms in words of their own: "Commercial use? Ask first.", "Police get no license at all."
///
/// Where terms are stated little else is spoken of, so that it is enough to see what a sentence is about (trade, passing on, a
/// field, machine learning, change, duties) and whether it refuses, reserves or asks for something; the grammar of
/// ``SentenceReader`` is for places where more is spoken of.
struct PlainSentence {
    // REUSE-IgnoreEnd
    let text: Lexemes
    let range: Range<Int>
    /// Of each word, and of the words that begin there.
    let kinds: [PlainWord]
    /// Where a short question or a word before a colon ends, and the answer begins; 0 where there is none.
    let answer: Int
    /// Whether it has what would turn its meaning whatever else it says.
    private let all: PlainWord

    init?(text: Lexemes, range: Range<Int>) {
        guard range.count > 1, range.count <= Self.longest else { return nil }
        self.text = text
        self.range = range
        var kinds = range.map { PlainWord.of(text[$0].hash) }
        for (place, at) in range.enumerated() {
            for phrase in PlainWord.phrases(from: text[at].hash)
            where phrase.words.indices.allSatisfy({
                at + $0 < range.upperBound && text[at + $0].hash == phrase.words[$0]
            }) {
                kinds[place].formUnion(phrase.kind)
            }
        }
        // "NVIDIA Corporation": a name.
        for (place, at) in range.enumerated() where place > 0 && text.bytes[Int(text[at].start)].isUpper {
            kinds[place].remove(.payer)
        }
        // "The -i flag."
        for (place, at) in range.enumerated() where text.gap(at).contains(.hyphen) && text[at].length == 1 {
            kinds[place].remove(.maker)
        }
        all = kinds.reduce(into: PlainWord()) { $0.formUnion($1) }
        self.kinds = kinds
        answer =
            range.count > Self.longestAnswered
            ? 0
            : (1..<min(range.count, 9)).first { place in
                let at = range.lowerBound + place
                return text.byteAfter(at - 1) == UInt8(ascii: "?")
                    || place <= Self.longestTopic
                        && (text.gap(at).contains(.colon) || text.gap(at).isSuperset(of: [.space, .hyphen]))
            } ?? 0
    }

    var count: Int { range.count }

    /// People put it shortly; what goes on for longer is a lawyer's, or no sentence.
    private static let longest = 36, longestAnswered = 18, longestTopic = 5

    subscript(_ place: Int) -> PlainWord { kinds.indices.contains(place) ? kinds[place] : [] }

    func hash(_ place: Int) -> UInt32 {
        kinds.indices.contains(place) ? text[range.lowerBound + place].hash : 0
    }
    func gap(_ place: Int) -> Gap { text.gap(range.lowerBound + place) }
    func isOne(_ place: Int, of words: WordHashes) -> Bool { words.contains(hash(place)) }

    func first(_ kind: PlainWord, from start: Int = 0, before end: Int? = nil) -> Int? {
        let start = max(0, start)
        let end = min(count, end ?? count)
        guard start < end else { return nil }
        return (start..<end).first { !kinds[$0].isDisjoint(with: kind) }
    }

    func has(_ kind: PlainWord, from start: Int = 0, before end: Int? = nil) -> Bool {
        if start <= 0, end == nil { return !all.isDisjoint(with: kind) }
        return first(kind, from: start, before: end) != nil
    }

    func hasOne(of words: WordHashes, from start: Int = 0, before end: Int? = nil) -> Bool {
        let (start, end) = (max(0, start), min(count, end ?? count))
        return start < end && (start..<end).contains { isOne($0, of: words) }
    }

    /// Whether it could say anything at all.
    var isWorthReading: Bool {
        !all.isDisjoint(with: .matters) && !all.isDisjoint(with: .turns) && all.isDisjoint(with: .silences)
    }

    // What the comments show is no one's word for this file.
    // REUSE-IgnoreStart

    // MARK: Refusals

    /// "Not", but for "not only".
    func isNot(_ place: Int) -> Bool {
        self[place].contains(.not)
            && (text[range.lowerBound + place].length > 1 || gap(place).contains(.quote))
            && !isOne(place + 1, of: PlainWord.merely)
            && !isOne(place - 1, of: PlainWord.needing)
    }

    func isNegated(_ place: Int) -> Bool {
        (max(0, place - 3)..<max(0, place)).contains { isNot($0) || self[$0].contains(.no) }
    }

    /// Whether a clause ends between two places: at a semicolon, a question, or a word that turns ("but", not in "nobody but us").
    func isParted(_ first: Int, _ second: Int) -> Bool {
        let (first, second) = (min(first, second), max(first, second))
        guard first < second else { return false }
        return (first + 1...second).contains { place in
            gap(place).contains(.semicolon)
                || text.byteAfter(range.lowerBound + place - 1) == UInt8(ascii: "?")
                || isOne(place, of: PlainWord.turning)
                || isOne(place, of: PlainWord.but) && !self[place - 1].contains(.no)
        }
    }

    /// Whether what is spoken of at `place` is refused.
    func isRefused(_ place: Int) -> Bool {
        isBarredBefore(place) || isBarredBehind(place) || isAnswered(place)
    }

    private func isBarredBefore(_ place: Int) -> Bool {
        let reach = self[place].isDisjoint(with: [.mind, .lesson, .field]) ? 7 : 14
        for at in max(0, place - reach)..<max(0, place) where !isParted(at, place) {
            if isNot(at), !isFact(at, of: place) { return true }
            guard self[at].contains(.no), !isPresence(at) else { continue }
            let isNothing = isOne(at, of: PlainWord.nothing)
            if place - at <= 4, !isNothing { return true }
            if place - at <= 8, isOne(at, of: PlainWord.nobody) || isOne(at + 1, of: PlainWord.one) {
                return true
            }
            if isNothing, isOne(at + 1, of: PlainWord.behindNothing) { return true }
        }
        return false
    }

    private func isBarredBehind(_ place: Int) -> Bool {
        for at in max(0, place - 6)..<min(count, place + 9) where !isParted(at, place) && !isCounted(at) {
            // Further off what is banned is said in full: "copies … are excluded".
            if self[at].contains(.ban), at - place <= 5 || isOne(at - 1, of: PlainWord.being),
                !(max(0, at - 2)..<at).contains(where: isNot)
            {
                return true
            }
            guard at > place else { continue }
            // "Get no license at all."
            if self[at].contains(.no), self[at + 1].contains(.grant) { return true }
            if self[at].contains(.allow), (max(0, at - 3)..<at).contains(where: isNot) { return true }
            guard isNot(at) else { continue }
            // "Competitors may not use it."
            if isOne(at - 1, of: PlainWord.modals), !self[at + 1].isDisjoint(with: [.use, .lesson]),
                !self[place].isDisjoint(with: [.payer, .field, .compete, .mind])
            {
                return true
            }
            // "Professional use is not.", but not "for copies it does not".
            if at == count - 1 || gap(at + 1).contains(.comma) || isOne(at + 1, of: PlainWord.withs),
                !isOne(at - 1, of: PlainWord.doing)
            {
                return true
            }
        }
        // "Charging money for copies, or for access to a server that runs it, is forbidden."
        guard place <= 2, place + 9 < count else { return false }
        return (place + 9..<min(count, place + 17)).contains {
            self[$0].contains(.ban) && isOne($0 - 1, of: PlainWord.being) && !isParted(place, $0)
        }
    }

    /// "High-income countries are not included in the tables": of what is counted, where no right is spoken of.
    private func isCounted(_ at: Int) -> Bool {
        isOne(at, of: PlainWord.countings) && !has([.grant, .use])
    }

    /// "Resale: no.", "AI training? Not with my work."
    private func isAnswered(_ place: Int) -> Bool {
        guard place < answer else { return false }
        return (answer..<min(count, answer + 5)).contains {
            isNot($0) || !self[$0].isDisjoint(with: [.no, .ban, .only])
        }
    }

    /// What the makers themselves do not do, and what merely is so: "we never sell it", "the kit is not redistributed here".
    private func isFact(_ at: Int, of place: Int) -> Bool {
        let before = max(0, at - 3)..<at
        if before.contains(where: { isOne($0, of: PlainWord.ourselves) }),
            !(at + 1..<at + 3).contains(where: { isOne($0, of: PlainWord.granting) })
        {
            return true
        }
        if isOne(at - 1, of: PlainWord.being), place == at + 1, self[place].contains(.done) { return true }
        if isOne(at - 1, of: PlainWord.advising), !self[place].isDisjoint(with: [.change, .lesson, .mind]) {
            return true
        }
        // "Licensed to you, not sold."
        if place == at + 1, self[place].contains(.sell), hasOne(of: PlainWord.licensed, before: at) {
            return true
        }
        // "Might not be available for your distribution."
        if isOne(at - 1, of: PlainWord.mights) { return true }
        // "The project cannot provide hosting."
        if isOne(at, of: PlainWord.cannot), isOne(at - 1, of: PlainWord.project) { return true }
        // "The pumps may not run for profit": neither who has the work nor the work.
        guard isOne(at - 1, of: PlainWord.modals), at > 1 else { return false }
        let subject = SentenceWord.of(hash(at - 2))
        return subject.isDisjoint(with: [
            .ware, .people, .payer, .group, .field, .mind, .copy, .using, .share,
        ])
            && self[at - 2].isDisjoint(with: [.work, .payer, .person, .field, .compete, .mind, .use, .lesson])
            && !isOne(at - 2, of: PlainWord.subjects)
    }

    /// "There is no commercial edition", "contains no commercial code".
    private func isPresence(_ at: Int) -> Bool {
        isOne(at - 1, of: PlainWord.having) && !self[at + 1].contains(.grant)
    }

    // MARK: Demands

    /// Whether what is spoken of at `place` must be paid for, or be asked for first.
    func isDemanded(_ place: Int) -> Bool {
        for at in max(0, place - 16)..<min(count, place + 17) {
            let kind = self[at]
            if kind.contains(.need), !isNegated(at),
                has([.ask, .pay, .grant], from: at - 8, before: at + 9)
            {
                return true
            }
            // "Contact sales", "buy a license first", "email us".
            // "Contact us via Pump Licensing": where another license is sold.
            if isOne(at, of: PlainWord.orders), isOrder(at),
                !hasOne(of: PlainWord.sellers, from: at + 1, before: at + 8),
                has([.maker, .pay, .grant], from: at + 1, before: at + 5)
                    || isOne(at + 1, of: PlainWord.firstly)
            {
                return true
            }
            // "Businesses pay", "you owe us".
            if kind.contains(.paying), at != place, !isNegated(at) { return true }
            if kind.contains(.tariff), isOne(at - 1, of: PlainWord.beforePrice) { return true }
            if kind.contains(.coin) { return true }
            if kind.contains(.costing), !isNegated(at), !hasOne(of: PlainWord.nothing) { return true }
            // "Drop us a line", "get in touch".
            if kind.contains(.touch) { return true }
        }
        return false
    }

    /// A verb at the head of its clause.
    private func isOrder(_ at: Int) -> Bool {
        at == 0
            || !gap(at).isDisjoint(with: [.comma, .colon, .semicolon, .hyphen, .open, .period, .stop])
            || isOne(at - 1, of: PlainWord.beforeOrder)
            || text.byteAfter(range.lowerBound + at - 1) == UInt8(ascii: "?")
    }

    /// "Without its source", "unless you keep the notice": a condition that free licenses have.
    var isConditional: Bool {
        (0..<count).contains { place in
            isOne(place, of: PlainWord.withouts)
                && hasOne(of: PlainWord.conditions, from: place + 1, before: place + 6)
        }
    }

    // REUSE-IgnoreEnd
}
