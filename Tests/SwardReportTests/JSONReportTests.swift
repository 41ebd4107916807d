// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardDetection
import SwardJSON
import SwardPolicy
import SwardReport
import Testing

@Suite("The JSON report") struct JSONReportTests {
    private func read(_ report: ScanReport) throws -> JSONValue {
        try JSONValue(ReportFormat.json.rendered(report))
    }

    @Test("keeps the fields that others rely on")
    func keepsFields() throws {
        let report = try read(Samples.mixed)
        let files = try #require(report["files"]?.array)
        #expect(files.count == Samples.mixed.files.count)
        for file in files {
            for field in ["path", "expression", "copyrights", "findings"] {
                #expect(file[field] != nil, "\(field)")
            }
            for finding in file["findings"]?.array ?? [] {
                for field in ["kind", "expression", "score", "startLine", "endLine", "startByte", "endByte"] {
                    #expect(finding[field] != nil, "\(field)")
                }
            }
        }
        let marks = try #require(report["marks"]?.array)
        #expect(marks.count == 2)
        for mark in marks {
            for field in ["mark", "path", "severity", "evidence"] { #expect(mark[field] != nil, "\(field)") }
        }
        #expect(report["verdict"]?["redistribution"]?.string == "needs-review")
    }

    @Test("gives places in bytes, from the first to one past the last, and in lines from one")
    func givesPlaces() throws {
        let files = try #require(try read(Samples.mixed)["files"]?.array)
        let main = try #require(files.first { $0["path"]?.string == "src/main.c" })
        let finding = try #require(main["findings"]?.array?.first)
        #expect(finding["startByte"] == .number("3"))
        #expect(finding["endByte"] == .number("44"))
        #expect(finding["startLine"] == .number("1"))
        #expect(finding["endLine"] == .number("1"))
    }

    @Test("what is not known is null, and stays there")
    func givesNull() throws {
        let files = try #require(try read(Samples.mixed)["files"]?.array)
        let notes = try #require(files.first { $0["path"]?.string == "docs/notes.txt" })
        #expect(notes["expression"] == .null)
        #expect(notes["concluded"] == .null)
    }

    @Test("names come back as they are")
    func roundTrips() throws {
        let files = try #require(try read(Samples.hostile)["files"]?.array)
        #expect(files.compactMap { $0["path"]?.string } == Samples.hostile.files.map(\.file.path))
    }

    @Test("numbers of any size are written in full")
    func writesLargeNumbers() throws {
        let files = try #require(try read(Samples.hostile)["files"]?.array)
        let file = try #require(files.first { $0["path"]?.string == "bytes.bin" })
        #expect(file["length"] == .number("9223372036854775807"))
    }

    @Test("a time beyond the calendar is its end")
    func boundsTime() throws {
        #expect(try read(Samples.hostile)["created"]?.string == "9999-12-31T23:59:59Z")
        #expect(try read(Samples.mixed)["created"]?.string == "2026-11-23T08:00:00Z")
    }

    @Test("an empty report has every field")
    func isWholeWhenEmpty() throws {
        guard case .object(let empty) = try read(Samples.empty),
            case .object(let mixed) = try read(Samples.mixed)
        else {
            Issue.record("no object")
            return
        }
        #expect(empty.keys.sorted() == mixed.keys.sorted())
    }
}
