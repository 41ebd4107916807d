// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// The words of one file, in order, with where they stand; punctuation, comment marks and markup are folded away.
///
/// How to use it: keep one value per thread as a workspace and call ``read(_:role:)`` for each file; nothing is
/// allocated anew once its arrays have grown. Then:
/// ```
/// guard words.hasLicenseWords else { … nothing here … }        // quick no: no trigger in the file
/// for index in words.indices where words[index].hash == license { … }   // let license = WordHash("license").value
/// words[index].marks.contains(.sentenceStart)                   // what stands before this word
/// words.string(index), words.folded(index)                      // as written; as compared
/// words.sourceRange(a...b), words.lines(a...b)                  // bytes of the file, lines from 1
/// ```
/// Rules of folding, the same when the index is built: a word is a run of letters, digits and inner `_`; lower case;
/// accents and apostrophes dropped (`author's` is `authors`); `&` alone is `and`; British forms are American ones,
/// `https` is `http`, `owner` after `copyright` is `holder`; `(c)` and `©` are `c`; `non-`, `sub-`, `re-`, `co-`, `pre-`,
/// `multi-`, `e-` join the word that follows (`noncommercial`, `sublicense`); other hyphens, dots and slashes part words
/// (`2.0` is two words, the second one `glued`); a word parted at the end of a line is joined when the index knows it;
/// each CJK character is a word. Tags, entities, roff and RTF requests, TeX and texinfo commands vanish; link targets in
/// HTML and markdown are kept aside in ``links``.
///
/// What is read: all of the file for license texts, notices and readmes, and otherwise only the surroundings of trigger
/// words (``Triggers``), each of which starts with a word marked `afterGap`. At most ``Limits/bytes`` bytes are read.
@safe package struct Words: Sendable {
    package struct Limits: Hashable, Sendable {
        /// Bytes of text cut into words, per file; the look for triggers goes on to ``scannedBytes``.
        package var bytes = 4 << 20
        package var scannedBytes = 64 << 20
        /// Read around a trigger, in bytes; the ends are moved to line ends when those are near.
        package var before = 1_500
        package var after = 2_500
        package init() {}
    }

    package internal(set) var words: [FileWord] = []
    /// Targets of HTML `href`, `src` and markdown links, in offsets of ``text``.
    package internal(set) var links: [Range<Int>] = []
    /// Whether the file holds any trigger; without one there are no words.
    package internal(set) var hasLicenseWords = false
    /// Limits left some of the file unread.
    package internal(set) var isCutShort = false
    /// What the offsets of words count in: the bytes that were handed in, or for UTF-16 their UTF-8 form. Good until the
    /// next ``read(_:role:limits:)`` and as long as the bytes handed in live.
    package internal(set) var text = ByteView()
    /// Ends of lines in ``text``, up to the last one that matters.
    var lineEnds: [UInt32] = []
    /// For UTF-16: the UTF-8 form, and for every sixteenth byte of it the offset in the file.
    var transcoded: TextBuffer?
    var origins: [UInt32] = []
    var regions: [Range<Int>] = []

    package init() {}

    package var indices: Range<Int> { 0..<words.count }
    package var count: Int { words.count }

    @inline(__always) package subscript(index: Int) -> FileWord { words[index] }

    /// The word as it stands in the file.
    package func string(_ index: Int) -> String {
        text.string(Int(words[index].start)..<Int(words[index].end))
    }

    /// The word as it is compared, but for British spellings.
    package func folded(_ index: Int) -> String {
        WordReader.folded(text, Int(words[index].start)..<Int(words[index].end))
    }

    /// Everything from one word to another as it stands in the text, at most `limit` bytes, white space folded.
    package func string(_ range: ClosedRange<Int>, limit: Int = 2048) -> String {
        let start = Int(words[range.lowerBound].start)
        let end = min(Int(words[range.upperBound].end), start + limit)
        // Nearly all text is ASCII, and its white space is found without looking characters up.
        var folded: [UInt8] = []
        folded.reserveCapacity(end - start)
        for offset in start..<end {
            let byte = text[offset]
            switch byte {
            case 0x80...:
                return text.string(start..<end).split(whereSeparator: \.isWhitespace).joined(separator: " ")
            case 0x09...0x0D, 0x20:
                if let last = folded.last, last != 0x20 { folded.append(0x20) }
            default: folded.append(byte)
            }
        }
        if folded.last == 0x20 { folded.removeLast() }
        return String(decoding: folded, as: UTF8.self)
    }

    /// The bytes of the file from the first word's start to the last one's end.
    package func sourceRange(_ range: ClosedRange<Int>) -> Range<Int> {
        let start = sourceOffset(Int(words[range.lowerBound].start))
        return start..<max(start, sourceOffset(Int(words[range.upperBound].end)))
    }

    /// Lines from 1.
    package func lines(_ range: ClosedRange<Int>) -> ClosedRange<Int> {
        let first = line(atTextOffset: Int(words[range.lowerBound].start))
        return first...max(first, line(atTextOffset: Int(words[range.upperBound].end) - 1))
    }

    /// The line, from 1, that holds an offset of ``text``.
    package func line(atTextOffset offset: Int) -> Int {
        var low = 0
        var high = lineEnds.count
        while low < high {
            let middle = (low + high) / 2
            if Int(lineEnds[middle]) < offset { low = middle + 1 } else { high = middle }
        }
        return low + 1
    }

    /// Where an offset of ``text`` lies in the bytes handed in.
    package func sourceOffset(_ offset: Int) -> Int {
        guard !origins.isEmpty else { return offset }
        // Each entry covers 16 bytes of UTF-8; within them two bytes a character is near enough for a place to look at.
        let entry = min(offset >> 4, origins.count - 1)
        return min(Int(origins[entry]) + (offset - entry * 16) * 2, sourceCount)
    }

    var sourceCount = 0
}
