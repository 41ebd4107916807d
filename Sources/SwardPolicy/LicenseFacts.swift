// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// What the clauses of one license say, as far as a verdict needs it.
///
/// Each value is one column of `license-facts.tsv`; `docs/licenses.md` says what the columns mean and where
/// they come from. Raw values are the words of the table.
public struct LicenseFacts: Hashable, Sendable {
    public enum Category: String, Hashable, Sendable, CaseIterable {
        case publicDomain = "public-domain"
        case permissive
        case weakCopyleft = "weak-copyleft"
        case strongCopyleft = "strong-copyleft"
        case networkCopyleft = "network-copyleft"
        /// Attribution only, made for works that are not software.
        case freeContent = "free-content"
        /// Share-alike, made for works that are not software.
        case shareAlike = "share-alike"
        /// Content that may be shared but not freely used: noncommercial, no derivatives.
        case restrictedContent = "restricted-content"
        /// Source that may be read and often shared, but not freely used.
        case sourceAvailable = "source-available"
        case proprietary
    }

    /// Whether exact copies may be passed on.
    public enum Grant: String, Hashable, Sendable, CaseIterable {
        case yes, noncommercial
        /// Only to some, or only in some way, that cannot be judged from the license alone.
        case limited
        case no
    }

    public enum CommercialUse: String, Hashable, Sendable, CaseIterable { case yes, limited, no }

    /// Whether changed versions may be made and passed on.
    public enum Derivatives: String, Hashable, Sendable, CaseIterable {
        case yes, limited, noncommercial
        /// Changes only beside the unchanged original.
        case patches
        /// May be made, not passed on.
        case `private`
        case no
    }

    /// How much of what is built on the work must stay under its terms.
    public enum Copyleft: String, Hashable, Sendable, CaseIterable {
        case none, file, module, library, work, network
        case shareAlike = "share-alike"
        case font
        /// No license of its own: takes something away from the license beside it.
        case rider
    }

    /// What source must go with object code, or with the work.
    public enum SourceDuty: String, Hashable, Sendable, CaseIterable {
        case none
        /// The covered files or modules, changed or not.
        case covered
        /// The library, and what is needed to link the program again.
        case library
        case libraryAndInstallation = "library-install"
        /// All of it, or an offer good for three years.
        case completeOrOffer = "complete-or-offer"
        case complete
        case completeAndInstallation = "complete-install"
        /// All of it, also to those who use it over a network.
        case network
        /// The whole service around it.
        case service
        /// A copy in an editable format, from some number of copies on.
        case transparent
        /// Access to the originals.
        case originals
        /// The derived database, or the changes.
        case database
        /// Where the standard version or the source may be had.
        case pointer

        /// Whether passing on object code without any source breaks the license.
        public var bindsObjectCode: Bool {
            switch self {
            case .covered, .library, .libraryAndInstallation, .completeOrOffer, .complete,
                .completeAndInstallation,
                .network, .service:
                true
            case .none, .transparent, .originals, .database, .pointer: false
            }
        }
    }

    public enum NoticeDuty: String, Hashable, Sendable, CaseIterable {
        case none
        /// The copyright notice.
        case copyright
        /// Copyright and all license notices.
        case notices
        /// Notices, and the contents of a NOTICE file.
        case noticeFile = "notice-file"
        /// A sentence of thanks in advertising, or wherever the work is mentioned.
        case acknowledgement
        /// A sentence of credit in the documentation, or where such credits stand.
        case credit
        /// The same, asked of whoever passes on programs without their source.
        case creditWithoutSource = "credit-without-source"
        /// Name of the author, notice, and a link to work and license.
        case attribution
        /// The notice may not be removed from source; no claim to have written it.
        case sourceNotice = "source-notice"
    }

    /// Whether the license text must go with the work.
    public enum TextDuty: String, Hashable, Sendable, CaseIterable {
        case yes, no
        case sourceOnly = "source-only"
        case textOrAddress = "text-or-uri"
        /// An LGPL 3 text binds only together with the GPL 3 text.
        case withGPL = "with-gpl"
    }

    public enum ChangesDuty: String, Hashable, Sendable, CaseIterable {
        case none, mark, rename
        case markOrRename = "mark-or-rename"
        /// A section of the document that lists them.
        case history
        case patches
    }

    public enum Patents: String, Hashable, Sendable, CaseIterable {
        case none, implied, express
        /// Granted, and lost by whoever sues.
        case retaliation
        case excluded
    }

    /// What it says about technical locks.
    public enum Locks: String, Hashable, Sendable, CaseIterable {
        case none, forbidden
        case forbiddenIfRestricting = "if-restricting"
        case forbiddenIfInconsistent = "if-inconsistent"
        /// Those who convey waive the law against circumvention, and hand over installation information.
        case waived
        /// Allowed beside an unlocked copy.
        case parallelCopy = "parallel-copy"
        /// Its own license keys may not be circumvented.
        case keys
    }

    /// Whether whoever passes it on may add terms.
    public enum AddedTerms: String, Hashable, Sendable, CaseIterable {
        case allowed, forbidden
        /// Forbidden for the source form only.
        case forbiddenForSource = "forbidden-for-source"
    }

    public enum LaterVersions: String, Hashable, Sendable, CaseIterable {
        case fixed
        /// As the grant beside the work says.
        case stated
        /// Anyone may use a later version.
        case licensee
        case licenseeUnlessBarred = "licensee-unless-barred"
        /// Only for what is changed.
        case adaptations
        /// Turns into another license with time.
        case converts
    }

    public enum Confidence: String, Hashable, Sendable, CaseIterable {
        /// The clause stands in the text.
        case high
        /// A reading that people argue over.
        case medium
    }

    /// What a clause decides.
    public enum Topic: String, Hashable, Sendable, CaseIterable {
        case redistribute, commercial, derivatives, copyleft, source, notice, text, changes, patent, locks
        case addedTerms = "added-terms"
        case later, terminate, into
    }

    /// A license that this one, or its steward, names as one that works made from it may go under.
    public struct Destination: Hashable, Sendable {
        public enum Condition: Hashable, Sendable {
            /// The notice must name it as a secondary license.
            case secondaryNotice
            /// The part keeps its own license within the whole.
            case ownLicense
        }

        /// As ``Lineage/family``.
        let family: String
        let version: Double
        let includesLater: Bool
        public let condition: Condition?
    }

    /// The term the facts are of, in current identifiers.
    public let identifier: String
    public internal(set) var category: Category
    public internal(set) var redistribution: Grant
    public internal(set) var commercialUse: CommercialUse
    public internal(set) var derivatives: Derivatives
    public internal(set) var copyleft: Copyleft
    public internal(set) var source: SourceDuty
    public internal(set) var notice: NoticeDuty
    public internal(set) var text: TextDuty
    public internal(set) var changes: ChangesDuty
    public internal(set) var patents: Patents
    public internal(set) var locks: Locks
    public internal(set) var addedTerms: AddedTerms
    public internal(set) var laterVersions: LaterVersions
    /// What it, or its steward, names as compatible.
    public internal(set) var destinations: [Destination]
    /// Whether the FSF lists it as incompatible with the GNU licenses for a reason that no other column tells.
    public internal(set) var isBarredFromGNU: Bool
    /// Whether the FSF lists it as free.
    public internal(set) var isFSFFree: Bool
    public internal(set) var confidence: Confidence
    /// The deciding clauses, ready to be cited: "GPL-3.0 §4, §6".
    public internal(set) var clauses: [Topic: String]
    /// One plain sentence more, or empty.
    public internal(set) var note: String

    /// Free in the sense of the free software and free cultural works definitions: share, sell, change.
    public var isFree: Bool {
        switch category {
        case .restrictedContent, .sourceAvailable, .proprietary: false
        default: copyleft != .rider
        }
    }

    /// Whether whoever passes it on must pass on the freedom.
    public var isCopyleft: Bool { isFree && copyleft != .none && copyleft != .rider }
}
