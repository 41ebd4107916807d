// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardSPDX

/// What says no more than another statement does.
extension StatementWeighing {
    /// What puts a work into the public domain in words of its own.
    private static let dedications: Set<String> = [
        "CC0-1.0", "Unlicense", "CC-PDM-1.0", "CC-PDDC", "PDDL-1.0", "blessing", "SAX-PD", "SAX-PD-2.0",
        "NIST-PD", "NIST-PD-fallback",
        "ANTLR-PD", "ANTLR-PD-fallback", "libselinux-1.0", "NTIA-PD", "NCBI-PD", "0BSD", "TPDL", "LOOP",
    ]

    /// What the comparison of two items needs, made once for each: there may be hundreds.
    private struct Meaning {
        struct Term {
            let term: LicenseTerm
            let stem: Substring
            let bit: UInt64
            let isOpen: Bool
        }
        let terms: [Term]
        /// One bit for each stem, of 64: where none is common no stem is.
        let stems: UInt64
        let isChoice: Bool
        let isGNU: Bool
        let isDedication: Bool

        init(_ item: WeighedItem) {
            terms = item.terms.map {
                let stem = LicenseKinship.stem($0.license.identifier)
                return Term(
                    term: $0, stem: stem, bit: 1 << UInt64(Lexemes.hash(stem.utf8) & 63),
                    isOpen: !item.saidVersion && LicenseKinship.isOpen($0.license.identifier))
            }
            stems = terms.reduce(0) { $0 | $1.bit }
            isChoice = item.isChoice
            isGNU = item.node.isGNU
            isDedication = terms.contains {
                StatementWeighing.dedications.contains($0.term.license.identifier)
            }
        }
    }

    mutating func absorb() {
        let meanings = items.map(Meaning.init)
        let hasDedication = items.indices.contains { items[$0].isKept && meanings[$0].isDedication }
        // "Dedicated to the public domain. … a copy of the CC0 Public Domain Dedication": the text named says it better.
        func yields(_ item: WeighedItem) -> Bool {
            item.source < .header && hasDedication && item.node == .publicDomain
        }
        let lasting = items.filter { $0.isKept && !yields($0) }
        let hasMore = lasting.contains { $0.source >= .field }
        let strongest = lasting.map(\.source).max() ?? .mention
        for index in items.indices where items[index].isKept && items[index].isCounted {
            let item = items[index]
            let isIdle =
                (item.source == .mention && strongest > .mention) || (item.source == .hint && hasMore)
                || yields(item)
            if isIdle {
                items[index].isKept = false
                continue
            }
            let isCovered = meanings[index].terms.allSatisfy { term in
                !meter.isSpent
                    && items.indices.contains { other in
                        meanings[other].stems & term.bit != 0 && other != index && items[other].isKept
                            && items[other].isCounted
                            && covers(other, meanings[other], term, of: index, meanings[index])
                    }
            }
            if meter.isSpent { return isCutShort = true }
            guard isCovered else { continue }
            items[index].isCounted = false
            if item.source <= .grant { items[index].isKept = false }
        }
    }

    /// Whether item `other` makes `term` of item `index` a repetition.
    private func covers(
        _ other: Int, _ theirs: Meaning, _ term: Meaning.Term, of index: Int, _ own: Meaning
    ) -> Bool {
        meter.spend((theirs.terms.count + 2) * WorkMeter.Cost.word)
        let item = items[index]
        let source = items[other].source
        let isEarlier = other < index
        return theirs.terms.contains { their in
            guard their.stem == term.stem else { return false }
            if their.term == term.term {
                if theirs.isChoice != own.isChoice { return theirs.isChoice }
                return source > item.source || (source == item.source && isEarlier)
            }
            // A choice that names the license keeps it a choice.
            if own.isChoice, !theirs.isChoice { return false }
            if their.term.license == term.term.license {
                return term.term.exception == nil && their.term.exception != nil
            }
            // One choice said twice, once with "or later".
            if own.isChoice, theirs.isChoice, their.stem == term.stem {
                return source > item.source || (source == item.source && isEarlier)
            }
            if their.term.license.identifier == term.term.license.identifier + "-no-copyleft-exception" {
                return true
            }
            if term.isOpen { return !their.isOpen }
            let mine = term.term.license.identifier
            let others = their.term.license.identifier
            // "GPL-2.0-only" as a text, or as a module's mark, beside a grant of "2 or later".
            if mine.hasSuffix("-only"), others.hasSuffix("-or-later"),
                item.source == .text || item.rule == "notice:module"
                    || item.source < .grant && source >= .grant
            {
                return !their.isOpen && LicenseKinship.version(mine) == LicenseKinship.version(others)
            }
            if item.rule == "notice:module" { return true }
            // What a program prints of its license, beside the notice of the file itself: "Released under GPLv3."
            if item.isPrinted, !items[other].isPrinted, source >= .grant, isEarlier { return true }
            guard !own.isGNU else { return false }
            // "the libpng license" beside a text of libpng-2.0.
            if source == .text, item.source < .header, !mine.contains(where: \.isNumber) { return true }
            return item.isVague && source >= item.source
                && !(items[other].isVague && source == item.source && !isEarlier)
        }
    }
}

extension LicenseKinship {
    /// `2.0` of `GPL-2.0-only`.
    static func version(_ identifier: String) -> Substring {
        identifier.drop { !$0.isNumber }.prefix { $0.isNumber || $0 == "." }
    }
}
