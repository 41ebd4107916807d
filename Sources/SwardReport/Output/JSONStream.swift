// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Writes JSON as it goes, keys in the order they are given. Source: RFC 8259.
///
/// Containers are laid out by line down to a depth, and in one line below it: a list of a hundred thousand files has a line
/// for each, and stays readable, greppable and comparable.
struct JSONStream {
    enum Escaping: Sendable {
        /// As RFC 8259 demands, and whatever a terminal or an editor would obey instead of show.
        case plain
        /// Also whatever could end or open anything in an HTML `script` element.
        case script
    }

    private var output: ByteOutput
    private let escaping: Escaping
    /// Containers nested deeper than this stand in one line.
    private let lineDepth: Int
    private var depth = 0
    private var isFirst = true
    private var isAfterKey = false

    init(_ output: ByteOutput, lineDepth: Int, escaping: Escaping = .plain) {
        self.output = output
        self.lineDepth = lineDepth
        self.escaping = escaping
    }

    mutating func object(_ body: (inout JSONStream) -> Void) { container("{", "}", body) }
    mutating func array(_ body: (inout JSONStream) -> Void) { container("[", "]", body) }

    mutating func object(_ key: String, _ body: (inout JSONStream) -> Void) {
        self.key(key)
        object(body)
    }

    mutating func array(_ key: String, _ body: (inout JSONStream) -> Void) {
        self.key(key)
        array(body)
    }

    mutating func objects<S: Sequence>(
        _ key: String, _ elements: S, _ body: (inout JSONStream, S.Element) -> Void
    ) {
        array(key) { json in
            for element in elements { json.object { body(&$0, element) } }
        }
    }

    mutating func key(_ name: String) {
        string(name)
        output.write(depth > lineDepth ? ":" : ": ")
        isAfterKey = true
    }

    mutating func entry(_ name: String, _ text: String) {
        key(name)
        string(text)
    }

    mutating func entry(_ name: String, _ number: some BinaryInteger) {
        key(name)
        self.number(number)
    }

    mutating func entry(_ name: String, _ value: Bool) {
        key(name)
        boolean(value)
    }

    mutating func entry(_ name: String, _ texts: some Sequence<String>) {
        array(name) { json in
            for text in texts { json.string(text) }
        }
    }

    /// Nothing at all where there is no text.
    mutating func entry(_ name: String, ifAny text: String?) {
        if let text { entry(name, text) }
    }

    /// `null` where there is no text.
    mutating func entry(_ name: String, orNull text: String?) {
        key(name)
        if let text { string(text) } else { null() }
    }

    mutating func number(_ number: some BinaryInteger) { literal(String(number)) }
    mutating func boolean(_ value: Bool) { literal(value ? "true" : "false") }
    mutating func null() { literal("null") }

    mutating func string(_ text: String) {
        separate()
        output.append(UInt8(ascii: "\""))
        escape(text)
        output.append(UInt8(ascii: "\""))
    }

    /// Ends the document, and gives back where it was written to.
    mutating func finish() -> ByteOutput {
        output.append(10)
        return output
    }

    private mutating func literal(_ text: String) {
        separate()
        output.write(text)
    }

    private mutating func separate() {
        guard !isAfterKey else {
            isAfterKey = false
            return
        }
        if !isFirst { output.append(UInt8(ascii: ",")) }
        isFirst = false
        if depth > 0, depth <= lineDepth { newline() }
    }

    private mutating func newline() {
        output.append(10)
        for _ in 0..<depth {
            output.append(32)
            output.append(32)
        }
    }

    private mutating func container(_ open: String, _ close: String, _ body: (inout JSONStream) -> Void) {
        separate()
        output.write(open)
        depth += 1
        isFirst = true
        body(&self)
        depth -= 1
        if !isFirst, depth < lineDepth { newline() }
        output.write(close)
        isFirst = false
    }

    private mutating func escape(_ text: String) {
        let bytes = text.utf8.span
        var plain = 0
        var offset = 0
        while offset < bytes.count {
            let byte = bytes[offset]
            guard let length = escapedLength(byte, at: offset, in: bytes) else {
                offset += 1
                continue
            }
            output.write(bytes, plain..<offset)
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                output.append(UInt8(ascii: "\\"))
                output.append(byte)
            case 10: output.write("\\n")
            case 13: output.write("\\r")
            case 9: output.write("\\t")
            default: unicode(scalar(length, at: offset, in: bytes))
            }
            offset += length
            plain = offset
        }
        output.write(bytes, plain..<bytes.count)
    }

    /// How many bytes at `offset` make one character that must be escaped; `nil` for what may stand as it is.
    private func escapedLength(_ byte: UInt8, at offset: Int, in bytes: Span<UInt8>) -> Int? {
        switch byte {
        case 0..<32, UInt8(ascii: "\""), UInt8(ascii: "\\"), 127: return 1
        case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"): return escaping == .script ? 1 : nil
        // U+0080 to U+009F: C1 controls.
        case 0xC2: return offset + 1 < bytes.count && bytes[offset + 1] < 0xA0 ? 2 : nil
        case 0xE2:
            guard offset + 2 < bytes.count else { return nil }
            return switch (bytes[offset + 1], bytes[offset + 2]) {
            // U+2028 and U+2029 end lines; U+202A to U+202E and U+2066 to U+2069 turn the reading order around.
            case (0x80, 0xA8...0xAE), (0x81, 0xA6...0xA9): 3
            default: nil
            }
        default: return nil
        }
    }

    private func scalar(_ length: Int, at offset: Int, in bytes: Span<UInt8>) -> UInt32 {
        let first = UInt32(bytes[offset])
        return switch length {
        case 2: (first & 0x1F) << 6 | UInt32(bytes[offset + 1]) & 0x3F
        case 3:
            (first & 0x0F) << 12 | (UInt32(bytes[offset + 1]) & 0x3F) << 6 | UInt32(bytes[offset + 2]) & 0x3F
        default: first
        }
    }

    private mutating func unicode(_ value: UInt32) {
        let hex = String(value, radix: 16)
        output.write("\\u" + String(repeating: "0", count: 4 - hex.count) + hex)
    }
}
