// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection

/// Type 1 and bitmap fonts. Sources: Adobe Type 1 Font Format; X11 PCF; BDF 2.1.
enum OldFontReader {
    /// `/Notice (…)` and its like in the clear part of Type 1, plain or in segments.
    static func readType1(_ source: ByteSource, into contents: inout MediaContents) {
        let bytes = source.read(0, 65536)
        let end = bytes.firstIndex(of: Array("eexec".utf8)) ?? bytes.count
        let clear = bytes.part(0, end)
        for (key, role) in [
            ("/Notice", FieldRole.copyright), ("/Copyright", .copyright), ("/FullName", .title),
        ] {
            guard let place = clear.firstIndex(of: Array(key.utf8)) else { continue }
            var parser = PDFParser(clear, at: place + key.utf8.count)
            let start = parser.offset
            guard let text = parser.value()?.string else { continue }
            contents.add(role, "type1:" + key.dropFirst(), FieldText.guessed(text), at: start..<parser.offset)
        }
        if let place = clear.firstIndex(of: Array("/FSType".utf8)) {
            var parser = PDFParser(clear, at: place + 7)
            if let type = parser.value()?.integer, type & 0x030E != 0 {
                contents.lock(.fontEmbedding, "FSType \(type)", at: place..<parser.offset)
            }
        }
    }

    static func readBDF(_ source: ByteSource, into contents: inout MediaContents) {
        var offset = 0
        for line in source.read(0, 65536).split(separator: 0x0A, omittingEmptySubsequences: false) {
            let text = FieldText.guessed(Array(line))
            if text.hasPrefix("CHARS ") { return }
            if let quote = text.firstIndex(of: "\"") {
                let key = FieldText.trimmed(String(text[..<quote]))
                let value = text[text.index(after: quote)...].drop { $0 == "\"" }
                let place = offset..<(offset + line.count)
                contents.add(key: key, prefix: "bdf:", String(value.prefix { $0 != "\"" }), at: place)
            }
            offset += line.count + 1
        }
    }

    static func readPCF(_ source: ByteSource, into contents: inout MediaContents) {
        guard let head = source.exactly(0, 8), let tables = head.le32(4) else { return }
        let directory = source.read(8, min(tables, 64) * 16)
        for index in 0..<min(tables, 64) where directory.le32(index * 16) == 1 {
            guard let size = directory.le32(index * 16 + 8), let offset = directory.le32(index * 16 + 12)
            else { return }
            let table = source.read(offset, min(size, 1 << 20))
            guard let format = table.le32(0) else { return }
            let order: ByteOrder = format & 4 != 0 ? .big : .little
            guard let count = table.number(4, 4, order), count <= 4096 else { return }
            let strings = 8 + (count * 9 + 3) / 4 * 4 + 4
            for property in 0..<count {
                guard let name = table.number(8 + property * 9, 4, order),
                    table.has([1], at: 12 + property * 9),
                    let value = table.number(13 + property * 9, 4, order)
                else { continue }
                let key = FieldText.guessed(table.terminated(at: strings + name))
                let text = FieldText.guessed(table.terminated(at: strings + value))
                contents.add(key: key, prefix: "pcf:", text, at: offset..<(offset + size))
            }
        }
    }
}
