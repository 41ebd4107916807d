// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection
internal import SwardMetadata
internal import SwardPolicy
internal import SwardReport
internal import SwardSPDX

/// All that one file's bytes and the end of its path say: what the cache keeps.
struct Examination: Hashable, Sendable {
    /// Something that keeps the examination from being whole.
    enum Gap: Hashable, Sendable {
        case unreadable(Int32)
        /// It grew, shrank or went away meanwhile.
        case changed
        /// Only some of its bytes were looked at, by a limit.
        case cutShort
        /// So many of its words speak of licenses that not all were weighed.
        case readInPart
        case encryptedArchive
        /// In libarchive's words.
        case damagedArchive(String)
        case tooManyMembers(limit: Int)
        case tooManyBytes(limit: Int64)
        case tooDense(limit: Int64)
        case tooDeep(limit: Int)
        /// A member whose name leads out of the archive, or is none.
        case oddName(String)

        /// Whether there may be files behind it of which nothing is known.
        var hidesTerms: Bool {
            switch self {
            case .damagedArchive, .tooManyMembers, .tooManyBytes, .tooDense, .tooDeep: true
            default: false
            }
        }
    }

    var length: Int64 = 0
    var content = ScannedFile.Content.other
    var role = FileRole.other
    var findings: [LicenseFinding] = []
    var copyrights: [CopyrightNotice] = []
    var residue: [Residue] = []
    var evidence: [EnclosureEvidence] = []
    var expression: LicenseExpression?
    /// Of a source file that was held whole.
    var body: BodySketch?
    var packages: [PackageFacts] = []
    var declarations: [PathDeclaration] = []
    /// Where this file says that its terms stand in another.
    var pointers: [LicensePointer] = []
    /// The words themselves, of files whose words reports pass on or declarations are read from: NOTICE files, texts of
    /// unlisted licenses, `REUSE.toml`.
    var text: String?
    /// Lines for a page; never cached.
    var excerpts: [SourceExcerpt] = []
    /// Of an archive, in its order, those of nested archives behind theirs.
    var members: [Member] = []
    var isArchive = false
    var gaps: [Gap] = []

    struct Member: Hashable, Sendable {
        /// In the archive, `b.tar!c` for those of a nested one.
        var path: String
        var examination: Examination
    }
}
