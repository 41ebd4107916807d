// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardPrimitives

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
            var distance = Spelling.distance(wanted, entry.key, limit: tolerance)
            // "GPLv3" and "CC-BY-SA" are names cut short, not misspellings: nothing else is as near.
            if entry.key.starts(with: wanted) { distance = 0 }
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
