// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Sentences that fence by what they speak of, in whatever words and order.
///
/// A sentence is a refusal ("… is off limits", "you may not …"), a demand ("… you need to talk to us first") or a limit
/// ("… only"), of a matter: trade, passing on, a field, a group of people. Each part is found by the kinds of its words
/// (``SentenceWord``), and what turns the meaning (an offer beside a choice, a wish, a name or trademark) silences it.
struct SentenceReader {
    let text: Lexemes
    let range: Range<Int>
    /// Of each word of `range`.
    let kinds: [SentenceWord]

    typealias Found = (mark: EnclosureMark, start: Int, end: Int)

    init?(text: Lexemes, range: Range<Int>) {
        guard range.count > 1 else { return nil }
        self.text = text
        self.range = range
        let kinds = range.map { SentenceWord.of(text[$0].hash) }
        // Most sentences have nothing that could be refused.
        let all = kinds.reduce(into: SentenceWord()) { $0.formUnion($1) }
        guard !all.isDisjoint(with: .matters) || all.isSuperset(of: [.order, .beforehand, .using]),
            !all.isDisjoint(with: .turns) || all.isSuperset(of: [.trade, .except])
        else { return nil }
        self.kinds = kinds
    }

    subscript(_ index: Int) -> SentenceWord { range.contains(index) ? kinds[index - range.lowerBound] : [] }

    /// From one place to before another, as far as the sentence, or a part of it, goes.
    func span(_ start: Int, _ end: Int, in part: Range<Int>? = nil) -> Range<Int> {
        let end = min(end, (part ?? range).upperBound)
        return min(start, end)..<end
    }

    func has(_ kind: SentenceWord, _ places: Range<Int>) -> Bool {
        places.contains { !self[$0].isDisjoint(with: kind) }
    }

    func first(_ kind: SentenceWord, in places: Range<Int>) -> Int? {
        places.first { !self[$0].isDisjoint(with: kind) }
    }

    /// - Parameter isNearTerms: Whether terms are stated in the same paragraph.
    /// - Returns: One of each mark; of what a use may be for, only what the first kind of rule finds.
    func read(isNearTerms: Bool) -> [Found] {
        guard !has(.past, range), !isReport else { return [] }
        // Names and marks have rules of their own, and wishes ask for nothing.
        let isOfNames = has(.naming, range), isWish = has(.wish, range) && !isDemanded
        var found: [Found] = []
        func add(_ more: [Found]) {
            let sawUse = found.contains { Self.ofUse.contains($0.mark) }
            for one in more
            where !found.contains(where: { $0.mark == one.mark })
                && !(sawUse && Self.ofUse.contains(one.mark))
            {
                found.append(one)
            }
        }
        add(refusals(isNearTerms))
        if !isOfNames {
            add(withheldRight().map { [$0] } ?? [])
            if isNearTerms { add(shutOut().map { [$0] } ?? []) }
        }
        if isNearTerms, !isWish {
            add((duty() ?? ending()).map { [$0] } ?? [])
            if !isOfNames {
                add((unpaidCondition() ?? grantForFew()).map { [$0] } ?? [])
            }
            if found.isEmpty { add(useWithoutLeave(isOfNames).map { [$0] } ?? []) }
        }
        if !isWish {
            // What is asked for each copy sold is no ban on sales.
            if !found.contains(where: { $0.mark == .furtherRestriction }) {
                add(demand(isNearTerms).map { [$0] } ?? [])
            }
            if isNearTerms, !isOfNames { add(leaveAsked()) }
        }
        if !isOfNames { add(limit(isNearTerms)) }
        return found
    }

    /// "You have to show our sponsor's banner" is no wish.
    private var isDemanded: Bool {
        range.contains { at in
            self[at].contains(.need) && !isNegated(at)
                && ([.must, .shall].contains(text.word(at)) || text.word(at + 1) == .to)
        }
    }

    private static let ofUse: Set<EnclosureMark> = [.riderNoncommercial, .riderFieldOfUse, .noAIRider]

    /// "ERROR: this file shall only be used with a checkout": what a program prints.
    private var isReport: Bool {
        range.dropLast().contains { at in
            text.gap(at + 1).contains(.colon) && Self.reports.contains(text[at].hash)
        }
    }

    private static let mays = RiderReader.set("might need")
    private static let advising = RiderReader.set("want need have know think")
    private static let reports = RiderReader.set("error warning fatal")
    private static let limits = Lexemes.hash("limits".utf8)
    private static let so = Lexemes.hash("so".utf8), they = Lexemes.hash("they".utf8)

    // MARK: Refusals
    // What the comments show is no one's word for this file.
    // REUSE-IgnoreStart

    private func refusals(_ isNearTerms: Bool) -> [Found] {
        var found: [Found] = []
        for at in range where !self[at].isDisjoint(with: .refusing) && !isCounted(at) {
            if let (from, scope) = scopeBehind(at),
                !has(.naming, max(range.lowerBound, at - 8)..<scope.upperBound)
            {
                found += matters(in: scope, from: from, isBehind: true, isNearTerms)
            }
            if let (end, scope) = scopeBefore(at),
                !has(.naming, scope.lowerBound..<span(at, at + 8).upperBound)
            {
                found += matters(in: scope, from: scope.lowerBound, isBehind: false, isNearTerms).filter {
                    // "Not covered by the GPL" is of terms, not of what may be done.
                    $0.mark != .riderNoRedistribution || !self[at].contains(.part)
                }.map { ($0.mark, $0.start, max($0.end, end)) }
            }
        }
        return found
    }

    /// "The data excludes personnel of the army", "not included in the table": what is counted, where no right is spoken of.
    private func isCounted(_ at: Int) -> Bool {
        (at...at + 1).contains { range.contains($0) && Self.countings.contains(text[$0].hash) }
            && !has([.grant, .leave, .given], range)
    }

    private static let countings = RiderReader.set(
        "included excluded includes excludes include exclude excluding")

    /// "You may not …", "it is forbidden to …", "no …": what is refused follows.
    private func scopeBehind(_ at: Int) -> (from: Int, scope: Range<Int>)? {
        let kind = self[at]
        var from = at
        if kind.contains(.no), text.word(at + 1) != .one {
            // "No part of it may be sold", "none of the pictures can be copied".
            if let modal = first(.modal, in: span(at + 2, at + 9)),
                has(.being, span(modal + 1, modal + 3)) || text.word(modal + 1) == .be,
                pointsToWork(at + 1..<modal) || self[at + 1].contains(.ware)
            {
                return (at, modal + 2..<clauseEnd(modal + 2))
            }
            // "No AI company gets to scrape it."
            if let mind = span(at + 1, at + 4).first(where: isMind),
                let feed = first([.feed, .lesson], in: span(mind + 1, mind + 7)),
                pointsToWork(span(feed + 1, feed + 5))
            {
                return (at, at + 1..<clauseEnd(at + 1))
            }
            // "There is no commercial edition", "no warranty": what is there, not what may be done.
            guard
                at == range.lowerBound || text.gap(at) != .space || [.and, .but].contains(text.word(at - 1)),
                let matter = first(
                    [.trade, .sell, .share, .field, .change], in: span(at + 1, at + 4)),
                // "No military or police use", "no resale".
                self[matter].contains(.noun) && !isBareChange(matter)
                    || first(
                        self[matter].contains(.change) ? .allow : [.using, .allow],
                        in: matter..<min(matter + 4, range.upperBound)) != nil
            else { return nil }
            return (at, span(at + 1, at + 8))
        }
        if kind.contains(.nobody) {
            // "Nobody may", "no one is allowed to".
            let verb =
                text.word(at + 1) == .one || text.word(at + 1) == .other && self[at + 1].isEmpty
                ? at + 2 : at + 1
            guard
                self[verb].contains(.modal) && !self[verb].contains(.does)
                    || self[verb].contains(.being) && self[verb + 1].contains(.allow)
            else { return nil }
            return (at, verb + 1..<clauseEnd(verb + 1))
        }
        if kind.contains(.not) {
            let before = at - 1
            if self[at + 1].contains(.allow) {
                // "We do not allow", "you are not allowed to".
                // "The GPL does not permit" tells of a license.
                let isOurs = self[before].contains(.does) && self[before - 1].contains(.maker)
                guard isOurs || !self[before].contains(.does),
                    isOurs || text.word(at + 2) == .to || text.word(at + 2) == .in
                        || text.word(at + 2) == .for
                else { return nil }
                from = at + 1
            } else {
                // "You don't want to use it": advice.
                if Self.advising.contains(text[at + 1].hash) || Self.mays.contains(text[before].hash) {
                    return nil
                }
                let isJoined = text.word(at) == .cannot
                let modal = isJoined ? at : before
                // "I do not consent to".
                if self[before].contains(.does), self[before - 1].contains(.maker),
                    !self[at + 1].isDisjoint(with: [.agree, .leave])
                {
                    return (before, at + 2..<clauseEnd(at + 2))
                }
                // "You agree not to".
                if self[before].contains(.agree), text.word(at + 1) == .to {
                    return (before, at + 2..<clauseEnd(at + 2))
                }
                // "Not to be used for", "is not to be sold".
                if text.word(at + 1) == .to, text.word(at + 2) == .be,
                    at == range.lowerBound || self[before].contains(.being) && isToldToAnyone(before: before)
                {
                    return (at, at + 2..<clauseEnd(at + 2))
                }
                // "It may be copied but not changed".
                if [.and, .but].contains(text.word(before)) || self[before].contains(.turn)
                    || !text.gap(at).isDisjoint(with: [.comma, .semicolon, .hyphen]),
                    isPermittedBefore(at), text.word(at) == .not,
                    // "Licensed to you, not sold."
                    !(range.lowerBound..<at).contains(where: { text.word($0) == .licensed }),
                    !self[at + 1].isDisjoint(with: [.sell, .share, .change, .give])
                        || [.to, .be, .for].contains(text.word(at + 1))
                {
                    return (at, at + 1..<clauseEnd(at + 1))
                }
                // "The project cannot provide hosting": who has it is not spoken to.
                let subject = modal - 1
                if self[subject].contains(.ware), self[subject].isDisjoint(with: [.people, .copy]),
                    ![at + 1, at + 2].contains(where: { text.word($0) == .be }), !self[modal].contains(.does)
                {
                    return nil
                }
                guard isJoined || self[modal].contains(.modal),
                    isToldToAnyone(before: modal) || isGroupTold(before: modal, of: at)
                else {
                    return nil
                }
                // "The formats differ, so they cannot be shared": a consequence, not a term.
                if modal - range.lowerBound > 1, text[modal - 2].hash == Self.so,
                    text.word(modal - 1) == .it || text[modal - 1].hash == Self.they
                {
                    return nil
                }
            }
        } else if kind.contains(.ban) {
            // "Whose own terms forbid": others'.
            guard !isNegated(at), [.to, .from, .for].contains(text.word(at + 1)) || self[at].contains(.verb),
                !has(.whose, max(range.lowerBound, at - 4)..<at),
                // "Terms that forbid it": some.
                ![.that, .which].contains(text.word(at - 1)) && text[at - 1].hash != Self.they
            else { return nil }
        } else {
            return nil
        }
        // "don't" is two words, and a quotation mark seems to open the second one.
        let isShort = kind.contains(.not) && (text.word(at) == .t || text.word(at) == .nt)
        var start = isShort ? at - 1 : at
        // From "you may not" on, so that it is seen where that is quoted.
        while start > range.lowerBound, at - start < 3,
            !self[start - 1].isDisjoint(with: [.modal, .being, .people])
        {
            start -= 1
        }
        return (start, from + 1..<clauseEnd(from + 1))
    }

    /// "… is not allowed", "… are off limits": what is refused stands before.
    private func scopeBefore(_ at: Int) -> (end: Int, scope: Range<Int>)? {
        let kind = self[at]
        let isOff = kind.contains(.off) && text[at + 1].hash == Self.limits
        // "Distribution through stores is reserved to the artist."
        let isKept = text.word(at) == .reserved && [.to, .by, .for].contains(text.word(at + 1))
        guard kind.contains(.ban) || kind.contains(.allow) || isOff || isKept, at > range.lowerBound + 1
        else {
            return nil
        }
        // The verb, over adverbs: "is hereby strictly", "isn't".
        var verb = at - 1
        var isNot = false
        // "Is a breach of our terms."
        let isWrong = kind.contains(.wrong)
        while verb > range.lowerBound, at - verb < 5 {
            if self[verb].contains(.not) {
                isNot = true
            } else if self[verb].contains(.being) || text.word(verb) == .be {
                break
            } else if !self[verb].contains(.adverb), !(isWrong && [.a, .an].contains(text.word(verb))) {
                return nil
            }
            verb -= 1
        }
        // "Shall not be allowed."
        if text.word(verb) == .be || self[verb].contains(.being), self[verb - 1].contains(.not) {
            isNot = true
            verb -= 1
            // "Need not be licensed."
            if Self.mays.contains(text[verb - 1].hash) { return nil }
            if self[verb - 1].contains(.modal) { verb -= 1 }
        }
        guard self[verb].contains(.being) || isNot else { return nil }
        guard kind.contains(.allow) ? isNot : !isNot else { return nil }
        // "It is not allowed to": what follows is meant.
        if text.word(at + 1) == .to, text.word(verb - 1) == .it { return nil }
        // "not allowed without its source": a condition.
        if isConditional(at + 1..<clauseEnd(at)) { return nil }
        return (at + 1, clauseStart(verb)..<verb)
    }

    func isNegated(_ at: Int) -> Bool {
        (max(range.lowerBound, at - 3)..<at).contains { self[$0].contains(.not) || self[$0].contains(.no) }
    }

    /// Whether who must not is whoever has the work, or what must not be done to is the work: "you may not", "please do not",
    /// "copies must not"; not "the reader may not" nor "we do not".
    func isToldToAnyone(before modal: Int) -> Bool {
        guard modal > range.lowerBound else { return true }
        var subject = modal - 1
        while subject > range.lowerBound, self[subject].contains(.adverb) { subject -= 1 }
        if self[subject].contains(.maker) { return false }
        guard self[modal].contains(.does) else {
            // "It is for members only and may not be given away."
            if [.and, .but, .or].contains(text.word(subject)) {
                return has([.people, .ware, .copy], range.lowerBound..<subject)
            }
            return !self[subject].isDisjoint(with: [.people, .ware, .copy, .payer, .person])
                && !isPointedPart(subject)
        }
        // An order: at the head of its clause.
        return !text.gap(modal).isDisjoint(with: [.comma, .colon, .semicolon, .open, .newline])
            || [.and, .but, .or].contains(text.word(subject)) || self[subject].contains(.please)
    }

    /// "The package manager's files", "an image of the user": the work is spoken of by "the", "this", "these" or by itself.
    private func isPointedPart(_ subject: Int) -> Bool {
        guard self[subject].contains(.ware), subject > range.lowerBound else { return false }
        return [.a, .an].contains(text.word(subject - 1))
    }

    // REUSE-IgnoreEnd

    // MARK: Clauses

    /// Where the clause with `place` begins: behind a semicolon or a word that turns.
    func clauseStart(_ place: Int) -> Int {
        var at = place
        while at > range.lowerBound {
            if text.gap(at).contains(.semicolon) || text.gap(at).contains(.colon)
                || self[at - 1].contains(.turn)
            {
                return at
            }
            at -= 1
        }
        return at
    }

    func clauseEnd(_ place: Int) -> Int {
        var at = place
        while at < range.upperBound, at - place < 24 {
            if at > place,
                text.gap(at).contains(.semicolon) || self[at].contains(.turn) || isNewSubject(at)
            {
                return at
            }
            at += 1
        }
        return at
    }

    /// ", we sell …", ", you may …"
    private func isNewSubject(_ at: Int) -> Bool {
        text.gap(at).contains(.comma)
            && (text.word(at) == .you || Self.subjects.contains(text[at].hash))
            && !text.gap(at + 1).contains(.comma)
    }

    private static let subjects = RiderReader.set("i we they")
}
