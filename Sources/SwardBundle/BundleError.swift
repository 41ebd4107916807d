// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

public import SwardCrypto
public import SwardSPDX

/// Why the terms or signatures inside an info dictionary are refused, and where.
public struct BundleError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Reason: Hashable, Sendable {
        /// A format newer than this program knows: get a newer one.
        case unsupportedVersion(Int64)
        case missing
        /// Not the type the format gives the key, or text that is no UTF-8.
        case wrongType
        case empty
        case outOfRange(Int64)
        case tooMany(limit: Int)
        case tooLong(limit: Int)
        /// The same value twice.
        case duplicate
        case badExpression(ExpressionError)
        case badIdentifier
        /// Neither an absolute URI nor a URN.
        case notAddress
        /// A path that names no file of the payload.
        case noSuchFile(String)
        /// A `LicenseRef-` without its text.
        case textMissing(String)
        /// The v1 and the v2 view of one file give it different terms.
        case viewsDiffer
        case crypto(CryptoError)
    }

    public let reason: Reason
    /// From the info dictionary, as `license.expressions[2]`.
    public let key: String
    /// In bytes from the start of the info dictionary.
    public let offset: Int?
    /// The payload file it is about.
    public let file: String?

    public init(_ reason: Reason, key: String, at offset: Int? = nil, file: String? = nil) {
        self.reason = reason
        self.key = key
        self.offset = offset
        self.file = file
    }

    public var description: String {
        "\(key)\(file.map { " of \"\($0)\"" } ?? ""): \(reason)\(offset.map { " at byte \($0)" } ?? "")"
    }
}
