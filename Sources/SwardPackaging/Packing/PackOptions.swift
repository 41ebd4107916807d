// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardBundle
package import SwardCrypto
package import SwardMetainfo

/// What to make of a work, beyond what lies in it.
package struct PackOptions: Sendable {
    // Terms.
    /// For the work, and for every file that states none.
    package var license: String?
    /// Takes for files that state nothing by tag, sidecar or annotation what a scan found in them.
    package var acceptsFound = false
    /// Why what is declared stands against what was found; without a reason such a work is not packed.
    package var despiteFound: String?
    /// Notices for every file that has none; made of `year` and `creators` when empty.
    package var copyright: [String] = []
    package var title: String?
    package var creators: [String] = []
    package var homepage: String?
    package var year: Int?
    package var sources: [BundleManifest.Source] = []
    package var correspondingSource: [String] = []

    // The torrent.
    package var kind = InfoDictionary.Kind.hybrid
    /// Writes `NAME.v1.torrent` too, over the same files, for clients that read no hybrids.
    package var alsoV1 = false
    /// In bytes; a power of two from 16 KiB on. Chosen from the total when `nil`.
    package var pieceLength: Int?
    package var trackers: [[String]] = []
    package var webSeeds: [String] = []
    package var httpSeeds: [String] = []
    package var isPrivate = false
    /// Beside the info dictionary, so neither hashed nor signed.
    package var comment: String?

    // Signing. The first key also signs the SPDX document.
    package var keys: [SecretKey] = []
    /// What the signer says; a fixed sentence with the work's name when `nil`, as a time would leak.
    package var trustedComment: String?

    // Where and how.
    /// Of the bundle; the name of the folder, or of the file or archive without its ending, when `nil`.
    package var name: String?
    /// Builds `output/NAME` and `output/NAME.torrent` and leaves the work untouched.
    package var output: String?
    package var isDryRun = false
    package var includesHidden = false
    /// Packs an archive as the one file it is.
    package var keepsArchive = false
    /// Leaves the SPDX document out, and with it the digests over whole files, which no two cores can share.
    package var omitsDocument = false
    /// Of the SPDX document, in seconds since 1970: SOURCE_DATE_EPOCH or `--date`. No clock is read.
    package var created: Int64 = 0

    package init() {}
}

/// What packing did, or in a dry run would do.
package struct PackReport: Sendable {
    package struct Torrent: Sendable {
        package let path: String
        /// `nil` in a dry run, as nothing is hashed.
        package let info: InfoDictionary?
        package let magnet: MagnetLink?
    }

    package enum Warning: Hashable, Sendable {
        /// The text of a license was not found; an address suffices for it.
        case licenseTextMissing(MissingLicenseText)
        /// An identifier that the list knows only by another name now.
        case deprecatedIdentifier(String, replacement: String?)
        /// On no list: policy will want a review.
        case unknownIdentifier(String)
        /// A text in `LICENSES/` that no file is under.
        case unusedLicenseText(String)
        /// Other systems cannot hold such a name.
        case unportableName(String)
        /// Packed for the reason given all the same.
        case contradictsFound(FoundContradiction)
        /// What was found and taken for the terms of files: in them, or in what `source` names.
        case acceptedFound(expression: String, source: String?, paths: [String])
        /// No notice of any creator: attribution has nothing to name.
        case withoutCreator
    }

    package struct ExpressionCount: Hashable, Sendable {
        package let expression: String
        package let fileCount: Int
        /// In bytes.
        package let length: Int64
    }

    package var name: String
    /// Of the bundle's folder.
    package var folder: String
    package var torrents: [Torrent] = []
    package var expressions: [ExpressionCount] = []
    package var fileCount = 0
    /// In bytes, of all files of the bundle.
    package var length: Int64 = 0
    /// Paths made or changed, from the bundle's folder; sorted.
    package var written: [String] = []
    package var removed: [String] = []
    package var excluded: [String: WorkTree.Exclusion] = [:]
    package var warnings: [Warning] = []
    package var signers: [PublicKey] = []
}

/// How far a run has come.
package enum PackProgress: Hashable, Sendable {
    case copying
    /// Reading every file once for its digests and tags; bytes of all.
    case surveying(Int64, of: Int64)
    case hashing(Int64, of: Int64)
    case writing
}

/// What a search for the text of a license gave.
package struct LicenseTextSearch: Hashable, Sendable {
    package var text: [UInt8]?
    /// Paths looked at, in order.
    package var searched: [String]

    package init(text: [UInt8]?, searched: [String]) {
        self.text = text
        self.searched = searched
    }
}
