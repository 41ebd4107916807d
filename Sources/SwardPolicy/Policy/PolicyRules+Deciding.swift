// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

public import SwardSPDX

extension PolicyRules {
    /// What the policy says of a license, and which of its rules says so.
    public struct Decision: Hashable, Sendable {
        public var action: Action
        /// Such as `licenses.deny: category:proprietary`, or `preset commons`.
        public var rule: String
        /// Of the policy file, from 1.
        public var line: Int?
        /// The term that decided.
        public var license: String
        public var reason: String?
    }

    /// Of a choice the branch that fares best; of what binds together the term that fares worst.
    public func decide(_ expression: LicenseExpression, path: String) -> Decision {
        let choices = expression.normalized.choices(limit: 64)?.map(\.terms) ?? [expression.normalized.terms]
        var best: Decision?
        for choice in choices {
            var worst: Decision?
            for term in choice {
                let next = decide(term, path: path)
                if worst.map({ next.action.rank > $0.action.rank }) ?? true { worst = next }
            }
            if let worst, best.map({ worst.action.rank < $0.action.rank }) ?? true { best = worst }
        }
        return best
            ?? Decision(
                action: .review, rule: "no terms", line: nil, license: expression.description, reason: nil)
    }

    /// The last scope that has something to say of the path decides; in it an identifier counts before a pattern, a pattern
    /// before a property or category, and of equals `deny` before `review` before `allow`.
    public func decide(_ term: LicenseTerm, path: String) -> Decision {
        let facts = LicenseFacts.facts(for: term)
        let name = LicenseExpression(term.normalized).description
        for (number, scope) in scopes.enumerated().reversed() {
            guard scope.paths.isEmpty || scope.paths.contains(where: { Glob.matches(path: path, $0) }) else {
                continue
            }
            let place =
                scope.paths.isEmpty ? "licenses" : "paths[\(scopes[..<number].count { !$0.paths.isEmpty })]"
            var found: (selector: Selector, rank: Int)?
            for selector in scope.selectors {
                guard let specificity = selector.specificity(for: term, named: name, facts) else { continue }
                let rank = specificity * 4 + selector.action.rank
                if found.map({ rank > $0.rank }) ?? true { found = (selector, rank) }
            }
            if let selector = found?.selector {
                return Decision(
                    action: selector.action, rule: "\(place).\(selector.action.rawValue): \(selector.text)",
                    line: selector.line ?? scope.line, license: name, reason: scope.reason)
            }
            if let fallback = scope.fallback {
                return Decision(
                    action: fallback, rule: "\(place).otherwise: \(fallback.rawValue)", line: scope.line,
                    license: name,
                    reason: scope.reason)
            }
        }
        return preset(facts, name)
    }

    private func preset(_ facts: LicenseFacts?, _ name: String) -> Decision {
        let action: Action
        if let facts {
            switch preset {
            case .redistributable:
                action =
                    facts.redistribution == .no ? .deny : facts.redistribution == .limited ? .review : .allow
            case .commons: action = facts.isFree ? .allow : .deny
            // A license text of a permissive part within a protected work is let through by the work's own terms.
            case .protected: action = facts.isFree ? (facts.isCopyleft ? .allow : .review) : .deny
            }
        } else {
            action = .review
        }
        return Decision(
            action: action, rule: "preset \(preset.rawValue)", line: nil, license: name, reason: nil)
    }
}

extension PolicyRules.Action {
    /// Higher is stricter.
    var rank: Int {
        switch self {
        case .allow: 0
        case .review: 1
        case .deny: 2
        }
    }
}

extension PolicyRules.Selector {
    /// - Returns: 3 for the license itself, 2 for a pattern, 1 for a property or category; `nil` where it does not apply.
    func specificity(for term: LicenseTerm, named name: String, _ facts: LicenseFacts?) -> Int? {
        switch what {
        case .license(let pattern):
            let bare = term.license.description
            if pattern.contains("*") {
                return Glob.matches(name: name, pattern) || Glob.matches(name: bare, pattern) ? 2 : nil
            }
            if Self.isSame(pattern, name) { return 3 }
            // A rule for a license holds for it with an exception, and for it "or later", too, unless one for that stands beside
            // it. `X+` of a license with no later versions is X.
            let isBase = term.exception != nil && Self.isSame(pattern, bare)
            let isLater = bare.hasSuffix("+") && Self.isSame(pattern, String(bare.dropLast()))
            return isBase || isLater ? 2 : nil
        case .category(let category): return facts?.category == category ? 1 : nil
        case .property(let property): return property.holds(for: term, facts) ? 1 : nil
        }
    }

    /// Identifiers of the list in any case; of one's own as they are written. Source: SPDX 2.3, Annex D.
    private static func isSame(_ a: String, _ b: String) -> Bool {
        a.contains("Ref-") || b.contains("Ref-") ? a == b : a.lowercased() == b.lowercased()
    }
}

extension PolicyProperty {
    func holds(for term: LicenseTerm, _ facts: LicenseFacts?) -> Bool {
        switch self {
        case .custom: return term.license.isCustom
        case .unknown: return facts == nil
        case .deprecated: return term.license.listed?.isDeprecated ?? false
        case .osiApproved: return term.license.listed?.isOSIApproved ?? false
        default: break
        }
        guard let facts else { return false }
        return switch self {
        case .free: facts.isFree
        case .notFree: !facts.isFree
        case .copyleft: facts.isCopyleft
        case .permissive: facts.isFree && !facts.isCopyleft
        case .strongCopyleft: facts.category == .strongCopyleft || facts.category == .networkCopyleft
        case .networkCopyleft: facts.category == .networkCopyleft
        case .fsfFree: facts.isFSFFree
        case .noncommercial: facts.commercialUse == .no
        case .noDerivatives: facts.derivatives == .no || facts.derivatives == .private
        case .sourceAvailable: facts.category == .sourceAvailable
        case .attribution: facts.notice == .attribution
        case .advertising: facts.notice == .acknowledgement
        case .patentRetaliation: facts.patents == .retaliation
        case .noPatentGrant: facts.patents == .none || facts.patents == .excluded
        case .sourceDuty: facts.source.bindsObjectCode
        case .networkDuty: facts.source == .network || facts.source == .service
        case .forbidsLocks: facts.locks != .none && facts.locks != .keys
        case .custom, .unknown, .deprecated, .osiApproved: false
        }
    }
}
