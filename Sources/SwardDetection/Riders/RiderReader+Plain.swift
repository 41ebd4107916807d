// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// What people say of their terms in words of their own, where terms are what is spoken of.
extension RiderReader {
    // What the comments show is no one's word for this file.
    // REUSE-IgnoreStart

    /// Of the paragraphs that state terms, stand below a heading of them, or follow at once.
    func plainSentences(in place: Range<Int>, besides known: inout [Found]) -> [Found] {
        var found: [Found] = []
        var start = place.lowerBound
        var isBelowHeading = false, followsTerms = false
        while start < place.upperBound, known.count + found.count < Self.maximumFound, !meter.isSpent {
            var end = start + 1
            while end < place.upperBound, !text.gap(end).contains(.blankLine) { end += 1 }
            defer { start = end }
            let heading = self.heading(start..<end)
            if let heading { isBelowHeading = isOfTermsHeading(start..<heading) }
            let hasTerms = (start..<end).contains { isOfTerms($0) }
            let isNear: Bool =
                switch role {
                case .licenseText, .notice: true
                case .readme:
                    hasTerms || isBelowHeading || followsTerms
                        || (start..<end).contains { isOneOf($0, Self.leave) }
                case .other:
                    hasTerms || heads.contains(start)
                        || followsTerms && end - start < Self.paragraphAfterTerms
                }
            followsTerms = hasTerms
            guard isNear || role == .readme else { continue }
            for hit in plain(in: (heading ?? start)..<end, isNear: isNear)
            where hasTerms || !heads.contains(hit.start) || heads.isNearTerms(hit.start)
                || isPlainly(hit.mark, hit.start, hit.end)
            {
                let bytes = sentence(hit.start, hit.end)
                // "AI companies need a paid license": more than a matter of trade.
                if hit.mark == .noAIRider {
                    known.removeAll { Self.ofUse.contains($0.mark) && $0.bytes.overlaps(bytes) }
                }
                let isKnown = (known + found).contains { $0.bytes.overlaps(bytes) }
                if !isKnown { found.append(Found(mark: hit.mark, bytes: bytes)) }
            }
        }
        return found
    }

    private static let ofUse: Set<EnclosureMark> = [.riderNoncommercial, .riderFieldOfUse]
    private static let paragraphAfterTerms = 40, longest = 60, shortQuestion = 8

    /// Where a heading at the head of a paragraph ends.
    private func heading(_ range: Range<Int>) -> Int? {
        guard role == .readme else { return nil }
        let line = range.dropFirst().first { text.gap($0).contains(.newline) } ?? range.upperBound
        guard line - range.lowerBound <= 6 else { return nil }
        let isMarked =
            text.gap(range.lowerBound).contains(.hash)
            || !text.gap(line).isDisjoint(with: [.equals, .hyphen]) && text.gap(line).contains(.newline)
            || line == range.upperBound && line - range.lowerBound <= 3 && !text.gap(line).contains(.stop)
        return isMarked ? line : nil
    }

    private func isOfTermsHeading(_ range: Range<Int>) -> Bool {
        range.contains { isOfTerms($0) || isOneOf($0, Self.headings) }
    }

    private static let headings = set(
        "licence terms legal permissions permission rights lizenz lizenzen lizenzbedingungen licencia licença licenza licentie nutzungsbedingungen лицензия"
    )

    private func plain(in range: Range<Int>, isNear: Bool) -> [SentenceReader.Found] {
        var found: [SentenceReader.Found] = []
        var start = range.lowerBound
        var question: Int?
        while start < range.upperBound {
            var end = start + 1
            while end < range.upperBound, end - start < Self.longest, !isSentenceBreak(end) { end += 1 }
            defer { start = end }
            // A cell of a table, a list of names in code or of paths.
            let isCell =
                text.gap(start).contains(.bar) || text.gap(end).contains(.bar)
                || (start + 1..<end).contains {
                    text.gap($0).isSuperset(of: [.star, .slash])
                        || text.gap($0).isSuperset(of: [.quote, .comma, .newline])
                }
            meter.spend(WorkMeter.Cost.word * 12 * (end - start))
            // "Commercial use? Ask first.": the answer tells of what was asked.
            let first = question ?? start
            question =
                text.byteAfter(end - 1) == UInt8(ascii: "?") && end - start <= Self.shortQuestion
                ? start : nil
            guard !isCell, isOwn(start, end), question == nil || first < start else { continue }
            guard let sentence = PlainSentence(text: text, range: first..<end) else { continue }
            found += (isNear ? sentence.read(isCode: role == .other) : sentence.readFar()).filter {
                isOwn($0.start, end) && !isOfSomeLicense($0.start) && !isQuoted($0.start)
                    && !isShown($0.start, $0.end)
            }
        }
        return found
    }

    // MARK: Claims

    /// "This file is the property of …": at the head of any file, and wherever terms are what a file is about.
    func claims(besides known: [Found]) -> [Found] {
        guard !known.contains(where: { $0.mark == .proprietary }) else { return [] }
        let end = min(text.count, role == .other ? Self.head : text.count)
        var start = 0
        while start < end, !meter.isSpent {
            var last = start + 1
            while last < text.count, last - start < Self.longest, !isSentenceBreak(last) { last += 1 }
            defer { start = last }
            meter.spend(WorkMeter.Cost.word * 2 * (last - start))
            guard !isExplained(start), let claim = OwnershipClaim.read(text, in: start..<last),
                !isExplained(claim.start), !isOfSomeLicense(claim.start), !isQuoted(claim.start),
                !isShown(claim.start, claim.end)
            else { continue }
            return [Found(mark: .proprietary, bytes: sentence(claim.start, claim.end))]
        }
        return []
    }

    private static let head = 100

    // REUSE-IgnoreEnd
}
