// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// What is wrong with a file that was to be hashed.
package struct FileProblem: Error, Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
        case missing
        /// A folder, a symbolic link, a socket…
        case notARegularFile
        /// It has another length than was said.
        case length(found: Int64)
        /// It was written to, or replaced, while it was read.
        case changed
        /// The system would not open or read it, for this `errno`.
        case unreadable(Int32)
    }

    /// Its number in the layout.
    package let file: Int
    package let path: String
    package let reason: Reason
    /// In bytes.
    package let expectedLength: Int64

    package init(file: Int, path: String, reason: Reason, expectedLength: Int64) {
        self.file = file
        self.path = path
        self.reason = reason
        self.expectedLength = expectedLength
    }
}

package enum FileHashError: Error, Hashable, Sendable {
    case cancelled
    case file(FileProblem)
}
