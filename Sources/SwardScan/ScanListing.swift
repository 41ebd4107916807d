// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// The files of a folder, known before it is scanned, and who else wants their bytes: what a scan reads need then not be
/// read once more for its digests.
package struct ScanListing: Sendable {
    package struct File: Sendable {
        /// From the root, elements joined by `/`.
        package let path: String
        /// In bytes, as it was listed.
        package let length: Int64

        package init(path: String, length: Int64) {
            self.path = path
            self.length = length
        }
    }

    /// A file that was read whole; its bytes are good during the call only.
    package struct Contents {
        /// Of the file in ``ScanListing/files``.
        package let number: Int
        /// All that the file holds, whatever its length was said to be.
        package let bytes: UnsafeRawBufferPointer
        /// The same bytes with zeros behind them, ``ScanListing/room`` in all.
        package let padded: UnsafeRawBufferPointer
        /// Before it was read: `st_ctim` in nanoseconds since 1970, which every writing moves and no program can set.
        package let changedAt: Int64
    }

    /// Files up to this length, in bytes, are handed over; longer ones are cheaper read once more than hashed by one lane.
    package static let room = 64 << 10

    /// Regular files, in any order.
    package var files: [File]
    /// Called from any thread with a few files at once, each of them once at most: not with those that are longer than
    /// ``room`` or cannot be read.
    package var didRead: (@Sendable ([Contents]) -> Void)?

    package init(files: [File], didRead: (@Sendable ([Contents]) -> Void)? = nil) {
        self.files = files
        self.didRead = didRead
    }
}
