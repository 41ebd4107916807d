// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardSPDX

/// The public domain, terms that are "the same as" others, choices and exceptions.
extension NoticeGrammar {
    mutating func publicDomain() -> Int? {
        guard text.word(index + 1) == .domain else { return nil }
        // A list of words, one a line.
        if text.gap(index).contains(.newline), text.gap(index + 1).contains(.newline),
            text.gap(index + 2).contains(.newline)
        {
            return index + 2
        }
        // `("PD", "Public domain")`
        if role == .other, text.gap(index).contains(.quote), text.gap(index + 2).contains(.quote) {
            return index + 2
        }
        let between = text.gap(index + 1)
        guard between.isDisjoint(with: [.colon, .comma, .stop, .open, .close, .underscore, .equals, .period])
        else { return nil }
        // A longer name, such as "Public Domain Mark 1.0".
        if let list = names.list(at: index, before: count), list.end > index + 2,
            list.saidVersion || list.node != .publicDomain
        {
            return longerPublicDomain(list)
        }
        let verb = context(before: index, limit: 14)
        // "Not copyrighted, provided to the public domain": that is what it says.
        let isDisclaimed = (max(0, index - 8)..<index).contains {
            text.word($0) == .not && isOneOf($0 + 1, Self.copyrighted)
        }
        if verb.isNegative && !isDisclaimed || verb.isHypothetical || verb.isExample { return index + 2 }
        meter.spend(WorkMeter.Cost.word * 60)
        // "FSF changes to this file are in the public domain."
        var near = index - 1
        while near >= max(0, index - 10), text.gap(near + 1).isDisjoint(with: [.stop, .blankLine]) {
            if text.word(near) == .changed || isOneOf(near, Self.partial) { return index + 2 }
            near -= 1
        }
        let behind = text.gap(index + 2)
        let isEnd =
            index + 2 >= count
            || !behind.isDisjoint(with: [
                .newline, .stop, .comma, .semicolon, .close, .bar, .colon, .quote, .hyphen,
            ])
        var back = index - 1
        while back >= 0, [.the, .a].contains(text.word(back)) { back -= 1 }
        // "Written by J. Doe in 2015 for the public domain."
        let isMade =
            text.word(back) == .for && (max(0, back - 12)..<back).contains { isOneOf($0, Self.making) }
        let isInto =
            isMade || [.in, .into, .to, .is, .are, .as].contains(text.word(back))
            || isOneOf(back, Self.publicVerbs)
        // "Written and place in public domain by".
        let isPlaced = (max(0, index - 4)..<index).contains { isOneOf($0, Self.placing) }
        let speaksOfIt =
            verb.saysThis || isPlaced || isMade || (verb.hasVerb && text.word(back) != .as)
            || [.placed, .put, .dedicated, .donated, .released, .provided, .hereby, .into].contains(where: {
                word in
                (max(0, index - 8)..<index).contains { text.word($0) == word }
            })
        // "100% Public Domain".
        let isWhollySo =
            text.word(index - 1) == .number && text.text(index - 1) == "100"
            && text.gap(index - 1).contains(.newline)
        let isLine =
            text.gap(index).contains(.newline) || text.gap(index).contains(.open)
            || text.gap(index).contains(.stop) || isWhollySo
        var strength: Statement.Strength?
        // "well is public domain", in a README.
        let isOwn =
            role == .readme && text.word(back) == .is
            && (max(0, back - 2)...back).contains { text.gap($0).contains(.newline) }
        if isInto,
            speaksOfIt || isOwn || (verb.hasWeakVerb && text.gap(index).rawValue != 0) && isSubject(index)
        {
            strength = .grant
        } else if isLine, isEnd, role != .other || !text.gap(index + 2).contains(.comma),
            behind.contains(.newline) || behind.contains(.stop) || index + 2 >= count
        {
            strength = .hint
        } else if text.word(back) == .in, isEnd, !text.gap(back).isDisjoint(with: [.newline, .stop]) {
            // "In the public domain."
            strength = .hint
        } else if isLine, isNearCopyright(index, index + 2) || isYear(index + 2) {
            // "Public Domain 1995, A. Author".
            strength = .hint
        } else if text.gap(index).contains(.colon), isEnd, Int(text[index].start) < 600,
            !text.bytes.has(":: ", at: Int(text[index].start) - 3)
        {
            // "2010-03-12 : A. Author : Public domain".
            strength = .hint
        } else if text.gap(index).contains(.comma), isEnd, Int(text[index].start) < 2000,
            text.gap(index + 2).contains(.newline) || text.gap(index + 2).contains(.comma)
        {
            // "J. Doe, j@example.org, Public Domain, May 1993".
            strength = .hint
        } else if [.software, .code, .work, .file, .program].contains(text.word(index + 2)), verb.saysThis {
            strength = .field
        } else if isOneOf(index + 2, Self.publicWorks), Int(text[index].start) < 400 {
            // "(mostly) portable public-domain implementation", at the head of a file.
            strength = .hint
        } else if index == 0, role == .other, behind.contains(.comma), text.gap(0).contains(.slash) {
            // "/* Public domain, from a book of tables. */"
            strength = .hint
        } else if text.gap(index).contains(.newline), behind.contains(.hyphen), Int(text[index].start) < 400 {
            // "Public domain - A. Author".
            strength = .hint
        }
        if strength == nil, verb.hasVerb == false, isBanner(index, count) {
            // "kettle.h - v1.2 - public domain - https://…", "ladle.c - public domain spoons".
            strength = .hint
        }
        guard let strength else { return index + 2 }
        // "This is free and unencumbered software released into the public domain" is how the Unlicense begins.
        let isUnlicense = (max(0, index - 6)..<index).contains { text[$0].hash == Self.unencumbered }
        statements.append(
            Statement(
                node: isUnlicense ? .unlicense : .publicDomain, strength: strength,
                bytes: range(max(0, strength == .grant ? back : index), index + 2),
                rule: "notice:public-domain",
                score: 85, isVague: true, saysThis: verb.saysThis))
        return index + 2
    }

    private static let copyrighted = set("copyrighted")

    /// "The tables are in the public domain (CC0)": the name behind says which way.
    private mutating func longerPublicDomain(_ list: NamedLicenses) -> Int {
        var back = index - 1
        while back >= 0, [.the, .a].contains(text.word(back)) { back -= 1 }
        // "Under the Public Domain Dedication and License": a license's whole name.
        let isNamed = text.word(back) == .under && list.node != .publicDomain
        guard isNamed || list.node == .zero && [.in, .into, .to].contains(text.word(back)) else {
            return list.end
        }
        let verb = context(before: index, limit: 14)
        guard verb.hasVerb || verb.saysThis || verb.hasWeakVerb, !verb.isNegative, !verb.isHypothetical,
            !verb.isExample
        else { return list.end }
        statements.append(
            Statement(
                node: list.node, strength: .grant, bytes: range(back, list.end), rule: "notice:public-domain",
                score: 90, saysThis: verb.saysThis))
        return list.end
    }

    /// "The author disclaims copyright to this source code": all of it, where "all copyright interest in" is of one of several.
    mutating func disclaimed() -> Int? {
        var before = index - 1
        while before > index - 4, [.all, .any, .the].contains(text.word(before)) { before -= 1 }
        guard isOneOf(before, Self.disclaiming),
            [.to, .in, .on, .of, .for].contains(text.word(index + 1)),
            [.this, .these, .it, .the].contains(text.word(index + 2))
        else { return nil }
        let verb = context(before: before, limit: 14)
        guard !verb.isNegative, !verb.isHypothetical else { return nil }
        statements.append(
            Statement(
                node: .publicDomain, strength: .grant, bytes: range(before, index + 1),
                rule: "notice:public-domain", score: 85, isVague: true))
        return index + 1
    }

    private static let disclaiming = set("disclaim disclaims disclaimed renounce renounces waive waives")

    /// "… has waived all rights to this table, using CC0": a waiver stands before the word in its sentence.
    func isWaived(before place: Int) -> Bool {
        meter.spend(WorkMeter.Cost.word * 24)
        for at in stride(from: place - 1, through: max(0, place - 24), by: -1) {
            if isOneOf(at, Self.waivers) || text.word(at) == .dedicated { return true }
            if !text.gap(at).isDisjoint(with: [.stop, .blankLine]) { return false }
        }
        return false
    }

    func isYear(_ place: Int) -> Bool {
        guard text.word(place) == .number, text[place].length == 4 else { return false }
        return text.bytes[Int(text[place].start)] == UInt8(ascii: "1") || text.text(place).hasPrefix("20")
    }

    private static let unencumbered = Lexemes.hash("unencumbered".utf8)
    private static let publicWorks = set("implementation version")
    private static let partial = set("modifications additions alterations portions parts elements")
    private static let making = set("written created made contributed developed")
    private static let placing = set("place put puts placing contributed")
    private static let publicVerbs = set("entirely completely hereby explicitly fully")

    /// Whether the sentence speaks of this work rather than of others.
    private func isSubject(_ place: Int) -> Bool {
        var at = place - 1
        while at >= 0, place - at < 18, !text.gap(at + 1).contains(.stop),
            !text.gap(at + 1).contains(.blankLine)
        {
            switch text.word(at) {
            case .this, .these, .it, .file, .code, .software, .program, .script, .i, .author, .authors,
                .source,
                .module, .package, .library:
                return true
            default: break
            }
            at -= 1
        }
        return false
    }

    private static let sameAs: [(String, String)] = [
        ("perl", "Artistic-1.0-Perl OR GPL-1.0-or-later"), ("python", "PSF-2.0"), ("ruby", "Ruby"),
        ("tcl", "TCL"), ("vim", "Vim"), ("php", "PHP-3.01"),
        ("zlib", "Zlib"), ("lua", "MIT"), ("nginx", "BSD-2-Clause"), ("emacs", "GPL-3.0-or-later"),
        ("linux", "GPL-2.0-only"), ("kernel", "GPL-2.0-only"),
        ("sqlite", "blessing"), ("libpng", "Libpng"), ("freetype", "FTL"), ("postgresql", "PostgreSQL"),
        ("openssl", "OpenSSL"), ("boost", "BSL-1.0"),
        ("curl", "curl"), ("latex", "LPPL-1.3c"), ("octave", "GPL-3.0-or-later"),
        ("wordpress", "GPL-2.0-or-later"), ("jquery", "MIT"), ("node", "MIT"), ("rails", "MIT"),
        ("django", "BSD-3-Clause"), ("numpy", "BSD-3-Clause"), ("scipy", "BSD-3-Clause"),
        ("gtk", "LGPL-2.0-or-later"), ("git", "GPL-2.0-only"), ("sqlalchemy", "MIT"),
        ("rust", "MIT OR Apache-2.0"), ("drupal", "GPL-2.0-or-later"), ("joomla", "GPL-2.0-or-later"),
        ("wine", "LGPL-2.1-or-later"), ("qemu", "GPL-2.0-only"), ("mercurial", "GPL-2.0-or-later"),
        ("pdl", "Artistic-1.0-Perl OR GPL-1.0-or-later"), ("libtiff", "libtiff"),
        ("ocaml", "LGPL-2.1-only WITH OCaml-LGPL-linking-exception"), ("imagemagick", "ImageMagick"),
    ]
    static let sameTable: [UInt32: String] = Dictionary(
        uniqueKeysWithValues: sameAs.map { (Lexemes.hash($0.0.utf8), $0.1) })

    /// "under the same terms as Perl itself".
    mutating func sameTerms() -> Int? {
        var at = index + 1
        let stop = min(count, index + 9)
        var sawTerms = false
        // "modified versions of it that use the same license as the library": of others.
        if (index - 3..<index).contains(where: { isOneOf($0, Self.usings) }),
            (index - 4..<index).contains(where: { [.that, .which].contains(text.word($0)) })
        {
            return nil
        }
        while at < stop {
            meter.spend(WorkMeter.Cost.word * 4)
            if text.gap(at).contains(.stop) { return nil }
            switch text.word(at) {
            case .terms, .term, .license, .conditions, .licensing: sawTerms = true
            case .as, .of, .like, .that:
                guard sawTerms else { break }
                for name in (at + 1)..<min(count, at + 5) {
                    if let expression = Self.sameTable[text[name].hash] {
                        let behind = text.word(name + 1)
                        // "same license as Perl module Foo".
                        if [.module, .package, .library].contains(behind), text.gap(name + 1) == .space,
                            text.text(name).lowercased() != "perl"
                        {
                            return nil
                        }
                        meter.spend(WorkMeter.Cost.expression)
                        guard let node = (try? LicenseExpression.parse(expression))?.root else { return nil }
                        let verb = context(before: index, limit: 14)
                        guard !verb.isNegative else { return name + 1 }
                        statements.append(
                            Statement(
                                node: node, strength: .grant, bytes: range(index, name + 1),
                                rule: "notice:same-terms", score: 92))
                        // "… as Perl itself: either of these two", and then their names.
                        var end = text.word(name + 1) == .itself ? name + 2 : name + 1
                        guard text.gap(end).contains(.colon), !text.gap(end).contains(.blankLine) else {
                            return name + 1
                        }
                        while end < name + 5, [.the, .either, .a].contains(text.word(end)) { end += 1 }
                        guard let list = names.list(at: end, before: count), case .or = list.node else {
                            return name + 1
                        }
                        statements[statements.count - 1].node = list.node
                        statements[statements.count - 1].bytes = range(index, list.end)
                        return list.end
                    }
                    if let list = names.list(at: name, before: count), isSure(list, at: name) {
                        // "Under the same terms as the 3-clause BSD license".
                        guard list.saidLicense, !context(before: index, limit: 14).isNegative else {
                            return nil
                        }
                        return addField(list, at: name, from: index, rule: "notice:same-terms", Context())
                    }
                }
                return nil
            default: break
            }
            at += 1
        }
        return nil
    }

    private static let usings = set("use uses")

    /// "your choice of", "one of the following licenses".
    mutating func choice() -> Int? {
        meter.spend(WorkMeter.Cost.word * 8)
        if text.word(index) == .choice {
            if let end = chosenBetween() { return end }
            if isPick(index), chooseLast() { return nil }
        }
        let start = index
        switch text.word(index) {
        case .choice:
            guard
                text.word(index + 1) == .of || text.word(index + 1) == .between
                    || text.word(index - 1) == .your || text.word(index - 1) == .a
            else { return nil }
        case .one:
            guard text.word(index + 1) == .of,
                [.two, .the, .three, .following, .these].contains(text.word(index + 2))
            else { return nil }
        default:
            guard text.word(index + 1) == .of || text.word(index + 1) == .license else { return nil }
        }
        for at in start..<min(count, start + 9) where text.word(at) == .license || text.word(at) == .licensing
        {
            if (start..<at).contains(where: {
                text.word($0) == .above || text.text($0).lowercased() == "these"
            }),
                chooseAbove(start)
            {
                return nil
            }
            marks.choices.append(Int(text[start].start))
            return nil
        }
        return nil
    }

    /// "You can choose between the MIT license and the GNU GPL version 3", "you may choose either the LGPL or …".
    private mutating func chosenBetween() -> Int? {
        guard
            text.word(index + 1) == .between || text.word(index + 1) == .either
                || text[index + 1].hash == Self.amongst,
            (1...4).contains(where: { text.word(index - $0) == .you })
        else { return nil }
        var at = index + 2
        while at < index + 5, [.the, .either, .a].contains(text.word(at)) { at += 1 }
        guard let list = names.list(at: at, before: count, isChoice: true), isSure(list, at: at),
            // "… or a commercial license."
            list.count > 1 || text.word(list.end) == .or && isOneOf(list.end + 2, Self.bought)
        else { return nil }
        let verb = context(before: index)
        guard !verb.isNegative, !verb.isHypothetical, !verb.isExample else { return list.end }
        statements.append(
            Statement(
                node: list.node, strength: .grant, bytes: range(index, list.end), rule: "notice:grant",
                score: 90, saidVersion: list.saidVersion, saysThis: verb.saysThis))
        return list.end
    }

    private static let bought = set("commercial proprietary paid")
    private static let amongst = Lexemes.hash("among".utf8)

    /// "Pick one", "choose whichever suits you", "select the one you like": of what was named before.
    func isPick(_ place: Int) -> Bool {
        (place + 1...place + 2).contains {
            text.word($0) == .one || text.word($0) == .either || isOneOf($0, Self.whichever)
        }
    }

    private static let whichever = set("whichever whatever")

    /// Makes a choice of what the sentence before named as two licenses.
    mutating func chooseLast() -> Bool {
        guard let last = statements.last, last.strength >= .field, !last.isTag,
            Int(text[index].start) - last.bytes.upperBound < 100, case .and(let parts) = last.node
        else { return false }
        statements[statements.count - 1].node = LicenseExpression.Node.any(parts).withoutRepeats
        return true
    }

    /// "2 licenses -- choose whichever you prefer", "two licenses; you may choose".
    func isOffered(_ place: Int) -> Bool {
        ((place + 2)..<min(count, place + 12)).contains {
            text.word($0) == .choice || text.text($0).lowercased() == "whichever"
        }
    }

    /// "You may select, at your option, one of the above-listed licenses": what was granted before is a choice.
    private mutating func chooseAbove(_ place: Int) -> Bool {
        let start = Int(text[place].start)
        guard let last = statements.last, start - last.bytes.upperBound < 1500 else { return false }
        if case .and(let parts) = last.node {
            statements[statements.count - 1].node = LicenseExpression.Node.any(parts).withoutRepeats
            return true
        }
        guard let first = statements.dropLast().last, start - first.bytes.upperBound < 1500 else {
            return false
        }
        marks.choices.append(first.bytes.lowerBound)
        return true
    }

    /// "… Classpath exception", "as a special exception" with what it is about.
    mutating func exceptionName() {
        guard marks.exceptions.count < Self.maximumStatements else { return }
        if text.word(index - 1) == .without || text.word(index - 1) == .no { return }
        // By its name.
        for back in (1...6).reversed() where index - back >= 0 {
            if let match = names.tabled(at: index - back, before: index + 1),
                case .exception(let name) = match.meaning,
                match.end >= index
            {
                marks.exceptions.append(.init(identifier: name, bytes: range(index - back, index + 1)))
                return
            }
        }
        guard isOneOf(index - 1, Self.special) || text.word(index - 1) == .a else { return }
        // "Under the GNU Lesser General Public License, with the special exception on linking described in the file LICENSE" is
        // how the sources of OCaml say it.
        if isOneOf(index + 1, Self.onOrFor), text[index + 2].hash == Self.linking, let last = statements.last,
            case .term(let term) = last.node, term.license.identifier.hasPrefix("LGPL-"),
            Int(text[index].start) - last.bytes.upperBound < 100,
            isInMLComment(index) || (max(0, index - 80)..<index).contains(where: { isOneOf($0, Self.caml) })
        {
            marks.exceptions.append(
                .init(identifier: "OCaml-LGPL-linking-exception", bytes: range(index, index + 3)))
            return
        }
        meter.spend(SpecialException.cost)
        if let name = SpecialException.identifier(text, from: index, before: count) {
            marks.exceptions.append(.init(identifier: name.identifier, bytes: range(index - 1, name.end)))
        }
    }

    /// Whether the line is one of a comment as OCaml has it: `(* …`.
    private func isInMLComment(_ place: Int) -> Bool {
        var at = Int(text[place].start)
        let stop = max(0, at - 200)
        meter.spend(WorkMeter.Cost.word * 4)
        while at > stop, text.bytes[at - 1] != 10 { at -= 1 }
        while text.bytes[at] == 32 || text.bytes[at] == 9 { at += 1 }
        return text.bytes.has("(*", at: at)
    }

    private static let caml = set("ocaml caml")
    private static let onOrFor = set("on for to")
    private static let linking = Lexemes.hash("linking".utf8)
    private static let special = set("special additional specific following linking permission")
}
