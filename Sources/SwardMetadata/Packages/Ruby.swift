// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardJSON

/// Manifests that are scripts, of which the literal fields are read.
extension PackageFormats {
    /// Fills name, version and so on from a script's plain assignments.
    static func readFacts(_ script: ScriptReader, _ manifest: inout Manifest) {
        for one in script.assignments where one.strings.count >= 1 {
            switch one.name.lowercased() {
            case "name", "pname": manifest.facts.name = manifest.facts.name ?? one.first?.text
            case "version": manifest.facts.version = manifest.facts.version ?? one.first?.text
            case "homepage", "url", "home-page", "source_url":
                manifest.facts.homepage = manifest.facts.homepage ?? one.first?.text
            case "author", "authors", "maintainer", "maintainers":
                one.strings.prefix(64).forEach { manifest.author($0.text) }
            default: break
            }
        }
    }

    /// Source: guides.rubygems.org, "Specification reference": a list of names, the only way that RubyGems has to say that a gem
    /// is under several licenses. It takes no expressions, so whoever means `MIT OR Apache-2.0` writes the list; how its entries
    /// bind is not said, and Ruby's own gems (`["Ruby", "BSD-2-Clause"]`) mean a choice.
    static let gemspec = MetadataFormat(
        name: "gem", extensions: ["gemspec"],
        read: { file in
            var manifest = Manifest("gem", file, Registry(names: Registry.families))
            let script = ScriptReader(manifest.bytes, .ruby)
            readFacts(script, &manifest)
            if let licenses = script.last("licenses"), !licenses.strings.isEmpty {
                manifest.licenses("licenses", licenses.strings, .choice)
            } else if let license = script.last("license") {
                manifest.licenses("license", license.strings, .choice)
            }
            return manifest.package(purl: "gem")
        })

    /// The metadata of an installed gem is the same in YAML.
    static let gemMetadata = MetadataFormat(
        name: "gem-metadata", names: ["metadata.gz-extract", "metadata"],
        applies: { $0.bytes(in: 0..<64).find("ruby/object:gem::specification") != nil },
        read: { file in
            var manifest = Manifest("gem", file, Registry(names: Registry.families))
            guard let root = YAMLReader.read(manifest.bytes, limits: file.limits) else { return nil }
            manifest.facts.name = root["name"]?.scalar
            manifest.facts.version = (root["version"]?["version"] ?? root["version"])?.scalar
            manifest.licenses(
                "licenses", root["licenses"]?.oneOrMore.compactMap { Words($0) } ?? [], .choice)
            return manifest.package(purl: "gem")
        })

    /// Source: guides.cocoapods.org, "Podspec Syntax": a name, or a hash whose `:type` is the name.
    static let podspec = MetadataFormat(
        name: "cocoapods", extensions: ["podspec"],
        read: { file in
            var manifest = Manifest("cocoapods", file, Registry(names: Registry.families))
            let script = ScriptReader(manifest.bytes, .ruby)
            readFacts(script, &manifest)
            guard
                let license = script.all("license").first(where: { $0.path.contains(".") })
                    ?? script.last("license")
            else { return manifest.package(purl: "cocoapods") }
            // The value of `:type`, or the lone string; `:file` and `:text` are told apart by their keys.
            var key = license.words.isEmpty ? "type" : ""
            for token in script.tokens[license.start..<license.end] {
                switch token {
                case .word(let word, _): key = word
                case .string(let words):
                    switch key {
                    case "type": manifest.license("license", words)
                    case "file": manifest.licenseFile(words.text)
                    case "text": manifest.text("license", words)
                    default: break
                    }
                    key = ""
                default: break
                }
            }
            return manifest.package(purl: "cocoapods")
        })

    /// Source: docs.chef.io, `metadata.rb`; its old generator wrote `Apache 2.0` and `All rights reserved`.
    static let chef = MetadataFormat(
        name: "chef", names: ["metadata.rb"],
        read: { file in readScript(file, "chef", .ruby, purl: "chef") })

    /// Source: docs.brew.sh, "Formula Cookbook": a string, `any_of:`, `all_of:`, `:public_domain`, and
    /// `"X" => { with: "Y" }`.
    static let homebrew = MetadataFormat(
        name: "homebrew", extensions: ["rb"],
        applies: { $0.bytes(in: 0..<8_192).find("< formula") != nil },
        read: { file in
            var manifest = Manifest("homebrew", file)
            let script = ScriptReader(manifest.bytes, .ruby)
            manifest.facts.name = file.name.dropping(suffix: ".rb")
            manifest.facts.homepage = script.first("homepage")?.first?.text
            guard let license = script.first("license") else { return nil }
            var tokens = Array(script.tokens[license.start..<license.end])[...]
            if let terms = brewTerms(&tokens, .together, depth: 0) {
                manifest.declare("license", terms, license.bytes, words: manifest.bytes.text(license.bytes))
            }
            return manifest.package(purl: "brew")
        })

    private static func brewTerms(
        _ tokens: inout ArraySlice<ScriptReader.Token>, _ joining: Joining, depth: Int
    ) -> Terms? {
        var parts: [Terms] = []
        var inner = Joining.together
        guard depth < 16 else { return nil }
        while let token = tokens.popFirst() {
            switch token {
            case .word("any_of", _): inner = .choice
            case .word("all_of", _), .word("one_of", _): inner = .together
            case .word("public_domain", _): parts.append(.publicDomain)
            case .word("cannot_represent", _): break
            case .word("with", _):
                if let last = parts.popLast(),
                    let next = tokens.first(where: { if case .string = $0 { true } else { false } }),
                    case .string(let words) = next
                {
                    parts.append(
                        Terms.listed("\(last.expression) WITH \(words.text)", score: Terms.defined) ?? last)
                    while let skipped = tokens.popFirst(), skipped != next {}
                }
            case .string(let words): if let terms = Terms.read(words.text) { parts.append(terms) }
            case .sign(UInt8(ascii: "["), _):
                let joining = inner
                if let terms = brewTerms(&tokens, joining, depth: depth + 1) { parts.append(terms) }
                inner = .together
            case .sign(UInt8(ascii: "]"), _): return Terms.all(parts, joining)
            default: break
            }
        }
        return Terms.all(parts, depth == 0 && inner == .choice ? .choice : joining)
    }

    /// A script whose `license` or `licenses` holds names; all bind.
    static func readScript(
        _ file: MetadataFile, _ format: String, _ language: ScriptReader.Language,
        _ registry: Registry = Registry(names: Registry.families),
        purl: String? = nil, joining: Joining = .together
    ) -> FileMetadata? {
        var manifest = Manifest(format, file, registry)
        let script = ScriptReader(manifest.bytes, language)
        readFacts(script, &manifest)
        if let license = script.all("licenses", "license").first(where: { !$0.strings.isEmpty }) {
            manifest.licenses("license", license.strings, joining)
        }
        return manifest.package(purl: purl)
    }

    static let scripts: [MetadataFormat] = [
        gemspec, gemMetadata, podspec, chef, homebrew,
        // Source: hexdocs.pm, `mix hex.publish`: `licenses` in `package`.
        MetadataFormat(
            name: "hex", names: ["mix.exs"], read: { readScript($0, "hex", .elixir, purl: "hex") }),
        // Source: rebar3.org: `{licenses, ["Apache-2.0"]}` in the application's own term.
        MetadataFormat(
            name: "rebar", names: ["rebar.config"], extensions: ["app.src"],
            read: { readErlang($0) }),
        // Source: luarocks.org, "Rockspec format": one string in `description`.
        MetadataFormat(
            name: "luarocks", extensions: ["rockspec"],
            read: { readScript($0, "luarocks", .lua, purl: "luarocks") }),
        // Source: nim-lang, nimble: `license = "MIT"`.
        MetadataFormat(name: "nimble", extensions: ["nimble"], read: { readScript($0, "nimble", .python) }),
        MetadataFormat(name: "meson", names: ["meson.build"], read: { readMeson($0) }),
        MetadataFormat(
            name: "conan", names: ["conanfile.py"],
            read: { readScript($0, "conan", .python, purl: "conan", joining: .together) }),
        MetadataFormat(
            name: "spack", names: ["package.py"], applies: { $0.bytes(in: 0..<16_384).find("spack") != nil },
            read: { readScript($0, "spack", .python) }),
        MetadataFormat(name: "xmake", names: ["xmake.lua"], read: { readXmake($0) }),
        MetadataFormat(
            name: "dub-sdl", names: ["dub.sdl"], read: { readScript($0, "dub", .ruby, .dub, purl: "dub") }),
        MetadataFormat(name: "racket", names: ["info.rkt"], read: { readRacket($0) }),
        MetadataFormat(
            name: "sbt", names: ["build.sc", "build.mill"], extensions: ["sbt"], read: { readSbt($0) }),
        MetadataFormat(name: "leiningen", names: ["project.clj"], read: { readLein($0) }),
        gradle, opam, cpanMeta, cpanScript, distIni, nix, guix, dune, arduino,
    ]

    private static func readErlang(_ file: MetadataFile) -> FileMetadata? {
        var manifest = Manifest("rebar", file, Registry(names: Registry.families))
        let script = ScriptReader(manifest.bytes, .erlang)
        manifest.facts.name = file.name.dropping(suffix: ".app.src")
        manifest.facts.version = script.first("vsn")?.first?.text
        if let licenses = script.all("licenses", "license").first(where: { !$0.strings.isEmpty }) {
            manifest.licenses("licenses", licenses.strings, .together)
        }
        guard manifest.hasFindings || manifest.facts.name != nil else { return nil }
        return manifest.package(purl: "hex")
    }

    /// Source: mesonbuild.com, `project()`: `license` is an expression or a list, of which all bind.
    private static func readMeson(_ file: MetadataFile) -> FileMetadata? {
        var manifest = Manifest("meson", file, Registry(names: Registry.families))
        let script = ScriptReader(manifest.bytes, .python)
        guard let license = script.first("license"), license.isArgument else { return nil }
        manifest.licenses("license", license.strings, .together)
        script.first("license_files")?.strings.forEach { manifest.licenseFile($0.text) }
        return manifest.package()
    }

    /// `set_license("MIT")`.
    private static func readXmake(_ file: MetadataFile) -> FileMetadata? {
        var manifest = Manifest("xmake", file)
        let script = ScriptReader(manifest.bytes, .lua)
        guard let license = script.first("set_license") else { return nil }
        manifest.licenses("set_license", license.strings, .choice)
        return manifest.package()
    }

    /// Source: docs.racket-lang.org, `info.rkt`: `(define license '(Apache-2.0 OR MIT))`, symbols in place of strings.
    private static func readRacket(_ file: MetadataFile) -> FileMetadata? {
        var manifest = Manifest("racket", file)
        let script = ScriptReader(manifest.bytes, .lisp)
        guard let license = script.first("license"), let first = license.words.first ?? license.strings.first,
            let last = license.words.last ?? license.strings.last
        else { return nil }
        let range = first.bytes.lowerBound..<max(first.bytes.upperBound, last.bytes.upperBound)
        manifest.license("license", Words(manifest.bytes.text(range), bytes: range))
        return manifest.package()
    }

    /// `licenses += "Apache-2.0" -> url("…")` or `("MIT", url("…"))`; several are a Maven list, so a choice.
    private static func readSbt(_ file: MetadataFile) -> FileMetadata? {
        var manifest = Manifest("sbt", file, Registry(names: Registry.families))
        let script = ScriptReader(manifest.bytes, .groovy)
        readFacts(script, &manifest)
        var names: [Words] = []
        for license in script.all("licenses") {
            names += license.strings.filter { !Terms.isAddress($0.text) }
            let known = license.words.filter {
                !["seq", "list", "url", "license", "uri", "new", "https", "http"].contains(
                    $0.text.lowercased())
            }
            if license.strings.isEmpty {
                names += known.compactMap { word in
                    word.text.dropping(prefix: "License.").map { name in
                        Words(sbtNames[name] ?? name, bytes: word.bytes)
                    }
                }
            }
        }
        guard !names.isEmpty else { return nil }
        manifest.licenses("licenses", names, .choice)
        return manifest.package(purl: "maven")
    }

    private static let sbtNames = [
        "Apache2": "Apache-2.0", "MIT": "MIT", "GPL3_or_later": "GPL-3.0-or-later", "CC0": "CC0-1.0",
        "`MIT`": "MIT", "`Apache-2.0`": "Apache-2.0",
    ]

    /// `:license {:name "EPL-2.0" :url "…"}`.
    private static func readLein(_ file: MetadataFile) -> FileMetadata? {
        var manifest = Manifest("leiningen", file, Registry(names: Registry.families))
        guard let start = manifest.bytes.find(":license") else { return nil }
        let script = ScriptReader(
            Array(manifest.bytes[start..<min(start + 2_048, manifest.bytes.count)]), .lisp)
        var key = ""
        var count = 0
        for token in script.tokens {
            switch token {
            case .word(let word, _): key = word
            case .sign(let sign, _):
                if sign == UInt8(ascii: "}") { return manifest.package(purl: "clojars") }
                if sign == UInt8(ascii: ":") { key = "" }
            case .string(let words):
                if key == "name" || key == "license" || key == "" && count == 0 {
                    let bytes = (words.bytes.lowerBound + start)..<(words.bytes.upperBound + start)
                    manifest.license("license", Words(words.text, bytes: bytes))
                }
                count += 1
                if key == "license" { return manifest.package(purl: "clojars") }
            case .newline: break
            }
        }
        return manifest.package(purl: "clojars")
    }

    static let arduino = MetadataFormat(
        name: "arduino", names: ["library.properties"],
        read: { file in
            var manifest = Manifest("arduino", file)
            for field in INIReader.read(manifest.bytes) {
                switch field.key {
                case "name": manifest.facts.name = field.value.text
                case "version": manifest.facts.version = field.value.text
                case "url": manifest.facts.homepage = field.value.text
                case "author": manifest.author(field.value.text)
                case "license": manifest.license("license", field.value)
                default: break
                }
            }
            return manifest.package()
        })
}
