// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// A detached signature with its trusted comment: what a `.minisig` file and a bundle's `signatures` entry hold.
public struct Minisig: Hashable, Sendable {
    public static let fileSuffix = ".minisig"
    /// No well-formed file is longer, in bytes; readers need not read on.
    public static let fileLimit = 1024 + 128 + 8192 + 128

    public let signature: Signature
    public let trustedComment: TrustedComment
    /// Ed25519 over the 64 bytes of the signature and the trusted comment.
    public let globalSignature: [UInt8]

    public init(
        signature: Signature, trustedComment: TrustedComment, globalSignature: some Collection<UInt8>
    ) throws(CryptoError) {
        guard globalSignature.count == Signature.rawByteCount else {
            throw .length(
                .globalSignature, found: globalSignature.count, expected: Signature.rawByteCount)
        }
        self.signature = signature
        self.trustedComment = trustedComment
        self.globalSignature = Array(globalSignature)
    }

    /// Reads a `.minisig` file; its untrusted comment is dropped.
    public init(text: [UInt8]) throws(CryptoError) {
        let span = text.span
        var lines = TextLines(.signature)
        _ = try lines.untrustedComment(in: span)
        let structure = try lines.next(in: span, limit: 128)
        let comment = try lines.next(
            in: span, after: TextLines.trustedPrefix, limit: TrustedComment.limit)
        guard let trustedComment = try? TrustedComment(text[comment]) else {
            throw .line(3, of: .signature, .notPrintable)
        }
        let global = try lines.next(in: span, limit: 128)
        try lines.end(in: span)
        try self.init(
            signature: Signature(
                Base64.decode(Array(text[structure]), as: .signature, count: Signature.byteCount)),
            trustedComment: trustedComment,
            globalSignature: Base64.decode(
                Array(text[global]), as: .globalSignature, count: Signature.rawByteCount))
    }

    public var keyID: KeyID { signature.keyID }

    /// The file as `minisign -S` writes it.
    public func fileText(
        comment: String = "signature from sward secret key"
    ) throws(CryptoError) -> String {
        try TextLines.untrustedLine(comment) + Base64.encode(signature.bytes) + "\n"
            + TextLines.trustedPrefix + trustedComment.text + "\n" + Base64.encode(globalSignature) + "\n"
    }

    var globallySigned: [UInt8] { signature.raw + trustedComment.bytes }
}

extension PublicKey {
    /// Checks key number, signature and trusted comment, in this order; only then is the comment worth showing.
    package func verify(_ minisig: Minisig, of prehash: Prehash) throws(CryptoError) {
        guard minisig.keyID == id else { throw .otherKey(signature: minisig.keyID, key: id) }
        guard minisig.signature.algorithm == .prehashed else { throw .legacySignature }
        try verify(minisig, over: prehash.bytes)
    }

    /// Checks either kind of signature over a message in memory.
    public func verify(_ minisig: Minisig, of message: [UInt8]) throws(CryptoError) {
        switch minisig.signature.algorithm {
        case .prehashed: try verify(minisig, of: Prehash(of: message))
        case .legacy:
            guard minisig.keyID == id else { throw .otherKey(signature: minisig.keyID, key: id) }
            try verify(minisig, over: message)
        }
    }

    private func verify(_ minisig: Minisig, over message: [UInt8]) throws(CryptoError) {
        let isSigned = unsafe message.withUnsafeBytes { unsafe isValid(minisig.signature.raw, of: $0) }
        guard isSigned else { throw .badSignature }
        let isCommentSigned = unsafe minisig.globallySigned.withUnsafeBytes {
            unsafe isValid(minisig.globalSignature, of: $0)
        }
        guard isCommentSigned else { throw .badCommentSignature }
    }
}

extension SecretKey {
    /// Signs what was hashed, and the comment with it. The same input makes the same signature.
    package func sign(_ prehash: Prehash, trustedComment: TrustedComment) -> Minisig {
        let signature = Signature(algorithm: .prehashed, keyID: id, raw: sign(prehash.bytes))
        do {
            return try Minisig(
                signature: signature, trustedComment: trustedComment,
                globalSignature: sign(signature.raw + trustedComment.bytes))
        } catch { preconditionFailure("Ed25519 signatures are 64 bytes long") }
    }

    public func sign(_ message: [UInt8], trustedComment: TrustedComment) -> Minisig {
        sign(Prehash(of: message), trustedComment: trustedComment)
    }
}
