// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import CSodium

/// Bytes that must not leak: between guard pages, locked out of swap and core dumps, wiped when let go.
///
/// - Invariant: read-only once made, which is why it may cross threads.
@safe
public final class SecretBytes: @unchecked Sendable, CustomStringConvertible, CustomReflectable {
    private let memory: UnsafeMutableRawPointer
    public let count: Int

    /// Reserves `capacity` bytes and lets `fill` write them.
    ///
    /// - Parameter fill: Gets zeroed memory and returns how many bytes from its start are the secret.
    public init(
        capacity: Int, fill: (UnsafeMutableRawBufferPointer) throws(CryptoError) -> Int
    ) throws(CryptoError) {
        guard Sodium.isReady, let memory = unsafe sodium_malloc(capacity) else { throw .noSecretMemory }
        unsafe sodium_memzero(memory, capacity)
        do {
            let count = try unsafe fill(UnsafeMutableRawBufferPointer(start: memory, count: capacity))
            precondition(0...capacity ~= count)
            unsafe self.memory = memory
            self.count = count
        } catch {
            unsafe sodium_free(memory)
            throw error
        }
        unsafe sodium_mprotect_readonly(memory)
    }

    /// Copies bytes that were somewhere less safe before.
    public convenience init(_ bytes: UnsafeRawBufferPointer) throws(CryptoError) {
        try unsafe self.init(capacity: bytes.count) { target throws(CryptoError) in
            unsafe target.copyMemory(from: bytes)
            return bytes.count
        }
    }

    deinit { unsafe sodium_free(memory) }

    /// Lends the bytes for the length of the call.
    public func withBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        try unsafe body(UnsafeRawBufferPointer(start: memory, count: count))
    }

    /// In time that depends on the lengths alone.
    public func isEqual(to other: SecretBytes) -> Bool {
        unsafe count == other.count && sodium_memcmp(memory, other.memory, count) == 0
    }

    public var description: String { "SecretBytes(\(count) bytes, not shown)" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// What a person types to unlock a key.
public final class Passphrase: Sendable, CustomStringConvertible, CustomReflectable {
    /// The longest that the `minisign` program reads.
    public static let limit = 1023

    let bytes: SecretBytes

    /// - Parameter bytes: Without the line's end.
    /// - Throws: When `minisign` would read another passphrase than the one given.
    public init(_ bytes: SecretBytes) throws(CryptoError) {
        guard bytes.count <= Self.limit else { throw .passphraseTooLong(limit: Self.limit) }
        let containsNUL = unsafe bytes.withBytes { unsafe $0.contains(0) }
        guard !containsNUL else { throw .passphraseContainsNUL }
        self.bytes = bytes
    }

    public var isEmpty: Bool { bytes.count == 0 }

    /// Whether both were typed alike, in time that depends on the lengths alone.
    public func matches(_ other: Passphrase) -> Bool { bytes.isEqual(to: other.bytes) }

    public var description: String { "Passphrase(not shown)" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
