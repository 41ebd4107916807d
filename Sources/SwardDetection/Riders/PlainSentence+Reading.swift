// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// What a plain sentence takes back.
extension PlainSentence {
    // What the comments show is no one's word for this file.
    // REUSE-IgnoreStart

    /// - Parameter isCode: In the head of a source, where "do not change" tells how the file is made.
    /// - Returns: One of each mark, with the place of the word that it is about.
    func read(isCode: Bool) -> [SentenceReader.Found] {
        guard isWorthReading else { return [] }
        var found: [EnclosureMark: Int] = [:]
        let isOfNames = has(.naming), isConditional = isConditional
        for place in kinds.indices where !kinds[place].isDisjoint(with: .matters) {
            func add(_ mark: EnclosureMark, _ isSo: Bool) {
                if isSo, found[mark] == nil { found[mark] = place }
            }
            if !isOfNames {
                add(.riderNoncommercial, (!isCode || !kinds[place].contains(.sell)) && isOfTrade(place))
                add(
                    .riderFieldOfUse,
                    (!isCode || !isOne(place, of: PlainWord.ofPrograms)) && isOfField(place))
                // Programs share, change and pass on much that is no work.
                if !isConditional, !isCode {
                    add(.riderNoRedistribution, isOfSharing(place))
                    add(.furtherRestriction, isOfChange(place))
                }
            }
            add(.noAIRider, isOfMinds(place))
            add(.furtherRestriction, isOfDuty(place))
        }
        if found[.riderFieldOfUse] == nil, isForSomeOnly { found[.riderFieldOfUse] = 0 }
        if found[.furtherRestriction] == nil, let end = ending { found[.furtherRestriction] = end }
        if found[.noAIRider] != nil {
            found[.riderNoncommercial] = nil
            found[.riderFieldOfUse] = nil
        }
        if found[.riderNoncommercial] != nil, !has([.trade, .sell, .paid]) {
            if found[.riderFieldOfUse] != nil {
                found[.riderNoncommercial] = nil
            } else if !has([.paying, .coin, .costing, .tariff, .buying]), let group = relativeGroup {
                // "Companies that exploit animals": some of them, whatever they use it for.
                found[.riderNoncommercial] = nil
                found[.riderFieldOfUse] = group
            }
        }
        return found.sorted { ($0.value, $0.key.rawValue) < ($1.value, $1.key.rawValue) }.map {
            ($0.key, range.lowerBound + $0.value, range.lowerBound + $0.value + 1)
        }
    }

    /// Far from any terms: what is plainly a ban, and said to whoever has the work.
    func readFar() -> [SentenceReader.Found] {
        // "Improvements must be sent back to the author."
        if has(.improve), has(.send), hasOne(of: PlainWord.back), has(.maker) {
            return read(isCode: false).filter { $0.mark == .furtherRestriction }
        }
        guard hasOne(of: PlainWord.addressed), has(.work) else { return [] }
        return read(isCode: false).filter { hit in
            let place = hit.start - range.lowerBound
            guard isRefused(place), place >= answer || answer == 0 else { return false }
            return switch hit.mark {
            case .riderNoRedistribution: self[place].contains(.surely)
            case .riderNoncommercial: !self[place].isDisjoint(with: [.trade, .sell]) && has(.use)
            case .noAIRider: has(.lesson)
            default: false
            }
        }
    }

    // MARK: Trade

    private func isOfTrade(_ place: Int) -> Bool {
        var kind = self[place]
        let next = self[place + 1]
        // "Paid apps."
        if kind.contains(.paid), next.contains(.work) { kind.formUnion(.trade) }
        if kind.contains(.small), !isOfOthers {
            if has(.rest, from: place + 1, before: place + 16), isDemanded(place) { return true }
            if has(.only, from: place - 4, before: place + 6), !isNegated(place), !isOfOtherThing(place),
                has([.use, .allow], from: place - 6, before: place + 7)
            {
                return true
            }
        }
        guard !kind.isDisjoint(with: [.trade, .payer, .sell]), !isOne(place - 1, of: PlainWord.non),
            !next.contains(.offer), !isOfOthers,
            // "Not possible without company backing."
            !kind.isDisjoint(with: [.trade, .sell]) || has([.use, .grant, .work, .pay, .ask])
        else { return false }
        // "The right to sell remains with the author."
        if kind.contains(.sell), has(.kept, from: place + 1, before: place + 6),
            has(.maker, from: place + 1, before: place + 10)
        {
            return true
        }
        // "A commercial license is available" is an offer, "is required" none.
        if next.contains(.grant), !kind.contains(.sell), !has(.need, from: place + 1, before: place + 7) {
            return false
        }
        guard !isGivenFreely, !has(.offer) else { return false }
        return isRefused(place) || isDemanded(place) && !has(.wish)
    }

    /// "The lab network is for evaluation only": what is spoken of is no work.
    private func isOfOtherThing(_ place: Int) -> Bool {
        guard let verb = (0..<place).first(where: { isOne($0, of: PlainWord.being) }), verb > 0 else {
            return false
        }
        return !has([.work, .use, .grant, .share, .surely], before: verb)
    }

    /// "Commercial use is fine."
    private var isGivenFreely: Bool {
        kinds.indices.contains {
            self[$0].contains(.welcome) && !isNegated($0) && !isOne($0 - 1, of: PlainWord.okays)
                && !has(.only, from: $0 - 2, before: $0 + 4)
        }
    }

    /// Of the lists, the tracker or the tests of a project.
    private var isOfOthers: Bool { has(.elsewhere) }

    // MARK: Passing on

    private func isOfSharing(_ place: Int) -> Bool {
        let kind = self[place]
        if kind.contains(.hold) { return !isOfOthers && !has(.may, before: place) }
        let isSure = kind.contains(.surely)
        guard isSure || kind.contains(.share), !has(.trade, from: place, before: place + 6), !isOfOthers,
            !hasOne(of: PlainWord.contributing)
        else { return false }
        let isOfWork = has([.abroad, .work], from: place + 1, before: place + 7)
        if isSure || isOfWork, isLeaveAsked(place) { return true }
        if isSure {
            if isRefused(place) || has(.kept, from: place + 1, before: place + 5) { return true }
        } else if isOfWork || place < answer {
            if isRefused(place) { return true }
        } else if isOne(place - 1, of: PlainWord.for), isNot(place - 2) {
            return true
        }
        // "Distribution is solely through our page", "only we may distribute it".
        return kind.contains(.passing) && has(.only, from: place - 5, before: place + 4)
            && has(.maker, from: place - 5, before: place + 8)
    }

    /// "Republishing needs our consent", "ask me before you put it on your page".
    private func isLeaveAsked(_ place: Int) -> Bool {
        guard has(.leave) else { return false }
        if isOne(0, of: PlainWord.asking) { return hasOne(of: PlainWord.firstly, from: 1, before: place) }
        guard let need = first(.need, from: place - 6, before: place + 9) else { return false }
        return !isNegated(need) && has([.maker, .ask], from: min(need, place) - 2)
    }

    // MARK: Fields

    private func isOfField(_ place: Int) -> Bool {
        let kind = self[place]
        if kind.contains(.device), has(.use, from: place - 9, before: place) {
            // "On devices made by us only", "with other providers is not permitted".
            if has(.only, from: place - 9, before: place + 3),
                has(.maker, from: place - 4, before: place + 5)
                    || hasOne(of: PlainWord.official, from: place - 4, before: place)
            {
                return true
            }
            if has(.abroad, from: place - 2, before: place), isRefused(place) { return true }
        }
        guard !kind.isDisjoint(with: [.field, .compete]), !isOfOthers else { return false }
        if isRefused(place) { return true }
        guard kind.contains(.field) else { return false }
        if hasOne(of: PlainWord.excepting, from: place - 4, before: place), has([.person, .use, .may]) {
            return true
        }
        return has(.only, from: place - 3, before: place + 5)
            && has([.use, .work], from: place - 5, before: place + 1)
    }

    /// "Only vegans may use this software."
    private var isForSomeOnly: Bool {
        guard isOne(0, of: PlainWord.onlys), !has(.small, before: 6), !has([.naming, .elsewhere]),
            !isOne(1, of: PlainWord.notSome),
            let modal = first(.may, from: 1, before: 9), isOne(modal, of: PlainWord.permitting)
        else { return false }
        return self[modal + 1].contains(.use) && has(.work, from: modal + 2, before: modal + 5)
            && !has(.work, before: modal)
    }

    private var relativeGroup: Int? {
        kinds.indices.first { self[$0].contains(.payer) && isOne($0 + 1, of: PlainWord.relatives) }
    }

    // MARK: Machine learning

    private func isOfMinds(_ place: Int) -> Bool {
        guard !isOfOthers else { return false }
        if self[place].contains(.mind) {
            // "Until no AI specialist joins, I keep this AI."
            // "AI training: no", not "AI WARNING: NO LOGGING IN HOT PATHS".
            guard
                place < answer
                    ? has([.lesson, .use, .grant], before: answer) || has(.lesson) || count - answer <= 4
                    : has([.lesson, .use, .grant]) || answer > 0 || has(.work, before: place)
            else {
                return false
            }
            return isRefused(place) || has([.kept, .ban]) || isDemanded(place)
                || hasOne(of: PlainWord.keeping) && hasOne(of: PlainWord.out)
        }
        guard self[place].contains(.lesson), has(.work),
            !hasOne(of: PlainWord.apart), has(.lesson, before: place) || has(.lesson, from: place + 1),
            hasOne(of: PlainWord.learning)
        else { return false }
        return isRefused(place)
    }

    // MARK: Changes and duties

    private func isOfChange(_ place: Int) -> Bool {
        // "If money changes hands."
        guard self[place].contains(.change), !isOfOthers, !isOne(place + 1, of: PlainWord.hands),
            !hasOne(of: PlainWord.notices),
            // "Must not be modified while it is in use": what programs do.
            !hasOne(of: PlainWord.whiles, from: place + 1, before: place + 4)
        else { return false }
        let isNone = self[place - 1].contains(.no)
        if isNone {
            // "No derivatives", not "no changes".
            return self[place].contains(.version)
                && (place == count - 1 || gap(place + 1).contains(.comma))
        }
        if isRefused(place),
            has(.work, from: place + 1, before: place + 6)
                || has([.allow, .ban], from: place, before: place + 10)
                || count <= 4 && (0..<place).contains(where: isNot)
        {
            return true
        }
        if has(.staying) { return true }
        return has(.need, from: place - 2, before: place + 8) && has(.leave, from: place, before: place + 8)
            && has(.maker) && !isNegated(first(.need, from: place - 2, before: place + 8) ?? 0)
    }

    private func isOfDuty(_ place: Int) -> Bool {
        let kind = self[place]
        guard !isOfOthers else { return false }
        // "If you improve it, you owe us the patch", "send your changes to us".
        if kind.contains(.improve), !has(.wish), has(.send, from: place - 8, before: place + 10),
            has(.maker) || hasOne(of: PlainWord.back)
        {
            if let need = first(.need), !isNegated(need) { return true }
            if isOne(0, of: PlainWord.sending) || has(.kept, from: place, before: place + 3) { return true }
        }
        // "Each handler must be registered": what programs do.
        if kind.contains(.notify), !has(.wish),
            !isOne(place - 1, of: PlainWord.be) || has([.work, .person], before: place)
        {
            if let need = first(.need, from: place - 6, before: place), !isNegated(need), has(.use) {
                return true
            }
            if has(.only, from: place - 3, before: place), has(.use), has(.allow) { return true }
        }
        // "A copy of any product made with it must be sent to the author."
        if kind.contains(.gift), !has(.wish), let send = first(.send, from: place - 6, before: place + 10),
            let need = first(.need, from: place - 8, before: place + 10), !isNegated(need), need < send,
            has(.maker, from: send + 1, before: send + 5)
        {
            return true
        }
        // "Every page must show our banner."
        if kind.contains(.brand), has(.display, from: place - 6, before: place + 8),
            let need = first(.need, from: place - 6, before: place + 6), !isNegated(need)
        {
            return true
        }
        return false
    }

    /// "I may revoke this permission whenever I like", "your right to use it ends when …".
    private var ending: Int? {
        guard !has([.breach, .elsewhere, .naming]),
            let end = first(.end), !isNegated(end), has(.grant, from: end - 6, before: end + 6),
            hasOne(of: PlainWord.whens), hasOne(of: PlainWord.articles, from: end - 6, before: end + 4)
        else { return nil }
        return end
    }

    // REUSE-IgnoreEnd
}
