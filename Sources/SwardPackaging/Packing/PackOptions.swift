// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

public import SwardBundle
public import SwardCrypto
public import SwardMetainfo
public import SwardPolicy

/// What to make of a work, beyond what lies in it.
public struct PackOptions: Sendable {
    // Terms.
    /// For the work, and for every file that states none.
    public var license: String?
    /// Takes for files that state nothing by tag, sidecar or annotation what a scan found in them.
    public var acceptsFound = false
    /// Why what is declared stands against what was found; without a reason such a work is not packed.
    public var despiteFound: String?
    /// Notices for every file that has none; made of `year` and `creators` when empty.
    public var copyright: [String] = []
    public var title: String?
    public var creators: [String] = []
    public var homepage: String?
    public var year: Int?
    public var sources: [BundleManifest.Source] = []
    public var correspondingSource: [String] = []

    // The torrent.
    public var kind = InfoDictionary.Kind.hybrid
    /// Writes `NAME.v1.torrent` too, over the same files, for clients that read no hybrids.
    public var alsoV1 = false
    /// In bytes; a power of two from 16 KiB on. Chosen from the total when `nil`.
    public var pieceLength: Int?
    public var trackers: [[String]] = []
    public var webSeeds: [String] = []
    public var httpSeeds: [String] = []
    public var isPrivate = false
    /// Beside the info dictionary, so neither hashed nor signed.
    public var comment: String?

    // Signing. The first key also signs the SPDX document.
    public var keys: [SecretKey] = []
    /// In a dry run: that it would be signed; keys stay locked for that.
    public var wouldSign = false
    /// What the signer says; a fixed sentence with the work's name when `nil`, as a time would leak.
    public var trustedComment: String?

    // Where and how.
    /// Of the bundle; the name of the folder, or of the file or archive without its ending, when `nil`.
    public var name: String?
    /// Builds `output/NAME` and `output/NAME.torrent` and leaves the work untouched.
    public var output: String?
    public var isDryRun = false
    /// Writes over torrents of other works, which can then no longer be served from here.
    public var replaces = false
    /// Gives the files of a bundle built elsewhere bytes of their own, where they would share them with the work.
    public var copies = false
    public var includesHidden = false
    /// Packs an archive as the one file it is.
    public var keepsArchive = false
    /// Leaves the SPDX document out, and with it the digests over whole files, which no two cores can share.
    public var omitsDocument = false
    /// Of the SPDX document, in seconds since 1970: SOURCE_DATE_EPOCH or `--date`. No clock is read.
    public var created: Int64 = 0

    public init() {}
}

/// What packing did, or in a dry run would do.
public struct PackReport: Sendable {
    public struct Torrent: Sendable {
        public let path: String
        /// `nil` in a dry run, as nothing is hashed.
        public let info: InfoDictionary?
        public let magnet: MagnetLink?
    }

    public enum Warning: Hashable, Sendable {
        /// The text of a license was not found; an address suffices for it.
        case licenseTextMissing(MissingLicenseText)
        /// An identifier that the list knows only by another name now.
        case deprecatedIdentifier(String, replacement: String?)
        /// On no list: policy will want a review.
        case unknownIdentifier(String)
        /// A text in `LICENSES/` that no file is under.
        case unusedLicenseText(String)
        /// Other systems cannot hold such a name.
        case unportableName(String, PathWarning.Reason)
        /// Packed for the reason given all the same.
        case contradictsFound(FoundContradiction)
        case fenced(Mark)
        /// What was found and taken for the terms of files: in them, or in what `source` names.
        case acceptedFound(expression: String, source: String?, paths: [String])
        /// No notice of any creator: attribution has nothing to name.
        case withoutCreator
    }

    public struct ExpressionCount: Hashable, Sendable {
        public let expression: String
        public let fileCount: Int
        /// In bytes.
        public let length: Int64
    }

    public var name: String
    /// Of the bundle's folder.
    public var folder: String
    public var torrents: [Torrent] = []
    public var expressions: [ExpressionCount] = []
    public var fileCount = 0
    /// In bytes, of all files of the bundle.
    public var length: Int64 = 0
    /// Paths made or changed, from the bundle's folder; sorted.
    public var written: [String] = []
    public var removed: [String] = []
    package var excluded: [String: WorkTree.Exclusion] = [:]
    public var warnings: [Warning] = []
    public var signers: [PublicKey] = []
    /// What peers will judge by.
    package var manifest: BundleManifest?
    package var terms: WorkTerms?
}

/// How far a run has come.
public enum PackProgress: Hashable, Sendable {
    case copying
    /// Reading every file once for its digests and tags; bytes of all.
    case surveying(Int64, of: Int64)
    case hashing(Int64, of: Int64)
    case writing
}

/// What a search for the text of a license gave.
public struct LicenseTextSearch: Hashable, Sendable {
    public var text: [UInt8]?
    /// Paths looked at, in order.
    public var searched: [String]

    public init(text: [UInt8]?, searched: [String]) {
        self.text = text
        self.searched = searched
    }
}
