// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Patterns of policy files.
enum Glob {
    /// Whether `pattern` takes the whole of `path`: `*` anything but `/`, `**` anything, `?` one byte but `/`. A pattern
    /// that ends in `/` takes all below. In time of pattern times path.
    static func matches(path: String, _ pattern: String) -> Bool {
        var tokens: [Token] = []
        var bytes = Array(pattern.utf8.prefix(1024))[...]
        if bytes.last == UInt8(ascii: "/") { bytes += "**".utf8 }
        while let byte = bytes.popFirst() {
            switch byte {
            case UInt8(ascii: "*"):
                guard bytes.first == byte else {
                    tokens.append(.star)
                    continue
                }
                while bytes.first == byte { bytes.removeFirst() }
                // `**/x` also takes `x`.
                if bytes.first == UInt8(ascii: "/"), tokens.isEmpty || tokens.last == .byte(UInt8(ascii: "/"))
                {
                    bytes.removeFirst()
                    tokens.append(.folders)
                } else {
                    tokens.append(.anything)
                }
            case UInt8(ascii: "?"): tokens.append(.one)
            default: tokens.append(.byte(byte))
            }
        }
        return run(tokens, Array(path.utf8))
    }

    /// Whether `pattern`, in which `*` stands for any run of characters, takes the whole of `name`, in any ASCII case.
    static func matches(name: String, _ pattern: String) -> Bool {
        let tokens = pattern.lowercased().utf8.prefix(1024).map {
            $0 == UInt8(ascii: "*") ? Token.anything : .byte($0)
        }
        return run(tokens, Array(name.lowercased().utf8))
    }

    private enum Token: Hashable { case byte(UInt8), one, star, anything, folders }

    private static func run(_ tokens: [Token], _ bytes: [UInt8]) -> Bool {
        // `reached[n]`: the first n tokens can take what was read so far.
        var reached = [Bool](repeating: false, count: tokens.count + 1)
        reached[0] = true
        skip(tokens, &reached)
        for byte in bytes {
            var next = [Bool](repeating: false, count: tokens.count + 1)
            var isAlive = false
            for (index, token) in tokens.enumerated() where reached[index] {
                switch token {
                case .byte(let wanted): if byte == wanted { next[index + 1] = true }
                case .one: if byte != UInt8(ascii: "/") { next[index + 1] = true }
                case .star: if byte != UInt8(ascii: "/") { next[index] = true }
                case .anything: next[index] = true
                case .folders:
                    next[index] = true
                    // Whole folders only: what follows begins after a slash, or after the mark of an archive.
                    if byte == UInt8(ascii: "/") || byte == UInt8(ascii: "!") { next[index + 1] = true }
                }
            }
            for index in next.indices where next[index] {
                isAlive = true
                // A run of folders that is in the middle of a name is not over.
                if index < tokens.count, tokens[index] == .star || tokens[index] == .anything {
                    next[index + 1] = true
                }
                if index < tokens.count, tokens[index] == .folders,
                    byte == UInt8(ascii: "/") || byte == UInt8(ascii: "!")
                {
                    next[index + 1] = true
                }
            }
            guard isAlive else { return false }
            reached = next
        }
        return reached[tokens.count]
    }

    /// What may take nothing is passed at the start.
    private static func skip(_ tokens: [Token], _ reached: inout [Bool]) {
        for (index, token) in tokens.enumerated() where reached[index] {
            if token == .star || token == .anything || token == .folders { reached[index + 1] = true }
        }
    }
}
