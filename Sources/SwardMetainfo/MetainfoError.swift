// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

public import SwardBencode

/// Why a `.torrent` file, an info dictionary or a magnet link is refused, and where.
public struct MetainfoError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Reason: Hashable, Sendable {
        case bencode(BencodeError.Reason)
        /// A key that must be there, named by `key`.
        case missing
        /// A value of the wrong type, or a number or a digest out of its range.
        case invalid
        /// A key that contradicts another one.
        case conflicting(with: String)
        /// A `meta version` that we do not know.
        case unsupportedVersion(Int64)
        case invalidPieceLength(Int64)
        case negativeLength(Int64)
        /// The lengths add up to more than can be addressed.
        case tooLong
        /// No file has a byte, so there is nothing to share.
        case noPayload
        case tooManyFiles(limit: Int)
        case tooManyPieces(limit: Int)
        /// The v1 piece hashes do not match the lengths.
        case pieceHashes(found: Int, expected: Int)

        // Paths.
        case notText
        case emptyElement
        /// An element `.` or `..`.
        case dotElement
        /// An element with a slash, so also an absolute path.
        case separatorInElement
        case nulInElement
        case elementTooLong(found: Int, limit: Int)
        case pathTooLong(found: Int, limit: Int)
        /// The same path as another file's, after Unicode normalization and case folding.
        case duplicatePath
        /// The path is a directory of another file's path.
        case fileIsDirectory
        /// A pad file in a file tree, where nothing is padded.
        case padFile
        case symlinkWithoutTarget
        case symlinkWithLength(Int64)

        // Hybrids.
        /// The v1 and the v2 view of the same payload differ in this.
        case viewsDiffer(View)

        // Piece layers.
        case missingPieceLayer
        case pieceLayerSize(found: Int, expected: Int)
        case pieceLayerRoot
        /// A layer of no file.
        case unknownPieceLayer

        // Magnets.
        case notMagnet
        case invalidEscape
        case missingInfoHash
        case conflictingInfoHashes
    }

    /// In what two views of one payload can differ.
    public enum View: Hashable, Sendable {
        case fileCount(v1: Int, v2: Int)
        case path(v1: String, v2: String)
        case length(v1: Int64, v2: Int64)
        case symlink
        /// The v1 pad files do not put the file at the offset that v2 gives it.
        case offset(v1: Int64, v2: Int64)
    }

    public let reason: Reason
    /// In bytes from the start of what was parsed.
    public let offset: Int?
    /// The key the fault is under, from the top, parts joined by dots.
    public let key: String?
    /// The payload file it is about, elements joined by slashes; not fit to be opened.
    public let file: String?

    public init(_ reason: Reason, at offset: Int? = nil, key: String? = nil, file: String? = nil) {
        self.reason = reason
        self.offset = offset
        self.key = key
        self.file = file
    }

    init(_ error: BencodeError, shiftedBy shift: Int = 0, key: String? = nil) {
        self.init(.bencode(error.reason), at: error.offset + shift, key: key)
    }

    func shifted(by shift: Int, under parent: String) -> MetainfoError {
        MetainfoError(
            reason, at: offset.map { $0 + shift }, key: key.map { "\(parent).\($0)" } ?? parent, file: file)
    }

    public var description: String {
        var text = "\(reason)"
        if let file { text += " for \"\(file)\"" }
        if let key { text += " in \"\(key)\"" }
        if let offset { text += " at byte \(offset)" }
        return text
    }
}
