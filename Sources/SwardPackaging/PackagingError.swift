// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

public import SwardArchive
public import SwardBundle
public import SwardMetainfo
public import SwardPolicy
public import SwardScan
public import SwardSPDX

/// Why a work cannot be packed or a bundle not be checked: what, and at which path.
public struct PackagingError: Error, Hashable, CustomStringConvertible {
    public enum Reason: Hashable, Sendable {
        /// A call of the operating system failed; the value is `errno`.
        case system(String, Int32)
        case notFound
        /// Neither folder nor file.
        case notAWork
        /// A folder, a device or the like, where bytes are to be read.
        case notAFile
        case nothingToPack

        // What lies in the work. `paths` lists every such file.
        case nameNotUTF8
        case badName(MetainfoError.Reason)
        /// Names that are one on some file systems.
        case colliding
        case specialFile
        /// Symlinks that lead out of the work, or to what is not packed.
        case badSymlink
        case tooManyFiles(limit: Int)
        /// A file changed while it was read.
        case changed
        /// Called off before a torrent was written.
        case interrupted
        case scan(ScanError)
        case archive(ArchiveError)

        // Terms.
        /// `paths` lists every file without a license for which nothing was found either; `found` is what to accept for others.
        case withoutLicense(found: [FoundProposal])
        /// Files of which only words tell, their own or those of a license file: what was found, to be accepted or overruled.
        case foundOnly([FoundProposal])
        /// Files whose own words are against what is to be declared for them.
        case contradictsFound([FoundContradiction])
        /// What is in the files takes back what is to be declared.
        case fenced([Mark])
        /// `paths` lists every file without a copyright notice.
        case withoutCopyright
        case badExpression(String, ExpressionError)
        /// In a `REUSE.toml`: what is wrong with it.
        case badAnnotations(String)
        case tooManyExpressions(limit: Int)
        case licenseTextsMissing([MissingLicenseText])

        // Options.
        case badOption(name: String, value: String)
        /// `NAME/` is there already and was not made by packing.
        case outputExists
        case outputInsideWork
        /// What has the name of the torrent is no torrent.
        case inTheWay
        /// A torrent of that name is of another work, which this magnet link names.
        case otherWork(String)

        // Metainfo.
        case metainfo(MetainfoError)
        case bundle(BundleError)
    }

    public let reason: Reason
    /// As it was given to us, or relative to the work.
    public let path: String?
    public let line: Int?
    /// Relative to the work.
    public let paths: [String]

    public init(_ reason: Reason, path: String? = nil, line: Int? = nil, paths: [String] = []) {
        self.reason = reason
        self.path = path
        self.line = line
        self.paths = paths
    }

    public var description: String {
        let place = path.map { $0 + (line.map { ":\($0)" } ?? "") + ": " } ?? ""
        return place + "\(reason)" + (paths.isEmpty ? "" : ": " + paths.joined(separator: ", "))
    }
}

/// A license whose text must go with the work and was not found.
public struct MissingLicenseText: Hashable, Sendable {
    public let identifier: String
    /// Paths looked at, in order.
    public let searched: [String]
    /// Where the text stands on the web, as the license list says.
    public let addresses: [String]

    public init(identifier: String, searched: [String], addresses: [String]) {
        self.identifier = identifier
        self.searched = searched
        self.addresses = addresses
    }
}
