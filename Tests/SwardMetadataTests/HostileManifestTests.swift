// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Hostile
import SwardDetection
import SwardMetadata
import SwardSPDX
import Support
import Testing

@Suite("Manifests nobody vouches for") struct HostileManifestTests {
    static let cases =
        JSONManifestTests.cases + ManifestTests.cargo + ManifestTests.python + ManifestTests.java
        + ManifestTests.distributions + ScriptManifestTests.languages + ScriptManifestTests.distributions
        + ScriptManifestTests.yaml + DescriptorTests.json + DescriptorTests.xml + DescriptorTests.pages

    @Test("a file cut off at any byte is read up to there", arguments: cases)
    func truncated(_ row: ManifestCase) {
        let bytes = Array(row.text.utf8)
        let step = max(1, bytes.count / 12)
        for end in stride(from: 0, to: bytes.count, by: step) {
            for found in ManifestCase.read(row.path, Array(bytes[..<end])).flatMap(\.findings) {
                #expect(found.bytes.upperBound <= end)
            }
        }
    }

    @Test("bytes changed at random harm nothing", arguments: cases)
    func changed(_ row: ManifestCase) {
        var random = SplitMix64(seed: 7)
        let signs = Array("{}[]()\"'<>:=,\n\\ -#&".utf8) + [0, 0xFF]
        for _ in 0..<3 {
            var bytes = Array(row.text.utf8)
            for _ in 0..<4 where !bytes.isEmpty {
                let place = random.below(bytes.count)
                bytes[place] = signs[random.below(signs.count)]
            }
            for found in ManifestCase.read(row.path, bytes).flatMap(\.findings) {
                #expect(found.bytes.upperBound <= bytes.count)
            }
        }
    }

    static let deep: [(path: String, head: String, unit: String)] = [
        ("package.json", "{\"license\":", "["), ("package.json", "", "{\"a\":"),
        ("meta.yaml", "about:\n  license: ", "["),
        ("meta.yaml", "", "- "), ("meta.yaml", "", "{a: "), ("Cargo.toml", "[package]\na = ", "["),
        ("Cargo.toml", "[package]\na = ", "{a="), ("Cargo.toml", "[", "a."),
        ("pom.xml", "<project>", "<licenses>"),
        ("pom.xml", "<project>", "<a></b>"), ("a.html", "<p>license", "<a rel=license>"),
        ("a.html", "license<p ", "a=1 "),
        ("a.html", "license", "<!--"), ("a.html", "license", "<script>"), ("setup.py", "setup(license=", "("),
        ("setup.py", "", "license=(["), ("a.nix", "{license=", "["), ("a.ebuild", "LICENSE=\"", "|| ( "),
        ("a.rb", "class A < Formula\nlicense ", "any_of: ["), ("a.gemspec", "", "license "),
        ("a.spec", "Name: a\nLicense: ", "(MIT and "),
        ("debian/copyright", "Format: x\n\n", "Files: *\nLicense: a\n\n"),
        ("DESCRIPTION", "Package: a\nVersion: 1\nLicense: ", "GPL | "),
        ("a.ttl", "", " :license "), ("Dockerfile", "LABEL ", "license=\\\n"),
        ("a.geojson", "{\"license\":", "\"\\u"),
        ("PKG-INFO", "Metadata-Version: 1\nLicense: ", "a\n "), ("Makefile", "LICENSE= ", "a \\\n"),
        ("README.md", "---\n", "license: &a\n"),
        ("a.jsonld", "{\"@context\":1,\"@graph\":[", "{\"license\":{\"@id\":\"#\"}},"),
        ("a.xml", "<rdf:RDF>", "<cc:license/>"),
        ("info.rkt", "(define license '", "("), ("build.gradle", "", "license { name "),
        ("a.app.src", "", "{licenses,["),
        ("package.json", "{\"license\":\"", "MIT and/or, "), ("opam", "license: ", "\"MIT\" "),
    ]

    @Test("a long run of one construct costs no more than its length", arguments: deep)
    func repeated(_ row: (path: String, head: String, unit: String)) {
        let unit = Array(row.unit.utf8)
        let times = growth { count in
            var bytes = Array(row.head.utf8)
            while bytes.count < count { bytes += unit }
            _ = ManifestCase.read(row.path, bytes)
        }
        #expect(times < 24, "\(row.path) \(row.unit)")
    }

    @Test("no content made to be slow costs more than its length", arguments: HostileFile.all)
    func hostile(_ file: HostileFile) {
        #expect(growth { _ = ManifestCase.read(file.path, file.bytes($0)) } < 24, "\(file)")
    }
}
