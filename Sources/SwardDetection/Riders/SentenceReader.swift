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
        guard !all.isDisjoint(with: .matters), !all.isDisjoint(with: .turns) else { return nil }
        self.kinds = kinds
    }

    subscript(_ index: Int) -> SentenceWord { range.contains(index) ? kinds[index - range.lowerBound] : [] }

    func has(_ kind: SentenceWord, _ places: Range<Int>) -> Bool {
        places.contains { !self[$0].isDisjoint(with: kind) }
    }

    func first(_ kind: SentenceWord, in places: Range<Int>) -> Int? {
        places.first { !self[$0].isDisjoint(with: kind) }
    }

    /// - Parameter isNearTerms: Whether terms are stated in the same paragraph.
    func read(isNearTerms: Bool) -> Found? {
        guard !has(.past, range), !isReport else { return nil }
        // Names and marks have rules of their own, and wishes ask for nothing.
        let isOfNames = has(.naming, range), isWish = has(.wish, range)
        return (isOfNames ? nil : refusal(isNearTerms) ?? withheldRight())
            ?? (isNearTerms && !isWish ? duty() : nil) ?? (isWish ? nil : demand(isNearTerms))
            ?? (isOfNames ? nil : limit(isNearTerms))
    }

    /// "ERROR: this file shall only be used with a checkout": what a program prints.
    private var isReport: Bool {
        range.dropLast().contains { at in
            text.gap(at + 1).contains(.colon)
                && ["error", "warning", "fatal"].contains(text.text(at).lowercased())
        }
    }

    // MARK: Refusals
    // What the comments show is no one's word for this file.
    // REUSE-IgnoreStart

    private func refusal(_ isNearTerms: Bool) -> Found? {
        for at in range {
            if let (from, scope) = scopeBehind(at),
                let found = matter(in: scope, from: from, isBehind: true, isNearTerms)
            {
                return found
            }
            if let (end, scope) = scopeBefore(at),
                let found = matter(in: scope, from: scope.lowerBound, isBehind: false, isNearTerms),
                // "Not covered by the GPL" is of terms, not of what may be done.
                found.mark != .riderNoRedistribution || !self[at].contains(.part)
            {
                return (found.mark, found.start, max(found.end, end))
            }
        }
        return nil
    }

    /// "You may not …", "it is forbidden to …", "no …": what is refused follows.
    private func scopeBehind(_ at: Int) -> (from: Int, scope: Range<Int>)? {
        let kind = self[at]
        var from = at
        if kind.contains(.no) {
            // "There is no commercial edition", "no warranty": what is there, not what may be done.
            guard
                at == range.lowerBound || text.gap(at) != .space || [.and, .but].contains(text.word(at - 1)),
                let matter = first(
                    [.trade, .sell, .share, .field], in: at + 1..<min(at + 4, range.upperBound)),
                // "No military or police use", "no resale".
                self[matter].contains(.noun)
                    || first(.using, in: matter..<min(matter + 4, range.upperBound)) != nil
            else { return nil }
            return (at, at + 1..<min(at + 8, range.upperBound))
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
                let isJoined = text.word(at) == .cannot
                let modal = isJoined ? at : before
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
                guard isJoined || self[modal].contains(.modal), isToldToAnyone(before: modal) else {
                    return nil
                }
                // "The formats differ, so they cannot be shared": a consequence, not a term.
                if modal - range.lowerBound > 1, text.text(modal - 2).lowercased() == "so",
                    ["it", "they"].contains(text.text(modal - 1).lowercased())
                {
                    return nil
                }
            }
        } else if kind.contains(.ban) {
            // "Whose own terms forbid": others'.
            guard !isNegated(at), [.to, .from, .for].contains(text.word(at + 1)) || self[at].contains(.verb),
                !has(.whose, max(range.lowerBound, at - 4)..<at),
                // "Terms that forbid it": some.
                ![.that, .which].contains(text.word(at - 1))
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
        let isOff =
            text.text(at).lowercased() == "off" && text.text(at + 1).lowercased() == "limits"
        // "Distribution through stores is reserved to the artist."
        let isKept = text.word(at) == .reserved && [.to, .by, .for].contains(text.word(at + 1))
        guard kind.contains(.ban) || kind.contains(.allow) || isOff || isKept, at > range.lowerBound + 1
        else {
            return nil
        }
        // The verb, over adverbs: "is hereby strictly", "isn't".
        var verb = at - 1
        var isNot = false
        while verb > range.lowerBound, at - verb < 5 {
            if self[verb].contains(.not) {
                isNot = true
            } else if self[verb].contains(.being) {
                break
            } else if !self[verb].contains(.adverb) {
                return nil
            }
            verb -= 1
        }
        guard self[verb].contains(.being) else { return nil }
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
            return !self[subject].isDisjoint(with: [.people, .ware, .copy]) && !isPointedPart(subject)
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

    /// What a refusal is of.
    private func matter(
        in scope: Range<Int>, from start: Int, isBehind: Bool, _ isNearTerms: Bool
    ) -> Found? {
        guard !scope.isEmpty, !has([.private, .secret], scope), !isConditional(scope), !isOfPossession(scope)
        else { return nil }
        // "For training machine learning models".
        if let mind = scope.first(where: isMind), has(.lesson, scope) { return (.noAIRider, start, mind + 1) }
        // "May not be used by any company that …", "not for people who …": a group, whatever it does.
        if let group = scope.first(where: isGroup),
            (scope.lowerBound..<group).contains(where: { [.by, .for, .on, .of].contains(text.word($0)) }),
            isUse(scope, start)
        {
            if [.that, .which].contains(text.word(group + 1)) || self[group + 1].contains(.relative) {
                return (.riderFieldOfUse, start, group + 2)
            }
            // "May not be used by companies", "by political parties".
            if (max(scope.lowerBound, group - 3)..<group).contains(where: { text.word($0) == .by }) {
                if self[group].contains(.payer) { return (.riderNoncommercial, start, group + 1) }
                if self[group].contains(.group) { return (.riderFieldOfUse, start, group + 1) }
            }
        }
        if let place = first(.field, in: scope), isUse(scope, start), isOfUse(place, in: scope, isBehind) {
            return (.riderFieldOfUse, start, place + 1)
        }
        if let place = first(.compete, in: scope) { return (.riderFieldOfUse, start, place + 1) }
        // "A hosted alternative", "a managed service".
        if let place = first(.hosted, in: scope), self[place + 1].contains(.offering) {
            return (.riderFieldOfUse, start, place + 2)
        }
        // "Make it available for download".
        if let place = first(.make, in: scope), isNearTerms, !isLeftOut,
            has([.ware, .copy], place + 1..<min(scope.upperBound, place + 5)),
            let open = (place + 1..<min(scope.upperBound, place + 7)).first(where: {
                text.word($0) == .available || text.word($0) == .public
            })
        {
            return (.riderNoRedistribution, start, open + 1)
        }
        // Who may neither sell nor pass on may not pass on.
        if let place = first(.surely, in: scope), place < scope.lowerBound + (isBehind ? 5 : 3), !isLeftOut,
            !has(.trade, place + 1..<min(scope.upperBound, place + 3))
        {
            return (.riderNoRedistribution, start, place + 1)
        }
        // "May not sell": what is done; "for money": what for.
        if let place = first(.sell, in: scope), !isSoldOther(place),
            isBehind ? place < scope.lowerBound + 6 : true
        {
            return (.riderNoncommercial, start, place + 1)
        }
        if let place = first(.trade, in: scope), !self[place + 1].contains(.grant), !isNoncommercial(place),
            isUse(scope, start) || !isBehind
        {
            return (.riderNoncommercial, start, place + 1)
        }
        if let place = first(.share, in: scope), place < scope.lowerBound + (isBehind ? 5 : 3), !isLeftOut {
            // "Pass" and the like do much else: to whom tells.
            let isToOthers = has(.third, place + 1..<min(scope.upperBound, place + 8))
            let isOfWork =
                isNearTerms && !self[place].contains(.give)
                && has([.ware, .copy], place + 1..<min(scope.upperBound, place + 4))
            if isToOthers || isOfWork || self[place].contains(.surely) {
                return (.riderNoRedistribution, start, place + 1)
            }
        }
        return isNearTerms ? purpose(in: scope, from: start, isBehind) : nil
    }

    /// "You may not use this software to …", "the program must not be used for …": a purpose, whatever it is.
    private func purpose(in scope: Range<Int>, from start: Int, _ isBehind: Bool) -> Found? {
        guard isBehind, !self[start].contains(.does), text.word(start) != .cannot, text.word(start) != .can,
            !self[start - 1].contains(.does), text.word(start - 1) != .can,
            let verb = first(.run, in: scope.lowerBound..<min(scope.upperBound, scope.lowerBound + 4))
        else { return nil }
        let isPassive = (scope.lowerBound..<verb).contains { text.word($0) == .be }
        let end = min(scope.upperBound, verb + 6)
        // What is used is the work, named by what only works are called.
        let isOfWork =
            isPassive
            ? has(.wholeWork, max(range.lowerBound, start - 5)..<start)
            : has(.wholeWork, verb + 1..<end) || text.word(verb + 1) == .it
        guard isOfWork,
            let lead = (verb + 1..<end).first(where: { text.word($0) == .to || text.word($0) == .for }),
            lead + 1 < scope.upperBound
        else { return nil }
        return (.riderFieldOfUse, start, lead + 2)
    }

    /// "The samples are not included, because they may not be redistributed."
    private var isLeftOut: Bool {
        range.contains {
            self[$0].contains(.not) && self[$0 + 1].contains(.part) && self[$0 - 1].contains(.being)
        }
    }

    /// "This project's mailing list": something that goes with the work.
    private func isOfPossession(_ scope: Range<Int>) -> Bool {
        scope.prefix(6).contains { text.word($0) == .s && text.byteBefore($0) == UInt8(ascii: "'") }
    }

    /// "Machine" is one only before "learning".
    private func isMind(_ at: Int) -> Bool {
        self[at].contains(.mind) && (!self[at].contains(.engine) || self[at + 1].contains(.lesson))
    }

    /// A kind of people or bodies; the name of one is a name.
    func isGroup(_ at: Int) -> Bool {
        !self[at].isDisjoint(with: [.person, .payer, .group])
            && (at == range.lowerBound || !text.bytes[Int(text[at].start)].isUpper)
    }

    /// The work is used, put into something, or licensed.
    private func isUse(_ scope: Range<Int>, _ start: Int) -> Bool {
        has([.using, .sell, .share], start..<scope.upperBound)
    }

    /// "for surveillance", "in weapons", "any military use": a field is what a use is for, in or by.
    private func isOfUse(_ place: Int, in scope: Range<Int>, _ isBehind: Bool) -> Bool {
        let lead = max(scope.lowerBound, place - 10)..<place
        return lead.contains {
            [.for, .in, .by, .to, .with, .on, .from].contains(text.word($0)) || self[$0].contains(.inside)
        }
            || self[place + 1].contains(.using) || !isBehind && place < scope.lowerBound + 2
    }

    /// "Do not sell your account".
    private func isSoldOther(_ place: Int) -> Bool {
        text.word(place + 1) == .your || self[place + 1].contains(.private)
    }

    func isNoncommercial(_ place: Int) -> Bool { text.word(place - 1) == .non }

    /// "Without its source", "unless you keep this notice": under a condition, not refused. "Without our consent" asks for leave.
    func isConditional(_ scope: Range<Int>) -> Bool {
        let end = clauseEnd(max(range.lowerBound, scope.upperBound - 1))
        for at in scope.lowerBound..<max(scope.upperBound, end)
        where text.word(at) == .without || text.word(at) == .unless || self[at].contains(.except) {
            let end = min(range.upperBound, at + 9)
            // "Without this license" asks to pass it along.
            let isLeave =
                has(.leave, at + 1..<end)
                || text.word(at) == .without && has(.grant, at + 1..<end)
                    && ![.this, .the, .its, .these].contains(text.word(at + 1))
            if !isLeave { return true }
        }
        return false
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
            if at > place, text.gap(at).contains(.semicolon) || self[at].contains(.turn) { return at }
            at += 1
        }
        return at
    }
}
