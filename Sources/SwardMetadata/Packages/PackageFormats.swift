// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardJSON

/// Package manifests, by ecosystem.
enum PackageFormats {
    static let all = javaScript + python + system + plainJSON + scripts + ports + plainYAML

    private static let javaScript = [npm, bower, deno, elm, composer, cargo]
    private static let python = [pyproject, setupCfg, setupPy, pkgInfo]
    private static let system = [
        maven, nuspec, msbuild, packageXML, appStream, debianCopyright, rpmSpec, cranDescription, cabal,
        hpack,
    ]

    /// The value of a JSON file, if it has one.
    static func json(_ file: MetadataFile) -> (value: LocatedValue, isMalformed: Bool)? {
        if let known = file.memory.json { return known }
        let document = LenientJSON(
            file.bytes, maximumDepth: file.limits.depth, maximumValues: file.limits.values)
        let found = document.value.map { (value: $0, isMalformed: document.isMalformed) }
        file.memory.json = .some(found)
        return found
    }

    /// Whether the words of terms occur at all; saves the parsing of files that only share an ending.
    static func mentionsTerms(_ file: MetadataFile) -> Bool {
        let bytes = file.bytes
        return bytes.find("licen") != nil || bytes.find("rights") != nil
    }
}
