// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Lists of what is refused, by the words that lead in or by crosses before the items.
extension RiderReader {
    // What the comments show is no one's word for this file.
    // REUSE-IgnoreStart

    /// A list that is being read, of which each item is refused.
    struct RefusedList {
        /// Whether an item of it was read; a blank line may part the first one from what leads in.
        var hasBegun = false
        /// "You must:", of what is to be done and not of what is refused.
        var isOfDuties = false
    }

    /// What an item refuses, if the sentence is one; opens and closes lists.
    func listed(_ range: Range<Int>, in list: inout RefusedList?) -> [SentenceReader.Found] {
        let start = range.lowerBound
        let isItem = isListItem(start)
        if isItem, list != nil || role != .other && isCrossed(start) {
            list?.hasBegun = true
            return list?.isOfDuties == true ? due(in: range) : refused(in: range)
        }
        if let open = list, open.hasBegun || !text.gap(start).contains(.blankLine) || !isItem { list = nil }
        if leadsIn(range) {
            list = RefusedList()
        } else if text.byteAfter(range.upperBound - 1) == UInt8(ascii: ":"), leadsDuties(range) {
            list = RefusedList(isOfDuties: true)
        }
        return []
    }

    /// "Prohibited uses: trade, redistribution, …": each part of what follows is refused.
    func headed(_ range: Range<Int>) -> [SentenceReader.Found] {
        guard role != .other,
            let colon = range.dropFirst().prefix(4).first(where: { text.gap($0).contains(.colon) }),
            colon < range.upperBound
        else { return [] }
        let kinds = (range.lowerBound..<colon).map { SentenceWord.of(text[$0].hash) }
        let isNot = kinds.contains { $0.contains(.not) }
        guard
            kinds.contains(where: { $0.contains(.ban) && !$0.contains(.wrong) }) && !isNot
                || isNot && kinds.contains(where: { $0.contains(.allow) })
        else { return [] }
        return refused(in: colon..<range.upperBound)
    }

    private func isListItem(_ index: Int) -> Bool {
        let gap = text.gap(index)
        guard gap.contains(.newline) || gap.contains(.blankLine) || index == 0 else { return false }
        return !gap.isDisjoint(with: [.hyphen, .star, .other, .plus]) || text.word(index) == .number
    }

    /// "You may not:", "The following is prohibited:", "## Prohibited uses".
    private func leadsIn(_ range: Range<Int>) -> Bool {
        let last = text[range.upperBound - 1].end
        let isOpen =
            (last..<last + 4).contains { text.bytes[$0] == UInt8(ascii: ":") }
            || text.bytes[last] == 0xEF && text.bytes[last + 1] == 0xBC && text.bytes[last + 2] == 0x9A
        let isHeading = text.gap(range.lowerBound).contains(.hash) && role != .other && range.count <= 8
        guard isOpen || isHeading else { return false }
        let kinds = range.suffix(12).map { SentenceWord.of(text[$0].hash) }
        let isBan = kinds.contains { $0.contains(.ban) }
        let isNot = kinds.indices.contains { at in
            kinds[at].contains(.not)
                && (at > 0 && kinds[at - 1].contains(.modal)
                    || kinds.indices.contains(at + 1) && kinds[at + 1].contains(.allow)
                    || text.word(range.upperBound - kinds.count + at) == .cannot)
        }
        return isBan && !kinds.contains { $0.contains(.not) } || isNot || ForeignReader.isBan(text, range)
            || EastAsianRiders.isBan(text, range)
    }

    /// Whether a cross stands before the item.
    private func isCrossed(_ index: Int) -> Bool {
        let start = Int(text[index].start)
        var at = start - 1
        while at >= 0, start - at < 16, text.bytes[at] != 0x0A {
            // ❌ ✗ ✘ ⛔ 🚫
            if text.bytes[at] == 0xE2,
                text.bytes[at + 1] == 0x9D && text.bytes[at + 2] == 0x8C
                    || text.bytes[at + 1] == 0x9C && [0x97, 0x98].contains(text.bytes[at + 2])
                    || text.bytes[at + 1] == 0x9B && text.bytes[at + 2] == 0x94
                    || text.bytes[at + 1] == 0x9D && text.bytes[at + 2] == 0x8E
            {
                return true
            }
            if text.bytes[at] == 0xF0, text.bytes[at + 1] == 0x9F, text.bytes[at + 2] == 0x9A,
                text.bytes[at + 3] == 0xAB
            {
                return true
            }
            at -= 1
        }
        return false
    }

    /// "You must:", "whoever uses it has to:"; not "to contribute you have to:".
    private func leadsDuties(_ range: Range<Int>) -> Bool {
        let last = range.upperBound - 1
        let verb = text.word(last) == .to ? last - 1 : last
        return range.contains(verb) && SentenceWord.of(text[verb].hash).contains(.need)
            && !range.contains { isOneOf($0, Self.helpings) }
    }

    private static let helpings = set(
        "contribute contributing contribution contributions contributor contributors help helping join patch patches report"
    )

    /// "Send all modifications back to the author."
    private func due(in range: Range<Int>) -> [SentenceReader.Found] {
        let kinds = range.map { SentenceWord.of(text[$0].hash) }
        guard let deed = kinds.prefix(3).firstIndex(where: { !$0.isDisjoint(with: [.report, .bringing]) }),
            kinds.contains(where: { $0.contains(.improvement) }),
            kinds[(deed + 1)...].contains(where: { $0.contains(.maker) })
        else { return [] }
        return [(.furtherRestriction, range.lowerBound + deed, range.upperBound)]
    }

    private func refused(in range: Range<Int>) -> [SentenceReader.Found] {
        let kinds = range.map { SentenceWord.of(text[$0].hash) }
        let all = kinds.reduce(into: SentenceWord()) { $0.formUnion($1) }
        guard all.isDisjoint(with: [.except, .notice, .naming, .not, .technical, .secret]),
            !range.contains(where: { text.word($0) == .without })
        else { return [] }
        var found: [SentenceReader.Found] = []
        func add(_ mark: EnclosureMark, _ place: Int?) {
            if let place { found.append((mark, range.lowerBound + place, range.lowerBound + place + 1)) }
        }
        func first(_ test: (Int) -> Bool) -> Int? { kinds.indices.first(where: test) }
        if all.contains(.mind), !all.isDisjoint(with: [.lesson, .feed]) {
            add(.noAIRider, first { kinds[$0].contains(.mind) })
            return found
        }
        add(
            .riderNoncommercial,
            first {
                kinds[$0].contains(.sell)
                    || kinds[$0].contains(.trade) && !isNoncommercial(range.lowerBound + $0 - 1)
            })
        add(.riderNoRedistribution, first { kinds[$0].contains(.surely) && kinds[$0].contains(.share) })
        if kinds.count <= 8 {
            add(.furtherRestriction, first { kinds[$0].contains(.change) && !kinds[$0].contains(.changed) })
        }
        add(.riderFieldOfUse, first { kinds[$0].contains(.field) })
        if found.isEmpty {
            found = ForeignReader.refused(text, in: range)
            if found.isEmpty { found = EastAsianRiders.refused(text, in: range) }
        }
        return found
    }

    // REUSE-IgnoreEnd
}
