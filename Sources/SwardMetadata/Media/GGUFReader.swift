// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Keys and values at the head of a GGUF model; the vocabulary that stands among them says nothing.
///
/// Source: ggml, `docs/gguf.md`, versions 2 and 3 of the format, and the keys of "general metadata".
enum GGUFReader {
    /// Of one value that is a text, in bytes, and how far into the file keys are looked for.
    private static let maximumText = 1 << 20
    private static let maximumWalk = 64 << 20
    private static let maximumKeys = 4096
    /// Members of lists of texts, in all.
    private static let maximumMembers = 1 << 20

    static func read(_ source: ByteSource, into contents: inout MediaContents) {
        guard let head = source.exactly(0, 24), head.has("GGUF"), let version = head.le32(4), version >= 2,
            let count = head.le64(16)
        else { return }
        var walk = Walk(source: source, offset: 24)
        for _ in 0..<min(count, maximumKeys) {
            guard let key = walk.text(), let kind = walk.number(4) else { return }
            if kind == textKind {
                let start = walk.offset
                guard let value = walk.text() else { return }
                add(FieldText.utf8(Array(key.bytes)), value.bytes, at: start..<walk.offset, into: &contents)
            } else if !walk.skip(kind, depth: 0) {
                return
            }
        }
    }

    private static func add(
        _ key: String, _ value: [UInt8], at place: Range<Int>, into contents: inout MediaContents
    ) {
        let role: FieldRole
        switch key {
        case "general.license", "general.license.name", "general.license.link": role = .license
        case "general.author", "general.organization": role = .creator
        case "general.name": role = .title
        case "general.description": role = .comment
        case "general.url", "general.source.url": role = .attribution
        default: return
        }
        contents.add(role, "gguf:" + key.dropFirst("general.".count), FieldText.utf8(value), at: place)
    }

    private static let textKind = 8
    private static let listKind = 9

    private struct Walk {
        let source: ByteSource
        var offset: Int
        var members = 0

        mutating func number(_ length: Int) -> Int? {
            guard let bytes = source.exactly(offset, length) else { return nil }
            offset += length
            return length == 8 ? bytes.le64(0) : bytes.le32(0)
        }

        /// Of a text that is too long only the place is told.
        mutating func text() -> (bytes: [UInt8], length: Int)? {
            guard let length = number(8) else { return nil }
            let start = offset
            guard pass(length) else { return nil }
            return (length <= maximumText ? source.read(start, length) : [], length)
        }

        private mutating func pass(_ length: Int) -> Bool {
            let end = min(source.length, maximumWalk)
            guard length >= 0, offset <= end, length <= end - offset else { return false }
            offset += length
            return true
        }

        mutating func skip(_ kind: Int, depth: Int) -> Bool {
            if let width = width(of: kind) { return pass(width) }
            if kind == textKind { return number(8).map { pass($0) } ?? false }
            guard kind == listKind, depth < 4, let inner = number(4), let count = number(8) else {
                return false
            }
            if let width = width(of: inner) {
                let (length, isOver) = count.multipliedReportingOverflow(by: width)
                return !isOver && pass(length)
            }
            for _ in 0..<count {
                members += 1
                guard members <= maximumMembers, skip(inner, depth: depth + 1) else { return false }
            }
            return true
        }

        private func width(of kind: Int) -> Int? {
            switch kind {
            case 0, 1, 7: 1
            case 2, 3: 2
            case 4, 5, 6: 4
            case 10, 11, 12: 8
            default: nil
            }
        }
    }
}
