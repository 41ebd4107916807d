// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// One character beyond ASCII, in UTF-8 or, where the bytes are not that, in Windows-1252.
struct Letters {
    enum Kind {
        /// Latin letters: one, or two where a ligature or `ß` stands for them (the second is 0 otherwise).
        case letters(UInt8, UInt8)
        /// A letter of another alphabet.
        case other
        /// A character that is a word by itself.
        case ideograph
        /// Soft hyphens, joiners, byte order marks: nothing.
        case joiner
        case apostrophe, hyphen, dash, space, sign, openQuote, closeQuote, punctuation
    }

    var kind: Kind
    /// In bytes.
    var length: Int

    /// Base letters of U+00C0 to U+017F; a dot where there is none.
    private static let latin = Array(
        ("aaaaaaaceeeeiiiidnooooo.ouuuuytsaaaaaaaceeeeiiiidnooooo.ouuuuyty"
            + "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooooorrrrrrsssssssstttttt"
            + "uuuuuuuuuuuuwwyyyzzzzzzs").utf8)

    static func read(_ text: ByteView, _ at: Int) -> Letters? {
        let first = text[at]
        guard first >= 0x80 else { return nil }
        let second = text[at &+ 1]
        if first >= 0xC2, first < 0xE0, second & 0xC0 == 0x80 {
            return two(UInt32(first & 0x1F) << 6 | UInt32(second & 0x3F))
        }
        let third = text[at &+ 2]
        if first & 0xF0 == 0xE0, second & 0xC0 == 0x80, third & 0xC0 == 0x80 {
            let scalar = UInt32(first & 0x0F) << 12 | UInt32(second & 0x3F) << 6 | UInt32(third & 0x3F)
            return Letters(kind: three(scalar), length: 3)
        }
        if first & 0xF8 == 0xF0, second & 0xC0 == 0x80, third & 0xC0 == 0x80, text[at &+ 3] & 0xC0 == 0x80 {
            return Letters(kind: first == 0xF0 && second >= 0xA0 ? .ideograph : .punctuation, length: 4)
        }
        return Letters(kind: windows(first), length: 1)
    }

    private static func two(_ scalar: UInt32) -> Letters {
        switch scalar {
        case 0xA9: return Letters(kind: .sign, length: 2)
        case 0xA0: return Letters(kind: .space, length: 2)
        case 0xAD: return Letters(kind: .joiner, length: 2)
        case 0xAB: return Letters(kind: .openQuote, length: 2)
        case 0xBB: return Letters(kind: .closeQuote, length: 2)
        case 0xB4: return Letters(kind: .apostrophe, length: 2)
        case 0xC0...0x17F: return Letters(kind: base(scalar), length: 2)
        case 0x300...0x36F: return Letters(kind: .joiner, length: 2)
        case 0x180...0x7FF: return Letters(kind: .other, length: 2)
        default: return Letters(kind: .punctuation, length: 2)
        }
    }

    private static func base(_ scalar: UInt32) -> Kind {
        switch scalar {
        case 0xDF: return .letters(0x73, 0x73)
        case 0xC6, 0xE6: return .letters(0x61, 0x65)
        case 0x152, 0x153: return .letters(0x6F, 0x65)
        default:
            let index = Int(scalar) - 0xC0
            let letter = index < latin.count ? latin[index] : 0x2E
            return letter == 0x2E ? .punctuation : .letters(letter, 0)
        }
    }

    private static func three(_ scalar: UInt32) -> Kind {
        switch scalar {
        case 0x2018, 0x2019, 0x201B, 0x2032, 0x02BC: return .apostrophe
        case 0x201C, 0x201F: return .openQuote
        case 0x201D: return .closeQuote
        case 0x2010, 0x2011: return .hyphen
        case 0x2012...0x2015, 0x2212: return .dash
        case 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: return .space
        case 0x200B...0x200F, 0x2060...0x2064, 0xFEFF: return .joiner
        case 0xFB00: return .letters(0x66, 0x66)
        case 0xFB01: return .letters(0x66, 0x69)
        case 0xFB02: return .letters(0x66, 0x6C)
        case 0x3005...0x3007, 0x3040...0x30FF, 0x3400...0x9FFF, 0xAC00...0xD7AF, 0xF900...0xFAFF:
            return .ideograph
        case 0x2000...0x2BFF, 0x3000...0x303F, 0xFE10...0xFE6F, 0xFF00...0xFF0F, 0xFF1A...0xFF20,
            0xFFF0...0xFFFF:
            return .punctuation
        default: return .other
        }
    }

    /// A byte that is no UTF-8, as Windows-1252 has it, which includes Latin-1.
    private static func windows(_ byte: UInt8) -> Kind {
        switch byte {
        case 0x91, 0x92, 0xB4: return .apostrophe
        case 0x93, 0xAB: return .openQuote
        case 0x94, 0xBB: return .closeQuote
        case 0x96, 0x97: return .dash
        case 0xA0: return .space
        case 0xA9: return .sign
        case 0xAD: return .joiner
        case 0xC0...0xFF: return base(UInt32(byte))
        default: return .punctuation
        }
    }
}
