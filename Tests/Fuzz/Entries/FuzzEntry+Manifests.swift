// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardDetection
import SwardMetadata

/// Manifests, descriptors and pages: one entry for each notation, under the names that have it read.
extension FuzzEntry {
    package static let manifestJSON = manifest(
        "manifest-json", ["package.json", "composer.json", "a.jsonld", "a.geojson", "META.json", "a.ipynb"])
    package static let manifestTOML = manifest("manifest-toml", ["Cargo.toml", "pyproject.toml"])
    package static let manifestYAML = manifest(
        "manifest-yaml", ["meta.yaml", "openapi.yaml", "CITATION.cff", "README.md"])
    package static let manifestMarkup = manifest(
        "manifest-markup", ["pom.xml", "a.nuspec", "a.xml", "a.html", "a.metainfo.xml", "package.xml"])
    package static let manifestScript = manifest(
        "manifest-script",
        ["setup.py", "a.gemspec", "a.nix", "a.scm", "a.rb"])
    package static let manifestLines = manifest(
        "manifest-lines",
        [
            "debian/copyright", "DESCRIPTION", "PKG-INFO", "setup.cfg", "a.spec", "PKGBUILD", "a-1.ebuild",
            "a.bb",
            "Makefile", "a.cabal", "a.ttl", "Dockerfile", "p/readme.txt",
        ])

    private static func manifest(_ name: String, _ paths: [String]) -> FuzzEntry {
        FuzzEntry(name: name) { (bytes: [UInt8]) throws(Violation) in
            for path in paths {
                let found = bytes.withUnsafeBytes { MetadataReader.read(path: path, bytes: $0) }
                for metadata in found {
                    try check("a file has a bounded number of findings", metadata.findings.count <= 1_000)
                    for finding in metadata.findings {
                        try check("a finding lies in the file", finding.bytes.upperBound <= bytes.count)
                        try check("lines count from one", finding.lines.lowerBound >= 1)
                        try check("a score is a score", 0...100 ~= finding.score)
                        try check("it is of this kind", finding.kind == .metadata)
                    }
                    for range in metadata.settled + metadata.declarations.map(\.bytes) {
                        try check("a place lies in the file", range.upperBound <= bytes.count)
                    }
                    for text in metadata.texts {
                        try check("prose lies in the file", text.bytes.upperBound <= bytes.count)
                    }
                }
            }
        }
    }
}
