// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import CSodium

/// The BLAKE2b-512 of a message: what an `ED` signature signs.
package struct Prehash: Hashable, Sendable {
    package static let byteCount = 64
    package let bytes: [UInt8]

    init(bytes: [UInt8]) { self.bytes = bytes }

    package init(of message: [UInt8]) {
        var stream = PrehashStream()
        unsafe message.withUnsafeBytes { unsafe stream.update($0) }
        self = stream.finish()
    }
}

/// Hashes a message that comes in parts, in constant memory.
@safe
package struct PrehashStream: ~Copyable {
    /// On the heap, as the state wants an alignment of 64 that a Swift struct does not promise.
    private let state: OpaquePointer

    package init() {
        _ = Sodium.isReady
        let memory = UnsafeMutableRawPointer.allocate(
            byteCount: crypto_generichash_statebytes(), alignment: 64)
        unsafe state = OpaquePointer(memory)
        unsafe crypto_generichash_init(state, nil, 0, Prehash.byteCount)
    }

    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        unsafe crypto_generichash_update(
            state, bytes.octets, UInt64(bytes.count))
    }

    package consuming func finish() -> Prehash {
        var bytes = [UInt8](repeating: 0, count: Prehash.byteCount)
        unsafe crypto_generichash_final(state, &bytes, bytes.count)
        return Prehash(bytes: bytes)
    }

    deinit { unsafe UnsafeMutableRawPointer(state).deallocate() }
}
