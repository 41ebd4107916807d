// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// A small XML document, or the parts of a large one that were asked for.
///
/// A ``MarkupTree`` with the namespaces resolved, for formats whose properties are told by them; a document that breaks off
/// gives what came before.
struct XMLTree {
    struct Attribute {
        var name: String
        var namespace: String
        var value: String
    }

    struct Node {
        /// Without prefix.
        var name: String
        /// Empty where there is none.
        var namespace: String
        var attributes: [Attribute]
        /// Its own, not that of its children.
        var text = ""
        var children: [Int] = []
        var parent: Int?

        /// By local name, whatever the namespace.
        func attribute(_ name: String) -> String? { attributes.first { $0.name == name }?.value }
    }

    /// In document order; the first is the root.
    private(set) var nodes: [Node] = []

    static let maximumNodes = 20_000
    static let maximumElements = 100_000
    static let maximumText = 65536

    /// - Parameter keeps: Whether an element is kept, given its local name and whether its parent was; its children are
    ///   looked at either way. The root is always kept.
    init(_ bytes: [UInt8], keeps: (_ name: String, _ parentIsKept: Bool) -> Bool = { _, _ in true }) {
        guard bytes.count < 1 << 26 else { return }
        var limits = MetadataLimits()
        limits.values = Self.maximumElements
        // XMP may be UTF-16; nothing here tells where a value stands, so that its bytes may be others.
        let tree = MarkupScanner.tree(TextEncoding.utf8(bytes) ?? bytes, .xml, limits: limits)
        var prefixes = NamespaceBindings()
        /// The open elements, outermost first, with their node where they are kept.
        var open: [(element: Int, node: Int?)] = []
        var run = 0
        func leave(to offset: Int) {
            while let last = open.last, tree.elements[last.element].contentEnd <= offset {
                prefixes.leave(tree.elements[last.element])
                open.removeLast()
            }
        }
        /// Texts that end before `end` go to the element they stand in.
        func take(runsBefore end: Int) {
            while run < end {
                let range = tree.runs[run]
                leave(to: range.lowerBound)
                if let node = open.last?.node, nodes[node].text.utf8.count < Self.maximumText {
                    nodes[node].text += tree.text(ofRun: run)
                }
                run += 1
            }
        }
        for (index, element) in tree.elements.enumerated() {
            take(runsBefore: element.firstRun)
            leave(to: element.tag.lowerBound)
            prefixes.enter(element)
            let parent = open.last?.node
            let name = String(element.local)
            var node: Int?
            if nodes.isEmpty || keeps(name, parent != nil) {
                guard nodes.count < Self.maximumNodes else { return }
                node = nodes.count
                nodes.append(
                    Node(
                        name: name, namespace: prefixes.namespace(element.prefix),
                        attributes: prefixes.attributes(element), parent: parent))
                if let parent { nodes[parent].children.append(nodes.count - 1) }
            }
            open.append((index, node))
        }
        take(runsBefore: tree.runs.count)
    }

    /// The text of an element and of all below it.
    func text(of node: Int) -> String {
        var result = ""
        var waiting = [node]
        while let next = waiting.popLast(), result.utf8.count < Self.maximumText {
            if !result.isEmpty, !nodes[next].text.isEmpty { result += " " }
            result += nodes[next].text
            waiting += nodes[next].children.reversed()
        }
        return FieldText.trimmed(result)
    }
}

/// What prefixes stand for at one place of a document.
private struct NamespaceBindings {
    private var bindings: [Substring: [String]] = ["xml": ["http://www.w3.org/XML/1998/namespace"]]

    /// The prefix that an attribute binds, empty for the default; `nil` for any other attribute.
    private static func prefix(_ attribute: MarkupTree.Attribute) -> Substring? {
        if attribute.name == "xmlns" { return "" }
        return attribute.name.hasPrefix("xmlns:") ? attribute.name.dropFirst(6) : nil
    }

    mutating func enter(_ element: MarkupTree.Element) {
        for attribute in element.attributes {
            guard let prefix = Self.prefix(attribute) else { continue }
            bindings[prefix, default: []].append(attribute.value)
        }
    }

    mutating func leave(_ element: MarkupTree.Element) {
        for attribute in element.attributes {
            guard let prefix = Self.prefix(attribute) else { continue }
            _ = bindings[prefix]?.popLast()
        }
    }

    /// Empty where the prefix is bound to nothing.
    func namespace(_ prefix: Substring) -> String { bindings[prefix]?.last ?? "" }

    /// Those that bind no prefix; one without prefix has no namespace.
    func attributes(_ element: MarkupTree.Element) -> [XMLTree.Attribute] {
        element.attributes.compactMap { attribute in
            guard Self.prefix(attribute) == nil else { return nil }
            guard let colon = attribute.name.firstIndex(of: ":") else {
                return XMLTree.Attribute(name: attribute.name, namespace: "", value: attribute.value)
            }
            let local = attribute.name[attribute.name.index(after: colon)...]
            return XMLTree.Attribute(
                name: String(local), namespace: namespace(attribute.name[..<colon]), value: attribute.value)
        }
    }
}
