// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import NIOCore
package import SwardPrimitives

/// Whom a SOCKS proxy is to reach for us, or who it heard from. Source: RFC 1928, 5.
package enum SOCKSEnd: Hashable, Sendable {
    case address(PeerAddress)
    /// Of 1 to 255 bytes, which the proxy looks up.
    case name(String, port: UInt16)

    private enum Kind {
        static let ipv4: UInt8 = 1
        static let name: UInt8 = 3
        static let ipv6: UInt8 = 4
    }

    /// The longest name that the protocol can carry, in bytes.
    package static let longestName = 255

    /// All zeros.
    static let nowhere = SOCKSEnd.name("", port: 0)

    package var port: UInt16 {
        switch self {
        case .address(let address): address.port
        case .name(_, let port): port
        }
    }

    /// Kind, address and port.
    package func write(into buffer: inout ByteBuffer) {
        switch self {
        case .address(let address):
            buffer.writeInteger(address.isIPv4 ? Kind.ipv4 : Kind.ipv6)
            buffer.writeBytes(address.ip)
        case .name(let name, _):
            let bytes = name.utf8.prefix(Self.longestName)
            if bytes.isEmpty {
                buffer.writeMultipleIntegers(Kind.ipv4, 0 as UInt32)
            } else {
                buffer.writeMultipleIntegers(Kind.name, UInt8(bytes.count))
                buffer.writeBytes(bytes)
            }
        }
        buffer.writeInteger(port)
    }

    /// Reads kind, address and port.
    ///
    /// - Returns: How many bytes they are, too; `nil` where not all of them are there.
    static func read(at index: Int, in buffer: ByteBuffer) throws(SOCKSFault) -> (SOCKSEnd, byteCount: Int)? {
        guard let kind = buffer.getInteger(at: index, as: UInt8.self),
            let first = buffer.getInteger(at: index + 1, as: UInt8.self)
        else { return nil }
        let (start, length): (Int, Int)
        switch kind {
        case Kind.ipv4: (start, length) = (1, 4)
        case Kind.name: (start, length) = (2, Int(first))
        case Kind.ipv6: (start, length) = (1, 16)
        default: throw .badAddress(kind: kind)
        }
        guard let bytes = buffer.getBytes(at: index + start, length: length),
            let port = buffer.getInteger(at: index + start + length, as: UInt16.self)
        else { return nil }
        let end =
            kind == Kind.name
            ? .name(String(decoding: bytes, as: UTF8.self), port: port)
            : PeerAddress(ip: bytes, port: port).map { SOCKSEnd.address($0) } ?? .nowhere
        return (end, start + length + 2)
    }
}
