// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

// swift-format-ignore-file: AlwaysUseLowerCamelCase

/// The elements of an XML document or HTML page, in the order of their start tags, and the bytes where each stands.
///
/// Made by ``MarkupScanner``, which accepts anything: there is no document it refuses, only one that ends early.
struct MarkupTree: Sendable {
    struct Attribute: Hashable, Sendable {
        /// As written, or in lower case in HTML.
        let name: String
        let value: String
        /// Of the value, without its quotes.
        let bytes: Range<Int>
    }

    struct Element: Hashable, Sendable {
        /// As written with its prefix, or in lower case in HTML.
        let name: String
        let attributes: [Attribute]
        /// Index of the enclosing element.
        let parent: Int?
        /// Of the start tag.
        let tag: Range<Int>
        /// Where its content ends, before the end tag.
        var contentEnd: Int
        /// The index behind its last descendant.
        var end: Int
        /// Runs of text from here on are inside it or behind it.
        let firstRun: Int

        /// Without a namespace prefix.
        var local: Substring {
            guard let colon = name.lastIndex(of: ":") else { return name[...] }
            return name[name.index(after: colon)...]
        }
        /// What stands before the colon; empty where there is none.
        var prefix: Substring {
            guard let colon = name.firstIndex(of: ":") else { return "" }
            return name[..<colon]
        }
        /// The attribute of this name; of several the first, as HTML has it.
        subscript(name: String) -> Attribute? { attributes.first { $0.name == name } }
        /// The attribute of this name under any prefix.
        func attribute(local wanted: String) -> Attribute? {
            attributes.first { $0.name == wanted || $0.name.hasSuffix(":" + wanted) }
        }
    }

    let bytes: [UInt8]
    var elements: [Element] = []
    /// Text between tags, as it stands, entities and all.
    var runs: [Range<Int>] = []
    /// CDATA sections among the runs, which have no entities.
    var literalRuns: Set<Int> = []
    var isMalformed = false

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// Indices of the elements directly inside `index`.
    func children(of index: Int) -> [Int] {
        var result: [Int] = []
        var child = index + 1
        while child < elements[index].end {
            result.append(child)
            child = elements[child].end
        }
        return result
    }

    func children(of index: Int, named local: String) -> [Int] {
        children(of: index).filter { elements[$0].local == local }
    }

    func child(of index: Int, named local: String) -> Int? {
        var child = index + 1
        while child < elements[index].end {
            if elements[child].local == local { return child }
            child = elements[child].end
        }
        return nil
    }

    /// The element at the end of a chain of children.
    func element(_ index: Int, _ path: String...) -> Int? {
        var index = index
        for name in path {
            guard let next = child(of: index, named: name) else { return nil }
            index = next
        }
        return index
    }

    /// The text of the element and all inside it, at most 64 KiB of it, and where it stands.
    func words(of index: Int) -> Words {
        let element = elements[index]
        var text: [UInt8] = []
        var range: Range<Int>?
        var run = element.firstRun
        while run < runs.count, runs[run].lowerBound < element.contentEnd, text.count < 65_536 {
            let part = runs[run].lowerBound..<min(runs[run].upperBound, element.contentEnd)
            text += decoded(run, part)
            let inked = bytes.trimmed(part)
            if !inked.isEmpty {
                range = (range?.lowerBound ?? inked.lowerBound)..<inked.upperBound
            }
            run += 1
        }
        let where_ = range ?? element.tag
        return Words(String(decoding: text, as: UTF8.self).trimmed, bytes: where_)
    }

    /// The text of one run, at most 64 KiB of it.
    func text(ofRun run: Int) -> String { String(decoding: decoded(run, runs[run]), as: UTF8.self) }

    private func decoded(_ run: Int, _ part: Range<Int>) -> [UInt8] {
        let piece = bytes[part].prefix(65_536)
        return literalRuns.contains(run) ? Array(piece) : Self.decoded(piece)
    }

    func text(of index: Int) -> String { words(of: index).text }

    /// The text of a child, if it has one with ink.
    func words(of index: Int, child local: String) -> Words? {
        guard let child = child(of: index, named: local) else { return nil }
        let words = words(of: child)
        return words.text.isEmpty ? nil : words
    }

    /// The namespace that the element's prefix, or `prefix`, is bound to; searched upwards, at most to the depth cap.
    func namespace(of index: Int, prefix: Substring? = nil) -> String? {
        let wanted = (prefix ?? elements[index].prefix)
        let key = wanted.isEmpty ? "xmlns" : "xmlns:" + wanted
        var current: Int? = index
        while let here = current {
            if let found = elements[here][key] { return found.value }
            current = elements[here].parent
        }
        return nil
    }

    /// `text` with its entities replaced: the five of XML, numbers, and a few of HTML that stand in notices.
    static func decoded(_ text: ArraySlice<UInt8>) -> [UInt8] {
        guard text.contains(UInt8(ascii: "&")) else { return Array(text) }
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var index = text.startIndex
        while index < text.endIndex {
            if text[index] == UInt8(ascii: "&"),
                let semicolon = text[index..<min(index + 12, text.endIndex)].firstIndex(
                    of: UInt8(ascii: ";")),
                let value = entity(text[(index + 1)..<semicolon])
            {
                result.append(contentsOf: value.utf8)
                index = semicolon + 1
            } else {
                result.append(text[index])
                index += 1
            }
        }
        return result
    }

    private static func entity(_ name: ArraySlice<UInt8>) -> String? {
        if name.first == UInt8(ascii: "#") {
            let digits = String(decoding: name.dropFirst(), as: UTF8.self)
            let value =
                digits.first == "x" || digits.first == "X"
                ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
            return value.flatMap(Unicode.Scalar.init).map { String(Character($0)) }
        }
        return entities[String(decoding: name, as: UTF8.self)]
    }

    private static let entities: [String: String] = [
        "lt": "<", "gt": ">", "amp": "&", "quot": "\"", "apos": "'", "nbsp": "\u{A0}", "copy": "©",
        "reg": "®", "ndash": "–", "mdash": "—", "rsquo": "’", "lsquo": "‘", "ldquo": "“", "rdquo": "”",
        "hellip": "…", "eacute": "é", "egrave": "è", "auml": "ä", "ouml": "ö", "uuml": "ü", "szlig": "ß",
    ]
}
