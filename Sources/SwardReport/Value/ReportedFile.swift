// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardPolicy
package import SwardPrimitives
package import SwardSPDX

/// A scanned file with what reports show of it beside its terms.
package struct ReportedFile: Hashable, Sendable {
    package var file: ScannedFile
    package var sha1: Digest160?
    package var sha256: Digest256?
    /// In order, none overlapping another; empty where the source is not shown.
    package var excerpts: [SourceExcerpt]
    /// What holds for it although nothing is said in it or of it.
    package var cover: FolderTerms?

    /// What counts: its own words and what is declared for it, else what covers it.
    package var concluded: LicenseExpression? { file.concluded ?? cover?.expression }

    package init(
        _ file: ScannedFile, sha1: Digest160? = nil, sha256: Digest256? = nil, excerpts: [SourceExcerpt] = [],
        cover: FolderTerms? = nil
    ) {
        self.file = file
        self.cover = cover
        self.sha1 = sha1
        self.sha256 = sha256
        self.excerpts = excerpts
    }
}
