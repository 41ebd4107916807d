// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import DequeModule
internal import NIOCore

/// The datagrams that were sent and not yet acknowledged, the oldest first, with no number left out.
struct Outstanding: Sendable {
    struct Segment: Sendable {
        var payload: ByteBuffer
        var isFin: Bool
        /// Of its last transmission; grows with each datagram sent, first or again.
        var order: UInt64
        var sentAt: Int
        var transmissions = 1
        /// Bytes that made it longer, to try the path.
        var padding: Int
        /// Acknowledged out of turn.
        var isAcknowledged = false
        var isLost = false
        var length: Int { payload.readableBytes }
    }

    private var segments: Deque<Segment> = []
    private(set) var nextOrder: UInt64 = 0
    /// Of all datagrams acknowledged.
    private var latestOrder: UInt64 = 0
    /// In bytes of payload: neither acknowledged nor lost, and not acknowledged.
    private(set) var inFlight = 0
    private(set) var bytes = 0
    private var lostCount = 0
    /// Datagrams sent later and acknowledged, that make one lost. Source: BEP 29, "packet loss".
    private static let patience: UInt64 = 3

    var count: Int { segments.count }
    var isEmpty: Bool { segments.isEmpty }
    var hasLost: Bool { lostCount > 0 }
    /// The other end waits for the oldest, and has nothing to acknowledge before it comes.
    var isFirstLost: Bool { segments.first?.isLost ?? false }
    var firstSentAt: Int? { segments.first?.sentAt }

    /// The number of the oldest, when `next` is that of the next to be sent.
    func first(next: UInt16) -> UInt16 { next &- UInt16(segments.count) }

    mutating func append(_ payload: ByteBuffer, isFin: Bool, padding: Int, at now: Int) -> Segment {
        let segment = Segment(
            payload: payload, isFin: isFin, order: nextOrder, sentAt: now, padding: padding)
        nextOrder += 1
        inFlight += segment.length
        bytes += segment.length
        segments.append(segment)
        return segment
    }

    struct Advance {
        /// Newly acknowledged.
        var segments: [Segment] = []
        var bytes = 0
    }

    /// Takes what the peer has by its word: all up to a number, and those of a mask beyond it.
    mutating func acknowledge(through number: UInt16, mask: [UInt8], next: UInt16, at now: Int) -> Advance {
        var advance = Advance()
        let taken = Int(Int16(bitPattern: number &- (first(next: next) &- 1)))
        // What is acknowledged again, late, says nothing new; its mask neither.
        guard taken >= 0 else { return advance }
        for _ in 0..<min(taken, segments.count) {
            let segment = segments.removeFirst()
            if !segment.isAcknowledged { note(segment, &advance) }
        }
        for (index, byte) in mask.enumerated() where byte != 0 {
            for bit in 0..<8 where byte >> bit & 1 == 1 {
                // The first bit stands for the one after the oldest.
                let offset = 1 + index * 8 + bit
                guard offset < segments.count else { return advance }
                guard !segments[offset].isAcknowledged else { continue }
                note(segments[offset], &advance)
                segments[offset].isAcknowledged = true
                segments[offset].isLost = false
                segments[offset].payload.clear()
            }
        }
        return advance
    }

    private mutating func note(_ segment: Segment, _ advance: inout Advance) {
        if segment.isLost { lostCount -= 1 } else { inFlight -= segment.length }
        bytes -= segment.length
        // Of one that was sent again nobody knows which of the two came.
        if segment.transmissions == 1 { latestOrder = max(latestOrder, segment.order) }
        advance.segments.append(segment)
        advance.bytes += segment.length
    }

    /// Those after which others came through.
    mutating func findLost() -> [Segment] {
        var lost: [Segment] = []
        guard latestOrder >= Self.patience else { return lost }
        for index in segments.indices {
            let segment = segments[index]
            guard segment.order + Self.patience <= latestOrder else {
                // First transmissions are in order, so nothing behind is older.
                if segment.transmissions == 1 { break }
                continue
            }
            guard !segment.isAcknowledged, !segment.isLost else { continue }
            lose(index)
            lost.append(segment)
        }
        return lost
    }

    mutating func loseFirst() {
        guard let first = segments.first, !first.isLost else { return }
        lose(0)
    }

    mutating func loseAll() -> [Segment] {
        var lost: [Segment] = []
        for index in segments.indices where !segments[index].isAcknowledged && !segments[index].isLost {
            lost.append(segments[index])
            lose(index)
        }
        return lost
    }

    private mutating func lose(_ index: Int) {
        segments[index].isLost = true
        inFlight -= segments[index].length
        lostCount += 1
    }

    /// - Returns: with its place behind the oldest.
    mutating func resendFirstLost(at now: Int) -> (Segment, offset: Int)? {
        guard let index = segments.firstIndex(where: \.isLost) else { return nil }
        segments[index].isLost = false
        segments[index].transmissions += 1
        segments[index].sentAt = now
        segments[index].order = nextOrder
        segments[index].padding = 0
        nextOrder += 1
        lostCount -= 1
        inFlight += segments[index].length
        return (segments[index], index)
    }
}
