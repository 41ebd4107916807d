// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import DequeModule
internal import NIOCore

/// What came: bytes in order, and datagrams that are early.
///
/// Everything is copied into buffers of its own, so that a peer cannot have us keep a large read for each small datagram.
struct Inbox: Sendable {
    private var ready: ByteBuffer?
    /// The first stands for the one behind the next that is missing; what is missing too is `nil`.
    private var early: Deque<ByteBuffer?> = []
    private var earlyCount = 0
    private var earlyBytes = 0

    /// In bytes.
    var count: Int { (ready?.readableBytes ?? 0) + earlyBytes }
    var hasBytes: Bool { ready != nil }
    var hasGaps: Bool { earlyCount > 0 }

    mutating func take() -> ByteBuffer? {
        defer { ready = nil }
        return ready
    }

    /// - Parameter ahead: how many numbers behind the next one that is missing.
    /// - Returns: how many datagrams are now in order that were not.
    mutating func insert(_ payload: ByteBuffer, ahead: Int) -> Int {
        guard ahead == 0 else {
            while early.count < ahead { early.append(nil) }
            guard early[ahead - 1] == nil else { return 0 }
            early[ahead - 1] = ByteBuffer(bytes: payload.readableBytesView)
            earlyCount += 1
            earlyBytes += payload.readableBytes
            return 0
        }
        append(payload)
        var advanced = 1
        while let first = early.popFirst(), let waiting = first {
            earlyCount -= 1
            earlyBytes -= waiting.readableBytes
            append(waiting)
            advanced += 1
        }
        return advanced
    }

    private mutating func append(_ bytes: ByteBuffer) {
        guard bytes.readableBytes > 0 else { return }
        if ready == nil {
            ready = ByteBuffer()
            ready?.reserveCapacity(max(bytes.readableBytes, 16 << 10))
        }
        ready?.writeImmutableBuffer(bytes)
    }

    /// As it goes into acknowledgements, in whole words; empty without gaps.
    var mask: [UInt8] {
        guard hasGaps else { return [] }
        let length = min((early.count + 31) / 32 * 4, UTPPacket.maximumMaskLength)
        var mask = [UInt8](repeating: 0, count: length)
        for index in 0..<min(early.count, 8 * length) where early[index] != nil {
            mask[index / 8] |= 1 << (index % 8)
        }
        return mask
    }
}
