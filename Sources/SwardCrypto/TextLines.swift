// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Takes the short text files of minisign apart, line by line, without copying.
struct TextLines {
    static let untrustedPrefix = "untrusted comment: "
    static let trustedPrefix = "trusted comment: "
    /// What fits minisign's buffer of 1024 beside the prefix, the newline and the NUL.
    static let untrustedLimit = 1024 - untrustedPrefix.utf8.count - 2

    let file: CryptoError.File
    private(set) var number = 0
    private var offset = 0

    init(_ file: CryptoError.File) { self.file = file }

    /// Where the next line lies, without its end (`\n` or `\r\n`, absent after the last one).
    ///
    /// - Parameter limit: In bytes; a longer line is refused, as `minisign` would cut it.
    mutating func next(in text: Span<UInt8>, limit: Int) throws(CryptoError) -> Range<Int> {
        number += 1
        guard offset < text.count else { throw .line(number, of: file, .missing) }
        var end = offset
        while end < text.count, text[end] != UInt8(ascii: "\n") { end += 1 }
        var line = offset..<end
        offset = end < text.count ? end + 1 : end
        if let last = line.last, text[last] == UInt8(ascii: "\r") { line = line.lowerBound..<last }
        guard line.count <= limit else { throw .line(number, of: file, .tooLong(limit: limit)) }
        return line
    }

    /// The rest of a line that must begin with `prefix`.
    mutating func next(
        in text: Span<UInt8>, after prefix: String, limit: Int
    ) throws(CryptoError) -> Range<Int> {
        let line = try next(in: text, limit: limit + prefix.utf8.count)
        var start = line.lowerBound
        for byte in prefix.utf8 {
            guard start < line.upperBound, text[start] == byte else {
                throw .line(number, of: file, .badPrefix(expected: prefix))
            }
            start += 1
        }
        return start..<line.upperBound
    }

    /// An untrusted comment, as text that is safe to show.
    mutating func untrustedComment(in text: Span<UInt8>) throws(CryptoError) -> String {
        let line = try next(in: text, after: Self.untrustedPrefix, limit: Self.untrustedLimit)
        guard let comment = printable(text.copy(line)) else {
            throw .line(number, of: file, .notPrintable)
        }
        return comment
    }

    func end(in text: Span<UInt8>) throws(CryptoError) {
        guard offset == text.count else { throw .trailingText(file) }
    }

    /// The comment line that heads every file.
    ///
    /// - Throws: When `comment` would not survive being read again.
    static func untrustedLine(_ comment: String) throws(CryptoError) -> String {
        guard comment.utf8.count <= untrustedLimit else {
            throw .commentTooLong(length: comment.utf8.count, limit: untrustedLimit)
        }
        guard printable(Array(comment.utf8)) != nil else { throw .commentNotPrintable }
        return untrustedPrefix + comment + "\n"
    }
}

/// - Returns: `nil` unless `bytes` are UTF-8 without C0 and C1 controls other than tab: `minisign` prints no others.
func printable(_ bytes: [UInt8]) -> String? {
    guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
    for scalar in text.unicodeScalars {
        switch scalar.value {
        case 0x09: continue
        case 0..<0x20, 0x7f...0x9f: return nil
        default: continue
        }
    }
    return text
}

extension Span<UInt8> {
    func copy(_ range: Range<Int>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(range.count)
        for index in range { bytes.append(self[index]) }
        return bytes
    }
}
