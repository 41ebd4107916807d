// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// One value inside a document: a view that copies nothing.
package struct BencodeValue: Sendable {
    package let document: BencodeDocument
    /// Which token it is: four bytes with which ``BencodeDocument/value(at:)`` finds it again. The key of a
    /// dictionary's value is the token before it.
    package let index: Int

    init(document: BencodeDocument, index: Int) {
        self.document = document
        self.index = index
    }

    private var start: Int { Int(document.tokens[index].start) }
    private var link: Int { Int(document.tokens[index].link) }
    private var isContainer: Bool { isList || isDictionary }

    /// Where the whole value lies in the document, from its first byte to past its last.
    package var range: Range<Int> {
        start..<(isContainer ? Int(document.tokens[link].start) + 1 : link)
    }

    /// The value as it came.
    package var encoded: ArraySlice<UInt8> { document.bytes[range] }

    package var isInteger: Bool { document.bytes[start] == UInt8(ascii: "i") }
    package var isList: Bool { document.bytes[start] == UInt8(ascii: "l") }
    package var isDictionary: Bool { document.bytes[start] == UInt8(ascii: "d") }
    package var isString: Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= document.bytes[start] }

    package var integer: Int64? {
        guard isInteger else { return nil }
        var value: Int64 = 0
        let isNegative = document.bytes[start + 1] == UInt8(ascii: "-")
        for byte in document.bytes[(start + (isNegative ? 2 : 1))..<(link - 1)] {
            let digit = Int64(byte) - 0x30
            value = value * 10 + (isNegative ? -digit : digit)
        }
        return value
    }

    /// Where the content of a byte string lies in the document, after its colon.
    package var stringRange: Range<Int>? {
        guard isString else { return nil }
        var colon = start
        while document.bytes[colon] != UInt8(ascii: ":") { colon += 1 }
        return (colon + 1)..<link
    }

    package var string: ArraySlice<UInt8>? { stringRange.map { document.bytes[$0] } }

    /// The byte string as text; `nil` where it is not valid UTF-8.
    package var text: String? {
        guard let string else { return nil }
        return String(validating: string, as: UTF8.self)
    }

    /// How many elements a list or entries a dictionary has; 0 for the rest.
    package var count: Int { isContainer ? Int(document.tokens[link].link) : 0 }

    /// The elements of a list; empty for the rest.
    package var elements: Elements {
        Elements(document: document, position: index + 1, end: isList ? link : index + 1)
    }

    /// The entries of a dictionary in the order of their keys; empty for the rest.
    package var entries: Entries {
        Entries(document: document, position: index + 1, end: isDictionary ? link : index + 1)
    }

    /// The value under `key` in a dictionary; takes time in proportion to the entries before it.
    package subscript(key: String) -> BencodeValue? {
        guard isDictionary else { return nil }
        // Neither slices nor views are made in passing: large trees ask this of each of their files.
        let tokens = document.tokens.span
        let bytes = document.bytes.span
        let wanted = key.utf8Span.span
        var next = index + 1
        while next < link {
            switch Self.compare(bytes, Self.content(ofStringAt: tokens[next], in: bytes), with: wanted) {
            case 0: return BencodeValue(document: document, index: next + 1)
            case 1: return nil
            default: break
            }
            let value = tokens[next + 1]
            let kind = bytes[Int(value.start)]
            let isContainer = kind == UInt8(ascii: "d") || kind == UInt8(ascii: "l")
            next = (isContainer ? Int(value.link) : next + 1) + 1
        }
        return nil
    }

    private static func content(
        ofStringAt token: BencodeDocument.Token, in bytes: borrowing Span<UInt8>
    ) -> Range<Int> {
        var colon = Int(token.start)
        while bytes[colon] != UInt8(ascii: ":") { colon += 1 }
        return (colon + 1)..<Int(token.link)
    }

    /// - Returns: -1, 0 or 1 as `bytes[range]` sorts before, with or after `other`.
    private static func compare(
        _ bytes: borrowing Span<UInt8>, _ range: Range<Int>, with other: borrowing Span<UInt8>
    ) -> Int {
        for place in 0..<min(range.count, other.count) {
            let (a, b) = (bytes[range.lowerBound + place], other[place])
            if a != b { return a < b ? -1 : 1 }
        }
        return (range.count - other.count).signum()
    }

    /// This dictionary with some entries set and some (`nil`) left out; every other byte stays as it came.
    package func encoded(changing changes: [String: Bencode?]) -> [UInt8] {
        precondition(isDictionary)
        var pending = changes.map { (key: Array($0.key.utf8), value: $0.value) }
        pending.sort { $0.key.lexicographicallyPrecedes($1.key) }
        var rest = pending[...]
        var writer = BencodeWriter()
        writer.beginDictionary()
        func flush(before key: ArraySlice<UInt8>?) {
            while let next = rest.first, key.map({ next.key.lexicographicallyPrecedes($0) }) ?? true {
                if let value = next.value {
                    writer.string(next.key)
                    writer.value(value)
                }
                rest.removeFirst()
            }
        }
        for (key, value) in entries {
            flush(before: key)
            if let next = rest.first, next.key.elementsEqual(key) {
                if let new = next.value {
                    writer.string(key)
                    writer.value(new)
                }
                rest.removeFirst()
            } else {
                writer.string(key)
                writer.raw(value.encoded)
            }
        }
        flush(before: nil)
        writer.end()
        return writer.bytes
    }
}

extension BencodeValue {
    package struct Elements: Sequence, IteratorProtocol, Sendable {
        fileprivate let document: BencodeDocument
        fileprivate var position: Int
        fileprivate let end: Int

        package mutating func next() -> BencodeValue? {
            guard position < end else { return nil }
            let value = BencodeValue(document: document, index: position)
            position = value.indexAfter
            return value
        }
    }

    package struct Entries: Sequence, IteratorProtocol, Sendable {
        fileprivate let document: BencodeDocument
        fileprivate var position: Int
        fileprivate let end: Int

        package mutating func next() -> (key: ArraySlice<UInt8>, value: BencodeValue)? {
            guard position < end else { return nil }
            let key = BencodeValue(document: document, index: position)
            let value = BencodeValue(document: document, index: position + 1)
            position = value.indexAfter
            return (key.string ?? [], value)
        }
    }

    private var indexAfter: Int { (isContainer ? link : index) + 1 }
}
