// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// What a file that states no terms says of the work it belongs to, far from its head: in a comment, in what a program prints,
/// in a page of its manual.
extension RiderReader {
    // What the comments show is no one's word for this file.
    // REUSE-IgnoreStart

    /// Where sentences stand that point to a work ("this plugin", "dieses Programm") and speak of trade or of passing it on.
    func ownSentences() -> [Range<Int>] {
        guard role == .other, !isOfTests, !names(Self.asserting) else { return [] }
        var found: [Range<Int>] = []
        var index = 0
        while index < text.count, found.count < Self.maximumFound, !meter.isSpent {
            guard isMatter(index) else {
                index += 1
                continue
            }
            let range = ownSentence(at: index)
            index = range.upperBound
            meter.spend(WorkMeter.Cost.word * 2 * range.count)
            // Heads are read anyway.
            guard !heads.contains(range.lowerBound), !isExplained(range.lowerBound) else { continue }
            // What follows at once goes on about it: "These pages are for home use. Please don't sell them."
            let before = text.gap(range.lowerBound).contains(.blankLine) ? 0..<0 : ownSentence(before: range)
            if pointsToWork(range) || !before.isEmpty && pointsToWork(before)
                || isOfField(range.lowerBound, index)
            {
                found.append(range)
            }
        }
        return found
    }

    /// What a test says it says to what is tested.
    var isOfTests: Bool { role == .other && names(Self.testTools) }

    private func names(_ words: WordHashes) -> Bool {
        (0..<min(text.count, Self.longestLook)).contains { isOneOf($0, words) }
    }

    /// What they refuse that only a license could give.
    func riders(inOwn places: [Range<Int>], besides known: [Found]) -> [Found] {
        var found: [Found] = []
        for place in places {
            for hit in sentence(in: place, isNearTerms: true)
            where Self.ofOwn.contains(hit.mark) && isPlainly(hit.mark, hit.start, hit.end)
                && !isOfSomeLicense(hit.start)
            {
                let bytes = sentence(hit.start, hit.end)
                let isKnown = (known + found).contains {
                    $0.mark == hit.mark || $0.bytes.overlaps(bytes) && $0.mark == .proprietary
                }
                if !isKnown { found.append(Found(mark: hit.mark, bytes: bytes)) }
            }
        }
        return found
    }

    /// Trade or passing on, in one of the languages.
    private func isMatter(_ index: Int) -> Bool {
        let lexeme = text[index]
        return Self.ownMatters.contains(lexeme.hash) || ForeignReader.isMatter(lexeme.hash)
            || isNoncommercial(index) || EastAsian.isLead(text.bytes[Int(lexeme.start)])
    }

    private func ownSentence(before range: Range<Int>) -> Range<Int> {
        var start = range.lowerBound
        while start > 0, range.lowerBound - start < Self.longestOwn,
            start == range.lowerBound || !isSentenceBreak(start)
        { start -= 1 }
        return start..<range.lowerBound
    }

    /// `license = "non-commercial use only"`: what stands there is the terms.
    private func isOfField(_ start: Int, _ end: Int) -> Bool {
        (max(0, start - 2)..<min(end, start + 3)).contains {
            text.word($0) == .license && text.gap($0 + 1).contains(.quote)
                && !text.gap($0 + 1).isDisjoint(with: [.equals, .colon])
        }
    }

    private func ownSentence(at index: Int) -> Range<Int> {
        var start = index
        while start > 0, index - start < Self.longestOwn, !isSentenceBreak(start) { start -= 1 }
        var end = index + 1
        while end < text.count, end - index < Self.longestOwn, !isSentenceBreak(end) { end += 1 }
        return start..<end
    }

    /// "This plugin", "our dataset", "この素材", "本软件".
    private func pointsToWork(_ range: Range<Int>) -> Bool {
        let bytes = Int(text[range.lowerBound].start)..<text[range.upperBound - 1].end
        if range.contains(where: { EastAsian.isLead(text.bytes[Int(text[$0].start)]) }) {
            meter.spend(WorkMeter.Cost.word * bytes.count)
            return EastAsianRiders.pointsToWork(text.bytes, bytes)
        }
        // "Program tylko do użytku prywatnego."
        if range.count < 12, isOneOf(range.lowerBound, Self.ownThings),
            text.bytes[Int(text[range.lowerBound].start)].isUpper, !isOneOf(range.lowerBound, Self.ownMatters)
        {
            return true
        }
        return range.contains { at in
            isOneOf(at, Self.ownPointers) && (at + 1...at + 3).contains { isOneOf($0, Self.ownThings) }
                // "The pack itself."
                || isOneOf(at, Self.itself) && isOneOf(at - 1, Self.ownThings)
        }
    }

    // REUSE-IgnoreEnd

    private static let longestOwn = 45, longestLook = 4000
    static let testTools = set(
        "pytest unittest junit testcase minitest rspec assertequal assertequals assert_eq assert_equal assertthat"
    )
    private static let asserting = set("assert asserts")
    private static let ofOwn: Set<EnclosureMark> = [.riderNoncommercial, .riderNoRedistribution, .noAIRider]

    // REUSE-IgnoreStart
    private static let ownMatters = set(
        """
        commercial commercially noncommercial profit sell sold resell resold redistribute redistributed redistribution distribute distributed upload reupload reuploaded repost
        reposted republish train training
        """)
    private static let itself = set("itself themselves")
    private static let ownPointers = set(
        """
        this these our my dieser diese dieses diesem diesen dieser ce cet cette ces este esta estos estas esto esse essa questo questa questi deze dit этот эта это этого этой данный данная
        данной данного presente présent tento tato toto tohoto ez ini tego ten ta tej denna detta denne dette bu niniejszy niniejszego
        """)
    private static let ownThings = set(
        """
        code software program programs script scripts plugin plugins addon addons add mod mods app application package library framework tool tools game theme template templates font fonts dataset
        datasets corpus model models map maps texture textures pack sample samples sound sounds music image images artwork asset assets firmware driver repository project work material
        materials book document notebook source sources website skin shader bot macro kit bundle collection database
        programm modul skript skripte quelltext quellcode werk projekt datensatz schrift erweiterung vorlage karte
        programme logiciel extension police œuvre données jeu programa software código complemento plantilla juego fuente obra datos aplicación proyecto aplicativo projeto jogo modelo
        codice programma progetto gioco modello dati broncode programmatuur код программа программы плагин модуль скрипт скрипта проект работа шаблон игра программу
        page pages libro szoftver sistem aplikasi programu skryptu kodu dzieła projektu wtyczki modyfikacji programmet koden yazılım program kod betik
        """)
    // REUSE-IgnoreEnd
}
