// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardSPDX

/// Something found in a file, on its way to become a finding or to be taken for a repetition of another.
struct WeighedItem {
    enum Source: Int, Comparable {
        case mention, hint, field, grant, header, tag, text
        static func < (a: Source, b: Source) -> Bool { a.rawValue < b.rawValue }
    }

    var source: Source
    var node: LicenseExpression.Node
    /// In the text that was read.
    var bytes: Range<Int>
    var score: Int
    var rule: String
    var isVague = false
    var isAlternative = false
    /// The version stands there: "LGPL 2 or later" is not the unversioned name, though they are written alike.
    var saidVersion = false
    var differences: [WordDifference] = []
    /// Stands in a string that the program prints.
    var isPrinted = false
    /// Counts for the file's expression.
    var isCounted = true
    /// Is shown.
    var isKept = true

    var terms: [LicenseTerm] { LicenseExpression(node).terms }
    var isChoice: Bool { if case .or = node { true } else { false } }
}

/// Settles what several statements in one file mean together.
///
/// - Source: issue of the license engine, §1: a file's expression is the AND of its distinct grants; a choice it offers
///   stays an OR; a grant and the text it names are one.
struct StatementWeighing {
    var items: [WeighedItem]
    var exceptions: [StatementMarks.Exception]
    var choices: [Int]
    /// Where lines of signs part one notice from the next.
    var separators: [Int] = []
    let role: FileRole
    let meter: WorkMeter
    /// Some of what was said was not weighed: there was too much of it.
    var isCutShort = false

    init(
        items: [WeighedItem], exceptions: [StatementMarks.Exception], choices: [Int], role: FileRole,
        byteCount: Int
    ) {
        self.items = items
        self.exceptions = exceptions
        self.choices = choices
        self.role = role
        meter = WorkMeter(byteCount: byteCount)
    }

    /// How far apart two statements of one choice may be, in bytes.
    private static let choiceReach = 8000
    /// And where lines of signs stand between them.
    private static let partedReach = 1500
    /// And what an introduction speaks of from where it ends.
    private static let introductionReach = 300

    /// The same said so often says no more; it bounds what hostile files cost.
    private static let maximumRepetitions = 6, maximumTerms = 1600
    static let maximumItems = 400
    private static let maximumMarks = 400

    /// Leaves out statements that only repeat, beyond a number that shows where they stand.
    private mutating func thin() {
        exceptions = Array(exceptions.prefix(Self.maximumMarks))
        choices = Array(choices.prefix(Self.maximumMarks))
        guard items.count > 60 else { return }
        var seen: [LicenseExpression.Node: Int] = [:]
        items = items.filter { item in
            seen[item.node, default: 0] += 1
            return item.source >= .header || seen[item.node, default: 0] <= Self.maximumRepetitions
        }
        var terms = 0
        let kept = items.prefix(Self.maximumItems).prefix { item in
            terms += item.node.termCount
            return terms <= Self.maximumTerms
        }
        isCutShort = kept.count < items.count
        items = Array(kept)
    }

    mutating func settle() {
        thin()
        items.sort { ($0.bytes.lowerBound, $1.bytes.upperBound) < ($1.bytes.lowerBound, $0.bytes.upperBound) }
        settleOverlaps()
        attachExceptions()
        dropLists()
        tellBetter()
        joinChoices()
        absorb()
    }

    /// The `AND` of what counts, in the order of the file.
    var expression: LicenseExpression? {
        let nodes = items.filter { $0.isCounted && $0.isKept }.map(\.node)
        guard !nodes.isEmpty else { return nil }
        return LicenseExpression(LicenseExpression.Node.all(nodes).withoutRepeats).normalized
    }

    // MARK: overlaps

    /// A statement inside a text is part of it; one that meets a header is the header, told better by the one that says more.
    private mutating func settleOverlaps() {
        for index in items.indices where items[index].source >= .header {
            guard items[index].source != .tag else { continue }
            let span = items[index].bytes
            let isHeader = items[index].source == .header
            for other in items.indices
            where other != index && items[other].isKept && items[other].source < .header {
                let common = items[other].bytes.clamped(to: span)
                guard common.count * 2 > items[other].bytes.count else { continue }
                if tells(items[other], otherThan: items[index]) { items[index].node = items[other].node }
                if isHeader, says(items[other], more: items[index]) {
                    items[index].node = items[other].node
                    items[index].isAlternative = items[index].isAlternative || items[other].isAlternative
                    if items[other].bytes.upperBound > span.upperBound {
                        items[index].bytes = span.lowerBound..<items[other].bytes.upperBound
                    }
                } else if isHeader, items[other].isAlternative {
                    items[index].isAlternative = true
                }
                items[other].isKept = false
            }
        }
        dropTitles()
        items.removeAll { !$0.isKept }
    }

    /// What an exact text says of tags is part of it, and a heading right before a text is the text's title.
    private mutating func dropTitles() {
        for text in items.indices where items[text].source == .text {
            let span = items[text].bytes
            for other in items.indices where other != text && items[other].isKept {
                let item = items[other]
                let isQuoted =
                    item.source == .tag && items[text].score >= 95 && item.bytes.lowerBound > span.lowerBound
                    && item.bytes.upperBound <= span.upperBound && item.node != items[text].node
                let isTitle =
                    item.source <= .field && Self.titles.contains(item.rule)
                    && item.bytes.lowerBound <= span.lowerBound
                    && item.bytes.upperBound <= span.lowerBound + 200
                    && span.lowerBound - item.bytes.upperBound < 160
                    && (item.bytes.upperBound > span.lowerBound || isKin(item, items[text]))
                if isQuoted || isTitle { items[other].isKept = false }
            }
        }
    }

    private static let titles: Set<String> = ["notice:heading", "notice:title"]

    private func isKin(_ title: WeighedItem, _ text: WeighedItem) -> Bool {
        title.isVague
            || title.terms.allSatisfy { a in
                text.terms.contains {
                    LicenseKinship.stem(a.license.identifier) == LicenseKinship.stem($0.license.identifier)
                }
            }
    }

    /// Whether the conditions that stand in a reworded text make another member of the BSD family of it than the template
    /// that shares the most words.
    private func tells(_ shape: WeighedItem, otherThan text: WeighedItem) -> Bool {
        guard text.source == .text, text.score < 95, shape.rule == "notice:shape",
            case .term(let a) = shape.node, case .term(let b) = text.node
        else { return false }
        func clauses(_ term: LicenseTerm) -> Int? {
            let parts = term.license.identifier.split(separator: "-")
            return parts.count > 2 && parts[0] == "BSD" && parts[2] == "Clause" ? Int(parts[1]) : nil
        }
        guard let own = clauses(a), let theirs = clauses(b) else { return false }
        // Of a text that breaks off, a variant is told by no more than what all of them have.
        if own == theirs, text.score < 80, b.license.identifier.hasPrefix(a.license.identifier + "-") {
            return true
        }
        return own > theirs
    }

    /// Whether a statement read by grammar tells more than the header it overlaps, or corrects its version.
    private func says(_ item: WeighedItem, more header: WeighedItem) -> Bool {
        guard item.source >= .grant, item.node != header.node else { return false }
        let own = item.terms
        let theirs = header.terms
        if own.count > theirs.count {
            return theirs.allSatisfy { a in
                own.contains {
                    LicenseKinship.stem($0.license.identifier) == LicenseKinship.stem(a.license.identifier)
                }
            }
        }
        guard own.count == 1, theirs.count == 1, header.score < 100 || own[0].exception != nil else {
            return false
        }
        let a = own[0].license.identifier
        // A name in words stands above words in common.
        if header.score < 95, !item.isVague,
            LicenseKinship.stem(a) != LicenseKinship.stem(theirs[0].license.identifier)
        {
            return true
        }
        guard item.node.isGNU || a.hasPrefix("GFDL-"),
            LicenseKinship.stem(a) == LicenseKinship.stem(theirs[0].license.identifier)
        else { return false }
        return !LicenseKinship.isOpen(a)
    }

    // MARK: exceptions

    private mutating func attachExceptions() {
        guard !exceptions.isEmpty else { return }
        let texts = exceptions.filter(\.isText).map(\.bytes)
        if !texts.isEmpty {
            exceptions.removeAll { exception in
                SpecialException.standsForOthers(exception.identifier) && !exception.isText
                    && texts.contains { $0.overlaps(exception.bytes) }
            }
        }
        let able = items.indices.filter { items[$0].source >= .field && items[$0].source != .tag }
        let gnu = able.filter { items[$0].node.isGNU }
        let apache = able.filter { index in
            items[index].terms.contains { $0.license.identifier == "Apache-2.0" }
        }
        for exception in exceptions {
            let candidates = Self.isForApache(exception.identifier) ? apache : gnu
            // The grant before it, else the first behind.
            let before = candidates.last {
                items[$0].bytes.lowerBound <= exception.bytes.lowerBound
                    && exception.bytes.lowerBound - items[$0].bytes.upperBound < 6000
            }
            let behind = candidates.first {
                items[$0].bytes.lowerBound > exception.bytes.lowerBound
                    && items[$0].bytes.lowerBound - exception.bytes.upperBound < 1500
            }
            guard var index = before ?? behind else { continue }
            // "This program is released under the GPL with the exception that": the grant before says which version.
            if let term = items[index].terms.first, LicenseKinship.isOpen(term.license.identifier) {
                let kin = candidates.last { candidate in
                    candidate != index
                        && items[candidate].terms.contains {
                            LicenseKinship.isWeaker(term, than: $0) && $0 != term
                        }
                }
                if let kin { index = kin }
            }
            items[index].node = items[index].node.with(exception.identifier)
        }
    }

    private static func isForApache(_ exception: String) -> Bool {
        exception == "LLVM-exception" || exception == "Swift-exception"
    }

    // MARK: lists

    /// Many names with no grant among them are a table, a menu or a catalogue.
    private mutating func dropLists() {
        func stems(_ isCounted: (WeighedItem) -> Bool) -> Int {
            Set(
                items.filter(isCounted).flatMap { item in
                    item.terms.map { LicenseKinship.stem($0.license.identifier) }
                }
            ).count
        }
        let hasSure = items.contains { $0.source >= .grant }
        if !hasSure {
            if stems({ $0.source <= .hint }) >= (role == .other ? 3 : 4) {
                items.removeAll { $0.source <= .hint }
            }
            if role == .other, stems({ $0.source == .field }) >= 4 { items.removeAll { $0.source == .field } }
        }
    }

    // MARK: introductions

    /// "Alternatively, under the BSD license as follows: …", "under the GPL: this program is free software; …": what follows
    /// tells which one.
    private mutating func tellBetter() {
        for index in items.indices where items[index].source == .grant || items[index].source == .field {
            let own = items[index].terms
            guard own.count == 1, own[0].exception == nil,
                items[index].isVague
                    || !items[index].saidVersion && LicenseKinship.isOpen(own[0].license.identifier)
            else { continue }
            let end = items[index].bytes.upperBound
            guard
                let next = items.indices.first(where: {
                    $0 > index && items[$0].source >= .header && items[$0].source != .tag
                        && items[$0].bytes.lowerBound >= end
                }), items[next].bytes.lowerBound - end < 400, !items[next].isChoice,
                let better = items[next].terms.first, items[next].terms.count == 1,
                LicenseKinship.stem(better.license.identifier)
                    == LicenseKinship.stem(own[0].license.identifier)
            else { continue }
            items[index].node = items[next].node
            items[index].isVague = false
        }
    }

    // MARK: choices

    private mutating func joinChoices() {
        // "Alternatively, …": beside what stands before.
        for index in items.indices
        where items[index].isAlternative && items[index].source >= .field && items[index].source != .tag {
            guard
                let before = items.indices.last(where: {
                    $0 < index && items[$0].isKept && items[$0].source >= .field && items[$0].source != .tag
                        && items[index].bytes.lowerBound - items[$0].bytes.upperBound < Self.choiceReach
                }), items[before].node != items[index].node
            else { continue }
            join(index, into: before)
        }
        // "Under the GPL or the X11 license:" and right below it each of them.
        for index in items.indices where items[index].isChoice && items[index].source == .grant {
            var end = items[index].bytes.upperBound
            for other in (index + 1)..<max(index + 1, min(items.count, index + 5)) {
                guard !items[other].isChoice, items[other].bytes.lowerBound - end < Self.introductionReach
                else { break }
                tellAlternative(of: index, by: other)
                end = max(end, items[other].bytes.upperBound)
            }
        }
        for mark in choices {
            var first: Int?
            var last = mark
            for index in items.indices
            where items[index].isKept && items[index].source >= .field && items[index].source != .tag {
                let item = items[index]
                guard item.bytes.upperBound > mark, item.bytes.lowerBound < last + Self.choiceReach else {
                    continue
                }
                // "Dual licensed: X or Y", a line of signs, and then the notice of something else.
                // So far below that it is no longer spoken of, too.
                if let first,
                    items[first].terms.count > 1 || item.bytes.lowerBound - last > Self.partedReach,
                    separators.contains(where: { (last..<max(last, item.bytes.lowerBound)).contains($0) })
                {
                    break
                }
                last = max(last, item.bytes.upperBound)
                if let first {
                    join(index, into: first)
                } else {
                    first = index
                }
            }
        }
    }

    private mutating func join(_ index: Int, into other: Int) {
        guard !meter.isSpent else { return isCutShort = true }
        tellAlternative(of: other, by: index)
        let before = items[other].terms
        let added = items[index].terms
        meter.spend(before.count * (added.count + 2) * WorkMeter.Cost.word * 4)
        items[index].isCounted = false
        // What is already among the alternatives is no new one.
        if added.allSatisfy({ term in before.contains { LicenseKinship.isWeaker(term, than: $0) } }) {
            return
        }
        if before.count == 1, added.count == 1, LicenseKinship.isWeaker(before[0], than: added[0]) {
            items[other].node = items[index].node
            return
        }
        meter.spend((before.count + added.count) * WorkMeter.Cost.word * 12)
        items[other].node = LicenseExpression.Node.any([items[other].node, items[index].node]).withoutRepeats
    }

    /// "The GPL or the X11 license, at your option", and below it a grant of version 2 and the text of the MIT license: they tell
    /// which ones.
    private mutating func tellAlternative(of other: Int, by index: Int) {
        let (named, told) = (items[other], items[index])
        guard case .or(let parts) = named.node, case .term(let better) = told.node, told.source >= .grant,
            told.source != .tag, named.source <= .grant
        else { return }
        meter.spend(parts.count * WorkMeter.Cost.word * 8)
        let stem = LicenseKinship.stem(better.license.identifier)
        let nodes = parts.map { part in
            guard case .term(let term) = part, term.exception == nil, term != better,
                LicenseKinship.stem(term.license.identifier) == stem
            else { return part }
            let identifier = term.license.identifier
            let isOpen =
                LicenseKinship.isOpen(identifier) && !LicenseKinship.isOpen(better.license.identifier)
            let isByText = told.source >= .header && (named.isVague || identifier == "X11")
            return isOpen || !told.node.isGNU && isByText ? told.node : part
        }
        if nodes != parts { items[other].node = LicenseExpression.Node.any(nodes).withoutRepeats }
    }
}
