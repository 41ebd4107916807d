// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import NIOCore
internal import SwardCrypto
internal import SwardHash
package import SwardPrimitives

/// One key stream for each direction of a connection.
package struct StreamCiphers: Sendable {
    private var incoming: RC4
    private var outgoing: RC4

    /// - Parameter secret: what the key exchange gave both ends.
    package init(secret: [UInt8], infoHash: Digest160, isInitiator: Bool) {
        let (mine, theirs) = isInitiator ? ("keyA", "keyB") : ("keyB", "keyA")
        outgoing = Self.cipher(mine, secret, infoHash)
        incoming = Self.cipher(theirs, secret, infoHash)
    }

    private static func cipher(_ name: String, _ secret: [UInt8], _ infoHash: Digest160) -> RC4 {
        var cipher = RC4(key: SHA1.hash(Array(name.utf8) + secret + infoHash.bytes).bytes)
        // The first bytes of RC4 tell of its key.
        cipher.skip(1024)
        return cipher
    }

    package mutating func decrypt(_ bytes: inout ByteBuffer) {
        unsafe bytes.withUnsafeMutableReadableBytes { unsafe incoming.apply(to: $0) }
    }

    package mutating func encrypt(_ bytes: inout ByteBuffer) {
        unsafe bytes.withUnsafeMutableReadableBytes { unsafe outgoing.apply(to: $0) }
    }

    mutating func decrypted(_ bytes: ArraySlice<UInt8>) -> [UInt8] { incoming.applied(to: Array(bytes)) }

    mutating func encrypted(_ bytes: [UInt8]) -> [UInt8] { outgoing.applied(to: bytes) }
}
