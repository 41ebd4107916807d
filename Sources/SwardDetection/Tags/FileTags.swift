// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// What one file says of its own license and copyright, in SPDX tags and copyright lines.
///
/// - Source: REUSE 3.3, "comment headers" and "in-line snippet comments"; SPDX 2.3, annexes E and H.
package struct FileTags: Hashable, Sendable {
    package struct Tag: Hashable, Sendable {
        /// Of a license tag the expression as written, of a copyright line the notice without its SPDX tag;
        /// comment marks that close the line are gone.
        package let text: String
        /// From 1; where the file's lines end with LF or CR LF.
        package let line: Int
        /// Between `SPDX-SnippetBegin` and `SPDX-SnippetEnd`: it speaks of a part only.
        package let isSnippet: Bool
    }

    /// One for each `SPDX-License-Identifier`, in order, repetitions left out; together they mean AND.
    package var licenses: [Tag] = []
    /// In order, repetitions left out.
    package var copyrights: [Tag] = []
    /// Not text, so that nothing was looked for.
    package var isBinary = false
    /// More tags or bytes than the limits allow; what is here is a part.
    package var isCutShort = false

    package init() {}

    package var isEmpty: Bool { licenses.isEmpty && copyrights.isEmpty }
}

/// What a file may cost to read; linear in its size with these.
package struct TagLimits: Sendable {
    /// Of each kind.
    package var tags = 1024
    package var bytes = 256 << 20
    /// Looked at before and after the place where a tag begins.
    package var lineBytes = 4096

    package init() {}
}
