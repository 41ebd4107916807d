// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// One license in an expression: an identifier of the list, or a reference to a text of the author's own.
package struct LicenseReference: Hashable, Sendable, CustomStringConvertible {
    /// The `x` of a leading `DocumentRef-x:`.
    package let document: String?
    /// As the list spells it, else as it was written; `LicenseRef-` included, `+` not.
    package let identifier: String
    /// Whether a `+` follows: this version or any later one.
    package let isOrLater: Bool

    package init(_ identifier: String, document: String? = nil, isOrLater: Bool = false) {
        self.document = document
        self.identifier = identifier
        self.isOrLater = isOrLater
    }

    /// Whether the text is the author's own and must come with the work.
    package var isCustom: Bool { identifier.hasPrefix(Self.prefix) }
    /// Whether the SPDX list has the identifier, or the identifier with its `+`, as `GPL-2.0+`.
    package var isListed: Bool { listed != nil }
    /// The list's entry; that of the identifier without its `+`, if there is one.
    package var listed: ListedLicense? {
        guard document == nil, !isCustom else { return nil }
        return LicenseList.license(identifier) ?? (isOrLater ? LicenseList.license(identifier + "+") : nil)
    }

    package var description: String {
        (document.map { "DocumentRef-\($0):" } ?? "") + identifier + (isOrLater ? "+" : "")
    }

    static let prefix = "LicenseRef-"
}

/// What follows `WITH`: an exception of the list, or an `AdditionRef-` of SPDX 3.0.
package struct ExceptionReference: Hashable, Sendable, CustomStringConvertible {
    package let document: String?
    /// As the list spells it, else as it was written.
    package let identifier: String

    package init(_ identifier: String, document: String? = nil) {
        self.document = document
        self.identifier = identifier
    }

    package var isCustom: Bool { identifier.hasPrefix(Self.prefix) }
    package var isListed: Bool { listed != nil }
    package var listed: ListedLicense? {
        document == nil && !isCustom ? LicenseList.exception(identifier) : nil
    }

    package var description: String { (document.map { "DocumentRef-\($0):" } ?? "") + identifier }

    static let prefix = "AdditionRef-"
}

/// A license with its exception, if any: the smallest part of an expression that grants anything.
package struct LicenseTerm: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let license: LicenseReference
    package let exception: ExceptionReference?

    package init(_ license: LicenseReference, with exception: ExceptionReference? = nil) {
        self.license = license
        self.exception = exception
    }

    package var description: String {
        exception.map { "\(license) WITH \($0)" } ?? license.description
    }

    package static func < (a: LicenseTerm, b: LicenseTerm) -> Bool { a.description < b.description }
}
