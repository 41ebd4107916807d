// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

public import SwardPolicy
public import SwardReport
public import SwardSPDX
internal import Synchronization

/// What to scan of a tree, and how.
public struct ScanOptions: Sendable {
    public enum Selection: Hashable, Sendable {
        /// In a repository what git tracks, elsewhere everything.
        case tracked
        /// Everything but the data of version control; in a repository what git ignores stays out all the same.
        case all
        /// All files of a folder, whatever git says of it.
        case everything
        /// The files of a commit, as they were.
        case revision(String)
        /// What differs from a commit, in the index or on disk.
        case since(String)
        /// What is staged and differs from the last commit, with its staged content: for a hook.
        case staged
    }

    public var selection = Selection.tracked
    public var includesSubmodules = false
    /// Paths from the root; all others count as absent.
    public var only: Set<String>?
    /// As many as processors when `nil`.
    public var threads: Int?
    public var looksIntoArchives = true
    public var archiveLimits = ArchiveScanLimits()
    /// Of the database; none is kept when `nil`.
    public var cachePath: String?
    /// Of the program: what another one found is forgotten.
    public var engineVersion = "0"

    // What is judged, and for whom.
    public var operatorProfile = OperatorProfile()
    public var policy: PolicyRules?
    public var policyName: String?
    /// Terms that a manifest states for the work as a whole.
    public var declared: WorkTerms?
    /// By path: what a bundle's manifest declares for its files.
    public var declaredByPath: [String: LicenseExpression] = [:]
    /// Fingerprints of findings of the policy that are old debt.
    public var baseline: PolicyBaseline?
    public var today: CalendarDate?

    // What the report shall hold.
    public var toolVersion = ""
    /// Seconds since 1970; no clock is read for it.
    public var createdAt: Int64 = 0
    public var wantsDigests = false
    public var wantsExcerpts = false
    /// Whether the words in which files depart from license texts are kept.
    public var wantsDifferences = true
    /// What the work is called; the last element of its path when `nil`.
    public var name: String?

    public init() {}

    /// What these formats need of a scan.
    public mutating func prepare(for formats: [ReportFormat]) {
        wantsDigests = formats.contains(where: \.wantsDigests)
        wantsExcerpts = formats.contains(where: \.wantsExcerpts)
        wantsDifferences = formats.contains(where: \.wantsDifferences)
    }
}

/// How far a scan has come.
public struct ScanProgress: Hashable, Sendable {
    public enum Phase: Hashable, Sendable { case listing, reading, judging }

    public var phase: Phase
    public var files = 0
    public var allFiles = 0
    public var bytes: Int64 = 0
    public var allBytes: Int64 = 0
}

/// Ends a scan from another thread, or from a signal; what is known by then is reported.
public final class ScanCancellation: Sendable {
    private let flag = Atomic(false)

    public init() {}

    public func cancel() { flag.store(true, ordering: .releasing) }
    public var isCancelled: Bool { flag.load(ordering: .acquiring) }
}
