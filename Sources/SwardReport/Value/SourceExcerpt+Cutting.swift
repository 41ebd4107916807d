// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection
package import SwardPolicy

extension SourceExcerpt {
    /// The lines of a file that show what was found in it; evidence first where not all of it fits.
    ///
    /// Costs what is shown, not what the file holds. Bytes that are no text are left out.
    ///
    /// - Parameter bytes: The whole file, the one that `file` speaks of.
    package static func cut(
        for file: ScannedFile, from bytes: UnsafeRawBufferPointer, limits: Limits = Limits()
    ) -> [SourceExcerpt] {
        unsafe ExcerptCutter(file: bytes, limits: limits).excerpts(of: file)
    }
}

/// Only lives during one call, on the bytes lent to it.
@safe private struct ExcerptCutter {
    private struct Window {
        var bytes: Range<Int>
        let firstLine: Int
    }

    private let bytes: UnsafeRawBufferPointer
    private let limits: SourceExcerpt.Limits

    init(file bytes: UnsafeRawBufferPointer, limits: SourceExcerpt.Limits) {
        unsafe self.bytes = bytes
        self.limits = limits
    }

    func excerpts(of file: ScannedFile) -> [SourceExcerpt] {
        var windows: [Window] = []
        var left = limits.bytesPerFile
        for place in places(in: file) {
            guard left > 0 else { break }
            guard var window = window(around: place.bytes, line: place.line) else { continue }
            if window.bytes.count > left {
                window.bytes = window.bytes.lowerBound..<(window.bytes.lowerBound + left)
            }
            guard isText(window.bytes) else { continue }
            left -= window.bytes.count
            windows.append(window)
        }
        return merged(windows).map { window in
            var shown = unsafe Array(bytes[window.bytes])
            if shown.last == 10 { shown.removeLast() }
            return SourceExcerpt(
                firstLine: window.firstLine, firstByte: window.bytes.lowerBound, bytes: shown)
        }
    }

    /// What is worth showing, the weightiest first.
    private func places(in file: ScannedFile) -> [(bytes: Range<Int>, line: Int)] {
        var places: [(bytes: Range<Int>, line: Int)] = []
        for evidence in file.evidence {
            if let bytes = evidence.bytes, let lines = evidence.lines {
                places.append((bytes, lines.lowerBound))
            }
        }
        for residue in file.residue { places.append((residue.bytes, residue.lines.lowerBound)) }
        for finding in file.findings where !finding.differences.isEmpty {
            var line = finding.lines.lowerBound
            var counted = finding.bytes.lowerBound
            for difference in finding.differences.prefix(64) {
                let start = difference.bytes.lowerBound
                guard start >= counted, start <= count else { continue }
                line += newlines(in: counted..<start)
                counted = start
                places.append((difference.bytes, line))
            }
        }
        for finding in file.findings { places.append((finding.bytes, finding.lines.lowerBound)) }
        for notice in file.copyrights { places.append((notice.bytes, notice.lines.lowerBound)) }
        return places
    }

    /// Whole lines around `place`, except where a line is longer than the limit.
    private func window(around place: Range<Int>, line: Int) -> Window? {
        guard place.lowerBound >= 0, place.lowerBound < count, line > 0 else { return nil }
        var start = place.lowerBound
        var before = 0
        let floor = max(0, start - limits.bytesPerLine)
        while start > floor {
            if byte(start - 1) == 10 {
                if before == limits.contextLines { break }
                before += 1
            }
            start -= 1
        }
        // The limit may have cut a line or a character: a character at least is kept whole.
        if start > 0, start == floor {
            while start < place.lowerBound, byte(start) & 0xC0 == 0x80 { start += 1 }
        }

        let end = min(max(place.upperBound, place.lowerBound), count)
        var stop = place.lowerBound
        var lines = 0
        let ceiling = min(count, min(end, stop + limits.bytesPerFile) + limits.bytesPerLine)
        while stop < ceiling {
            if byte(stop) == 10 {
                lines += stop < end ? 1 : 0
                if lines >= limits.linesPerFinding { break }
                if stop >= end, newlines(in: end..<stop) >= limits.contextLines { break }
            }
            stop += 1
        }
        return Window(bytes: start..<stop, firstLine: max(1, line - newlines(in: start..<place.lowerBound)))
    }

    private func merged(_ windows: [Window]) -> [Window] {
        var result: [Window] = []
        for window in windows.sorted(by: { $0.bytes.lowerBound < $1.bytes.lowerBound }) {
            // A gap of one line's end is none.
            if let last = result.last, window.bytes.lowerBound <= last.bytes.upperBound + 1 {
                let end = max(last.bytes.upperBound, window.bytes.upperBound)
                result[result.count - 1].bytes = last.bytes.lowerBound..<end
            } else {
                result.append(window)
            }
        }
        return result
    }

    private func isText(_ range: Range<Int>) -> Bool {
        let isWide =
            count >= 2 && (byte(0) == 0xFF && byte(1) == 0xFE || byte(0) == 0xFE && byte(1) == 0xFF)
        return isWide || !range.contains { byte($0) == 0 }
    }

    private func newlines(in range: Range<Int>) -> Int {
        range.reduce(0) { byte($1) == 10 ? $0 + 1 : $0 }
    }

    private var count: Int { unsafe bytes.count }
    private func byte(_ offset: Int) -> UInt8 { unsafe bytes[offset] }
}
