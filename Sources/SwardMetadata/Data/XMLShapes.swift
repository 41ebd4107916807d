// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

extension DataFormats {
    /// Documents in XML, told by their root: feeds, maps, texts, scores, articles, catalogues, RDF.
    static let xmlByShape = MetadataFormat(
        name: "xml",
        extensions: [
            "xml", "rdf", "owl", "kml", "gpx", "tei", "musicxml", "rss", "atom", "opml", "dbk", "docbook",
            "nxml", "jats",
            "mods", "mets", "dae", "x3d", "gml", "iso19139", "doap", "ttl.xml", "mei", "ead", "sbml", "cml",
            "xsd", "odrl", "amf", "tmx", "fb2",
        ],
        applies: { file in
            guard isUnclaimed(file), !file.name.contains("metainfo.xml"), !file.name.contains("appdata.xml")
            else { return false }
            let bytes = file.bytes
            return bytes.find("licen") != nil || bytes.find("rights") != nil || bytes.find("copyright") != nil
                || bytes.find("constraints") != nil || bytes.find("accesscondition") != nil
        },
        read: { file in
            let tree = PackageFormats.xml(file)
            guard let root = tree.elements.indices.first else { return nil }
            let name = String(tree.elements[root].local)
            // The SPDX list's own sources, and other lists of licenses, state nothing for themselves.
            guard !name.lowercased().contains("license") else { return nil }
            var manifest = Manifest(formats[name] ?? "xml", file, descriptors)
            if tree.isMalformed { manifest.markMalformed() }
            XMLStatements(tree: tree, root: root, isKnown: formats[name] != nil).read(&manifest)
            let found = manifest.document()
            return found.findings.isEmpty && found.copyrights.isEmpty && found.texts.isEmpty ? nil : found
        })

    /// By the local name of the root.
    private static let formats = [
        "kml": "kml", "gpx": "gpx", "TEI": "tei", "teiCorpus": "tei", "article": "jats",
        "score-partwise": "musicxml",
        "score-timewise": "musicxml", "rss": "rss", "feed": "atom", "entry": "atom", "RDF": "rdf",
        "opml": "opml",
        "book": "docbook", "resource": "datacite", "MD_Metadata": "iso19139", "mods": "mods",
        "modsCollection": "mods",
        "mets": "mets", "dc": "dublin-core", "metadata": "dublin-core", "COLLADA": "collada", "X3D": "x3d",
        "mei": "mei",
        "record": "oai", "OAI-PMH": "oai", "Project": "doap", "ead": "ead", "lido": "lido", "sbml": "sbml",
        "simpledc": "dublin-core", "qualifieddc": "dublin-core", "package": "opf", "eml": "eml",
        "html": "xhtml",
    ]
}

/// What the elements of one document say, each by the vocabulary it is of.
private struct XMLStatements {
    let tree: MarkupTree
    let root: Int
    /// Whether the root is of a known vocabulary, so that its own words count even where they name nothing known.
    let isKnown: Bool

    /// Elements that state rights in this document; beyond it the rest says the same.
    private static let maximum = 1_000

    func read(_ manifest: inout Manifest) {
        var visited = 0
        var index = root
        while index < tree.elements.count, visited < Self.maximum {
            switch tree.elements[index].local {
            case "license", "licence", "License", "license_ref", "licenseUri", "licenseName", "licensed":
                license(index, &manifest)
            case "link" where tree.elements[index]["rel"]?.value.lowercased() == "license":
                address(index, "link", &manifest)
            case "rights", "accessRights", "accessCondition", "useLimitation", "otherConstraints",
                "use_permission", "userestrict",
                "usageRights", "intellectualRights", "useConstraints", "rightsHolder", "rights-holder",
                "useRestrict", "rightsType":
                rights(index, &manifest)
            case "legalnotice", "availability": prose(index, &manifest)
            case "copyright", "copyright-statement", "dateCopyrighted": copyright(index, &manifest)
            case "title" where !manifest.hasTitle: manifest.title(tree.text(of: index))
            case "creator", "author":
                guard !manifest.hasCreators else { break }
                manifest.creator(tree.words(of: index, child: "name")?.text ?? tree.text(of: index))
            case "attributionName": manifest.creator(tree.text(of: index))
            case "attributionURL": manifest.attribution(target(index)?.text ?? tree.text(of: index))
            case "meta": meta(index, &manifest)
            case "property", "metadata", "custom-info": property(index, &manifest)
            case "Data", "SimpleData":
                if tree.elements[index]["name"]?.value.lowercased().hasPrefix("licen") == true {
                    manifest.licenseStatement("license", tree.words(of: index))
                }
            default:
                index += 1
                continue
            }
            visited += 1
            index += 1
        }
    }

    /// An address in one of the attributes that hold one.
    private func target(_ index: Int) -> Words? {
        for attribute in tree.elements[index].attributes {
            switch attribute.name.split(separator: ":").last {
            case "href", "resource", "target", "rightsURI", "url", "uri", "about", "ref":
                if !attribute.value.isEmpty { return Words(attribute.value, bytes: attribute.bytes) }
            default: continue
            }
        }
        return nil
    }

    private func address(_ index: Int, _ field: String, _ manifest: inout Manifest) {
        if let words = target(index) { manifest.licenseStatement(field, words) }
    }

    /// Whether an element inside already says it, so that the outer one need not.
    private func hasInner(_ index: Int) -> Bool {
        let element = tree.elements[index]
        return ((index + 1)..<max(index + 1, min(element.end, index + 200))).contains { inner in
            let local = tree.elements[inner].local
            return local == "license_ref" || local == "license" || local == "licence"
        }
    }

    private func isTrusted(_ index: Int) -> Bool {
        if isKnown { return true }
        if tree.elements[index].parent == root { return true }
        return !tree.elements[index].prefix.isEmpty
    }

    private func license(_ index: Int, _ manifest: inout Manifest) {
        guard isTrusted(index), !hasInner(index) else { return }
        let field = String(tree.elements[index].name)
        if let words = target(index) {
            if let terms = Terms.statement(words.text) {
                manifest.declareOnce(field, terms, words)
                settle(index, &manifest)
                return
            }
            let text = tree.words(of: index)
            if let terms = Terms.statement(text.text) {
                manifest.declareOnce(field, terms, text)
            } else if isKnown {
                // `rdf:resource="#mit"` and the like name nothing by themselves.
                if Terms.isAddress(words.text) { manifest.licenseStatement(field, words) }
                manifest.text(field, text)
            }
            return
        }
        // JATS puts the address into the sentence.
        if let inner = firstTarget(inside: index) {
            manifest.declareOnce(field, inner.terms, inner.words)
            settle(index, &manifest)
            return
        }
        let words = tree.words(of: index)
        if isKnown {
            manifest.licenseStatement(field, words)
        } else if let terms = Terms.statement(words.text) {
            manifest.declareOnce(field, terms, words)
        }
    }

    private func settle(_ index: Int, _ manifest: inout Manifest) {
        let element = tree.elements[index]
        manifest.settle(element.tag.lowerBound..<max(element.tag.upperBound, element.contentEnd))
    }

    private func firstTarget(inside index: Int) -> (terms: Terms, words: Words)? {
        let element = tree.elements[index]
        for inner in (index + 1)..<max(index + 1, min(element.end, index + 100)) {
            if let words = target(inner), let terms = Terms.address(words.text) { return (terms, words) }
        }
        return nil
    }

    private func rights(_ index: Int, _ manifest: inout Manifest) {
        let field = String(tree.elements[index].name)
        let identifier = tree.elements[index]["rightsIdentifier"].map { Words($0.value, bytes: $0.bytes) }
        for words in [identifier, target(index)].compactMap({ $0 }) {
            if let terms = Terms.statement(words.text) {
                manifest.declareOnce(field, terms, words)
                settle(index, &manifest)
                return
            }
        }
        if let inner = firstTarget(inside: index) {
            manifest.declareOnce(field, inner.terms, inner.words)
            settle(index, &manifest)
            return
        }
        manifest.rights(field, tree.words(of: index))
    }

    /// A paragraph that may hold a `licence` of its own, which is read when it is reached.
    private func prose(_ index: Int, _ manifest: inout Manifest) {
        guard isKnown, !hasInner(index) else { return }
        if let inner = firstTarget(inside: index) {
            manifest.declareOnce(String(tree.elements[index].name), inner.terms, inner.words)
            settle(index, &manifest)
        } else {
            manifest.rights(String(tree.elements[index].name), tree.words(of: index))
        }
    }

    private func copyright(_ index: Int, _ manifest: inout Manifest) {
        let element = tree.elements[index]
        let author = element["author"]?.value ?? tree.words(of: index, child: "holder")?.text
        let year = tree.words(of: index, child: "year")?.text
        if author != nil || year != nil {
            let text = ["Copyright", year, author].compactMap { $0 }.joined(separator: " ")
            manifest.copyright(Words(text, bytes: element.tag))
            return
        }
        guard isKnown else { return }
        manifest.rights(String(element.name), tree.words(of: index))
    }

    /// AMF's `<metadata type="copyright">`, Tiled's `<property name="license" value="…"/>`, FictionBook's
    /// `<custom-info info-type="license">`.
    private func property(_ index: Int, _ manifest: inout Manifest) {
        let element = tree.elements[index]
        let key = (element["name"] ?? element["type"] ?? element["info-type"])?.value.lowercased() ?? ""
        guard key.hasPrefix("licen") || key == "rights" || key == "copyright" else { return }
        let value = element["value"].map { Words($0.value, bytes: $0.bytes) } ?? tree.words(of: index)
        manifest.rights(key, value)
    }

    /// X3D's and XHTML's `<meta name="license" content="…"/>`, EPUB's `<meta property="dcterms:rights">`.
    private func meta(_ index: Int, _ manifest: inout Manifest) {
        let element = tree.elements[index]
        guard let key = (element["name"] ?? element["property"])?.value.lowercased(),
            key.contains("licen") || key.contains("rights")
        else { return }
        let content = element["content"].map { Words($0.value, bytes: $0.bytes) } ?? tree.words(of: index)
        manifest.rights("meta:" + key, content)
    }
}
