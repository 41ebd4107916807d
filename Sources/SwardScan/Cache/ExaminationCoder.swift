// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection
internal import SwardMetadata
internal import SwardPolicy
internal import SwardSPDX

/// Examinations as bytes, for the cache. What does not read as it was written is no examination: it is made anew.
enum ExaminationCoder {
    /// Goes up with every change of the form.
    static let version = 6

    static func encode(_ value: Examination) -> [UInt8] {
        var out = ByteWriter()
        out.put(value)
        return out.bytes
    }

    /// - Returns: `nil` for what ``encode(_:)`` did not make.
    static func decode(_ bytes: [UInt8]) -> Examination? {
        var input = ByteReader(bytes)
        let value = input.examination(mayHaveMembers: true)
        return input.isSound && input.isAtEnd ? value : nil
    }
}

private struct ByteWriter {
    var bytes: [UInt8] = []

    mutating func put(_ value: Int) {
        // Zigzag, then seven bits a byte.
        var rest = UInt64(bitPattern: Int64(value) << 1 ^ Int64(value) >> 63)
        while rest > 0x7F {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    mutating func put(_ text: String) {
        put(text.utf8.count)
        bytes.append(contentsOf: text.utf8)
    }

    mutating func put(_ text: String?) {
        bytes.append(text == nil ? 0 : 1)
        if let text { put(text) }
    }

    mutating func put(_ flag: Bool) { bytes.append(flag ? 1 : 0) }

    mutating func put(_ range: Range<Int>) {
        put(range.lowerBound)
        put(range.count)
    }

    mutating func put(_ lines: ClosedRange<Int>) {
        put(lines.lowerBound)
        put(lines.count)
    }

    mutating func put(_ expression: LicenseExpression?) { put(expression?.description) }

    mutating func put<T>(_ list: [T], _ each: (inout Self, T) -> Void) {
        put(list.count)
        for item in list { each(&self, item) }
    }

    mutating func put(_ value: Examination) {
        put(Int(value.length))
        put(value.content.rawValue)
        put(value.role.rawValue)
        put(value.findings) { out, finding in
            out.put(finding.kind.rawValue)
            out.put(finding.expression as LicenseExpression?)
            out.put(finding.score)
            out.put(finding.bytes)
            out.put(finding.lines)
            out.put(finding.rule)
            out.put(finding.differences) { out, difference in
                out.put(difference.bytes)
                out.put(difference.missing)
                out.put(difference.added)
            }
        }
        put(value.copyrights) { out, notice in
            out.put(notice.text)
            out.put(notice.years)
            out.put(notice.holder)
            out.put(notice.bytes)
            out.put(notice.lines)
        }
        put(value.residue) { out, residue in
            out.put(residue.bytes)
            out.put(residue.lines)
            out.put(residue.words)
            out.put(residue.licenseWordCount)
        }
        put(value.evidence) { out, fact in
            out.put(fact.mark.rawValue)
            out.put(fact.bytes != nil)
            if let bytes = fact.bytes { out.put(bytes) }
            out.put(fact.lines != nil)
            if let lines = fact.lines { out.put(lines) }
            out.put(fact.quote)
        }
        put(value.expression)
        put(value.packages) { out, facts in
            for text in [facts.name, facts.version, facts.homepage, facts.purl, facts.words] { out.put(text) }
            out.put(facts.authors) { $0.put($1) }
            out.put(facts.licenseFiles) { $0.put($1) }
            out.put(facts.declares)
            out.put(facts.inheritsTerms)
            out.put(facts.appliesToWholeFolder)
            out.put(facts.describesFetched)
        }
        put(value.declarations) { out, stated in
            out.put(Array(stated.patterns)) { $0.put($1) }
            out.put(stated.levelsUp)
            out.put(stated.expression)
            out.put(stated.words)
            out.put(stated.copyrights) { $0.put($1) }
            out.put(stated.bytes)
            out.put(stated.lines)
        }
        put(value.pointers) { out, pointer in
            out.put(pointer.name)
            out.put(pointer.bytes)
            out.put(pointer.line)
        }
        put(value.text)
        put(value.body != nil)
        if let body = value.body {
            put(Int(body.lineCount))
            for place in 0..<body.hashes.scalarCount { put(Int(body.hashes[place])) }
        }
        put(value.isArchive)
        put(value.gaps) { $0.put($1) }
        put(value.members) { out, member in
            out.put(member.path)
            out.put(member.examination)
        }
    }

    mutating func put(_ gap: Examination.Gap) {
        switch gap {
        case .unreadable(let code): put(0); put(Int(code))
        case .changed: put(1)
        case .cutShort: put(2)
        case .encryptedArchive: put(3)
        case .damagedArchive(let words): put(4); put(words)
        case .tooManyMembers(let limit): put(5); put(limit)
        case .tooManyBytes(let limit): put(6); put(Int(limit))
        case .tooDense(let limit): put(7); put(Int(limit))
        case .tooDeep(let limit): put(8); put(limit)
        case .oddName(let name): put(9); put(name)
        case .readInPart: put(10)
        }
    }
}

private struct ByteReader {
    private let bytes: [UInt8]
    private var place = 0
    private(set) var isSound = true
    private var expressions: [String: LicenseExpression] = [:]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { place == bytes.count }

    private mutating func fail() {
        isSound = false
        place = bytes.count
    }

    mutating func byte() -> UInt8 {
        guard place < bytes.count else {
            fail()
            return 0
        }
        place += 1
        return bytes[place - 1]
    }

    mutating func int() -> Int {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let next = byte()
            guard shift < 64 else {
                fail()
                return 0
            }
            value |= UInt64(next & 0x7F) << shift
            if next < 0x80 { break }
            shift += 7
        }
        return Int(Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1))
    }

    mutating func flag() -> Bool { byte() == 1 }

    mutating func string() -> String {
        let count = int()
        guard count >= 0, count <= bytes.count - place else {
            fail()
            return ""
        }
        place += count
        return String(decoding: bytes[(place - count)..<place], as: UTF8.self)
    }

    mutating func optionalString() -> String? { flag() ? string() : nil }

    mutating func range() -> Range<Int> {
        let start = int()
        let count = int()
        let (end, isOver) = start.addingReportingOverflow(count)
        guard count >= 0, !isOver else {
            fail()
            return 0..<0
        }
        return start..<end
    }

    mutating func lines() -> ClosedRange<Int> {
        let range = range()
        guard !range.isEmpty else {
            fail()
            return 1...1
        }
        return range.lowerBound...(range.upperBound - 1)
    }

    mutating func expression() -> LicenseExpression? {
        guard let text = optionalString() else { return nil }
        if let known = expressions[text] { return known }
        guard let parsed = try? LicenseExpression.parse(text) else {
            fail()
            return nil
        }
        expressions[text] = parsed
        return parsed
    }

    mutating func raw<T: RawRepresentable<String>>(_ type: T.Type, _ otherwise: T) -> T {
        guard let value = T(rawValue: string()) else {
            fail()
            return otherwise
        }
        return value
    }

    mutating func list<T>(_ each: (inout Self) -> T?) -> [T] {
        let count = int()
        // Every element takes at least one byte.
        guard count >= 0, count <= bytes.count - place else {
            if count != 0 { fail() }
            return []
        }
        var list: [T] = []
        for _ in 0..<count {
            guard isSound, let item = each(&self) else {
                fail()
                return []
            }
            list.append(item)
        }
        return list
    }

    mutating func examination(mayHaveMembers: Bool) -> Examination {
        var value = Examination()
        value.length = Int64(int())
        value.content = raw(ScannedFile.Content.self, .other)
        value.role = raw(FileRole.self, .other)
        value.findings = list { input in
            let kind = input.raw(LicenseFinding.Kind.self, .reference)
            guard let expression = input.expression() else { return nil }
            var finding = LicenseFinding(
                kind: kind, expression: expression, score: input.int(), bytes: input.range(),
                lines: input.lines(), rule: input.string())
            finding.differences = input.list { input in
                WordDifference(bytes: input.range(), missing: input.string(), added: input.string())
            }
            return finding
        }
        value.copyrights = list { input in
            let (text, years, holder) = (input.string(), input.optionalString(), input.string())
            return CopyrightNotice(
                text: text, years: years, holder: holder, bytes: input.range(), lines: input.lines())
        }
        value.residue = list { input in
            Residue(
                bytes: input.range(), lines: input.lines(), words: input.string(),
                licenseWordCount: input.int())
        }
        value.evidence = list { input in
            let mark = input.raw(EnclosureMark.self, .proprietary)
            let bytes = input.flag() ? input.range() : nil
            let lines = input.flag() ? input.lines() : nil
            return EnclosureEvidence(mark: mark, bytes: bytes, lines: lines, quote: input.string())
        }
        value.expression = expression()
        value.packages = list { input in
            var facts = PackageFacts()
            facts.name = input.optionalString()
            facts.version = input.optionalString()
            facts.homepage = input.optionalString()
            facts.purl = input.optionalString()
            facts.words = input.optionalString()
            facts.authors = input.list { $0.string() }
            facts.licenseFiles = input.list { $0.string() }
            facts.declares = input.expression()
            facts.inheritsTerms = input.flag()
            facts.appliesToWholeFolder = input.flag()
            facts.describesFetched = input.flag()
            return facts
        }
        value.declarations = list { input in
            let patterns = PathPatterns(input.list { $0.string() })
            let levels = input.int()
            let expression = input.expression()
            let words = input.string()
            let copyrights = input.list { $0.string() }
            return PathDeclaration(
                patterns: patterns, levelsUp: levels, expression: expression, words: words,
                copyrights: copyrights, bytes: input.range(), lines: input.lines())
        }
        value.pointers = list { input in
            LicensePointer(name: input.string(), bytes: input.range(), line: input.int())
        }
        value.text = optionalString()
        if flag() {
            let count = Int32(truncatingIfNeeded: int())
            var hashes = SIMD8<UInt32>()
            for place in 0..<hashes.scalarCount { hashes[place] = UInt32(truncatingIfNeeded: int()) }
            value.body = BodySketch(hashes: hashes, lineCount: count)
        }
        value.isArchive = flag()
        value.gaps = list { $0.gap() }
        value.members = list { input in
            let path = input.string()
            // Members of members stand in the same list.
            guard mayHaveMembers else { return nil }
            return Examination.Member(path: path, examination: input.examination(mayHaveMembers: false))
        }
        return value
    }

    mutating func gap() -> Examination.Gap? {
        switch int() {
        case 0: return .unreadable(Int32(truncatingIfNeeded: int()))
        case 1: return .changed
        case 2: return .cutShort
        case 3: return .encryptedArchive
        case 4: return .damagedArchive(string())
        case 5: return .tooManyMembers(limit: int())
        case 6: return .tooManyBytes(limit: Int64(int()))
        case 7: return .tooDense(limit: Int64(int()))
        case 8: return .tooDeep(limit: int())
        case 9: return .oddName(string())
        case 10: return .readInPart
        default: return nil
        }
    }
}
