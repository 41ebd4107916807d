// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Years of copyright, joined from many notices: `2019-2021` and `2021, 2024` make `2019-2021, 2024`.
struct YearSet: Hashable {
    private var years: Set<Int> = []
    /// What is no plain year or range, as `2020-present`, in the order it came.
    private var others: [String] = []

    var isEmpty: Bool { years.isEmpty && others.isEmpty }

    mutating func insert(_ text: String?) {
        guard let text else { return }
        for part in text.split(separator: ",") {
            let part = part.trimmed
            if part.isEmpty { continue }
            let ends = part.split(whereSeparator: { $0 == "-" || $0 == "–" }).map(\.trimmed)
            if let first = ends.first?.year, let last = ends.last?.year, ends.count <= 2, first <= last {
                years.formUnion(first...last)
            } else if !others.contains(part), others.count < 16 {
                others.append(part)
            }
        }
    }

    var text: String {
        var ranges: [ClosedRange<Int>] = []
        for year in years.sorted() {
            if let last = ranges.last, last.upperBound + 1 == year {
                ranges[ranges.count - 1] = last.lowerBound...year
            } else {
                ranges.append(year...year)
            }
        }
        let numbers = ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
        return (numbers + others).joined(separator: ", ")
    }
}

extension Substring {
    fileprivate var trimmed: String {
        var rest = self
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}

extension String {
    /// Only years that copyright can have, so that a range cannot be made to fill the memory.
    fileprivate var year: Int? {
        guard utf8.count == 4, let year = Int(self), 1500...2999 ~= year else { return nil }
        return year
    }
}
