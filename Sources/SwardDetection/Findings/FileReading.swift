// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardSPDX

/// Brings together what the matchers found in one file and turns it into findings.
struct FileReading {
    let words: Words
    let role: FileRole
    let isHistory: Bool
    let texts: [TextMatch]

    func write(into result: inout FileDetection) {
        let text = Lexemes(words.text, in: words.regions, count: words.count)
        var grammar = NoticeGrammar(text, role: role, isHistory: isHistory)
        if !result.isBinary {
            grammar.explained = texts.filter { $0.score >= 95 && !$0.isHeader && !$0.isException }.map(
                textRange)
        }
        grammar.read()
        var weighing = StatementWeighing(
            items: [], exceptions: grammar.marks.exceptions, choices: grammar.marks.choices, role: role,
            byteCount: words.text.count)
        if result.isBinary {
            weighing.items = grammar.statements.filter(\.isTag).map(item)
            weighing.exceptions = []
        } else {
            takeTexts(&weighing, besideGrants: grammar.statements.contains { $0.strength == .grant })
            // A choice that a license itself speaks of is not the file's.
            let spans = texts.filter { !$0.isHeader }.map { textRange($0) }
            weighing.choices.removeAll { place in spans.contains { $0.contains(place) } }
            weighing.items += grammar.statements.map(item)
        }
        if !weighing.choices.isEmpty, !result.isBinary { weighing.separators = separators() }
        let ignored = spans(in: text, from: Self.ignoreStart, to: Self.ignoreEnd)
        let snippets = spans(in: text, from: Self.snippetBegin, to: Self.snippetEnd)
        if !ignored.isEmpty {
            // What is marked as spoken about: names, fields and tags. A grant or a text is one, whatever stands around it.
            weighing.items.removeAll { item in
                (item.source <= .field || item.source == .tag)
                    && ignored.contains { $0.contains(item.bytes.lowerBound) }
            }
        }
        weighing.settle()
        result.work += grammar.spent + weighing.meter.spent
        if grammar.isCutShort || weighing.isCutShort { result.isReadInPart = true }
        let textSpans = texts.filter { !$0.isHeader }.map { textRange($0) }
        result.findings = weighing.items.filter(\.isKept).map { finding($0, snippets) }.sorted {
            ($0.bytes.lowerBound, $0.bytes.upperBound) < ($1.bytes.lowerBound, $1.bytes.upperBound)
        }
        result.expression = weighing.expression
        guard !result.isBinary else { return }
        takeEvidence(
            text, weighing.items, ignored, pointsToTerms: !grammar.marks.pointers.isEmpty, into: &result)
        let copyrights = CopyrightReader(text: text, meter: WorkMeter(byteCount: words.text.count))
        let notices = copyrights.read()
        result.copyrights = notices.map { notice($0) }
        if role == .licenseText {
            let covered = weighing.items.filter(\.isKept).map(\.bytes) + ignored
            result.residue = ResidueReader.residue(
                words, covered: covered, notices: notices.map(\.bytes), matches: texts)
        }
        result.work += copyrights.meter.spent
        if copyrights.meter.isSpent { result.isReadInPart = true }
        result.pointers = grammar.marks.pointers.filter { pointer in
            !textSpans.contains { $0.overlaps(pointer.bytes) }
        }.map { LicensePointer(path: $0.path, bytes: source($0.bytes), lines: lines($0.bytes)) }
    }

    /// Lines of twenty or more equal signs: `====`, `# ----`.
    private func separators() -> [Int] {
        let bytes = words.text
        var found: [Int] = []
        var at = Self.leastSigns - 1
        // A run so long has one byte at every such step.
        while at < bytes.count, found.count < Self.maximumSeparators {
            let byte = bytes[at]
            switch byte {
            case UInt8(ascii: "="), UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "_"),
                UInt8(ascii: "#"),
                UInt8(ascii: "~"), UInt8(ascii: "+"):
                var start = at
                while start > 0, bytes[start - 1] == byte { start -= 1 }
                var end = at
                while end < bytes.count, bytes[end] == byte { end += 1 }
                if end - start >= Self.leastSigns { found.append(start) }
                at = end - 1 + Self.leastSigns
            default: at += Self.leastSigns
            }
        }
        return found
    }

    private static let leastSigns = 20
    private static let maximumSeparators = 1000

    /// What stands between `REUSE-IgnoreStart` and `REUSE-IgnoreEnd`, or the marks of a snippet. Source: REUSE 3.3, "In-line
    /// Snippets" and below.
    private func spans(in text: Lexemes, from first: UInt32, to last: UInt32) -> [Range<Int>] {
        var spans: [Range<Int>] = []
        var start: Int?
        for lexeme in text.all where lexeme.hash == first || lexeme.hash == last {
            if lexeme.hash == first {
                start = start ?? lexeme.end
            } else if let begun = start {
                spans.append(begun..<Int(lexeme.start))
                start = nil
            }
        }
        if let start { spans.append(start..<max(start, words.text.count)) }
        return spans
    }

    private static let ignoreStart = Lexemes.hash("ignorestart".utf8)
    private static let ignoreEnd = Lexemes.hash("ignoreend".utf8)
    private static let snippetBegin = Lexemes.hash("snippetbegin".utf8)
    private static let snippetEnd = Lexemes.hash("snippetend".utf8)

    /// Words that fence, outside of what license texts explain.
    private func takeEvidence(
        _ text: Lexemes, _ items: [WeighedItem], _ ignored: [Range<Int>], pointsToTerms: Bool,
        into result: inout FileDetection
    ) {
        let hasGrant = result.expression != nil
        let explained = items.filter { $0.source == .text || $0.source == .header }.map(\.bytes) + ignored
        var reader = RiderReader(
            text: text, explained: explained, role: role,
            speaksOfTerms: hasGrant || role != .other || pointsToTerms
                || items.count == 1 && isBareStatement(items[0], in: text))
        reader.altered = texts.filter { !$0.isHeader && $0.score < 100 }.flatMap(\.differences).compactMap {
            $0.words.isEmpty
                ? nil
                : Int(words[$0.words.lowerBound].start)..<Int(words[$0.words.upperBound - 1].end)
        }
        let riders = reader.read()
        // Who calls it proprietary has said more, and who names the file with the terms has granted something.
        let hidesRights = hasGrant || pointsToTerms || riders.contains { $0.mark == .proprietary }
        var found = riders.filter { $0.mark != .allRightsReservedClash || !hidesRights }.map {
            EnclosureEvidence(
                mark: $0.mark, bytes: source($0.bytes), lines: lines($0.bytes),
                quote: CopyrightReader.folded(words.text.string($0.bytes.prefix(500))))
        }
        found += reader.parameters().filter { hasGrant || role != .other || $0.mark == .sourceAvailable }.map
        {
            EnclosureEvidence(
                mark: $0.mark, bytes: source($0.bytes), lines: lines($0.bytes),
                quote: String($0.quote.prefix(500)))
        }
        if role == .other {
            let locks = LockReader(text: text, meter: WorkMeter(byteCount: words.text.count))
            if let bytes = locks.read() {
                found.append(
                    EnclosureEvidence(
                        mark: .lockInCode, bytes: source(bytes), lines: lines(bytes),
                        quote: CopyrightReader.folded(words.text.string(bytes.prefix(500)))))
            }
            result.work += locks.meter.spent
        }
        result.evidence = found.sorted { ($0.bytes?.lowerBound ?? 0) < ($1.bytes?.lowerBound ?? 0) }
        result.work += reader.meter.spent
        if reader.meter.isSpent { result.isReadInPart = true }
    }

    /// "MIT." or "GPLv2." at the head of a sentence: too little to grant anything, enough to tell what the words beside it are of.
    private func isBareStatement(_ item: WeighedItem, in text: Lexemes) -> Bool {
        guard item.source <= .hint else { return false }
        let first = text.first(from: item.bytes.lowerBound, atOrAfter: 0)
        let next = text.first(from: item.bytes.upperBound, atOrAfter: first)
        return !text.gap(first).isDisjoint(with: [.newline, .stop])
            && !text.gap(next).isDisjoint(with: [.stop, .blankLine])
            && text.gap(first).isDisjoint(with: [.quote, .equals, .underscore])
    }

    private func item(_ statement: Statement) -> WeighedItem {
        let strength: WeighedItem.Source =
            switch statement.strength {
            case .mention: .mention
            case .hint: .hint
            case .field: .field
            case .grant: .grant
            }
        return WeighedItem(
            source: statement.isTag ? .tag : strength, node: statement.node, bytes: statement.bytes,
            score: statement.score, rule: statement.rule,
            isVague: statement.isVague, isAlternative: statement.isAlternative,
            saidVersion: statement.saidVersion, isPrinted: statement.isPrinted)
    }

    /// - Parameter besideGrants: Whether words of the file grant something.
    private func takeTexts(_ weighing: inout StatementWeighing, besideGrants: Bool) {
        // Parsed once: a file of notices has the same license again and again.
        var nodes: [String: LicenseExpression.Node] = [:]
        for match in texts.prefix(StatementWeighing.maximumItems + 1) {
            let range = textRange(match)
            if match.isException {
                weighing.exceptions.append(.init(identifier: match.expression, bytes: range, isText: true))
                // Alone in a file it is all there is to say.
                guard texts.count == 1, role == .licenseText, !besideGrants else { continue }
            }
            guard
                let node = nodes[match.expression]
                    ?? (try? LicenseExpression.parse(match.expression))?.normalized.root
            else { continue }
            nodes[match.expression] = node
            weighing.items.append(
                WeighedItem(
                    source: match.isHeader ? .header : .text, node: node, bytes: range, score: match.score,
                    rule: (match.isHeader ? "header:" : "text:") + match.expression,
                    saidVersion: match.isHeader,
                    differences: differences(match)))
        }
    }

    private func differences(_ match: TextMatch) -> [WordDifference] {
        match.differences.prefix(200).map { difference in
            let isEmpty = difference.words.isEmpty
            let place = min(difference.words.lowerBound, words.count - 1)
            let range =
                isEmpty
                ? words.sourceRange(place...place)
                : words.sourceRange(difference.words.lowerBound...(difference.words.upperBound - 1))
            return WordDifference(
                bytes: isEmpty ? range.lowerBound..<range.lowerBound : range,
                missing: difference.missing.joined(separator: " "),
                added: isEmpty
                    ? "" : words.string(difference.words.lowerBound...(difference.words.upperBound - 1)))
        }
    }

    private func textRange(_ match: TextMatch) -> Range<Int> {
        Int(words[match.words.lowerBound].start)..<Int(words[match.words.upperBound].end)
    }

    private func source(_ range: Range<Int>) -> Range<Int> {
        let start = words.sourceOffset(range.lowerBound)
        return start..<max(start, words.sourceOffset(range.upperBound))
    }

    private func lines(_ range: Range<Int>) -> ClosedRange<Int> {
        let first = words.line(atTextOffset: range.lowerBound)
        return first...max(first, words.line(atTextOffset: max(range.lowerBound, range.upperBound - 1)))
    }

    private func finding(_ item: WeighedItem, _ snippets: [Range<Int>]) -> LicenseFinding {
        let isOfSnippet = item.source == .tag && snippets.contains { $0.contains(item.bytes.lowerBound) }
        let kind: LicenseFinding.Kind =
            switch item.source {
            case .text: .text
            case .header: .header
            case .tag: .tag
            case .grant: item.bytes.count > 80 ? .header : .reference
            case .field, .hint, .mention: .reference
            }
        return LicenseFinding(
            kind: kind, expression: LicenseExpression(item.node).normalized, score: item.score,
            bytes: source(item.bytes),
            lines: lines(item.bytes), rule: isOfSnippet ? LicenseFinding.snippet : item.rule,
            differences: item.differences)
    }

    private func notice(_ found: CopyrightReader.Found) -> CopyrightNotice {
        CopyrightNotice(
            text: CopyrightReader.folded(words.text.string(found.bytes)), years: found.years,
            holder: found.holder,
            bytes: source(found.bytes), lines: lines(found.bytes))
    }
}
