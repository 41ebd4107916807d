// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// A `path` of `REUSE.toml`: `*` for anything but `/`, `**` for anything, `\` before a star or itself.
///
/// - Source: REUSE 3.3, "REUSE.toml"; reuse 6.2, `AnnotationsItem._paths_regex`, whose reading of `**/` (the slash
///   may be absent) is followed.
package struct PathGlob: Hashable, Sendable {
    private enum Token: Hashable, Sendable { case byte(UInt8), star, globstar }

    private let tokens: [Token]

    package init(_ pattern: String) {
        var tokens: [Token] = []
        let bytes = Array(pattern.utf8)
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            switch byte {
            case UInt8(ascii: "\\"):
                if index < bytes.count {
                    tokens.append(.byte(bytes[index]))
                    index += 1
                }
            case UInt8(ascii: "*"):
                guard index < bytes.count, bytes[index] == byte else {
                    tokens.append(.star)
                    continue
                }
                while index < bytes.count, bytes[index] == byte { index += 1 }
                while index < bytes.count, bytes[index] == UInt8(ascii: "/") { index += 1 }
                tokens.append(.globstar)
            default: tokens.append(.byte(byte))
            }
        }
        self.tokens = tokens
    }

    /// Whether the whole of `path`, elements joined by `/`, fits; in time of pattern times path.
    package func matches(_ path: String) -> Bool {
        let bytes = Array(path.utf8)
        // `reached[n]`: the first n tokens can take what was read so far.
        var reached = [Bool](repeating: false, count: tokens.count + 1)
        reached[0] = true
        skipStars(&reached)
        for byte in bytes {
            var next = [Bool](repeating: false, count: tokens.count + 1)
            for (index, token) in tokens.enumerated() where reached[index] {
                switch token {
                case .byte(let wanted): if wanted == byte { next[index + 1] = true }
                case .star: if byte != UInt8(ascii: "/") { next[index] = true }
                case .globstar: next[index] = true
                }
            }
            skipStars(&next)
            reached = next
            if !reached.contains(true) { return false }
        }
        return reached[tokens.count]
    }

    /// A star may take nothing.
    private func skipStars(_ reached: inout [Bool]) {
        for (index, token) in tokens.enumerated() where reached[index] {
            if case .byte = token { continue }
            reached[index + 1] = true
        }
    }

    /// `path` with every character that means something escaped.
    package static func escaped(_ path: String) -> String {
        var result = ""
        for scalar in path.unicodeScalars {
            if scalar == "*" || scalar == "\\" { result.unicodeScalars.append("\\") }
            result.unicodeScalars.append(scalar)
        }
        return result
    }
}
