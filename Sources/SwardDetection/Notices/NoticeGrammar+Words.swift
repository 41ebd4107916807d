// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// The words by which grants, fields and names are told.
extension NoticeGrammar {
    static func set(_ words: String) -> WordHashes { WordHashes(words: words) }

    static let binding: WordKinds = [.governed, .covered]
    static let bindingWords = set("protected bound controlled authorized authorised")
    static let toWords = set("according pursuant")
    static let withWords = set("accordance compliance conformance")
    static let foreignUnder = set(
        """
        unter sous bajo sotto sob onder según secondo enligt според pod conformément gemäß gemäss unterliegt selon mukaisesti suivant på под warunkach условиях voorwaarden podle theo bawah pagal prema съгласно згідно відповідно υπό تحت licencováno согласно условиям mediante
        """.split(separator: "\n").joined(separator: " ")
    )
    /// "sub licența MIT": the first word alone is a keyword of Perl.
    static let sub = Lexemes.hash("sub".utf8), romanian = set("licența licenta")
    /// Those of them that mean terms.
    static let foreignTerms = set("warunkach условиях условиям voorwaarden")
    /// Words of other languages that say much else besides.
    static let shortUnder = set("con com na по на")
    /// "Terms", and what stands between it and the name.
    static let termWords = set("termos términos termes termini bedingungen villkoren vilkårene")
    static let ofWords = set("da do de de la della dell der des du del van för for la")
    /// "Under" and "according to" in languages that put them behind the name.
    static let postposed = set("alatt szerint altında kapsamında uyarınca alaisena alaisuudessa")
    static let fileNames = set("unlicense notice readme copyleft")
    static let par = Lexemes.hash("par".utf8), secondary = Lexemes.hash("secondary".utf8)
    static let picking = set("pick select take")
    static let usingWord = Lexemes.hash("using".utf8)
    static let waivers = set("waived waives waive dedicated dedicates dedicate")
    /// "licenciado sobre a GPL", where the word alone is "about".
    static let sobre = Lexemes.hash("sobre".utf8),
        sobreVerbs = set("licenciado licenciada licenciados publicado publicada")
    static let parVerbs = set("régi régie gouverné couvert protégé")

    /// Verbs by which something comes under terms.
    static let verbs: WordKinds = [
        .licensed, .licensing, .released, .distributed, .distribute, .redistribute, .redistributed, .modify,
        .available, .provided,
        .published, .made, .covered, .governed, .placed, .put, .donated, .copy, .copying, .permission,
        .granted, .license, .terms, .dual,
        .dually, .dedicated, .relicensed, .conditions, .free, .open,
    ]
    static let verbWords = set(
        """
        offered issued shared contributed copied protected given comes falls supplied delivered sourced opensourced sublicense usable
        reusable waived reused reproduced redistributable distributable lizenziert veröffentlicht verbreitet weitergeben modifizieren freigegeben
        distribué distribuée publié publiée diffusé diffusée licencié redistribuer modifier distribuido distribuida publicado publicada liberado
        licenciado licenciada distribuito distribuita rilasciato rilasciata distribuído distribuída disponível disponible disponibile uitgebracht
        vrijgegeven steht stehen gestellt ist utgivet licensierat julkaistu valt vallen verspreiden wijzigen rozprowadzać rozpowszechniany
        modyfikować dostępny dostępna dostępne objęty распространяется распространяются перераспространять распространять модифицировать изменять доступно доступен
        лицензировано опубликован está están é distribué šířit licenziato rilasciata esta lizenzierte mise mis submitted released_ permitted permitted_ permits redistribution lies hosted
        """)
    static let weakVerbs: WordKinds = [
        .is, .are, .be, .it, .this, .file, .files, .code, .software, .program, .library, .package, .work,
        .script, .use, .project, .module,
    ]

    static let fillers: WordKinds = [
        .the, .terms, .term, .and, .conditions, .condition, .of, .a, .an, .either, .both, .this, .these,
        .that, .following, .license,
        .its, .open, .source, .free, .version, .or, .one, .any, .it, .our, .your, .software, .dual, .at,
        .option, .choice, .published, .by, .to, .copyright,
        .two, .three, .licensing, .new, .only, .two, .agreement, .is, .e, .i, .a, .public, .gnu, .which,
        .library,
    ]
    static let fillerWords = set(
        """
        provisions provision rules his her their very liberal permissive standard usual popular well known simple item over der die das den dem des
        bedingungen les termes conditions de la le los términos del el termini della licenza di os termos da do licencia licence lizenz licença villkoren una uma un um een en
        einer eine unless stated otherwise du condiciones clauses selon respective respectively ordinary normal terme condizioni ehdoilla voorwaarden van het regulations osi approved certified
        """)

    /// Names of programs: licenses only where "license" or a version is said.
    static let products = set(
        """
        gnu apache mozilla eclipse php zope erlang unicode elastic openldap bittorrent nokia nasa postgres postgresql sqlite jpeg libjpeg freetype imagemagick
        boost openssl zlib libpng libtiff tcl gnuplot condor sgi netbsd freebsd openbsd lucent ntp ssleay xfree mpich beer academy enlightenment interbase imlib
        vera knuth ldp nethack historical openmarket fastcgi verbatim openstreetmap tidy netcdf unidata infozip bzip torque openpbs freetype2 jdom jython jpython
        ipa berkeley ace mtl bola ucd icu sfl berkeleydb fal lal nosa w3c w mulan cmu pil ijg osl rpl efl ecl afl sspl cal fsl ypl upl spl x affero mlton cnri
        shl giftware dom4j classworlds llvm opl simpl rpsl vostrom smppl ufl lpl tmate font fonts autoconf bison libtool classpath psutils offis igp barr oar
        """)
}
