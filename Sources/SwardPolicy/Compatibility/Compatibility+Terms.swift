// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

public import SwardSPDX

extension Compatibility {
    /// Of one term in another.
    ///
    /// - Parameter use: `nil` sums up: *depends* where a work in one piece would be against the terms and a linked one not.
    /// - Source: the licenses' own clauses; the FSF's list of licenses; Creative Commons' list of compatible
    ///   licenses; the appendix of the EUPL. `docs/licenses.md` has the rules in words.
    public static func of(_ part: LicenseTerm, in whole: LicenseTerm, use: Use? = nil) -> Compatibility {
        guard let use else { return summary(of: part, in: whole) }
        var result = decided(part, whole, use)
        result.use = use
        if use == .combine {
            result.departure = Departure.reason(
                part: part.normalizedText, whole: whole.normalizedText, answer: result.answer)
        }
        return result
    }

    private static func decided(_ part: LicenseTerm, _ whole: LicenseTerm, _ use: Use) -> Compatibility {
        guard let a = Joint(part) else { return unknown(.part, part) }
        guard let b = Joint(whole) else {
            return use == .collect ? Joining(part: a, whole: nil).collect() : unknown(.whole, whole)
        }
        let joining = Joining(part: a, whole: b)
        return switch use {
        case .combine: joining.combine()
        case .link: joining.link()
        case .collect: joining.collect()
        }
    }

    private static func summary(of part: LicenseTerm, in whole: LicenseTerm) -> Compatibility {
        let combined = of(part, in: whole, use: .combine)
        guard combined.answer > .depends else { return combined.forAllUses }
        let linked = of(part, in: whole, use: .link)
        guard linked.answer <= .depends else { return combined.forAllUses }
        return Compatibility(
            .depends, conditions: [.linking] + linked.conditions, reasons: combined.reasons + linked.reasons)
    }

    private var forAllUses: Compatibility {
        var result = self
        result.use = nil
        return result
    }

    static func unknown(_ side: Reason.Side, _ term: LicenseTerm) -> Compatibility {
        if let exception = term.exception, LicenseFacts.facts(for: term.license) != nil {
            let isGNU3 = Lineage(term.license.identifier).isGNU
            return Compatibility(
                .needsReview, conditions: [.addedTerms],
                reasons: [
                    Reason(
                        side, term.description, clause: isGNU3 ? "GPL-3.0 §7" : nil,
                        "what \(exception) adds is not known; permissions are harmless, restrictions only if they are of the kinds that the license lists"
                    )
                ])
        }
        return Compatibility(
            .needsReview,
            reasons: [
                Reason(side, term.description, clause: nil, "the clauses of \(term) are not in the table")
            ])
    }
}

/// One side of a joining.
struct Joint {
    let term: LicenseTerm
    let facts: LicenseFacts
    /// Of the license without its exception.
    let bare: LicenseFacts
    let lineage: Lineage

    /// - Returns: `nil` for what the table does not know.
    init?(_ term: LicenseTerm) {
        guard case .term(let current) = term.normalized, let facts = LicenseFacts.facts(for: current) else {
            return nil
        }
        self.term = current
        self.facts = facts
        bare = current.exception == nil ? facts : LicenseFacts.facts(for: current.license) ?? facts
        lineage = Lineage(current.license.description)
    }

    /// Whether an exception lets programs around it be under other terms.
    var isWeakenedByException: Bool { term.exception != nil && facts.copyleft != bare.copyleft }
    var withoutException: Joint? { term.exception == nil ? nil : Joint(LicenseTerm(term.license)) }

    /// Every version that the grant lets a recipient choose, as the table has them; itself first.
    var versions: [Joint] {
        guard let range = lineage.range, range.isOpen else { return [self] }
        let later = Self.families[lineage.family, default: []].filter { $0.version > range.first }
        return [self]
            + later.compactMap { Joint(LicenseTerm(LicenseReference($0.identifier), with: term.exception)) }
    }

    /// Licenses that come in versions from which a grant may choose, by family.
    private static let families: [String: [(version: Double, identifier: String)]] = {
        var result: [String: [(version: Double, identifier: String)]] = [:]
        for facts in LicenseFacts.all {
            let lineage = Lineage(facts.identifier)
            guard let version = lineage.version, facts.identifier.hasPrefix(lineage.family) else { continue }
            let isPlain = lineage.isGNU || lineage.family == "GFDL"
            // Of the forms of one version that which goes on, so that what it names includes later ones.
            if isPlain, !facts.identifier.hasSuffix("\(lineage.name)-or-later") { continue }
            if !isPlain, facts.identifier != lineage.name { continue }
            result[lineage.family, default: []].append((version, facts.identifier))
        }
        return result
    }()
}

extension LicenseTerm {
    /// In current identifiers.
    var normalizedText: String { LicenseExpression(normalized).description }
}
