// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import NIOCore
package import SwardPrimitives

/// How two peers that nobody can dial meet by way of one that both are connected to: the `ut_holepunch` message.
///
/// - Source: BEP 55.
package struct HolepunchMessage: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// Have `peer` and me dial each other.
        case rendezvous
        /// Dial `peer` by uTP now: it dials you.
        case connect
        /// The rendezvous with `peer` will not be; `nil` for a reason that the BEP does not know.
        case error(Problem?)
    }

    package enum Problem: UInt32, Hashable, Sendable {
        case noSuchPeer = 1, notConnected, noSupport, noSelf
    }

    package var kind: Kind
    package var peer: PeerAddress

    package init(_ kind: Kind, _ peer: PeerAddress) {
        self.kind = kind
        self.peer = peer
    }

    /// The code at the end may be missing where there is no error: libtorrent leaves it out.
    ///
    /// - Throws: `badExtension` for an unknown type or kind of address, a length that fits neither, and an IPv4 address
    ///   written as one of IPv6.
    package init(reading payload: ByteBuffer, id: UInt8) throws(WireError) {
        var bytes = payload
        guard let type: UInt8 = bytes.readInteger(), let addressType: UInt8 = bytes.readInteger(),
            addressType <= 1, let ip = bytes.readBytes(length: addressType == 0 ? 4 : 16),
            let port: UInt16 = bytes.readInteger(), let peer = PeerAddress(ip: ip, port: port),
            peer.isIPv4 == (addressType == 0)
        else { throw .badExtension(id: id) }
        let code: UInt32? = bytes.readInteger()
        guard bytes.readableBytes == 0 else { throw .badExtension(id: id) }
        switch (type, code) {
        case (0, _): kind = .rendezvous
        case (1, _): kind = .connect
        case (2, let code?): kind = .error(Problem(rawValue: code))
        default: throw .badExtension(id: id)
        }
        self.peer = peer
    }

    package func payload() -> ByteBuffer {
        let (type, code): (UInt8, UInt32) =
            switch kind {
            case .rendezvous: (0, 0)
            case .connect: (1, 0)
            case .error(let problem): (2, problem?.rawValue ?? 0)
            }
        var bytes = ByteBuffer()
        bytes.writeInteger(type)
        bytes.writeInteger(UInt8(peer.isIPv4 ? 0 : 1))
        bytes.writeBytes(peer.ip)
        bytes.writeInteger(peer.port)
        bytes.writeInteger(code)
        return bytes
    }
}
