// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardPrimitives

// Ties a node's name to its address, so that nobody can choose to be near a torrent. Source: BEP 42.
extension NodeID {
    /// A name that fits `address`, random beyond its first 21 bits.
    package init(fitting address: PeerAddress, using random: inout some RandomNumberGenerator) {
        let last = UInt8(truncatingIfNeeded: random.next())
        let prefix = Self.prefix(of: address, rand: last)
        var bytes = (0..<20).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        bytes[0] = UInt8(truncatingIfNeeded: prefix >> 24)
        bytes[1] = UInt8(truncatingIfNeeded: prefix >> 16)
        bytes[2] = UInt8(truncatingIfNeeded: prefix >> 8) & 0xF8 | bytes[2] & 0x07
        bytes[19] = last
        self = NodeID(bytes)!  // 20 bytes.
    }

    /// Whether a node at `address` may bear this name. Addresses of local networks may bear any.
    package func fits(_ address: PeerAddress) -> Bool {
        if address.isLocal { return true }
        let bytes = bytes
        let prefix = Self.prefix(of: address, rand: bytes[19])
        let own = UInt32(bytes[0]) << 24 | UInt32(bytes[1]) << 16 | UInt32(bytes[2]) << 8
        return (own ^ prefix) >> 11 == 0
    }

    private static func prefix(of address: PeerAddress, rand: UInt8) -> UInt32 {
        let mask: [UInt8] =
            address.isIPv4
            ? [0x03, 0x0F, 0x3F, 0xFF] : [0x01, 0x03, 0x07, 0x0F, 0x1F, 0x3F, 0x7F, 0xFF]
        var masked = zip(address.ip, mask).map { $0 & $1 }
        masked[0] |= (rand & 0x07) << 5
        return CRC32C.checksum(of: masked)
    }
}

/// The Castagnoli check sum. Source: RFC 3720, appendix B.4.
enum CRC32C {
    static func checksum(of bytes: [UInt8]) -> UInt32 {
        var register = ~UInt32(0)
        for byte in bytes {
            register ^= UInt32(byte)
            for _ in 0..<8 { register = register & 1 == 1 ? register >> 1 ^ 0x82F6_3B78 : register >> 1 }
        }
        return ~register
    }
}

extension PeerAddress {
    /// Not routed on the public network: loopback, link-local, private, unique local.
    package var isLocal: Bool {
        let bytes = ip
        if isIPv4 {
            return bytes[0] == 10 || bytes[0] == 127 || bytes[0] == 172 && 16...31 ~= bytes[1]
                || bytes[0] == 192 && bytes[1] == 168 || bytes[0] == 169 && bytes[1] == 254
        }
        return isLoopback || bytes[0] & 0xFE == 0xFC || bytes[0] == 0xFE && bytes[1] & 0xC0 == 0x80
    }

    /// Can be sent to: a port above 0, and no multicast, unspecified or broadcast address.
    package var isReachable: Bool {
        let bytes = ip
        guard port != 0 else { return false }
        return isIPv4 ? bytes[0] != 0 && bytes[0] < 224 : bytes[0] != 0xFF && bytes.contains { $0 != 0 }
    }

    /// The network that one holder of addresses is likely to own: /24 of IPv4, /64 of IPv6.
    package var network: [UInt8] { Array(ip.prefix(isIPv4 ? 3 : 8)) }

    /// The network that one provider is likely to hand out addresses of: /16 of IPv4, /32 of IPv6.
    package var wideNetwork: [UInt8] { Array(ip.prefix(isIPv4 ? 2 : 4)) }
}
