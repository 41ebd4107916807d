// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// The words of Word, PowerPoint and Excel files before 2007, as far as they lie at the beginning.
///
/// Sources: [MS-DOC] 2.4.1 and 2.9.177; [MS-PPT] 2.9.42 and 2.9.43; [MS-XLS] 2.4.265 and 2.5.293.
enum OldOfficeText {
    /// Of a stream that is read.
    private static let maximumStream = 2 << 20
    /// Of the text, in bytes.
    private static let maximumText = 128 << 10

    static func read(_ file: CompoundFile, into contents: inout MediaContents) {
        var text = Text()
        if let stream = file.read("WordDocument", limit: maximumStream) {
            readWord(stream, file, &text)
        } else if let stream = file.read("PowerPoint Document", limit: maximumStream) {
            readSlides(stream, &text)
        } else if let stream = file.read("Workbook", limit: maximumStream) {
            readSheets(stream, &text)
        }
        contents.add(
            .comment, "ole:text", String(decoding: text.bytes, as: UTF8.self), at: 0..<file.source.length)
    }

    private struct Text {
        private(set) var bytes: [UInt8] = []
        var isFull: Bool { bytes.count >= OldOfficeText.maximumText }

        /// Paragraphs, cells, fields and pages end with characters below the blank.
        mutating func add(_ units: [UInt16]) {
            let cleaned = units.prefix(OldOfficeText.maximumText).map { (unit: UInt16) -> UInt16 in
                switch unit {
                case 0x0A...0x0D: return 0x0A
                case 0..<0x20: return 0x20
                default: return unit
                }
            }
            bytes += String(decoding: cleaned, as: UTF16.self).utf8
        }

        mutating func endLine() { if bytes.last != 0x0A { bytes.append(0x0A) } }
    }

    private static func wide(_ bytes: [UInt8]) -> [UInt16] {
        stride(from: 0, to: bytes.count - 1, by: 2).map { UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8 }
    }

    /// Windows 1252; what it has between the two halves of Latin 1 are quotation marks and dashes.
    private static func narrow(_ bytes: [UInt8]) -> [UInt16] {
        bytes.map { (byte: UInt8) -> UInt16 in
            switch byte {
            case 0x91, 0x92: return 0x27
            case 0x93, 0x94: return 0x22
            case 0x96, 0x97: return 0x2D
            default: return UInt16(byte)
            }
        }
    }

    // MARK: Word

    /// The text lies in pieces, each of one or of two bytes a character.
    private static func readWord(_ stream: [UInt8], _ file: CompoundFile, _ text: inout Text) {
        guard stream.le16(0) == 0xA5EC, let flags = stream.le16(10), flags & 0x0100 == 0,
            let start = stream.le32(0x1A2), let length = stream.le32(0x1A6), length > 0,
            let table = file.read(flags & 0x0200 != 0 ? "1Table" : "0Table", limit: maximumStream)
        else { return }
        let pieces = table.part(start, length)
        var offset = 0
        while pieces.number(offset, 1, .little) == 1 {
            guard let skipped = pieces.le16(offset + 1) else { return }
            offset += 3 + skipped
        }
        guard pieces.number(offset, 1, .little) == 2, let size = pieces.le32(offset + 1), size >= 4 else {
            return
        }
        let base = offset + 5
        let count = min((size - 4) / 12, 20_000)
        for index in 0..<count where !text.isFull {
            guard let first = pieces.le32(base + index * 4), let next = pieces.le32(base + index * 4 + 4),
                let place = pieces.le32(base + (count + 1) * 4 + index * 8 + 2), next > first
            else { return }
            let length = min(next - first, maximumText)
            if place & 0x4000_0000 != 0 {
                text.add(narrow(stream.part((place & 0x3FFF_FFFF) / 2, length)))
            } else {
                text.add(wide(stream.part(place, length * 2)))
            }
        }
    }

    // MARK: PowerPoint

    private static func readSlides(_ stream: [UInt8], _ text: inout Text) {
        var offset = 0
        var records = 0
        while records < 100_000, !text.isFull, let kind = stream.le16(offset + 2),
            let length = stream.le32(offset + 4), let version = stream.le16(offset)
        {
            records += 1
            offset += 8
            // A container's records follow its head.
            if version & 0xF == 0xF { continue }
            switch kind {
            case 0x0FA0, 0x0FBA:
                text.add(wide(stream.part(offset, min(length, maximumText))))
                text.endLine()
            case 0x0FA8:
                text.add(narrow(stream.part(offset, min(length, maximumText))))
                text.endLine()
            default: break
            }
            offset += length
        }
    }

    // MARK: Excel

    /// The strings of all cells lie in one table, which goes on in as many records as it needs.
    private static func readSheets(_ stream: [UInt8], _ text: inout Text) {
        var offset = 0
        var parts: [Range<Int>] = []
        for _ in 0..<100_000 {
            guard let kind = stream.le16(offset), let length = stream.le16(offset + 2) else { break }
            let body = (offset + 4)..<min(offset + 4 + length, stream.count)
            if kind == 0xFC, parts.isEmpty {
                parts = [body]
            } else if kind == 0x3C, !parts.isEmpty {
                parts.append(body)
            } else if !parts.isEmpty {
                break
            }
            offset += 4 + length
            guard body.lowerBound <= body.upperBound, offset < stream.count else { break }
        }
        guard let first = parts.first else { return }
        var part = 0
        offset = first.lowerBound + 8
        func goOn() -> Bool {
            while part < parts.count, offset >= parts[part].upperBound {
                part += 1
                guard part < parts.count else { return false }
                offset = parts[part].lowerBound
            }
            return part < parts.count
        }
        while !text.isFull, goOn() {
            guard var left = stream.le16(offset), var flags = stream.number(offset + 2, 1, .little) else {
                return
            }
            offset += 3
            let runs = flags & 8 != 0 ? stream.le16(offset) ?? 0 : 0
            offset += flags & 8 != 0 ? 2 : 0
            let extra = flags & 4 != 0 ? stream.le32(offset) ?? 0 : 0
            offset += flags & 4 != 0 ? 4 : 0
            while left > 0, part < parts.count {
                if offset >= parts[part].upperBound {
                    // A string that goes on says anew how wide its characters are.
                    guard goOn(), let anew = stream.number(offset, 1, .little) else { return }
                    flags = anew
                    offset += 1
                }
                let width = flags & 1 != 0 ? 2 : 1
                let count = min(left, (parts[part].upperBound - offset) / width)
                guard count > 0 else { return }
                let bytes = stream.part(offset, count * width)
                text.add(width == 2 ? wide(bytes) : narrow(bytes))
                offset += count * width
                left -= count
            }
            text.endLine()
            offset += runs * 4 + extra
        }
    }
}
