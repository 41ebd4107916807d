// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Why bytes are not the canonical bencode we accept, and where.
public struct BencodeError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Reason: Hashable, Sendable {
        /// The bytes end inside the value that starts at `offset`, or where a value must follow.
        case truncated
        /// No value starts with the byte at `offset`.
        case expectedValue
        /// A dictionary key must be a byte string.
        case expectedKey
        case expectedDigit
        case expectedColon
        /// A second spelling of a number, as in `i03e` or `03:abc`.
        case leadingZero
        case negativeZero
        /// The integer at `offset` does not fit 64 bits with sign.
        case integerOverflow
        /// The key at `offset` sorts before the one in front of it.
        case unsortedKey
        case duplicateKey
        /// Something follows the one value that was asked for.
        case trailingBytes
        case tooDeep(limit: Int)
        case tooManyValues(limit: Int)
        case tooLarge(limit: Int)
    }

    public let reason: Reason
    /// In bytes from the start of what was parsed.
    public let offset: Int

    public init(_ reason: Reason, at offset: Int) {
        self.reason = reason
        self.offset = offset
    }

    public var description: String { "\(reason) at byte \(offset)" }
}
