// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc

/// The file that stands behind a `.license` that is a link; other links are not followed.
enum LinkedSidecar {
    private static let maximumLinks = 16
    private static let suffix = Array(".license".utf8)

    static func isNamed(_ path: [UInt8]) -> Bool {
        path.count > suffix.count && path.suffix(suffix.count).elementsEqual(suffix)
    }

    /// Follows links by their text, each element from inside the tree.
    ///
    /// - Returns: The path of a regular file, from the root; `nil` where the link leads out or to nothing.
    static func target(
        of path: [UInt8], in root: Int32, _ opener: inout BeneathOpener
    ) -> (path: [UInt8], status: stat)? {
        var current = path
        for _ in 0..<maximumLinks {
            guard let target = text(of: current, root), target.first != UInt8(ascii: "/") else { return nil }
            var elements = current.split(separator: UInt8(ascii: "/")).dropLast().map(Array.init)
            for element in target.split(separator: UInt8(ascii: "/")) where !element.elementsEqual([46]) {
                if element.elementsEqual([46, 46]) {
                    if elements.popLast() == nil { return nil }
                } else {
                    elements.append(Array(element))
                }
            }
            current = Array(elements.joined(separator: [UInt8(ascii: "/")]))
            guard let status = opener.status(of: current) else { return nil }
            switch status.st_mode & S_IFMT {
            case S_IFREG: return (current, status)
            case S_IFLNK: continue
            default: return nil
            }
        }
        return nil
    }

    private static func text(of path: [UInt8], _ root: Int32) -> [UInt8]? {
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = path.withCName { readlinkat(root, $0, &buffer, buffer.count) }
        return count > 0 ? buffer[..<count].map { UInt8(bitPattern: $0) } : nil
    }
}
