// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardSPDX

/// Addresses, tags, reworded permissions, and pointers to other files.
extension NoticeGrammar {
    mutating func address() -> Int {
        meter.spend(WorkMeter.Cost.item)
        let address = text.text(index)
        guard let found = names.meter.expression(forAddress: address) else { return index + 1 }
        let isDeed = address.contains("creativecommons.org") || address.contains("licensebuttons")
        let isBadge = address.contains("shields.io")
        var saysLicense = isDeed || isBadge
        if !saysLicense {
            for at in max(0, index - 12)..<min(count, index + 8)
            where text.word(at) == .license || text.word(at) == .licensed { saysLicense = true }
        }
        // "© 2021 Jo Doe, <https://opensource.org/licenses/…>".
        if !saysLicense,
            Self.licensePages.contains(where: { address.contains($0) })
        {
            saysLicense = isNearCopyright(index, index + 1)
        }
        // "The terms are also available at https://…" says whose terms they are.
        let saysTerms =
            !isDeed && !isBadge && text.word(index - 1) == .at
            && (max(0, index - 8)..<index).contains { text.word($0) == .available }
            && (max(0, index - 8)..<index).contains { text.word($0) == .terms || text.word($0) == .license }
        // "See https://… for the terms."
        let isSeen =
            text.word(index - 1) == .see && text.word(index + 1) == .for
            && (index + 2...index + 5).contains { [.terms, .conditions, .license].contains(text.word($0)) }
        if saysTerms || isSeen { saysLicense = true }
        // `create(name: "MIT License", url: "https://…")`: a value in code, unless its key says what it is.
        if role == .other, text.gap(index).contains(.quote), text.word(index - 1) != .license,
            text.word(index - 2) != .license || text.gap(index - 1).contains(.comma),
            !isOneOf(index - 1, Self.links)
        {
            saysLicense = false
        }
        // `'perl' => 'https://…'` in a table that is called so: the page of each of many.
        if role == .other, text.word(index - 2) == .license, text.gap(index).contains(.quote),
            text.gap(index - 1).contains(.quote), !text.gap(index - 1).isDisjoint(with: [.open, .brace]),
            !isOneOf(index - 1, Self.pageKeys)
        {
            saysLicense = false
        }
        // `<a href="https://…">` of a component: what the pages link to, and a list of addresses.
        let isRelation = text.word(index - 2) == .license && text.gap(index - 1).contains(.quote)
        if role == .other, isOneOf(index - 1, Self.links), !isRelation, isProgram {
            return index + 1
        }
        if isListed(address: index) { return index + 1 }
        // ".LICENSEURI https://…", "licenseUrl: …".
        if isOneOf(index - 1, Self.addressFields) { saysLicense = true }
        let isOwnLine = !saysLicense && standsForTerms(index)
        if isOwnLine { saysLicense = true }
        guard saysLicense else { return index + 1 }
        // Pages of the GNU project are cited by every notice.
        let isGNU = found.root.isGNU && address.contains("gnu.org") && !isOwnLine
        let verb = context(before: index, limit: 8)
        guard !verb.isNegative else { return index + 1 }
        statements.append(
            Statement(
                node: found.root, strength: isGNU ? .mention : saysTerms ? .field : .hint,
                bytes: range(index, index + 1),
                rule: isBadge ? "notice:badge" : "notice:address",
                score: isGNU ? 50 : 80, isVague: isGNU))
        return index + 1
    }

    /// Whether it is one of three or more addresses of licenses, each alone on its line.
    private func isListed(address place: Int) -> Bool {
        guard role == .other || role == .readme, isAlone(place) else { return false }
        var known = 1
        for step in [-1, 1] {
            var at = place + step
            while known < 3, abs(at - place) < 4, text.word(at) == .address, isAlone(at) {
                meter.spend(WorkMeter.Cost.item)
                if names.meter.expression(forAddress: text.text(at)) != nil { known += 1 }
                at += step
            }
        }
        return known > 2
    }

    private func isAlone(_ place: Int) -> Bool {
        text.gap(place).contains(.newline)
            && (place + 1 >= count || text.gap(place + 1).contains(.newline))
    }

    /// "https://www.gnu.org/licenses/gpl-3.0.html" by itself in the head of a file: a paragraph of its own, that no word leads to.
    private func standsForTerms(_ place: Int) -> Bool {
        guard role == .other || role == .readme, Int(text[place].start) < 600, isAlone(place) else {
            return false
        }
        let address = text.text(place)
        guard address.contains("gnu.org/licen") || Self.licensePages.contains(where: { address.contains($0) })
        else { return false }
        let gap = text.gap(place)
        if text.word(place - 1) == .address || text.word(place + 1) == .address { return false }
        return gap.isDisjoint(with: [.comma, .colon, .quote, .open, .equals])
            && (place == 0 || gap.contains(.blankLine) || place < 3)
    }

    private static let licensePages = [
        "opensource.org", "spdx.org/licen", "opendatacommons.org/licen", "apache.org/licen",
        "mozilla.org/mpl", "jquery.org/licen",
    ]
    private static let links = set("href img src resource about")
    private static let pageKeys = set("url uri href link page text name id address location")
    private static let addressFields = set("licenseuri licenseurl")

    mutating func tag() -> Int? {
        tagCount += 1
        guard tagCount <= Self.maximumStatements else { return nil }
        meter.spend(SPDXTagReader.cost(role))
        guard let found = SPDXTagReader.read(text, at: index, role: role) else { return nil }
        meter.spend(WorkMeter.Cost.tagByte * (found.end - Int(text[index].start)))
        if let node = found.node {
            statements.append(
                Statement(
                    node: node, strength: .grant, bytes: range(index, index + 3).lowerBound..<found.end,
                    rule: found.isByName ? LicenseFinding.namedTag : "tag:spdx", score: 100, isTag: true))
        }
        var next = index + 1
        while next < count, Int(text[next].start) < found.end { next += 1 }
        return next
    }

    /// Reworded permission texts; where a text of the list matches the same words, that one holds.
    mutating func shape() {
        guard let found = PermissionShape(text: text, meter: meter).read(at: index),
            let node = (try? LicenseExpression.parse(found.identifier))?.root
        else { return }
        statements.append(
            Statement(
                node: node, strength: found.isSure ? .grant : .hint, bytes: range(index, found.end),
                rule: "notice:shape",
                score: 60, isVague: true))
    }

    /// "see the file COPYING", "in the LICENSE file".
    mutating func pointer() {
        meter.spend(WorkMeter.Cost.word * 12)
        guard marks.pointers.count < Self.maximumStatements, let found = FilePointer.read(text, at: index)
        else {
            return
        }
        meter.spend(WorkMeter.Cost.expression)
        if marks.pointers.last?.bytes != found.bytes { marks.pointers.append(found) }
    }

}
