// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardBundle
import SwardPolicy

/// The terms of a work and what follows from them, as every command shows it.
struct AppraisalReport: Encodable {
    /// admitted, quarantined, held or refused.
    let state: String
    /// Why it is not admitted, or would not be without `release`.
    let reason: String?
    let reasonCode: String?
    let redistribution: String?
    let commons: String?
    let expression: String?
    let findings: [FindingReport]
    /// In the operator's words, why a work that is held passes all the same.
    let release: String?

    /// - Parameter release: What the operator decided about the work; it lifts *held* alone.
    init(_ appraisal: Appraisal, release: OperatorRelease? = nil) {
        if case .held = appraisal.state { self.release = release?.reason } else { self.release = nil }
        state = self.release == nil ? appraisal.state.name : GateState.admitted.name
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
        release = nil
    }

    /// Of a work that is known not to be admitted.
    var isHeldBack: Bool { ["held", "refused"].contains(state) }

    /// The state in one line: `held: why (clause); cure`.
    var line: String {
        guard let reason else {
            return [state, redistribution, commons].compactMap { $0 }.joined(separator: ", ")
        }
        // The finding that decided says more than the gate's own sentence.
        let deciding = findings.first { $0.statement == reason }
        let why = deciding?.line ?? Words.shown(reason)
        if let release { return "\(state), released: \(Words.shown(release)); else held: \(why)" }
        return "\(state): \(why)"
    }

    /// What else stands in the way, beside the reason in `line`.
    var furtherLines: [String] {
        findings.filter { $0.statement != reason && $0.weight != Finding.Weight.note.rawValue }.map(\.line)
    }
}
