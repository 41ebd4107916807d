// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Recipes of distributions in shell and make.
extension PackageFormats {
    static let ports: [MetadataFormat] = [
        // Sources: man 5 PKGBUILD, wiki.archlinux.org. All elements bind (RFC 16 of Arch says so for SPDX).
        MetadataFormat(
            name: "arch", names: ["pkgbuild"],
            read: { readShell($0, "arch", .arch, names: ["license"], purl: "alpm") }),
        MetadataFormat(name: "arch-srcinfo", names: [".srcinfo"], read: { readSrcInfo($0) }),
        // Source: wiki.alpinelinux.org: an SPDX expression; older ones list names with blanks between.
        MetadataFormat(
            name: "alpine", names: ["apkbuild"],
            read: { readShell($0, "alpine", .alpine, names: ["license"], purl: "apk") }),
        MetadataFormat(
            name: "void", names: ["template"], applies: { $0.bytes(in: 0..<2_048).find("pkgname=") != nil },
            read: { readShell($0, "void", .alpine, names: ["license"], purl: nil) }),
        MetadataFormat(
            name: "macports", names: ["portfile"],
            applies: { $0.bytes(in: 0..<8_192).find("portsystem") != nil },
            read: { readPortfile($0) }),
        MetadataFormat(name: "portage", extensions: ["ebuild"], read: { readEbuild($0) }),
        // Source: docs.yoctoproject.org, `LICENSE`: `&` binds, `|` offers a choice.
        MetadataFormat(
            name: "bitbake", extensions: ["bb", "bbappend", "inc"],
            read: { readShell($0, "bitbake", .bitbake, names: ["LICENSE"], purl: nil) }),
        MetadataFormat(name: "ports", names: ["makefile"], read: { readMakefile($0) }),
        MetadataFormat(
            name: "buildroot", extensions: ["mk"], applies: { $0.bytes.find("_license") != nil },
            read: { readBuildroot($0) }),
        // Source: man 5 deb-src-control has no license; opkg's and ipk's control has.
        MetadataFormat(
            name: "ipk", names: ["control"], applies: { $0.bytes(in: 0..<4_096).find("license:") != nil },
            read: { readControl($0) }),
    ]

    private static func readShell(
        _ file: MetadataFile, _ format: String, _ registry: Registry, names: Set<String>, purl: String?
    ) -> FileMetadata? {
        var manifest = Manifest(format, file, registry)
        let facts: Set<String> = [
            "pkgname", "pkgbase", "pkgver", "version", "url", "homepage", "HOMEPAGE", "PN", "PV", "source",
            "distfiles", "SRC_URI",
        ]
        for one in ShellReader.read(manifest.bytes, where: { names.contains($0) || facts.contains($0) }) {
            guard let value = one.value else { continue }
            switch one.name {
            case "pkgname", "pkgbase", "PN": manifest.facts.name = manifest.facts.name ?? value.text
            case "pkgver", "version", "PV": manifest.facts.version = manifest.facts.version ?? value.text
            case "url", "homepage", "HOMEPAGE":
                manifest.facts.homepage = manifest.facts.homepage ?? value.text
            case "source", "distfiles", "SRC_URI": one.words.forEach { manifest.source($0.text) }
            default:
                if value.text.hasPrefix("$") || value.text == "CLOSED" && format == "bitbake" {
                    if value.text == "CLOSED" {
                        manifest.declare("license", .proprietary, value.bytes, words: value.text)
                    }
                    continue
                }
                manifest.licenses("license", one.words, .together)
            }
        }
        guard manifest.hasFindings || manifest.facts.name != nil else { return nil }
        return manifest.package(purl: purl)
    }

    private static func readSrcInfo(_ file: MetadataFile) -> FileMetadata? {
        var manifest = Manifest("arch", file, .arch)
        var parts: [Words] = []
        for field in ShellReader.read(
            manifest.bytes, where: { ["pkgbase", "pkgver", "url", "source", "license"].contains($0) })
        {
            guard let value = field.value else { continue }
            switch field.name {
            case "pkgbase": manifest.facts.name = value.text
            case "pkgver": manifest.facts.version = value.text
            case "url": manifest.facts.homepage = value.text
            case "source": manifest.source(value.text)
            default: parts.append(value)
            }
        }
        var seen: Set<String> = []
        manifest.licenses("license", parts.filter { seen.insert($0.text).inserted }, .together)
        return manifest.package(purl: "alpm")
    }

    /// Source: Package Manager Specification 8, `LICENSE`: all bind, `|| ( … )` offers a choice, `flag? ( … )` binds
    /// when the flag is set, which is read as bound.
    private static func readEbuild(_ file: MetadataFile) -> FileMetadata? {
        var manifest = Manifest("portage", file, .gentoo)
        if let stem = file.name.dropping(suffix: ".ebuild") {
            let parts = stem.split(separator: "-")
            if let index = parts.firstIndex(where: { $0.first?.isNumber == true }), index > 0 {
                manifest.facts.name = parts[..<index].joined(separator: "-")
                manifest.facts.version = parts[index...].joined(separator: "-")
            } else {
                manifest.facts.name = stem
            }
        }
        for one in ShellReader.read(manifest.bytes, where: { $0 == "LICENSE" || $0 == "HOMEPAGE" }) {
            guard let value = one.value else { continue }
            if one.name == "HOMEPAGE" {
                manifest.facts.homepage = value.text
                continue
            }
            var tokens = value.text.split(separator: " ").map(String.init)[...]
            if let terms = gentooTerms(&tokens, .together, depth: 0) {
                manifest.declare("LICENSE", terms, value.bytes, words: value.text)
            }
        }
        return manifest.package(purl: "ebuild")
    }

    /// Source: guide.macports.org, "Portfile Keywords", `license`: names bind together, `{A B}` offers a choice, `+` means
    /// or later, a name may end in its version.
    private static func readPortfile(_ file: MetadataFile) -> FileMetadata? {
        var manifest = Manifest("macports", file, .ports)
        let bytes = manifest.bytes
        var offset = 0
        while offset < bytes.count {
            let end = bytes.endOfLine(from: offset)
            let line = bytes.trimmed(offset..<end)
            var next = end
            while next < bytes.count, bytes[next] != 0x0A { next += 1 }
            offset = next + 1
            let text = bytes.text(line)
            guard let blank = text.firstIndex(where: \.isWhitespace) else { continue }
            let value = text[blank...].trimmed
            switch text[..<blank] {
            case "name": manifest.facts.name = manifest.facts.name ?? value
            case "version": manifest.facts.version = manifest.facts.version ?? value
            case "homepage": manifest.facts.homepage = manifest.facts.homepage ?? value
            case "license":
                guard !value.contains("$"), let terms = portTerms(value) else { continue }
                manifest.declare("license", terms, line, words: value)
            default: break
            }
        }
        guard manifest.hasFindings else { return nil }
        return manifest.package()
    }

    private static func portTerms(_ value: String) -> Terms? {
        var parts: [Terms] = []
        var choice: [Terms]?
        for token in value.prefix(1_024).replacing("{", with: " { ").replacing("}", with: " } ").split(
            separator: " ")
        {
            switch token {
            case "{": choice = []
            case "}":
                if let one = Terms.all(choice ?? [], .choice) { parts.append(one) }
                choice = nil
            default:
                guard let terms = Terms.read(String(token), .ports) else { continue }
                if choice == nil { parts.append(terms) } else { choice?.append(terms) }
            }
        }
        return Terms.all(parts, .together)
    }

    private static func gentooTerms(_ tokens: inout ArraySlice<String>, _ joining: Joining, depth: Int)
        -> Terms?
    {
        var parts: [Terms] = []
        var next = Joining.together
        guard depth < 32 else {
            tokens = []
            return nil
        }
        while let token = tokens.popFirst() {
            switch token {
            case "||": next = .choice
            case "(":
                if let inner = gentooTerms(&tokens, next, depth: depth + 1) { parts.append(inner) }
                next = .together
            case ")": return Terms.all(parts, joining)
            default:
                if token.hasSuffix("?") || token.hasPrefix("$") { continue }
                if let terms = Terms.read(token, .gentoo) { parts.append(terms) }
            }
        }
        return Terms.all(parts, joining)
    }

    /// Sources: FreeBSD Porter's Handbook 5.10 (`LICENSE_COMB`), pkgsrc guide (`LICENSE`), OpenWrt (`PKG_LICENSE`).
    private static func readMakefile(_ file: MetadataFile) -> FileMetadata? {
        let bytes = file.bytes(in: 0..<262_144)
        guard bytes.find("license") != nil || bytes.find("permit_package") != nil else { return nil }
        var manifest = Manifest("ports", bytes: bytes, limits: file.limits, .ports)
        let wanted: Set<String> = [
            "LICENSE", "LICENSE_COMB", "PKG_LICENSE", "PORTNAME", "DISTNAME", "PKG_NAME", "PORTVERSION",
            "DISTVERSION",
            "PKG_VERSION", "HOMEPAGE", "WWW", "PKG_LICENSE_FILES", "LICENSE_FILE", "GH_PROJECT",
        ]
        var license: Words?
        var field = "LICENSE"
        var isDual = false
        for one in ShellReader.read(bytes, where: { wanted.contains($0) }) {
            guard let value = one.value, !value.text.contains("$") else { continue }
            switch one.name {
            case "LICENSE", "PKG_LICENSE":
                license = value
                field = one.name
            case "LICENSE_COMB": isDual = value.text == "dual"
            case "PORTNAME", "PKG_NAME", "DISTNAME": manifest.facts.name = manifest.facts.name ?? value.text
            case "PORTVERSION", "DISTVERSION", "PKG_VERSION": manifest.facts.version = value.text
            case "HOMEPAGE", "WWW": manifest.facts.homepage = value.text
            case "PKG_LICENSE_FILES", "LICENSE_FILE":
                value.text.split(separator: " ").forEach { manifest.licenseFile(String($0)) }
            default: break
            }
        }
        // OpenBSD's ports have the name in a comment above the permission.
        if license == nil, let permit = bytes.find("permit_package"), permit > 0 {
            var start = permit - 1
            while start > 0, bytes[start - 1] != 0x0A { start -= 1 }
            let line = bytes.trimmed(start..<(permit - 1))
            if !line.isEmpty, bytes[line.lowerBound] == UInt8(ascii: "#") {
                let inner = bytes.trimmed((line.lowerBound + 1)..<line.upperBound)
                license = Words(bytes.text(inner), bytes: inner)
                field = "PERMIT_PACKAGE"
            }
        }
        guard let license else { return nil }
        // FreeBSD separates names by blanks, pkgsrc and OpenWrt join them by words.
        let names = license.text.split(separator: " ").map { Terms.known(String($0), .ports) }
        if names.count > 1, let all = Terms.all(names.compactMap { $0 }, isDual ? .choice : .together),
            !names.contains(nil)
        {
            manifest.declare(field, all, license.bytes, words: license.text)
        } else {
            manifest.license(field, license)
        }
        return manifest.package()
    }

    /// Source: The Buildroot user manual, `LIBFOO_LICENSE`: commas bind, ` or ` offers, words in parentheses say what for.
    private static func readBuildroot(_ file: MetadataFile) -> FileMetadata? {
        var manifest = Manifest("buildroot", file, .ports)
        var name: String?
        for one in ShellReader.read(
            manifest.bytes, where: { $0.hasSuffix("_LICENSE") || $0.hasSuffix("_LICENSE_FILES") })
        {
            guard let value = one.value, !value.text.contains("$") else { continue }
            if one.name.hasSuffix("_FILES") {
                value.text.split(separator: " ").forEach { manifest.licenseFile(String($0)) }
                continue
            }
            name = name ?? one.name.dropping(suffix: "_LICENSE")?.lowercased()
            let bare = value.text.split(separator: ",").map { part in
                let text = String(part)
                guard let open = text.firstIndex(of: "("), text.hasSuffix(")") else { return text }
                return text[..<open].trimmed
            }
            manifest.licenses("license", bare.map { Words($0, bytes: value.bytes) }, .together)
        }
        guard manifest.hasFindings else { return nil }
        manifest.facts.name = name
        return manifest.package()
    }

    private static func readControl(_ file: MetadataFile) -> FileMetadata? {
        var manifest = Manifest("ipk", file, .debian)
        guard let stanza = HeaderReader.read(manifest.bytes, stopsAtBlankLine: true).first,
            stanza["package"] != nil || stanza["source"] != nil
        else { return nil }
        manifest.facts.name = (stanza["package"] ?? stanza["source"])?.text
        manifest.facts.version = stanza["version"]?.text
        manifest.license("license", stanza["license"])
        return manifest.package()
    }
}

extension Registry {
    /// Alpine and Void list names with blanks or commas between where they are no expression.
    static let alpine = Registry(
        names: Registry.arch.names, rule: Registry.gentoo.rule,
        separators: Registry.usualSeparators + [([" "], .together)])

    static let bitbake = Registry(
        names: Registry.gentoo.names, rule: Registry.gentoo.rule,
        separators: [(["|"], .choice), (["&", " "], .together)], splitsFirst: true)
}
