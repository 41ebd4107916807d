// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardJSON

extension DataFormats {
    /// JSON files that are told by what they hold: OpenAPI, JSON-LD, GeoJSON, STAC, CSVW, IIIF and others.
    static let jsonByShape = MetadataFormat(
        name: "json",
        extensions: ["json", "jsonld", "geojson", "topojson", "webmanifest", "jsonc", "croissant"],
        applies: { isUnclaimed($0) && PackageFormats.mentionsTerms($0) },
        read: { file in
            guard let root = PackageFormats.json(file) else { return nil }
            // A list of nodes is JSON-LD too.
            let value = root.value.isMap ? root.value : root.value.list.first ?? root.value
            guard value.isMap, let shape = Shape(value, file) else { return nil }
            var manifest = Manifest(shape.name, file, descriptors)
            if root.isMalformed { manifest.markMalformed() }
            shape.read(root.value, value, &manifest)
            let found = manifest.document()
            return found.isEmpty || found.findings.isEmpty && found.copyrights.isEmpty && found.texts.isEmpty
                ? nil : found
        })

    /// What a tree of values is, whichever notation it was in.
    struct Shape {
        enum Kind {
            case api, linked, csvw, geo, tiles, frictionless, stac, dataCite, ckan, iiif, roCrate, scoop,
                plain
        }

        let kind: Kind
        let name: String

        init?(_ value: LocatedValue, _ file: MetadataFile) {
            func has(_ keys: String...) -> Bool { keys.contains { value[$0] != nil } }
            // Lists of what is inside other works say nothing of this file.
            if has("spdxVersion", "bomFormat", "$schema") && has("packages", "components", "runs") {
                return nil
            }
            if has("openapi", "swagger"), has("info") {
                (kind, name) = (.api, "openapi")
            } else if has("asyncapi"), has("info") {
                (kind, name) = (.api, "asyncapi")
            } else if has("@context") {
                let context = value["@context"].map { Self.flat($0) } ?? ""
                if context.contains("ns/csvw") {
                    (kind, name) = (.csvw, "csvw")
                } else if context.contains("iiif.io") {
                    (kind, name) = (.iiif, "iiif")
                } else if context.contains("ro/crate") {
                    (kind, name) = (.roCrate, "ro-crate")
                } else if context.contains("croissant")
                    || value["conformsTo"]?.string?.contains("croissant") == true
                {
                    (kind, name) = (.linked, "croissant")
                } else {
                    (kind, name) = (.linked, context.contains("dcat") ? "dcat" : "json-ld")
                }
            } else if has("@graph", "@type") {
                (kind, name) = (.linked, "json-ld")
            } else if let type = value["type"]?.string,
                ["FeatureCollection", "Feature", "Topology", "Catalog", "Collection"].contains(type)
            {
                (kind, name) = has("stac_version") ? (.stac, "stac") : (.geo, "geojson")
            } else if has("stac_version") {
                (kind, name) = (.stac, "stac")
            } else if has("tilejson") {
                (kind, name) = (.tiles, "tilejson")
            } else if has("rightsList") {
                (kind, name) = (.dataCite, "datacite")
            } else if has("license_id", "license_title"), has("resources", "name", "title") {
                (kind, name) = (.ckan, "ckan")
            } else if has("resources", "profile", "schema"), has("licenses") {
                (kind, name) = (.frictionless, "datapackage")
            } else if has("dataset"), value["conformsTo"]?.string?.contains("project-open-data") == true {
                (kind, name) = (.linked, "dcat")
            } else if has("license", "licence", "licenses"),
                has("name", "title", "version", "description", "id", "author", "homepage", "data", "url")
            {
                let isScoop = has("version") && has("architecture", "bin", "checkver", "shortcuts")
                (kind, name) = (.plain, isScoop ? "scoop" : file.name.hasSuffix("json") ? "json" : "yaml")
            } else {
                return nil
            }
        }

        /// The words of a context, which may be an address, a map, or a list of both.
        private static func flat(_ value: LocatedValue) -> String {
            let parts = value.oneOrMore.prefix(32).flatMap { one -> [String] in
                [one.string ?? ""] + one.entries.prefix(64).map { $0.value.string ?? "" }
            }
            return parts.joined(separator: " ")
        }

        func read(_ document: LocatedValue, _ value: LocatedValue, _ manifest: inout Manifest) {
            switch kind {
            case .api: readAPI(value, &manifest)
            case .linked: LinkedData(document).read(&manifest)
            case .roCrate: LinkedData(document).readCrate(&manifest)
            case .csvw:
                for key in [
                    "dc:license", "dct:license", "dcterms:license", "schema:license", "dc:rights", "license",
                ] {
                    for one in value[key]?.oneOrMore ?? [] { manifest.licenseStatement(key, words(of: one)) }
                }
                manifest.title((value["dc:title"].flatMap { words(of: $0) })?.text)
                for table in value["tables"]?.list.prefix(1_000) ?? [] {
                    for key in ["dc:license", "dct:license", "dcterms:license"] {
                        if let one = table[key] { manifest.licenseStatement(key, words(of: one)) }
                    }
                }
            case .geo, .tiles: readGeo(value, &manifest)
            case .frictionless: DataFormats.readFrictionless(value, &manifest)
            case .stac:
                manifest.title(value["title"]?.string)
                for one in [value, value["properties"]].compactMap({ $0 }) {
                    // "proprietary" and "various" only say that no identifier fits.
                    if let words = Words(one["license"]),
                        !["various", "other", "proprietary"].contains(words.text)
                    {
                        manifest.licenseStatement("license", words)
                    }
                }
                for link in value["links"]?.list.prefix(1_000) ?? [] where link["rel"]?.string == "license" {
                    if let words = Words(link["href"]), let terms = Terms.address(words.text) {
                        manifest.declareOnce("links.license", terms, words)
                    }
                }
            case .dataCite: readDataCite(value, &manifest)
            case .ckan:
                manifest.title(value["title"]?.string)
                for key in ["license_id", "license_url", "license_title"] where !manifest.hasFindings {
                    if let words = Words(value[key]), let terms = Terms.known(words.text, descriptors) {
                        manifest.declareOnce(key, terms, words)
                    }
                }
                if !manifest.hasFindings {
                    manifest.licenseStatement("license_title", Words(value["license_title"]))
                }
            case .iiif:
                manifest.title(value["label"].flatMap { words(of: $0) }?.text)
                for key in ["rights", "license"] {
                    for one in value[key]?.oneOrMore ?? [] { manifest.licenseStatement(key, words(of: one)) }
                }
            case .scoop, .plain: readPlain(value, &manifest)
            }
        }

        /// Source: OpenAPI 3.1, "License Object": `identifier` is an SPDX expression, `url` and `name` are not.
        private func readAPI(_ value: LocatedValue, _ manifest: inout Manifest) {
            guard let info = value["info"] else { return }
            manifest.title(info["title"]?.scalar)
            guard let license = info["license"] else { return }
            for key in ["identifier", "name", "url"] {
                if let words = Words(license[key]) ?? (key == "name" ? Words(license) : nil),
                    let terms = Terms.known(words.text, descriptors),
                    terms.score > Terms.usual || license["url"] == nil
                {
                    manifest.declareOnce("info.license", terms, words)
                    return
                }
            }
            manifest.licenseStatement("info.license", Words(license["name"]) ?? Words(license["url"]))
        }

        /// GeoJSON lets members of any name pass; these are the ones in use.
        private func readGeo(_ value: LocatedValue, _ manifest: inout Manifest) {
            manifest.title((value["name"] ?? value["title"])?.string)
            let holders = [value, value["metadata"], value["properties"], value["meta"], value["_meta"]]
                .compactMap { $0 }
            for holder in holders {
                for key in ["license", "licence", "licenses", "license_url", "licenseUrl", "license_name"] {
                    for one in holder[key]?.oneOrMore ?? [] { manifest.licenseStatement(key, words(of: one)) }
                }
                for key in ["attribution", "copyright", "rights", "usage"] {
                    for one in holder[key]?.oneOrMore ?? [] { manifest.rights(key, words(of: one)) }
                }
            }
        }

        /// Source: DataCite Metadata Schema 4, `rightsList`: all bind.
        private func readDataCite(_ value: LocatedValue, _ manifest: inout Manifest) {
            for title in value["titles"]?.oneOrMore.prefix(1) ?? [] { manifest.title(title["title"]?.string) }
            for creator in value["creators"]?.oneOrMore ?? [] { manifest.creator(DataFormats.name(creator)) }
            for rights in value["rightsList"]?.oneOrMore.prefix(64) ?? [] {
                let uri = Words(rights["rightsUri"] ?? rights["rightsURI"])
                // Access rights of repositories are no license.
                if let uri, uri.text.contains("info:eu-repo") { continue }
                if let found = words(of: rights) { manifest.licenseStatement("rightsList", found) }
            }
        }

        private func readPlain(_ value: LocatedValue, _ manifest: inout Manifest) {
            manifest.title((value["title"] ?? value["name"])?.string)
            for key in ["license", "licence", "licenses"] {
                for one in value[key]?.oneOrMore.prefix(32) ?? [] {
                    // What nothing knows may be any data under a common key.
                    guard let words = words(of: one), let terms = Terms.known(words.text, descriptors) else {
                        continue
                    }
                    manifest.declareOnce(key, terms, words)
                }
            }
            if manifest.hasFindings { DataFormats.copyrights(value, &manifest) }
        }
    }
}
