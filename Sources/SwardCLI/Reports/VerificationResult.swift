// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardBundle
import SwardCrypto
import SwardEngine
import SwardMetainfo
import SwardPackaging
import SwardPolicy
import SwardPrimitives
import SwardSwarm

/// What checking a bundle found.
struct VerificationResult: Encodable {
    struct Finding: Encodable {
        let kind: String
        let path: String?
        let message: String

        var line: String { (path.map { "\(Words.shown($0)): " } ?? "") + message }
    }

    struct Signer: Encodable {
        /// bundle or document.
        let subject: String
        let publicKey: String
        let keyNumber: String
        /// What the user calls the key; missing for a key the user does not know.
        let name: String?
        let trustedComment: String
    }

    let torrent: String
    let payload: String
    let name: String
    let isSound: Bool
    let infoHashV1: String?
    let infoHashV2: String?
    let checkedFiles: Int
    let checkedBytes: Int64
    /// Whether the torrent carries terms; else they are what was found in the files.
    let isDeclared: Bool
    let expression: String?
    let redistribution: String?
    let commons: String?
    /// What the gate of the policy asked for says of it: admitted, held or refused.
    let gate: String
    /// Why it is not admitted, or would not be without `release`.
    let gateReason: String?
    /// In the operator's words, why a work that is held passes all the same.
    let release: String?
    let signers: [Signer]
    let findings: [Finding]
    /// Of the terms; they make a bundle no less sound.
    let termsFindings: [FindingReport]

    /// - Parameter keys: Those whose signatures of the bundle are asked for: names, numbers or public keys.
    init(
        _ report: VerificationReport, signedBy keys: [String] = [], gate: Gate = Gate(),
        release: OperatorRelease? = nil
    ) {
        torrent = report.torrent
        payload = report.payload
        name = report.info.name
        infoHashV1 = report.info.infoHashes.v1?.hex
        infoHashV2 = report.info.infoHashes.v2?.hex
        checkedFiles = report.checkedFiles
        checkedBytes = report.checkedLength
        isDeclared = report.manifest != nil
        expression = report.manifest?.expressions.first ?? report.foundExpression
        // Of a work without a manifest what was found is all there is to judge by.
        let verdict = report.verdict ?? report.foundVerdict
        redistribution = verdict?.redistribution.rawValue
        commons = verdict?.commons?.rawValue
        let state = gate.decide(verdict, evidence: .examined)
        if case .held = state { self.release = release?.reason } else { self.release = nil }
        self.gate = self.release == nil ? state.name : GateState.admitted.name
        gateReason = state.reason?.statement
        signers = report.signers.map { signer in
            Signer(
                subject: signer.subject == .bundle ? "bundle" : "document", publicKey: signer.key.base64,
                keyNumber: signer.key.id.description, name: signer.trustedName,
                trustedComment: signer.trustedComment)
        }
        let bundleSigners = signers.filter { $0.subject == "bundle" }
        let unsigned = keys.filter { key in
            !bundleSigners.contains {
                $0.name == key || $0.publicKey == key || $0.keyNumber == key.uppercased()
            }
        }
        findings =
            report.findings.map { finding in
                let (kind, text) = Words.parts(finding.fault)
                return Finding(kind: kind, path: finding.path, message: text)
            }
            + unsigned.map { key in
                Finding(
                    kind: "not-signed-by", path: nil,
                    message:
                        "not signed by \(Words.quoted(key)); do not take it for a work of that key's holder")
            }
        isSound = findings.isEmpty
        termsFindings = (verdict?.findings ?? []).map(FindingReport.init)
    }

    /// What the gate says, and why.
    var gateLine: String? {
        guard let gateReason else { return nil }
        let reason = Words.shown(gateReason)
        return release.map { "\(gate), released: \(Words.shown($0)); else held: \(reason)" }
            ?? "\(gate): \(reason)"
    }

    var isAdmitted: Bool { gate == GateState.admitted.name }
    /// Files that lie beside it take nothing from a work.
    var isWhole: Bool { findings.allSatisfy { $0.kind == "extra" } }

    /// What the engine may do with a complete work after this.
    var judgement: Judgement {
        guard isWhole, isAdmitted else {
            let reasons = isWhole ? [gateReason ?? gate] : findings.map(\.line)
            return Judgement(permissions: .shut, state: "held", reasons: reasons)
        }
        return Judgement(
            permissions: .init(download: true, upload: true), state: gate,
            reasons: ["found: \(Words.shown(expression ?? ""))"])
    }

    func write(to console: Console) {
        let mark = isSound ? console.styled("sound", Style.green) : console.styled("not sound", Style.red)
        console.print(
            "\(console.styled(Words.shown(name), Style.bold))  \(mark)  \(Amounts.count(checkedFiles, "file")), \(Amounts.bytes(checkedBytes)) checked"
        )
        if !isDeclared { console.print("  terms   none declared") }
        if let expression {
            let terms = [redistribution, commons].compactMap { $0 }.joined(separator: ", ")
            console.print("  \(isDeclared ? "terms" : "found")   \(Words.shown(expression))  \(terms)")
        }
        if let gateLine { console.print("  gate    \(gateLine)") }
        for signer in signers where signer.subject == "bundle" { console.print("  signed  \(signer.line)") }
        if signers.isEmpty { console.print("  signed  by nobody") }
        for finding in termsFindings where finding.weight != "note" {
            console.print("  terms   \(finding.line)")
        }
        for finding in findings { console.print("  \(console.styled("wrong", Style.red))   \(finding.line)") }
    }
}

extension VerificationResult.Signer {
    /// `by "A. Name": what was said`.
    var line: String {
        let who = name.map { "by \(Words.quoted($0))" } ?? "by an unknown key \(publicKey)"
        return trustedComment.isEmpty ? who : "\(who): \(Words.shown(trustedComment))"
    }
}
