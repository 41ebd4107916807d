// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// The text operators of a content stream, one after the other. Source: ISO 32000-2, 9.3 and 9.4.
///
/// Nothing is laid out: a move to another line parts lines, a gap within one parts words. Between text objects bytes are only
/// skipped, so that drawings cost little.
struct PDFContent {
    enum Event {
        /// `Tf`: the text that follows is in the font of that name.
        case font(String)
        /// `Do`: a form or picture of that name is drawn.
        case form(String)
    }

    var font = PDFFont()
    private(set) var text: [UInt8] = []

    private let bytes: [UInt8]
    private let limit: Int
    private var offset = 0
    private var isInText = false
    // Operands since the last operator; more than any operator takes are dropped.
    private var numbers: [Double] = []
    private var name = ""
    private var shown: [Shown] = []

    private enum Shown { case string([UInt8]), shift(Double) }

    private var size = 1.0
    /// Of the text matrix: what one unit is, and where the line began.
    private var scale = 1.0
    private var x = 0.0
    private var y = 0.0
    /// Width of what was shown since the line or its last move began, in text space.
    private var advance = 0.0
    private var glyphs = 0

    /// - Parameter limit: Of the text, in bytes.
    init(_ bytes: [UInt8], limit: Int) {
        self.bytes = bytes
        self.limit = limit
    }

    /// Text that was drawn by other means.
    mutating func write(_ more: [UInt8]) {
        guard !more.isEmpty else { return }
        breakLine()
        text += more.prefix(max(0, limit - text.count))
        breakLine()
    }

    mutating func next() -> Event? {
        while offset < bytes.count, text.count < limit {
            let byte = bytes[offset]
            switch byte {
            case 0, 9, 10, 12, 13, 32, UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"),
                UInt8(ascii: ")"):
                offset += 1
            case UInt8(ascii: "%"):
                while offset < bytes.count, bytes[offset] != 10, bytes[offset] != 13 { offset += 1 }
            case UInt8(ascii: "["):
                offset += 1
                shown.removeAll(keepingCapacity: true)
            case UInt8(ascii: "("):
                let string = literal()
                if isInText, shown.count < 4096 { shown.append(.string(string)) }
            case UInt8(ascii: "<"):
                if bytes.has("<<", at: offset) {
                    offset += 2
                } else {
                    let string = hexadecimal()
                    if isInText, shown.count < 4096 { shown.append(.string(string)) }
                }
            case UInt8(ascii: ">"): offset += 1
            case UInt8(ascii: "/"):
                let start = offset + 1
                offset = start
                skipRegular()
                name = String(decoding: bytes[start..<min(offset, start + 128)], as: UTF8.self)
            case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), 0x30...0x39:
                let value = number()
                guard isInText else { continue }
                if shown.isEmpty {
                    if numbers.count < 8 { numbers.append(value) }
                } else if shown.count < 4096 {
                    shown.append(.shift(value))
                }
            default:
                let start = offset
                skipRegular()
                if offset == start { offset += 1 }
                let event = operate(start..<offset)
                numbers.removeAll(keepingCapacity: true)
                shown.removeAll(keepingCapacity: true)
                if let event { return event }
            }
        }
        return nil
    }

    // MARK: Operators

    private mutating func operate(_ range: Range<Int>) -> Event? {
        guard range.count <= 2 else { return nil }
        let code = bytes[range].reduce(0) { $0 << 8 | Int($1) }
        switch code {
        case 0x4254:  // BT
            isInText = true
            scale = 1
            (x, y) = (0, 0)
            breakLine()
        case 0x4554: isInText = false  // ET
        case 0x446F: return .form(name)  // Do
        case 0x4944: skipImage()  // ID
        case 0x5466:  // Tf
            if let last = numbers.last { size = abs(last) }
            return .font(name)
        case 0x546A, 0x544A: show()  // Tj, TJ
        case 0x27, 0x22:  // ' and "
            breakLine()
            show()
        case 0x542A: breakLine()  // T*
        case 0x5464, 0x5444:  // Td, TD
            guard numbers.count == 2 else { break }
            move(numbers[0] * scale, numbers[1] * scale)
        case 0x546D:  // Tm
            guard numbers.count == 6 else { break }
            scale = max(abs(numbers[0]), abs(numbers[1]))
            move(numbers[4] - x, numbers[5] - y)
        default: break
        }
        return nil
    }

    /// - Parameters: From where the line began, not from where its text ends.
    private mutating func move(_ right: Double, _ up: Double) {
        let height = max(size * scale, 0.01)
        let gap = right / height - advance
        x += right
        y += up
        if abs(up) > height * 0.4 {
            breakLine()
            if abs(up) > height * 2.2, text.last == 0x0A { text.append(0x0A) }
        } else if glyphs > 0, gap > font.tolerance(glyphs: glyphs) || gap < -0.5 {
            space()
        }
        // What is shown next begins where the line does now.
        advance = 0
        glyphs = 0
    }

    private mutating func show() {
        for part in shown {
            switch part {
            case .string(let string):
                guard text.count < limit else { return }
                let (width, count) = font.decode(string, into: &text)
                advance += width
                glyphs += count
            case .shift(let thousandths):
                // Words of TeX are a third of an em apart; letters are brought together by a tenth.
                if thousandths < -170 { space() }
                advance -= thousandths / 1000
            }
        }
    }

    private mutating func space() {
        if let last = text.last, last != 0x20, last != 0x0A { text.append(0x20) }
    }

    private mutating func breakLine() {
        if let last = text.last, last != 0x0A { text.append(0x0A) }
        advance = 0
        glyphs = 0
    }

    /// What lies between `ID` and `EI` is a picture.
    private mutating func skipImage() {
        while offset + 2 < bytes.count {
            if bytes[offset] == UInt8(ascii: "E"), bytes[offset + 1] == UInt8(ascii: "I"),
                bytes[offset - 1] <= 32,
                bytes[offset + 2] <= 32
            {
                offset += 2
                return
            }
            offset += 1
        }
        offset = bytes.count
    }

    // MARK: Operands

    private mutating func skipRegular() {
        while offset < bytes.count, PDFParser.isRegular(bytes[offset]) { offset += 1 }
    }

    private mutating func number() -> Double {
        var parser = PDFParser(bytes, at: offset)
        let number = parser.plainNumber() ?? 0
        offset = max(offset + 1, parser.offset)
        return number
    }

    private mutating func literal() -> [UInt8] {
        var parser = PDFParser(bytes, at: offset)
        let string = parser.value()?.string ?? []
        offset = max(offset + 1, parser.offset)
        return string
    }

    private mutating func hexadecimal() -> [UInt8] { literal() }
}
