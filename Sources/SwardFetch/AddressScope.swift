// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Whether an IP address is one that any machine on the Internet would reach alike.
///
/// - Source: the special-purpose address registries of IANA (RFC 6890). Addresses that carry another one inside
///   (mapped, NAT64, 6to4) count as what they carry.
package enum AddressScope {
    /// - Parameter ip: Four bytes or sixteen, most significant first; any other count is not public.
    package static func isPublic(_ ip: some Collection<UInt8>) -> Bool {
        let ip = Array(ip)
        switch ip.count {
        case 4: return isPublic4(ip)
        case 16: return isPublic6(ip)
        default: return false
        }
    }

    private static let special4: [(network: UInt32, bits: Int)] = [
        (0x0000_0000, 8), (0x0a00_0000, 8), (0x6440_0000, 10), (0x7f00_0000, 8), (0xa9fe_0000, 16),
        (0xac10_0000, 12), (0xc000_0000, 24), (0xc000_0200, 24), (0xc058_6300, 24), (0xc0a8_0000, 16),
        (0xc612_0000, 15), (0xc633_6400, 24), (0xcb00_7100, 24), (0xe000_0000, 4), (0xf000_0000, 4),
    ]

    private static func isPublic4(_ ip: [UInt8]) -> Bool {
        let address = ip.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        return !special4.contains { address >> (32 - $0.bits) == $0.network >> (32 - $0.bits) }
    }

    private static func isPublic6(_ ip: [UInt8]) -> Bool {
        if ip.starts(with: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff]) { return isPublic4(Array(ip[12...])) }
        // NAT64 (RFC 6052) and 6to4 (RFC 3056).
        if ip.starts(with: [0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0]) {
            return isPublic4(Array(ip[12...]))
        }
        if ip.starts(with: [0x20, 0x02]) { return isPublic4(Array(ip[2..<6])) }
        // Teredo, benchmarking, ORCHID and their kin; documentation.
        if ip.starts(with: [0x20, 0x01, 0x0d, 0xb8]) || (ip.starts(with: [0x20, 0x01]) && ip[2] < 2) {
            return false
        }
        // Only 2000::/3 has been given out.
        return ip[0] >> 5 == 1
    }
}
