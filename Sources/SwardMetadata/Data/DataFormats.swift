// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardJSON

/// Descriptors of data, software and works, that are no package manifests.
enum DataFormats {
    static let all: [MetadataFormat] =
        named + [jsonByShape, yamlByShape, xmlByShape, turtle, dockerfile, frontMatter]

    /// Names that a reader of package manifests answers for.
    private static let packageNames = Set(PackageFormats.all.flatMap(\.names) + named.flatMap(\.names))

    /// Whether a file is left to readers by shape.
    static func isUnclaimed(_ file: MetadataFile) -> Bool {
        !packageNames.contains(file.name) && !file.name.hasPrefix("package-lock")
            && file.name != "composer.lock"
    }

    private static let named: [MetadataFormat] = [citation, zenodo, codemeta, dataPackage, jupyter]

    /// A license as descriptors write it: a name, an address, or an object that has either.
    ///
    /// - Parameter isKnown: Whether some words name a license.
    static func words(
        of value: LocatedValue, keys: [String] = licenseKeys,
        isKnown: (String) -> Bool = { Terms.known($0, descriptors) != nil }
    ) -> Words? {
        if value.string != nil { return Words(value) }
        guard value.isMap else { return nil }
        var fallback: Words?
        for key in keys {
            guard let inner = value[key] else { continue }
            guard let words = Words(inner.isList ? inner.list.first : inner), !Terms.isSilent(words.text)
            else { continue }
            if isKnown(words.text) { return words }
            fallback = fallback ?? words
        }
        return fallback
    }

    static let licenseKeys = [
        "identifier", "spdx", "spdx_id", "id", "@id", "name", "type", "title", "rightsIdentifier",
        "rightsURI", "rightsUri",
        "path", "url", "href", "@value", "rights", "license", "text",
    ]

    /// Words that Zenodo, Hugging Face, Open Definition and the like use.
    static let descriptors = Registry(
        names: Registry.table(
            """
            other-open, other-at, other-pd, other-nc, other-closed, notspecified, other = LicenseRef-other
            cc-zero, cc0, cc-0, cc0-1.0, creative commons zero = CC0-1.0
            cc-by, cc by = ~CC-BY-4.0
            cc-by-sa, cc by-sa = ~CC-BY-SA-4.0
            cc-by-nc = ~CC-BY-NC-4.0
            cc-by-nc-sa = ~CC-BY-NC-SA-4.0
            cc-by-nc-nd = ~CC-BY-NC-ND-4.0
            cc-by-nd = ~CC-BY-ND-4.0
            odc-pddl, pddl = PDDL-1.0
            odc-odbl, odbl = ODbL-1.0
            odc-by = ODC-By-1.0
            ogl, uk-ogl, ogl-uk = ~OGL-UK-3.0
            gfdl = ~GFDL-1.3-or-later
            bsl-1.0 = BSL-1.0
            us-pd, u.s. government work = LicenseRef-public-domain
            http://www.openstreetmap.org/copyright, https://www.openstreetmap.org/copyright = ODbL-1.0
            """
        ).merging(Registry.families) { a, _ in a })

    static func copyrights(_ value: LocatedValue, _ manifest: inout Manifest) {
        for key in ["copyright", "copyrightNotice", "copyrightText"] { manifest.copyright(Words(value[key])) }
    }

    static func name(_ value: LocatedValue?) -> String? {
        guard let value else { return nil }
        if let text = value.string { return text }
        if let text = (value["name"] ?? value["title"] ?? value["@value"] ?? value["creatorName"])?.string {
            return text
        }
        let family = (value["family-names"] ?? value["familyName"])?.string
        let given = (value["given-names"] ?? value["givenName"])?.string
        let both = [given, family].compactMap { $0 }.joined(separator: " ")
        return both.isEmpty ? value["@id"]?.string : both
    }
}
