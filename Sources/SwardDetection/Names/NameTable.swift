// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import CLicenseIndex

/// A family of licenses whose members differ by version.
struct LicenseFamily: Sendable {
    /// The GNU families say `-only` or `-or-later`; of others "or later" is a `+`.
    let isGNU: Bool
    /// The name without its version, as in `GPL`.
    let stem: String
    /// By version, in rising order.
    let members: [(version: String, identifier: String)]
    /// What the name means without a version.
    let unversioned: String
    /// Said without the word "license" it may be something else.
    let isWeak: Bool
}

/// What a name means.
enum NameMeaning: Sendable {
    case family(Int)
    /// An expression, and whether the name alone, without the word "license", is too common a word.
    case expression(String, isWeak: Bool)
    case exception(String)
}

/// Names by the hash of their words, read where they lie in the program; nothing is parsed at start but some sixty families.
///
/// - Layout: little-endian; `SWDNAMES`, then 32-bit numbers as ``Field`` names them. A blob that is not of this version or
///   not as long as it says knows no names.
@safe package struct NameTable: @unchecked Sendable {
    // Sendable because the bytes are constants of the program image: never written, never freed.
    enum Field: Int, CaseIterable {
        case version, size, slots, meanings, families
        case keys, values, meaningTable, familyStream, strings
    }
    static let magic = Array("SWDNAMES".utf8)
    static let version: UInt32 = 1
    static let headerSize = 8 + Field.allCases.count * 4
    static let meaningSize = 8
    static let noMeaning: UInt16 = 0xFFFF

    static let shared = unsafe NameTable(sward_license_names())

    let families: [LicenseFamily]
    private let bytes: ByteView
    private let mask: Int
    private let keys: Int
    private let values: Int
    private let meanings: Int
    private let strings: Int

    struct Match: Sendable {
        var meaning: NameMeaning
        /// Just past the name.
        var end: Int
        var saidLicense: Bool
    }

    package init(_ table: sward_license_table) {
        unsafe self.init(ByteView(UnsafeRawBufferPointer(start: table.bytes, count: table.count)))
    }

    /// - Parameter bytes: They must live as long as this value.
    init(_ bytes: ByteView) {
        func field(_ field: Field) -> Int { bytes.number(at: 8 + field.rawValue * 4) }
        let isSound =
            bytes.count >= Self.headerSize && field(.version) == Int(Self.version)
            && field(.size) == bytes.count
        self.bytes = bytes
        mask = isSound ? field(.slots) - 1 : -1
        keys = field(.keys)
        values = field(.values)
        meanings = field(.meaningTable)
        strings = field(.strings)
        var at = field(.familyStream)
        func text() -> String {
            let length = Int(bytes[at])
            at += 1 + length
            return bytes.string(at - length..<at)
        }
        families = (0..<(isSound ? field(.families) : 0)).map { _ in
            let flags = bytes[at]
            let count = Int(bytes[at + 1])
            at += 2
            let stem = text()
            let unversioned = text()
            let members = (0..<count).map { _ in (version: text(), identifier: text()) }
            return LicenseFamily(
                isGNU: flags & 1 != 0, stem: stem, members: members, unversioned: unversioned,
                isWeak: flags & 2 != 0)
        }
    }

    func hasName(beginningWith hash: UInt32) -> Bool { step(PhraseKey.root, hash) != nil }

    /// What is reached from `node` by `word`, and the number of the meaning of the phrase that ends there.
    @inline(__always) private func step(_ node: PhraseKey, _ word: UInt32) -> (
        node: PhraseKey, value: UInt16
    )? {
        guard mask >= 0 else { return nil }
        let key = node.key(behind: word)
        var slot = key.slot & mask
        while case let found = UInt32(truncatingIfNeeded: bytes.number(at: keys &+ slot &* 4)), found != 0 {
            if found == key.print {
                return (key, UInt16(truncatingIfNeeded: bytes.half(at: values &+ slot &* 2)))
            }
            slot = (slot &+ 1) & mask
        }
        return nil
    }

    private func meaning(_ number: UInt16) -> NameMeaning {
        let at = meanings + Int(number) * Self.meaningSize
        let start = strings + bytes.number(at: at)
        let text = bytes.string(start..<start + bytes.half(at: at + 4))
        return switch bytes[at + 6] {
        case 0: .family(Int(bytes[at + 7]))
        case 1: .expression(text, isWeak: false)
        case 2: .expression(text, isWeak: true)
        default: .exception(text)
        }
    }

    /// The longest name that begins at `start`. Words like "the", "license" and "version" inside do not count.
    func match(_ text: Lexemes, at start: Int, before limit: Int) -> Match? {
        guard var state = step(PhraseKey.root, text[start].hash) else { return nil }
        var best: (value: UInt16, end: Int)?
        if state.value != Self.noMeaning { best = (state.value, start + 1) }
        var index = start + 1
        var skipped = 0
        var newlines = 0
        let stop = min(limit, start + 24)
        while index < stop {
            let lexeme = text[index]
            if lexeme.gap.contains(.blankLine) { break }
            // A list of words, one a line, is no name.
            if lexeme.gap.contains(.newline) {
                newlines += 1
                if newlines > 2 { break }
            }
            if let next = step(state.node, lexeme.hash) {
                // "the MIT license. Apache is" has a stop between.
                if lexeme.gap.contains(.stop), !lexeme.gap.contains(.other), lexeme.word != .number { break }
                state = next
                let isColumn = newlines == index - start && text.gap(start).contains(.newline)
                if state.value != Self.noMeaning, !isColumn { best = (state.value, index + 1) }
                skipped = 0
            } else if Self.isSilent(lexeme.word), skipped < 3,
                !lexeme.gap.contains(.stop) || lexeme.word != .the && lexeme.word != .a
            {
                skipped += 1
            } else {
                break
            }
            index += 1
        }
        guard let best else { return nil }
        var said = false
        for index in start..<best.end where text.word(index) == .license { said = true }
        return Match(meaning: meaning(best.value), end: best.end, saidLicense: said)
    }

    static func isSilent(_ word: Word) -> Bool {
        switch word {
        case .license, .the, .version, .v, .a, .an: true
        default: false
        }
    }
}

/// A sequence of words by a hash of all of them.
struct PhraseKey: Hashable, Sendable {
    static let root = PhraseKey(value: 0xCBF2_9CE4_8422_2325)

    private let value: UInt64

    @inline(__always) private init(value: UInt64) { self.value = value }

    @inline(__always) func key(behind word: UInt32) -> PhraseKey {
        var key = (value ^ UInt64(word)) &* 0x9E37_79B9_7F4A_7C15
        key ^= key >> 29
        return PhraseKey(value: key | 1)
    }

    @inline(__always) var slot: Int { Int(truncatingIfNeeded: value >> 20) }
    /// Never 0.
    @inline(__always) var print: UInt32 { UInt32(truncatingIfNeeded: value >> 32) | 1 }
}
