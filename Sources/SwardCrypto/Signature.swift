// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// An Ed25519 signature with the number of its key: 74 bytes, algorithm ‖ key number ‖ signature.
///
/// - Source: minisign, signature format; a bundle's `s`.
public struct Signature: Hashable, Sendable {
    public enum Algorithm: Hashable, Sendable {
        /// `ED`: over the BLAKE2b-512 of the message.
        case prehashed
        /// `Ed`: over the message itself; read, never made.
        case legacy

        var bytes: [UInt8] {
            switch self {
            case .prehashed: Array("ED".utf8)
            case .legacy: Array("Ed".utf8)
            }
        }
    }

    public static let byteCount = 74
    static let rawByteCount = 64

    public let algorithm: Algorithm
    public let keyID: KeyID
    /// The 64 bytes of Ed25519.
    public let raw: [UInt8]

    init(algorithm: Algorithm, keyID: KeyID, raw: [UInt8]) {
        self.algorithm = algorithm
        self.keyID = keyID
        self.raw = raw
    }

    public init(_ bytes: some Collection<UInt8>) throws(CryptoError) {
        let bytes = Array(bytes)
        guard bytes.count == Self.byteCount, let keyID = KeyID(bytes[2..<10]) else {
            throw .length(.signature, found: bytes.count, expected: Self.byteCount)
        }
        let name = Array(bytes[..<2])
        let algorithm: Algorithm
        switch name {
        case Algorithm.prehashed.bytes: algorithm = .prehashed
        case Algorithm.legacy.bytes: algorithm = .legacy
        default: throw .algorithm(.signature, found: name)
        }
        self.init(algorithm: algorithm, keyID: keyID, raw: Array(bytes[10...]))
    }

    public var bytes: [UInt8] { algorithm.bytes + keyID.bytes + raw }
}

/// What the signer says beside the signature, covered by the global signature.
///
/// - Invariant: UTF-8 without C0 and C1 controls other than tab, and short enough for `minisign` to read.
public struct TrustedComment: Hashable, Sendable, CustomStringConvertible {
    /// In bytes: what fits minisign's buffer of 8192 beside the prefix, the newline and the NUL.
    public static let limit = 8192 - TextLines.trustedPrefix.utf8.count - 2

    /// The bytes that are signed. Kept, as two texts that Swift calls equal may differ in bytes.
    public let bytes: [UInt8]

    public init(_ bytes: some Collection<UInt8>) throws(CryptoError) {
        guard bytes.count <= Self.limit else {
            throw .commentTooLong(length: bytes.count, limit: Self.limit)
        }
        self.bytes = Array(bytes)
        guard printable(self.bytes) != nil else { throw .commentNotPrintable }
    }

    public init(_ text: String) throws(CryptoError) { try self.init(text.utf8) }

    public var text: String { String(decoding: bytes, as: UTF8.self) }
    public var description: String { text }
}
