// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Appends bencoded values to one buffer, for what is too large to be built as a ``Bencode`` first.
///
/// The caller writes dictionary keys in the order of their bytes, and as many ends as beginnings.
package struct BencodeWriter: Sendable {
    package private(set) var bytes: [UInt8] = []

    package init(reservingBytes capacity: Int = 0) { bytes.reserveCapacity(capacity) }

    package mutating func integer(_ value: Int64) {
        bytes.append(UInt8(ascii: "i"))
        decimal(value)
        bytes.append(UInt8(ascii: "e"))
    }

    private mutating func decimal(_ value: Int64) {
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        let magnitude = value.magnitude
        var place: UInt64 = 1
        while magnitude / place >= 10 { place *= 10 }
        while place > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(magnitude / place % 10))
            place /= 10
        }
    }

    package mutating func string(_ value: some Collection<UInt8>) {
        decimal(Int64(value.count))
        bytes.append(UInt8(ascii: ":"))
        bytes.append(contentsOf: value)
    }

    package mutating func text(_ value: String) { string(value.utf8) }
    package mutating func list(_ texts: [String]) {
        beginList()
        for text in texts { self.text(text) }
        end()
    }

    package mutating func beginList() { bytes.append(UInt8(ascii: "l")) }
    package mutating func beginDictionary() { bytes.append(UInt8(ascii: "d")) }
    package mutating func end() { bytes.append(UInt8(ascii: "e")) }

    /// Appends a value that is already encoded.
    package mutating func raw(_ encoded: some Collection<UInt8>) { bytes.append(contentsOf: encoded) }

    /// - Sorts the keys of every dictionary.
    package mutating func value(_ value: Bencode) {
        switch value {
        case .integer(let integer): self.integer(integer)
        case .string(let string): self.string(string)
        case .raw(let encoded): raw(encoded)
        case .list(let elements):
            beginList()
            for element in elements { self.value(element) }
            end()
        case .dictionary(let entries):
            beginDictionary()
            for (key, value) in entries.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
                string(key)
                self.value(value)
            }
            end()
        }
    }
}
