// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

public import SwardSPDX

/// What is known of one license, with or without an exception.
public struct LicenseSheet: Hashable, Sendable {
    /// In current identifiers.
    public let identifier: String
    /// The list's entry, if it has one.
    public let listed: ListedLicense?
    /// Of the exception, if there is one and the list has it.
    public let exception: ListedLicense?
    /// `nil` when the table does not have the license: nothing can be said of it, and it needs review.
    public let facts: LicenseFacts?
    /// What may have been meant, when the identifier is not on the list.
    public let suggestions: [String]

    public var statements: [LicenseStatement] { facts?.statements ?? [] }

    public init(_ term: LicenseTerm) {
        identifier = term.description
        listed = term.license.listed
        exception = term.exception?.listed
        facts = LicenseFacts.facts(for: term)
        let isNameless =
            listed == nil && facts == nil && !term.license.isCustom && term.license.document == nil
        if isNameless {
            suggestions = LicenseList.suggestions(for: term.license.description)
        } else if let named = term.exception, exception == nil, !named.isCustom, named.document == nil {
            suggestions = LicenseList.suggestions(for: named.identifier, kind: .exception)
        } else {
            suggestions = []
        }
    }
}

/// What an expression lets one do: its alternatives, and under each the licenses that bind together.
public struct LicenseExplanation: Hashable, Sendable {
    public struct Alternative: Hashable, Sendable {
        /// All of them bind.
        public let licenses: [LicenseSheet]
        /// What an operator without further claims may do with exact copies under it.
        public let redistribution: Redistribution
        public let commons: Commons?
        /// Of the terms together: contradictions, riders, grants that are missing. Open duties of a bundle are
        /// not among them, for there is no bundle.
        public let findings: [Finding]
    }

    /// As written, in canonical form.
    public let expression: String
    /// With deprecated identifiers replaced; equal to `expression` when there are none.
    public let normalized: String
    /// Any of them may be chosen; `nil` when there are too many to list.
    public let alternatives: [Alternative]?
    /// Every license named, each once, in order.
    public let licenses: [LicenseSheet]

    public init(_ expression: LicenseExpression) {
        let normalized = expression.normalized
        self.expression = expression.description
        self.normalized = normalized.description
        licenses = normalized.terms.map(LicenseSheet.init)
        alternatives = normalized.choices()?.map { choice in
            let node = LicenseExpression.Node.all(choice.terms.map { .term($0) })
            let text = LicenseExpression(node).description
            let verdict = Verdict.judge(WorkTerms(expression: text, parts: []), operator: OperatorProfile())
            let findings = verdict.findings.filter { $0.weight != .duty }
            return Alternative(
                licenses: choice.terms.map(LicenseSheet.init),
                redistribution: verdict.redistribution == .permittedWithDutiesOpen
                    ? .permitted : verdict.redistribution,
                commons: verdict.commons, findings: findings)
        }
    }
}

/// Which licenses `license list` shows.
public struct LicenseQuery: Hashable, Sendable {
    public struct Entry: Hashable, Sendable {
        public let listed: ListedLicense
        public let facts: LicenseFacts?
    }

    public var kind: ListedLicense.Kind?
    public var category: LicenseFacts.Category?
    public var isOSIApproved: Bool?
    public var isDeprecated: Bool?
    /// Whether the table has the clauses.
    public var isKnown: Bool?
    /// Found in identifier or name, in any ASCII case.
    public var text: String

    public init(
        kind: ListedLicense.Kind? = nil, category: LicenseFacts.Category? = nil, isOSIApproved: Bool? = nil,
        isDeprecated: Bool? = nil, isKnown: Bool? = nil, text: String = ""
    ) {
        self.kind = kind
        self.category = category
        self.isOSIApproved = isOSIApproved
        self.isDeprecated = isDeprecated
        self.isKnown = isKnown
        self.text = text
    }

    /// Entries of the SPDX list that fit, in the order of the list.
    public func entries() -> [Entry] {
        let wanted = text.lowercased()
        return LicenseList.all.compactMap { listed in
            if let kind, listed.kind != kind { return nil }
            if let isOSIApproved, listed.isOSIApproved != isOSIApproved { return nil }
            if let isDeprecated, listed.isDeprecated != isDeprecated { return nil }
            if !wanted.isEmpty, !listed.identifier.lowercased().contains(wanted),
                !listed.name.lowercased().contains(wanted)
            {
                return nil
            }
            let facts =
                listed.kind == .license ? LicenseFacts.facts(for: LicenseReference(listed.identifier)) : nil
            if let category, facts?.category != category { return nil }
            if let isKnown, (facts != nil) != isKnown { return nil }
            return Entry(listed: listed, facts: facts)
        }
    }
}
