// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Sentences that fence in languages other than English: a refusal or a limit, and what it is of.
///
/// One table serves German, French, Spanish, Portuguese, Italian, Dutch, Russian and a dozen others: a sentence must have two or three words of it
/// that stand to each other as in ``read(_:in:)``, which no English one has.
enum ForeignReader {
    struct Kind: OptionSet {
        let rawValue: UInt64
        private static func bit(_ number: Int) -> Kind { Kind(rawValue: 1 << UInt64(number)) }
        // How it is said.
        static let ban = bit(0), not = bit(1), allow = bit(2), only = bit(3), leave = bit(4), without = bit(5)
        static let even = bit(6), need = bit(7), with = bit(8), must = bit(9), pay = bit(10),
            contact = bit(11)
        static let to = bit(12), joining = bit(13), none = bit(35)
        // Of what.
        static let trade = bit(14), sell = bit(15), share = bit(16), put = bit(17), elsewhere = bit(18)
        static let small = bit(19), noncommercial = bit(20), field = bit(21), mind = bit(22), learn = bit(23)
        static let use = bit(24), change = bit(25), intact = bit(26), firm = bit(27), device = bit(28)
        static let send = bit(29), alone = bit(30)
        // What silences it.
        static let naming = bit(31), past = bit(32), technical = bit(33), secret = bit(34)
        // But for whom, and for how many.
        static let except = bit(36), most = bit(37), seat = bit(38)
        static let refusals: Kind = [
            .ban, .not, .only, .need, .without, .noncommercial, .pay, .must, .contact, .except,
            .most,
        ]
        static let matters: Kind = [
            .trade, .sell, .share, .field, .mind, .small, .noncommercial, .change, .intact, .firm, .put,
            .device, .seat,
        ]
    }

    /// Whether the word is of what is refused, or of leave.
    static func isOfTerms(_ hash: UInt32) -> Bool {
        isMatter(hash) || known.contains(hash) && table[hash]?.contains(.leave) ?? false
    }

    /// Whether the word is of trade, or of passing on.
    static func isMatter(_ hash: UInt32) -> Bool {
        known.contains(hash)
            && table[hash].map { !$0.isDisjoint(with: [.trade, .sell, .share, .noncommercial]) } ?? false
    }

    /// - Returns: What the sentence forbids, if it is in one of the languages and forbids.
    static func read(_ text: Lexemes, in range: Range<Int>) -> [SentenceReader.Found] {
        var all = Kind()
        for at in range where known.contains(text[at].hash) { all.formUnion(table[text[at].hash] ?? []) }
        guard
            !all.isDisjoint(with: .refusals) || range.contains(where: { text[$0].hash == ne })
                || all.isSuperset(of: [.mind, .learn])
                    && range.contains(where: { opposing.contains(text[$0].hash) }),
            !all.isDisjoint(with: .matters) || all.isSuperset(of: [.leave, .use]),
            all.isDisjoint(with: [.naming, .past]),
            !range.contains(where: { pursuing.contains(text[$0].hash) })
        else { return [] }
        let kinds = range.map { known.contains(text[$0].hash) ? table[text[$0].hash] ?? [] : [] }
        func place(_ kind: Kind, _ test: (Int) -> Bool = { _ in true }) -> Int? {
            kinds.indices.first { !kinds[$0].isDisjoint(with: kind) && test($0) }
        }
        func isNegated(_ at: Int, _ reach: Int = 3) -> Bool {
            (max(0, at - reach)..<at).contains { kinds[$0].contains(.not) }
        }
        // "Für nicht-kommerzielle Zwecke erlaubt": what is negated is the end, not the leave.
        func isDenied(_ at: Int) -> Bool {
            (max(0, at - 3)..<at).contains { not in
                kinds[not].contains(.not)
                    && (!kinds[not + 1].contains(.trade) || kinds[not].contains(.none)
                        || adverbs.contains(text[range.lowerBound + not + 1].hash))
            }
        }
        let isBanned =
            // "nicht verboten" is not; "no … permitido", "darf nicht".
            place(.ban) { !isNegated($0, 2) } != nil
            // "Ne peut être vendu"; but "ne peut être utilisé que par".
            || place(.allow) { at in
                at > 0 && text[range.lowerBound + at - 1].hash == ne
                    && !range.dropFirst(at).prefix(10).contains { thans.contains(text[$0].hash) }
            } != nil
            // "S'oppose à toute fouille."
            || range.dropFirst().contains { at in
                opposing.contains(text[at].hash) && reflexives.contains(text[at - 1].hash)
            }
            || place(.allow) { at in
                isDenied(at)
                    || kinds.indices.contains(at + 1)
                        && (at + 1..<min(kinds.count, at + 9)).contains { kinds[$0].contains(.not) }
            } != nil
        let isByLeave =
            all.contains(.leave) && !all.contains(.even)
            && (place(.only) { at in (at..<min(kinds.count, at + 4)).contains { kinds[$0].contains(.with) } }
                != nil
                || all.contains(.need))
        // "Keine kommerzielle Verwendung", "aucune redistribution".
        let isNone = kinds.indices.dropLast().contains { at in
            kinds[at].contains(.none) && !kinds[at + 1].isDisjoint(with: [.trade, .share, .sell])
        }
        let isRefused = isBanned || isByLeave || isNone
        let trade = place(.trade) { at in
            // "Darf nicht kommerziell genutzt werden": how it is used is refused.
            !isNegated(at, 1) || kinds[at - 1].contains(.none)
                || isBanned && adverbs.contains(text[range.lowerBound + at].hash)
        }
        // "Commercial redistribution" is a matter of trade; "copying, redistribution and commercial use" of both.
        let isApart = { (at: Int) in
            guard let trade else { return true }
            let between = min(at, trade)..<max(at, trade) + 1
            return between.dropFirst().contains {
                kinds[$0].contains(.joining) || text.gap(range.lowerBound + $0).contains(.comma)
            }
        }
        func found(_ mark: EnclosureMark, _ place: Int) -> SentenceReader.Found {
            (mark, range.lowerBound + place, range.lowerBound + place + 1)
        }
        // "Auf anderen Seiten hochladen", "le proposer sur un autre site".
        let putting = all.isSuperset(of: [.put, .elsewhere]) ? place(.put) : nil
        // "Ne pas redistribuer", "bitte nicht weitergeben", "не распространять": an order.
        let order = place(.share) { at in
            isNegated(at, 1) && !isNegated(at - 1, 2) || at > 0 && isNegated(at, 2) && kinds[at - 1].isEmpty
        }
        let isOrder = order != nil && !all.contains(.secret) || putting != nil && all.contains(.not)
        var result: [SentenceReader.Found] = []
        if isRefused {
            if all.isSuperset(of: [.mind, .learn]), let at = place(.mind) { return [found(.noAIRider, at)] }
            // "Darf nicht ohne Quellcode": under a condition, unless leave is asked for.
            let isConditional = all.contains(.without) && !all.contains(.leave)
            if isBanned, let at = place(.field) { result.append(found(.riderFieldOfUse, at)) }
            guard !isConditional else { return result }
            if all.isDisjoint(with: [.technical, .secret]), let at = place(.change) {
                result.append(found(.furtherRestriction, at))
            }
            if !all.contains(.secret), let at = place(.share, isApart) ?? (trade == nil ? putting : nil) {
                result.append(found(.riderNoRedistribution, at))
            }
            // "Ne peuvent pas être vendues seules": with other things they may be.
            let isAlone = { (at: Int) in
                (at..<min(kinds.count, at + 6)).contains { kinds[$0].contains(.alone) }
            }
            if let at = trade ?? place(.sell, { !isAlone($0) }) {
                result.append(found(.riderNoncommercial, at))
            }
            // "Nur mit Erlaubnis des Autors verwendet", "izinsiz kullanılamaz".
            if result.isEmpty, trade == nil, all.isSuperset(of: [.leave, .use]), let at = place(.leave),
                isByLeave || all.contains(.without), all.isDisjoint(with: [.technical, .secret, .firm])
            {
                result.append(found(.furtherRestriction, at))
            }
            if result.isEmpty, let at = place(.firm), all.contains(.use) || all.contains(.leave) {
                result.append(found(.riderNoncommercial, at))
            }
            return result
        }
        // "Niet voor commercieel gebruik."
        if let trade,
            (max(0, trade - 3)..<trade).contains(where: { kinds[$0].contains(.to) && isNegated($0, 1) })
        {
            return [found(.riderNoncommercial, trade)]
        }
        // "Qualora si voglia riprodurli per scopi commerciali, vi preghiamo di contattarci."
        // What is offered for money, such as support, is no use.
        let isOffer = range.contains { offers.contains(text[$0].hash) }
        if let trade, all.contains(.contact), !all.contains(.not), !isOffer {
            return [found(.riderNoncommercial, trade)]
        }
        // "Livre para uso não comercial", "per scopi personali e non commerciali".
        if trade == nil, all.contains(.use), !all.contains(.even),
            let at = place(
                [.noncommercial, .trade],
                { at in
                    (kinds[at].contains(.noncommercial) || isNegated(at, 1))
                        && (max(0, at - 5)..<at).contains { !kinds[$0].isDisjoint(with: [.use, .to]) }
                })
        {
            return [found(.riderNoncommercial, at)]
        }
        // "Consentito per ogni scopo, tranne quello militare."
        if !all.isDisjoint(with: [.use, .allow]), let but = place(.except),
            let at = place(.field, { $0 > but && $0 < but + 6 })
        {
            return [found(.riderFieldOfUse, at)]
        }
        // "Puede instalarlo en un máximo de 25 equipos."
        if all.isSuperset(of: [.use, .seat]), !all.isDisjoint(with: [.allow, .must, .ban]),
            let at = place(.most),
            (at..<min(kinds.count, at + 6)).contains(where: { text.word(range.lowerBound + $0) == .number }),
            place(.seat, { $0 > at && $0 < at + 7 }) != nil
        {
            return [found(.furtherRestriction, at)]
        }
        if isOrder, trade == nil, !all.contains(.without) || all.contains(.leave), let at = order ?? putting {
            return [found(.riderNoRedistribution, at)]
        }
        // "Nutzung nur mit unseren Geräten", "toda modificação deve ser enviada ao autor".
        // "Pas de modification sans l'accord de l'auteur."
        if all.isSuperset(of: [.without, .leave]), all.isDisjoint(with: [.technical, .secret]),
            let at = place(.change, { isNegated($0, 2) })
        {
            return [found(.furtherRestriction, at)]
        }
        if all.isSuperset(of: [.only, .use, .device]), let at = place(.device) {
            return [found(.riderFieldOfUse, at)]
        }
        if all.isSuperset(of: [.change, .must, .send]), let at = place(.send) {
            return [found(.furtherRestriction, at)]
        }
        // "Firmen müssen eine Lizenz kaufen", "pour les entreprises le programme est payant".
        if let at = place(.firm) ?? trade, !all.contains(.not), !isOffer,
            all.isSuperset(of: [.must, .leave]) || all.contains(.pay)
        {
            return [found(.riderNoncommercial, at)]
        }
        if all.isSuperset(of: [.only, .intact]), all.isDisjoint(with: [.technical, .secret]),
            let at = place(.intact)
        {
            return [found(.furtherRestriction, at)]
        }
        guard trade == nil || all.contains(.noncommercial) else { return [] }
        // "nur für private Zwecke", "usage personnel uniquement".
        if all.contains(.only), let at = place([.small, .noncommercial]), all.contains(.use),
            !all.contains(.not) || all.contains(.noncommercial) || trade == nil
        {
            return [found(.riderNoncommercial, at)]
        }
        // "à des fins non commerciales uniquement": "non" and "commerciales" apart.
        if all.contains(.only), let at = place(.trade, { isNegated($0, 1) }) {
            return [found(.riderNoncommercial, at)]
        }
        return []
    }

    /// Whether the words refuse, whatever follows: "ce que vous ne pouvez pas faire", "nicht erlaubt".
    static func isBan(_ text: Lexemes, _ range: Range<Int>) -> Bool {
        let all = range.reduce(into: Kind()) { all, at in
            if known.contains(text[at].hash) { all.formUnion(table[text[at].hash] ?? []) }
        }
        return all.isSuperset(of: [.not, .allow]) || all.contains(.ban) && !all.contains(.not)
    }

    /// What an item of a list of what is refused is of.
    static func refused(_ text: Lexemes, in range: Range<Int>) -> [SentenceReader.Found] {
        var found: [SentenceReader.Found] = []
        for at in range where known.contains(text[at].hash) {
            let kind = table[text[at].hash] ?? []
            let mark: EnclosureMark? =
                !kind.isDisjoint(with: [.trade, .sell])
                ? .riderNoncommercial
                : kind.contains(.share)
                    ? .riderNoRedistribution : kind.contains(.change) ? .furtherRestriction : nil
            if let mark, !found.contains(where: { $0.mark == mark }) { found.append((mark, at, at + 1)) }
        }
        return found
    }

    /// `stem~_e_en` is `stem`, `steme` and `stemen`; capitals are added.
    private static let table: [UInt32: Kind] = {
        var table: [UInt32: Kind] = [:]
        func add(_ word: String, _ kind: Kind) {
            table[Lexemes.hash(word.utf8), default: []].formUnion(kind)
            table[Lexemes.hash(word.uppercased().utf8), default: []].formUnion(kind)
            table[Lexemes.hash((word.prefix(1).uppercased() + word.dropFirst()).utf8), default: []].formUnion(
                kind)
        }
        for (kind, words) in lists {
            for word in words.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
                let parts = word.split(separator: "~", maxSplits: 1)
                guard parts.count == 2 else {
                    add(String(word), kind)
                    continue
                }
                for ending in parts[1].split(separator: "_", omittingEmptySubsequences: false) {
                    add(String(parts[0]) + String(ending), kind)
                }
            }
        }
        return table
    }()

    private static let known = WordHashes(Array(table.keys))
    /// "Der Verein verfolgt keine kommerziellen Zwecke": whoever does so forbids nothing.
    private static let pursuing = RiderReader.set(
        "verfolgt verfolgen verfolge poursuit poursuivons poursuivent persigue persiguen persegue perseguono nastreeft преследует"
    )
    private static let ne = Lexemes.hash("ne".utf8), thans = RiderReader.set("que qu")
    private static let opposing = RiderReader.set(
        "oppose opposent opposons widerspreche widersprechen opone oponemos")
    private static let reflexives = RiderReader.set("s nous m se nos ich wir")
    private static let offers = RiderReader.set(
        "доработки доработка доработку доработке поддержки поддержка поддержке поддержку support anpassung anpassungen unterstützung assistance soporte asistencia suporte supporto assistenza ondersteuning"
    )
    private static let adverbs = RiderReader.set(
        "kommerziell gewerblich commercialement comercialmente commercialmente")
}
