// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardSPDX

/// Tells reworded permission texts by the conditions they hold, where no text of the list matches.
///
/// Old Unix sources carry hundreds of rewordings of the BSD, ISC, HPND, MIT and zlib texts. What counts is which
/// conditions are there: advertising, endorsement, copies in documentation. Short grants of everything that no text of the
/// list has are `LicenseRef-permissive`; they need words of permission and "this file" or the like.
struct PermissionShape {
    let text: Lexemes
    let meter: WorkMeter
    private static let window = 330

    private static func word(_ text: String) -> UInt32 { Lexemes.hash(text.utf8) }
    private static func set(_ words: String) -> WordHashes { WordHashes(words: words) }
    private static let redistribution = word("redistribution"), hereby = word("hereby"),
        unlimited = word("unlimited")
    private static let verbatim = word("verbatim"), freely = word("freely"), whatever = word("whatever"),
        anything = word("anything"), way = word("way"), long = word("long"), providing = word("providing"),
        fit = word("fit")
    static let triggers: WordHashes = [
        redistribution, unlimited, verbatim, freely, whatever, anything, way, long, providing,
        fit,
    ]

    struct Found { var identifier: String; var end: Int; var isSure: Bool }

    func read(at index: Int) -> Found? {
        switch text.word(index) {
        case .permission: return permission(index)
        case .provided:
            guard text.word(index + 1) == .as, text.word(index + 2) == .is else {
                return keptNotice(index, from: index + 1)
            }
            return asIs(index)
        default: break
        }
        switch text[index].hash {
        case Self.redistribution:
            guard text.word(index + 1) == .and, text.word(index + 2) == .use else { return nil }
            return redistribution(index)
        case Self.unlimited:
            guard text.word(index + 1) == .permission else { return nil }
            guard words(index, blanks: 0, limit: 8)["copy"] != nil else { return nil }
            // "As a special exception, … gives unlimited permission to copy … the configure scripts".
            guard !(max(0, index - 14)..<index).contains(where: { text.word($0) == .exception }) else {
                return nil
            }
            let words = words(index, blanks: 1, limit: 60)
            let end = index + 2
            if words["warranty"] != nil, words["preserved"] != nil {
                return Found(identifier: "FSFULLRWD", end: end, isSure: true)
            }
            return Found(identifier: words["preserved"] != nil ? "FSFULLR" : "FSFUL", end: end, isSure: true)
        case Self.verbatim:
            let words = words(index, blanks: 6, limit: 160)
            guard text.word(index + 1) == .copy, let last = words["identical"], words["notice"] != nil else {
                return nil
            }
            let isTranslated = words["translation"] != nil || words["translations"] != nil
            return Found(
                identifier: isTranslated ? "Latex2e-translated-notice" : "Latex2e", end: last + 1,
                isSure: true)
        case Self.freely, Self.whatever, Self.anything, Self.way: return anything(index)
        case Self.fit: return seenFit(index)
        case Self.providing: return keptNotice(index, from: index + 1)
        case Self.long:
            guard text.word(index + 1) == .as else { return nil }
            return keptNotice(index, from: index + 2)
        default: return nil
        }
    }

    private struct Seen {
        var places: [UInt32: Int] = [:]
        subscript(_ text: String) -> Int? { places[PermissionShape.word(text)] }
    }

    private func words(_ start: Int, blanks: Int, limit: Int = window) -> Seen {
        var seen = Seen()
        var at = start
        var left = blanks
        while at < min(text.count, start + limit) {
            meter.spend(WorkMeter.Cost.word * 2)
            if at > start, text.gap(at).contains(.blankLine) {
                left -= 1
                if left < 0 { break }
            }
            if seen.places[text[at].hash] == nil { seen.places[text[at].hash] = at }
            at += 1
        }
        return seen
    }

    private func redistribution(_ index: Int) -> Found? {
        let seen = words(index, blanks: 12)
        // "… with or without modification, are permitted." and no more.
        if let end = seen["permitted"], end - index < 16, text.gap(end + 1).contains(.stop) {
            return Found(identifier: "LicenseRef-permissive", end: end + 1, isSure: true)
        }
        guard seen["permitted"] != nil || seen["allowed"] != nil, let notice = seen["notice"] else {
            return nil
        }
        if seen["advertising"] != nil, seen["materials"] != nil,
            seen["acknowledgement"] != nil || seen["acknowledgment"] != nil
        {
            let isUniversity = seen["california"] != nil
            return Found(
                identifier: isUniversity ? "BSD-4-Clause-UC" : "BSD-4-Clause", end: notice + 1, isSure: true)
        }
        if seen["endorse"] != nil || seen["promote"] != nil {
            return Found(identifier: "BSD-3-Clause", end: notice + 1, isSure: true)
        }
        if seen["reproduce"] != nil || (seen["include"] != nil && seen["documentation"] != nil) {
            return Found(identifier: "BSD-2-Clause", end: notice + 1, isSure: true)
        }
        return seen["retain"] != nil ? Found(identifier: "BSD-1-Clause", end: notice + 1, isSure: true) : nil
    }

    private func permission(_ index: Int) -> Found? {
        let next = text.word(index + 1)
        if next == .to, text.word(index + 2) == .use || Self.uses.contains(text[index + 2].hash) {
            let seen = words(index, blanks: 2, limit: 140)
            guard seen["granted"] != nil, seen["copy"] != nil,
                seen["fee"] != nil || seen["purpose"] != nil || seen["charge"] != nil
            else { return anyPurpose(index, seen) }
            let end = (seen["granted"] ?? index) + 1
            // Not everyone, or not for everything.
            if seen["noncommercial"] != nil || seen["educational"] != nil || seen["non"] != nil
                || seen["only"] != nil
            {
                return nil
            }
            guard seen["distribute"] != nil || seen["redistribute"] != nil else { return nil }
            if seen["supporting"] != nil {
                return Found(
                    identifier: seen["sell"] != nil ? "HPND-sell-variant" : "HPND", end: end, isSure: true)
            }
            if seen["copies"] != nil, seen["notice"] != nil {
                return Found(identifier: "ISC", end: end, isSure: true)
            }
            // The same without a word about the notice.
            if seen["modify"] != nil, seen["disclaims"] != nil, seen["notice"] == nil {
                return Found(identifier: "0BSD", end: end, isSure: true)
            }
            return Found(identifier: "LicenseRef-permissive", end: end, isSure: true)
        }
        if next == .is, text[index + 2].hash == Self.hereby, text.word(index + 3) == .granted {
            let seen = words(index, blanks: 6, limit: 200)
            guard seen["charge"] != nil, seen["sublicense"] != nil, seen["notice"] != nil else { return nil }
            return Found(
                identifier: seen["advertising"] != nil && seen["promote"] != nil ? "X11" : "MIT",
                end: index + 4, isSure: true)
        }
        if next == .is, text.word(index + 2) == .granted, text.word(index + 3) == .to,
            let found = anyPurpose(index, words(index, blanks: 1, limit: 60))
        {
            return found
        }
        if next == .is {
            // "permission is freely granted for any use".
            let end =
                text.word(index + 2) == .granted
                ? index + 3 : text.word(index + 3) == .granted ? index + 4 : index
            guard end > index, text.word(end) == .for, text.word(end + 1) == .any,
                text.word(end + 2) == .use || text.text(end + 2).lowercased() == "purpose"
            else { return nil }
            return Found(identifier: "LicenseRef-permissive", end: end + 3, isSure: false)
        }
        return nil
    }

    /// "Permission to use this program for any purpose is given, as long as the copyright is kept intact", and no word that
    /// keeps anyone or any use out.
    private func anyPurpose(_ index: Int, _ seen: Seen) -> Found? {
        guard let given = seen["granted"] ?? seen["given"], seen["notice"] ?? seen["copyright"] != nil,
            seen["use"] != nil, seen["any"] != nil,
            seen["purpose"] != nil || seen["purposes"] != nil || seen["sell"] != nil
        else { return nil }
        for limit in [
            "only", "non", "noncommercial", "profit", "educational", "academic", "research", "internal",
            "not",
        ]
        where (seen[limit] ?? Int.max) < given + 24 {
            return nil
        }
        return Found(identifier: "LicenseRef-permissive", end: given + 1, isSure: false)
    }

    /// "Use and copying of this file are permitted as long as this notice is kept", and no word that keeps anyone or any
    /// use out.
    private func keptNotice(_ index: Int, from condition: Int) -> Found? {
        meter.spend(WorkMeter.Cost.word * 40)
        var saysNotice = false
        var end: Int?
        for at in condition..<min(text.count, condition + 30) {
            if text.gap(at).contains(.stop) || text.gap(at).contains(.blankLine) { break }
            if Self.notices.contains(text[at].hash) { saysNotice = true }
            // "providing this header is not removed"
            if Self.heads.contains(text[at].hash), text.word(at - 1) == .this { saysNotice = true }
            if end == nil, Self.keeping.contains(text[at].hash) { end = at + 1 }
            // "the following conditions are met" are told by other shapes.
            if Self.limits.contains(text[at].hash) || text.word(at) == .conditions { return nil }
        }
        guard saysNotice, let end else { return nil }
        var uses: Set<UInt32> = []
        var isPermitted = false
        for at in stride(from: index - 1, through: max(0, index - 45), by: -1) {
            let hash = text[at].hash
            if Self.acts.contains(hash) { uses.insert(hash) }
            if Self.permits.contains(hash) || text.word(at) == .may || text.word(at) == .permission {
                isPermitted = true
            }
            if Self.limits.contains(hash) || text.word(at) == .not { return nil }
            if text.gap(at).contains(.stop) || text.gap(at).contains(.blankLine) { break }
        }
        guard isPermitted, uses.count > 1 else { return nil }
        return Found(identifier: "LicenseRef-permissive", end: end, isSure: false)
    }

    private static let heads = set("header footer")
    private static let notices = set("notice notices copyright copyrights credit credits attribution")
    private static let keeping = set(
        """
        retained retain intact included include preserved kept keep appear appears remain remains reproduced present
        maintained unaltered unchanged unmodified removed deleted given
        """)
    private static let permits = set("permitted granted allowed authorized given free freely")
    private static let acts = set(
        """
        use used copy copied copying modify modified modification distribute distributed distribution redistribute
        redistributed redistribution reproduce reproduced reproduction incorporate
        """)
    private static let limits = set(
        """
        only non noncommercial profit educational academic research internal personal private evaluation students
        """)

    /// "You may redistribute and/or modify it as you see fit": who may only change it is told how to use it.
    private func seenFit(_ index: Int) -> Found? {
        guard text.word(index - 1) == .see, text.word(index - 2) == .you, text.word(index - 3) == .as else {
            return nil
        }
        var isGiven = false
        for at in stride(from: index - 4, through: max(0, index - 16), by: -1) {
            if text.word(at) == .not || text.word(at) == .if { return nil }
            if text.word(at) == .distribute || text.word(at) == .redistribute { isGiven = true }
            if !text.gap(at).isDisjoint(with: [.stop, .blankLine]) { break }
        }
        return isGiven ? Found(identifier: "LicenseRef-permissive", end: index + 1, isSure: false) : nil
    }

    private func asIs(_ index: Int) -> Found? {
        let seen = words(index, blanks: 6, limit: 200)
        guard seen["anyone"] != nil, seen["alter"] != nil, seen["redistribute"] != nil,
            let end = seen["freely"]
        else { return nil }
        let isZlib = seen["misrepresented"] != nil && seen["altered"] != nil
        return Found(identifier: isZlib ? "Zlib" : "LicenseRef-permissive", end: end + 1, isSure: true)
    }

    private static let uses = set(
        "used use copied copy distributed distribute redistributed redistribute modified modify distributable redistributable usable available"
    )
    private static let works: WordKinds = [
        .file, .code, .software, .program, .script, .work, .library, .module, .package, .source, .document,
    ]

    /// "this file may be freely used and modified", "do whatever you want with this code".
    private func anything(_ index: Int) -> Found? {
        meter.spend(WorkMeter.Cost.word * 40)
        var saysThis = false
        var saysUse = false
        var isLimited = false
        for at in max(0, index - 14)..<min(text.count, index + 10) {
            if at > index, text.gap(at).contains(.stop) || text.gap(at).contains(.blankLine) { break }
            if text.word(at) == .this, Self.works.contains(text.word(at + 1)) { saysThis = true }
            if Self.uses.contains(text[at].hash), abs(at - index) < 6 { saysUse = true }
            if [.not, .if, .only, .but, .provided].contains(text.word(at)) { isLimited = true }
        }
        guard saysThis, !isLimited else { return nil }
        if text[index].hash != Self.freely {
            guard text.word(index + 1) == .you,
                ["want", "like", "wish", "please", "choose"].contains(text.text(index + 2).lowercased()),
                text[index].hash != Self.way || text.word(index - 1) == .any && saysUse
            else { return nil }
            return Found(identifier: "LicenseRef-permissive", end: index + 3, isSure: false)
        }
        return saysUse ? Found(identifier: "LicenseRef-permissive", end: index + 1, isSure: false) : nil
    }
}
