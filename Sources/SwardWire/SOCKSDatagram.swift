// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import NIOCore

/// A datagram on its way between us and a SOCKS5 proxy that passes it on. Source: RFC 1928, 7.
package struct SOCKSDatagram: Hashable, Sendable {
    /// Whom it is for, or who sent it.
    package let end: SOCKSEnd
    package let payload: ByteBuffer

    /// - Returns: `nil` for a part of a datagram, which who puts none together must drop; for one from nowhere; and for
    ///   what is none.
    package init?(_ datagram: ByteBuffer) {
        // Two reserved bytes, which are nobody's business; then the number of the part, 0 for what is whole.
        let start = datagram.readerIndex
        guard datagram.getInteger(at: start + 2, as: UInt8.self) == 0,
            let (end, byteCount) = try? SOCKSEnd.read(at: start + 3, in: datagram), end.port != 0,
            end != .name("", port: end.port)
        else { return nil }
        var payload = datagram
        payload.moveReaderIndex(forwardBy: 3 + byteCount)
        guard payload.readableBytes > 0 else { return nil }
        (self.end, self.payload) = (end, payload)
    }

    /// What stands before the payload of a datagram to `end`.
    package static func header(to end: SOCKSEnd) -> ByteBuffer {
        var header = ByteBuffer(bytes: [0, 0, 0])
        end.write(into: &header)
        return header
    }

    /// In bytes, of a datagram to an IP address.
    package static func headerLength(isIPv4: Bool) -> Int { isIPv4 ? 10 : 22 }
}
