// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardSPDX

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

/// Names by the hash of their words. Made once from ``NameData`` and the license list; about a millisecond.
struct NameTable: Sendable {
    static let shared = NameTable()

    private(set) var meanings: [NameMeaning] = []
    private(set) var families: [LicenseFamily] = []
    private var trie = PhraseTrie(capacity: 1 << 15)

    struct Match: Sendable {
        var meaning: NameMeaning
        /// Just past the name.
        var end: Int
        var saidLicense: Bool
    }

    func hasName(beginningWith hash: UInt32) -> Bool { trie.step(PhraseTrie.root, hash) != nil }

    /// The longest name that begins at `start`. Words like "the", "license" and "version" inside do not count.
    func match(_ text: Lexemes, at start: Int, before limit: Int) -> Match? {
        guard var state = trie.step(PhraseTrie.root, text[start].hash) else { return nil }
        var best: (Int32, Int)?
        if state.value >= 0 { best = (state.value, start + 1) }
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
            if let next = trie.step(state.node, lexeme.hash) {
                // "the MIT license. Apache is" has a stop between.
                if lexeme.gap.contains(.stop), !lexeme.gap.contains(.other), lexeme.word != .number { break }
                state = next
                let isColumn = newlines == index - start
                if state.value >= 0, !isColumn { best = (state.value, index + 1) }
                skipped = 0
            } else if Self.isSilent(lexeme.word), skipped < 3 {
                skipped += 1
            } else {
                break
            }
            index += 1
        }
        guard let best else { return nil }
        var said = false
        for index in start..<best.1 where text.word(index) == .license { said = true }
        return Match(meaning: meanings[Int(best.0)], end: best.1, saidLicense: said)
    }

    static func isSilent(_ word: Word) -> Bool {
        switch word {
        case .license, .the, .version, .v, .a, .an: true
        default: false
        }
    }

    private init() {
        for line in NameData.families.split(separator: "\n") { addFamily(line) }
        addListed()
        for line in NameData.names.split(separator: "\n") { addNames(line) }
    }

    private static let gnuStems = ["GPL-1", "GPL-2", "GPL-3", "LGPL-", "AGPL-", "GFDL-"]

    private mutating func add(_ name: some StringProtocol, _ meaning: Int32) {
        let words = Lexemes(name)
        var node = PhraseTrie.root
        var last: UInt32?
        for lexeme in words.all.dropLast() where !Self.isSilent(lexeme.word) {
            if let hash = last { node = trie.add(node, hash) }
            last = lexeme.hash
        }
        if let last { trie.set(node, last, meaning) }
    }

    /// `STEM kind weak? default version=id …: name; name`
    private mutating func addFamily(_ line: Substring) {
        guard let colon = line.firstIndex(of: ":") else { return }
        let head = line[..<colon].split(separator: " ")
        var members: [(String, String)] = []
        for field in head.dropFirst(3) {
            let parts = field.split(separator: "=")
            members.append((String(parts[0]), parts.count > 1 ? String(parts[1]) : "\(head[0])-\(parts[0])"))
        }
        meanings.append(.family(families.count))
        families.append(
            LicenseFamily(
                isGNU: head[1].contains("g"), stem: String(head[0]), members: members,
                unversioned: String(head[2]), isWeak: head[1].contains("w")))
        for name in line[line.index(after: colon)...].split(separator: ";") {
            add(name, Int32(meanings.count - 1))
        }
    }

    /// `EXPRESSION: name; ~weak name`, with `!` before an exception.
    private mutating func addNames(_ line: Substring) {
        guard let colon = line.firstIndex(of: ":") else { return }
        let head = line[..<colon]
        let isException = head.hasPrefix("!")
        let text = String(isException ? head.dropFirst() : head)
        var strong: Int32 = -1
        var weak: Int32 = -1
        for name in line[line.index(after: colon)...].split(separator: ";") {
            let name = name.drop { $0 == " " }
            if name.hasPrefix("~") {
                if weak < 0 {
                    weak = Int32(meanings.count)
                    meanings.append(.expression(text, isWeak: true))
                }
                add(name.dropFirst(), weak)
            } else {
                if strong < 0 {
                    strong = Int32(meanings.count)
                    meanings.append(isException ? .exception(text) : .expression(text, isWeak: false))
                }
                add(name, strong)
            }
        }
    }

    /// Identifiers and full names of the list.
    private mutating func addListed() {
        for row in LicenseList.all {
            // The grammar of families reads these, with every way to say "or later".
            if Self.gnuStems.contains(where: { row.identifier.hasPrefix($0) }),
                !row.identifier.contains("exception")
            {
                continue
            }
            let meaning = Int32(meanings.count)
            if row.kind == .exception {
                meanings.append(.exception(row.identifier))
                add(row.identifier, meaning)
                add(row.name, meaning)
                continue
            }
            let identifier = row.isDeprecated ? row.replacement ?? row.identifier : row.identifier
            let isSingle = !row.identifier.contains { !$0.isLetter }
            meanings.append(.expression(identifier, isWeak: isSingle))
            add(row.identifier, meaning)
            guard !row.isDeprecated else { continue }
            let words = row.name.split(separator: " ").count {
                !["license", "licence", "the"].contains($0.lowercased())
            }
            if words > 1 || isSingle {
                add(row.name, meaning)
            } else {
                meanings.append(.expression(identifier, isWeak: true))
                add(row.name, meaning + 1)
            }
        }
    }
}

/// Sequences of words by a hash of all of them: open addressing, no nodes.
struct PhraseTrie: Sendable {
    static let root: UInt64 = 0xCBF2_9CE4_8422_2325

    private var keys: [UInt64]
    /// -1 where a phrase goes on but none ends.
    private var values: [Int32]
    private let mask: Int

    init(capacity: Int) {
        keys = Array(repeating: 0, count: capacity)
        values = Array(repeating: -1, count: capacity)
        mask = capacity - 1
    }

    @inline(__always) private static func mix(_ node: UInt64, _ word: UInt32) -> UInt64 {
        var key = (node ^ UInt64(word)) &* 0x9E37_79B9_7F4A_7C15
        key ^= key >> 29
        return key | 1
    }

    private func slot(_ key: UInt64) -> Int {
        var slot = Int(truncatingIfNeeded: key >> 20) & mask
        while keys[slot] != 0, keys[slot] != key { slot = (slot + 1) & mask }
        return slot
    }

    /// The node behind `node` by `word`, and the value of the phrase that ends there.
    @inline(__always) func step(_ node: UInt64, _ word: UInt32) -> (node: UInt64, value: Int32)? {
        let key = Self.mix(node, word)
        let slot = slot(key)
        return keys[slot] == key ? (key, values[slot]) : nil
    }

    mutating func add(_ node: UInt64, _ word: UInt32) -> UInt64 {
        let key = Self.mix(node, word)
        keys[slot(key)] = key
        return key
    }

    mutating func set(_ node: UInt64, _ word: UInt32, _ value: Int32) {
        let key = Self.mix(node, word)
        let slot = slot(key)
        keys[slot] = key
        values[slot] = value
    }
}
