// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardSPDX

/// Grants: "released under the terms of X", in the words of several languages.
extension NoticeGrammar {
    /// "under [the terms of the] NAME" and its like.
    ///
    /// - Parameter isTerms: A word such as "terms of" or "governed by" stands before, so that no verb is needed.
    mutating func grant(after place: Int, isTerms: Bool) -> Int? {
        var at = place + 1
        var steps = 0
        var unknown = 0
        var isChoice = false
        var saidTerms = isTerms
        while at < count, steps < 18 {
            meter.spend(WorkMeter.Cost.word * 2)
            let gap = text.gap(at)
            if at > place + 1 || !isTerms {
                if gap.contains(.blankLine), !gap.contains(.colon), !isChoice { return nil }
                if gap.contains(.stop), !isChoice, !(gap.contains(.colon)) { return nil }
                // "It loads modules under any license; a GPL module …".
                if gap.contains(.semicolon), text.word(at - 1) == .license, text.word(at - 2) == .any {
                    return nil
                }
            }
            switch text.word(at) {
            // "under both the MIT license and the GPL": two grants, of which one is enough.
            case .either, .dual, .choice, .one, .any, .both: isChoice = true
            case .terms, .conditions, .license, .licensing: saidTerms = true
            case .address:
                // A link around the name.
                if let list = names.list(at: at + 1, before: count, isChoice: isChoice),
                    text.gap(at + 1).contains(.angle) || text.gap(at + 1).contains(.quote)
                {
                    let verb = context(before: place)
                    guard accepts(list, at: at + 1, verb, from: place, saidTerms: saidTerms) else {
                        return list.end
                    }
                    return add(list, at: at + 1, from: place, verb)
                }
                return addressGrant(at, from: place)
            default: break
            }
            if text.word(at) == .same { return nil }
            // "under a permissive license, such as the MIT license".
            if text.word(at) == .such, text.word(at + 1) == .as { return nil }
            if var list = names.list(at: at, before: count, isChoice: isChoice || saysDual(before: place)) {
                if isChoice { takeItems(&list) }
                let verb = context(before: place)
                guard accepts(list, at: at, verb, from: place, saidTerms: saidTerms) else { return list.end }
                return add(list, at: at, from: place, verb)
            }
            let word = text.word(at)
            if word == .public, text.word(at + 1) == .domain { return nil }
            if text[at].length == 1, gap.contains(.newline) || text.gapAfter(at).contains(.close) {
                // "a)", "1."
            } else if word == .number, gap.contains(.newline) {
            } else if !Self.fillers.contains(word), word != .original,
                !Self.fillerWords.contains(text[at].hash)
            {
                unknown += 1
                if unknown > (saidTerms ? 2 : 1) { return nil }
            }
            at += 1
            steps += 1
        }
        return nil
    }

    /// "dual licensed [under the terms of]", "your choice of".
    private func saysDual(before place: Int) -> Bool {
        for back in 1...5 {
            if text.gap(place - back + 1).contains(.stop) { return false }
            switch text.word(place - back) {
            case .dual, .dually, .triple, .multi: return true
            default: break
            }
        }
        return false
    }

    /// "either of the following licenses:" and then one item a line.
    func takeItems(_ list: inout NamedLicenses) {
        // "A dual BSD/GPLv2 license" has named them.
        guard list.count == 1 else { return }
        var at = list.end
        var stop = min(count, at + 90)
        while at < stop {
            meter.spend(WorkMeter.Cost.word)
            let gap = text.gap(at)
            let isItem =
                gap.contains(.newline) && !gap.isDisjoint(with: [.star, .hyphen, .blankLine, .other])
            if isItem || text.gap(at - 1).contains(.newline) && text[at - 1].length == 1 {
                var first = at
                // "2) under the terms of the …"
                while first < at + 8,
                    Self.itemLeads.contains(text.word(first)) || text[first].length == 1
                {
                    first += 1
                }
                if let next = names.list(at: first, before: count), next.saidLicense || next.saidVersion {
                    list.node = LicenseExpression.Node.any([list.node, next.node].perlLicense).withoutRepeats
                    list.count += next.count
                    list.end = next.end
                    list.saidVersion = true
                    at = next.end
                    stop = min(count, at + 90)
                    continue
                }
            }
            at += 1
        }
    }

    /// "A program a GNU GPL 2. változata alatt terjeszthető": the name and then the word that says "under".
    mutating func grantBefore() -> Int? {
        for at in max(0, index - 18)..<index where names.canBegin(at) {
            meter.spend(WorkMeter.Cost.word * 2)
            guard let list = names.list(at: at, before: index), list.saidLicense || list.saidVersion else {
                continue
            }
            // Between them: "license", "version", an ordinal's ending.
            guard index - list.end < 4,
                (list.end..<index).allSatisfy({
                    [.license, .version, .other, .as].contains(text.word($0))
                })
            else { return nil }
            if statements.last.map({ $0.bytes.upperBound > Int(text[at].start) }) ?? false { return nil }
            let verb = context(before: at, limit: 8)
            guard !verb.isNegative, !verb.isHypothetical, !verb.isExample else { return nil }
            let end = index + 1
            _ = add(list, at: at, from: at, verb)
            statements[statements.count - 1].bytes = range(at, end)
            return end
        }
        return nil
    }

    private static let itemLeads: WordKinds = [
        .the, .or, .a, .an, .number, .under, .terms, .conditions, .of, .and,
    ]

    private func accepts(
        _ list: NamedLicenses, at start: Int, _ verb: Context, from place: Int, saidTerms: Bool
    )
        -> Bool
    {
        if verb.isNegative || verb.isHypothetical || verb.isPast || verb.isExample { return false }
        // "Under the `mpl_pumps` namespace".
        if text.byteAfter(list.end - 1) == UInt8(ascii: "_") { return false }
        if isOfUsed(start) || isSystem(list, at: start) { return false }
        if tellsOfOtherDays(list, from: place) || isOfKind(list, from: place) { return false }
        if speaksOfOthers(before: start) || isArgument(start) || tellsOfOthers(before: place) { return false }
        // "A release under the OFL is only valid when": any that may be.
        if text.word(place - 1) == .released, [.a, .an, .any].contains(text.word(place - 2)) { return false }
        // "在你的字体中使用 OFL", "FAQ по OFL": to use it, and what is about it.
        let isLoose =
            isOneOf(place, Self.shortUnder)
            || text.word(place) == .under && EastAsian.saysUse(text.bytes, text[place].bytes)
        if isLoose, !saidTerms, !list.saidLicense, !list.saidVersion { return false }
        // "under the GPL's terms", "under GPL-compatible terms".
        if text.word(list.end) == .compatible || text.word(list.end) == .incompatible { return false }
        if verb.hasVerb { return isSure(list, at: start) }
        if verb.hasWeakVerb { return isSure(list, at: start) }
        if saidTerms { return isSure(list, at: start) }
        // "Under Python 2 strings are bytes", where "Under the GPL 3" is a grant.
        if verb.isStart { return (list.saidLicense || list.node.isGNU) && isSure(list, at: start) }
        return list.saidVersion || list.saidLicense
    }

    /// "available under NetBSD, FreeBSD and Solaris", "under some versions of BSD Unix": systems, not licenses.
    private func isSystem(_ list: NamedLicenses, at start: Int) -> Bool {
        guard !list.saidLicense, !list.saidVersion, Self.isSystemName(text[start].hash) else { return false }
        if (start + 1..<max(start + 1, list.end)).contains(where: { Self.isSystemName(text[$0].hash) }) {
            return true
        }
        // "a boost under BSD, but little under Linux".
        for next in list.end..<min(count, list.end + 12) {
            if !text.gap(next).isDisjoint(with: [.stop, .blankLine]) { break }
            if [.under, .on, .in].contains(text.word(next)), Self.systems.contains(text[next + 1].hash) {
                return true
            }
        }
        var at = list.end
        while at < list.end + 3, [.and, .or, .other, .the].contains(text.word(at)),
            !Self.systems.contains(text[at].hash)
        {
            at += 1
        }
        return Self.systems.contains(text[at].hash) || text.word(at) == .for && text.word(at + 1) == .example
    }

    private static func isSystemName(_ hash: UInt32) -> Bool { systemNames.contains(hash) }

    private static let systemNames = set("bsd freebsd netbsd openbsd")
    private static let systems = set(
        "unix unixes unices linux solaris sunos irix aix hpux windows macos darwin ultrix system systems platforms kernel kernels machines os bsd freebsd netbsd openbsd possibly"
    )

    /// "pump uses libwell, which is licensed under the LGPL".
    private func isOfUsed(_ place: Int) -> Bool {
        var sawWhich = false
        for back in 1..<20 {
            let at = place - back
            if at < 0 || !text.gap(at + 1).isDisjoint(with: [.stop, .blankLine]) { return false }
            if text.word(at) == .which || text.word(at) == .that { sawWhich = true }
            if text.word(at) == .this { return false }
            if sawWhich, isOneOf(at, Self.uses) { return true }
        }
        return false
    }

    static let uses = set("uses requires needs depends links")

    /// A text that a program hands to a test, a search or a detector.
    private func isArgument(_ place: Int) -> Bool {
        guard role == .other else { return false }
        var at = Int(text[place].start)
        let stop = max(0, at - 160)
        meter.spend(WorkMeter.Cost.word * 8)
        while at > stop, text.bytes[at - 1] != 10 {
            at -= 1
            // `=~ /Licensed under …/`.
            if text.bytes[at] == UInt8(ascii: "/"), text.bytes[at - 1] == 32,
                text.bytes[at - 2] == UInt8(ascii: "~")
            {
                return true
            }
            guard text.bytes[at] == UInt8(ascii: "\"") || text.bytes[at] == UInt8(ascii: "'"),
                text.bytes[at - 1] == UInt8(ascii: "(")
            else { continue }
            var start = at - 1
            while start > 0, at - start < 60, text.bytes[start - 1] != 10 { start -= 1 }
            meter.spend(WorkMeter.Cost.expression * 2)
            let call = text.bytes.string(start..<at).lowercased()
            return [
                "assert", "detect", "expect", "test", "check", "match", "find", "parse", "search", "equal",
                "contains", "include", "scan", "classif",
            ]
            .contains { call.range(ofText: $0) != nil }
        }
        return false
    }

    /// "libiconv is released under …" deep in a file tells of another work; a header's own name stands near the top.
    func speaksOfOthers(before place: Int) -> Bool {
        guard role != .notice, role != .licenseText, Int(text[place].start) > 3000 else { return false }
        meter.spend(WorkMeter.Cost.word * 30)
        var at = place - 1
        var subject: Int?
        while at > 0, place - at < 30 {
            switch text.word(at) {
            case .this, .it, .these, .you, .i, .hereby, .file, .copyright: return false
            case .is, .are: subject = at - 1
            default: break
            }
            if !text.gap(at).isDisjoint(with: [.stop, .blankLine]) { break }
            at -= 1
        }
        guard let subject else { return false }
        guard text.word(subject) == .other || text.word(subject) == .number,
            !Self.fillerWords.contains(text[subject].hash)
        else { return false }
        if isNamedAtHead(subject) { return false }
        // Under a heading of its own it is the work's.
        at = subject
        while at > 0, subject - at < 60 {
            let isHeading =
                (text.gap(at).contains(.newline) || isMarkupRequest(at))
                && [.license, .licensing, .copying, .copyright].contains(text.word(at))
            if isHeading, text.gapAfter(at).contains(.newline) || text.gapAfter(at - 1).contains(.blankLine) {
                return false
            }
            at -= 1
        }
        return true
    }

    /// Whether the word stands in the file's first lines, as the name of what a page or manual is about does.
    private func isNamedAtHead(_ place: Int) -> Bool {
        let word = text[place].bytes
        guard word.count > 2 else { return false }
        let bytes = text.bytes
        let reach = min(1500, bytes.count - word.count)
        meter.spend(WorkMeter.Cost.word * 40)
        var at = 0
        while at < reach {
            if Lexemes.lower(bytes[at]) == Lexemes.lower(bytes[word.lowerBound]),
                (1..<word.count).allSatisfy({
                    Lexemes.lower(bytes[at + $0]) == Lexemes.lower(bytes[word.lowerBound + $0])
                }), !bytes[at + word.count].isLetter
            {
                return true
            }
            at += 1
        }
        return false
    }

    /// Notes a list that was granted and what stands right behind it.
    private mutating func add(_ list: NamedLicenses, at start: Int, from place: Int, _ verb: Context) -> Int {
        var list = list
        var isVague = list.isVague
        if text.word(list.end) == .style || text.word(list.end) == .like || text.word(list.end) == .type {
            isVague = true
            list.end += 1
        }
        if text.word(list.end) == .license || text.word(list.end) == .licensed { list.end += 1 }
        _ = absorbAddress(&list, isVague: &isVague)
        takeRest(&list)
        refine(&list, byAddressBefore: start, &isVague)
        statements.append(
            Statement(
                node: list.node, strength: .grant, bytes: range(place, list.end), rule: "notice:grant",
                score: isVague ? 75 : 95, isVague: isVague,
                isAlternative: verb.isAlternative || isAndOr(before: place),
                saidVersion: list.saidVersion, saysThis: verb.saysThis))
        return list.end
    }

    /// "1. under the X License or", "1. under the X License and/or", and on the next line "2. under the Y License".
    private func isAndOr(before place: Int) -> Bool {
        var at = place - 1
        while at > place - 3, text.word(at) == .number || text[at].length == 1 { at -= 1 }
        guard text.word(at) == .or else { return false }
        return text.word(at - 1) == .and && text.gap(at).contains(.slash) || at < place - 1
    }

    /// "under the license at https://…".
    private mutating func addressGrant(_ at: Int, from place: Int) -> Int? {
        guard let found = names.meter.expression(forAddress: text.text(at)) else { return nil }
        let verb = context(before: place)
        guard !verb.isNegative, !verb.isHypothetical else { return at + 1 }
        statements.append(
            Statement(
                node: found.root, strength: .field, bytes: range(place, at + 1), rule: "notice:address",
                score: 90))
        return at + 1
    }

    /// An address right behind a name says its version, or repeats it.
    func absorbAddress(_ list: inout NamedLicenses, isVague: inout Bool) -> Bool {
        for at in list.end..<min(count, list.end + 7) {
            if text.gap(at).contains(.blankLine) { return false }
            guard text.word(at) == .address else { continue }
            guard let found = names.meter.expression(forAddress: text.text(at)) else { return false }
            // The page of "the BSD license" was once that of three clauses, once of two: a number said counts.
            let isTold =
                !isVague && NameGrammar.isNumberedBSD(list.node) && NameGrammar.isNumberedBSD(found.root)
            if list.count == 1, list.node != found.root, !isTold,
                Self.refines(list.node, isVague || !list.saidVersion, by: found.root)
            {
                list.node = found.root
                list.end = skipTitle(at + 1)
                isVague = false
                return true
            }
            if list.node == found.root || Self.refines(found.root, true, by: list.node) {
                list.end = skipTitle(at + 1)
                isVague = false
                return true
            }
            return false
        }
        return false
    }

    /// `[GPL](https://… "GNU General Public License")`: the title of a link, behind its address.
    private func skipTitle(_ start: Int) -> Int {
        let gap = text.gap(start)
        guard gap.contains(.quote), gap.isDisjoint(with: [.close, .stop, .newline, .equals]) else {
            return start
        }
        for index in (start + 1)..<min(count + 1, start + 16) where text.gap(index).contains(.close) {
            return text.gap(index).contains(.quote) ? index : start
        }
        return start
    }

    /// `<a href="https://…/by-sa/3.0/">…</a>`: the address in front of the name tells its version.
    private func refine(_ list: inout NamedLicenses, byAddressBefore start: Int, _ isVague: inout Bool) {
        guard list.count == 1, !list.saidVersion || isVague, text.word(start - 1) == .address,
            let found = names.meter.expression(forAddress: text.text(start - 1)),
            Self.refines(list.node, true, by: found.root)
        else { return }
        list.node = found.root
        isVague = false
    }

    /// Whether `other` is the same license told more exactly.
    static func refines(_ node: LicenseExpression.Node, _ isOpen: Bool, by other: LicenseExpression.Node)
        -> Bool
    {
        guard isOpen, case .term(let a) = node, case .term(let b) = other, a.exception == nil else {
            return false
        }
        return LicenseKinship.stem(a.license.identifier) == LicenseKinship.stem(b.license.identifier)
            && LicenseKinship.isWeaker(a, than: b)
    }

    /// "…, with the exception that", "version 2" in a sentence of its own, "incorporated herein".
    func takeRest(_ list: inout NamedLicenses) {
        guard list.count == 1, !list.saidVersion, let family = list.family, names.table.families[family].isGNU
        else { return }
        // "under the GNU GPL. See the file COPYING. Version 2 or later": a version soon after, in words that name the license.
        var at = list.end
        let stop = min(count, at + 22)
        while at < stop {
            meter.spend(WorkMeter.Cost.word)
            if text.gap(at).contains(.blankLine) { return }
            if text.word(at) == .version || (text.word(at) == .v && text.word(at + 1) == .number) {
                guard let phrase = names.versions(at: at, before: count, of: family), !phrase.versions.isEmpty
                else { return }
                // "version 2 of the License", "either version 2", "version 2 or later".
                let behind = text.word(phrase.end - 1)
                guard
                    phrase.isLater || behind == .license || isForeignLead(at - 1)
                        || text.word(at - 1) == .either
                        || text.word(at - 1) == .foundation
                        || text.gap(at).contains(.comma) || text.gap(at).contains(.open)
                        || text.gap(at).contains(.semicolon)
                else { return }
                list.node = names.node(names.table.families[family], phrase)
                list.end = phrase.end
                list.saidVersion = true
                return
            }
            if names.tabled(at: at, before: count) != nil, text.word(at) != .gnu,
                text.word(at) != .license
            {
                return
            }
            at += 1
        }
    }

    /// "soit la version 3", "ya sea la versión 3", "либо версии 3".
    private func isForeignLead(_ place: Int) -> Bool {
        isOneOf(place, Self.leads) || isOneOf(place - 1, Self.leads)
    }

    private static let leads = set("soit sea либо entweder ofwel sia seja według gemäß")
}
