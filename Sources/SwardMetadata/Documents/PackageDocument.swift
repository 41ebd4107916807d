// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection

/// Documents that are ZIP files, told by what is in them: EPUB, OpenDocument, Office Open XML, 3MF, Krita, FreeCAD.
enum PackageDocument {
    static func read(_ source: ByteSource, into contents: inout MediaContents) {
        guard let zip = ZIPDirectory(source) else { return }
        contents.formatWithin = read(zip, into: &contents)
    }

    private static func read(_ zip: ZIPDirectory, into contents: inout MediaContents) -> String {
        lock(zip, into: &contents)
        let type = zip["mimetype"].map { $0.length < 256 } == true ? zip.read("mimetype")?.bytes ?? [] : []
        if type.has("application/epub+zip") || zip["META-INF/container.xml"] != nil {
            EPUBReader.read(zip, into: &contents)
            return "epub"
        }
        if type.has("application/vnd.oasis.opendocument")
            || zip["META-INF/manifest.xml"] != nil && zip["meta.xml"] != nil
        {
            OfficeReader.readOpenDocument(zip, into: &contents)
            return "odf"
        }
        if zip["[Content_Types].xml"] != nil {
            OfficeReader.readOpenXML(zip, into: &contents)
            return zip["3D/3dmodel.model"] == nil ? "ooxml" : "3mf"
        }
        for (name, format) in [("documentinfo.xml", "krita"), ("Document.xml", "freecad")]
        where zip[name] != nil {
            guard let (tree, place) = zip.tree(name) else { continue }
            OfficeReader.readPlain(tree, prefix: format, at: place, into: &contents)
            return format
        }
        return "zip"
    }

    private static func lock(_ zip: ZIPDirectory, into contents: inout MediaContents) {
        if zip.isHidden {
            contents.lock(.encryptedZIP, "encrypted central directory", at: nil)
            return
        }
        let locked = zip.members.filter(\.isEncrypted)
        guard let first = locked.first else { return }
        var method = first.flags & 0x40 != 0 ? "strong encryption" : "ZipCrypto"
        if first.method == 99, let kind = first.extra.firstIndex(of: [0x01, 0x99]),
            first.extra.count > kind + 8
        {
            method = "AES-\([1: 128, 2: 192, 3: 256][first.extra[kind + 8]] ?? 256)"
        }
        contents.lock(
            .encryptedZIP,
            "\(locked.count) of \(zip.members.count) members encrypted (\(method)): \(first.name)",
            at: first.offset..<(first.offset + 30 + first.name.utf8.count))
    }
}

/// EPUB's package document and its locks. Sources: EPUB 3.3, "metadata" and OCF "META-INF"; Readium LCP.
enum EPUBReader {
    static func read(_ zip: ZIPDirectory, into contents: inout MediaContents) {
        locks(zip, into: &contents)
        guard let (container, _) = zip.tree("META-INF/container.xml") else { return }
        for node in container.nodes where node.name == "rootfile" {
            guard let path = node.attribute("full-path"), let (tree, place) = zip.tree(path) else { continue }
            metadata(tree, at: place, into: &contents)
        }
    }

    static func metadata(_ tree: XMLTree, at place: Range<Int>, into contents: inout MediaContents) {
        XMPPacket.read(tree, at: place, into: &contents)
        for (index, node) in tree.nodes.enumerated() {
            switch node.name {
            case "meta":
                let name = node.attribute("property") ?? node.attribute("name") ?? ""
                let text = node.attribute("content") ?? tree.text(of: index)
                let local = String(name.split(whereSeparator: { $0 == ":" || $0 == "." }).last ?? "")
                if local == "reservation", name.hasPrefix("tdm"), text == "1" {
                    contents.lock(.noAIRider, "\(name): 1", at: place)
                }
                guard name.contains(":") || name.contains(".") || local.lowercased().hasPrefix("licen"),
                    let role = FieldRole.role(forKey: local), role != .title, role != .creator,
                    role != .attribution
                else { continue }
                contents.add(role, "opf:\(name)", text, at: place)
            case "link":
                let relations = (node.attribute("rel") ?? "").split(separator: " ")
                    .compactMap { $0.split(separator: ":").last }
                if relations.contains("license"), let address = node.attribute("href") {
                    contents.add(.license, "opf:link", address, at: place)
                }
            case "rights" where node.namespace.isEmpty:
                contents.add(.rights, "opf:rights", tree.text(of: index), at: place)
            default: break
            }
        }
    }

    /// What only makes fonts unusable outside the book. It hides nothing of the work.
    private static let obfuscations: Set<String> = [
        "http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC",
    ]

    private static func locks(_ zip: ZIPDirectory, into contents: inout MediaContents) {
        if let (tree, place) = zip.tree("META-INF/encryption.xml") {
            var count = 0
            var algorithm = ""
            for node in tree.nodes.indices where tree.nodes[node].name == "EncryptedData" {
                let methods = tree.nodes[node].children.filter { tree.nodes[$0].name == "EncryptionMethod" }
                let name = methods.first.flatMap { tree.nodes[$0].attribute("Algorithm") } ?? "unnamed"
                guard !obfuscations.contains(FieldText.trimmed(name)) else { continue }
                count += 1
                if algorithm.isEmpty { algorithm = name }
            }
            if count > 0 {
                contents.lock(
                    .drmEPUB, "META-INF/encryption.xml: \(count) resources, \(algorithm)", at: place)
            }
        }
        for (name, system) in [
            ("META-INF/rights.xml", "rights of Adobe ADEPT or its like"),
            ("META-INF/sinf.xml", "Apple FairPlay"),
            ("META-INF/license.lcpl", "Readium LCP"),
        ] {
            guard let member = zip[name], member.length > 0 else { continue }
            // The name is also free for plain statements of rights.
            if name.hasSuffix("rights.xml"), let text = zip.read(name)?.bytes,
                text.firstIndex(of: Array("creativecommons.org".utf8)) != nil
            {
                continue
            }
            contents.lock(.drmEPUB, "\(name): \(system)", at: nil)
        }
    }
}

/// Properties of office documents. Sources: OpenDocument 1.3 part 3, "metadata"; ECMA-376 part 2, "core properties".
enum OfficeReader {
    static func readOpenDocument(_ zip: ZIPDirectory, into contents: inout MediaContents) {
        if let (tree, place) = zip.tree("META-INF/manifest.xml", limit: 8 << 20) {
            let locked = tree.nodes.filter { $0.name == "encryption-data" || $0.name == "encrypted-key" }
            if !locked.isEmpty {
                contents.lock(
                    .encryptedOffice, "META-INF/manifest.xml: \(locked.count) encrypted streams", at: place)
            }
        }
        if let (tree, place) = zip.tree("meta.xml") {
            readOpenDocumentMetadata(tree, at: place, into: &contents)
        }
    }

    static func readOpenDocumentMetadata(
        _ tree: XMLTree, at place: Range<Int>, into contents: inout MediaContents
    ) {
        XMPPacket.read(tree, at: place, into: &contents)
        for (index, node) in tree.nodes.enumerated() {
            switch node.name {
            case "user-defined":
                contents.add(
                    key: node.attribute("name") ?? "", prefix: "odf:", tree.text(of: index), at: place)
            case "initial-creator":
                contents.add(.creator, "odf:initial-creator", tree.text(of: index), at: place)
            case "keyword", "subject":
                contents.add(.comment, "odf:" + node.name, tree.text(of: index), at: place)
            default: break
            }
        }
    }

    static func readOpenXML(_ zip: ZIPDirectory, into contents: inout MediaContents) {
        if let (tree, place) = zip.tree("docProps/core.xml") {
            XMPPacket.read(tree, at: place, into: &contents)
            for (index, node) in tree.nodes.enumerated()
            where ["keywords", "category", "subject", "contentStatus"].contains(node.name) {
                contents.add(.comment, "ooxml:" + node.name, tree.text(of: index), at: place)
            }
        }
        if let (tree, place) = zip.tree("docProps/custom.xml") {
            for (index, node) in tree.nodes.enumerated() where node.name == "property" {
                contents.add(
                    key: node.attribute("name") ?? "", prefix: "ooxml:", tree.text(of: index), at: place)
            }
        }
        guard let member = zip["3D/3dmodel.model"] else { return }
        // A model may be long, and what is said of it comes first.
        guard let (bytes, place) = zip.read(member.name, limit: 1 << 20) else { return }
        let tree = XMLTree(bytes) { name, _ in name == "metadata" }
        for (index, node) in tree.nodes.enumerated() where node.name == "metadata" {
            contents.add(key: node.attribute("name") ?? "", prefix: "3mf:", tree.text(of: index), at: place)
        }
    }

    /// XML whose elements or `name` attributes are keys.
    static func readPlain(
        _ tree: XMLTree, prefix: String, at place: Range<Int>, into contents: inout MediaContents
    ) {
        for (index, node) in tree.nodes.enumerated() {
            if node.name == "Property", let name = node.attribute("name") {
                let value = node.children.first.flatMap { tree.nodes[$0].attribute("value") } ?? ""
                contents.add(key: name, prefix: prefix + ":", value, at: place)
            } else if node.children.isEmpty {
                contents.add(key: node.name, prefix: prefix + ":", tree.text(of: index), at: place)
            }
        }
    }
}
