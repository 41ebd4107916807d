// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardSPDX

/// Versions behind a name, and what makes them "or later".
extension NameGrammar {
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
                if family != nil, Self.described.contains(text[index].hash) || leadsToVersion(index) { break }
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

    /// "GPL in der Version 2", "dans sa version 3": words that lead to one.
    private func leadsToVersion(_ place: Int) -> Bool {
        guard Self.leading.contains(text[place].hash) else { return false }
        for index in (place + 1)...(place + 3) {
            if !text.gap(index).isDisjoint(with: [.stop, .blankLine]) { return false }
            if text.word(index) == .version { return text.word(index + 1) == .number }
            if !Self.leading.contains(text[index].hash) { return false }
        }
        return false
    }

    private static let leading = NoticeGrammar.set(
        "in der die den het de dans sa la le en su na u w v ve nella sua pela a i")

    func number(at index: Int) -> String? {
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
            // "3-as", "2-es": Hungarian ordinals.
            if text.gap(next) == .hyphen, Self.ordinals.contains(text[next].hash) { next += 1 }
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
            } else if text.word(next) == .license, !text.gap(next).contains(.stop), !isLinkTarget(next) {
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
        guard index < limit,
            text.gap(index).isDisjoint(with: [.stop, .blankLine]) || text.word(index) == .or
                // "3. vagy újabb": a number with a full stop is an ordinal there.
                || text[index].hash == Self.vagy && !text.gap(index).contains(.blankLine)
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
        // "version 2 of (naar keuze) elke latere versie": in Dutch "of" ties so.
        let isDutch = opens == .of && text.word(index + 1) != .the
        guard opens == .or || opens == .and || opens == .but || isDutch || Self.isForeignOr(text, index)
        else {
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
                // "(of later)"
                let isShort = index == start + 1 && !text.gap(index + 1).isDisjoint(with: [.close, .newline])
                if isDutch, !isShort { return nil }
                var end = index + 1
                if text.word(end) == .version { end += 1 }
                return Later(isLater: !isNegative, end: end)
            case .up:
                if isDutch { return nil }
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

    private static let vagy = Lexemes.hash("vagy".utf8)
    private static let ordinals = NoticeGrammar.set("as es os ös ás")
    /// "… dokumentumában leírtak; akár a licenc 3-as, akár későbbi változata".
    private static let described = NoticeGrammar.set("dokumentumában leírtak akár")
    private static let dated = Lexemes.hash("dated".utf8)
    private static let foreignOr = WordHashes(
        [
            "oder", "ou", "o", "sia", "eller", "of", "lub", "nebo", "або", "или", "либо", "soit", "tai",
            "sau",
            "vagy", "akár", "veya",
            "nebo", "alebo", "ali", "ili", "atau", "hoặc", "arba", "või", "ή",
        ].map {
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
            "позднее", "выше", "uudemman", "uudempi", "újabb", "későbbi", "ulterioară", "sonrası", "sonraki",
            "novější", "novšia", "novejšo", "novija", "kasnija", "нова", "новіша", "новішої", "пізніша",
            "naujesnė", "uuem",
            "späterer", "uusi", "nyare", "senere", "nyere", "später", "spaeter", "nowsza", "późniejsza",
            "novšie", "novší", "naujesnę", "naujesnio", "baru", "terbaru",
        ].map { Lexemes.hash($0.utf8) })

    private static func isForeignOr(_ text: Lexemes, _ index: Int) -> Bool {
        text.word(index) == .other && foreignOr.contains(text[index].hash)
    }

    private static func isForeignLater(_ text: Lexemes, _ index: Int) -> Bool {
        text.word(index) == .other && foreignLater.contains(text[index].hash)
    }

    func member(_ family: LicenseFamily, _ version: String) -> String? {
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
        // "GPL 2.1" and "LGPL 2.2" do not exist; the major number is what was meant. "Version 1.2 added more" is a work's own.
        guard family.isGNU, family.stem != "GFDL", let major = wanted.first, major != "1" else { return nil }
        if wanted.count == 3, wanted.dropFirst().first == ".", ["GPL", "LGPL"].contains(family.stem) {
            return family.members.last { $0.version.first == major }?.identifier
        }
        return nil
    }

    /// "Version 1.1 or – as soon they will be approved – subsequent versions" is what the EUPL says of every grant.
    private static let updating: Set<String> = ["EUPL"]

    func saysSubsequent(before end: Int) -> Bool {
        text.word(end - 1) == .subsequent || text.word(end - 2) == .subsequent
    }

    func node(_ family: LicenseFamily, _ phrase: VersionPhrase) -> LicenseExpression.Node {
        meter.spend(WorkMeter.Cost.expression)
        let identifiers = phrase.versions.compactMap { member(family, $0) }
        guard !identifiers.isEmpty else {
            return meter.node(family.unversioned) ?? .unlisted
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
}
