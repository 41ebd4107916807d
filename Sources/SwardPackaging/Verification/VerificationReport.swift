// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

public import SwardBundle
public import SwardCrypto
public import SwardMetainfo
public import SwardPolicy

/// What checking a bundle found.
public struct VerificationReport: Sendable {
    /// Where in a file bytes are wrong, as finely as the hashes tell.
    public struct ByteRange: Hashable, Sendable {
        public let start: Int64
        public let end: Int64

        public init(start: Int64, end: Int64) {
            self.start = start
            self.end = end
        }
    }

    public enum Fault: Hashable, Sendable {
        // Files against the hashes.
        case missing
        case renamed(to: String)
        /// Not of the bundle.
        case extra
        case length(found: Int64, expected: Int64)
        case changed([ByteRange])
        /// The v1 hashes are not those of the bytes that the v2 hashes name: two works under one name.
        case viewsDiffer([ByteRange])
        case notAFile
        /// What a link leads to; `nil` when there is something else than a link.
        case symlink(found: String?, expected: String)
        case executable(expected: Bool)
        /// The value is `errno`.
        case unreadable(Int32)
        /// Shares a v1 piece with a file that is not as it should be.
        case unchecked

        // Terms.
        case badManifest(BundleError)
        /// The payload was packed with terms that this torrent does not carry.
        case strippedManifest
        /// What the file, its sidecar or an annotation says, against the manifest.
        case contradicted(stated: String, declared: String)
        /// The same, and the manifest gives less.
        case narrowed(stated: String, declared: String)
        /// What was found in the file, against the manifest: its words, its fields, its members.
        case foundOtherwise(found: String, declared: String)
        /// A fence around what the terms free.
        case enclosed(Mark)
        /// A tag or annotation in the payload that cannot be read.
        case unreadableTerms(PackagingError)
        case licenseTextMissing(String)

        // The SPDX document.
        case documentMissing
        case documentMalformed(String)
        case documentDigest
        case documentLicense(document: String, declared: String)
        /// The document names a file that the bundle has not.
        case documentExtra
        /// The bundle has a file that the document does not name.
        case documentLacks

        // Signatures.
        case malformedSignatures(BundleError)
        case badSignature(PublicKey, CryptoError)
        case documentSignature(CryptoError)
    }

    public struct Finding: Hashable, Sendable {
        public let fault: Fault
        /// From the bundle's folder; `nil` when it is about the bundle as a whole.
        public let path: String?

        public init(_ fault: Fault, path: String? = nil) {
            self.fault = fault
            self.path = path
        }
    }

    public struct Signer: Hashable, Sendable {
        public enum Subject: Hashable, Sendable { case bundle, document }
        public let subject: Subject
        public let key: PublicKey
        /// What the user calls the key; `nil` for one the user does not know.
        public let trustedName: String?
        public let trustedComment: String
    }

    public let torrent: String
    /// The folder, or for a torrent of one file without a folder the file.
    public let payload: String
    public let info: InfoDictionary
    public internal(set) var manifest: BundleManifest?
    public internal(set) var verdict: Verdict?
    /// Of a work without a manifest: what its files say, joined, and the verdict on that.
    public internal(set) var foundExpression: String?
    public internal(set) var foundVerdict: Verdict?
    /// Good signatures only; the rest are findings.
    public internal(set) var signers: [Signer] = []
    /// A signature of the document by a key that neither the bundle nor the user names.
    public internal(set) var unknownDocumentKey: KeyID?
    public internal(set) var findings: [Finding] = []
    /// As the torrent says.
    public internal(set) var checkedFiles = 0
    /// Of those, in bytes.
    public internal(set) var checkedLength: Int64 = 0

    public var isSound: Bool { findings.isEmpty }
}
