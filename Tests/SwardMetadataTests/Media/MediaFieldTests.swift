// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardDetection
import SwardMetadata
import Testing

/// One file of each kind, and the fields that must be found in it.
struct MediaCase: Sendable, CustomTestStringConvertible {
    var name: String
    var bytes: [UInt8]
    /// `name=text`.
    var fields: Set<String>
    var locks: [String] = []
    var testDescription: String { name }

    static let by = "https://creativecommons.org/licenses/by/4.0/"

    static let images: [MediaCase] = [
        MediaCase(
            name: "a.jpg",
            bytes: Sample.jpeg([
                (0xE1, Sample.text("http://ns.adobe.com/xap/1.0/\0" + Sample.xmp)),
                (
                    0xE1,
                    Sample.text("Exif\0\0") ++ Sample.tiff([(33432, 2, Sample.text("(c) Jane\0Editor\0"))])
                ),
                (
                    0xED,
                    Sample.text("Photoshop 3.0\0")
                        ++ Sample.photoshop([
                            (
                                0x0404,
                                Sample.iptc([(1, 90, [0x1B, 0x25, 0x47]), (2, 116, Sample.text("© IPTC"))])
                            )
                        ])
                ),
                (0xFE, Sample.text("under CC0")),
            ]),
            fields: [
                "WebStatement=https://creativecommons.org/licenses/by-sa/4.0/", "rights=Copyright 2020 Jane",
                "creator=Jane", "creator=Joe", "license=https://creativecommons.org/licenses/by-sa/4.0/",
                "attributionURL=https://example.org/jane", "Copyright=(c) Jane", "Copyright=Editor",
                "2:116=© IPTC",
                "COM=under CC0",
            ]),
        MediaCase(
            name: "extended.jpg",
            bytes: {
                let packet = Sample.text(Sample.xmp)
                let head =
                    Sample.text("http://ns.adobe.com/xmp/extension/\0") ++ [UInt8](repeating: 0x41, count: 32)
                // Its second half comes first.
                return Sample.jpeg([
                    (0xE1, head ++ Sample.big(packet.count) ++ Sample.big(400) ++ Array(packet[400...])),
                    (0xE1, head ++ Sample.big(packet.count) ++ Sample.big(0) ++ Array(packet[..<400])),
                ])
            }(),
            fields: [
                "WebStatement=https://creativecommons.org/licenses/by-sa/4.0/", "rights=Copyright 2020 Jane",
                "creator=Jane", "creator=Joe", "license=https://creativecommons.org/licenses/by-sa/4.0/",
                "attributionURL=https://example.org/jane",
            ]),
        MediaCase(
            name: "a.png",
            bytes: Sample.png([
                ("tEXt", Sample.text("Copyright\0Jane") ++ [0xE9]),
                ("iTXt", Sample.text("License\0\0\0en\0\0CC BY 4.0")),
                // The color profile's.
                ("tEXt", Sample.text("icc:copyright\0Public Domain")),
                ("tEXt", Sample.text("Software\0x")),
                ("eXIf", Sample.tiff([(315, 2, Sample.text("Ann\0"))], bigEndian: true)),
            ]),
            fields: ["Copyright=Janeé", "License=CC BY 4.0", "Artist=Ann"]),
        MediaCase(
            name: "a.gif",
            bytes: Sample.text("GIF89a") ++ [1, 0, 1, 0, 0, 0, 0]
                ++ [0x21, 0xFE, 9] ++ Sample.text("CC-BY-4.0") ++ [0]
                ++ [0x21, 0xFF, 11] ++ Sample.text("XMP DataXMP") ++ Sample.text(Sample.xmp)
                ++ [1] ++ (0...255).reversed().map { UInt8($0) } ++ [0, 0x3B],
            fields: [
                "comment=CC-BY-4.0", "WebStatement=https://creativecommons.org/licenses/by-sa/4.0/",
                "rights=Copyright 2020 Jane", "creator=Jane", "creator=Joe",
                "license=https://creativecommons.org/licenses/by-sa/4.0/",
                "attributionURL=https://example.org/jane",
            ]),
        MediaCase(
            name: "a.webp",
            bytes: Sample.riff(
                "WEBP", [("VP8 ", [1, 2, 3]), ("EXIF", Sample.tiff([(33432, 2, Sample.text("CC0\0"))]))]),
            fields: ["Copyright=CC0"]),
        MediaCase(
            name: "a.tif",
            bytes: Sample.tiff([(33432, 2, Sample.text(by + "\0")), (700, 1, Sample.text(Sample.xmp))]),
            fields: [
                "Copyright=\(by)", "WebStatement=https://creativecommons.org/licenses/by-sa/4.0/",
                "rights=Copyright 2020 Jane", "creator=Jane", "creator=Joe",
                "license=https://creativecommons.org/licenses/by-sa/4.0/",
                "attributionURL=https://example.org/jane",
            ]),
        MediaCase(
            name: "a.psd",
            bytes: Sample.text("8BPS") ++ Sample.big(1, 2) ++ [UInt8](repeating: 0, count: 20)
                ++ Sample.big(0)
                ++ {
                    let resources = Sample.photoshop([
                        (0x0404, Sample.iptc([(2, 116, Sample.text("CC BY 4.0"))]))
                    ])
                    return Sample.big(resources.count) ++ resources
                }(),
            fields: ["2:116=CC BY 4.0"]),
        MediaCase(
            name: "a.svg",
            bytes: Sample.text(
                """
                <svg xmlns="http://www.w3.org/2000/svg" xmlns:cc="http://creativecommons.org/ns#"
                 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/">
                <title>Tree</title><metadata><rdf:RDF><cc:Work rdf:about=""><dc:creator><cc:Agent><dc:title>Jane</dc:title>
                </cc:Agent></dc:creator><cc:license rdf:resource="http://creativecommons.org/licenses/by/4.0/"/></cc:Work>
                <cc:License rdf:about="http://creativecommons.org/licenses/by/4.0/"/></rdf:RDF></metadata>
                <g><path d="M0 0"/></g></svg>
                """),
            fields: [
                "title=Tree", "creator=Jane", "license=http://creativecommons.org/licenses/by/4.0/",
            ]),
    ]

    /// The vocabulary of a model has words that look like its fields.
    static let models: [MediaCase] = {
        func text(_ words: String) -> [UInt8] { Sample.little(words.utf8.count, 8) ++ Sample.text(words) }
        let words = ["rights", "license", "Perl", "MIT"]
        let vocabulary =
            text("tokenizer.ggml.tokens") ++ Sample.little(9) ++ Sample.little(8)
            ++ Sample.little(words.count, 8)
            ++ words.flatMap(text)
        let license = text("general.license") ++ Sample.little(8) ++ text("apache-2.0")
        let number = text("general.file_type") ++ Sample.little(4) ++ Sample.little(1)
        func model(_ entries: [[UInt8]]) -> [UInt8] {
            Sample.text("GGUF") ++ Sample.little(3) ++ Sample.little(0, 8) ++ Sample.little(entries.count, 8)
                ++ entries.flatMap { $0 }
        }
        return [
            MediaCase(name: "a.gguf", bytes: model([number, vocabulary]), fields: []),
            MediaCase(
                name: "b.gguf", bytes: model([vocabulary, number, license]), fields: ["license=apache-2.0"]),
        ]
    }()

    static let sound: [MediaCase] = [
        MediaCase(
            name: "23.mp3",
            bytes: Sample.id3(
                3,
                [
                    ("TCOP", [1, 0xFF, 0xFE] ++ Sample.utf16("2020 Jäne", bigEndian: false)),
                    ("WCOP", Sample.text(by)), ("TXXX", Sample.text("\0LICENSE\0CC-BY-4.0")),
                    ("COMM", Sample.text("\0eng\0hello")), ("TPE1", Sample.text("\u{3}Jane")),
                    ("PRIV", Sample.text("XMP\0" + Sample.xmp.replacing("Jane", with: "June"))),
                ]),
            fields: [
                "TCOP=2020 Jäne", "WCOP=\(by)", "LICENSE=CC-BY-4.0", "=hello", "TPE1=Jane",
                "WebStatement=https://creativecommons.org/licenses/by-sa/4.0/", "rights=Copyright 2020 June",
                "creator=June", "creator=Joe", "license=https://creativecommons.org/licenses/by-sa/4.0/",
                "attributionURL=https://example.org/jane",
            ]),
        MediaCase(
            name: "24.mp3",
            bytes: Sample.id3(
                4, [("TCOP", Sample.text("\u{3}CC0")), ("USER", Sample.text("\u{3}engCC BY 4.0\0"))]),
            fields: ["TCOP=CC0", "USER=CC BY 4.0"]),
        MediaCase(
            name: "22.mp3", bytes: Sample.id3(2, [("TCR", Sample.text("\0CC0")), ("WCP", Sample.text(by))]),
            fields: ["TCR=CC0", "WCP=\(by)"]),
        MediaCase(
            name: "unsync.mp3",
            // Text in UTF-16, whose mark is torn apart by a zero.
            bytes: Sample.id3(
                3, [("TCOP", [1, 0xFF, 0, 0xFE] ++ Sample.utf16("CC0", bigEndian: false))], flags: 0x80
            ).enumerated().map { $0.offset == 17 ? $0.element - 1 : $0.element },
            fields: ["TCOP=CC0"]),
        MediaCase(
            name: "ape.mp3",
            bytes: [UInt8](repeating: 0, count: 40)
                ++ {
                    let items = Sample.little(9) ++ Sample.little(0) ++ Sample.text("License\0CC-BY-4.0")
                    return items ++ Sample.text("APETAGEX") ++ Sample.little(2000)
                        ++ Sample.little(items.count + 32)
                        ++ Sample.little(1) ++ Sample.little(0) ++ [UInt8](repeating: 0, count: 8)
                }(),
            fields: ["License=CC-BY-4.0"]),
        MediaCase(
            name: "id3v1.mp3",
            bytes: [UInt8](repeating: 0, count: 10) ++ Sample.text("TAG") ++ Sample.text("Song")
                ++ [UInt8](repeating: 0, count: 26) ++ Sample.text("Jane")
                ++ [UInt8](repeating: 0, count: 26 + 30 + 4)
                ++ Sample.text("CC0") ++ [UInt8](repeating: 0, count: 28),
            fields: ["title=Song", "artist=Jane", "comment=CC0"]),
        MediaCase(
            name: "a.ogg",
            // Larger than one page.
            bytes: Sample.ogg([
                [1] ++ Sample.text("vorbis"),
                [3] ++ Sample.text("vorbis")
                    ++ Sample.vorbis([
                        "X=" + String(repeating: "y", count: 70_000), "LICENSE=\(by)", "copyright=2020 J",
                    ]),
                [5] ++ Sample.text("vorbis"),
            ]),
            fields: ["LICENSE=\(by)", "copyright=2020 J"]),
        MediaCase(
            name: "a.opus",
            bytes: Sample.ogg([
                Sample.text("OpusHead"), Sample.text("OpusTags") ++ Sample.vorbis(["LICENSE=CC0"]),
            ]),
            fields: ["LICENSE=CC0"]),
        MediaCase(
            name: "a.flac",
            bytes: Sample.text("fLaC") ++ [0, 0, 0, 2, 0, 0]
                ++ { [0x84] ++ Sample.big($0.count, 3) ++ $0 }(Sample.vorbis(["License=CC0", "ARTIST=J"])),
            fields: ["License=CC0", "ARTIST=J"]),
        MediaCase(
            name: "a.wav",
            bytes: Sample.riff(
                "WAVE",
                [
                    ("data", [1, 2, 3]),
                    ("LIST", Sample.text("INFOICOP") ++ Sample.little(4) ++ Sample.text("CC0\0")),
                    ("bext", Sample.text("CC BY 4.0") ++ [UInt8](repeating: 0, count: 600)),
                ]),
            fields: ["ICOP=CC0", "Description=CC BY 4.0"]),
        MediaCase(
            name: "a.aiff",
            bytes: Sample.riff(
                "AIFF", [("(c) ", Sample.text("2020 J")), ("AUTH", Sample.text("J"))], bigEndian: true),
            fields: ["(c)=2020 J", "AUTH=J"]),
        MediaCase(
            name: "a.mid",
            bytes: Sample.text("MThd") ++ Sample.big(6) ++ [0, 0, 0, 1, 0, 96] ++ Sample.text("MTrk")
                ++ Sample.big(25)
                ++ [0, 0xFF, 2, 6] ++ Sample.text("2020 J") ++ [0, 0x90, 60, 64, 10, 60, 0, 0, 0xFF, 1, 3]
                ++ Sample.text("CC0")
                ++ [0],
            fields: ["copyright=2020 J", "text=CC0"]),
    ]
}

@Suite("Media fields") struct MediaFieldTests {
    static let cases =
        MediaCase.images + MediaCase.models + MediaCase.sound + MediaCase.film + MediaCase.documents
        + MediaCase.fonts
        + MediaCase.texts

    @Test("are found in each format", arguments: cases)
    func found(_ row: MediaCase) {
        let contents = Sample.contents(row.bytes, row.name)
        let fields = Set(contents.fields.map { "\($0.name.dropPrefix)=\($0.text)" })
        #expect(fields == row.fields)
        #expect(contents.locks.map { "\($0.mark.rawValue): \($0.quote)" } == row.locks)
        for field in contents.fields { #expect(field.bytes.upperBound <= row.bytes.count, "\(field)") }
    }

    @Test("of a file that breaks off anywhere are a part of those of the whole", arguments: cases)
    func truncated(_ row: MediaCase) {
        let step = max(1, row.bytes.count / 1500)
        for end in stride(from: 0, to: row.bytes.count, by: step) {
            _ = Sample.contents(Array(row.bytes[..<end]), row.name)
        }
    }

    @Test("are looked for safely in spoiled files", arguments: cases)
    func spoiled(_ row: MediaCase) {
        let step = max(1, row.bytes.count / 500)
        for place in stride(from: 0, to: row.bytes.count, by: step) {
            for mask in [0x01, 0x80, 0xFF] as [UInt8] {
                var bytes = row.bytes
                bytes[place] ^= mask
                _ = Sample.contents(bytes, row.name)
            }
        }
    }
}

extension String {
    /// Names without the format before them.
    fileprivate var dropPrefix: String {
        guard let colon = firstIndex(of: ":"), !hasPrefix("iptc") else { return replacing("iptc:", with: "") }
        let rest = String(self[index(after: colon)...])
        return rest.contains(":") && !rest.hasPrefix("dc")
            ? String(rest.split(separator: ":", omittingEmptySubsequences: false).last ?? "") : rest
    }
}
