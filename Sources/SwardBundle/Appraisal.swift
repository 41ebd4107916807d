// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

public import SwardMetainfo
public import SwardPolicy

/// Who asks whether a work may pass, and by which policy.
public struct Appraiser: Hashable, Sendable {
    public var gate: Gate
    public var `operator`: OperatorProfile

    public init(gate: Gate = Gate(), operator profile: OperatorProfile = OperatorProfile()) {
        self.gate = gate
        self.operator = profile
    }

    /// Judges a work by what its info dictionary declares: before any payload is there.
    ///
    /// - Throws: where the manifest cannot be read; such a work must not pass.
    public func appraise(_ info: InfoDictionary, release: OperatorRelease? = nil) throws(BundleError)
        -> Appraisal
    {
        let manifest = try BundleManifest.read(info)
        let verdict = manifest.map { Verdict.judge($0.workTerms(of: info), operator: self.operator) }
        return Appraisal(manifest: manifest, verdict: verdict, state: gate.decide(verdict, release: release))
    }
}

/// What was found of the terms of a work, and what follows.
public struct Appraisal: Sendable {
    /// `nil` when the torrent carries none.
    public let manifest: BundleManifest?
    public let verdict: Verdict?
    public let state: GateState

    public init(manifest: BundleManifest?, verdict: Verdict?, state: GateState) {
        self.manifest = manifest
        self.verdict = verdict
        self.state = state
    }
}
