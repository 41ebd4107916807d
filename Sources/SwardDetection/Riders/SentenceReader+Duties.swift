// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Sentences that ask for what no free license asks, and grants that do not last.
extension SentenceReader {
    // What the comments show is no one's word for this file.
    // REUSE-IgnoreStart

    // MARK: Duties

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
                let deed = first(.remove, in: span(at + 1, at + 5)),
                let thing = first(.branding, in: span(deed + 1, deed + 8))
            {
                return (.furtherRestriction, at - 1, thing + 1)
            }
            // "The link must not be removed."
            if isNot, let deed = first(.remove, in: span(at + 1, at + 4)),
                has(.being, at..<deed) || (at..<deed).contains(where: { text.word($0) == .be }),
                let thing = first(.branding, in: clauseStart(at)..<at)
            {
                return (.furtherRestriction, thing, deed + 1)
            }
            // "You accept that the link stays."
            let isAgreed = self[at].contains(.agree) && [.that, .to].contains(text.word(at + 1))
            guard self[at].contains(.need) || isAgreed, !self[at + 1].contains(.not), !isNegated(at),
                isDuty(at),
                isOfTaker(at)
            else { continue }
            let end = min(range.upperBound, at + 7)
            if let deed = first(.report, in: at + 1..<end),
                self[deed].contains(.surely) && !isForOther(deed)
                    // "Each handler must be registered": what programs do.
                    && (text.word(deed - 1) != .be || has([.ware, .copy, .person], clauseStart(at)..<at))
                    || has([.maker, .fee], span(deed + 1, deed + 9))
            {
                return (.furtherRestriction, at, deed + 1)
            }
            // "Changes have to be sent back to us", "you must contribute improvements".
            if let deed = first([.report, .bringing], in: at + 1..<end),
                has(.improvement, clauseStart(at)..<at) || has(.improvement, span(deed + 1, deed + 6)),
                has([.maker, .leave], span(deed + 1, deed + 9))
                    || (deed..<min(range.upperBound, deed + 8)).contains(where: {
                        Self.back.contains(text[$0].hash)
                    })
            {
                return (.furtherRestriction, at, deed + 1)
            }
            // "Backlink is required."
            if Self.demanded.contains(text[at].hash),
                self[at - 1].contains(.being) || at == range.lowerBound + 1,
                let thing = (clauseStart(at)..<at).first(where: { Self.standing.contains(text[$0].hash) })
            {
                return (.furtherRestriction, thing, at + 1)
            }
            // "Must link to our page."
            if let link = (span(at + 1, at + 3)).first(where: { Self.link.contains(text[$0].hash) }),
                text.word(link + 1) == .to, has(.maker, span(link + 1, link + 4))
            {
                return (.furtherRestriction, at, link + 1)
            }
            if let deed = first(.keep, in: at + 1..<end),
                let thing = first(.branding, in: span(deed + 1, deed + 9))
            {
                return (.furtherRestriction, at, thing + 1)
            }
            if let thing = first(.branding, in: range.lowerBound..<at), has(.keep, at + 1..<end) {
                return (.furtherRestriction, thing, end)
            }
            if isAgreed, let thing = first(.branding, in: span(at + 1, at + 8)),
                has(.keep, thing..<min(range.upperBound, thing + 8))
            {
                return (.furtherRestriction, at, thing + 1)
            }
        }
        return nil
    }

    private static let demanded = RiderReader.set("required mandatory obligatory")
    private static let standing = RiderReader.set("backlink banner badge watermark registration")

    /// "Do not use it without telling the author", "may not be used without the author's permission".
    func useWithoutLeave(_ isOfNames: Bool) -> Found? {
        guard !has([.implied, .notice, .technical], range) else { return nil }
        // "Ask for permission if you want to use this script", "ask me before using my code".
        if !isOfNames,
            let ask = range.first(where: { at in
                Self.asking.contains(text[at].hash)
                    && (at == range.lowerBound || self[at - 1].contains(.please)
                        || !text.gap(at).isDisjoint(with: [.newline, .hyphen]))
            }),
            has(.leave, span(ask + 1, ask + 5))
                || has(.maker, span(ask + 1, ask + 2))
                    && span(ask + 2, ask + 4).contains(where: { Self.befores.contains(text[$0].hash) }),
            let use = first([.run, .using], in: span(ask + 2, ask + 13)),
            pointsToWork(span(use + 1, use + 5))
        {
            return (.furtherRestriction, ask, use + 1)
        }
        for at in range where text.word(at) == .without {
            let behind = span(at + 1, at + 7)
            let isTold = Self.tellings.contains(text[at + 1].hash) && has(.maker, span(at + 2, at + 5))
            guard isTold || !isOfNames && has(.leave, behind),
                let not = (max(range.lowerBound, at - 14)..<at).first(where: {
                    self[$0].contains(.not) || self[$0].contains(.no) && self[$0 + 1].contains(.ware)
                }),
                isTold || self[not].contains(.no)
                    || isToldToAnyone(before: text.word(not) == .cannot ? not : not - 1),
                let use = first(.run, in: not + 1..<at), use - not < 9 || isTold
            else { continue }
            return (.furtherRestriction, not, at + 1)
        }
        return nil
    }

    private static let asking = RiderReader.set("ask")
    private static let tellings = RiderReader.set("notifying informing telling asking contacting mailing")

    // MARK: Grants that end

    /// "The license can be withdrawn at any time", "whoever sues us loses it"; not for a breach of the license itself.
    func ending() -> Found? {
        // That a patent license ends with a suit over patents stands in free licenses, too.
        guard !has([.breach, .technical, .private, .implied], range) else { return nil }
        for at in range where self[at].contains(.ending) && !isNegated(at) {
            // "Can withdraw this permission", "forfeits all rights", "loses the license".
            if !self[at].contains(.ends),
                let grant = (span(at + 1, at + 5)).first(where: isOwnGrant),
                (at + 1..<grant).contains(where: { Self.articles.contains(text[$0].hash) }) || grant == at + 1
            {
                return (.furtherRestriction, at, grant + 1)
            }
            // "The license ends when", "this permission can be revoked".
            let before = max(range.lowerBound, at - 6)..<at
            guard let grant = before.last(where: isOwnGrant),
                grant == range.lowerBound && self[grant + 1].contains(.modal)
                    || (max(range.lowerBound, grant - 4)..<grant).contains(where: {
                        Self.articles.contains(text[$0].hash)
                    }),
                (grant + 1..<at).allSatisfy({
                    !self[$0].isDisjoint(with: [.modal, .being, .adverb, .grant, .copy])
                        || text.word($0) == .be
                        || [.under, .to, .the, .license].contains(text.word($0))
                })
            else { continue }
            return (.furtherRestriction, grant, at + 1)
        }
        return nil
    }

    private static let articles = RiderReader.set(
        "this the your his her their its all any every that these such")

    /// "This license", "your rights"; not a key, a file or a patent's.
    private func isOwnGrant(_ at: Int) -> Bool {
        guard
            [.license, .permission, .rights].contains(text.word(at)) || Self.ownGrants.contains(text[at].hash)
        else {
            return false
        }
        return !self[at + 1].contains(.secret) && !Self.things.contains(text[at + 1].hash)
            && !has(.implied, max(range.lowerBound, at - 2)..<at)
    }

    private static let ownGrants = RiderReader.set("right grant permissions")
    private static let things = RiderReader.set("file files server check header headers text manager of")

    // MARK: Leave

    /// "Republishing it needs our permission", "ask me before you upload it", "only with the author's consent".
    func leaveAsked() -> [Found] {
        guard !range.contains(where: { self[$0].contains(.no) && self[$0 + 1].contains(.grant) }),
            !has([.implied, .notice], range)
        else { return [] }
        for at in range {
            let end = min(range.upperBound, at + 8)
            let isDemand =
                self[at].contains(.need) && !self[at].contains(.has) && !isNegated(at)
                && !self[at + 1].contains(.not) && !self[at - 1].contains(.maker)
            let isOnly = self[at].contains(.only) && !isNegated(at)
            if isDemand || isOnly, let leave = first(.leave, in: at + 1..<end),
                !has([.not, .no], at + 1..<leave)
            {
                let found = deedsAsked(in: clauseStart(at)..<at, from: clauseStart(at), to: leave + 1)
                if !found.isEmpty { return found }
                // "You must obtain permission from the author before redistributing it."
                if isDemand,
                    let before = span(leave + 1, leave + 12).first(where: {
                        Self.befores.contains(text[$0].hash)
                    })
                {
                    let found = deedsAsked(
                        in: before + 1..<clauseEnd(before + 1), from: at, to: before + 1)
                    if !found.isEmpty { return found }
                }
            }
            // "Ask me before you include it on a disk."
            let isOrder =
                self[at].contains(.order)
                && (at == range.lowerBound || self[at - 1].contains(.please) || isDemandBefore(at)
                    || !text.gap(at).isDisjoint(with: [.comma, .colon, .semicolon, .newline]))
            if isOrder,
                let before = (span(at + 1, at + 6)).first(where: { Self.befores.contains(text[$0].hash) })
            {
                let found = deedsAsked(
                    in: before + 1..<clauseEnd(before + 1), from: at, to: before + 1)
                if !found.isEmpty { return found }
            }
        }
        return []
    }

    private static let befores = RiderReader.set("before prior")

    private func isDemandBefore(_ at: Int) -> Bool {
        (max(range.lowerBound, at - 2)..<at).contains { self[$0].contains(.need) && isDuty($0) }
    }

    private func deedsAsked(in places: Range<Int>, from start: Int, to end: Int) -> [Found] {
        var found: [Found] = []
        if places.contains(where: isMind), has([.using, .lesson], places) {
            return [(.noAIRider, start, end)]
        }
        for at in places.prefix(8) {
            // "Commercial redistribution requires" tells of trade.
            if self[at - 1].contains(.trade) { continue }
            if self[at].contains(.sell) {
                found.append((.riderNoncommercial, start, end))
            } else if self[at].contains(.share),
                self[at].contains(.surely) || pointsToWork(span(at + 1, at + 6, in: places))
                    || has(.third, span(at + 1, at + 8, in: places))
                    || self[at].contains(.noun) && !self[at].contains(.give)
            {
                found.append((.riderNoRedistribution, start, end))
            } else if self[at].contains(.change), !has(.technical, range),
                self[at].contains(.changed) == false,
                pointsToWork(span(at + 1, at + 6, in: places))
            {
                found.append((.furtherRestriction, start, end))
            }
        }
        return found
    }

    // MARK: Parts of a sentence

    /// "Has a license" is no duty, "has to have one" is.
    func isDuty(_ at: Int) -> Bool { !self[at].contains(.has) || text.word(at + 1) == .to }

    /// "Register at the tracker to report bugs": for that, not for the work.
    private func isForOther(_ deed: Int) -> Bool {
        (deed + 1..<range.upperBound).contains {
            text.word($0) == .to && !self[$0 + 1].isEmpty
                && self[$0 + 1].isDisjoint(with: [.using, .run, .maker, .ware, .copy])
                || text.word($0) == .to && self[$0 + 1].isEmpty && text.word($0 + 1) == .other
                    && $0 > deed + 1
        }
    }

    private static let back = RiderReader.set("back upstream")
    private static let link = RiderReader.set("link")

    /// "You must", "anyone who … has to", "the link must": who got the work, or what is in it.
    private func isOfTaker(_ at: Int) -> Bool {
        has([.people, .payer, .group, .branding, .everyone, .improvement, .ware], range.lowerBound..<at)
            || at == range.lowerBound
    }

    // REUSE-IgnoreEnd
}
