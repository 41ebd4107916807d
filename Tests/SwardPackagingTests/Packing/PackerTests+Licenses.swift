// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Support
import SwardJSON
import SwardBundle
import SwardPackaging
import Testing

extension PackerTests {
    @Test(
        "a license file beside files that say nothing is proposed, taken when told to, and is the text that goes along"
    )
    func licenseFileOfTheWork() throws {
        let text = try Fixture("../LICENSES/CC0-1.0.txt").text
        let bench = try Bench(["COPYING": text, "a.c": "int a;", "src/b.c": "int b;"])
        func pack(_ change: (inout PackOptions) -> Void) throws -> PackReport {
            try bench.pack {
                $0.creators = ["A. Name"]
                change(&$0)
            }
        }
        let error = #expect(throws: PackagingError.self) { try pack { _ in } }
        #expect(
            error?.reason
                == .foundOnly(
                    ["a.c", "src/b.c"].map {
                        FoundProposal(path: $0, expression: "CC0-1.0", source: "COPYING")
                    }))
        let report = try pack { $0.acceptsFound = true }
        #expect(
            report.warnings == [
                .acceptedFound(expression: "CC0-1.0", source: "COPYING", paths: ["a.c", "src/b.c"])
            ])
        #expect(try bench.outer.read("work/LICENSES/CC0-1.0.txt") == Array(text.utf8))
        let manifest = try #require(try BundleManifest.read(bench.info()))
        #expect(manifest.expressions == ["CC0-1.0"] && manifest.texts == ["CC0-1.0": "LICENSES/CC0-1.0.txt"])
    }

    @Test("a text that a license demands and nobody has is an error that says where it was sought")
    func missingText() throws {
        let bench = try Bench(["a.txt": "1"])
        let error = #expect(throws: PackagingError.self) {
            try bench.pack {
                Self.options(&$0)
                $0.license = "ISC"
            }
        }
        guard case .licenseTextsMissing(let missing) = error?.reason else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(missing.map(\.identifier) == ["ISC"])
        #expect(missing[0].searched == ["LICENSES/ISC.txt", "/nowhere/ISC.txt"])
        #expect(!missing[0].addresses.isEmpty)
        // For a license that is content with its address it is a warning.
        let report = try bench.pack {
            Self.options(&$0)
            $0.license = "CC-BY-4.0"
        }
        #expect(report.warnings.count == 1 && report.torrents.count == 1)
        try bench.write("the text", "LICENSES/ISC.txt")
        let found = try bench.pack {
            Self.options(&$0)
            $0.license = "ISC"
            $0.replaces = true
        }
        #expect(found.warnings.isEmpty)
        #expect(try BundleManifest.read(bench.info())?.texts == ["ISC": "LICENSES/ISC.txt"])
    }

    @Test("a license of the author's own needs its text in the work")
    func customLicense() throws {
        let bench = try Bench(["a.txt": "1"])
        #expect(throws: PackagingError.self) {
            try bench.pack {
                Self.options(&$0)
                $0.license = "LicenseRef-mine"
            }
        }
        try bench.write("my \"terms\"\n", "LICENSES/LicenseRef-mine.txt")
        try bench.pack {
            Self.options(&$0)
            $0.license = "LicenseRef-mine"
        }
        let infos = try JSONValue(bench.outer.read("work/work.spdx.json"))["hasExtractedLicensingInfos"]?
            .array
        #expect(infos?.first?["extractedText"]?.string == "my \"terms\"\n")
    }
}
