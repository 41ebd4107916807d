// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardJSON

extension PackageFormats {
    /// Source: The Cargo Book, "The Manifest Format": an SPDX 2.3 expression; `/` was once written for `OR`;
    /// `license-file` names a text instead; either may be taken from the workspace.
    static let cargo = MetadataFormat(
        name: "cargo", names: ["cargo.toml", "cargo.toml.orig"],
        read: { file in
            var manifest = Manifest("cargo", file, .cargo)
            let toml = TOMLReader(manifest.bytes, limits: file.limits)
            let isWorkspace = !toml.hasTable("package") && !toml.hasTable("project")
            let table =
                isWorkspace ? ["workspace", "package"] : toml.hasTable("package") ? ["package"] : ["project"]
            func field(_ key: String) -> LocatedValue? { toml[table + [key]] }
            manifest.facts.name = field("name")?.string
            manifest.facts.version = field("version")?.string
            manifest.facts.homepage = (field("homepage") ?? field("repository"))?.string
            for author in field("authors")?.list ?? [] { manifest.author(author.string) }
            if let license = field("license") {
                if license.isMap {
                    manifest.facts.inheritsTerms = true
                } else {
                    manifest.license("license", Words(license))
                }
            }
            manifest.licenseFile(field("license-file")?.string)
            if field("license-file")?.isMap == true { manifest.facts.inheritsTerms = true }
            if toml[table + ["license", "workspace"]] != nil { manifest.facts.inheritsTerms = true }
            // A workspace and its root package may stand in one file.
            if manifest.facts.inheritsTerms, let shared = toml["workspace", "package", "license"] {
                manifest.license("workspace-license", Words(shared))
            }
            guard !table.isEmpty, manifest.facts.name != nil || manifest.hasFindings else { return nil }
            return manifest.package(purl: "cargo")
        })
}
