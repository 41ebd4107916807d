// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Why an archive cannot be read or extracted, and which entry shows it.
public struct ArchiveError: Error, Hashable, CustomStringConvertible {
    public enum Reason: Hashable, Sendable {
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

    public let reason: Reason
    /// The archive as it was named to us.
    public let archive: String
    /// Bytes that are no UTF-8 show as U+FFFD.
    public let entry: String?
    /// From 0, in archive order.
    public let entryIndex: Int?

    public init(_ reason: Reason, archive: String, entry: String? = nil, entryIndex: Int? = nil) {
        self.reason = reason
        self.archive = archive
        self.entry = entry
        self.entryIndex = entryIndex
    }

    public var description: String {
        "\(archive): \(entry.map { "\($0): " } ?? "")\(reason)"
    }
}

/// What an archive may cost before it is refused.
public struct ArchiveLimits: Sendable {
    public var entries = 1_000_000
    /// Of all contents, expanded.
    public var bytes: Int64 = 1 << 43
    /// Expanded size over compressed size, looked at once 64 MiB have been expanded.
    public var ratio: Int64 = 1000
    public var pathBytes = 4096
    public var elementBytes = 255

    public init() {}
}
