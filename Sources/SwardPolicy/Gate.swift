// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardSPDX

/// Whether the payload of a work may be requested and served.
public enum GateState: Hashable, Sendable {
    /// Not judged yet: the metadata is not here.
    case unknown
    case admitted
    /// Fetched without uploading, then scanned and judged on what is found.
    case quarantined(GateReason)
    /// Neither fetched nor served until its operator releases it with a reason.
    case held(GateReason)
    /// Neither fetched nor served; no one can release it.
    case refused(GateReason)

    public var mayDownload: Bool {
        switch self {
        case .admitted, .quarantined: true
        case .unknown, .held, .refused: false
        }
    }

    public var mayUpload: Bool { self == .admitted }

    public var reason: GateReason? {
        switch self {
        case .unknown, .admitted: nil
        case .quarantined(let reason), .held(let reason), .refused(let reason): reason
        }
    }

    /// A stable name for output: "held".
    public var name: String {
        switch self {
        case .unknown: "unknown"
        case .admitted: "admitted"
        case .quarantined: "quarantined"
        case .held: "held"
        case .refused: "refused"
        }
    }
}

/// Why a gate is not open.
public struct GateReason: Hashable, Sendable {
    public enum Code: String, Hashable, Sendable, CaseIterable {
        case noManifest = "no-manifest"
        case needsReview = "needs-review"
        case notPermitted = "not-permitted"
        case noncommercialOnly = "noncommercial-only"
        case dutiesOpen = "duties-open"
        case notFree = "not-free"
        case notCopyleft = "not-copyleft"
        /// A rule of a policy file.
        case policyRule = "policy-rule"
    }

    public let code: Code
    /// The finding that decided, if one did.
    public let finding: Finding?
    /// One plain sentence without full stop.
    public let statement: String

    public init(code: Code, finding: Finding?, statement: String) {
        self.code = code
        self.finding = finding
        self.statement = statement
    }
}

/// An operator's decision to let a held work pass, kept with the work.
public struct OperatorRelease: Hashable, Sendable {
    /// In the operator's words; never empty.
    public let reason: String

    /// - Returns: `nil` when `reason` says nothing.
    public init?(reason: String) {
        guard reason.contains(where: { !$0.isWhitespace }) else { return nil }
        self.reason = reason
    }
}

/// Decides what may pass, by a policy.
public struct Gate: Hashable, Sendable {
    public enum Policy: String, Hashable, Sendable, CaseIterable {
        /// Whatever the operator may pass on.
        case redistributable
        /// Free licenses only.
        case commons
        /// Copyleft only.
        case protected
    }

    /// What a verdict was made from.
    public enum Evidence: Hashable, Sendable {
        /// The manifest alone.
        case declared
        /// The manifest and a scan of the complete payload.
        case examined
    }

    public var policy: Policy
    /// The file that ``policy`` is the preset of, where there is one.
    public var rules: PolicyRules?

    public init(policy: Policy = .redistributable) { self.policy = policy }

    public init(rules: PolicyRules) {
        policy = rules.preset
        self.rules = rules
    }

    /// - Parameters:
    ///   - verdict: `nil` when the torrent carries no manifest.
    ///   - release: The operator's recorded release, which lifts *held* and never *refused*.
    public func decide(
        _ verdict: Verdict?, evidence: Evidence = .declared, release: OperatorRelease? = nil
    ) -> GateState {
        let state = decide(verdict, evidence)
        if release != nil, case .held = state { return .admitted }
        return state
    }

    private func decide(_ verdict: Verdict?, _ evidence: Evidence) -> GateState {
        guard let verdict else {
            let reason = GateReason(
                code: .noManifest, finding: nil, statement: "the torrent declares no license terms")
            return evidence == .declared ? .quarantined(reason) : .held(reason)
        }
        switch verdict.redistribution {
        case .notPermitted:
            return .refused(verdict.reason(.notPermitted, .forbids, "the terms do not permit redistribution"))
        case .needsReview:
            let reason = verdict.reason(.needsReview, .review, "the terms cannot be judged without review")
            // What the policy would not let pass even if all doubts were cleared need not be fetched.
            if case .held(let reason)? = policyState(of: verdict) { return .held(reason) }
            return evidence == .declared ? .quarantined(reason) : .held(reason)
        case .noncommercialOnly where !verdict.operator.isNoncommercial:
            let finding = verdict.findings.first { $0.kind == .noncommercialOnly }
            return .held(
                GateReason(
                    code: .noncommercialOnly, finding: finding,
                    statement: finding?.statement ?? "only noncommercial redistribution is permitted"))
        case .permitted, .permittedWithDutiesOpen, .noncommercialOnly: break
        }
        if let state = policyState(of: verdict) { return state }
        guard verdict.openDuties.isEmpty else {
            return .held(verdict.reason(.dutiesOpen, .duty, "duties of the license are open"))
        }
        return .admitted
    }

    /// What the policy asks beyond lawful redistribution; `nil` when it is met or not to be told yet.
    private func policyState(of verdict: Verdict) -> GateState? {
        if let rules, !rules.scopes.isEmpty {
            if let state = ruled(verdict, by: rules) { return state }
            // What a file lets in by name needs not be what its preset would let in.
            if let commons = verdict.commons, commons < .enclosed, allows(verdict, by: rules) { return nil }
        }
        guard policy != .redistributable, let commons = verdict.commons else { return nil }
        if commons >= .restricted {
            let finding = verdict.enclosures.first
            return .held(
                GateReason(
                    code: .notFree, finding: finding,
                    statement: finding?.statement
                        ?? "the policy wants free licenses, and these terms are not free"))
        }
        if policy == .protected, commons != .protected {
            return .held(
                GateReason(
                    code: .notCopyleft, finding: nil,
                    statement:
                        "the policy wants copyleft, and these terms let the work be enclosed downstream"))
        }
        return nil
    }

    private func allows(_ verdict: Verdict, by rules: PolicyRules) -> Bool {
        verdict.parts.allSatisfy { part in
            guard let expression = try? LicenseExpression.parse(part.part.expression) else { return false }
            let decision = rules.decide(expression, path: part.part.sampleFile)
            return decision.action == .allow && !decision.rule.hasPrefix("preset ")
        }
    }

    /// What the lists of a policy file hold; what its preset says is asked for by the caller.
    private func ruled(_ verdict: Verdict, by rules: PolicyRules) -> GateState? {
        for part in verdict.parts {
            guard let expression = try? LicenseExpression.parse(part.part.expression) else { continue }
            let decision = rules.decide(expression, path: part.part.sampleFile)
            guard decision.action != .allow, !decision.rule.hasPrefix("preset ") else { continue }
            let place = decision.line.map { " (line \($0))" } ?? ""
            return .held(
                GateReason(
                    code: .policyRule, finding: nil,
                    statement:
                        "\(decision.license) \(decision.action == .deny ? "is denied" : "needs review") by \(decision.rule)\(place)"
                ))
        }
        return nil
    }
}

extension Verdict {
    fileprivate func reason(_ code: GateReason.Code, _ weight: Finding.Weight, _ fallback: String)
        -> GateReason
    {
        let finding = findings.first { $0.weight == weight }
        return GateReason(code: code, finding: finding, statement: finding?.statement ?? fallback)
    }
}
