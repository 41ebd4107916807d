// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardDetection
package import SwardSPDX

/// What the fields of one file say of terms: a package manifest, a data descriptor, a page, a medium, a document.
package struct FileMetadata: Hashable, Sendable {
    /// Such as `npm`, `pdf`, `id3`.
    package var format: String
    /// Of kind `metadata`; their rules are `<format>:<field>`, such as `npm:license`.
    package var findings: [LicenseFinding] = []
    package var copyrights: [CopyrightNotice] = []
    package var evidence: [EnclosureEvidence] = []
    /// What a package manifest says of the package it describes.
    package var packageFacts: PackageFacts?
    /// Terms that the file states for other files, in its own order; the last that matches a path wins.
    package var declarations: [PathDeclaration] = []
    /// Where the words are settled by ``findings``: what prose rules find there says the same again, or nothing. Tags
    /// and whole texts still count.
    package var settled: [Range<Int>] = []
    package var title: String?
    package var creators: [String] = []
    /// Where the author wants to be linked to.
    package var attributionURL: String?
    /// Prose inside the file that may grant or restrict: a `RightsUsageTerms`, a license field that holds a whole
    /// text. Whoever reads on hands it to the detector; offsets there are added to `bytes.lowerBound`.
    package var texts: [EmbeddedText] = []
    /// The file is not what its name or head says, or breaks off; what is here is what could be read.
    package var isMalformed = false

    package init(format: String) { self.format = format }

    /// Whether it says anything at all.
    package var isEmpty: Bool {
        findings.isEmpty && copyrights.isEmpty && evidence.isEmpty && packageFacts == nil
            && declarations.isEmpty && title == nil && creators.isEmpty && attributionURL == nil
            && texts.isEmpty
    }
}

/// Prose found inside a container.
package struct EmbeddedText: Hashable, Sendable {
    /// Such as `xmpRights:UsageTerms`, `id3:TCOP`.
    package var field: String
    package var text: String
    /// Where it stands in the file, which may be compressed or encoded there.
    package var bytes: Range<Int>

    package init(field: String, text: String, bytes: Range<Int>) {
        self.field = field
        self.text = text
        self.bytes = bytes
    }
}

/// A package as its manifest describes it.
package struct PackageFacts: Hashable, Sendable {
    package var name: String?
    package var version: String?
    package var homepage: String?
    package var authors: [String] = []
    /// Package URL, such as `pkg:npm/%40a/b@1.0`. Source: ECMA-427.
    package var purl: String?
    /// What the manifest declares for the package, as its ecosystem reads it; `nil` where it says nothing.
    package var declares: LicenseExpression?
    /// The license field as written, or its parts joined by `, `.
    package var words: String?
    /// Files that the manifest names as the license, relative to it.
    package var licenseFiles: [String] = []
    /// The terms come from elsewhere, such as a Maven parent or a Cargo workspace.
    package var inheritsTerms = false
    /// The manifest's terms are those of every file beside and below it that has none of its own.
    package var appliesToWholeFolder = true
    /// A recipe whose sources are fetched from an address: its terms are those of what is fetched.
    package var describesFetched = false

    package init() {}
}

/// Terms that one file states for others, as a stanza of `debian/copyright` does.
package struct PathDeclaration: Hashable, Sendable {
    /// Globs as the format writes them, relative to `base`.
    package var patterns: PathPatterns
    /// How far above the declaring file's folder the paths begin: 1 for `debian/copyright`.
    package var levelsUp: Int
    package var expression: LicenseExpression?
    /// As written.
    package var words: String
    package var copyrights: [String]
    /// Of the stanza, in the declaring file.
    package var bytes: Range<Int>
    /// From 1.
    package var lines: ClosedRange<Int>

    package init(
        patterns: PathPatterns, levelsUp: Int, expression: LicenseExpression?, words: String,
        copyrights: [String], bytes: Range<Int>, lines: ClosedRange<Int>
    ) {
        self.patterns = patterns
        self.levelsUp = levelsUp
        self.expression = expression
        self.words = words
        self.copyrights = copyrights
        self.bytes = bytes
        self.lines = lines
    }
}

/// Globs in the order they were written, kept as one text: the copyright file of a large package has ten thousands.
package struct PathPatterns: Hashable, Sendable, Sequence, ExpressibleByArrayLiteral {
    /// Each followed by a zero, which no path has.
    private let text: String

    package init(_ patterns: some Sequence<some StringProtocol>) {
        var bytes: [UInt8] = []
        for pattern in patterns {
            bytes.append(contentsOf: pattern.utf8)
            bytes.append(0)
        }
        text = String(decoding: bytes, as: UTF8.self)
    }

    package init(arrayLiteral patterns: String...) { self.init(patterns) }

    package func makeIterator() -> some IteratorProtocol<String> {
        text.utf8.split(separator: 0, omittingEmptySubsequences: false).lazy.dropLast()
            .map { String(Substring($0)) }.makeIterator()
    }
}

/// Caps that every reader obeys.
package struct MetadataLimits: Hashable, Sendable {
    /// Of a manifest, descriptor or page; what lies behind is not read.
    package var manifestBytes = 4 << 20
    /// Of nesting in any format.
    package var depth = 64
    /// Of elements, keys or boxes in one file.
    package var values = 400_000
    /// Of findings in one file.
    package var findings = 1_000

    package init() {}
}
