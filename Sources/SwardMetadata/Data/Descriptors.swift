// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardJSON

extension DataFormats {
    /// Source: Citation File Format 1.2: an SPDX identifier, or several of which one may be chosen; `license-url` for
    /// others.
    static let citation = MetadataFormat(
        name: "cff", names: ["citation.cff"], extensions: ["cff"],
        read: { file in
            var manifest = Manifest("cff", file, descriptors)
            guard let root = PackageFormats.yaml(manifest.bytes, file), root.isMap else { return nil }
            manifest.title(root["title"]?.scalar)
            manifest.facts.name = root["title"]?.scalar
            manifest.facts.version = root["version"]?.scalar
            for author in root["authors"]?.oneOrMore ?? [] { manifest.creator(name(author)) }
            manifest.licenses("license", root["license"]?.oneOrMore.compactMap { Words($0) } ?? [], .choice)
            if !manifest.hasFindings { manifest.license("license-url", Words(root["license-url"])) }
            manifest.attribution((root["repository-code"] ?? root["url"])?.scalar)
            return manifest.document()
        })

    /// Source: developers.zenodo.org, "Deposit metadata".
    static let zenodo = MetadataFormat(
        name: "zenodo", names: [".zenodo.json", "zenodo.json"],
        read: { file in
            guard let root = PackageFormats.json(file) else { return nil }
            var manifest = Manifest("zenodo", file, descriptors)
            if root.isMalformed { manifest.markMalformed() }
            manifest.title(root.value["title"]?.string)
            for one in root.value["creators"]?.oneOrMore ?? [] { manifest.creator(name(one)) }
            let parts = root.value["license"]?.oneOrMore.compactMap { words(of: $0) } ?? []
            manifest.licenses("license", parts, .together)
            manifest.settleAll()
            return manifest.document()
        })

    /// Source: codemeta.github.io: an address or CreativeWork, or several, which all bind as nothing says else.
    static let codemeta = MetadataFormat(
        name: "codemeta", names: ["codemeta.json"],
        read: { file in
            guard let root = PackageFormats.json(file) else { return nil }
            var manifest = Manifest("codemeta", file, descriptors)
            if root.isMalformed { manifest.markMalformed() }
            manifest.title(root.value["name"]?.string)
            manifest.facts.version = root.value["version"]?.scalar
            for one in root.value["author"]?.oneOrMore ?? [] { manifest.creator(name(one)) }
            readWork(root.value, &manifest)
            manifest.settleAll()
            return manifest.document()
        })

    /// Source: Frictionless Data Package: `licenses` of name, path or title, for the whole and for single resources.
    static let dataPackage = MetadataFormat(
        name: "datapackage", names: ["datapackage.json", "dataresource.json", "tabular.json"],
        read: { file in
            guard let root = PackageFormats.json(file) else { return nil }
            var manifest = Manifest("datapackage", file, descriptors)
            if root.isMalformed { manifest.markMalformed() }
            readFrictionless(root.value, &manifest)
            return manifest.document()
        })

    static func readFrictionless(_ root: LocatedValue, _ manifest: inout Manifest) {
        manifest.title((root["title"] ?? root["name"])?.string)
        for one in root["contributors"]?.oneOrMore ?? [] { manifest.creator(name(one)) }
        func licenses(_ value: LocatedValue, _ field: String) {
            let list = value["licenses"] ?? value["license"]
            let parts =
                list?.oneOrMore.compactMap {
                    words(of: $0, keys: ["name", "path", "title", "type", "url", "id"])
                } ?? []
            manifest.licenses(field, parts, .together)
        }
        licenses(root, "licenses")
        for resource in root["resources"]?.list.prefix(10_000) ?? [] {
            licenses(resource, "resources.licenses")
        }
        manifest.settleAll()
    }

    /// Notebooks have no field for terms; those who state them do it in the metadata, as a name or an object.
    static let jupyter = MetadataFormat(
        name: "jupyter", extensions: ["ipynb"],
        applies: { PackageFormats.mentionsTerms($0) },
        read: { file in
            guard let root = PackageFormats.json(file),
                root.value["cells"] != nil || root.value["nbformat"] != nil
            else { return nil }
            var manifest = Manifest("jupyter", file, descriptors)
            if root.isMalformed { manifest.markMalformed() }
            guard let metadata = root.value["metadata"] else { return nil }
            for one in metadata["authors"]?.oneOrMore ?? [] { manifest.creator(name(one)) }
            manifest.title(metadata["title"]?.string)
            for key in ["license", "licence", "licenses", "rights"] where !manifest.hasFindings {
                manifest.licenses(key, metadata[key]?.oneOrMore.compactMap { words(of: $0) } ?? [], .together)
            }
            copyrights(metadata, &manifest)
            return manifest.document()
        })

    /// Labels of images. Source: opencontainers/image-spec, annotations: `licenses` is an SPDX expression.
    static let dockerfile = MetadataFormat(
        name: "dockerfile", names: ["dockerfile", "containerfile"], extensions: ["dockerfile"],
        applies: { $0.bytes(in: 0..<262_144).find("licen") != nil },
        read: { file in
            var manifest = Manifest("dockerfile", file, descriptors)
            let bytes = manifest.bytes
            for key in [
                "org.opencontainers.image.licenses", "org.label-schema.license", "license", "licenses",
            ] {
                var from = 0
                var tries = 0
                while let found = bytes.find(key, from: from), tries < 200 {
                    tries += 1
                    from = found + key.utf8.count
                    // The key of a label stands at a word's beginning, perhaps quoted, and a sign or blank follows it.
                    var sign = from
                    if sign < bytes.count, bytes[sign] == UInt8(ascii: "\"") { sign += 1 }
                    guard found > 0, bytes[found - 1].isBlank || bytes[found - 1] == UInt8(ascii: "\""),
                        sign < bytes.count,
                        bytes[sign] == UInt8(ascii: "=") || key.contains(".") && bytes[sign].isBlank,
                        isLabel(bytes, at: found)
                    else { continue }
                    var start = sign + 1
                    let words: Words
                    if start < bytes.count,
                        bytes[start] == UInt8(ascii: "\"") || bytes[start] == UInt8(ascii: "'")
                    {
                        let quote = bytes[start]
                        start += 1
                        let end = bytes[start...].firstIndex { $0 == quote || $0 == 0x0A } ?? bytes.count
                        words = Words(bytes.text(start..<end), bytes: start..<end)
                    } else {
                        let stop =
                            key.contains(".") && bytes[sign].isBlank
                            ? bytes.endOfLine(from: start)
                            : bytes[start...].firstIndex(where: \.isBlank) ?? bytes.count
                        words = Words(bytes.text(start..<stop), bytes: start..<stop)
                    }
                    if !words.text.contains("$") { manifest.license(key, words) }
                }
                if manifest.hasFindings { break }
            }
            return manifest.hasFindings ? manifest.document() : nil
        })

    /// Whether the instruction that holds `offset`, over continued lines, is `LABEL`.
    private static func isLabel(_ bytes: [UInt8], at offset: Int) -> Bool {
        var start = offset
        let bound = max(0, offset - 8_192)
        while start > bound {
            if bytes[start - 1] == 0x0A {
                var last = start - 1
                while last > bound, bytes[last - 1] == 0x0D || bytes[last - 1] == 0x20 { last -= 1 }
                guard last > bound, bytes[last - 1] == UInt8(ascii: "\\") else { break }
            }
            start -= 1
        }
        return bytes.text(bytes.trimmed(start..<min(start + 16, bytes.count))).lowercased().hasPrefix("label")
    }

    /// The head of a Markdown page: cards of models and data sets (Hugging Face), pages of Jekyll, Hugo, Pandoc.
    static let frontMatter = MetadataFormat(
        name: "front-matter", extensions: ["md", "markdown", "mdx", "qmd", "rmd"],
        applies: { $0.starts(with: "---".utf8) && ($0[3] == 0x0A || $0[3] == 0x0D) },
        read: { file in
            let bytes = file.bytes(in: 0..<65_536)
            guard let end = bytes.find("\n---", from: 3),
                bytes.find("licen", to: end) ?? bytes.find("rights", to: end)
                    ?? bytes.find("copyright", to: end) != nil
            else { return nil }
            let head = Array(bytes[..<end])
            var manifest = Manifest("front-matter", bytes: bytes, limits: file.limits, descriptors)
            guard let root = PackageFormats.yaml(head, file), root.isMap else { return nil }
            manifest.title(root["title"]?.scalar)
            for one in (root["author"] ?? root["authors"])?.oneOrMore ?? [] { manifest.creator(name(one)) }
            for key in ["license", "licence", "licenses", "rights"] where !manifest.hasFindings {
                let parts = root[key]?.oneOrMore.compactMap { words(of: $0) } ?? []
                // A card may say `other`, and name the license beside.
                if parts.count == 1, parts[0].text == "other", let named = Words(root["license_name"]) {
                    manifest.license("license_name", named)
                } else {
                    manifest.licenses(key, parts, .together)
                }
            }
            if let copyright = root["copyright"] {
                manifest.copyright(Words(copyright.isMap ? copyright["holder"] : copyright))
            }
            guard manifest.hasFindings || !manifest.document().copyrights.isEmpty else { return nil }
            return manifest.document()
        })

    /// `license` and its like of a schema.org work.
    static func readWork(_ value: LocatedValue, _ manifest: inout Manifest, _ prefix: String = "") {
        for key in [
            "license", "schema:license", "https://schema.org/license", "http://schema.org/license",
            "dct:license", "dcterms:license", "http://purl.org/dc/terms/license", "cc:license", "dc:rights",
            "dct:rights",
            "sc:license", "dcterms:rights",
        ] {
            let parts = value[key]?.oneOrMore.compactMap { words(of: $0) } ?? []
            manifest.licenses(prefix + key, parts, .together)
            if !parts.isEmpty { break }
        }
    }
}
