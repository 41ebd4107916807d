// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Why a policy file was not taken.
public struct PolicyError: Error, Hashable, Sendable {
    public enum Reason: Hashable, Sendable {
        case tooLong, tooDeep
        /// A NUL byte.
        case notText
        /// In the words of the TOML reader.
        case notTOML(String)
        case unknownKey
        case missingKey
        case wrongType(expected: String)
        /// The words that may stand there, if they can be listed.
        case unknownWord(String, known: [String])
        case badSelector(String)
        /// Not on the SPDX list and no reference, with identifiers that look like it.
        case unknownLicense(String, near: [String])
        /// No name of a rule or mark, or a pattern that fits none; with names that look like it.
        case unknownRule(String, near: [String])
        case badDate(String)
        case unknownVersion(Int)
        case tooMany
    }

    public let reason: Reason
    /// From 1; `nil` where the file as a whole is meant.
    public let line: Int?
    /// From 1.
    public let column: Int?
    /// Such as `exceptions[2].reason`.
    public let key: String?

    public init(_ reason: Reason, line: Int? = nil, column: Int? = nil, key: String? = nil) {
        self.reason = reason
        self.line = line
        self.column = column
        self.key = key
    }
}
