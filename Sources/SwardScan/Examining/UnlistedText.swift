// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection
internal import SwardPolicy
internal import SwardSPDX

/// The text of a license that no list has, in a file whose name says that it is one.
struct UnlistedText {
    /// How sure it is what it is called: no more than that it is a license.
    static let score = 20
    let expression: LicenseExpression
    let words: String

    private static let leastWords = 30
    private static let leastLicenseWords = 3
    private static let longestTitle = 80

    /// - Parameter licenseWords: How many of its words permit, oblige or forbid.
    /// - Returns: `nil` for what is no license: a pointer to another file, a list, a page, a few words that rule nothing.
    init?(_ text: String, path: String, licenseWords: Int) {
        let elements = path.split { $0 == "/" || $0 == "!" }
        guard let name = elements.last, !name.hasPrefix("LicenseRef-"), !path.folder.isFolderOfTexts,
            !path.isOfOtherWorks
        else { return nil }
        let head = text.prefix(512).lowercased()
        guard !name.hasSuffix(".html"), !name.hasSuffix(".htm"), !head.contains("<html"),
            !head.contains("<!doctype"), !head.hasPrefix("{"),
            text.split(whereSeparator: \.isWhitespace).count >= Self.leastWords
                ? licenseWords >= Self.leastLicenseWords : ShortTerms.rule(text, in: name)
        else { return nil }
        words = text
        let called = Self.title(of: text) ?? "\(name.prefix { $0 != "." })-\(Self.digest(text))"
        expression = LicenseExpression(LicenseTerm(LicenseReference("LicenseRef-" + Self.joined(called))))
    }

    /// The first line that is neither a notice nor a sentence.
    private static func title(of text: String) -> String? {
        let lines = text.split(whereSeparator: \.isNewline).prefix(12)
        for line in lines {
            let words = line.trimming
            if words.isEmpty || !words.contains(where: \.isLetter) { continue }
            let lower = words.lowercased()
            if lower.hasPrefix("copyright") || lower.hasPrefix("©") || lower.hasPrefix("(c)")
                || lower.contains("all rights reserved")
            {
                continue
            }
            guard words.utf8.count <= longestTitle, words.split(separator: " ").count <= 12,
                let last = words.last, !".,;".contains(last), words.contains(where: \.isUppercase),
                !words.contains(". ")
            else { return nil }
            return ["license", "licence"].contains(lower) ? nil : words
        }
        return nil
    }

    private static func joined(_ words: String) -> String {
        var result = ""
        for part in words.split(whereSeparator: { !($0.isASCII && ($0.isLetter || $0.isNumber || $0 == ".")) }
        ) {
            guard result.utf8.count + part.utf8.count < 64 else { break }
            result += (result.isEmpty ? "" : "-") + part
        }
        while result.last == "." { result.removeLast() }
        return result.isEmpty ? "unlisted" : result
    }

    /// Two texts in one work are two licenses: eight hexadecimal digits of FNV-1a. Source: Fowler, Noll, Vo.
    private static func digest(_ text: String) -> String {
        var sum: UInt32 = 0x811c_9dc5
        for byte in text.utf8 where byte > 0x20 { sum = (sum ^ UInt32(byte)) &* 0x0100_0193 }
        let digits = String(sum, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }
}

extension Examination {
    /// A license file whose text is on no list has the terms of the work all the same, for somebody to read.
    mutating func takeUnlistedText(_ bytes: UnsafeRawBufferPointer, of path: String) {
        guard role == .licenseText, expression == nil,
            let found = UnlistedText(
                String(decoding: bytes, as: UTF8.self), path: path,
                licenseWords: residue.reduce(0) { $0 + $1.licenseWordCount })
        else { return }
        let lines = bytes.count { $0 == UInt8(ascii: "\n") } + 1
        findings = [
            LicenseFinding(
                kind: .text, expression: found.expression, score: UnlistedText.score, bytes: 0..<bytes.count,
                lines: 1...lines, rule: LicenseFinding.unlistedText)
        ]
        expression = found.expression
        residue = []
        text = found.words
    }
}

extension Substring {
    fileprivate var trimming: String {
        var rest = self
        while let first = rest.first, first.isWhitespace || "#*=-/".contains(first) { rest.removeFirst() }
        while let last = rest.last, last.isWhitespace || "#*=-/".contains(last) { rest.removeLast() }
        return String(rest)
    }
}
