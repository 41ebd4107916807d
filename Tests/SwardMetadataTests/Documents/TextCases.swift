// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

// REUSE-IgnoreStart

extension MediaCase {
    /// A PDF of one page that draws `content` with two fonts: one by names of glyphs, one by a map to Unicode.
    private static func page(_ content: String, _ stream: String = "", _ more: [String] = []) -> [UInt8] {
        let map = """
            1 begincodespacerange <0000> <FFFF> endcodespacerange 2 beginbfchar <0001> <00A9> <0002> <00660069> endbfchar
            2 beginbfrange <0010> <0012> <0061> <0020> <0021> [<0042> <0020>] endbfrange
            """
        return Sample.pdf(
            [
                "<< /Type /Catalog /Pages 2 0 R >>",
                """
                << /Type /Pages /Count 1 /Kids [3 0 R] /Resources << /Font << /F1 5 0 R /F2 6 0 R >> /XObject << /X 8 0 R >> >> >>
                """,
                "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Annots [<< /A << /URI (\(by)) >> >>] >>",
                "<< /Length \(content.utf8.count) \(stream) >>\nstream\n\(content)\nendstream",
                "<< /Type /Font /Subtype /Type1 /Encoding << /Differences [1 /fi /ffl 65 /B /A /eacute] >> >>",
                "<< /Type /Font /Subtype /Type0 /ToUnicode 7 0 R >>",
                "<< /Length \(map.utf8.count) >>\nstream\n\(map)\nendstream",
                "<< /Subtype /Form /Length 24 >>\nstream\nBT /F1 9 Tf (form) Tj ET\nendstream",
            ] + more, trailer: "<< /Root 1 0 R >>")
    }

    private static func flash(_ tags: [UInt8]) -> [UInt8] {
        // A rectangle without size, twelve frames a second, one of them.
        Sample.text("FWS") ++ [8] ++ Sample.little(12 + tags.count) ++ [0] ++ [0, 12, 1, 0] ++ tags
    }

    private static func action(_ text: String) -> [UInt8] {
        Sample.big(text.utf8.count, 2) ++ Sample.text(text)
    }

    static let texts: [MediaCase] = [
        MediaCase(
            name: "lines.pdf",
            bytes: page(
                """
                q 1 0 0 1 0 0 cm 0 0 m 10 10 l S Q
                BT /F1 12 Tf 72 700 Td (Two\\(2\\)) Tj 0 -14 Td [(wo)20(rds)-333(and)] TJ T* (more) Tj
                0 -60 Td <6675727468657220> Tj ET
                BI /W 1 /H 1 ID (xx) EI
                """),
            fields: ["page=Two(2)\nwords and\nmore\n\nfurther \n\(by)"]),
        MediaCase(
            name: "fonts.pdf",
            bytes: page(
                "BT /F1 10 Tf (\\001ve ABC) Tj /F2 10 Tf <0001002100100012000200200021> Tj (\\377\\377) Tj ET"
            ),
            // Codes that no map has say nothing.
            fields: ["page=five BAe© acfiB \n\(by)"]),
        MediaCase(
            name: "gaps.pdf",
            bytes: page(
                """
                BT /F1 10 Tf 1 0 0 1 50 600 Tm (under) Tj 1 0 0 1 90 600 Tm (DD) Tj 20 0 Td (XY) Tj
                1 0 0 1 50 580 Tm (next) Tj ET
                """),
            fields: ["page=under DD XY\nnext\n\(by)"]),
        MediaCase(
            name: "forms.pdf", bytes: page("BT /F1 10 Tf (a) Tj ET /X Do BT (b) Tj ET"),
            fields: ["page=a\nform\nb\n\(by)"]),
        MediaCase(
            name: "base85.pdf",
            // Made by Python's base64.a85encode.
            bytes: page("6<#'\\7PQ#G+B2qq-t7H]2(9YIC*5rE$3~>", "/Filter /ASCII85Decode"),
            fields: ["page=by85\n\(by)"]),
        MediaCase(
            name: "a.swf",
            bytes: flash(
                // A tag of four bytes, then the metadata.
                Sample.little(69 << 6 | 4, 2) ++ [0, 0, 0, 0] ++ Sample.little(77 << 6 | 0x3F, 2)
                    ++ Sample.little(Sample.xmp.utf8.count + 1) ++ Sample.text(Sample.xmp) ++ [0, 0, 0]),
            fields: [
                "WebStatement=https://creativecommons.org/licenses/by-sa/4.0/", "rights=Copyright 2020 Jane",
                "creator=Jane", "creator=Joe", "license=https://creativecommons.org/licenses/by-sa/4.0/",
                "attributionURL=https://example.org/jane",
            ]),
        MediaCase(
            name: "a.flv",
            bytes: {
                let values =
                    [2] ++ action("onMetaData") ++ [8] ++ Sample.big(3) ++ action("duration") ++ [0]
                    ++ [UInt8](repeating: 0, count: 8) ++ action("inner") ++ [3] ++ action("license") ++ [2]
                    ++ action("CC0") ++ [0, 0, 9] ++ action("copyright") ++ [2] ++ action("2020 J") ++ [
                        0, 0, 9,
                    ]
                return Sample.text("FLV") ++ [1, 1] ++ Sample.big(9) ++ Sample.big(0) ++ [18]
                    ++ Sample.big(values.count, 3) ++ [UInt8](repeating: 0, count: 7) ++ values
                    ++ Sample.big(0)
            }(), fields: ["license=CC0", "copyright=2020 J"]),
        MediaCase(
            name: "a.caf",
            bytes: {
                let strings = Sample.big(2) ++ Sample.text("copyright\0CC BY 4.0\0encoder\0x\0")
                return Sample.text("caff") ++ [0, 1, 0, 0] ++ Sample.text("free") ++ Sample.big(2, 8) ++ [
                    0, 0,
                ]
                    ++ Sample.text("info") ++ Sample.big(strings.count, 8) ++ strings
            }(), fields: ["copyright=CC BY 4.0"]),
        MediaCase(
            name: "a.icc",
            bytes: {
                let words = Sample.utf16("CC0", bigEndian: true)
                let text =
                    Sample.text("mluc") ++ Sample.big(0) ++ Sample.big(1) ++ Sample.big(12)
                    ++ Sample.text("enUS") ++ Sample.big(words.count) ++ Sample.big(28) ++ words
                return [UInt8](repeating: 0, count: 36) ++ Sample.text("acsp")
                    ++ [UInt8](repeating: 0, count: 88)
                    ++ Sample.big(1) ++ Sample.text("cprt") ++ Sample.big(144) ++ Sample.big(text.count)
                    ++ text
            }(), fields: ["cprt=CC0"]),
        MediaCase(
            name: "a.kicad_sch",
            bytes: Sample.text(
                "(kicad_sch (title_block (title \"A \\\"B\\\"\") (comment 1 \"License: CC0-1.0\")) (text \"x\"))"
            ),
            fields: ["title_block=A \"B\"", "title_block=License: CC0-1.0"]),
        MediaCase(
            name: "a.h5",
            bytes: {
                func object(_ index: Int, _ text: String) -> [UInt8] {
                    let room = [UInt8](repeating: 0, count: (8 - text.utf8.count % 8) % 8)
                    return Sample.little(index, 2) ++ [1, 0, 0, 0, 0, 0] ++ Sample.little(text.utf8.count, 8)
                        ++ Sample.text(text) ++ room
                }
                let objects = object(1, "some words") ++ object(2, "CC0-1.0")
                return [0x89] ++ Sample.text("HDF\r\n\u{1A}\n") ++ [8, 0] ++ Sample.text("license") ++ [
                    0, 0x19, 1,
                ]
                    ++ [UInt8](repeating: 0, count: 60) ++ Sample.text("GCOL") ++ [1, 0, 0, 0]
                    ++ Sample.little(16 + objects.count, 8) ++ objects
            }(), fields: ["license=CC0-1.0"]),
        MediaCase(
            // An object as long as numbers go.
            name: "huge.h5",
            bytes: [0x89] ++ Sample.text("HDF\r\n\u{1A}\n") ++ [8, 0] ++ Sample.text("license") ++ [
                0, 0x19, 1,
            ]
                ++ [UInt8](repeating: 0, count: 60) ++ Sample.text("GCOL") ++ [
                    1, 0, 0, 0,
                ]
                ++ Sample.little(64, 8) ++ [1, 0, 0, 0, 0, 0, 0, 0] ++ Sample.little(.max, 8)
                ++ [UInt8](repeating: 0, count: 32),
            fields: []),
        MediaCase(
            name: "a.feather",
            bytes: Sample.text("ARROW1") ++ [0, 0, 9, 0, 0, 0] ++ Sample.text("CC-BY-4.0") ++ [
                0, 0, 0, 7, 0, 0, 0,
            ]
                ++ Sample.text("license") ++ [0],
            fields: ["license=CC-BY-4.0"]),
        MediaCase(
            name: "a.ppt",
            bytes: compound([
                (
                    "PowerPoint Document",
                    // A container, and in it a text of two bytes a letter and one of one.
                    [0x0F, 0, 0xE8, 3] ++ Sample.little(100) ++ [0, 0, 0xA0, 0x0F] ++ Sample.little(14)
                        ++ Sample.utf16("CC BY\r4", bigEndian: false) ++ [0, 0, 0xA8, 0x0F]
                        ++ Sample.little(3)
                        ++ Sample.text("new")
                )
            ]),
            fields: ["text=CC BY\n4\nnew"]),
        MediaCase(
            name: "a.xls",
            bytes: compound([
                (
                    "Workbook",
                    // The table of strings breaks off inside the second, and goes on in two bytes a letter.
                    [0xFC, 0] ++ Sample.little(8 + 5 + 3 + 2, 2) ++ Sample.little(2) ++ Sample.little(2)
                        ++ [2, 0, 0] ++ Sample.text("CC") ++ [4, 0, 0] ++ Sample.text("BY") ++ [
                            0x3C, 0, 5, 0, 1,
                        ]
                        ++ Sample.utf16(" 4", bigEndian: false) ++ [0x0A, 0, 0, 0]
                )
            ]),
            fields: ["text=CC\nBY 4"]),
    ]
}

// REUSE-IgnoreEnd
