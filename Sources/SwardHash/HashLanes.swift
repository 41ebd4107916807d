// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import CSwardHash
package import SwardPrimitives

/// SHA-256 and SHA-1 of many messages side by side, by the best instructions this machine has.
///
/// Messages may differ in length; equal lengths are fastest, sixteen or more at once is best.
package enum HashLanes {
    /// A way to run the lanes. ``best`` picks among all the machine has by the number of lanes at hand; any other is
    /// used alone, for tests and benchmarks.
    package enum Implementation: Int32, CaseIterable, Sendable {
        case best = 0
        case portable = 1
        case shaNI = 2
        case avx2 = 3
        case avx512 = 4
        case armv8 = 5

        package var isSupported: Bool { sward_kernel_supported(rawValue) }

        /// How many messages it hashes side by side.
        package var laneCount: Int { Int(sward_kernel_lanes(rawValue)) }

        /// All that this machine and this build can run.
        package static var supported: [Implementation] { allCases.filter(\.isSupported) }
    }

    /// What ``Implementation/best`` draws on here, e.g. `avx512 x16, shaNI x3`.
    package static var implementation: String {
        let order: [Implementation] = [.avx512, .armv8, .shaNI, .avx2, .portable]
        let used = order.filter(\.isSupported).prefix { $0 != .portable }
        let fast = used.contains(.shaNI) ? used.filter { $0 != .avx2 } : Array(used)
        if fast.isEmpty { return "\(Implementation.portable)" }
        return fast.map { "\($0) x\($0.laneCount)" }.joined(separator: ", ")
    }

    // MARK: Whole messages

    package static func sha256(
        _ messages: [UnsafeRawBufferPointer], by implementation: Implementation = .best
    ) -> [Digest256] {
        let digests = unsafe digests(of: messages, width: Digest256.byteCount) { data, lengths, digests in
            unsafe sward_sha256_many(implementation.rawValue, data, lengths, messages.count, digests)
        }
        return digests.digests256
    }

    /// As ``sha256(_:by:)``, writing the digests one after the other to `digests`, which is long enough.
    package static func sha256(
        _ messages: [UnsafeRawBufferPointer], into digests: UnsafeMutableRawBufferPointer,
        by implementation: Implementation = .best
    ) {
        let lengths = unsafe messages.map(\.count)
        let addresses = unsafe messages.map(\.baseAddress)
        precondition(digests.count >= lengths.count * Digest256.byteCount)
        unsafe addresses.withUnsafeBufferPointer { addresses in
            unsafe lengths.withUnsafeBufferPointer { lengths in
                guard let address = addresses.baseAddress, let length = lengths.baseAddress else { return }
                unsafe sward_sha256_many(
                    implementation.rawValue, address, length, lengths.count, digests.baseAddress)
            }
        }
    }

    package static func sha1(
        _ messages: [UnsafeRawBufferPointer], by implementation: Implementation = .best
    ) -> [Digest160] {
        let digests = unsafe digests(of: messages, width: Digest160.byteCount) { data, lengths, digests in
            unsafe sward_sha1_many(implementation.rawValue, data, lengths, messages.count, digests)
        }
        return digests.digests160
    }

    /// Digests of `bytes` cut into messages of `length` bytes, the last of which may be shorter.
    package static func sha256(
        cutting bytes: UnsafeRawBufferPointer, every length: Int, by implementation: Implementation = .best
    ) -> [Digest256] {
        precondition(length > 0)
        let count = (bytes.count + length - 1) / length
        let digests = unsafe [UInt8](unsafeUninitializedCapacity: count * Digest256.byteCount) {
            buffer, used in
            unsafe sha256(
                cutting: bytes, every: length, into: UnsafeMutableRawBufferPointer(buffer), by: implementation
            )
            used = count * Digest256.byteCount
        }
        return digests.digests256
    }

    /// As ``sha256(cutting:every:by:)``, writing the digests one after the other to `digests`, which is long enough.
    ///
    /// `digests` may begin where `bytes` begins: a digest is written only after the messages it might cover were read.
    package static func sha256(
        cutting bytes: UnsafeRawBufferPointer, every length: Int, into digests: UnsafeMutableRawBufferPointer,
        by implementation: Implementation = .best
    ) {
        precondition(length >= Digest256.byteCount)
        let whole = bytes.count / length
        let rest = bytes.count % length
        precondition(digests.count >= (whole + (rest > 0 ? 1 : 0)) * Digest256.byteCount)
        // An empty buffer may have no address.
        guard let base = bytes.baseAddress, let target = digests.baseAddress else { return }
        unsafe sward_sha256_strided(implementation.rawValue, base, length, length, whole, target)
        if rest > 0 {
            unsafe sward_sha256_strided(
                implementation.rawValue, base + whole * length, rest, rest, 1,
                target + whole * Digest256.byteCount)
        }
    }

    /// Parents of a row of nodes: the digest of each pair of digests that lie one after the other in `nodes`.
    ///
    /// - Precondition: `nodes` holds a whole number of pairs. `parents` may begin where `nodes` begins.
    package static func sha256(
        pairsOf nodes: UnsafeRawBufferPointer, into parents: UnsafeMutableRawBufferPointer,
        by implementation: Implementation = .best
    ) {
        precondition(nodes.count.isMultiple(of: 2 * Digest256.byteCount))
        unsafe sha256(cutting: nodes, every: 2 * Digest256.byteCount, into: parents, by: implementation)
    }

    /// Calls `body` with the addresses, the lengths and room for one digest of `width` bytes per message.
    private static func digests(
        of messages: [UnsafeRawBufferPointer], width: Int,
        _ body: (
            UnsafePointer<UnsafeRawPointer?>, UnsafePointer<Int>, UnsafeMutableRawPointer
        ) -> Void
    ) -> [UInt8] {
        let lengths = unsafe messages.map(\.count)
        if lengths.isEmpty { return [] }
        let addresses = unsafe messages.map(\.baseAddress)
        return unsafe [UInt8](unsafeUninitializedCapacity: lengths.count * width) { buffer, used in
            unsafe addresses.withUnsafeBufferPointer { addresses in
                unsafe lengths.withUnsafeBufferPointer { lengthPointer in
                    // None of the three is empty, so each has an address.
                    unsafe body(
                        addresses.baseAddress!, lengthPointer.baseAddress!,
                        UnsafeMutableRawPointer(buffer.baseAddress!))
                }
            }
            used = lengths.count * width
        }
    }
}

extension [UInt8] {
    fileprivate var digests256: [Digest256] { unsafe withUnsafeBytes { unsafe Digest256.array(in: $0) } }
    fileprivate var digests160: [Digest160] { unsafe withUnsafeBytes { unsafe Digest160.array(in: $0) } }
}

extension Digest256 {
    /// The digests that lie one after the other in `bytes`; what is left over at the end is not read.
    package static func array(in bytes: UnsafeRawBufferPointer) -> [Digest256] {
        guard let base = bytes.baseAddress else { return [] }
        return (0..<bytes.count / byteCount).map { unsafe Digest256(loadingFrom: base + $0 * byteCount) }
    }
}

extension Digest160 {
    /// The digests that lie one after the other in `bytes`; what is left over at the end is not read.
    package static func array(in bytes: UnsafeRawBufferPointer) -> [Digest160] {
        guard let base = bytes.baseAddress else { return [] }
        return (0..<bytes.count / byteCount).map { unsafe Digest160(loadingFrom: base + $0 * byteCount) }
    }
}
