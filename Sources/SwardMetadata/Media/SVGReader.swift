// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection

/// SVG's metadata, title and description. Sources: SVG 2, 5.10; Inkscape's and Illustrator's RDF; ccREL.
enum SVGReader {
    private static let maximumLength = 16 << 20

    static func read(_ source: ByteSource, into contents: inout MediaContents) {
        var bytes = source.read(0, maximumLength)
        if bytes.has([0x1F, 0x8B]) { bytes = Inflate.unpack(bytes, limit: maximumLength) }
        let whole = 0..<source.length
        // Everything about the picture is in few elements; shapes are passed over.
        let tree = XMLTree(bytes) { name, isInside in
            switch name {
            case "metadata", "title", "desc", "RDF", "Work", "License": true
            case "svg", "g", "path", "defs", "rect", "circle", "text", "tspan", "use", "style", "symbol":
                false
            default: isInside
            }
        }
        var isMetadata = [Bool](repeating: false, count: tree.nodes.count)
        for (index, node) in tree.nodes.enumerated() {
            let isInside = node.parent.map { isMetadata[$0] } ?? false
            isMetadata[index] = isInside || node.name == "metadata" || node.name == "RDF"
            if index == 0 {
                for attribute in node.attributes
                where ["license", "licence", "rights", "copyright"].contains(attribute.name) {
                    contents.add(key: attribute.name, prefix: "svg:", attribute.value, at: whole)
                }
            }
            // Their own, at the top or in a group, not those inside RDF.
            if node.name == "desc" && !isInside {
                contents.add(.comment, "svg:desc", tree.text(of: index), at: whole)
            }
            if node.name == "title" && !isInside {
                contents.add(.title, "svg:title", tree.text(of: index), at: whole)
            }
            // RDFa, and elements that only look like it.
            if isInside || index == 0, let relation = node.attribute("rel"), relation.contains("license"),
                let address = node.attribute("href") ?? node.attribute("resource")
            {
                contents.add(.license, "svg:rel", address, at: whole)
            }
            if isInside, node.namespace == "http://www.w3.org/2000/svg" || node.namespace.isEmpty {
                contents.add(key: node.name, prefix: "svg:", tree.text(of: index), at: whole)
            }
            if node.name == "metadata", node.children.isEmpty {
                contents.add(.comment, "svg:metadata", node.text, at: whole)
            }
        }
        XMPPacket.read(tree, at: whole, into: &contents)
    }
}
