// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

extension Verdict {
    /// Judges what `terms` allow to an operator, for the act of passing exact copies on.
    package static func judge(_ terms: WorkTerms, operator profile: OperatorProfile) -> Verdict {
        Verdict(redistribution: .needsReview, commons: nil, parts: [], findings: [], operator: profile)
    }
}
