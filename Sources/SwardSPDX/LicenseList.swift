// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import CLicenseIndex

/// A license or exception of the SPDX license list.
public struct ListedLicense: Hashable, Sendable {
    public enum Kind: Hashable, Sendable { case license, exception }

    /// As the list spells it.
    public let identifier: String
    public let name: String
    public let kind: Kind
    public let isOSIApproved: Bool
    public let isDeprecated: Bool
    /// The expression to use instead of a deprecated identifier.
    public let replacement: String?
    /// Where the text stands on the web: the first addresses the list names, none to two.
    public let addresses: [String]

    fileprivate init?(_ row: EmbeddedTable.Row) {
        guard row.count == 6 else { return nil }
        identifier = row[0]
        kind = row[1] == "exception" ? .exception : .license
        isOSIApproved = row[2].contains("o")
        isDeprecated = row[2].contains("d")
        replacement = row[3].isEmpty ? nil : row[3]
        name = row[4]
        addresses = row[5].split(separator: " ").map(String.init)
    }
}

/// The SPDX license list as the program carries it.
public enum LicenseList {
    private static let table = unsafe EmbeddedTable(sward_license_list())

    /// The list version in which the newest entry was added, as `3.28.0`.
    public static var version: String { table.comment("version") ?? "" }

    /// - Parameter identifier: In any ASCII case.
    public static func license(_ identifier: some StringProtocol) -> ListedLicense? {
        entry(identifier, .license)
    }

    /// - Parameter identifier: In any ASCII case.
    public static func exception(_ identifier: some StringProtocol) -> ListedLicense? {
        entry(identifier, .exception)
    }

    /// Licenses and exceptions, sorted by lower-case identifier.
    public static var all: some Sequence<ListedLicense> {
        entries(of: table)
    }

    /// The entries of another table of the same form.
    package static func entries(of table: EmbeddedTable) -> some Sequence<ListedLicense> {
        table.rows.lazy.compactMap { ListedLicense($0) }
    }

    private static func entry(_ identifier: some StringProtocol, _ kind: ListedLicense.Kind) -> ListedLicense?
    {
        guard let row = table.row(for: identifier), let entry = ListedLicense(row), entry.kind == kind else {
            return nil
        }
        return entry
    }
}
