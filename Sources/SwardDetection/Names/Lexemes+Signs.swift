// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

extension Lexemes {
    /// A sign of several bytes, or © in Latin-1, and its length; `nil` for letters.
    func isPunctuation(at offset: Int, before end: Int) -> (Gap, Int)? {
        let byte = bytes[offset]
        let next = offset + 1 < end ? bytes[offset + 1] : 0
        let third = offset + 2 < end ? bytes[offset + 2] : 0
        switch byte {
        case 0xC2:
            guard 0x80...0xBF ~= next, next != 0xAA, next != 0xB5, next != 0xBA else { return nil }
            switch next {
            case 0xA0: return (.space, 2)
            case 0xA9: return (.sign, 2)
            case 0xAB, 0xBB: return (.quote, 2)
            default: return (.other, 2)
            }
        case 0xE2:
            guard next == 0x80 || next == 0x81 || next == 0x89 || (0x84...0x9F ~= next) else { return nil }
            if next == 0x89 { return third == 0xA5 ? ([.angle, .equals], 3) : (.other, 3) }
            guard next == 0x80 else { return (.other, min(3, end - offset)) }
            switch third {
            case 0x90...0x95: return (.hyphen, 3)
            case 0x98...0x9F: return (.quote, 3)
            case 0xA6: return (.period, 3)
            case 0x80...0x8A: return (.space, 3)
            default: return (.other, min(3, end - offset))
            }
        case 0xE3:
            guard next == 0x80 else { return nil }
            return (third == 0x81 ? .comma : third == 0x82 ? [.period, .stop] : .quote, min(3, end - offset))
        case 0xEF:
            guard next == 0xBC || (next == 0xBB && third == 0xBF) else { return nil }
            if next == 0xBB { return (.other, 3) }
            switch third {
            case 0x8C: return (.comma, 3)
            case 0x9A: return (.colon, 3)
            case 0x88, 0x89: return (third == 0x88 ? .open : .close, 3)
            default: return nil
            }
        case 0xA9:
            // Latin-1, where no byte before belongs to it.
            guard offset == 0 || bytes[offset - 1] < 0x80, next < 0x80 else { return nil }
            return (.sign, 1)
        case 0x80...0xBF:
            guard offset == 0 || bytes[offset - 1] < 0x80 else { return nil }
            return (.other, 1)
        default: return nil
        }
    }
}
