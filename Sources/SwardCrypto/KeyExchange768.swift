// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import COpenSSL

/// A Diffie-Hellman exchange in the 768-bit group of message stream encryption.
///
/// It hides a stream from those who only look; it is no protection against those who would compute or interfere.
package struct KeyExchange768: Sendable {
    /// Of a public key and of the shared secret, padded in front with zeros.
    package static let byteCount = 96
    /// Of the exponent; the specification asks for 160 bits.
    package static let secretByteCount = 20

    private let secret: [UInt8]
    package let publicKey: [UInt8]

    /// - Parameter secret: ``secretByteCount`` bytes of chance.
    package init(secret: [UInt8]) {
        precondition(secret.count == Self.secretByteCount, "the exponent has 20 bytes")
        self.secret = secret
        publicKey = Self.power(of: [2], secret)
    }

    /// - Returns: `nil` for what is no public key of the group: not below its prime, or one whose powers are known to all.
    package func shared(with theirs: [UInt8]) -> [UInt8]? {
        let last = Self.prime.dropLast() + [Self.prime[Self.byteCount - 1] - 1]
        guard theirs.count == Self.byteCount, theirs.lexicographicallyPrecedes(last),
            theirs.dropLast().contains(where: { $0 != 0 }) || theirs[Self.byteCount - 1] > 1
        else { return nil }
        return Self.power(of: theirs, secret)
    }

    private static func power(of base: [UInt8], _ exponent: [UInt8]) -> [UInt8] {
        var result = [UInt8](repeating: 0, count: byteCount)
        let context = unsafe BN_CTX_secure_new()
        let number = unsafe BN_bin2bn(base, Int32(base.count), nil)
        let power = unsafe BN_bin2bn(exponent, Int32(exponent.count), nil)
        let modulus = unsafe BN_bin2bn(prime, Int32(prime.count), nil)
        defer {
            unsafe BN_clear_free(number)
            unsafe BN_clear_free(power)
            unsafe BN_clear_free(modulus)
            unsafe BN_CTX_free(context)
        }
        // Each of them fails only when no memory is left, and then nothing can be done but stop.
        let isRaised = unsafe BN_mod_exp_mont_consttime(number, number, power, modulus, context, nil) == 1
        let length = unsafe BN_bn2binpad(number, &result, Int32(byteCount))
        precondition(isRaised && length == Int32(byteCount), "out of memory")
        return result
    }

    private static let prime: [UInt8] = [
        0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xC9, 0x0F, 0xDA, 0xA2, 0x21, 0x68, 0xC2, 0x34,
        0xC4, 0xC6, 0x62, 0x8B, 0x80, 0xDC, 0x1C, 0xD1, 0x29, 0x02, 0x4E, 0x08, 0x8A, 0x67, 0xCC, 0x74,
        0x02, 0x0B, 0xBE, 0xA6, 0x3B, 0x13, 0x9B, 0x22, 0x51, 0x4A, 0x08, 0x79, 0x8E, 0x34, 0x04, 0xDD,
        0xEF, 0x95, 0x19, 0xB3, 0xCD, 0x3A, 0x43, 0x1B, 0x30, 0x2B, 0x0A, 0x6D, 0xF2, 0x5F, 0x14, 0x37,
        0x4F, 0xE1, 0x35, 0x6D, 0x6D, 0x51, 0xC2, 0x45, 0xE4, 0x85, 0xB5, 0x76, 0x62, 0x5E, 0x7E, 0xC6,
        0xF4, 0x4C, 0x42, 0xE9, 0xA6, 0x3A, 0x36, 0x21, 0x00, 0x00, 0x00, 0x00, 0x00, 0x09, 0x05, 0x63,
    ]
}
