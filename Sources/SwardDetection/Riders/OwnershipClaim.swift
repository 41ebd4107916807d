// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

// REUSE-IgnoreStart
/// A sentence by which someone keeps a file to themselves: "the property of …", "confidential", "no license is granted".
///
/// The words of several languages stand in one table; what is claimed must be pointed to ("this file", "este programa"), unless the
/// sentence says little else.
struct OwnershipClaim {
    // REUSE-IgnoreEnd
    private struct Kind: OptionSet {
        let rawValue: UInt32
        static let own = Kind(rawValue: 1), secret = Kind(rawValue: 2), pointer = Kind(rawValue: 4)
        static let thing = Kind(rawValue: 8), none = Kind(rawValue: 16), grant = Kind(rawValue: 32)
        static let given = Kind(rawValue: 64), closed = Kind(rawValue: 128), inside = Kind(rawValue: 256)
        static let of = Kind(rawValue: 512), need = Kind(rawValue: 1024), contract = Kind(rawValue: 2048)
        static let use = Kind(rawValue: 4096), silent = Kind(rawValue: 8192),
            negative = Kind(rawValue: 1 << 14)
        static let firm = Kind(rawValue: 1 << 15), disclosing = Kind(rawValue: 1 << 16)
        static let leads: Kind = [.own, .secret, .none, .closed, .inside, .contract]
    }

    // What the comments show is no one's word for this file.
    // REUSE-IgnoreStart

    /// - Returns: Where the claim stands, if the sentence is one.
    static func read(_ text: Lexemes, in range: Range<Int>) -> (start: Int, end: Int)? {
        guard range.count > 1, range.count <= 36, range.contains(where: { leads.contains(text[$0].hash) })
        else {
            return nil
        }
        let kinds = range.map { known.contains(text[$0].hash) ? table[text[$0].hash] ?? [] : [] }
        func has(_ kind: Kind, _ places: Range<Int>) -> Int? {
            places.clamped(to: 0..<kinds.count).first { !kinds[$0].isDisjoint(with: kind) }
        }
        let all = kinds.reduce(into: Kind()) { $0.formUnion($1) }
        guard !all.contains(.silent) else { return nil }
        func found(_ place: Int) -> (start: Int, end: Int) {
            (range.lowerBound + place, range.lowerBound + place + 1)
        }
        /// "This file", "este programa", "all code in this folder": near `place`.
        func isPointed(_ place: Int, _ reach: Int = 10) -> Bool {
            max(0, place - reach) < kinds.count
                && (max(0, place - reach)..<min(kinds.count, place + reach)).contains { at in
                    kinds[at].contains(.pointer) && has(.thing, at + 1..<at + 4) != nil
                }
        }
        let isShort = kinds.count <= 7
        for place in kinds.indices where !kinds[place].isDisjoint(with: .leads) {
            let kind = kinds[place]
            // "Is the property of …", "belongs to our company", "remains our property".
            if kind.contains(.own),
                has(.of, place + 1..<place + 4) != nil || has(.firm, place - 2..<place) != nil,
                has(.negative, place - 3..<place) == nil, isPointed(place),
                // "All copyrights of this program belong to": as those of any.
                !(max(0, place - 8)..<place).contains(where: {
                    text.word(range.lowerBound + $0) == .copyright
                })
            {
                return found(place)
            }
            if kind.contains(.secret), has(.negative, place - 2..<place) == nil,
                !isDefinedTerm(text, range.lowerBound + place)
                    || range.contains(where: { text.word($0) == .this }),
                isPointed(place, 6) && !all.contains(.given)
                    || isShort && place == 0 && has(.thing, 0..<kinds.count) == nil
                        && !text.gap(range.lowerBound + 1).isSubset(of: [.space])
            {
                return found(place)
            }
            if kind.contains(.closed), isPointed(place, 5) || isShort && place <= 1 { return found(place) }
            // "No license is granted", "you have no rights to this code".
            if kind.contains(.none),
                let grant = has(.grant, place + 1..<place + 4),
                has(.given, place - 3..<grant + 5) != nil, isShort || isPointed(place, 16)
            {
                return found(grant)
            }
            // "Internal use only, not for disclosure."
            if kind.contains(.inside), has(.disclosing, 0..<kinds.count) != nil { return found(place) }
            // "You need a license agreement with us to use this software."
            if kind.contains(.contract), has(.need, 0..<kinds.count) != nil, all.contains(.use),
                isPointed(place, 16)
            {
                return found(place)
            }
        }
        return nil
    }

    /// "Confidential Information" amid a sentence: what a contract is about.
    private static func isDefinedTerm(_ text: Lexemes, _ at: Int) -> Bool {
        text.gap(at) == .space && text.bytes[Int(text[at].start)].isUpper
            && text.gap(at + 1) == .space && text.bytes[Int(text[at + 1].start)].isUpper
    }

    // REUSE-IgnoreEnd

    private static let table: [UInt32: Kind] = {
        var table: [UInt32: Kind] = [:]
        for (kind, words) in lists {
            for word in words.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
                table[Lexemes.hash(word.utf8), default: []].formUnion(kind)
                let capital = word.prefix(1).uppercased() + word.dropFirst()
                table[Lexemes.hash(capital.utf8), default: []].formUnion(kind)
            }
        }
        return table
    }()

    private static let known = WordHashes(Array(table.keys))
    private static let leads = WordHashes(
        table.filter { !$0.value.isDisjoint(with: .leads) }.map(\.key))

    // REUSE-IgnoreStart
    private static let lists: [(Kind, String)] = [
        (
            .own,
            "property belongs belong owned proprietary eigentum propiedad propriété proprietà propriedade eigendom собственность собственностью"
        ),
        (
            .secret,
            """
            confidential nda vertraulich vertrauliche vertraulichen betriebsgeheimnis geschäftsgeheimnis confidentiel confidentielle confidentiels confidencial
            confidenciales riservato riservata riservati vertrouwelijk конфиденциально secreto segreto geheim
            """
        ),
        (
            .pointer,
            """
            this these the dieser diese dieses diesem der die das ce cet cette le la les este esta estos el los questo questa il deze dit het de o a этот эта это
            """
        ),
        (
            .thing,
            """
            code file files software program document source sources material work repository folder module project contents script information programm datei quelltext
            quellcode werk unterlagen fichier logiciel programme document programa código archivo fichero codice programma documento arquivo bestand broncode
            programmatuur код файл программа
            """
        ),
        (.none, "no none any"), (.grant, "license licence rights right permission"),
        (.given, "granted given grants grant give have has get agrees keep"),
        (.closed, "unlicensed proprietário privativo"),
        (.disclosing, "disclosure disclose disclosed outside employees contractors nda"),
        (.inside, "internal intern interne interno interna"),
        (
            .of,
            "of to by der des von de du del della dello di der van der dos das do d l la и"
        ),
        (.firm, "our its their unser unseres notre nuestra nuestro nossa nostra exclusive sole solely"),
        (.need, "need needs subject requires require required without"),
        (.contract, "agreement contract vertrag contrat contrato contratto"),
        (.use, "use used using copy copying run"),
        (.negative, "not no isn t never nicht pas non kein keine"),
        (
            .silent,
            """
            patent patents trademark trademarks trademarked logo logos names respective marken marques marcas marchi if whether users user object class variable field attribute element value
            party parties method function parameter param key data http was were gnu general liability infringement export permission permitted namespace import
            """
        ),
    ]
    // REUSE-IgnoreEnd
}
