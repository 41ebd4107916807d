// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Cuts XML or HTML into a ``MarkupTree`` in one pass, with caps on elements, attributes and depth.
///
/// No entity but the built-in ones, no document type, no network. libxml2 2.9 was weighed: it compares each attribute
/// of a tag with all before it, so that one MiB of attributes costs it half a minute; and it does not tell where a value stands.
struct MarkupScanner {
    enum Kind { case xml, html }

    private let kind: Kind
    private let limits: MetadataLimits
    private var tree: MarkupTree
    private var open: [Int] = []
    private var offset = 0
    private var bytes: [UInt8] { tree.bytes }

    /// Beyond it a tag's attributes are passed over.
    private static let maximumAttributes = 256
    /// Open elements beyond it are kept as children of the last.
    private static let maximumOpen = 256
    /// How far up an end tag looks for its start.
    private static let reach = 64

    static func tree(_ bytes: [UInt8], _ kind: Kind, limits: MetadataLimits) -> MarkupTree {
        var scanner = MarkupScanner(bytes, kind, limits)
        scanner.run()
        return scanner.tree
    }

    private init(_ bytes: [UInt8], _ kind: Kind, _ limits: MetadataLimits) {
        tree = MarkupTree(bytes: bytes)
        self.kind = kind
        self.limits = limits
    }

    private mutating func run() {
        let count = tree.bytes.count
        while offset < count {
            guard tree.bytes[offset] == UInt8(ascii: "<") else {
                let start = offset
                while offset < count, tree.bytes[offset] != UInt8(ascii: "<") { offset += 1 }
                addRun(start..<offset)
                continue
            }
            let next = offset + 1 < count ? tree.bytes[offset + 1] : 0
            switch next {
            case UInt8(ascii: "!"): skipDeclaration()
            case UInt8(ascii: "?"): skip(past: kind == .xml ? "?>" : ">", from: offset + 2)
            case UInt8(ascii: "/"): endTag()
            case _ where isNameStart(next):
                guard tree.elements.count < limits.values else {
                    tree.isMalformed = true
                    offset = count
                    break
                }
                startTag()
            default:
                // A bare "<" in text.
                addRun(offset..<(offset + 1))
                offset += 1
            }
        }
        if kind == .xml, !open.isEmpty { tree.isMalformed = true }
        while !open.isEmpty { close(at: count) }
    }

    private mutating func addRun(_ range: Range<Int>) {
        guard !open.isEmpty, tree.runs.count < limits.values else { return }
        tree.runs.append(range)
    }

    private mutating func skip(past mark: String, from start: Int) {
        if let found = tree.bytes.find(mark, from: start) {
            offset = found + mark.utf8.count
        } else {
            offset = tree.bytes.count
            tree.isMalformed = true
        }
    }

    private mutating func skipDeclaration() {
        let count = tree.bytes.count
        if starts("<!--") {
            skip(past: "-->", from: offset + 4)
        } else if starts("<![CDATA[") {
            let start = offset + 9
            skip(past: "]]>", from: start)
            if !open.isEmpty, tree.runs.count < limits.values {
                tree.literalRuns.insert(tree.runs.count)
                tree.runs.append(start..<max(start, min(offset - 3, count)))
            }
        } else {
            // A document type; its internal subset is passed over, so nothing it defines is ever used.
            var brackets = 0
            while offset < count {
                switch tree.bytes[offset] {
                case UInt8(ascii: "["): brackets += 1
                case UInt8(ascii: "]"): brackets -= 1
                case UInt8(ascii: ">") where brackets <= 0:
                    offset += 1
                    return
                default: break
                }
                offset += 1
            }
        }
    }

    private func starts(_ text: String) -> Bool {
        offset + text.utf8.count <= tree.bytes.count
            && tree.bytes[offset..<(offset + text.utf8.count)].elementsEqual(text.utf8)
    }

    private func isNameStart(_ byte: UInt8) -> Bool {
        byte.isLetter || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ":") || byte >= 0x80
    }

    private func isName(_ byte: UInt8) -> Bool {
        !byte.isBlank && byte != UInt8(ascii: ">") && byte != UInt8(ascii: "/") && byte != UInt8(ascii: "=")
            && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "'") && byte != UInt8(ascii: "<")
    }

    private mutating func name() -> String {
        let start = offset
        while offset < tree.bytes.count, isName(tree.bytes[offset]) { offset += 1 }
        let text = tree.bytes.text(start..<min(offset, start + 256))
        return kind == .html ? text.lowercased() : text
    }

    private mutating func skipSpace() {
        while offset < tree.bytes.count, tree.bytes[offset].isBlank { offset += 1 }
    }

    private mutating func startTag() {
        let start = offset
        let count = tree.bytes.count
        offset += 1
        let name = name()
        var attributes: [MarkupTree.Attribute] = []
        var isClosed = false
        while offset < count {
            skipSpace()
            guard offset < count else { break }
            let byte = tree.bytes[offset]
            if byte == UInt8(ascii: ">") {
                offset += 1
                break
            }
            if byte == UInt8(ascii: "<") { break }
            if byte == UInt8(ascii: "/") {
                isClosed = offset + 1 < count && tree.bytes[offset + 1] == UInt8(ascii: ">")
                offset += 1
                continue
            }
            let before = offset
            let key = self.name()
            if offset == before {
                offset += 1
                continue
            }
            let (value, range) = attributeValue()
            if attributes.count < Self.maximumAttributes {
                attributes.append(MarkupTree.Attribute(name: key, value: value, bytes: range))
            }
        }
        let index = tree.elements.count
        tree.elements.append(
            MarkupTree.Element(
                name: name, attributes: attributes, parent: open.last, tag: start..<offset,
                contentEnd: offset, end: index + 1, firstRun: tree.runs.count))
        if isClosed && kind == .xml || kind == .html && Self.voids.contains(name) { return }
        guard open.count < Self.maximumOpen else {
            tree.isMalformed = true
            return
        }
        open.append(index)
        if kind == .html, Self.rawTexts.contains(name) { rawText(of: name) }
    }

    /// The value behind `=`, or an empty one.
    private mutating func attributeValue() -> (String, Range<Int>) {
        let count = tree.bytes.count
        skipSpace()
        guard offset < count, tree.bytes[offset] == UInt8(ascii: "=") else { return ("", offset..<offset) }
        offset += 1
        skipSpace()
        guard offset < count else { return ("", count..<count) }
        let quote = tree.bytes[offset]
        let start: Int
        let end: Int
        if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
            start = offset + 1
            offset = start
            while offset < count, tree.bytes[offset] != quote { offset += 1 }
            end = offset
            offset = min(offset + 1, count)
        } else {
            start = offset
            while offset < count, !tree.bytes[offset].isBlank, tree.bytes[offset] != UInt8(ascii: ">") {
                offset += 1
            }
            end = offset
        }
        let value = MarkupTree.decoded(tree.bytes[start..<min(end, start + 65_536)])
        return (String(decoding: value, as: UTF8.self), start..<end)
    }

    /// All up to the end tag of `name` is text.
    private mutating func rawText(of name: String) {
        let start = offset
        offset = tree.bytes.find("</" + name, from: start) ?? tree.bytes.count
        if tree.runs.count < limits.values {
            if name == "script" || name == "style" { tree.literalRuns.insert(tree.runs.count) }
            tree.runs.append(start..<offset)
        }
    }

    private mutating func endTag() {
        let start = offset
        offset += 2
        let name = name()
        while offset < tree.bytes.count, tree.bytes[offset] != UInt8(ascii: ">") { offset += 1 }
        offset = min(offset + 1, tree.bytes.count)
        guard let match = open.suffix(Self.reach).lastIndex(where: { tree.elements[$0].name == name }) else {
            if kind == .xml { tree.isMalformed = true }
            return
        }
        while open.count > match { close(at: start) }
    }

    private mutating func close(at offset: Int) {
        let index = open.removeLast()
        tree.elements[index].contentEnd = offset
        tree.elements[index].end = tree.elements.count
    }

    private static let voids: Set<String> = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
        "track", "wbr",
    ]
    private static let rawTexts: Set<String> = ["script", "style", "textarea", "title"]
}
