// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// One thing a license of the work demands of whoever does `act`, and whether the work as scanned meets it.
public struct Duty: Hashable, Sendable {
    /// Raw values are the stable names in JSON output: what kind of thing is asked for.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case licenseText = "license-text"
        case copyrightNotice = "copyright-notice"
        case noticeFile = "notice-file"
        case attribution
        case correspondingSource = "corresponding-source"
        case changeMarks = "change-marks"
        /// The whole, or what is changed, stays under the license.
        case sameLicense = "same-license"
        /// No terms of one's own.
        case noAddedTerms = "no-added-terms"
        case noLocks = "no-locks"
        case relinking
        case networkSource = "network-source"
        case noncommercial
        case unchanged
        case rename
        case other
    }

    public var kind: Kind
    public var act: Act
    /// The term that demands it: `GPL-3.0-or-later`.
    public var license: String
    /// What is asked, in the imperative, without full stop: "give the license text along".
    public var statement: String
    /// The clause, ready to be cited.
    public var clause: String?
    /// Whether the work meets it; `nil` where files cannot tell.
    public var isMet: Bool?
    /// Where it is met, or where what is wanted is missing. As in ``ScannedFile/path``; at most ``maximumPlaces``.
    public var places: [String]
    /// How many files of the work are under the license.
    public var fileCount: Int

    public static let maximumPlaces = 32

    /// What policies and findings call it.
    public static func rule(of kind: Kind) -> String { "duty:\(kind.rawValue)" }
    public var rule: String { Self.rule(of: kind) }

    public init(
        kind: Kind, act: Act, license: String, statement: String, clause: String?, isMet: Bool?,
        places: [String] = [], fileCount: Int = 0
    ) {
        self.kind = kind
        self.act = act
        self.license = license
        self.statement = statement
        self.clause = clause
        self.isMet = isMet
        self.places = places
        self.fileCount = fileCount
    }
}
