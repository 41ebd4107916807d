// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Crypto
package import SwardPrimitives

/// SHA-256 of one message, through swift-crypto; for many messages at once see ``HashLanes``.
package enum SHA256 {
    package static func hash(_ bytes: UnsafeRawBufferPointer) -> Digest256 {
        var stream = SHA256Stream()
        unsafe stream.update(bytes)
        return stream.finalize()
    }

    package static func hash(_ bytes: [UInt8]) -> Digest256 {
        unsafe bytes.withUnsafeBytes { unsafe hash($0) }
    }

    package static func hash(_ bytes: ArraySlice<UInt8>) -> Digest256 {
        unsafe bytes.withUnsafeBytes { unsafe hash($0) }
    }

    package static func hash(_ bytes: RawSpan) -> Digest256 {
        unsafe bytes.withUnsafeBytes { unsafe hash($0) }
    }

    /// An inner node of a tree: the digest of its two children, left first.
    package static func hash(_ left: Digest256, _ right: Digest256) -> Digest256 {
        var stream = SHA256Stream()
        unsafe left.withBytes { unsafe stream.update($0) }
        unsafe right.withBytes { unsafe stream.update($0) }
        return stream.finalize()
    }
}

/// SHA-256 of a message that comes in parts of any length.
package struct SHA256Stream: Sendable {
    private var hasher = Crypto.SHA256()

    package init() {}

    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        unsafe hasher.update(bufferPointer: bytes)
    }

    package mutating func update(_ bytes: [UInt8]) {
        unsafe bytes.withUnsafeBytes { unsafe update($0) }
    }

    /// The digest of what was fed so far; more may be fed after.
    package func finalize() -> Digest256 {
        // A digest holds exactly 32 bytes.
        unsafe hasher.finalize().withUnsafeBytes { unsafe Digest256(loadingFrom: $0.baseAddress!) }
    }
}
