// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Text files in UTF-16, told by their byte order mark.
enum TextEncoding {
    /// The text as UTF-8, without the mark; `nil` where no mark of UTF-16 stands first.
    static func utf8(_ bytes: [UInt8]) -> [UInt8]? {
        guard let units = units(bytes) else { return nil }
        return Array(String(decoding: units, as: UTF16.self).utf8)
    }

    /// For each byte of ``utf8(_:)``, and for its end, where its character begins in `bytes`.
    static func offsets(_ bytes: [UInt8]) -> [Int] {
        var result: [Int] = []
        var offset = 2
        for scalar in String(decoding: units(bytes) ?? [], as: UTF16.self).unicodeScalars {
            for _ in 0..<UTF8.width(scalar) { result.append(offset) }
            offset += 2 * UTF16.width(scalar)
        }
        result.append(min(offset, bytes.count))
        return result
    }

    private static func units(_ bytes: [UInt8]) -> [UInt16]? {
        let isBig = bytes.has([0xFE, 0xFF])
        guard isBig || bytes.has([0xFF, 0xFE]) else { return nil }
        return stride(from: 2, to: bytes.count - 1, by: 2).map { offset in
            UInt16(bytes[isBig ? offset : offset + 1]) << 8 | UInt16(bytes[isBig ? offset + 1 : offset])
        }
    }
}
