// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Reads IP addresses as people write them; names are none.
package enum IPText {
    /// - Returns: Four bytes or sixteen, or `nil`.
    package static func bytes(_ text: some StringProtocol) -> [UInt8]? {
        text.utf8.count <= 45 ? (v4(text) ?? v6(text)) : nil
    }

    private static func v4(_ text: some StringProtocol) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bytes: [UInt8] = []
        for part in parts {
            // A leading zero means octal to some readers, and to others nothing.
            guard 1...3 ~= part.utf8.count, part.utf8.allSatisfy(isDigit),
                part.utf8.count == 1 || part.first != "0",
                let byte = UInt8(part)
            else { return nil }
            bytes.append(byte)
        }
        return bytes
    }

    private static func v6(_ text: some StringProtocol) -> [UInt8]? {
        let halves = text.split(separator: "::", maxSplits: 2, omittingEmptySubsequences: false)
        switch halves.count {
        case 1:
            guard let all = groups(halves[0], mayEndDotted: true), all.count == 16 else { return nil }
            return all
        case 2:
            guard let head = groups(halves[0], mayEndDotted: false),
                let tail = groups(halves[1], mayEndDotted: true), head.count + tail.count <= 14
            else {
                return nil
            }
            return head + [UInt8](repeating: 0, count: 16 - head.count - tail.count) + tail
        default: return nil
        }
    }

    /// The bytes of groups between colons; the last of an address may be dotted.
    private static func groups(_ text: some StringProtocol, mayEndDotted: Bool) -> [UInt8]? {
        if text.isEmpty { return [] }
        var bytes: [UInt8] = []
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if mayEndDotted, index == parts.count - 1, let dotted = v4(part) {
                bytes += dotted
                continue
            }
            guard 1...4 ~= part.utf8.count, part.utf8.allSatisfy(isHexDigit),
                let group = UInt16(part, radix: 16)
            else { return nil }
            bytes += [UInt8(group >> 8), UInt8(group & 255)]
        }
        return bytes
    }

    private static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }
    private static func isHexDigit(_ byte: UInt8) -> Bool {
        isDigit(byte) || UInt8(ascii: "a")...UInt8(ascii: "f") ~= byte | 0x20
    }
}
