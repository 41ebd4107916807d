// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardSPDX

extension PackageFormats {
    /// Source: copyright-format 1.0 (DEP-5). Every `Files` stanza is a declaration for paths, and one finding is made
    /// for each license that the stanzas name. `License` stanzas of their own only hold texts.
    static let debianCopyright = MetadataFormat(
        name: "debian-copyright", names: ["copyright", "dep5"], extensions: ["copyright"],
        applies: { file in
            let head = file.bytes(in: 0..<2_048)
            return head.find("format:") != nil || head.find("format-specification:") != nil
                || head.find("\nfiles:") != nil
        },
        read: { file in
            var manifest = Manifest("debian-copyright", file, .debian)
            let stanzas = HeaderReader.read(manifest.bytes)
            guard stanzas.contains(where: { $0["files"] != nil }) || stanzas.first?["format"] != nil else {
                return nil
            }
            let texts = Dictionary(
                stanzas.filter { $0["files"] == nil }.compactMap { stanza in
                    stanza.field("license").map { ($0.firstLine.text.lowercased(), $0.rest) }
                }, uniquingKeysWith: { first, _ in first })
            manifest.facts.name = stanzas.first?["upstream-name"]?.text
            manifest.facts.homepage = stanzas.first?["source"]?.text
            manifest.facts.appliesToWholeFolder = false
            let levels = levelsAbove(file)
            var seen: Set<LicenseExpression> = []
            var memory: [String: Terms] = [:]
            var whole: LicenseExpression?
            for (index, stanza) in stanzas.enumerated() {
                let files = stanza["files"]
                guard files != nil || index == 0, let license = stanza.field("license") else {
                    continue
                }
                let name = license.firstLine.text.trimmed
                let key = name.lowercased()
                let terms: Terms?
                if let known = memory[key] {
                    terms = known
                } else {
                    terms = debianTerms(name, own: license.rest.text, text: texts[key]?.text)
                    memory[key] = terms
                }
                if let terms, seen.insert(terms.expression).inserted {
                    manifest.declare("license", terms, license.firstLine.bytes, words: name)
                } else {
                    manifest.settle(license.firstLine.bytes)
                }
                guard let files else { continue }
                let globs = files.text.fields
                let patterns = PathPatterns(globs)
                if globs.contains("*") { whole = terms?.expression }
                let copyright = stanza["copyright"]
                let holders = copyright?.text.inkedLines.map(\.trimmed) ?? []
                for line in holders {
                    manifest.copyright(Words(line, bytes: copyright?.bytes ?? stanza.bytes))
                }
                manifest.declare(
                    PathDeclaration(
                        patterns: patterns, levelsUp: levels, expression: terms?.expression, words: name,
                        copyrights: holders, bytes: stanza.bytes, lines: manifest.lines(of: stanza.bytes)))
            }
            manifest.settleAll()
            var found = manifest.package()
            if let whole { found.packageFacts?.declares = whole }
            return found
        })

    /// `debian/copyright` speaks of the folder above its own, `.reuse/dep5` too; any other of its own.
    private static func levelsAbove(_ file: MetadataFile) -> Int {
        guard let folder = file.folders.first else { return 0 }
        return folder == "debian" || folder == ".reuse" ? 1 : 0
    }

    /// A short name; one that is nobody's is what its text says.
    private static func debianTerms(_ name: String, own: String, text: String?) -> Terms? {
        // "License: Lucent" names who wrote the text, where the text is there.
        let isHolder = holders.contains(name.lowercased()) && max(own.utf8.count, text?.utf8.count ?? 0) > 40
        if !isHolder, let known = Terms.known(name, .debian) { return known }
        for prose in [own, text ?? ""] where prose.utf8.count > 40 {
            if let found = Terms.known(prose.prefix(16_384) + "\n", .debian) {
                return Terms(expression: found.expression, score: Terms.told)
            }
        }
        if isHolder { return Terms(expression: Terms.reference(name), score: Terms.unknown) }
        return Terms.read(name.isEmpty ? own : name, .debian)
    }

    private static let holders: Set<String> = [
        "lucent", "nokia", "apple", "intel", "nasa", "sun", "ibm", "hp", "sgi", "cmu", "netscape", "sendmail",
    ]

    /// Sources: rpm.org, "Spec file format", License; docs.fedoraproject.org, legal, for the names before SPDX.
    static let rpmSpec = MetadataFormat(
        name: "rpm", extensions: ["spec"],
        applies: { file in
            let head = file.bytes(in: 0..<65_536)
            // `Copyright:` is what the field was called before 1999.
            return head.find("license:") != nil || head.find("copyright:") != nil
        },
        read: { file in
            var manifest = Manifest("rpm", file, .fedora)
            guard file.bytes(in: 0..<65_536).find("name:") != nil else { return nil }
            var offset = 0
            let bytes = manifest.bytes
            var seen: Set<String> = []
            while offset < bytes.count {
                let end = bytes.endOfLine(from: offset)
                let line = bytes.trimmed(offset..<end)
                var next = end
                while next < bytes.count, bytes[next] != 0x0A { next += 1 }
                offset = next + 1
                guard let colon = bytes[line].prefix(24).firstIndex(of: UInt8(ascii: ":")) else {
                    // A changelog may hold anything.
                    if bytes.text(line) == "%changelog" { break }
                    continue
                }
                let value = bytes.trimmed((colon + 1)..<line.upperBound)
                let text = bytes.text(value)
                switch bytes.text(line.lowerBound..<colon).lowercased() {
                case "name": manifest.facts.name = manifest.facts.name ?? text
                case "version": manifest.facts.version = manifest.facts.version ?? text
                case "url": manifest.facts.homepage = manifest.facts.homepage ?? text
                case "source", "source0": manifest.source(text)
                case "license", "copyright":
                    // Sub-packages may have terms of their own; the first is the package's.
                    if !text.hasPrefix("#"), !text.contains("%{") || text.contains(" "),
                        seen.insert(text).inserted
                    {
                        manifest.license("license", Words(text, bytes: value))
                    }
                default: break
                }
            }
            guard manifest.hasFindings else { return nil }
            return manifest.package(purl: "rpm")
        })

    /// Source: "Writing R Extensions", 1.1.2: `|` between alternatives, `+ file LICENSE` for a template's blanks or for
    /// further terms.
    static let cranDescription = MetadataFormat(
        name: "cran", names: ["description"],
        applies: { file in
            let head = file.bytes(in: 0..<16_384)
            return head.find("package:") != nil
                && (head.find("version:") != nil || head.find("license:") != nil)
        },
        read: { file in
            var manifest = Manifest("cran", file, .cran)
            guard let stanza = HeaderReader.read(manifest.bytes, stopsAtBlankLine: true).first else {
                return nil
            }
            manifest.facts.name = stanza["package"]?.text
            manifest.facts.version = stanza["version"]?.text
            manifest.facts.homepage = stanza["url"]?.text
            manifest.author(stanza["author"]?.text)
            guard let license = stanza["license"] else { return manifest.package(purl: "cran") }
            var terms: [Terms] = []
            for alternative in license.text.prefix(4_096).folded.split(separator: "|") {
                var parts: [Terms] = []
                for part in alternative.parts(separatedBy: " + ") {
                    if let path = part.trimmed.dropping(prefix: "file ") {
                        manifest.licenseFile(path)
                    } else if let found = Terms.read(part, .cran) {
                        parts.append(found)
                    }
                }
                if let both = Terms.all(parts, .together) { terms.append(both) }
            }
            if let all = Terms.all(terms, .choice) {
                manifest.declare("license", all, license.bytes, words: license.text)
            }
            return manifest.package(purl: "cran")
        })
}
