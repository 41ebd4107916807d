// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Sentences that fence in languages other than English: a refusal or a limit, and what it is of.
///
/// One table serves German, French, Spanish, Portuguese, Italian, Dutch and Russian: a sentence must have two or three words of it
/// that stand to each other as in ``read(_:in:)``, which no English one has.
enum ForeignReader {
    private struct Kind: OptionSet {
        let rawValue: UInt32
        static let trade = Kind(rawValue: 1), sell = Kind(rawValue: 2), share = Kind(rawValue: 4)
        static let ban = Kind(rawValue: 8), not = Kind(rawValue: 16), allow = Kind(rawValue: 32)
        static let only = Kind(rawValue: 64), small = Kind(rawValue: 128), leave = Kind(rawValue: 256)
        static let without = Kind(rawValue: 512), even = Kind(rawValue: 1024), need = Kind(rawValue: 2048)
        static let field = Kind(rawValue: 4096), mind = Kind(rawValue: 8192), learn = Kind(rawValue: 1 << 14)
        static let with = Kind(rawValue: 1 << 15), naming = Kind(rawValue: 1 << 16)
        static let noncommercial = Kind(rawValue: 1 << 17), past = Kind(rawValue: 1 << 18)
        static let use = Kind(rawValue: 1 << 19), alone = Kind(rawValue: 1 << 20)
        static let refusals: Kind = [.ban, .not, .only, .need, .without, .noncommercial]
        static let matters: Kind = [.trade, .sell, .share, .field, .mind, .small, .noncommercial]
    }

    /// - Returns: What the sentence forbids, if it is in one of the languages and forbids.
    static func read(_ text: Lexemes, in range: Range<Int>) -> SentenceReader.Found? {
        var all = Kind()
        for at in range where known.contains(text[at].hash) { all.formUnion(table[text[at].hash] ?? []) }
        guard !all.isDisjoint(with: .refusals), !all.isDisjoint(with: .matters),
            all.isDisjoint(with: [.naming, .past])
        else { return nil }
        let kinds = range.map { known.contains(text[$0].hash) ? table[text[$0].hash] ?? [] : [] }
        func place(_ kind: Kind, _ test: (Int) -> Bool = { _ in true }) -> Int? {
            kinds.indices.first { !kinds[$0].isDisjoint(with: kind) && test($0) }
        }
        func isNegated(_ at: Int, _ reach: Int = 3) -> Bool {
            (max(0, at - reach)..<at).contains { kinds[$0].contains(.not) }
        }
        let isBanned =
            // "nicht verboten" is not; "no … permitido", "darf nicht".
            place(.ban) { !isNegated($0, 2) } != nil
            || place(.allow) { at in
                isNegated(at)
                    || kinds.indices.contains(at + 1)
                        && (at + 1..<min(kinds.count, at + 9)).contains { kinds[$0].contains(.not) }
            } != nil
        let isByLeave =
            all.contains(.leave) && !all.contains(.even)
            && (place(.only) { at in (at..<min(kinds.count, at + 4)).contains { kinds[$0].contains(.with) } }
                != nil
                || all.contains(.need))
        let isRefused = isBanned || isByLeave
        let trade = place(.trade) { !isNegated($0, 1) }
        func found(_ mark: EnclosureMark, _ place: Int) -> SentenceReader.Found {
            (mark, range.lowerBound + place, range.lowerBound + place + 1)
        }
        if isRefused {
            if all.isSuperset(of: [.mind, .learn]), let at = place(.mind) { return found(.noAIRider, at) }
            if isBanned, let at = place(.field) { return found(.riderFieldOfUse, at) }
            // "darf nicht ohne Quellcode": under a condition, unless leave is asked for.
            guard !all.contains(.without) || all.contains(.leave) else { return nil }
            if let at = place(.share), trade == nil { return found(.riderNoRedistribution, at) }
            // "Ne peuvent pas être vendues seules": with other things they may be.
            let isAlone = { (at: Int) in
                (at..<min(kinds.count, at + 6)).contains { kinds[$0].contains(.alone) }
            }
            if let at = trade ?? place(.sell, { !isAlone($0) }) { return found(.riderNoncommercial, at) }
            return nil
        }
        guard trade == nil || all.contains(.noncommercial) else { return nil }
        // "nur für private Zwecke", "usage personnel uniquement".
        if all.contains(.only), let at = place([.small, .noncommercial]), all.contains(.use),
            !all.contains(.not) || all.contains(.noncommercial) || trade == nil
        {
            return found(.riderNoncommercial, at)
        }
        // "à des fins non commerciales uniquement": "non" and "commerciales" apart.
        if all.contains(.only), let at = place(.trade, { isNegated($0, 1) }) {
            return found(.riderNoncommercial, at)
        }
        return nil
    }

    /// `stem~_e_en` is `stem`, `steme` and `stemen`; capitals are added.
    private static let table: [UInt32: Kind] = {
        var table: [UInt32: Kind] = [:]
        func add(_ word: String, _ kind: Kind) {
            table[Lexemes.hash(word.utf8), default: []].formUnion(kind)
            table[Lexemes.hash((word.prefix(1).uppercased() + word.dropFirst()).utf8), default: []].formUnion(
                kind)
        }
        for (kind, words) in lists {
            for word in words.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
                let parts = word.split(separator: "~", maxSplits: 1)
                guard parts.count == 2 else {
                    add(String(word), kind)
                    continue
                }
                for ending in parts[1].split(separator: "_", omittingEmptySubsequences: false) {
                    add(String(parts[0]) + String(ending), kind)
                }
            }
        }
        return table
    }()

    private static let known = WordHashes(Array(table.keys))

    // REUSE-IgnoreStart
    private static let lists: [(Kind, String)] = [
        (
            .trade,
            """
            kommerziell~_e_en_er_es gewerblich~_e_en_er_es commercial~_e_es_i commerciaux commercialement commercialis~ation_er comercial~_es_mente lucro lucrativ~o_os_a_as lucratif
            lucrativ~e_es bénéfice profitto commerciel~_e коммерческ~ая_ое_ие_их_ой_ого_ом_ую_им_ими commercieel
            """
        ),
        (
            .sell,
            """
            verkauf~_en_t verkaufen weiterverkauf weiterverkaufen vente vendre revente revendre vendu~_e_es_s revendu~_e_es_s venta vender vendid~o_a_os_as reventa revender venda revenda
            vendita vendere vendut~o_a_i_e rivendita rivendere verkoop verkopen verkocht продажа продажу продавать перепродажа перепродавать продаж~_и_а
            """
        ),
        (
            .share,
            """
            weitergabe weitergeben weitergegeben weiterverbreitung weiterverbreiten weiterverbreitet weiterverteilung verbreitung vervielfältigung verbreitet redistribution
            redistribuer redistribué~_e_es_s rediffusion rediffuser rediffusé~_e_es reproduction republier republication redistribución redistribuir redistribuid~o_a_os_as distribución
            reproducción redistribuição distribuição reprodução reproduzid~o_a ridistribuzione ridistribuire distribuzione riproduzione ridistribuit~o_a_i_e verspreiding verspreiden
            herdistributie распространение распространять распространения перераспределение перераспространение копирование перепечатка публикация
            """
        ),
        (
            .ban,
            """
            verboten untersagt ausgeschlossen unzulässig interdit~_e_es_s interdiction proscrit~_e_es prohibid~o_a_os_as prohíbe proibid~o_a_os_as vedad~o_a_os_as vietat~o_a_i_e proibit~o_a_i_e
            verboden запрещен~о_а_ы запрещён запрещается запрещено нельзя воспрещается недопустимо
            """
        ),
        (.not, "nicht keine kein keinerlei pas no não nao non niet geen не ni nunca jamais"),
        (
            .allow,
            """
            gestattet erlaubt zulässig dürfen darf autorisé~_e_es_s permis~_e_es peut peuvent pouvez permitid~o_a_os_as permite autorizad~o_a_os_as puede pueden pode podem consentit~o_a_i_e permess~o_a_i_e
            autorizzat~o_a_i_e può possono toegestaan mag mogen разрешается разрешено разрешена допускается может могут
            """
        ),
        (
            .only,
            "nur ausschließlich ausschliesslich lediglich uniquement seulement exclusivement réservé~_e_es_s solo sólo solamente únicamente exclusivamente apenas somente soltanto unicamente esclusivamente alleen uitsluitend только исключительно лишь"
        ),
        (
            .small,
            """
            privat~_e_en_er_es persönlich~_e_en_er schulisch~e_en akademisch~e_en bildungszwecke forschungszwecke forschung lehre privatgebrauch personnel~_le_les_s privé~_e_es éducati~f_ve_fs_ves pédagogique~_s
            académique~_s recherche scolaire~_s personal~_es privado educativ~o_a_os_as académic~o_a_os_as investigación pessoa~l_is acadêmic~o_a_os_as educaciona~l_is pesquisa
            personale personali privat~o_i accademic~o_i_a didattic~o_i_a scolastic~o_i ricerca persoonlijk privégebruik личн~ого_ых_ом учебн~ых_ого образовательных ознакомительных ознакомления
            """
        ),
        (
            .noncommercial,
            "nichtkommerziell~_e_en_er_es nichtgewerblich~_e_en некоммерческ~ого_ое_их_ом_ая_ой nonprofit niet-commercieel"
        ),
        (
            .leave,
            """
            genehmigung zustimmung erlaubnis einwilligung lizenz autorisation accord permission consentement licence autorización permiso consentimiento licencia autorização permissão
            consentimento licença autorizzazione permesso consenso licenza toestemming разрешени~я_е_ем согласи~я_е_ем лицензи~и_ю
            """
        ),
        (.without, "ohne sans sin sem senza zonder без"),
        (.with, "mit nach avec con com met с после"),
        (.even, "auch même incluso incluid~o_as também mesmo anche ook также даже inclusive y compris sogar"),
        (
            .need,
            "nécessaire~_s obligatoire~_s necesari~o_a necessári~o_a necessari~o_a notwendig nötig erforderlich braucht brauchen benötigen vereist erfordert benötigt bedarf nécessite requiert exige requiere requieren necesita requer exigem richiede richiedono vereist требует требуется необходимо"
        ),
        (
            .field,
            "militärisch~e_en_er waffen kriegszwecke militaire~_s armes armement militar~_es armas militari militare armi военн~ых_ого_ой_ые оружия überwachung surveillance vigilancia vigilância sorveglianza"
        ),
        (.mind, "ki ia ии"),
        (
            .learn,
            "training trainieren trainiert entraîner entraînement entrenar entrenamiento treinar treinamento addestrare addestramento обучени~я_е_ю обучать apprentissage"
        ),
        (
            .naming,
            "name namen marke marken logo logos nom noms marque marques nombre nombres marca marcas nome nomi marchio marchi название логотип бренд"
        ),
        (
            .alone,
            """
            allein einzeln separat seul~_e_es_s elles elles-mêmes eux-mêmes elle-même lui-même sí separado separatamente
            sozinh~o_a_os_as afzonderlijk отдельно
            """
        ),
        (.past, "war waren wurde wurden était étaient era eran fueron было были была"),
        (
            .use,
            "zwecke zwecken gebrauch nutzung verwendung einsatz usage utilisation fins uso fines fins finalidades utilização uso fini utilizzo gebruik doeleinden использования целей целях пользования"
        ),
    ]
    // REUSE-IgnoreEnd
}

/// The same for Chinese, Japanese and Korean, whose words are told by the letters in a clause.
enum EastAsianRiders {
    static func read(_ text: Lexemes, in range: Range<Int>) -> SentenceReader.Found? {
        var start = range.lowerBound
        while start < range.upperBound {
            var end = start + 1
            while end < range.upperBound, text.gap(end).isDisjoint(with: [.comma, .semicolon, .stop, .colon])
            {
                end += 1
            }
            if let mark = clause(text.bytes, Int(text[start].start)..<text[end - 1].end) {
                return (mark, start, end)
            }
            start = end
        }
        return nil
    }

    private static func clause(_ bytes: ByteView, _ range: Range<Int>) -> EnclosureMark? {
        guard range.count >= 6 else { return nil }
        let range = range.lowerBound..<min(range.upperBound, range.lowerBound + 360)
        func has(_ list: [[UInt8]]) -> Bool { list.contains { holds(bytes, range, $0) } }
        let isBan = has(bans) && !has(unbans)
        let isNeed = !isBan && has(needs) && !has(unneeds)
        let isOnly = !isBan && has(onlys)
        guard isBan || isNeed || isOnly else { return nil }
        let isTrade = has(trades) && !has(untrades)
        if isBan, has(minds), has(lessons) { return .noAIRider }
        if isBan, has(fields) { return .riderFieldOfUse }
        if isTrade, isBan || isNeed { return .riderNoncommercial }
        if isBan, has(shares) { return .riderNoRedistribution }
        if isOnly, !isTrade, has(smalls) { return .riderNoncommercial }
        return nil
    }

    private static func holds(_ bytes: ByteView, _ range: Range<Int>, _ part: [UInt8]) -> Bool {
        guard part.count <= range.count, let first = part.first else { return false }
        for start in range.lowerBound...(range.upperBound - part.count) where bytes[start] == first {
            var at = 1
            while at < part.count, bytes[start + at] == part[at] { at += 1 }
            if at == part.count { return true }
        }
        return false
    }

    private static func list(_ words: String) -> [[UInt8]] {
        words.split(separator: " ").map { Array($0.utf8) }
    }

    // REUSE-IgnoreStart
    private static let bans = list(
        "禁止 不得 不可 请勿 請勿 不允许 不允許 严禁 嚴禁 不准 谢绝 禁じ できません ご遠慮 お断り 認めません 認められません 認められていません 許可しません しないで 금지 불가 안됩니다 없습니다 삼가"
    )
    private static let unbans = list("禁止しません 禁止されていません 削除 不可撤 不可欠 不禁止 금지하지 문제없습니다 제한이 제한은")
    private static let trades = list("商用 商业 商業 营利 營利 盈利 牟利 贩卖 販売 販賣 售卖 出售 销售 銷售 倒卖 転売 상업 영리 판매")
    private static let untrades = list("非商用 非商业 非商業 非营利 非營利 非盈利 비상업 비영리 非営利")
    private static let shares = list("再配布 再頒布 転載 轉載 转载 配布 分发 分發 传播 二次分 散布 转发 재배포 배포 전재")
    private static let needs = list("需要 需取得 需获 需获得 需经 须 須 必要 請聯 请联系 联系 問い合わせ 购买 購入 문의 필요")
    private static let unneeds = list("不需 无需 無需 無须 无须 不必 不要 필요 없 필요없 必要はありません 必要ありません")
    private static let onlys = list("仅供 僅供 只能用 只供 仅限 僅限 のみ に限 に限り 한해 에만 한정 용으로만")
    private static let smalls = list("学习 學習 交流 个人 個人 研究 非商用 非商业 非商業 非営利 教育 私的 비상업 비영리 개인 학습 연구")
    private static let minds = list("AI 人工智能 人工知能 机器学习 機械学習 大模型 인공지능 生成")
    private static let lessons = list("训练 訓練 学習 机器学习 학습 トレーニング")
    private static let fields = list("军事 軍事 兵器 武器 군사")
    // REUSE-IgnoreEnd
}
