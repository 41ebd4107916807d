// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardDetection
import SwardMetadata
import SwardSPDX
import Testing

@Suite("Manifests in JSON") struct JSONManifestTests {
    static let cases: [ManifestCase] = [
        ManifestCase("a/package.json", #"{"name":"pump","version":"1.0.0","license":"MIT"}"#, "MIT"),
        ManifestCase("package.json", #"{"license":"(MIT OR Apache-2.0)"}"#, "MIT OR Apache-2.0"),
        ManifestCase("package.json", #"{"license":"mit"}"#, "MIT"),
        ManifestCase("package.json", #"{"license":"GPL-2.0"}"#, "GPL-2.0-only"),
        ManifestCase("package.json", #"{"license":"GPL-3.0+"}"#, "GPL-3.0-or-later"),
        ManifestCase(
            "package.json", #"{"license":"GPL-2.0-or-later WITH Classpath-exception-2.0"}"#,
            "GPL-2.0-or-later WITH Classpath-exception-2.0"),
        ManifestCase("package.json", #"{"license":{"type":"ISC","url":"http://example.com"}}"#, "ISC"),
        ManifestCase(
            "package.json", #"{"licenses":[{"type":"MIT","url":"x"},{"type":"GPL-2.0"}]}"#,
            "MIT OR GPL-2.0-only"),
        ManifestCase("package.json", #"{"licenses":["MIT","Apache-2.0"]}"#, "MIT OR Apache-2.0"),
        ManifestCase(
            "package.json", #"{"licenses":[{"url":"https://www.apache.org/licenses/LICENSE-2.0"}]}"#,
            "Apache-2.0"),
        ManifestCase("package.json", #"{"license":"SEE LICENSE IN COPYING.md"}"#, nil),
        ManifestCase("package.json", #"{"license":"UNLICENSED"}"#, "LicenseRef-Proprietary"),
        ManifestCase("package.json", #"{"license":"Apache 2.0"}"#, "Apache-2.0"),
        ManifestCase("package.json", #"{"license":"Apache License, Version 2.0"}"#, "Apache-2.0"),
        ManifestCase("package.json", #"{"license":"BSD"}"#, "BSD-3-Clause"),
        ManifestCase("package.json", #"{"license":"MIT/X11"}"#, "MIT"),
        ManifestCase("package.json", #"{"license":"LicenseRef-Meadow"}"#, "LicenseRef-Meadow"),
        ManifestCase(
            "package.json", #"{"license":"The Meadow Terms, 3rd try"}"#, "LicenseRef-The-Meadow-Terms-3rd-try"
        ),
        ManifestCase("package.json", #"{"name":"x"}"#, nil),
        ManifestCase("package.json", #"{"license":"MIT","license":"ISC"}"#, "ISC"),
        ManifestCase("package.json", "\u{FEFF}{\n// why\n\"license\" : \"ISC\",\n}", "ISC"),
        ManifestCase("package.json", #"{"license":"MIT","dependencies":{"#, "MIT"),
        ManifestCase("package-lock.json", #"{"packages":{"a":{"license":"MIT"}}}"#, nil),
        ManifestCase("bower.json", #"{"name":"b","license":["MIT","GPL-2.0-only"]}"#, "MIT OR GPL-2.0-only"),
        ManifestCase(
            "composer.json", #"{"name":"a/b","license":["LGPL-2.1-only","GPL-3.0-or-later"]}"#,
            "LGPL-2.1-only OR GPL-3.0-or-later"),
        ManifestCase(
            "composer.json", #"{"license":"(LGPL-2.1-only or GPL-3.0-or-later)"}"#,
            "LGPL-2.1-only OR GPL-3.0-or-later"),
        ManifestCase("composer.json", #"{"license":"proprietary"}"#, "LicenseRef-Proprietary"),
        ManifestCase(
            "elm.json", #"{"type":"package","name":"a/b","license":"BSD-3-Clause"}"#, "BSD-3-Clause"),
        ManifestCase("haxelib.json", #"{"name":"h","license":"Public"}"#, "LicenseRef-public-domain"),
        ManifestCase("dub.json", #"{"name":"d","license":"BSL-1.0"}"#, "BSL-1.0"),
        ManifestCase("deno.json", #"{"name":"@a/b","version":"1.0.0","license":"MIT"}"#, "MIT"),
        ManifestCase("vcpkg.json", #"{"name":"v","license":"BSD-2-Clause OR MIT"}"#, "BSD-2-Clause OR MIT"),
        ManifestCase("Alamo.podspec.json", #"{"name":"A","license":{"type":"MIT","file":"LICENSE"}}"#, "MIT"),
        ManifestCase(
            "metadata.json",
            #"{"name":"u-m","version":"1","author":"u","license":"Apache-2.0","source":"s","dependencies":[]}"#,
            "Apache-2.0"),
    ]

    @Test("a manifest in JSON is read as its ecosystem reads it", arguments: cases)
    func reads(_ row: ManifestCase) { row.check() }

    @Test("the value is located, and the package told")
    func facts() throws {
        let text =
            "{\n  \"name\": \"@a/b\",\n  \"version\": \"1.2\",\n  \"author\": {\"name\": \"Ada\"},\n  \"license\": \"MIT\"\n}\n"
        let found = try #require(ManifestCase("package.json", text, nil).metadata.first)
        let finding = try #require(found.findings.first)
        #expect(Array(text.utf8)[finding.bytes].elementsEqual("MIT".utf8))
        #expect(finding.lines == 5...5)
        #expect(finding.rule == "npm:license" && finding.kind == .metadata && finding.score == 100)
        let facts = try #require(found.packageFacts)
        #expect(facts.purl == "pkg:npm/%40a/b@1.2")
        #expect(facts.name == "@a/b" && facts.authors == ["Ada"])
        #expect(facts.declares?.description == "MIT")
    }

    @Test("a pointer to a file is kept, and a closed package is evidence")
    func pointers() throws {
        let see = ManifestCase("package.json", #"{"license":"SEE LICENSE IN docs/LICENSE.txt"}"#, nil)
            .metadata
        #expect(see.first?.packageFacts?.licenseFiles == ["docs/LICENSE.txt"])
        let closed = ManifestCase("package.json", #"{"license":"UNLICENSED"}"#, nil).metadata
        #expect(closed.first?.evidence.map(\.mark) == [.proprietary])
        #expect(closed.first?.evidence.first?.quote == "UNLICENSED")
    }
}
