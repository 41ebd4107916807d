// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// The blocks asked of one peer and not yet answered, oldest first.
///
/// - Cost: peers answer in order, so that a block is nearly always found at the front.
struct RequestLedger: Sendable {
    struct Entry: Equatable, Sendable {
        var piece: UInt32
        var block: UInt32
        /// Milliseconds of the torrent's clock.
        var sentAt: Int
        /// Given back to be asked of others; an answer is still welcome.
        var isReleased = false
    }

    private var entries: [Entry] = []
    private var head = 0
    /// Entries not released: what counts as being in flight.
    private(set) var liveCount = 0

    var count: Int { entries.count - head }
    var oldest: Entry? { head < entries.count ? entries[head] : nil }
    var all: ArraySlice<Entry> { entries[head...] }

    func contains(piece: UInt32, block: UInt32) -> Bool {
        entries[head...].contains { $0.piece == piece && $0.block == block }
    }

    @inline(__always)
    mutating func append(piece: UInt32, block: UInt32, at time: Int) {
        entries.append(Entry(piece: piece, block: block, sentAt: time))
        liveCount += 1
    }

    /// Takes out what was answered.
    @inline(__always)
    mutating func remove(piece: UInt32, block: UInt32) -> Entry? {
        guard head < entries.count else { return nil }
        if entries[head].piece == piece, entries[head].block == block { return removeFirst() }
        return removeLater(piece: piece, block: block)
    }

    private mutating func removeFirst() -> Entry {
        let entry = entries[head]
        head += 1
        if !entry.isReleased { liveCount -= 1 }
        if head == entries.count {
            entries.removeAll(keepingCapacity: true)
            head = 0
        } else if head >= 256 {
            entries.removeSubrange(..<head)
            head = 0
        }
        return entry
    }

    private mutating func removeLater(piece: UInt32, block: UInt32) -> Entry? {
        guard let index = entries[head...].firstIndex(where: { $0.piece == piece && $0.block == block })
        else {
            return nil
        }
        let entry = entries.remove(at: index)
        if !entry.isReleased { liveCount -= 1 }
        return entry
    }

    /// Marks one entry as given back; `false` when it was, or is not there.
    mutating func release(piece: UInt32, block: UInt32) -> Bool {
        guard
            let index = entries[head...].firstIndex(where: {
                $0.piece == piece && $0.block == block && !$0.isReleased
            })
        else { return false }
        entries[index].isReleased = true
        liveCount -= 1
        return true
    }

    /// Marks entries as given back and hands them out.
    mutating func release(where isDue: (Entry) -> Bool) -> [Entry] {
        var released: [Entry] = []
        for index in head..<entries.count where !entries[index].isReleased && isDue(entries[index]) {
            entries[index].isReleased = true
            released.append(entries[index])
        }
        liveCount -= released.count
        return released
    }

    /// Forgets everything, and hands out what was not given back yet.
    mutating func removeAll() -> [Entry] {
        defer {
            entries = []
            head = 0
            liveCount = 0
        }
        return entries[head...].filter { !$0.isReleased }
    }
}
