// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardDetection
import SwardMetadata
import SwardSPDX
import Testing

@Suite("Statements in fields") struct StatementTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var role: String
        var text: String
        var expressions: [String]
        var holder: String?
        var testDescription: String { "\(role): \(text)" }

        init(_ role: String, _ text: String, _ expressions: [String], holder: String? = nil) {
            self.role = role
            self.text = text
            self.expressions = expressions
            self.holder = holder
        }
    }

    static let rows = [
        Row("License", "CC BY-SA 4.0", ["CC-BY-SA-4.0"]),
        Row("License", "https://creativecommons.org/licenses/by/3.0/de/", ["CC-BY-3.0-DE"]),
        Row(
            "License", "GPL-2.0-or-later WITH Classpath-exception-2.0",
            ["GPL-2.0-or-later WITH Classpath-exception-2.0"]),
        Row(
            "License",
            "This work is licensed under a Creative Commons Attribution 4.0 International License.",
            ["CC-BY-4.0"]),
        Row("Copyright", "(c) 2020 Jane, CC BY-SA 4.0", ["CC-BY-SA-4.0"], holder: "Jane"),
        Row("Copyright", "CC BY 4.0 Jane Doe", ["CC-BY-4.0"], holder: "Jane Doe"),
        Row("Copyright", "© 2019 Ann; CC BY 3.0", ["CC-BY-3.0"], holder: "Ann"),
        Row("Copyright", "Jane Doe / CC0", ["CC0-1.0"], holder: "Jane Doe"),
        Row("Copyright", "2021 Jöhn", [], holder: "Jöhn"),
        Row(
            "Copyright",
            "2003 Artist. Licensed to the public under http://creativecommons.org/licenses/by/2.0/ verify at http://x.org",
            ["CC-BY-2.0"]),
        // Holders, not licenses.
        Row("Copyright", "© 2010 MIT", [], holder: "MIT"),
        Row(
            "Copyright", "Copyright 2012 The Apache Software Foundation", [],
            holder: "The Apache Software Foundation"),
        Row("Copyright", "© 2020 Jane. All rights reserved.", []),
        Row("Comment", "Made with GPL Ghostscript 9.55", []),
        Row("Copyright", "2020 Jane, not CC BY 4.0", []),
        Row("Comment", "hello", []),
    ]

    @Test("name licenses and holders", arguments: rows)
    func named(_ row: Row) throws {
        let bytes = Sample.png([("iTXt", Sample.text("\(row.role)\0\0\0\0\0\(row.text)"))])
        let found = MediaReader.read(ByteSource(bytes), name: "a.png")
        #expect(found?.findings.map(\.expression.description) == row.expressions)
        for finding in found?.findings ?? [] {
            #expect(finding.kind == .metadata)
            #expect(finding.rule == "png:\(row.role)")
            #expect(finding.bytes == 16..<(bytes.count - 16))
        }
        if let holder = row.holder { #expect(found?.copyrights.map(\.holder) == [holder]) }
    }

    @Test("that reserve all rights are evidence, and a license beside them takes that back")
    func reserved() {
        func marks(_ text: String) -> [EnclosureMark] {
            let bytes = Sample.png([("tEXt", Sample.text("Copyright\0" + text))])
            return MediaReader.read(ByteSource(bytes), name: "a.png")?.evidence.map(\.mark) ?? []
        }
        #expect(marks("2020 Jane. All rights reserved.").contains(.allRightsReservedClash))
        #expect(!marks("2020 Jane, CC BY 4.0").contains(.allRightsReservedClash))
    }

    @Test("of a version or any later hold against the address of that version")
    func later() {
        let bytes = Sample.font([
            (
                "name",
                Sample.names([
                    (13, "Licensed under the Open Font License, version 1.1 or later"),
                    (14, "https://scripts.sil.org/OFL"),
                ])
            )
        ])
        let found = MediaReader.read(ByteSource(bytes), name: "a.ttf")
        #expect(found?.findings.map(\.expression.description) == ["OFL-1.1+"])
    }

    @Test("against data mining are evidence")
    func mining() {
        let packet = Sample.xmp.replacing(
            "xmpRights:WebStatement=",
            with:
                "xmlns:plus='http://ns.useplus.org/ldf/xmp/1.0/' plus:DataMining='http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED' xmpRights:WebStatement="
        )
        let bytes = Sample.jpeg([(0xE1, Sample.text("http://ns.adobe.com/xap/1.0/\0" + packet))])
        let found = MediaReader.read(ByteSource(bytes), name: "a.jpg")
        #expect(found?.evidence.map(\.mark) == [.noAIRider])
        #expect(found?.findings.map(\.expression.description) == ["CC-BY-SA-4.0"])
    }

    @Test("fill what attribution needs")
    func attribution() {
        let bytes = Sample.jpeg([(0xE1, Sample.text("http://ns.adobe.com/xap/1.0/\0" + Sample.xmp))])
        let found = MediaReader.read(ByteSource(bytes), name: "a.jpg")
        #expect(found?.creators == ["Jane", "Joe"])
        #expect(found?.attributionURL == "https://example.org/jane")
        #expect(found?.copyrights.map(\.holder) == ["Jane"])
    }
}
