// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Sentences that forbid a use, whatever their wording: who forbids, what is forbidden, and of what.
///
/// The wordings of ``patterns`` are told by words in order; here the parts of a ban are looked for each by itself: a negation with
/// its verb, the work that it is about, and the field, the trade or the reader that is shut out.
extension RiderReader {
    /// What a verb does with the work.
    private enum Deed { case use, share, sell, feed }

    /// The ban whose negation, "forbidden" or demand stands at `index`.
    func ban(at index: Int) -> (mark: EnclosureMark, start: Int, end: Int)? {
        guard Self.banHeads.contains(text[index].hash), speaksOfTerms || heads.contains(index) else {
            return nil
        }
        meter.spend(WorkMeter.Cost.word * 8)
        let found: (mark: EnclosureMark, start: Int, end: Int)?
        if Self.forbidding.contains(text[index].hash) {
            found = forbidden(index)
        } else if Self.paying.contains(text[index].hash) {
            found = payment(index)
        } else if text.word(index) == .only {
            found = reserved(index)
        } else if text.word(index) == .commons {
            found = commonsClause(index)
        } else {
            found = refusal(index)
        }
        guard let found else { return nil }
        meter.spend(WorkMeter.Cost.expression)
        guard speaksOfTerms || heads.isNearTerms(index) || isPlainly(found.mark, found.start, found.end),
            !isOfSomeLicense(found.start), !isQuoted(found.start), !isShown(found.start, found.end),
            found.mark == .riderCommonsClause || !isSoftened(found.start, found.end)
        else { return nil }
        return found
    }

    // MARK: kinds of bans
    // What the comments show is no one's word for this file.
    // REUSE-IgnoreStart

    /// "… may not be used to build weapons", "you agree not to use this library for …", "do not share it outside of …".
    private func refusal(_ index: Int) -> (mark: EnclosureMark, start: Int, end: Int)? {
        let isJoined = text.word(index) == .cannot
        let isShort = text.word(index) == .t
        // "can't", "don't"
        if isShort, !isOneOf(index - 1, Self.shortened), text.word(index - 1) != .isnt { return nil }
        let head = isJoined ? index : index - 1
        let isNever = text.word(index) == .never
        let isModal = isJoined || isShort || isNever || isOneOf(head, Self.banModals)
        // "… as long as it is not used commercially".
        let isCondition =
            !isModal && (text.word(head) == .is || text.word(head) == .are) && isConditional(head)
        let isPromise = !isModal && text.word(index + 1) == .to && isOneOf(head, Self.promises)
        let isAllowed = isOneOf(index + 1, Self.allowing)
        guard isModal || isCondition || isPromise || isAllowed else { return nil }
        // "We never share it": what the makers themselves do not do.
        if isOneOf(head, Self.makers) || isOneOf(head - 1, Self.makers)
            || isNever && (1...8).contains(where: { isOneOf(index - $0, Self.makers) })
        {
            return nil
        }
        guard let (place, deed) = verb(from: index + 1, within: 4) else { return nil }
        let isPassive =
            isCondition || (index + 1..<place).contains { text.word($0) == .be || isOneOf($0, Self.being) }
        if isPassive {
            let subject = max(0, isJoined || isNever && !isOneOf(head, Self.banModals) ? index : head)
            guard isOfWork(subject) else { return nil }
            // "Keys which should never be shared", "set-up cannot be shared by cases".
            if deed == .share {
                guard
                    isWare(subject - 1) || isOneOf(subject - 1, Self.wares) || text.word(subject - 1) == .it
                        || isOneOf(subject - 1, Self.they) || text.word(subject - 1) == .copy
                else { return nil }
                // "The formats differ, so they cannot be shared": a consequence, not a term.
                let isPronoun = text.word(subject - 1) == .it || isOneOf(subject - 1, Self.they)
                if isPronoun, subject > 1, text.text(subject - 2).lowercased() == "so" { return nil }
            }
            return classified(deed, place, from: min(index, head), hasWork: true)
        }
        // "Do not use for …", "you may not use in …".
        let isSaidToYou =
            text.word(head - 1) == .you || head == 0
            || !text.gap(head).isDisjoint(with: [.stop, .newline, .comma, .semicolon])
        let hasWork =
            isWork(place + 1) || deed == .use && isSaidToYou && isBare(place + 1)
            || deed == .share && isOneOf(place + 1, Self.outsides)
        if let found = classified(deed, place, from: min(index, head), hasWork: hasWork) { return found }
        // "Companies of the arms trade may not use this software", "for-profit organisations are not permitted to use it".
        guard deed == .use, isWork(place + 1), isModal || isAllowed, !isShort, let group = group(before: head)
        else { return nil }
        let isTrade = (group - 2...group).contains {
            text.word($0) == .commercial || isOneOf($0, Self.trades) || isOneOf($0, Self.payers)
        }
        // "Organisations with a yearly turnover of … may not use it without paying".
        let isPaid = (group..<sentenceEnd(place)).contains {
            isOneOf($0, Self.fees) || isOneOf($0, Self.revenues)
        }
        let isArms = (group..<head).contains { isOneOf($0, Self.fields) }
        return ((isTrade || isPaid) && !isArms ? .riderNoncommercial : .riderFieldOfUse, group, place + 1)
    }

    /// "The use of this source for machine learning is forbidden", "it is prohibited to sell copies", "not allowed".
    private func forbidden(_ index: Int) -> (mark: EnclosureMark, start: Int, end: Int)? {
        if isOneOf(index, Self.allowing), text.word(index - 1) != .not { return nil }
        // Behind: "forbidden to use it for …", "forbidden for use by".
        if text.word(index + 1) == .to || text.word(index + 1) == .for || text.word(index + 1) == .from,
            let (place, deed) = verb(from: index + 2, within: 2)
        {
            if deed == .use, text.word(place + 1) == .by { return (.riderFieldOfUse, index, place + 2) }
            return classified(deed, place, from: index, hasWork: isWork(place + 1) || isBare(place + 1))
        }
        // Before: a noun of what is done is the subject.
        var copula = index - 1
        while copula > index - 4, text.word(copula) == .not || isOneOf(copula, Self.adverbs) { copula -= 1 }
        guard text.word(copula) == .is || text.word(copula) == .are || text.word(copula) == .be else {
            return nil
        }
        let first = sentenceStart(copula)
        guard
            let subject = (first..<min(copula, first + 5)).first(where: { deed(of: $0, nouns: true) != nil }),
            (first..<subject).allSatisfy({ isOneOf($0, Self.determiners) || text.word($0) == .the }),
            let deed = deed(of: subject, nouns: true)
        else { return nil }
        // "Distributing it without its source is not allowed": under a condition.
        if let without = (subject..<copula).first(where: { text.word($0) == .without }),
            !(without..<copula).contains(where: { text.word($0) == .permission })
        {
            return nil
        }
        let object = text.word(subject + 1) == .of ? subject + 2 : subject + 1
        return classified(
            deed, subject, from: subject, before: copula,
            hasWork: isWork(object) || isBare(object) || object == copula)
    }

    /// "Companies must buy a license": not where who cannot keep to the license is offered another.
    private func payment(_ index: Int) -> (mark: EnclosureMark, start: Int, end: Int)? {
        guard (1...4).contains(where: { isOneOf(index - $0, Self.demands) || text.word(index - $0) == .must })
        else {
            return nil
        }
        let first = sentenceStart(index)
        guard
            let group = (first..<index).first(where: {
                isOneOf($0, Self.payers) || text.word($0) == .commercial
            })
        else { return nil }
        let last = sentenceEnd(index)
        guard (index..<last).contains(where: { text.word($0) == .license || isOneOf($0, Self.fees) }),
            !(max(0, first - 12)..<last).contains(where: {
                isOneOf($0, Self.alternatives) || text.word($0) == .cannot
            })
        else { return nil }
        return (.riderNoncommercial, group, index + 1)
    }

    /// "May be used only by non-governmental organisations."
    private func reserved(_ index: Int) -> (mark: EnclosureMark, start: Int, end: Int)? {
        guard text.word(index + 1) == .by || isOneOf(index + 1, Self.inside),
            (1...2).contains(where: { text.word(index - $0) == .use }),
            (index + 2..<min(text.count, index + 8)).contains(where: { isOneOf($0, Self.groups) })
        else { return nil }
        return (.riderFieldOfUse, index - 1, index + 3)
    }

    /// "Apache 2.0 + Commons Clause", "the MIT license with the Commons Clause".
    private func commonsClause(_ index: Int) -> (mark: EnclosureMark, start: Int, end: Int)? {
        guard text.word(index + 1) == .clause else { return nil }
        var before = index - 1
        if text.word(before) == .the || text.gap(index).contains(.quote) && text.word(before) == .a {
            before -= 1
        }
        let isAdded =
            text.gap(index).contains(.plus) || text.word(before) == .with || text.word(before) == .plus
            || text.word(before) == .and || isOneOf(before, Self.foreignWiths)
        guard isAdded,
            (max(0, before - 3)...before).contains(where: {
                text.word($0) == .license || text.word($0) == .number || isOneOf($0, Self.freeNames)
            })
        else { return nil }
        return (.riderCommonsClause, before, index + 2)
    }

    // MARK: parts of a sentence

    /// What the ban is of, told by the words behind its verb.
    private func classified(
        _ deed: Deed, _ place: Int, from start: Int, before stop: Int? = nil, hasWork: Bool
    ) -> (mark: EnclosureMark, start: Int, end: Int)? {
        let last = min(stop ?? sentenceEnd(place), place + 18)
        var sawLead = deed != .use
        var mind: Int?
        var learning: Int?
        var trade: Int?
        var field: Int?
        for at in (place + 1)..<max(place + 1, last) {
            meter.spend(WorkMeter.Cost.word * 3)
            let word = text.word(at)
            if [.for, .in, .to, .by, .with, .on, .into].contains(word) || isOneOf(at, Self.inside) {
                sawLead = true
            }
            if isOneOf(at, Self.minds) { mind = mind ?? at }
            if isOneOf(at, Self.lessons) { learning = learning ?? at }
            if word == .commercial, text.word(at - 1) != .non, sawLead { trade = trade ?? at }
            if isOneOf(at, Self.trades), sawLead || isOneOf(at, Self.commercially) { trade = trade ?? at }
            if isOneOf(at, Self.fields), sawLead { field = field ?? at }
        }
        guard hasWork else { return nil }
        // "AI companies may not use this for training."
        if mind == nil, learning != nil {
            mind = (sentenceStart(start)..<max(start, place)).first { isOneOf($0, Self.minds) }
        }
        if let mind, deed == .feed || learning != nil {
            return (.noAIRider, start, max(mind, learning ?? 0) + 1)
        }
        switch deed {
        case .use:
            // "By organisations that run prisons for profit": of them, not of trade.
            if let trade,
                let group = (place..<trade).first(where: {
                    isOneOf($0, Self.groups) || isOneOf($0, Self.bodies)
                }),
                (max(place, group - 2)..<group).contains(where: { text.word($0) == .by }),
                isOneOf(group + 1, Self.thatDo)
            {
                return (.riderFieldOfUse, start, group + 2)
            }
            if let trade { return (.riderNoncommercial, start, trade + 1) }
            return field.map { (.riderFieldOfUse, start, $0 + 1) }
        case .sell: return (.riderNoncommercial, start, place + 1)
        case .share:
            if let trade { return (.riderNoncommercial, start, trade + 1) }
            return isOneOf(place + 1, Self.parties) || isOfParts(place + 1)
                ? nil : (.riderNoRedistribution, start, place + 1)
        case .feed: return nil
        }
    }

    private func verb(from start: Int, within reach: Int) -> (place: Int, deed: Deed)? {
        for at in start..<min(text.count, start + reach) {
            if isBreak(at) { return nil }
            if let deed = deed(of: at, nouns: false) { return (at, deed) }
            guard text.word(at) == .be || text.word(at) == .to || isOneOf(at, Self.betweens) else {
                return nil
            }
        }
        return nil
    }

    private func deed(of index: Int, nouns: Bool) -> Deed? {
        guard index >= 0, index < text.count else { return nil }
        let hash = text[index].hash
        if text.word(index) == .use || Self.uses.contains(hash) { return .use }
        if Self.sellings.contains(hash) { return .sell }
        if Self.sharings.contains(hash) || text.word(index) == .share { return .share }
        if Self.feedings.contains(hash) { return .feed }
        guard nouns else { return nil }
        if Self.usings.contains(hash) { return .use }
        if Self.sellingNouns.contains(hash) { return .sell }
        if Self.sharingNouns.contains(hash) { return .share }
        return Self.feedingNouns.contains(hash) ? .feed : nil
    }

    /// "it", "them", "this library", "any part of the code", "modified copies".
    private func isWork(_ start: Int) -> Bool {
        var at = start
        while at < start + 6,
            isOneOf(at, Self.portions) || [.any, .all, .of, .or, .copy, .modified].contains(text.word(at))
        {
            at += 1
        }
        let isPortion = at > start
        switch text.word(at) {
        case .it: return true
        case .this, .these, .the, .that, .our, .its:
            // "this project's tracker"
            if (at + 2...at + 4).contains(where: {
                text.word($0) == .s && text.byteBefore($0) == UInt8(ascii: "'")
            }) {
                return false
            }
            return (at + 1...at + 3).contains { isOneOf($0, Self.wares) || isWare($0) }
                || text.word(at) == .this && !isPortion
                    && [.for, .in, .to, .with].contains(text.word(at + 1))
        default:
            if isOneOf(at, Self.thems) { return true }
            return isPortion
                && (isOneOf(at, Self.wares) || isWare(at) || isOneOf(at - 1, Self.copies)
                    || text.word(at - 1) == .copy)
        }
    }

    private func isWare(_ index: Int) -> Bool {
        [
            .software, .program, .code, .source, .library, .package, .module, .file, .files, .script, .work,
            .project, .document, .documentation, .texts, .text,
        ]
        .contains(text.word(index))
    }

    /// "may not be used for …" without an object: "not for use in", "do not use for".
    private func isBare(_ index: Int) -> Bool {
        [.for, .in].contains(text.word(index)) || isOneOf(index, Self.commercially)
            || isOneOf(index, Self.outsides)
    }

    /// Those who are shut out, before the verb of the sentence.
    private func group(before head: Int) -> Int? {
        let first = sentenceStart(head)
        guard head - first < 16 else { return nil }
        guard !(first..<head).contains(where: { [.you, .license, .if].contains(text.word($0)) }) else {
            return nil
        }
        return (first..<head).first { isOneOf($0, Self.groups) || isOneOf($0, Self.payers) }
            ?? (first..<head).first { text.word($0) == .commercial || isOneOf($0, Self.trades) }
    }

    /// "provided that", "as long as", before the place in its sentence.
    private func isConditional(_ place: Int) -> Bool {
        (max(0, place - 8)..<place).contains {
            text.word($0) == .provided && text.word($0 + 1) == .that
                || isOneOf($0, Self.long) && text.word($0 + 1) == .as
                || text.word($0) == .condition && text.word($0 + 1) == .that
        }
    }

    private func isSoftened(_ start: Int, _ end: Int) -> Bool {
        for at in max(0, start - 10)..<min(text.count, end + 10) {
            if isOneOf(at, Self.exempting) { return true }
            if at >= end, isBreak(at) { break }
        }
        // "This token is a secret: do not share it."
        return (max(0, start - 10)..<start).contains {
            isOneOf($0, Self.secrets) && !text.gap(start).contains(.blankLine)
        } || (max(0, start - 6)..<start).contains { text.word($0) == .if }
    }

    private func sentenceStart(_ index: Int) -> Int {
        var first = index
        while first > 0, index - first < 40, !isBreak(first) {
            // A clause of its own: "MIT, but using it for …".
            if text.gap(first).contains(.semicolon) || text.word(first - 1) == .but
                || isOneOf(first - 1, Self.turns)
                || text.gap(first).contains(.colon)
            {
                return first
            }
            first -= 1
        }
        return first
    }

    private func sentenceEnd(_ index: Int) -> Int {
        var last = index + 1
        while last < text.count, last - index < 40, !isBreak(last), !text.gap(last).contains(.semicolon) {
            last += 1
        }
        return last
    }

    // MARK: words

    // REUSE-IgnoreStart
    private static let forbidding = set(
        "prohibited forbidden disallowed banned allowed permitted authorized authorised")
    private static let allowing = set("allowed permitted authorized authorised licensed")
    private static let paying = set("buy purchase obtain pay acquire contact")
    private static let banHeads = set(
        "not never cannot t prohibited forbidden disallowed banned allowed permitted authorized authorised buy purchase obtain pay acquire contact only commons"
    )
    private static let shortened = set("can don mustn shouldn may won shan")
    private static let banModals = set("may must shall can should do and or")
    private static let promises = set("agree agrees promise undertake required asked requested and")
    private static let being = set("get being")
    private static let betweens = set(
        "allowed permitted authorized authorised licensed ever knowingly in any way also then or directly indirectly re"
    )
    private static let adverbs = set("strictly expressly hereby explicitly also therefore absolutely")
    private static let determiners = set("any all a commercial further")
    private static let uses = set(
        "employ employed deploy deployed incorporate incorporated embed embedded bundle bundled")
    private static let usings = set(
        "usage using deploying employing deployment incorporation exploitation application bundling embedding shipping reproduction copying duplication"
    )
    private static let sellings = set("sell sold resell resold monetize monetized monetise monetised")
    private static let sellingNouns = set("selling reselling sale resale monetization")
    private static let sharings = set(
        "shared republish republished publish upload uploaded reupload repost reposted mirror mirrored rehost rehosted forward"
    )
    private static let sharingNouns = set(
        "uploading reuploading mirroring rehosting reposting republishing sharing redistributing")
    private static let feedings = set(
        "feed fed ingest ingested scrape scraped train trained mine mined include included contain contained submit submitted add added"
    )
    private static let feedingNouns = set("training scraping ingestion feeding crawling mining inclusion")
    private static let minds = set(
        "ai llm llms ml artificial machine neural generative gpt chatbots speech voice diffusion generators")
    private static let lessons = set(
        "train training trained learning dataset datasets corpus corpora data models model intelligence scraping"
    )
    private static let trades = set(
        "profit money paid sold revenue sale resale commerce commercially moneymaking profitable")
    private static let commercially = set("commercially")
    private static let fields = set(
        """
        military militaries weapon weapons weaponry warfare war surveillance nuclear armed army armies police policing facial biometric gambling tobacco drones
        defence defense torture immigration deportation missile missiles bombs harm harms harming kill kills killing injure unethical immoral evil racist
        discriminate discrimination pornography casino casinos
        """)
    static let payers = set(
        "companies company businesses business corporations corporation corporate enterprises enterprise firms firm industrial industry"
    )
    private static let groups = set(
        """
        companies employees employee members residents citizens governments government organisations organizations corporations agencies agency police armies
        individuals institutions universities students customers contractors businesses firms militaries
        """)
    private static let bodies = set("organization organisation entity entities person persons anyone")
    static let thatDo = set("that which who whose engaged involved")
    private static let revenues = set("paying payment turnover revenue revenues income sales profit")
    private static let demands = set("need needs have has shall required")
    private static let fees = set("fee fees subscription edition us")
    private static let alternatives = set(
        "alternatively instead prefer prefers wish wishes want wants proprietary closed otherwise comply unable cannot dual don"
    )
    private static let inside = set("within inside among")
    private static let foreignWiths = set("com con avec mit met med")
    private static let freeNames = set("mit apache gpl gplv agpl bsd mpl lgpl")
    private static let wares = set(
        """
        app application game mod font fonts image images picture pictures photo photos artwork art icon icons music song songs sound sounds recording recordings
        video videos film data dataset database model models works documents book material materials content contents map maps texture textures template theme
        binary binaries product release archive tool plugin repository sources scripts assets codebase
        """)
    private static let portions = set(
        "part parts portion portions versions version copies derivatives derivative changed")
    private static let copies = set("copies versions derivatives")
    static let makers = set("we i")
    private static let thems = set("them"), they = set("they copies")
    private static let outsides = set("outside beyond externally")
    private static let long = set("long")
    private static let turns = set("however yet and")
    private static let exempting = set(
        "except unless endorse promote trademark trademarks logo logos name names advertising publicity misrepresented claim warranty"
    )
    // REUSE-IgnoreEnd
}
