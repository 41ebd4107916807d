// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Line numbers of byte offsets. Source of the count: LF ends a line.
struct LineTable: Sendable {
    /// Offsets of the bytes behind each LF.
    private var starts: [Int] = [0]

    init(_ bytes: [UInt8]) {
        for (index, byte) in bytes.enumerated() where byte == 0x0A { starts.append(index + 1) }
    }

    /// From 1.
    func line(of offset: Int) -> Int {
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle } else { high = middle }
        }
        return low + 1
    }

    func lines(of bytes: Range<Int>) -> ClosedRange<Int> {
        let first = line(of: bytes.lowerBound)
        return first...max(first, line(of: max(bytes.lowerBound, bytes.upperBound - 1)))
    }
}
