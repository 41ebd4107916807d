// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection
internal import SwardJSON

/// Pages, and the headers of what runs them.
enum WebFormats {
    static let all: [MetadataFormat] = [page, reservations, wordpress]

    /// Source: HTML Living Standard (`rel=license`), RDFa 1.1, microdata, ccREL, schema.org, Dublin Core in HTML.
    static let page = MetadataFormat(
        name: "html",
        extensions: ["html", "htm", "xhtml", "xht", "shtml", "vue", "astro", "svelte", "html.in", "php"],
        applies: { file in
            let bytes = file.bytes
            return bytes.find("licen") != nil || bytes.find("rights") != nil || bytes.find("copyright") != nil
                || bytes.find("noai") != nil || bytes.find("tdm-reservation") != nil
        },
        read: { file in
            let tree = MarkupScanner.tree(file.bytes, .html, limits: file.limits)
            var manifest = Manifest("html", file, DataFormats.descriptors)
            PageReader(tree: tree).read(&manifest)
            let found = manifest.document()
            return found.findings.isEmpty && found.copyrights.isEmpty && found.texts.isEmpty
                && found.evidence.isEmpty ? nil : found
        })

    /// What a site keeps from machine learning. Sources: Spawning's `ai.txt`; the W3C community group's TDM Reservation
    /// Protocol, `tdmrep.json`.
    static let reservations = MetadataFormat(
        name: "reservation", names: ["ai.txt", "tdmrep.json"],
        read: { file in
            var manifest = Manifest(
                "reservation", bytes: file.bytes(in: 0..<65_536), limits: file.limits, .plain)
            let bytes = manifest.bytes
            var offset = 0
            while offset < bytes.count {
                let line = bytes.trimmed(offset..<bytes.endOfLine(from: offset))
                let words = bytes.text(line).lowercased().filter { !$0.isWhitespace && $0 != "\"" }
                if words.hasPrefix("disallow:") && words.utf8.count > 9 || words.contains("tdm-reservation:1")
                {
                    manifest.add(.noAIRider, bytes.text(line), line)
                    break
                }
                offset = max(offset + 1, line.upperBound + 1)
            }
            let found = manifest.document()
            return found.evidence.isEmpty ? nil : found
        })

    /// Headers of WordPress plugins and themes. Source: developer.wordpress.org, "Header Requirements", `License` and
    /// `License URI`; they stand in a comment of the main file, or at the head of `readme.txt`.
    static let wordpress = MetadataFormat(
        name: "wordpress", names: ["readme.txt", "style.css"], extensions: ["php"],
        applies: { file in
            let head = file.bytes(in: 0..<8_192)
            return head.find("plugin name:") != nil || head.find("theme name:") != nil
                || head.find("requires at least:") != nil || head.find("stable tag:") != nil
        },
        read: { file in
            var manifest = Manifest(
                "wordpress", bytes: file.bytes(in: 0..<8_192), limits: file.limits, .python)
            let bytes = manifest.bytes
            var license: Words?
            var address: Words?
            var offset = 0
            while offset < bytes.count {
                let end = bytes.endOfLine(from: offset)
                var line = bytes.trimmed(offset..<end)
                var next = end
                while next < bytes.count, bytes[next] != 0x0A { next += 1 }
                offset = next + 1
                while let first = bytes[line].first, "*/#@ \t".utf8.contains(first) {
                    line = (line.lowerBound + 1)..<line.upperBound
                }
                guard let colon = bytes[line].prefix(32).firstIndex(of: UInt8(ascii: ":")) else { continue }
                let value = bytes.trimmed((colon + 1)..<line.upperBound)
                let words = Words(bytes.text(value), bytes: value)
                switch bytes.text(line.lowerBound..<colon).lowercased() {
                case "plugin name", "theme name": manifest.facts.name = words.text
                case "version", "stable tag": manifest.facts.version = manifest.facts.version ?? words.text
                case "author": manifest.author(words.text)
                case "plugin uri", "theme uri": manifest.facts.homepage = words.text
                case "license": license = license ?? words
                case "license uri": address = address ?? words
                default: break
                }
            }
            let byName = license.flatMap { Terms.known($0.text, .python) }
            if let license, let byName, byName.score > Terms.usual || address == nil {
                manifest.declare("License", byName, license.bytes, words: license.text)
            } else if let address, let terms = Terms.address(address.text) {
                manifest.declare("License URI", terms, address.bytes, words: address.text)
            } else {
                manifest.license("License", license)
            }
            guard manifest.hasFindings else { return nil }
            if let address { manifest.settle(address.bytes) }
            return manifest.package(purl: nil)
        })
}
