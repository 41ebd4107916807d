// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// One canonical bencoded value and the byte range of everything in it.
///
/// - Shape: the bytes as they came, and a flat array of tokens in the order of the bytes; no value is copied.
/// - Invariant: canonical: no leading zero, no `-0`, keys strictly ascending as raw bytes, nothing after the
///   value. Source: BEP 3 and BEP 52, "bencoding".
package struct BencodeDocument: Sendable {
    /// Eight bytes for each value and each end of a container.
    ///
    /// - `start`: where it begins in `bytes`.
    /// - `link`: for a container the index of its end token; for an end the count of its elements or entries;
    ///   for an integer or a string the offset just past it.
    struct Token: Sendable {
        var start: UInt32
        var link: UInt32
    }

    package let bytes: [UInt8]
    let tokens: [Token]

    /// - Throws: `BencodeError` at the first offending byte.
    package init(_ bytes: [UInt8], limits: BencodeLimits) throws(BencodeError) {
        guard bytes.count <= limits.maximumBytes else {
            throw BencodeError(.tooLarge(limit: limits.maximumBytes), at: limits.maximumBytes)
        }
        var parser = BencodeParser(limits: limits)
        let end = try parser.parse(bytes.span)
        guard end == bytes.count else { throw BencodeError(.trailingBytes, at: end) }
        self.bytes = bytes
        tokens = parser.tokens
    }

    private init(bytes: [UInt8], tokens: [Token]) {
        self.bytes = bytes
        self.tokens = tokens
    }

    /// Reads the value at the front of `bytes`, whatever follows it.
    ///
    /// - Returns: the value, and how many bytes it takes. Source: BEP 9, where a piece of metadata follows its
    ///   dictionary without a length.
    package static func prefix(
        of bytes: [UInt8], limits: BencodeLimits
    ) throws(BencodeError) -> (document: BencodeDocument, length: Int) {
        var parser = BencodeParser(limits: limits)
        let end: Int
        do {
            end = try parser.parse(bytes.span.extracting(first: limits.maximumBytes))
        } catch {
            // What is cut off by the limit is too large, not truncated.
            guard error.reason == .truncated, bytes.count > limits.maximumBytes else { throw error }
            throw BencodeError(.tooLarge(limit: limits.maximumBytes), at: limits.maximumBytes)
        }
        return (BencodeDocument(bytes: Array(bytes[..<end]), tokens: parser.tokens), end)
    }

    package var root: BencodeValue { BencodeValue(document: self, index: 0) }

    /// The value that had this ``BencodeValue/index`` in this document.
    package func value(at index: Int) -> BencodeValue { BencodeValue(document: self, index: index) }
}
