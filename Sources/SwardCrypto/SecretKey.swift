// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import CSodium

/// An Ed25519 secret key with its number, in locked memory; never shown, never logged.
public final class SecretKey: Sendable, CustomStringConvertible, CustomReflectable {
    public static let seedByteCount = 32
    static let pairByteCount = 64

    public let publicKey: PublicKey
    /// Seed ‖ public key, as minisign and libsodium keep it.
    let pair: SecretBytes

    public var id: KeyID { publicKey.id }

    /// Makes the key of a seed; randomness comes from the shell, straight into locked memory.
    ///
    /// - Parameters:
    ///   - id: Eight random bytes, not derived from the key.
    ///   - seed: 32 random bytes.
    public init(id: KeyID, seed: SecretBytes) throws(CryptoError) {
        guard seed.count == Self.seedByteCount else {
            throw .length(.secretKey, found: seed.count, expected: Self.seedByteCount)
        }
        var point = [UInt8](repeating: 0, count: 32)
        pair = try unsafe SecretBytes(capacity: Self.pairByteCount) { pair throws(CryptoError) in
            _ = unsafe seed.withBytes { seed in
                unsafe crypto_sign_seed_keypair(
                    &point, pair.octets,
                    seed.octets)
            }
            return Self.pairByteCount
        }
        publicKey = PublicKey(id: id, point: point)
    }

    /// Takes a stored pair.
    ///
    /// - Throws: `.mismatchedHalves`. Signing with a foreign public half gives the secret away, so it is
    ///   computed anew, not believed.
    convenience init(id: KeyID, pair: UnsafeRawBufferPointer) throws(CryptoError) {
        let seed = try unsafe SecretBytes(UnsafeRawBufferPointer(rebasing: pair[..<Self.seedByteCount]))
        try self.init(id: id, seed: seed)
        let isWhole = unsafe pair.dropFirst(Self.seedByteCount).elementsEqual(publicKey.point)
        guard isWhole else { throw .mismatchedHalves }
    }

    /// Ed25519 over `message` as it is.
    func sign(_ message: [UInt8]) -> [UInt8] {
        var signature = [UInt8](repeating: 0, count: Signature.rawByteCount)
        unsafe pair.withBytes { pair in
            _ = unsafe crypto_sign_detached(&signature, nil, message, UInt64(message.count), pair.octets)
        }
        return signature
    }

    public var description: String { "SecretKey(\(id), not shown)" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
