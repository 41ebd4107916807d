// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardPolicy
package import SwardPrimitives

/// A scanned file with what reports show of it beside its terms.
package struct ReportedFile: Hashable, Sendable {
    package var file: ScannedFile
    package var sha1: Digest160?
    package var sha256: Digest256?
    /// In order, none overlapping another; empty where the source is not shown.
    package var excerpts: [SourceExcerpt]

    package init(
        _ file: ScannedFile, sha1: Digest160? = nil, sha256: Digest256? = nil, excerpts: [SourceExcerpt] = []
    ) {
        self.file = file
        self.sha1 = sha1
        self.sha256 = sha256
        self.excerpts = excerpts
    }
}
