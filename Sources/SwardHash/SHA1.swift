// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Crypto
package import SwardPrimitives

/// SHA-1 of one message, through swift-crypto; for many messages at once see ``HashLanes``.
package enum SHA1 {
    package static func hash(_ bytes: UnsafeRawBufferPointer) -> Digest160 {
        var stream = SHA1Stream()
        unsafe stream.update(bytes)
        return stream.finalize()
    }

    package static func hash(_ bytes: [UInt8]) -> Digest160 {
        unsafe bytes.withUnsafeBytes { unsafe hash($0) }
    }

    package static func hash(_ bytes: ArraySlice<UInt8>) -> Digest160 {
        unsafe bytes.withUnsafeBytes { unsafe hash($0) }
    }

    package static func hash(_ bytes: RawSpan) -> Digest160 {
        unsafe bytes.withUnsafeBytes { unsafe hash($0) }
    }
}

/// SHA-1 of a message that comes in parts of any length.
package struct SHA1Stream: Sendable {
    private var hasher = Crypto.Insecure.SHA1()

    package init() {}

    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        unsafe hasher.update(bufferPointer: bytes)
    }

    package mutating func update(_ bytes: [UInt8]) {
        unsafe bytes.withUnsafeBytes { unsafe update($0) }
    }

    /// The digest of what was fed so far; more may be fed after.
    package func finalize() -> Digest160 {
        // A digest holds exactly 20 bytes.
        unsafe hasher.finalize().withUnsafeBytes { unsafe Digest160(loadingFrom: $0.baseAddress!) }
    }
}
