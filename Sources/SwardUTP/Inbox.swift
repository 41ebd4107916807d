// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import NIOCore

/// What came: bytes in order, and datagrams that are early.
///
/// Everything is copied into buffers of its own, so that a peer cannot have us keep a large read for each small datagram.
struct Inbox: Sendable {
    private var ready: ByteBuffer?
    /// By number.
    private var early: [UInt16: ByteBuffer] = [:]
    private var earlyBytes = 0
    /// As it goes into acknowledgements; empty without gaps.
    private(set) var mask: [UInt8] = []

    /// In bytes.
    var count: Int { (ready?.readableBytes ?? 0) + earlyBytes }
    var hasBytes: Bool { ready != nil }
    var hasGaps: Bool { !early.isEmpty }

    mutating func take() -> ByteBuffer? {
        defer { ready = nil }
        return ready
    }

    /// - Parameters:
    ///   - ahead: how many numbers behind the next one that is missing.
    ///   - next: that number.
    /// - Returns: how many datagrams are now in order that were not.
    mutating func insert(_ payload: ByteBuffer, ahead: Int, before next: UInt16) -> Int {
        guard ahead == 0 else {
            let number = next &+ UInt16(ahead)
            guard early[number] == nil else { return 0 }
            early[number] = ByteBuffer(bytes: payload.readableBytesView)
            earlyBytes += payload.readableBytes
            mark(ahead - 1)
            return 0
        }
        append(payload)
        var advanced = 1
        guard !early.isEmpty else { return advanced }
        while let waiting = early.removeValue(forKey: next &+ UInt16(advanced)) {
            earlyBytes -= waiting.readableBytes
            append(waiting)
            advanced += 1
        }
        remask(next &+ UInt16(advanced))
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

    private mutating func remask(_ next: UInt16) {
        mask.removeAll(keepingCapacity: true)
        for number in early.keys { mark(Int(number &- next &- 1)) }
    }

    private mutating func mark(_ bit: Int) {
        while mask.count <= bit / 8, mask.count < UTPPacket.maximumMaskLength { mask += [0, 0, 0, 0] }
        if bit / 8 < mask.count { mask[bit / 8] |= 1 << (bit % 8) }
    }
}
