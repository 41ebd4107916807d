// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Words that the matching guidelines hold equal, folded to one form at build time and at run time alike.
///
/// - Source: SPDX license list matching guidelines, "Varietal word spelling", and `equivalentwords.txt`; inflections
///   of the same words are ours. Pairs of two words (`per cent`, `sub license`, `copyright owner`) are folded by
///   ``WordReader``.
enum WordForms {
    private static let pairs: [(StaticString, StaticString)] = [
        ("acknowledgement", "acknowledgment"), ("acknowledgements", "acknowledgments"),
        ("analogue", "analog"),
        ("analyse", "analyze"), ("analysed", "analyzed"), ("artefact", "artifact"),
        ("artefacts", "artifacts"), ("authorisation", "authorization"), ("authorisations", "authorizations"),
        ("authorise", "authorize"), ("authorised", "authorized"), ("authorises", "authorizes"),
        ("authorising", "authorizing"), ("behaviour", "behavior"), ("calibre", "caliber"),
        ("cancelled", "canceled"),
        ("capitalisations", "capitalizations"), ("catalogue", "catalog"), ("categorise", "categorize"),
        ("centre", "center"), ("centres", "centers"), ("defence", "defense"), ("emphasised", "emphasized"),
        ("favour", "favor"), ("favourite", "favorite"), ("fulfil", "fulfill"), ("fulfilment", "fulfillment"),
        ("honour", "honor"), ("initialise", "initialize"), ("judgment", "judgement"),
        ("judgments", "judgements"),
        ("labelling", "labeling"), ("labelled", "labeled"), ("labour", "labor"), ("licence", "license"),
        ("licences", "licenses"), ("licenced", "licensed"), ("licencing", "licensing"),
        ("licencee", "licensee"),
        ("licencees", "licensees"), ("licencor", "licensor"), ("licencors", "licensors"),
        ("maximise", "maximize"), ("merchantibility", "merchantability"), ("modelled", "modeled"),
        ("modelling", "modeling"), ("offence", "offense"), ("offences", "offenses"), ("optimise", "optimize"),
        ("organisation", "organization"), ("organisations", "organizations"), ("organise", "organize"),
        ("organised", "organized"), ("practise", "practice"), ("practises", "practices"),
        ("programme", "program"),
        ("programmes", "programs"), ("realise", "realize"), ("recognise", "recognize"),
        ("recognised", "recognized"), ("signalling", "signaling"), ("sublicence", "sublicense"),
        ("sublicences", "sublicenses"), ("sublicenced", "sublicensed"), ("sublicencing", "sublicensing"),
        ("utilisation", "utilization"), ("utilise", "utilize"), ("whilst", "while"), ("wilful", "wilfull"),
        ("willful", "wilfull"), ("wilfully", "wilfully"), ("willfully", "wilfully"), ("https", "http"),
        ("unauthorised", "unauthorized"), ("unlicenced", "unlicensed"), ("relicencing", "relicensing"),
    ]

    private static let mask: UInt32 = 1023

    private static let table: [UInt64] = {
        var table = [UInt64](repeating: 0, count: Int(mask) + 1)
        for (from, to) in pairs {
            let key = raw(from)
            var slot = Int(spread(key))
            while table[slot] != 0 { slot = (slot + 1) & Int(mask) }
            table[slot] = UInt64(key) << 32 | UInt64(raw(to))
        }
        return table
    }()

    private static func raw(_ word: StaticString) -> UInt32 {
        var hash = WordHash.seed
        for index in 0..<word.utf8CodeUnitCount { hash = WordHash.step(hash, unsafe word.utf8Start[index]) }
        return hash
    }

    @inline(__always) private static func spread(_ hash: UInt32) -> UInt32 { (hash ^ (hash >> 15)) & mask }

    /// The hash of the form that stands for all that are equal to the word with `hash`.
    static func canonical(_ hash: UInt32) -> UInt32 {
        var slot = Int(spread(hash))
        while case let entry = table[slot], entry != 0 {
            if UInt32(truncatingIfNeeded: entry >> 32) == hash { return UInt32(truncatingIfNeeded: entry) }
            slot = (slot + 1) & Int(mask)
        }
        return hash
    }
}
