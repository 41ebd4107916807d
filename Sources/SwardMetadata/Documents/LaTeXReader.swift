// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// What packages of LaTeX are told of the terms of a document: `doclicense` by its options, `hyperxmp` by its keys.
///
/// Its words are the detector's. Sources: the manuals of doclicense and hyperxmp.
enum LaTeXReader {
    /// Packages are loaded and set up before the text begins.
    private static let head = 32_768

    static func read(_ source: ByteSource, into contents: inout MediaContents) {
        let bytes = source.read(0, head)
        if let place = bytes.firstIndex(of: Array("doclicense".utf8)) {
            options(bytes, around: place, into: &contents)
        }
        for (key, role) in [("pdflicenseurl", FieldRole.address), ("pdfcopyright", .copyright)] {
            guard let place = bytes.firstIndex(of: Array(key.utf8)),
                let value = braced(bytes, from: place + key.utf8.count)
            else { continue }
            contents.add(
                role, "latex:" + key, FieldText.guessed(bytes.part(value.lowerBound, value.count)), at: value)
        }
    }

    /// `\usepackage[type={CC}, modifier={by-sa}, version={4.0}]{doclicense}`, `\doclicenseSetup{…}`.
    private static func options(_ bytes: [UInt8], around place: Int, into contents: inout MediaContents) {
        var start = place
        while start > 0, place - start < 400, bytes[start] != UInt8(ascii: "\\") { start -= 1 }
        let text = FieldText.guessed(bytes.part(start, min(400, place - start + 200)))
        var values = ["type": "CC", "modifier": "by", "version": "4.0"]
        for key in values.keys {
            guard let found = text.firstRange(of: key)?.upperBound else { continue }
            let rest = text[found...].drop { $0 == " " || $0 == "=" || $0 == "{" }
            let value = rest.prefix { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "." }
            if !value.isEmpty { values[key] = String(value) }
        }
        let (type, modifier, version) = (
            values["type"] ?? "", values["modifier"] ?? "", values["version"] ?? ""
        )
        let name = modifier == "zero" ? "CC0-1.0" : "\(type)-\(modifier)-\(version)"
        contents.add(.license, "latex:doclicense", name, at: start..<(place + 10))
    }

    /// What stands between the braces behind `=`.
    private static func braced(_ bytes: [UInt8], from start: Int) -> Range<Int>? {
        var open = start
        while open < bytes.count, bytes[open] == 32 || bytes[open] == UInt8(ascii: "=") { open += 1 }
        guard open < bytes.count, bytes[open] == UInt8(ascii: "{") else { return nil }
        let stop = min(bytes.count, open + 1000)
        guard let end = bytes[open..<stop].firstIndex(of: UInt8(ascii: "}")) else { return nil }
        return (open + 1)..<end
    }
}
