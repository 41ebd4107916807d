// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Support
import SwardDetection
import SwardPolicy
import SwardReport
import SwardScan
import SwardSPDX
import Synchronization
import Testing

// REUSE-IgnoreStart

@Suite("Scanning a tree") struct ScannerTests {
    private static let mit = "// SPDX-License-Identifier: MIT\n"

    static let declarations: [(files: [String: String], path: String, expression: String?, source: String?)] =
        [
            (["a.c": mit], "a.c", "MIT", nil),
            (["a.c": "int a;\n"], "a.c", nil, nil),
            (
                ["a.c": "int a;\n", "a.c.license": "SPDX-License-Identifier: ISC\n"], "a.c", "ISC",
                "a.c.license"
            ),
            (["a.c": mit, "a.c.license": "SPDX-License-Identifier: ISC\n"], "a.c", "ISC", "a.c.license"),
            (["a.c": "int a;\n", "REUSE.toml": toml("closest", "Zlib")], "a.c", "Zlib", "REUSE.toml"),
            (["a.c": mit, "REUSE.toml": toml("closest", "Zlib")], "a.c", "MIT", nil),
            (
                [
                    "a.c": "int a;\n", "a.c.license": "SPDX-License-Identifier: ISC\n",
                    "REUSE.toml": toml("closest", "Zlib"),
                ], "a.c", "ISC", "a.c.license"
            ),
            (
                [
                    "a.c": mit, "a.c.license": "SPDX-License-Identifier: ISC\n",
                    "REUSE.toml": toml("aggregate", "Zlib"),
                ], "a.c", "ISC AND Zlib", "REUSE.toml"
            ),
            (["a.c": mit, "REUSE.toml": toml("override", "Zlib")], "a.c", "Zlib", "REUSE.toml"),
            (["a.c": mit, "REUSE.toml": toml("aggregate", "Zlib")], "a.c", "Zlib AND MIT", "REUSE.toml"),
            (
                [
                    "d/a.c": "int a;\n", "REUSE.toml": toml("closest", "Zlib"),
                    "d/REUSE.toml": toml("closest", "0BSD"),
                ], "d/a.c", "0BSD", "d/REUSE.toml"
            ),
            (
                ["a.c": "int a;\n", ".reuse/dep5": "Format: x\n\nFiles: *.c\nCopyright: A\nLicense: ISC\n"],
                "a.c",
                "ISC", ".reuse/dep5"
            ),
        ]

    private static func toml(_ precedence: String, _ license: String) -> String {
        "version = 1\n[[annotations]]\npath = \"**\"\nprecedence = \"\(precedence)\"\nSPDX-License-Identifier = \"\(license)\"\n"
    }

    @Test("a file has the terms that REUSE gives it", arguments: declarations.indices)
    func declared(_ index: Int) throws {
        let row = Self.declarations[index]
        let file = try #require(try Bench(row.files).scan().file(row.path))
        #expect(file.concluded?.description == row.expression)
        #expect(file.declaredIn == row.source)
    }

    @Test(
        "files that are listed beforehand have the terms a scan gives them, silent ones included",
        arguments: declarations.indices)
    func found(_ index: Int) throws {
        let row = Self.declarations[index]
        let bench = try Bench(row.files)
        let listing = ScanListing(
            files: row.files.map { .init(path: $0.key, length: Int64($0.value.utf8.count)) })
        var findings = try Scanner().find(in: bench.folder.path, listing)
        let file = findings.file(at: row.path) ?? findings.silentFile(at: row.path, length: 7)
        #expect(file.concluded?.description == row.expression && file.declaredIn == row.source)
    }

    static let notices: [(precedence: String, own: String, sidecar: String?, expected: [String])] = [
        ("closest", "", nil, ["2020 Table"]), ("closest", "2021 Own", nil, ["2021 Own"]),
        ("closest", "", "2022 Beside", ["2022 Beside"]),
        ("aggregate", "2021 Own", nil, ["2021 Own", "2020 Table"]),
        ("override", "2021 Own", nil, ["2020 Table"]),
    ]

    @Test(
        "a file has the copyright notices that REUSE gives it, and its duty to name authors is met",
        arguments: notices)
    func statedNotices(_ row: (precedence: String, own: String, sidecar: String?, expected: [String])) throws
    {
        var files = [
            "a.c": row.own.isEmpty ? "int a;\n" : "// SPDX-FileCopyrightText: \(row.own)\n",
            "REUSE.toml": Self.toml(row.precedence, "CC-BY-4.0")
                + "SPDX-FileCopyrightText = \"2020 Table\"\n",
        ]
        files["a.c.license"] = row.sidecar.map { "SPDX-FileCopyrightText: \($0)\n" }
        let report = try Bench(files).scan()
        let file = try #require(report.file("a.c"))
        #expect(file.statedCopyrights.map(\.text) == row.expected)
        #expect(report.judgement.duties.contains { $0.kind == .attribution && $0.isMet == true })
    }

    @Test("what REUSE.toml says of others it does not say of itself")
    func tableIsNoGrant() throws {
        let toml = "# SPDX-License-Identifier: 0BSD\n" + Self.toml("closest", "Zlib")
        let report = try Bench(["a.c": "int a;\n", "REUSE.toml": toml]).scan()
        #expect(report.file("REUSE.toml")?.expression?.description == "0BSD")
        #expect(report.file("REUSE.toml")?.copyrights.isEmpty == true)
    }

    @Test("of listed files the small ones are handed over once, whole and with zeros behind them")
    func handsOver() throws {
        let lengths = [0, 1, 100, ScanListing.room - 1, ScanListing.room, ScanListing.room + 1, 5, 70, 3]
        let bench = try Bench()
        for (number, length) in lengths.enumerated() {
            try bench.folder.write(
                (0..<length).map { UInt8(truncatingIfNeeded: $0 % 251 + 1) }, to: "d/\(number)")
        }
        var listing = ScanListing(
            files: lengths.enumerated().map { .init(path: "d/\($0.offset)", length: Int64($0.element)) })
        listing.files.append(.init(path: "d/none", length: 1))
        let seen = Mutex<[Int: Int]>([:])
        listing.didRead = { contents in
            for file in contents {
                let isWhole = file.bytes.enumerated().allSatisfy {
                    $0.element == UInt8(truncatingIfNeeded: $0.offset % 251 + 1)
                }
                let isPadded =
                    file.padded.count == ScanListing.room
                    && file.padded[file.bytes.count...].allSatisfy { $0 == 0 }
                seen.withLock {
                    $0[file.number, default: 0] += isWhole && isPadded ? file.bytes.count + 1 : -1 << 40
                }
            }
        }
        let findings = try Scanner().find(in: bench.folder.path, listing)
        #expect(findings.files { _ in true }.isEmpty)
        let expected = Dictionary(
            uniqueKeysWithValues: lengths.enumerated().filter { $0.element <= ScanListing.room }
                .map { ($0.offset, $0.element + 1) })
        #expect(seen.withLock { $0 } == expected)
    }

    @Test(
        "a tag in what is no text is found wherever it stands, in any case",
        arguments: ["SPDX", "spdx", "Spdx"])
    func tagInBinary(_ word: String) throws {
        var files: [String: [UInt8]] = [:]
        for gap in 0..<12 {
            files["\(gap).bin"] =
                [0, 1, 2, 3] + [UInt8](repeating: 0x2E, count: gap)
                + Array("\n\(word)-License-Identifier: MIT\n".utf8)
        }
        files["none.bin"] = [0, 1] + Array("MIT licensed, copyright (c) 2020 A. Name; spd x".utf8)
        let bench = try Bench()
        for (name, bytes) in files { try bench.folder.write(bytes, to: name) }
        let terms = try bench.scan().terms
        #expect(terms.count == 12 && terms.values.allSatisfy { $0 == "MIT" })
    }

    static let pointers: [(words: String, isPointer: Bool)] = [
        ("/* See the file COPYING for details. */\nint a;\n", true),
        ("# Copyright 2011 A Person\n# For conditions of use, see LICENSE.txt.\n", true),
        (
            "// Use of this source is governed by the license found in\n// the LICENSE.txt file at the root.\n",
            true
        ),
        ("# Distributed under the terms in the file COPYING.\n", true),
        ("dnl Read the COPYING file before you pass it on.\n", true),
        ("; refer to the accompanying file \"COPYING\".\n", true),
        ("/* This is under copyright; the COPYING file for details. */\n", true),
        ("license-file: COPYING\n", true),
        ("EXTRA_DIST = AUTHORS COPYING NEWS\n", false),
        ("exports_files([\"LICENSE.txt\"])\n", false),
        ("%doc README COPYING ChangeLog\n", false),
        ("cp -a AUTHORS ChangeLog COPYING INSTALL.md \\\n  dist/\n", false),
        ("2011-03-02  A Person\n\n\t* COPYING: Put the text in.\n", false),
        ("if [[ $name =~ LICENSE$ ]]; then role='doc'; fi\n", false),
        ("grunt.copy({ \"in/LICENSE.txt\": \"in/LICENSE.txt\" });\n", false),
        ("Install the COPYING file into $(docdir).\n", false),
    ]

    @Test(
        "a file that points to where its terms stand has them; one that only names the file has not",
        arguments: pointers)
    func pointsToTerms(_ row: (words: String, isPointer: Bool)) throws {
        let text = "SPDX-License-Identifier: Zlib\n"
        let files = ["a.x": row.words, "COPYING": text, "LICENSE.txt": text, "in/LICENSE.txt": text]
        let bench = try Bench(files)
        let file = try #require(try bench.scan().file("a.x"))
        #expect(file.expression?.description == (row.isPointer ? "Zlib" : nil))
        // The same where the files were listed beforehand.
        let listing = ScanListing(
            files: files.map { .init(path: $0.key, length: Int64($0.value.utf8.count)) })
        let found = try Scanner().find(in: bench.folder.path, listing)
        #expect((found.file(at: "a.x")?.expression != nil) == row.isPointer)
    }

    @Test(
        "a pointer means the license file of the nearest folder, and a README beside it may grant later versions"
    )
    func pointsToFolder() throws {
        let gnu = "License: GPL-2.0-only\n"
        let report = try Bench([
            "COPYING": gnu, "README": "The well is licensed under the GNU GPL, version 2 or later.\n",
            "po/de.po": "# This file is distributed under the same license as the well package.\n",
            "po/fr.po": "# This file is distributed under the same license as the PACKAGE package.\n",
            "src/a.c": "/* Use means acceptance of the terms of the accompanying license file. */\n",
            "lib/LICENSE": "License: MIT\n", "lib/b.c": "/* See the LICENSE file for details. */\n",
            "doc/LICENSE.md": "License: ISC\n", "doc/c.sh": "# See LICENSE.txt for distribution terms\n",
        ]).scan()
        #expect(report.file("po/de.po")?.expression?.description == "GPL-2.0-or-later")
        #expect(report.file("po/fr.po")?.expression == nil)
        #expect(report.file("src/a.c")?.expression?.description == "GPL-2.0-or-later")
        #expect(report.file("lib/b.c")?.expression?.description == "MIT")
        // The file was renamed, the notice was not.
        #expect(report.file("doc/c.sh")?.expression?.description == "ISC")
    }

    @Test(
        "a source has the notice of another, and what is under the terms of the whole those of its license file"
    )
    func pointsToWhole() throws {
        let report = try Bench([
            "license.txt": "License: MIT\n",
            "src/kettle.c": "/* Draws. Please see the file LICENSE.txt in the source's root directory. */\n",
            "src/marks.c":
                "/* Generated. This code is licensed under the same license as the containing project.\n * Do not change. */\n",
            "src/lid.pm":
                "package Kettle::Lid;\n# Kettle lids\n# This module is licenced under the same terms as Kettle itself.\n",
            "src/tap.pm": "# This module is licenced under the same terms as Faucet itself.\n",
            "po/de.po": "# This file is distributed under the same license as the Kettle module.\n",
            "zz/zz.h": "/* License: Zlib */\n",
            "zz/in.c":
                "/* in.c\n * For conditions of distribution and use, see copyright notice in zz.h\n */\n",
            "zz/out.c": "/* See zz.h for how it is called; the notice is elsewhere. */\n",
            "zz/far.c": "/* See the copyright notice in gone.h */\n",
            "well/Copyright.txt": "License: ISC\n",
            "well/a.cxx":
                "/* All rights reserved.\n See Copyright.txt or http://well.example/Copyright.html for details. */\n",
            "bar/COPYING": "License: LGPL-2.1-only\n",
            "bar/b.c":
                "/* Distribution and use rights are outlined in the file \"COPYING\" which should be part of it. */\n",
            "all/LICENSE": "License: MIT AND ISC AND Zlib AND BSD-2-Clause\n",
            "all/a.c": "/* Please see the file LICENSE.txt in the root directory. */\n",
            "all/gone.c": "/* Please see the file LICENSE-x11 in the root directory. */\n",
            "all/b.po": "# This file is distributed under the same license as the all package.\n",
            "gnu/COPYING": "License: GPL-2.0-only\n",
            "gnu/a.php":
                "/* See the enclosed file COPYING for license information (GPL).\n * @license  http://bar.example/licenses/gpl GPL\n */\n",
            "gnu/b.php":
                "/* See the file COPYING for more.\n * Released under the GNU General Public License. */\n",
            "bar/README": "Bar\n===\n\nLicensing\n---------\n\nPlease see the file called COPYING.\n",
        ]).scan()
        let expected: [(path: String, expression: String?)] = [
            ("src/kettle.c", "MIT"), ("src/marks.c", "MIT"), ("src/lid.pm", "MIT"), ("src/tap.pm", nil),
            ("po/de.po", "MIT"), ("zz/in.c", "Zlib"), ("zz/out.c", nil), ("zz/far.c", nil),
            ("well/a.cxx", "ISC"),
            ("bar/b.c", "LGPL-2.1-only"),
            ("all/a.c", "MIT"), ("all/gone.c", nil), ("all/b.po", "MIT AND ISC AND Zlib AND BSD-2-Clause"),
            ("gnu/a.php", "GPL-2.0-only"), ("gnu/b.php", "GPL-1.0-or-later"), ("bar/README", "LGPL-2.1-only"),
        ]
        for row in expected {
            #expect(report.file(row.path)?.expression?.description == row.expression, "\(row.path)")
        }
    }

    @Test("a change log has terms where it says so of itself, not for those it tells of")
    func changeLog() throws {
        let report = try Bench([
            "ChangeLog":
                "1.2: Released under the MIT license.\n1.1: Relicensed from GPL-2.0 to the Apache License 2.0.\n",
            "doc/NEWS.md":
                "This file is licensed under the MIT License.\n\n* 1.0: lib/a.c is under the GPL now.\n",
            "a.txt": "Released under the MIT license.\n",
        ]).scan()
        #expect(report.file("ChangeLog")?.expression == nil)
        #expect(report.file("doc/NEWS.md")?.expression?.description == "MIT")
        #expect(report.file("a.txt")?.expression?.description == "MIT")
    }

    @Test("a page or manual about licenses is no license file")
    func pages() {
        let roles: [(path: String, role: FileRole)] = [
            ("LICENSE", .licenseText), ("license-1.1", .licenseText), ("licenses/mit.txt", .licenseText),
            ("licenses/mit.md", .licenseText), ("man/license.7", .other),
            ("docs/licenses/index.html", .other),
            ("docs/licenses.md", .notice), ("license.py", .other),
        ]
        for (path, role) in roles { #expect(FileRole(path: path) == role, "\(path)") }
    }

    @Test("what stands behind the dot tells whether a file is a license or deals with licenses")
    func endings() {
        let texts = [
            "LICENSE", "License.txt", "licence.MD", "COPYING.rst", "license.rtf", "LICENSE.pdf", "LICENSE.gz",
            "LICENSE.MIT", "LICENSE.BSD-3-Clause", "COPYING.GPLv3", "LICENSE.mit-license", "license.libpng",
            "COPYING.LIB", "COPYING.LESSER", "LICENSE-2.0", "license_1_0", "LICENSE.code", "COPYING.data",
            "LICENSE.ja", "LICENSE.pt_BR", "LICENSE.amdgpu", "LICENCE.ene_firmware", "LICENSE.APACHE2",
            "licenses/GPL-2.0", "licenses/pump.license", "LICENSE.APACHE-2.0", "COPYING.LGPLv2.1",
            "COPYING.JIT",
        ]
        for path in texts { #expect(FileRole(path: path) == .licenseText, "\(path)") }
        let endings = """
            hs dart ex exs ml mli erl hrl clj elm jl nim zig cr d fs groovy gradle R svelte vue m mm cu hh cxx hx gd \
            sol scss less proto graphql cmake nix ps1 kts mts cts pyx pyi ipynb csv ini png properties resx strings po \
            plist erb haml twig hbs ejs pug f90 adb pas vb tcl awk v sv asm c h hpp cc py sh java rs go ts lua php rb \
            swift kt cs css jsx mjs tsv yaml toml svg sql scala pl pm el json vim s jpg gif ico wav db lock tmpl tar.gz
            """
        for ending in endings.split(separator: " ") {
            #expect(FileRole(path: "src/License.\(ending)") == .other, "\(ending)")
            #expect(FileRole(path: "src/LICENSE.\(ending)") == .other, "\(ending)")
            #expect(FileRole(path: "src/Copyright.\(ending)") == .other, "\(ending)")
        }
    }

    @Test("what a license file says besides its license is told, and only there")
    func residue() throws {
        let license = """
            Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby
            granted.

            THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING
            ALL IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL,
            DIRECT, INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS,
            WHETHER IN AN ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE
            USE OR PERFORMANCE OF THIS SOFTWARE.
            """
        let rider = "\n\nPumps that run on it must be painted green, and their owners shall agree to that.\n"
        let report = try Bench([
            "LICENSE": license + "\n", "in/LICENSE": license + rider,
            "a.c": "/*\n" + license + rider + "*/\n", "LICENSES/LicenseRef-Wells.txt": rider,
            "sold/LICENSE": "Copyright (c) 2020 A. Wright, but excluding resale\n\n" + license + "\n",
        ]).scan()
        #expect(report.file("LICENSE")?.residue.isEmpty == true)
        let rest = try #require(report.file("in/LICENSE")?.residue.first)
        #expect(rest.words.hasPrefix("Pumps that run on it must"))
        #expect(rest.lines.lowerBound == 10)
        #expect(report.file("a.c")?.residue.isEmpty == true)
        #expect(report.terms["in/LICENSE"] == "0BSD")
        #expect(report.file("LICENSES/LicenseRef-Wells.txt")?.residue.isEmpty == true)
        #expect(report.file("sold/LICENSE")?.residue.first?.words.contains("excluding") == true)
    }

    @Test("a torrent needs no terms, and a file that only bears the name of one does")
    func torrents() throws {
        let report = try Bench([
            "a.c": Self.mit, "well.torrent": "d8:announce3:url4:infod4:name4:wellee", "b.torrent": "int x;\n",
        ]).scan()
        let without = report.judgement.verdict.parts.map(\.part).filter(\.expression.isEmpty)
        #expect(without.map(\.sampleFile) == ["b.torrent"] && without.map(\.fileCount) == [1])
    }

    @Test("a file that bears the name of a version control's folder is the work's own")
    func controlNames() throws {
        let report = try Bench([
            "completion/_darcs": Self.mit, "CVS": Self.mit, "in/.hg/a.c": Self.mit, ".svn/b.c": Self.mit,
        ]).scan()
        #expect(report.files.map(\.file.path) == ["CVS", "completion/_darcs"])
    }

    @Test("REUSE.toml that cannot be read is told of, and the scan goes on")
    func badAnnotations() throws {
        let report = try Bench(["a.c": Self.mit, "REUSE.toml": "version = "]).scan()
        #expect(report.terms["a.c"] == "MIT")
        #expect(report.notes.contains { $0.path == "REUSE.toml" && $0.severity == .warning })
    }

    @Test(
        "a tag that other tools do not understand is told of",
        arguments: [
            ("GPLv2", "GPL-2.0-only"), ("Apache 2.0", "Apache-2.0"), ("MIT", nil), ("GPL-2.0+", nil),
            ("LicenseRef-Own", nil), ("MIT OR apache-2.0", nil),
        ])
    func namedTags(_ tag: String, _ meant: String?) throws {
        let report = try Bench(["a.c": "// SPDX-License-Identifier: \(tag)\nint a;\n"]).scan()
        let told = report.notes.filter { $0.path == "a.c" && $0.text.contains("SPDX list") }
        #expect(told.map { $0.text.hasSuffix("\(meant ?? "") is meant") } == (meant == nil ? [] : [true]))
    }

    @Test(
        "a key of REUSE.toml that is nearly one is no other key",
        arguments: [
            ("SPDX-License-Identifer", true), ("SPDX-FileCopyRightText", true), ("precedance", true),
            ("SPDX-FileComment", false), ("remark", false),
        ])
    func nearlyKeys(_ key: String, isMisspelled: Bool) throws {
        let annotations = """
            version = 1
            [[annotations]]
            path = "**"
            SPDX-License-Identifier = "MIT"
            """
        let report = try Bench(["a.c": "int a;\n", "REUSE.toml": "\(annotations)\n\(key) = \"x\"\n"]).scan()
        #expect(report.notes.contains { $0.text.contains("`\(key)` is no key") } == isMisspelled)
        #expect(report.terms["a.c"] == (isMisspelled ? nil : "MIT"))
    }

    @Test("the report is the same for any number of threads, and sorted")
    func order() throws {
        var files: [String: String] = [:]
        for number in 0..<200 {
            files["d\(number % 7)/f\(number).c"] = number % 3 == 0 ? Self.mit : "int x;\n"
        }
        let bench = try Bench(files)
        let one = try bench.scan { $0.threads = 1 }
        let many = try bench.scan { $0.threads = 8 }
        #expect(one == many)
        #expect(
            one.files.map(\.file.path) == files.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
        #expect(one.counts.files == 200 && one.counts.bytes > 0)
    }

    @Test("no link is followed, and a name that is no UTF-8 is read all the same")
    func oddFiles() throws {
        let bench = try Bench(["in/a.c": "int a;\n", "out/secret.c": Self.mit])
        let root = bench.folder["in"].path
        #expect(symlink("../out/secret.c", root + "/link.c") == 0)
        #expect(symlink("../out", root + "/folder") == 0)
        let raw = Array(root.utf8) + Array("/\u{FF}".unicodeScalars.flatMap { $0 == "/" ? [0x2F] : [0xFF] })
        let descriptor = (raw.map { CChar(bitPattern: $0) } + [0]).withUnsafeBufferPointer {
            open($0.baseAddress!, O_WRONLY | O_CREAT, 0o644)
        }
        #expect(descriptor >= 0)
        _ = Self.mit.withCString { write(descriptor, $0, Self.mit.utf8.count) }
        close(descriptor)
        let report = try bench.scan("in")
        #expect(report.files.map(\.file.path) == ["a.c", "\u{FFFD}"])
        #expect(report.terms["\u{FFFD}"] == "MIT")
        #expect(report.counts.skipped == 2)
    }

    @Test("a long file is looked at in windows, and what is found is told once and where it stands")
    func windows() throws {
        let filler = String(repeating: "int x;\n", count: 450_000)
        let report = try Bench(["a.c": filler + Self.mit + filler]).scan()
        let file = try #require(report.file("a.c"))
        #expect(file.expression?.description == "MIT")
        let tags = file.findings.filter { $0.kind == .tag }
        #expect(tags.count == 1)
        #expect(tags.first?.lines == 450_001...450_001)
        let start = try #require(tags.first?.bytes.lowerBound)
        #expect(start >= filler.utf8.count && start < filler.utf8.count + Self.mit.utf8.count)
    }

    @Test("a scan that is stopped leaves a report that says so")
    func cancelled() throws {
        let bench = try Bench(["a.c": Self.mit])
        let cancellation = ScanCancellation()
        cancellation.cancel()
        var options = ScanOptions()
        options.selection = .everything
        let report = try Scanner(options, cancellation: cancellation).scan(bench.folder.path)
        #expect(report.isPartial && report.files.isEmpty)
    }

    @Test("what is not there, or no file, is an error")
    func refusals() throws {
        #expect(throws: ScanError(.notFound, path: "/nowhere/at/all")) {
            try Scanner().scan("/nowhere/at/all")
        }
        #expect(throws: ScanError(.notAFile, path: "/dev/null")) { try Scanner().scan("/dev/null") }
        let bench = try Bench(["a.c": Self.mit])
        #expect(throws: ScanError.self) { try bench.scan { $0.selection = .staged } }
    }
}

// REUSE-IgnoreEnd
