// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// The wordings by which what a license gives is taken back.
extension RiderReader {
    /// One wording: words in order, at most so many others between two of them, and none before one written with `+`.
    struct Pattern: Sendable {
        let mark: EnclosureMark
        /// Each place may be one of several words.
        let words: [[UInt32]]
        let isClose: [Bool]
        let reach: Int
        /// Said by other licenses too: counts only beside another wording of the mark.
        let isWeak: Bool
        /// Said of nothing but a work that is given to others: counts in a file that states no terms.
        let isPlain: Bool

        /// - Parameter line: `REACH WORDS`, or `REACH? WORDS` where it is weak, `REACH! WORDS` where it is plain.
        init(_ mark: EnclosureMark, _ line: Substring) {
            self.mark = mark
            let parts = line.split(separator: " ", maxSplits: 1)
            isWeak = parts[0].last == "?"
            isPlain = parts[0].last == "!" || RiderReader.plain.contains(mark)
            reach = Int(parts[0].prefix(while: \.isNumber)) ?? 0
            let places = parts[1].split(separator: " ")
            isClose = places.map { $0.first == "+" }
            words = places.map { place in
                place.drop { $0 == "+" }.split(separator: "|").map { Lexemes.hash($0.utf8) }
            }
        }
    }

    static let patterns: [Pattern] = wordings.flatMap { mark, lines in
        lines.split(separator: "\n").map { Pattern(mark, $0) }
    }

    // REUSE-IgnoreStart
    // Of several wordings of one mark the first that fits is reported for a place. Before each: how many other words may stand
    // between two of its own, and `?` where it is weak.
    private static let wordings: [(EnclosureMark, String)] = [
        (
            .riderCommonsClause,
            """
            2 commons clause license condition
            1 commons clause restriction|v|version|1.0
            6 license does not include the right to sell
            3 does|do not include|grant|confer|cover|give|extend right|rights to sell
            4 not grant to you the right to sell the software
            """
        ),
        (
            .riderNoncommercial,
            """
            3 noncommercial|noncommercially use|uses|purpose|purposes only|exclusively
            3 non commercial use|uses|purpose|purposes|projects only
            2 only for|in non commercial
            4 only|exclusively|solely|strictly for non commercial
            4 only|exclusively|solely|strictly for noncommercial
            8 license|licence applies|apply|extends|extend to|for non|noncommercial commercial|purposes|use
            8 may be used|copied|modified|distributed for +non +commercial|monetized|monetised|monetary +purposes|use|ends
            12 may|can only use|used|copy|distribute for +non +commercial
            12 may|can only use|used|copy|distribute for +noncommercial
            1 not for commercial use|purposes|gain|distribution
            6 for +non +commercial +purposes|use|usage released|licensed|distributed|provided|offered under
            6 for +noncommercial +purposes|use|usage released|licensed|distributed|provided|offered under
            12 not|never|neither used by|for profit +making|seeking|oriented
            1 no commercial use|usage|redistribution|exploitation
            4 commercial use is|are not|strictly|prohibited|forbidden permitted|allowed|prohibited|authorized|forbidden
            6 commercial use|usage|purposes prohibited|forbidden
            5 may|must|shall|can not be used|sold for commercial
            5 may|must|shall|can not be used|sold|copied commercially
            6 may|must|shall|can not use commercially
            4 cannot be used|sold for|in commercial
            6 you may not use for commercial purposes|use|gain
            6 commercial use requires|needs license|permission|agreement|consent
            6 may|must|shall|can not use|used for +profit
            3 only|exclusively|solely|strictly for non profit
            2 may|must|shall not be sold
            2 not be sold or used
            1 not|never for sale|resale
            3 you may|must|shall|can not sell
            3 for personal|private use only
            1 personal|private use only
            4 for educational|academic|research|evaluation use|purposes|purpose only
            4 only for|in educational|academic|research|evaluation use|purposes|purpose
            3 academic|educational|research|nonprofit|hobby use|purposes +only
            2 non profit use|purposes +only
            5 in|for +a|any|your +paid|commercial product|project|game|application|app contact|buy|purchase|obtain|pay
            1 restricted|limited to noncommercial|academic|educational|personal|private|hobby
            1 restricted|limited to non commercial
            3 not charge money|fee|fees|anything for
            2 free for non commercial use
            4 free for personal|noncommercial|academic|private use
            5 use|used|copy|modify|distribute|distributed|redistribute non +commercially
            5 use|used|copy|modify|distribute|distributed|redistribute noncommercially
            0 license|licence research|academic|educational|evaluation|personal +only
            4 may|must|shall|can not be used by companies|corporations|businesses|firms
            3 nur für nicht kommerzielle
            3 usage non commercial uniquement|seulement
            """
        ),
        (
            .riderNoRedistribution,
            """
            4 may|must|shall|can|do not redistribute|distribute
            4 may|must|shall|can not be redistributed|distributed|reproduced|republished
            0 may|must|shall|can not be shared
            2 not allowed|permitted|authorized|authorised to redistribute|distribute|republish|share
            3 cannot be redistributed|distributed|republished
            3 no redistribution|distribution permitted|allowed|without|is
            1 no redistribution
            6 redistribution|distribution|copying is|are not|strictly|prohibited|forbidden permitted|allowed|prohibited|forbidden
            6 redistribution|distribution|reproduction|copying prohibited|forbidden
            12 redistribution|redistributing of|in|this|these|the is|are +not +permitted|allowed
            4 not +allowed|permitted +to +pass|hand|give copies|copy|it|them|this|on on|to
            3 may|must|shall|can +not +pass|hand it|them|copies|copy|this +on|to|around
            0 may|must|shall|can +not +be +passed|handed|given +on|to
            6 uploading|reuploading|mirroring|rehosting|reposting|republishing +this|these|it|them not|prohibited|forbidden
            4 redistribution|distribution|reproduction|republication requires|needs written|prior|explicit|express|our permission|consent|approval
            8 no part|portion +of may +be reproduced|copied|distributed|redistributed|transmitted|shared|sold
            0 not for redistribution|distribution|publication
            0 not for resale|sale or|and redistribution|distribution
            0 not for public|general|external redistribution|distribution|release
            3 prohibited|forbidden to redistribute|distribute|copy|share
            4 unauthorized copying|reproduction|distribution|redistribution|duplication of|or|is prohibited|forbidden|this|via|any
            14 may|shall|can not be copied|used modified|disclosed|distributed without
            """
        ),
        (
            .riderFieldOfUse,
            """
            1 used for good not evil
            12 not|never be used for|in|by military|weapons|warfare|surveillance|nuclear|armed|war
            12 not|never use for|in|by military|weapons|warfare|surveillance|nuclear|armed|war
            3 no use by|in|for military|government|governments|police|law|weapons|armies|armed
            2 no military use|usage|purposes|application
            14 use|usage by|in|for|within military|weapon|weapons|warfare|surveillance|nuclear|armed|army|armies|police is|are strictly|expressly|hereby|not|prohibited|forbidden
            6 not|never be|is|are employed|deployed|used|applied in|for|by|within military|weapon|weapons|weaponry|warfare|surveillance|nuclear|armed|army|armies|facial|biometric|policing|gambling|tobacco|drones
            5 not|never employed|deployed in|for|by|within military|weapon|weapons|weaponry|warfare|surveillance|nuclear|armed|army|armies|facial|biometric|policing|gambling|tobacco|drones
            3 military|weapons use is|are prohibited|forbidden|not
            6 not designed|licensed|intended|authorized for use in the design construction nuclear facility|facilities
            10 may|must|shall not be used by|for|to harm|exploit|discriminate|discrimination|police|governments|government|fascists|torture
            6 may|must|shall not be used by|for enforcement|immigration|army|armies|militaries|weapons|surveillance
            2 ethical|anti capitalist|996 license|software|source
            0 hippocratic license|licence
            8 may|shall|must not be used in|for competing|competitive|compete
            4 not be used for any|illegal|unlawful unethical|immoral|illegal|unlawful|harmful
            6 not|never used for|in|by military|weapons|warfare|surveillance|nuclear|armed|war
            6 only|solely|exclusively be used in|with|on conjunction|products|product|hardware|devices|device|silicon|microcontrollers|microcontroller|chips|chip|circuit|circuits|processors|processor
            1 not|never for military|weapons|warfare|surveillance|nuclear
            12 used|run|installed on|in|with nothing else
            6 use|used only|solely|exclusively on|in|with hardware|products|devices manufactured|sold|made|provided|supplied by
            6 use only|solely|exclusively on|in|with|within company|our|licensor|manufacturer products|product|devices|hardware|equipment|instruments
            12 only|solely|exclusively for use on|in|with|conjunction products|hardware|devices|silicon|microcontrollers|chips|boards|board|phones|consoles|processors
            """
        ),
        (
            .termsByLinkOnly,
            """
            5 by using|installing you agree|accept terms|conditions at|https|http|found
            """
        ),
        (
            .eulaBesideCopyleft,
            """
            0 end user license|licence agreement
            6 subject|under|by end +user +license|licence +agreement
            1 licensed not sold
            6 not reverse engineer|engineered|assemble
            8 not decompile|disassemble|decompiled|disassembled
            12 reverse engineering|engineer decompil|decompiling|decompilation|disassembly|disassembling prohibited|forbidden|not
            14 by installing|downloading|clicking|using you|copying agree|accept|agreeing|bound
            6 one|single copy of the software on one|single computer|device
            1? end user|users agreement|contract
            1? agreement|contract for|with end users|user
            0? software license|licence agreement
            1? non|nonexclusive exclusive|non|nontransferable transferable|non|right|license
            1? nicht|nichtausschließliches ausschließliches|ausschließliche|übertragbares|exklusives
            2? non|no exclusif|exclusivo|exclusiva|esclusivo|esclusiva non|no cessible|transférable|transferible|transferível|trasferibile
            3? non|no exclusif|exclusivo|exclusiva|esclusivo|esclusiva et|y|e|ni non|no
            8? installant|utilisant|instalar|installando|utilizzando logiciel|programme|software|programa|programma accepte|acceptez|acepta|accetta|accettate
            1? pas|non|no|nicht vendu|vendido|venduto|verkauft
            8? not agree|accept|consent do not +install|use|download|open|run
            4? not rent|lease|lend lease|lend|sell|sublicense
            8 decompiling|disassembling|decompilation|disassembly program|software|apart|or|is is|are|prohibited|forbidden prohibited|forbidden|not|allowed|permitted
            14 when|if|once you download|install|start|use|click|open you accept|agree|enter|conclude
            3? you enter into contract|agreement
            4? licence|license|right for|on one|single|1 computer|device|machine|pc
            4? you do not become|own|acquire the|any owner|copy|title|ownership
            1 endbenutzer|endnutzer|endanwender lizenzvertrag|lizenzvereinbarung|lizenzvertrages|vereinbarung
            2 lizenziert nicht verkauft
            10 nicht|untersagt zurückentwickeln|zurückzuentwickeln|dekompilieren|disassemblieren|dekompilieren
            2 contrat de licence utilisateur final
            14 interdit|pas|interdite décompiler|désassembler|désassemblage|décompilation|rétro
            2 acuerdo|contrato de licencia|licença usuario|usuário|utilizador final
            0 ingeniería|engenharia|ingegneria inversa|reversa
            3 descompilar|decompilare desensamblar|desmontar|disassemblare
            3 contratto di licenza utente finale
            1 соглашение с конечным пользователем
            0 декомпилировать|декомпиляция|дизассемблировать
            """
        ),
        (
            .sourceAvailable,
            """
            1 source available license|licence
            0 fair|functional|sustainable source|code|use +license|licence
            0 a|any|not competing use
            10 not|cannot|never competing +product|service|offering
            4 production|productive use requires|needs|demands license|licence|subscription|contract|agreement
            4 source|code is|are provided|available|published|shared for|to +reference|viewing|review|inspection|audit|transparency|read|inspect|view
            5 not use|used|run|deploy|deployed in|for production without|unless license|licence|subscription|agreement|contract|paying
            0 first|second|third|fourth anniversary
            8 after one|two|three|four|five|2|3|4|5 years|year becomes|become|converts|convert|turns|falls|licensed|relicensed|available
            1 is|are source available you|and|but|the
            5 production only with|under subscription|contract
            6 not|no provide|offer the software to third parties as a hosted|managed service
            """
        ),
        (
            .noAIRider,
            """
            12 not|never|no be|use|used|permitted|allowed|consent train|training machine|ai|artificial|models|model|llm|llms|language|neural|generative
            8 not|never|no used|use for|in|to training|train of|machine|ai|artificial|any|models|model|large
            8 train|training ai|artificial|machine|language|neural|generative models|model|intelligence|learning|networks is|are not|prohibited|forbidden
            8 training of|on|an|any generative|ai|machine|language systems|system|ai|models is|are +not|prohibited|forbidden
            1 no ai|llm|ml +training|scraping|crawling
            6 may|must|shall +not +be fed|ingested|scraped into|by|for|to ai|models|model|llm|llms|generative|machine
            0 no machine +learning +on|with|from
            12 not|never consent|agree ai|machine|llm|llms +training|learning|models
            12 not|never|no consent|agree|permission training|train set|data|dataset|corpus|ai|models|material
            12 text and data mining prohibited|reserved|not|forbidden|reservation
            0 tdm reservation 1
            8 no|nothing|none goes|go|enters|enter|ends into|in|up training|dataset|datasets|corpus
            6 ai|machine training|learning is|are|purposes not|strictly|prohibited|forbidden permitted|allowed|prohibited|forbidden
            """
        ),
        (
            .proprietary,
            """
            1 proprietary and confidential
            1 confidential and proprietary
            0 company|strictly confidential
            1 proprietary internal use only
            4 proprietary|confidential do +not +distribute|copy|share|disclose
            5 contains confidential|proprietary information|trade|material
            0 confidential property of
            3 directory|folder|repository|package|module|code contains|holds +proprietary
            1 under|requires a commercial license|licence +agreement
            1 unauthorized|unauthorised use or disclosure
            12 unauthorized|unauthorised use|copying|reproduction|distribution|duplication|redistribution|modification is|strictly|are prohibited|forbidden
            2 this|the software|file|code|program|document|material is property +of
            0 sole|exclusive property of
            0 remains +the +property +of
            1 dissemination of this|the information|material|file|code|work|software
            0 unpublished source
            2 this|it is|software not open source
            3 this|project|it|software is no longer open source
            4 no license|licence|permission|rights is|are granted|given to|for use|copy|modify
            3 trade secret|secrets of|and|property|belonging
            3 unpublished proprietary source|work|code
            0 proprietary software|code|license|licence
            1 this is proprietary
            """
        ),
        (
            .furtherRestriction,
            """
            10 in addition to|following the gpl|gnu|license|terms additional|further|following restriction|restrictions|conditions|condition
            4 additional|further|extra restriction|restrictions apply|applies|imposed
            4 following|additional restrictions|limitations|restriction|conditions|terms shall|also|additionally apply|applies
            8! may|shall|must|can not disclose|publish|release|share results of benchmark|benchmarks|performance
            4 use|usage|using without registration|registering not|is|prohibited|forbidden
            3 you|must|have|required register with|at author|us|me
            6 need|must|have|required mention|tell|state|declare|disclose that you|it|they use|uses|using
            1 with the following additional|extra|further restriction|restrictions|condition|conditions
            0 with|to the|an|one|this|these +additional|extra|further +restriction|condition|requirement|limitation +that
            """
        ),
        (
            .contributorAgreement,
            """
            1 contributor license|licence|licensing agreement
            14 assign|assigns|transfer|transfers all|your|the copyright|right|rights in|to|of|title contribution|contributions
            22 grant|grants to perpetual worldwide irrevocable sublicense|relicense
            4 may|can|right|allowed relicense|sublicense your|their|contributions|contribution|it under|any
            2 contributions|contribution|patches under any|other|different license|licence|terms
            """
        ),
        (
            .termsByLinkOnly,
            """
            3 governed|covered|licensed by|under terms|conditions at|https|http
            5 subject to terms of service
            6 use governed|bound|covered by terms of service|use
            """
        ),
    ]
    // REUSE-IgnoreEnd
}
