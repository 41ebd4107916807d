// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardJSON

extension PackageFormats {
    /// Source: cabal.readthedocs.io, `license`: an SPDX expression from cabal-version 2.2 on, Cabal's own names before.
    static let cabal = MetadataFormat(
        name: "hackage", extensions: ["cabal"],
        read: { file in
            var manifest = Manifest("hackage", file, .cabal)
            for field in INIReader.read(manifest.bytes) {
                switch field.key {
                case "name": manifest.facts.name = manifest.facts.name ?? field.value.text
                case "version": manifest.facts.version = manifest.facts.version ?? field.value.text
                case "homepage": manifest.facts.homepage = field.value.text
                case "author": manifest.author(field.value.text)
                case "license": if !manifest.hasFindings { manifest.license("license", field.value) }
                case "license-file", "license-files":
                    for line in field.lines {
                        line.text.split(whereSeparator: { $0 == "," || $0 == " " }).forEach {
                            manifest.licenseFile(String($0))
                        }
                    }
                case "copyright": manifest.copyright(field.value)
                default: break
                }
            }
            guard manifest.facts.name != nil || manifest.hasFindings else { return nil }
            return manifest.package(purl: "hackage")
        })

    /// hpack's `package.yaml`, which becomes a `.cabal`.
    static let hpack = MetadataFormat(
        name: "hpack", names: ["package.yaml"],
        read: { file in
            var manifest = Manifest("hpack", file, .cabal)
            guard let root = YAMLReader.read(manifest.bytes, limits: file.limits), root.isMap else {
                return nil
            }
            readFlat(root, &manifest)
            return manifest.package(purl: "hackage")
        })
}
