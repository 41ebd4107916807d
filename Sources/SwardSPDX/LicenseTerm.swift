// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// One license in an expression: an identifier of the list, or a reference to a text of the author's own.
public struct LicenseReference: Hashable, Sendable, CustomStringConvertible {
    /// The `x` of a leading `DocumentRef-x:`.
    public let document: String?
    /// As the list spells it, else as it was written; `LicenseRef-` included, `+` not.
    public let identifier: String
    /// Whether a `+` follows: this version or any later one.
    public let isOrLater: Bool

    public init(_ identifier: String, document: String? = nil, isOrLater: Bool = false) {
        self.document = document
        self.identifier = identifier
        self.isOrLater = isOrLater
    }

    /// Whether the text is the author's own and must come with the work.
    public var isCustom: Bool { identifier.hasPrefix(Self.prefix) }
    /// Whether the SPDX list has the identifier, or the identifier with its `+`, as `GPL-2.0+`.
    public var isListed: Bool { listed != nil }
    /// The list's entry; that of the identifier without its `+`, if there is one.
    public var listed: ListedLicense? {
        guard document == nil, !isCustom else { return nil }
        return LicenseList.license(identifier) ?? (isOrLater ? LicenseList.license(identifier + "+") : nil)
    }

    public var description: String {
        (document.map { "DocumentRef-\($0):" } ?? "") + identifier + (isOrLater ? "+" : "")
    }

    static let prefix = "LicenseRef-"
}

/// What follows `WITH`: an exception of the list, or an `AdditionRef-` of SPDX 3.0.
public struct ExceptionReference: Hashable, Sendable, CustomStringConvertible {
    public let document: String?
    /// As the list spells it, else as it was written.
    public let identifier: String

    public init(_ identifier: String, document: String? = nil) {
        self.document = document
        self.identifier = identifier
    }

    public var isCustom: Bool { identifier.hasPrefix(Self.prefix) }
    public var isListed: Bool { listed != nil }
    public var listed: ListedLicense? {
        document == nil && !isCustom ? LicenseList.exception(identifier) : nil
    }

    public var description: String { (document.map { "DocumentRef-\($0):" } ?? "") + identifier }

    static let prefix = "AdditionRef-"
}

/// A license with its exception, if any: the smallest part of an expression that grants anything.
public struct LicenseTerm: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let license: LicenseReference
    public let exception: ExceptionReference?

    public init(_ license: LicenseReference, with exception: ExceptionReference? = nil) {
        self.license = license
        self.exception = exception
    }

    public var description: String {
        exception.map { "\(license) WITH \($0)" } ?? license.description
    }

    public static func < (a: LicenseTerm, b: LicenseTerm) -> Bool { a.description < b.description }
}
