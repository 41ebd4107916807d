// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

public import SwardBundle
public import SwardCrypto
public import SwardMetainfo
public import SwardPolicy

/// What a work says of itself in its info dictionary, without its payload.
public struct Inspection: Sendable {
    public struct Group: Hashable, Sendable {
        public let expression: String
        public let fileCount: Int
        /// In bytes.
        public let length: Int64
    }

    public struct Signer: Hashable, Sendable {
        public let key: PublicKey
        public let trustedName: String?
        public let trustedComment: String
        /// `nil` when the signature is good.
        public let failure: CryptoError?
    }

    public let info: InfoDictionary
    public let manifest: BundleManifest?
    /// Files by expression; empty without a manifest.
    public let groups: [Group]
    public let signers: [Signer]
    /// `nil` without a manifest.
    public let verdict: Verdict?
    public let gate: GateState

    public init(
        _ info: InfoDictionary, trusted: [TrustedKey] = [],
        operatorProfile: OperatorProfile = OperatorProfile(),
        gate: Gate = Gate()
    ) throws(BundleError) {
        self.info = info
        manifest = try BundleManifest.read(info)
        signers = try BundleSigning.check(info).map { check in
            let key = check.signature.key
            return Signer(
                key: key, trustedName: trusted.first { $0.publicKey == key }?.name,
                trustedComment: check.signature.minisig.trustedComment.text, failure: check.failure)
        }
        verdict = manifest.map { Verdict.judge($0.workTerms(of: info), operator: operatorProfile) }
        self.gate = gate.decide(verdict)
        var counts: [Int: (files: Int, length: Int64)] = [:]
        if let manifest {
            for index in info.files.indices {
                let entry = info.files[index]
                guard !entry.isSymlink, !manifest.isAboutTheWork(entry.path.joined(separator: "/")) else {
                    continue
                }
                counts[manifest.expressionIndex(ofFile: index), default: (0, 0)].files += 1
                counts[manifest.expressionIndex(ofFile: index), default: (0, 0)].length += entry.length
            }
        }
        let expressions = manifest?.expressions ?? []
        groups = counts.sorted { $0.key < $1.key }.map {
            Group(expression: expressions[$0.key], fileCount: $0.value.files, length: $0.value.length)
        }
    }

    /// The bytes that every signature of this bundle is over.
    public var signedBytes: [UInt8] { BundleSigning.signedBytes(of: info) }

    /// The signature of one key as a `.minisig` file over ``signedBytes``, for `minisign -V`.
    public func minisig(of key: PublicKey) throws(BundleError) -> String? {
        guard let signature = try BundleSigning.signatures(in: info).first(where: { $0.key == key }) else {
            return nil
        }
        do throws(CryptoError) { return try signature.minisig.fileText() } catch {
            throw BundleError(.crypto(error), key: BundleSigning.key)
        }
    }
}
