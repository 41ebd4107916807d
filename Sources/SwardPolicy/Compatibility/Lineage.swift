// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Family, version and grant of a license, as its identifier tells.
struct Lineage: Hashable {
    /// Without what says how the text is applied: `GPL-2.0`, `CC-BY-SA-3.0-DE`.
    let name: String
    let family: String
    let version: Double?
    /// Whether later versions may be chosen as well.
    let isOrLater: Bool

    /// - Parameter term: A license with or without exception; the exception does not count.
    init(_ term: String) {
        var stem = term.prefix { $0 != " " && $0 != "+" }
        var isOrLater = term.prefix { $0 != " " }.contains("+")
        for suffix in ["-or-later", "-only", "-no-invariants", "-invariants", "-no-RFN", "-RFN"]
        where stem.hasSuffix(suffix) {
            isOrLater = isOrLater || suffix == "-or-later"
            stem = stem.dropLast(suffix.count)
        }
        self.isOrLater = isOrLater
        name = String(stem)
        // The version is the first dash-separated word that is a number; a port follows it.
        let words = stem.split(separator: "-")
        let index = words.firstIndex { $0.first?.isNumber == true && Double($0) != nil }
        version = index.flatMap { Double(words[$0]) }
        family = words[..<(index ?? words.count)].joined(separator: "-")
    }

    var isGNU: Bool { family == "GPL" || family == "LGPL" || family == "AGPL" }

    /// The versions on offer; `nil` for a license without versions.
    var range: VersionRange? { version.map { VersionRange($0, isOpen: isOrLater) } }
}

/// Versions of one license from which a recipient may choose.
struct VersionRange: Hashable {
    let first: Double
    let isOpen: Bool

    init(_ first: Double, isOpen: Bool) {
        self.first = first
        self.isOpen = isOpen
    }

    func contains(_ version: Double) -> Bool { isOpen ? version >= first : version == first }

    func contains(_ other: VersionRange) -> Bool {
        contains(other.first) && (isOpen || !other.isOpen)
    }

    func intersection(_ other: VersionRange) -> VersionRange? {
        switch (isOpen, other.isOpen) {
        case (true, true): VersionRange(max(first, other.first), isOpen: true)
        case (false, _): other.contains(first) ? self : nil
        case (_, false): contains(other.first) ? other : nil
        }
    }

    /// `GPL-3.0-or-later`, in the spelling of the SPDX list.
    func name(in family: String) -> String {
        let tenths = Int((first * 10).rounded())
        return "\(family)-\(tenths / 10).\(tenths % 10)" + (isOpen ? "-or-later" : "-only")
    }
}
