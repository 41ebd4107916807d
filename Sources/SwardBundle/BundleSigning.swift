// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardBencode
public import SwardCrypto
public import SwardMetainfo

/// One entry of `signatures`: a key and what it signed.
public struct BundleSignature: Hashable, Sendable {
    public let key: PublicKey
    public let minisig: Minisig

    public init(key: PublicKey, minisig: Minisig) {
        self.key = key
        self.minisig = minisig
    }

    var encoded: Bencode {
        .dictionary([
            Array("g".utf8): .string(minisig.globalSignature), Array("k".utf8): .string(key.bytes),
            Array("s".utf8): .string(minisig.signature.bytes),
            Array("t".utf8): .string(minisig.trustedComment.bytes),
        ])
    }
}

/// How a bundle is signed: minisign's `ED` signature over the info dictionary without its `signatures` key.
///
/// - Source: docs/bundle-format.md, "Signatures".
public enum BundleSigning {
    public static let key = "signatures"

    /// What came of one signature. That it is good says nothing yet about whose key it is.
    public struct Check: Hashable, Sendable {
        public let signature: BundleSignature
        /// `nil` when the signature is good.
        public let failure: CryptoError?
        public var isGood: Bool { failure == nil }
    }

    /// The bytes that are signed: the info dictionary as it came, with the one entry cut out.
    public static func signedBytes(of info: InfoDictionary) -> [UInt8] {
        guard info.extra(key) != nil else { return info.bytes }
        return info.document.root.encoded(changing: [key: nil])
    }

    /// - Throws: For entries that are not what the format says; whether they verify is ``check(_:)``'s.
    public static func signatures(in info: InfoDictionary) throws(BundleError) -> [BundleSignature] {
        guard let list = info.extra(key) else { return [] }
        guard list.isList else { throw BundleError(.wrongType, key: key, at: list.range.lowerBound) }
        guard list.count <= BundleManifest.Limits.signatures else {
            throw BundleError(
                .tooMany(limit: BundleManifest.Limits.signatures), key: key, at: list.range.lowerBound)
        }
        var result: [BundleSignature] = []
        for item in list.elements {
            let place = "\(key)[\(result.count)]"
            func bytes(_ name: String) throws(BundleError) -> ArraySlice<UInt8> {
                guard let value = item[name] else {
                    throw BundleError(.missing, key: "\(place).\(name)", at: item.range.lowerBound)
                }
                guard let bytes = value.string else {
                    throw BundleError(.wrongType, key: "\(place).\(name)", at: value.range.lowerBound)
                }
                return bytes
            }
            guard item.isDictionary else {
                throw BundleError(.wrongType, key: place, at: item.range.lowerBound)
            }
            let (k, s, t, g) = (try bytes("k"), try bytes("s"), try bytes("t"), try bytes("g"))
            do throws(CryptoError) {
                let signature = try Signature(s)
                guard signature.algorithm == .prehashed else { throw CryptoError.legacySignature }
                let minisig = try Minisig(
                    signature: signature, trustedComment: TrustedComment(t), globalSignature: g)
                result.append(BundleSignature(key: try PublicKey(k), minisig: minisig))
            } catch {
                throw BundleError(.crypto(error), key: place, at: item.range.lowerBound)
            }
        }
        // One key, one voice: a second entry of the same key could only mislead.
        guard Set(result.map(\.key)).count == result.count else {
            throw BundleError(.duplicate, key: key, at: list.range.lowerBound)
        }
        return result
    }

    /// Checks every signature of `info`, in order.
    public static func check(_ info: InfoDictionary) throws(BundleError) -> [Check] {
        let signatures = try signatures(in: info)
        guard !signatures.isEmpty else { return [] }
        let prehash = Prehash(of: signedBytes(of: info))
        return signatures.map { signature in
            do throws(CryptoError) {
                try signature.key.verify(signature.minisig, of: prehash)
                return Check(signature: signature, failure: nil)
            } catch {
                return Check(signature: signature, failure: error)
            }
        }
    }

    /// Adds a signature; one that the same key made before is replaced. Entries are in the order of their keys, so
    /// that the order of signing leaves no trace.
    ///
    /// - Returns: The info dictionary with the signature in it: another info-hash than before.
    public static func sign(
        _ info: InfoDictionary, with secret: SecretKey, trustedComment: TrustedComment
    ) throws(BundleError) -> [UInt8] {
        let minisig = secret.sign(signedBytes(of: info), trustedComment: trustedComment)
        return try adding(BundleSignature(key: secret.publicKey, minisig: minisig), to: info)
    }

    /// Adds a signature that was made elsewhere, say by the `minisign` program over ``signedBytes(of:)``.
    public static func adding(
        _ signature: BundleSignature, to info: InfoDictionary
    ) throws(BundleError) -> [UInt8] {
        var all = try signatures(in: info).filter { $0.key != signature.key }
        guard all.count < BundleManifest.Limits.signatures else {
            throw BundleError(.tooMany(limit: BundleManifest.Limits.signatures), key: key)
        }
        all.append(signature)
        all.sort { $0.key.bytes.lexicographicallyPrecedes($1.key.bytes) }
        return info.document.root.encoded(changing: [key: .list(all.map(\.encoded))])
    }
}
