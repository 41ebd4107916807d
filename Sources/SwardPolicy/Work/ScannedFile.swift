// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardDetection
package import SwardSPDX

/// One file of a scanned work, or one member of an archive in it.
package struct ScannedFile: Hashable, Sendable {
    /// What the file is, as far as duties care.
    package enum Content: String, Hashable, Sendable, CaseIterable {
        case source, objectCode, text, media, data, archive, minified, other
    }

    /// From the root, elements joined by `/`; a member of an archive is `a.zip!b/c`.
    package var path: String
    package var length: Int64
    package var content: Content
    package var role: FileRole
    /// What the file's own bytes say, and what its metadata says.
    package var findings: [LicenseFinding]
    package var copyrights: [CopyrightNotice]
    package var residue: [Residue]
    package var evidence: [EnclosureEvidence]
    /// What is said of it elsewhere: REUSE.toml, a sidecar, debian/copyright, a package manifest, a bundle's manifest.
    package var declared: LicenseExpression?
    /// Where `declared` is said, such as `REUSE.toml`.
    package var declaredIn: String?
    /// The `AND` of the grants found in it; `nil` where none.
    package var expression: LicenseExpression?

    package init(path: String, length: Int64, content: Content, role: FileRole = .other) {
        self.path = path
        self.length = length
        self.content = content
        self.role = role
        findings = []
        copyrights = []
        residue = []
        evidence = []
    }

    /// What the work's terms are made of: what is declared for the file where something is, else what was found in it.
    package var concluded: LicenseExpression? { declared ?? expression }
}
