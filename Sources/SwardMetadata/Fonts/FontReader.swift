// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection

/// Names and embedding rights of TrueType and OpenType fonts, collections of them, and web fonts.
///
/// Sources: OpenType 1.9 (`name`, `OS/2`), WOFF 1.0 and 2.0.
enum FontReader {
    private static let maximumTable = 1 << 20
    private static let maximumUnpacked = 32 << 20

    static func read(_ source: ByteSource, into contents: inout MediaContents) {
        let head = source.read(0, 48)
        if head.has("ttcf") {
            let count = min(head.be32(8) ?? 0, 64)
            let offsets = source.read(12, count * 4)
            for index in 0..<count { sfnt(source, at: offsets.be32(index * 4) ?? 0, into: &contents) }
        } else if head.has("wOFF") {
            web1(source, head, into: &contents)
        } else if head.has("wOF2") {
            web2(source, head, into: &contents)
        } else {
            sfnt(source, at: 0, into: &contents)
        }
    }

    private static func sfnt(_ source: ByteSource, at start: Int, into contents: inout MediaContents) {
        guard let head = source.exactly(start, 12), let count = head.be16(4), count <= 512 else { return }
        let directory = source.read(start + 12, count * 16)
        for index in 0..<count {
            let entry = index * 16
            guard let offset = directory.be32(entry + 8), let length = directory.be32(entry + 12) else {
                return
            }
            let tag = directory.part(entry, 4)
            guard isWanted(tag) else { continue }
            let place = offset..<(offset + length)
            table(tag, source.read(offset, min(length, maximumTable)), at: place, into: &contents)
        }
    }

    private static func isWanted(_ tag: [UInt8]) -> Bool {
        tag.has("name") || tag.has("OS/2") || tag.has("CFF ")
    }

    private static func web1(_ source: ByteSource, _ head: [UInt8], into contents: inout MediaContents) {
        guard let count = head.be16(12), count <= 512 else { return }
        let directory = source.read(44, count * 20)
        for index in 0..<count {
            let entry = index * 20
            let tag = directory.part(entry, 4)
            guard let offset = directory.be32(entry + 4), let packed = directory.be32(entry + 8),
                let length = directory.be32(entry + 12)
            else { return }
            guard isWanted(tag), length <= maximumTable else { continue }
            var bytes = source.read(offset, min(packed, maximumTable))
            if packed < length { bytes = Inflate.unpack(bytes, limit: length) }
            table(tag, bytes, at: offset..<(offset + packed), into: &contents)
        }
        if let offset = head.be32(24), let packed = head.be32(28), packed > 0, packed <= maximumTable {
            metadata(
                Inflate.unpack(source.read(offset, packed), limit: maximumTable),
                at: offset..<(offset + packed), into: &contents)
        }
    }

    private static func web2(_ source: ByteSource, _ head: [UInt8], into contents: inout MediaContents) {
        guard let count = head.be16(12), count <= 512, let packed = head.be32(20) else { return }
        let directory = source.read(48, 65536)
        var offset = 0
        var start = 0
        var wanted: [(tag: [UInt8], place: Range<Int>)] = []
        for _ in 0..<count {
            guard offset < directory.count else { return }
            let flags = directory[offset]
            offset += 1
            var tag: [UInt8] = []
            let known = Int(flags & 63)
            if known == 63 {
                tag = directory.part(offset, 4)
                offset += 4
            } else {
                tag = known == 5 ? Array("name".utf8) : known == 6 ? Array("OS/2".utf8) : []
            }
            guard var length = base128(directory, &offset) else { return }
            // Outlines are stored anew unless version 3 says otherwise, other tables if a version is named.
            let version = flags >> 6
            if (known == 10 || known == 11) ? version != 3 : version != 0 {
                guard let transformed = base128(directory, &offset) else { return }
                length = transformed
            }
            if isWanted(tag) { wanted.append((tag, start..<(start + length))) }
            start = start.addingSaturated(length)
        }
        // A collection lists its fonts here, which share these tables.
        var data = 48 + offset
        if head.has("ttcf", at: 4) {
            guard let skipped = collectionLength(directory, from: offset) else { return }
            data += skipped
        }
        let place = data..<(data + packed)
        if let last = wanted.map(\.place.upperBound).max(), last <= maximumUnpacked {
            let tables = Inflate.brotli(source.read(data, packed), limit: last)
            for (tag, range) in wanted {
                table(
                    tag, tables.part(range.lowerBound, min(range.count, maximumTable)), at: place,
                    into: &contents)
            }
        }
        if let offset = head.be32(28), let packed = head.be32(32), packed > 0, packed <= maximumTable {
            metadata(
                Inflate.brotli(source.read(offset, packed), limit: maximumTable),
                at: offset..<(offset + packed), into: &contents)
        }
    }

    private static func collectionLength(_ bytes: [UInt8], from start: Int) -> Int? {
        var offset = start + 4
        guard let fonts = short(bytes, &offset), fonts <= 256 else { return nil }
        for _ in 0..<fonts {
            guard let tables = short(bytes, &offset), tables <= 512 else { return nil }
            offset += 4
            for _ in 0..<tables where short(bytes, &offset) == nil { return nil }
        }
        return offset - start
    }

    /// 255UInt16 of WOFF 2.0.
    private static func short(_ bytes: [UInt8], _ offset: inout Int) -> Int? {
        guard let code = bytes.number(offset, 1, .big) else { return nil }
        switch code {
        case 253:
            defer { offset += 3 }
            return bytes.be16(offset + 1)
        case 254, 255:
            defer { offset += 2 }
            return bytes.number(offset + 1, 1, .big).map { $0 + (code == 255 ? 253 : 506) }
        default:
            offset += 1
            return code
        }
    }

    private static func base128(_ bytes: [UInt8], _ offset: inout Int) -> Int? {
        var value = 0
        for _ in 0..<5 {
            guard offset < bytes.count else { return nil }
            let byte = bytes[offset]
            offset += 1
            value = value << 7 | Int(byte & 0x7F)
            if byte < 0x80 { return value <= 1 << 31 ? value : nil }
        }
        return nil
    }

    /// The metadata that web fonts may carry beside the font.
    private static func metadata(_ bytes: [UInt8], at place: Range<Int>, into contents: inout MediaContents) {
        let tree = XMLTree(bytes)
        for (index, node) in tree.nodes.enumerated() {
            switch node.name {
            case "license":
                if let address = node.attribute("url") {
                    contents.add(.license, "woff:license", address, at: place)
                }
                contents.add(.license, "woff:license", tree.text(of: index), at: place)
            case "copyright": contents.add(.copyright, "woff:copyright", tree.text(of: index), at: place)
            default: break
            }
        }
    }

    private static func table(
        _ tag: [UInt8], _ bytes: [UInt8], at place: Range<Int>, into contents: inout MediaContents
    ) {
        if tag.has("name") {
            names(bytes, at: place, into: &contents)
        } else if tag.has("CFF ") {
            compact(bytes, at: place, into: &contents)
        } else if let type = bytes.be16(8) {
            embedding(type, at: place, into: &contents)
        }
    }

    // MARK: name

    private static let roles: [Int: (role: FieldRole, name: String)] = [
        0: (.copyright, "copyright"), 4: (.title, "full name"), 9: (.creator, "designer"),
        10: (.comment, "description"), 13: (.license, "license"), 14: (.license, "license URL"),
    ]

    private static func names(_ bytes: [UInt8], at place: Range<Int>, into contents: inout MediaContents) {
        guard let count = bytes.be16(2), let storage = bytes.be16(4) else { return }
        var best: [Int: (rank: Int, text: String)] = [:]
        for index in 0..<min(count, 4096) {
            let record = 6 + index * 12
            guard let platform = bytes.be16(record), let language = bytes.be16(record + 4),
                let name = bytes.be16(record + 6), let length = bytes.be16(record + 8),
                let offset = bytes.be16(record + 10)
            else { break }
            guard roles[name] != nil else { continue }
            // English for Windows, then other names in Unicode, then those of the Macintosh.
            let rank = platform == 3 && language == 0x0409 ? 4 : platform == 0 ? 3 : platform == 3 ? 2 : 1
            guard rank > best[name]?.rank ?? 0 else { continue }
            let value = bytes.part(storage + offset, length)
            let text = platform == 1 ? FieldText.guessed(value) : FieldText.utf16(value, .big)
            if !text.isEmpty { best[name] = (rank, text) }
        }
        for (name, value) in best.sorted(by: { $0.key < $1.key }) {
            guard let (role, title) = roles[name] else { continue }
            contents.add(role, "name:\(name) \(title)", value.text, at: place)
        }
    }

    /// `Notice` and `Copyright` of a font in Compact Font Format. Source: Adobe Technical Note 5176.
    private static func compact(_ bytes: [UInt8], at place: Range<Int>, into contents: inout MediaContents) {
        guard bytes.count > 4 else { return }
        guard let names = Index(bytes, at: Int(bytes[2])), let tops = Index(bytes, at: names.end),
            let strings = Index(bytes, at: tops.end), let top = tops[0]
        else { return }
        var operand: Int?
        var offset = 0
        while offset < top.count {
            let byte = Int(top[offset])
            switch byte {
            case 28:
                operand = top.be16(offset + 1)
                offset += 3
            case 29:
                operand = top.be32(offset + 1)
                offset += 5
            case 30:
                offset += 1
                while offset < top.count, top[offset] & 0x0F != 0x0F, top[offset] >> 4 != 0x0F { offset += 1 }
                offset += 1
            case 32...246:
                operand = byte - 139
                offset += 1
            case 247...250:
                operand = (byte - 247) * 256 + Int(top.number(offset + 1, 1, .big) ?? 0) + 108
                offset += 2
            case 251...254:
                operand = nil
                offset += 2
            default:
                let code = byte == 12 ? 1200 + (top.number(offset + 1, 1, .big) ?? 0) : byte
                if code == 1 || code == 1200, let id = operand, id >= 391, let text = strings[id - 391] {
                    contents.add(
                        .copyright, code == 1 ? "CFF:Notice" : "CFF:Copyright", FieldText.guessed(text),
                        at: place)
                }
                offset += byte == 12 ? 2 : 1
            }
        }
    }

    /// A list of byte strings in CFF.
    private struct Index {
        private let bytes: [UInt8]
        private let start: Int
        private let width: Int
        private let count: Int
        let end: Int

        init?(_ bytes: [UInt8], at start: Int) {
            guard let count = bytes.be16(start) else { return nil }
            self.bytes = bytes
            self.start = start
            self.count = count
            guard count > 0 else {
                width = 0
                end = start + 2
                return
            }
            guard let width = bytes.number(start + 2, 1, .big), 1...4 ~= width,
                let last = bytes.number(start + 3 + count * width, width, .big)
            else { return nil }
            self.width = width
            end = start + 2 + (count + 1) * width + last
        }

        subscript(index: Int) -> [UInt8]? {
            guard index >= 0, index < count, let from = bytes.number(start + 3 + index * width, width, .big),
                let to = bytes.number(start + 3 + (index + 1) * width, width, .big), from <= to
            else { return nil }
            return bytes.exact(start + 2 + (count + 1) * width + from, to - from)
        }
    }

    // MARK: OS/2

    private static func embedding(_ type: Int, at place: Range<Int>, into contents: inout MediaContents) {
        let meanings = [
            (0x0002, "restricted license embedding"), (0x0004, "preview and print embedding"),
            (0x0008, "editable embedding"), (0x0100, "no subsetting"), (0x0200, "bitmap embedding only"),
        ]
        let found = meanings.filter { type & $0.0 != 0 }
        guard !found.isEmpty else { return }
        let hex = String(type, radix: 16)
        let padded = String(repeating: "0", count: 4 - hex.count) + hex
        contents.lock(
            .fontEmbedding, "OS/2 fsType 0x\(padded): \(found.map(\.1).joined(separator: ", "))", at: place)
    }
}
