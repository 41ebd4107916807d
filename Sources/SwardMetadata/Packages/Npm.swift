// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardJSON

/// Manifests in JSON of JavaScript and its neighbours.
extension PackageFormats {
    /// Source: docs.npmjs.com, "package.json": an SPDX expression, `SEE LICENSE IN <file>`, `UNLICENSED`, and the old
    /// objects and `licenses` lists, which the same page rewrites as a choice.
    static let npm = MetadataFormat(
        name: "npm", names: ["package.json"], read: { readNpm($0, "npm", purl: "npm") })

    /// Source: bower's specification; a list is left open there, so it is read as npm's.
    static let bower = MetadataFormat(
        name: "bower", names: ["bower.json", ".bower.json"], read: { readNpm($0, "bower", purl: "bower") })

    /// JSR and Deno.
    static let deno = MetadataFormat(
        name: "deno", names: ["deno.json", "deno.jsonc", "jsr.json"], read: { readNpm($0, "deno", purl: nil) }
    )

    /// Elm packages. Source: package.elm-lang.org: an OSI license by its SPDX identifier.
    static let elm = MetadataFormat(
        name: "elm", names: ["elm.json", "elm-package.json"], read: { readNpm($0, "elm", purl: "elm") })

    private static func readNpm(_ file: MetadataFile, _ format: String, purl: String?) -> FileMetadata? {
        guard let root = json(file), root.value.isMap else { return nil }
        let value = root.value
        var manifest = Manifest(format, file, .npm)
        if root.isMalformed { manifest.markMalformed() }
        let name = value["name"]?.string
        manifest.facts.version = value["version"]?.string
        manifest.facts.homepage = value["homepage"]?.string
        for person in [value["author"], value["contributors"], value["authors"], value["maintainers"]] {
            for one in person?.oneOrMore ?? [] { manifest.author(one.string ?? one["name"]?.string) }
        }
        if let license = value["license"] { readNpmLicense(license, "license", &manifest) }
        if !manifest.hasFindings, let licenses = value["licenses"] {
            readNpmLicense(licenses, "licenses", &manifest)
        }
        if !manifest.hasFindings, let licence = value["licence"] {
            readNpmLicense(licence, "licence", &manifest)
        }
        manifest.settleAll()
        guard let name else { return manifest.package() }
        // A scope is a namespace: "@scope/name".
        if name.hasPrefix("@"), let slash = name.firstIndex(of: "/") {
            manifest.facts.name = String(name[name.index(after: slash)...])
            var found = manifest.package(purl: purl, namespace: String(name[..<slash]))
            found.packageFacts?.name = name
            return found
        }
        manifest.facts.name = name
        return manifest.package(purl: purl)
    }

    private static func readNpmLicense(_ value: LocatedValue, _ field: String, _ manifest: inout Manifest) {
        let parts = value.oneOrMore.prefix(64).compactMap { one -> Words? in
            if one.string != nil { return Words(one) }
            for key in ["type", "name", "license", "spdx", "id"] {
                if let words = Words(one[key]), !Terms.isSilent(words.text) { return words }
            }
            return Words(one["url"])
        }
        for one in value.oneOrMore {
            if let file = one["file"]?.string { manifest.licenseFile(file) }
        }
        for part in parts { manifest.point(part.text) }
        manifest.licenses(field, parts, .choice)
    }

    /// Source: getcomposer.org, "The composer.json schema": an identifier, a list of which one may be chosen, or
    /// `proprietary`.
    static let composer = MetadataFormat(name: "composer", names: ["composer.json"]) { file in
        guard let root = json(file), root.value.isMap else { return nil }
        let value = root.value
        var manifest = Manifest("composer", file)
        if root.isMalformed { manifest.markMalformed() }
        manifest.facts.version = value["version"]?.string
        manifest.facts.homepage = value["homepage"]?.string
        for person in value["authors"]?.oneOrMore ?? [] { manifest.author(person["name"]?.string) }
        manifest.licenses(
            "license", value["license"]?.oneOrMore.compactMap { Words($0) } ?? [], .choice)
        manifest.settleAll()
        guard let name = value["name"]?.string else { return manifest.package() }
        let parts = name.split(separator: "/", maxSplits: 1).map(String.init)
        manifest.facts.name = parts.last
        var found = manifest.package(purl: "composer", namespace: parts.count > 1 ? parts[0] : nil)
        found.packageFacts?.name = name
        return found
    }

    /// Descriptors in JSON with a flat `name`, `version`, `license`.
    static let plainJSON: [MetadataFormat] = [
        // Haxelib names a closed set; "Public" is the public domain. Source: lib.haxe.org, "haxelib.json".
        simple("haxelib", names: ["haxelib.json"], registry: .haxelib),
        // Source: docs.puppet.com, "metadata.json"; checked for its key, as others use the name too.
        simple("puppet", names: ["metadata.json"]) { $0["license"] != nil && $0["name"] != nil },
        // Source: docs.platformio.org, "library.json": one SPDX expression.
        simple("platformio", names: ["library.json"]),
        simple("dub", names: ["dub.json", "package.dub"], registry: .dub, purl: "dub"),
        simple("vcpkg", names: ["vcpkg.json"], purl: "vcpkg"),
        simple("nimble", names: ["nimblemeta.json"]),
        simple("chef", names: ["metadata.json"], purl: "chef") {
            $0["license"] != nil && ($0["maintainer"] != nil || $0["recipes"] != nil)
        },
        simple("wordpress-block", names: ["block.json", "theme.json"]) { $0["license"] != nil },
        simple("scoop", names: [], extensions: ["json"]) {
            $0["license"] != nil && $0["version"] != nil && ($0["architecture"] != nil || $0["url"] != nil)
                && ($0["bin"] != nil || $0["shortcuts"] != nil || $0["checkver"] != nil || $0["hash"] != nil)
        },
        // Browser extensions have no license field in their manifests; some state one all the same.
        simple("web-extension", names: ["manifest.json"]) { $0["manifest_version"] != nil },
        simple("cocoapods-json", extensions: ["podspec.json"], purl: "cocoapods"),
        simple("conda-index", names: ["index.json"], registry: .plain, purl: "conda") {
            $0["license"] != nil && $0["build_number"] != nil
        },
        simple("conda-about", names: ["about.json"]) { $0["license"] != nil && $0["conda_version"] != nil },
        simple("kodi-json", names: ["addon.json", "plugin.json", "extension.json", "skin.json", "info.json"])
        {
            $0["license"] != nil || $0["license-name"] != nil
        },
    ]

    /// A format whose root holds `license` as a word, a list of words (all bind), or an object with a name.
    private static func simple(
        _ format: String, names: [String] = [], extensions: [String] = [], registry: Registry = .plain,
        purl: String? = nil, where holds: @escaping @Sendable (LocatedValue) -> Bool = { _ in true }
    ) -> MetadataFormat {
        MetadataFormat(name: format, names: names, extensions: extensions) { file in
            guard extensions.isEmpty || mentionsTerms(file), let root = json(file), root.value.isMap,
                holds(root.value)
            else { return nil }
            var manifest = Manifest(format, file, registry)
            if root.isMalformed { manifest.markMalformed() }
            readFlat(root.value, &manifest)
            manifest.settleAll()
            return manifest.package(purl: purl)
        }
    }

    static func readFlat(_ value: LocatedValue, _ manifest: inout Manifest, _ joining: Joining = .together) {
        manifest.facts.name = value["name"]?.string
        manifest.facts.version = value["version"]?.scalar
        manifest.facts.homepage =
            (value["homepage"] ?? value["homepage_url"] ?? value["project_page"])?.string
        for key in ["author", "authors", "maintainer", "maintainers"] {
            for one in value[key]?.oneOrMore ?? [] { manifest.author(one.string ?? one["name"]?.string) }
        }
        for key in ["license", "licence", "licenses", "license-name"] where !manifest.hasFindings {
            guard let license = value[key] else { continue }
            let parts = license.oneOrMore.compactMap { one -> Words? in
                if one.scalar != nil { return Words(one) }
                for key in ["identifier", "id", "spdx", "type", "name"] {
                    if let words = Words(one[key]), !Terms.isSilent(words.text) { return words }
                }
                return Words(one["url"])
            }
            for one in license.oneOrMore { manifest.licenseFile(one["file"]?.string) }
            manifest.licenses(key, parts, joining)
        }
        for key in ["license_file", "license-file", "licenseFile"] {
            for one in value[key]?.oneOrMore ?? [] { manifest.licenseFile(one.string) }
        }
        if let copyright = value["copyright"], copyright.string != nil {
            manifest.copyright(Words(copyright))
        }
    }
}
