// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Manifests in XML.
extension PackageFormats {
    static func xml(_ file: MetadataFile) -> MarkupTree {
        MarkupScanner.tree(file.bytes, .xml, limits: file.limits)
    }

    /// Source: maven.apache.org, "POM Reference", Licenses: "If multiple licenses are listed, it is assumed that the user
    /// can select any of them". A POM without licenses takes its parent's, which is elsewhere.
    static let maven = MetadataFormat(
        name: "maven", names: ["pom.xml"], extensions: ["pom"],
        read: { file in
            let tree = xml(file)
            guard let root = tree.elements.indices.first, tree.elements[root].local == "project" else {
                return nil
            }
            var manifest = Manifest("maven", file, Registry(names: Registry.families))
            if tree.isMalformed { manifest.markMalformed() }
            func text(_ path: String) -> String? { tree.words(of: root, child: path)?.text }
            let parent = tree.child(of: root, named: "parent")
            func inherited(_ field: String) -> String? {
                text(field) ?? parent.flatMap { tree.words(of: $0, child: field)?.text }
            }
            manifest.facts.version = inherited("version")
            manifest.facts.homepage = text("url")
            for (list, one) in [("developers", "developer"), ("contributors", "contributor")] {
                guard let people = tree.child(of: root, named: list) else { continue }
                for person in tree.children(of: people, named: one) {
                    manifest.author(tree.words(of: person, child: "name")?.text)
                }
            }
            readLicenses(tree, root, &manifest)
            if !manifest.hasFindings, parent != nil { manifest.facts.inheritsTerms = true }
            manifest.facts.name = text("artifactId")
            let group = inherited("groupId")
            var found = manifest.package(purl: "maven", namespace: group)
            if let name = manifest.facts.name {
                found.packageFacts?.name = group.map { "\($0):\(name)" } ?? name
            }
            return found
        })

    /// `<licenses><license><name/><url/></license>…`, as Maven and Ivy write it.
    private static func readLicenses(_ tree: MarkupTree, _ root: Int, _ manifest: inout Manifest) {
        guard let list = tree.child(of: root, named: "licenses") else { return }
        var terms: [Terms] = []
        var words: [Words] = []
        for license in tree.children(of: list, named: "license").prefix(32) {
            let name = tree.words(of: license, child: "name")
            let address = tree.words(of: license, child: "url")
            let byName = name.flatMap { Terms.known($0.text, manifest.registry) }
            let byAddress = address.flatMap { Terms.known($0.text) }
            // A bare family (`BSD`, `GPL`) gives way to an address that says which.
            let isVague = byName.map { $0.score <= Terms.usual } ?? true
            if let found = isVague ? byAddress ?? byName : byName {
                terms.append(found)
            } else if let any = name ?? address, let unknown = Terms.read(any.text) {
                terms.append(unknown)
            } else {
                continue
            }
            words += [name, address].compactMap { $0 }
        }
        guard let all = Terms.all(terms, .choice), let first = words.first else { return }
        let end = words.map(\.bytes.upperBound).max() ?? first.bytes.upperBound
        manifest.declare(
            "license", all, first.bytes.lowerBound..<end, words: words.map(\.text).joined(separator: ", "))
    }

    /// Source: learn.microsoft.com, ".nuspec reference": an expression or a file; before that an address.
    static let nuspec = MetadataFormat(
        name: "nuget", extensions: ["nuspec"],
        read: { file in
            let tree = xml(file)
            guard let root = tree.elements.indices.first,
                let metadata = tree.child(of: root, named: "metadata")
            else { return nil }
            var manifest = Manifest("nuget", file)
            if tree.isMalformed { manifest.markMalformed() }
            manifest.facts.name = tree.words(of: metadata, child: "id")?.text
            manifest.facts.version = tree.words(of: metadata, child: "version")?.text
            manifest.facts.homepage = tree.words(of: metadata, child: "projectUrl")?.text
            for author in tree.words(of: metadata, child: "authors")?.text.split(separator: ",") ?? [] {
                manifest.author(String(author))
            }
            manifest.copyright(tree.words(of: metadata, child: "copyright"))
            for license in tree.children(of: metadata, named: "license") {
                let words = tree.words(of: license)
                if tree.elements[license]["type"]?.value.lowercased() == "file" {
                    manifest.licenseFile(words.text)
                    manifest.settle(words.bytes)
                } else {
                    manifest.license("license", words)
                }
            }
            if let address = tree.words(of: metadata, child: "licenseUrl") {
                manifest.settle(address.bytes)
                if !manifest.hasFindings, manifest.facts.licenseFiles.isEmpty {
                    licenseAddress(address, &manifest)
                }
            }
            return manifest.package(purl: "nuget")
        })

    /// An address of NuGet's own service holds an expression; the deprecation notice says nothing.
    private static func licenseAddress(_ address: Words, _ manifest: inout Manifest) {
        let lower = address.text.lowercased()
        if lower.contains("aka.ms/deprecatelicenseurl") { return }
        for host in ["licenses.nuget.org/", "spdx.org/licenses/"] {
            if let range = address.text.parts(separatedBy: host).dropFirst().first, !range.isEmpty {
                let name =
                    range.parts(separatedBy: "%20").joined(separator: " ").dropping(suffix: ".html") ?? range
                manifest.license(
                    "licenseUrl",
                    Words(name.parts(separatedBy: "%20").joined(separator: " "), bytes: address.bytes))
                return
            }
        }
        manifest.license("licenseUrl", address)
    }

    /// Projects of the .NET SDK: the properties become the package's `.nuspec`.
    static let msbuild = MetadataFormat(
        name: "msbuild", names: ["directory.build.props", "directory.build.targets"],
        extensions: ["csproj", "fsproj", "vbproj"],
        read: { file in
            let tree = xml(file)
            var manifest = Manifest("msbuild", file)
            for index in tree.elements.indices {
                let element = tree.elements[index]
                guard let parent = element.parent, tree.elements[parent].local == "PropertyGroup" else {
                    continue
                }
                let words = tree.words(of: index)
                guard !words.text.isEmpty, !words.text.contains("$(") else { continue }
                switch element.local {
                case "PackageId": manifest.facts.name = words.text
                case "AssemblyName": manifest.facts.name = manifest.facts.name ?? words.text
                case "Version", "PackageVersion": manifest.facts.version = words.text
                case "PackageProjectUrl": manifest.facts.homepage = words.text
                case "Authors":
                    words.text.split(whereSeparator: { $0 == ";" || $0 == "," }).forEach {
                        manifest.author(String($0))
                    }
                case "Copyright": manifest.copyright(words)
                case "PackageLicenseExpression": manifest.license("PackageLicenseExpression", words)
                case "PackageLicenseFile": manifest.licenseFile(words.text)
                case "PackageLicenseUrl": if !manifest.hasFindings { licenseAddress(words, &manifest) }
                default: break
                }
            }
            guard manifest.hasFindings || !manifest.facts.licenseFiles.isEmpty else { return nil }
            return manifest.package(purl: "nuget")
        })

    /// `package.xml` of ROS (REP 149: several license tags all bind), PEAR and Cordova's `plugin.xml`,
    /// Kodi's `addon.xml`, Joomla's and Moodle's descriptors, VS Code's and Chocolatey's are `nuspec`.
    static let packageXML = MetadataFormat(
        name: "package-xml",
        names: [
            "package.xml", "package2.xml", "plugin.xml", "addon.xml", "ivy.xml", "mod.xml", "extension.xml",
            "manifest.xml", "install.xml", "info.xml", "config.xml",
        ],
        read: { file in
            let tree = xml(file)
            guard let root = tree.elements.indices.first else { return nil }
            var manifest = Manifest(format(of: tree, root), file, Registry(names: Registry.families))
            if tree.isMalformed { manifest.markMalformed() }
            manifest.facts.name =
                tree.words(of: root, child: "name")?.text ?? tree.elements[root]["name"]?.value
                ?? tree.elements[root]["id"]?.value
            manifest.facts.version =
                tree.element(root, "version", "release").map { tree.text(of: $0) }
                ?? tree.words(of: root, child: "version")?.text ?? tree.elements[root]["version"]?.value
            manifest.facts.homepage = tree.words(of: root, child: "url")?.text
            for author in tree.children(of: root, named: "author") { manifest.author(tree.text(of: author)) }
            manifest.copyright(tree.words(of: root, child: "copyright"))
            var licenses =
                tree.children(of: root, named: "license") + tree.children(of: root, named: "licence")
            for holder in ["info", "extension", "metadata", "licenses"] {
                for child in tree.children(of: root, named: holder) {
                    licenses +=
                        tree.children(of: child, named: "license")
                        + tree.children(of: child, named: "licence")
                }
            }
            let words = licenses.compactMap { license -> Words? in
                manifest.licenseFile(tree.elements[license]["file"]?.value)
                let words = tree.words(of: license)
                if !words.text.isEmpty { return words }
                // Ivy writes `<license name="…" url="…"/>`.
                return ["name", "url", "spdx"].lazy.compactMap { key in
                    tree.elements[license][key].map { Words($0.value, bytes: $0.bytes) }
                }.first
            }
            guard !words.isEmpty else { return nil }
            manifest.licenses("license", words, .together)
            return manifest.package()
        })

    private static func format(of tree: MarkupTree, _ root: Int) -> String {
        switch tree.elements[root].local {
        case "package" where tree.elements[root].attributes.contains { $0.value.contains("pear.php.net") }:
            "pear"
        case "package": "ros"
        case "plugin": "cordova"
        case "addon": "kodi"
        case "ivy-module": "ivy"
        default: "package-xml"
        }
    }

    /// Source: freedesktop.org, AppStream: `project_license` is the software's, `metadata_license` only this file's.
    static let appStream = MetadataFormat(
        name: "appstream", names: ["metainfo.xml", "appdata.xml"],
        extensions: [
            "metainfo.xml", "appdata.xml", "metainfo.xml.in", "appdata.xml.in", "metainfo.xml.in.in",
            "appdata.xml.in.in",
        ],
        read: { file in
            let tree = xml(file)
            guard let root = tree.elements.indices.first else { return nil }
            var manifest = Manifest("appstream", file)
            if tree.isMalformed { manifest.markMalformed() }
            manifest.facts.name = tree.words(of: root, child: "id")?.text
            manifest.facts.homepage = tree.words(of: root, child: "url")?.text
            manifest.author(tree.words(of: root, child: "developer_name")?.text)
            manifest.author(tree.element(root, "developer", "name").map { tree.text(of: $0) })
            let own = tree.words(of: root, child: "metadata_license")
            if let project = tree.words(of: root, child: "project_license") {
                manifest.license("project_license", project)
            }
            if let own {
                manifest.settle(own.bytes)
                if manifest.hasFindings {
                    manifest.declare(
                        PathDeclaration(
                            patterns: [file.name], levelsUp: 0, expression: Terms.known(own.text)?.expression,
                            words: own.text, copyrights: [], bytes: own.bytes,
                            lines: manifest.lines(of: own.bytes)))
                } else {
                    manifest.license("metadata_license", own)
                }
            }
            return manifest.package()
        })
}
