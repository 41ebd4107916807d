// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Support
import SwardDetection
import SwardPackaging
import SwardPolicy
import SwardReport
import SwardScan
import Testing

// The texts below are tests' own.
// REUSE-IgnoreStart

@Suite("What packing finds in a work") struct FoundInWorkTests {
    private static func terms(_ license: String?, despite reason: String? = nil) -> (inout PackOptions) ->
        Void
    {
        {
            $0.license = license
            $0.creators = ["A. Name"]
            $0.despiteFound = reason
        }
    }

    /// What packing refuses the work for.
    private func refusal(_ files: [String: String], _ license: String?) throws -> PackagingError {
        let bench = try Bench(files)
        return try #require(throws: PackagingError.self) { try bench.pack(Self.terms(license)) }
    }

    static let grant = """
        This program is free software; you can redistribute it and/or modify it under the terms of the GNU General Public
        License as published by the Free Software Foundation, either version 3 of the License, or (at your option) any
        later version.
        """

    @Test("a file that grants less than is to be declared stops it, until a reason is given")
    func contradicts() throws {
        let files = ["a.c": "/* \(Self.grant) */\n", "b.txt": "text"]
        let error = try refusal(files, "MIT")
        #expect(error.paths == ["a.c"])
        guard case .contradictsFound(let found) = error.reason else {
            Issue.record("\(error.reason)")
            return
        }
        #expect(found.map(\.found) == ["GPL-3.0-or-later"] && found.map(\.declared) == ["MIT"])
        let report = try Bench(files).pack(Self.terms("MIT", despite: "its holder gave it under both"))
        #expect(report.warnings.contains(.contradictsFound(found[0])))
    }

    @Test("words that take back what is to be declared stop it too")
    func fences() throws {
        let files = ["a.txt": "Licensed under the MIT license, for non-commercial use only.\n"]
        let error = try refusal(files, "MIT")
        guard case .fenced(let marks) = error.reason else {
            Issue.record("\(error.reason)")
            return
        }
        #expect(marks.map(\.mark) == [.riderNoncommercial] && error.paths == ["a.txt"])
        let bench = try Bench(files)
        let report = try bench.pack(Self.terms("MIT", despite: "the words are a quotation"))
        #expect(report.warnings.contains { if case .fenced = $0 { true } else { false } })
        // The bundle is what it is: whoever gets it is told.
        #expect(try Verifier().verify(torrent: bench.torrent).isSound == false)
    }

    @Test("a license's text is under itself, and what else lies beside it under what its folder is")
    func besideTexts() throws {
        let gpl = try String(contentsOfFile: "/usr/share/common-licenses/GPL-3", encoding: .utf8)
        let bench = try Bench([
            "package.json": "{\"name\": \"kettle\", \"license\": \"Zlib\"}", "a.js": "let a = 1;\n",
            "licenses/gpl-3-0.txt": gpl, "licenses/tool.conf": "prune: .\n",
        ])
        let report = try bench.pack {
            $0.creators = ["A. Name"]
            $0.acceptsFound = true
        }
        var terms: [String: String] = [:]
        for case .acceptedFound(let expression, _, let paths) in report.warnings {
            for path in paths { terms[path] = expression }
        }
        #expect(terms["licenses/gpl-3-0.txt"] == "GPL-3.0-only")
        #expect(terms["licenses/tool.conf"] == "Zlib")
    }

    @Test("the text of another license than the file's name says stops it")
    func wrongText() throws {
        let gpl = "/usr/share/common-licenses/GPL-3"
        let text = try String(contentsOfFile: gpl, encoding: .utf8)
        let error = try refusal(["a.txt": "text", "LICENSES/CC-BY-SA-4.0.txt": text], "CC-BY-SA-4.0")
        guard case .fenced(let marks) = error.reason else {
            Issue.record("\(error.reason)")
            return
        }
        #expect(marks.map(\.mark) == [.wrongText] && error.paths == ["LICENSES/CC-BY-SA-4.0.txt"])
        #expect(
            try Bench(["a.txt": "text", "LICENSES/GPL-3.0-or-later.txt": text])
                .pack(Self.terms("GPL-3.0-or-later")).warnings == [])
    }

    @Test("of what packing adds nothing is without terms")
    func scansClean() throws {
        let bench = try Bench(["a.txt": "text"])
        try bench.pack { Self.terms("CC-BY-SA-4.0")(&$0) }
        var options = ScanOptions()
        options.policy = .redistributable
        let report = try Scanner(options).scan(bench.folder)
        #expect(report.judgement.verdict.redistribution == .permitted)
        #expect(report.judgement.policyFindings == [])
    }

    @Test("terms that stand in words only are proposed, and taken when that is wanted")
    func proposes() throws {
        let files = ["a.c": "/* \(Self.grant) */\n"]
        let error = try refusal(files, nil)
        #expect(
            error.reason == .foundOnly([.init(path: "a.c", expression: "GPL-3.0-or-later", source: nil)]))
        let report = try Bench(files).pack {
            Self.terms(nil)(&$0)
            $0.acceptsFound = true
        }
        #expect(report.expressions.map(\.expression) == ["GPL-3.0-or-later"])
    }

    @Test(
        "whom LICENSE names holds files that name nobody, unless a notice is given",
        arguments: [
            (["A. Name"], [], true, "2024 C. Name"), ([], [], true, "2024 C. Name"),
            ([], [], false, "2024 C. Name"), (["A. Name"], [], false, "A. Name"),
            (["A. Name"], ["2020 B. Name"], true, "2020 B. Name"),
        ])
    func holders(creators: [String], copyright: [String], isAccepted: Bool, holder: String) throws {
        let bench = try Bench([
            "LICENSE": "Copyright (c) 2024 C. Name\n\nLicensed under the Zlib license.\n", "a.py": "a = 1\n",
        ])
        let report = try bench.pack {
            $0.license = isAccepted ? nil : "Zlib"
            $0.acceptsFound = isAccepted
            ($0.creators, $0.copyright) = (creators, copyright)
        }
        #expect(report.expressions.map(\.expression) == ["Zlib"])
        let annotations = try String(contentsOfFile: "\(bench.folder)/REUSE.toml", encoding: .utf8)
        #expect(annotations.contains("SPDX-FileCopyrightText = \"") && annotations.contains(holder))
    }

    @Test("a page about the license of the whole is under it")
    func licensePage() throws {
        let text = try Fixture("../LICENSES/CC0-1.0.txt").text
        let files = ["LICENSE.txt": text, "docs/license.md": "# CC0-1.0 License\n", "a.txt": "text"]
        let report = try Bench(files).pack {
            Self.terms(nil)(&$0)
            $0.acceptsFound = true
        }
        #expect(report.expressions.map(\.expression) == ["CC0-1.0"])
    }

    @Test("where nothing is found for some files, it is told what was found for the others")
    func proposesForSome() throws {
        let error = try refusal(["src/a.c": "/* \(Self.grant) */\n", "b.txt": "text"], nil)
        let found = FoundProposal(path: "src/a.c", expression: "GPL-3.0-or-later", source: nil)
        #expect(error.reason == .withoutLicense(found: [found]) && error.paths == ["b.txt"])
    }
}

// REUSE-IgnoreEnd
