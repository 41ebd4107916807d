// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection

/// Files of science: FITS and NetCDF. Sources: FITS 4.0, 4.4.2; NetCDF classic format specification.
enum ScienceReader {
    /// Cards of 80 letters each, in blocks of 36.
    static func readFITS(_ source: ByteSource, into contents: inout MediaContents) {
        let bytes = source.read(0, 2880 * 40)
        var offset = 0
        var comment = ""
        while let card = bytes.exact(offset, 80), !card.has("END     ") {
            let key = FieldText.latin1(card.part(0, 8))
            let place = offset..<(offset + 80)
            if key == "COMMENT" || key == "HISTORY" {
                comment += FieldText.latin1(card.from(8)) + "\n"
            } else if card.has("= ", at: 8) {
                var value = Substring(FieldText.latin1(card.from(10)))
                if value.first == "'" { value = value.dropFirst().prefix { $0 != "'" } }
                contents.add(
                    key: key == "COPYRIGH" ? "copyright" : key, prefix: "fits:", String(value), at: place)
            }
            offset += 80
        }
        contents.add(.comment, "fits:COMMENT", comment, at: 0..<offset)
    }

    /// The global attributes of the three classic formats.
    static func readNetCDF(_ source: ByteSource, into contents: inout MediaContents) {
        let bytes = source.read(0, 1 << 20)
        guard bytes.count > 4 else { return }
        let width = bytes[3] == 5 ? 8 : 4
        var offset = 4 + width
        func number() -> Int? {
            defer { offset = offset.addingSaturated(width) }
            return bytes.number(offset, width, .big)
        }
        func name() -> String? {
            guard let length = number(), length <= 1024, let text = bytes.exact(offset, length) else {
                return nil
            }
            offset += (length + 3) / 4 * 4
            return FieldText.utf8(text)
        }
        guard let dimensionTag = bytes.be32(offset) else { return }
        offset += 4
        guard let dimensions = number(), dimensions <= 4096 else { return }
        if dimensionTag == 10 {
            for _ in 0..<dimensions { guard name() != nil, number() != nil else { return } }
        }
        guard bytes.be32(offset) == 12 else { return }
        offset += 4
        guard let attributes = number(), attributes <= 4096 else { return }
        let sizes = [1: 1, 2: 1, 3: 2, 4: 4, 5: 4, 6: 8, 7: 1, 8: 2, 9: 4, 10: 8, 11: 8]
        for _ in 0..<attributes {
            guard let key = name(), let type = bytes.be32(offset) else { return }
            offset += 4
            guard let count = number(), let size = sizes[type], count <= 1 << 20 else { return }
            if type == 2 {
                let place = offset..<(offset + count)
                contents.add(
                    key: key, prefix: "netcdf:", FieldText.guessed(bytes.part(offset, count)), at: place)
            }
            offset += (count * size + 3) / 4 * 4
        }
    }
}

/// Runs of letters that speak of rights, in containers whose structure is too much for what is looked for: SQLite
/// (GeoPackage, MBTiles), HDF5, Parquet, Arrow.
enum StringScan {
    private static let words = [
        "license", "licence", "creativecommons.org", "copyright", "opendatacommons", "all rights reserved",
        "constraints", "limitation",
    ]
    /// Keys of a table of metadata; SQLite puts the value right behind the key.
    private static let keys = ["license", "licence", "rights", "attribution"]
    /// Elements of ISO 19139, which GeoPackage holds as text.
    private static let elements = ["otherConstraints", "useLimitation"]
    private static let maximumRun = 8192

    static func read(_ source: ByteSource, prefix: String, into contents: inout MediaContents) {
        // Metadata stands at either end of such files.
        let part = 1 << 21
        scan(source.read(0, part), at: 0, prefix, into: &contents)
        let tail = max(part, source.length - part)
        if tail < source.length { scan(source.read(tail, part), at: tail, prefix, into: &contents) }
    }

    private static func scan(
        _ bytes: [UInt8], at base: Int, _ prefix: String, into contents: inout MediaContents
    ) {
        var start = 0
        var found = 0
        // Just past a run that is a key and nothing else.
        var afterKey: Int?
        // The run before, where it is short: Arrow has values before their keys.
        var before = 0..<0
        for index in 0...bytes.count {
            let isText =
                index < bytes.count
                && (bytes[index] >= 32 && bytes[index] != 127 || bytes[index] == 10 || bytes[index] == 13
                    || bytes[index] == 9)
            if isText, index - start < maximumRun { continue }
            let run = start..<index
            start = isText ? index : index + 1
            if run.count >= 3, run.count <= 240 {
                // Parquet and GGUF have the lengths of both between them, HDF5 the type.
                if let key = afterKey, run.lowerBound - key <= reachToValue, found < maximumFound,
                    let text = String(validating: bytes[run], as: UTF8.self)
                {
                    // What is no license by name may be a sentence that grants one.
                    contents.add(
                        .license, prefix + ":license", named(text) ?? text,
                        at: (base + run.lowerBound)..<(base + run.upperBound))
                    found += 1
                }
                if let key = afterKey, run.lowerBound - key > reachToValue { afterKey = nil }
                if endsInKey(bytes[run]) {
                    afterKey = run.upperBound
                    if found < maximumFound, run.lowerBound - before.upperBound <= 12,
                        let text = String(validating: bytes[before], as: UTF8.self), let value = named(text)
                    {
                        contents.add(
                            .license, prefix + ":license", value,
                            at: (base + before.lowerBound)..<(base + before.upperBound))
                        found += 1
                    }
                }
                before = run
            }
            guard run.count >= 8, found < maximumFound, speaks(bytes, run) else { continue }
            guard let text = String(validating: bytes[run], as: UTF8.self) else { continue }
            found += 1
            let place = (base + run.lowerBound)..<(base + run.upperBound)
            if let value = value(in: text) {
                contents.add(.license, prefix + ":license", value, at: place)
                continue
            }
            for name in elements {
                for words in self.elements(name, in: text) {
                    contents.add(.rights, prefix + ":" + name, words, at: place)
                }
            }
            contents.add(
                .comment, prefix + ":text", text, at: place)
        }
    }

    private static let reachToValue = 48
    private static let maximumFound = 64

    /// Whether a key for terms stands there by itself.
    static func hasKey(_ bytes: [UInt8]) -> Bool {
        bytes.split(whereSeparator: { !$0.isLetter }).contains { word in
            5...9 ~= word.count
                && keys.contains { $0.utf8.elementsEqual(word.lazy.map(\.lowercased)) }
        }
    }

    /// "license", "general.license".
    private static func endsInKey(_ run: ArraySlice<UInt8>) -> Bool {
        guard run.count <= 40 else { return false }
        return keys.contains { key in
            run.count >= key.utf8.count && run.suffix(key.utf8.count).elementsEqual(key.utf8)
                && (run.count == key.utf8.count || !run[run.endIndex - key.utf8.count - 1].isLetter)
        }
    }

    /// The name or address that the text is, a letter or two of lengths around it aside.
    static func named(_ text: String) -> String? {
        for drop in 0...1 where text.count > drop + 2 {
            let name = String(text.dropFirst(drop))
            if LicenseNames.expression(forName: name) != nil
                || LicenseNames.expression(forAddress: name) != nil
            {
                return name
            }
        }
        return nil
    }

    /// "licenseODbL-1.0": a key and its value, behind which a letter or two of the next record may stand.
    private static func value(in text: String) -> String? {
        // `{"__metadata__":{"license":"mit"}}`.
        if text.hasPrefix("{"), let open = text.firstRange(of: "\"license\":\"")?.upperBound {
            return String(text[open...].prefix(200).prefix { $0 != "\"" })
        }
        let lower = text.prefix(12).lowercased()
        guard text.utf8.count <= 240, let key = keys.first(where: { lower.hasPrefix($0) }) else { return nil }
        let value = text.dropFirst(key.count)
        for end in 0...2 where value.count > end + 2 {
            let name = String(value.dropLast(end))
            if LicenseNames.expression(forName: name) != nil
                || LicenseNames.expression(forAddress: name) != nil
            {
                return name
            }
        }
        return nil
    }

    /// Of one run.
    private static let maximumElements = 8

    /// What each element of that name holds: the addresses its own elements point to, and the words, markup left out.
    /// A document has several: one on who may see it, one with the license.
    private static func elements(_ name: String, in text: String) -> [String] {
        var result: [String] = []
        var rest = text[...]
        while result.count < maximumElements, let open = rest.firstRange(of: name + ">"),
            let close = rest[open.upperBound...].firstRange(of: name + ">")
        {
            var words = ""
            var isTag = false
            var tag = ""
            for letter in rest[open.upperBound..<close.lowerBound].prefix(2048) {
                if letter == "<" {
                    isTag = true
                    tag = ""
                }
                if isTag { tag.append(letter) } else { words.append(letter) }
                if letter == ">" {
                    isTag = false
                    if let address = address(in: tag) { words.append(" " + address + " ") }
                }
            }
            let found = words.trimmed
            if !found.isEmpty { result.append(found) }
            rest = rest[close.upperBound...]
        }
        return result
    }

    /// `<gmx:Anchor xlink:href="https://…">`
    private static func address(in tag: String) -> String? {
        guard let open = tag.firstRange(of: "href=\"")?.upperBound,
            let close = tag[open...].firstIndex(of: "\"")
        else { return nil }
        let address = String(tag[open..<close])
        return LicenseNames.expression(forAddress: address) == nil ? nil : address
    }

    private static func speaks(_ bytes: [UInt8], _ run: Range<Int>) -> Bool {
        // The letter pairs all of the words have are looked for first; most runs end there.
        for index in run.lowerBound..<(run.upperBound - 6) {
            let pair = (bytes[index] | 0x20, bytes[index + 1] | 0x20)
            switch pair {
            case (0x6C, 0x69), (0x63, 0x72), (0x63, 0x6F), (0x6F, 0x70), (0x61, 0x6C):
                let rest = String(decoding: bytes[index..<min(run.upperBound, index + 20)], as: UTF8.self)
                    .lowercased()
                if words.contains(where: rest.hasPrefix) { return true }
            default: break
            }
        }
        return false
    }
}
