// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// A name or a link that some receivers will not be able to hold as it is, or that may deceive who reads it.
public struct PathWarning: Hashable, Sendable {
    public enum Reason: Hashable, Sendable {
        /// A device of Windows, as in `CON` or `nul.txt`.
        case reservedName
        case trailingDotOrSpace
        /// One of `< > : " | ? *`, which Windows does not allow, or a backslash, its separator.
        case reservedCharacter(Character)
        case controlCharacter
        /// A mark that turns the direction of writing and so can hide an extension.
        case directionMark
        /// A symlink to nothing in the bundle, or to itself.
        case danglingSymlink
        /// A symlink whose target is reached through itself.
        case symlinkLoop
    }

    public let reason: Reason
    /// `nil` for the name of the torrent.
    public let file: Int?
    public let element: String

    public init(_ reason: Reason, file: Int?, element: String) {
        self.reason = reason
        self.file = file
        self.element = element
    }

    /// - Returns: the first reason against one element of a path.
    public static func reason(against element: String) -> Reason? {
        // Most names are plain; only the rest are looked at closely.
        for scalar in element.unicodeScalars {
            switch scalar {
            case "<", ">", ":", "\"", "|", "?", "*", "\\": return .reservedCharacter(Character(scalar))
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}": return .controlCharacter
            case "\u{200E}", "\u{200F}", "\u{061C}", "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}":
                return .directionMark
            default: continue
            }
        }
        if element.utf8.last == UInt8(ascii: ".") || element.utf8.last == UInt8(ascii: " ") {
            return .trailingDotOrSpace
        }
        let stem = element.prefix { $0 != "." }
        guard 3...7 ~= stem.utf8.count else { return nil }
        return reservedNames.contains(stem.uppercased()) ? .reservedName : nil
    }

    private static let reservedNames: Set<String> = {
        var names: Set<String> = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$"]
        for digit in ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "\u{B9}", "\u{B2}", "\u{B3}"] {
            names.formUnion(["COM" + digit, "LPT" + digit])
        }
        return names
    }()
}

extension InfoDictionary {
    /// What other systems cannot hold, in the order of the files; at most `limit`.
    ///
    /// Made when asked for: it builds every path once.
    public func pathWarnings(limit: Int = 1000) -> [PathWarning] {
        var warnings: [PathWarning] = []
        if !isSingleFile, let reason = PathWarning.reason(against: name) {
            warnings.append(PathWarning(reason, file: nil, element: name))
        }
        var links: [[String]: Int] = [:]
        for index in files.indices where files[index].isSymlink { links[files.path(of: index)] = index }
        var places: Set<[String]> = []
        for index in files.indices {
            let path = files.path(of: index)
            if !links.isEmpty { for end in path.indices { places.insert(Array(path[...end])) } }
            for element in path {
                guard let reason = PathWarning.reason(against: element) else { continue }
                warnings.append(PathWarning(reason, file: index, element: element))
            }
            if warnings.count >= limit { return Array(warnings[..<limit]) }
        }
        for (path, index) in links.sorted(by: { $0.value < $1.value }) {
            guard let reason = followLink(index, links: links, places: places) else { continue }
            warnings.append(PathWarning(reason, file: index, element: path.last ?? ""))
        }
        return Array(warnings.prefix(limit))
    }

    private func followLink(_ index: Int, links: [[String]: Int], places: Set<[String]>) -> PathWarning
        .Reason?
    {
        var seen: Set<Int> = []
        var next = index
        while seen.insert(next).inserted {
            guard let target = files[next].symlinkTarget else { return nil }
            // The target may lie behind another link.
            if let link = target.indices.lazy.compactMap({ links[Array(target[...$0])] }).first {
                guard link != next else { return .danglingSymlink }
                next = link
                continue
            }
            return places.contains(target) ? nil : .danglingSymlink
        }
        return .symlinkLoop
    }
}
