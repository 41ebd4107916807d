// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Where a peer listens or speaks from: an IP address and a TCP port.
///
/// - Shape: sixteen bytes, IPv4 in its IPv6-mapped form, so that one peer has one spelling.
/// - Source: BEP 7 and BEP 23, compact peers.
public struct PeerAddress: Hashable, Comparable, Sendable, CustomStringConvertible {
    private let high: UInt64
    private let low: UInt64
    public let port: UInt16

    /// - Parameter ip: four bytes (IPv4) or sixteen (IPv6), most significant first.
    /// - Returns: `nil` for any other count.
    public init?(ip: some Collection<UInt8>, port: UInt16) {
        var words: (high: UInt64, low: UInt64) = (0, 0)
        for byte in ip {
            words.high = words.high << 8 | words.low >> 56
            words.low = words.low << 8 | UInt64(byte)
        }
        switch ip.count {
        case 4: (high, low) = (0, 0xFFFF_0000_0000 | words.low)
        case 16: (high, low) = words
        default: return nil
        }
        self.port = port
    }

    private init(high: UInt64, low: UInt64, port: UInt16) {
        (self.high, self.low, self.port) = (high, low, port)
    }

    public var isIPv4: Bool { high == 0 && low >> 32 == 0xFFFF }

    /// Four bytes or sixteen, most significant first.
    public var ip: [UInt8] {
        let low = (0..<8).map { UInt8(truncatingIfNeeded: self.low >> (56 - 8 * $0)) }
        return isIPv4
            ? Array(low[4...]) : (0..<8).map { UInt8(truncatingIfNeeded: high >> (56 - 8 * $0)) } + low
    }

    /// The same machine with port 0: what a limit or a ban by address counts.
    public var host: PeerAddress { PeerAddress(high: high, low: low, port: 0) }

    /// What one subscriber is usually given: an IPv4 address or an IPv6 /64; with port 0.
    public var subscriber: PeerAddress { isIPv4 ? host : PeerAddress(high: high, low: 0, port: 0) }

    /// Sixteen bytes, IPv4 in its mapped form.
    public var ip16: [UInt8] {
        [high, low].flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - 8 * $0)) } }
    }

    public func with(port: UInt16) -> PeerAddress { PeerAddress(high: high, low: low, port: port) }

    /// 127/8 or `::1`, where many peers share one address.
    public var isLoopback: Bool { isIPv4 ? low >> 24 & 0xFF == 127 : high == 0 && low == 1 }

    /// All zeros: no machine's address, but a wish for any.
    public var isUnspecified: Bool { (isIPv4 ? low & 0xFFFF_FFFF : high | low) == 0 }

    /// As people write it: `192.0.2.1:6881`, `[2001:db8::1]:6881`. Source: RFC 5952.
    public var description: String {
        let bytes = ip
        if isIPv4 { return bytes.map(String.init).joined(separator: ".") + ":\(port)" }
        let groups = stride(from: 0, to: 16, by: 2).map { Int(bytes[$0]) << 8 | Int(bytes[$0 + 1]) }
        // The longest run of two zeros or more, of equal ones the first, becomes `::`.
        var (longest, start) = (0..<0, 0)
        while start < 8 {
            var end = start
            while end < 8, groups[end] == 0 { end += 1 }
            if end - start > max(1, longest.count) { longest = start..<end }
            start = max(end, start + 1)
        }
        func text(_ part: ArraySlice<Int>) -> String {
            part.map { String($0, radix: 16) }.joined(separator: ":")
        }
        if longest.isEmpty { return "[\(text(groups[...]))]:\(port)" }
        return "[\(text(groups[..<longest.lowerBound]))::\(text(groups[longest.upperBound...]))]:\(port)"
    }

    public static func < (a: PeerAddress, b: PeerAddress) -> Bool {
        (a.high, a.low, a.port) < (b.high, b.low, b.port)
    }
}
