// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// A `path` of `REUSE.toml`: `*` for anything but `/`, `**` for anything, `\` before a star or itself.
///
/// - Source: REUSE 3.3, "REUSE.toml"; reuse 6.2, `AnnotationsItem._paths_regex`, whose reading of `**/` (the slash
///   may be absent) is followed.
package struct PathGlob: Hashable, Sendable {
    private enum Token: Hashable, Sendable {
        case byte(UInt8), star, globstar

        var byte: UInt8? { if case .byte(let byte) = self { byte } else { nil } }
    }

    private let tokens: [Token]
    /// What every path that fits begins and ends with: most do not fit, and these tell.
    private let head: [UInt8]
    private let tail: [UInt8]

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
        let isByte: (Token) -> Bool = { if case .byte = $0 { true } else { false } }
        head = tokens.prefix(while: isByte).compactMap(\.byte)
        tail =
            head.count == tokens.count
            ? [] : Array(tokens.reversed().prefix(while: isByte).compactMap(\.byte).reversed())
    }

    /// Whether the whole of `path`, elements joined by `/`, fits; in time of pattern times path.
    package func matches(_ path: String) -> Bool {
        guard path.utf8.count >= head.count + tail.count, path.utf8.starts(with: head) else { return false }
        guard head.count < tokens.count else { return path.utf8.count == head.count }
        guard path.utf8.suffix(tail.count).elementsEqual(tail) else { return false }
        // `reached[n]`: the first n tokens can take what was read so far.
        var reached = [Bool](repeating: false, count: tokens.count + 1)
        var next = reached
        reached[0] = true
        skipStars(&reached)
        for byte in path.utf8 {
            for index in next.indices { next[index] = false }
            var isAlive = false
            for (index, token) in tokens.enumerated() where reached[index] {
                switch token {
                case .byte(let wanted):
                    guard wanted == byte else { continue }
                    next[index + 1] = true
                case .star:
                    guard byte != UInt8(ascii: "/") else { continue }
                    next[index] = true
                case .globstar: next[index] = true
                }
                isAlive = true
            }
            if !isAlive { return false }
            skipStars(&next)
            swap(&reached, &next)
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
