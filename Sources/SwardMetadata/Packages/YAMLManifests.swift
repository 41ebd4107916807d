// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardJSON

/// Manifests in YAML.
extension PackageFormats {
    static func yaml(_ bytes: [UInt8], _ file: MetadataFile) -> LocatedValue? {
        YAMLReader.read(bytes, limits: file.limits)
    }

    static let plainYAML: [MetadataFormat] = [
        // Source: docs.conda.io, "about section": `license` is an expression, `license_file` a list.
        MetadataFormat(
            name: "conda", names: ["meta.yaml", "meta.yml", "recipe.yaml"], read: { readConda($0) }),
        flat("crystal", ["shard.yml"], Registry.python),
        // Source: snapcraft.io: an SPDX expression.
        flat("snap", ["snapcraft.yaml", "snap.yaml"]),
        // Source: docs.ansible.com, `galaxy.yml`: a list of SPDX identifiers, all of which bind.
        flat("ansible", ["galaxy.yml", "galaxy.yaml"]),
        MetadataFormat(
            name: "ansible-role", names: ["main.yml", "main.yaml"],
            applies: { $0.folders.first == "meta" },
            read: { file in
                var manifest = Manifest("ansible-role", file, Registry(names: Registry.families))
                guard let root = yaml(manifest.bytes, file), let info = root["galaxy_info"] else {
                    return nil
                }
                manifest.facts.name = (info["role_name"] ?? info["name"])?.scalar
                manifest.author(info["author"]?.scalar)
                // What `ansible-galaxy init` writes is a hint to the author, not a license.
                let words = (info["license"]?.oneOrMore ?? []).compactMap { Words($0) }
                manifest.licenses("license", words.filter { !$0.text.hasPrefix("license (") }, .together)
                return manifest.package()
            }),
        // Source: artifacthub.io, "Helm annotations".
        MetadataFormat(
            name: "helm", names: ["chart.yaml"],
            read: { file in
                var manifest = Manifest("helm", file, Registry(names: Registry.families))
                guard let root = yaml(manifest.bytes, file), root.isMap else { return nil }
                manifest.facts.name = root["name"]?.scalar
                manifest.facts.version = root["version"]?.scalar
                manifest.facts.homepage = root["home"]?.scalar
                for key in [
                    "artifacthub.io/license", "licenses", "license", "org.opencontainers.image.licenses",
                ]
                where !manifest.hasFindings {
                    manifest.license("license", Words(root["annotations"]?[key]))
                }
                manifest.license("license", Words(root["license"]))
                return manifest.package(purl: "helm")
            }),
        // Source: docs of publiccode.yml: an SPDX expression.
        MetadataFormat(
            name: "publiccode", names: ["publiccode.yml", "publiccode.yaml"],
            read: { file in
                var manifest = Manifest("publiccode", file)
                guard let root = yaml(manifest.bytes, file), root.isMap else { return nil }
                manifest.facts.name = root["name"]?.scalar
                manifest.facts.homepage = (root["landingURL"] ?? root["url"])?.scalar
                manifest.license("legal.license", Words(root[["legal", "license"]]))
                manifest.author(root[["legal", "mainCopyrightOwner"]]?.scalar)
                return manifest.package()
            }),
        flat("dart", ["pubspec.yaml"]),

        flat("melange", ["melange.yaml"]),

        flat("spec-kit", ["fpm.yaml", "nfpm.yaml", "nfpm.yml"]),

        MetadataFormat(
            name: "goreleaser", names: [".goreleaser.yml", ".goreleaser.yaml", "goreleaser.yml"],
            read: { file in
                var manifest = Manifest("goreleaser", file)
                guard let root = yaml(manifest.bytes, file) else { return nil }
                manifest.facts.name = root["project_name"]?.scalar
                for key in ["nfpms", "brews", "aurs", "snapcrafts"] where !manifest.hasFindings {
                    manifest.license("license", Words(root[key]?.oneOrMore.first?["license"]))
                }
                guard manifest.hasFindings else { return nil }
                return manifest.package()
            }),
        MetadataFormat(
            name: "winget", extensions: ["yaml"],
            applies: { $0.bytes(in: 0..<8_192).find("packageidentifier:") != nil },
            read: { file in
                var manifest = Manifest("winget", file, Registry(names: Registry.families))
                guard let root = yaml(manifest.bytes, file), root.isMap else { return nil }
                manifest.facts.name = root["PackageIdentifier"]?.scalar
                manifest.facts.version = root["PackageVersion"]?.scalar
                manifest.license("License", Words(root["License"]))
                manifest.copyright(Words(root["Copyright"]))
                return manifest.package()
            }),
    ]

    private static func flat(
        _ format: String, _ names: [String], _ registry: Registry = Registry(names: Registry.families)
    ) -> MetadataFormat {
        MetadataFormat(
            name: format, names: names,
            read: { file in
                var manifest = Manifest(format, file, registry)
                guard let root = yaml(manifest.bytes, file), root.isMap else { return nil }
                readFlat(root, &manifest)
                guard
                    manifest.hasFindings || manifest.facts.name != nil || !manifest.facts.licenseFiles.isEmpty
                else { return nil }
                return manifest.package()
            })
    }

    private static func readConda(_ file: MetadataFile) -> FileMetadata? {
        var manifest = Manifest("conda", file, .python)
        guard let root = yaml(manifest.bytes, file), root.isMap else { return nil }
        let package = root["package"] ?? root["recipe"]
        manifest.facts.name = package?["name"]?.scalar
        manifest.facts.version = package?["version"]?.scalar
        // Templates are no names.
        if manifest.facts.name?.contains("{") == true { manifest.facts.name = nil }
        if manifest.facts.version?.contains("{") == true { manifest.facts.version = nil }
        guard let about = root["about"] else {
            return package == nil ? nil : manifest.package(purl: "conda")
        }
        manifest.facts.homepage = (about["home"] ?? about["homepage"])?.scalar
        manifest.licenses("license", about["license"]?.oneOrMore.compactMap { Words($0) } ?? [], .together)
        if !manifest.hasFindings { manifest.license("license_family", Words(about["license_family"])) }
        for one in about["license_file"]?.oneOrMore ?? [] { manifest.licenseFile(one.scalar) }
        // A bare family in `license` is made whole by its file only; nothing else says more.
        return manifest.package(purl: "conda")
    }
}
