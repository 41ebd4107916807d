// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Sentences that ask for what no free license asks, or give to some only.
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
                has([.given, .has, .reach], not..<at) || has(.given, at + 2..<clauseEnd(at)),
                !isConditional(at + 1..<clauseEnd(at)),
                let deed = (at + 2..<min(range.upperBound, at + 4)).first(where: {
                    !self[$0].isDisjoint(with: [.sell, .surely])
                })
            {
                let isSale = self[deed].contains(.sell)
                return (isSale ? .riderNoncommercial : .riderNoRedistribution, not, deed + 1)
            }
            let isNone = before.contains { self[$0].contains(.no) }
            let isOut =
                self[at + 1].contains(.does) && self[at + 2].contains(.not) && self[at + 3].contains(.reach)
            // "The permissions are not granted to companies that …".
            if self[at + 1].contains(.being), self[at + 2].contains(.not), self[at + 3].contains(.given),
                text.word(at + 4) == .to,
                let group = (at + 5..<min(range.upperBound, at + 10)).first(where: isGroup)
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

    // MARK: Demands

    /// "Commercial projects need a paid license", "if you earn money with it, talk to us first".
    func demand(_ isNearTerms: Bool) -> Found? {
        guard !has(.choice, range),
            !range.contains(where: { text.word($0) == .copyright || text.gap($0).contains(.sign) })
        else { return nil }
        guard
            let trade = range.first(where: {
                (self[$0].contains(.trade) || self[$0].contains(.payer) && isGroup($0)
                    || self[$0].contains(.sell))
                    && !self[$0 + 1].contains(.grant) && !self[$0 + 1].contains(.service)
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
                let fee = first([.fee, .beforehand], in: at + 2..<min(end, at + 6))
            {
                return (.riderNoncommercial, min(trade, at), max(trade, fee) + 1)
            }
            let isMust =
                self[at].contains(.need) && !self[at + 1].contains(.not) && !isNegated(at)
                && !self[at - 1].contains(.maker) && isDuty(at)
            // "Sales: buy …", "please buy …": an order.
            let isOrder =
                self[at].contains(.order)
                && (at == range.lowerBound || self[at - 1].contains(.please)
                    || !text.gap(at).isDisjoint(with: [.comma, .colon, .hyphen, .open, .semicolon]))
            guard isMust || isOrder else { continue }
            let object = first([.grant, .fee], in: at + 1..<end)
            let hasActed = has(.acquire, at..<end)
            let isAsked = object != nil && (isOrder || hasActed || self[at].contains(.takes))
            // "You need to talk to me first."
            let isFirst = hasActed && isMust && has([.beforehand, .maker, .leave], at + 1..<end)
            // "For commercial use, please write to us": of use, not of support or questions.
            let isAsking =
                isOrder && self[trade + 1].contains(.using)
                && has(.maker, at + 1..<min(range.upperBound, at + 4))
            if isAsked || isFirst || isAsking {
                // What a license is for: "A license for companies", where no other terms are near, is an offer.
                guard isMust || isNearTerms else { continue }
                return (.riderNoncommercial, min(trade, at), max(trade, object ?? at) + 1)
            }
        }
        return nil
    }

    private func isForBoth(_ place: Int) -> Bool {
        let near = max(range.lowerBound, place - 4)..<min(range.upperBound, place + 5)
        return near.contains { self[$0].contains(.small) || text.word($0) == .noncommercial }
            && near.contains { [.and, .or].contains(text.word($0)) }
    }

    // MARK: Limits

    /// "Hobbyists only", "free for personal projects", "may only be used together with …".
    func limit(_ isNearTerms: Bool) -> Found? {
        for at in range {
            if self[at].contains(.only), !self[at - 1].contains(.not), let found = only(at, isNearTerms) {
                return found
            }
            // "Free for personal projects": who trades must pay.
            if text.word(at) == .free, text.word(at + 1) == .for || text.word(at + 1) == .to,
                let small = first(.small, in: at + 2..<min(range.upperBound, at + 5)),
                !range.contains(where: { self[$0].contains(.trade) && !isNoncommercial($0) }),
                !has([.payer, .everyone], range)
            {
                return (.riderNoncommercial, at, small + 1)
            }
        }
        return nil
    }

    private func only(_ at: Int, _ isNearTerms: Bool) -> Found? {
        // "may only be used together with", "to be used exclusively on".
        let verb = (at + 1..<min(range.upperBound, at + 4)).first { self[$0].contains(.using) }
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
            let share = first(.share, in: at + 1..<min(range.upperBound, at + 4)),
            let with = (share + 1..<min(range.upperBound, share + 3)).first(where: { text.word($0) == .with }
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
        // "Hobbyists only", "only for schools", "private homes only".
        let near = max(range.lowerBound, at - 3)..<min(range.upperBound, at + 5)
        guard isNearTerms, let small = first(.small, in: near), !isForBoth(small),
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

    // MARK: Duties that no free license has

    /// "You must keep the link in the footer", "who deploys it has to register", "do not remove our banner".
    func duty() -> Found? {
        guard !has([.except, .choice, .notice], range), !has(.attribution, range) || has(.display, range)
        else {
            return nil
        }
        for at in range {
            let isNot =
                self[at].contains(.not)
                && (self[at - 1].contains(.modal) || text.word(at) == .cannot
                    || self[at + 1].contains(.allow))
            if isNot, isToldToAnyone(before: text.word(at) == .cannot ? at : at - 1),
                let deed = first(.remove, in: at + 1..<min(range.upperBound, at + 5)),
                let thing = first(.branding, in: deed + 1..<min(range.upperBound, deed + 8))
            {
                return (.furtherRestriction, at - 1, thing + 1)
            }
            // "You accept that the link stays."
            let isAgreed = self[at].contains(.agree) && [.that, .to].contains(text.word(at + 1))
            guard self[at].contains(.need) || isAgreed, !self[at + 1].contains(.not), !isNegated(at),
                isDuty(at),
                isOfTaker(at)
            else { continue }
            let end = min(range.upperBound, at + 7)
            if let deed = first(.report, in: at + 1..<end),
                self[deed].contains(.surely)
                    || has([.maker, .fee], deed + 1..<min(range.upperBound, deed + 9))
            {
                return (.furtherRestriction, at, deed + 1)
            }
            if let deed = first(.keep, in: at + 1..<end),
                let thing = first(.branding, in: deed + 1..<min(range.upperBound, deed + 9))
            {
                return (.furtherRestriction, at, thing + 1)
            }
            if let thing = first(.branding, in: range.lowerBound..<at), has(.keep, at + 1..<end) {
                return (.furtherRestriction, thing, end)
            }
            if isAgreed, let thing = first(.branding, in: at + 1..<min(range.upperBound, at + 8)),
                has(.keep, thing..<min(range.upperBound, thing + 8))
            {
                return (.furtherRestriction, at, thing + 1)
            }
        }
        return nil
    }

    /// "Has a license" is no duty, "has to have one" is.
    private func isDuty(_ at: Int) -> Bool { !self[at].contains(.has) || text.word(at + 1) == .to }

    /// "You must", "anyone who … has to", "the link must": who got the work, or what is in it.
    private func isOfTaker(_ at: Int) -> Bool {
        has([.people, .payer, .group, .branding, .everyone], range.lowerBound..<at) || at == range.lowerBound
    }

    // REUSE-IgnoreEnd
}
