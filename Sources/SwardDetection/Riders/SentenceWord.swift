// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// What a word can be in a sentence that refuses, demands or limits; one word may be several.
struct SentenceWord: OptionSet, Sendable {
    let rawValue: UInt128

    private static func bit(_ number: Int) -> SentenceWord { SentenceWord(rawValue: 1 << UInt128(number)) }

    // How it is said.
    static let not = bit(0), no = bit(1), modal = bit(2), does = bit(3), being = bit(4), adverb = bit(5)
    static let ban = bit(6), verb = bit(7), allow = bit(8), need = bit(9), takes = bit(10), only = bit(11)
    static let please = bit(12), turn = bit(13), except = bit(14), relative = bit(15), past = bit(16)
    static let wish = bit(17), choice = bit(18), beforehand = bit(19), inside = bit(20)
    // Of whom.
    static let people = bit(21), maker = bit(22), payer = bit(23), group = bit(24), third = bit(25)
    static let folk = bit(26), everyone = bit(27), small = bit(28)
    // Of what.
    static let ware = bit(29), copy = bit(30), trade = bit(31), sell = bit(32), share = bit(33)
    static let surely = bit(34), field = bit(35), compete = bit(36), using = bit(37), noun = bit(38)
    static let grant = bit(39), leave = bit(40), fee = bit(41), acquire = bit(42), given = bit(43)
    static let reach = bit(44), implied = bit(45), service = bit(46), `private` = bit(47), secret = bit(48)
    static let naming = bit(49), notice = bit(50), attribution = bit(51), branding = bit(52)
    static let remove = bit(53), report = bit(54), keep = bit(55), change = bit(56), keeping = bit(57)
    static let part = bit(58), person = bit(59), give = bit(60), order = bit(61), has = bit(62)
    static let nobody = bit(63), hosted = bit(64), offering = bit(65), make = bit(66), run = bit(67)
    static let wholeWork = bit(68), display = bit(69), agree = bit(70), whose = bit(71), mind = bit(72),
        engine = bit(73), lesson = bit(74)
    static let changed = bit(75), intact = bit(76), technical = bit(77), improvement = bit(78),
        bringing = bit(79)
    static let feed = bit(80), earn = bit(81), put = bit(82), wrong = bit(83), getting = bit(84)
    static let ending = bit(85), ends = bit(86), breach = bit(87), off = bit(88)

    /// What refuses.
    static let refusing: SentenceWord = [.no, .nobody, .not, .ban, .allow, .only, .off]

    /// What can be refused, demanded or limited.
    static let matters: SentenceWord = [
        .trade, .sell, .share, .field, .compete, .mind, .payer, .group, .small, .report, .keep, .remove,
        .only,
        .grant, .run,
        .branding, .make, .hosted, .change, .intact, .improvement, .feed,
    ]

    /// What refuses, demands or limits.
    static let turns: SentenceWord = [
        .not, .no, .nobody, .ban, .allow, .need, .only, .order, .agree, .small, .beforehand, .fee, .ending,
        .off,
    ]

    @inline(__always) static func of(_ hash: UInt32) -> SentenceWord {
        known.contains(hash) ? table[hash] ?? [] : []
    }

    private static let table: [UInt32: SentenceWord] = {
        var table: [UInt32: SentenceWord] = [:]
        for (kind, words) in lists {
            for word in words.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
                table[Lexemes.hash(word.utf8), default: []].formUnion(kind)
            }
        }
        return table
    }()

    private static let known = WordHashes(Array(table.keys))

    // REUSE-IgnoreStart
    private static let lists: [(SentenceWord, String)] = [
        (.not, "not never cannot t nt"),
        (.no, "no none neither"),
        (.modal, "may must shall can should will might do does don mustn shouldn shan won need"),
        (.does, "do does don doesn"),
        (.being, "is are be isn aren being remain remains"),
        (
            .adverb,
            "strictly expressly hereby explicitly also therefore absolutely generally otherwise ever however then in any way under knowingly simply considered regarded deemed hereafter"
        ),
        (
            .ban,
            "prohibited forbidden disallowed banned excluded breach violation infringement theft piracy prohibits forbids disallows excludes prohibit forbid disallow unlawful illegal barred prohibiting forbidding disallowing"
        ),
        (
            .verb,
            "prohibits forbids disallows excludes prohibit forbid disallow prohibiting forbidding disallowing"
        ),
        (
            .allow,
            "allowed permitted authorized authorised licensed entitled allow permit covered included ok okay fine acceptable tolerated granted welcome"
        ),
        (.need, "need needs must require requires required have has shall obliged"),
        (.takes, "require requires needs need"),
        (.only, "only solely exclusively strictly limited restricted reserved just"),
        (.please, "please kindly and so then or"),
        (.turn, "but however whereas although though yet while because"),
        (.except, "unless except provided besides"),
        (.relative, "who whose whom which that engaged involved"),
        (.past, "was were previously formerly"),
        (
            .wish,
            "consider considering donate donating donation donations sponsor sponsors sponsoring appreciate appreciated glad happy nice encouraged love tip coffee recommended suggest requested"
        ),
        (
            .choice,
            "alternatively instead prefer prefers wish wishes proprietary closed otherwise comply unable cannot dual suit suits fit copyleft obligations without either option exception exceptions sublicense gpl agpl lgpl offer offers want wants"
        ),
        (.beforehand, "first beforehand before separately separate prior"),
        (.inside, "within inside into as through during against via among"),

        (
            .people,
            """
            you they nobody anyone anybody everyone users user licensee licensees recipients recipient customers customer people persons person who one it that this these
            those which others distributions distros distributors packagers companies businesses organizations organisations
            """
        ),
        (
            .maker,
            "we i us me our my author authors maker makers maintainer maintainers developer developers upstream holder holders"
        ),
        (
            .payer,
            "companies company businesses business corporations corporation corporate enterprises enterprise firms firm industrial industry startups freelancers agencies studios vendors professionals manufacturers employers shops"
        ),
        (
            .group,
            """
            organization organizations organisation organisations government governments agencies agency entity entities employers employer institution institutions military
            militaries army armies police member members individual individuals group groups country countries residents citizens nationals states party parties regime regimes politicians churches lobbyists insurers landlords banks racists fascists nazis minors children members residents producers
            corporation corporations company companies vendor vendors contractors ministry ministries
            """
        ),
        (
            .third,
            "third others anyone anybody public elsewhere outside sites site websites platforms forums friends colleagues customers partners clients competitors outsiders people else stores store marketplaces server servers page pages portal portals web internet network disk disks disc cd cds dvd"
        ),
        (
            .folk,
            "hobbyists hobbyist students teachers amateurs schools nonprofits charities researchers individuals"
        ),
        (.everyone, "everyone everybody all anyone anybody both"),
        (
            .small,
            """
            personal private home hobby hobbyist hobbyists academic educational education school schools students teachers classroom classrooms research researchers scientific
            nonprofit nonprofits charity charities charitable noncommercial evaluation trial amateur amateurs individuals household nonprofessional universities
            """
        ),
        (
            .ware,
            """
            software program programs code source sources file files script scripts package library module modules plugin plugins plug app apps application applications game games
            pdf pdfs zip jar epub iso wav mp3 archives book books handbook manual guide chapter chapters booklet magazine zine comic score page glyphs track cube clip story level photograph
            mod mods font fonts typeface image images picture pictures photo photos photographs drawing drawings artwork art illustrations icon icons music song songs sound sounds
            recording recordings audio video videos film films data dataset datasets database model models mesh meshes weights checkpoint checkpoints work works document documents
            documentation text texts book books material materials content contents map maps texture textures sample samples template templates theme themes binary binaries
            product products distribution release archive tool tools assets asset pack packs loops loop sprites sprite tiles tileset brushes presets preset prints stl shaders shader
            tracks beats clips footage vectors levels recordings lessons lesson course courses slides worksheets translation translations articles article poems poem stories story
            scans wallpapers skins avatars characters character addon addons extension extensions widget engine server client firmware blob blobs driver kit sdk executable installer
            repository project corpus collection unit redistributions libraries graphics designs design patterns pattern thing things component components framework bundle service part parts contents
            """
        ),
        (
            .copy,
            "redistributions copies copy it them thereof derivatives versions version any all portion portions part parts these this"
        ),
        (
            .trade,
            """
            commercial commercially commerce money monetary revenue profit profits income monetize monetise monetized monetised monetization monetisation earn earns earning
            earnings paid profitable lucrative merchandise merchandising forprofit payment
            """
        ),
        (.sell, "sell sells selling sold resell resells reselling resold resale sale sales charge charging"),
        (
            .share,
            """
            disseminate disseminated disseminating dissemination redistributions replication reproduction duplication redistribute redistributed redistributing redistribution distribute distributed distributing distribution upload uploaded uploading uploads reupload reuploaded
            reuploading repost reposted reposting reposts rehost rehosted rehosting mirror mirrored mirroring share shared sharing republish republished republishing republication
            publish published publishing pass passed passing hand handed handing transfer transferred transferring transmit transmitted forward forwarded host hosted hosting give giving lend lending supply supplied provide send post posting posted given put putting place placing placed offer offered list listed bundle bundled package packaged ship shipped include included appear appears mirrors mirroring torrents repackage repackaged repackaging rebundle
            """
        ),
        (
            .surely,
            """
            disseminate disseminated disseminating dissemination redistributions redistribute redistributed redistributing redistribution reupload reuploaded reuploading repost reposted reposting reposts rehost rehosted rehosting republish
            republished republishing republication repackage repackaged repackaging rebundle
            """
        ),
        (
            .field,
            """
            military militaries arms weapon weapons weaponry warfare war surveillance nuclear armed army armies police policing facial biometric biometrics gambling betting tobacco
            drones drone torture immigration deportation missile missiles bombs harm harms harming kill kills killing injure unethical immoral racist discriminate discrimination
            pornography pornographic casino casinos prisons prison fossil coal genocide terrorism terrorist extremist hate spyware spying stalking profiling propaganda deepfake
            deepfakes nft nfts blockchain metaverse cryptocurrency cryptocurrencies slaughter vivisection embargoed embargo embargoes sanctioned sanctions intelligence enforcement protesters migrants refugees dissidents journalists defence defense oppression warfighting espionage fascism racism
            """
        ),
        (.compete, "compete competes competing competitor competitors competitive"),
        (
            .using,
            """
            use uses used using usage apply applying utilize utilized employ employed deploy deployed deploying run ran running installed install operated operate incorporate incorporated
            embed embedded bundle bundled include included purposes purpose application applications projects project products integrate integrated adopt adopted applied built
            build work works involvement exploitation exploited exploit exploiting
            """
        ),
        (
            .noun,
            "redistributions replication reproduction duplication putting placing posting hosting uploading sharing publishing giving passing resale sale sales reselling selling redistribution redistributing reposting reuploading rehosting republication monetization monetisation reposts uploads mirroring"
        ),
        (
            .grant,
            "grant license licence licenses licences licensing permission permissions agreement agreements subscription subscriptions consent contract contracts approval rights right permit terms arrangement quote"
        ),
        (
            .leave,
            "permission consent approval authorization authorisation agreement asking leave paying permit"
        ),
        (.fee, "fee fees royalty royalties subscription edition payment seat seats charge"),
        (
            .acquire,
            "buy buying purchase purchasing obtain obtaining get getting pay acquire contact ask asking talk speak write email mail reach negotiate arrange order request seek license licence hold have"
        ),
        (.given, "granted given grants grant issued extended available"),
        (.reach, "extend extends apply applies cover include"),
        (.implied, "implied trademark trademarks patent patents warranty estoppel"),
        (
            .service,
            "support version versions edition editions inquiries enquiries questions offers offer partner partners sponsors customers plans plan services"
        ),
        (.private, "privacy personal account accounts email emails information passwords"),
        (.secret, "key keys password token tokens credential credentials secret secrets"),
        (
            .naming,
            "name names logo logos trademark trademarks brand brands endorse promote publicity misrepresent misrepresented claim endorsement"
        ),
        (.notice, "notice notices"),
        (.attribution, "attribution credit credits"),
        (
            .branding,
            "powered link links backlink logo logos banner banners branding footer badge watermark watermarks splash telemetry ads advertisement advertisements registration tracker credits imprint hyperlink"
        ),
        (
            .remove,
            "remove removed hide hidden alter altered disable disabled obscure strip delete circumvent bypass"
        ),
        (
            .report,
            "register report notify inform send submit email mail pay invite cite"
        ),
        (.surely, "register report notify inform"),
        (
            .keep,
            "keep kept retain retained preserve display displayed show shown include remain stay visible leave stays remains"
        ),
        (
            .change,
            """
            modify modified modifying modification modifications alter altered altering alteration alterations edit edited editing edits adapt adapted adapting adaptation
            adaptations change changed changing changes remix remixed remixing remixes translate translated translation translations derivative derivatives derive
            rework reworked reworking fork forks forked forking
            """
        ),
        (
            .changed,
            "modified altered edited adapted changed remixed translated reworked forked derivative derivatives"
        ),
        (
            .noun,
            "modification modifications modifying alteration alterations altering edits editing adaptation adaptations adapting changes changing remixes remixing translation translations derivative derivatives forks forking reworking torrents mirrors distribution"
        ),
        (.intact, "unmodified unchanged unaltered unedited verbatim untouched"),
        (
            .technical,
            """
            generated autogenerated automatically during after once until hand manually directly concurrently runtime thread threads iteration iterations
            iterating method function callers caller pointer buffer object objects generator variable parameter value values array header headers
            """
        ),
        (
            .improvement,
            "changes change modifications modification improvements improvement patch patches fixes bugfixes enhancements versions"
        ),
        (
            .bringing,
            "contribute contributed return returned share shared publish published hand handed give given upstream upstreamed sent submitted mailed reported"
        ),
        (
            .feed,
            "feed fed ingest ingested ingestion scrape scraped scraping crawl crawled crawling mine mined prompt prompts"
        ),
        (.earn, "earn earning profit monetize monetise commercialize commercialise make making gain"),
        (
            .put,
            "put putting place placing placed offer offered list listed bundle bundled package packaged ship shipped include included appear appears"
        ),
        (.off, "off"),
        (.wrong, "breach violation infringement theft piracy"),
        (.getting, "get gets receive receives obtain obtains"),
        (
            .ending,
            "revoke revokes revoked withdraw withdraws withdrawn terminate terminates terminated end ends ended lose loses lost forfeit forfeits forfeited expire expires void voids voided lapse lapses cease ceases cancel cancels cancelled canceled valid"
        ),
        (.ends, "end ends ended expire expires lapse lapses cease ceases valid"),
        (
            .breach,
            "comply complies complying compliance violate violates violated violation breach breaches breached fail fails failure infringe infringes terms conditions cannot"
        ),
        (.nobody, "nobody no"),
        (
            .mind,
            "generator ai llm llms ml artificial machine neural generative gpt chatbot chatbots language diffusion generators"
        ), (.engine, "machine language"),
        (
            .lesson,
            "train trains trained training learning dataset datasets corpus corpora models model finetuning tuning data set sets intelligence networks"
        ),
        (.hosted, "hosted managed cloud saas"),
        (.offering, "service services alternative alternatives offering offerings version platform product"),
        (.make, "make made making offer offered offering put"),
        (.run, "reuse reused use used run deploy deployed employ employed utilize utilized"),
        (
            .wholeWork,
            "software program code work works material materials dataset data model models weights font fonts images texts content documents"
        ),
        (.display, "powered link links footer banner banners logo badge page pages"),
        (.agree, "agree agrees accept accepts undertake"),
        (.whose, "its their his her whose"),
        (.part, "covered included bundled shipped packaged part provided"),
        (
            .person,
            "anyone anybody people persons person users user those individuals licensees entity entities whoever"
        ),
        (
            .give,
            "pass passed passing hand handed handing transfer transferred transferring transmit transmitted forward forwarded host hosted hosting give given giving lend lending supply supplied provide send post posting posted put putting place placing placed offer offered list listed bundle bundled ship shipped include included appear appears"
        ),
        (.order, "buy purchase obtain contact ask write email request pay acquire talk negotiate reach get"),
        (.has, "has have"),
        (.keeping, "accordance compliance conformity"),
    ]
    // REUSE-IgnoreEnd
}
