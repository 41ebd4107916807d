// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardPrimitives

/// A wish for a way in through the gateway: the MAP request of the Port Control Protocol. Source: RFC 6887, 7.1, 11.1.
///
/// For IPv4 it maps a port of the gateway's own address; for IPv6 it opens a pinhole to ours.
package struct PCPRequest: Hashable, Sendable {
    package enum Transport: UInt8, Hashable, Sendable { case tcp = 6, udp = 17 }

    static let version: UInt8 = 2
    static let map: UInt8 = 1
    static let headerLength = 24, mapLength = 36

    /// Twelve bytes of chance, the same as long as the mapping is held; nobody else can change or end it.
    package var nonce: [UInt8]
    /// Where we send from, and the port that is wanted for.
    package var client: PeerAddress
    package var transport: Transport
    /// What the gateway is to show, if it can; an unspecified address leaves that to it.
    package var suggested: PeerAddress
    /// In seconds; 0 ends the mapping.
    package var lifetime: UInt32

    /// - Parameter nonce: twelve bytes.
    package init(
        nonce: [UInt8], client: PeerAddress, transport: Transport, suggested: PeerAddress? = nil,
        lifetime: UInt32
    ) {
        precondition(nonce.count == 12, "twelve bytes")
        self.nonce = nonce
        self.client = client
        self.transport = transport
        let unspecified = [UInt8](repeating: 0, count: client.isIPv4 ? 4 : 16)
        guard let nowhere = PeerAddress(ip: unspecified, port: client.port) else {
            preconditionFailure("a count of an address")
        }
        self.suggested = suggested ?? nowhere
        self.lifetime = lifetime
    }

    /// Sixty bytes.
    package var bytes: [UInt8] {
        var bytes: [UInt8] = [Self.version, Self.map, 0, 0]
        bytes.append(bigEndian: lifetime)
        bytes += client.ipv6
        bytes += nonce
        bytes += [transport.rawValue, 0, 0, 0]
        bytes.append(bigEndian: client.port)
        bytes.append(bigEndian: lifetime == 0 ? 0 : suggested.port)
        bytes += suggested.ipv6
        return bytes
    }
}

extension PeerAddress {
    /// Sixteen bytes, IPv4 in its mapped form.
    fileprivate var ipv6: [UInt8] {
        isIPv4 ? [UInt8](repeating: 0, count: 10) + [255, 255] + ip : ip
    }
}

extension [UInt8] {
    fileprivate mutating func append<T: FixedWidthInteger>(bigEndian value: T) {
        for shift in stride(from: T.bitWidth - 8, through: 0, by: -8) {
            append(UInt8(truncatingIfNeeded: value >> T(shift)))
        }
    }

    func bigEndian(at offset: Int) -> UInt32 {
        self[offset..<(offset + 4)].reduce(0) { $0 << 8 | UInt32($1) }
    }
}
