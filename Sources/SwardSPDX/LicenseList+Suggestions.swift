// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

extension LicenseList {
    /// Identifiers that someone who wrote `identifier` may have meant, the likeliest first.
    ///
    /// - Returns: At most `limit` current identifiers; empty when nothing is near.
    public static func suggestions(
        for identifier: String, kind: ListedLicense.Kind = .license, limit: Int = 3
    ) -> [String] {
        let wanted = identifier.comparable
        guard !wanted.isEmpty, wanted.count <= 64 else { return [] }
        let tolerance = max(1, wanted.count / 4)
        var found: [(distance: Int, identifier: String)] = []
        for entry in candidates where entry.kind == kind {
            var distance = editDistance(wanted, entry.key, limit: tolerance)
            // "GPLv3" and "CC-BY-SA" are names cut short, not misspellings: distance says little about them.
            if entry.key.starts(with: wanted) { distance = min(distance ?? .max, 1) }
            if let distance { found.append((distance, entry.identifier)) }
        }
        return found.sorted {
            if $0.distance != $1.distance { return $0.distance < $1.distance }
            let (a, b) = ($0.identifier, $1.identifier)
            // Of versions that are equally near the latest.
            return a.utf8.count == b.utf8.count ? a > b : a.utf8.count < b.utf8.count
        }
        .prefix(limit).map(\.identifier)
    }

    /// Made when the first name is not found, and not before.
    private static let candidates: [(key: [UInt8], identifier: String, kind: ListedLicense.Kind)] =
        all
        .filter { !$0.isDeprecated }
        .map { ($0.identifier.comparable, $0.identifier, $0.kind) }

    /// Insertions, deletions, replacements and swaps of neighbours that turn `a` into `b`.
    ///
    /// - Returns: `nil` above `limit`.
    /// - Source: Damerau, "A technique for computer detection and correction of spelling errors", 1964.
    static func editDistance(_ a: [UInt8], _ b: [UInt8], limit: Int) -> Int? {
        guard abs(a.count - b.count) <= limit else { return nil }
        var beforeLast: [Int] = []
        var last = Array(0...b.count)
        for i in 0..<a.count {
            var row = [i + 1]
            row.reserveCapacity(b.count + 1)
            for j in 0..<b.count {
                var best = min(last[j] + (a[i] == b[j] ? 0 : 1), last[j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
                    best = min(best, beforeLast[j - 1] + 1)
                }
                row.append(best)
            }
            if row.allSatisfy({ $0 > limit }) { return nil }
            (beforeLast, last) = (last, row)
        }
        return last[b.count] <= limit ? last[b.count] : nil
    }
}

extension String {
    /// Lower-case letters and digits, without what people spell differently: dashes, dots, a `v` before the
    /// version, a `.0` after it.
    fileprivate var comparable: [UInt8] {
        var result: [UInt8] = []
        let bytes = utf8.map(EmbeddedTable.lowercased)
        func isDigit(_ index: Int) -> Bool {
            index < bytes.count && UInt8(ascii: "0")...UInt8(ascii: "9") ~= bytes[index]
        }
        for (index, byte) in bytes.enumerated() {
            switch byte {
            case UInt8(ascii: "v") where isDigit(index + 1): continue
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "1")...UInt8(ascii: "9"):
                result.append(byte)
            case UInt8(ascii: "0"):
                let isTail = index > 1 && bytes[index - 1] == UInt8(ascii: ".") && !isDigit(index + 1)
                if !isTail { result.append(byte) }
            default: continue
            }
        }
        return result
    }
}
