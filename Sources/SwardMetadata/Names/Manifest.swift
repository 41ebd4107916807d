// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection
internal import SwardJSON
internal import SwardSPDX

/// Collects what one manifest says, for the readers of single formats.
struct Manifest {
    let format: String
    let bytes: [UInt8]
    let registry: Registry
    var facts = PackageFacts()
    private(set) var result: FileMetadata
    private var found: Set<LicenseExpression> = []
    /// Names that may still be asked for; a file with more says the same again, or wastes time.
    private var lookUps = 500
    /// What was asked for before: most files name the same few licenses.
    private var meanings: [String: Terms?] = [:]
    private let lines: LineTable
    private let limits: MetadataLimits

    init(_ format: String, _ file: MetadataFile, _ registry: Registry = .plain) {
        self.init(format, bytes: file.bytes, limits: file.limits, registry)
    }

    init(_ format: String, bytes: [UInt8], limits: MetadataLimits, _ registry: Registry = .plain) {
        self.format = format
        self.bytes = bytes
        self.limits = limits
        self.registry = registry
        result = FileMetadata(format: format)
        lines = LineTable(bytes)
    }

    /// Adds a finding for terms read elsewhere.
    mutating func declare(_ field: String, _ terms: Terms, _ range: Range<Int>, words: String) {
        guard result.findings.count < limits.findings else { return }
        let range = range.clamped(to: 0..<bytes.count)
        found.insert(terms.expression)
        result.findings.append(
            LicenseFinding(
                kind: .metadata, expression: terms.expression, score: terms.score, bytes: range,
                lines: lines.lines(of: range), rule: "\(format):\(field)"))
        result.settled.append(range)
        if terms.isProprietary { add(.proprietary, words, range) }
        addWords(words)
    }

    /// Reads one field that holds one license or expression.
    mutating func license(_ field: String, _ words: Words?) {
        guard let words else { return }
        licenses(field, [words], .together)
    }

    /// Reads a field, or several, that hold one license each.
    mutating func licenses(_ field: String, _ parts: [Words], _ joining: Joining) {
        var terms: [Terms] = []
        var range: Range<Int>?
        let registry = registry
        for part in parts.prefix(64) {
            guard let meaning = meaning(of: part.text, "", { Terms.read($0, registry) }) else { break }
            guard let found = meaning else {
                point(part.text)
                if !part.text.trimmed.isEmpty {
                    addWords(part.text)
                    result.settled.append(part.bytes)
                }
                continue
            }
            terms.append(found)
            if found.score == Terms.unknown, part.text.utf8.count <= 512, part.text.contains("://") {
                add(.termsByLinkOnly, part.text, part.bytes)
            }
            range =
                range.map {
                    min($0.lowerBound, part.bytes.lowerBound)..<max($0.upperBound, part.bytes.upperBound)
                } ?? part.bytes
            if found.score == Terms.unknown, part.text.utf8.count > 200 {
                result.texts.append(EmbeddedText(field: field, text: part.text, bytes: part.bytes))
            }
        }
        guard let all = Terms.all(terms, joining), let range else { return }
        let written = parts.map { $0.text.prefix(512).trimmed }.joined(separator: ", ")
        declare(field, all, range, words: written)
    }

    /// What `read` makes of `text`, found out once.
    ///
    /// - Parameter purpose: Tells apart what reads the same text in different ways.
    /// - Returns: `nil` where no more may be looked up.
    mutating func meaning(of text: String, _ purpose: String, _ read: (String) -> Terms?) -> Terms?? {
        let key = text.utf8.count <= 256 ? purpose + text : ""
        if !key.isEmpty, let known = meanings[key] { return .some(known) }
        guard mayLookUp() else { return nil }
        let found = read(text)
        if !key.isEmpty { meanings[key] = .some(found) }
        return .some(found)
    }

    /// Counts a look-up of terms, and tells whether it may be made.
    private mutating func mayLookUp() -> Bool {
        lookUps -= 1
        if lookUps < 0 { result.isMalformed = true }
        return lookUps >= 0
    }

    /// Notes the file that `words` point to, such as `SEE LICENSE IN COPYING`.
    mutating func point(_ words: String) {
        if let file = Terms.pointer(words) { licenseFile(file) }
    }

    mutating func licenseFile(_ path: String?) {
        guard let path = path?.trimmed, !path.isEmpty, path.utf8.count <= 1_024,
            facts.licenseFiles.count < 64, !facts.licenseFiles.contains(path)
        else { return }
        facts.licenseFiles.append(path)
    }

    /// Notes where a recipe has its sources from: an address, or a macro that stands for one.
    mutating func source(_ place: String) {
        let macros = [
            "%{url", "%url", "$url", "${url", "%{forgesource", "%{gosource", "%{crates_source",
            "%{pypi_source",
        ]
        if place.contains("://") || macros.contains(where: place.contains) { facts.describesFetched = true }
    }

    mutating func author(_ name: String?) {
        guard let name = name?.folded, !name.isEmpty, facts.authors.count < 256 else { return }
        if !facts.authors.contains(name) { facts.authors.append(name) }
    }

    mutating func copyright(_ words: Words?) {
        guard let words, result.copyrights.count < limits.findings else { return }
        let text = String(words.text.folded.prefix(512))
        guard !text.isEmpty else { return }
        let notice = Self.notice(text)
        result.copyrights.append(
            CopyrightNotice(
                text: text, years: notice.years, holder: notice.holder, bytes: words.bytes,
                lines: lines.lines(of: words.bytes)))
    }

    mutating func add(_ mark: EnclosureMark, _ words: String, _ range: Range<Int>) {
        guard result.evidence.count < limits.findings else { return }
        result.evidence.append(
            EnclosureEvidence(
                mark: mark, bytes: range, lines: lines.lines(of: range),
                quote: String(decoding: Array(words.utf8.prefix(512)), as: UTF8.self)))
    }

    mutating func text(_ field: String, _ words: Words) {
        guard result.texts.count < 256, !words.text.isEmpty else { return }
        result.texts.append(EmbeddedText(field: field, text: words.text, bytes: words.bytes))
    }

    mutating func settle(_ range: Range<Int>) { result.settled.append(range) }
    mutating func settleAll() { if !result.findings.isEmpty { result.settled = [0..<bytes.count] } }
    mutating func markMalformed() { result.isMalformed = true }
    mutating func title(_ title: String?) {
        if let title = title?.folded, !title.isEmpty { result.title = String(title.prefix(512)) }
    }
    mutating func creator(_ name: String?) {
        guard let name = name?.folded, !name.isEmpty, result.creators.count < 256 else { return }
        if !result.creators.contains(name) { result.creators.append(String(name.prefix(512))) }
    }
    mutating func attribution(_ address: String?) {
        if let address = address?.trimmed, !address.isEmpty {
            result.attributionURL = String(address.prefix(2_048))
        }
    }
    mutating func declare(_ declaration: PathDeclaration) {
        if result.declarations.count < limits.findings * 10 { result.declarations.append(declaration) }
    }

    /// Takes over what was read from a part of the file that begins at `offset`.
    mutating func take(_ part: FileMetadata, shiftedBy offset: Int) {
        func moved(_ range: Range<Int>) -> Range<Int> {
            (range.lowerBound + offset)..<(range.upperBound + offset)
        }
        for finding in part.findings where !hasFound(finding.expression) {
            let field = finding.rule.split(separator: ":").dropFirst().joined(separator: ":")
            let range = moved(finding.bytes)
            declare(
                field, Terms(expression: finding.expression, score: finding.score), range,
                words: bytes.text(range))
        }
        for notice in part.copyrights { copyright(Words(notice.text, bytes: moved(notice.bytes))) }
        for range in part.settled { settle(moved(range)) }
        for text in part.texts { self.text(text.field, Words(text.text, bytes: moved(text.bytes))) }
        for declaration in part.declarations {
            var copy = declaration
            copy.bytes = moved(declaration.bytes)
            copy.lines = lines(of: copy.bytes)
            declare(copy)
        }
        for creator in part.creators { self.creator(creator) }
        if result.attributionURL == nil { attribution(part.attributionURL) }
    }

    func line(of offset: Int) -> Int { lines.line(of: offset) }
    func lines(of range: Range<Int>) -> ClosedRange<Int> { lines.lines(of: range) }
    var hasFindings: Bool { !result.findings.isEmpty }
    var hasTitle: Bool { result.title != nil }
    var hasCreators: Bool { !result.creators.isEmpty }
    func hasFound(_ expression: LicenseExpression) -> Bool { found.contains(expression) }

    /// For a package: what was found, with the facts. `declares` is all findings at once.
    mutating func package(purl type: String? = nil, namespace: String? = nil) -> FileMetadata {
        if !result.findings.isEmpty {
            facts.declares = LicenseExpression.all(result.findings.map(\.expression))
        }
        if let type, let name = facts.name, !name.isEmpty {
            facts.purl = PackageURL.text(type: type, namespace: namespace, name: name, version: facts.version)
        }
        result.packageFacts = facts
        return result
    }

    /// For what is no package.
    func document() -> FileMetadata { result }

    private mutating func addWords(_ words: String) {
        let words = String(words.folded.prefix(1_024))
        facts.words = facts.words.map { $0 + ", " + words } ?? words
    }

    /// Years and holder of a notice such as `Copyright (c) 2019-2021 A. Person`.
    static func notice(_ text: String) -> (years: String?, holder: String) {
        var rest = Substring(text)
        var isMoving = true
        while isMoving {
            isMoving = false
            for lead in ["copyright", "copr.", "(c)", "©", "&copy;", ":"]
            where rest.prefix(lead.count).lowercased() == lead {
                rest = rest.dropFirst(lead.count).drop { $0.isWhitespace }
                isMoving = true
            }
        }
        let years = rest.prefix { $0.isASCII && ($0.isNumber || "-, ".contains($0)) || $0 == "–" }
        if years.contains(where: \.isNumber), years.filter(\.isNumber).count >= 4 {
            rest = rest.dropFirst(years.count)
            let holder = rest.trimmingEnds(of: " ,;")
            return (years.trimmingEnds(of: " ,;"), holder.dropping(prefix: "by ") ?? holder)
        }
        return (nil, rest.trimmingEnds(of: " ,;"))
    }
}

/// Package URLs. Source: ECMA-427.
enum PackageURL {
    static func text(type: String, namespace: String?, name: String, version: String?) -> String {
        var result = "pkg:\(type)/"
        if let namespace, !namespace.isEmpty {
            result += namespace.split(separator: "/").map { escaped(String($0)) }.joined(separator: "/") + "/"
        }
        result += escaped(String(name.prefix(512)))
        if let version, !version.isEmpty { result += "@" + escaped(String(version.prefix(256))) }
        return result
    }

    private static func escaped(_ text: String) -> String {
        var result: [UInt8] = []
        for byte in text.utf8 {
            if byte.isLetter || byte.isDigit || "-._~:".utf8.contains(byte) {
                result.append(byte)
            } else {
                let hex = String(byte, radix: 16, uppercase: true)
                result.append(contentsOf: ("%" + (byte < 16 ? "0" : "") + hex).utf8)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
