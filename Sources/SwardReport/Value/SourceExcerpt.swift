// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// A few lines of a file around what was found there.
public struct SourceExcerpt: Hashable, Sendable {
    public struct Limits: Hashable, Sendable {
        /// Shown before and after what was found.
        public var contextLines = 2
        /// Of one finding; a license text is shown by its beginning and by where it differs.
        public var linesPerFinding = 24
        /// Of one file in all.
        public var bytesPerFile = 16 * 1024
        /// A longer line is shown only around what was found in it.
        public var bytesPerLine = 1024

        public init() {}
    }

    /// From 1.
    public var firstLine: Int
    /// In the file, from 0.
    public var firstByte: Int
    /// As they stand in the file, in whatever encoding; without the last line's end.
    public var bytes: [UInt8]

    public init(firstLine: Int, firstByte: Int, bytes: [UInt8]) {
        self.firstLine = firstLine
        self.firstByte = firstByte
        self.bytes = bytes
    }
}
