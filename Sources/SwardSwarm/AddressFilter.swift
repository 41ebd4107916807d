// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

public import SwardPrimitives

/// Addresses that we neither dial nor let in: a blocklist.
///
/// - Shape: ranges in order that do not touch, searched by halving.
/// - Memory: eight bytes per IPv4 range.
public struct AddressFilter: Sendable {
    /// Lists on the network hold some hundred thousand.
    public static let maximumRanges = 4_000_000

    private var firsts: [UInt32] = []
    private var lasts: [UInt32] = []
    private var wide: [ClosedRange<PeerAddress>] = []

    public init() {}

    public var isEmpty: Bool { firsts.isEmpty && wide.isEmpty }
    public var count: Int { firsts.count + wide.count }

    public func contains(_ address: PeerAddress) -> Bool {
        let host = address.host
        if host.isIPv4 {
            let value = Self.number(host)
            // The last range that begins at or before it.
            var (low, high) = (0, firsts.count)
            while low < high {
                let middle = (low + high) / 2
                if firsts[middle] <= value { low = middle + 1 } else { high = middle }
            }
            return low > 0 && value <= lasts[low - 1]
        }
        var (low, high) = (0, wide.count)
        while low < high {
            let middle = (low + high) / 2
            if wide[middle].lowerBound <= host { low = middle + 1 } else { high = middle }
        }
        return low > 0 && host <= wide[low - 1].upperBound
    }

    private static func number(_ address: PeerAddress) -> UInt32 {
        address.ip.reduce(0) { $0 << 8 | UInt32($1) }
    }

    // MARK: Reading

    /// What a list said, and what of it could not be read.
    public struct Reading: Sendable {
        public var filter = AddressFilter()
        public var ignoredLines = 0
        /// Counted from 1.
        public var firstIgnored: Int?
    }

    /// Reads lines of three kinds, mixed at will: `name:1.2.3.4-1.2.3.9` (P2P), `1.2.3.0/24` or a single address
    /// (CIDR), and `001.002.003.004 - 001.002.003.009 , 000 , name` (eMule; levels above 127 let through).
    public static func read(_ bytes: some Sequence<UInt8>) -> Reading {
        var reading = Reading()
        var four: [(first: UInt32, last: UInt32)] = []
        var six: [ClosedRange<PeerAddress>] = []
        var number = 0
        func take(_ line: [UInt8]) {
            number += 1
            let text = String(decoding: line.prefix(1024), as: UTF8.self).trimmed
            if text.isEmpty || text.first == "#" || text.hasPrefix("//") { return }
            guard four.count + six.count < maximumRanges, let range = range(text[...]) else {
                reading.ignoredLines += 1
                if reading.firstIgnored == nil { reading.firstIgnored = number }
                return
            }
            guard let range else { return }
            if range.lowerBound.isIPv4 {
                four.append((self.number(range.lowerBound), self.number(range.upperBound)))
            } else {
                six.append(range)
            }
        }
        var line: [UInt8] = []
        for byte in bytes {
            if byte == UInt8(ascii: "\n") {
                take(line)
                line.removeAll(keepingCapacity: true)
            } else if line.count < 4096 {
                line.append(byte)
            }
        }
        if !line.isEmpty { take(line) }
        four.sort { ($0.first, $0.last) < ($1.first, $1.last) }
        for range in four {
            if let last = reading.filter.lasts.last,
                range.first <= last || last < .max && range.first == last + 1
            {
                reading.filter.lasts[reading.filter.lasts.count - 1] = max(last, range.last)
            } else {
                reading.filter.firsts.append(range.first)
                reading.filter.lasts.append(range.last)
            }
        }
        six.sort { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
        for range in six {
            if let last = reading.filter.wide.last, range.lowerBound <= last.upperBound {
                reading.filter.wide[reading.filter.wide.count - 1] =
                    last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                reading.filter.wide.append(range)
            }
        }
        return reading
    }

    /// - Returns: `nil` for what is no range; an empty optional for one that lets through.
    private static func range(_ text: Substring) -> ClosedRange<PeerAddress>?? {
        if let slash = text.firstIndex(of: "/"),
            let range = prefix(text[..<slash], text[text.index(after: slash)...])
        {
            return .some(range)
        }
        if let address = address(text) { return .some(address...address) }
        let fields = text.split(separator: ",", omittingEmptySubsequences: false)
        if fields.count >= 2, let level = Int(String(fields[1]).trimmed), let range = pair(fields[0]) {
            return .some(level > 127 ? nil : range)
        }
        if let range = pair(text) { return .some(range) }
        // Names may hold colons, and so do IPv6 addresses: the longest tail that is a range.
        for colon in text.indices where text[colon] == ":" {
            if let range = pair(text[text.index(after: colon)...]) { return .some(range) }
        }
        return nil
    }

    private static func pair(_ text: Substring) -> ClosedRange<PeerAddress>? {
        guard let dash = text.firstIndex(of: "-"), let first = address(text[..<dash]),
            let last = address(text[text.index(after: dash)...]), first.isIPv4 == last.isIPv4, first <= last
        else { return nil }
        return first...last
    }

    private static func address(_ text: Substring) -> PeerAddress? {
        let text = String(text).trimmed
        if let bytes = IPText.bytes(text) { return PeerAddress(ip: bytes, port: 0) }
        // eMule fills numbers up with zeros.
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4, text.utf8.count <= 15 else { return nil }
        let bytes = parts.compactMap { 1...3 ~= $0.count ? UInt8($0) : nil }
        return bytes.count == 4 ? PeerAddress(ip: bytes, port: 0) : nil
    }

    private static func prefix(_ text: Substring, _ length: Substring) -> ClosedRange<PeerAddress>? {
        guard let bytes = IPText.bytes(String(text).trimmed), let bits = Int(String(length).trimmed),
            0...(bytes.count * 8) ~= bits
        else { return nil }
        func filled(_ ones: Bool) -> [UInt8] {
            bytes.enumerated().map { index, byte in
                let kept = min(8, max(0, bits - index * 8))
                let mask = UInt8(truncatingIfNeeded: 0xFF00 >> kept)
                return ones ? byte | ~mask : byte & mask
            }
        }
        guard let first = PeerAddress(ip: filled(false), port: 0),
            let last = PeerAddress(ip: filled(true), port: 0)
        else { return nil }
        return first...last
    }
}

extension String {
    fileprivate var trimmed: String {
        var text = self[...]
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }
}
