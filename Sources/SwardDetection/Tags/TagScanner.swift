// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Finds SPDX tags and copyright lines in the bytes of one file, handed over in parts of any size.
///
/// How the file is cut into parts does not change what is found: lines are looked at in windows that depend on the
/// content alone. A line longer than a window (64 KiB) is taken in pieces, as the `reuse` tool does.
package struct TagScanner: Sendable {
    // REUSE-IgnoreStart
    private static let spdx = Array("SPDX-".utf8)
    private static let snippetBegin = Array("SPDX-SnippetBegin".utf8)
    private static let snippetEnd = Array("SPDX-SnippetEnd".utf8)
    private static let copyright = Array("Copyright".utf8)
    private static let sign = Array("©".utf8)
    private static let ignoreStart = Array("REUSE-IgnoreStart".utf8)
    private static let ignoreEnd = Array("REUSE-IgnoreEnd".utf8)
    // REUSE-IgnoreEnd
    private static let window = 64 << 10
    /// How much of the file tells text from other data.
    private static let probe = 2048

    private enum Kind { case unknown, utf8, utf16(isBigEndian: Bool), binary }

    private let limits: TagLimits
    private var kind = Kind.unknown
    private var pending: [UInt8] = []
    private var transcoder = UTF16Transcoder()
    private var taken = 0
    private var line = 1
    private var isIgnoring = false
    private var isInSnippet = false
    private var tags = FileTags()
    private var seenLicenses: Set<String> = []
    private var seenCopyrights: Set<String> = []

    package init(limits: TagLimits = TagLimits()) { self.limits = limits }

    /// Whether more bytes can change the result.
    package var wantsMore: Bool {
        if case .binary = kind { return false }
        return !tags.isCutShort
    }

    /// Takes the next bytes of the file.
    package mutating func read(_ bytes: Span<UInt8>) {
        guard wantsMore, !bytes.isEmpty else { return }
        let count = min(bytes.count, limits.bytes - taken)
        if count < bytes.count { tags.isCutShort = true }
        taken += count
        if case .utf16(let isBigEndian) = kind {
            for index in 0..<count { transcoder.read(bytes[index], isBigEndian: isBigEndian, into: &pending) }
        } else {
            pending.reserveCapacity(pending.count + count)
            unsafe bytes.withUnsafeBufferPointer { unsafe pending.append(contentsOf: $0.prefix(count)) }
        }
        if case .unknown = kind, pending.count >= Self.probe { settleKind() }
        if case .unknown = kind { return }
        takeWindows()
    }

    /// What was found, once the last bytes are in.
    package mutating func finish() -> FileTags {
        if case .unknown = kind { settleKind() }
        takeWindows()
        if !pending.isEmpty { scan(0..<pending.count) }
        pending = []
        return tags
    }

    /// What the whole file `bytes` says.
    package static func tags(in bytes: [UInt8], limits: TagLimits = TagLimits()) -> FileTags {
        var scanner = TagScanner(limits: limits)
        scanner.read(bytes.span)
        return scanner.finish()
    }

    private mutating func settleKind() {
        let head = pending.prefix(Self.probe)
        if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) {
            let isBigEndian = head.first == 0xFE
            kind = .utf16(isBigEndian: isBigEndian)
            let raw = pending
            pending = []
            for byte in raw.dropFirst(2) { transcoder.read(byte, isBigEndian: isBigEndian, into: &pending) }
        } else if head.contains(where: Self.isNotText) {
            kind = .binary
            tags.isBinary = true
            pending = []
        } else {
            kind = .utf8
        }
    }

    /// Control characters no text has: what `file` and thus `reuse` takes for binary.
    private static func isNotText(_ byte: UInt8) -> Bool {
        byte < 7 || (byte > 13 && byte < 32 && byte != 27) || byte == 127
    }

    private mutating func takeWindows() {
        var start = 0
        while pending.count - start >= Self.window, wantsMore {
            var end = start + Self.window
            if let newline = pending[start..<end].lastIndex(of: UInt8(ascii: "\n")) { end = newline + 1 }
            scan(start..<end)
            start = end
        }
        if !wantsMore { pending = [] } else if start > 0 { pending.removeFirst(start) }
    }

    private mutating func scan(_ range: Range<Int>) {
        var position = range.lowerBound
        var floor = position
        var counted = position
        while let hit = Self.candidate(in: pending.span, from: position, to: range.upperBound) {
            position = hit + 1
            if isIgnoring {
                if starts(Self.ignoreEnd, at: hit, before: range.upperBound) {
                    isIgnoring = false
                    position = hit + Self.ignoreEnd.count
                    floor = position
                }
            } else if starts(Self.ignoreStart, at: hit, before: range.upperBound) {
                isIgnoring = true
                position = hit + Self.ignoreStart.count
            } else if starts(Self.snippetBegin, at: hit, before: range.upperBound) {
                isInSnippet = true
            } else if starts(Self.snippetEnd, at: hit, before: range.upperBound) {
                isInSnippet = false
            } else if starts(Self.spdx, at: hit, before: range.upperBound)
                || starts(Self.copyright, at: hit, before: range.upperBound)
                || starts(Self.sign, at: hit, before: range.upperBound)
            {
                let line = lineRange(around: hit, from: floor, to: range.upperBound)
                self.line += Self.newlines(in: pending.span, from: counted, to: line.lowerBound)
                counted = line.lowerBound
                take(TagLine(pending[line], tagOffset: hit - line.lowerBound))
                guard wantsMore else { return }
                position = max(position, line.upperBound)
                floor = position
            }
        }
        line += Self.newlines(in: pending.span, from: counted, to: range.upperBound)
    }

    private mutating func take(_ found: TagLine) {
        switch found.content {
        case .license(let text):
            guard seenLicenses.insert(text).inserted else { return }
            tags.licenses.append(.init(text: text, line: line, isSnippet: isInSnippet))
        case .copyright(let text):
            guard seenCopyrights.insert(text).inserted else { return }
            tags.copyrights.append(.init(text: text, line: line, isSnippet: isInSnippet))
        case .neither: return
        }
        if max(tags.licenses.count, tags.copyrights.count) >= limits.tags { tags.isCutShort = true }
    }

    private func starts(_ word: [UInt8], at offset: Int, before end: Int) -> Bool {
        end - offset >= word.count && pending[offset..<(offset + word.count)].elementsEqual(word)
    }

    /// The line about `hit`, not past `floor` nor into an ignored block.
    private func lineRange(around hit: Int, from floor: Int, to end: Int) -> Range<Int> {
        let newlines: Set<UInt8> = [UInt8(ascii: "\n"), UInt8(ascii: "\r")]
        var lower = hit
        while lower > max(floor, hit - limits.lineBytes), !newlines.contains(pending[lower - 1]) {
            lower -= 1
        }
        var upper = hit
        while upper < min(end, hit + limits.lineBytes), !newlines.contains(pending[upper]) {
            if pending[upper] == Self.ignoreStart[0], starts(Self.ignoreStart, at: upper, before: end) {
                break
            }
            upper += 1
        }
        return lower..<upper
    }

    /// The next place where two bytes could begin a word we look for: `SP`, `Co`, `RE` or the sign ©.
    private static func candidate(in bytes: Span<UInt8>, from start: Int, to end: Int) -> Int? {
        func isPair(_ offset: Int) -> Bool {
            switch (bytes[offset], bytes[offset + 1]) {
            case (0x53, 0x50), (0x43, 0x6F), (0x52, 0x45), (0xC2, 0xA9): true
            default: false
            }
        }
        var offset = start
        // Marked unsafe for elements with padding, which a byte has not.
        let raw = unsafe bytes.bytes
        // Eight pairs at once. A byte of `word ^ pattern` is zero where the byte fits, and the classic test for a zero
        // byte never misses one; vectors of Swift's SIMD types cost twenty times as much here.
        let ones: UInt64 = 0x0101_0101_0101_0101
        func fits(_ first: UInt64, _ second: UInt64, _ a: UInt64, _ b: UInt64) -> UInt64 {
            let miss = (first ^ (a &* ones)) | (second ^ (b &* ones))
            return (miss &- ones) & ~miss
        }
        while offset + 8 < end {
            // In range because one byte more than the word is there.
            let first = unsafe raw.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
            let second = unsafe raw.unsafeLoadUnaligned(fromByteOffset: offset + 1, as: UInt64.self)
            let found =
                fits(first, second, 0x53, 0x50) | fits(first, second, 0x43, 0x6F)
                | fits(first, second, 0x52, 0x45) | fits(first, second, 0xC2, 0xA9)
            if found & (ones << 7) != 0 {
                for place in offset..<(offset + 8) where isPair(place) { return place }
            }
            offset += 8
        }
        while offset + 1 < end {
            if isPair(offset) { return offset }
            offset += 1
        }
        return nil
    }

    private static func newlines(in bytes: Span<UInt8>, from start: Int, to end: Int) -> Int {
        var count = 0
        for offset in start..<end where bytes[offset] == UInt8(ascii: "\n") { count += 1 }
        return count
    }
}

/// Turns UTF-16 into UTF-8, byte by byte.
private struct UTF16Transcoder: Sendable {
    private var first: UInt8?
    private var high: UInt16?

    mutating func read(_ byte: UInt8, isBigEndian: Bool, into output: inout [UInt8]) {
        guard let other = first else {
            first = byte
            return
        }
        first = nil
        let unit = isBigEndian ? UInt16(other) << 8 | UInt16(byte) : UInt16(byte) << 8 | UInt16(other)
        if unit < 0x80 {
            high = nil
            output.append(UInt8(unit))
        } else if UTF16.isLeadSurrogate(unit) {
            high = unit
        } else {
            let units = high.map { [$0, unit] } ?? [unit]
            high = nil
            output.append(contentsOf: String(decoding: units, as: UTF16.self).utf8)
        }
    }
}
