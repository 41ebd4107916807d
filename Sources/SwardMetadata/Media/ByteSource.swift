// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// The bytes of one file, fetched a piece at a time and no more of them than a budget allows.
///
/// The budget is what bounds every reader of this target: whatever sizes and offsets a file claims, what is read of it, and
/// so the time spent on it, stays within a few times its length. A reader that runs out sees the end of the file.
///
/// Not for use by several threads; a source over memory must not outlive that memory.
package final class ByteSource {
    package let length: Int
    private let fetch: (_ offset: Int, _ count: Int) -> [UInt8]
    private let windowLength: Int
    private var window: [UInt8] = []
    private var windowStart = 0
    private var bytesLeft: Int
    private var readsLeft: Int

    /// - Parameters:
    ///   - budget: How many bytes may be fetched in all.
    ///   - windowLength: Small reads fetch this much, so that neighbours need no read of their own; 0 for memory.
    ///   - fetch: Hands out bytes that lie in the file, or fewer of them where it cannot.
    package init(
        length: Int, budget: Int, reads: Int = 50_000, windowLength: Int = 4096,
        fetch: @escaping (_ offset: Int, _ count: Int) -> [UInt8]
    ) {
        self.length = max(0, length)
        self.windowLength = windowLength
        self.fetch = fetch
        bytesLeft = budget
        readsLeft = reads
    }

    package convenience init(_ bytes: [UInt8]) {
        self.init(
            length: bytes.count, budget: Self.budget(forLength: bytes.count), windowLength: 0,
            fetch: { offset, count in Array(bytes[offset..<(offset + count)]) })
    }

    /// What a file of that many bytes may cost to read.
    package static func budget(forLength length: Int) -> Int {
        min(3 * min(length, 1 << 40) + (1 << 19), 128 << 20)
    }

    /// The bytes that lie there: fewer than asked for at the end of the file or of the budget, none where `count` is not positive.
    package func read(_ offset: Int, _ count: Int) -> [UInt8] {
        guard offset >= 0, offset < length, count > 0 else { return [] }
        let count = min(count, length - offset)
        if offset >= windowStart, offset - windowStart <= window.count - count {
            let start = offset - windowStart
            return Array(window[start..<(start + count)])
        }
        guard readsLeft > 0, count <= bytesLeft else {
            readsLeft = 0
            return []
        }
        readsLeft -= 1
        guard count < windowLength else {
            bytesLeft -= count
            return fetch(offset, count)
        }
        window = fetch(offset, min(windowLength, length - offset))
        windowStart = offset
        bytesLeft -= window.count
        return Array(window.prefix(count))
    }

    /// All of them or nothing.
    package func exactly(_ offset: Int, _ count: Int) -> [UInt8]? {
        guard count >= 0, offset >= 0, offset <= length - count else { return nil }
        let bytes = read(offset, count)
        return bytes.count == count ? bytes : nil
    }

    /// Where `pattern` first stands at or after `offset`, looking at no more than `limit` bytes.
    func find(_ pattern: [UInt8], from offset: Int, limit: Int) -> Int? {
        let step = 1 << 18
        var start = offset
        let end = min(length, offset.addingSaturated(limit))
        while start < end {
            let bytes = read(start, min(step, end - start))
            guard bytes.count >= pattern.count else { return nil }
            if let place = bytes.firstIndex(of: pattern) { return start + place }
            start += bytes.count - pattern.count + 1
            if start + pattern.count > end { return nil }
        }
        return nil
    }
}

extension Int {
    func addingSaturated(_ other: Int) -> Int {
        let (sum, isOver) = addingReportingOverflow(other)
        return isOver ? .max : sum
    }
}
