// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardDetection

/// The lines of a source file without the comments at its head, as little as tells two copies of one file.
///
/// The smallest of the hashes of all lines are a fair sample of them: two files that share them share nearly all.
package struct BodySketch: Hashable, Sendable {
    private static let size = 8, leastLines = 12, leastCommon = 7

    /// Rising.
    package let hashes: SIMD8<UInt32>
    package let lineCount: Int32

    package init(hashes: SIMD8<UInt32>, lineCount: Int32) {
        self.hashes = hashes
        self.lineCount = lineCount
    }

    /// - Returns: `nil` for fewer lines than tell anything.
    package init?(_ text: ByteView) {
        var smallest = SIMD8<UInt32>(repeating: .max)
        var count: Int32 = 0
        var isHead = true
        var closer: StaticString?
        var next = 0
        while next < text.count {
            var start = next
            var end = next
            while end < text.count, text[end] != 0x0A { end &+= 1 }
            next = end &+ 1
            while start < end, text[start] <= 0x20 { start &+= 1 }
            while end > start, text[end &- 1] <= 0x20 { end &-= 1 }
            guard start < end else { continue }
            if isHead, Self.isComment(text, start..<end, &closer) { continue }
            isHead = false
            var hash: UInt32 = 2_166_136_261
            for at in start..<end { hash = (hash ^ UInt32(text[at])) &* 16_777_619 }
            hash = (hash ^ hash >> 15) &* 0x85EB_CA6B
            hash ^= hash >> 13
            count &+= 1
            guard hash < smallest[Self.size - 1] else { continue }
            var place = 0
            while smallest[place] < hash { place += 1 }
            if smallest[place] == hash { continue }
            for later in stride(from: Self.size - 1, to: place, by: -1) {
                smallest[later] = smallest[later - 1]
            }
            smallest[place] = hash
        }
        guard count >= Self.leastLines, smallest[Self.size - 1] != .max else { return nil }
        hashes = smallest
        lineCount = count
    }

    /// Whether nearly all lines are the same.
    package func isCopy(of other: BodySketch) -> Bool {
        guard abs(lineCount - other.lineCount) * 20 <= max(lineCount, other.lineCount) else { return false }
        let common = (0..<Self.size).count { place in
            (0..<Self.size).contains { other.hashes[$0] == hashes[place] }
        }
        return common >= Self.leastCommon
    }

    private static let blocks: [(opener: StaticString, closer: StaticString)] = [
        ("/*", "*/"), ("<!--", "-->"), ("(*", "*)"), ("{-", "-}"), ("\"\"\"", "\"\"\""),
    ]
    private static let marks: [StaticString] = ["//", "#", ";", "--", "%", "!", "'", "dnl ", "rem "]
    private static let code: [StaticString] = ["#include", "#define", "#if", "#pragma", "#import"]

    /// Whether a line of the head is a comment; `closer` is what ends the block it is in.
    private static func isComment(_ text: ByteView, _ line: Range<Int>, _ closer: inout StaticString?) -> Bool
    {
        if let mark = closer {
            if line.contains(where: { text.has(mark, at: $0) }) { closer = nil }
            return true
        }
        if let block = blocks.first(where: { text.has($0.opener, at: line.lowerBound) }) {
            let rest = line.dropFirst(block.opener.utf8CodeUnitCount)
            if !rest.contains(where: { text.has(block.closer, at: $0) }) { closer = block.closer }
            return true
        }
        return marks.contains { text.has($0, at: line.lowerBound) }
            && !code.contains { text.has($0, at: line.lowerBound) }
    }
}
