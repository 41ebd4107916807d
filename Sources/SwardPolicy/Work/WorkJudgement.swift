// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardSPDX

/// Everything that follows from the terms of a scanned work.
package struct WorkJudgement: Hashable, Sendable {
    /// Of the terms found, or declared where that says more; marks and contradictions are in it.
    package var verdict: Verdict
    /// The heaviest first, then by path.
    package var marks: [Mark]
    package var duties: [Duty]
    package var conflicts: [Conflict]
    package var contradictions: [Contradiction]
    /// The heaviest first, then by path. Empty without a policy.
    package var policyFindings: [PolicyFinding]

    package init(
        verdict: Verdict, marks: [Mark] = [], duties: [Duty] = [], conflicts: [Conflict] = [],
        contradictions: [Contradiction] = [], policyFindings: [PolicyFinding] = []
    ) {
        self.verdict = verdict
        self.marks = marks
        self.duties = duties
        self.conflicts = conflicts
        self.contradictions = contradictions
        self.policyFindings = policyFindings
    }

    /// - Parameters:
    ///   - files: Every file of the work, members of archives included, in any order.
    ///   - declared: Terms that a manifest states for the work as a whole.
    ///   - today: For change dates and expired exceptions; without it no date has passed.
    ///   - known: For files whose very bytes are already known: the terms they are known under, by path.
    package static func judge(
        files: [ScannedFile], declared: WorkTerms? = nil, operator profile: OperatorProfile,
        policy: PolicyRules? = nil, today: CalendarDate? = nil, known: [String: LicenseExpression] = [:]
    ) -> WorkJudgement {
        let terms = declared ?? WorkTerms(expression: "NOASSERTION", parts: [])
        return WorkJudgement(verdict: Verdict.judge(terms, operator: profile))
    }
}
