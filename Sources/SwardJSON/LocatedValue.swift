// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// A value of a descriptor in JSON, YAML or TOML, and the bytes where it stands.
package struct LocatedValue: Hashable, Sendable {
    package indirect enum Content: Hashable, Sendable {
        case null, boolean(Bool), number(String), string(String), list([LocatedValue]), map([Entry])
    }

    package struct Entry: Hashable, Sendable {
        package let key: String
        package let keyBytes: Range<Int>
        package let value: LocatedValue

        package init(key: String, keyBytes: Range<Int>, value: LocatedValue) {
            self.key = key
            self.keyBytes = keyBytes
            self.value = value
        }
    }

    package let content: Content
    /// Of a string what stands between its quotes; of a list or map its brackets too.
    package let bytes: Range<Int>

    package init(_ content: Content, bytes: Range<Int>) {
        self.content = content
        self.bytes = bytes
    }

    package var string: String? { if case .string(let text) = content { text } else { nil } }
    /// The text of a string or number, as YAML tells the two apart by their look alone.
    package var scalar: String? {
        switch content {
        case .string(let text), .number(let text): text
        case .boolean(let value): value ? "true" : "false"
        case .null, .list, .map: nil
        }
    }
    /// The elements of a list; of anything else none.
    package var list: [LocatedValue] { if case .list(let values) = content { values } else { [] } }
    package var isList: Bool { if case .list = content { true } else { false } }
    /// The elements of a list, or the value itself where one stands for a list of one.
    package var oneOrMore: [LocatedValue] {
        switch content {
        case .list(let values): values
        case .null: []
        default: [self]
        }
    }
    package var entries: [Entry] { if case .map(let entries) = content { entries } else { [] } }
    package var isMap: Bool { if case .map = content { true } else { false } }

    /// The last value under `key`: of duplicates the last wins, as in every reader of the ecosystems.
    package subscript(key: String) -> LocatedValue? { entries.last { $0.key == key }?.value }

    /// The value at the end of a chain of keys.
    package subscript(path: [String]) -> LocatedValue? {
        var value = self
        for key in path {
            guard let next = value[key] else { return nil }
            value = next
        }
        return value
    }
}
