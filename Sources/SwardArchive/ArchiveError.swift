// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Why an archive cannot be read or extracted, and which entry shows it.
package struct ArchiveError: Error, Hashable, CustomStringConvertible {
    package enum Reason: Hashable, Sendable {
        /// The file cannot be opened; the value is `errno`.
        case cannotOpen(Int32)
        /// No format this reader knows: tar, zip, 7z, ISO 9660.
        case unknownFormat
        /// What libarchive says of damaged or truncated input.
        case damaged(String)
        case encrypted
        case tooManyEntries(limit: Int)
        case tooManyBytes(limit: Int64)
        /// Expands to more than `limit` times its own size: a decompression bomb.
        case tooDense(limit: Int64)
        case nameNotUTF8
        case nameTooLong(limit: Int)
        /// Absolute, or with an element that is empty, `.`, `..`, or holds NUL or a backslash.
        case unsafeName
        /// The same name again, after Unicode normalization and case folding.
        case duplicateName(first: String)
        /// A symlink that leads out of the archive, or a hard link to what is not there.
        case unsafeLink(target: String)
        /// A device, socket or pipe.
        case notAFile
        /// Writing failed; the value is `errno`.
        case cannotWrite(Int32)
    }

    package let reason: Reason
    /// The archive as it was named to us.
    package let archive: String
    /// Bytes that are no UTF-8 show as U+FFFD.
    package let entry: String?
    /// From 0, in archive order.
    package let entryIndex: Int?

    package init(_ reason: Reason, archive: String, entry: String? = nil, entryIndex: Int? = nil) {
        self.reason = reason
        self.archive = archive
        self.entry = entry
        self.entryIndex = entryIndex
    }

    package var description: String {
        "\(archive): \(entry.map { "\($0): " } ?? "")\(reason)"
    }
}

/// What an archive may cost before it is refused.
package struct ArchiveLimits: Sendable {
    package var entries = 1_000_000
    /// Of all contents, expanded.
    package var bytes: Int64 = 1 << 43
    /// Expanded size over compressed size, looked at once 64 MiB have been expanded.
    package var ratio: Int64 = 1000
    package var pathBytes = 4096
    package var elementBytes = 255

    package init() {}
}
