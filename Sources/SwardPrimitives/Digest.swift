// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Thirty-two bytes: a SHA-256 digest, a v2 info-hash, a leaf or node of a BEP 52 tree.
///
/// - Order: by bytes, as unsigned integers, first byte most significant.
public struct Digest256: Hashable, Comparable, Sendable, CustomStringConvertible {
    public static let byteCount = 32
    public static let zero = Digest256(words: (0, 0, 0, 0))

    /// Big-endian words, so that comparing words compares bytes.
    private var w0: UInt64
    private var w1: UInt64
    private var w2: UInt64
    private var w3: UInt64

    private init(words: (UInt64, UInt64, UInt64, UInt64)) { (w0, w1, w2, w3) = words }

    /// Takes the 32 bytes at `pointer`, which needs no alignment.
    public init(loadingFrom pointer: UnsafeRawPointer) {
        unsafe (w0, w1) = (pointer.word64(at: 0), pointer.word64(at: 8))
        unsafe (w2, w3) = (pointer.word64(at: 16), pointer.word64(at: 24))
    }

    /// - Returns: `nil` unless `bytes` holds exactly 32 bytes.
    public init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        // Most come from arrays and slices; one byte after the other costs ten times as much.
        let loaded = bytes.withContiguousStorageIfAvailable { bytes in
            // Thirty-two bytes have an address.
            unsafe Self(loadingFrom: UnsafeRawPointer(bytes.baseAddress!))
        }
        if let loaded {
            self = loaded
            return
        }
        var iterator = bytes.makeIterator()
        func word() -> UInt64 {
            var value: UInt64 = 0
            for _ in 0..<8 { value = value << 8 | UInt64(iterator.next() ?? 0) }
            return value
        }
        (w0, w1, w2, w3) = (word(), word(), word(), word())
    }

    /// - Returns: `nil` unless `hex` is 64 hexadecimal digits of either case.
    public init?(hex: some StringProtocol) {
        guard let bytes = [UInt8](hex: hex) else { return nil }
        self.init(bytes)
    }

    public var bytes: [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: Self.byteCount) { buffer, count in
            unsafe withBytes { source in
                unsafe UnsafeMutableRawBufferPointer(buffer).copyMemory(from: source)
            }
            count = Self.byteCount
        }
    }

    /// Calls `body` with the 32 bytes in order; they are valid during the call only.
    public func withBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
        let words = (w0.bigEndian, w1.bigEndian, w2.bigEndian, w3.bigEndian)
        return try unsafe Swift.withUnsafeBytes(of: words) { try unsafe body($0) }
    }

    public var hex: String { bytes.hex }
    public var description: String { hex }

    /// The first 20 bytes: how handshakes, trackers and the DHT carry a v2 info-hash. Source: BEP 52.
    public var truncated: Digest160 {
        Digest160(words: (w0, w1, UInt32(truncatingIfNeeded: w2 >> 32)))
    }

    public static func < (a: Digest256, b: Digest256) -> Bool {
        (a.w0, a.w1, a.w2, a.w3) < (b.w0, b.w1, b.w2, b.w3)
    }
}

/// Twenty bytes: a SHA-1 digest, a v1 info-hash, or a v2 info-hash cut to 20 bytes.
public struct Digest160: Hashable, Comparable, Sendable, CustomStringConvertible {
    public static let byteCount = 20

    private var w0: UInt64
    private var w1: UInt64
    private var w2: UInt32

    fileprivate init(words: (UInt64, UInt64, UInt32)) { (w0, w1, w2) = words }

    /// Takes the 20 bytes at `pointer`, which needs no alignment.
    public init(loadingFrom pointer: UnsafeRawPointer) {
        unsafe (w0, w1) = (pointer.word64(at: 0), pointer.word64(at: 8))
        unsafe w2 = UInt32(truncatingIfNeeded: pointer.word64(at: 12))
    }

    /// - Returns: `nil` unless `bytes` holds exactly 20 bytes.
    public init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        let loaded = bytes.withContiguousStorageIfAvailable { bytes in
            // Twenty bytes have an address.
            unsafe Self(loadingFrom: UnsafeRawPointer(bytes.baseAddress!))
        }
        if let loaded {
            self = loaded
            return
        }
        var iterator = bytes.makeIterator()
        func word(_ width: Int) -> UInt64 {
            var value: UInt64 = 0
            for _ in 0..<width { value = value << 8 | UInt64(iterator.next() ?? 0) }
            return value
        }
        (w0, w1, w2) = (word(8), word(8), UInt32(truncatingIfNeeded: word(4)))
    }

    /// - Returns: `nil` unless `hex` is 40 hexadecimal digits of either case.
    public init?(hex: some StringProtocol) {
        guard let bytes = [UInt8](hex: hex) else { return nil }
        self.init(bytes)
    }

    public var bytes: [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(Self.byteCount)
        for word in [w0, w1] {
            for shift in stride(from: 56, through: 0, by: -8) {
                result.append(UInt8(truncatingIfNeeded: word >> shift))
            }
        }
        for shift in stride(from: 24, through: 0, by: -8) {
            result.append(UInt8(truncatingIfNeeded: w2 >> shift))
        }
        return result
    }

    public var hex: String { bytes.hex }
    public var description: String { hex }

    public static func < (a: Digest160, b: Digest160) -> Bool { (a.w0, a.w1, a.w2) < (b.w0, b.w1, b.w2) }
}

extension UnsafeRawPointer {
    fileprivate func word64(at offset: Int) -> UInt64 {
        unsafe UInt64(bigEndian: loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
}
