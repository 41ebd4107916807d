// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

// swift-format-ignore-file: AlwaysUseLowerCamelCase

/// The words that the grammar of names and notices knows by themselves; all others are told by their hash.
enum Word: UInt16, Sendable {
    case other, end, number, address, scheme, www, commentWord
    case license, licensed, licensing, version, v, the, a, an, of, or, and, with, without, under, by, to,
        `in`, on, at, `for`, from, `as`, `is`, are, be
    case any, later, newer, higher, greater, above, subsequent, only, either, your, our, option, choice, plus,
        dual, dually, multi, triple
    case not, no, nor, neither, never, cannot, unlike, isnt, t, nt
    case terms, conditions, term, condition, file, files, see, copy, copying, copyright, gnu, free, software,
        foundation, published
    case this, that, these, it, its, you, may, can, must, shall, exception, exceptions, clause, clauses, same,
        itself
    case both, alternatively, all, rights, reserved, `public`, domain, style, like, similar, type, based,
        compatible, incompatible
    case released, distributed, distribute, redistribute, redistributed, modify, available, provided,
        published_, made, covered, governed, subject
    case general, agreement, project, source, code, open, osi, approved, library, program, package, module,
        document, documentation, work, script
    case which, when, `if`, unless, because, but, than, instead, rather, was, were, previously, formerly,
        originally, relicensed, relicense, changed, switched
    case universal, international, unported, generic, text, found, directory, root, details, full, contained,
        included, accompanying, distribution
    case one, two, three, four, five, new, revised, modified, simplified, original, old, following, above_,
        below, permission, granted, use
    case following_, cc, creative, commons, creativecommons, attribution, share, alike, sharealike,
        noncommercial, non, commercial, derivatives
    case derivs, noderivs, noderivatives, derivative, works, zero, mark, sa, nc, nd, by_, invariant, sections,
        cover, texts, front, back
    case c, d, b, s, spdx, identifier, author, authors, holder, holders, warranty, disclaimer, module_, more,
        information, tag, name
    case dedicated, dedication, placed, belongs, hereby, into, put, donated, everyone, anyone, everybody
    case also, well, recommended, such, example, e, g, i, between, up, year, years, unspecified, gplish

    static let table = WordTable()
}

/// Finds a ``Word`` by the hash of its letters.
struct WordTable: Sendable {
    private static let mask = 1023
    private var hashes = [UInt32](repeating: 0, count: 1024)
    private var words = [Word](repeating: .other, count: 1024)
    private let elements = WordHashes(
        Self.elementNames.split(separator: " ").map { Lexemes.hash($0.utf8) })

    @inline(__always) func word(_ hash: UInt32, length: Int) -> Word {
        var slot = Int(truncatingIfNeeded: hash ^ (hash >> 15)) & Self.mask
        while hashes[slot] != 0 {
            if hashes[slot] == hash { return words[slot] }
            slot = (slot + 1) & Self.mask
        }
        return .other
    }

    func isElement(_ hash: UInt32, length: Int) -> Bool { elements.contains(hash) }

    private mutating func insert(_ text: Substring, _ word: Word) {
        let hash = Lexemes.hash(text.utf8)
        var slot = Int(truncatingIfNeeded: hash ^ (hash >> 15)) & Self.mask
        while hashes[slot] != 0, hashes[slot] != hash { slot = (slot + 1) & Self.mask }
        hashes[slot] = hash
        words[slot] = word
    }

    fileprivate init() {
        for (word, spellings) in Self.spellings {
            for text in spellings.split(separator: " ") { insert(text, word) }
        }
    }

    private static let elementNames = """
        a abbr acronym address b big blockquote body br center cite code dd div dl dt em font footer h head header hr html i
        img kbd legalnotice li link literal meta nav ol p para pre samp section simpara small span strong sub sup table tbody
        td th title tr tt u ul ulink xref emphasis filename quote application command programlisting itemizedlist listitem
        """.split(separator: "\n").joined(separator: " ")

    private static let spellings: [(Word, String)] = [
        (.scheme, "http https ftp"), (.www, "www"), (.commentWord, "dnl rem xcomm"),
        (
            .license,
            """
            license licence licenses licences lic lizenz lisence liscense licens licencia licença licenza lizenzen licencias \
            licenças licenze licentie licensen lisens lisensi lisensia lisensin lisenssi lisenssin lisenssillä lisenssillä lisensiyle lisansı lisansıyla lisansının licența licenței licență licenta licenc licencom licenco licenciou licencii \
            licenciu lisence лиценз лиценца лиценцом ліцензія phép άδεια άδειας ترخيص رخصة مجوز licencija licencijos licenciją litsents litsentsi lisensen licencja licencji licencją licencí licenci lisans лицензия Лицензия \
            лицензии лицензией лицензию ліцензія ліцензією ліцензії
            """
        ),
        (
            .licensed,
            "licensed licenced lisensed licensable licenciado lizenziert licensierat licencjonowany licențiat licențiată lisanslanmıştır lisanslıdır lisanslı lisensiert licenseret licencovaný licencirano лицензировано Лицензировано"
        ),
        (.licensing, "licensing licencing"),
        (
            .version,
            "weergawe versió verzija verziji verzije versio verzió versiune έκδοση έκδοσης גרסה versjon versiunea verziója verziójának változata változat versija versi sürüm sürümü версії версія version versions vers ver revision versión versão versione versie wersja wersji verze verzi версия версии версию"
        ), (.v, "v"), (.the, "the"),
        (.a, "a"),
        (.an, "an"), (.of, "of"), (.or, "or"), (.and, "and"), (.with, "with"), (.without, "without"),
        (.under, "under"), (.by, "by"), (.to, "to"), (.in, "in"), (.on, "on"), (.at, "at"), (.for, "for"),
        (.from, "from"), (.as, "as"), (.is, "is"), (.are, "are"), (.be, "be"), (.any, "any"),
        (.later, "later"), (.newer, "newer"), (.higher, "higher"), (.greater, "greater"), (.above, "above"),
        (.subsequent, "subsequent"), (.only, "only"), (.either, "either"), (.your, "your"), (.our, "our"),
        (.option, "option"), (.choice, "choice choose choosing choices"), (.plus, "plus"),
        (.dual, "dual double"),
        (.dually, "dually"), (.multi, "multi"), (.triple, "triple tri"), (.not, "not"), (.no, "no"),
        (.nor, "nor"), (.neither, "neither"), (.never, "never"), (.cannot, "cannot"), (.unlike, "unlike"),
        (.isnt, "isn aren wasn doesn don won hasn couldn shouldn wouldn"), (.t, "t"), (.terms, "terms"),
        (.term, "term"), (.conditions, "conditions"), (.condition, "condition"), (.file, "file"),
        (.files, "files"), (.see, "see"), (.copy, "copy copies"), (.copying, "copying"),
        (.copyright, "copyright copyrights copyrighted copr"), (.gnu, "gnu"), (.free, "free"),
        (.software, "software"), (.foundation, "foundation"), (.published, "published"), (.this, "this"),
        (.that, "that"), (.these, "these"), (.it, "it"), (.its, "its"), (.you, "you"), (.may, "may"),
        (.can, "can"),
        (.must, "must"), (.shall, "shall"), (.exception, "exception exemption"),
        (.exceptions, "exceptions exemptions"),
        (.clause, "clause clauses cl"), (.same, "same"), (.itself, "itself"), (.both, "both"),
        (.alternatively, "alternatively alternately"), (.all, "all"), (.rights, "rights"),
        (.reserved, "reserved"), (.public, "public"), (.domain, "domain"), (.style, "style styled"),
        (.like, "like"), (.similar, "similar"), (.type, "type"), (.based, "based"),
        (.compatible, "compatible"),
        (.incompatible, "incompatible"), (.released, "released release"),
        (.distributed, "distributed"), (.distribute, "distribute"), (.redistribute, "redistribute"),
        (.redistributed, "redistributed"), (.modify, "modify"), (.available, "available"),
        (.provided, "provided"), (.made, "made"), (.covered, "covered"), (.governed, "governed"),
        (.subject, "subject"), (.general, "general"), (.agreement, "agreement"), (.project, "project"),
        (.source, "source"), (.code, "code"), (.open, "open"), (.osi, "osi"), (.approved, "approved"),
        (.library, "library lib"), (.program, "program"), (.package, "package"), (.module, "module"),
        (.document, "document"), (.documentation, "documentation"), (.work, "work"), (.script, "script"),
        (.which, "which"), (.when, "when"), (.if, "if"), (.unless, "unless"), (.because, "because"),
        (.but, "but"),
        (.than, "than"), (.instead, "instead"), (.rather, "rather"), (.was, "was"), (.were, "were"),
        (.previously, "previously"), (.formerly, "formerly"), (.originally, "originally"),
        (.relicensed, "relicensed"), (.relicense, "relicense relicensing"),
        (.changed, "changed change changes"),
        (.switched, "switched switch moved migrated"), (.universal, "universal"),
        (.international, "international"),
        (.unported, "unported"), (.generic, "generic"), (.text, "text"), (.found, "found"),
        (.directory, "directory"), (.root, "root"), (.details, "details"), (.full, "full"),
        (.contained, "contained"), (.included, "included"), (.accompanying, "accompanying"),
        (.distribution, "distribution"), (.one, "one"), (.two, "two"), (.three, "three"), (.four, "four"),
        (.five, "five"), (.new, "new"), (.revised, "revised"), (.modified, "modified"),
        (.simplified, "simplified"),
        (.original, "original"), (.old, "old"), (.following, "following"), (.below, "below"),
        (.permission, "permission"), (.granted, "granted"), (.use, "use used"), (.cc, "cc"),
        (.creative, "creative"), (.commons, "commons common"), (.creativecommons, "creativecommons"),
        (
            .attribution,
            "attribution attributions attribuzione namensnennung reconocimiento atribución attribuição paternité atribuição naamsvermelding атрибуция"
        ),
        (.share, "share"), (.alike, "alike"),
        (.sharealike, "sharealike compartirigual compartilhaigual"),
        (.noncommercial, "noncommercial nocomercial nãocomercial"), (.non, "non"),
        (.commercial, "commercial"), (.derivatives, "derivatives"), (.derivs, "derivs deriv"),
        (.noderivs, "noderivs"), (.noderivatives, "noderivatives noderivative"), (.derivative, "derivative"),
        (.works, "works"), (.zero, "zero"), (.mark, "mark"), (.sa, "sa"), (.nc, "nc"), (.nd, "nd"),
        (.invariant, "invariant"), (.sections, "sections section"), (.cover, "cover covers"),
        (.texts, "texts"),
        (.front, "front"), (.back, "back"), (.c, "c"), (.d, "d"), (.b, "b"), (.s, "s"), (.spdx, "spdx"),
        (.identifier, "identifier"), (.author, "author"), (.authors, "authors"), (.holder, "holder"),
        (.holders, "holders"), (.warranty, "warranty"), (.disclaimer, "disclaimer"), (.more, "more"),
        (.information, "information info"), (.tag, "tag"), (.name, "name"), (.dedicated, "dedicated"),
        (.dedication, "dedication"), (.placed, "placed"), (.belongs, "belongs"), (.hereby, "hereby"),
        (.into, "into"), (.put, "put"), (.donated, "donated"), (.everyone, "everyone"), (.anyone, "anyone"),
        (.everybody, "everybody"), (.recommended, "recommended"), (.such, "such"), (.example, "example"),
        (.also, "also"), (.well, "well"), (.e, "e"), (.g, "g"), (.i, "i"), (.between, "between"),
        (.up, "up upwards onwards"), (.year, "year"), (.years, "years"),
    ]
}
