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
    private(set) var statements: [Statement] = []
    private(set) var marks = StatementMarks()
    private var index = 0
    /// A file of nothing but names costs no more than this.
    private static let maximumStatements = 2000
    /// Tags that were looked at, own or not.
    private var tagCount = 0

    init(_ text: Lexemes, role: FileRole) {
        self.text = text
        self.role = role
        names = NameGrammar(text: text)
    }

    private var count: Int { text.count }
    private var meter: WorkMeter { names.meter }
    /// Whether the file had more to read than there were means.
    var isCutShort: Bool { index < count }
    /// How much was spent, in units of ``WorkMeter/Cost``.
    var spent: Int { meter.spent }

    mutating func read() {
        while index < count, statements.count < Self.maximumStatements, !meter.isSpent {
            let next = step()
            index = max(index + 1, next)
        }
        if role == .other { statements.removeAll(where: isPattern) }
    }

    /// Whether the line is a pattern that a program looks for: `'(?:under )?the same terms as perl'`.
    private func isPattern(_ statement: Statement) -> Bool {
        let (bytes, place) = (text.bytes, statement.bytes.lowerBound)
        var start = place
        while start > 0, place - start < 200, bytes[start - 1] != 10 { start -= 1 }
        var at = start
        while at < bytes.count, at - place < 200, bytes[at] != 10 {
            if bytes.has("(?:", at: at) || bytes.has("\\s+", at: at) || bytes.has("\\s*", at: at) {
                return true
            }
            at += 1
        }
        meter.spend(WorkMeter.Cost.word * (at - start) / 8)
        return false
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
            choice()
        case .two, .three:
            // "available under 2 licenses -- choose whichever you prefer".
            if text.word(index + 1) == .license, isOffered(index) {
                marks.choices.append(Int(text[index].start))
            }
        case .copyright:
            if let end = copyrightField() { return end }
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
            if isOneOf(index, Self.foreignUnder), let end = grant(after: index, isTerms: false) { return end }
            if isOneOf(index, Self.shortUnder), text.gap(index).contains(.space) {
                let known = statements.count
                if let end = grant(after: index, isTerms: false), statements.count > known { return end }
            }
            if isOneOf(index, Self.fileNames) { pointer() }
            if PermissionShape.triggers.contains(text[index].hash) { shape() }
            if text[index].hash == Self.par, isOneOf(index - 1, Self.parVerbs),
                let end = grant(after: index, isTerms: true)
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

    // MARK: words

    private static func set(_ words: String) -> WordHashes {
        WordHashes(words.split(separator: " ").map { Lexemes.hash($0.utf8) })
    }

    private static let binding: WordKinds = [.governed, .covered]
    private static let bindingWords = set("protected bound controlled")
    private static let toWords = set("according pursuant")
    private static let withWords = set("accordance compliance conformance")
    private static let foreignUnder = set(
        """
        unter sous bajo sotto sob onder según secondo enligt според pod conformément gemäß gemäss unterliegt selon mukaisesti suivant på под warunkach условиях voorwaarden podle licencováno
        """.split(separator: "\n").joined(separator: " ")
    )
    /// Words of other languages that say much else besides.
    private static let shortUnder = set("con com na по на")
    private static let fileNames = set("unlicense notice readme copyleft")
    private static let par = Lexemes.hash("par".utf8), secondary = Lexemes.hash("secondary".utf8)
    private static let parVerbs = set("régi régie gouverné couvert protégé")

    private func isOneOf(_ index: Int, _ words: WordHashes) -> Bool {
        index >= 0 && index < count && words.contains(text[index].hash)
    }

    /// Verbs by which something comes under terms.
    private static let verbs: WordKinds = [
        .licensed, .licensing, .released, .distributed, .distribute, .redistribute, .redistributed, .modify,
        .available, .provided,
        .published, .made, .covered, .governed, .placed, .put, .donated, .copy, .copying, .permission,
        .granted, .license, .terms, .dual,
        .dually, .dedicated, .relicensed, .conditions, .free, .open,
    ]
    private static let verbWords = set(
        """
        offered issued shared contributed copied protected given comes falls supplied delivered sourced opensourced sublicense usable
        reusable waived reused reproduced redistributable distributable lizenziert veröffentlicht verbreitet weitergeben modifizieren freigegeben
        distribué distribuée publié publiée diffusé diffusée licencié redistribuer modifier distribuido distribuida publicado publicada liberado
        licenciado licenciada distribuito distribuita rilasciato rilasciata distribuído distribuída disponível disponible disponibile uitgebracht
        vrijgegeven steht stehen gestellt ist utgivet licensierat julkaistu valt vallen verspreiden wijzigen rozprowadzać rozpowszechniany
        modyfikować dostępny dostępna dostępne objęty распространяется распространяются перераспространять доступно доступен
        лицензировано опубликован está están é distribué šířit licenziato rilasciata esta lizenzierte mise mis submitted released_ permitted permitted_ permits redistribution lies hosted
        """.split(separator: "\n").joined(separator: " "))
    private static let weakVerbs: WordKinds = [
        .is, .are, .be, .it, .this, .file, .files, .code, .software, .program, .library, .package, .work,
        .script, .use, .project, .module,
    ]

    private static let fillers: WordKinds = [
        .the, .terms, .term, .and, .conditions, .condition, .of, .a, .an, .either, .both, .this, .these,
        .that, .following, .license,
        .its, .open, .source, .free, .version, .or, .one, .any, .it, .our, .your, .software, .dual, .at,
        .option, .choice, .published, .by, .to, .copyright,
        .two, .three, .licensing, .new, .only, .two, .agreement, .is, .e, .i, .a, .public, .gnu, .which,
        .library,
    ]
    private static let fillerWords = set(
        """
        provisions provision rules his her their very liberal permissive standard usual popular well known simple item over der die das den dem des
        bedingungen les termes conditions de la le los términos del el termini della licenza di os termos da do licencia licence lizenz licença villkoren una uma un um een en
        einer eine unless stated otherwise du condiciones clauses selon respective respectively ordinary normal terme condizioni ehdoilla voorwaarden van het regulations
        """.split(separator: "\n").joined(separator: " "))

    /// Names of programs: licenses only where "license" or a version is said.
    private static let products = set(
        """
        gnu apache mozilla eclipse php zope erlang unicode elastic openldap bittorrent nokia nasa postgres postgresql sqlite jpeg libjpeg freetype imagemagick
        boost openssl zlib libpng libtiff tcl gnuplot condor sgi netbsd freebsd openbsd lucent ntp ssleay xfree mpich beer academy enlightenment interbase imlib
        vera knuth ldp nethack historical openmarket fastcgi verbatim openstreetmap tidy netcdf unidata infozip bzip torque openpbs freetype2 jdom jython jpython
        ipa berkeley ace mtl bola ucd icu sfl berkeleydb fal lal nosa w3c w mulan cmu pil ijg osl rpl efl ecl afl sspl cal fsl ypl upl spl x affero mlton cnri
        shl giftware dom4j classworlds llvm opl simpl rpsl vostrom smppl ufl lpl tmate font fonts autoconf bison libtool classpath psutils offis igp barr oar
        """.split(separator: "\n").joined(separator: " "))

    /// Whether a list of one name may be a license where nothing but its place says so.
    private func isSure(_ list: NamedLicenses, at start: Int) -> Bool {
        if list.saidLicense || list.saidVersion { return true }
        if list.isWeak { return false }
        if list.end == start + 1
            || (list.end == start + 2 && text.word(start + 1) == .number && list.count == 1)
        {
            return !isOneOf(start, Self.products)
        }
        return true
    }

    // MARK: grants

    /// What stands before the place: in the same sentence, at most `limit` words back.
    private struct Context {
        var hasVerb = false
        var hasWeakVerb = false
        var isNegative = false
        var isHypothetical = false
        var isAlternative = false
        var isPast = false
        var saysThis = false
        var isStart = false
        var isExample = false
    }

    private func context(before place: Int, limit: Int = 22) -> Context {
        var context = Context()
        var at = place - 1
        var steps = 0
        context.isStart = text.gap(place).contains(.newline) || text.gap(place).contains(.stop)
        var sawExcept = false
        var sawCause = false
        if text.word(place - 1) == .g, text.word(place - 2) == .e { context.isExample = true }
        while at >= 0, steps < limit {
            let behind = text.gap(at + 1)
            if behind.contains(.blankLine) || (behind.contains(.stop) && steps > 0)
                || (steps == 0 && behind.contains(.stop))
            {
                break
            }
            let word = text.word(at)
            if steps < 12, Self.verbs.contains(word) || Self.verbWords.contains(text[at].hash) {
                context.hasVerb = true
            }
            if steps < 8, Self.weakVerbs.contains(word) { context.hasWeakVerb = true }
            switch word {
            case .not, .never, .neither, .nor, .cannot, .unlike, .incompatible, .isnt:
                // "does not by itself cause the resulting executable to be covered by".
                if steps < (sawCause ? 14 : 9), !sawExcept, text.word(at + 1) != .only {
                    context.isNegative = true
                }
            case .instead, .than, .rather:
                if steps < 5 { context.isNegative = true }
            // "contains no GPL code", "free of GPL code", "no files under the GPL were found".
            case .no:
                if steps == 0 || steps == 1 && isPart(at + 1) {
                    context.isNegative = true
                }
            case .of where text.word(at - 1) == .free: if steps == 0 { context.isNegative = true }
            case .if, .when:
                if [.you, .your, .it].contains(text.word(at + 1)) || isOneOf(at + 1, Self.people) {
                    context.isHypothetical =
                        word == .if || isOneOf(at + 1, Self.people) || text.word(at + 1) == .you
                }
            case .alternatively, .also: if steps < 16 { context.isAlternative = true }
            case .or:
                if text.gap(at).contains(.stop) || text.gap(at).contains(.blankLine) {
                    context.isAlternative = true
                }
            case .previously, .formerly: context.isPast = true
            case .this, .hereby: context.saysThis = true
            case .such where text.word(at + 1) == .as: if steps < 6 { context.isExample = true }
            case .example where text.word(at - 1) == .for: if steps < 8 { context.isExample = true }
            case .e where text.word(at + 1) == .g: if steps < 8 { context.isExample = true }
            default:
                if Self.hypotheticals.contains(text[at].hash), steps < 12 { context.isHypothetical = true }
                if Self.excepts.contains(text[at].hash) { sawExcept = true }
                if Self.causes.contains(text[at].hash) { sawCause = true }
                // "…, and the rest of the package is covered by": not this file.
                if Self.rests.contains(text[at].hash), text.word(at + 1) == .of, text.word(at - 1) == .the {
                    context.isNegative = true
                }
                if Self.pasts.contains(text[at].hash) { context.isPast = true }
            }
            at -= 1
            steps += 1
        }
        meter.spend(WorkMeter.Cost.word * 3 * (steps + 1))
        if at < 0 || steps < 2 { context.isStart = context.isStart || steps == 0 }
        return context
    }

    private func isPart(_ place: Int) -> Bool {
        [.file, .files, .code, .package, .software].contains(text.word(place))
            || isOneOf(place, Self.partWords)
    }

    private static let partWords = set("packages parts part components dependencies portions")
    private static let people = set("they we someone i one your a author")
    private static let hypotheticals = set(
        "actual would could whether want wish suppose imagine why how should consider prefer recommend recommended assuming"
    )
    private static let excepts = set("except save unless other otherwise")
    private static let pasts = set("formerly previously")
    private static let causes = set("cause causes make makes")
    private static let rests = set("rest remainder")

    /// "under [the terms of the] NAME" and its like.
    ///
    /// - Parameter isTerms: A word such as "terms of" or "governed by" stands before, so that no verb is needed.
    private mutating func grant(after place: Int, isTerms: Bool) -> Int? {
        var at = place + 1
        var steps = 0
        var unknown = 0
        var isChoice = false
        var saidTerms = isTerms
        while at < count, steps < 18 {
            meter.spend(WorkMeter.Cost.word * 2)
            let gap = text.gap(at)
            if at > place + 1 || !isTerms {
                if gap.contains(.blankLine), !gap.contains(.colon), !isChoice { return nil }
                if gap.contains(.stop), !isChoice, !(gap.contains(.colon)) { return nil }
            }
            switch text.word(at) {
            // "under both the MIT license and the GPL": two grants, of which one is enough.
            case .either, .dual, .choice, .one, .any, .both: isChoice = true
            case .terms, .conditions, .license, .licensing: saidTerms = true
            case .address:
                // A link around the name.
                if let list = names.list(at: at + 1, before: count, isChoice: isChoice),
                    text.gap(at + 1).contains(.angle) || text.gap(at + 1).contains(.quote)
                {
                    let verb = context(before: place)
                    guard accepts(list, at: at + 1, verb, saidTerms: saidTerms) else { return list.end }
                    return add(list, at: at + 1, from: place, verb)
                }
                return addressGrant(at, from: place)
            default: break
            }
            if text.word(at) == .same { return nil }
            if var list = names.list(at: at, before: count, isChoice: isChoice || saysDual(before: place)) {
                if isChoice { takeItems(&list) }
                let verb = context(before: place)
                guard accepts(list, at: at, verb, saidTerms: saidTerms) else { return list.end }
                return add(list, at: at, from: place, verb)
            }
            let word = text.word(at)
            if word == .public, text.word(at + 1) == .domain { return nil }
            if text[at].length == 1, gap.contains(.newline) || text.gapAfter(at).contains(.close) {
                // "a)", "1."
            } else if word == .number, gap.contains(.newline) {
            } else if !Self.fillers.contains(word), !Self.fillerWords.contains(text[at].hash) {
                unknown += 1
                if unknown > (saidTerms ? 2 : 1) { return nil }
            }
            at += 1
            steps += 1
        }
        return nil
    }

    /// "dual licensed [under the terms of]", "your choice of".
    private func saysDual(before place: Int) -> Bool {
        for back in 1...5 {
            if text.gap(place - back + 1).contains(.stop) { return false }
            switch text.word(place - back) {
            case .dual, .dually, .triple, .multi: return true
            default: break
            }
        }
        return false
    }

    /// "either of the following licenses:" and then one item a line.
    private func takeItems(_ list: inout NamedLicenses) {
        var at = list.end
        var stop = min(count, at + 90)
        while at < stop {
            meter.spend(WorkMeter.Cost.word)
            let gap = text.gap(at)
            let isItem =
                gap.contains(.newline) && !gap.isDisjoint(with: [.star, .hyphen, .blankLine, .other])
            if isItem || text.gap(at - 1).contains(.newline) && text[at - 1].length == 1 {
                var first = at
                while first < at + 4,
                    [.the, .or, .a, .an, .number].contains(text.word(first)) || text[first].length == 1
                {
                    first += 1
                }
                if let next = names.list(at: first, before: count), next.saidLicense || next.saidVersion {
                    list.node = LicenseExpression.Node.any([list.node, next.node].perlLicense).withoutRepeats
                    list.count += next.count
                    list.end = next.end
                    list.saidVersion = true
                    at = next.end
                    stop = min(count, at + 90)
                    continue
                }
            }
            at += 1
        }
    }

    private func accepts(_ list: NamedLicenses, at start: Int, _ verb: Context, saidTerms: Bool) -> Bool {
        if verb.isNegative || verb.isHypothetical || verb.isPast || verb.isExample { return false }
        if isOfUsed(start) || isSystem(list, at: start) { return false }
        if speaksOfOthers(before: start) || isArgument(start) { return false }
        // "under the GPL's terms", "under GPL-compatible terms".
        if text.word(list.end) == .compatible || text.word(list.end) == .incompatible { return false }
        if verb.hasVerb { return isSure(list, at: start) }
        if verb.hasWeakVerb { return isSure(list, at: start) }
        if saidTerms { return isSure(list, at: start) }
        // "Under Python 2 strings are bytes", where "Under the GPL 3" is a grant.
        if verb.isStart { return (list.saidLicense || list.node.isGNU) && isSure(list, at: start) }
        return list.saidVersion || list.saidLicense
    }

    /// "available under NetBSD, FreeBSD and Solaris", "under some versions of BSD Unix": systems, not licenses.
    private func isSystem(_ list: NamedLicenses, at start: Int) -> Bool {
        guard !list.saidLicense, !list.saidVersion, Self.isSystemName(text[start].hash) else { return false }
        if (start + 1..<max(start + 1, list.end)).contains(where: { Self.isSystemName(text[$0].hash) }) {
            return true
        }
        var at = list.end
        while at < list.end + 3, [.and, .or, .other, .the].contains(text.word(at)),
            !Self.systems.contains(text[at].hash)
        {
            at += 1
        }
        return Self.systems.contains(text[at].hash) || text.word(at) == .for && text.word(at + 1) == .example
    }

    private static func isSystemName(_ hash: UInt32) -> Bool { systemNames.contains(hash) }

    private static let systemNames = set("bsd freebsd netbsd openbsd")
    private static let systems = set(
        "unix unixes unices linux solaris sunos irix aix hpux windows macos darwin ultrix system systems platforms kernel kernels machines os bsd freebsd netbsd openbsd possibly"
    )

    /// "pump uses libwell, which is licensed under the LGPL".
    private func isOfUsed(_ place: Int) -> Bool {
        var sawWhich = false
        for back in 1..<20 {
            let at = place - back
            if at < 0 || !text.gap(at + 1).isDisjoint(with: [.stop, .blankLine]) { return false }
            if text.word(at) == .which || text.word(at) == .that { sawWhich = true }
            if text.word(at) == .this { return false }
            if sawWhich, isOneOf(at, Self.uses) { return true }
        }
        return false
    }

    private static let uses = set("uses requires needs depends links")

    /// A text that a program hands to a test, a search or a detector.
    private func isArgument(_ place: Int) -> Bool {
        guard role == .other else { return false }
        var at = Int(text[place].start)
        let stop = max(0, at - 160)
        meter.spend(WorkMeter.Cost.word * 8)
        while at > stop, text.bytes[at - 1] != 10 {
            at -= 1
            // `=~ /Licensed under …/`.
            if text.bytes[at] == UInt8(ascii: "/"), text.bytes[at - 1] == 32,
                text.bytes[at - 2] == UInt8(ascii: "~")
            {
                return true
            }
            guard text.bytes[at] == UInt8(ascii: "\"") || text.bytes[at] == UInt8(ascii: "'"),
                text.bytes[at - 1] == UInt8(ascii: "(")
            else { continue }
            var start = at - 1
            while start > 0, at - start < 60, text.bytes[start - 1] != 10 { start -= 1 }
            meter.spend(WorkMeter.Cost.expression * 2)
            let call = text.bytes.string(start..<at).lowercased()
            return [
                "assert", "detect", "expect", "test", "check", "match", "find", "parse", "search", "equal",
                "contains", "include", "scan", "classif",
            ]
            .contains { call.range(ofText: $0) != nil }
        }
        return false
    }

    /// "libiconv is released under …" deep in a file tells of another work; a header's own name stands near the top.
    private func speaksOfOthers(before place: Int) -> Bool {
        guard role != .notice, role != .licenseText, Int(text[place].start) > 3000 else { return false }
        meter.spend(WorkMeter.Cost.word * 30)
        var at = place - 1
        var subject: Int?
        while at > 0, place - at < 30 {
            switch text.word(at) {
            case .this, .it, .these, .you, .i, .hereby, .file, .copyright: return false
            case .is, .are: subject = at - 1
            default: break
            }
            if !text.gap(at).isDisjoint(with: [.stop, .blankLine]) { break }
            at -= 1
        }
        guard let subject else { return false }
        guard text.word(subject) == .other || text.word(subject) == .number,
            !Self.fillerWords.contains(text[subject].hash)
        else { return false }
        if isNamedAtHead(subject) { return false }
        // Under a heading of its own it is the work's.
        at = subject
        while at > 0, subject - at < 60 {
            let isHeading =
                (text.gap(at).contains(.newline) || isMarkupRequest(at))
                && [.license, .licensing, .copying, .copyright].contains(text.word(at))
            if isHeading, text.gapAfter(at).contains(.newline) || text.gapAfter(at - 1).contains(.blankLine) {
                return false
            }
            at -= 1
        }
        return true
    }

    /// Whether the word stands in the file's first lines, as the name of what a page or manual is about does.
    private func isNamedAtHead(_ place: Int) -> Bool {
        let word = text[place].bytes
        guard word.count > 2 else { return false }
        let bytes = text.bytes
        let reach = min(1500, bytes.count - word.count)
        meter.spend(WorkMeter.Cost.word * 40)
        var at = 0
        while at < reach {
            if Lexemes.lower(bytes[at]) == Lexemes.lower(bytes[word.lowerBound]),
                (1..<word.count).allSatisfy({
                    Lexemes.lower(bytes[at + $0]) == Lexemes.lower(bytes[word.lowerBound + $0])
                }), !bytes[at + word.count].isLetter
            {
                return true
            }
            at += 1
        }
        return false
    }

    /// Notes a list that was granted and what stands right behind it.
    private mutating func add(_ list: NamedLicenses, at start: Int, from place: Int, _ verb: Context) -> Int {
        var list = list
        var isVague = list.isVague
        if text.word(list.end) == .style || text.word(list.end) == .like || text.word(list.end) == .type {
            isVague = true
            list.end += 1
        }
        if text.word(list.end) == .license || text.word(list.end) == .licensed { list.end += 1 }
        _ = absorbAddress(&list, isVague: &isVague)
        takeRest(&list)
        refine(&list, byAddressBefore: start, &isVague)
        statements.append(
            Statement(
                node: list.node, strength: .grant, bytes: range(place, list.end), rule: "notice:grant",
                score: isVague ? 75 : 95, isVague: isVague, isAlternative: verb.isAlternative))
        pointerBehind(list.end)
        return list.end
    }

    /// "under the license at https://…".
    private mutating func addressGrant(_ at: Int, from place: Int) -> Int? {
        guard let found = names.meter.expression(forAddress: text.text(at)) else { return nil }
        let verb = context(before: place)
        guard !verb.isNegative, !verb.isHypothetical else { return at + 1 }
        statements.append(
            Statement(
                node: found.root, strength: .field, bytes: range(place, at + 1), rule: "notice:address",
                score: 90))
        return at + 1
    }

    /// An address right behind a name says its version, or repeats it.
    private func absorbAddress(_ list: inout NamedLicenses, isVague: inout Bool) -> Bool {
        for at in list.end..<min(count, list.end + 7) {
            if text.gap(at).contains(.blankLine) { return false }
            guard text.word(at) == .address else { continue }
            guard let found = names.meter.expression(forAddress: text.text(at)) else { return false }
            if list.count == 1, list.node != found.root,
                Self.refines(list.node, isVague || !list.saidVersion, by: found.root)
            {
                list.node = found.root
                list.end = at + 1
                isVague = false
                return true
            }
            if list.node == found.root || Self.refines(found.root, true, by: list.node) {
                list.end = at + 1
                isVague = false
                return true
            }
            return false
        }
        return false
    }

    /// `<a href="https://…/by-sa/3.0/">…</a>`: the address in front of the name tells its version.
    private func refine(_ list: inout NamedLicenses, byAddressBefore start: Int, _ isVague: inout Bool) {
        guard list.count == 1, !list.saidVersion || isVague, text.word(start - 1) == .address,
            let found = names.meter.expression(forAddress: text.text(start - 1)),
            Self.refines(list.node, true, by: found.root)
        else { return }
        list.node = found.root
        isVague = false
    }

    /// Whether `other` is the same license told more exactly.
    static func refines(_ node: LicenseExpression.Node, _ isOpen: Bool, by other: LicenseExpression.Node)
        -> Bool
    {
        guard isOpen, case .term(let a) = node, case .term(let b) = other, a.exception == nil else {
            return false
        }
        return LicenseKinship.stem(a.license.identifier) == LicenseKinship.stem(b.license.identifier)
            && LicenseKinship.isWeaker(a, than: b)
    }

    /// "…, with the exception that", "version 2" in a sentence of its own, "incorporated herein".
    private func takeRest(_ list: inout NamedLicenses) {
        guard list.count == 1, !list.saidVersion, let family = list.family, names.table.families[family].isGNU
        else { return }
        // "under the GNU GPL. See the file COPYING. Version 2 or later": a version soon after, in words that name the license.
        var at = list.end
        let stop = min(count, at + 22)
        while at < stop {
            meter.spend(WorkMeter.Cost.word)
            if text.gap(at).contains(.blankLine) { return }
            if text.word(at) == .version || (text.word(at) == .v && text.word(at + 1) == .number) {
                guard let phrase = names.versions(at: at, before: count, of: family), !phrase.versions.isEmpty
                else { return }
                // "version 2 of the License", "either version 2", "version 2 or later".
                let behind = text.word(phrase.end - 1)
                guard
                    phrase.isLater || behind == .license || isForeignLead(at - 1)
                        || text.word(at - 1) == .either
                        || text.word(at - 1) == .foundation
                        || text.gap(at).contains(.comma) || text.gap(at).contains(.open)
                        || text.gap(at).contains(.semicolon)
                else { return }
                list.node = names.node(names.table.families[family], phrase)
                list.end = phrase.end
                list.saidVersion = true
                return
            }
            if names.tabled(at: at, before: count) != nil, text.word(at) != .gnu,
                text.word(at) != .license
            {
                return
            }
            at += 1
        }
    }

    /// "soit la version 3", "ya sea la versión 3", "либо версии 3".
    private func isForeignLead(_ place: Int) -> Bool {
        isOneOf(place, Self.leads) || isOneOf(place - 1, Self.leads)
    }

    private static let leads = set("soit sea либо entweder ofwel sia seja według gemäß")

    private func range(_ first: Int, _ end: Int) -> Range<Int> {
        let start = Int(text[max(0, first)].start)
        return start..<max(start, text[max(first, end - 1)].end)
    }

    // MARK: fields and short forms

    /// "License: X", "@license X", "licensed X", "The license is X", "dual-licensed (X/Y)".
    private mutating func license() -> Int? {
        let word = text.word(index)
        var next = index + 1
        var isChoice = word == .dual || word == .dually || word == .triple || word == .multi
        if isChoice {
            if text.word(next) == .license || text.word(next) == .licensed || text.word(next) == .licensing {
                marks.choices.append(Int(text[index].start))
                next += 1
            }
            // "Dual BSD/GPL" is read by heading and field.
            guard next > index + 1 else { return nil }
            if text.word(next) == .under { return nil }
        }
        let before = text.gap(index)
        let behind = text.gap(next)
        // ".LICENSE MIT" in the help of a PowerShell script.
        if word == .license, before.contains(.period), before.contains(.newline), behind == .space,
            text.bytes[Int(text[index].start) - 1] == UInt8(ascii: "."),
            let list = names.list(at: next, before: count),
            list.end >= count || text.gap(list.end).contains(.newline)
        {
            return addField(list, at: next, from: index, rule: "notice:field", Context())
        }
        // Identifiers such as `license_types`, `my_license`.
        let isDunder =
            before.contains(.underscore) && behind.contains(.underscore) && behind.contains(.equals)
        if before.contains(.underscore), !isDunder {
            guard word == .license, isDefinition(index, value: next) else { return nil }
            return field(at: next, from: index, isChoice: &isChoice)
        }
        if behind.contains(.underscore), !isDunder { return nil }
        if behind.contains(.dollar) || before.contains(.dollar)
            || behind.contains(.period) && !behind.contains(.stop)
        {
            return nil
        }
        if word == .license, text.word(next) == .identifier || isOneOf(next, Self.fieldTails) {
            next += 1
        }
        let gap = text.gap(next)
        // `Software::License::Perl_5` is the name of a module.
        if gap == .colon, before == .colon, text.bytes[Int(text[index].start) - 2] == UInt8(ascii: ":") {
            return nil
        }
        let isField =
            (gap.contains(.colon) || gap.contains(.equals) || gap.contains(.angle) && gap.contains(.hyphen))
            && !gap.contains(.blankLine) && !isComparison(before: next)
        let isAt = before.contains(.at) || before.contains(.backslash)
        if isField || isAt {
            guard isAt || isFieldStart(index) || isChoice else { return nil }
            return field(at: next, from: index, isChoice: &isChoice)
        }
        // "Dual license:" and then one license a line.
        if isChoice, gap.contains(.colon), gap.contains(.newline) {
            var at = next
            while at < next + 3, text[at].length == 1 || text.word(at) == .the { at += 1 }
            if var list = names.list(at: at, before: count, isChoice: true), isSure(list, at: at) {
                takeItems(&list)
                return addField(list, at: at, from: index, rule: "notice:field", Context())
            }
        }
        // A name right behind the word.
        if word == .licensed || isChoice, !gap.contains(.blankLine),
            !gap.contains(.stop) || gap.contains(.open)
        {
            var at = next
            while at < next + 3,
                [.as, .a, .the, .both, .either, .with].contains(text.word(at)) || isOneOf(at, Self.using)
            { at += 1 }
            if let list = names.list(at: at, before: count, isChoice: isChoice),
                isSure(list, at: at) || isChoice
            {
                let verb = context(before: index)
                guard !verb.isNegative, !verb.isHypothetical, !verb.isPast else { return list.end }
                return addField(list, at: at, from: index, rule: "notice:licensed", verb)
            }
            return nil
        }
        // "The license for this file is the MIT license".
        if word == .license {
            for at in next..<min(count, next + 7) {
                if text.gap(at).contains(.stop) || text.gap(at).contains(.newline) && at == next { break }
                if text.word(at) == .is || text.word(at) == .are {
                    var name = at + 1
                    while name < at + 4, [.the, .a, .an].contains(text.word(name)) { name += 1 }
                    if let list = names.list(at: name, before: count), isSure(list, at: name) {
                        let verb = context(before: index)
                        guard !verb.isNegative, !verb.isHypothetical else { return list.end }
                        // "The license of the xyz library is BSD": of another work, where this one says its own.
                        let isOther =
                            role == .other && [.of, .for].contains(text.word(next))
                            && !(next..<at).contains { text.word($0) == .this || text.word($0) == .file }
                        return addField(
                            list, at: name, from: index, rule: "notice:field", verb,
                            strength: isOther ? .hint : .field)
                    }
                    break
                }
            }
            if let end = shortForm(next) { return end }
            return headed(next)
        }
        return word == .licensing ? headed(next) : nil
    }

    /// "Copyright: GPL" and "Copyright terms: GPL", as old packages have it.
    private mutating func copyrightField() -> Int? {
        guard text.gap(index).contains(.newline) else { return nil }
        let next = text.word(index + 1) == .terms ? index + 2 : index + 1
        guard text.gap(next).contains(.colon), !text.gap(next).contains(.newline),
            let list = names.list(at: next, before: count), list.node.isGNU,
            list.end >= count || text.gap(list.end).contains(.newline)
        else { return nil }
        return addField(list, at: next, from: index, rule: "notice:field", Context())
    }

    /// `#define WELL_LICENSE "GPL version 2"`.
    private func isDefinition(_ place: Int, value: Int) -> Bool {
        guard text.gap(value).contains(.quote), !text.gap(value).contains(.newline) else { return false }
        var at = place
        while at > 0, place - at < 6, !text.gap(at).contains(.newline) { at -= 1 }
        return text.gap(at).contains(.hash) && text[at].hash == Self.define
    }

    private static let policy = set("policy")
    private static let define = Lexemes.hash("define".utf8)
    private static let applies = set("applies")

    /// "License GPLv2+: GNU GPL version 2 or later <…>".
    private mutating func shortForm(_ next: Int) -> Int? {
        guard text.gap(next) == .space,
            !text.gap(index).isDisjoint(with: [.newline, .stop, .quote]) || isMarkupRequest(index),
            let list = names.list(at: next, before: count), list.saidVersion, !list.isWeak
        else { return nil }
        let behind = text.gap(list.end)
        guard list.end >= count || !behind.isDisjoint(with: [.newline, .stop, .colon, .comma, .angle, .open])
        else { return nil }
        var whole = list
        // The long form behind the colon says the same.
        if behind.contains(.colon), let long = names.list(at: list.end, before: count) {
            if let merged = NameGrammar.merged(list.node, long.node, true) { whole.node = merged }
            whole.end = long.end
        }
        return addField(whole, at: next, from: index, rule: "notice:field", Context())
    }

    /// A line of roff that begins with a request, such as `.B`.
    private func isMarkupRequest(_ place: Int) -> Bool {
        text.gap(place - 1).contains(.newline) && text[place - 1].length <= 2
            && text.byteBefore(place - 1) == UInt8(ascii: ".")
    }

    private static let using = set("using")
    private static let fieldTails = set("type info name id url uri identifier text terms")

    private func isComparison(before next: Int) -> Bool {
        var equals = 0
        for offset in text[next - 1].end..<Int(text[next].start) {
            if text.bytes[offset] == UInt8(ascii: "=") { equals += 1 }
            if text.bytes[offset] == UInt8(ascii: "!") || text.bytes[offset] == UInt8(ascii: "(") {
                return true
            }
        }
        return equals > 1
    }

    /// A field begins a line, an attribute list or an object's member.
    private func isFieldStart(_ place: Int) -> Bool {
        let gap = text.gap(place)
        if !gap.isDisjoint(with: [
            .newline, .brace, .comma, .open, .bar, .stop, .angle, .colon, .sign, .semicolon,
        ]) {
            return true
        }
        // "Code license: MIT", "* Plugin License: GPL": at most three words on the line before.
        for back in 1...3 where place - back >= 0 {
            if text.gap(place - back + 0).contains(.newline) { return true }
            if !text.gap(place - back + 1).isDisjoint(with: [.equals, .quote, .dollar, .underscore]) {
                return false
            }
        }
        return false
    }

    private mutating func field(at start: Int, from place: Int, isChoice: inout Bool) -> Int? {
        var at = start
        while at < start + 5 {
            switch text.word(at) {
            case .the, .a, .an, .license, .licensed, .under, .released, .distributed, .dual, .dually, .either:
                if text.word(at) == .dual || text.word(at) == .dually || text.word(at) == .either {
                    isChoice = true
                }
                if names.list(at: at, before: count) != nil { break }
                at += 1
                continue
            default: break
            }
            break
        }
        if at > start, text.gap(at).contains(.blankLine) { return nil }
        if text.word(at) == .address {
            guard let found = names.meter.expression(forAddress: text.text(at)) else {
                // A page nobody knows, and then the name.
                guard !text.gap(at + 1).contains(.newline), let list = names.list(at: at + 1, before: count),
                    list.saidLicense || list.saidVersion
                else { return nil }
                return addField(list, at: at + 1, from: place, rule: "notice:field", Context())
            }
            var node = found.root
            var end = at + 1
            // PHPDoc: address, then the name.
            if !text.gap(end).contains(.newline), let list = names.list(at: end, before: count) {
                if list.saidVersion || !Self.refines(list.node, true, by: node) { node = list.node }
                end = list.end
            }
            statements.append(
                Statement(
                    node: node, strength: .field, bytes: range(place, end), rule: "notice:field", score: 95))
            return end
        }
        // LibreJS: "@license magnet:?xt=…&dn=gpl-2.0.txt GPL-v2".
        if text.text(at).lowercased() == "magnet" {
            for name in (at + 1)..<min(count, at + 64) {
                meter.spend(WorkMeter.Cost.word)
                if text.gap(name).contains(.newline) { break }
                guard text.gap(name).contains(.space), let list = names.list(at: name, before: count) else {
                    continue
                }
                return addField(list, at: name, from: place, rule: "notice:field", Context())
            }
            return nil
        }
        if text.word(at) == .public, text.word(at + 1) == .domain {
            statements.append(
                Statement(
                    node: .publicDomain, strength: .field, bytes: range(place, at + 2), rule: "notice:field",
                    score: 90))
            return at + 2
        }
        guard let list = names.list(at: at, before: count, isChoice: isChoice) else {
            // "License: see COPYING".
            return nil
        }
        // A heading over a menu.
        if text.gap(at).contains(.newline), text.gap(list.end).contains(.newline),
            names.list(at: list.end, before: count) != nil
        {
            return list.end
        }
        // A value ends there; "License: Perl module for …" is something else.
        let gap = text.gap(list.end)
        let isWhole =
            list.end >= count
            || !gap.isDisjoint(with: [
                .newline, .quote, .comma, .stop, .close, .semicolon, .brace, .angle, .bar, .open, .markup,
                .hyphen, .backtick, .star,
            ])
        guard isWhole || isSure(list, at: at) else { return nil }
        // In code only quoted or shouted values: `license = gpl` is a variable.
        if text.gap(at).contains(.equals), !text.gap(at).contains(.quote), role == .other, !list.saidVersion,
            !list.saidLicense
        {
            return list.end
        }
        let verb = context(before: place, limit: 8)
        guard !verb.isNegative, !verb.isHypothetical, !verb.isExample else { return list.end }
        return addField(list, at: at, from: place, rule: "notice:field", verb)
    }

    private mutating func addField(
        _ list: NamedLicenses, at start: Int, from place: Int, rule: String, _ verb: Context,
        strength: Statement.Strength = .field
    ) -> Int {
        var list = list
        var isVague = list.isVague
        if text.word(list.end) == .style || text.word(list.end) == .like { list.end += 1; isVague = true }
        if text.word(list.end) == .license { list.end += 1 }
        _ = absorbAddress(&list, isVague: &isVague)
        takeRest(&list)
        statements.append(
            Statement(
                node: list.node, strength: strength, bytes: range(place, list.end), rule: rule,
                score: isVague ? 75 : 92, isVague: isVague))
        pointerBehind(list.end)
        return list.end
    }

    /// The line below a heading "License" or "COPYRIGHT AND LICENSE".
    private mutating func headed(_ next: Int) -> Int? {
        guard text.gap(next).contains(.newline) || text.gap(next).contains(.markup) else { return nil }
        // The heading's own line holds at most four words.
        var first = index
        while first > 0, index - first < 4, !text.gap(first).contains(.newline),
            !text.gap(first).contains(.markup)
        { first -= 1 }
        guard text.gap(first).contains(.newline) || text.gap(first).contains(.markup) else { return nil }
        var at = next
        while at < next + 2, [.the, .a].contains(text.word(at)) { at += 1 }
        guard let list = names.list(at: at, before: count),
            isSure(list, at: at) || role == .readme || role == .notice
        else { return nil }
        let gap = text.gap(list.end)
        guard
            list.end >= count || !gap.isDisjoint(with: [.newline, .stop, .sign, .open, .comma])
                || text.word(list.end) == .copyright
        else { return nil }
        return addField(list, at: at, from: index, rule: "notice:heading", Context())
    }

    /// "MODULE_LICENSE("Dual BSD/GPL")".
    private mutating func moduleLicense() -> Int? {
        guard text.gap(index + 2).contains(.open), text.gap(index + 2).contains(.quote) else { return nil }
        var at = index + 2
        var isChoice = false
        if text.word(at) == .dual {
            isChoice = true
            at += 1
        }
        guard let list = names.list(at: at, before: count, isChoice: isChoice) else { return nil }
        statements.append(
            Statement(
                node: list.node, strength: .field, bytes: range(index, list.end), rule: "notice:module",
                score: 95, isVague: true))
        return list.end
    }

    /// A name that stands by itself, "MIT licensed", "GPL'd".
    private mutating func heading() -> Int? {
        guard !text.word(index).isFunctionWord, names.canBegin(index),
            let list = names.list(at: index, before: count)
        else { return nil }
        let gap = text.gap(index)
        let after = text.gap(list.end)
        let isEnd =
            list.end >= count
            || !after.isDisjoint(with: [.newline, .stop, .bar, .close, .quote, .sign, .comma, .semicolon])
        let saidLicensed = (index..<list.end).contains { text.word($0) == .licensed }
        // In code a quoted name is a value.
        let isValue = role == .other && !gap.isDisjoint(with: [.quote, .bracket, .equals])
        let isStart = !isValue && !gap.isDisjoint(with: [.newline, .bar, .open, .sign, .stop, .star, .hash])
        if gap.contains(.bar), isTableRow(index) { return list.end }
        let verb = context(before: index, limit: 6)
        if verb.isNegative || verb.isHypothetical || verb.isPast { return list.end }
        if saidLicensed {
            guard isStart || verb.saysThis || verb.hasWeakVerb || isEnd else { return list.end }
            if !isStart, speaksOfOthers(before: index) { return list.end }
            var list = list
            var isVague = list.isVague
            _ = absorbAddress(&list, isVague: &isVague)
            statements.append(
                Statement(
                    node: list.node, strength: .field, bytes: range(index, list.end), rule: "notice:licensed",
                    score: isVague ? 75 : 92, isVague: isVague))
            return list.end
        }
        if list.node == .publicDomain, text.word(index) != .public {
            // "gemeinfrei", "domaine public".
            let isListed = gap.contains(.newline) && after.contains(.newline)
            guard isEnd, !isListed else { return list.end }
            statements.append(
                Statement(
                    node: .publicDomain, strength: .hint, bytes: range(index, list.end),
                    rule: "notice:public-domain", score: 80, isVague: true))
            return list.end
        }
        if isHolder(list, at: index) { return list.end }
        // "received a copy of the GNU …", "see the GNU … for more details".
        if let mention = mention(list) { return mention }
        let back = text.word(index - 1)
        // "It is GPL", "this is GPLed software", "uses the MIT license".
        let isClaim =
            isSure(list, at: index) && verb.saysThis
            && (back == .is || back == .the && text.word(index - 2) == .is)
        // "Apache-2.0" by itself is an entry of a list.
        let isEntry = list.count == 1 && list.family == nil && !LicenseKinship.isCreativeCommons(list.node)
        let isProduct = list.count == 1 && isOneOf(index, Self.products) && !list.node.isGNU
        let sure = list.saidLicense || (list.saidVersion && !list.isWeak && !isEntry && !isProduct)
        // "The BSD license applies to this software."
        if list.saidLicense, isOneOf(list.end, Self.applies), text.word(list.end + 1) == .to,
            [.this, .the, .these].contains(text.word(list.end + 2))
        {
            statements.append(
                Statement(
                    node: list.node, strength: .field, bytes: range(index, list.end), rule: "notice:grant",
                    score: list.isVague ? 75 : 90, isVague: list.isVague))
            return list.end
        }
        if isClaim {
            statements.append(
                Statement(
                    node: list.node, strength: .hint, bytes: range(index, list.end), rule: "notice:claim",
                    score: 80, isVague: list.isVague))
            return list.end
        }
        if isStart || back == .the && text.gap(index - 1).contains(.newline), isEnd, sure {
            var list = list
            var isVague = list.isVague
            _ = absorbAddress(&list, isVague: &isVague)
            let isNear = isNearCopyright(index, list.end)
            statements.append(
                Statement(
                    node: list.node, strength: isNear ? .field : .hint, bytes: range(index, list.end),
                    rule: "notice:title",
                    score: isNear ? 85 : 70, isVague: isVague))
            return list.end
        }
        let isCredit =
            !isValue && list.saidVersion && (isEnd || after.contains(.open)) && list.count == 1
            && LicenseKinship.isCreativeCommons(list.node)
            && !gap.isDisjoint(with: [.comma, .slash, .open])
        if isCredit
            || isNearCopyright(index, list.end) && !list.isWeak && (isStart || isEnd)
                && (sure || !gap.isDisjoint(with: [.slash, .comma, .hyphen, .bar]))
        {
            statements.append(
                Statement(
                    node: list.node, strength: .hint, bytes: range(index, list.end), rule: "notice:title",
                    score: 75, isVague: list.isVague))
        }
        return list.end
    }

    /// "Copyright 2001, Massachusetts Institute of Technology", "(c) 2002 - Apache Software Foundation": who holds it.
    private func isHolder(_ list: NamedLicenses, at start: Int) -> Bool {
        guard !list.saidLicense, !list.saidVersion, list.count == 1, list.end > start + 1 else {
            return false
        }
        var at = start - 1
        while at > start - 4, [.the, .by, .and].contains(text.word(at)) { at -= 1 }
        guard !text.gap(start).contains(.stop), !text.gap(start).contains(.blankLine) else { return false }
        return text.word(at) == .copyright || isMark(at)
            || isYear(at) && (max(0, at - 8)..<at).contains { text.word($0) == .copyright || isMark($0) }
    }

    /// A row of a Markdown table: the cells compare licenses.
    private func isTableRow(_ place: Int) -> Bool {
        var at = Int(text[place].start)
        let stop = max(0, at - 400)
        while at > stop, text.bytes[at - 1] != 10 { at -= 1 }
        while text.bytes[at] == 32 || text.bytes[at] == 9 { at += 1 }
        return text.bytes[at] == UInt8(ascii: "|")
    }

    /// Licenses that a work may be put under besides its own (EPL-2.0, exhibit A).
    private mutating func secondary() -> Int? {
        for at in (index + 2)..<min(count, index + 46) {
            meter.spend(WorkMeter.Cost.word)
            if text.gap(at).contains(.blankLine)
                || text.gap(at).contains(.stop) && text.gap(at).contains(.newline)
            {
                return nil
            }
            guard text.word(at) == .gnu, let list = names.list(at: at, before: count), list.node.isGNU else {
                continue
            }
            let verb = context(before: index, limit: 12)
            guard !verb.isNegative else { return list.end }
            statements.append(
                Statement(
                    node: list.node, strength: .grant, bytes: range(index, list.end),
                    rule: "notice:secondary", score: 95,
                    isAlternative: true))
            return list.end
        }
        return nil
    }

    /// Whether a copyright line is on the same line or one of the two beside it.
    private func isNearCopyright(_ start: Int, _ end: Int) -> Bool {
        meter.spend(WorkMeter.Cost.word * 40)
        var lines = 0
        var at = start
        while at > 0, lines < 3, start - at < 30 {
            if text.gap(at).contains(.newline) { lines += 1 }
            at -= 1
            if text.word(at) == .copyright || text.gap(at).contains(.sign) || isMark(at) { return true }
        }
        lines = 0
        at = end
        while at < count, lines < 3, at - end < 20 {
            if text.gap(at).contains(.newline) { lines += 1 }
            if lines < 3, text.word(at) == .copyright || text.gap(at).contains(.sign) { return true }
            at += 1
        }
        return false
    }

    /// "(c)".
    private func isMark(_ at: Int) -> Bool {
        text.word(at) == .c && text.byteBefore(at) == UInt8(ascii: "(")
            && text.byteAfter(at) == UInt8(ascii: ")")
    }

    private mutating func mention(_ list: NamedLicenses) -> Int? {
        var at = index - 1
        while at >= 0, index - at < 4, [.the, .a].contains(text.word(at)) { at -= 1 }
        let isCopy = text.word(at) == .of && text.word(at - 1) == .copy
        let isSee = text.word(at) == .see
        guard isCopy || isSee else { return nil }
        // "a copy of Tcl/Tk" is one of the program.
        guard list.count == 1, list.saidLicense || list.node.isGNU, isSure(list, at: index) else {
            return list.end
        }
        statements.append(
            Statement(
                node: list.node, strength: .mention, bytes: range(index, list.end), rule: "notice:mention",
                score: 60, isVague: list.isVague))
        pointerBehind(list.end)
        return list.end
    }

    // MARK: public domain, same terms, choices, exceptions

    private mutating func publicDomain() -> Int? {
        guard text.word(index + 1) == .domain else { return nil }
        // A list of words, one a line.
        if text.gap(index).contains(.newline), text.gap(index + 1).contains(.newline),
            text.gap(index + 2).contains(.newline)
        {
            return index + 2
        }
        let between = text.gap(index + 1)
        guard between.isDisjoint(with: [.colon, .comma, .stop, .open, .close, .underscore, .equals, .period])
        else { return nil }
        // A longer name, such as "Public Domain Mark 1.0".
        if let list = names.list(at: index, before: count), list.end > index + 2,
            list.saidVersion || list.node != .publicDomain
        {
            return list.end
        }
        let verb = context(before: index, limit: 14)
        if verb.isNegative || verb.isHypothetical || verb.isExample { return index + 2 }
        meter.spend(WorkMeter.Cost.word * 60)
        // "FSF changes to this file are in the public domain."
        var near = index - 1
        while near >= max(0, index - 10), text.gap(near + 1).isDisjoint(with: [.stop, .blankLine]) {
            if text.word(near) == .changed || isOneOf(near, Self.partial) { return index + 2 }
            near -= 1
        }
        let behind = text.gap(index + 2)
        let isEnd =
            index + 2 >= count
            || !behind.isDisjoint(with: [
                .newline, .stop, .comma, .semicolon, .close, .bar, .colon, .quote, .hyphen,
            ])
        var back = index - 1
        while back >= 0, [.the, .a].contains(text.word(back)) { back -= 1 }
        let isInto =
            [.in, .into, .to, .is, .are, .as].contains(text.word(back)) || isOneOf(back, Self.publicVerbs)
        let speaksOfIt =
            verb.saysThis || (verb.hasVerb && text.word(back) != .as)
            || [.placed, .put, .dedicated, .donated, .released, .provided, .hereby, .into].contains(where: {
                word in
                (max(0, index - 8)..<index).contains { text.word($0) == word }
            })
        let isLine =
            text.gap(index).contains(.newline) || text.gap(index).contains(.open)
            || text.gap(index).contains(.stop)
        var strength: Statement.Strength?
        if isInto, speaksOfIt || (verb.hasWeakVerb && text.gap(index).rawValue != 0) && isSubject(index) {
            strength = .grant
        } else if isLine, isEnd, role != .other || !text.gap(index + 2).contains(.comma),
            behind.contains(.newline) || behind.contains(.stop) || index + 2 >= count
        {
            strength = .hint
        } else if text.word(back) == .in, isEnd, !text.gap(back).isDisjoint(with: [.newline, .stop]) {
            // "In the public domain."
            strength = .hint
        } else if isLine, isNearCopyright(index, index + 2) || isYear(index + 2) {
            // "Public Domain 1995, A. Author".
            strength = .hint
        } else if text.gap(index).contains(.colon), isEnd, Int(text[index].start) < 600 {
            // "2010-03-12 : A. Author : Public domain".
            strength = .hint
        } else if text.gap(index).contains(.comma), isEnd, Int(text[index].start) < 2000,
            text.gap(index + 2).contains(.newline) || text.gap(index + 2).contains(.comma)
        {
            // "J. Doe, j@example.org, Public Domain, May 1993".
            strength = .hint
        } else if [.software, .code, .work, .file, .program].contains(text.word(index + 2)), verb.saysThis {
            strength = .field
        } else if isOneOf(index + 2, Self.publicWorks), Int(text[index].start) < 400 {
            // "(mostly) portable public-domain implementation", at the head of a file.
            strength = .hint
        } else if text.gap(index).contains(.newline), behind.contains(.hyphen), Int(text[index].start) < 400 {
            // "Public domain - A. Author".
            strength = .hint
        }
        guard let strength else { return index + 2 }
        statements.append(
            Statement(
                node: .publicDomain, strength: strength,
                bytes: range(max(0, strength == .grant ? back : index), index + 2),
                rule: "notice:public-domain",
                score: 85, isVague: true))
        return index + 2
    }

    private func isYear(_ place: Int) -> Bool {
        guard text.word(place) == .number, text[place].length == 4 else { return false }
        return text.bytes[Int(text[place].start)] == UInt8(ascii: "1") || text.text(place).hasPrefix("20")
    }

    private static let publicWorks = set("implementation version")
    private static let partial = set("modifications additions alterations portions parts")
    private static let publicVerbs = set("entirely completely hereby explicitly fully")

    /// Whether the sentence speaks of this work rather than of others.
    private func isSubject(_ place: Int) -> Bool {
        var at = place - 1
        while at >= 0, place - at < 18, !text.gap(at + 1).contains(.stop),
            !text.gap(at + 1).contains(.blankLine)
        {
            switch text.word(at) {
            case .this, .it, .file, .code, .software, .program, .script, .i, .author, .authors, .source,
                .module, .package, .library:
                return true
            default: break
            }
            at -= 1
        }
        return false
    }

    private static let sameAs: [(String, String)] = [
        ("perl", "Artistic-1.0-Perl OR GPL-1.0-or-later"), ("python", "PSF-2.0"), ("ruby", "Ruby"),
        ("tcl", "TCL"), ("vim", "Vim"), ("php", "PHP-3.01"),
        ("zlib", "Zlib"), ("lua", "MIT"), ("nginx", "BSD-2-Clause"), ("emacs", "GPL-3.0-or-later"),
        ("linux", "GPL-2.0-only"), ("kernel", "GPL-2.0-only"),
        ("sqlite", "blessing"), ("libpng", "Libpng"), ("freetype", "FTL"), ("postgresql", "PostgreSQL"),
        ("openssl", "OpenSSL"), ("boost", "BSL-1.0"),
        ("curl", "curl"), ("latex", "LPPL-1.3c"), ("octave", "GPL-3.0-or-later"),
        ("wordpress", "GPL-2.0-or-later"), ("jquery", "MIT"), ("node", "MIT"), ("rails", "MIT"),
        ("django", "BSD-3-Clause"), ("numpy", "BSD-3-Clause"), ("scipy", "BSD-3-Clause"),
        ("gtk", "LGPL-2.0-or-later"), ("git", "GPL-2.0-only"), ("sqlalchemy", "MIT"),
        ("rust", "MIT OR Apache-2.0"), ("drupal", "GPL-2.0-or-later"), ("joomla", "GPL-2.0-or-later"),
        ("wine", "LGPL-2.1-or-later"), ("qemu", "GPL-2.0-only"), ("mercurial", "GPL-2.0-or-later"),
        ("pdl", "Artistic-1.0-Perl OR GPL-1.0-or-later"), ("libtiff", "libtiff"),
        ("ocaml", "LGPL-2.1-only WITH OCaml-LGPL-linking-exception"), ("imagemagick", "ImageMagick"),
    ]
    private static let sameTable: [UInt32: String] = Dictionary(
        uniqueKeysWithValues: sameAs.map { (Lexemes.hash($0.0.utf8), $0.1) })

    /// "under the same terms as Perl itself".
    private mutating func sameTerms() -> Int? {
        var at = index + 1
        let stop = min(count, index + 9)
        var sawTerms = false
        while at < stop {
            meter.spend(WorkMeter.Cost.word * 4)
            if text.gap(at).contains(.stop) { return nil }
            switch text.word(at) {
            case .terms, .license, .conditions, .licensing: sawTerms = true
            case .as, .of, .like, .that:
                guard sawTerms else { break }
                for name in (at + 1)..<min(count, at + 5) {
                    if let expression = Self.sameTable[text[name].hash] {
                        let behind = text.word(name + 1)
                        // "same license as Perl module Foo".
                        if [.module, .package, .library].contains(behind),
                            text.text(name).lowercased() != "perl"
                        {
                            return nil
                        }
                        meter.spend(WorkMeter.Cost.expression)
                        guard let node = (try? LicenseExpression.parse(expression))?.root else { return nil }
                        let verb = context(before: index, limit: 14)
                        guard !verb.isNegative else { return name + 1 }
                        statements.append(
                            Statement(
                                node: node, strength: .grant, bytes: range(index, name + 1),
                                rule: "notice:same-terms", score: 92))
                        return name + 1
                    }
                    if let list = names.list(at: name, before: count), isSure(list, at: name) { return nil }
                }
                return nil
            default: break
            }
            at += 1
        }
        return nil
    }

    /// "your choice of", "one of the following licenses".
    private mutating func choice() {
        meter.spend(WorkMeter.Cost.word * 8)
        let start = index
        switch text.word(index) {
        case .choice:
            guard
                text.word(index + 1) == .of || text.word(index + 1) == .between
                    || text.word(index - 1) == .your || text.word(index - 1) == .a
            else { return }
        case .one:
            guard text.word(index + 1) == .of,
                [.two, .the, .three, .following, .these].contains(text.word(index + 2))
            else { return }
        default:
            guard text.word(index + 1) == .of || text.word(index + 1) == .license else { return }
        }
        for at in start..<min(count, start + 9) where text.word(at) == .license || text.word(at) == .licensing
        {
            if (start..<at).contains(where: {
                text.word($0) == .above || text.text($0).lowercased() == "these"
            }),
                chooseAbove(start)
            {
                return
            }
            marks.choices.append(Int(text[start].start))
            return
        }
    }

    /// "2 licenses -- choose whichever you prefer", "two licenses; you may choose".
    private func isOffered(_ place: Int) -> Bool {
        ((place + 2)..<min(count, place + 12)).contains {
            text.word($0) == .choice || text.text($0).lowercased() == "whichever"
        }
    }

    /// "You may select, at your option, one of the above-listed licenses": what was granted before is a choice.
    private mutating func chooseAbove(_ place: Int) -> Bool {
        let start = Int(text[place].start)
        guard let last = statements.last, start - last.bytes.upperBound < 1500 else { return false }
        if case .and(let parts) = last.node {
            statements[statements.count - 1].node = LicenseExpression.Node.any(parts).withoutRepeats
            return true
        }
        guard let first = statements.dropLast().last, start - first.bytes.upperBound < 1500 else {
            return false
        }
        marks.choices.append(first.bytes.lowerBound)
        return true
    }

    /// "… Classpath exception", "as a special exception" with what it is about.
    private mutating func exceptionName() {
        guard marks.exceptions.count < Self.maximumStatements else { return }
        if text.word(index - 1) == .without || text.word(index - 1) == .no { return }
        // By its name.
        for back in (1...6).reversed() where index - back >= 0 {
            if let match = names.tabled(at: index - back, before: index + 1),
                case .exception(let name) = match.meaning,
                match.end >= index
            {
                marks.exceptions.append(.init(identifier: name, bytes: range(index - back, index + 1)))
                return
            }
        }
        guard isOneOf(index - 1, Self.special) || text.word(index - 1) == .a else { return }
        meter.spend(SpecialException.cost)
        if let name = SpecialException.identifier(text, from: index, before: count) {
            marks.exceptions.append(.init(identifier: name.identifier, bytes: range(index - 1, name.end)))
        }
    }

    private static let special = set("special additional specific following linking permission")

    // MARK: addresses, tags and pointers

    private mutating func address() -> Int {
        meter.spend(WorkMeter.Cost.item)
        let address = text.text(index)
        guard let found = names.meter.expression(forAddress: address) else { return index + 1 }
        let isDeed = address.contains("creativecommons.org") || address.contains("licensebuttons")
        let isBadge = address.contains("shields.io")
        var saysLicense = isDeed || isBadge
        if !saysLicense {
            for at in max(0, index - 12)..<min(count, index + 8)
            where text.word(at) == .license || text.word(at) == .licensed { saysLicense = true }
        }
        // ".LICENSEURI https://…", "licenseUrl: …".
        if isOneOf(index - 1, Self.addressFields) { saysLicense = true }
        guard saysLicense else { return index + 1 }
        // Pages of the GNU project are cited by every notice.
        let isGNU = found.root.isGNU && address.contains("gnu.org")
        let verb = context(before: index, limit: 8)
        guard !verb.isNegative else { return index + 1 }
        statements.append(
            Statement(
                node: found.root, strength: isGNU ? .mention : .hint, bytes: range(index, index + 1),
                rule: isBadge ? "notice:badge" : "notice:address",
                score: isGNU ? 50 : 80, isVague: isGNU))
        return index + 1
    }

    private static let addressFields = set("licenseuri licenseurl")

    private mutating func tag() -> Int? {
        tagCount += 1
        guard tagCount <= Self.maximumStatements else { return nil }
        meter.spend(SPDXTagReader.cost(role))
        guard let found = SPDXTagReader.read(text, at: index, role: role) else { return nil }
        meter.spend(WorkMeter.Cost.tagByte * (found.end - Int(text[index].start)))
        if let node = found.node {
            statements.append(
                Statement(
                    node: node, strength: .grant, bytes: range(index, index + 3).lowerBound..<found.end,
                    rule: "tag:spdx", score: 100, isTag: true))
        }
        var next = index + 1
        while next < count, Int(text[next].start) < found.end { next += 1 }
        return next
    }

    /// Reworded permission texts; where a text of the list matches the same words, that one holds.
    private mutating func shape() {
        guard let found = PermissionShape(text: text, meter: meter).read(at: index),
            let node = (try? LicenseExpression.parse(found.identifier))?.root
        else { return }
        statements.append(
            Statement(
                node: node, strength: found.isSure ? .grant : .hint, bytes: range(index, found.end),
                rule: "notice:shape",
                score: 60, isVague: true))
    }

    /// "see the file COPYING", "in the LICENSE file".
    private mutating func pointer() {
        meter.spend(WorkMeter.Cost.word * 12)
        guard marks.pointers.count < Self.maximumStatements, let found = FilePointer.read(text, at: index)
        else {
            return
        }
        meter.spend(WorkMeter.Cost.expression)
        if marks.pointers.last?.bytes != found.bytes { marks.pointers.append(found) }
    }

    private mutating func pointerBehind(_ place: Int) { _ = place }
}

extension LicenseExpression.Node {
    static var publicDomain: Self { .term(LicenseTerm(LicenseReference("LicenseRef-public-domain"))) }
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
