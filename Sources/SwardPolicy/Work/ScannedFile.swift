// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

public import SwardDetection
public import SwardSPDX

/// One file of a scanned work, or one member of an archive in it.
public struct ScannedFile: Hashable, Sendable {
    /// What the file is, as far as duties care.
    public enum Content: String, Hashable, Sendable, CaseIterable {
        case source, objectCode, text, media, data, archive, minified, other
    }

    /// How what is declared for a file stands to what the file says itself. Source: REUSE 3.3, "REUSE.toml".
    public enum Precedence: String, Hashable, Sendable, CaseIterable {
        /// The file's own words win; the declaration fills the gap. So is a package manifest read, and `debian/copyright`.
        case closest
        /// Both hold.
        case aggregate
        /// The declaration alone holds: a sidecar, or `precedence = "override"`.
        case override
    }

    /// From the root, elements joined by `/`; a member of an archive is `a.zip!b/c`.
    public var path: String
    public var length: Int64
    public var content: Content
    public var role: FileRole
    /// What the file's own bytes say, and what its metadata says.
    public var findings: [LicenseFinding]
    public var copyrights: [CopyrightNotice]
    /// What is said elsewhere of who holds copyright in it; their places are none in this file.
    public var declaredCopyrights: [CopyrightNotice] = []
    public var residue: [Residue]
    public var evidence: [EnclosureEvidence]
    /// Its lines below the notices at its head; `nil` where it is no source, or too short to tell.
    package var body: BodySketch?
    /// What is said of it elsewhere: REUSE.toml, a sidecar, debian/copyright, a package manifest, a bundle's manifest.
    public var declared: LicenseExpression?
    /// Where `declared` is said, such as `REUSE.toml`.
    public var declaredIn: String?
    /// How the two stand to each other.
    public var precedence = Precedence.closest
    /// The project says, by an `override` of its `REUSE.toml`, that the words of licenses in the file are not its own: test
    /// data, examples. Nothing in them contradicts or restricts what is declared.
    public var isOverruled = false
    /// The `AND` of the grants found in it; `nil` where none.
    public var expression: LicenseExpression?

    public init(path: String, length: Int64, content: Content, role: FileRole = .other) {
        self.path = path
        self.length = length
        self.content = content
        self.role = role
        findings = []
        copyrights = []
        residue = []
        evidence = []
    }

    /// Whether it speaks about the work and is no part of it, so that no terms are asked of it.
    public var isAboutWork: Bool {
        if role == .licenseText || length == 0 { return true }
        if path.hasSuffix(".license") { return isWords }
        // Names a work by its hashes and holds none of it.
        if content == .data, path.hasSuffix(".torrent") { return true }
        // What was found before, for the next run to pass over.
        if content == .text || content == .data, path.hasSuffix(".baseline") { return expression == nil }
        if path.hasSuffix("REUSE.toml") { return path.lastName == "REUSE.toml" }
        if path.contains(".spdx"), FileRole.isSPDXDocument(path: path) { return true }
        return isWords
            && path.utf8.split(separator: UInt8(ascii: "/")).dropLast().contains {
                $0.elementsEqual("LICENSES".utf8)
            }
    }

    /// Whether it can be a text for people, whatever its name says.
    private var isWords: Bool { [.text, .data, .other].contains(content) }

    /// Who holds copyright in it, by its own words and by what is declared for it.
    public var statedCopyrights: [CopyrightNotice] {
        if declaredCopyrights.isEmpty { return copyrights }
        if isOverruled || copyrights.isEmpty { return declaredCopyrights }
        let own = Set(copyrights.map(\.text))
        return copyrights + declaredCopyrights.filter { !own.contains($0.text) }
    }

    /// What the work's terms are made of: the file's own grant, what is declared for it, or both, by ``precedence``.
    public var concluded: LicenseExpression? {
        guard let declared else { return expression }
        guard let expression else { return declared }
        return switch precedence {
        case .closest: expression
        case .aggregate: LicenseExpression.all([declared, expression])
        case .override: declared
        }
    }
}
