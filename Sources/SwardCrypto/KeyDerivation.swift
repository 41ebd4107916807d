// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import CSodium

/// How dearly scrypt turns a passphrase into the stream that covers a secret key.
public struct KeyDerivation: Hashable, Sendable {
    public static let saltByteCount = 32
    /// minisign's default: scrypt with N = 2^20, r = 8, p = 1; about three seconds and 1 GiB.
    public static let sensitive = KeyDerivation(operations: 33_554_432, memory: 1_073_741_824)
    /// The least that libsodium offers: for tests, or where a gibibyte is not to be had.
    public static let least = KeyDerivation(operations: 32_768, memory: 16_777_216)
    /// The most a file may ask for. Memory as minisign's default; four times its work, so that no file hangs us.
    public static let ceiling = KeyDerivation(operations: 4 * 33_554_432, memory: 1_073_741_824)

    /// scrypt's `opslimit`.
    public let operations: UInt64
    /// scrypt's `memlimit`, in bytes.
    public let memory: UInt64

    public init(operations: UInt64, memory: UInt64) {
        self.operations = operations
        self.memory = memory
    }

    public var isWithinCeiling: Bool {
        operations <= Self.ceiling.operations && memory <= Self.ceiling.memory
    }

    /// The next cheaper setting, or `nil` below the least.
    var halved: KeyDerivation? {
        let half = KeyDerivation(operations: operations / 2, memory: memory / 2)
        guard half.operations >= Self.least.operations, half.memory >= Self.least.memory else { return nil }
        return half
    }

    /// The dearest setting, from this one down by halves, for which `attempt` finds the memory.
    func firstThatFits<E: Error>(_ attempt: (KeyDerivation) throws(E) -> Bool) throws(E) -> KeyDerivation? {
        var setting: KeyDerivation? = self
        while let current = setting {
            if try attempt(current) { return current }
            setting = current.halved
        }
        return nil
    }

    /// XORs `block` with the stream that `passphrase` and `salt` make.
    ///
    /// - Returns: `false`, and `block` as it was, when there is not enough memory.
    func cover(
        _ block: UnsafeMutableRawBufferPointer, with passphrase: Passphrase, salt: [UInt8]
    ) throws(CryptoError) -> Bool {
        precondition(salt.count == Self.saltByteCount)
        var isDerived = false
        let length = block.count
        let stream = try unsafe SecretBytes(capacity: length) { stream throws(CryptoError) in
            isDerived = unsafe passphrase.bytes.withBytes { phrase in
                unsafe crypto_pwhash_scryptsalsa208sha256(
                    stream.octets, UInt64(length),
                    phrase.characters, UInt64(phrase.count), salt,
                    operations, Int(memory)) == 0
            }
            return length
        }
        guard isDerived else { return false }
        unsafe stream.withBytes { stream in
            for index in stream.indices { unsafe block[index] ^= stream[index] }
        }
        return true
    }
}
