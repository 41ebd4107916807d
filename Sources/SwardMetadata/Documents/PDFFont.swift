// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// What the codes in a PDF's strings stand for. Source: ISO 32000-2, 9.6 to 9.10.
struct PDFFont {
    /// By code: its text in UTF-8; what is in no table is itself, where it is ASCII.
    private var letters: [Int: [UInt8]] = [:]
    /// Bytes of one code.
    private var codeLength = 1
    /// Whether codes without a text of their own are letters all the same.
    private var isASCII = true
    /// Of a simple font, in thousandths of its size.
    private var widths: [Int: Double] = [:]

    private static let maximumCodes = 20_000
    private static let maximumMap = 512 << 10

    /// One that nothing is known of.
    init() {}

    init(_ entries: [String: PDFValue], _ file: PDFFile) {
        let isComposite = entries["Subtype"]?.name == "Type0"
        codeLength = isComposite ? 2 : 1
        isASCII = !isComposite
        if !isComposite {
            readEncoding(entries, file)
            readWidths(entries, file)
        }
        if let map = file.resolve(entries["ToUnicode"]), map.stream != nil {
            readMap(file.unpacked(map, limit: Self.maximumMap), isComposite)
        }
    }

    /// How wide a gap may be that does not part words, in parts of the font's size.
    func tolerance(glyphs: Int) -> Double {
        // Without widths each letter is taken for half as wide as it is high.
        widths.isEmpty ? 0.25 + 0.2 * Double(min(glyphs, 3)) : 0.15
    }

    /// Appends what `string` says.
    ///
    /// - Returns: How wide that is, in parts of the font's size, and how many codes it has.
    func decode(_ string: [UInt8], into text: inout [UInt8]) -> (width: Double, count: Int) {
        var width = 0.0
        var count = 0
        var index = 0
        while index + codeLength <= string.count {
            let code = codeLength == 2 ? Int(string[index]) << 8 | Int(string[index + 1]) : Int(string[index])
            index += codeLength
            count += 1
            width += (widths[code] ?? 500) / 1000
            if let known = letters[code] {
                text += known
            } else if isASCII, 0x20...0x7E ~= code {
                text.append(UInt8(code))
            } else if isASCII, code == 9 || code == 10 || code == 13 {
                text.append(0x20)
            }
        }
        return (width, count)
    }

    // MARK: Encodings

    private mutating func readEncoding(_ entries: [String: PDFValue], _ file: PDFFile) {
        let encoding = file.resolve(entries["Encoding"])?.value
        let own = encoding?.dictionary
        switch encoding?.name ?? file.resolve(own?["BaseEncoding"])?.value.name {
        case "WinAnsiEncoding"?, "PDFDocEncoding"?: letters = Self.windows
        case "MacRomanEncoding"?: letters = Self.macintosh
        default: letters = Self.plain
        }
        var code = 0
        for value in file.resolve(own?["Differences"])?.value.array?.prefix(1024) ?? [] {
            if let number = value.integer {
                code = number
            } else if let name = value.name {
                letters[code] = GlyphName.text(name)
                code += 1
            }
        }
    }

    private mutating func readWidths(_ entries: [String: PDFValue], _ file: PDFFile) {
        guard let first = file.resolve(entries["FirstChar"])?.value.integer, 0...255 ~= first,
            let list = file.resolve(entries["Widths"])?.value.array,
            entries["Subtype"]?.name != "Type3"
        else { return }
        for (index, value) in list.prefix(256).enumerated() {
            if case .number(let width) = value, width > 0, width < 4000 { widths[first + index] = width }
        }
    }

    private static let plain: [Int: [UInt8]] = table([
        // Where a font has its own codes they are mostly TeX's.
        0x0B: "ff", 0x0C: "fi", 0x0D: "fl", 0x0E: "ffi", 0x0F: "ffl", 0x27: "'", 0x60: "'", 0xA9: "'",
        0xAA: "\"", 0xAE: "fi", 0xAF: "fl", 0xB1: "-", 0xB7: "•", 0xBA: "\"", 0xD0: "-",
    ])
    private static let windows: [Int: [UInt8]] = {
        var result = table([
            0x80: "€", 0x85: "…", 0x91: "'", 0x92: "'", 0x93: "\"", 0x94: "\"", 0x95: "•", 0x96: "-",
            0x97: "-",
            0x99: "™", 0xAD: "-",
        ])
        for code in 0xA0...0xFF where result[code] == nil {
            result[code] = Array(String(Unicode.Scalar(UInt8(code))).utf8)
        }
        return result
    }()
    private static let macintosh: [Int: [UInt8]] = table([
        0x8E: "e", 0x8F: "e", 0x8A: "a", 0x9A: "o", 0x9F: "u", 0xA5: "•", 0xA8: "®", 0xA9: "©", 0xAA: "™",
        0xC9: "…",
        0xCA: " ", 0xD0: "-", 0xD1: "-", 0xD2: "\"", 0xD3: "\"", 0xD4: "'", 0xD5: "'", 0xDE: "fi", 0xDF: "fl",
    ])

    private static func table(_ texts: [Int: String]) -> [Int: [UInt8]] { texts.mapValues { Array($0.utf8) } }

    // MARK: Maps to Unicode

    /// Source: ISO 32000-2, 9.10.3.
    private mutating func readMap(_ bytes: [UInt8], _ isComposite: Bool) {
        var parser = PDFParser(bytes)
        var operands: [PDFValue] = []
        while parser.offset < bytes.count, let value = parser.value() {
            guard case .word(let word) = value else {
                if operands.count < 1024 { operands.append(value) }
                continue
            }
            switch word {
            case "endcodespacerange":
                // Simple fonts have codes of one byte, whatever their map says.
                if isComposite, let length = operands.first?.string?.count, 1...2 ~= length {
                    codeLength = length
                }
            case "endbfchar":
                for index in stride(from: 0, to: operands.count - 1, by: 2) {
                    guard let code = code(operands[index]), let text = operands[index + 1].string else {
                        continue
                    }
                    put(code, text)
                }
            case "endbfrange":
                for index in stride(from: 0, to: operands.count - 2, by: 3) {
                    guard let low = code(operands[index]), let high = code(operands[index + 1]), low <= high
                    else { continue }
                    if let texts = operands[index + 2].array {
                        for (step, text) in texts.prefix(high - low + 1).enumerated() {
                            if let text = text.string { put(low + step, text) }
                        }
                    } else if let text = operands[index + 2].string, let last = text.last {
                        for step in 0...min(high - low, 255) {
                            put(low + step, text.dropLast() + [last &+ UInt8(truncatingIfNeeded: step)])
                        }
                    }
                }
            default: break
            }
            operands.removeAll(keepingCapacity: true)
        }
    }

    private func code(_ value: PDFValue) -> Int? {
        guard let bytes = value.string, 1...2 ~= bytes.count else { return nil }
        return bytes.reduce(0) { $0 << 8 | Int($1) }
    }

    /// - Parameter text: In UTF-16, highest byte first.
    private mutating func put(_ code: Int, _ text: [UInt8]) {
        guard letters.count < Self.maximumCodes, text.count <= 64 else { return }
        let units = stride(from: 0, to: text.count - 1, by: 2).map {
            UInt16(text[$0]) << 8 | UInt16(text[$0 + 1])
        }
        let words = String(decoding: units, as: UTF16.self)
        // Without a meaning, or one for the eye alone.
        guard !words.isEmpty, words.unicodeScalars.allSatisfy({ $0.value >= 32 && $0.value != 0xFFFD }) else {
            return
        }
        letters[code] = Array(words.utf8)
    }
}

/// Names of glyphs. Source: Adobe Glyph List; only what terms are written with.
enum GlyphName {
    static func text(_ name: String) -> [UInt8] {
        if let known = known[name] { return Array(known.utf8) }
        if name.utf8.count == 1 { return Array(name.utf8) }
        if name.hasPrefix("uni"), name.utf8.count == 7, let scalar = scalar(name.dropFirst(3)) {
            return scalar
        }
        if name.hasPrefix("u"), 5...7 ~= name.utf8.count, let scalar = scalar(name.dropFirst()) {
            return scalar
        }
        // "eacute" is an e to whoever looks for words; "a.sc" and "f_i" are letters in other clothes.
        let base = name.prefix { $0 != "." }
        if base.utf8.count < name.utf8.count, !base.isEmpty { return text(String(base)) }
        if base.contains("_") { return base.split(separator: "_").prefix(4).flatMap { text(String($0)) } }
        let first = name.utf8.first ?? 0
        return accents.contains(String(name.dropFirst())) && first.isLetter ? [first] : []
    }

    private static func scalar(_ digits: Substring) -> [UInt8]? {
        UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init).map { Array(String($0).utf8) }
    }

    private static let accents: Set<String> = [
        "acute", "grave", "circumflex", "dieresis", "tilde", "cedilla", "ring", "caron", "breve", "macron",
        "ogonek",
        "slash",
    ]
    private static let known: [String: String] = [
        "space": " ", "nbspace": " ", "period": ".", "comma": ",", "hyphen": "-", "minus": "-",
        "sfthyphen": "-",
        "endash": "-", "emdash": "-", "colon": ":", "semicolon": ";", "slash": "/", "parenleft": "(",
        "parenright": ")",
        "bracketleft": "[", "bracketright": "]", "quoteright": "'", "quoteleft": "'", "quotesingle": "'",
        "quotedbl": "\"", "quotedblleft": "\"", "quotedblright": "\"", "copyright": "©",
        "copyrightserif": "©",
        "copyrightsans": "©", "registered": "®", "trademark": "™", "at": "@", "ampersand": "&", "plus": "+",
        "equal": "=", "underscore": "_", "bullet": "•", "ellipsis": "…", "asterisk": "*", "numbersign": "#",
        "percent": "%", "question": "?", "exclam": "!", "less": "<", "greater": ">", "bar": "|",
        "asciitilde": "~",
        "zero": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
        "eight": "8", "nine": "9", "fi": "fi", "fl": "fl", "ff": "ff", "ffi": "ffi", "ffl": "ffl",
        "germandbls": "ß",
        "dotlessi": "i", "AE": "AE", "ae": "ae", "oe": "oe", "OE": "OE", "ordmasculine": "o", "section": "§",
    ]
}
