// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// One fact that a verdict rests on: where, which license, which clause, and what would cure it.
public struct Finding: Hashable, Sendable {
    public enum Weight: String, Hashable, Comparable, Sendable, CaseIterable {
        /// Good to know; changes no verdict.
        case note
        /// Something a license asks for is not there yet.
        case duty
        /// Cannot be settled from what is known.
        case review
        /// The terms forbid it.
        case forbids

        public static func < (a: Weight, b: Weight) -> Bool {
            (allCases.firstIndex(of: a) ?? 0) < (allCases.firstIndex(of: b) ?? 0)
        }
    }

    /// Raw values are the stable names in JSON output.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case unreadableExpression = "unreadable-expression"
        case tooManyChoices = "too-many-choices"
        case tooManyTerms = "too-many-terms"
        case unknownLicense = "unknown-license"
        case unknownException = "unknown-exception"
        case limitedGrant = "limited-grant"
        case noncommercialOnly = "noncommercial-only"
        case noGrant = "no-grant"
        case noTerms = "no-terms"
        case textMissing = "text-missing"
        case noticeMissing = "notice-missing"
        case attributionMissing = "attribution-missing"
        case sourceMissing = "source-missing"
        case sourceUnproven = "source-unproven"
        case riderOnFreeLicense = "rider-on-free-license"
        case narrowedSource = "narrowed-source"
        case unsettledSource = "unsettled-source"
        case sourceTermsMissing = "source-terms-missing"
        case proprietaryBesideCopyleft = "proprietary-beside-copyleft"
        case contradictoryTerms = "contradictory-terms"
        case choiceMade = "choice-made"
        /// A mark of enclosure; see the marks themselves for the evidence.
        case enclosureMark = "enclosure-mark"
        case incompatibleParts = "incompatible-parts"
        case declaredAgainstFound = "declared-against-found"
        /// What is in it, or what it says of others, could not be read.
        case notLookedInto = "not-looked-into"
    }

    public enum Subject: Hashable, Sendable {
        case work
        /// Index into ``WorkTerms/parts``, with the sample file for messages.
        case part(Int, file: String)
        /// Index into ``WorkTerms/sources``, with the title for messages.
        case source(Int, title: String)
    }

    public let kind: Kind
    public let weight: Weight
    public let subject: Subject
    /// The expression it was found in.
    public let expression: String
    /// The term that decides, if one does.
    public let license: String?
    /// The clause, ready to be cited.
    public let clause: String?
    /// What is the case, in one plain sentence without full stop.
    public let statement: String
    /// What would cure it, in the imperative, or `nil` when nothing would.
    public let cure: String?
    /// Whether it shows that a freedom the terms give is taken back.
    public let isEnclosure: Bool

    public init(
        _ kind: Kind, _ weight: Weight, subject: Subject, expression: String, license: String? = nil,
        clause: String? = nil, isEnclosure: Bool = false, statement: String, cure: String?
    ) {
        self.kind = kind
        self.weight = weight
        self.subject = subject
        self.expression = expression
        self.license = license
        self.clause = clause
        self.statement = statement
        self.cure = cure
        self.isEnclosure = isEnclosure
    }
}
