// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardSPDX

extension Compatibility {
    static var yes: Compatibility { Compatibility(.yes) }
    static var depends: Compatibility { Compatibility(.depends) }
    static var unknown: Compatibility { Compatibility(.needsReview) }
    static func no(clause: String?) -> Compatibility {
        Compatibility(.no, reasons: [Reason(.part, "", clause: clause, "the clause stands against it")])
    }

    /// - Source: the licenses' own clauses; the FSF's list of licenses; Creative Commons' list of compatible
    ///   licenses; the appendix of the EUPL. `docs/licenses.md` has the table in words.
    package static func of(_ part: LicenseTerm, in whole: LicenseTerm) -> Compatibility {
        guard let a = LicenseFacts.facts(for: part), let b = LicenseFacts.facts(for: whole) else {
            return .unknown
        }
        switch a.redistribution {
        case .no: return .no(clause: a.clauses[.redistribute])
        case .limited: return .unknown
        case .yes, .noncommercial: break
        }
        switch a.derivatives {
        case .no, .private: return .no(clause: a.clauses[.derivatives])
        case .noncommercial where b.commercialUse != .no: return .no(clause: a.clauses[.commercial])
        case .patches: return .depends
        case .yes, .limited, .noncommercial: break
        }
        if a.identifier == b.identifier { return .yes }
        if a.category == .publicDomain { return .yes }
        if a.copyleft == .rider || b.copyleft == .rider { return .unknown }
        let (x, y) = (Lineage(a.identifier), Lineage(b.identifier))
        if let answer = sameFamily(a, x, y) { return answer }
        if let answer = named(a, x, y) { return answer }
        if a.copyleft == .none { return y.isGNU ? intoGNU(a, x, y) : permissive(a, b) }
        return copyleft(a, x, y)
    }

    /// A later version of the same license, or a port of it.
    private static func sameFamily(_ a: LicenseFacts, _ x: Lineage, _ y: Lineage) -> Compatibility? {
        guard x.family == y.family, let from = x.version, let to = y.version else { return nil }
        if x.isGNU || x.family == "GFDL" {
            let isWithin = x.isOrLater ? to >= from : to == from && !y.isOrLater
            let overlaps = x.isOrLater ? (to >= from || y.isOrLater) : from == to || y.isOrLater && to <= from
            return isWithin ? .yes : overlaps ? .depends : .no(clause: a.clauses[.later])
        }
        switch a.laterVersions {
        case .licensee, .licenseeUnlessBarred, .adaptations:
            return to >= from ? .yes : .no(clause: a.clauses[.copyleft])
        case .stated: return to == from ? .yes : x.isOrLater && to > from ? .yes : .depends
        case .fixed, .converts:
            return to == from ? .yes : a.copyleft == .none ? nil : .no(clause: a.clauses[.copyleft])
        }
    }

    /// What a license, or its steward, names as compatible.
    private static func named(_ a: LicenseFacts, _ x: Lineage, _ y: Lineage) -> Compatibility? {
        switch (x.name, y.family) {
        case ("CC-BY-SA-4.0", "GPL"): return y.version == 3 ? .yes : .no(clause: a.clauses[.copyleft])
        case ("CC-BY-SA-4.0", "LAL"): return y.version == 1.3 ? .yes : nil
        case ("LAL-1.3", "CC-BY-SA"): return y.version == 4 ? .yes : nil
        case ("MPL-2.0", "GPL"), ("MPL-2.0", "LGPL"), ("MPL-2.0", "AGPL"):
            return (y.version ?? 0) >= (y.family == "AGPL" ? 3 : y.family == "LGPL" ? 2.1 : 2)
                ? .yes : .no(clause: nil)
        case ("CECILL-2.0", "GPL"), ("CECILL-2.1", "GPL"): return (y.version ?? 0) >= 2 ? .yes : nil
        case ("CECILL-2.1", "AGPL"), ("CECILL-2.1", "EUPL"), ("Sleepycat", "GPL"): return .yes
        case ("EPL-2.0", "GPL"): return .depends
        case ("EUPL-1.1", _): return Lineage.eupl11.contains(y.name) ? .yes : nil
        case ("EUPL-1.2", _): return Lineage.eupl12.contains(y.name) ? .yes : nil
        case ("CC-BY-4.0", "GPL"), ("CC-BY-4.0", "AGPL"): return y.version == 3 ? .yes : .depends
        // Derived databases stay under the ODbL; works made from one need not.
        case ("ODbL-1.0", _): return .depends
        default: return nil
        }
    }

    private static func permissive(_ a: LicenseFacts, _ b: LicenseFacts) -> Compatibility {
        // Non-copyleft terms that may not be added to still bind their own part, whatever the whole says.
        a.isFree || !b.isFree ? .yes : .no(clause: a.clauses[.commercial])
    }

    private static func intoGNU(_ a: LicenseFacts, _ x: Lineage, _ y: Lineage) -> Compatibility {
        guard a.isFree else { return .no(clause: a.clauses[.commercial]) }
        let allowsThree = y.version == 3 || y.isOrLater
        switch (x.family, a.notice) {
        case ("FTL", _): return allowsThree ? .yes : .no(clause: a.clauses[.notice])
        case ("IJG", _), ("CECILL-B", _): return .yes
        case ("AFL", _): return .no(clause: a.clauses[.patent])
        case ("CC-BY", _): return .no(clause: a.clauses[.addedTerms])
        case (_, .acknowledgement): return .no(clause: a.clauses[.notice])
        default: return a.patents == .retaliation && !allowsThree ? .no(clause: a.clauses[.patent]) : .yes
        }
    }

    private static func copyleft(_ a: LicenseFacts, _ x: Lineage, _ y: Lineage) -> Compatibility {
        if x.family == "LGPL", y.family == "GPL" || y.family == "AGPL" {
            // LGPL 2 §3: may be turned into GPL 2 or any later one. LGPL 3 is GPL 3 with permissions.
            let least = (x.version ?? 3) < 3 ? 2.0 : 3.0
            let to = y.version ?? 0
            let isOnlyThree = least == 3 && !x.isOrLater
            if isOnlyThree {
                return to == 3 && !y.isOrLater || y.family == "AGPL"
                    ? .yes : to <= 3 && y.isOrLater ? .depends : .no(clause: a.clauses[.later])
            }
            return to >= least ? .yes : y.isOrLater ? .depends : .no(clause: a.clauses[.copyleft])
        }
        if x.family == "GPL", y.family == "AGPL" {
            return x.version == 3 || x.isOrLater ? .yes : .no(clause: a.clauses[.copyleft])
        }
        if x.family == "AGPL", y.family == "GPL" {
            return y.version == 3 || y.isOrLater ? .depends : .no(clause: a.clauses[.copyleft])
        }
        switch a.copyleft {
        // The part stays as it is and the rest may be under any terms, save that the GNU licenses want the rest too.
        case .file, .module:
            return y.family == "GPL" || y.family == "AGPL" ? .no(clause: a.clauses[.copyleft]) : .depends
        case .library, .font: return .depends
        case .none, .rider: return .unknown
        case .work, .network, .shareAlike: return .no(clause: a.clauses[.copyleft])
        }
    }
}

/// Family, version and grant of a license, as its identifier tells.
private struct Lineage {
    let name: String
    let family: String
    let version: Double?
    let isOrLater: Bool

    static let eupl11: Set<String> = [
        "GPL-2.0", "OSL-2.1", "OSL-3.0", "CPL-1.0", "EPL-1.0", "CECILL-2.0",
    ]
    static let eupl12: Set<String> = [
        "GPL-2.0", "GPL-3.0", "AGPL-3.0", "OSL-2.1", "OSL-3.0", "EPL-1.0", "CECILL-2.0", "CECILL-2.1",
        "MPL-2.0",
        "LGPL-2.1", "LGPL-3.0", "LiLiQ-R-1.1", "LiLiQ-Rplus-1.1",
    ]

    init(_ term: String) {
        var stem = term.prefix { $0 != " " && $0 != "+" }
        var isOrLater = term.contains("+")
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
}
