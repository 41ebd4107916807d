// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// One file, folder or link in an archive.
package struct ArchiveEntry: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case file
        case directory
        /// As stored, resolved from the folder of the link; known to stay inside the archive.
        case symlink(target: String)
        /// Path of the earlier entry with the same content.
        case hardLink(target: [String])
    }

    /// Safe elements, at least one: none is empty, `.`, `..`, nor holds `/`, `\` or NUL.
    package let path: [String]
    package let kind: Kind
    /// In bytes, as declared; `nil` if the archive does not say before the content.
    package let length: Int64?
    package let isExecutable: Bool

    package var name: String { path.joined(separator: "/") }
}

extension ArchiveEntry {
    /// Splits a stored name; a leading `./` and a closing `/` are dropped, as tar writes them.
    ///
    /// - Returns: No elements for the root itself.
    /// - Throws: The reason alone; the reader adds archive and entry.
    static func elements(of name: String, limits: ArchiveLimits) throws(Refusal) -> [String] {
        guard name.utf8.count <= limits.pathBytes else {
            throw Refusal(.nameTooLong(limit: limits.pathBytes))
        }
        guard !name.utf8.contains(where: { $0 == 0 || $0 == UInt8(ascii: "\\") }),
            name.utf8.first != UInt8(ascii: "/")
        else { throw Refusal(.unsafeName) }
        var elements = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        if elements.last == "" { elements.removeLast() }
        while elements.first == "." { elements.removeFirst() }
        for element in elements {
            guard !element.isEmpty, element != ".", element != ".." else { throw Refusal(.unsafeName) }
            guard element.utf8.count <= limits.elementBytes else {
                throw Refusal(.nameTooLong(limit: limits.elementBytes))
            }
        }
        return elements
    }

    /// Whether a link at `path` to `target` ends inside the archive, judged by names alone.
    static func staysInside(linkAt path: [String], target: String) -> Bool {
        guard !target.isEmpty, target.utf8.first != UInt8(ascii: "/"), !target.utf8.contains(0) else {
            return false
        }
        var depth = path.count - 1
        var descended = false
        for element in target.split(separator: "/") where element != "." {
            if element == ".." {
                // `a/../b` through a link named `a` could lead elsewhere than the names say.
                if descended { return false }
                depth -= 1
                if depth < 0 { return false }
            } else {
                descended = true
                depth += 1
            }
        }
        return true
    }

    struct Refusal: Error {
        let reason: ArchiveError.Reason
        init(_ reason: ArchiveError.Reason) { self.reason = reason }
    }
}
