// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardPolicy
package import SwardReport
package import SwardSPDX
internal import Synchronization

/// What to scan of a tree, and how.
package struct ScanOptions: Sendable {
    package enum Selection: Hashable, Sendable {
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

    package var selection = Selection.tracked
    package var includesSubmodules = false
    /// Paths from the root; all others count as absent.
    package var only: Set<String>?
    /// As many as processors when `nil`.
    package var threads: Int?
    package var looksIntoArchives = true
    package var archiveLimits = ArchiveScanLimits()
    /// Of the database; none is kept when `nil`.
    package var cachePath: String?
    /// Of the program: what another one found is forgotten.
    package var engineVersion = "0"

    // What is judged, and for whom.
    package var operatorProfile = OperatorProfile()
    package var policy: PolicyRules?
    package var policyName: String?
    /// Terms that a manifest states for the work as a whole.
    package var declared: WorkTerms?
    /// By path: what a bundle's manifest declares for its files.
    package var declaredByPath: [String: LicenseExpression] = [:]
    /// Fingerprints of findings of the policy that are old debt.
    package var baseline: Set<String>?
    package var today: CalendarDate?

    // What the report shall hold.
    package var toolVersion = ""
    /// Seconds since 1970; no clock is read for it.
    package var createdAt: Int64 = 0
    package var wantsDigests = false
    package var wantsExcerpts = false
    /// Whether the words in which files depart from license texts are kept.
    package var wantsDifferences = true
    /// What the work is called; the last element of its path when `nil`.
    package var name: String?

    package init() {}

    /// What these formats need of a scan.
    package mutating func prepare(for formats: [ReportFormat]) {
        wantsDigests = formats.contains(where: \.wantsDigests)
        wantsExcerpts = formats.contains(where: \.wantsExcerpts)
        wantsDifferences = formats.contains(where: \.wantsDifferences)
    }
}

/// How far a scan has come.
package struct ScanProgress: Hashable, Sendable {
    package enum Phase: Hashable, Sendable { case listing, reading, judging }

    package var phase: Phase
    package var files = 0
    package var allFiles = 0
    package var bytes: Int64 = 0
    package var allBytes: Int64 = 0
}

/// Ends a scan from another thread, or from a signal; what is known by then is reported.
package final class ScanCancellation: Sendable {
    private let flag = Atomic(false)

    package init() {}

    package func cancel() { flag.store(true, ordering: .releasing) }
    package var isCancelled: Bool { flag.load(ordering: .acquiring) }
}
