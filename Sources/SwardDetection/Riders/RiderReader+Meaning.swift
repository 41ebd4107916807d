// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Whether words that match a wording mean it.
extension RiderReader {
    /// `Unpublished</source>`: the name of an element, not a word of the sentence.
    private func isTagName(_ index: Int) -> Bool {
        let start = Int(text[index].start)
        guard start > 1 else { return false }
        let before = text.bytes[start - 1]
        return before == UInt8(ascii: "<")
            || before == UInt8(ascii: "/") && text.bytes[start - 2] == UInt8(ascii: "<")
    }

    /// Words that turn the meaning, and words that only sound alike.
    func isMeant(_ mark: EnclosureMark, _ start: Int, _ end: Int) -> Bool {
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
            var head = start
            while head > max(0, start - 14), !isBreak(head) { head -= 1 }
            for at in head..<min(text.count, end + 14) {
                // "Changed or not": no condition.
                let isEither =
                    text.word(at + 1) == .or
                    && ([.not, .other].contains(text.word(at + 2)) || isOneOf(at + 2, Self.otherwise))
                // "May not be distributed without the file license.txt".
                if text.word(at) == .without, text.word(at + 1) == .the || text.word(at + 1) == .this,
                    [.file, .license, .copyright].contains(text.word(at + 2))
                {
                    return false
                }
                if Self.softeners.contains(text[at].hash), !isEither, !isUnlessPermitted(at) { return false }
                if at > end, isBreak(at) { break }
            }
            // "Some distributions do not distribute it" is no order.
            let isOrder =
                text[start].hash != Self.do || text.word(start - 1) == .you
                || isOneOf(start - 1, Self.askings)
                || start == 0 || text.gap(start) != .space
            // "In an environment where you do not distribute binaries."
            let isRelative = text.word(start - 1) == .you && isOneOf(start - 2, Self.relating)
            return isOrder && !isRelative && !before.contains(.if) && isOfWork(start)
                && !isOneOf(end, Self.parties)
                && !isOfSecrets(end) && !(max(0, start - 10)..<start).contains { isOneOf($0, Self.secrets) }
                && !isOfParts(end) && !isLeftOut(start) && !isLabel(start, end)
        case .contributorAgreement:
            // "Each contributor hereby grants to you."
            if (start..<min(text.count, start + 6)).contains(where: {
                text.word($0) == .to && text.word($0 + 1) == .you
            }) {
                return false
            }
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
        // "Free to use noncommercially" may be said of anything.
        case .riderNoncommercial where isOneOf(end - 1, Self.adverbs) && !namesGoods(start, end): return false
        // "By companies that pollute": some of them, whatever they use it for.
        case .riderNoncommercial where isOneOf(end - 1, Self.payers) && isOneOf(end, Self.thatDo):
            return false
        case .riderFieldOfUse where isOfName(start), .riderNoncommercial where isOfName(start): return false
        case .riderNoncommercial where isOfOther(start, end): return false
        case .noAIRider where isFact(start): return false
        // "Whether mining of texts is permitted": a question that a form asks.
        case .noAIRider where (max(0, start - 8)..<end).contains { isOneOf($0, Self.whethers) }:
            return false
        case .riderNoncommercial where isOfPlans(start, end) || isOfNamedTool(start): return false
        // "Should only be used in conjunction with": advice.
        case .riderFieldOfUse where isOneOf(start - 1, Self.advising): return false
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
            // "No permission is granted to use the trademarks."
            if (start..<min(text.count, end + 10)).contains(where: { at in
                isOneOf(at, Self.trademarks) && !(end..<max(end, at)).contains { isBreak($0) }
            }) {
                return false
            }
            let isOfSecrets = text[start].hash != Self.proprietary
            return isSaid && !before.contains(.not)
                && (isOfSecrets
                    || !before.contains(.or) && !before.contains(.with) && !before.contains(.to))
        // "As they must not be destroyed they have to be disassembled."
        case .eulaBesideCopyleft:
            return !before.contains(.if) && !(start..<end).contains { isOneOf($0, Self.turning) }
                && !isOfFreeTerms(start, end)
        default: return true
        }
    }

    /// "The lab network is for evaluation only": of something else than the work.
    private func isOfOther(_ start: Int, _ end: Int) -> Bool {
        guard let only = (start..<end + 2).first(where: { text.word($0) == .only }),
            // Nothing but a work is noncommercial.
            !(max(0, start - 2)..<end).contains(where: isNoncommercial)
        else { return false }
        var first = start
        while first > 0, start - first < 24, !isBreak(first) { first -= 1 }
        return SentenceReader(text: text, range: first..<max(end, only + 1))?.isOfOther(only) ?? false
    }

    /// "Respect their license (free for noncommercial use only)", "its free tier is for research only", "Disclaimer: for educational
    /// purposes only", "the article is copyright of its publisher, and it may not …".
    func isOfOthersTerms(_ start: Int, _ end: Int) -> Bool {
        (start..<end).contains { at in
            isOneOf(at, Self.others)
                || isOneOf(at, Self.theirs) && [.license, .terms].contains(text.word(at + 1))
                // "Many are free for noncommercial use only."
                || isOneOf(at, Self.several) && text.word(at + 1) == .are
        }
            || (max(0, start - 6)..<min(start + 2, text.count)).contains { isOneOf($0, Self.disclaimers) }
                && (start..<end).contains { isOneOf($0, Self.lessons) }
    }

    /// "We do not provide what the models were trained on", "the model is not trained for": no word to who has the work.
    private func isFact(_ start: Int) -> Bool {
        if isOneOf(start - 1, Self.makers) || isOneOf(start - 2, Self.makers) {
            return !(start + 1...start + 2).contains { isOneOf($0, Self.granting) }
        }
        return (text.word(start - 1) == .is || text.word(start - 1) == .are)
            && (start + 1...start + 2).contains { isOneOf($0, Self.learned) }
    }

    /// "Sold as a product or as a service", "das Recht, sie zu verkaufen": the right to sell, and no other, is taken away.
    func isOfServices(_ words: Range<Int>) -> Bool {
        guard words.contains(where: { isOneOf($0, Self.sellings) }),
            !words.contains(where: { isOneOf($0, Self.tradings) && text.word($0 - 1) != .non })
        else { return false }
        return words.contains { at in
            isOneOf(at, Self.services)
                || isOneOf(at, Self.rightsTo) && (at + 1..<at + 6).contains { isOneOf($0, Self.sellings) }
        }
    }

    /// "The corpus is research only. We do not ship it.": of what is not in the work.
    func isOfAbsent(_ words: Range<Int>) -> Bool {
        var first = words.lowerBound, last = words.upperBound
        while first > 0, words.lowerBound - first < 16, !text.gap(first).contains(.blankLine) { first -= 1 }
        while last < text.count, last - words.upperBound < 10, !text.gap(last).contains(.blankLine) {
            last += 1
        }
        return (first..<last).contains { at in
            text.word(at) == .not && isOneOf(at - 1, Self.doing)
                && (at + 1...at + 2).contains { isOneOf($0, Self.shipping) && isOneOf($0 + 1, Self.it) }
                || isOneOf(at, Self.apart) && text.word(at - 1) == .not && isOneOf(at - 2, Self.doing)
                    && text.word(at + 1) == .of
        }
    }

    private static let doing = set("do does is are"), apart = set("part"), it = set("it them")
    private static let shipping = set("ship include bundle distribute provide host")

    /// "May not be sold by themselves": of fonts under the OFL, as it says itself (§1).
    func isAloneAsFont(_ words: Range<Int>) -> Bool {
        words.contains { isOneOf($0, Self.alone) && isOneOf($0 - 1, Self.byThemselves) }
            && (max(0, words.lowerBound - 60)..<min(text.count, words.upperBound + 60)).contains {
                isOneOf($0, Self.fontLicenses) || text.word($0) == .open && isOneOf($0 + 1, Self.fonts)
            }
    }

    private static let sellings = set(
        "sell sells selling sold resell verkaufen verkauft verkauf vente vendre vendu vendue venta vender vendido vendida vendita vendere venduto venda"
    )
    private static let tradings = set(
        "commercial commercially profit noncommercial kommerziell kommerzielle gewerblich commerciale comercial comerciales commerciali"
    )
    private static let services = set(
        "service services hosting consulting dienstleistung dienstleistungen servicio servicios serviço serviços servizio servizi"
    )
    private static let rightsTo = set("recht droit derecho direito diritto")
    private static let alone = set("itself themselves own alone"), byThemselves = set("by on their its")
    private static let fontLicenses = set("ofl"), fonts = set("font")

    private static let relating = set("where if when unless because that")
    private static let others = set("tier tiers plan plans advice constitute article articles optional")
    private static let lessons = set("educational informational illustrative demonstration")
    private static let theirs = set("their"), several = set("many most some"),
        disclaimers = set("disclaimer disclaimers")
    private static let granting = set("allow permit consent grant want agree authorize authorise give")
    private static let learned = set("trained"), advising = set("should"), turning = set("they have")

    /// "The name 'X' may not be used for …".
    private func isOfName(_ start: Int) -> Bool {
        (max(0, start - 4)..<start).contains { isOneOf($0, Self.names) && !isBreak($0 + 1) }
    }

    /// "It had a 'noncommercial use only' blurb": what is quoted is spoken of.
    func isQuoted(_ start: Int) -> Bool {
        // `license = "non-commercial use only"` says it.
        guard role != .licenseText, text.word(start - 1) != .license else { return false }
        for at in stride(from: start, through: max(0, start - 3), by: -1) {
            let gap = text.gap(at)
            // A value, or what another string closes.
            if at < start, !gap.isDisjoint(with: [.stop, .newline, .comma, .equals]) { return false }
            // Nothing but a quote: the apostrophe of "l'uso".
            if gap.contains(.quote), gap != .quote, gap.isDisjoint(with: [.newline, .colon]),
                at == start || text[at].length > 2,
                // "The `ee/` directory": what is quoted has ended.
                text.byteBefore(at) != UInt8(ascii: " ")
            {
                return at == start || (start..<min(text.count, start + 12)).contains { isQuoteEnd($0 + 1) }
            }
        }
        return false
    }

    /// Not the apostrophe of "don't".
    private func isQuoteEnd(_ index: Int) -> Bool {
        text.gap(index).contains(.quote) && text.gap(index) != .quote
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
            (text.word(at) == .commercial || isOneOf(at, Self.adverbs) && !isNoncommercial(at))
                && text.word(at - 1) != .non
                && ([.and, .or].contains(text.word(at + 1)) && isNoncommercial(at + 2)
                    // "Free for academic and commercial use."
                    || at > start && [.and, .or].contains(text.word(at - 1)))
        }
    }

    /// "A license that says 'for noncommercial use only' is not free": of licenses, not of this work's.
    func isOfSomeLicense(_ start: Int) -> Bool {
        if isOtherBranch(start) || isWished(start) { return true }
        var at = start
        while at > 0, start - at < 20 {
            if !text.gap(at).isDisjoint(with: [.stop, .blankLine]) { return false }
            at -= 1
            if isOfRetrieved(at) { return true }
            // "If you are not the intended recipient you may not copy this message": of mail.
            if isOneOf(at, Self.recipients), isOneOf(at - 1, Self.intended) { return true }
            // "The EULA of its publisher, which forbids …".
            if isOneOf(at, Self.agreements), text.word(at + 1) == .of, isOneOf(at + 2, Self.ofOthers) {
                return true
            }
            if text.word(at) == .license, [.a, .any, .no, .other, .such].contains(text.word(at - 1)),
                text.word(at - 1) != .other || isOneOf(at - 1, Self.indefinite),
                isOneOf(at + 1, Self.relatives)
            {
                return true
            }
        }
        return false
    }

    /// "Under either a) the GPL, or b) the Well licence: …": what stands there whoever takes the other branch need not keep.
    private func isOtherBranch(_ start: Int) -> Bool {
        var sawOr = false
        for at in stride(from: start - 1, through: max(0, start - Self.longestChoice), by: -1) {
            if sawOr, text.word(at) == .either { return true }
            if text.word(at) == .or, text[at + 1].length == 1, text.gap(at + 2).contains(.close) {
                sawOr = true
            }
        }
        return false
    }

    private static let longestChoice = 90
    private static let recipients = set("recipient recipients addressee"), intended = set("intended the")
    private static let agreements = set("eula license licence terms agreement")
    static let ofOthers = set("its their whose another each whoever")
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
            // "May be copied and used for …", at the head of a source.
            || inSentence.first.map { text.word($0) == .may && heads.contains($0) } ?? false
            // `license = "non-commercial use only"`
            || text.word(start - 1) == .license
            || namesGoods(start, end)
    }

    private func namesGoods(_ start: Int, _ end: Int) -> Bool {
        let span = sentence(start, end)
        return (max(0, start - 60)..<min(text.count, end + 30)).contains {
            span.contains(Int(text[$0].start)) && Self.goods.contains(text[$0].hash)
                && (text.word($0) != .work || text.word($0 - 1) != .to)
        }
    }

    private static let adverbs = set("commercially noncommercially")

    static let goods = set(
        """
        software program programs code source file files script package library module plugin app application game mod font fonts image images
        picture pictures photo photos photographs drawing drawings artwork art illustrations icon icons music song songs sound sounds recording recordings audio video
        videos film data dataset database model models mesh work works document documents documentation text texts book material materials content
        contents map maps texture textures sample samples template theme binary binaries product distribution release archive tool
        """)
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
    static let secrets = set(
        "key keys password passwords token tokens credential credentials secret secrets")
    private static let includings = set("included shipped bundled packaged provided")
    private static let modals = set("must shall can cannot")
    private static let works = set(
        """
        you they it that which who one nobody copies copy works work material materials content contents product products binaries binary source sources
        document documents documentation text texts image images picture pictures photo photos photographs recording recordings music font fonts data dataset
        database artwork art assets asset models model book books part parts portion portions thereof derivatives versions version herein distribution
        reproduction publication licensee recipient user users customer customers company everyone therefore also
        """)

    private static let `do` = Lexemes.hash("do".utf8), proprietary = Lexemes.hash("proprietary".utf8)
    private static let grant = Lexemes.hash("grant".utf8), grants = Lexemes.hash("grants".utf8)
    private static let askings = set("please and but so")
    private static let contributions = set(
        "contribution contributions contributor contributors patch submission")
    private static let softeners = set(
        "assignment constructor except unless endorse promote trademark trademarks name names notice claim misrepresented original modified provided compliance"
    )
    private static let names = set("name names"), otherwise = set("otherwise")
    private static let trademarks = set(
        "endorse promote trademark trademarks logo logos advertising publicity")
}
