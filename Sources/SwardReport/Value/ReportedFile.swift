// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

public import SwardPolicy
public import SwardPrimitives
public import SwardSPDX

/// A scanned file with what reports show of it beside its terms.
public struct ReportedFile: Hashable, Sendable {
    public var file: ScannedFile
    public var sha1: Digest160?
    public var sha256: Digest256?
    /// In order, none overlapping another; empty where the source is not shown.
    public var excerpts: [SourceExcerpt]
    /// What holds for it although nothing is said in it or of it.
    public var cover: FolderTerms?

    /// What counts: its own words and what is declared for it, else what covers it.
    public var concluded: LicenseExpression? { file.concluded ?? cover?.expression }

    public init(
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
