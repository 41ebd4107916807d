// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Reads "see the file COPYING", "in the LICENSE file", "found in LICENSE.txt".
enum FilePointer {
    private static let stems = WordHashes(
        [
            "license", "licence", "copying", "copyright", "unlicense", "notice", "copyleft", "licenses",
            "licences",
        ].map {
            Lexemes.hash($0.utf8)
        })

    /// - Parameter index: Of "see", "file" or a name such as "COPYING".
    static func read(_ text: Lexemes, at index: Int) -> (path: String, bytes: Range<Int>)? {
        switch text.word(index) {
        case .see, .file, .files:
            // Ahead: "see [the] [file] [called] NAME".
            for at in (index + 1)..<min(text.count, index + 7) {
                if text.gap(at).contains(.stop), at > index + 1 { return nil }
                if let found = name(text, at) { return found }
            }
            // Behind: "the LICENSE file".
            return text.word(index) == .see ? nil : name(text, index - 1)
        default:
            // "COPYING" after "in" or "of".
            guard let found = name(text, index) else { return nil }
            let isLed = (1...3).contains {
                [.in, .see, .file, .under, .with].contains(text.word(index - $0))
            }
            return isLed ? found : nil
        }
    }

    /// The path that holds the word at `index`, when it is written as a file's name is.
    private static func name(_ text: Lexemes, _ index: Int) -> (path: String, bytes: Range<Int>)? {
        guard index >= 0, index < text.count, stems.contains(text[index].hash) else { return nil }
        let bytes = text.bytes
        func isPath(_ byte: UInt8) -> Bool {
            byte.isWordByte || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "/")
                || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
        }
        var start = Int(text[index].start)
        var end = text[index].end
        while start > 0, text[index].end - start < 200, isPath(bytes[start - 1]) { start -= 1 }
        while end < bytes.count, end - start < 200, isPath(bytes[end]) { end += 1 }
        while end > start, bytes[end - 1] == UInt8(ascii: ".") || bytes[end - 1] == UInt8(ascii: "-") {
            end -= 1
        }
        while start < end, bytes[start] == UInt8(ascii: "-") { start += 1 }
        let stem = text[index].bytes
        let isShouted = stem.allSatisfy { 65...90 ~= bytes[$0] }
        let hasEnding = bytes[stem.upperBound] == UInt8(ascii: ".") && bytes[stem.upperBound + 1].isLetter
        guard isShouted || hasEnding else { return nil }
        return (bytes.string(start..<end), start..<end)
    }
}
