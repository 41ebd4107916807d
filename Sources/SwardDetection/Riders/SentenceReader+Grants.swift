// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// What is given for some ends only, or as long as it is not traded with.
extension SentenceReader {
    // What the comments show is no one's word for this file.
    // REUSE-IgnoreStart

    /// "As long as you don't make money from it", "provided that it is not sold".
    func unpaidCondition() -> Found? {
        for at in range {
            let isCondition =
                text.word(at) == .provided || Self.providing.contains(text[at].hash)
                || text[at].hash == Self.long && text.word(at - 1) == .as && text.word(at + 1) == .as
            // "As long as you let me know."
            if isCondition, text.word(at) != .provided,
                let tell = span(at + 1, at + 7).first(where: {
                    Self.tellings.contains(text[$0].hash) && has(.maker, span($0 + 1, $0 + 3))
                })
            {
                return (.furtherRestriction, at, tell + 1)
            }
            if isCondition,
                let noncommercial = span(at + 1, at + 7).first(where: {
                    isNoncommercial($0) || text.word($0) == .noncommercial
                })
            {
                return (.riderNoncommercial, at, noncommercial + 1)
            }
            guard isCondition, let not = span(at + 1, at + 8).first(where: { self[$0].contains(.not) }),
                let trade = first([.trade, .sell], in: span(not + 1, not + 7)), !isNoncommercial(trade),
                // "As long as they are not sold by themselves": with other things they may be.
                !span(trade + 1, trade + 4).contains(where: { Self.alone.contains(text[$0].hash) })
            else { continue }
            return (.riderNoncommercial, at, trade + 1)
        }
        return nil
    }

    private static let tellings = RiderReader.set("let tell inform notify email ask")
    private static let providing = RiderReader.set("providing"), long = Lexemes.hash("long".utf8)
    private static let alone = RiderReader.set("itself themselves alone separately own standalone")

    /// "You are allowed to use it for personal use", "released for research and non-commercial use": what is given is for some ends.
    func grantForFew() -> Found? {
        guard !has([.choice, .everyone, .fee], range),
            !range.contains(where: {
                self[$0].contains(.trade) && !isNoncommercial($0) || Self.anyOf.contains(text[$0].hash)
                    || self[$0].contains(.not)
            })
        else { return nil }
        for at in range where text.word(at) == .for {
            guard
                let small = first(.small, in: span(at + 1, at + 4))
                    ?? span(at + 1, at + 5).first(where: isNoncommercial),
                Self.ends.contains(text[small].hash) || isNoncommercial(small)
                    || text.word(small) == .noncommercial,
                let use = span(small + 1, small + 6).first(where: { Self.uses.contains(text[$0].hash) })
            else { continue }
            let before = max(range.lowerBound, at - 12)..<at
            let isGiven = before.contains { place in
                Self.givings.contains(text[place].hash) && !isNegated(place)
                    || (text.word(place) == .may || text.word(place) == .can)
                        && (text.word(place - 1) == .you || text.word(place + 1) == .be)
                        && has(.run, span(place + 1, text.word(place + 1) == .be ? at : place + 4))
            }
            guard isGiven,
                range.count < 9 || pointsToWork(before) || has([.ware, .copy], before)
                    // "May be copied and used for …"
                    || text.word(range.lowerBound) == .may
            else { continue }
            return (.riderNoncommercial, small, use + 1)
        }
        return nil
    }

    private static let anyOf = RiderReader.set("any whatever both all")
    private static let ends = RiderReader.set("personal private academic research nonprofit noncommercial")
    private static let uses = RiderReader.set("use purpose purposes usage uses")
    private static let givings = RiderReader.set("allowed permitted licensed released")

    // REUSE-IgnoreEnd
}
