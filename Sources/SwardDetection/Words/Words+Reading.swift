// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

extension Words {
    /// Cuts `bytes` into words; what was here before is gone. Words parted at line ends are joined when the index knows them.
    ///
    /// - Parameter bytes: The file. It must live unchanged for as long as this value is asked about it.
    package mutating func read(_ bytes: UnsafeRawBufferPointer, role: FileRole, limits: Limits = Limits()) {
        let index = TextIndex.shared
        unsafe read(bytes, role: role, limits: limits, isKnown: { index.word($0) != 0 })
    }

    /// Cuts `bytes` into words; what was here before is gone.
    ///
    /// - Parameter bytes: The file. It must live unchanged for as long as this value is asked about it.
    /// - Parameter isKnown: Whether a hash is that of a word in the index; joins words parted at line ends.
    package mutating func read(
        _ bytes: UnsafeRawBufferPointer, role: FileRole, limits: Limits = Limits(),
        isKnown: @escaping (UInt32) -> Bool, needsTrigger: Bool = true
    ) {
        words.removeAll(keepingCapacity: true)
        links.removeAll(keepingCapacity: true)
        lineEnds.removeAll(keepingCapacity: true)
        regions.removeAll(keepingCapacity: true)
        origins.removeAll(keepingCapacity: true)
        hasLicenseWords = false
        isCutShort = false
        transcoded = nil
        // Offsets are kept in 32 bits.
        let count = min(bytes.count, limits.scannedBytes, Int(Int32.max))
        isCutShort = count < bytes.count
        sourceCount = count
        text = unsafe ByteView(UnsafeRawBufferPointer(rebasing: bytes[..<count]))
        if text.pair(at: 0) == 0xFFFE || text.pair(at: 0) == 0xFEFF { transcode(limits) }
        if needsTrigger { findRegions(role, limits) } else if text.count > 0 { regions = [0..<text.count] }
        guard !regions.isEmpty else { return }
        hasLicenseWords = true
        findLines()
        let isRTF = text.has("{\\rtf", at: 0)
        for region in regions {
            let first = words.count
            var reader = WordReader(
                text: text, range: region, isRTF: isRTF, words: words, links: links, isKnown: isKnown)
            words = []
            links = []
            reader.read()
            words = reader.words
            links = reader.links
            if region.lowerBound > 0, first < words.count { words[first].marks.insert(.afterGap) }
        }
    }

    /// Cuts all of `bytes` into words, triggers or not, joining nothing over line ends: for the builder of the index.
    package mutating func readAll(_ bytes: UnsafeRawBufferPointer) {
        unsafe read(bytes, role: .licenseText, limits: Limits(), isKnown: { _ in false }, needsTrigger: false)
    }

    /// All of the file if it holds a trigger and its role or size makes that worth while, else what lies around triggers.
    private mutating func findRegions(_ role: FileRole, _ limits: Limits) {
        let isNoisy = (0..<min(text.count, 4096)).contains { text[$0] == 0 }
        // What is named as a license is one, whatever its words.
        var hit = 0
        if role == .other || text.count == 0 {
            guard let first = nextTrigger(from: 0, isNoisy: isNoisy) else {
                if !isNoisy, let head = refusingHead() { regions.append(head) }
                return
            }
            hit = first
            if !isNoisy, first > limits.before, text.count >= 8 << 10, let head = refusingHead() {
                regions.append(head)
            }
        }
        var budget = limits.bytes
        if role != .other || text.count < 8 << 10 {
            let whole = min(text.count, budget)
            regions.append(0..<whole)
            guard whole < text.count else { return }
            budget = limits.bytes / 4
            guard let next = nextTrigger(from: whole, isNoisy: isNoisy) else { return }
            hit = next
        }
        while true {
            var start = lineStart(near: max(0, hit - limits.before))
            if let last = regions.last, start <= last.upperBound + 64 {
                start = last.upperBound
                regions.removeLast()
                regions.append(last.lowerBound..<lineEnd(near: min(text.count, hit + limits.after)))
            } else {
                regions.append(start..<lineEnd(near: min(text.count, hit + limits.after)))
            }
            let stop = regions[regions.count - 1].upperBound
            budget -= stop - start
            if budget < 0 {
                isCutShort = true
                return
            }
            // A trigger in the last part of the region widens it; the others would change nothing.
            let from = max(hit + 1, stop - limits.after + limits.before / 2)
            guard let next = nextTrigger(from: from, isNoisy: isNoisy) else { return }
            hit = next
        }
    }

    /// The comments at the head of a source, where they refuse or limit anything.
    private func refusingHead() -> Range<Int>? {
        let head = SourceHead(text)
        guard !head.isProse, let last = head.comments.last,
            head.comments.contains(where: {
                Triggers.ofHeads.next(in: text, from: $0.lowerBound, to: $0.upperBound) != nil
            })
        else { return nil }
        return 0..<last.upperBound
    }

    /// - Parameter isNoisy: The file is no text. There a few bytes make a trigger by chance, so it must stand in a string.
    private func nextTrigger(from start: Int, isNoisy: Bool) -> Int? {
        let triggers = Triggers.shared
        var from = start
        while let hit = triggers.next(in: text, from: from, to: text.count) {
            if !isNoisy || isInString(hit) { return hit }
            from = hit + 1
        }
        return nil
    }

    /// Whether what stands around `hit`, up to bytes that no text has, is long enough and mostly ASCII or UTF-8.
    private func isInString(_ hit: Int) -> Bool {
        func isText(_ at: Int) -> Bool { text[at] >= 0x20 && text[at] != 0x7F || text[at] &- 9 < 5 }
        var start = hit
        while start > 0, hit - start < 32, isText(start - 1) { start -= 1 }
        var end = hit
        while end < text.count, end - hit < 48, isText(end) { end += 1 }
        guard end - start >= 8 else { return false }
        var foreign = 0
        var at = start
        while at < end {
            let length = Letters.read(text, at)?.length ?? 1
            if text[at] >= 0x80, length == 1 { foreign += 1 }
            at += length
        }
        return foreign * 4 <= end - start
    }

    private func lineStart(near offset: Int) -> Int {
        var at = offset
        while at > 0, offset - at < 256 {
            if text[at - 1] == 0x0A { return at }
            at -= 1
        }
        at = offset
        while at > 0, text[at].isWordByte, offset - at < 64 { at -= 1 }
        return at
    }

    private func lineEnd(near offset: Int) -> Int {
        var at = offset
        while at < text.count, at - offset < 256 {
            if text[at] == 0x0A { return at }
            at += 1
        }
        at = offset
        while at < text.count, text[at].isWordByte, at - offset < 64 { at += 1 }
        return at
    }

    private mutating func findLines() {
        let stop = regions.last?.upperBound ?? 0
        var at = 0
        while at < stop {
            let byte = text[at]
            if byte == 0x0A || (byte == 0x0D && text[at &+ 1] != 0x0A) {
                lineEnds.append(UInt32(truncatingIfNeeded: at))
            }
            at &+= 1
        }
    }

    /// UTF-16 to UTF-8, at most the limit of bytes; half surrogates become U+FFFD.
    private mutating func transcode(_ limits: Limits) {
        let source = text
        let isBigEndian = source[0] == 0xFE
        let stop = min(source.count, limits.bytes * 2) & ~1
        if stop < source.count & ~1 { isCutShort = true }
        var transcoded: [UInt8] = []
        func unit(_ at: Int) -> UInt32 {
            isBigEndian
                ? UInt32(source[at]) << 8 | UInt32(source[at + 1])
                : UInt32(source[at + 1]) << 8 | UInt32(source[at])
        }
        var at = 2
        while at < stop {
            while transcoded.count >= origins.count * 16 { origins.append(UInt32(at)) }
            var scalar = unit(at)
            at += 2
            if scalar & 0xFC00 == 0xD800, at < stop, unit(at) & 0xFC00 == 0xDC00 {
                scalar = 0x10000 + (scalar & 0x3FF) << 10 + unit(at) & 0x3FF
                at += 2
            }
            let character = Unicode.Scalar(scalar) ?? "\u{FFFD}"
            if let encoded = UTF8.encode(character) { transcoded.append(contentsOf: encoded) }
        }
        if origins.isEmpty { origins.append(2) }
        let buffer = TextBuffer(transcoded)
        self.transcoded = buffer
        text = buffer.view
    }
}

/// Text made of a file's bytes, at a place that does not move.
@safe final class TextBuffer: @unchecked Sendable {
    // Sendable because it is written once, before anyone else has it.
    private let bytes: UnsafeMutableBufferPointer<UInt8>

    init(_ content: [UInt8]) {
        unsafe bytes = .allocate(capacity: content.count)
        _ = unsafe bytes.initialize(fromContentsOf: content)
    }

    deinit { unsafe bytes.deallocate() }

    var view: ByteView { unsafe ByteView(UnsafeRawBufferPointer(bytes)) }
}
