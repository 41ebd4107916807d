// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import CSodium

/// Ed25519 over bare keys and messages, for formats that are not minisign's.
package enum Ed25519 {
    package static let publicKeyByteCount = 32
    package static let signatureByteCount = 64

    /// Whether `signature` is by the holder of `publicKey`; `false` for any other length of either.
    package static func isValid(_ signature: [UInt8], of message: [UInt8], by publicKey: [UInt8]) -> Bool {
        guard signature.count == signatureByteCount, publicKey.count == publicKeyByteCount, Sodium.isReady
        else {
            return false
        }
        return unsafe crypto_sign_verify_detached(signature, message, UInt64(message.count), publicKey) == 0
    }
}

extension SecretKey {
    /// The 64 bytes of Ed25519 over `message` as it is, without minisign's hash.
    package func signature(of message: [UInt8]) -> [UInt8] { sign(message) }
}
