// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardSPDX

/// Fields and short forms: "License: X", "licensed X", "License GPLv2+".
extension NoticeGrammar {
    /// "License: X", "@license X", "licensed X", "The license is X", "dual-licensed (X/Y)".
    mutating func license() -> Int? {
        let word = text.word(index)
        var next = index + 1
        if word == .licensed, let end = licensedToPSF() { return end }
        // "Change License: Apache-2.0" of the Business Source License: what it will be under one day.
        if isOneOf(index - 1, Self.change), text.gap(next).contains(.colon) { return nil }
        if isPolicy(index) { return nil }
        var isChoice = word == .dual || word == .dually || word == .triple || word == .multi
        if isChoice {
            if text.word(next) == .license || text.word(next) == .licensed || text.word(next) == .licensing {
                marks.choices.append(Int(text[index].start))
                next += 1
            }
            // "Dual BSD/GPL" is read by heading and field.
            guard next > index + 1 else { return nil }
            if text.word(next) == .under { return nil }
        }
        let before = text.gap(index)
        let behind = text.gap(next)
        // ".LICENSE MIT" in the help of a PowerShell script.
        if word == .license, before.contains(.period), before.contains(.newline), behind == .space,
            text.bytes[Int(text[index].start) - 1] == UInt8(ascii: "."),
            let list = names.list(at: next, before: count),
            list.end >= count || text.gap(list.end).contains(.newline)
        {
            return addField(list, at: next, from: index, rule: "notice:field", Context())
        }
        if word == .license, let end = patchField(next) { return end }
        // Identifiers such as `license_types`, `my_license`; not what stands below "see foo_".
        let isTail = text.byteBefore(index) == UInt8(ascii: "_")
        let isDunder =
            isTail && behind.contains(.underscore)
            // `module.add("__license__", "Apache License, Version 2.0")`
            && (behind.contains(.equals)
                || before.isSuperset(of: [.open, .quote]) && behind.isSuperset(of: [.comma, .quote]))
        if isTail, !isDunder {
            guard word == .license, isDefinition(index, value: next) else { return nil }
            return field(at: next, from: index, isChoice: &isChoice)
        }
        if behind.contains(.underscore), !isDunder { return nil }
        if behind.contains(.dollar) || before.contains(.dollar)
            || behind.contains(.period) && !behind.contains(.stop)
        {
            return nil
        }
        // An entry of a list of words, one a line.
        if word == .licensed, before.contains(.newline), behind.contains(.newline),
            text.gap(next + 1).contains(.newline)
        {
            return nil
        }
        if word == .license, text.word(next) == .identifier || isOneOf(next, Self.fieldTails),
            !text.gap(next).contains(.comma)
        {
            next += 1
        }
        let gap = text.gap(next)
        // `Software::License::Perl_5` is the name of a module.
        if gap == .colon, before == .colon, text.bytes[Int(text[index].start) - 2] == UInt8(ascii: ":") {
            return nil
        }
        // `License :: Public Domain`, an entry of the classifiers of PyPI; manifests are read elsewhere.
        if role == .other, text.bytes.has(" :: ", at: Int(text[next].start) - 4) { return nil }
        let isField =
            (gap.contains(.colon) || gap.contains(.equals) || gap.contains(.angle) && gap.contains(.hyphen))
            && !gap.contains(.blankLine) && !isComparison(before: next)
            || isDunder && gap.contains(.comma)
            // "License - GPL v2+."
            || word == .license && isDashed(gap) && before.contains(.newline)
            // `VALUE "License", "BSD\0"` of a resource of Windows.
            || gap.contains(.comma) && gap.contains(.quote) && !gap.contains(.newline)
                && (isOneOf(index - 1, Self.value) || before.isSuperset(of: [.quote, .newline]))
        // `LICENSES = {'gpl': …}`: a table of them.
        if isField, role == .other, gap.isSuperset(of: [.equals, .brace]) { return nil }
        let isAt = before.contains(.at) || before.contains(.backslash)
        if isField || isAt {
            // "@license magnet:?xt=…" in a page: of one of its scripts (LibreJS).
            if isAt, isOneOf(next, Self.magnet), text.bytes[0] == UInt8(ascii: "<") {
                return (next..<min(count, next + 24)).first { text.gap($0).contains(.newline) } ?? next
            }
            guard isAt || isFieldStart(index) || isChoice else { return nil }
            return field(at: next, from: index, isChoice: &isChoice)
        }
        // "Dual license:" and then one license a line.
        if isChoice, gap.contains(.colon), gap.contains(.newline) {
            var at = next
            while at < next + 3, text[at].length == 1 || text.word(at) == .the { at += 1 }
            if var list = names.list(at: at, before: count, isChoice: true), isSure(list, at: at) {
                takeItems(&list)
                return addField(list, at: at, from: index, rule: "notice:field", Context())
            }
        }
        // A name right behind the word.
        if word == .licensed || isChoice, !gap.contains(.blankLine),
            !gap.isSuperset(of: [.comma, .quote]),
            !gap.contains(.stop) || gap.contains(.open)
        {
            var at = next
            while at < next + 3,
                [.as, .a, .the, .both, .either, .with].contains(text.word(at)) || isOneOf(at, Self.using)
            { at += 1 }
            if let list = names.list(at: at, before: count, isChoice: isChoice),
                isSure(list, at: at) || isChoice
            {
                let verb = context(before: index)
                guard !verb.isNegative, !verb.isHypothetical, !verb.isPast else { return list.end }
                return addField(list, at: at, from: index, rule: "notice:licensed", verb)
            }
            return nil
        }
        // "The license for this file is the MIT license".
        if word == .license {
            for at in next..<min(count, next + 7) {
                if text.gap(at).contains(.stop) || text.gap(at).contains(.newline) && at == next { break }
                if text.word(at) == .is || text.word(at) == .are {
                    var name = at + 1
                    while name < at + 4, [.the, .a, .an].contains(text.word(name)) { name += 1 }
                    if let list = names.list(at: name, before: count), isSure(list, at: name) {
                        let verb = context(before: index)
                        guard !verb.isNegative, !verb.isHypothetical else { return list.end }
                        // "The license of the xyz library is BSD": of another work, where this one says its own.
                        let isOther =
                            role == .other && [.of, .for].contains(text.word(next))
                            && !(next..<at).contains { text.word($0) == .this || text.word($0) == .file }
                        return addField(
                            list, at: name, from: index, rule: "notice:field", verb,
                            strength: isOther ? .hint : .field)
                    }
                    break
                }
            }
            if let end = shortForm(next) { return end }
            return headed(next)
        }
        return word == .licensing ? headed(next) : nil
    }

    /// "Licensed to PSF under a Contributor Agreement", as files of Python have it: it is given out under Python's license.
    private mutating func licensedToPSF() -> Int? {
        guard text.word(index + 1) == .to, isOneOf(index + 2, Self.psf), text.word(index + 3) == .under,
            isOneOf(index + 5, Self.contributor), text.word(index + 6) == .agreement
        else { return nil }
        statements.append(
            Statement(
                node: .term(LicenseTerm(LicenseReference("PSF-2.0"))), strength: .field,
                bytes: range(index, index + 7), rule: "notice:licensed", score: 85, isVague: true))
        return index + 7
    }

    private static let psf = set("psf"), contributor = set("contributor")

    /// "Copyright: GPL" and "Copyright terms: GPL", as old packages have it.
    mutating func copyrightField() -> Int? {
        guard text.gap(index).contains(.newline) else { return nil }
        let next = text.word(index + 1) == .terms ? index + 2 : index + 1
        guard text.gap(next).contains(.colon), !text.gap(next).contains(.newline),
            let list = names.list(at: next, before: count), list.node.isGNU,
            list.end >= count || text.gap(list.end).contains(.newline)
        else { return nil }
        return addField(list, at: next, from: index, rule: "notice:field", Context())
    }

    /// `#define WELL_LICENSE "GPL version 2"`, `set(CPACK_RPM_PACKAGE_LICENSE "MIT")`.
    private func isDefinition(_ place: Int, value: Int) -> Bool {
        guard text.gap(value).contains(.quote), !text.gap(value).contains(.newline) else { return false }
        var at = place
        while at > 0, place - at < 6, !text.gap(at).contains(.newline) { at -= 1 }
        // What is set stands right behind the parenthesis.
        if text[at].hash == Self.setting, text.gap(at + 1).contains(.open) {
            return text.word(place - 1) == .package || text.word(place - 1) == .project
        }
        return text.gap(at).contains(.hash) && text[at].hash == Self.define
    }

    static let policy = set("policy")
    private static let magnet = set("magnet")
    private static let define = Lexemes.hash("define".utf8), setting = Lexemes.hash("set".utf8)
    static let applies = set("applies")

    /// "License GPLv2+: GNU GPL version 2 or later <…>".
    private mutating func shortForm(_ next: Int) -> Int? {
        guard text.gap(next) == .space,
            !text.gap(index).isDisjoint(with: [.newline, .stop, .quote]) || isMarkupRequest(index),
            let list = names.list(at: next, before: count), list.saidVersion, !list.isWeak
        else { return between(next) }
        let behind = text.gap(list.end)
        guard list.end >= count || !behind.isDisjoint(with: [.newline, .stop, .colon, .comma, .angle, .open])
        else { return nil }
        var whole = list
        // The long form behind the colon says the same.
        if behind.contains(.colon), let long = names.list(at: list.end, before: count) {
            if let merged = NameGrammar.merged(list.node, long.node, true) { whole.node = merged }
            whole.end = long.end
        }
        return addField(whole, at: next, from: index, rule: "notice:field", Context())
    }

    /// "© 2019 Jo Doe | Licence MIT", "(c) Jo Doe, license ISC".
    private mutating func between(_ next: Int) -> Int? {
        guard text.gap(next) == .space,
            !text.gap(index).isDisjoint(with: [.bar, .comma, .hyphen, .semicolon, .slash]),
            let list = names.list(at: next, before: count), !list.isWeak, !isOneOf(next, Self.products),
            list.end >= count
                || !text.gap(list.end).isDisjoint(with: [.newline, .stop, .bar, .close, .star, .comma]),
            isNearCopyright(index, list.end)
        else { return nil }
        return addField(list, at: next, from: index, rule: "notice:field", Context())
    }

    private func isDashed(_ gap: Gap) -> Bool { gap == [.space, .hyphen] }

    /// `#X text 10 92 LICENSE GPLv2 or later;`: what patches of Pure Data say of themselves.
    private mutating func patchField(_ next: Int) -> Int? {
        guard text.gap(next) == .space, text.word(index - 1) == .number, text.word(index - 2) == .number,
            text.word(index - 3) == .text, text.gap(index - 4).contains(.hash),
            let list = names.list(at: next, before: count), text.gap(list.end).contains(.semicolon)
        else { return nil }
        return addField(list, at: next, from: index, rule: "notice:field", Context())
    }

    /// A line of roff that begins with a request, such as `.B`.
    func isMarkupRequest(_ place: Int) -> Bool {
        text.gap(place - 1).contains(.newline) && text[place - 1].length <= 2
            && text.byteBefore(place - 1) == UInt8(ascii: ".")
    }

    private static let pd = Lexemes.hash("pd".utf8), pdKinds = set("old self author usgov gov text")
    private static let value = set("value")
    private static let using = set("using")
    private static let change = set("change")
    private static let fieldTails = set("type info name id url uri identifier text terms")

    private func isComparison(before next: Int) -> Bool {
        var equals = 0
        for offset in text[next - 1].end..<Int(text[next].start) {
            if text.bytes[offset] == UInt8(ascii: "=") { equals += 1 }
            if text.bytes[offset] == UInt8(ascii: "!") || text.bytes[offset] == UInt8(ascii: "(") {
                return true
            }
        }
        return equals > 1
    }

    /// A field begins a line, an attribute list or an object's member.
    private func isFieldStart(_ place: Int) -> Bool {
        let gap = text.gap(place)
        if !gap.isDisjoint(with: [
            .newline, .brace, .comma, .open, .bar, .stop, .angle, .colon, .sign, .semicolon,
        ]) {
            return true
        }
        // "Code license: MIT", "* Plugin License: GPL": at most three words on the line before.
        for back in 1...3 where place - back >= 0 {
            if text.gap(place - back + 0).contains(.newline) { return true }
            if !text.gap(place - back + 1).isDisjoint(with: [.equals, .quote, .dollar, .underscore]) {
                return false
            }
        }
        return false
    }

    mutating func field(at start: Int, from place: Int, isChoice: inout Bool) -> Int? {
        var at = start
        while at < start + 5 {
            switch text.word(at) {
            case .the, .a, .an, .license, .licensed, .under, .released, .distributed, .dual, .dually, .either:
                if text.word(at) == .dual || text.word(at) == .dually || text.word(at) == .either {
                    isChoice = true
                }
                if names.list(at: at, before: count) != nil { break }
                at += 1
                // Another member: `"license": "Licence", "mit": …`.
                if text.gap(at).contains(.comma) || text.gap(at).contains(.underscore) { return nil }
                continue
            default: break
            }
            break
        }
        if at > start, text.gap(at).contains(.blankLine) { return nil }
        if text.word(at) == .address {
            guard let found = names.meter.expression(forAddress: text.text(at)) else {
                // A page nobody knows, and then the name.
                guard !text.gap(at + 1).contains(.newline), let list = names.list(at: at + 1, before: count),
                    list.saidLicense || list.saidVersion || isSure(list, at: at + 1) && endsLine(list.end)
                else {
                    guard endsLine(at + 1), let node = ownPage(at, from: place) else { return nil }
                    statements.append(
                        Statement(
                            node: node, strength: .field, bytes: range(place, at + 1), rule: "notice:field",
                            score: 80))
                    return at + 1
                }
                var told = list
                if !list.saidVersion, let node = ownPage(at, from: place),
                    Self.refines(list.node, true, by: node)
                {
                    told.node = node
                }
                return addField(told, at: at + 1, from: place, rule: "notice:field", Context())
            }
            var node = found.root
            var end = at + 1
            // PHPDoc: address, then the name.
            if !text.gap(end).contains(.newline), let list = names.list(at: end, before: count) {
                if list.saidVersion || !Self.refines(list.node, true, by: node) { node = list.node }
                end = list.end
            }
            statements.append(
                Statement(
                    node: node, strength: .field, bytes: range(place, end), rule: "notice:field", score: 95))
            return end
        }
        // LibreJS: "@license magnet:?xt=…&dn=gpl-2.0.txt GPL-v2".
        if text.text(at).lowercased() == "magnet" {
            for name in (at + 1)..<min(count, at + 64) {
                meter.spend(WorkMeter.Cost.word)
                if text.gap(name).contains(.newline) { break }
                guard text.gap(name).contains(.space), let list = names.list(at: name, before: count) else {
                    continue
                }
                return addField(list, at: name, from: place, rule: "notice:field", Context())
            }
            return nil
        }
        if text.word(at) == .public, text.word(at + 1) == .domain {
            statements.append(
                Statement(
                    node: .publicDomain, strength: .field, bytes: range(place, at + 2), rule: "notice:field",
                    score: 90))
            return at + 2
        }
        // "License: PD old 70", as libraries of free texts have it.
        if text[at].hash == Self.pd, isOneOf(at + 1, Self.pdKinds) || endsLine(at + 1) {
            statements.append(
                Statement(
                    node: .publicDomain, strength: .field, bytes: range(place, at + 1), rule: "notice:field",
                    score: 85))
            return at + 1
        }
        if let end = numbered(at: at, from: place, isChoice: isChoice) { return end }
        if let end = sameField(at: at, from: place) { return end }
        guard let list = names.list(at: at, before: count, isChoice: isChoice) else {
            // "License: see COPYING".
            return nil
        }
        // Entries of a menu or a table: `licenses: [{ id: "mit" }, { id: "gpl" }, …]`.
        if role == .other, place < at, ((place + 1)...at).contains(where: { text.gap($0).contains(.brace) }),
            isCatalogue(from: at)
        {
            return list.end
        }
        // A heading over a menu.
        if text.gap(at).contains(.newline), text.gap(list.end).contains(.newline),
            names.list(at: list.end, before: count) != nil
        {
            return list.end
        }
        // A value ends there; "License: Perl module for …" is something else.
        let gap = text.gap(list.end)
        let isWhole =
            list.end >= count
            || !gap.isDisjoint(with: [
                .newline, .quote, .comma, .stop, .close, .semicolon, .brace, .angle, .bar, .open, .markup,
                .hyphen, .backtick, .star,
            ])
        guard isWhole || isSure(list, at: at) else { return nil }
        // In code only quoted or shouted values: `license = gpl` is a variable.
        if text.gap(at).contains(.equals), !text.gap(at).contains(.quote), role == .other, !list.saidVersion,
            !list.saidLicense
        {
            return list.end
        }
        let verb = context(before: place, limit: 8)
        guard !verb.isNegative, !verb.isHypothetical, !verb.isExample else { return list.end }
        return addField(list, at: at, from: place, rule: "notice:field", verb)
    }

    private func endsLine(_ end: Int) -> Bool { end >= count || text.gap(end).contains(.newline) }

    /// "@license http://www.kettle.example/licenses/lgpl21": a project's own copy, whose name tells what it is of.
    private func ownPage(_ at: Int, from place: Int) -> LicenseExpression.Node? {
        guard text.gap(place).contains(.at), text[at].length < 200 else { return nil }
        let parts = text.text(at).lowercased().split(separator: "/")
        guard parts.count > 3, let page = parts.last,
            ["license", "licenses"].contains(parts[parts.count - 2])
        else { return nil }
        meter.spend(WorkMeter.Cost.address)
        let name = page.split(separator: ".").first ?? page
        // `lgpl21`, `apache20`
        let digits = name.reversed().prefix { $0.isNumber }.count
        let number = String(name.suffix(digits))
        let spelled =
            digits == 2 ? "\(name.dropLast(2)) \(number.prefix(1)).\(number.suffix(1))" : String(name)
        return LicenseField.expression(for: spelled)?.root
    }

    /// "License: same as Vim itself".
    private mutating func sameField(at start: Int, from place: Int) -> Int? {
        guard text.word(start) == .same, text.word(start + 1) == .as else { return nil }
        let name = text.word(start + 2) == .the ? start + 3 : start + 2
        guard let expression = Self.sameTable[text[name].hash] else { return nil }
        let end = text.word(name + 1) == .itself ? name + 2 : name + 1
        guard
            end >= count || !text.gap(end).isDisjoint(with: [.newline, .stop, .comma, .close, .quote, .open])
        else { return nil }
        meter.spend(WorkMeter.Cost.expression)
        guard let node = (try? LicenseExpression.parse(expression))?.root else { return nil }
        statements.append(
            Statement(
                node: node, strength: .field, bytes: range(place, end), rule: "notice:same-terms", score: 92))
        return end
    }

    /// "License: 1) GPLv2 2) PSF".
    private mutating func numbered(at start: Int, from place: Int, isChoice: Bool) -> Int? {
        var at = start
        var items: [NamedLicenses] = []
        while items.count < 8, text.word(at) == .number, text[at].length == 1,
            text.gap(at + 1).contains(.close) || text.gap(at + 1).contains(.stop),
            items.isEmpty || !text.gap(at).contains(.newline),
            let list = names.list(at: at + 1, before: count), isSure(list, at: at + 1)
        {
            items.append(list)
            at = list.end
        }
        guard var whole = items.last, items.count > 1 else { return nil }
        let nodes = items.map(\.node)
        whole.node = isChoice ? .any(nodes).withoutRepeats : .all(nodes).withoutRepeats
        whole.count = nodes.count
        whole.family = nil
        return addField(whole, at: start, from: place, rule: "notice:field", Context())
    }

    /// Whether names of three or more licenses follow soon, each in an object of its own.
    private func isCatalogue(from start: Int) -> Bool {
        var stems: Set<Substring> = []
        var at = start
        while at < min(count, start + 70) {
            meter.spend(WorkMeter.Cost.word)
            guard !text.gap(at).isDisjoint(with: [.quote, .colon]), names.canBegin(at),
                let list = names.list(at: at, before: count)
            else {
                at += 1
                continue
            }
            for term in LicenseExpression(list.node).terms {
                stems.insert(LicenseKinship.stem(term.license.identifier))
            }
            if stems.count > 2 { return true }
            at = max(at + 1, list.end)
        }
        return false
    }

    mutating func addField(
        _ list: NamedLicenses, at start: Int, from place: Int, rule: String, _ verb: Context,
        strength: Statement.Strength = .field
    ) -> Int {
        var list = list
        var isVague = list.isVague
        if text.word(list.end) == .style || text.word(list.end) == .like { list.end += 1; isVague = true }
        if text.word(list.end) == .license, !text.gap(list.end).contains(.newline) { list.end += 1 }
        _ = absorbAddress(&list, isVague: &isVague)
        takeRest(&list)
        statements.append(
            Statement(
                node: list.node, strength: strength, bytes: range(place, list.end), rule: rule,
                score: isVague ? 75 : 92, isVague: isVague))
        return list.end
    }
}
