// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import CXML

/// A small XML document, or the parts of a large one that were asked for.
///
/// Reads through libxml2's reader, which knows no network here, loads no DTD and refuses to blow up entities; a document that
/// breaks off gives what came before.
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
    static let maximumSteps = 400_000
    static let maximumText = 65536

    /// - Parameter keeps: Whether an element is kept, given its local name and whether its parent was; its children are
    ///   looked at either way. The root is always kept.
    init(_ bytes: [UInt8], keeps: (_ name: String, _ parentIsKept: Bool) -> Bool = { _, _ in true }) {
        guard bytes.count < 1 << 26 else { return }
        let options =
            XML_PARSE_RECOVER.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
            | XML_PARSE_NONET.rawValue | XML_PARSE_NOCDATA.rawValue
        unsafe bytes.withUnsafeBytes { buffer in
            guard
                let reader = unsafe xmlReaderForMemory(
                    buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(buffer.count), nil, nil,
                    Int32(options))
            else { return }
            defer { unsafe xmlFreeTextReader(reader) }
            unsafe read(reader, keeps)
        }
    }

    private mutating func read(_ reader: xmlTextReaderPtr, _ keeps: (String, Bool) -> Bool) {
        /// The open elements: their node, or `nil` where they are not kept.
        var open: [Int?] = []
        var steps = 0
        while unsafe xmlTextReaderRead(reader) == 1 {
            steps += 1
            guard steps < Self.maximumSteps, nodes.count < Self.maximumNodes else { return }
            switch unsafe UInt32(bitPattern: xmlTextReaderNodeType(reader)) {
            case XML_READER_TYPE_ELEMENT.rawValue:
                let isEmpty = unsafe xmlTextReaderIsEmptyElement(reader) == 1
                let name = unsafe Self.string(xmlTextReaderConstLocalName(reader))
                let parent = open.last ?? nil
                var node: Int?
                if nodes.isEmpty || keeps(name, parent != nil) {
                    let namespace = unsafe Self.string(xmlTextReaderConstNamespaceUri(reader))
                    let attributes = unsafe Self.attributes(reader)
                    node = nodes.count
                    nodes.append(
                        Node(name: name, namespace: namespace, attributes: attributes, parent: parent))
                    if let parent { nodes[parent].children.append(nodes.count - 1) }
                }
                if !isEmpty { open.append(node) }
            case XML_READER_TYPE_END_ELEMENT.rawValue:
                _ = open.popLast()
            case XML_READER_TYPE_TEXT.rawValue, XML_READER_TYPE_CDATA.rawValue,
                XML_READER_TYPE_SIGNIFICANT_WHITESPACE.rawValue:
                guard let node = open.last ?? nil, nodes[node].text.utf8.count < Self.maximumText else {
                    continue
                }
                nodes[node].text += unsafe Self.string(xmlTextReaderConstValue(reader))
            default: break
            }
        }
    }

    private static func attributes(_ reader: xmlTextReaderPtr) -> [Attribute] {
        var attributes: [Attribute] = []
        while attributes.count < 256, unsafe xmlTextReaderMoveToNextAttribute(reader) == 1 {
            if unsafe xmlTextReaderIsNamespaceDecl(reader) == 1 { continue }
            attributes.append(
                Attribute(
                    name: unsafe string(xmlTextReaderConstLocalName(reader)),
                    namespace: unsafe string(xmlTextReaderConstNamespaceUri(reader)),
                    value: unsafe string(xmlTextReaderConstValue(reader))))
        }
        unsafe xmlTextReaderMoveToElement(reader)
        return attributes
    }

    private static func string(_ text: UnsafePointer<xmlChar>?) -> String {
        guard let text = unsafe text else { return "" }
        var length = 0
        while length < maximumText, unsafe text[length] != 0 { length += 1 }
        return unsafe String(decoding: UnsafeBufferPointer(start: text, count: length), as: UTF8.self)
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
