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
        static let change = Kind(rawValue: 1 << 21), intact = Kind(rawValue: 1 << 22)
        static let firm = Kind(rawValue: 1 << 23), pay = Kind(rawValue: 1 << 24)
        static let put = Kind(rawValue: 1 << 25), elsewhere = Kind(rawValue: 1 << 26)
        static let technical = Kind(rawValue: 1 << 27), must = Kind(rawValue: 1 << 28)
        static let secret = Kind(rawValue: 1 << 29)
        static let device = Kind(rawValue: 1 << 30), send = Kind(rawValue: 1 << 31)
        static let refusals: Kind = [.ban, .not, .only, .need, .without, .noncommercial, .pay, .must]
        static let matters: Kind = [
            .trade, .sell, .share, .field, .mind, .small, .noncommercial, .change, .intact, .firm, .put,
            .device,
        ]
    }

    /// - Returns: What the sentence forbids, if it is in one of the languages and forbids.
    static func read(_ text: Lexemes, in range: Range<Int>) -> [SentenceReader.Found] {
        var all = Kind()
        for at in range where known.contains(text[at].hash) { all.formUnion(table[text[at].hash] ?? []) }
        guard !all.isDisjoint(with: .refusals), !all.isDisjoint(with: .matters),
            all.isDisjoint(with: [.naming, .past])
        else { return [] }
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
        // "Auf anderen Seiten hochladen", "le proposer sur un autre site".
        let putting = all.isSuperset(of: [.put, .elsewhere]) ? place(.put) : nil
        // "Ne pas redistribuer", "bitte nicht weitergeben", "не распространять": an order.
        let order = place(.share) { at in
            isNegated(at, 1) && !isNegated(at - 1, 2) || at > 0 && isNegated(at, 2) && kinds[at - 1].isEmpty
        }
        let isOrder = order != nil && !all.contains(.secret) || putting != nil && all.contains(.not)
        var result: [SentenceReader.Found] = []
        if isRefused {
            if all.isSuperset(of: [.mind, .learn]), let at = place(.mind) { return [found(.noAIRider, at)] }
            // "Darf nicht ohne Quellcode": under a condition, unless leave is asked for.
            let isConditional = all.contains(.without) && !all.contains(.leave)
            if isBanned, let at = place(.field) { result.append(found(.riderFieldOfUse, at)) }
            guard !isConditional else { return result }
            if all.isDisjoint(with: [.technical, .secret]), let at = place(.change) {
                result.append(found(.furtherRestriction, at))
            }
            if !all.contains(.secret), trade == nil, let at = place(.share) ?? putting {
                result.append(found(.riderNoRedistribution, at))
            }
            // "Ne peuvent pas être vendues seules": with other things they may be.
            let isAlone = { (at: Int) in
                (at..<min(kinds.count, at + 6)).contains { kinds[$0].contains(.alone) }
            }
            if let at = trade ?? place(.sell, { !isAlone($0) }) {
                result.append(found(.riderNoncommercial, at))
            }
            if result.isEmpty, let at = place(.firm), all.contains(.use) || all.contains(.leave) {
                result.append(found(.riderNoncommercial, at))
            }
            return result
        }
        if isOrder, trade == nil, !all.contains(.without) || all.contains(.leave), let at = order ?? putting {
            return [found(.riderNoRedistribution, at)]
        }
        // "Nutzung nur mit unseren Geräten", "toda modificação deve ser enviada ao autor".
        if all.isSuperset(of: [.only, .use, .device]), let at = place(.device) {
            return [found(.riderFieldOfUse, at)]
        }
        if all.isSuperset(of: [.change, .must, .send]), let at = place(.send) {
            return [found(.furtherRestriction, at)]
        }
        // "Firmen müssen eine Lizenz kaufen", "pour les entreprises le programme est payant".
        if let at = place(.firm) ?? trade, !all.contains(.not),
            all.isSuperset(of: [.must, .leave]) || all.contains(.pay)
        {
            return [found(.riderNoncommercial, at)]
        }
        if all.isSuperset(of: [.only, .intact]), all.isDisjoint(with: [.technical, .secret]),
            let at = place(.intact)
        {
            return [found(.furtherRestriction, at)]
        }
        guard trade == nil || all.contains(.noncommercial) else { return [] }
        // "nur für private Zwecke", "usage personnel uniquement".
        if all.contains(.only), let at = place([.small, .noncommercial]), all.contains(.use),
            !all.contains(.not) || all.contains(.noncommercial) || trade == nil
        {
            return [found(.riderNoncommercial, at)]
        }
        // "à des fins non commerciales uniquement": "non" and "commerciales" apart.
        if all.contains(.only), let at = place(.trade, { isNegated($0, 1) }) {
            return [found(.riderNoncommercial, at)]
        }
        return []
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
            partager partagé~_e_es_s compartir compartirl~o_a_os_as compartilhar condividere delen weitergabe weitergeben weitergegeben weiterverbreitung weiterverbreiten weiterverbreitet weiterverteilung verbreitung vervielfältigung verbreitet redistribution
            redistribuer redistribuez disposition redistribué~_e_es_s rediffusion rediffuser rediffusé~_e_es reproduction republier republication redistribución redistribuir redistribuid~o_a_os_as distribución
            reproducción redistribuição distribuição reprodução reproduzid~o_a ridistribuzione ridistribuire distribuzione riproduzione ridistribuit~o_a_i_e verspreiding verspreiden
            herdistributie распространение распространять распространения перераспределение перераспространение копирование перепечатка публикация
            """
        ),
        (
            .ban,
            """
            verboten untersagt ausgeschlossen unzulässig exclu~_e_es_s excluid~o_a_os_as esclus~o_a_i_e uitgesloten исключено interdit~_e_es_s interdiction proscrit~_e_es prohibid~o_a_os_as prohíbe proibid~o_a_os_as vedad~o_a_os_as vietat~o_a_i_e proibit~o_a_i_e
            verboden запрещен~о_а_ы запрещён запрещается запрещено нельзя воспрещается недопустимо
            """
        ),
        (.not, "nicht keine kein keinerlei pas no não nao non niet geen не ni nunca jamais"),
        (
            .allow,
            """
            droit derecho direito diritto gestattet erlaubt zulässig dürfen darf autorisé~_e_es_s permis~_e_es peut peuvent pouvez permitid~o_a_os_as permite autorizad~o_a_os_as puede pueden pode podem consentit~o_a_i_e permess~o_a_i_e
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
            personale personali privat~o_i accademic~o_i_a didattic~o_i_a scolastic~o_i schulen vereine vereinen studenten studierende privatpersonen écoles étudiants associations escuelas estudiantes escolas estudantes scuole studenti scholen школ студентов ricerca persoonlijk privégebruik личн~ого_ых_ом учебн~ых_ого образовательных ознакомительных ознакомления
            """
        ),
        (
            .noncommercial,
            "nichtkommerziell~_e_en_er_es nichtgewerblich~_e_en некоммерческ~ого_ое_их_ом_ая_ой nonprofit niet-commercieel"
        ),
        (
            .leave,
            """
            genehmigung absprache rücksprache zustimmung erlaubnis einwilligung lizenz autorisation accord permission consentement licence autorización permiso consentimiento licencia autorização permissão
            consentimento licença autorizzazione permesso consenso licenza toestemming разрешени~я_е_ем согласи~я_е_ем лицензи~и_ю
            """
        ),
        (.without, "ohne sans sin sem senza zonder без"),
        (.with, "mit nach avec con com met с после"),
        (.even, "auch même incluso incluid~o_as também mesmo anche ook также даже inclusive y compris sogar"),
        (
            .need,
            "nécessaire~_s obligatoire~_s necesari~o_a necessári~o_a necessari~o_a notwendig nötig erforderlich braucht brauchen benötigen bedürfen vereist erfordert benötigt bedarf nécessite requiert exige requiere requieren necesita requer exigem richiede richiedono vereist требует требуется необходимо"
        ),
        (
            .field,
            "militär militärs polizei rüstung armée police militaires ejército policía exército polícia esercito polizia армии полиции militärisch~e_en_er waffen kriegszwecke militaire~_s armes armement militar~_es armas militari militare armi военн~ых_ого_ой_ые оружия überwachung surveillance vigilancia vigilância sorveglianza"
        ),
        (.mind, "ki ia ии génératif~_s génératives générative generativ~e_en_er_o_a_os_as_i генеративных"),
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
        (
            .change,
            """
            änderung~_en ändern geändert veränderung~_en verändern verändert abänderung~_en abändern bearbeitung~_en bearbeiten bearbeitet modifizieren modifiziert modification~_s
            modifier modifié~_e_es_s modifiez adapter adaptation~_s adapté~_e_es altérer retoucher dériver modificar modificación modificaciones modificad~o_a_os_as
            alterar alterad~o_a_os_as alteración alteraciones adaptar adaptación adaptad~o_a alteração alterações modificação modificações adaptação modificare
            modificat~o_a_i_e modifica modifiche alterare adattare wijzigen wijziging~_en gewijzigd aanpassen aangepast bewerken bewerkt изменять изменени~е_я_й изменен~а_о_ы
            изменение модифицировать модификация модификации переделывать переработка
            """
        ),
        (
            .intact,
            """
            unverändert~_e_en_er_em unmodifiziert~_e_en unbearbeitet~_e_en inchangé~_e_es_s sin~_modificar intact~_e_es inalterad~o_a_os_as inalterat~o_a_i_e ongewijzigd~_e onveranderd неизменном неизменён~_ный
            неизмененном
            """
        ),
        (
            .firm,
            """
            firma firmen unternehmen betriebe betrieben konzerne konzernen gewerbetreibende behörden entreprise~_s société~_s empresa~_s compañía~_s organizaciones aziende azienda
            imprese impresa bedrijf bedrijven компани~я_и_ям_й организаци~и_ям_й предприяти~я_ям
            """
        ),
        (
            .pay,
            """
            kostenpflichtig~_e_en_er_es gebührenpflichtig~_e_en bezahlen entgeltlich~_e_en payant~_e_es_s payer pago pagar pagamento pagare betaald~_e betalen платн~о_ая_ой_ую_ое оплатить
            """
        ),
        (
            .must,
            "müssen muss muß doivent doit deben debe deverão devem deve devono dient dienen moeten moet обязаны обязан должны должен kaufen erwerben acheter comprar acquistare kopen купить приобрести"
        ),
        (
            .put,
            """
            hochladen hochgeladen anbieten angeboten einstellen bereitstellen bereitstellung verlinken spiegeln veröffentlichen veröffentlichung veröffentlicht publier publié~_e_es
            publication proposer téléverser héberger mettre mise partager partagé~_e_es_s subir subirl~o_a_os_as subas alojar colgar publicar compartir compartirl~o_a_os_as
            hospedar enviar postar compartilhar disponibilizar pubblicare caricare ospitare condividere plaatsen uploaden delen выкладывать размещать размещение публиковать загружать
            """
        ),
        (
            .elsewhere,
            """
            anderen andere anderer anderswo dritte dritten autre~_s ailleurs tiers otr~o_a_os_as terceros outr~o_a_os_as terceiros altr~o_a_i_e terzi andere anderen derden elders других другие
            другом третьим
            """
        ),
        (
            .device,
            "gerät geräten geräte hardware appareil~_s matériel dispositivo~_s dispositivi apparaat apparaten aparatos equipos устройств устройствах устройствами"
        ),
        (
            .send,
            "mitgeteilt mitteilen geschickt schicken zugesandt eingesandt senden envoyer envoyé~_e_es_s transmis~_e_es enviar enviad~o_a_os_as inviare inviat~a_e_o_i gestuurd sturen отправить присылать отправлены"
        ),
        (
            .technical,
            """
            licenza lizenz licence licencia licença licentie hand erzeugt generiert automatisch konfiguration konfigurationsdatei datei datenbank main mano manualmente configuration configuración configuração fichier généré~_e generad~o_a
            gerad~o_a archivo bestand configuratie файл файла файлы автоматически вручную
            """
        ),
        (
            .secret,
            "passwort passwörter passwords passe kennwort contraseña contraseñas senha senhas wachtwoord пароль пароля schlüssel clé clés clave"
        ),
        (.past, "war waren wurde wurden était étaient era eran fueron было были была"),
        (
            .use,
            "kostenlos kostenfrei gratis gratuit gratuitement gratuita gratuito бесплатно zwecke zwecken gebrauch nutzung verwendung einsatz usage utilisation fins uso fines fins finalidades utilização uso fini utilizzo gebruik doeleinden использования целей целях пользования"
        ),
    ]
    // REUSE-IgnoreEnd
}

/// The same for Chinese, Japanese and Korean, whose words are told by the letters in a clause.
enum EastAsianRiders {
    static func read(_ text: Lexemes, in range: Range<Int>) -> [SentenceReader.Found] {
        var found: [SentenceReader.Found] = []
        var start = range.lowerBound
        while start < range.upperBound {
            var end = start + 1
            while end < range.upperBound, text.gap(end).isDisjoint(with: [.comma, .semicolon, .stop, .colon])
            {
                end += 1
            }
            for mark in clause(text.bytes, Int(text[start].start)..<text[end - 1].end)
            where !found.contains(where: { $0.mark == mark }) {
                found.append((mark, start, end))
            }
            start = end
        }
        return found
    }

    private static func clause(_ bytes: ByteView, _ range: Range<Int>) -> [EnclosureMark] {
        guard range.count >= 6 else { return [] }
        let range = range.lowerBound..<min(range.upperBound, range.lowerBound + 360)
        func has(_ list: [[UInt8]]) -> Bool { list.contains { holds(bytes, range, $0) } }
        let isBan = has(bans) && !has(unbans)
        let isNeed = !isBan && has(needs) && !has(unneeds)
        let isOnly = !isBan && has(onlys)
        guard isBan || isNeed || isOnly else { return [] }
        let isTrade = has(trades) && !has(untrades)
        if isBan, has(minds), has(lessons) { return [.noAIRider] }
        if isBan, has(fields) { return [.riderFieldOfUse] }
        var found: [EnclosureMark] = []
        if isTrade, isBan || isNeed { found.append(.riderNoncommercial) }
        if isBan, !isTrade, has(shares) { found.append(.riderNoRedistribution) }
        if isBan, has(changes), !has(pieces) { found.append(.furtherRestriction) }
        if found.isEmpty, isOnly, !isTrade, has(smalls) { found.append(.riderNoncommercial) }
        return found
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
    private static let changes = list("改変 改造 翻案 改編 改编 修改 演绎 二次创作 二次創作 수정 변경 개작")
    private static let pieces = list("ファイル 文件 配置 設定 设置 自动 自動 手动 手動 파일 설정")
    private static let needs = list("需要 需取得 需获 需获得 需经 须 須 必要 請聯 请联系 联系 問い合わせ ご連絡 有料 付费 付費 收费 유료 购买 購入 문의 필요")
    private static let unneeds = list("不需 无需 無需 無须 无须 不必 不要 필요 없 필요없 必要はありません 必要ありません")
    private static let onlys = list("仅供 僅供 只能用 只供 仅限 僅限 のみ に限 に限り 한해 에만 한정 용으로만")
    private static let smalls = list("学习 學習 交流 个人 個人 研究 非商用 非商业 非商業 非営利 教育 私的 비상업 비영리 개인 학습 연구")
    private static let minds = list("AI 人工智能 人工知能 机器学习 機械学習 大模型 인공지능 生成")
    private static let lessons = list("训练 訓練 学習 机器学习 학습 トレーニング")
    private static let fields = list("军事 軍事 兵器 武器 군사")
    // REUSE-IgnoreEnd
}
