// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

extension MediaCase {
    private static let standard = "/Filter /Standard /V 2 /R 3 /Length 128 /O (o) /U (u)"

    private static func pdf(_ encrypt: String) -> [UInt8] {
        Sample.pdf(
            ["<< /Type /Catalog >>", "<< /Author (x) >>", "<< \(encrypt) >>"],
            trailer: "<< /Root 1 0 R /Info 2 0 R /Encrypt 3 0 R >>")
    }

    private static let container = """
        <container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="c.opf"/></rootfiles></container>
        """
    private static let package = """
        <package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>T</dc:title>
        <dc:rights>CC BY 4.0</dc:rights><meta property="dcterms:license">CC-BY-4.0</meta>
        <meta property="dcterms:modified">2020</meta><link rel="cc:license" href="\(by)"/></metadata></package>
        """

    private static func epub(_ more: [(String, String)]) -> [UInt8] {
        let members = [
            ("mimetype", "application/epub+zip"), ("META-INF/container.xml", container), ("c.opf", package),
        ]
        return Sample.zip((members + more).map { ($0.0, Sample.text($0.1)) })
    }

    private static func encryption(_ algorithm: String) -> (String, String) {
        (
            "META-INF/encryption.xml",
            """
            <encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:e="http://www.w3.org/2001/04/xmlenc#">
            <e:EncryptedData><e:EncryptionMethod Algorithm="\(algorithm)"/></e:EncryptedData></encryption>
            """
        )
    }

    private static let bookFields: Set<String> = [
        "title=T", "rights=CC BY 4.0", "dcterms:license=CC-BY-4.0", "link=\(by)",
    ]

    /// One record that is its own header; `EXTH` behind it.
    private static func mobi(encryption: Int) -> [UInt8] {
        let exth =
            Sample.text("EXTH") ++ Sample.big(12 + 17 + 12) ++ Sample.big(2) ++ Sample.big(109)
            ++ Sample.big(17)
            ++ Sample.text("CC BY 4.0")
            ++ Sample.big(100) ++ Sample.big(12) ++ Sample.text("Jane")
        var record =
            Sample.big(1, 2) ++ [UInt8](repeating: 0, count: 10) ++ Sample.big(encryption, 2)
            ++ Sample.big(0, 2)
        record += Sample.text("MOBI") ++ Sample.big(132) ++ Sample.big(2) ++ Sample.big(65001)
        record += [UInt8](repeating: 0, count: 128 - record.count) ++ Sample.big(0x40)
        record += [UInt8](repeating: 0, count: 148 - record.count)
        return [UInt8](repeating: 0, count: 60) ++ Sample.text("BOOKMOBI") ++ [UInt8](repeating: 0, count: 8)
            ++ Sample.big(1, 2)
            ++ Sample.big(86) ++ Sample.big(0) ++ record ++ exth
    }

    static let documents: [MediaCase] = [
        MediaCase(
            name: "info.pdf",
            bytes: Sample.pdf(
                [
                    "<< /Type /Catalog /Metadata 3 0 R >>",
                    "<< /Title <FEFF00C4006E006E> /Author (A\\(b\\)\\n\\101) /License (\(by)) /Producer (x) >>",
                    "<< /Type /Metadata /Length 4 0 R >>\nstream\n\(Sample.xmp)\nendstream",
                    "\(Sample.xmp.utf8.count)",
                ], trailer: "<< /Root 1 0 R /Info 2 0 R /Size 5 >>"),
            fields: [
                "Title=Änn", "Author=A(b)\nA", "License=\(by)",
                "WebStatement=https://creativecommons.org/licenses/by-sa/4.0/", "rights=Copyright 2020 Jane",
                "creator=Jane", "creator=Joe", "license=https://creativecommons.org/licenses/by-sa/4.0/",
                "attributionURL=https://example.org/jane",
            ]),
        MediaCase(
            // Its references lead nowhere.
            name: "broken.pdf",
            bytes: Sample.text(
                "%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj 2 0 obj << /License (CC0) >> endobj\n")
                ++ Sample.text("trailer << /Root 1 0 R /Info 2 0 R >>\nstartxref\n99999\n%%EOF"),
            fields: ["License=CC0"]),
        MediaCase(
            name: "loop.pdf",
            bytes: Sample.pdf(
                [
                    "<< /Type /Catalog /Metadata 2 0 R >>", "<< /Length 3 0 R >>\nstream\nx\nendstream",
                    "3 0 R",
                ],
                trailer: "<< /Root 1 0 R /Prev 9 >>"),
            fields: []),
        MediaCase(
            name: "drm.pdf", bytes: pdf("/Filter /EBX_HANDLER /V 4"), fields: [],
            locks: ["drm-pdf: /Encrypt /Filter /EBX_HANDLER /V 4"]),
        MediaCase(
            name: "denied.pdf", bytes: pdf("\(standard) /P -3904"), fields: [],
            locks: [
                "drm-pdf: /Encrypt /Filter /Standard /V 2 /R 3 /P -3904: no printing, modifying, copying, annotating, "
                    + "filling forms, assembling, printing in high resolution; password asked for"
            ]),
        MediaCase(
            name: "identity.pdf",
            bytes: pdf("/Filter /Standard /V 4 /R 4 /P -4 /CF << >> /StmF /Identity /StrF /Identity"),
            fields: ["Author=x"]),
        MediaCase(
            name: "none.pdf",
            bytes: pdf("/Filter /Standard /V 4 /R 4 /P -4 /CF << /A << /CFM /None >> >> /StmF /A /StrF /A"),
            fields: ["Author=x"]),
        MediaCase(name: "book.epub", bytes: epub([]), fields: bookFields),
        MediaCase(
            name: "fonts.epub", bytes: epub([encryption("http://www.idpf.org/2008/embedding")]),
            fields: bookFields),
        MediaCase(
            name: "adobe-fonts.epub", bytes: epub([encryption("http://ns.adobe.com/pdf/enc#RC")]),
            fields: bookFields),
        MediaCase(
            name: "locked.epub", bytes: epub([encryption("http://www.w3.org/2001/04/xmlenc#aes128-cbc")]),
            fields: bookFields,
            locks: [
                "drm-epub: META-INF/encryption.xml: 1 resources, http://www.w3.org/2001/04/xmlenc#aes128-cbc"
            ]),
        MediaCase(
            name: "lcp.epub", bytes: epub([("META-INF/license.lcpl", "{}")]), fields: bookFields,
            locks: ["drm-epub: META-INF/license.lcpl: Readium LCP"]),
        MediaCase(
            name: "a.odt",
            bytes: Sample.zip([
                ("mimetype", Sample.text("application/vnd.oasis.opendocument.text")),
                (
                    "META-INF/manifest.xml",
                    Sample.text(
                        "<m:manifest xmlns:m='urn:m'><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>"
                    )
                ),
                (
                    "meta.xml",
                    Sample.text(
                        "<o:meta xmlns:o='urn:o' xmlns:m='urn:m'><m:user-defined m:name='Licence'>CC0</m:user-defined></o:meta>"
                    )
                ),
            ]), fields: ["Licence=CC0"],
            locks: ["encrypted-office: META-INF/manifest.xml: 1 encrypted streams"]),
        MediaCase(
            name: "a.docx",
            bytes: Sample.zip([
                ("[Content_Types].xml", Sample.text("<Types/>")),
                (
                    "docProps/core.xml",
                    Sample.text(
                        "<c xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:creator>J</dc:creator><dc:description>CC0</dc:description></c>"
                    )
                ),
                (
                    "docProps/custom.xml",
                    Sample.text(
                        "<P xmlns:v='urn:v'><property name='License'><v:lpwstr>CC-BY-4.0</v:lpwstr></property></P>"
                    )
                ),
            ]), fields: ["creator=J", "description=CC0", "License=CC-BY-4.0"]),
        MediaCase(
            name: "locked.zip", bytes: Sample.zip([("a", [1, 2, 3])], flags: 1), fields: [],
            locks: ["encrypted-zip: 1 of 1 members encrypted (ZipCrypto): a"]),
        MediaCase(name: "open.zip", bytes: Sample.zip([("a", [1, 2, 3])]), fields: []),
        MediaCase(
            name: "names.7z",
            bytes: sevenZip([0x17, 0x06, 0, 1, 9, 5, 0, 7, 0x0B, 1, 0, 1, 0x24, 0x06, 0xF1, 0x07, 0x01]),
            fields: [], locks: ["encrypted-7z: coder 06F10701 on the list of names"]),
        MediaCase(
            name: "members.7z",
            bytes: sevenZip([0x01, 0x04, 0x06, 0, 1, 9, 5, 0, 7, 0x0B, 1, 0, 2, 0x24, 0x06, 0xF1, 0x07, 0x01]
            ),
            fields: [], locks: ["encrypted-7z: coder 06F10701 on members"]),
        // The same list, then fill, as liblzma's encoder packs it.
        MediaCase(
            name: "packed1.7z",
            bytes: packedSevenZip(
                [0x23, 0x03, 0x01, 0x01, 5, 0x5D, 0, 0, 1, 0],
                [
                    0x00, 0x00, 0x81, 0x33, 0x07, 0xAE, 0x0F, 0xCD, 0xEF, 0x4D, 0xEC, 0x03, 0x6F, 0xD8, 0x72,
                    0x3F, 0x3A, 0xC3, 0x7C, 0x6C, 0xC3, 0x24, 0x53, 0x2B, 0xD3, 0xFF, 0xFF, 0x7D, 0xF0, 0x00,
                    0x00,
                ]),
            fields: [], locks: ["encrypted-7z: coder 06F10701 on members"]),
        MediaCase(
            name: "packed2.7z",
            bytes: packedSevenZip(
                [0x21, 0x21, 1, 8],
                [
                    0xE0, 0x00, 0x39, 0x00, 0x18, 0x5D, 0x00, 0x00, 0x81, 0x33, 0x07, 0xAE, 0x0F, 0xCD, 0xEF,
                    0x4D, 0xEC, 0x03, 0x6F, 0xD8, 0x72, 0x3F, 0x3A, 0xC3, 0x7C, 0x6C, 0xC3, 0x23, 0x46, 0x70,
                    0x00, 0x00,
                ]),
            fields: [], locks: ["encrypted-7z: coder 06F10701 on members"]),
        MediaCase(
            name: "broken.7z", bytes: packedSevenZip([0x21, 0x21, 1, 8], [0xE0, 0x00, 0x39, 0x00]), fields: []
        ),
        MediaCase(
            name: "open.7z",
            bytes: sevenZip([0x01, 0x04, 0x06, 0, 1, 9, 5, 0, 7, 0x0B, 1, 0, 1, 0x21, 0x21]), fields: []),
        MediaCase(
            name: "names.rar", bytes: Sample.text("Rar!") ++ [0x1A, 7, 1, 0, 0, 0, 0, 0, 4, 4, 0, 0, 0],
            fields: [],
            locks: ["encrypted-rar: RAR 5: encrypted headers"]),
        MediaCase(
            name: "members.rar",
            // A main header, then a file whose extra area holds record 1.
            bytes: Sample.text("Rar!") ++ [0x1A, 7, 1, 0] ++ [0, 0, 0, 0, 3, 1, 0, 0] ++ [
                0, 0, 0, 0, 8, 2, 1, 3, 0, 0, 2, 1, 0,
            ],
            fields: [], locks: ["encrypted-rar: RAR 5: encrypted member"]),
        MediaCase(
            name: "old.rar",
            bytes: Sample.text("Rar!") ++ [0x1A, 7, 0] ++ [0, 0, 0x73, 0x80, 0, 13, 0, 0, 0, 0, 0, 0, 0],
            fields: [],
            locks: ["encrypted-rar: RAR 4: encrypted headers"]),
        MediaCase(
            name: "member4.rar",
            bytes: Sample.text("Rar!") ++ [0x1A, 7, 0] ++ [0, 0, 0x73, 0, 0, 13, 0, 0, 0, 0, 0, 0, 0]
                ++ [0, 0, 0x74, 4, 0x80, 32, 0, 0, 0, 0, 0], fields: [],
            locks: ["encrypted-rar: RAR 4: encrypted member"]),
        MediaCase(
            name: "sheet.xls",
            bytes: compound([
                (
                    "Workbook",
                    Sample.little(0x809, 2) ++ Sample.little(2, 2) ++ [0, 6] ++ Sample.little(0x2F, 2)
                        ++ Sample.little(4, 2) ++ [0, 0, 0, 0]
                )
            ]), fields: [],
            locks: ["encrypted-office: Workbook: FilePass"]),
        MediaCase(
            name: "new.docx", bytes: compound([("EncryptionInfo", [1]), ("EncryptedPackage", [1])]),
            fields: [],
            locks: ["encrypted-office: stream EncryptedPackage"]),
        MediaCase(
            name: "open.doc",
            bytes: compound([("WordDocument", [0xEC, 0xA5] ++ [UInt8](repeating: 0, count: 30))]), fields: []),
        MediaCase(
            name: "locked.doc",
            bytes: compound([
                (
                    "WordDocument",
                    [0xEC, 0xA5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1] ++ [UInt8](repeating: 0, count: 30)
                )
            ]),
            fields: [], locks: ["encrypted-office: WordDocument: fEncrypted"]),
        MediaCase(name: "open.mobi", bytes: mobi(encryption: 0), fields: ["109=CC BY 4.0", "100=Jane"]),
        MediaCase(
            name: "locked.azw", bytes: mobi(encryption: 2), fields: ["109=CC BY 4.0", "100=Jane"],
            locks: ["drm-kindle: MOBI: encryption 2"]),
        MediaCase(
            name: "a.kfx", bytes: [0xEA] ++ Sample.text("DRMION") ++ [0xEE], fields: [],
            locks: ["drm-kindle: KFX: DRMION"]),
        MediaCase(name: "a.azw1", bytes: Sample.text("TPZ0"), fields: [], locks: ["drm-kindle: Topaz"]),
        MediaCase(
            name: "drm.m3u8",
            bytes: Sample.text(
                "#EXTM3U\n#EXT-X-KEY:METHOD=SAMPLE-AES,URI=\"skd://a,b\",KEYFORMAT=\"com.apple.streamingkeydelivery\"\n"
            ),
            fields: [], locks: ["drm-hls: METHOD=SAMPLE-AES, KEYFORMAT=com.apple.streamingkeydelivery"]),
        MediaCase(
            name: "open.m3u8",
            bytes: Sample.text(
                "#EXTM3U\n#EXT-X-KEY:METHOD=NONE\n#EXT-X-KEY:METHOD=AES-128,URI=\"key.bin\"\n"), fields: []),
        MediaCase(
            name: "served.m3u8",
            bytes: Sample.text("#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI=\"https://keys.example.org/k\"\n"),
            fields: [],
            locks: ["drm-hls: METHOD=AES-128, URI=https://keys.example.org/k"]),
        MediaCase(
            name: "drm.mpd",
            bytes: Sample.text(
                """
                <MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><ProgramInformation><Copyright>CC0</Copyright></ProgramInformation><Period>
                <ContentProtection schemeIdUri="urn:mpeg:dash:mp4protection:2011" value="cenc"/>
                <ContentProtection schemeIdUri="urn:uuid:EDEF8BA9-79D6-4ACE-A3C8-27DCD51D21ED" value="Widevine"/></Period></MPD>
                """), fields: ["Copyright=CC0"],
            locks: ["drm-dash: ContentProtection urn:uuid:edef8ba9-79d6-4ace-a3c8-27dcd51d21ed (Widevine)"]),
        MediaCase(
            name: "open.mpd",
            bytes: Sample.text(
                """
                <MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><Period>
                <ContentProtection schemeIdUri="urn:mpeg:dash:mp4protection:2011" value="cenc"/>
                <ContentProtection schemeIdUri="urn:uuid:e2719d58-a985-b3c9-781a-b030af78d30e" value="ClearKey1.0"/></Period></MPD>
                """), fields: []),
        MediaCase(
            name: "post.md",
            bytes: Sample.text(
                "---\ntitle: x\nlicense: \"CC BY 4.0\"\nrights:\n  - CC0\n---\nlicense: MIT\n"),
            fields: ["license=CC BY 4.0", "rights=CC0"]),
        MediaCase(
            name: "a.eps",
            bytes: Sample.text(
                "%!PS-Adobe-3.0 EPSF-3.0\n%%Copyright: (CC BY 4.0)\n%%Creator: x\n%%EndComments\n"),
            fields: ["Copyright=CC BY 4.0"]),
        MediaCase(
            name: "a.glb",
            bytes: {
                let json = Sample.text(
                    "{\"asset\":{\"version\":\"2.0\",\"copyright\":\"2020 J\",\"extras\":{\"license\":\"CC-BY-4.0\",\"author\":\"J\"}}}"
                )
                return Sample.text("glTF") ++ Sample.little(2) ++ Sample.little(20 + json.count)
                    ++ Sample.little(json.count) ++ Sample.text("JSON") ++ json
            }(), fields: ["asset.copyright=2020 J", "extras.license=CC-BY-4.0", "extras.author=J"]),
        MediaCase(
            name: "a.stl",
            bytes: Sample.text("CC BY 4.0 by J") ++ [UInt8](repeating: 0, count: 66) ++ Sample.little(0),
            fields: ["header=CC BY 4.0 by J"]),
        MediaCase(
            name: "a.ply",
            bytes: Sample.text("ply\nformat binary_little_endian 1.0\ncomment License: CC0\nend_header\n")
                ++ [
                    0, 1, 2,
                ],
            fields: ["comment=License: CC0"]),
        MediaCase(
            name: "a.nc",
            bytes: Sample.text("CDF\u{1}") ++ Sample.big(0) ++ Sample.big(0) ++ Sample.big(0)
                ++ Sample.big(12)
                ++ Sample.big(1)
                ++ Sample.big(7) ++ Sample.text("license\0") ++ Sample.big(2) ++ Sample.big(3)
                ++ Sample.text("CC0\0"),
            fields: ["license=CC0"]),
        MediaCase(
            name: "a.fits",
            bytes: Sample.text(
                "SIMPLE  =                    T".padded + "LICENSE = 'CC-BY-4.0'".padded
                    + "COMMENT under CC0".padded + "END".padded),
            fields: ["LICENSE=CC-BY-4.0", "COMMENT=under CC0"]),
        MediaCase(
            name: "a.gpkg",
            bytes: Sample.text("SQLite format 3\0") ++ [UInt8](repeating: 0, count: 84)
                ++ Sample.text("<useConstraints>License: CC BY 4.0</useConstraints>") ++ [0],
            fields: ["text=<useConstraints>License: CC BY 4.0</useConstraints>"]),
        // ISO 19139 says in one element who may see the data and in the next one what may be done with them.
        MediaCase(
            name: "b.gpkg",
            bytes: Sample.text("SQLite format 3\0") ++ [UInt8](repeating: 0, count: 84)
                ++ Sample.text(
                    "<gmd:otherConstraints><s>no limitations</s></gmd:otherConstraints><gmd:otherConstraints>"
                        + "<gmx:Anchor xlink:href=\"https://creativecommons.org/licenses/by/4.0/\">terms</gmx:Anchor>"
                        + "</gmd:otherConstraints>")
                ++ [0],
            fields: [
                "otherConstraints=no limitations",
                "otherConstraints=https://creativecommons.org/licenses/by/4.0/ terms",
                "text=<gmd:otherConstraints><s>no limitations</s></gmd:otherConstraints><gmd:otherConstraints>"
                    + "<gmx:Anchor xlink:href=\"https://creativecommons.org/licenses/by/4.0/\">terms</gmx:Anchor>"
                    + "</gmd:otherConstraints>",
            ]),
    ]

    /// `packed` stands right behind the start header and unpacks to 58 bytes by `coder`.
    private static func packedSevenZip(_ coder: [UInt8], _ packed: [UInt8]) -> [UInt8] {
        let list =
            [0x17, 0x06, 0, 1, 9, UInt8(packed.count), 0, 7, 0x0B, 1, 0, 1] ++ coder ++ [0x0C, 58, 0, 0]
        return [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C, 0, 4, 0, 0, 0, 0] ++ Sample.little(packed.count, 8)
            ++ Sample.little(list.count, 8) ++ Sample.little(0) ++ packed ++ list
    }

    private static func sevenZip(_ header: [UInt8]) -> [UInt8] {
        [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C, 0, 4, 0, 0, 0, 0] ++ Sample.little(0, 8)
            ++ Sample.little(header.count, 8) ++ Sample.little(0) ++ header
    }

    /// Sector 0 is the table, 1 the directory, 2 the short streams, 3 their table.
    static func compound(_ streams: [(String, [UInt8])]) -> [UInt8] {
        let none = 0xFFFF_FFFF, end = 0xFFFF_FFFE
        func sector(_ bytes: [UInt8]) -> [UInt8] {
            bytes ++ [UInt8](repeating: 0xFF, count: 512 - bytes.count)
        }
        func entry(_ name: String, _ kind: UInt8, _ start: Int, _ length: Int) -> [UInt8] {
            let words = Sample.utf16(name + "\0", bigEndian: false)
            return words ++ [UInt8](repeating: 0, count: 64 - words.count) ++ Sample.little(words.count, 2)
                ++ [
                    kind, 1,
                ]
                ++ [UInt8](repeating: 0xFF, count: 12) ++ [UInt8](repeating: 0, count: 36)
                ++ Sample.little(start) ++ Sample.little(length, 8)
        }
        var head: [UInt8] =
            [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] ++ [UInt8](repeating: 0, count: 16)
        head +=
            [0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0] ++ [UInt8](repeating: 0, count: 10) ++ Sample.little(1)
            ++ Sample.little(1)
        head +=
            Sample.little(0) ++ Sample.little(4096) ++ Sample.little(3) ++ Sample.little(1)
            ++ Sample.little(end)
            ++ Sample.little(0)
        head += Sample.little(0)
        for _ in 0..<108 { head += Sample.little(none) }
        var directory = entry("Root Entry", 5, 2, streams.count * 64)
        var short: [UInt8] = []
        var table: [UInt8] = []
        for (index, stream) in streams.enumerated() {
            directory += entry(stream.0, 2, index, stream.1.count)
            short += stream.1 ++ [UInt8](repeating: 0, count: 64 - stream.1.count)
            table += Sample.little(end)
        }
        let fat = [0xFFFF_FFFD, end, end, end].flatMap { Sample.little($0) }
        return head ++ sector(fat) ++ sector(directory) ++ sector(short) ++ sector(table)
    }

    static let fonts: [MediaCase] = [
        MediaCase(
            name: "a.ttf",
            bytes: Sample.font([
                ("OS/2", Sample.os2(0)),
                (
                    "name",
                    Sample.names([
                        (0, "Copyright 2020 Ann"), (13, "OFL words"), (14, "https://openfontlicense.org"),
                        (1, "X"),
                    ])
                ),
            ]),
            fields: [
                "0 copyright=Copyright 2020 Ann", "13 license=OFL words",
                "14 license URL=https://openfontlicense.org",
            ]),
        MediaCase(
            name: "locked.ttf", bytes: Sample.font([("OS/2", Sample.os2(0x0102))]), fields: [],
            locks: ["font-embedding: OS/2 fsType 0x0102: restricted license embedding, no subsetting"]),
        MediaCase(
            name: "a.pfa",
            bytes: Sample.text(
                "%!PS-AdobeFont-1.0: X\n/FontInfo 9 dict dup begin /Notice (Copyright \\(c\\) 1997) def end eexec"
            ),
            fields: ["Notice=Copyright (c) 1997"]),
        MediaCase(
            name: "a.bdf",
            bytes: Sample.text(
                "STARTFONT 2.1\nSTARTPROPERTIES 1\nCOPYRIGHT \"Public domain\"\nENDPROPERTIES\nCHARS 1\n"),
            fields: ["COPYRIGHT=Public domain"]),
        MediaCase(
            name: "a.pcf",
            bytes: {
                let strings = Sample.text("COPYRIGHT\0CC0\0")
                let table =
                    Sample.little(0) ++ Sample.little(1) ++ Sample.little(0) ++ [1] ++ Sample.little(10) ++ [
                        0, 0, 0,
                    ] ++ Sample.little(strings.count) ++ strings
                return [1] ++ Sample.text("fcp") ++ Sample.little(1) ++ Sample.little(1) ++ Sample.little(0)
                    ++ Sample.little(table.count) ++ Sample.little(24) ++ table
            }(), fields: ["COPYRIGHT=CC0"]),
    ]
}

extension String {
    /// To the length of a card.
    fileprivate var padded: String { self + String(repeating: " ", count: 80 - count) }
}
