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

        init(_ mark: EnclosureMark, _ words: String, reach: Int = 0, isWeak: Bool = false) {
            self.mark = mark
            self.isWeak = isWeak
            let places = words.split(separator: " ")
            isClose = places.map { $0.first == "+" }
            self.words = places.map { place in
                place.drop { $0 == "+" }.split(separator: "|").map { Lexemes.hash($0.utf8) }
            }
            self.reach = reach
        }
    }

    // REUSE-IgnoreStart
    // Of several wordings of one mark the first that fits is reported for a place.
    static let patterns: [Pattern] = [
        Pattern(.riderCommonsClause, "commons clause license condition", reach: 2),
        Pattern(.riderCommonsClause, "commons clause restriction|v|version|1.0", reach: 1),
        Pattern(.riderCommonsClause, "license does not include the right to sell", reach: 6),
        Pattern(.riderCommonsClause, "not grant to you the right to sell the software", reach: 4),
        Pattern(
            .riderNoncommercial, "noncommercial|noncommercially use|uses|purpose|purposes only|exclusively",
            reach: 3),
        Pattern(.riderNoncommercial, "non commercial use|uses|purpose|purposes|projects only", reach: 3),
        Pattern(.riderNoncommercial, "only for|in non commercial", reach: 2),
        Pattern(.riderNoncommercial, "only|exclusively|solely|strictly for non commercial", reach: 4),
        Pattern(.riderNoncommercial, "only|exclusively|solely|strictly for noncommercial", reach: 4),
        Pattern(.riderNoncommercial, "not for commercial use|purposes|gain|distribution", reach: 1),
        Pattern(.riderNoncommercial, "no commercial use|usage|redistribution|exploitation", reach: 1),
        Pattern(
            .riderNoncommercial,
            "commercial use is|are not|strictly|prohibited|forbidden permitted|allowed|prohibited|authorized|forbidden",
            reach: 4),
        Pattern(.riderNoncommercial, "commercial use|usage|purposes prohibited|forbidden", reach: 6),
        Pattern(.riderNoncommercial, "may|must|shall|can not be used|sold for commercial", reach: 5),
        Pattern(.riderNoncommercial, "may|must|shall|can not be used|sold|copied commercially", reach: 5),
        Pattern(.riderNoncommercial, "may|must|shall|can not use commercially", reach: 6),
        Pattern(.riderNoncommercial, "cannot be used|sold for|in commercial", reach: 4),
        Pattern(.riderNoncommercial, "you may not use for commercial purposes|use|gain", reach: 6),
        Pattern(
            .riderNoncommercial, "commercial use requires|needs license|permission|agreement|consent",
            reach: 6),
        Pattern(.riderNoncommercial, "may|must|shall|can not use|used for +profit", reach: 6),
        Pattern(.riderNoncommercial, "only|exclusively|solely|strictly for non profit", reach: 3),
        Pattern(.riderNoncommercial, "may|must|shall not be sold", reach: 2),
        Pattern(.riderNoncommercial, "not be sold or used", reach: 2),
        Pattern(.riderNoncommercial, "not|never for sale|resale", reach: 1),
        Pattern(.riderNoncommercial, "you may|must|shall|can not sell", reach: 3),
        Pattern(.riderNoncommercial, "for personal|private use only", reach: 3),
        Pattern(.riderNoncommercial, "personal|private use only", reach: 1),
        Pattern(
            .riderNoncommercial, "for educational|academic|research|evaluation use|purposes|purpose only",
            reach: 4),
        Pattern(
            .riderNoncommercial, "only for|in educational|academic|research|evaluation use|purposes|purpose",
            reach: 4),
        Pattern(
            .riderNoncommercial, "academic|educational|research|nonprofit|hobby use|purposes +only", reach: 3),
        Pattern(.riderNoncommercial, "non profit use|purposes +only", reach: 2),
        Pattern(
            .riderNoncommercial,
            "in|for +a|any|your +paid|commercial product|project|game|application|app contact|buy|purchase|obtain|pay",
            reach: 5),
        Pattern(
            .riderNoncommercial,
            "restricted|limited to noncommercial|academic|educational|personal|private|hobby", reach: 1),
        Pattern(.riderNoncommercial, "restricted|limited to non commercial", reach: 1),
        Pattern(.riderNoncommercial, "not charge money|fee|fees|anything for", reach: 3),
        Pattern(.riderNoncommercial, "free for non commercial use", reach: 2),
        Pattern(.riderNoncommercial, "free for personal|noncommercial|academic|private use", reach: 4),
        Pattern(.riderNoncommercial, "nur für nicht kommerzielle", reach: 3),
        Pattern(.riderNoncommercial, "usage non commercial uniquement|seulement", reach: 3),
        Pattern(.riderNoRedistribution, "may|must|shall|can|do not redistribute|distribute", reach: 4),
        Pattern(
            .riderNoRedistribution,
            "may|must|shall|can not be redistributed|distributed|reproduced|republished", reach: 4),
        Pattern(.riderNoRedistribution, "may|must|shall|can not be shared", reach: 0),
        Pattern(
            .riderNoRedistribution,
            "not allowed|permitted|authorized|authorised to redistribute|distribute|republish|share",
            reach: 2),
        Pattern(.riderNoRedistribution, "cannot be redistributed|distributed|republished", reach: 3),
        Pattern(
            .riderNoRedistribution, "no redistribution|distribution permitted|allowed|without|is", reach: 3),
        Pattern(.riderNoRedistribution, "no redistribution", reach: 1),
        Pattern(
            .riderNoRedistribution,
            "redistribution|distribution|copying is|are not|strictly|prohibited|forbidden permitted|allowed|prohibited|forbidden",
            reach: 6),
        Pattern(
            .riderNoRedistribution, "redistribution|distribution|reproduction|copying prohibited|forbidden",
            reach: 6),
        Pattern(
            .riderNoRedistribution,
            "redistribution|redistributing of|in|this|these|the is|are +not +permitted|allowed",
            reach: 12),
        Pattern(
            .riderNoRedistribution,
            "not +allowed|permitted +to +pass|hand|give copies|copy|it|them|this|on on|to", reach: 4),
        Pattern(
            .riderNoRedistribution,
            "may|must|shall|can +not +pass|hand it|them|copies|copy|this +on|to|around",
            reach: 3),
        Pattern(
            .riderNoRedistribution, "may|must|shall|can +not +be +passed|handed|given +on|to", reach: 0),
        Pattern(
            .riderNoRedistribution,
            "uploading|reuploading|mirroring|rehosting|reposting|republishing +this|these|it|them not|prohibited|forbidden",
            reach: 6),
        Pattern(
            .riderNoRedistribution,
            "redistribution|distribution|reproduction|republication requires|needs written|prior|explicit|express|our permission|consent|approval",
            reach: 4),
        Pattern(
            .riderNoRedistribution,
            "no part|portion +of may +be reproduced|copied|distributed|redistributed|transmitted|shared|sold",
            reach: 8),
        Pattern(.riderNoRedistribution, "not for redistribution|distribution|publication", reach: 0),
        Pattern(
            .riderNoRedistribution, "not for public|general|external redistribution|distribution|release",
            reach: 0),
        Pattern(
            .riderNoRedistribution, "prohibited|forbidden to redistribute|distribute|copy|share", reach: 3),
        Pattern(
            .riderNoRedistribution,
            "unauthorized copying|reproduction|distribution|redistribution|duplication of|or|is prohibited|forbidden|this|via|any",
            reach: 4),
        Pattern(
            .riderNoRedistribution, "may|shall|can not be copied|used modified|disclosed|distributed without",
            reach: 14),
        Pattern(.riderFieldOfUse, "used for good not evil", reach: 1),
        Pattern(
            .riderFieldOfUse,
            "not|never be used for|in|by military|weapons|warfare|surveillance|nuclear|armed|war", reach: 12),
        Pattern(
            .riderFieldOfUse,
            "not|never use for|in|by military|weapons|warfare|surveillance|nuclear|armed|war", reach: 12),
        Pattern(
            .riderFieldOfUse,
            "no use by|in|for military|government|governments|police|law|weapons|armies|armed", reach: 3),
        Pattern(.riderFieldOfUse, "no military use|usage|purposes|application", reach: 2),
        Pattern(
            .riderFieldOfUse,
            "use|usage by|in|for|within military|weapon|weapons|warfare|surveillance|nuclear|armed|army|armies|police is|are strictly|expressly|hereby|not|prohibited|forbidden",
            reach: 14),
        Pattern(
            .riderFieldOfUse,
            "not|never be|is|are employed|deployed|used|applied in|for|by|within military|weapon|weapons|weaponry|warfare|surveillance|nuclear|armed|army|armies|facial|biometric|policing|gambling|tobacco|drones",
            reach: 6),
        Pattern(
            .riderFieldOfUse,
            "not|never employed|deployed in|for|by|within military|weapon|weapons|weaponry|warfare|surveillance|nuclear|armed|army|armies|facial|biometric|policing|gambling|tobacco|drones",
            reach: 5),
        Pattern(.riderFieldOfUse, "military|weapons use is|are prohibited|forbidden|not", reach: 3),
        Pattern(
            .riderFieldOfUse,
            "not designed|licensed|intended|authorized for use in the design construction nuclear facility|facilities",
            reach: 6),
        Pattern(
            .riderFieldOfUse,
            "may|must|shall not be used by|for|to harm|exploit|discriminate|discrimination|police|governments|government|fascists|torture",
            reach: 10),
        Pattern(
            .riderFieldOfUse,
            "may|must|shall not be used by|for enforcement|immigration|army|armies|militaries|weapons|surveillance",
            reach: 6),
        Pattern(.riderFieldOfUse, "ethical|anti capitalist|996 license|software|source", reach: 2),
        Pattern(
            .riderFieldOfUse, "may|shall|must not be used in|for competing|competitive|compete", reach: 8),
        Pattern(
            .riderFieldOfUse,
            "not be used for any|illegal|unlawful unethical|immoral|illegal|unlawful|harmful", reach: 4),
        Pattern(
            .riderFieldOfUse,
            "not|never used for|in|by military|weapons|warfare|surveillance|nuclear|armed|war", reach: 6),
        Pattern(
            .riderFieldOfUse,
            "only|solely|exclusively be used in|with|on conjunction|products|hardware|devices|silicon|microcontrollers|chips",
            reach: 6),
        Pattern(
            .riderFieldOfUse,
            "use|used only|solely on|in|with hardware|products|devices manufactured|sold|made by", reach: 6),
        Pattern(
            .riderFieldOfUse,
            "only|solely|exclusively for use on|in|with|conjunction products|hardware|devices|silicon|microcontrollers|chips|boards|board|phones|consoles|processors",
            reach: 12),
        Pattern(
            .termsByLinkOnly, "by using|installing you agree|accept terms|conditions at|https|http|found",
            reach: 5),
        Pattern(.eulaBesideCopyleft, "end user license|licence agreement", reach: 0),
        Pattern(.eulaBesideCopyleft, "licensed not sold", reach: 1),
        Pattern(.eulaBesideCopyleft, "not reverse engineer|engineered|assemble", reach: 6),
        Pattern(.eulaBesideCopyleft, "not decompile|disassemble|decompiled|disassembled", reach: 8),
        Pattern(
            .eulaBesideCopyleft,
            "reverse engineering|engineer decompil|decompiling|decompilation|disassembly|disassembling prohibited|forbidden|not",
            reach: 12),
        Pattern(
            .eulaBesideCopyleft,
            "by installing|downloading|clicking|using you|copying agree|accept|agreeing|bound", reach: 14),
        Pattern(
            .eulaBesideCopyleft, "one|single copy of the software on one|single computer|device", reach: 6),
        Pattern(.eulaBesideCopyleft, "end user|users agreement|contract", reach: 1, isWeak: true),
        Pattern(.eulaBesideCopyleft, "agreement|contract for|with end users|user", reach: 1, isWeak: true),
        Pattern(.eulaBesideCopyleft, "software license|licence agreement", reach: 0, isWeak: true),
        Pattern(
            .eulaBesideCopyleft,
            "non|nonexclusive exclusive|non|nontransferable transferable|non|right|license",
            reach: 1, isWeak: true),
        Pattern(
            .eulaBesideCopyleft, "not agree|accept|consent do not +install|use|download|open|run", reach: 8,
            isWeak: true),
        Pattern(
            .eulaBesideCopyleft, "not rent|lease|lend lease|lend|sell|sublicense", reach: 4, isWeak: true),
        Pattern(
            .eulaBesideCopyleft,
            "endbenutzer|endnutzer|endanwender lizenzvertrag|lizenzvereinbarung|lizenzvertrages|vereinbarung",
            reach: 1),
        Pattern(.eulaBesideCopyleft, "lizenziert nicht verkauft", reach: 2),
        Pattern(
            .eulaBesideCopyleft,
            "nicht|untersagt zurückentwickeln|zurückzuentwickeln|dekompilieren|disassemblieren|dekompilieren",
            reach: 10),
        Pattern(.eulaBesideCopyleft, "contrat de licence utilisateur final", reach: 2),
        Pattern(
            .eulaBesideCopyleft, "interdit|pas décompiler|désassembler|désassemblage|décompilation|rétro",
            reach: 14),
        Pattern(
            .eulaBesideCopyleft, "acuerdo|contrato de licencia|licença usuario|usuário|utilizador final",
            reach: 2),
        Pattern(.eulaBesideCopyleft, "ingeniería|engenharia|ingegneria inversa|reversa", reach: 0),
        Pattern(
            .eulaBesideCopyleft, "descompilar|decompilare desensamblar|desmontar|disassemblare", reach: 3),
        Pattern(.eulaBesideCopyleft, "contratto di licenza utente finale", reach: 3),
        Pattern(.eulaBesideCopyleft, "соглашение с конечным пользователем", reach: 1),
        Pattern(.eulaBesideCopyleft, "декомпилировать|декомпиляция|дизассемблировать", reach: 0),
        Pattern(.sourceAvailable, "source available license|licence", reach: 1),
        Pattern(.sourceAvailable, "fair|functional|sustainable source|code|use +license|licence", reach: 0),
        Pattern(.sourceAvailable, "a|any|not competing use|product|service|offering", reach: 0),
        Pattern(
            .sourceAvailable,
            "production|productive use requires|needs|demands license|licence|subscription|contract|agreement",
            reach: 4),
        Pattern(
            .sourceAvailable,
            "source|code is|are provided|available|published|shared for|to +reference|viewing|review|inspection|audit|transparency|read|inspect|view",
            reach: 4),
        Pattern(
            .sourceAvailable,
            "not use|used|run|deploy|deployed in|for production without|unless license|licence|subscription|agreement|contract|paying",
            reach: 5),
        Pattern(.sourceAvailable, "first|second|third|fourth anniversary", reach: 0),
        Pattern(
            .sourceAvailable,
            "after one|two|three|four|five|2|3|4|5 years|year becomes|become|converts|convert|turns|falls|licensed|relicensed|available",
            reach: 8),
        Pattern(.sourceAvailable, "is|are source available you|and|but|the", reach: 1),
        Pattern(
            .sourceAvailable, "production only with|under subscription|contract", reach: 5),
        Pattern(
            .sourceAvailable,
            "not|no provide|offer the software to third parties as a hosted|managed service", reach: 6),
        Pattern(
            .noAIRider,
            "not|never|no be|use|used|permitted|allowed|consent train|training machine|ai|artificial|models|model|llm|llms|language|neural|generative",
            reach: 12),
        Pattern(
            .noAIRider,
            "not|never|no used|use for|in|to training|train of|machine|ai|artificial|any|models|model|large",
            reach: 8),
        Pattern(
            .noAIRider,
            "train|training ai|artificial|machine|language|neural|generative models|model|intelligence|learning|networks is|are not|prohibited|forbidden",
            reach: 8),
        Pattern(
            .noAIRider,
            "training of|on|an|any generative|ai|machine|language systems|system|ai|models is|are +not|prohibited|forbidden",
            reach: 8),
        Pattern(.noAIRider, "no ai|llm|ml +training|scraping|crawling", reach: 1),
        Pattern(
            .noAIRider,
            "may|must|shall +not +be fed|ingested|scraped into|by|for|to ai|models|model|llm|llms|generative|machine",
            reach: 6),
        Pattern(.noAIRider, "no machine +learning +on|with|from", reach: 0),
        Pattern(
            .noAIRider,
            "not|never consent|agree ai|machine|llm|llms +training|learning|models",
            reach: 12),
        Pattern(
            .noAIRider,
            "not|never|no consent|agree|permission training|train set|data|dataset|corpus|ai|models|material",
            reach: 12),
        Pattern(.noAIRider, "text and data mining prohibited|reserved|not|forbidden|reservation", reach: 12),
        Pattern(.noAIRider, "tdm reservation 1", reach: 0),
        Pattern(
            .noAIRider,
            "ai|machine training|learning is|are|purposes not|strictly|prohibited|forbidden permitted|allowed|prohibited|forbidden",
            reach: 6),
        Pattern(.proprietary, "proprietary and confidential", reach: 1),
        Pattern(.proprietary, "confidential and proprietary", reach: 1),
        Pattern(.proprietary, "company|strictly confidential", reach: 0),
        Pattern(.proprietary, "proprietary internal use only", reach: 1),
        Pattern(.proprietary, "proprietary|confidential do +not +distribute|copy|share|disclose", reach: 4),
        Pattern(.proprietary, "contains confidential|proprietary information|trade|material", reach: 5),
        Pattern(.proprietary, "confidential property of", reach: 0),
        Pattern(.proprietary, "under|requires a commercial license|licence +agreement", reach: 1),
        Pattern(.proprietary, "unauthorized|unauthorised use or disclosure", reach: 1),
        Pattern(
            .proprietary,
            "unauthorized|unauthorised use|copying|reproduction|distribution|duplication|redistribution|modification is|strictly|are prohibited|forbidden",
            reach: 12),
        Pattern(
            .proprietary, "this|the software|file|code|program|document|material is property +of", reach: 2),
        Pattern(.proprietary, "sole|exclusive property of", reach: 0),
        Pattern(.proprietary, "remains +the +property +of", reach: 0),
        Pattern(
            .proprietary, "dissemination of this|the information|material|file|code|work|software", reach: 1),
        Pattern(.proprietary, "unpublished source", reach: 0),
        Pattern(.proprietary, "this|it is|software not open source", reach: 2),
        Pattern(
            .proprietary, "no license|licence|permission|rights is|are granted|given to|for use|copy|modify",
            reach: 4),
        Pattern(.proprietary, "trade secret|secrets of|and|property|belonging", reach: 3),
        Pattern(.proprietary, "unpublished proprietary source|work|code", reach: 3),
        Pattern(.proprietary, "proprietary software|code|license|licence", reach: 0),
        Pattern(.proprietary, "this is proprietary", reach: 1),
        Pattern(
            .furtherRestriction,
            "in addition to|following the gpl|gnu|license|terms additional|further|following restriction|restrictions|conditions|condition",
            reach: 10),
        Pattern(
            .furtherRestriction, "additional|further|extra restriction|restrictions apply|applies|imposed",
            reach: 4),
        Pattern(
            .furtherRestriction,
            "following|additional restrictions|limitations|restriction|conditions|terms shall|also|additionally apply|applies",
            reach: 4),
        Pattern(
            .furtherRestriction,
            "with the following additional|extra|further restriction|restrictions|condition|conditions",
            reach: 1),
        Pattern(
            .furtherRestriction,
            "with|to the|an|one|this|these +additional|extra|further +restriction|condition|requirement|limitation +that",
            reach: 0),
        Pattern(.contributorAgreement, "contributor license|licence|licensing agreement", reach: 1),
        Pattern(
            .contributorAgreement,
            "assign|assigns|transfer|transfers all|your|the copyright|right|rights in|to|of|title contribution|contributions",
            reach: 14),
        Pattern(
            .contributorAgreement, "grant|grants to perpetual worldwide irrevocable sublicense|relicense",
            reach: 22),
        Pattern(
            .contributorAgreement,
            "may|can|right|allowed relicense|sublicense your|their|contributions|contribution|it under|any",
            reach: 4),
        Pattern(
            .contributorAgreement,
            "contributions|contribution|patches under any|other|different license|licence|terms", reach: 2),
        Pattern(
            .termsByLinkOnly, "governed|covered|licensed by|under terms|conditions at|https|http", reach: 3),
        Pattern(.termsByLinkOnly, "subject to terms of service", reach: 5),
        Pattern(.termsByLinkOnly, "use governed|bound|covered by terms of service|use", reach: 6),
    ]

    // REUSE-IgnoreEnd
}
