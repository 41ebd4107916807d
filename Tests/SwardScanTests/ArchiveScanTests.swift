// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Support
import SwardDetection
import SwardPolicy
import SwardReport
import SwardScan
import SwardSPDX
import Testing

// REUSE-IgnoreStart

@Suite("Archives in a scan") struct ArchiveScanTests {
    private static let mit = Array("// SPDX-License-Identifier: MIT\n".utf8)
    private static let isc = Array("// SPDX-License-Identifier: ISC\n".utf8)

    @Test("members are told with their archive, nested ones too, and it is under the terms of all")
    func nested() throws {
        let bench = try Bench()
        let inner = tar([("c.c", Self.isc)])
        try bench.folder.write(tar([("a/b.c", Self.mit), ("in.tar", inner)]), to: "x.tar")
        let report = try bench.scan()
        #expect(report.terms["x.tar!a/b.c"] == "MIT")
        #expect(report.terms["x.tar!in.tar!c.c"] == "ISC")
        #expect(report.terms["x.tar!in.tar"] == "ISC")
        #expect(report.terms["x.tar"] == "MIT AND ISC")
        #expect(report.counts.archives == 2 && report.counts.files == 4)
        let closed = try bench.scan { $0.looksIntoArchives = false }
        #expect(closed.files.map(\.file.path) == ["x.tar"])
    }

    @Test("a sentence of an office document is read across the runs that its format cuts it into")
    func office() throws {
        func run(_ text: String) -> String {
            "<w:r><w:rPr><w:lang w:val=\"en-GB\"/></w:rPr><w:t xml:space=\"preserve\">\(text)</w:t></w:r>"
        }
        let body =
            "<?xml version=\"1.0\"?><w:document><w:body><w:p>\(run("Pumps and "))\(run("wells"))</w:p><w:p>"
            + run("This syllabus is licensed under a ") + run("Creative Commons Attribution")
            + run("-ShareAlike 4.0 ")
            + run("International licence") + run(".") + "</w:p></w:body></w:document>"
        let bench = try Bench()
        try bench.folder.write(tar([("word/document.xml", Array(body.utf8))]), to: "a.tar")
        #expect(try bench.scan().terms["a.tar!word/document.xml"] == "CC-BY-SA-4.0")
    }

    @Test("depth, number and size of members have limits, which are told of")
    func limits() throws {
        let bench = try Bench()
        var archive = tar([("c.c", Self.isc)])
        for _ in 0..<4 { archive = tar([("in.tar", archive)]) }
        try bench.folder.write(archive, to: "deep.tar")
        try bench.folder.write(tar((0..<50).map { ("f\($0)", Self.mit) }), to: "many.tar")
        let report = try bench.scan {
            $0.archiveLimits.depth = 3
            $0.archiveLimits.members = 20
        }
        #expect(report.files.filter { $0.file.path.hasPrefix("many.tar!") }.count == 20)
        #expect(report.notes.contains { $0.path == "many.tar" && $0.text.contains("20 members") })
        #expect(report.notes.contains { $0.text.contains("3 deep") })
        #expect(report.counts.unreadable >= 2)
    }

    @Test("names that lead out of an archive are told of and go nowhere")
    func oddNames() throws {
        let bench = try Bench()
        try bench.folder.write(tar([("../../up.c", Self.mit), ("/root.c", Self.isc)]), to: "x.tar")
        let report = try bench.scan()
        #expect(report.terms["x.tar!up.c"] == "MIT" && report.terms["x.tar!root.c"] == "ISC")
        #expect(report.notes.filter { $0.path == "x.tar" }.count == 2)
    }

    @Test("an archive that breaks off gives what it had, whatever the place")
    func damaged() throws {
        let whole = tar([("a.c", Self.mit), ("b.c", Self.isc), ("c.c", Self.mit)])
        for length in stride(from: 0, to: whole.count, by: 311) {
            let bench = try Bench()
            try bench.folder.write(whole.prefix(length), to: "x.tar")
            let report = try bench.scan()
            #expect(report.files.first?.file.path == "x.tar")
        }
    }

    @Test("an archive is under what is declared over its members, without version control")
    func overriddenMembers() throws {
        let bench = try Bench()
        let toml = """
            version = 1
            [[annotations]]
            path = "samples/**"
            precedence = "override"
            SPDX-License-Identifier = "CC0-1.0"
            SPDX-FileCopyrightText = "2021 A. Name"
            """
        try bench.folder.write(
            tar([
                ("w/REUSE.toml", Array(toml.utf8)), ("w/samples/a.c", Self.mit), ("w/b.c", Self.isc),
                ("w/.git/c.c", Self.mit),
            ]), to: "x.tar")
        let report = try bench.scan()
        #expect(report.terms["x.tar"] == "CC0-1.0 AND ISC")
        #expect(report.file("x.tar!w/.git/c.c") == nil)
    }

    @Test("declarations in an archive speak for its members")
    func declarations() throws {
        let bench = try Bench()
        let toml = "version = 1\n[[annotations]]\npath = \"*.dat\"\nSPDX-License-Identifier = \"CC0-1.0\"\n"
        try bench.folder.write(tar([("REUSE.toml", Array(toml.utf8)), ("x.dat", [1, 2, 3])]), to: "x.tar")
        let report = try bench.scan()
        #expect(
            report.file("x.tar!x.dat")?.declaredIn == "x.tar!REUSE.toml"
                || report.terms["x.tar!x.dat"] == "CC0-1.0")
    }
}

// REUSE-IgnoreEnd
