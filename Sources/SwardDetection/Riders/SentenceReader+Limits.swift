// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Sentences that give to some only, or for some ends only.
extension SentenceReader {
    // What the comments show is no one's word for this file.
    // REUSE-IgnoreStart

    // MARK: Rights that some do not get

    /// "… are granted no rights", "no license is given to …", "this license does not extend to …".
    func withheldRight() -> Found? {
        for at in range where self[at].contains(.grant) {
            let before = max(range.lowerBound, at - 4)..<at
            // "You do not have the right to sell it", "gives no permission to redistribute".
            if text.word(at + 1) == .to || text.word(at + 1) == .of,
                let not = (max(range.lowerBound, at - 8)..<at).first(where: {
                    !self[$0].isDisjoint(with: [.not, .no])
                }),
                has([.given, .has, .reach], max(range.lowerBound, not - 1)..<at)
                    || has(.given, span(at + 2, clauseEnd(at))),
                !isConditional(at + 1..<clauseEnd(at)),
                let deed = (span(at + 2, at + 4)).first(where: {
                    !self[$0].isDisjoint(with: [.sell, .share, .change])
                }),
                self[deed].contains(.sell) || self[deed].contains(.surely)
                    || pointsToWork(span(deed + 1, deed + 5))
            {
                let mark: EnclosureMark =
                    self[deed].contains(.sell)
                    ? .riderNoncommercial
                    : self[deed].contains(.change) ? .furtherRestriction : .riderNoRedistribution
                return (mark, not, deed + 1)
            }
            let isNone = before.contains { self[$0].contains(.no) }
            let isOut =
                self[at + 1].contains(.does) && self[at + 2].contains(.not) && self[at + 3].contains(.reach)
            // "The permissions are not granted to companies that …".
            if self[at + 1].contains(.being), self[at + 2].contains(.not), self[at + 3].contains(.given),
                text.word(at + 4) == .to,
                let group = (span(at + 5, at + 10)).first(where: isGroup)
            {
                let isField = range.contains { self[$0].contains(.field) }
                return (
                    self[group].contains(.payer) && !self[group + 1].contains(.relative) && !isField
                        && text.word(group + 1) != .in
                        ? .riderNoncommercial : .riderFieldOfUse, at, group + 1
                )
            }
            guard
                isNone && has(.given, max(range.lowerBound, at - 5)..<min(range.upperBound, at + 6)) || isOut
            else { continue }
            // Trademark and patent rights are withheld by free licenses too.
            guard !has([.implied], range) else { return nil }
            let people = range.first { isGroup($0) || self[$0].contains(.field) }
            if isOut || people != nil,
                let trade = range.first(where: { self[$0].contains(.trade) && !isNoncommercial($0) })
            {
                return (.riderNoncommercial, min(at, trade), max(at, trade) + 1)
            }
            guard let people else { continue }
            return (.riderFieldOfUse, min(at, people), max(at, people) + 1)
        }
        return nil
    }

    /// "The police are excluded from this license", "not licensed to companies that …", "racists have no permission to use it".
    func shutOut() -> Found? {
        for at in range {
            let before = clauseStart(at)..<at
            let behind = span(at + 1, at + 7)
            if self[at].contains(.ban), text.word(at + 1) == .from, self[at - 1].contains(.being),
                let group = before.first(where: isSome),
                has(.grant, behind)
                    || first([.using, .run], in: behind).map({ pointsToWork($0 + 1..<behind.upperBound) })
                        ?? false
            {
                return shut(group, from: group, to: at + 2)
            }
            if self[at].contains(.not), self[at + 1].contains(.allow) {
                // "Not licensed to …", "not permitted for …"
                if text.word(at + 1) == .licensed, text.word(at + 2) == .to || text.word(at + 2) == .for,
                    let group = behind.first(where: isSome)
                {
                    return shut(group, from: at, to: group + 1)
                }
                // "Users in that sector are not covered by this license."
                if self[at + 1].contains(.part), text.word(at + 2) == .by,
                    first(.grant, in: span(at + 3, at + 6)) != nil, let group = before.first(where: isSome)
                {
                    return shut(group, from: group, to: at + 3)
                }
            }
            // "Do not get a license", "have no permission to use it".
            if self[at].contains(.grant),
                let not = (max(range.lowerBound, at - 4)..<at).first(where: {
                    !self[$0].isDisjoint(with: [.not, .no])
                }),
                has(.has, max(range.lowerBound, not - 1)..<at) || has(.getting, not..<at),
                not > range.lowerBound + 1
            {
                let isForUse =
                    text.word(at + 1) == .to
                    && first([.using, .run], in: span(at + 2, at + 4)).map {
                        pointsToWork(span($0 + 1, $0 + 5))
                    } ?? false
                let subject = clauseStart(not)..<not
                let isBare =
                    at + 1 == range.upperBound || !text.gap(at + 1).isDisjoint(with: [.comma, .semicolon])
                guard isForUse || isBare,
                    !subject.contains(where: { [.you, .it, .this].contains(text.word($0)) })
                else { continue }
                if let group = subject.first(where: isSome) { return shut(group, from: group, to: at + 1) }
                if isForUse, self[range.lowerBound].isEmpty, text.word(range.lowerBound) == .other {
                    return (.riderFieldOfUse, range.lowerBound, at + 1)
                }
            }
        }
        return nil
    }

    /// Some people, or those of a field.
    private func isSome(_ at: Int) -> Bool {
        isGroup(at) && ![.that, .this].contains(text.word(at)) || self[at].contains(.field)
    }

    private func shut(_ group: Int, from start: Int, to end: Int) -> Found {
        let isTrade =
            self[group].contains(.payer) && !self[group + 1].contains(.relative)
            && text.word(group + 1) != .in
            && !has(.field, range)
        return (isTrade ? .riderNoncommercial : .riderFieldOfUse, start, end)
    }

    /// "In commercial works only after payment of a fee."
    private func onlyPaid(_ at: Int) -> Found? {
        guard
            Self.upons.contains(text[at + 1].hash) || text.word(at + 1) == .with
                || text.word(at + 1) == .under,
            let fee = first([.fee, .grant], in: span(at + 2, at + 6)),
            let trade = (range.lowerBound..<at).first(where: {
                self[$0].contains(.trade) && !isNoncommercial($0)
            })
        else { return nil }
        return (.riderNoncommercial, trade, fee + 1)
    }

    private static let upons = RiderReader.set("after upon against")

    // MARK: Demands

    /// "Commercial projects need a paid license", "if you earn money with it, talk to us first".
    func demand(_ isNearTerms: Bool) -> Found? {
        guard !range.contains(where: isChoice),
            !range.contains(where: { text.word($0) == .copyright || text.gap($0).contains(.sign) })
        else { return nil }
        guard
            let trade = range.first(where: {
                (self[$0].contains(.trade) || self[$0].contains(.payer) && isGroup($0)
                    || self[$0].contains(.sell))
                    && (!self[$0 + 1].contains(.grant) || isGrantNeeded($0 + 1))
                    && !self[$0 + 1].contains(.service)
                    && !isNoncommercial($0) && !isForBoth($0)
            })
        else { return nil }
        // "Commercial use is allowed and needs no permission".
        guard !range.contains(where: { self[$0].contains(.no) && self[$0 + 1].contains([.grant]) }),
            !range.contains(where: {
                self[$0].contains(.allow) && !isNegated($0) && self[$0 - 1].contains(.being)
            })
        else { return nil }
        for at in range {
            let end = min(range.upperBound, at + 9)
            // "Use by companies is subject to a fee."
            if text.word(at) == .subject, text.word(at + 1) == .to, self[at - 1].contains(.being),
                let fee = first([.fee, .beforehand], in: span(at + 2, min(end, at + 6)))
            {
                return (.riderNoncommercial, min(trade, at), max(trade, fee) + 1)
            }
            let isMust =
                self[at].contains(.need) && !self[at + 1].contains(.not) && !isNegated(at)
                && !self[at - 1].contains(.maker) && isDuty(at)
            // "Sales: buy …", "please buy …": an order. "You may sell, buy, rent it": one of a row.
            let isOrder =
                self[at].contains(.order) && text.gap(at + 1).isDisjoint(with: .comma)
                && (at == range.lowerBound || self[at - 1].contains(.please)
                    || !text.gap(at).isDisjoint(with: [.comma, .colon, .hyphen, .open, .semicolon])
                    // "In case of commercial use contact the author."
                    || self[at - 1].contains(.using) && self[at - 2].contains(.trade))
            // "Contact us via Pump Licensing": where another license is sold.
            let isSold =
                has(.maker, span(at + 1, at + 3))
                && span(at + 2, at + 8).contains { place in
                    Self.sellers.contains(text[place].hash)
                        && (at..<place).contains { Self.vias.contains(text[$0].hash) }
                }
            guard isMust || isOrder && !isSold else { continue }
            // "Commercial licenses are required for any use within a company."
            if isMust, self[trade + 1].contains(.grant), trade < at, text.word(at + 1) == .for {
                return (.riderNoncommercial, trade, at + 1)
            }
            // "Licensing is required for commercial use."
            if isMust, text.word(at + 1) == .for, trade > at, trade < at + 4, self[at - 1].contains(.being),
                self[at - 2].contains(.grant)
            {
                return (.riderNoncommercial, at - 2, trade + 1)
            }
            let object = first([.grant, .fee], in: at + 1..<end)
            let hasActed = has(.acquire, at..<end)
            let isAsked = object != nil && (isOrder || hasActed || self[at].contains(.takes))
            // "You need to talk to me first", "anything commercial: ask first".
            let isFirst =
                isOrder && has(.beforehand, at + 1..<end)
                || hasActed && isMust && has([.beforehand, .maker, .leave], at + 1..<end)
            // "For commercial use, please write to us": of use, not of support or questions.
            let isReached =
                has(.maker, span(at + 1, at + 5))
                || span(at + 1, at + 8).contains { Self.addresses.contains(text[$0].hash) }
            let isAsking =
                isOrder
                && (has([.using, .person], span(trade + 1, trade + 3))
                    || trade > at && has(.using, max(at, trade - 3)..<trade))
                && (isReached || hasActed && isMust == false && object != nil)
            if isAsked || isFirst || isAsking {
                // What a license is for: "A license for companies", where no other terms are near, is an offer.
                guard isMust || isNearTerms else { continue }
                return (.riderNoncommercial, min(trade, at), max(trade, object ?? at) + 1)
            }
        }
        return nil
    }

    private static let sellers = RiderReader.set("licensing"), vias = RiderReader.set("via through")
    private static let addresses = RiderReader.set("address email mail e")

    /// "Companies that want another license": whoever wants to use it has no choice.
    private func isChoice(_ at: Int) -> Bool {
        guard self[at].contains(.choice) else { return false }
        return
            !(Self.wants.contains(text[at].hash) && text.word(at + 1) == .to
            && self[at + 2].contains(.run) && pointsToWork(span(at + 3, at + 6)))
    }

    private static let wants = RiderReader.set("want wants wish wishes like")

    private func isGrantNeeded(_ at: Int) -> Bool {
        self[at + 1].contains(.being) && self[at + 2].contains(.need) && text.word(at + 3) == .for
    }

    private func isForBoth(_ place: Int) -> Bool {
        let near = max(range.lowerBound, place - 4)..<min(range.upperBound, place + 5)
        return near.contains { self[$0].contains(.small) || text.word($0) == .noncommercial }
            && near.contains { [.and, .or].contains(text.word($0)) }
    }

    // MARK: Limits

    /// "Hobbyists only", "free for personal projects", "may only be used together with …".
    func limit(_ isNearTerms: Bool) -> [Found] {
        var found: [Found] = []
        guard !has(.secret, range) else { return [] }
        for at in range {
            // "For research, not for business."
            if isNearTerms, text.word(at) == .not, text.word(at + 1) == .for,
                let trade = first([.trade, .payer], in: span(at + 2, at + 5)), !self[trade].contains(.verb),
                !self[at - 1].contains(.only), !isOfOther(at)
            {
                found.append((.riderNoncommercial, at, trade + 1))
            }
            if self[at].contains(.only), !self[at - 1].contains(.not), !isOfOther(at) {
                if let one = only(at, isNearTerms) { found.append(one) }
                if isNearTerms,
                    let one = onlyIntact(at) ?? onlyFromMaker(at) ?? onlyWithin(at) ?? onlyPaid(at)
                {
                    found.append(one)
                }
            }
            // "Free for personal projects": who trades must pay.
            if text.word(at) == .free, text.word(at + 1) == .for || text.word(at + 1) == .to,
                let small = first(.small, in: span(at + 2, at + 5)),
                !range.contains(where: {
                    self[$0].contains(.trade) && !isNoncommercial($0) && !has(.fee, $0..<$0 + 1)
                }),
                !has([.payer, .everyone], range) || hasOthersPay, !isOfOther(at)
            {
                found.append((.riderNoncommercial, at, small + 1))
            }
        }
        if isNearTerms, let kept = intactDemand() { found.append(kept) }
        return found
    }

    /// "Everyone else has to pay."
    private var hasOthersPay: Bool {
        guard let rest = range.first(where: { Self.rest.contains(text[$0].hash) }) else { return false }
        return has([.fee, .acquire], rest..<range.upperBound)
    }

    private static let rest = RiderReader.set("else others")

    /// "This mode is for private use only": what is limited is no work.
    func isOfOther(_ at: Int) -> Bool {
        let start = clauseStart(at)
        guard var verb = (start..<at).last(where: { self[$0].contains(.being) || self[$0].contains(.modal) })
        else { return false }
        while verb > start, !self[verb - 1].isDisjoint(with: [.being, .modal, .not, .adverb]) { verb -= 1 }
        guard verb > start else { return false }
        let subject = max(start, verb - 6)..<verb
        if has([.private, .secret], subject), !has(.ware, subject) { return true }
        // "The game is for private use only", and what "it" and "use" are of.
        let last = verb - 1
        if !self[last].isDisjoint(with: [.copy, .using, .sell, .share, .change, .grant, .people]),
            !isDemonstrative(last)
        {
            return false
        }
        if self[last].contains(.ware) { return false }
        // Of two or more words, the first of which points.
        return subject.dropLast().contains { at in
            [.the, .this, .these, .a, .an, .our, .your].contains(text.word(at))
        } && !has([.ware, .using], subject)
    }

    private func isDemonstrative(_ at: Int) -> Bool { [.that, .which].contains(text.word(at)) }

    /// "Only the unmodified version may be used", "use it unmodified only", "may only be copied unchanged".
    private func onlyIntact(_ at: Int) -> Found? {
        guard !has([.notice, .technical], range),
            let intact = first(.intact, in: max(range.lowerBound, at - 4)..<min(range.upperBound, at + 8)),
            has([.using, .share, .run], range) || has(.modal, range)
        else { return nil }
        return (.furtherRestriction, min(at, intact), max(at, intact) + 1)
    }

    /// "The files have to stay as they are", "must remain unchanged": of the work, not of its notices.
    private func intactDemand() -> Found? {
        guard !has([.notice, .technical, .except], range) else { return nil }
        for at in range where self[at].contains(.need) && isDuty(at) && !isNegated(at) {
            let behind = span(at + 1, at + 6)
            guard
                let keep = first([.keep, .being], in: behind)
                    ?? behind.first(where: { text.word($0) == .be }),
                pointsToWork(clauseStart(at)..<at)
            else { continue }
            let isAsIs = (span(keep + 1, keep + 4)).contains {
                text.word($0) == .as && (text[$0 + 1].hash == Self.they || text.word($0 + 1) == .it)
                    && self[$0 + 2].contains(.being)
            }
            if isAsIs || has(.intact, span(keep + 1, keep + 3)) {
                return (.furtherRestriction, at, keep + 1)
            }
        }
        return nil
    }

    private static let they = Lexemes.hash("they".utf8)

    /// "Distribution is limited to our servers", "may only be downloaded from our site".
    private func onlyFromMaker(_ at: Int) -> Found? {
        if self[at - 1].contains(.being), text.word(at + 1) == .to || text.word(at + 1) == .by,
            at >= range.lowerBound + 2,
            let share = first(.share, in: clauseStart(at)..<at), self[share].contains(.noun),
            !has([.grant, .notice, .breach], at..<range.upperBound)
        {
            return (.riderNoRedistribution, share, at + 1)
        }
        guard self[at - 1].contains(.modal), isToldToAnyone(before: at - 1),
            let get = (span(at + 1, at + 4)).first(where: { Self.gettings.contains(text[$0].hash) }),
            has(.maker, span(get + 1, get + 5))
        else { return nil }
        return (.riderNoRedistribution, at - 1, get + 1)
    }

    private static let gettings = RiderReader.set(
        "downloaded obtained distributed hosted offered got available")

    /// "May be used only on our boards", "licensed for members of the club only".
    private func onlyWithin(_ at: Int) -> Found? {
        let near = max(range.lowerBound, at - 4)..<at
        let verb =
            near.last { !self[$0].isDisjoint(with: [.using, .run]) && text.word($0) != .work } ?? at - 1
        guard verb > range.lowerBound else { return nil }
        // "Shall run only on", "may be used only with".
        let modal = (max(range.lowerBound, verb - 2)..<verb).last {
            [.may, .shall, .must].contains(text.word($0))
        }
        if let modal, self[verb].contains(.using) || self[verb].contains(.run),
            isToldToAnyone(before: modal) || pointsToWork(clauseStart(modal)..<modal),
            [.with, .on, .by, .in, .at].contains(text.word(at + 1)), !self[at + 2].contains(.keeping),
            !has([.grant, .private, .technical], at..<clauseEnd(at)), text.word(at + 2) != .your
        {
            return (.riderFieldOfUse, modal, at + 2)
        }
        // "Use it for peaceful ends only."
        if at + 1 == range.upperBound, let lead = near.first(where: { text.word($0) == .for }),
            !has(.small, lead..<at),
            let verb = (max(range.lowerBound, lead - 4)..<lead).first(where: { self[$0].contains(.run) }),
            pointsToWork(verb + 1..<lead)
        {
            return (.riderFieldOfUse, verb, at + 1)
        }
        // "Is licensed to customers only."
        guard at + 1 == range.upperBound || !text.gap(at + 1).isDisjoint(with: [.comma, .semicolon]),
            let licensed = (max(range.lowerBound, at - 9)..<at).first(where: { text.word($0) == .licensed }),
            text.word(licensed + 1) == .for || text.word(licensed + 1) == .to, !has(.small, licensed..<at)
        else { return nil }
        return (.riderFieldOfUse, licensed, at + 1)
    }

    private func only(_ at: Int, _ isNearTerms: Bool) -> Found? {
        // "may only be used together with", "to be used exclusively on".
        let verb = (span(at + 1, at + 4)).first { self[$0].contains(.using) }
        // "Can only be used for the purpose of grading."
        if let verb, isNearTerms, [.may, .shall, .can].contains(text.word(at - 1)),
            isToldToAnyone(before: at - 1),
            text.word(verb + 1) == .for, text.word(verb + 2) == .the, text.word(verb + 4) == .of
        {
            return (.riderFieldOfUse, at - 1, verb + 5)
        }
        if let verb, isNearTerms, [.may, .shall].contains(text.word(at - 1)),
            isToldToAnyone(before: at - 1)
        {
            let end = clauseEnd(verb)
            if let small = first(.small, in: verb + 1..<end) {
                return (.riderNoncommercial, at - 1, small + 1)
            }
            if let with = (verb + 1..<end).first(where: {
                [.with, .on, .by, .in, .at].contains(text.word($0)) || self[$0].contains(.inside)
            }), !has([.grant, .private], verb..<end), text.word(with + 1) != .your,
                !self[with + 1].contains(.keeping)
            {
                return (.riderFieldOfUse, at - 1, with + 2)
            }
        }
        // "May only be distributed together with our devices": not of what a license lets go along.
        if isNearTerms, [.may, .shall].contains(text.word(at - 1)), isToldToAnyone(before: at - 1),
            let share = first(.share, in: span(at + 1, at + 4)),
            let with = (span(share + 1, share + 3)).first(where: { text.word($0) == .with }
            ),
            !has([.grant, .notice], with..<range.upperBound),
            !(with..<range.upperBound).contains(where: {
                [.source, .copyright, .text, .copy].contains(text.word($0))
            })
        {
            return (.riderNoRedistribution, at - 1, with + 1)
        }
        // "For schools and charities only."
        if isNearTerms,
            at + 1 == range.upperBound || !text.gap(at + 1).isDisjoint(with: [.comma, .semicolon]),
            let small = (max(range.lowerBound, at - 7)..<at).first(where: {
                self[$0].contains(.small) && (text.word($0 - 1) == .for || text.word($0 - 2) == .for)
            }),
            !range.contains(where: { self[$0].contains(.trade) && !isNoncommercial($0) })
        {
            return (.riderNoncommercial, small, at + 1)
        }
        // "For use with our hardware only."
        if isNearTerms, at + 1 == range.upperBound || text.gap(at + 1).contains(.comma),
            let use = (max(range.lowerBound, at - 9)..<at).first(where: { text.word($0) == .use }),
            [.with, .on].contains(text.word(use + 1)), text.word(use - 1) == .for
        {
            return (.riderFieldOfUse, use, at + 1)
        }
        // "Solely for use with our server."
        if isNearTerms, text.word(at + 1) == .for, text.word(at + 2) == .use,
            [.with, .on].contains(text.word(at + 3)), text.word(at + 4) != .your,
            !has([.grant, .keeping], span(at + 4, at + 8))
        {
            return (.riderFieldOfUse, at, at + 4)
        }
        // "Hobbyists only", "only for schools", "private homes only".
        let near = max(range.lowerBound, at - 3)..<min(range.upperBound, at + 5)
        guard isNearTerms, let small = first(.small, in: near),
            !range.contains(where: { self[$0].contains(.trade) && !isNoncommercial($0) && isForBoth($0) })
        else { return nil }
        let isClose = abs(small - at) <= 2
        let isOfUse = has([.using, .people], near) || (near.contains { text.word($0) == .for })
        guard isClose && range.count < 8 || isOfUse && isClose || self[small].contains(.folk) && isClose
        else {
            return nil
        }
        return (.riderNoncommercial, min(at, small), max(at, small) + 1)
    }

    // REUSE-IgnoreEnd
}
