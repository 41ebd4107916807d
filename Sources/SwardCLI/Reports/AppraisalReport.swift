// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardBundle
import SwardPolicy

/// The terms of a work and what follows from them, as every command shows it.
struct AppraisalReport: Encodable {
    /// admitted, quarantined, held or refused.
    let state: String
    /// Why it is not admitted.
    let reason: String?
    let reasonCode: String?
    let redistribution: String?
    let commons: String?
    let expression: String?
    let findings: [FindingReport]

    init(_ appraisal: Appraisal) {
        state = appraisal.state.name
        reason = appraisal.state.reason?.statement
        reasonCode = appraisal.state.reason?.code.rawValue
        redistribution = appraisal.verdict?.redistribution.rawValue
        commons = appraisal.verdict?.commons?.rawValue
        expression = appraisal.manifest?.expressions.first
        findings = (appraisal.verdict?.findings ?? []).map(FindingReport.init)
    }

    /// The manifest could not be read, so nothing may pass.
    init(unreadable error: any Error) {
        state = "refused"
        reason = Words.sentence(for: error)
        reasonCode = "unreadable-manifest"
        redistribution = nil
        commons = nil
        expression = nil
        findings = []
    }

    /// The state in one line: `held: why (clause); cure`.
    var line: String {
        guard let reason else {
            return [state, redistribution, commons].compactMap { $0 }.joined(separator: ", ")
        }
        // The finding that decided says more than the gate's own sentence.
        let deciding = findings.first { $0.statement == reason }
        return "\(state): \(deciding?.line ?? Words.shown(reason))"
    }

    /// What else stands in the way, beside the reason in `line`.
    var furtherLines: [String] {
        findings.filter { $0.statement != reason && $0.weight != Finding.Weight.note.rawValue }.map(\.line)
    }
}
