// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardSPDX

/// What the bytes of one file say of its license and copyright.
package struct FileDetection: Hashable, Sendable {
    /// In order of their bytes; none lies inside another of the same kind.
    package var findings: [LicenseFinding] = []
    package var copyrights: [CopyrightNotice] = []
    package var residue: [Residue] = []
    package var evidence: [EnclosureEvidence] = []
    /// Files named as the place of the terms ("see the file COPYING"): to be resolved by whoever knows the tree.
    package var pointers: [LicensePointer] = []
    /// The `AND` of the file's distinct grants; `nil` where none was found.
    package var expression: LicenseExpression?
    /// Not text: only tags and metadata were looked for.
    package var isBinary = false
    /// Capped by the limits; what is here is a part.
    package var isCutShort = false
    /// So many of its words speak of licenses that the means ran out before all were weighed.
    package var isReadInPart = false
    /// What the reading cost, in units of about the look at one word. Bounded by the file's length, whatever it holds.
    package var work = 0

    package init() {}
}

/// A file that another one names as the place where its terms stand.
package struct LicensePointer: Hashable, Sendable {
    /// As written, such as `COPYING` or `../LICENSE.txt`.
    package var path: String
    package var bytes: Range<Int>
    /// From 1.
    package var lines: ClosedRange<Int>

    package init(path: String, bytes: Range<Int>, lines: ClosedRange<Int>) {
        self.path = path
        self.bytes = bytes
        self.lines = lines
    }
}
