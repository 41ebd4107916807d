// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection
internal import SwardJSON

/// What a page states of its own terms in machine-read form.
///
/// Words in the page's text are the detector's; here only marks count: `rel=license`, RDFa, microdata, JSON-LD, meta
/// names. A mark inside an element that is about another thing (`about`, `resource`, a figure's `itemscope`) is told as
/// a declaration for that thing.
struct PageReader {
    private let tree: MarkupTree
    private let meanings = Meanings()
    /// Elements with a license in `rel`, `property` or `itemprop`.
    private let marks: Set<Int>
    /// Whether some mark of the page is about the page itself.
    private var statesItself = false

    init(tree: MarkupTree) {
        self.tree = tree
        // Beyond so many a page says the same again.
        marks = Set(
            tree.elements.indices.lazy.filter { index in
                !tree.elements[index].attributes.isEmpty
                    && ["rel", "property", "itemprop"].contains { name in
                        tree.elements[index][name]?.value.prefix(1_024).lowercased().split { $0.isWhitespace }
                            .contains { Self.licenseProperties.contains(String($0)) } == true
                    }
            }.prefix(1_000))
        statesItself = marks.contains { subject(of: $0) == nil }
    }

    /// What words mean, found out once: a page of a thousand marks has the same few.
    private final class Meanings {
        private var known: [String: Terms?] = [:]

        func terms(of text: String, _ purpose: Character, _ read: (String) -> Terms?) -> Terms? {
            guard text.utf8.count <= 256 else { return read(text) }
            let key = String(purpose) + text
            if let found = known[key] { return found }
            let found = read(text)
            known[key] = .some(found)
            return found
        }
    }

    private static let licenseProperties: Set<String> = [
        "license", "cc:license", "dct:license", "dcterms:license", "dc:license", "schema:license",
        "xhv:license",
        "http://creativecommons.org/ns#license", "http://purl.org/dc/terms/license",
        "https://schema.org/license",
        "http://schema.org/license", "http://www.w3.org/1999/xhtml/vocab#license",
    ]

    private static let metaNames: Set<String> = [
        "license", "licence", "dcterms.license", "dc.license", "dcterms.rights", "dc.rights",
        "dc.rights.license", "rights",
        "rights-standard", "copyright", "dcterms.rightsholder", "dcterms.accessrights", "og:license",
        "article:license",
        "cc:license", "dc:rights", "dcterms:license", "dcterms:rights", "citation_license", "og:rights",
        "twitter:license",
        "dc.rights.uri", "eprints.rights", "bepress_citation_license", "dc.rights.copyright", "usage-rights",
        "license-url",
    ]

    /// Blocks of data read in one page; real ones have a few.
    private static let dataLimit = 200

    func read(_ manifest: inout Manifest) {
        var left = Self.dataLimit
        for index in tree.elements.indices {
            let element = tree.elements[index]
            switch element.name {
            case "title" where !manifest.hasTitle: manifest.title(tree.text(of: index))
            case "meta": meta(index, &manifest)
            case "script" where left > 0 && isData(element):
                left -= 1
                data(index, &manifest)
            default: break
            }
            guard !element.attributes.isEmpty else { continue }
            mark(index, &manifest)
            attribution(index, &manifest)
        }
    }

    private func mark(_ index: Int, _ manifest: inout Manifest) {
        let element = tree.elements[index]
        guard marks.contains(index), element.name != "meta" else { return }
        let name = ["rel", "property", "itemprop"].first { element[$0] != nil } ?? "rel"
        state("\(name)=license", index, &manifest)
    }

    private func state(_ field: String, _ index: Int, _ manifest: inout Manifest) {
        let element = tree.elements[index]
        var words: Words?
        for key in ["href", "resource", "content", "src"] {
            if let attribute = element[key], !attribute.value.isEmpty {
                words = Words(attribute.value, bytes: attribute.bytes)
                break
            }
        }
        if words == nil {
            let inner = (index + 1)..<max(index + 1, min(element.end, index + 50))
            words = inner.lazy.compactMap { tree.elements[$0]["href"] ?? tree.elements[$0]["resource"] }
                .first.map { Words($0.value, bytes: $0.bytes) }
        }
        let text = tree.words(of: index)
        let byAddress = words.flatMap { words in
            meanings.terms(of: words.text, "a") {
                Terms.address($0) ?? Terms.known($0, DataFormats.descriptors)
            }
        }
        let terms = byAddress ?? meanings.terms(of: text.text, "s") { Terms.statement($0) }
        let place = words ?? text
        let settled =
            element.tag
            .lowerBound..<max(element.tag.upperBound, min(element.contentEnd, element.tag.upperBound + 4_096))
        if let subject = subject(of: index) {
            manifest.settle(settled)
            manifest.declare(
                PathDeclaration(
                    patterns: [subject], levelsUp: 0, expression: terms?.expression,
                    words: words?.text ?? text.text,
                    copyrights: [], bytes: settled, lines: manifest.lines(of: settled)))
            // Where the page marks only its parts, their terms are all that can be said.
            if let terms, !statesItself { manifest.declareOnce(field, terms, place) }
            return
        }
        guard let terms else {
            // A page's own `/license.html` names nothing; it is pointed to.
            if let words, !words.text.contains("://") {
                manifest.licenseFile(words.text)
            } else if let words {
                unknown(field, words, &manifest)
            }
            return
        }
        manifest.declareOnce(field, terms, place)
        manifest.settle(settled)
    }

    private func unknown(_ field: String, _ words: Words, _ manifest: inout Manifest) {
        if let terms = meanings.terms(of: words.text, "r", { Terms.read($0, DataFormats.descriptors) }) {
            manifest.declareOnce(field, terms, words)
        }
    }

    /// The address of another thing that an enclosing element is about; `nil` for the page.
    private func subject(of index: Int) -> String? {
        var current: Int? = index
        var steps = 0
        while let here = current, steps < 32 {
            steps += 1
            let element = tree.elements[here]
            if let about = element["about"]?.value {
                return about.isEmpty || about == "#" || about == "./" ? nil : about
            }
            if here != index, let resource = element["resource"]?.value, element["property"] == nil,
                element["rel"] == nil
            {
                return resource.isEmpty || resource == "#" ? nil : resource
            }
            if element["itemscope"] != nil {
                let type = element["itemtype"]?.value.split(separator: "/").last.map(String.init) ?? ""
                if ["ImageObject", "VideoObject", "AudioObject", "Photograph"].contains(type) {
                    return element["itemid"]?.value ?? type
                }
            }
            current = element.parent
        }
        return nil
    }

    private func attribution(_ index: Int, _ manifest: inout Manifest) {
        let element = tree.elements[index]
        if let property = element["property"]?.value.lowercased() {
            let name = element["content"]?.value ?? tree.text(of: index)
            if property.contains("cc:attributionname") { manifest.creator(name) }
        }
        if let rel = element["rel"]?.value.lowercased(), rel.contains("cc:attributionurl") {
            manifest.attribution(element["href"]?.value ?? element["resource"]?.value)
        }
    }

    private func meta(_ index: Int, _ manifest: inout Manifest) {
        let element = tree.elements[index]
        guard let key = (element["name"] ?? element["property"] ?? element["itemprop"])?.value.lowercased(),
            let content = element["content"], !content.value.isEmpty
        else { return }
        if key == "author" || key == "dc.creator" || key == "dcterms.creator" {
            manifest.creator(content.value)
        }
        // Sources: the W3C community group's TDM Reservation Protocol; "noai" as art sites write it.
        if key == "tdm-reservation" && content.value.trimmed == "1"
            || key == "robots" && content.value.lowercased().contains("noai")
        {
            manifest.add(.noAIRider, "\(key): \(content.value.prefix(200))", content.bytes)
        }
        guard Self.metaNames.contains(key) || Self.licenseProperties.contains(key) else { return }
        manifest.rights("meta:" + key, Words(content.value, bytes: content.bytes))
    }

    private func isData(_ element: MarkupTree.Element) -> Bool {
        element["type"]?.value.lowercased().contains("ld+json") == true
            && element.contentEnd > element.tag.upperBound
    }

    /// JSON-LD within the page.
    private func data(_ index: Int, _ manifest: inout Manifest) {
        let element = tree.elements[index]
        let range = element.tag.upperBound..<min(element.contentEnd, tree.bytes.count)
        let inner = Array(tree.bytes[range])
        guard inner.find("licen") != nil || inner.find("rights") != nil || inner.find("usageinfo") != nil,
            let value = LenientJSON(inner).value
        else { return }
        // Read on its own, and the places moved to where the script stands.
        var part = Manifest("html", bytes: inner, limits: MetadataLimits(), DataFormats.descriptors)
        LinkedData(value).read(&part)
        manifest.take(part.document(), shiftedBy: range.lowerBound)
    }
}
