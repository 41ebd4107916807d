// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

public import SwardPolicy
public import SwardSPDX

/// What a scan found and what was judged of it: all that any report is made from.
///
/// Times and names come from outside, so that the same report has the same bytes everywhere.
public struct ScanReport: Hashable, Sendable {
    /// How much was looked at.
    public struct Counts: Hashable, Sendable {
        /// Files and archive members in ``ScanReport/files``.
        public var files = 0
        public var bytes: Int64 = 0
        /// Archives that were opened, nested ones included.
        public var archives = 0
        /// Known from an earlier scan and not read again.
        public var fromCache = 0
        /// Passed over on purpose: ignored, not covered, not regular files.
        public var skipped = 0
        /// Could not be read, or only in part.
        public var unreadable = 0

        public init() {}
    }

    /// Something the reader must know to rely on the report.
    public struct Note: Hashable, Sendable {
        public enum Severity: String, Hashable, Sendable, CaseIterable { case note, warning }

        public var severity: Severity
        /// `nil` when it is about the whole.
        public var path: String?
        /// One plain sentence without full stop.
        public var text: String

        public init(_ severity: Severity, path: String? = nil, _ text: String) {
            self.severity = severity
            self.path = path
            self.text = text
        }
    }

    /// What was scanned, as people call it: the last element of its path.
    public var rootName: String
    /// Of what made the report, such as `0.3.0`.
    public var toolVersion: String
    /// Of the SPDX license list the expressions are written in.
    public var licenseListVersion: String
    /// Seconds since 1970-01-01T00:00:00Z.
    public var createdAt: Int64
    /// Sorted by the UTF-8 form of their paths.
    public let files: [ReportedFile]
    public var packages: [ReportedPackage]
    public var judgement: WorkJudgement
    /// Texts of licenses that are not on the list, by identifier (`LicenseRef-…`), as they stand in the work.
    public var customTexts: [String: String]
    /// The words of NOTICE files that must be passed on, by path.
    public var notices: [String: String]
    /// What the policy is called that the marks were weighed by, such as `redistributable`.
    public var policyName: String?
    /// Whether the findings of the policy were compared with those of an earlier report.
    public var hasBaseline: Bool
    /// The scan was broken off, or something of the work could not be read; what is here is what was known by then.
    public var isPartial: Bool
    /// Files and folders that could not be read.
    public var unread: [String] = []
    public var counts: Counts
    public var notes: [Note]

    public init(
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
public struct ReportedPackage: Hashable, Sendable {
    public var name: String
    public var version: String?
    /// A package URL, such as `pkg:npm/left-pad@1.3.0`.
    public var purl: String?
    /// What the manifest declares.
    public var declared: LicenseExpression?
    /// Of the manifest, as in `ScannedFile.path`.
    public var path: String
    public var homepage: String?
    public var authors: [String]
    /// The license field as written.
    public var words: String?

    public init(
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
