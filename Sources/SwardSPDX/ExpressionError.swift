// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Why a text is no SPDX license expression, and where.
public struct ExpressionError: Error, Hashable, CustomStringConvertible {
    public enum Reason: Hashable, Sendable {
        case empty
        case tooLong(limit: Int)
        case tooDeep(limit: Int)
        case unexpectedCharacter
        case expectedLicense
        case expectedException
        case expectedOperator
        /// `and`, `Or`, `with`: operators are upper case in SPDX 2.3.
        case operatorCase(String)
        /// A `+` after a space, or after something that has no versions.
        case misplacedPlus
        /// A `DocumentRef-` or `LicenseRef-` with nothing after it, or no `LicenseRef-` after the colon.
        case incompleteReference
        case unclosedParenthesis
        case unopenedParenthesis
    }

    public let reason: Reason
    /// In bytes of the text's UTF-8 form.
    public let offset: Int

    public init(_ reason: Reason, at offset: Int) {
        self.reason = reason
        self.offset = offset
    }

    public var description: String { "\(reason) at \(offset)" }
}
