// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc

/// What went wrong with a file of a payload or with its record, and where.
public struct StorageError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The system call that refused, by what we wanted of it.
    public enum Operation: String, Hashable, Sendable {
        case open, create, makeDirectory, readStatus, read, write, resize, allocate, setMode, link, rename
        case remove, synchronize, lock
    }

    public enum Reason: Hashable, Sendable {
        /// The system said no; `code` is its `errno`.
        case system(Operation, code: Int32)
        /// A symbolic link stands where the payload has a folder or a file; following it could leave the folder.
        case symbolicLinkInTheWay
        case notADirectory
        case notARegularFile
        /// A path element that is empty, `.`, `..`, or holds a separator or NUL.
        case unsafeName
        /// A file already there holds more bytes than the work's; we do not cut what may be someone's.
        case tooLong(found: Int64, expected: Int64)
        /// A file already there has nothing of the work in it, and no record says that it is ours.
        case notOurs
        /// A file ends before the bytes that were asked for.
        case tooShort(found: Int64, expected: Int64)
        /// Something else has the place a file was to be moved to.
        case alreadyThere
        /// Another process works on the same payload.
        case inUse
    }

    public let reason: Reason
    /// Relative to the payload's folder, or absolute for the folder itself and for records.
    public let path: String

    public init(_ reason: Reason, at path: String) {
        self.reason = reason
        self.path = path
    }

    public init(_ reason: Reason, at path: some Collection<String>) {
        self.init(reason, at: path.joined(separator: "/"))
    }

    /// Whether the disk or a quota is full, so that making room and starting again is the cure. A file longer than the
    /// file system can hold is not cured by that.
    public var isOutOfSpace: Bool {
        guard case .system(_, let code) = reason else { return false }
        return code == ENOSPC || code == EDQUOT
    }

    /// Whether bytes that were there are gone, or can no longer be read; other failures may pass.
    public var isOfLostBytes: Bool {
        switch reason {
        case .tooShort: true
        case .system(.read, let code): code == EIO
        default: false
        }
    }

    public var description: String {
        if case .system(let operation, let code) = reason {
            return "\(path): \(operation.rawValue): \(String(cString: strerror(code)))"
        }
        return "\(path): \(reason)"
    }
}
