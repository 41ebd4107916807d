// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import CLicenseIndex

/// The compiled license texts, read where they lie in the program; nothing is parsed or copied at start.
///
/// - Layout: little-endian; `SWDTEXTS`, then 32-bit numbers: the version, the counts, the offset of each section, as
///   ``Field`` names them. A blob that is not of this version or not as long as it says counts as empty.
@safe package struct TextIndex: @unchecked Sendable {
    // Sendable because the bytes are constants of the program image: never written, never freed.
    package enum Field: Int, CaseIterable {
        case version, size, words, templates, spans, alternatives, tokens, fingerprints
        case wordHashes, wordBuckets, wordTexts, wordWeights, strings, templateTable, spanTable
        case alternativeOffsets, alternativeStream, tokenStream
        case fingerprintBuckets, fingerprintLows, fingerprintTemplates, fingerprintPlaces
    }
    package static let magic = Array("SWDTEXTS".utf8)
    package static let version: UInt32 = 2
    package static let headerSize = 8 + Field.allCases.count * 4
    /// Numbers a template takes in its table.
    package static let templateFields = 10
    /// In a variant of an alternative: a gap follows, its least and most words in one number.
    package static let gap: UInt16 = 0xFFFF
    package static let wordBucketBits: UInt32 = 14

    package static let shared = unsafe TextIndex(sward_license_texts())

    private let base: UnsafeRawPointer
    private let size: Int
    package let isEmpty: Bool
    package let wordCount: Int
    package let templateCount: Int
    private let wordHashes: Int
    private let wordBuckets: Int
    private let wordWeights: Int
    private let tokens: Int
    private let lows: Int
    private let templates: Int
    private let places: Int
    private let buckets: Int

    package init(_ table: sward_license_table) {
        unsafe base = UnsafeRawPointer(table.bytes)
        let count = unsafe table.count
        size = count
        func field(_ field: Field) -> Int {
            unsafe Int(
                UnsafeRawPointer(table.bytes).loadUnaligned(
                    fromByteOffset: 8 + field.rawValue * 4, as: UInt32.self))
        }
        guard count >= Self.headerSize, field(.version) == Int(Self.version), field(.size) == count else {
            isEmpty = true
            wordCount = 0
            templateCount = 0
            wordHashes = 0
            wordBuckets = 0
            wordWeights = 0
            tokens = 0
            lows = 0
            templates = 0
            places = 0
            buckets = 0
            return
        }
        isEmpty = false
        wordCount = field(.words)
        templateCount = field(.templates)
        wordHashes = field(.wordHashes)
        wordBuckets = field(.wordBuckets)
        wordWeights = field(.wordWeights)
        tokens = field(.tokenStream)
        lows = field(.fingerprintLows)
        templates = field(.fingerprintTemplates)
        places = field(.fingerprintPlaces)
        buckets = field(.fingerprintBuckets)
    }

    @inline(__always) private func u32(_ offset: Int) -> UInt32 {
        guard offset >= 0, offset &+ 4 <= size else { return 0 }
        return unsafe base.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
    }

    @inline(__always) private func u16(_ offset: Int) -> UInt16 {
        guard offset >= 0, offset &+ 2 <= size else { return 0 }
        return unsafe base.loadUnaligned(fromByteOffset: offset, as: UInt16.self)
    }

    private func offset(_ field: Field) -> Int { Int(u32(8 + field.rawValue * 4)) }

    private func string(_ start: Int, _ count: Int) -> String {
        guard start >= 0, count >= 0, start + count <= size else { return "" }
        return unsafe String(
            decoding: UnsafeRawBufferPointer(start: base + start, count: count), as: UTF8.self)
    }

    // MARK: - Words

    /// The number of the word with `hash`; 0 where the index has none.
    @inline(__always) package func word(_ hash: UInt32) -> UInt16 {
        if isEmpty { return 0 }
        let bucket = Int(hash >> (32 - Self.wordBucketBits))
        var at = Int(u16(wordBuckets &+ bucket &* 2))
        let stop = Int(u16(wordBuckets &+ bucket &* 2 &+ 2))
        while at < stop {
            if u32(wordHashes &+ at &* 4) == hash { return UInt16(truncatingIfNeeded: at &+ 1) }
            at &+= 1
        }
        return 0
    }

    /// What the word counts when it differs: 1 for what every license says, 3 for what few do.
    @inline(__always) func weight(ofWord word: UInt16) -> Int {
        let at = wordWeights &+ Int(word) &- 1
        guard word > 0, Int(word) <= wordCount, at < size else { return 1 }
        return unsafe Int(base.load(fromByteOffset: at, as: UInt8.self))
    }

    package func hash(ofWord word: UInt16) -> UInt32 {
        word == 0 || Int(word) > wordCount ? 0 : u32(wordHashes + (Int(word) - 1) * 4)
    }

    package func text(ofWord word: UInt16) -> String {
        guard word > 0, Int(word) <= wordCount else { return "" }
        let table = offset(.wordTexts) + (Int(word) - 1) * 4
        let start = Int(u32(table))
        return string(offset(.strings) + start, Int(u32(table + 4)) - start)
    }

    // MARK: - Templates

    package func template(_ number: Int) -> Template {
        let at = offset(.templateTable) + number * Self.templateFields * 4
        func field(_ index: Int) -> Int { Int(u32(at + index * 4)) }
        let flags = field(4)
        return Template(
            number: number, tokenStart: field(0), count: field(1), spanStart: field(2), spanCount: field(3),
            isHeader: flags & 1 != 0, isException: flags & 2 != 0, rank: field(5), requiredCount: field(6),
            fingerprintCount: field(7), identifierStart: field(8), identifierEnd: field(9))
    }

    /// The expression that a finding of the template gets.
    package func expression(_ template: Template) -> String {
        string(
            offset(.strings) + template.identifierStart, template.identifierEnd - template.identifierStart)
    }

    @inline(__always) func token(_ template: Template, _ place: Int) -> UInt16 {
        u16(tokens &+ (template.tokenStart &+ place) &* 2)
    }

    package func tokens(_ template: Template) -> [UInt16] {
        let start = tokens &+ template.tokenStart &* 2
        guard start >= 0, start &+ template.count &* 2 <= size else { return [] }
        return unsafe [UInt16](unsafeUninitializedCapacity: template.count) { buffer, count in
            for place in 0..<template.count {
                unsafe buffer.initializeElement(at: place, to: u16(start &+ place &* 2))
            }
            count = template.count
        }
    }

    func span(_ template: Template, _ index: Int) -> TemplateSpan {
        let at = offset(.spanTable) + (template.spanStart + index) * 8
        let kind = u16(at + 4)
        return TemplateSpan(
            start: Int(u16(at)), end: Int(u16(at + 2)),
            kind: TemplateSpan.Kind(rawValue: UInt8(kind & 0xFF)) ?? .optional,
            alternative: Int(u16(at + 6)))
    }

    /// The variants of an alternative, one after the other: length, then so many numbers of words and gaps.
    func variants(_ alternative: Int) -> [[UInt16]] {
        let table = offset(.alternativeOffsets) + alternative * 4
        var at = offset(.alternativeStream) + Int(u32(table)) * 2
        let end = offset(.alternativeStream) + Int(u32(table + 4)) * 2
        var result: [[UInt16]] = []
        while at < end {
            let count = Int(u16(at))
            at += 2
            result.append((0..<count).map { u16(at + $0 * 2) })
            at += count * 2
        }
        return result
    }

    // MARK: - Fingerprints

    /// Where the templates are that have the run with `number`.
    @inline(__always) func postings(_ number: UInt32) -> Range<Int> {
        if isEmpty { return 0..<0 }
        let bucket = Int(number >> 16)
        let low = UInt16(truncatingIfNeeded: number)
        var start = Int(u32(buckets &+ bucket &* 4))
        let stop = Int(u32(buckets &+ bucket &* 4 &+ 4))
        while start < stop, u16(lows &+ start &* 2) < low { start &+= 1 }
        var end = start
        while end < stop, u16(lows &+ end &* 2) == low { end &+= 1 }
        return start..<end
    }

    @inline(__always) func template(atPosting posting: Int) -> Int { Int(u16(templates &+ posting &* 2)) }
    @inline(__always) func place(atPosting posting: Int) -> Int { Int(u16(places &+ posting &* 2)) }
}

/// One license text, exception or standard header in the index.
package struct Template: Hashable, Sendable {
    package let number: Int
    let tokenStart: Int
    /// Words in all, optional ones included.
    package let count: Int
    let spanStart: Int
    let spanCount: Int
    package let isHeader: Bool
    package let isException: Bool
    /// Of two that fit equally well the one with the lower rank is the more usual.
    let rank: Int
    /// Words that are neither optional nor replaceable.
    package let requiredCount: Int
    /// Of the required words.
    let fingerprintCount: Int
    fileprivate let identifierStart: Int
    fileprivate let identifierEnd: Int
}

/// A stretch of a template's words that has a meaning in matching.
struct TemplateSpan: Hashable, Sendable {
    enum Kind: UInt8 {
        case optional, alternative, title, copyright, bullet
    }
    var start: Int
    var end: Int
    var kind: Kind
    var alternative: Int
}
