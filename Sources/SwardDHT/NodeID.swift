// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

public import SwardPrimitives

/// The 160-bit name of a DHT node, or of a place that nodes are near to. Source: BEP 5, "Overview".
public struct NodeID: Hashable, Comparable, Sendable, CustomStringConvertible {
    public static let bitCount = 160

    private let high: UInt64
    private let middle: UInt64
    private let low: UInt32

    private init(high: UInt64, middle: UInt64, low: UInt32) {
        (self.high, self.middle, self.low) = (high, middle, low)
    }

    public init(_ digest: Digest160) { self.init(known: digest.bytes) }

    /// - Returns: `nil` unless there are 20 bytes.
    public init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == Digest160.byteCount else { return nil }
        self.init(known: bytes)
    }

    private init(known bytes: some Collection<UInt8>) {
        var words: (UInt64, UInt64, UInt32) = (0, 0, 0)
        for (index, byte) in bytes.enumerated() {
            switch index {
            case 0..<8: words.0 = words.0 << 8 | UInt64(byte)
            case 8..<16: words.1 = words.1 << 8 | UInt64(byte)
            default: words.2 = words.2 << 8 | UInt32(byte)
            }
        }
        self.init(high: words.0, middle: words.1, low: words.2)
    }

    package init(using random: inout some RandomNumberGenerator) {
        self.init(high: random.next(), middle: random.next(), low: UInt32(truncatingIfNeeded: random.next()))
    }

    public var digest: Digest160 { Digest160(bytes)! }  // 20 bytes by construction.

    public var bytes: [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: high >> (56 - 8 * UInt64($0))) }
            + (0..<8).map { UInt8(truncatingIfNeeded: middle >> (56 - 8 * UInt64($0))) }
            + (0..<4).map { UInt8(truncatingIfNeeded: low >> (24 - 8 * UInt32($0))) }
    }

    public var description: String { bytes.hex }

    /// Which of `a` and `b` is nearer, as the exclusive or read as a number.
    public func isNearer(_ a: NodeID, than b: NodeID) -> Bool { distance(to: a) < distance(to: b) }

    /// The name farthest from this one.
    public var opposite: NodeID { NodeID(high: ~high, middle: ~middle, low: ~low) }

    /// The exclusive or; ordered as a number.
    public func distance(to other: NodeID) -> NodeID {
        NodeID(high: high ^ other.high, middle: middle ^ other.middle, low: low ^ other.low)
    }

    /// How many leading bits both have; 160 for the same name.
    public func sharedBits(with other: NodeID) -> Int {
        let distance = distance(to: other)
        if distance.high != 0 { return distance.high.leadingZeroBitCount }
        if distance.middle != 0 { return 64 + distance.middle.leadingZeroBitCount }
        return 128 + distance.low.leadingZeroBitCount
    }

    /// A random name that shares exactly `count` leading bits with this one, of 0 to 159.
    package func neighbour(sharing count: Int, using random: inout some RandomNumberGenerator) -> NodeID {
        let other = NodeID(using: &random)
        func mask(_ width: Int, _ offset: Int) -> UInt64 {
            let kept = min(max(count - offset, 0), width)
            return kept == 0 ? 0 : ~UInt64(0) << UInt64(width - kept)
        }
        func flip(_ width: Int, _ offset: Int) -> UInt64 {
            let bit = count - offset
            return 0..<width ~= bit ? 1 << UInt64(width - 1 - bit) : 0
        }
        func mixed(_ own: UInt64, _ other: UInt64, _ width: Int, _ offset: Int) -> UInt64 {
            let mask = mask(width, offset), flip = flip(width, offset)
            return own & mask | ~own & flip | other & ~mask & ~flip
        }
        return NodeID(
            high: mixed(high, other.high, 64, 0), middle: mixed(middle, other.middle, 64, 64),
            low: UInt32(truncatingIfNeeded: mixed(UInt64(low), UInt64(other.low), 32, 128)))
    }

    public static func < (a: NodeID, b: NodeID) -> Bool {
        (a.high, a.middle, a.low) < (b.high, b.middle, b.low)
    }
}

/// A node and where it answers.
public struct NodeContact: Hashable, Sendable {
    public let id: NodeID
    public let address: PeerAddress

    public init(id: NodeID, address: PeerAddress) {
        self.id = id
        self.address = address
    }
}
