// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// The quick look: beginnings of words without which a file says nothing of licenses or copyright.
///
/// Every other byte is looked at, together with the one after it: for each trigger one rare pair of letters at an even
/// and one at an odd place within it lead to a full comparison. Most files need about half a nanosecond a byte.
struct Triggers: Sendable {
    /// Lower case. `\u{1}` at the head asks for a place that is no letter before, at the tail for none after.
    static let list: [String] = [
        "licen", "lizenz", "licz", "copyri", "copyle", "copylf", "(c) ", "\u{C2}\u{A9}", "\u{A9} ", "warrant",
        "permission", "permitted", "distribut", "distribuer", "any purpose", "whatever", "do what",
        "can use this", "public domain", "public-domain", "publicdomain", "public\n", "public\r", "spdx-",
        "creative common",
        "creativecommons", "merchantab", "rights reserved", "free software", "freesoftware", "gpl",
        "\u{1}gnu\u{1}",
        "\u{1}apache", "\u{1}mozilla", "opensource.org", "open source", "wtfpl", "\u{1}cc0", "\u{1}cc-by",
        "\u{1}cc by",
        "beerware", "freeware", "proprietar", "confidential", "the property of", "propiedad", "propriété de",
        "eigentum d", "eigentum v", "vertraulich", "confidencial", "confidentiel", "\u{1}under nda",
        "trademark", "all copies", "as is\"",
        "\u{1}mit\u{1}",
        "\u{1}bsd\u{1}", "\u{1}isc\u{1}", "\u{1}0bsd", "\u{1}mpl", "\u{1}epl\u{1}", "\u{1}cddl",
        "\u{1}artistic", "\u{1}ofl\u{1}",
        "\u{1}npl\u{1}", "\u{1}qpl\u{1}", "\u{1}afl", "\u{1}osl\u{1}", "\u{1}cpl\u{1}", "\u{1}eupl", "cecill",
        "\u{1}lppl", "\u{1}apsl",
        "\u{1}zpl\u{1}", "\u{1}psf\u{1}", "\u{1}odbl",
        "\u{1}bsl", "\u{1}terms of", "\u{1}may be used", "\u{1}do not use", "\u{1}not for ", "\u{1}freely ",
        "\u{1}author:", "file copying", "see copying", "/copying", "commercial use",
        "commerci", "resell", "be sold", "to sell", "not sell", "n't sell", "reupload", "re-upload",
        "monetiz", "make money", "\u{1}results of any ",
        "military", "personal use",
        "private use", "internal use", "only be used", "not be used", "not allowed", "do not remove",
        "not be removed", "mail me", "contact me", "charge for", "charge money",
        "kommerz", "gewerblich",
        "comerci", "vietat", "interdit", "prohibid", "proibid", "verboten", "untersagt", "komerc", "zabron",
        "zakaz",
        "коммерч", "Коммерч", "запрещ", "商用", "商业", "商業", "営利", "营利", "转载", "転載", "無断",
        "再配布", "二次配布", "재배포",
        "decompil", "reverse engineer", "you agree", "same term", "any way you", "may use this",
        "&copy", "\u{1}copr.",
        "лиценз", "Лиценз", "gemeinfrei", "domaine public", "dominio p", "domínio p",
        "许可", "許可", "許諾", "授权", "ライセンス", "라이선스", "著作権", "版权", "droits r", "derechos res", "rechte vorb",
    ]

    /// Beginnings of words that refuse or limit: looked for in the comments at the head of a source alone, as elsewhere they are
    /// too many.
    static let refusals: [String] = [
        " not ", "n't ", "\u{1}only ", "forbid", "prohibit", "without ", " must ", "\u{1}ask ", "nicht ",
        "\u{1}nur ",
        "\u{1}ohne ", " pas ",
        "\u{1}sans ", "\u{1}solo ", "sólo ", "Sólo ", "apenas", "\u{1}sin ", "\u{1}sem ", "senza ", "zonder ",
        "\u{1}niet ",
        "\u{1}nie ", "zgody",
        "souhlas", "utan ", "yasak", "yaln", "только", "Только", "без ", "Без ", "разреш", "Разреш", "запрещ",
        "Запрещ", "заборон",
        "Заборон", "禁", "不得", "严", "勿", "仅", "僅", "許", "금", "불가", "없이",
    ]

    static let shared = Triggers()
    static let ofHeads = Triggers(refusals)

    private struct Probe { var trigger: Int; var offset: Int }

    private var texts: [[UInt8]] = []
    private var wantsStart: [Bool] = []
    private var wantsEnd: [Bool] = []
    /// First probe of each class of pairs, and one past the last one.
    private var first = [UInt16](repeating: 0, count: 1025)
    private var probes: [Probe] = []

    /// How often letters stand in English text and in code, rarest first; used to choose pairs.
    private static let rare = Array("zqxjkvbwygpfmuchdlrsnioate".utf8)

    init(_ list: [String] = Triggers.list) {
        var byClass = [[Probe]](repeating: [], count: 1024)
        for text in list {
            var bytes = Array(text.utf8)
            if text == "\u{A9} " { bytes = [0xA9, 0x20] }
            wantsStart.append(bytes.first == 1)
            if bytes.first == 1 { bytes.removeFirst() }
            wantsEnd.append(bytes.last == 1)
            if bytes.last == 1 { bytes.removeLast() }
            let number = texts.count
            texts.append(bytes)
            for phase in 0...1 {
                let places = stride(from: phase, to: bytes.count - 1, by: 2)
                func weight(_ place: Int) -> Int {
                    func one(_ byte: UInt8) -> Int { Self.rare.firstIndex(of: byte).map { $0 + 4 } ?? 3 }
                    return one(bytes[place]) * one(bytes[place + 1])
                }
                if let best = places.min(by: { weight($0) < weight($1) }) {
                    byClass[Self.pairClass(bytes[best], bytes[best + 1])]
                        .append(Probe(trigger: number, offset: best))
                } else {
                    // Two bytes: at an odd place only the first of them is seen, so every pair that ends in it leads here.
                    for other in UInt8(0)..<32 {
                        byClass[Self.pairClass(other, bytes[0])].append(Probe(trigger: number, offset: -1))
                    }
                }
            }
        }
        for (index, list) in byClass.enumerated() {
            probes += list
            first[index + 1] = UInt16(probes.count)
        }
    }

    @inline(__always) private static func pairClass(_ a: UInt8, _ b: UInt8) -> Int {
        Int(a & 31) << 5 | Int(b & 31)
    }

    /// The first place at or after `start` where a trigger stands.
    func next(in text: ByteView, from start: Int, to end: Int) -> Int? {
        var position = start
        while position < end {
            let pair = Self.pairClass(text[position], text[position &+ 1])
            let low = Int(first[pair])
            let high = Int(first[pair &+ 1])
            if low != high {
                for index in low..<high {
                    let probe = probes[index]
                    if matches(probe.trigger, in: text, at: position &- probe.offset) {
                        return max(start, position &- probe.offset)
                    }
                }
            }
            position &+= 2
        }
        return nil
    }

    private func matches(_ trigger: Int, in text: ByteView, at start: Int) -> Bool {
        let wanted = texts[trigger]
        for index in wanted.indices {
            let found = text[start &+ index]
            if (found &- 65 < 26 ? found | 0x20 : found) != wanted[index] { return false }
        }
        if wantsStart[trigger], text[start &- 1].isLetter { return false }
        if wantsEnd[trigger], text[start &+ wanted.count].isLetter { return false }
        if wanted[0] == UInt8(ascii: "(") {
            // `(c) ` is also how a call ends: a year or a name must follow.
            let next = text[start &+ 4]
            return next.isDigit || next &- 65 < 26
        }
        return true
    }
}

extension UInt8 {
    @inline(__always) var isLetter: Bool { (self | 0x20) &- 97 < 26 }
    @inline(__always) var isUpper: Bool { self &- 65 < 26 }
    @inline(__always) var isDigit: Bool { self &- 48 < 10 }
    @inline(__always) var isWordByte: Bool { isLetter || isDigit }
}
