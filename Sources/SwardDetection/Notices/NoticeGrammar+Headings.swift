// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardSPDX

/// Names that say it by their place: below a heading, alone on a line, as the value of a macro.
extension NoticeGrammar {
    /// The line below a heading "License" or "COPYRIGHT AND LICENSE".
    mutating func headed(_ next: Int) -> Int? {
        guard text.gap(next).contains(.newline) || text.gap(next).contains(.markup) else { return nil }
        // The heading's own line holds at most four words.
        var first = index
        while first > 0, index - first < 4, !text.gap(first).contains(.newline),
            !text.gap(first).contains(.markup)
        { first -= 1 }
        guard text.gap(first).contains(.newline) || text.gap(first).contains(.markup) else { return nil }
        var at = next
        while at < next + 2, [.the, .a].contains(text.word(at)) { at += 1 }
        guard let list = names.list(at: at, before: count),
            isSure(list, at: at) || role == .readme || role == .notice
        else { return nil }
        let gap = text.gap(list.end)
        if text.word(list.end) == .for, gap == .space, let parts = parts(from: list) {
            return addField(parts, at: at, from: index, rule: "notice:heading", Context())
        }
        guard
            list.end >= count || !gap.isDisjoint(with: [.newline, .stop, .sign, .open, .comma])
                || text.word(list.end) == .copyright
                // "MIT: https://…", "MIT - see LICENSE".
                || gap.contains(.colon) && text.word(list.end) == .address
                || gap.isSuperset(of: [.hyphen, .space]) && text.word(list.end) == .see
        else { return nil }
        return addField(list, at: at, from: index, rule: "notice:heading", Context())
    }

    /// "MIT for the code, CC BY 4.0 for the texts": each for a part, and all hold.
    private func parts(from first: NamedLicenses) -> NamedLicenses? {
        var whole = first
        var nodes = [first.node]
        var at = first.end
        while nodes.count < 8, text.word(at) == .for {
            let start = at + 1
            at = start
            while at < min(count, start + 6), text.gap(at) == .space, text.word(at) != .and { at += 1 }
            guard at > start else { return nil }
            if text.word(at) == .and { at += 1 }
            guard !text.gap(at).contains(.blankLine), !text.gap(at).contains(.stop),
                let next = names.list(at: at, before: count), text.word(next.end) == .for
            else { break }
            nodes.append(next.node)
            whole.end = next.end
            at = next.end
        }
        guard nodes.count > 1 else { return nil }
        whole.node = LicenseExpression.Node.all(nodes).withoutRepeats
        whole.count = nodes.count
        whole.family = nil
        return whole
    }

    /// "MODULE_LICENSE("Dual BSD/GPL")".
    mutating func moduleLicense() -> Int? {
        guard text.gap(index + 2).contains(.open), text.gap(index + 2).contains(.quote) else { return nil }
        var at = index + 2
        var isChoice = false
        if text.word(at) == .dual {
            isChoice = true
            at += 1
        }
        guard let list = names.list(at: at, before: count, isChoice: isChoice) else { return nil }
        statements.append(
            Statement(
                node: list.node, strength: .field, bytes: range(index, list.end), rule: "notice:module",
                score: 95, isVague: true))
        return list.end
    }

    /// A name that stands by itself, "MIT licensed", "GPL'd".
    mutating func heading() -> Int? {
        guard !text.word(index).isFunctionWord, names.canBegin(index),
            let list = names.list(at: index, before: count)
        else { return nil }
        if isPossessive(list.end) { return list.end }
        // `doc/LICENSE` is a path.
        if list.count == 1, list.end == index + 2, text.gap(index + 1) == .slash { return list.end }
        let gap = text.gap(index)
        let after = text.gap(list.end)
        let isEnd =
            list.end >= count
            || !after.isDisjoint(with: [.newline, .stop, .bar, .close, .quote, .sign, .comma, .semicolon])
        let isLast =
            list.saidLicense
            && ((list.end...list.end + 1).contains { isOneOf($0, Self.lastVerbs) }
                || isAfterposed(list, at: index))
        let saidLicensed =
            (index..<list.end).contains { text.word($0) == .licensed }
            // "Apache 2.0 lisansı ile lisanslanmıştır": in Turkish the verb is last.
            || isLast
        // In code a quoted name is a value.
        let isValue =
            role == .other && (!gap.isDisjoint(with: [.quote, .bracket, .equals]) || isCallArgument(index))
        let isStart = !isValue && !gap.isDisjoint(with: [.newline, .bar, .open, .sign, .stop, .star, .hash])
        if let end = listedPart(list) { return end }
        if gap.contains(.bar), isTableRow(index) { return list.end }
        if isWordOfList(index, list.end) || isMapped(list.end) || isLinkedItem(list, at: index)
            || isFileEnding(index) || isSpelledOut(index)
        {
            return list.end
        }
        if role == .other, gap.contains(.newline), gap.contains(.hyphen), isPolicyItem(index) {
            return list.end
        }
        let verb = context(before: index, limit: 6)
        if verb.isNegative || verb.isHypothetical || verb.isPast { return list.end }
        if isProposed(list.end) { return list.end }
        if saidLicensed {
            // `"mit": "MIT 许可证"`
            if isValue, after.contains(.quote), !isNearCopyright(index, list.end) { return list.end }
            // "이 프로젝트는 MIT 라이선스를 따릅니다".
            let isFollowed =
                text.word(list.end) == .licensed
                && EastAsian.isInside(text.bytes, Int(text[list.end].start))
            guard isStart || verb.saysThis || verb.hasWeakVerb || isEnd || isFollowed || isLast else {
                return list.end
            }
            if !isStart && speaksOfOthers(before: index) || tellsOfOthers(before: index) { return list.end }
            var list = list
            var isVague = list.isVague
            _ = absorbAddress(&list, isVague: &isVague)
            statements.append(
                Statement(
                    node: list.node, strength: .field, bytes: range(index, list.end), rule: "notice:licensed",
                    score: isVague ? 75 : 92, isVague: isVague))
            return list.end
        }
        if list.node == .publicDomain, text.word(index) != .public {
            // "gemeinfrei", "domaine public".
            let isListed = gap.contains(.newline) && after.contains(.newline)
            guard isEnd, !isListed, !isValue else { return list.end }
            statements.append(
                Statement(
                    node: .publicDomain, strength: .hint, bytes: range(index, list.end),
                    rule: "notice:public-domain", score: 80, isVague: true))
            return list.end
        }
        if isHolder(list, at: index) { return list.end }
        // "received a copy of the GNU …", "see the GNU … for more details".
        if let mention = mention(list) { return mention }
        let back = text.word(index - 1)
        // "It is GPL", "this is GPLed software", "uses the MIT license".
        let isClaim =
            isSure(list, at: index) && (list.saidLicense || !isOneOf(index, Self.products)) && verb.saysThis
            && (back == .is || back == .the && text.word(index - 2) == .is)
        let saysOwn = role == .readme && isEnd && isSure(list, at: index) && isOfOwn(before: index)
        // "Apache-2.0" by itself is an entry of a list.
        let isEntry =
            list.count == 1 && list.family == nil && !LicenseKinship.isCreativeCommons(list.node)
            && !isOneOf(list.end - 1, Self.deeds)
        let isProduct =
            list.count == 1 && isOneOf(index, Self.products)
            && (!list.node.isGNU || list.end == index + 1)
        let sure = list.saidLicense || (list.saidVersion && !list.isWeak && !isEntry && !isProduct)
        // "The BSD license applies to this software."
        if list.saidLicense, isOneOf(list.end, Self.applies), text.word(list.end + 1) == .to,
            [.this, .the, .these].contains(text.word(list.end + 2))
        {
            statements.append(
                Statement(
                    node: list.node, strength: .field, bytes: range(index, list.end), rule: "notice:grant",
                    score: list.isVague ? 75 : 90, isVague: list.isVague))
            return list.end
        }
        if isClaim || saysOwn {
            var list = list
            takeRest(&list)
            statements.append(
                Statement(
                    node: list.node, strength: .hint, bytes: range(index, list.end), rule: "notice:claim",
                    score: 80, isVague: list.isVague))
            return list.end
        }
        // "/* Sketch by J. Doe, GPL v3 */", at the head of a file; "// Apache-2.0, see LICENSE" as its first words.
        let isSigned =
            role == .other && gap.contains(.comma) && list.saidVersion
            && after.isDisjoint(with: [.quote, .bracket])
            && Int(text[index].start) < 500
            && (max(0, index - 6)..<index).contains {
                text.word($0) == .by || isOneOf($0, Self.partNouns) && text.gap($0 + 1).contains(.colon)
            }
        let isFirst =
            index == 0 && (list.saidVersion || list.family != nil && list.node.isGNU) && list.count == 1
            && (!isProduct || text.gap(index + 1) == .hyphen) && role == .other
            // "MIT © Jo Doe"
            || isStart && after.contains(.sign) && !list.isWeak && !isProduct
                && isNearCopyright(index, list.end)
        if isStart || isSigned || back == .the && text.gap(index - 1).contains(.newline), isEnd,
            sure || isFirst
        {
            var list = list
            var isVague = list.isVague
            _ = absorbAddress(&list, isVague: &isVague)
            let isNear = isNearCopyright(index, list.end)
            statements.append(
                Statement(
                    node: list.node, strength: isNear ? .field : .hint, bytes: range(index, list.end),
                    rule: "notice:title",
                    score: isNear ? 85 : 70, isVague: isVague))
            return list.end
        }
        if isContract(list, at: index) {
            statements.append(
                Statement(
                    node: list.node, strength: .grant, bytes: range(index, list.end), rule: "notice:title",
                    score: 85, isVague: list.isVague))
            // What follows is the contract's own text, in words that no list has.
            index = count - 1
            return count
        }
        // "dual MIT/GPL license" at the end of a banner.
        let lead = back == .dual ? index - 1 : index
        // "kettle 2.4 - BSD | https://…"
        let isBare = !list.isWeak && text.word(index - 1) == .number && after.contains(.bar)
        if list.saidLicense || (list.saidVersion || list.count > 1 || isBare) && !isProduct,
            isBanner(lead, list.end, list)
        {
            statements.append(
                Statement(
                    node: list.node, strength: .field, bytes: range(index, list.end), rule: "notice:title",
                    score: list.isVague ? 75 : 85, isVague: list.isVague))
            return list.end
        }
        if isPart(list, at: index) {
            statements.append(
                Statement(
                    node: list.node, strength: .field, bytes: range(index, list.end), rule: "notice:licensed",
                    score: list.isVague ? 75 : 90, isVague: list.isVague))
            return list.end
        }
        let isCredit =
            !isValue && (list.saidVersion || list.node == .zero)
            && (isEnd || after.contains(.open) || text.word(list.end) == .by
                || isOneOf(list.end, Self.unless))
            && list.count == 1
            && (LicenseKinship.isCreativeCommons(list.node) || list.node == .zero)
            && (!gap.isDisjoint(with: [.comma, .slash, .open])
                || gap.contains(.colon) && isOneOf(index - 1, Self.contents))
        if isCredit
            || (!isValue || back == .copyright) && isNearCopyright(index, list.end) && !list.isWeak
                && (isStart || isEnd)
                && (sure || !isProduct && !gap.isDisjoint(with: [.slash, .comma, .hyphen, .bar]))
            || isNearCopyright(index, list.end) && list.saidVersion && list.count == 1
                && !after.isDisjoint(with: [.markup, .angle])
                && !gap.isDisjoint(with: [.slash, .comma, .hyphen, .bar])
        {
            statements.append(
                Statement(
                    node: list.node, strength: .hint, bytes: range(index, list.end), rule: "notice:title",
                    score: 75, isVague: list.isVague))
        }
        return list.end
    }

    /// "The pictures are CC BY 4.0", "All text is CC0": a sentence of a few words about what is the reader's own.
    private func isOfOwn(before place: Int) -> Bool {
        guard text.word(place - 1) == .is || text.word(place - 1) == .are else { return false }
        for at in stride(from: place - 2, through: max(0, place - 6), by: -1) {
            let isFirst =
                !text.gap(at).isDisjoint(with: [.stop, .blankLine, .semicolon]) || at == 0
                || text.word(at - 1) == .and && text.gap(at - 1).contains(.comma)
            if isFirst {
                return [.the, .all, .this, .these].contains(text.word(at)) || isOneOf(at, Self.owners)
            }
            if !text.gap(at).isDisjoint(with: [.quote, .comma, .colon, .open]) { return false }
        }
        return false
    }

    private static let unless = set("unless except")
    private static let owners = set("our my everything")
    private static let contents = set(
        """
        image images picture pictures photo photos photograph photographs illustration illustrations icon icons artwork art cover text texts words lyrics
        music song songs sound sounds audio video film footage recording recordings data dataset database map maps model models book article content contents
        """)

    /// "Copyright 2001, Massachusetts Institute of Technology", "(c) 2002 - Apache Software Foundation": who holds it.
    private func isHolder(_ list: NamedLicenses, at start: Int) -> Bool {
        guard !list.saidLicense, !list.saidVersion, list.count == 1, list.end > start + 1 else {
            return false
        }
        var at = start - 1
        while at > start - 4, [.the, .by, .and].contains(text.word(at)) { at -= 1 }
        guard !text.gap(start).contains(.stop), !text.gap(start).contains(.blankLine) else { return false }
        return text.word(at) == .copyright || isMark(at)
            || isYear(at) && (max(0, at - 8)..<at).contains { text.word($0) == .copyright || isMark($0) }
    }

    /// "Code licensed MIT, docs CC BY 3.0", "License: … (Icons: CC BY 4.0, Code: MIT License)", "License" and below it "Code is
    /// MIT" or "- Fonts: OFL 1.1": a kind of part, and right behind it whose terms.
    private func isPart(_ list: NamedLicenses, at start: Int) -> Bool {
        guard list.saidVersion || list.saidLicense || isSure(list, at: start) else { return false }
        var noun = start - 1
        // A link around the name.
        while noun > start - 5, text.word(noun) == .address || isOneOf(noun, Self.linkWords) { noun -= 1 }
        let isSaid = text.word(noun) == .is || text.word(noun) == .are
        if isSaid { noun -= 1 }
        guard
            isOneOf(noun, Self.partNouns) || [.code, .source, .software, .library].contains(text.word(noun))
        else { return false }
        // "Core library: LGPLv3", "the tools are GPL".
        var head = noun
        while head > noun - 3, text.gap(head) == .space { head -= 1 }
        let gap = text.gap(head)
        // `"data": "MIT"`
        guard gap.isDisjoint(with: [.quote, .equals]), text.gap(noun).isDisjoint(with: [.quote, .equals])
        else { return false }
        meter.spend(WorkMeter.Cost.word * 20)
        func says(_ word: Word, within reach: Int) -> Bool {
            (max(0, noun - reach)..<noun).contains { text.word($0) == word }
        }
        if isSaid || text.gap(noun + 1).contains(.colon) {
            let isItem =
                gap.contains(.newline)
                && (isSaid || !gap.isDisjoint(with: [.hyphen, .star, .other, .blankLine]))
            return (isItem || !gap.isDisjoint(with: [.comma, .open, .semicolon, .stop, .colon]))
                && (says(.license, within: 20) || says(.licensing, within: 20))
        }
        return (text.gap(noun).contains(.comma) || text.word(noun - 1) == .and) && says(.licensed, within: 16)
    }

    /// "- `meadow-core`: MIT" below a heading about licenses, "| meadow-cli | GPL-3.0-or-later |" in a table of parts: each
    /// binds its part.
    private mutating func listedPart(_ list: NamedLicenses) -> Int? {
        guard role != .other, !list.isWeak, isSure(list, at: index) || list.count == 1 && list.family == nil
        else { return nil }
        let gap = text.gap(list.end)
        let isEnd =
            list.end >= count || !gap.isDisjoint(with: [.newline, .bar, .stop, .open, .close, .comma])
        guard isEnd else { return nil }
        if meter.isSpent { return nil }
        meter.spend(WorkMeter.Cost.word * 12)
        guard outline.holdsPart(text.bytes, at: Int(text[index].start)) else { return nil }
        statements.append(
            Statement(
                node: list.node, strength: .field, bytes: range(index, list.end), rule: "notice:part",
                score: list.isVague ? 75 : 90, isVague: list.isVague))
        return list.end
    }

    func findOutline() -> PartOutline {
        meter.spend(WorkMeter.Cost.word * text.bytes.count / 32)
        return PartOutline(text.bytes)
    }

    /// "CONTRAT DE LICENCE DE LOGICIEL LIBRE CeCILL-B": the first line of a license file is the title of a contract, of which
    /// no text is known because it is a translation.
    private func isContract(_ list: NamedLicenses, at start: Int) -> Bool {
        guard role == .licenseText, list.count == 1, explained.isEmpty, start > 0, start < 10,
            text.bytes.count > 200,
            list.end >= count || text.gap(list.end).contains(.blankLine)
        else { return false }
        return (0..<start).contains { text.word($0) == .license }
            && (0..<start).allSatisfy { $0 == 0 || !text.gap($0).contains(.newline) }
            && (0..<start).contains { isOneOf($0, Self.contracts) }
    }

    private static let contracts = set("contrat contrato contratto vertrag lizenzvertrag договор umowa")

    /// "MIT licenc alatt érhető el", "julkaistu MIT-lisenssillä": the word behind the name, or its case, says "under".
    private func isAfterposed(_ list: NamedLicenses, at start: Int) -> Bool {
        if role == .other, text.gap(start).contains(.quote) { return false }
        if isOneOf(list.end, Self.afterpositions) { return true }
        guard (start..<list.end).contains(where: { isOneOf($0, Self.casedLicense) }) else { return false }
        return (max(0, start - 6)..<start).contains { isOneOf($0, Self.verbWords) }
            || (list.end..<list.end + 3).contains { isOneOf($0, Self.afterpositions) }
    }

    private static let afterpositions = set(
        "alatt szerint altında kapsamında mukaisesti alaisena alaisuudessa alainen ehtojen alusel")
    private static let casedLicense = set("lisenssillä lisenssin lisenssiä licenccel licencével litsentsiga")

    /// What the name of a deed ends with.
    private static let deeds = set("universal")
    private static let lastVerbs = set("lisanslanmıştır lisanslıdır lisanslı terjeszthető julkaistu")
    private static let linkWords = set("a href")
    private static let partNouns = set(
        """
        script drawings drawing diagrams figures pictures illustrations photographs sprites shaders scripts examples samples schemas templates recordings
        levels maps sources hardware firmware bindings tests website translations logo logos audio video videos dataset datasets database client application app program daemon engine game
        server frontend backend plugin plugins sdk cli core theme themes icon tools toolkit binaries 
        docs documentation content contents text texts articles images data assets media artwork icons fonts photos code
        font css js javascript graphics sounds music translations manual models textures
        """)

    /// A row of a Markdown table: the cells compare licenses.
    private func isTableRow(_ place: Int) -> Bool {
        var at = Int(text[place].start)
        let stop = max(0, at - 400)
        while at > stop, text.bytes[at - 1] != 10 { at -= 1 }
        while text.bytes[at] == 32 || text.bytes[at] == 9 { at += 1 }
        return text.bytes[at] == UInt8(ascii: "|")
    }

    /// "forbidden:" and then one license a line: what a policy lets in or keeps out.
    private func isPolicyItem(_ place: Int) -> Bool {
        meter.spend(WorkMeter.Cost.word * 40)
        for at in stride(from: place, to: max(0, place - 40), by: -1) {
            if text.gap(at).contains(.blankLine) { return false }
            // The first item of the list.
            guard text.gap(at).contains(.colon), text.gap(at).contains(.newline) else { continue }
            return isOneOf(at - 1, Self.policies) || text.word(at - 1) == .license && isPolicy(at - 1)
        }
        return false
    }

    /// `allow-licenses: MIT, ISC`, "approved licenses:", `licenses-denied = [`: of what a policy lets in or keeps out.
    func isPolicy(_ place: Int) -> Bool {
        guard role == .other, text.word(place) == .license else { return false }
        return isOneOf(place - 1, Self.policies)
            && text.gap(place).isDisjoint(with: [.newline, .stop, .comma, .quote])
            || isOneOf(place + 1, Self.policies)
                && text.gap(place + 1).isDisjoint(with: [.newline, .stop, .comma, .quote])
    }

    private static let policies = set(
        """
        allow allowed allowlist deny denied denylist forbid forbidden blacklist whitelist banned permit permitted reject rejected
        approved approve restricted disallow disallowed incompatible compatible accepted acceptable unacceptable unsafe ignore
        ignored exclude excluded known supported
        """)

    /// Licenses that a work may be put under besides its own (EPL-2.0, exhibit A).
    mutating func secondary() -> Int? {
        for at in (index + 2)..<min(count, index + 46) {
            meter.spend(WorkMeter.Cost.word)
            if text.gap(at).contains(.blankLine)
                || text.gap(at).contains(.stop) && text.gap(at).contains(.newline)
            {
                return nil
            }
            guard text.word(at) == .gnu, let list = names.list(at: at, before: count), list.node.isGNU else {
                continue
            }
            let verb = context(before: index, limit: 12)
            guard !verb.isNegative else { return list.end }
            statements.append(
                Statement(
                    node: list.node, strength: .grant, bytes: range(index, list.end),
                    rule: "notice:secondary", score: 95,
                    isAlternative: true))
            return list.end
        }
        return nil
    }

    /// Whether a copyright line is on the same line or one of the two beside it.
    func isNearCopyright(_ start: Int, _ end: Int) -> Bool {
        meter.spend(WorkMeter.Cost.word * 40)
        var lines = 0
        var at = start
        while at > 0, lines < 3, start - at < 30 {
            if text.gap(at).contains(.newline) { lines += 1 }
            at -= 1
            if text.word(at) == .copyright || text.gap(at).contains(.sign) || isMark(at) { return true }
        }
        lines = 0
        at = end
        while at < count, lines < 3, at - end < 20 {
            if text.gap(at).contains(.newline) { lines += 1 }
            if lines < 3, text.word(at) == .copyright || text.gap(at).contains(.sign) || isMark(at) {
                return true
            }
            at += 1
        }
        return false
    }

    /// "(c)".
    private func isMark(_ at: Int) -> Bool {
        text.word(at) == .c && text.byteBefore(at) == UInt8(ascii: "(")
            && text.byteAfter(at) == UInt8(ascii: ")")
    }

    mutating func mention(_ list: NamedLicenses) -> Int? {
        var at = index - 1
        while at >= 0, index - at < 4, [.the, .a].contains(text.word(at)) { at -= 1 }
        let isCopy = text.word(at) == .of && text.word(at - 1) == .copy
        let isSee = text.word(at) == .see
        guard isCopy || isSee else { return nil }
        // "a copy of Tcl/Tk" is one of the program.
        guard list.count == 1, list.saidLicense || list.node.isGNU, isSure(list, at: index) else {
            return list.end
        }
        statements.append(
            Statement(
                node: list.node, strength: .mention, bytes: range(index, list.end), rule: "notice:mention",
                score: 60, isVague: list.isVague))
        return list.end
    }
}
