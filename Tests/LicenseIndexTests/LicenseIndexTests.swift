// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import CLicenseIndex
import Foundation
import Support
import SwardDetection
import Testing

@testable import license_index

/// What is made of a checkout of the list; that the data in the tree are made of the list at hand is seen in `NameTableTests`.
@Suite("Making the license index") struct LicenseIndexTests {
    private static let kettle = """
        <SPDXLicenseCollection xmlns="http://www.spdx.org/license">
          <license licenseId="Kettle-1.0" name="Kettle   License 1.0" isOsiApproved="true" listVersionAdded="3.9">
            <crossRefs><crossRef>https://kettle.example/a</crossRef><crossRef>https://kettle.example/b</crossRef>
              <crossRef>https://kettle.example/c</crossRef></crossRefs>
            <standardLicenseHeader>This kettle is poured under the Kettle License, version one.</standardLicenseHeader>
            <text><titleText><p>Kettle License</p></titleText>
              <p>Whoever holds this kettle may pour from it, <optional>and boil water in it,</optional> and pass it on with
              its <alt match="lid|cover" name="lid">lid</alt>, as long as this notice goes with it.</p></text>
          </license>
        </SPDXLicenseCollection>
        """
    private static let old = """
        <SPDXLicenseCollection xmlns="http://www.spdx.org/license">
          <license licenseId="Kettle-0.9" name="Old Kettle" deprecatedVersion="3.10" listVersionAdded="3.10">
            <obsoletedBys><obsoletedBy>Kettle-1.0</obsoletedBy></obsoletedBys>
            <text><p>Whoever held the former kettle may pour from it, and nobody else.</p></text>
          </license>
        </SPDXLicenseCollection>
        """
    private static let lid = """
        <SPDXLicenseCollection xmlns="http://www.spdx.org/license">
          <exception licenseId="Lid-exception" name="Lid exception" listVersionAdded="3.2">
            <text><p>As an exception the lid may go under terms of its own.</p></text>
          </exception>
        </SPDXLicenseCollection>
        """

    private func made(
        _ files: [String: String], order: [String]? = nil
    ) throws -> (table: [String], texts: [UInt8]) {
        let folder = try TemporaryFolder()
        try folder.write(Array("<a/>".utf8), to: "src/exceptions/notes.txt")
        for name in order ?? files.keys.sorted() {
            try folder.write(Array(files[name]!.utf8), to: "src/\(name)")
        }
        let made = try LicenseIndex.listAndTexts(of: folder.path)
        #expect(made.map(\.name) == ["license-list.tsv", "license-texts.idx"])
        let table = String(decoding: made[0].data, as: UTF8.self)
        return (table.split(separator: "\n").map(String.init), Array(made[1].data))
    }

    private static let all = ["b.xml": kettle, "a.xml": old, "exceptions/lid.xml": lid]

    @Test("the table has each entry once, in order, with what replaced it and its first addresses")
    func table() throws {
        let rows = try made(Self.all).table.filter { !$0.hasPrefix("#") }
        #expect(
            rows == [
                "Kettle-0.9\tlicense\td\tKettle-1.0\tOld Kettle\t",
                "Kettle-1.0\tlicense\to\t\tKettle License 1.0\thttps://kettle.example/a https://kettle.example/b",
                "Lid-exception\texception\t\t\tLid exception\t",
            ])
        #expect(try made(Self.all).table.contains("#version\t3.10"))
    }

    @Test(
        "the same list gives the same bytes, in whatever order its files were written, and another text others"
    )
    func reproducible() throws {
        let first = try made(Self.all)
        let again = try made(Self.all, order: ["exceptions/lid.xml", "b.xml", "a.xml"])
        #expect(first == again)
        let other = Self.all.merging(["exceptions/lid.xml": Self.lid.replacing("lid may", with: "cover may")])
        { $1 }
        #expect(try made(other).texts != first.texts)
    }

    @Test("texts and headers are templates that the index reads, with their words")
    func texts() throws {
        let bytes = try made(Self.all).texts
        unsafe bytes.withUnsafeBufferPointer { buffer in
            let index = unsafe TextIndex(
                sward_license_table(bytes: buffer.baseAddress!, count: buffer.count))
            #expect(!index.isEmpty)
            let templates = (0..<index.templateCount).map(index.template)
            #expect(templates.count == 4)
            #expect(templates.count { $0.isHeader } == 1)
            #expect(templates.count { $0.isException } == 1)
            for word in ["kettle", "pour", "exception", "poured"] {
                #expect(index.text(ofWord: index.word(WordHash(word).value)) == word)
            }
        }
    }

    @Test("what is no list is an error, and names what is wrong")
    func refuses() throws {
        #expect(throws: Table.Failure.self) {
            try made(["a.xml": Self.kettle, "exceptions/b.xml": Self.kettle])
        }
        let gone = Self.old.replacing(
            "<obsoletedBys><obsoletedBy>Kettle-1.0</obsoletedBy></obsoletedBys>", with: "")
        #expect(throws: Table.Failure.self) { try made(["a.xml": gone, "exceptions/l.xml": Self.lid]) }
        #expect(throws: (any Error).self) { try made(["a.xml": "<license", "exceptions/l.xml": Self.lid]) }
        #expect(throws: SPDXDocument.Failure.self) {
            try made(["a.xml": "<other/>", "exceptions/l.xml": Self.lid])
        }
    }
}
