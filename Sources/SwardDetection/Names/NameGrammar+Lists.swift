// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardSPDX

/// Several names tied by words or signs.
struct NamedLicenses: Sendable {
    var node: LicenseExpression.Node
    var end: Int
    var saidLicense: Bool
    /// No name in it is sure without the word "license".
    var isWeak: Bool
    var isVague: Bool
    var family: Int?
    var saidVersion: Bool
    var count: Int
}

extension NameGrammar {
    /// Names that follow each other: "MIT or Apache 2.0", "GPLv2+, LGPL-2.1+ and BSD-3-Clause", "MIT/Apache-2.0".
    ///
    /// - Parameter isChoice: It was said before that the list is a choice ("dual licensed", "either", "your choice of").
    /// - Note: A slash ties by OR, a comma by what ties the last two, and by AND where only commas stand.
    func list(at start: Int, before limit: Int, isChoice: Bool = false) -> NamedLicenses? {
        guard let first = name(at: start, before: limit) else { return nil }
        var items: [LicenseExpression.Node] = [first.node]
        var connectors: [NameConnector] = []
        var found = NamedLicenses(
            node: first.node, end: first.end, saidLicense: first.saidLicense, isWeak: first.isWeak,
            isVague: first.isVague,
            family: first.family, saidVersion: first.saidVersion, count: 1)
        var isChoice = isChoice
        var lastFamily = first.family
        var lastSaidVersion = first.saidVersion
        while items.count < 16, let next = connector(at: found.end, before: limit) {
            meter.spend(WorkMeter.Cost.item)
            guard let item = name(at: next.index, before: limit) else { break }
            // "The Eclipse Public License, which is available at https://…/epl-2.0, or …": the address tells its version.
            if let address = next.address, connectors.count + 1 == items.count,
                let told = meter.expression(forAddress: text.text(address))?.root,
                NoticeGrammar.refines(items[items.count - 1], !lastSaidVersion, by: told)
            {
                items[items.count - 1] = told
                if items.count == 1 { found.node = told }
            }
            // "GPL (GNU General Public License v2)" names one license twice.
            if next.isParenthesis {
                if Self.isNumberedBSD(items[items.count - 1]), Self.isNumberedBSD(item.node), !item.isVague {
                    // "the new BSD license (two-clause BSD license)": "new" is said of both, and the number tells.
                    items[items.count - 1] = item.node
                    if items.count == 1 { found.node = item.node }
                } else if let merged = Self.merged(items[items.count - 1], item.node, item.saidVersion) {
                    items[items.count - 1] = merged
                } else if next.connector == nil {
                    break
                } else {
                    connectors.append(next.connector ?? .comma)
                    items.append(item.node)
                }
            } else if let connector = next.connector {
                if item.family != nil, item.family == lastFamily, !item.saidVersion, connector == .comma {
                    // A list of one family's names.
                    break
                }
                connectors.append(connector)
                items.append(item.node)
            } else {
                break
            }
            lastFamily = item.family
            lastSaidVersion = item.saidVersion
            found.end = item.end
            found.saidLicense = found.saidLicense || item.saidLicense
            found.isWeak = found.isWeak && item.isWeak
            found.isVague = found.isVague || item.isVague
            isChoice = isChoice || next.isChoice
        }
        if items.count > 1 {
            meter.spend(WorkMeter.Cost.item * items.count)
            found.node = Self.join(
                items, connectors, isChoice: isChoice || saysChoice(at: found.end, before: limit))
            found.count = items.count
            found.family = nil
        }
        return found
    }

    /// "<LICENSE-MIT or https://…>", "(see LICENSE)": an aside that holds an address or names a file.
    func skipAside(_ start: Int, before limit: Int) -> Int {
        let gap = text.gap(start)
        guard !gap.isDisjoint(with: [.angle, .open]), start < limit else { return start }
        let isKnown =
            [.license, .see, .address, .file, .found].contains(text.word(start))
            // `(the "GPL")`, `("GPL")`.
            || text.word(start) == .the || text.gap(start).contains(.quote)
        guard isKnown else { return start }
        for index in (start + 1)..<min(limit + 1, start + 16)
        where !text.gap(index).isDisjoint(with: [.angle, .close]) {
            return index
        }
        return start
    }

    /// "at your option", "at your choice" behind a list.
    private func saysChoice(at start: Int, before limit: Int) -> Bool {
        let start = skipAside(start, before: limit)
        for index in start..<min(limit, start + 6) {
            if text.gap(index).contains(.stop) { return false }
            if text.word(index) == .option || text.word(index) == .choice { return true }
            if text.word(index) == .dual || text.word(index) == .dually { return true }
        }
        return false
    }

    static func join(
        _ items: [LicenseExpression.Node], _ connectors: [NameConnector], isChoice: Bool
    ) -> LicenseExpression.Node {
        if isChoice { return .any(items.perlLicense).withoutRepeats }
        var resolved: [NameConnector] = []
        var last: NameConnector = connectors.contains(.slash) ? .slash : .and
        if let explicit = connectors.last(where: { $0 != .comma }) { last = explicit }
        for connector in connectors.reversed() {
            if connector != .comma { last = connector }
            resolved.append(last)
        }
        resolved.reverse()
        // Of one program only one version of a license holds: "GPLv2, GPLv3".
        let identifiers = items.compactMap(\.gnuIdentifier)
        if identifiers.count == items.count, Set(identifiers).count > 1,
            Set(identifiers.map { LicenseKinship.stem($0) }).count == 1, !connectors.contains(.and)
        {
            return .any(items).withoutRepeats
        }
        var alternatives: [LicenseExpression.Node] = []
        var conjuncts = [items[0]]
        for (connector, item) in zip(resolved, items.dropFirst()) {
            switch connector {
            case .and, .plus, .comma: conjuncts.append(item)
            case .or, .slash:
                alternatives.append(.all(conjuncts).withoutRepeats)
                conjuncts = [item]
            }
        }
        alternatives.append(.all(conjuncts).withoutRepeats)
        return .any(alternatives.perlLicense).withoutRepeats
    }

    static func isNumberedBSD(_ node: LicenseExpression.Node) -> Bool {
        guard case .term(let term) = node, term.exception == nil else { return false }
        return ["BSD-2-Clause", "BSD-3-Clause"].contains(term.license.identifier)
    }

    /// What two names in a row mean when the second only repeats the first, more exactly.
    static func merged(
        _ first: LicenseExpression.Node, _ second: LicenseExpression.Node, _ secondSaidVersion: Bool
    ) -> LicenseExpression.Node? {
        if first == second { return first }
        guard case .term(let a) = first, case .term(let b) = second else { return nil }
        func stem(_ term: LicenseTerm) -> Substring {
            term.license.identifier.prefix { !$0.isNumber }
        }
        guard stem(a) == stem(b) else { return nil }
        // The one that tells more: a version, "or later", an exception.
        func weight(_ term: LicenseTerm) -> Int {
            let text = term.license.identifier
            return (text.hasSuffix("-1.0-or-later") || text == "LGPL-2.0-or-later" ? 0 : 2)
                + (text.hasSuffix("-or-later") ? 1 : 0)
                + (term.exception == nil ? 0 : 4)
        }
        return weight(b) > weight(a) ? second : first
    }

    struct Connection {
        var connector: NameConnector?; var index: Int; var isChoice: Bool; var isParenthesis: Bool
        /// Where the text of what was named stands, as far as that was said.
        var address: Int?
    }

    /// ", which is available at https://…", "as found at <https://…>": where the text of what was named stands.
    ///
    /// - Returns: Just past the address, or `start` where there is none.
    private func skipPlace(_ start: Int, before limit: Int) -> Int {
        var sawPlace = false
        for index in start..<min(limit, start + 9) {
            meter.spend(WorkMeter.Cost.word)
            if !text.gap(index).isDisjoint(with: [.stop, .blankLine]) { return start }
            switch text.word(index) {
            case .address: return sawPlace ? index + 1 : start
            case .available, .found: sawPlace = true
            case .which, .that, .as, .is, .are, .be, .can, .may, .at, .from, .in, .under, .text, .full, .copy:
                break
            default:
                guard Self.placing.contains(text[index].hash) else { return start }
                sawPlace = sawPlace || index > start
            }
        }
        return start
    }

    private static let placing = NoticeGrammar.set(
        "obtained downloaded located reproduced online here freely")

    private static let href = Lexemes.hash("href".utf8)
    private static let foreignOr = NoticeGrammar.set(
        "または 又は もしくは あるいは 或 或者 或是 또는 혹은 oder ou o eller lub albo nebo alebo или либо або sau vagy veya ali ili atau hoặc arba või tai"
    )
    private static let articles = NoticeGrammar.set("der die das den dem la le les el los il lo het de det")
    private static let foreignAnd = NoticeGrammar.set("および 及び 和 与 以及 및 und et y e и och og en és ve dan")

    /// "GPL (v2 or later, same as the rest) or the BSD license": what else is said in the parenthesis of the version.
    private func leaveParenthesis(_ start: Int, before limit: Int) -> Int {
        guard text.gap(start).contains(.comma), [.same, .as, .like, .see, .which].contains(text.word(start))
        else {
            return start
        }
        var back = start
        while back > start - 8, back > 0, text.gap(back).isDisjoint(with: [.open, .close]) { back -= 1 }
        guard text.gap(back).contains(.open), !text.gap(back).contains(.close) else { return start }
        for index in (start + 1)..<min(limit, start + 9) {
            if !text.gap(index).isDisjoint(with: [.stop, .blankLine, .open]) { return start }
            if text.gap(index).contains(.close) { return index }
        }
        return start
    }

    /// What ties the name that ends at `start` to the next.
    func connector(at start: Int, before limit: Int) -> Connection? {
        var index = skipAside(leaveParenthesis(start, before: limit), before: limit)
        skipPublisher(&index, before: limit)
        index = skipAside(index, before: limit)
        let place = index
        index = skipPlace(index, before: limit)
        let address = index > place ? index - 1 : nil
        let start = index
        var connector = start > 0 ? EastAsian.tie(text.bytes, text[start - 1].bytes) : nil
        var isChoice = false
        var isParenthesis = false
        var sawOr = false
        while index < min(limit, start + 11) {
            meter.spend(WorkMeter.Cost.word)
            let gap = text.gap(index)
            if gap.contains(.blankLine) { return nil }
            if gap.contains(.stop), text.word(index) != .or, text.word(index) != .and { return nil }
            if gap.contains(.open), index == start { isParenthesis = true }
            if connector == nil {
                if gap.contains(.slash) || gap.contains(.bar) {
                    connector = gap.contains(.bar) ? .or : .slash
                } else if gap.contains(.comma) || gap.contains(.semicolon) {
                    connector = .comma
                } else if gap.contains(.ampersand) {
                    connector = .and
                } else if gap.contains(.plus), index > start || gap.contains(.space) {
                    connector = .plus
                }
            } else if gap.contains(.slash), connector == .and {
                connector = .or
            }
            switch text.word(index) {
            case .or:
                connector = connector == .and && gap.contains(.slash) ? .or : .or
                sawOr = true
            case .and:
                if !sawOr { connector = .and }
            case .plus: connector = .plus
            case .alternatively: connector = .or
            case .at, .your, .under, .the, .terms, .of, .a, .an, .to, .it, .as, .either, .both, .also, .well,
                .by, .with, .any, .same:
                // A name may begin with one of these only after the filler ("the MIT license").
                if connector != nil, name(at: index, before: limit) != nil {
                    return Connection(
                        connector: connector, index: index, isChoice: isChoice, isParenthesis: isParenthesis,
                        address: address)
                }
                if text.word(index) == .with, connector == nil { return nil }
            case .option, .choice: isChoice = true
            case .license, .licensed:
                if connector == nil, index > start { return nil }
            // A link around the next name: `<a href="https://…">`.
            case .other where connector != nil && gap.contains(.markup) && text[index].hash == Self.href:
                if text.word(index + 1) == .address { index += 1 }
            case .other where Self.foreignOr.contains(text[index].hash): connector = .or
            case .other where Self.foreignAnd.contains(text[index].hash): connector = .and
            // "der MIT- oder der Apache-2.0-Lizenz".
            case .other
            where connector != nil && Self.articles.contains(text[index].hash)
                && name(at: index, before: limit) == nil:
                break
            default:
                guard
                    connector != nil || isParenthesis || gap.contains(.newline)
                        || (gap.contains(.hyphen) && gap.contains(.space))
                else { return nil }
                return Connection(
                    connector: connector, index: index, isChoice: isChoice, isParenthesis: isParenthesis,
                    address: address)
            }
            index += 1
        }
        return nil
    }
}

extension [LicenseExpression.Node] {
    /// "The GNU General Public License or the Artistic License", neither with a version, is how Perl is licensed.
    var perlLicense: Self {
        let artistic = LicenseExpression.Node.term(LicenseTerm(LicenseReference("Artistic-1.0")))
        let any = LicenseExpression.Node.term(LicenseTerm(LicenseReference("GPL-1.0-or-later")))
        // "…, the same terms as Perl": the third says which two they are.
        let isTold = contains { node in
            guard case .or(let parts) = node else { return false }
            return parts.count == 2 && parts.contains(any)
                && parts.contains(.term(LicenseTerm(LicenseReference("Artistic-1.0-Perl"))))
        }
        if isTold { return filter { $0 != artistic && $0 != any } }
        guard count == 2, contains(any), contains(artistic) else { return self }
        return map { $0 == artistic ? .term(LicenseTerm(LicenseReference("Artistic-1.0-Perl"))) : $0 }
    }
}

extension LicenseExpression.Node {
    fileprivate var gnuIdentifier: String? {
        guard case .term(let term) = self, term.exception == nil, isGNU else { return nil }
        return term.license.identifier
    }

    /// Repeated ones too.
    var termCount: Int {
        switch self {
        case .term: 1
        case .and(let parts), .or(let parts): parts.reduce(0) { $0 + $1.termCount }
        }
    }

    var withoutRepeats: Self {
        func unique(_ parts: [Self]) -> [Self] {
            var seen: Set<Self> = []
            return parts.filter { seen.insert($0).inserted }
        }
        return switch self {
        case .term: self
        case .and(let parts): .all(unique(parts))
        case .or(let parts): .any(unique(parts))
        }
    }
}
