// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

extension Lexemes {
    /// "C …" at the head of a line of Fortran, "@c …" or "@comment …" of Texinfo.
    func isComment(_ word: Range<Int>, _ gap: Gap, lineStart: Int) -> Bool {
        guard word.upperBound < bytes.count, bytes[word.upperBound] == 32 else { return false }
        if word.count == 1, word.lowerBound == lineStart {
            return gap.contains(.newline) && bytes[lineStart] | 0x20 == UInt8(ascii: "c")
        }
        return word.lowerBound == lineStart + 1 && bytes[lineStart] == UInt8(ascii: "@")
            && (word.count == 1
                ? bytes[word.lowerBound] == UInt8(ascii: "c") : bytes.has("comment", at: word.lowerBound))
    }
}
