// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

extension RiderReader {
    /// The terms that a source-available license leaves to be filled in, with what was filled in, and offers of source.
    ///
    /// They stand inside the license's text, so texts do not explain them away.
    func parameters() -> [(mark: EnclosureMark, bytes: Range<Int>, quote: String)] {
        var found: [(mark: EnclosureMark, bytes: Range<Int>, quote: String)] = []
        var index = 0
        let heads = Self.heads
        while index + 1 < text.count, found.count < 64, !meter.isSpent {
            let hash = text[index].hash
            guard heads.contains(hash) || text.word(index) == .source else {
                index += 1
                continue
            }
            if hash == Self.change, text.word(index + 1) == .license, text.gap(index + 2).contains(.colon) {
                found.append(line("Change License", from: index, value: index + 2))
            } else if hash == Self.change, text[index + 1].hash == Self.date,
                !text.gap(index + 2).isDisjoint(with: [.colon, .newline]), let date = date(near: index + 2)
            {
                let bytes = Int(text[index].start)..<date.end
                found.append((.sourceAvailable, bytes, "Change Date: \(date.text)"))
            } else if hash == Self.common, text.word(index + 1) == .license,
                text.gap(index + 1).contains(.hyphen),
                text.gap(index).contains(.slash)
            {
                // Debian's folder of texts that every system has: /usr/share/common-licenses.
                found.append((.missingText, sentence(index, index + 2), "/usr/share/common-licenses"))
            } else if hash == Self.additional, text.word(index + 1) == .use,
                text[index + 2].hash == Self.grant, text.gap(index + 3).contains(.colon)
            {
                found.append(line("Additional Use Grant", from: index, value: index + 3))
            } else if hash == Self.licensor, text.gap(index + 1).contains(.colon),
                text.gap(index).contains(.newline)
            {
                found.append(line("Licensor", from: index, value: index + 1))
            } else if hash == Self.written,
                text[index + 1].hash == Self.offer || text[index + 2].hash == Self.offer, !isExplained(index)
            {
                found.append(offer(index))
            } else if text.word(index) == .source || hash == Self.sources, isSourcePlace(index),
                !isExplained(index)
            {
                found.append(offer(index))
            }
            index += 1
        }
        if let claim = claimOfAll() { found.append(claim) }
        // Names alone are no license: "Licensor:" counts beside a change date.
        let isChanging = found.contains {
            $0.quote.hasPrefix("Change Date") || $0.quote.hasPrefix("Change License")
        }
        return found.filter { !$0.quote.hasPrefix("Licensor") || isChanging }
    }

    /// "All of the code here is MIT licensed", "everything in this repository, the libraries included, is under the GPL".
    private func claimOfAll() -> (mark: EnclosureMark, bytes: Range<Int>, quote: String)? {
        guard role == .readme || role == .notice else { return nil }
        for index in 0..<min(text.count, Self.claimReach) where isOneOf(index, Self.wholes) {
            var end = index + 1
            while end < text.count, end - index < Self.claimLength, !isSentenceBreak(end) { end += 1 }
            let words = index..<end
            meter.spend(WorkMeter.Cost.word * 4 * words.count)
            guard
                isOneOf(index, Self.everything)
                    || (index + 1..<min(index + 5, end)).contains(where: { isOneOf($0, Self.codes) }),
                let verb = words.first(where: { [.is, .are].contains(text.word($0)) }),
                (verb..<end).contains(where: { isOfTerms($0) }),
                !words.contains(where: { isOneOf($0, Self.exceptions) || text.word($0) == .not })
            else { continue }
            let bytes = sentence(index, end)
            return (.relicensed, bytes, CopyrightReader.folded(text.bytes.string(bytes.prefix(400))))
        }
        return nil
    }

    private static let claimReach = 4000, claimLength = 30
    private static let wholes = set("all everything entire whole"), everything = set("everything")
    private static let codes = set("code source sources files repository codebase")
    private static let exceptions = set(
        "except unless otherwise excluding apart other but most some may might dependencies contributions")
    private static let change = Lexemes.hash("change".utf8), date = Lexemes.hash("date".utf8)
    private static let additional = Lexemes.hash("additional".utf8), grant = Lexemes.hash("grant".utf8)
    private static let licensor = Lexemes.hash("licensor".utf8), written = Lexemes.hash("written".utf8)
    private static let offer = Lexemes.hash("offer".utf8), sources = Lexemes.hash("sources".utf8)
    private static let common = Lexemes.hash("common".utf8)
    private static let heads: WordHashes = [change, additional, licensor, written, sources, common]
    private static let offering = WordHashes(
        ["obtained", "downloaded", "download", "offered"].map { Lexemes.hash($0.utf8) })
    private static let months = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
        "november", "december",
    ]

    private func line(_ name: String, from index: Int, value: Int) -> (
        mark: EnclosureMark, bytes: Range<Int>, quote: String
    ) {
        var end = value
        while end < text.count, end - value < 40, end == value || !text.gap(end).contains(.newline) {
            end += 1
        }
        let last = max(Int(text[value].start), text[max(value, end - 1)].end)
        let words = text.bytes.string(Int(text[value].start)..<min(last, Int(text[value].start) + 400))
        return (.sourceAvailable, Int(text[index].start)..<last, "\(name): \(CopyrightReader.folded(words))")
    }

    /// "2027-01-01", "January 1, 2027", "1 January 2027".
    private func date(near start: Int) -> (text: String, end: Int)? {
        for at in start..<min(text.count, start + 4) {
            meter.spend(WorkMeter.Cost.item)
            if text.word(at) == .number, text[at].length == 4, text.word(at + 1) == .number,
                text.word(at + 2) == .number,
                text.gap(at + 1).contains(.hyphen) || text.gap(at + 1).contains(.slash)
            {
                return (
                    "\(text.text(at))-\(two(text.text(at + 1)))-\(two(text.text(at + 2)))", text[at + 2].end
                )
            }
            if let month = Self.months.firstIndex(of: text.text(at).lowercased()) {
                if text.word(at + 1) == .number, text.word(at + 2) == .number, text[at + 2].length == 4 {
                    return (
                        "\(text.text(at + 2))-\(two(String(month + 1)))-\(two(text.text(at + 1)))",
                        text[at + 2].end
                    )
                }
                if text.word(at - 1) == .number, text.word(at + 1) == .number, text[at + 1].length == 4 {
                    return (
                        "\(text.text(at + 1))-\(two(String(month + 1)))-\(two(text.text(at - 1)))",
                        text[at + 1].end
                    )
                }
            }
        }
        return nil
    }

    private func two(_ number: String) -> String { number.utf8.count == 1 ? "0" + number : number }

    /// "(complete|corresponding) source (code) … available|obtained|found … at|from <address>".
    private func isSourcePlace(_ index: Int) -> Bool {
        var sawVerb = false
        for at in (index + 1)..<min(text.count, index + 16) {
            meter.spend(WorkMeter.Cost.word * 2)
            let gap = text.gap(at)
            if gap.contains(.stop) || gap.contains(.blankLine) || gap.contains(.equals) { return false }
            switch text.word(at) {
            case .available, .found, .provided: sawVerb = true
            // "the corresponding source code is at https://…".
            case .at where text.word(at - 1) == .is: sawVerb = true
            case .address: return sawVerb
            default:
                if Self.offering.contains(text[at].hash) { sawVerb = true }
            }
        }
        return false
    }

    private func offer(_ index: Int) -> (mark: EnclosureMark, bytes: Range<Int>, quote: String) {
        let range = sentence(index, min(text.count, index + 2))
        return (.missingSource, range, CopyrightReader.folded(text.bytes.string(range.prefix(500))))
    }
}

extension Range<Int> {
    func prefix(_ length: Int) -> Range<Int> { lowerBound..<Swift.min(upperBound, lowerBound + length) }
}
