// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// PostScript, EPS and the headers of Illustrator. Source: PLRM 3, "document structuring conventions".
enum PostScriptReader {
    static func read(_ source: ByteSource, into contents: inout MediaContents) {
        var start = 0
        let head = source.read(0, 32)
        // An EPS for DOS has a table before it.
        if head.has([0xC5, 0xD0, 0xD3, 0xC6]) { start = head.le32(4) ?? 0 }
        var offset = start
        for line in source.read(start, 32768).split(whereSeparator: { $0 == 10 || $0 == 13 }) {
            if line.first != UInt8(ascii: "%") { break }
            let text = FieldText.guessed(Array(line))
            let place = offset..<(offset + line.count)
            offset += line.count + 1
            guard let colon = text.firstIndex(of: ":") else { continue }
            let key = text[..<colon].drop { $0 == "%" }
            var value = text[text.index(after: colon)...].drop { $0 == " " }
            if value.first == "(", value.last == ")" { value = value.dropFirst().dropLast() }
            if ["Creator", "For", "Comments"].contains(key) { continue }
            contents.add(key: String(key), prefix: "dsc:", String(value), at: place)
        }
        PacketScan.read(source, into: &contents)
    }
}

/// Annotations of DjVu, as far as they are not packed. Source: DjVu 3 specification, "ANTa".
enum DjVuReader {
    static func read(_ source: ByteSource, into contents: inout MediaContents) {
        var offset = 16
        for _ in 0..<4096 {
            guard let head = source.exactly(offset, 12), let length = head.be32(4) else { return }
            // A page of a bundle is a form of its own.
            if head.has("FORM") {
                offset += 12
                continue
            }
            if head.has("ANTa") {
                annotations(source.read(offset + 8, min(length, 1 << 18)), at: offset + 8, into: &contents)
            }
            offset += 8 + length + length % 2
        }
    }

    private static func annotations(_ bytes: [UInt8], at base: Int, into contents: inout MediaContents) {
        guard let start = bytes.firstIndex(of: Array("(metadata".utf8)) else { return }
        let text = FieldText.utf8(bytes.from(start + 9))
        for entry in text.split(separator: "(").prefix(64) {
            guard let quote = entry.firstIndex(of: "\"") else { continue }
            let value = entry[entry.index(after: quote)...].prefix { $0 != "\"" }
            contents.add(
                key: String(entry[..<quote]), prefix: "djvu:", String(value), at: base..<(base + bytes.count))
        }
    }
}

/// Version resources of Windows programs. Source: VS_VERSIONINFO of the Windows API.
enum WindowsVersionReader {
    private static let keys = ["LegalCopyright", "License", "Copyright"]

    static func read(_ source: ByteSource, into contents: inout MediaContents) {
        guard let start = source.read(60, 4).le32(0), let head = source.exactly(start, 24),
            head.has("PE\0\0"),
            let sections = head.le16(6), let optional = head.le16(20)
        else { return }
        let table = source.read(start + 24 + optional, min(sections, 96) * 40)
        for index in 0..<min(sections, 96) where table.has(".rsrc", at: index * 40) {
            guard let size = table.le32(index * 40 + 16), let offset = table.le32(index * 40 + 20) else {
                return
            }
            let bytes = source.read(offset, min(size, 4 << 20))
            for key in keys {
                // In UTF-16, with its zero, padded to four bytes.
                let pattern = [UInt8](key.utf8.flatMap { [$0, 0] }) + [0, 0]
                guard let place = bytes.firstIndex(of: [1, 0] + pattern) else { continue }
                let value = (place + 2 + pattern.count + 3) / 4 * 4
                let text = FieldText.utf16(bytes.part(value, 1024), .little)
                let end = text.unicodeScalars.firstIndex { $0.value == 0 } ?? text.unicodeScalars.endIndex
                contents.add(
                    key: key, prefix: "pe:", String(text.unicodeScalars[..<end]),
                    at: (offset + value)..<(offset + value + 2))
            }
        }
    }
}

/// The header of keys that texts for site generators begin with. Only its license is read: the text itself is prose.
enum FrontMatterReader {
    static func read(_ source: ByteSource, into contents: inout MediaContents) {
        let bytes = source.read(0, 16384)
        let mark = bytes.has("+++") ? "+++" : "---"
        var offset = 0
        var key = ""
        for (index, line) in bytes.split(separator: 10, omittingEmptySubsequences: false).enumerated() {
            let place = offset..<(offset + line.count)
            offset += line.count + 1
            let raw = FieldText.guessed(Array(line))
            if index == 0 {
                guard raw == mark else { return }
                continue
            }
            if raw == mark || raw == "..." { return }
            guard index < 200 else { return }
            if raw.hasPrefix("- "), !key.isEmpty {
                add(key, raw.dropFirst(2), at: place, into: &contents)
                continue
            }
            guard let separator = raw.firstIndex(where: { $0 == ":" || $0 == "=" }) else { continue }
            let isNested = line.first == 32 || line.first == 9
            // Below `license:`, its name and its address.
            let name = FieldText.trimmed(String(raw[..<separator]))
            if isNested, ["name", "url", "link", "type", "id", "spdx", "text"].contains(name.lowercased()),
                !key.isEmpty
            {
                add(key, raw[raw.index(after: separator)...], at: place, into: &contents)
                continue
            }
            key = isNested ? "" : name
            add(key, raw[raw.index(after: separator)...], at: place, into: &contents)
        }
    }

    private static func add(
        _ key: String, _ value: Substring, at place: Range<Int>, into contents: inout MediaContents
    ) {
        guard let role = FieldRole.role(forKey: key), [.license, .rights, .copyright].contains(role) else {
            return
        }
        var text = Substring(FieldText.trimmed(String(value)))
        if let quote = text.first, quote == "\"" || quote == "'", text.last == quote, text.count > 1 {
            text = text.dropFirst().dropLast()
        }
        contents.add(role, "frontmatter:" + key, String(text), at: place)
    }
}

/// Comments before the points of a picture of the Netpbm family. Source: the manual page ppm(5).
enum CommentedHead {
    static func readNetpbm(_ source: ByteSource, into contents: inout MediaContents) {
        var offset = 0
        for line in source.read(0, 4096).split(separator: 10, omittingEmptySubsequences: false).prefix(64) {
            let place = offset..<(offset + line.count)
            offset += line.count + 1
            guard let first = line.first, first == UInt8(ascii: "#") || first == UInt8(ascii: "P")
            else { return }
            if first == UInt8(ascii: "#") {
                contents.add(
                    .comment, "netpbm:comment", FieldText.guessed(Array(line.dropFirst())), at: place)
            }
        }
    }
}
