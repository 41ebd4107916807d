// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// What the words before a place make of what stands there.
extension NoticeGrammar {
    /// What stands before the place: in the same sentence, at most `limit` words back.
    struct Context {
        var hasVerb = false
        var hasWeakVerb = false
        var isNegative = false
        var isHypothetical = false
        var isAlternative = false
        var isPast = false
        var saysThis = false
        var isStart = false
        var isExample = false
    }

    func context(before place: Int, limit: Int = 22) -> Context {
        var context = Context()
        var at = place - 1
        var steps = 0
        context.isStart = text.gap(place).contains(.newline) || text.gap(place).contains(.stop)
        var sawExcept = false
        var sawCause = false
        var sawComma = false
        if text.word(place - 1) == .g, text.word(place - 2) == .e { context.isExample = true }
        while at >= 0, steps < limit {
            let behind = text.gap(at + 1)
            if behind.contains(.blankLine), role == .other || role == .readme,
                isLeadIn(at) || behind.contains(.colon) && isOrder(at)
            {
                context.isExample = true
            }
            if behind.contains(.blankLine) || (behind.contains(.stop) && steps > 0)
                || (steps == 0 && behind.contains(.stop))
            {
                break
            }
            if !behind.isDisjoint(with: [.comma, .colon, .semicolon]) { sawComma = true }
            let word = text.word(at)
            if steps < 12, Self.verbs.contains(word) || Self.verbWords.contains(text[at].hash) {
                context.hasVerb = true
            }
            if steps < 8, Self.weakVerbs.contains(word) { context.hasWeakVerb = true }
            switch word {
            // "If not, see <https://…>": where the terms are.
            case .not where text.word(at - 1) == .if: break
            case .not, .never, .neither, .nor, .cannot, .unlike, .incompatible, .isnt:
                // "does not by itself cause the resulting executable to be covered by".
                if steps < (sawCause ? 14 : 9), !sawExcept, text.word(at + 1) != .only {
                    context.isNegative = true
                }
            case .instead, .than, .rather:
                if steps < 5 { context.isNegative = true }
            // "contains no GPL code", "free of GPL code", "no files under the GPL were found".
            case .no:
                if steps == 0 || steps == 1 && isPart(at + 1) {
                    context.isNegative = true
                }
            case .of where text.word(at - 1) == .free: if steps == 0 { context.isNegative = true }
            case .if, .when:
                if word == .if, text.word(at + 1) == .not { break }
                // "If the library is licensed under the GPL, …": within the condition itself.
                if !sawComma, Self.conditional.contains(text.word(at + 1)) { context.isHypothetical = true }
                if [.you, .your, .it].contains(text.word(at + 1)) || isOneOf(at + 1, Self.people) {
                    context.isHypothetical =
                        word == .if || isOneOf(at + 1, Self.people) || text.word(at + 1) == .you
                }
            // "unless you make your program available under".
            case .your where isOneOf(at + 1, Self.works): context.isHypothetical = true
            case .alternatively, .also: if steps < 16 { context.isAlternative = true }
            case .or:
                if text.gap(at).contains(.stop) || text.gap(at).contains(.blankLine) {
                    context.isAlternative = true
                }
            case .previously, .formerly: context.isPast = true
            // "this forces the whole program to be under the GPL".
            case .be where text.word(at - 1) == .to:
                if (max(0, at - 10)..<at).contains(where: { isOneOf($0, Self.forces) }) {
                    context.isHypothetical = true
                }
            case .this, .hereby: context.saysThis = true
            case .such where text.word(at + 1) == .as: if steps < 6 { context.isExample = true }
            case .example where text.word(at - 1) == .for: if steps < 8 { context.isExample = true }
            case .like where text.word(at + 1) == .this && text.gap(at + 2).contains(.colon):
                context.isExample = true
            case .e where text.word(at + 1) == .g: if steps < 8 { context.isExample = true }
            default:
                if Self.hypotheticals.contains(text[at].hash), steps < 12, !isRequest(at) {
                    context.isHypothetical = true
                }
                if Self.excepts.contains(text[at].hash) { sawExcept = true }
                if Self.causes.contains(text[at].hash) { sawCause = true }
                // "…, and the rest of the package is covered by": not this file.
                if Self.rests.contains(text[at].hash), text.word(at + 1) == .of, text.word(at - 1) == .the {
                    context.isNegative = true
                }
                // "Some other software of ours is covered by".
                if text[at].hash == Self.another, isOneOf(at - 1, Self.some),
                    role == .other || role == .readme
                {
                    context.isNegative = true
                }
                if Self.pasts.contains(text[at].hash) { context.isPast = true }
            }
            at -= 1
            steps += 1
        }
        meter.spend(WorkMeter.Cost.word * 3 * (steps + 1))
        if at < 0 || steps < 2 { context.isStart = context.isStart || steps == 0 }
        return context
    }

    /// "Each file has a header such as", and below it one.
    private func isLeadIn(_ place: Int) -> Bool {
        switch text.word(place) {
        case .as: text.word(place - 1) == .such
        case .example: text.word(place - 1) == .for || text.gap(place).contains(.newline)
        case .like: true
        case .this: text.word(place - 1) == .like
        case .g: text.word(place - 1) == .e
        // "a declaration along these lines:"
        case .other: text[place].hash == Self.lines && text.word(place - 1) == .these
        default: false
        }
    }

    /// "Put the following at the top of each file:"
    private func isOrder(_ place: Int) -> Bool {
        for at in stride(from: place, through: max(0, place - 20), by: -1)
        where at == 0 || !text.gap(at).isDisjoint(with: [.blankLine, .stop]) {
            return isOneOf(at, Self.orders)
        }
        return false
    }

    /// "Consider this package to be in the public domain": said to whoever reads it.
    private func isRequest(_ place: Int) -> Bool {
        text[place].hash == Self.consider && [.this, .these, .it].contains(text.word(place + 1))
            && !text.gap(place).isDisjoint(with: [.stop, .newline])
    }

    private static let consider = Lexemes.hash("consider".utf8)
    private static let conditional: WordKinds = [.the, .a, .an, .this, .these, .that, .any, .all, .such]
    private static let orders = set("put add paste insert prepend attach include place copy use")
    private func isPart(_ place: Int) -> Bool {
        [.file, .files, .code, .package, .software].contains(text.word(place))
            || isOneOf(place, Self.partWords)
    }

    private static let partWords = set("packages parts part components dependencies portions")
    private static let people = set("they we someone i one your a author")
    private static let hypotheticals = set(
        "might asked urged begged proposed actual would could whether want wish suppose imagine why how should consider prefer recommend recommended assuming resulting"
    )
    private static let excepts = set("except save unless other otherwise")
    /// "Berkeley had released it under": told of other days.
    private static let pasts = set("formerly previously had")
    private static let forces = set("force forces forcing oblige obliges compel compels requires")
    private static let lines = Lexemes.hash("lines".utf8)
    private static let causes = set("cause causes make makes")
    private static let works = set("program programs application applications product products")
    private static let another = Lexemes.hash("other".utf8)
    private static let some = set("some many most")
    private static let rests = set("rest remainder")
}
