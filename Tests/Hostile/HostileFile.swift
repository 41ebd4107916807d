// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

// REUSE-IgnoreStart

/// Manifests, pages, media and documents made to cost the reading of their fields as much as can be.
package struct HostileFile: Sendable, CustomStringConvertible {
    package let name: String
    package let path: String
    private let head: [UInt8]
    private let unit: @Sendable (Int) -> [UInt8]

    package var description: String { name }

    /// - Parameter unit: What comes next, by the number of times it has come.
    private init(
        _ name: String, _ path: String, _ head: [UInt8], unit: @escaping @Sendable (Int) -> [UInt8]
    ) {
        self.name = name
        self.path = path
        self.head = head
        self.unit = unit
    }

    private init(_ name: String, _ path: String, _ head: String, _ unit: String) {
        let unit = Array(unit.utf8)
        self.init(name, path, Array(head.utf8)) { _ in unit }
    }

    /// The same bytes for the same count.
    package func bytes(_ count: Int) -> [UInt8] {
        var bytes = head
        bytes.reserveCapacity(count + 4096)
        var number = 0
        while bytes.count < count {
            bytes += unit(number)
            number += 1
        }
        bytes.removeLast(bytes.count - count)
        return bytes
    }

    package static let all = texts + notations + pages + packets + media + documents

    // MARK: Texts

    private static let words =
        "licensed under the terms of the GPL version 2 or later, copyright (c) 2020 MIT "

    private static let texts: [HostileFile] = [
        HostileFile("UTF-16", "a.txt", [0xFF, 0xFE]) { _ in words.utf8.flatMap { [$0, 0] } },
        HostileFile("UTF-16, highest byte first", "a.txt", [0xFE, 0xFF]) { _ in
            words.utf8.flatMap { [0, $0] }
        },
        HostileFile("UTF-16, unmarked", "a.txt", []) { _ in words.utf8.flatMap { [$0, 0] } },
        HostileFile("zeros between words", "a.txt", []) { _ in words.utf8.map { $0 == 0x20 ? 0 : $0 } },
        HostileFile("base64", "a.txt", "license ", "TGljZW5zZWQgdW5kZXIgdGhlIE1JVCBsaWNlbnNl"),
        HostileFile("broken tags", "a.c", "", "// SPDX-License-Identifier: (MIT OR AND GPL WITH\n"),
        HostileFile("one tag of many terms", "a.c", "SPDX-License-Identifier: ", "MIT AND (GPL-2.0-only OR "),
        HostileFile(
            "one line of notices", "a.c", "", "Copyright (c) 2019-2021, 2023 John Doe <j@x.org> and J. Roe "),
        HostileFile("signs alone", "a.c", "", "(c)"),
    ]

    // MARK: Notations

    private static let notations: [HostileFile] = [
        HostileFile("JSON, lists in lists", "package.json", "{\"license\":", "["),
        HostileFile("JSON, maps in maps", "package.json", "", "{\"license\":"),
        HostileFile("JSON, one key", "package.json", "{", "\"license\":\"MIT\","),
        HostileFile(
            "JSON, many licenses", "package.json", "{\"licenses\":[",
            "{\"type\":\"MIT\",\"url\":\"http://x/\"},"),
        HostileFile("JSON, a long license", "package.json", "{\"license\":\"", "(MIT OR "),
        HostileFile("JSON, escapes", "package.json", "{\"license\":\"", "\\u004d"),
        HostileFile("JSON-LD, many nodes", "ro-crate-metadata.json", Array("{\"@graph\":[".utf8)) { number in
            Array("{\"@id\":\"x\(number)\",\"license\":{\"@id\":\"x\(number + 1)\"}},".utf8)
        },
        HostileFile(
            "GeoJSON", "a.geojson", "{\"type\":\"FeatureCollection\",\"features\":[", "{\"license\":\"MIT\"},"
        ),
        HostileFile(
            "notebook", "a.ipynb", "{\"cells\":[",
            "{\"cell_type\":\"markdown\",\"source\":[\"MIT licensed\"]},"),
        HostileFile("XML, deep", "pom.xml", "<project>", "<licenses><license>"),
        HostileFile(
            "XML, many licenses", "pom.xml", "<project><licenses>", "<license><name>MIT</name></license>"),
        HostileFile("XML, attributes", "pom.xml", "<project ", "a=\"license\" "),
        HostileFile("XML, entities", "pom.xml", "<project><licenses><license><name>", "&amp;"),
        HostileFile("XML, comments", "pom.xml", "<project>", "<!--license-->"),
        HostileFile("TOML, lists in lists", "Cargo.toml", "[package]\nlicense = ", "["),
        HostileFile("TOML, maps in maps", "Cargo.toml", "[package]\nlicense = ", "{a="),
        HostileFile("TOML, dots", "Cargo.toml", "[", "a."),
        HostileFile("TOML, one key", "Cargo.toml", "[package]\n", "license = \"MIT\"\n"),
        HostileFile("TOML, tables", "Cargo.toml", "", "[a.b.c]\nlicense = \"MIT\"\n"),
        HostileFile("YAML, lists in lists", "pubspec.yaml", "license: ", "["),
        HostileFile("YAML, dashes", "pubspec.yaml", "", "- "),
        HostileFile("YAML, keys", "pubspec.yaml", "", "license: MIT\n"),
        HostileFile("YAML, a long text", "pubspec.yaml", "license: |\n", "  license MIT\n"),
        HostileFile("YAML, aliases", "pubspec.yaml", "a: &a [x]\n", "b: &b [*a,*a,*a]\n"),
        HostileFile("Python", "setup.py", "", "setup(license=\"MIT\",\n"),
        HostileFile("Ruby", "a.gemspec", "", "s.license = \"MIT\"\n"),
        HostileFile("Nix", "default.nix", "", "meta.license = lib.licenses.mit;\n"),
        HostileFile("Meson", "meson.build", "", "project('a', license: 'MIT')\n"),
        HostileFile("PKGBUILD", "PKGBUILD", "", "license=('MIT')\n"),
        HostileFile(
            "stanzas", "debian/copyright", "Format: x\n\n", "Files: a/*\nCopyright: 2020 X\nLicense: MIT\n\n"),
        HostileFile("RPM", "a.spec", "Name: x\n", "License: MIT and GPLv2+\n"),
        HostileFile(
            "minified code", "a.js", "", "/*! x | (c) X | x.org/license */!function(e,t){var n=[];return n};"),
    ]

    // MARK: Pages and packets

    private static let pages: [HostileFile] = [
        HostileFile("HTML, marks", "a.html", "<html>", "<a rel=license href=x>"),
        HostileFile("HTML, entities", "a.html", "<p>license", "&copy;&eacute;"),
        HostileFile("HTML, meta", "a.html", "<html>", "<meta name=\"license\" content=\"MIT\">"),
        HostileFile("HTML, attributes", "a.html", "<a ", "rel=license "),
        HostileFile(
            "HTML, blocks of data", "a.html", "<html>",
            "<script type=\"application/ld+json\">{\"license\":\"https://x/1\"}</script>"),
        HostileFile(
            "HTML, RDFa", "a.html", "<html>", "<div about=x rel=\"cc:license\" resource=\"http://x/by/4.0/\">"
        ),
        HostileFile("HTML, open comments", "a.html", "license", "<!--"),
        HostileFile("HTML, open angles", "a.html", "license", "<"),
        HostileFile("SVG, deep", "a.svg", "<svg>", "<g>"),
        HostileFile(
            "SVG, metadata", "a.svg", "<svg>",
            "<metadata><rdf:RDF><cc:license rdf:resource=\"http://x\"/></rdf:RDF></metadata>"
        ),
    ]

    private static let packets: [HostileFile] = [
        HostileFile(
            "XMP, deep", "a.xmp", "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF>",
            "<rdf:Description><dc:rights><rdf:Alt><rdf:li>"),
        HostileFile(
            "XMP, wide", "a.xmp",
            "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF><rdf:Description><dc:rights><rdf:Alt>",
            "<rdf:li>CC BY 4.0</rdf:li>"),
    ]

    // MARK: Media

    private static func big(_ value: Int, _ width: Int = 4) -> [UInt8] {
        (0..<width).map { UInt8(truncatingIfNeeded: value >> ((width - 1 - $0) * 8)) }
    }

    private static func little(_ value: Int, _ width: Int = 4) -> [UInt8] { big(value, width).reversed() }

    private static func text(_ text: String) -> [UInt8] { Array(text.utf8) }

    private static let exif: [UInt8] = {
        var body = text("Exif\0\0II*\0") + little(8) + little(1, 2)
        // A directory that is its own.
        body += little(0x8769, 2) + little(4, 2) + little(1) + little(8) + little(8)
        return [0xFF, 0xE1] + big(body.count + 2, 2) + body
    }()

    private static let media: [HostileFile] = [
        HostileFile("JPEG, loops", "a.jpg", [0xFF, 0xD8]) { _ in exif },
        HostileFile("JPEG, comments", "a.jpg", [0xFF, 0xD8]) { _ in
            [0xFF, 0xFE] + big(13, 2) + text("license MIT")
        },
        HostileFile("TIFF, chain", "a.tif", text("II*\0") + little(8)) { number in
            var entry = little(1, 2)
            entry += little(0x8298, 2) + little(2, 2) + little(4) + text("MIT\0")
            return entry + little(8 + 18 * (number + 1))
        },
        HostileFile("PNG, texts", "a.png", [0x89] + text("PNG\r\n\u{1A}\n")) { _ in
            big(21) + text("tEXtCopyright\0license MIT") + big(0)
        },
        HostileFile("GIF, comments", "a.gif", text("GIF89a") + [1, 0, 1, 0, 0, 0, 0]) { _ in
            [0x21, 0xFE, 11] + text("license MIT") + [0]
        },
        HostileFile("MP4, deep", "a.mp4", big(16) + text("ftypisom") + big(0)) { number in
            big((4 << 20) - 8 * number) + text(number % 2 == 0 ? "moov" : "udta")
        },
        HostileFile(
            "MP4, wide", "a.mp4",
            big(16) + text("ftypisom") + big(0) + big(4 << 20) + text("moov") + big(4 << 20) + text("udta")
        ) {
            _ in big(20) + text("cprt") + big(0) + [0x15, 0xC7] + text("MIT\0\0\0")
        },
        HostileFile(
            "Matroska, deep", "a.mkv",
            [0x1A, 0x45, 0xDF, 0xA3, 0x80, 0x18, 0x53, 0x80, 0x67, 0x01]
                + [UInt8](repeating: 0xFF, count: 7) + [0x12, 0x54, 0xC3, 0x67, 0x01]
                + [UInt8](repeating: 0xFF, count: 7)
        ) { _ in [0x67, 0xC8, 0xFF] },
        HostileFile(
            "ID3, one frame", "a.mp3",
            text("ID3") + [4, 0, 0, 1, 0x7F, 0x7F, 0x7F] + text("TCOP") + [1, 0x7F, 0x7F, 0x70, 0, 0, 3]
        ) {
            _ in text("licensed under the MIT license ")
        },
        HostileFile("ID3, many frames", "a.mp3", text("ID3") + [4, 0, 0, 1, 0x7F, 0x7F, 0x7F]) { _ in
            text("TCOP") + [0, 0, 0, 4, 0, 0, 3] + text("MIT")
        },
        HostileFile(
            "MIDI, texts", "a.mid", text("MThd") + big(6) + [0, 1, 0, 1, 0, 1] + text("MTrk") + big(4 << 20)
        ) { _ in
            [0, 0xFF, 2, 7] + text("MIT lic")
        },
        HostileFile("RIFF, lists", "a.wav", text("RIFF") + little(4 << 20) + text("WAVE")) { _ in
            text("LIST") + little(12) + text("INFO")
        },
        HostileFile("Flash, tags", "a.swf", text("FWS") + [8] + little(4 << 20) + [0, 0, 0, 0, 0]) { _ in
            little(77 << 6, 2)
        },
        HostileFile("playlist", "a.m3u8", "#EXTM3U\n", "#EXT-X-KEY:METHOD=SAMPLE-AES,URI=\"x\"\n"),
        HostileFile("glTF, deep", "a.gltf", "{\"asset\":", "["),
        HostileFile("HDF5, keys", "a.h5", [0x89] + text("HDF\r\n\u{1A}\n")) { _ in text("license\0MIT\0") },
        HostileFile("HDF5, heaps", "a.h5", [0x89] + text("HDF\r\n\u{1A}\nlicense")) { _ in
            text("GCOL") + [1, 0, 0, 0] + little(4 << 20, 8) + little(1, 2) + little(0, 6) + little(3, 8)
                + text("MIT")
        },
        HostileFile("NetCDF, attributes", "a.nc", text("CDF\u{1}") + big(0) + big(12) + big(4096)) { _ in
            big(7) + text("license\0") + big(2) + big(3) + text("MIT\0")
        },
        HostileFile("tables", "a.gpkg", "SQLite format 3\0", "licenseODbL-1.0\0licensed under CC BY 4.0\0"),
        HostileFile("fonts in a font", "a.ttc", text("ttcf") + [0, 1, 0, 0] + big(200_000)) { _ in big(12) },
    ]

    // MARK: Documents

    private static let documents: [HostileFile] = [
        HostileFile("PDF, no references", "a.pdf", text("%PDF-1.4\n")) { number in
            text("\(number + 1) 0 obj <</Type/Catalog/Metadata \(number + 2) 0 R>> endobj\n")
        },
        HostileFile("PDF, deep", "a.pdf", "%PDF-1.4\n1 0 obj\n", "<</A "),
        HostileFile("PDF, objects", "a.pdf", "%PDF-1.4\n", "1 0 obj"),
        HostileFile("PDF, one page of drawings", "a.pdf", page(), "1 0 0 1 0 0 cm 10 20 m 30 40 l S "),
        HostileFile("PDF, one page of strings", "a.pdf", page(), "BT /F 1 Tf (license) Tj ET "),
        HostileFile("PDF, one page of moves", "a.pdf", page() + "BT ", "1 0 Td (a) Tj "),
        HostileFile("PDF, one page of forms", "a.pdf", page(), "/X Do "),
        HostileFile("PDF, an open string", "a.pdf", page(), "(((("),
        HostileFile("PDF, maps", "a.pdf", page(), "1 beginbfrange <0000> <FFFF> <0000> endbfrange "),
        HostileFile("PostScript", "a.ps", "%!PS\n", "%%Copyright: license MIT\n"),
        HostileFile("rich text", "a.rtf", "{\\rtf1", "{\\b license "),
        HostileFile("TeX", "a.tex", "", "\\license{MIT}\n"),
    ]

    /// A document of one page whose contents, its only font and the form that it draws are the stream that follows.
    private static func page() -> String {
        """
        %PDF-1.4
        1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
        2 0 obj <</Kids[3 0 R]/Count 1/Resources<</Font<</F 4 0 R>>/XObject<</X 4 0 R>>>>>> endobj
        3 0 obj <</Type/Page/Contents 4 0 R>> endobj
        trailer <</Root 1 0 R>>
        4 0 obj <</Subtype/Form/ToUnicode 4 0 R/Length 4000000>>
        stream

        """
    }
}

// REUSE-IgnoreEnd
