// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// What is told by whole sentences, in English and other languages.
extension RiderReader {
    /// Where a license file has the Commons Clause as a heading.
    func namedClause() -> Int? {
        guard role == .licenseText else { return nil }
        let commons = Self.commons
        for index in 0..<max(0, text.count - 1)
        where text[index].hash == commons && text.word(index + 1) == .clause
            && text.gap(index).contains(.newline)
        {
            return Int(text[index].start)
        }
        return nil
    }

    private static let commons = Lexemes.hash("commons".utf8)

    /// What whole sentences say, where no wording told it already.
    func sentences(in place: Range<Int>, besides known: [Found]) -> [Found] {
        var found: [Found] = []
        var start = place.lowerBound
        // Of the last word in the paragraph that speaks of licenses.
        var lastOfTerms = -Self.paragraph
        var list: RefusedList?
        // A comment that plainly refuses one thing speaks of terms from there on.
        var lastPlain = -1
        while start < place.upperBound, known.count + found.count < Self.maximumFound, !meter.isSpent {
            if text.gap(start).contains(.blankLine), role == .other { lastOfTerms -= Self.paragraph / 2 }
            var end = start
            while end < place.upperBound, end - start < Self.longest, end == start || !isSentenceBreak(end) {
                if isOfTerms(end) { lastOfTerms = end }
                end += 1
            }
            meter.spend(WorkMeter.Cost.word * 2 * (end - start))
            defer { start = end }
            // A cell of a table tells of something.
            if text.gap(start).contains(.bar) || text.gap(end).contains(.bar) { continue }
            let isNear =
                role == .licenseText || start - lastOfTerms < Self.paragraph || heads.isNearTerms(start)
                || (role == .readme || role == .notice) && (start..<end).contains { isOneOf($0, Self.leave) }
            let isHead = heads.contains(start)
            // A license's own words.
            if altered.isEmpty, isExplained(start), isExplained(end - 1) { continue }
            // In code far from its terms such words are about what it does.
            guard isNear || isHead || role != .other else { continue }
            for hit in listed(start..<end, in: &list) + headed(start..<end)
                + sentence(in: start..<end, isNearTerms: isNear || isHead)
            where (isNear || !isHead || isInSameHead(lastPlain, start) || isPlainly(hit.mark, start, end))
                && isOwn(hit.start, end)
                && !isOfSomeLicense(hit.start) && !isQuoted(hit.start)
                && !isShown(hit.start, hit.end)
            {
                let bytes = self.sentence(hit.start, hit.end)
                let isKnown = known.contains {
                    $0.bytes.overlaps(bytes) && Self.tellsAlready($0.mark, hit.mark)
                }
                if !isKnown { found.append(Found(mark: hit.mark, bytes: bytes)) }
                if isHead { lastPlain = start }
            }
        }
        return found
    }

    private func isInSameHead(_ one: Int, _ other: Int) -> Bool {
        heads.comments.contains { $0.contains(one) && $0.contains(other) }
    }

    /// Whether a wording tells what the sentence would be told for once more.
    private static func tellsAlready(_ known: EnclosureMark, _ mark: EnclosureMark) -> Bool {
        switch known {
        case .allRightsReservedClash, .eulaBesideCopyleft: false
        case .riderNoncommercial, .riderNoRedistribution, .riderFieldOfUse:
            known == mark
                || ![.riderNoncommercial, .riderNoRedistribution, .furtherRestriction].contains(mark)
        default: true
        }
    }

    func sentence(in range: Range<Int>, isNearTerms: Bool) -> [SentenceReader.Found] {
        if let sentence = SentenceReader(text: text, range: range) {
            meter.spend(WorkMeter.Cost.word * 8 * range.count)
            let found = sentence.read(isNearTerms: isNearTerms)
            if !found.isEmpty { return found }
        }
        guard let foreign = range.first(where: { text.bytes[Int(text[$0].start)] >= 0x80 }) else {
            return ForeignReader.read(text, in: range)
        }
        if EastAsian.isLead(text.bytes[Int(text[foreign].start)]) {
            meter.spend(
                WorkMeter.Cost.word * (text[range.upperBound - 1].end - Int(text[range.lowerBound].start)) / 2
            )
            let found = EastAsianRiders.read(text, in: range)
            if !found.isEmpty { return found }
        }
        return ForeignReader.read(text, in: range)
    }

    /// A sentence ends where text does, or with the line of a list.
    func isSentenceBreak(_ index: Int) -> Bool {
        isBreak(index)
            || role != .other && text.gap(index).contains(.newline)
                && (text.gap(index).contains(.hyphen)
                    // "* Source under the GPL", not "**not** allowed".
                    || text.gap(index).contains(.star)
                        && text.bytes[Int(text[index].start) - 1] == UInt8(ascii: " "))
            || text.gap(index).contains(.bar)
    }

    func isOfTerms(_ index: Int) -> Bool {
        switch text.word(index) {
        case .license, .licensed, .licensing, .spdx, .copyright: true
        default: isOneOf(index, Self.licenseNames)
        }
    }

    private static let licenseNames = set(
        """
        mit apache gpl gplv agpl bsd mpl lgpl cc cc0 ofl isc creativecommons lizenz licencia licença licenza licentie licencja licencji licence лицензия лицензии лицензией lisans
        """)
    private static let paragraph = 60, longest = 90
    static let leave = set("permission consent authorization authorisation")

    /// "Alle Rechte vorbehalten", "tous droits réservés", "todos los derechos reservados".
    func rightsReservedAbroad(_ index: Int) -> Int? {
        guard isOneOf(index, Self.every) else { return nil }
        let rights = (index + 1...index + 2).first { isOneOf($0, Self.foreignRights) }
        guard let rights, isOneOf(rights + 1, Self.kept) else { return nil }
        return rights + 1
    }

    private static let every = set("alle tous todos tutti все Все ВСЕ alla wszelkie toate")
    private static let foreignRights = set(
        "rechte droits derechos direitos diritti права rechten rättigheter prawa drepturile")
    private static let kept = set(
        "vorbehalten réservés reservés reservados riservati защищены сохранены voorbehouden förbehållna zastrzeżone rezervate"
    )
}
