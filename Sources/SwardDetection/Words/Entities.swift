// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// A character reference of HTML or XML: `&quot;`, `&#8220;`, `&eacute;`.
struct Entities {
    enum Kind {
        case letter(UInt8), apostrophe, joiner, sign, and, space, openQuote, closeQuote, bracket, other
    }

    var kind: Kind
    /// In bytes, the semicolon included.
    var length: Int

    var isLetter: Bool { if case .letter = kind { true } else { false } }

    /// What it adds to the word it stands in; 0 for nothing, `nil` where it ends the word.
    var inner: UInt8? {
        switch kind {
        case .letter(let letter): letter
        case .apostrophe, .joiner: 0
        default: nil
        }
    }

    private static let names: [String: Kind] = [
        "quot": .openQuote, "amp": .and, "lt": .bracket, "gt": .bracket, "nbsp": .space, "copy": .sign,
        "apos": .apostrophe, "rsquo": .apostrophe, "lsquo": .apostrophe, "ldquo": .openQuote,
        "rdquo": .closeQuote, "shy": .joiner, "zwnj": .joiner, "thinsp": .space, "ensp": .space,
        "emsp": .space, "mdash": .other, "ndash": .other, "hellip": .other, "sect": .other, "bull": .other,
        "middot": .other, "reg": .other, "trade": .other, "para": .other, "laquo": .openQuote,
        "raquo": .closeQuote, "minus": .other, "times": .other,
    ]
    /// What is left of names such as `eacute`, `ccedil`, `ouml` behind the letter.
    private static let accents: Set<String> = [
        "acute", "grave", "circ", "uml", "cedil", "tilde", "ring", "slash", "caron",
    ]

    static func read(_ text: ByteView, _ at: Int) -> Entities? {
        guard text[at] == 0x26 else { return nil }
        var stop = at &+ 1
        while stop &- at < 10, text[stop].isWordByte || text[stop] == 0x23 { stop &+= 1 }
        guard text[stop] == 0x3B, stop &- at >= 3 else { return nil }
        let length = stop &- at &+ 1
        if text[at &+ 1] == 0x23 { return Entities(kind: number(text, at &+ 2, stop), length: length) }
        let name = text.string(at &+ 1..<stop)
        if let kind = names[name] { return Entities(kind: kind, length: length) }
        if accents.contains(String(name.dropFirst())), let first = name.utf8.first {
            return Entities(kind: .letter(first | 0x20), length: length)
        }
        return nil
    }

    private static func number(_ text: ByteView, _ start: Int, _ stop: Int) -> Kind {
        var value: UInt32 = 0
        let isHex = text[start] | 0x20 == 0x78
        for at in (isHex ? start &+ 1 : start)..<stop {
            let byte = text[at]
            let digit = byte.isDigit ? byte &- 48 : (byte | 0x20) &- 87
            guard digit < (isHex ? 16 : 10) else { return .other }
            value = value &* (isHex ? 16 : 10) &+ UInt32(digit)
        }
        switch value {
        case 0x22, 0x201C, 0xAB: return .openQuote
        case 0x201D, 0xBB: return .closeQuote
        case 0x26: return .and
        case 0x27, 0x2018, 0x2019: return .apostrophe
        case 0x3C, 0x3E: return .bracket
        case 0xA0, 0x20, 0x09, 0x0A, 0x0D: return .space
        case 0xA9: return .sign
        case 0xAD, 0x200B...0x200D: return .joiner
        case 0x41...0x5A, 0x61...0x7A: return .letter(UInt8(value) | 0x20)
        case 0xC0...0x17F:
            guard let scalar = Unicode.Scalar(value) else { return .other }
            let bytes = Array(String(Character(scalar)).utf8)
            return unsafe bytes.withUnsafeBytes { buffer in
                if let letter = unsafe Letters.read(ByteView(buffer), 0),
                    case .letters(let base, _) = letter.kind
                {
                    return .letter(base)
                }
                return .other
            }
        default: return .other
        }
    }
}
