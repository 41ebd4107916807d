// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardSPDX

/// A license named in words, with its version.
struct NamedLicense: Sendable {
    var node: LicenseExpression.Node
    /// Just past the last lexeme.
    var end: Int
    /// Of a name that has versions.
    var family: Int?
    var saidVersion = false
    var saidLater = false
    /// "License", "licence" or "licensed" stands in the name or right behind it.
    var saidLicense: Bool
    /// Too common a word to be a license where no one says so.
    var isWeak: Bool
    /// Bare "BSD", "Apache" and the like: what it stands for is a convention.
    var isVague = false
}

/// How the parts of a list are tied.
enum NameConnector: Sendable { case or, and, slash, comma, plus }

/// Reads names, versions, "or later", exceptions and lists of them.
struct NameGrammar {
    let text: Lexemes
    let table = NameTable.shared
    /// Shared by all grammars that read the text.
    let meter: WorkMeter

    init(text: Lexemes) {
        self.text = text
        meter = WorkMeter(byteCount: text.bytes.count, share: 2)
    }

    /// The longest name of the table that begins at `start`.
    func tabled(at start: Int, before limit: Int) -> NameTable.Match? {
        meter.spend(WorkMeter.Cost.word * 2)
        guard let found = table.match(text, at: start, before: limit) else { return nil }
        meter.spend(WorkMeter.Cost.item)
        return found
    }

    func name(at start: Int, before limit: Int) -> NamedLicense? {
        guard start >= 0, start < limit, canBegin(start) else { return nil }
        guard limit == text.count else { return readName(at: start, before: limit) }
        return meter.name(at: start, of: text.count) { readName(at: start, before: limit) }
    }

    /// Whether any name begins with the word: most words of a file are told by one look.
    func canBegin(_ index: Int) -> Bool {
        switch text.word(index) {
        case .cc, .creativecommons, .creative, .attribution, .by, .either, .only, .the, .version, .v: true
        default: table.hasName(beginningWith: text[index].hash)
        }
    }

    private func readName(at start: Int, before limit: Int) -> NamedLicense? {
        if var found = creativeCommons(at: start, before: limit) {
            absorbLicense(&found, before: limit)
            return found
        }
        if let found = versionFirst(at: start, before: limit) { return found }
        guard let match = tabled(at: start, before: limit) else { return nil }
        var found: NamedLicense
        switch match.meaning {
        case .exception: return nil
        case .family(let index):
            let family = table.families[index]
            // "disponible sous licence ouverte": any open license; the name has a capital.
            if text.text(match.end - 1) == "ouverte", versions(at: match.end, before: limit, of: index) == nil
            {
                return nil
            }
            found = NamedLicense(
                node: .unlisted, end: match.end, family: index, saidLicense: match.saidLicense,
                isWeak: family.isWeak)
            finishFamily(&found, family, before: limit)
        case .expression(let identifier, let isWeak):
            guard let node = meter.node(identifier) else { return nil }
            found = NamedLicense(
                node: node, end: match.end, family: nil, saidLicense: match.saidLicense, isWeak: isWeak)
            if text.word(start) != .number, match.end == start + 1, identifier.contains("-Clause") {
                found.isVague = true
                if identifier == "BSD-3-Clause", let node = eastAsianClauses(around: start),
                    let told = meter.node(node)
                {
                    found.node = told
                    found.isVague = false
                }
            }
            // "Apache 2.0" is a name of its own.
            found.saidVersion = (start + 1..<max(start + 1, match.end)).contains {
                text.word($0) == .number && identifier.last?.isNumber == true
            }
            absorbLicense(&found, before: limit)
            if case .term(let term) = node, term.exception == nil,
                term.license.identifier.last.map(\.isNumber) == true,
                let later = later(at: found.end, before: limit), later.isLater,
                !(term.license.identifier.hasPrefix("EUPL") && saysSubsequent(before: later.end))
            {
                found.node = .term(
                    LicenseTerm(LicenseReference(term.license.identifier, isOrLater: true)))
                found.saidLater = true
                found.end = later.end
            }
        }
        if let exception = exception(at: found.end, before: limit) {
            found.node = found.node.with(exception.identifier)
            found.end = exception.end
        }
        return found
    }

    /// "二条項BSDライセンス", "BSD 2条款": how many clauses, in the word before the name or behind it.
    private func eastAsianClauses(around start: Int) -> String? {
        for place in [start - 1, start + 1, start + 2] where place >= 0 && place < text.count {
            guard let count = EastAsian.clauses(text.bytes, text[place].bytes) else { continue }
            if count == 2 || count == 0 && number(at: place - 1) == "2" { return "BSD-2-Clause" }
            return count == 3 || count == 0 && number(at: place - 1) == "3" ? "BSD-3-Clause" : nil
        }
        return nil
    }

    /// "[Apache 2.0](LICENSE-APACHE)": where the link leads is no part of the name.
    func isLinkTarget(_ index: Int) -> Bool { text.gap(index).isSuperset(of: [.bracket, .close, .open]) }

    /// Takes "license", "licences", "(the …)" behind a name.
    private func absorbLicense(_ found: inout NamedLicense, before limit: Int) {
        var index = found.end
        while index < limit, index < found.end + 3 {
            let gap = text.gap(index)
            guard gap.isDisjoint(with: [.stop, .blankLine, .colon, .equals, .angle, .at]) else { return }
            if isLinkTarget(index) { return }
            switch text.word(index) {
            case .license, .licensed:
                // "…\nLicense: …" begins something new.
                if gap.contains(.newline), !text.gap(index + 1).isDisjoint(with: [.colon, .equals]) {
                    return
                }
                found.saidLicense = true
                found.end = index + 1
                // "MIT License のもとで公開".
                if text.word(index) == .license, EastAsian.isInside(text.bytes, Int(text[index + 1].start)),
                    text.word(index + 1) == .licensed
                {
                    found.end = index + 2
                }
                return
            case .public, .software, .agreement, .open, .source, .style, .like, .based, .type, .free:
                index += 1
            default: return
            }
        }
    }

    private func finishFamily(_ found: inout NamedLicense, _ family: LicenseFamily, before limit: Int) {
        absorbLicense(&found, before: limit)
        if let phrase = versions(at: found.end, before: limit, of: found.family ?? 0) {
            found.end = phrase.end
            found.saidVersion = !phrase.versions.isEmpty
            found.saidLater = phrase.isLater
            found.node = node(family, phrase)
            // "GPLv2 license": the reading of versions has taken the word.
            if text.word(phrase.end - 1) == .license, text.word(phrase.end - 2) == .number {
                found.saidLicense = true
            }
            let saidLicense = found.saidLicense
            absorbLicense(&found, before: limit)
            found.saidLicense = found.saidLicense || saidLicense
        } else {
            found.node = node(
                family, VersionPhrase(versions: [], isLater: false, isOnly: false, end: found.end))
            found.isVague = !family.isGNU
        }
        if family.stem == "GFDL" { takeInvariants(&found, before: limit) }
    }

    /// "version 2 or later of the GNU GPL".
    private func versionFirst(at start: Int, before limit: Int) -> NamedLicense? {
        var index = start
        if text.word(index) == .either || text.word(index) == .only { index += 1 }
        if text.word(index) == .the { index += 1 }
        guard text.word(index) == .version || (text.word(index) == .v && text.word(index + 1) == .number)
        else { return nil }
        guard let phrase = versions(at: index, before: limit, of: nil) else { return nil }
        var next = phrase.end
        if text.word(next) == .license { next += 1 }
        guard text.word(next) == .of || text.word(next) == .for || text.gap(next).contains(.comma) else {
            return nil
        }
        if text.word(next) == .of || text.word(next) == .for { next += 1 }
        while next < limit, text.word(next) == .the { next += 1 }
        guard let match = tabled(at: next, before: limit), case .family(let index) = match.meaning
        else { return nil }
        let family = table.families[index]
        guard phrase.versions.allSatisfy({ member(family, $0) != nil }) else { return nil }
        var phrase2 = phrase
        var found = NamedLicense(
            node: .unlisted, end: match.end, family: index, saidVersion: true, saidLicense: match.saidLicense,
            isWeak: false)
        absorbLicense(&found, before: limit)
        // "(GPL)" behind the long name.
        if text.gap(found.end).contains(.open), let acronym = tabled(at: found.end, before: limit),
            case .family(index) = acronym.meaning
        {
            found.end = acronym.end
        }
        var behind = found.end
        skipPublisher(&behind, before: limit)
        if !phrase2.isLater, let later = later(at: behind, before: limit) {
            phrase2.isLater = later.isLater
            phrase2.isOnly = !later.isLater
            found.end = later.end
        }
        found.saidLater = phrase2.isLater
        found.node = node(family, phrase2)
        if let exception = exception(at: found.end, before: limit) {
            found.node = found.node.with(exception.identifier)
            found.end = exception.end
        }
        return found
    }

    /// "with no Invariant Sections", "with the Invariant Sections being …" after a GFDL grant.
    private func takeInvariants(_ found: inout NamedLicense, before limit: Int) {
        guard case .term(let term) = found.node else { return }
        var index = found.end
        var sawNo = false
        while index < min(limit, found.end + 40) {
            meter.spend(WorkMeter.Cost.word)
            switch text.word(index) {
            case .no, .without: sawNo = true
            case .with: sawNo = false
            case .invariant:
                let identifier = term.license.identifier
                for suffix in ["-only", "-or-later"] where identifier.hasSuffix(suffix) {
                    let stem = identifier.dropLast(suffix.count)
                    let marked = stem + (sawNo ? "-no-invariants" : "-invariants") + suffix
                    if let listed = LicenseList.license(marked) {
                        found.node = .term(LicenseTerm(LicenseReference(listed.identifier)))
                        found.end = index + 1
                        if text.word(found.end) == .sections { found.end += 1 }
                    }
                }
                return
            default:
                if text.gap(index).contains(.blankLine) { return }
                if text[index].length >= 10, text.text(index).lowercased() == "invariants" {
                    let identifier = term.license.identifier
                    for suffix in ["-only", "-or-later"] where identifier.hasSuffix(suffix) {
                        let marked =
                            identifier.dropLast(suffix.count) + (sawNo ? "-no-invariants" : "-invariants")
                            + suffix
                        if let listed = LicenseList.license(marked) {
                            found.node = .term(LicenseTerm(LicenseReference(listed.identifier)))
                            found.end = index + 1
                        }
                    }
                    return
                }
            }
            index += 1
        }
    }
}
