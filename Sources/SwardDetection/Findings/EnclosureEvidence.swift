// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// How a work is fenced. The raw values are names that reports keep for ever.
public enum EnclosureMark: String, Hashable, Sendable, CaseIterable {
    case riderCommonsClause = "rider-commons-clause"
    case riderNoncommercial = "rider-noncommercial"
    case riderNoRedistribution = "rider-noredistribution"
    case riderFieldOfUse = "rider-field-of-use"
    case eulaBesideCopyleft = "eula-beside-copyleft"
    /// As evidence: the name of such a license, an "Additional Use Grant", a "Change Date: 2027-01-01", a "Change License: …".
    case sourceAvailable = "source-available"
    /// As evidence it speaks against the mark: words that offer the source, or say where it is.
    case missingSource = "missing-source"
    /// As evidence it speaks against the mark: texts that are in a place every system has.
    case missingText = "missing-text"
    case wrongText = "wrong-text"
    case allRightsReservedClash = "all-rights-reserved-clash"
    case relicensed
    case minifiedOnly = "minified-only"
    case drmPDF = "drm-pdf"
    case drmEPUB = "drm-epub"
    case drmMP4 = "drm-mp4"
    case drmWebM = "drm-webm"
    case drmHLS = "drm-hls"
    case drmDASH = "drm-dash"
    case drmKindle = "drm-kindle"
    case drmASF = "drm-asf"
    case encryptedZIP = "encrypted-zip"
    case encrypted7z = "encrypted-7z"
    case encryptedRAR = "encrypted-rar"
    case encryptedOffice = "encrypted-office"
    case fontEmbedding = "font-embedding"
    case noAIRider = "no-ai-rider"
    case proprietary
    case furtherRestriction = "further-restriction"
    case contributorAgreement = "contributor-agreement"
    case strippedNotices = "stripped-notices"
    case termsByLinkOnly = "terms-by-link-only"
    case lockInCode = "lock-in-code"

    /// Whether the evidence is what the file says, rather than how its bytes are locked or made.
    public var isOfWords: Bool {
        switch self {
        case .drmPDF, .drmEPUB, .drmMP4, .drmWebM, .drmHLS, .drmDASH, .drmKindle, .drmASF, .encryptedZIP,
            .encrypted7z, .encryptedRAR, .encryptedOffice, .minifiedOnly:
            false
        default: true
        }
    }
}

/// How much a mark weighs. Raw values are names that reports keep for ever.
public enum EnclosureSeverity: String, Hashable, Comparable, Sendable, CaseIterable {
    /// Worth a look; decides nothing.
    case hint
    /// Takes back a freedom that the stated terms give.
    case clashes
    /// The terms themselves withhold it.
    case forbids

    public static func < (a: EnclosureSeverity, b: EnclosureSeverity) -> Bool {
        allCases.firstIndex(of: a)! < allCases.firstIndex(of: b)!
    }
}

/// A fact in one file's bytes that speaks of a fence. Whether it is a mark depends on the work's terms: SwardPolicy judges.
public struct EnclosureEvidence: Hashable, Sendable {
    public var mark: EnclosureMark
    /// In the file; `nil` where the fact is about the whole of it.
    public var bytes: Range<Int>?
    /// From 1; `nil` for binary files.
    public var lines: ClosedRange<Int>?
    /// The words or fields as they stand there, such as `/P -3904: no copying`; capped at 512 bytes.
    public var quote: String

    public init(mark: EnclosureMark, bytes: Range<Int>?, lines: ClosedRange<Int>?, quote: String) {
        self.mark = mark
        self.bytes = bytes
        self.lines = lines
        self.quote = quote
    }
}
