// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// What a path inside a bundle may be.
package enum PathRules {
    /// In bytes, separators counted.
    package static let maximumPathLength = 4096
    /// In bytes.
    package static let maximumElementLength = 255
    package static let maximumFiles = 1_000_000

    /// - Returns: why `element` cannot be one element of a path; `nil` if it can.
    package static func refusal(of element: some Collection<UInt8>) -> MetainfoError.Reason? {
        guard let first = element.first else { return .emptyElement }
        let length = element.count
        guard length <= maximumElementLength else {
            return .elementTooLong(found: length, limit: maximumElementLength)
        }
        if first == UInt8(ascii: "."), length <= 2, element.allSatisfy({ $0 == UInt8(ascii: ".") }) {
            return .dotElement
        }
        for byte in element {
            if byte == 0 { return .nulInElement }
            if byte == UInt8(ascii: "/") { return .separatorInElement }
        }
        return nil
    }

    /// One form for all names that a file system may take for the same: composed and of one case.
    ///
    /// Upper and then lower case joins what lower case alone leaves apart, such as `ß` and `SS`, or `ſ` and `s`;
    /// the dotless `ı` is kept, as in Unicode's default case folding. Composition is left to `String`, whose
    /// equality and hash are those of canonical equivalence.
    package static func folded(_ element: String) -> String {
        if element.utf8.allSatisfy({ $0 < 0x80 }) { return element.lowercased() }
        var folded = ""
        for scalar in element.unicodeScalars {
            guard scalar != "\u{131}" else {
                folded.unicodeScalars.append(scalar)
                continue
            }
            for upper in scalar.properties.uppercaseMapping.unicodeScalars {
                folded += upper.properties.lowercaseMapping
            }
        }
        return folded
    }
}

/// All paths of a bundle in one tree, to find two that would meet on some file system.
struct PathRegister {
    private struct Key: Hashable {
        let parent: UInt32
        let name: String
    }

    static let root: UInt32 = 0
    private var nodes: [Key: UInt32] = [:]
    private var isFile: [Bool] = [false]

    /// - Returns: the node of the directory `name`; directories that differ in case only are one.
    mutating func directory(_ name: String, under parent: UInt32) throws(MetainfoError) -> UInt32 {
        let key = Key(parent: parent, name: PathRules.folded(name))
        if let node = nodes[key] {
            guard !isFile[Int(node)] else { throw MetainfoError(.fileIsDirectory) }
            return node
        }
        return insert(key, isFile: false)
    }

    mutating func file(_ name: String, under parent: UInt32) throws(MetainfoError) {
        let key = Key(parent: parent, name: PathRules.folded(name))
        if let node = nodes[key] {
            throw MetainfoError(isFile[Int(node)] ? .duplicatePath : .fileIsDirectory)
        }
        _ = insert(key, isFile: true)
    }

    /// A file at a path of `count` elements, and the directories above it.
    mutating func file(at path: some Sequence<String>, count: Int) throws(MetainfoError) {
        var node = Self.root
        var rest = count
        for element in path {
            rest -= 1
            if rest > 0 {
                node = try directory(element, under: node)
            } else {
                try file(element, under: node)
            }
        }
    }

    private mutating func insert(_ key: Key, isFile: Bool) -> UInt32 {
        let node = UInt32(self.isFile.count)
        nodes[key] = node
        self.isFile.append(isFile)
        return node
    }
}
