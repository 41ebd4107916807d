// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// A value to be written; what was read stays a ``BencodeValue``.
package indirect enum Bencode: Hashable, Sendable {
    case integer(Int64)
    case string([UInt8])
    case list([Bencode])
    /// In any order; sorted when written.
    case dictionary([[UInt8]: Bencode])
    /// One value that is already encoded, and canonical; written as it is.
    case raw([UInt8])

    package static func text(_ text: String) -> Bencode { .string(Array(text.utf8)) }

    /// Reads a parsed value into memory of its own; the depth of a document bounds the recursion.
    package init(_ value: BencodeValue) {
        if let integer = value.integer {
            self = .integer(integer)
        } else if let string = value.string {
            self = .string(Array(string))
        } else if value.isList {
            self = .list(value.elements.map(Bencode.init))
        } else {
            var entries: [[UInt8]: Bencode] = [:]
            for (key, value) in value.entries { entries[Array(key)] = Bencode(value) }
            self = .dictionary(entries)
        }
    }

    package func encoded() -> [UInt8] {
        var writer = BencodeWriter()
        writer.value(self)
        return writer.bytes
    }
}

extension Bencode: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    package init(integerLiteral value: Int64) { self = .integer(value) }
    package init(stringLiteral value: String) { self = .text(value) }
    package init(arrayLiteral elements: Bencode...) { self = .list(elements) }

    /// Keys as text, each once.
    package init(dictionaryLiteral elements: (String, Bencode)...) {
        self = .dictionary(Dictionary(uniqueKeysWithValues: elements.map { (Array($0.0.utf8), $0.1) }))
    }
}

extension Bencode {
    /// The value of a key; `nil` where there is none, or no dictionary.
    package subscript(key: String) -> Bencode? {
        guard case .dictionary(let entries) = self else { return nil }
        return entries[Array(key.utf8)]
    }

    package var integer: Int64? { if case .integer(let integer) = self { integer } else { nil } }
    package var string: [UInt8]? { if case .string(let bytes) = self { bytes } else { nil } }
}
