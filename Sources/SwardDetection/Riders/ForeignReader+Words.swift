// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// The words by which ``ForeignReader`` tells what a sentence refuses.
extension ForeignReader {
    // REUSE-IgnoreStart
    static let lists: [(Kind, String)] = [
        (
            .trade,
            """
            kommerziell~_e_en_er_es gewerblich~_e_en_er_es commercial~_e_es_i commerciaux commercialement commercialis~ation_er comercial~_es_mente comerciais lucro lucrativ~o_os_a_as lucratif
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
            reproducción redistribuição redistribuíd~o_a_os_as distribuição reprodução reproduzid~o_a ridistribuzione ridistribuire distribuzione riproduzione ridistribuit~o_a_i_e verspreiding verspreiden
            herdistributie распространение распространять распространения перераспределение перераспространение копирование перепечатка публикация
            """
        ),
        (
            .ban,
            """
            verboten untersagt ausgeschlossen unzulässig exclu~_e_es_s excluid~o_a_os_as esclus~o_a_i_e uitgesloten исключено interdit~_e_es_s interdiction proscrit~_e_es prohibid~o_a_os_as prohíbe proibid~o_a_os_as vedad~o_a_os_as vietat~o_a_i_e proibit~o_a_i_e
            verboden запрещен~о_а_ы запрещён запрещается запрещено нельзя воспрещается недопустимо незаконно незаконн~ым_ой_а_ы
            """
        ),
        (.not, "nicht keine kein keinerlei pas no não nao non niet geen не ni nunca jamais"),
        (
            .allow,
            """
            droit derecho direito diritto gestattet erlaubt zulässig dürfen darf autorisé~_e_es_s permis~_e_es peut peuvent pouvez permitid~o_a_os_as permite autorizad~o_a_os_as puede pueden pode podem consentit~o_a_i_e permess~o_a_i_e
            eingeräumt gewährt concédé~_e_es_s accordé~_e_es_s concedid~o_a_os_as otorgad~o_a_os_as concess~o_a_i_e verleend предоставляется предоставлено
            autorizzat~o_a_i_e può possono toegestaan mag mogen разрешается разрешено разрешена допускается может могут имеете имеет вправе
            """
        ),
        (
            .only,
            "nur ausschließlich ausschliesslich lediglich uniquement seulement exclusivement réservé~_e_es_s solo sólo solamente únicamente exclusivamente apenas somente soltanto unicamente esclusivamente alleen uitsluitend только исключительно лишь"
        ),
        (
            .small,
            """
            privat~_e_en_er_es persönlich~_e_en_er schulisch~e_en akademisch~e_en bildungszwecke lern lernzwecken demonstrationszwecken forschungszwecke forschung lehre privatgebrauch personnel~_le_les_s privé~_e_es éducati~f_ve_fs_ves pédagogique~_s
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
            consentimento licença autorizzazione permesso consenso licenza toestemming разрешени~я_е_ем согласи~я_е_ем согласовани~я_е_ем лицензи~и_ю
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
        (
            .mind,
            "artificielle~_s artificiale artificial künstlich~e_er_en_em kunstmatige нейронн~ых_ые_ой_ыми нейросет~и_ей_ь_ями языков~ых_ые искусственн~ого_ый ki ia ии génératif~_s génératives générative generativ~e_en_er_o_a_os_as_i генеративных"
        ),
        (
            .learn,
            "trainingsmaterial trainingsdaten trainingszwecke trainingszwecken mining training trainieren trainiert entraîner entraînement entrenar entrenamiento treinar treinamento addestrare addestramento обучени~я_е_ю обучать apprentissage"
        ),
        (
            .naming,
            "name namen marke marken logo logos nom noms marque marques nombre nombres marca marcas nome nomi marchio marchi логотип бренд"
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
            licenza lizenz licence licencia licença licentie klasse methode funktion variable hand erzeugt generiert automatisch konfiguration konfigurationsdatei datei datenbank main mano manualmente configuration configuración configuração fichier généré~_e generad~o_a
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
        // Polish, Czech, Swedish, Danish, Norwegian, Turkish, Ukrainian.
        (
            .trade,
            """
            komercyjn~y_a_e_ego_ej_ych_ym_ymi komercjalizacj~a_i_ę zarobkow~y_ych_ego zarabia~ć_nia komerčn~í_ího_ím_ě výdělečn~é_ým kommersiell~t_a kommerciel~t_le kommersiel~l_t_le ticari
            комерційн~ого_их_ій_ому_ою_е_а комерческ~и_а_о
            """
        ),
        (
            .sell,
            """
            sprzedaż~y sprzedawać odsprzedaż~y odsprzedawać sprzedawan~y_a_e prodej~e prodávat sälja säljas försäljning sælge sælges selge selges satılamaz satmak satışı satılması
            продавати продажу doorverkopen doorverkoop weiterverkauft
            """
        ),
        (
            .share,
            """
            rozpowszechnia~ć_nia_nie_niu redystrybuc~ja_ji_ję redystrybuowa~ć_nia_nie kopiowa~ć_nia_nie_niu udostępnia~ć_nia_nie publikowa~ć_nia publikacj~i_a dystrybuc~ja_ji_ję powiela~ć_nia_nie
            šíření šířit šířen~o_a_y distribuce distribuovat kopírování kopírovat redistribuce spridas sprida spridning distribuera distribueras distribuere spredes kopieras kopieres
            dağıtılamaz dağıtmak dağıtımı dağıtılması kopyalanamaz kopyalanması çoğaltılamaz çoğaltılması paylaşılamaz yayınlanamaz розповсюдження розповсюджувати поширення поширювати копіювання
            kopieren kopiert vervielfältigen copiar copiare copiado copiada копировать
            """
        ),
        (
            .ban,
            """
            zakaz zakazan~e_y_a zabronion~e_y_a_o zabrania niedozwolon~e_y_a wzbronion~e zakázán~o_a_y zakazuje zákaz nesmí nesmějí förbjud~et_en_na forbudt yasaktır yasak
            kullanılamaz satılamaz dağıtılamaz kopyalanamaz çoğaltılamaz değiştirilemez paylaşılamaz yayınlanamaz заборонено забороняється заборонен~а_ий_і запрещены
            """
        ),
        (.not, "nie není inte ikke"),
        (
            .allow,
            "får wolno dozwolon~e_y_a można smí dovoleno povoleno tillåten tillåtet tillatt tilladt дозволено дозволяється"
        ),
        (
            .only,
            "wyłącznie tylko jedynie pouze výhradně endast uteslutande kun yalnızca sadece лише тільки виключно"
        ),
        (
            .small,
            """
            alumnos alumno academicos educativos edukacyjn~ych_e_y_ym prywatn~ego_ych_y_ym osobist~ego_ych_y naukow~ych szkolnych osobní~ho soukromé~ho výukov~é_ým vzdělávací~m utbildning
            undervisning forskning personligt kişisel eğitim bireysel akademik особист~ого_их навчальн~их
            """
        ),
        (
            .noncommercial,
            "niekomercyjn~y_ego_ych_ym_e nekomerčn~í_ím_ího ickekommersiell~t_a ikkekommerciel~t_le некомерційн~ого_их"
        ),
        (
            .leave,
            """
            einverständnis zgod~y_a_ą zezwoleni~a_e pozwoleni~a_e souhlas~u svolení povolení tillstånd medgivande tilladelse tillatelse izin izni izniniz izinsiz дозволу згоди
            """
        ),
        (.without, "bez utan uden uten izinsiz"),
        (
            .change,
            "modyfik~acja_acji_ację_ować_owania zmienia~ć_nia úpravy upravovat değiştirilemez değiştirilmesi змінювати"
        ),
        (
            .use,
            """
            użycie użytek użytku używania wykorzystywani~e_a celach celów použití užití účely účelům användning syfte kullanım kullanılabilir amaçla amaçlı використання цілях
            propositos propósitos zwecken livre libre libero frei darmow~y_a_e bezpłatn~y_a_e bezpłatnie zdarma gratuit~i_a_os_as scopi scopo
            """
        ),
        (
            .contact,
            "contattarci contattare contattami contattateci contacter contactez contactar contacte contáctame contáctenos contato kontaktieren kontaktiere kontakt kontaktować skontaktować contacteer свяжитесь связаться обращайтесь"
        ),
        (
            .none,
            "kein keine keinerlei geen aucun aucune nessun nessuna nenhum nenhuma ningún ninguna ingen inget žádné никакого никакое"
        ),
        (
            .not,
            "aucun aucune nessun nessuna nenhum nenhuma ningún ninguna ingen inget žádné никакого никакое"
        ),
        // Hungarian, Indonesian, Vietnamese (of whose words of two syllables one must do).
        (
            .trade,
            """
            kereskedelmi üzleti komersial komersil thương comercialização comercializar comercialización commercialisation commercializzazione kommerzialisierung
            commercialiseren kommersialisering
            """
        ),
        (
            .sell,
            "eladás eladni eladható értékesítés értékesíteni memperjualbelikan diperjualbelikan menjual dijual bán"
        ),
        (
            .share,
            "terjesztés terjeszteni terjeszthető másolás másolni menyebarkan disebarkan menyebarluaskan disebarluaskan mendistribusikan didistribusikan menggandakan phối"
        ),
        (.ban, "tilos tiltott tiltják dilarang cấm"),
        (.not, "nem tidak jangan không"),
        (.allow, "engedélyezett megengedett szabad boleh diperbolehkan diizinkan được må"),
        (.only, "kizárólag csak hanya chỉ"),
        (
            .small,
            "oktatási személyes tanulmányi pribadi pendidikan pembelajaran edukasi penelitian výzkumné výzkum"
        ),
        (.leave, "engedély engedélye engedélyével hozzájárulás hozzájárulása izin seizin phép"),
        (.without, "nélkül tanpa"),
        (
            .use,
            """
            célra célokra használat használható felhasználás keperluan tujuan penggunaan digunakan mục đích verwendet genutzt benutzt eingesetzt utilisé~_e_es_s
            utilizad~o_a_os_as usad~o_a_os_as utilizzat~o_a_i_e usat~o_a_i_e używan~y_a_e używać použít používat kullanılamaz kullanılması bruges brukes användas
            """
        ),
        (
            .except,
            "außer ausgenommen ausser sauf hormis excepto salvo exceto tranne eccetto fuorché behalve кроме исключением oprócz"
        ),
        (
            .most,
            "höchstens maximal maximum máximo maximo máxima massimo maximaal hoogstens максимум более najwyżej"
        ),
        (
            .seat,
            "geräten rechnern computern arbeitsplätzen nutzer nutzern benutzer benutzern anwender anwendern postes ordinateurs utilisateurs machines equipos ordenadores computadoras usuarios computadores máquinas usuários postazioni utenti computer gebruikers компьютерах компьютеров узлов пользователей"
        ),
        (
            .use,
            "instalar instalarlo instalarla instalado installieren installiert installer installé installée installare installato installeren geïnstalleerd установить устанавливать установка"
        ),
        (
            .leave,
            "vertrag vertrags vertrages vereinbarung contrat contrato contratto overeenkomst договор договора"
        ),
        (.firm, "организациях компаниях предприятиях"),
        (.to, "voor für pour para per для dla pro för til için"),
        (.joining, "и und et y e o ou u oder ani oraz lub i a och og ve veya та en of"),
    ]
    // REUSE-IgnoreEnd
}
