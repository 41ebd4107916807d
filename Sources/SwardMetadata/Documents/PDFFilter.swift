// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Undoes what streams of a PDF are packed with. Source: ISO 32000-2, 7.4.
enum PDFFilter {
    /// - Returns: At most `limit` bytes; `nil` where no words come out of it, as of a picture.
    static func undo(_ name: String, _ bytes: [UInt8], _ options: [String: PDFValue], limit: Int) -> [UInt8]?
    {
        switch name {
        case "FlateDecode", "Fl": unpredicted(Inflate.unpack(bytes, limit: limit), options)
        case "ASCIIHexDecode", "AHx": hexadecimal(bytes).part(0, limit)
        case "ASCII85Decode", "A85": base85(bytes).part(0, limit)
        case "Crypt": bytes
        default: nil
        }
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> [UInt8] {
        var parser = PDFParser([UInt8(ascii: "<")] + bytes)
        return parser.value()?.string ?? []
    }

    private static func base85(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count / 5 * 4)
        var group: UInt32 = 0
        var digits = 0
        func put(_ count: Int) {
            for index in 0..<count {
                result.append(UInt8(truncatingIfNeeded: group >> UInt32(24 - 8 * index)))
            }
        }
        loop: for byte in bytes {
            switch byte {
            case UInt8(ascii: "z") where digits == 0: result += [0, 0, 0, 0]
            case UInt8(ascii: "!")...UInt8(ascii: "u"):
                group = group &* 85 &+ UInt32(byte - UInt8(ascii: "!"))
                digits += 1
                if digits == 5 {
                    put(4)
                    (group, digits) = (0, 0)
                }
            case UInt8(ascii: "~"): break loop
            default: break
            }
        }
        guard digits > 1 else { return result }
        // What is missing of the last group counts as the highest digit.
        for _ in digits..<5 { group = group &* 85 &+ 84 }
        put(digits - 1)
        return result
    }

    /// PNG's row filters, which cross-reference streams use.
    private static func unpredicted(_ bytes: [UInt8], _ options: [String: PDFValue]) -> [UInt8] {
        guard let predictor = options["Predictor"]?.integer, predictor >= 10 else { return bytes }
        let colors = options["Colors"]?.integer ?? 1, bits = options["BitsPerComponent"]?.integer ?? 8
        let columns = options["Columns"]?.integer ?? 1
        guard 1...32 ~= colors, 1...16 ~= bits, 1...100_000 ~= columns else { return [] }
        let row = (colors * bits * columns + 7) / 8
        let step = max(1, colors * bits / 8)
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var previous = [UInt8](repeating: 0, count: row)
        var offset = 0
        while offset + 1 < bytes.count {
            var line = bytes.part(offset + 1, row)
            let kind = bytes[offset]
            for i in line.indices {
                let left = i >= step ? Int(line[i - step]) : 0
                let up = Int(previous[i])
                let corner = i >= step ? Int(previous[i - step]) : 0
                let guess: Int
                switch kind {
                case 1: guess = left
                case 2: guess = up
                case 3: guess = (left + up) / 2
                case 4:
                    let sum = left + up - corner
                    let (a, b, c) = (abs(sum - left), abs(sum - up), abs(sum - corner))
                    guess = a <= b && a <= c ? left : b <= c ? up : corner
                default: guess = 0
                }
                line[i] = line[i] &+ UInt8(truncatingIfNeeded: guess)
            }
            result += line
            for i in line.indices { previous[i] = line[i] }
            offset += 1 + row
        }
        return result
    }
}
