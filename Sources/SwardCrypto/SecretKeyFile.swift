// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import CSodium

/// A secret key file that was read and is still locked. Source: minisign, secret key format.
///
/// - Shape: 158 bytes: `Ed` ‖ `Sc` or `00 00` ‖ `B2` ‖ salt 32 ‖ opslimit 8 ‖ memlimit 8 ‖ then, covered by the
///   passphrase if there is one, key number 8 ‖ pair 64 ‖ checksum 32.
public final class SecretKeyFile: Sendable, CustomStringConvertible, CustomReflectable {
    public static let byteCount = 158
    /// No well-formed file is longer, in bytes.
    public static let fileLimit = 1024 + 256

    private enum Layout {
        static let salt = 6..<38, operations = 38..<46, memory = 46..<54, block = 54..<158
        /// Within the block.
        static let number = 0..<8, pair = 8..<72, checked = 0..<72, checksum = 72..<104
    }
    private static let covered = Array("Sc".utf8), bare: [UInt8] = [0, 0], checksumName = Array("B2".utf8)

    /// Proves nothing.
    public let comment: String
    /// What the passphrase costs; `nil` when the key is not covered by one.
    public let derivation: KeyDerivation?
    private let structure: SecretBytes

    public var needsPassphrase: Bool { derivation != nil }

    public init(text: SecretBytes) throws(CryptoError) {
        (comment, structure) = try unsafe text.withBytes {
            text throws(CryptoError) -> (String, SecretBytes) in
            let span = unsafe Span(_unsafeElements: text.assumingMemoryBound(to: UInt8.self))
            var lines = TextLines(.secretKey)
            let comment = try lines.untrustedComment(in: span)
            let line = try lines.next(in: span, limit: 256)
            try lines.end(in: span)
            var found = 0
            let structure = try unsafe SecretBytes(capacity: Self.byteCount + 64) {
                target throws(CryptoError) in
                guard
                    let count = unsafe Base64.decode(
                        UnsafeRawBufferPointer(rebasing: text[line]), into: target)
                else { throw .base64(.secretKey) }
                found = count
                return count
            }
            guard found == Self.byteCount else {
                throw .length(.secretKey, found: found, expected: Self.byteCount)
            }
            return (comment, structure)
        }
        derivation = try unsafe structure.withBytes { bytes throws(CryptoError) -> KeyDerivation? in
            guard unsafe bytes[..<2].elementsEqual(PublicKey.algorithm) else {
                throw unsafe .algorithm(.secretKey, found: Array(bytes[..<2]))
            }
            guard unsafe bytes[4..<6].elementsEqual(Self.checksumName) else {
                throw unsafe .checksumAlgorithm(found: Array(bytes[4..<6]))
            }
            let derivation = unsafe KeyDerivation(
                operations: littleEndian(bytes[Layout.operations]), memory: littleEndian(bytes[Layout.memory])
            )
            switch unsafe Array(bytes[2..<4]) {
            case Self.bare: return nil
            case Self.covered:
                guard derivation.isWithinCeiling else { throw .derivationLimits(derivation) }
                return derivation
            case let other: throw .keyDerivation(found: other)
            }
        }
    }

    /// - Parameter passphrase: Ignored when the key needs none.
    public func unlock(_ passphrase: Passphrase?) throws(CryptoError) -> SecretKey {
        let block = try unsafe SecretBytes(capacity: Layout.block.count) { block throws(CryptoError) in
            unsafe structure.withBytes {
                unsafe block.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[Layout.block]))
            }
            guard let derivation else { return Layout.block.count }
            guard let passphrase else { throw .passphraseNeeded }
            let salt = unsafe structure.withBytes { unsafe Array($0[Layout.salt]) }
            guard try unsafe derivation.cover(block, with: passphrase, salt: salt) else {
                throw .outOfMemory(derivation)
            }
            return Layout.block.count
        }
        return try unsafe block.withBytes { block throws(CryptoError) -> SecretKey in
            let stored = unsafe UnsafeRawBufferPointer(rebasing: block[Layout.checksum])
            let truth = unsafe Self.checksum(of: UnsafeRawBufferPointer(rebasing: block[Layout.checked]))
            let isTrue =
                unsafe sodium_memcmp(stored.baseAddress, truth, stored.count) == 0
            // minisign's own unencrypted keys carry zeros here, rsign's the true sum.
            let isUnset = unsafe !needsPassphrase && stored.allSatisfy { $0 == 0 }
            guard isTrue || isUnset else { throw needsPassphrase ? .wrongPassphrase : .checksum }
            guard let id = unsafe KeyID(block[Layout.number]) else {
                preconditionFailure("a range of 8 bytes")
            }
            return try unsafe SecretKey(id: id, pair: UnsafeRawBufferPointer(rebasing: block[Layout.pair]))
        }
    }

    /// The file of an uncovered key; the text itself is the secret.
    public static func text(
        of key: SecretKey, comment: String = "sward secret key, not protected by a passphrase"
    ) throws(CryptoError) -> SecretBytes {
        try unsafe text(of: key, comment: comment, name: bare) { _ throws(CryptoError) in nil }
    }

    /// The file of a key covered by `passphrase`.
    ///
    /// - Parameters:
    ///   - salt: 32 random bytes, new for each file.
    ///   - dearest: Where to begin; both limits are halved until the memory is there, as minisign does.
    /// - Returns: The text, and what it ended with.
    public static func text(
        of key: SecretKey, comment: String = "sward encrypted secret key", passphrase: Passphrase,
        salt: [UInt8], derivation dearest: KeyDerivation = .sensitive
    ) throws(CryptoError) -> (text: SecretBytes, derivation: KeyDerivation) {
        var used = dearest
        let text = try unsafe text(of: key, comment: comment, name: covered) {
            block throws(CryptoError) in
            let fitting = try dearest.firstThatFits { setting throws(CryptoError) in
                try unsafe setting.cover(block, with: passphrase, salt: salt)
            }
            guard let fitting else { throw .outOfMemory(dearest) }
            used = fitting
            return (salt, fitting)
        }
        return (text, used)
    }

    private static func text(
        of key: SecretKey, comment: String, name: [UInt8],
        cover: (UnsafeMutableRawBufferPointer) throws(CryptoError) -> (salt: [UInt8], KeyDerivation)?
    ) throws(CryptoError) -> SecretBytes {
        let head = try TextLines.untrustedLine(comment)
        let structure = try unsafe SecretBytes(capacity: byteCount) { bytes throws(CryptoError) in
            unsafe bytes.copyBytes(from: PublicKey.algorithm + name + checksumName)
            let block = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[Layout.block])
            unsafe block.copyBytes(from: key.id.bytes)
            unsafe key.pair.withBytes {
                unsafe UnsafeMutableRawBufferPointer(rebasing: block[Layout.pair]).copyMemory(from: $0)
            }
            let sum = unsafe checksum(of: UnsafeRawBufferPointer(rebasing: block[Layout.checked]))
            unsafe UnsafeMutableRawBufferPointer(rebasing: block[Layout.checksum]).copyBytes(from: sum)
            if let (salt, derivation) = try unsafe cover(block) {
                for (range, part) in [
                    (Layout.salt, salt), (Layout.operations, littleEndian(derivation.operations)),
                    (Layout.memory, littleEndian(derivation.memory)),
                ] {
                    unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[range]).copyBytes(from: part)
                }
            }
            return byteCount
        }
        let room = Base64.encodedRoom(for: byteCount)
        let length = head.utf8.count
        return try unsafe SecretBytes(capacity: length + room) { text throws(CryptoError) in
            unsafe text.copyBytes(from: head.utf8)
            unsafe structure.withBytes {
                unsafe Base64.encode($0, into: UnsafeMutableRawBufferPointer(rebasing: text[length...]))
            }
            // The newline takes the place of the C string's NUL.
            unsafe text[length + room - 1] = UInt8(ascii: "\n")
            return length + room
        }
    }

    /// BLAKE2b-256 of `Ed` ‖ key number ‖ pair.
    private static func checksum(of checked: UnsafeRawBufferPointer) -> [UInt8] {
        let memory = UnsafeMutableRawPointer.allocate(
            byteCount: crypto_generichash_statebytes(), alignment: 64)
        defer {
            unsafe sodium_memzero(memory, crypto_generichash_statebytes())
            unsafe memory.deallocate()
        }
        let state = OpaquePointer(memory)
        let length = Layout.checksum.count
        unsafe crypto_generichash_init(state, nil, 0, length)
        unsafe crypto_generichash_update(state, PublicKey.algorithm, UInt64(PublicKey.algorithm.count))
        unsafe crypto_generichash_update(
            state, checked.octets, UInt64(checked.count))
        var sum = [UInt8](repeating: 0, count: length)
        unsafe crypto_generichash_final(state, &sum, length)
        return sum
    }

    public var description: String { "SecretKeyFile(not shown)" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

private func littleEndian(_ bytes: some BidirectionalCollection<UInt8>) -> UInt64 {
    bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
}

private func littleEndian(_ value: UInt64) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * UInt64($0))) }
}
