// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import CSodium

/// An Ed25519 public key with its number: 42 bytes, `Ed` ‖ key number ‖ key. Source: minisign, public key format.
public struct PublicKey: Hashable, Sendable, CustomStringConvertible {
    public static let byteCount = 42
    static let algorithm = Array("Ed".utf8)

    public let id: KeyID
    /// The 32 bytes of the Ed25519 point.
    public let point: [UInt8]

    init(id: KeyID, point: [UInt8]) {
        self.id = id
        self.point = point
    }

    /// - Parameter bytes: The structure as a bundle's `k` carries it.
    public init(_ bytes: some Collection<UInt8>) throws(CryptoError) {
        let bytes = Array(bytes)
        guard bytes.count == Self.byteCount, let id = KeyID(bytes[2..<10]) else {
            throw .length(.publicKey, found: bytes.count, expected: Self.byteCount)
        }
        guard Array(bytes[..<2]) == Self.algorithm else {
            throw .algorithm(.publicKey, found: Array(bytes[..<2]))
        }
        self.init(id: id, point: Array(bytes[10...]))
    }

    /// - Parameter base64: The 56 characters that people exchange.
    public init(base64: some StringProtocol) throws(CryptoError) {
        try self.init(Base64.decode(Array(base64.utf8), as: .publicKey, count: Self.byteCount))
    }

    /// Reads a public key file, or the second line of one alone.
    ///
    /// - Parameter text: At most a few hundred bytes; the comment in it proves nothing and is dropped.
    public init(text: [UInt8]) throws(CryptoError) {
        let span = text.span
        var lines = TextLines(.publicKey)
        if text.starts(with: TextLines.untrustedPrefix.utf8) { _ = try lines.untrustedComment(in: span) }
        let line = try lines.next(in: span, limit: 128)
        try lines.end(in: span)
        try self.init(Base64.decode(Array(text[line]), as: .publicKey, count: Self.byteCount))
    }

    public var bytes: [UInt8] { Self.algorithm + id.bytes + point }
    public var base64: String { Base64.encode(bytes) }

    /// The file as `minisign -G` writes it, byte for byte when `comment` is left out.
    public func fileText(comment: String? = nil) throws(CryptoError) -> String {
        try TextLines.untrustedLine(comment ?? "minisign public key \(id)") + base64 + "\n"
    }

    public var description: String { base64 }

    /// Whether `signature` is this key's over `message`; malleable and small-order encodings are none.
    func isValid(_ signature: [UInt8], of message: UnsafeRawBufferPointer) -> Bool {
        precondition(signature.count == Signature.rawByteCount)
        return unsafe crypto_sign_verify_detached(
            signature, message.octets, UInt64(message.count), point) == 0
    }
}
