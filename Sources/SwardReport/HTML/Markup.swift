// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// HTML in which what is written in the source is markup, and what comes from a report is text.
///
/// A string can get in only through an interpolation, which escapes it: names and words of a work can never become elements.
struct Markup: ExpressibleByStringInterpolation {
    private(set) var html: String

    init(stringLiteral value: String) { html = value }
    init(stringInterpolation: StringInterpolation) { html = stringInterpolation.html }

    struct StringInterpolation: StringInterpolationProtocol {
        fileprivate(set) var html = ""

        init(literalCapacity: Int, interpolationCount: Int) { html.reserveCapacity(literalCapacity * 2) }

        mutating func appendLiteral(_ literal: String) { html += literal }
        mutating func appendInterpolation(_ text: String) { html += Markup.escaped(text) }
        mutating func appendInterpolation(_ number: Int) { html += String(number) }
        mutating func appendInterpolation(_ markup: Markup) { html += markup.html }
        /// Nothing where there is nothing.
        mutating func appendInterpolation(_ markup: Markup?) { html += markup?.html ?? "" }
    }

    static func += (a: inout Markup, b: Markup) { a.html += b.html }

    static func joined(_ parts: some Sequence<Markup>, by separator: Markup = "") -> Markup {
        var result: Markup = ""
        var isFirst = true
        for part in parts {
            if !isFirst { result += separator }
            result += part
            isFirst = false
        }
        return result
    }

    /// Text for an element or a quoted attribute. Controls and marks that turn the reading order are shown, not obeyed.
    static func escaped(_ text: String) -> String {
        let text = text.oneLine
        guard text.utf8.contains(where: { isSpecial($0) }) else { return text }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count + 32)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): bytes += "&amp;".utf8
            case UInt8(ascii: "<"): bytes += "&lt;".utf8
            case UInt8(ascii: ">"): bytes += "&gt;".utf8
            case UInt8(ascii: "\""): bytes += "&quot;".utf8
            case UInt8(ascii: "'"): bytes += "&#39;".utf8
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"):
            true
        default: false
        }
    }
}

extension ByteOutput {
    mutating func write(_ markup: Markup) { write(markup.html) }
}
