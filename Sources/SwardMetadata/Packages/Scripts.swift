// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardJSON

extension PackageFormats {
    /// POM blocks of Gradle's and Kotlin's build scripts: `license { name = "…"; url.set("…") }`, a Maven list.
    static let gradle = MetadataFormat(
        name: "gradle", names: ["build.gradle", "build.gradle.kts"], extensions: ["gradle", "gradle.kts"],
        applies: { $0.bytes(in: 0..<262_144).find("licen") != nil },
        read: { file in
            var manifest = Manifest("gradle", file, Registry(names: Registry.families))
            let script = ScriptReader(manifest.bytes, .groovy)
            var parts: [Words] = []
            for license in script.assignments where license.name == "license" || license.name == "licenses" {
                guard license.name == "license" || script.first("license") == nil else { continue }
                // Of a block the name; of a bare string the string itself.
                var key = license.words.isEmpty ? "name" : ""
                var address: Words?
                var name: Words?
                for token in script.tokens[license.start..<license.end] {
                    switch token {
                    case .word(let word, _):
                        let head = word.split(separator: ".").first.map(String.init) ?? word
                        if head == "name" || head == "url" { key = head }
                    case .string(let words):
                        if key == "name" { name = name ?? words }
                        if key == "url" { address = address ?? words }
                    default: break
                    }
                }
                if let name, Terms.known(name.text, manifest.registry) != nil || address == nil {
                    parts.append(name)
                } else if let found = address ?? name {
                    parts.append(found)
                }
            }
            guard !parts.isEmpty else { return nil }
            manifest.licenses("license", parts, .choice)
            return manifest.package(purl: nil)
        })

    /// Source: opam.ocaml.org, "Manual": SPDX expressions; of a list all bind.
    static let opam = MetadataFormat(
        name: "opam", names: ["opam"], extensions: ["opam"],
        read: { file in
            var manifest = Manifest("opam", file, Registry(names: Registry.families))
            let script = ScriptReader(manifest.bytes, .python)
            readFacts(script, &manifest)
            if manifest.facts.name == nil { manifest.facts.name = file.name.dropping(suffix: ".opam") }
            if let license = script.first("license") {
                manifest.licenses("license", license.strings, .together)
            }
            if let section = url(of: manifest.bytes) { manifest.source(manifest.bytes.text(section)) }
            return manifest.package(purl: "opam")
        })

    /// The section `url { … }`, which packages of a repository have and those in their own tree do not.
    private static func url(of bytes: [UInt8]) -> Range<Int>? {
        var start = bytes.find("url")
        while let found = start {
            var open = found + 3
            while open < bytes.count, bytes[open].isBlank { open += 1 }
            let isAtStart = found == 0 || bytes[found - 1] == 0x0A
            if isAtStart, open < bytes.count, bytes[open] == UInt8(ascii: "{") {
                return open..<(bytes.find("}", from: open) ?? bytes.count)
            }
            start = bytes.find("url", from: found + 3)
        }
        return nil
    }

    /// Source: CPAN::Meta::Spec: a list of its own words, of which any may be chosen since "perl_5" is one too; META 1.4
    /// has one word.
    static let cpanMeta = MetadataFormat(
        name: "cpan", names: ["meta.json", "meta.yml", "mymeta.json", "mymeta.yml"],
        read: { file in
            var manifest = Manifest("cpan", file, .cpan)
            let isJSON = file.name.hasSuffix(".json")
            guard
                let root = isJSON
                    ? json(file)?.value : YAMLReader.read(manifest.bytes, limits: file.limits),
                root["name"] != nil,
                root["meta-spec"] != nil || root["generated_by"] != nil || root["license"] != nil
            else { return nil }
            manifest.facts.name = root["name"]?.scalar
            manifest.facts.version = root["version"]?.scalar
            for author in root["author"]?.oneOrMore ?? [] { manifest.author(author.scalar) }
            let words = root["license"]?.oneOrMore.compactMap { Words($0) } ?? []
            manifest.licenses("license", words.filter { $0.text != "unknown" }, .choice)
            if !manifest.hasFindings {
                let list = root[["resources", "license"]]?.oneOrMore.compactMap { Words($0) } ?? []
                manifest.licenses("resources.license", list, .choice)
            }
            manifest.settleAll()
            return manifest.package(purl: "cpan")
        })

    /// `LICENSE => 'perl_5'` of ExtUtils::MakeMaker, `license => 'perl'` of Module::Build, `license 'perl'` of
    /// Module::Install.
    static let cpanScript = MetadataFormat(
        name: "cpan-script", names: ["makefile.pl", "build.pl"],
        read: { file in
            var manifest = Manifest("cpan-script", file, .cpan)
            let script = ScriptReader(manifest.bytes, .perl)
            for one in script.assignments where one.strings.count >= 1 {
                switch one.name {
                case "NAME", "module_name", "name", "dist_name":
                    manifest.facts.name = manifest.facts.name ?? one.first?.text
                case "VERSION", "dist_version": manifest.facts.version = one.first?.text
                case "AUTHOR", "author": manifest.author(one.first?.text)
                case "LICENSE", "license", "LICENSES":
                    if !manifest.hasFindings { manifest.licenses("license", one.strings, .choice) }
                default: break
                }
            }
            return manifest.package(purl: "cpan")
        })

    /// Source: Dist::Zilla: `license = Perl_5` is the class Software::License::Perl_5.
    static let distIni = MetadataFormat(
        name: "dist-zilla", names: ["dist.ini"],
        read: { file in
            var manifest = Manifest("dist-zilla", file, .perlClasses)
            for field in INIReader.read(manifest.bytes) where field.section.isEmpty {
                switch field.key {
                case "name": manifest.facts.name = field.value.text
                case "version": manifest.facts.version = field.value.text
                case "author": manifest.author(field.value.text)
                case "license":
                    let bare = field.value.text.dropping(prefix: "=Software::License::") ?? field.value.text
                    manifest.license("license", Words(bare, bytes: field.value.bytes))
                case "copyright_holder":
                    manifest.copyright(Words("Copyright " + field.value.text, bytes: field.value.bytes))
                default: break
                }
            }
            return manifest.package(purl: "cpan")
        })

    /// Source: nixpkgs manual, "Meta-attributes": attributes of `lib.licenses`, strings of old; of a list all bind.
    static let nix = MetadataFormat(
        name: "nix", extensions: ["nix"],
        applies: { $0.bytes.find("license") != nil },
        read: { file in
            var manifest = Manifest("nix", file, .nix)
            let script = ScriptReader(manifest.bytes, .nix)
            readFacts(script, &manifest)
            for license in script.all("license").prefix(2_000) where !license.path.contains("licenses") {
                let names = license.words.filter {
                    ![
                        "with", "lib", "stdenv.lib", "licenses", "lib.licenses", "stdenv.lib.licenses", "if",
                        "then", "else", "ifd", "spdxid", "fullname",
                    ].contains($0.text.lowercased())
                }
                let parts =
                    names.map { word in
                        Words(
                            word.text.split(separator: ".").last.map(String.init) ?? word.text,
                            bytes: word.bytes)
                    } + license.strings
                if parts.count <= 16 { manifest.licenses("license", parts, .together) }
            }
            guard manifest.hasFindings else { return nil }
            return manifest.package(purl: "nix")
        })

    /// Source: dune.readthedocs.io, `dune-project`: `(license MIT)`; of several all bind.
    static let dune = MetadataFormat(
        name: "dune", names: ["dune-project"],
        read: { file in
            var manifest = Manifest("dune", file, Registry(names: Registry.families))
            let script = ScriptReader(manifest.bytes, .lisp)
            if let name = script.all("name").first {
                manifest.facts.name = (name.first ?? name.words.first)?.text
            }
            if let license = script.all("license").first {
                let parts = license.words.filter { $0.text != "license" } + license.strings
                if parts.count <= 16 { manifest.licenses("license", parts, .together) }
            }
            guard manifest.hasFindings else { return nil }
            return manifest.package(purl: "opam")
        })

    /// Source: GNU Guix manual, "package Reference": `(license license:gpl3+)` or a list, of which all bind.
    static let guix = MetadataFormat(
        name: "guix", extensions: ["scm"],
        applies: {
            $0.bytes.find("guix licenses") != nil || $0.bytes.find("(guix packages)") != nil
                || $0.bytes.find("(gnu packages") != nil
        },
        read: { file in
            var manifest = Manifest("guix", file, .guix)
            let script = ScriptReader(manifest.bytes, .lisp)
            for license in script.all("license") {
                let names = license.words.filter { $0.text != "list" && $0.text != "license" }
                let parts = names.map { word -> Words in
                    let bare = word.text.split(separator: ":").last.map(String.init) ?? word.text
                    return Words(bare, bytes: word.bytes)
                }
                if !parts.isEmpty, parts.count <= 16 { manifest.licenses("license", parts, .together) }
            }
            guard manifest.hasFindings else { return nil }
            return manifest.package()
        })
}
