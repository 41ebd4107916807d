// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection
internal import SwardSPDX

/// What a license that turns into another with time says of the day and of the other.
struct ChangeDate: Hashable {
    let date: CalendarDate
    /// `nil` where it is not said, or not understood.
    let license: LicenseExpression?

    /// From words such as `Change Date: 2027-01-01` and `Change License: Apache License, Version 2.0`.
    init?(_ quotes: [String]) {
        var date: CalendarDate?
        var license: LicenseExpression?
        for quote in quotes {
            for line in quote.split(whereSeparator: \.isNewline) {
                if let words = Self.after("change date", in: line) {
                    // A component is not free before its last date.
                    if let found = Self.date(in: words) { date = max(date ?? found, found) }
                }
                if let words = Self.after("change license", in: line)
                    ?? Self.after("future license", in: line)
                {
                    let name = words.split(separator: "(").first.map(String.init) ?? words
                    license = license ?? LicenseNames.expression(forName: name)
                }
            }
        }
        guard let date else { return nil }
        self.date = date
        self.license = license
    }

    /// What follows a label, up to the end of the line.
    private static func after(_ label: String, in line: Substring) -> String? {
        let lower = line.lowercased()
        guard let range = lower.firstRange(of: label) else { return nil }
        let rest = lower.distance(from: lower.startIndex, to: range.upperBound)
        // Folding can change the length of exotic letters; then the folded words must do.
        let words = lower.count == line.count ? String(line.dropFirst(rest)) : String(lower.dropFirst(rest))
        return String(words.drop { !$0.isLetter && !$0.isNumber })
    }

    /// The first day named: `2027-01-31`, `2027/1/31`, `January 31, 2027`, `31 January 2027`, `31st of Jan 2027`.
    static func date(in text: String) -> CalendarDate? {
        var words: [Word] = []
        for word in text.split(whereSeparator: { !$0.isLetter && !$0.isNumber }).prefix(32) {
            let digits = word.prefix { $0.isASCII && $0.isNumber }
            if let number = Int(digits), digits.count <= 4 {
                words.append(digits.count == 4 ? .year(number) : .number(number))
            } else if let month = month(word.lowercased()) {
                words.append(.month(month))
            } else if !["of", "the"].contains(word.lowercased()) {
                words.append(.other)
            }
        }
        for start in words.indices where start + 3 <= words.count {
            let date: CalendarDate? =
                switch (words[start], words[start + 1], words[start + 2]) {
                case (.year(let year), .number(let month), .number(let day)):
                    CalendarDate(year: year, month: month, day: day)
                case (.month(let month), .number(let day), .year(let year)):
                    CalendarDate(year: year, month: month, day: day)
                case (.number(let day), .month(let month), .year(let year)):
                    CalendarDate(year: year, month: month, day: day)
                case (.year(let year), .month(let month), .number(let day)):
                    CalendarDate(year: year, month: month, day: day)
                default: nil
                }
            if let date { return date }
        }
        return nil
    }

    private enum Word { case year(Int), number(Int), month(Int), other }

    private static func month(_ word: String) -> Int? {
        let names = [
            "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
            "november", "december",
        ]
        if word == "sept" { return 9 }
        return names.firstIndex { $0 == word || word.count == 3 && $0.hasPrefix(word) }.map { $0 + 1 }
    }
}
