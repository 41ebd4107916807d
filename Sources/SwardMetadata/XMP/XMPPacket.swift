// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection

/// Rights statements in XMP and other RDF/XML.
///
/// A packet is read as a tree in which the known properties are looked for wherever they stand, as element or as attribute:
/// writers differ more in how they nest RDF than in how they name properties. Sources: ISO 16684-1; ccREL; PLUS LDF; IPTC.
enum XMPPacket {
    static let maximumLength = 8 << 20

    static func read(_ bytes: [UInt8], at place: Range<Int>, into contents: inout MediaContents) {
        let end =
            bytes.lastIndex(where: { $0 != 0 && $0 != 0x20 && $0 != 0x0A && $0 != 0x0D }).map { $0 + 1 } ?? 0
        // A packet may stand behind its mark of byte order, or behind padding.
        guard let start = bytes.firstIndex(where: { $0 > 0x20 }), start < end else { return }
        read(XMLTree(Array(bytes[start..<min(end, start + maximumLength)])), at: place, into: &contents)
    }

    static func read(_ tree: XMLTree, at place: Range<Int>, into contents: inout MediaContents) {
        var isHidden = [Bool](repeating: false, count: tree.nodes.count)
        for (index, node) in tree.nodes.enumerated() {
            // What an image was made of keeps its own metadata there; it says nothing of the whole.
            let isForeign = node.name == "Pantry" || node.name == "Ingredients" || node.name == "DerivedFrom"
            isHidden[index] = isForeign || node.parent.map { isHidden[$0] } ?? false
            if isHidden[index] { continue }
            // An agent's title is its name, which the property around it takes.
            if node.name == "title", let parent = node.parent, tree.nodes[parent].name == "Agent" { continue }
            for attribute in node.attributes {
                take(attribute.namespace, attribute.name, [attribute.value], at: place, into: &contents)
            }
            if let property = property(node.namespace, node.name) {
                // RDF calls a class `cc:License` as well; its address is a license, its children are not.
                let values = values(of: index, in: tree)
                for value in values { add(property, node.name, value, at: place, into: &contents) }
            }
            if node.name == "License", isCreativeCommons(node.namespace), let about = node.attribute("about")
            {
                add(Property(role: .license, prefix: "cc:"), "License", about, at: place, into: &contents)
            }
        }
    }

    private struct Property {
        var role: FieldRole
        var prefix: String
        var isDataMining = false
    }

    private static func take(
        _ namespace: String, _ name: String, _ values: [String], at place: Range<Int>,
        into contents: inout MediaContents
    ) {
        guard let property = property(namespace, name) else { return }
        for value in values { add(property, name, value, at: place, into: &contents) }
    }

    private static func add(
        _ property: Property, _ name: String, _ value: String, at place: Range<Int>,
        into contents: inout MediaContents
    ) {
        guard property.isDataMining else {
            contents.add(property.role, property.prefix + name, value, at: place)
            return
        }
        // PLUS names the kinds of data mining in addresses such as `…/DMI-PROHIBITED-AIMLTRAINING`.
        if value.uppercased().contains("DMI-PROHIBITED") || value.lowercased().contains("prohibit") {
            contents.lock(.noAIRider, "\(property.prefix)\(name): \(value)", at: place)
        }
    }

    /// The members of a list, the default of alternatives, an address, or plain text.
    private static func values(of index: Int, in tree: XMLTree) -> [String] {
        let node = tree.nodes[index]
        if let resource = node.attributes.first(where: { $0.name == "resource" }) { return [resource.value] }
        guard
            let container = node.children.first(where: {
                ["Alt", "Bag", "Seq"].contains(tree.nodes[$0].name)
            })
        else {
            if let child = node.children.first, node.children.count == 1,
                FieldText.trimmed(node.text).isEmpty,
                let about = tree.nodes[child].attribute("about") ?? tree.nodes[child].attribute("resource"),
                !about.isEmpty
            {
                return [about]
            }
            return [tree.text(of: index)]
        }
        let items = tree.nodes[container].children.prefix(64)
        if tree.nodes[container].name == "Alt" {
            let standard = items.first { tree.nodes[$0].attribute("lang")?.lowercased() == "x-default" }
            guard let chosen = standard ?? items.first else { return [] }
            return [value(of: chosen, in: tree)]
        }
        return items.map { value(of: $0, in: tree) }
    }

    private static func value(of item: Int, in tree: XMLTree) -> String {
        tree.nodes[item].attribute("resource") ?? tree.text(of: item)
    }

    private static func isCreativeCommons(_ namespace: String) -> Bool {
        namespace.contains("creativecommons.org/ns") || namespace.contains("web.resource.org/cc")
    }

    private static func property(_ namespace: String, _ name: String) -> Property? {
        if isCreativeCommons(namespace) {
            return creativeCommons[name].map { Property(role: $0, prefix: "cc:") }
        }
        switch namespace {
        case "http://purl.org/dc/elements/1.1/", "http://purl.org/dc/1.1/",
            "http://purl.org/dc/elements/1.0/",
            "http://purl.org/dc/elements/1.1":
            return dublinCore[name].map { Property(role: $0, prefix: "dc:") }
        case "http://purl.org/dc/terms/", "http://purl.org/dc/terms":
            return dublinCore[name].map { Property(role: $0, prefix: "dcterms:") }
        case "http://ns.adobe.com/xap/1.0/rights/":
            return rights[name].map { Property(role: $0, prefix: "xmpRights:") }
        case "http://ns.useplus.org/ldf/xmp/1.0/":
            if name == "DataMining" { return Property(role: .comment, prefix: "plus:", isDataMining: true) }
            return plus[name].map { Property(role: $0, prefix: "plus:") }
        case "http://iptc.org/std/Iptc4xmpExt/2008-02-29/":
            if name == "DataMining" {
                return Property(role: .comment, prefix: "Iptc4xmpExt:", isDataMining: true)
            }
            return nil
        case "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/":
            return name == "CiUrlWork" ? Property(role: .attribution, prefix: "Iptc4xmpCore:") : nil
        case "http://xmlns.com/foaf/0.1/", "http://schema.org/", "https://schema.org/",
            "http://www.w3.org/1999/xhtml/vocab#":
            return schema[name].map { Property(role: $0, prefix: "schema:") }
        case "http://ns.adobe.com/photoshop/1.0/":
            return photoshop[name].map { Property(role: $0, prefix: "photoshop:") }
        case "http://ns.adobe.com/tiff/1.0/", "http://ns.adobe.com/exif/1.0/",
            "http://ns.adobe.com/xmp/1.0/DynamicMedia/", "http://ns.adobe.com/pdf/1.3/",
            "http://ns.adobe.com/pdfx/1.3/", "http://ns.adobe.com/xap/1.0/",
            "http://prismstandard.org/namespaces/prismusagerights/2.1/",
            "http://prismstandard.org/namespaces/basic/2.0/", "http://ns.adobe.com/camera-raw-settings/1.0/":
            return FieldRole.role(forKey: name).flatMap { role in
                name == "Keywords" || name == "CreatorTool" ? nil : Property(role: role, prefix: "xmp:")
            }
        default:
            // Properties of namespaces nobody listed: only what names a license outright.
            guard namespace.contains("://"), !namespace.contains("w3.org/1999/02/22-rdf-syntax-ns") else {
                return nil
            }
            let lower = name.lowercased()
            return ["license", "licence", "licenseurl", "usageterms"].contains(lower)
                ? Property(role: .license, prefix: "xmp:") : nil
        }
    }

    private static let creativeCommons: [String: FieldRole] = [
        "license": .license, "attributionName": .creator, "attributionURL": .attribution,
        "useGuidelines": .comment, "morePermissions": .comment,
    ]
    private static let dublinCore: [String: FieldRole] = [
        "rights": .rights, "license": .license, "rightsHolder": .copyright, "accessRights": .rights,
        "creator": .creator, "title": .title, "description": .comment,
    ]
    private static let rights: [String: FieldRole] = [
        "WebStatement": .address, "UsageTerms": .license, "Owner": .copyright, "Certificate": .address,
        "Copyright": .copyright,
    ]
    private static let plus: [String: FieldRole] = [
        "CopyrightOwnerName": .copyright, "TermsAndConditionsText": .license,
        "TermsAndConditionsURL": .address,
        "LicensorURL": .address, "ImageCreatorName": .creator, "OtherConditions": .rights,
        "OtherLicenseRequirements": .rights, "OtherLicenseInfo": .rights, "OtherConstraints": .rights,
        "CreditLineText": .comment,
    ]
    private static let photoshop: [String: FieldRole] = [
        "Credit": .comment, "Copyright": .copyright, "Headline": .comment, "Instructions": .rights,
        "Author": .creator,
        "License": .license,
    ]
    private static let schema: [String: FieldRole] = [
        "license": .license, "usageInfo": .address, "copyrightNotice": .copyright, "creditText": .comment,
        "acquireLicensePage": .address, "conditionsOfAccess": .rights,
    ]
}
