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

    // MARK: one name

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
            found = NamedLicense(
                node: .unlisted, end: match.end, family: index, saidLicense: match.saidLicense,
                isWeak: family.isWeak)
            finishFamily(&found, family, before: limit)
        case .expression(let identifier, let isWeak):
            guard let node = try? LicenseExpression.parse(identifier).root else { return nil }
            found = NamedLicense(
                node: node, end: match.end, family: nil, saidLicense: match.saidLicense, isWeak: isWeak)
            if text.word(start) != .number, match.end == start + 1, identifier.contains("-Clause") {
                found.isVague = true
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

    /// Takes "license", "licences", "(the …)" behind a name.
    private func absorbLicense(_ found: inout NamedLicense, before limit: Int) {
        var index = found.end
        while index < limit, index < found.end + 3 {
            let gap = text.gap(index)
            guard gap.isDisjoint(with: [.stop, .blankLine, .colon, .equals, .angle]) else { return }
            // "[Apache 2.0](LICENSE-APACHE)": where the link leads is no part of the name.
            if gap.isSuperset(of: [.bracket, .close, .open]) { return }
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

    // MARK: versions

    struct VersionPhrase {
        var versions: [String]
        var isLater: Bool
        var isOnly: Bool
        var end: Int
    }

    /// "as published by the Free Software Foundation".
    func skipPublisher(_ index: inout Int, before limit: Int) {
        guard text.word(index) == .as, text.word(index + 1) == .published, index + 2 < limit else { return }
        var next = index + 2
        while next < min(limit, index + 10) {
            meter.spend(WorkMeter.Cost.word)
            if text.word(next) == .foundation || text.text(next).lowercased() == "fsf" {
                index = next + 1
                return
            }
            next += 1
        }
    }

    /// What follows a name: "version 2", "v2+", "(>= 2)", "as published by …; either version 2 of the License, or (at
    /// your option) any later version", "2 or 3".
    func versions(at start: Int, before limit: Int, of family: Int?) -> VersionPhrase? {
        var index = start
        var saidVersion = false
        var isOnly = false
        let stop = min(limit, start + 24)
        while index < stop {
            meter.spend(WorkMeter.Cost.word)
            let gap = text.gap(index)
            if gap.contains(.stop) && index > start && !gap.contains(.semicolon) { return nil }
            if gap.contains(.stop), !(text.word(index) == .version || text.word(index) == .either) {
                return nil
            }
            if gap.contains(.blankLine) { return nil }
            switch text.word(index) {
            case .version, .v: saidVersion = true
            case .license, .the, .either, .agreement, .a, .this, .that, .its, .under, .terms, .of, .to: break
            case .only:
                isOnly = true
            case .as:
                let before = index
                skipPublisher(&index, before: limit)
                if index == before { return nil }
                continue
            case .any:
                // "any version", "any later version".
                guard family != nil else { return nil }
                if text.word(index + 1) == .version {
                    return VersionPhrase(versions: [], isLater: true, isOnly: false, end: index + 2)
                }
                return nil
            case .number:
                return numbers(at: index, before: limit, of: family, saidVersion: saidVersion, isOnly: isOnly)
            case .one, .two, .three:
                guard saidVersion else { return nil }
                return numbers(at: index, before: limit, of: family, saidVersion: true, isOnly: isOnly)
            case .or, .and:
                // "GPL or any later version": any.
                if let family, let later = later(at: index, before: limit), later.isLater {
                    _ = family
                    return VersionPhrase(versions: [], isLater: true, isOnly: false, end: later.end)
                }
                return nil
            default:
                // "GNU General Public License (GPL) version 2", "GPL - GNU General Public License v2"; the number behind it
                // is left, for "CDDL 1.1" is a name, too.
                let behind = (index + 1..<min(limit, index + 8)).first { text.word($0) == .number }
                guard let family, let match = tabled(at: index, before: behind ?? limit),
                    case .family(family) = match.meaning
                else { return nil }
                index = match.end
                continue
            }
            index += 1
        }
        return nil
    }

    private func number(at index: Int) -> String? {
        switch text.word(index) {
        case .number: text[index].length <= 8 ? String(text.text(index).map { $0 == "_" ? "." : $0 }) : nil
        case .one: "1"
        case .two: "2"
        case .three: "3"
        default: nil
        }
    }

    private func isVersion(_ index: Int, of family: Int?) -> Bool {
        guard let number = number(at: index) else { return false }
        guard let family else { return number.utf8.count <= 4 }
        return member(table.families[family], number) != nil
    }

    private func numbers(
        at start: Int, before limit: Int, of family: Int?, saidVersion: Bool, isOnly: Bool
    ) -> VersionPhrase? {
        guard isVersion(start, of: family), let first = number(at: start) else { return nil }
        let gap = text.gap(start)
        guard saidVersion || gap.isDisjoint(with: [.comma, .period, .semicolon, .colon, .slash, .bar, .sign])
        else {
            return nil
        }
        var phrase = VersionPhrase(versions: [first], isLater: false, isOnly: isOnly, end: start + 1)
        if gap.contains(.equals), gap.contains(.angle) { phrase.isLater = true }
        // "1.3c", "2.1+": a letter glued on is part of the version, as in LPPL and gSOAP.
        while true {
            if text.byteAfter(phrase.end - 1) == UInt8(ascii: "+") {
                phrase.isLater = true
            }
            var next = phrase.end
            // "version 2 dated June, 1991".
            if text[next].hash == Self.dated {
                for date in (next + 1)..<min(limit, next + 5)
                where text.word(date) == .number && text[date].length == 4 {
                    next = date + 1
                    break
                }
            }
            // "of the License", "of the GNU GPL".
            if text.word(next) == .of {
                var behind = next + 1
                // "of of" stands in old libtool scripts.
                if text.word(behind) == .of { behind += 1 }
                while behind < limit, behind < next + 4,
                    text.word(behind) == .the || text.word(behind) == .that || text.word(behind) == .this
                        || text.word(behind) == .its
                {
                    behind += 1
                }
                if text.word(behind) == .license {
                    next = behind + 1
                } else if let family, let match = tabled(at: behind, before: limit),
                    case .family(family) = match.meaning
                {
                    next = match.end
                    if text.word(next) == .license { next += 1 }
                }
            } else if text.word(next) == .license, !text.gap(next).contains(.stop) {
                next += 1
            } else if Self.foreignOf.contains(text[next].hash) {
                // "3 de la licence", "2 van de licentie".
                let behind = Self.foreignOf.contains(text[next + 1].hash) ? next + 2 : next + 1
                if text.word(behind) == .license { next = behind + 1 }
            }
            phrase.end = next
            var published = next
            skipPublisher(&published, before: limit)
            if published > next, later(at: published, before: limit) != nil { next = published }
            if phrase.isLater { return phrase }
            if let later = later(at: next, before: limit) {
                phrase.isLater = later.isLater
                phrase.isOnly = !later.isLater
                phrase.end = later.end
                return phrase
            }
            // "2 or 3", "v2, v3", "2.0/3.0", "2 or (at your option) version 3".
            guard let other = alternative(at: next, before: limit, of: family),
                let number = number(at: other),
                phrase.versions.count < 4
            else { return phrase }
            phrase.versions.append(number)
            phrase.end = other + 1
        }
    }

    private func alternative(at start: Int, before limit: Int, of family: Int?) -> Int? {
        var index = start
        var joined = !text.gap(index).isDisjoint(with: [.comma, .slash, .bar])
        while index < min(limit, start + 8) {
            meter.spend(WorkMeter.Cost.word)
            let gap = text.gap(index)
            if gap.contains(.stop) || gap.contains(.blankLine) { return nil }
            switch text.word(index) {
            case .or, .and: joined = true
            case .version, .v, .either, .at, .your, .option, .the, .license, .of: break
            case .number:
                guard joined || !gap.isDisjoint(with: [.slash, .bar]), isVersion(index, of: family) else {
                    return nil
                }
                // "2, 3. Foo" or a date is no version.
                return text.word(index + 1) == .clause ? nil : index
            default:
                // "GPLv2 or GPLv3" is two names; "GPL 2 or GPL 3" as well.
                return nil
            }
            index += 1
        }
        return nil
    }

    struct Later { var isLater: Bool; var end: Int }

    /// "or later", "or (at your option) any later version", "and up", "+", "only", "and no later version".
    func later(at start: Int, before limit: Int) -> Later? {
        if start > 0, text.byteAfter(start - 1) == UInt8(ascii: "+"), text.word(start - 1) == .number {
            return Later(isLater: true, end: start)
        }
        var index = start
        guard index < limit, text.gap(index).isDisjoint(with: [.stop, .blankLine]) || text.word(index) == .or
        else {
            return nil
        }
        if text.word(index) == .only { return Later(isLater: false, end: index + 1) }
        if text.word(index) == .plus { return Later(isLater: true, end: index + 1) }
        if text.word(index) == .later || text.word(index) == .newer {
            return Later(isLater: true, end: index + (text.word(index + 1) == .version ? 2 : 1))
        }
        if text.word(index) == .any, text.word(index + 1) == .later || text.word(index + 1) == .newer {
            return Later(isLater: true, end: index + 3)
        }
        let opens = text.word(index)
        guard opens == .or || opens == .and || opens == .but || Self.isForeignOr(text, index) else {
            return nil
        }
        if opens == .and, text.word(index + 1) == .only { return Later(isLater: false, end: index + 2) }
        var isNegative = false
        index += 1
        let stop = min(limit, start + 12)
        while index < stop {
            meter.spend(WorkMeter.Cost.word)
            let gap = text.gap(index)
            if gap.contains(.blankLine) || gap.contains(.stop) { return nil }
            switch text.word(index) {
            case .later, .newer, .higher, .greater, .above, .subsequent:
                var end = index + 1
                if text.word(end) == .version { end += 1 }
                return Later(isLater: !isNegative, end: end)
            case .up:
                return Later(isLater: !isNegative, end: index + 1)
            case .not, .no: isNegative = true
            case .number, .address, .see, .under: return nil
            default:
                if Self.isForeignLater(text, index) {
                    return Later(isLater: !isNegative, end: min(limit, index + 1))
                }
            }
            index += 1
        }
        return nil
    }

    private static let dated = Lexemes.hash("dated".utf8)
    private static let foreignOr = WordHashes(
        ["oder", "ou", "o", "eller", "of", "lub", "nebo", "або", "или", "либо", "soit", "tai"].map {
            Lexemes.hash($0.utf8)
        })
    private static let foreignOf = WordHashes(
        ["der", "de", "della", "da", "do", "du", "dieser", "la", "van", "tej", "этой", "di"].map {
            Lexemes.hash($0.utf8)
        })
    private static let foreignLater = WordHashes(
        [
            "späteren", "spätere", "neueren", "neuere", "höhere", "höher", "ultérieure",
            "ultérieures", "posterior",
            "posteriores", "superior", "successiva", "posteriore", "senare", "nieuwere",
            "późniejszej", "spaeteren", "spaetere", "ulterieure",
            "newest", "latest", "latere", "successive", "późniejszych", "nowszej", "novější", "поздней",
            "поздняя", "новее",
            "позднее", "выше", "späterer", "uusi", "nyare", "senere", "nyere",
        ].map { Lexemes.hash($0.utf8) })

    private static func isForeignOr(_ text: Lexemes, _ index: Int) -> Bool {
        (text.word(index) == .other || text.word(index) == .of && text.gap(index).contains(.comma))
            && foreignOr.contains(text[index].hash)
    }

    private static func isForeignLater(_ text: Lexemes, _ index: Int) -> Bool {
        text.word(index) == .other && foreignLater.contains(text[index].hash)
    }

    private func member(_ family: LicenseFamily, _ version: String) -> String? {
        meter.spend(WorkMeter.Cost.item)
        func trimmed(_ text: String) -> Substring {
            var text = Substring(text)
            while text.hasSuffix(".0") { text = text.dropLast(2) }
            return text
        }
        let wanted = trimmed(version)
        if let exact = family.members.first(where: { trimmed($0.version) == wanted }) {
            return exact.identifier
        }
        // "GPL 2.1" and "LGPL 2.2" do not exist; the major number is what was meant.
        guard family.isGNU, family.stem != "GFDL", let major = wanted.first else { return nil }
        if wanted.count == 3, wanted.dropFirst().first == ".", ["GPL", "LGPL"].contains(family.stem) {
            return family.members.last { $0.version.first == major }?.identifier
        }
        return nil
    }

    /// "Version 1.1 or – as soon they will be approved – subsequent versions" is what the EUPL says of every grant.
    private static let updating: Set<String> = ["EUPL"]

    private func saysSubsequent(before end: Int) -> Bool {
        text.word(end - 1) == .subsequent || text.word(end - 2) == .subsequent
    }

    func node(_ family: LicenseFamily, _ phrase: VersionPhrase) -> LicenseExpression.Node {
        meter.spend(WorkMeter.Cost.expression)
        let identifiers = phrase.versions.compactMap { member(family, $0) }
        guard !identifiers.isEmpty else {
            let bare: LicenseExpression.Node? = (try? LicenseExpression.parse(family.unversioned))?.root
            return bare ?? .unlisted
        }
        var nodes: [LicenseExpression.Node] = []
        for (index, identifier) in identifiers.enumerated() {
            let isLater =
                phrase.isLater && index == identifiers.count - 1
                && !(Self.updating.contains(family.stem) && saysSubsequent(before: phrase.end))
            if family.isGNU {
                nodes.append(
                    .term(LicenseTerm(LicenseReference(identifier + (isLater ? "-or-later" : "-only")))))
            } else {
                nodes.append(.term(LicenseTerm(LicenseReference(identifier, isOrLater: isLater))))
            }
        }
        return .any(nodes)
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

    // MARK: exceptions

    /// "with the Classpath exception", "w/ GCC runtime library exception", "plus OpenSSL exception".
    func exception(at start: Int, before limit: Int) -> (identifier: String, end: Int)? {
        var index = start
        var opened = false
        while index < min(limit, start + 6) {
            meter.spend(WorkMeter.Cost.word)
            if text.gap(index).contains(.blankLine) || text.gap(index).contains(.stop) { return nil }
            switch text.word(index) {
            case .with, .plus: opened = true
            case .the, .a, .an: break
            default:
                if text[index].length == 1, text.text(index).lowercased() == "w",
                    text.byteAfter(index) == UInt8(ascii: "/")
                {
                    opened = true
                    break
                }
                guard
                    opened || text.gap(index).contains(.open) || text.gap(index).contains(.plus)
                        || text.gap(index).contains(.hyphen)
                else { return nil }
                guard let match = tabled(at: index, before: limit),
                    case .exception(let name) = match.meaning
                else {
                    // "with additional", "with special" before the name.
                    if opened, text.word(index) == .other, index < start + 5 { break }
                    return nil
                }
                var end = match.end
                var said = false
                for back in index..<end where text.word(back) == .exception || text.word(back) == .exceptions
                { said = true }
                if text.word(end) == .exception || text.word(end) == .exceptions {
                    said = true
                    end += 1
                }
                return said || name == "Linux-syscall-note" ? (name, end) : nil
            }
            index += 1
        }
        return nil
    }
}

extension LicenseExpression.Node {
    /// Stands for a name whose meaning is not yet settled.
    static var unlisted: Self { .term(LicenseTerm(LicenseReference("NOASSERTION"))) }

    /// Adds an exception to the first license, or to the one that the exception is for.
    func with(_ exception: String) -> Self {
        switch self {
        case .term(let term):
            guard term.exception == nil else { return self }
            return .term(LicenseTerm(term.license, with: ExceptionReference(Self.fitting(exception, term))))
        case .or(let parts): return .or(parts.map { $0.isGNU ? $0.with(exception) : $0 })
        case .and(let parts): return .and(parts.map { $0.isGNU ? $0.with(exception) : $0 })
        }
    }

    /// What "linking exception" means depends on what it is to; the additional permission of GPL-3 §7 cannot stand beside
    /// version 2: there it is the older wording.
    private static func fitting(_ exception: String, _ term: LicenseTerm) -> String {
        let version = LicenseKinship.version(term.license.identifier)
        let isLesser = term.license.identifier.hasPrefix("LGPL")
        switch exception {
        case "GPL-3.0-linking-exception" where isLesser, "LGPL-3.0-linking-exception" where isLesser:
            return version.hasPrefix("2") ? "OCaml-LGPL-linking-exception" : "LGPL-3.0-linking-exception"
        case "Autoconf-exception-generic-3.0" where version.hasPrefix("2"):
            return "Autoconf-exception-generic"
        default: return exception
        }
    }

    var isGNU: Bool {
        switch self {
        case .term(let term):
            return ["GPL-", "LGPL-", "AGPL-"].contains { term.license.identifier.hasPrefix($0) }
        case .or(let parts), .and(let parts): return parts.contains(where: \.isGNU)
        }
    }
}
