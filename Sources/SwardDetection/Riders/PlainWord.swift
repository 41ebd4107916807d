// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// What a word, or several in a row, can be in a plain sentence about terms.
struct PlainWord: OptionSet, Sendable {
    let rawValue: UInt64

    private static func bit(_ number: Int) -> PlainWord { PlainWord(rawValue: 1 << UInt64(number)) }

    // How it is said.
    static let not = bit(0), no = bit(1), ban = bit(2), allow = bit(3), may = bit(4), kept = bit(5)
    static let only = bit(6), need = bit(7), ask = bit(8), leave = bit(9), rest = bit(10), done = bit(11)
    static let welcome = bit(12), staying = bit(13)
    // What is paid.
    static let pay = bit(14), paying = bit(15), paid = bit(16), coin = bit(17), costing = bit(18)
    static let tariff = bit(19), touch = bit(20), buying = bit(21)
    // By whom, and of what.
    static let grant = bit(22), maker = bit(23), payer = bit(24), small = bit(25), person = bit(26)
    static let work = bit(27), use = bit(28), trade = bit(29), sell = bit(30), surely = bit(31)
    static let share = bit(32), passing = bit(33), abroad = bit(34), hold = bit(35), field = bit(36)
    static let compete = bit(37), device = bit(38), mind = bit(39), lesson = bit(40), change = bit(41)
    static let version = bit(42), improve = bit(43), send = bit(44), notify = bit(45), brand = bit(46)
    static let display = bit(47), end = bit(48), breach = bit(49)
    // What silences it.
    static let cancel = bit(50), history = bit(51), told = bit(52), naming = bit(53), wish = bit(54)
    static let secret = bit(55), technical = bit(56), elsewhere = bit(57), risk = bit(58), offer = bit(59),
        gift = bit(60)

    /// What can be taken back.
    static let matters: PlainWord = [
        .trade, .payer, .sell, .small, .paid, .surely, .share, .hold, .field, .compete, .device, .mind,
        .lesson, .change, .improve, .notify, .brand, .gift, .end, .person,
    ]

    /// What refuses, keeps or asks.
    static let turns: PlainWord = [
        .not, .no, .ban, .kept, .only, .need, .ask, .pay, .paying, .coin, .tariff, .touch, .rest, .hold, .end,
        .person,
    ]

    /// "No need to ask", "was non-commercial", "licenses that forbid it", keys and passwords, what programs do, warranty.
    static let silences: PlainWord = [.cancel, .history, .told, .secret, .technical, .risk]

    @inline(__always) static func of(_ hash: UInt32) -> PlainWord {
        known.contains(hash) ? table[hash] ?? [] : []
    }

    struct Phrase: Sendable {
        let words: [UInt32]
        let kind: PlainWord
    }

    @inline(__always) static func phrases(from hash: UInt32) -> [Phrase] {
        heads.contains(hash) ? phraseTable[hash] ?? [] : []
    }

    private static let known = WordHashes(Array(table.keys)), heads = WordHashes(Array(phraseTable.keys))

    private static let table: [UInt32: PlainWord] = {
        var table: [UInt32: PlainWord] = [:]
        for (kind, words) in lists {
            for word in words.split(whereSeparator: { $0 == " " || $0 == "\n" }) where !word.contains("_") {
                table[Lexemes.hash(word.utf8), default: []].formUnion(kind)
            }
        }
        return table
    }()

    private static let phraseTable: [UInt32: [Phrase]] = {
        var table: [UInt32: [Phrase]] = [:]
        for (kind, words) in lists {
            for phrase in words.split(whereSeparator: { $0 == " " || $0 == "\n" }) where phrase.contains("_")
            {
                let words = phrase.split(separator: "_").map { Lexemes.hash($0.utf8) }
                table[words[0], default: []].append(Phrase(words: words, kind: kind))
            }
        }
        return table
    }()

    // REUSE-IgnoreStart
    /// Words in a row are joined by `_`.
    private static let lists: [(PlainWord, String)] = [
        (.not, "not never cannot t nt nor"),
        (.no, "no none nobody neither nothing zero nope"),
        (
            .ban,
            """
            forbidden prohibited excluded barred banned disallowed denied unwelcome taboo theft unlawful illegal prohibits forbids excludes exclude refused ruled_out
            off_limits off_the_table no_go hands_off look_elsewhere stay_out keep_out stay_away keep_away keep_it_away out_of_the_question out_of_bounds
            """
        ),
        (
            .allow,
            "allowed permitted welcome fine ok okay free authorized authorised licensed entitled granted available covered"
        ),
        (.welcome, "allowed permitted welcome fine ok okay"),
        (.may, "may can could might must shall should will"),
        (.kept, "reserved remain remains stay stays belong belongs rests retained"),
        (.staying, "stay_private remain_private"),
        (.only, "only solely exclusively limited restricted"),
        (
            .need,
            "need needs must require requires required mandatory obliged obliges obligatory necessary have_to has_to owe owes subject_to agree agrees asked"
        ),
        (
            .ask,
            """
            ask asking contact write email mail talk speak call reach consult negotiate permission consent approval blessing cleared agreement contract deal arrangement quote
            """
        ),
        (.touch, "get_in_touch drop_us drop_me let_us_talk"),
        (.ask, "get_in_touch drop_us drop_me"),
        (.leave, "permission consent approval ask blessing agreement authorization authorisation"),
        (.rest, "else otherwise afterwards rest others"),
        (
            .pay,
            """
            pay pays paid paying fee fees price prices pricing priced cost costs buy purchase purchased bought subscription royalty royalties usd eur euro euros dollars dollar
            invoice
            """
        ),
        (.paying, "pay pays owe owes"), (.paid, "paid"), (.coin, "usd eur euro euros dollars"),
        (.costing, "costs"), (.tariff, "pricing prices price"),
        (.buying, "buy purchase purchased bought fee"),
        (.grant, "license licence licenses licences rights right permission permissions permit"),
        (
            .maker,
            "we us me my our ours author authors maintainer maintainers publisher owner holder studio editors institute lab vendor i artist artists"
        ),
        (
            .payer,
            """
            company companies firm firms business businesses employer employers corporate corporation corporations enterprise enterprises startup startups freelancer
            freelancers agencies industry industrial professional professionals professionally for_profit at_work for_a_living shops bars
            """
        ),
        (
            .small,
            """
            personal private hobby home student students teachers schools school universities academic research nonprofit nonprofits non_profit non_profits non_commercial
            noncommercial individuals evaluation tinkerers educational education hobbyists hobbyist charities individual privately free_games free_apps free_projects free_mods
            """
        ),
        (.person, "anyone everyone everybody anybody people those whoever who users nobody only"),
        (
            .work,
            """
            it this these them software program code source library package module files file app game mod mods maps font fonts images image pictures photos drawings art
            artwork music samples sounds beats data dataset model weights texts text work works material content assets binaries zip archive download plugin icons repository project
            corpus recordings sprites scripts script copies copy apps products website pack
            """
        ),
        (
            .use,
            "use uses used using usage run running deploy deployed apply applied serve install installed play played"
        ),
        (
            .trade,
            """
            commercial commercially money profit profits revenue revenues income monetise monetize monetised monetized monetising monetizing monetisation monetization earn
            earns earning buck bucks cent cents profitable lucrative ads commercialise commercialize turnover
            """
        ),
        (.sell, "sell sells selling sold resell resells resale resold reselling sale charge charging"),
        (
            .surely,
            """
            redistribute redistributed redistributing redistribution rehost rehosted rehosting reupload reuploads reuploaded reuploading re_upload re_uploads re_uploaded
            re_uploading repost reposted reposting reposts republish republished republishing republication repackage repackaged repackaging repack repacks mirrors torrents
            sublicensing sublicense hand_out hand_it_out pass_on pass_it_on pass_them_on passed_on passing_on circulate circulated onward_distribution
            distribution_rights re_distribute
            """
        ),
        (
            .share,
            """
            distribute distributed distributing distribution upload uploaded uploading publish published publishing share shared sharing host hosting ship bundle bundled
            pass passing putting mirror mirroring give giving copies put post posting spread leak hand
            """
        ),
        (.passing, "distribute distributed distribution redistribute redistributed redistribution publish"),
        (
            .done,
            "passed hosted given redistributed distributed rehosted uploaded republished published shared bundled sold resold modified changed edited trained"
        ),
        (
            .abroad,
            """
            anywhere elsewhere another other anyone anybody others public outside third friends sites site websites forum forums portals store stores page cd torrent internet
            somewhere
            """
        ),
        (
            .hold,
            """
            keep_it_to_yourself keep_them_to_yourself keep_this_to_yourself not_to_leave not_leave stay_on_this stay_here for_backup must_not_circulate get_it_from_us get_it_from_me download_it_from_us only_from_us only_from_me only_from_here
            """
        ),
        (
            .field,
            """
            military militaries army armies weapon weapons weaponry arms war warfare surveillance police policing nuclear drones torture deportation immigration asylum border_agencies border_police border_guards
            facial biometric gambling betting casino casinos tobacco fossil oil coal spy spying track stalk harass spam propaganda political politics erotic pornographic
            pornography advertising campaigns religious crypto_projects crypto_platforms crypto_related crypto_mining crypto_trading cryptocurrency cryptocurrencies nft nfts intelligence prisons peaceful medical peace bombs racists fascists landlords
            banks insurers governments government operators missiles killing kill profile surveil enforcement vegan citizens residents
            """
        ),
        (.compete, "compete competes competing competitor competitors rival rivals"),
        (
            .device,
            "device devices hardware server servers client board boards console consoles platform cloud machines providers provider"
        ),
        (
            .mind,
            """
            ai llm llms ml gpt chatbot chatbots copilot openai chatgpt neural generative machine_learning language_model language_models artificial_intelligence
            image_generators speech_models deep_learning fine_tuning
            """
        ),
        (
            .lesson,
            """
            train training trained learn learning dataset datasets corpus corpora models model ingest ingested scrape scraped scraping scrapers crawlers feed feeding prompt
            bots tuning cloning generators
            """
        ),
        (
            .change,
            """
            modify modified modifying modification modifications alter altered altering alteration alterations edits edited adapt adapted adaptation adaptations
            change changes changed changing remix remixes remixed translate translated translation translations derivative derivatives derive deriving fork forks forked forking
            renaming crops
            """
        ),
        (.version, "derivatives modifications forks remixes edits adaptations"),
        (
            .improve,
            """
            change changes changed modification modifications improvement improvements improve improves patch patches fixes enhancements bugfixes fork forks modify
            modifies modified
            """
        ),
        (
            .send,
            """
            send sent submit submitted give given offer offered tell announce announced contribute contributed share owe owes belong belongs mail mailed return
            returned publish published hand handed inform report reported show notify notified back
            """
        ),
        (
            .notify,
            "register registered registration notify tell inform report email postcard mail sign_up cite donate audit drop_me drop_us let_us_know"
        ),
        (.gift, "product products copy postcard link screenshot report number list photo beer"),
        (.brand, "link banner badge logo credits credit watermark telemetry footer splash tracker"),
        (
            .display,
            "keep show shown remove removing removed turned_off turn_off display displayed hide hiding disable disabled stay"
        ),
        (.end, "withdrawn withdraw revoke revoked terminate ends expires lose forfeit"),
        (.breach, "breach comply terms violate violation fail infringe patent conditions void attempt"),
        (
            .cancel,
            """
            no_need not_need t_need no_fee no_fees no_charge no_permission no_restriction no_restrictions no_registration no_obligation not_have_to t_have_to not_required
            not_needed is_needed t_required feel_free any_purpose no_limits not_obliged not_require not_requires not_necessary no_strings t_necessary no_problem
            """
        ),
        (.history, "was were earlier previously formerly old since dropped gone"),
        (
            .told,
            """
            licenses_that licenses_which licences_that licenses_for licenses_allow license_that license_permits such_licenses a_free_license whether because packages_that
            license_document accept_packages packages_with the_document aggregate not_part not_included its_terms their_terms a_package packages warns clause_forbids forbids_selling forbid_selling are_not_accepted
            """
        ),
        (.naming, "name names trademark trademarks endorse promote"),
        (
            .wish,
            "appreciate appreciated consider donating sponsor glad happy love encouraged would_like like_to_hear coffee please_let optional"
        ),
        (
            .secret,
            "api_key private_key license_key password passwords keys token tokens credentials secret secrets account accounts certificate session email_address"
        ),
        (
            .technical,
            """
            function buffer thread threads generated header hand interrupt schema sync tree filter option instance requests packet packets cache mode root settings level levels unit units player players turn ranked
            """
        ),
        (
            .elsewhere,
            """
            wiki tracker mailing mailing_list pull_request pull_requests patches_welcome tests you_contribute contributing test split contributions contribution issue issues conduct commits review prs
            the_forum offers remarks
            """
        ),
        (.risk, "warranty liable liability diagnosis risk guarantee export gnu fsf"),
        (
            .offer,
            "support hosted plans alternatively instead prefer suit suits dual copyleft cannot_comply cannot_use we_sell we_offer edition editions"
        ),
    ]

    static let whiles = RiderReader.set("while during until after once")
    static let sellers = RiderReader.set("licensing")
    static let countings = RiderReader.set("included excluded includes excludes include exclude")
    static let merely = RiderReader.set("only just"), turning = RiderReader.set("however while although")
    static let but = RiderReader.set("but"), nothing = RiderReader.set("nothing")
    static let nobody = RiderReader.set("nobody none"), one = RiderReader.set("one")
    static let behindNothing = RiderReader.set("may can in here of from must shall")
    static let modals = RiderReader.set("may can must shall"), withs = RiderReader.set("with without")
    static let doing = RiderReader.set("does do did has have")
    static let being = RiderReader.set("is are be strictly"), advising = RiderReader.set("should would")
    static let ourselves = RiderReader.set("we i")
    static let granting = RiderReader.set("allow permit want consent agree give grant like")
    static let having = RiderReader.set("is are contains contain has have includes uses with of")
    static let orders = RiderReader.set(
        "ask contact write email mail talk speak call consult buy purchase pay reach")
    static let firstly = RiderReader.set("first sales before beforehand")
    static let beforePrice = RiderReader.set("see for our a find the agree")
    static let beforeOrder = RiderReader.set("please then and simply just kindly")
    static let withouts = RiderReader.set("without unless except")
    static let conditions = RiderReader.set(
        "source notice notices copyright modification changes warranty this its know as expressly provided")
    static let non = RiderReader.set("non"), `for` = RiderReader.set("for"), asking = RiderReader.set("ask")
    static let official = RiderReader.set("official original"), hands = RiderReader.set("hands")
    static let excepting = RiderReader.set("except excluding save"), onlys = RiderReader.set("only")
    static let notSome = RiderReader.set("we the if for use this these when")
    static let permitting = RiderReader.set("may can"), relatives = RiderReader.set("that which who")
    static let keeping = RiderReader.set("keep"), out = RiderReader.set("out")
    static let ofPrograms = RiderReader.set(
        "profile track stalk oil coal intelligence advertising political politics religious spam spy medical peace arms enforcement operators"
    )
    static let learning = RiderReader.set(
        "train training trained learn learning ingest ingested scrape scraped scraping feed feeding tuning")
    static let licensed = RiderReader.set("licensed")
    static let mights = RiderReader.set("might could"), be = RiderReader.set("be")
    static let project = RiderReader.set("project"), cannot = RiderReader.set("cannot")
    static let apart = RiderReader.set("own fewer"), okays = RiderReader.set("my our written")
    static let subjects = RiderReader.set("you they who that which it one others")
    static let needing = RiderReader.set("need"), notices = RiderReader.set("notice notices header headers")
    static let contributing = RiderReader.set("contribute contributed")
    static let addressed = RiderReader.set("you please do don not no never")
    static let back = RiderReader.set("back"), sending = RiderReader.set("send return submit give share")
    static let whens = RiderReader.set("when time whenever if any notice after")
    static let articles = RiderReader.set("this your these the")
    // REUSE-IgnoreEnd
}
