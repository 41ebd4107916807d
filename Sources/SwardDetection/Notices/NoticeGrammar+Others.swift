// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Names that stand in a sentence or a line about something else than the work.
extension NoticeGrammar {
    /// "…, since readline is GPL licensed", "Note that pandoc is released under a GPL license", "reads programs that are under
    /// the GPL": the license of another, told by the way. A license file and a notice speak of what they are for.
    func tellsOfOthers(before place: Int) -> Bool {
        if isJoined(before: place) || isAside(before: place) { return true }
        guard role == .other || role == .readme else { return false }
        return isReason(before: place) || isOfAny(before: place)
    }

    /// "In 1999 the code was released under the GPL", "The first version was released under the GPL": told of other days.
    func tellsOfOtherDays(_ list: NamedLicenses, from place: Int) -> Bool {
        guard role == .other || role == .readme else { return false }
        meter.spend(WorkMeter.Cost.word * 24)
        var wasAt: Int?
        for at in stride(from: place - 1, through: max(0, place - 6), by: -1) {
            if text.word(at) == .was || text.word(at) == .were { wasAt = at; break }
            if !text.gap(at).isDisjoint(with: [.stop, .blankLine]) { return false }
        }
        guard let wasAt else { return false }
        // "… was released under the GPL in 1993".
        let behind = list.end..<min(count, list.end + 5)
        for at in behind {
            if !text.gap(at).isDisjoint(with: [.stop, .blankLine]) { break }
            if isYear(at) { return true }
        }
        for at in stride(from: wasAt - 1, through: max(0, wasAt - 14), by: -1) {
            if text.word(at) == .this || text.word(at) == .these { return false }
            if isYear(at), text.word(at - 1) == .in || isOneOf(at - 1, Self.since) { return true }
            if text.word(at) == .version || isOneOf(at, Self.versions), isOneOf(at - 1, Self.early) {
                return true
            }
            if !text.gap(at).isDisjoint(with: [.stop, .blankLine]) { break }
        }
        return false
    }

    private static let since = set("until till before around since")
    private static let versions = set("release releases versions edition code")
    private static let early = set("first early earlier earliest older oldest initial former previous")

    /// "A program that is released under a BSD license may be closed", "software under the MIT license can go anywhere":
    /// whatever is under those terms.
    func isOfKind(_ list: NamedLicenses, from place: Int) -> Bool {
        guard role == .other || role == .readme else { return false }
        meter.spend(WorkMeter.Cost.word * 10)
        guard text.gap(list.end).isDisjoint(with: [.stop, .comma, .blankLine, .colon]),
            Self.modal.contains(text.word(list.end)) || isOneOf(list.end, Self.modals)
        else { return false }
        var at = place - 1
        while at > place - 5, at > 0,
            Self.links.contains(text.word(at)) || Self.verbs.contains(text.word(at))
        {
            if !text.gap(at + 1).isDisjoint(with: [.stop, .blankLine, .comma]) { return false }
            at -= 1
        }
        guard at >= 0, isOneOf(at, Self.kinds) || isOneOf(at, Self.singular) else { return false }
        let isBare =
            at == 0 || !text.gap(at).isDisjoint(with: [.stop, .blankLine, .colon])
            || text.word(at - 1) == .because || isOneOf(at - 1, Self.reasons)
        return isBare || [.a, .an, .any].contains(text.word(at - 1)) || isOneOf(at - 1, Self.whichOnes)
    }

    private static let modal: WordKinds = [.may, .can, .must, .cannot, .is, .are]
    private static let modals = set("has have stays stay remains remain needs need should could might will")
    private static let links: WordKinds = [.that, .which, .is, .are, .be]
    private static let singular = set("program software code library work application project package")
    private static let whichOnes = set("every each some another such most many other")

    /// "since X is", "although X is", "note that X is", where X is a bare name that the head of the file does not say.
    private func isReason(before place: Int) -> Bool {
        var at = place - 1
        while at > place - 6, at > 0, text.word(at) != .is, text.word(at) != .are {
            if !text.gap(at + 1).isDisjoint(with: [.stop, .blankLine]) { return false }
            at -= 1
        }
        guard at > 0, text.word(at) == .is || text.word(at) == .are,
            text.gap(at + 1).isDisjoint(with: [.stop, .blankLine])
        else { return false }
        var first = at
        while first > at - 4, first > 0, text.word(first - 1) == .other || text.word(first - 1) == .number,
            !isOneOf(first - 1, Self.reasons), text.gap(first).isDisjoint(with: [.stop, .blankLine, .comma])
        {
            first -= 1
        }
        guard first < at, first > 0, text.gap(first).isDisjoint(with: [.stop, .blankLine]) else {
            return false
        }
        meter.spend(WorkMeter.Cost.word * 16)
        let lead = first - 1
        let isNoted =
            text.word(lead) == .that && (max(0, lead - 3)..<lead).contains { isOneOf($0, Self.notes) }
        guard isNoted || text.word(lead) == .because || isOneOf(lead, Self.reasons) else { return false }
        return !isTitled(first)
    }

    /// "**.yaml **.json **.license": what files of a kind end with.
    func isFileEnding(_ place: Int) -> Bool {
        let start = Int(text[place].start)
        return start > 1 && text.bytes[start - 1] == UInt8(ascii: ".")
            && [UInt8(ascii: "*"), UInt8(ascii: "]"), UInt8(ascii: ")"), UInt8(ascii: "}")].contains(
                text.bytes[start - 2])
    }

    /// "programs that are under the GPL", "packages which are licensed under MIT": whichever they are.
    private func isOfAny(before place: Int) -> Bool {
        var at = place - 1
        while at > place - 6, at > 0, text.word(at) != .that, text.word(at) != .which {
            if !text.gap(at + 1).isDisjoint(with: [.stop, .blankLine, .comma]) { return false }
            at -= 1
        }
        guard at > 1, text.word(at) == .that || text.word(at) == .which, text.word(at + 1) == .are,
            text.gap(at).isDisjoint(with: [.stop, .blankLine, .comma]), isOneOf(at - 1, Self.kinds)
        else { return false }
        // "The programs that are under the GPL are in `gpl/`": some of the work's own.
        let named = at - 2
        if [.the, .these, .this, .all, .our, .following, .any].contains(text.word(named)) { return false }
        meter.spend(WorkMeter.Cost.word * 16)
        for back in stride(from: named, through: max(0, named - 12), by: -1) {
            if isOneOf(back, Self.holding) || text.word(back) == .this || text.word(back) == .included {
                return false
            }
            if !text.gap(back).isDisjoint(with: [.stop, .blankLine]) { break }
        }
        return true
    }

    /// "can be combined with other software that is released under the GPL": what the work may be put together with, in a
    /// license file as well.
    private func isJoined(before place: Int) -> Bool {
        var at = place - 1
        while at > place - 5, at > 0, text.word(at) != .that, text.word(at) != .which { at -= 1 }
        guard at > 3, text.word(at) == .that || text.word(at) == .which,
            Self.links.contains(text.word(at + 1)),
            isOneOf(at - 1, Self.singular) || isOneOf(at - 1, Self.kinds), isOneOf(at - 2, Self.alien),
            text.word(at - 3) == .with
        else { return false }
        return (at - 2...place).allSatisfy { text.gap($0).isDisjoint(with: [.stop, .blankLine]) }
    }

    /// "… from the mailer Pine (itself now available under the Apache License)".
    private func isAside(before place: Int) -> Bool {
        (max(1, place - 3)...max(1, place)).contains { at in
            isOneOf(at, Self.itself) && text.gap(at).contains(.open)
        }
    }

    /// Whether the first words of the file, before the sentence, have the word: its title, or the name in its header.
    private func isTitled(_ place: Int) -> Bool {
        var start = place
        while start > 0, place - start < 40, text.gap(start).isDisjoint(with: [.stop, .blankLine]) {
            start -= 1
        }
        let name = text[place].hash
        // Below a title that stands by itself the description begins.
        let end = (1..<max(2, min(start, 24))).first { text.gap($0).contains(.blankLine) } ?? 24
        return (0..<min(start, end)).contains { text[$0].hash == name }
    }

    private static let reasons = set("since although though whereas while")
    private static let notes = set("note noted notice remember beware mind however")
    private static let kinds = set(
        "programs projects packages libraries applications apps games tools works systems components products plugins modules dependencies"
    )
    private static let itself = set("itself themselves")
    private static let alien = set("other another any some")
    private static let holding = set(
        "contains contain contained includes include including consists consist comprises bundles bundle ships ship bundled collection set"
    )

    /// "Perl's own format": of what has the name.
    func isPossessive(_ end: Int) -> Bool {
        guard end > 0, end < count, text.word(end) == .s else { return false }
        let at = text[end - 1].end
        let isMark = text.bytes[at] == UInt8(ascii: "'") || text.bytes.has("\u{2019}", at: at)
        return isMark && text[end].length == 1 && text.word(end + 1) != .license
    }

    /// "(compatibles con GPLv3)", "与 GPLv3 协议兼容": what something goes together with. In English the grammar of grants knows it.
    func isCompared(_ statement: Statement) -> Bool {
        guard !statement.isTag else { return false }
        let first = text.first(from: statement.bytes.lowerBound, atOrAfter: 0)
        for at in stride(from: first, through: max(0, first - 4), by: -1) {
            if at < first, !text.gap(at + 1).isDisjoint(with: [.stop, .blankLine]) { break }
            if isOneOf(at, Self.comparing) { return true }
        }
        // The word may be glued to the one that the name ends with.
        let end = min(text.bytes.count, statement.bytes.upperBound + 16)
        return (max(0, end - 48)..<end).contains { text.bytes.has("兼容", at: $0) }
    }

    private static let comparing = set(
        """
        compatibles compatibel kompatibel kompatible kompatibilní kompatibilný compatibile compatibili compatível compatíveis
        compatibili совместимые совместимо совместимы сумісні zgodne zgodny kompatibilis uyumlu linea yhteensopiva
        """)

    /// "Vim ライセンスの適用を検討してみてください": terms that someone may take.
    func isProposed(_ end: Int) -> Bool {
        // The word "license" may have the rest of the sentence glued on.
        for at in (end - 1)..<min(count, end + 4) {
            if at >= end, !text.gap(at).isDisjoint(with: [.stop, .blankLine]) { return false }
            if EastAsian.proposes(text.bytes, text[at].bytes) { return true }
        }
        return false
    }

    /// "flue", "GPLv3", "grep", one word a line: an entry of a list of words.
    func isWordOfList(_ start: Int, _ end: Int) -> Bool {
        guard role == .other, end == start + 1 || end == start + 2, start > 1, end + 1 < count else {
            return false
        }
        return (start - 1...start).allSatisfy { isLineBreak($0) }
            && (end...end + 1).allSatisfy { isLineBreak($0) }
    }

    private func isLineBreak(_ place: Int) -> Bool {
        text.gap(place).contains(.newline) && text.gap(place).isSubset(of: [.newline, .space, .slash])
    }

    /// "“Creative Commons Attribution 4.0” → `CC BY`": what is to be written for it, or what it becomes.
    func isMapped(_ end: Int) -> Bool {
        var at = text[end - 1].end
        let stop = min(text.bytes.count, at + 12)
        // The quotes around it, “” and others.
        while at < stop,
            [32, UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"), 0xE2, 0x80, 0x9C, 0x9D].contains(
                text.bytes[at])
        {
            if text.bytes[at] == 0xE2, text.bytes[at + 1] == 0x86 { return text.bytes[at + 2] == 0x92 }
            at += 1
        }
        return at < stop && text.bytes[at + 1] == UInt8(ascii: ">")
            && (text.bytes[at] == UInt8(ascii: "-") || text.bytes[at] == UInt8(ascii: "="))
    }

    /// `{'gpl': 'GNU General Public License'}`: what short names stand for.
    func isSpelledOut(_ place: Int) -> Bool {
        role == .other && place > 0 && text.gap(place).isSuperset(of: [.quote, .colon])
            && text.gap(place - 1).contains(.quote) && names.list(at: place - 1, before: place) != nil
    }

    /// "* [Spoons](https://…) - Jo Doe (PDF) (CC BY)": an item of a list of what is elsewhere. "Photo by", "icons from" credit
    /// what is here.
    func isLinkedItem(_ list: NamedLicenses, at place: Int) -> Bool {
        guard role == .other || role == .readme, text.gap(place).contains(.open) else { return false }
        let bytes = text.bytes
        var at = Int(text[place].start)
        let stop = max(0, at - 400)
        while at > stop, bytes[at - 1] != 10 { at -= 1 }
        meter.spend(WorkMeter.Cost.word * 40)
        while bytes[at] == 32 || bytes[at] == 9 { at += 1 }
        guard
            bytes[at] == UInt8(ascii: "*") || bytes[at] == UInt8(ascii: "-")
                || bytes[at] == UInt8(ascii: "+"),
            bytes[at + 1] == 32, bytes[at + 2] == UInt8(ascii: "[")
        else { return false }
        var back = place - 1
        // "- [License](https://…) (MIT)" says the work's own.
        let first = text.first(from: at, atOrAfter: max(0, place - 60))
        if [.license, .licensing, .copying].contains(text.word(first)) { return false }
        var sawAddress = false
        while back > 0, Int(text[back].start) > at {
            if text.word(back) == .address { sawAddress = true }
            if [.by, .copyright].contains(text.word(back)) || text.gap(back).contains(.sign) { return false }
            // "from Wikimedia Commons (CC BY-SA 3.0)"
            if text.word(back) == .from, text.word(list.end - 1) == .number { return false }
            back -= 1
        }
        return sawAddress
    }

    /// "/*! ladle.js 2.4 - spoons for the web - MIT license */", "# Ladle AGPL-3.0 License - https://…": the first line of a file
    /// says what it is, who made it, and its terms.
    ///
    /// - Parameter list: What stands there, if it is more than two words.
    func isBanner(_ start: Int, _ end: Int, _ list: NamedLicenses? = nil) -> Bool {
        let gap = text.gap(start)
        guard role == .other, Int(text[start].start) < 300, !gap.contains(.newline),
            gap.isSuperset(of: [.hyphen, .space])
                || (list?.saidLicense ?? false)
                    && (gap.isSuperset(of: [.comma, .space])
                        || (list?.saidVersion ?? false) && isTitle(before: start))
        else { return false }
        let bytes = text.bytes
        var at = Int(text[start].start)
        var lines = 0
        while at > 0 {
            if bytes[at - 1] == 10 {
                lines += 1
                if lines == 1, !isCommentLine(at) { return false }
            }
            at -= 1
        }
        guard lines < 3, lines > 0 || isCommentLine(0) else { return false }
        return end >= count
            || !text.gap(end).isDisjoint(with: [.newline, .hyphen, .bar, .stop, .open, .sign, .star])
    }

    /// "# Ladle", "// Ladle for Soup": a name at the head of a line, all in capitals.
    private func isTitle(before start: Int) -> Bool {
        var at = start
        while at > 0, start - at < 4, !text.gap(at).contains(.newline) {
            let first = text.bytes[Int(text[at - 1].start)]
            // A picture may stand between.
            guard text.gap(at).isSubset(of: [.space, .other]), first.isUpper || first >= 0xF0,
                !isOneOf(at - 1, Self.orders)
            else { return false }
            at -= 1
        }
        return at < start && (at == 0 || text.gap(at).contains(.newline))
    }

    private static let orders = set(
        "add check update use see apply insert verify change convert parse detect the")

    /// Whether the line begins as comments do, and is no item of a list.
    private func isCommentLine(_ start: Int) -> Bool {
        let bytes = text.bytes
        var at = start
        while bytes[at] == 32 || bytes[at] == 9 { at += 1 }
        if bytes[at] == UInt8(ascii: "*") || bytes[at] == UInt8(ascii: "-") {
            // "* [Spoons](…) - MIT license".
            return bytes[at + 1] == bytes[at]
                || bytes[at + 1] == 32 && bytes[at + 2] != UInt8(ascii: "[") && start > 0
                    && bytes[start - 1] == 10 && bytes.has("/*", at: 0)
        }
        return bytes[at] == UInt8(ascii: "/")
            || bytes[at] == UInt8(ascii: "#") && bytes[at + 1] != UInt8(ascii: "#")
            || bytes[at] == UInt8(ascii: ";") || bytes[at] == UInt8(ascii: "%")
            || bytes[at] == UInt8(ascii: "\"")
            || bytes.has("<!--", at: at) || bytes.has("(*", at: at) || bytes.has("{-", at: at)
    }
}
