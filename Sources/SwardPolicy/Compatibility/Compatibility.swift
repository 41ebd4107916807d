// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Whether material under one license may become part of something under another, and the clauses that decide.
public struct Compatibility: Hashable, Sendable {
    /// From best to worst. Raw values are the stable names in JSON output.
    public enum Answer: String, Hashable, Comparable, Sendable, CaseIterable {
        case yes
        /// On what ``Compatibility/conditions`` names.
        case depends
        /// The table does not know one of them, or people do not agree.
        case needsReview = "needs-review"
        case no

        public static func < (a: Answer, b: Answer) -> Bool { a.rank < b.rank }

        private var rank: Int {
            switch self {
            case .yes: 0
            case .depends: 1
            case .needsReview: 2
            case .no: 3
            }
        }
    }

    /// How the part goes into the whole. Raw values are the words of `--use`.
    public enum Use: String, Hashable, Sendable, CaseIterable {
        /// One work: code copied in, an adaptation, a mixture. The whole is passed on under its own license.
        case combine
        /// A separate library, font or data file that the whole uses through its interface.
        case link
        /// Side by side: an aggregate, a collection, a disk image.
        case collect
    }

    /// What an answer may hang on. Raw values are the stable names in JSON output.
    public enum Condition: String, Hashable, Sendable, CaseIterable {
        /// The part stays a library of its own.
        case linking
        /// The part stays a work of its own beside others.
        case collection
        /// The part stays in files or modules of its own, under its own terms.
        case separateFiles = "separate-files"
        /// The notice names the GNU licenses as secondary ones, or does not bar them.
        case secondaryNotice = "secondary-license-notice"
        /// The whole is passed on under fewer of the versions it offers, or one of its choices.
        case narrowedVersion = "narrowed-version"
        /// What is made of a database is a database or another work; what a font is put into is a font or a document.
        case kindOfWork = "kind-of-work"
        /// Each part keeps its own license, and its duties hold for the whole.
        case ownLicense = "own-license"
        /// The changes come as patches beside the unchanged original.
        case patches
        /// Nothing is changed.
        case unchanged
        /// The terms added beside the license, as GPL-3.0 §7 sorts them.
        case addedTerms = "added-terms"
    }

    /// Why: one sentence, and the clause it rests on.
    public struct Reason: Hashable, Sendable {
        public enum Side: String, Hashable, Sendable, CaseIterable { case part, whole }

        public var side: Side
        /// The term whose clause it is.
        public var license: String
        /// Ready to be cited; `nil` where no clause of a license decides, as with public domain.
        public var clause: String?
        /// Without full stop.
        public var statement: String

        public init(_ side: Side, _ license: String, clause: String?, _ statement: String) {
            self.side = side
            self.license = license
            self.clause = clause
            self.statement = statement
        }
    }

    public var answer: Answer
    /// What the answer is for; `nil` where it sums up all uses.
    public var use: Use?
    public var conditions: [Condition]
    public var reasons: [Reason]
    /// Of a choice, the branch of the part that was used.
    public var part: String?
    /// Of a choice, the branch of the whole that was used, or the version that it must be narrowed to.
    public var whole: String?
    /// Why this differs from what others publish, where it is known to: whose reading, and why not ours.
    public var departure: String?

    public init(
        _ answer: Answer, use: Use? = nil, conditions: [Condition] = [], reasons: [Reason] = [],
        part: String? = nil, whole: String? = nil, departure: String? = nil
    ) {
        self.answer = answer
        self.use = use
        self.conditions = conditions
        self.reasons = reasons
        self.part = part
        self.whole = whole
        self.departure = departure
    }

    /// The clause of the part that decides, else of the whole.
    public var clause: String? {
        reasons.first { $0.side == .part && $0.clause != nil }?.clause
            ?? reasons.first { $0.clause != nil }?.clause
    }
}
