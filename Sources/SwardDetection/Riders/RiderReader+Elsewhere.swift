// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Words that restrict, but something else than the work, or in no one's name.
extension RiderReader {
    // What the comments show is no one's word for this file.
    // REUSE-IgnoreStart

    /// "Distributed under the GPL. By installing it you agree to these terms": to those of a free license.
    func isOfFreeTerms(_ start: Int, _ end: Int) -> Bool {
        (start..<min(text.count, end + 5)).contains { at in
            [.this, .these].contains(text.word(at))
                && (text.word(at + 1) == .license || text.word(at + 1) == .terms)
        }
            && (max(0, start - 30)..<start).contains { at in
                isOneOf(at, Self.freeLicenses) && !(at..<start).contains { text.gap($0).contains(.blankLine) }
            }
    }

    /// "Do not redistribute it: that build is GPL": advice on something that has terms of its own.
    func isForItsLicense(_ words: Range<Int>) -> Bool {
        words.contains { at in
            text.word(at) == .that && text.gap(at) != .space && text.word(at + 2) == .is
                && (at + 3...at + 4).contains { isOneOf($0, Self.freeLicenses) }
        }
    }

    /// "They remain the property of their publisher; you may not distribute them": of what others made.
    func isOthersProperty(_ words: Range<Int>) -> Bool {
        words.contains { at in
            isOneOf(at, Self.property) && text.word(at + 1) == .of && isOneOf(at + 2, Self.ofOthers)
        }
    }

    private static let property = set("property")

    /// "The following additional restrictions apply": said of what else is told, it is none of its own.
    func removeAnnouncements(_ found: inout [Found]) {
        guard found.contains(where: { Self.specific.contains($0.mark) }) else { return }
        found.removeAll { hit in
            guard hit.mark == .furtherRestriction else { return false }
            let words = words(in: hit.bytes)
            return words.contains {
                isOneOf($0, Self.added)
                    && (isOneOf($0 + 1, Self.restrictions) || isOneOf($0 + 2, Self.restrictions))
            } && words.contains { isOneOf($0, Self.applying) }
        }
    }

    private static let specific: Set<EnclosureMark> = [
        .riderCommonsClause, .riderNoncommercial, .riderNoRedistribution, .riderFieldOfUse, .noAIRider,
    ]
    private static let added = set("additional further extra")
    private static let restrictions = set(
        "restriction restrictions limitation limitations condition conditions terms")
    private static let applying = set("apply applies")

    /// "Companies with a yearly revenue above 1,000,000 must buy a license": trade as such is not refused.
    func isOfThreshold(_ words: Range<Int>) -> Bool {
        // "A commercial license is required for:", and then whom.
        let isOpen = text.byteAfter(max(words.lowerBound, words.upperBound - 1)) == UInt8(ascii: ":")
        let words = words.lowerBound..<min(text.count, words.upperBound + (isOpen ? 14 : 0))
        return !words.contains(where: isNoncommercial)
            && words.contains { at in
                isOneOf(at, Self.incomes)
                    && (max(words.lowerBound, at - 7)..<min(words.upperBound, at + 10)).contains { near in
                        text.bytes[Int(text[near].start)].isDigit && !text.gap(near).contains(.newline)
                    }
            }
    }

    private static let incomes = set("revenue revenues turnover income earnings umsatz umsätze ricavi")

    /// "Install Pumpmaker, which is for academic use only": of what is needed beside the work.
    func isOfRequired(_ words: Range<Int>) -> Bool {
        words.contains { which in
            isOneOf(which, Self.whichs) && which > words.lowerBound + 1
                && [.is, .are].contains(text.word(which + 1))
                && text.bytes[Int(text[which - 1].start)].isUpper && text.word(which - 1) == .other
                && !isOneOf(which - 1, Self.goods)
                && (max(words.lowerBound, which - 12)..<which - 1).contains { isOneOf($0, Self.requiring) }
        }
    }

    private static let whichs = set("which")
    private static let requiring = set(
        "install installs require requires required need needs uses depends download fetch get using calls")

    /// `hint = "Pumpmaker is free for academic use only. See …"`: what a program tells of another.
    func isOfNamedTool(_ start: Int) -> Bool {
        guard role == .other else { return false }
        for at in stride(from: start, through: max(0, start - 9), by: -1) {
            if text.gap(at).contains(.quote), !text.gap(at).isDisjoint(with: [.equals, .open, .colon]) {
                return text.bytes[Int(text[at].start)].isUpper && text.word(at) == .other
                    && SentenceWord.of(text[at].hash).isDisjoint(with: [.ware, .copy, .people, .using])
                    && [.is, .are].contains(text.word(at + 1))
            }
            if isBreak(at) { return false }
        }
        return false
    }

    /// "| Free plan | Hobby: noncommercial use only |": a table of what a service offers.
    func isOfPlans(_ start: Int, _ end: Int) -> Bool {
        guard (max(0, start - 12)...min(text.count, end + 2)).contains(where: { text.gap($0).contains(.bar) })
        else { return false }
        for at in stride(from: start, through: max(0, start - 60), by: -1) {
            if isOneOf(at, Self.plans) { return true }
            if text.gap(at).contains(.blankLine), !text.gap(at).contains(.bar) { return false }
        }
        return false
    }

    /// "I'd like to make clear that it can't be used for …": what someone asks for.
    func isWished(_ start: Int) -> Bool {
        for at in stride(from: start, through: max(0, start - 30), by: -1) {
            if isOneOf(at, Self.likes), text.word(at + 1) == .to, isOneOf(at - 1, Self.woulds),
                isOneOf(at - 2, Self.makers)
            {
                return true
            }
            if at < start, !text.gap(at).isDisjoint(with: [.stop, .blankLine]) { return false }
        }
        return false
    }

    /// "Data retrieved using the Pump API may not …": of what another service gives.
    func isOfRetrieved(_ at: Int) -> Bool {
        guard isOneOf(at, Self.retrieved), isOneOf(at + 1, Self.retrievers) else { return false }
        let source = text.word(at + 2) == .the ? at + 3 : at + 2
        return text.bytes[Int(text[source].start)].isUpper && !isOneOf(source, Self.goods)
    }

    static let freeLicenses = set("gnu gpl gplv lgpl agpl mpl apache bsd mit")
    static let whethers = set("whether"), plans = set("plan plans tier tiers pricing")
    private static let likes = set("like"), woulds = set("d would")
    private static let retrieved = set("retrieved obtained fetched downloaded accessed")
    private static let retrievers = set("using via through from with")

    // REUSE-IgnoreEnd
}
