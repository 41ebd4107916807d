// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardMetainfo
package import SwardPolicy

/// Who asks whether a work may pass, and by which policy.
package struct Appraiser: Hashable, Sendable {
    package var gate: Gate
    package var `operator`: OperatorProfile

    package init(gate: Gate = Gate(), operator profile: OperatorProfile = OperatorProfile()) {
        self.gate = gate
        self.operator = profile
    }

    /// Judges a work by what its info dictionary declares: before any payload is there.
    ///
    /// - Throws: where the manifest cannot be read; such a work must not pass.
    package func appraise(_ info: InfoDictionary, release: OperatorRelease? = nil) throws(BundleError)
        -> Appraisal
    {
        let manifest = try BundleManifest.read(info)
        let verdict = manifest.map { Verdict.judge($0.workTerms(of: info), operator: self.operator) }
        return Appraisal(manifest: manifest, verdict: verdict, state: gate.decide(verdict, release: release))
    }
}

/// What was found of the terms of a work, and what follows.
package struct Appraisal: Sendable {
    /// `nil` when the torrent carries none.
    package let manifest: BundleManifest?
    package let verdict: Verdict?
    package let state: GateState

    package init(manifest: BundleManifest?, verdict: Verdict?, state: GateState) {
        self.manifest = manifest
        self.verdict = verdict
        self.state = state
    }
}
