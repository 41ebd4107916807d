// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Whether a work, or a part of it, may be passed on as it is. From best to worst.
public enum Redistribution: String, Hashable, Comparable, Sendable, CaseIterable {
    case permitted
    /// Lawful once the named things are added.
    case permittedWithDutiesOpen = "permitted-with-duties-open"
    /// Permitted to an operator whose profile says noncommercial. There may be duties open as well.
    case noncommercialOnly = "noncommercial-only"
    /// Not known, not sure, or not settled by the table.
    case needsReview = "needs-review"
    /// No grant, a contradicted grant, or terms that forbid it.
    case notPermitted = "not-permitted"

    public static func < (a: Redistribution, b: Redistribution) -> Bool {
        (allCases.firstIndex(of: a) ?? 0) < (allCases.firstIndex(of: b) ?? 0)
    }
}

/// What becomes of the freedom of a work when it is passed on. From best to worst.
public enum Commons: String, Hashable, Comparable, Sendable, CaseIterable {
    /// Copyleft or share-alike: whoever passes it on must pass on the freedom.
    case protected
    /// Free, but may be enclosed downstream.
    case open
    /// Shareable, not free.
    case restricted
    /// Fenced now: by an added restriction, a lock, or a grant withdrawn elsewhere in the work.
    case enclosed

    public static func < (a: Commons, b: Commons) -> Bool {
        (allCases.firstIndex(of: a) ?? 0) < (allCases.firstIndex(of: b) ?? 0)
    }
}

/// What the terms of a work allow to one operator, with the reasons.
public struct Verdict: Hashable, Sendable {
    /// The verdict on the files under one expression.
    public struct Part: Hashable, Sendable {
        public let part: WorkTerms.Part
        public let redistribution: Redistribution
        /// `nil` when the terms are not known.
        public let commons: Commons?
        /// The terms the verdict was made by: of a choice, the one that was chosen. `nil` when unreadable.
        public let chosen: String?
        /// Whether there was more than one way to accept the terms.
        public let wasChoice: Bool
        public let findings: [Finding]
    }

    /// The worst of the parts, and of what was found of the work as a whole.
    public let redistribution: Redistribution
    /// `nil` when the terms are not known.
    public let commons: Commons?
    public let parts: [Part]
    /// Of the whole work and its parts, the heaviest first.
    public let findings: [Finding]
    /// Whom the verdict is for.
    public let `operator`: OperatorProfile

    public var openDuties: [Finding] { findings.filter { $0.weight == .duty } }
    public var enclosures: [Finding] { findings.filter(\.isEnclosure) }
}
