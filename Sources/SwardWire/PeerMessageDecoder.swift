// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import NIOCore

/// Cuts a stream of bytes into messages, whatever pieces it comes in.
///
/// A message that lies whole in one read is handed out as slices of it. Only one that straddles two reads is
/// copied, into a buffer of exactly its length: with reads of 256 KiB that is one block in sixteen.
///
/// - Memory: at most one message beside the read in hand; lengths are checked before anything is allocated.
package struct PeerMessageDecoder: Sendable {
    package init(limits: WireLimits = WireLimits()) {}
    /// Hands in what was read; call ``next()`` until it returns `nil` before handing in more.
    package mutating func append(_ bytes: ByteBuffer) {}
    /// - Returns: `nil` while bytes are missing.
    /// - Throws: once; the stream is of no use afterwards.
    package mutating func next() throws(WireError) -> PeerMessage? { nil }
}
