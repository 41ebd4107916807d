// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Writes JSON with keys in the order they are given, so that the same value has the same bytes everywhere.
///
/// Elements of top-level lists stand on a line each: a document of a hundred thousand files stays readable by line.
package struct JSONWriter {
    package private(set) var bytes: [UInt8] = []
    /// Whether something stands before what comes next.
    package private(set) var needsComma = false

    package init() {}

    /// Drops what was written so far, once it was handed on: a long document need not be held.
    package mutating func forgetBytes() { bytes.removeAll(keepingCapacity: true) }

    /// A writer for what comes next, without what was written so far: parts of a long list can be written side by side.
    ///
    /// - Parameter isFirst: Whether nothing of the list stands before it.
    package static func ofElements(isFirst: Bool) -> JSONWriter {
        var writer = JSONWriter()
        writer.needsComma = !isFirst
        return writer
    }

    /// Goes on behind elements that were written by themselves and handed on.
    package mutating func passElements() { needsComma = true }

    package mutating func object(_ body: (inout JSONWriter) -> Void) {
        container(UInt8(ascii: "{"), UInt8(ascii: "}"), body)
    }
    package mutating func array(_ body: (inout JSONWriter) -> Void) {
        container(UInt8(ascii: "["), UInt8(ascii: "]"), body)
    }

    package mutating func key(_ name: String) {
        string(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    package mutating func entry(_ name: String, _ text: String) {
        key(name)
        string(text)
    }

    package mutating func entry(_ name: String, _ texts: [String]) {
        key(name)
        array { writer in
            for text in texts { writer.string(text) }
        }
    }

    package mutating func boolean(_ name: String, _ value: Bool) {
        key(name)
        bytes.append(contentsOf: (value ? "true" : "false").utf8)
        needsComma = true
    }

    /// Ends the line before the next element.
    package mutating func newline() {
        separate()
        bytes.append(UInt8(ascii: "\n"))
        needsComma = false
    }

    package mutating func string(_ text: String) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        var text = text
        let isPlain = text.withUTF8 { utf8 in
            guard unsafe !utf8.contains(where: Self.isEscaped) else { return false }
            unsafe bytes.append(contentsOf: utf8)
            return true
        }
        if !isPlain { escape(text) }
        bytes.append(UInt8(ascii: "\""))
        needsComma = true
    }

    private static func isEscaped(_ byte: UInt8) -> Bool {
        byte < 32 || byte == 127 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private mutating func escape(_ text: String) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case UInt8(ascii: "\n"): bytes.append(contentsOf: "\\n".utf8)
            case UInt8(ascii: "\r"): bytes.append(contentsOf: "\\r".utf8)
            case UInt8(ascii: "\t"): bytes.append(contentsOf: "\\t".utf8)
            case 0..<32, 127:
                let hex = String(byte, radix: 16)
                bytes.append(contentsOf: "\\u00\(byte < 16 ? "0" : "")\(hex)".utf8)
            default: bytes.append(byte)
            }
        }
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
    }

    private mutating func container(_ open: UInt8, _ close: UInt8, _ body: (inout JSONWriter) -> Void) {
        separate()
        bytes.append(open)
        needsComma = false
        body(&self)
        bytes.append(close)
        needsComma = true
    }
}
