// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection
internal import SwardJSON

/// The words of a field, and where they stand in the file.
struct Words: Hashable, Sendable {
    var text: String
    var bytes: Range<Int>

    init(_ text: String, bytes: Range<Int>) {
        self.text = text
        self.bytes = bytes
    }

    init?(_ value: LocatedValue?) {
        guard let value, let text = value.scalar else { return nil }
        self.init(text, bytes: value.bytes)
    }
}

extension StringProtocol {
    /// Without white space at both ends.
    var trimmed: String {
        let scalars = unicodeScalars
        var low = scalars.startIndex
        var high = scalars.endIndex
        while low < high, scalars[low].isBlank { low = scalars.index(after: low) }
        while high > low, scalars[scalars.index(before: high)].isBlank { high = scalars.index(before: high) }
        return String(self[low..<high])
    }

    /// Runs of white space made one space, none at the ends.
    var folded: String {
        var folded: [UInt8] = []
        folded.reserveCapacity(utf8.count)
        for byte in utf8 {
            // Nearly all text is ASCII, and needs no look at characters.
            if byte >= 0x80 {
                return split { $0.unicodeScalars.allSatisfy(\.isBlank) }.joined(separator: " ")
            }
            if !byte.isBlank {
                folded.append(byte)
            } else if let last = folded.last, last != 0x20 {
                folded.append(0x20)
            }
        }
        if folded.last == 0x20 { folded.removeLast() }
        return String(decoding: folded, as: UTF8.self)
    }

    /// The parts between runs of white space; characters are looked at only where they are not ASCII.
    var fields: [SubSequence] {
        guard utf8.allSatisfy({ $0 < 0x80 }) else { return split { $0.isWhitespace } }
        return parts { $0 == 0x20 || (0x09...0x0D).contains($0) }
    }

    /// Lines that have something in them.
    var inkedLines: [SubSequence] {
        guard utf8.allSatisfy({ $0 < 0x80 && $0 != 0x0D }) else { return split(separator: "\n") }
        return parts { $0 == 0x0A }
    }

    private func parts(where isSeparator: (UInt8) -> Bool) -> [SubSequence] {
        var parts: [SubSequence] = []
        var start = utf8.startIndex
        var at = start
        let end = utf8.endIndex
        while at < end {
            if isSeparator(utf8[at]) {
                if start < at { parts.append(self[start..<at]) }
                start = utf8.index(after: at)
            }
            at = utf8.index(after: at)
        }
        if start < end { parts.append(self[start..<end]) }
        return parts
    }

    /// In place of the standard library's, which compares characters and makes a table for every call.
    func contains(_ text: String) -> Bool { ByteSearch.contains(text, in: self) }

    func dropping(prefix: some StringProtocol) -> String? {
        hasPrefix(prefix) ? String(self[index(startIndex, offsetBy: prefix.count)...]) : nil
    }

    func dropping(suffix: some StringProtocol) -> String? {
        hasSuffix(suffix) ? String(self[..<index(endIndex, offsetBy: -suffix.count)]) : nil
    }

    /// The parts between occurrences of `separator`, searched bytewise.
    func parts(separatedBy separator: String) -> [String] {
        let bytes = Array(utf8)
        let mark = Array(separator.utf8)
        guard !mark.isEmpty, bytes.count >= mark.count else { return [String(self)] }
        var result: [String] = []
        var start = 0
        var index = 0
        while index + mark.count <= bytes.count {
            if bytes[index] == mark[0], bytes[index..<(index + mark.count)].elementsEqual(mark) {
                result.append(String(decoding: bytes[start..<index], as: UTF8.self))
                index += mark.count
                start = index
            } else {
                index += 1
            }
        }
        result.append(String(decoding: bytes[start...], as: UTF8.self))
        return result
    }
}

extension Unicode.Scalar {
    var isBlank: Bool {
        switch value {
        case 0x20, 0x09...0x0D, 0xA0, 0x2000...0x200B, 0x3000, 0xFEFF: true
        default: false
        }
    }
}

extension UInt8 {
    var isBlank: Bool { self == 0x20 || 0x09...0x0D ~= self }
    var isDigit: Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= self }
    var isLetter: Bool { UInt8(ascii: "a")...UInt8(ascii: "z") ~= (self | 0x20) }
    var lowercased: UInt8 { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= self ? self | 0x20 : self }
}

extension [UInt8] {
    func text(_ range: Range<Int>) -> String {
        String(decoding: self[range.clamped(to: 0..<count)], as: UTF8.self)
    }

    /// The first place at or behind `start` where `needle`, in lower-case ASCII, stands in any case.
    func find(_ needle: String, from start: Int = 0, to end: Int? = nil) -> Int? {
        let wanted = Array<UInt8>(needle.utf8)
        let last = Swift.min(end ?? count, count) - wanted.count
        guard start <= last, let head = wanted.first else { return nil }
        var index = start
        while index <= last {
            if self[index].lowercased == head {
                var step = 1
                while step < wanted.count, self[index + step].lowercased == wanted[step] { step += 1 }
                if step == wanted.count { return index }
            }
            index += 1
        }
        return nil
    }

    /// Where the line that holds `offset` ends, before its LF or CR LF.
    func endOfLine(from offset: Int) -> Int {
        var end = offset
        while end < count, self[end] != 0x0A { end += 1 }
        if end > offset, self[end - 1] == 0x0D { end -= 1 }
        return end
    }

    func trimmed(_ range: Range<Int>) -> Range<Int> {
        var low = range.lowerBound
        var high = range.upperBound
        while low < high, self[low].isBlank { low += 1 }
        while high > low, self[high - 1].isBlank { high -= 1 }
        return low..<high
    }
}
