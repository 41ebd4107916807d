// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardPrimitives

/// A rank that both ends of a connection work out alike, so that full swarms make room for newcomers evenly and nobody
/// can pick ranks at will. Source: BEP 40.
enum CanonicalPriority {
    /// - Returns: the higher, the sooner to be connected to; 0 between addresses of two families.
    static func rank(_ a: PeerAddress, _ b: PeerAddress) -> UInt32 {
        guard a.isIPv4 == b.isIPv4 else { return 0 }
        if a.host == b.host {
            let ports = [a.port, b.port].sorted()
            return CRC32C.hash(ports.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] })
        }
        let (first, second) = (a.ip, b.ip)
        // Bytes from here on count by every second bit.
        var whole = a.isIPv4 ? 2 : 6
        let same = zip(first, second).prefix { $0 == $1 }.count
        if same >= whole { whole = a.isIPv4 ? (same == 2 ? 3 : 4) : same + 1 }
        func masked(_ bytes: [UInt8]) -> [UInt8] {
            bytes.enumerated().map { $0 < whole ? $1 : $1 & 0x55 }
        }
        let ordered = [masked(first), masked(second)].sorted { $0.lexicographicallyPrecedes($1) }
        return CRC32C.hash(ordered[0] + ordered[1])
    }
}

/// The Castagnoli checksum. Source: RFC 3720, appendix B.4.
enum CRC32C {
    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { value, _ in
            value & 1 == 1 ? value >> 1 ^ 0x82F6_3B78 : value >> 1
        }
    }

    static func hash(_ bytes: [UInt8]) -> UInt32 {
        var value = UInt32.max
        for byte in bytes { value = value >> 8 ^ table[Int(UInt8(truncatingIfNeeded: value) ^ byte)] }
        return ~value
    }
}
