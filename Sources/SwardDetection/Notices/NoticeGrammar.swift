// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardSPDX

/// Finds what running text says of licenses: grants, fields, headings, addresses, marks, pointers to files.
///
/// One pass over the words; each looks ahead a bounded number of words, so the time is linear.
struct NoticeGrammar {
    let text: Lexemes
    let names: NameGrammar
    let role: FileRole
    /// A change log, news, or a list of what else is used.
    let isHistory: Bool
    /// Bytes that a notice has and a sentence about one has not.
    private static let leastNotice = 100
    var statements: [Statement] = []
    var marks = StatementMarks()
    var index = 0
    /// Whole texts of licenses, in order: what stands in one is the license, and says no more.
    var explained: [Range<Int>] = []
    /// A file of nothing but names costs no more than this.
    static let maximumStatements = 2000
    /// Tags that were looked at, own or not.
    var tagCount = 0
    lazy var isProgram = findProgram()
    lazy var outline = findOutline()

    init(_ text: Lexemes, role: FileRole, isHistory: Bool = false) {
        self.text = text
        self.role = role
        self.isHistory = isHistory
        names = NameGrammar(text: text)
    }

    var count: Int { text.count }
    var meter: WorkMeter { names.meter }
    /// Whether the file had more to read than there were means.
    var isCutShort: Bool { index < count }
    /// How much was spent, in units of ``WorkMeter/Cost``.
    var spent: Int { meter.spent }

    mutating func read() {
        var spans = explained[...]
        while index < count, statements.count < Self.maximumStatements, !meter.isSpent {
            if let span = spans.first, Int(text[index].start) >= span.lowerBound {
                spans.removeFirst()
                index = text.first(from: span.upperBound, atOrAfter: index)
                continue
            }
            let next = step()
            index = max(index + 1, next)
        }
        dropShown()
        statements.removeAll(where: isCompared)
        // What it says of licenses is news of other days and works, unless it says so of itself.
        if isHistory {
            statements.removeAll { !$0.isTag && !$0.saysThis && $0.bytes.count < Self.leastNotice }
        }
    }

    /// Reads what begins at `index` and returns where to go on.
    private mutating func step() -> Int {
        let word = text.word(index)
        switch word {
        case .end: return index + 1
        case .number:
            if text[index].length == 1, text.word(index + 1) == .license, isOffered(index) {
                marks.choices.append(Int(text[index].start))
            }
            return index + 1
        case .spdx:
            if let end = tag() { return end }
        case .address: return address()
        case .under:
            if let end = grant(after: index, isTerms: false) { return end }
        case .by:
            if Self.binding.contains(text.word(index - 1)) || isOneOf(index - 1, Self.bindingWords),
                let end = grant(after: index, isTerms: true)
            {
                return end
            }
        case .to, .with:
            if isOneOf(index - 1, word == .to ? Self.toWords : Self.withWords)
                || (word == .to && text.word(index - 1) == .subject),
                let end = grant(after: index, isTerms: true)
            {
                return end
            }
        case .terms, .conditions:
            if text.word(index + 1) == .of, text.word(index - 1) != .same,
                let end = grant(after: index + 1, isTerms: true)
            {
                return end
            }
        case .license, .licensed, .licensing, .dual, .dually, .triple, .multi:
            if let end = license() { return end }
        case .public:
            if let end = publicDomain() { return end }
        case .same:
            if let end = sameTerms() { return end }
        case .choice, .either, .one:
            if let end = choice() { return end }
        case .two, .three:
            // "available under 2 licenses -- choose whichever you prefer".
            if text.word(index + 1) == .license, isOffered(index) {
                marks.choices.append(Int(text[index].start))
            }
        case .copyright:
            if let end = copyrightField() ?? disclaimed() { return end }
        case .exception, .exceptions: exceptionName()
        case .permission, .provided: shape()
        case .see, .file, .files: pointer()
        case .copying:
            // "Copying-policy: GPL" of the Linux Software Map.
            if isOneOf(index + 1, Self.policy), text.gap(index + 2).contains(.colon),
                text.gap(index).contains(.newline)
            {
                var isChoice = false
                if let end = field(at: index + 2, from: index, isChoice: &isChoice) { return end }
            }
            pointer()
        case .alternatively: break
        case .module:
            if text.word(index + 1) == .license, text.gap(index + 1).contains(.underscore),
                let end = moduleLicense()
            {
                return end
            }
        case .other:
            // `pod` (Perl's …): a word of code, and what is said of it.
            let isCode = text.gap(index + 1).contains(.open) && text.gap(index).contains(.backtick)
            if !isCode,
                isOneOf(index, Self.foreignUnder)
                    || text[index].hash == Self.sub && isOneOf(index + 1, Self.romanian),
                let end = grant(after: index, isTerms: isOneOf(index, Self.foreignTerms))
            {
                return end
            }
            // "distribuído nos termos da GPL", "zu den Bedingungen der GPL".
            if isOneOf(index, Self.termWords), isOneOf(index + 1, Self.ofWords) {
                let known = statements.count
                if let end = grant(after: index + 1, isTerms: false), statements.count > known { return end }
            }
            if !isCode, isOneOf(index, Self.shortUnder), text.gap(index).contains(.space) {
                let known = statements.count
                if let end = grant(after: index, isTerms: false), statements.count > known { return end }
            }
            if text[index].hash == Self.usingWord, isWaived(before: index),
                let end = grant(after: index, isTerms: false)
            {
                return end
            }
            if isOneOf(index, Self.postposed), let end = grantBefore() { return end }
            if isOneOf(index, Self.fileNames) { pointer() }
            if isOneOf(index, Self.picking), isPick(index) { _ = chooseLast() }
            if PermissionShape.triggers.contains(text[index].hash) { shape() }
            if text[index].hash == Self.par, isOneOf(index - 1, Self.parVerbs),
                let end = grant(after: index, isTerms: true)
            {
                return end
            }
            if text[index].hash == Self.sobre, isOneOf(index - 1, Self.sobreVerbs),
                let end = grant(after: index, isTerms: false)
            {
                return end
            }
            if text[index].hash == Self.secondary, text.word(index + 1) == .license, let end = secondary() {
                return end
            }
        default: break
        }
        if let end = heading() { return end }
        return index + 1
    }

    func isOneOf(_ index: Int, _ words: WordHashes) -> Bool {
        index >= 0 && index < count && words.contains(text[index].hash)
    }

    /// Whether a list of one name may be a license where nothing but its place says so.
    func isSure(_ list: NamedLicenses, at start: Int) -> Bool {
        if list.saidLicense { return true }
        // "runs under Python 2", "under Apache 2.0 with mod_perl".
        if list.saidVersion { return !isPlatform(list, at: start) }
        if list.isWeak { return false }
        if list.end == start + 1
            || (list.end == start + 2 && text.word(start + 1) == .number && list.count == 1)
        {
            return !isOneOf(start, Self.products)
        }
        return true
    }

    /// A name and a number that are a program's as well as its license's, where nothing before them speaks of terms.
    private func isPlatform(_ list: NamedLicenses, at start: Int) -> Bool {
        guard isOneOf(start, Self.platforms), list.count == 1 else { return false }
        // "The server is Apache-2.0": an identifier.
        if text.gap(start + 1) == .hyphen { return false }
        if text.word(list.end) == .with { return true }
        let before = max(0, start - 8)..<start
        if before.contains(where: { isOneOf($0, Self.running) }) { return true }
        return isOneOf(start, Self.languages) && !before.contains { Self.granting.contains(text.word($0)) }
    }

    private static let platforms = set("python apache php perl ruby zope eclipse tcl x plan")
    /// What runs under them is seldom licensed so.
    private static let languages = set("python php perl ruby tcl x plan")
    private static let running = set(
        "run runs running works work worked tested test tests so when must should needs requires server module modules"
    )
    private static let granting: WordKinds = [
        .licensed, .license, .licensing, .released, .distributed, .distribute, .redistribute, .redistributed,
        .terms, .conditions, .dual, .dually, .copying, .copyright,
    ]

    func range(_ first: Int, _ end: Int) -> Range<Int> {
        let start = Int(text[max(0, first)].start)
        return start..<max(start, text[max(first, end - 1)].end)
    }
}

extension LicenseExpression.Node {
    static var publicDomain: Self { .term(LicenseTerm(LicenseReference("LicenseRef-public-domain"))) }
    /// Of one version only.
    static var zero: Self { .term(LicenseTerm(LicenseReference("CC0-1.0"))) }
    static var unlicense: Self { .term(LicenseTerm(LicenseReference("Unlicense"))) }
}

extension Word {
    /// Words that no name begins with, though one may hold them.
    var isFunctionWord: Bool {
        switch self {
        case .the, .a, .an, .of, .or, .and, .with, .without, .under, .to, .in, .on, .at, .for, .from, .as,
            .is, .are, .be, .license, .licensed, .version, .v,
            .this, .that, .it, .you, .your, .any, .either, .not, .no, .file, .see, .copyright, .public, .end,
            .number, .address, .only:
            true
        default: false
        }
    }
}
