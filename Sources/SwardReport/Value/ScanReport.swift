// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardPolicy
package import SwardSPDX

/// What a scan found and what was judged of it: all that any report is made from.
///
/// Times and names come from outside, so that the same report has the same bytes everywhere.
package struct ScanReport: Hashable, Sendable {
    /// How much was looked at.
    package struct Counts: Hashable, Sendable {
        /// Files and archive members in ``ScanReport/files``.
        package var files = 0
        package var bytes: Int64 = 0
        /// Archives that were opened, nested ones included.
        package var archives = 0
        /// Known from an earlier scan and not read again.
        package var fromCache = 0
        /// Passed over on purpose: ignored, not covered, not regular files.
        package var skipped = 0
        /// Could not be read, or only in part.
        package var unreadable = 0

        package init() {}
    }

    /// Something the reader must know to rely on the report.
    package struct Note: Hashable, Sendable {
        package enum Severity: String, Hashable, Sendable, CaseIterable { case note, warning }

        package var severity: Severity
        /// `nil` when it is about the whole.
        package var path: String?
        /// One plain sentence without full stop.
        package var text: String

        package init(_ severity: Severity, path: String? = nil, _ text: String) {
            self.severity = severity
            self.path = path
            self.text = text
        }
    }

    /// What was scanned, as people call it: the last element of its path.
    package var rootName: String
    /// Of what made the report, such as `0.3.0`.
    package var toolVersion: String
    /// Of the SPDX license list the expressions are written in.
    package var licenseListVersion: String
    /// Seconds since 1970-01-01T00:00:00Z.
    package var createdAt: Int64
    /// Sorted by the UTF-8 form of their paths.
    package let files: [ReportedFile]
    package var packages: [ReportedPackage]
    package var judgement: WorkJudgement
    /// Texts of licenses that are not on the list, by identifier (`LicenseRef-…`), as they stand in the work.
    package var customTexts: [String: String]
    /// The words of NOTICE files that must be passed on, by path.
    package var notices: [String: String]
    /// What the policy is called that the marks were weighed by, such as `redistributable`.
    package var policyName: String?
    /// Whether the findings of the policy were compared with those of an earlier report.
    package var hasBaseline: Bool
    /// The scan was broken off; what is here is what was known by then.
    package var isPartial: Bool
    package var counts: Counts
    package var notes: [Note]

    package init(
        rootName: String, toolVersion: String, licenseListVersion: String = LicenseList.version,
        createdAt: Int64, files: [ReportedFile], packages: [ReportedPackage] = [],
        judgement: WorkJudgement, customTexts: [String: String] = [:], notices: [String: String] = [:],
        policyName: String? = nil,
        hasBaseline: Bool = false, isPartial: Bool = false, counts: Counts = Counts(), notes: [Note] = []
    ) {
        self.rootName = rootName
        self.toolVersion = toolVersion
        self.licenseListVersion = licenseListVersion
        self.createdAt = createdAt
        self.files = files.sorted { $0.file.path.utf8.lexicographicallyPrecedes($1.file.path.utf8) }
        self.packages = packages
        self.judgement = judgement
        self.customTexts = customTexts
        self.notices = notices
        self.policyName = policyName
        self.hasBaseline = hasBaseline
        self.isPartial = isPartial
        self.counts = counts
        self.notes = notes
    }
}

/// A package that a manifest in the work speaks of.
package struct ReportedPackage: Hashable, Sendable {
    package var name: String
    package var version: String?
    /// A package URL, such as `pkg:npm/left-pad@1.3.0`.
    package var purl: String?
    /// What the manifest declares.
    package var declared: LicenseExpression?
    /// Of the manifest, as in `ScannedFile.path`.
    package var path: String
    package var homepage: String?
    package var authors: [String]
    /// The license field as written.
    package var words: String?

    package init(
        name: String, version: String? = nil, purl: String? = nil, declared: LicenseExpression? = nil,
        path: String, homepage: String? = nil, authors: [String] = [], words: String? = nil
    ) {
        self.name = name
        self.version = version
        self.purl = purl
        self.declared = declared
        self.path = path
        self.homepage = homepage
        self.authors = authors
        self.words = words
    }
}
