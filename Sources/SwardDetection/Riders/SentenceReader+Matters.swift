// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// What a refusal is of: a use, or deeds such as selling, passing on and changing.
extension SentenceReader {
    // What the comments show is no one's word for this file.
    // REUSE-IgnoreStart

    /// One for the use, and one for each kind of deed.
    func matters(in scope: Range<Int>, from start: Int, isBehind: Bool, _ isNearTerms: Bool) -> [Found] {
        guard !scope.isEmpty, !has([.private, .secret], scope), !isConditional(scope), !isOfPossession(scope),
            !isOfRunning(scope)
        else { return [] }
        if let mind = ofMinds(in: scope, from: start, isBehind, isNearTerms) { return [mind] }
        var found = deeds(in: scope, from: start, isBehind, isNearTerms)
        // A sale is a matter of trade already.
        if let use = use(in: scope, from: start, isBehind),
            !found.contains(where: { $0.mark == use.mark })
        {
            found.insert(use, at: 0)
            // "For commercial or military purposes."
            if use.mark == .riderFieldOfUse, let field = first(.field, in: scope),
                let trade = [-2, 2].map({ field + $0 }).first(where: {
                    scope.contains($0) && self[$0].contains(.trade)
                }),
                [.or, .and].contains(text.word((field + trade) / 2))
            {
                found.append((.riderNoncommercial, start, trade + 1))
            }
        }
        if found.isEmpty, isNearTerms {
            found +=
                (purpose(in: scope, from: start, isBehind) ?? ofSome(in: scope, from: start, isBehind)).map {
                    [$0]
                } ?? []
        }
        return found
    }

    /// "Must not be modified while it is in use", "never be included by other source files": what programs do.
    private func isOfRunning(_ scope: Range<Int>) -> Bool {
        scope.prefix(6).contains { at in
            !self[at].isDisjoint(with: [.change, .changed])
                && span(at + 1, at + 4).contains { Self.whiles.contains(text[$0].hash) }
                || Self.inclusions.contains(text[at].hash) && text.word(at + 1) == .by
        }
    }

    private static let whiles = RiderReader.set("while during until after once concurrently")
    private static let inclusions = RiderReader.set("included include")

    /// "For training machine learning models", "AI companies must not scrape it", "as training data".
    private func ofMinds(
        in scope: Range<Int>, from start: Int, _ isBehind: Bool, _ isNearTerms: Bool
    ) -> Found? {
        if let mind = scope.first(where: isMind) {
            if has([.lesson, .feed], scope) { return (.noAIRider, start, mind + 1) }
            // "AI use is not permitted", "used by chatbots".
            let near = max(scope.lowerBound, mind - 3)..<min(scope.upperBound, mind + 3)
            if isNearTerms, self[mind].contains(.engine) == false, has(.using, near),
                near.contains(where: { [.by, .in, .with, .for].contains(text.word($0)) }) || !isBehind
            {
                return (.noAIRider, start, mind + 1)
            }
        }
        guard isNearTerms else { return nil }
        if isBehind,
            let lesson = first(.feed, in: scope.lowerBound..<min(scope.upperBound, scope.lowerBound + 5)),
            (clauseStart(start)..<start).contains(where: isMind)
        {
            return (.noAIRider, start, lesson + 1)
        }
        // "As training data", "for training".
        let training = scope.first { at in
            text[at].hash == Self.training && at > scope.lowerBound
                && (self[at + 1].contains(.lesson)
                    || [.for, .in, .as].contains(text.word(at - 1)) && at + 1 == scope.upperBound)
        }
        guard let training, has(.using, scope.lowerBound..<training) || !isBehind else { return nil }
        return (.noAIRider, start, training + 1)
    }

    private static let training = Lexemes.hash("training".utf8)

    /// A group, a field, a rival's product, or trade.
    private func use(in scope: Range<Int>, from start: Int, _ isBehind: Bool) -> Found? {
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
        if let place = first(.trade, in: scope), !self[place + 1].contains(.grant), !isNoncommercial(place),
            isUse(scope, start) || !isBehind || has(.earn, scope)
        {
            return (.riderNoncommercial, start, place + 1)
        }
        return nil
    }

    /// "Sell, change or pass on": deeds that follow each other, the first at the head of what is refused.
    private func deeds(
        in scope: Range<Int>, from start: Int, _ isBehind: Bool, _ isNearTerms: Bool
    ) -> [Found] {
        var found: [Found] = []
        // "Make it available for download".
        if let place = first(.make, in: scope), isNearTerms, !isLeftOut,
            has([.ware, .copy], span(place + 1, place + 5, in: scope))
                || text.word(place - 1) == .be && has([.ware, .copy], clauseStart(start)..<start),
            let open = (span(place + 1, place + 7, in: scope)).first(where: {
                text.word($0) == .available || text.word($0) == .public
            })
        {
            found.append((.riderNoRedistribution, start, open + 1))
        }
        var head = scope.lowerBound
        var reach = isBehind ? 5 : 3
        for at in scope where !self[at].isDisjoint(with: [.sell, .share, .change]) {
            // "We sell", "a shared disk".
            if self[at - 1].contains(.maker)
                || [.a, .an].contains(text.word(at - 1)) && !self[at].contains(.noun)
            {
                continue
            }
            // "May not sell": what is done; "for money": what for.
            let isListed =
                text.word(at - 1) == .or || text.gap(at).contains(.comma)
                || Self.creating.contains(text[at - 1].hash)
            if self[at].contains(.sell), !isSoldOther(at),
                !isBehind || at < scope.lowerBound + (isListed ? 16 : 6)
            {
                found.append((.riderNoncommercial, start, at + 1))
                (head, reach) = (at, 6)
            }
            guard at - head < reach || isBehind && isListed && self[at].contains(.change) else { continue }
            if self[at].contains(.change) {
                // "Redistribute or modify", "modified or redistributed".
                let isBesideSharing = [-2, 2].contains { step in
                    self[at + step].contains(.surely) && self[at + step].contains(.share)
                        && [.or, .and].contains(text.word(at + step / 2))
                }
                // "May not sell it or any modification of it."
                if self[at].contains(.noun), [.any, .or].contains(text.word(at - 1)),
                    found.contains(where: { $0.mark == .riderNoncommercial })
                {
                    continue
                }
                let isBesideBan =
                    isListed && isBehind && [.it, .this].contains(text.word(at + 1))
                    && found.contains { $0.mark == .riderNoRedistribution }
                guard isNearTerms,
                    isBesideSharing || isBesideBan || isChangeOfWork(at, in: scope, from: start, isBehind)
                else { continue }
                found.append((.furtherRestriction, start, at + 1))
                (head, reach) = (at, 6)
            } else if self[at].contains(.share), !isLeftOut {
                // Who may not pass it on for money may not trade with it.
                let isTraded = has(.trade, span(at + 1, at + 8, in: scope))
                // "To distribute changed versions", "modified versions may not be distributed".
                let behind = span(at + 1, at + 4, in: scope)
                let before = isBehind ? clauseStart(start)..<start : scope.lowerBound..<at
                if isNearTerms,
                    let change = first(.changed, in: behind)
                        ?? before.first(where: { self[$0].contains(.changed) && isOfVersions($0) })
                {
                    if isOfVersions(change) { found.append((.furtherRestriction, start, at + 1)) }
                    (head, reach) = (at, 6)
                } else if !isTraded, isOfSharing(at, in: scope, from: start, isBehind, isNearTerms) {
                    found.append((.riderNoRedistribution, start, at + 1))
                    (head, reach) = (at, 6)
                }
            }
        }
        return found
    }

    /// "Redistribute" says it alone; of "pass", "post" and the like it must be told what or to whom.
    private func isOfSharing(
        _ at: Int, in scope: Range<Int>, from start: Int, _ isBehind: Bool, _ isNearTerms: Bool
    ) -> Bool {
        if self[at].contains(.surely) { return true }
        let isToOthers =
            has(.third, span(at + 1, at + 9, in: scope)) || hasParticle(at)
            || self[at].contains(.put)
                && span(at + 1, at + 7, in: scope).contains { Self.others.contains(text[$0].hash) }
        // "This header should not be included elsewhere": by programs.
        if isToOthers, !self[at].contains(.put) || isNearTerms && !has(.technical, range) { return true }
        // "The code may not be copied or distributed."
        if isBehind, isNearTerms, !self[at].contains(.give) || Self.transferred.contains(text[at].hash),
            !self[at].contains(.put), !has(.technical, range),
            (start..<at).contains(where: { text.word($0) == .be }), pointsToWork(clauseStart(start)..<start)
        {
            return true
        }
        guard isNearTerms, !self[at].contains(.give) || !isBehind && self[at].contains(.noun) else {
            return false
        }
        // "Mirrors are not allowed."
        if !isBehind, self[at].contains(.noun), at + 1 == scope.upperBound, at - scope.lowerBound < 2 {
            return true
        }
        return pointsToWork(span(at + 1, at + (text.gap(at + 1).contains(.comma) ? 9 : 5), in: scope))
    }

    private static let transferred = RiderReader.set("transferred")
    private static let times = RiderReader.set("before after when until")
    private static let creating = RiderReader.set("create make prepare produce")
    private static let others = RiderReader.set("other another")

    /// "Pass it on", "hand copies around", "give away".
    private func hasParticle(_ at: Int) -> Bool {
        self[at].contains(.give)
            && (span(at + 1, at + 4)).contains { place in
                Self.particles.contains(text[place].hash)
                    && (place + 1 == range.upperBound
                        || !text.gap(place + 1).isDisjoint(with: [.comma, .semicolon])
                        || [.to, .and, .or].contains(text.word(place + 1))
                        || place == at + 1 && pointsToWork(span(place + 1, place + 4)))
            }
    }

    private static let particles = RiderReader.set("on around along away out")

    // MARK: Changes

    /// "No derivatives" bars them; "no changes" alone tells what happened.
    func isBareChange(_ at: Int) -> Bool {
        self[at].contains(.change)
            && !(Self.derivatives.contains(text[at].hash) && !isOfName(at)
                && (at + 1 == range.upperBound || [.of, .works].contains(text.word(at + 1))
                    || !text.gap(at + 1).isDisjoint(with: [.comma, .semicolon])))
    }

    /// "Attribution-NonCommercial-No Derivative Works": the name of a license.
    private func isOfName(_ at: Int) -> Bool {
        let no = at - 1
        return text.gap(no).contains(.hyphen) && !text.gap(no).contains(.newline)
            || [.attribution, .noncommercial, .commercial].contains(text.word(no - 1))
    }

    private static let derivatives = RiderReader.set("derivatives derivative")

    /// What is changed is the work: "modify this software", "the font must not be altered", "changes are forbidden"; not what
    /// programs change, nor what is generated, nor a notice or the text of a license.
    private func isChangeOfWork(
        _ at: Int, in scope: Range<Int>, from start: Int, _ isBehind: Bool
    ) -> Bool {
        guard !has([.technical, .notice], range), !isOfLicenseText,
            // "Must not modify it to …": of how.
            !has(.naming, scope)
        else { return false }
        let isNoun = self[at].contains(.noun)
        let object = span(at + 1, at + 6, in: scope)
        guard isBehind else {
            // "Modifications of the program are prohibited", "changing it is forbidden", "forks are not allowed".
            if at + 1 >= scope.upperBound { return isNoun }
            if [.of, .to, .in, .from].contains(text.word(at + 1)) || !isNoun { return pointsToWork(object) }
            return text.word(at + 1) == .works || pointsToWork(object)
                || text.word(at + 1) == .or || text.word(at + 1) == .and
        }
        // What cannot be changed is so made, what should not be is advice.
        let isAbility =
            !has(.leave, range)
            && (max(range.lowerBound, start - 1)..<at).contains {
                text.word($0) == .cannot || text.word($0) == .can || Self.abilities.contains(text[$0].hash)
            }
        let isPassive =
            (start..<at).contains { text.word($0) == .be || self[$0].contains(.being) }
            && !(start..<at).contains { self[$0].contains(.allow) }
        let isShort = !isPassive && isPermittedBefore(start)
        let subject = (isShort ? range.lowerBound : clauseStart(start))..<start
        if isPassive || isShort, has([.ware, .copy], subject) { return !isAbility && pointsToWork(subject) }
        if isNoun, self[start].contains(.no) { return !isOfName(at) }
        if Self.derivatives.contains(text[at].hash), !has(.run, scope.lowerBound..<at) {
            return [.works, .of, .from].contains(text.word(at + 1)) || at + 1 == scope.upperBound
        }
        guard !Self.abilities.contains(text[max(start, at - 2)].hash), pointsToWork(object) else {
            return false
        }
        // "You should not modify this file": advice. "Cannot use the model or derivatives of it": of use.
        if (max(range.lowerBound, start - 1)..<at).contains(where: {
            Self.abilities.contains(text[$0].hash)
                || self[$0].contains(.run) && $0 >= scope.lowerBound
                    && Self.derivatives.contains(text[at].hash)
        }) {
            return false
        }
        // "Do not edit this file": it is made by a program.
        let isOrder = (max(range.lowerBound, start - 1)...start).contains { self[$0].contains(.does) }
        return !isOrder || !object.contains { Self.pieces.contains(text[$0].hash) }
    }

    private static let abilities = RiderReader.set("should won could")
    private static let pieces = RiderReader.set(
        "file files script code source content contents text document data part parts section it them database list"
    )

    /// "This license document", "the text of the license".
    private var isOfLicenseText: Bool {
        range.contains { at in
            text.word(at) == .license
                && ([.document, .file, .text, .terms, .agreement, .itself].contains(text.word(at + 1))
                    || [.text, .copy, .file].contains(text.word(at - 3)))
        }
    }

    /// "Modified versions", "derivative works", "altered copies"; not "modified source files" in a condition.
    private func isOfVersions(_ at: Int) -> Bool {
        guard !has([.technical, .notice], range) else { return false }
        return self[at + 1].contains(.copy) || text.word(at + 1) == .works
            || self[at + 1].contains(.wholeWork)
            || self[at].contains(.noun)
    }

    // MARK: Who, and for what

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
            lead + 1 < scope.upperBound,
            // "May not be used to: 1. sell": a list follows.
            !text.gap(lead + 1).contains(.colon)
        else { return nil }
        return (.riderFieldOfUse, start, lead + 2)
    }

    /// "Persons under 18 may not use it", "if you work for an army you must not run this": some, whatever they use it for.
    private func ofSome(in scope: Range<Int>, from start: Int, _ isBehind: Bool) -> Found? {
        let isOrder = (max(range.lowerBound, start - 1)..<scope.lowerBound).contains {
            self[$0].contains(.does)
        }
        guard isBehind, !isOrder,
            let verb = first(.run, in: scope.lowerBound..<min(scope.upperBound, scope.lowerBound + 3)),
            pointsToWork(span(verb + 1, verb + 5, in: scope)) || verb + 1 == scope.upperBound,
            !has(.except, range)
        else { return nil }
        let subject = clauseStart(start)..<scope.lowerBound
        if let place = subject.first(where: { isTrade($0) }) {
            let isField = has(.field, subject)
            return (isField ? .riderFieldOfUse : .riderNoncommercial, place, verb + 1)
        }
        if let place = first([.field, .group], in: subject), isGroup(place) || self[place].contains(.field) {
            return (.riderFieldOfUse, place, verb + 1)
        }
        // "If you don't agree you may not use it": no group.
        guard !subject.contains(where: { text.word($0) == .if }),
            let person = first(.person, in: subject), self[person].contains(.folk) == false,
            self[person + 1].contains(.relative) || Self.narrowing.contains(text[person + 1].hash)
        else { return nil }
        return (.riderFieldOfUse, person, verb + 1)
    }

    private static let narrowing = RiderReader.set("under below of in from with outside living aged")

    private func isTrade(_ at: Int) -> Bool {
        self[at].contains(.trade) && !isNoncommercial(at) || self[at].contains(.payer) && isGroup(at)
    }

    /// "Racists may not use it": whoever is named by a group's name, and what they may not use.
    func isGroupTold(before modal: Int, of at: Int) -> Bool {
        guard modal > range.lowerBound, !self[modal].contains(.does),
            let verb = first([.using, .run, .feed], in: span(at + 1, at + 3)),
            pointsToWork(span(verb + 1, verb + 5)) || self[verb].contains(.feed) || text.word(verb - 1) == .be
        else { return false }
        let subject = clauseStart(at)..<modal
        return subject.count < 8 && !has(.maker, subject)
            && (isGroup(modal - 1) || self[modal - 1].contains(.field) || isGroup(subject.lowerBound))
    }

    /// The work, by whatever it is called: "it", "this program", "any part of the work", "the files", "copies".
    func pointsToWork(_ places: Range<Int>) -> Bool {
        places.contains { at in
            if text.word(at) == .it || Self.pronouns.contains(text[at].hash) { return true }
            if [.this, .these].contains(text.word(at)) {
                let next = at + 1
                if next >= range.upperBound || !text.gap(next).isDisjoint(with: [.comma, .semicolon])
                    || [.to, .for, .in, .on, .with, .without, .by].contains(text.word(next))
                {
                    return true
                }
            }
            guard self[at].contains(.ware) else { return false }
            return (max(range.lowerBound, at - 3)..<at).contains {
                Self.pointers.contains(text.word($0)) || Self.owners.contains(text[$0].hash)
            } && !self[at + 1].contains(.ware)
                || self[at + 1].contains(.ware) && self[at].contains(.wholeWork)
        }
    }

    private static let pronouns = RiderReader.set("them copies copy")
    private static let pointers: WordKinds = [.this, .these, .the, .any, .our, .its, .all]
    private static let owners = RiderReader.set("my these each whole entire")

    /// "You may copy it, but not …": what is permitted stands before.
    func isPermittedBefore(_ at: Int) -> Bool {
        (range.lowerBound..<at).contains { place in
            (text.word(place) == .may || text.word(place) == .can || text.word(place) == .free
                || self[place].contains(.allow) && self[place - 1].contains(.being)
                    && text.word(place) != .licensed)
                && !isNegated(place) && text.word(place + 1) != .not
        }
    }

    // MARK: Parts of a sentence

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
    func isMind(_ at: Int) -> Bool {
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
            || Self.times.contains(text[place + 1].hash)
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
}
