// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import CLicenseIndex

/// A text table that is part of the program: lines of tab-separated fields, sorted by the first field in lower case.
///
/// Nothing is parsed at start. A look-up is a binary search over the bytes, about eleven probes for the license
/// list, and makes a string only of the line it found. Lines that begin with `#` come first and are comments.
@safe package struct EmbeddedTable: @unchecked Sendable {
    /// One line, cut at its tabs.
    package typealias Row = [String]

    // Sendable because the bytes are constants of the program image: never written, never freed.
    private let bytes: UnsafeBufferPointer<UInt8>
    private let count: Int

    package init(_ table: sward_license_table) {
        unsafe bytes = UnsafeBufferPointer(start: table.bytes, count: table.count)
        count = unsafe table.count
    }

    /// The line whose first field is `key`, compared without regard to ASCII case.
    package func row(for key: some StringProtocol) -> Row? {
        let wanted = key.utf8.map(Self.lowercased)
        var low = 0
        var high = count
        while low < high {
            let line = lineAround(low + (high - low) / 2)
            switch compare(line, with: wanted) {
            case 0: return fields(line)
            case ..<0: low = line.upperBound + 1
            default: high = line.lowerBound
            }
        }
        return nil
    }

    /// What follows `#name` and a tab in the comment lines at the head.
    package func comment(_ name: String) -> String? {
        var start = 0
        while start < count, byte(start) == UInt8(ascii: "#") {
            let line = lineAround(start)
            let row = fields(line)
            if row.count > 1, row[0] == "#" + name { return row[1] }
            start = line.upperBound + 1
        }
        return nil
    }

    /// Every line but the comments, in order.
    package var rows: some Sequence<Row> {
        sequence(state: 0) { (start: inout Int) -> Row? in
            while start < count {
                let line = lineAround(start)
                start = line.upperBound + 1
                if !line.isEmpty, byte(line.lowerBound) != UInt8(ascii: "#") { return fields(line) }
            }
            return nil
        }
    }

    private func lineAround(_ offset: Int) -> Range<Int> {
        var start = offset
        while start > 0, byte(start - 1) != UInt8(ascii: "\n") { start -= 1 }
        var end = offset
        while end < count, byte(end) != UInt8(ascii: "\n") { end += 1 }
        return start..<end
    }

    /// Negative when the first field of `line` comes before `wanted`.
    private func compare(_ line: Range<Int>, with wanted: [UInt8]) -> Int {
        var offset = line.lowerBound
        for next in wanted {
            guard offset < line.upperBound, case let found = byte(offset), found != UInt8(ascii: "\t") else {
                return -1
            }
            let difference = Int(Self.lowercased(found)) - Int(next)
            if difference != 0 { return difference }
            offset += 1
        }
        guard offset < line.upperBound, byte(offset) != UInt8(ascii: "\t") else { return 0 }
        return 1
    }

    private func byte(_ offset: Int) -> UInt8 { unsafe bytes[offset] }

    private func fields(_ line: Range<Int>) -> Row {
        unsafe UnsafeBufferPointer(rebasing: bytes[line])
            .split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
            .map { unsafe String(decoding: $0, as: UTF8.self) }
    }

    static func lowercased(_ byte: UInt8) -> UInt8 {
        UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 0x20 : byte
    }
}
