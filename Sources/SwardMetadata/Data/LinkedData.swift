// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardJSON

/// JSON-LD as descriptors use it, read by the names of keys: schema.org, DCAT, Dublin Core, Croissant, RO-Crate.
///
/// Contexts are not expanded, as they lie on the network; the usual prefixes and full addresses are known.
struct LinkedData {
    private let root: LocatedValue
    private let nodes: [LocatedValue]
    /// By `@id`.
    private let byName: [String: LocatedValue]
    private let meanings = Meanings()

    /// What words mean, looked up once for each spelling; beyond some hundreds a document says the same again, or wastes
    /// time.
    private final class Meanings {
        private var known: [String: Terms?] = [:]
        private var names: [String: Bool] = [:]
        private static let limit = 250

        func isKnown(_ text: String) -> Bool {
            if let found = names[text] { return found }
            guard names.count < Self.limit else { return false }
            let found = Terms.known(text, DataFormats.descriptors) != nil
            names[text] = found
            return found
        }

        func statement(_ text: String) -> Terms? {
            if let found = known[text] { return found }
            guard known.count < Self.limit else { return nil }
            let found = Terms.statement(text)
            known[text] = .some(found)
            return found
        }
    }

    init(_ document: LocatedValue) {
        root = document.isMap ? document : document.list.first ?? document
        let graph = root["@graph"]?.oneOrMore ?? (document.isList ? document.list : [root])
        nodes = Array(graph.prefix(10_000))
        byName = Dictionary(
            nodes.compactMap { node in node["@id"]?.string.map { ($0, node) } },
            uniquingKeysWith: { first, _ in first })
    }

    private static let licenseKeys = [
        "license", "schema:license", "sc:license", "dct:license", "dcterms:license", "cc:license",
        "dc:license",
        "http://schema.org/license", "https://schema.org/license", "http://purl.org/dc/terms/license",
        "http://creativecommons.org/ns#license", "licence",
    ]
    private static let rightsKeys = [
        "dct:rights", "dcterms:rights", "dc:rights", "rights", "http://purl.org/dc/terms/rights",
        "http://purl.org/dc/elements/1.1/rights", "usageInfo", "copyrightNotice",
    ]

    /// The terms of the root, and of the nodes where the root states none.
    func read(_ manifest: inout Manifest) {
        describe(root, &manifest)
        state(root, &manifest)
        if !manifest.hasFindings {
            for node in nodes where node.bytes != root.bytes { state(node, &manifest) }
        }
        if !manifest.hasFindings { descend(root, &manifest) }
        if !manifest.hasTitle, let first = nodes.first { describe(first, &manifest) }
    }

    /// Source: RO-Crate 1.1: the entity that the descriptor is about is the root; other entities may have terms of
    /// their own.
    func readCrate(_ manifest: inout Manifest) {
        let descriptor = nodes.first { $0["@id"]?.string?.hasSuffix("ro-crate-metadata.json") == true }
        let about = descriptor?["about"].flatMap { $0["@id"]?.string } ?? "./"
        let crate = byName[about] ?? byName["./"] ?? byName["."]
        if let crate {
            describe(crate, &manifest)
            state(crate, &manifest)
        }
        for node in nodes where node["@id"]?.string != about {
            guard let path = node["@id"]?.string, !path.hasPrefix("#"), !path.contains("://"),
                let words = licenses(of: node).first
            else { continue }
            if !manifest.hasFindings, crate == nil { state(node, &manifest) }
            let terms = meanings.statement(words.text)
            manifest.declare(
                PathDeclaration(
                    patterns: [path.hasSuffix("/") ? path + "**" : path], levelsUp: 0,
                    expression: terms?.expression,
                    words: words.text, copyrights: [], bytes: words.bytes,
                    lines: manifest.lines(of: words.bytes)))
        }
        if !manifest.hasFindings, crate != nil, licenses(of: crate ?? root).isEmpty {
            for node in nodes { state(node, &manifest) }
        }
    }

    private func describe(_ node: LocatedValue, _ manifest: inout Manifest) {
        for key in ["name", "schema:name", "title", "dct:title", "dcterms:title", "headline"] {
            if let value = node[key], let text = DataFormats.name(value) {
                manifest.title(text)
                break
            }
        }
        for key in [
            "creator", "author", "schema:creator", "schema:author", "dct:creator", "dcterms:creator",
            "publisher",
        ] {
            for one in node[key]?.oneOrMore.prefix(64) ?? [] {
                let resolved = one["@id"]?.string.flatMap { byName[$0] } ?? one
                manifest.creator(DataFormats.name(resolved))
            }
            if manifest.hasCreators { break }
        }
        for key in ["creditText", "cc:attributionName"] { manifest.creator(node[key]?.string) }
        manifest.attribution((node["cc:attributionURL"] ?? node["url"] ?? node["acquireLicensePage"])?.string)
        for key in ["copyrightNotice", "schema:copyrightNotice"] { manifest.copyright(Words(node[key])) }
        if let holder = node["copyrightHolder"], let name = DataFormats.name(holder) {
            let year = node["copyrightYear"]?.scalar.map { $0 + " " } ?? ""
            manifest.copyright(Words("Copyright \(year)\(name)", bytes: holder.bytes))
        }
    }

    private func state(_ node: LocatedValue, _ manifest: inout Manifest) {
        let licenses = licenses(of: node)
        for words in licenses { manifest.licenseStatement("license", words) }
        guard licenses.isEmpty else { return }
        for key in Self.rightsKeys {
            for one in node[key]?.oneOrMore.prefix(8) ?? [] {
                manifest.rights(key, words(of: resolved(one)))
            }
        }
    }

    private func words(of value: LocatedValue) -> Words? {
        DataFormats.words(of: value, isKnown: meanings.isKnown)
    }

    /// The words of each license of a node; a reference to a node of the graph is followed once.
    private func licenses(of node: LocatedValue) -> [Words] {
        for key in Self.licenseKeys {
            let found = node[key]?.oneOrMore.prefix(16).compactMap { one -> Words? in
                let own = words(of: one)
                if let own, meanings.statement(own.text) != nil { return own }
                let target = resolved(one)
                return target.bytes == one.bytes ? own : words(of: target) ?? own
            }
            if let found, !found.isEmpty { return found }
        }
        return []
    }

    private func resolved(_ value: LocatedValue) -> LocatedValue {
        (value["@id"]?.string ?? value.string).flatMap { byName[$0] } ?? value
    }

    /// Nodes inside nodes, such as the distributions of a data set.
    private func descend(_ value: LocatedValue, _ manifest: inout Manifest) {
        var waiting = [value]
        var visited = 0
        while let next = waiting.popLast(), visited < 50_000 {
            visited += 1
            if next.isMap, next.bytes != value.bytes { state(next, &manifest) }
            waiting += next.list.reversed()
            waiting += next.entries.reversed().map(\.value).filter { $0.isMap || $0.isList }
        }
    }
}
