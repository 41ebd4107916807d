// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardBencode
internal import SwardHash
public import SwardPrimitives

/// The hashed part of a torrent: names, lengths, hashes, and whatever else its maker put there.
///
/// - Invariant: canonical bencode of at most 32 MiB; every path obeys ``PathRules``; in a hybrid the v1 and the
///   v2 view are the same files at the same offsets.
/// - Memory: the bytes as they came, their tokens, and about 24 bytes per file.
/// - Source: BEP 3, BEP 47 and BEP 52.
public struct InfoDictionary: Sendable {
    public enum Kind: Hashable, Sendable { case v1, v2, hybrid }

    package let document: BencodeDocument
    public let kind: Kind
    public let infoHashes: InfoHashes
    /// The name of the file, or of the folder around the files.
    public let name: String
    public let pieceLength: Int
    /// Whether the payload is one file without a folder of the torrent's name around it.
    public let isSingleFile: Bool
    public let files: FileList
    package let layout: PieceLayout
    private let v1PiecesRange: Range<Int>?

    /// - Throws: `MetainfoError` with the offset into `bytes`.
    public static func parse(_ bytes: [UInt8]) throws(MetainfoError) -> InfoDictionary {
        let document: BencodeDocument
        do { document = try BencodeDocument(bytes, limits: .info) } catch { throw MetainfoError(error) }
        do throws(MetainfoError) { return try InfoDictionary(document) } catch {
            // What has no place of its own, such as a missing key, is at fault in the whole dictionary.
            throw MetainfoError(error.reason, at: error.offset ?? 0, key: error.key, file: error.file)
        }
    }

    private init(_ document: BencodeDocument) throws(MetainfoError) {
        let root = document.root
        guard root.isDictionary else { throw MetainfoError(.invalid, at: 0) }

        // First of all, so that a later version is called so and not broken. Source: BEP 52, "meta version".
        if let version = root["meta version"] {
            guard let number = version.integer else {
                throw MetainfoError(.invalid, at: version.range.lowerBound, key: "meta version")
            }
            guard number == 2 else {
                throw MetainfoError(
                    .unsupportedVersion(number), at: version.range.lowerBound, key: "meta version")
            }
            guard root["file tree"] != nil else { throw MetainfoError(.missing, key: "file tree") }
            kind = root["pieces"] == nil ? .v2 : .hybrid
        } else {
            guard root["file tree"] == nil else { throw MetainfoError(.missing, key: "meta version") }
            kind = .v1
        }
        let pieceLength = try InfoReader.pieceLength(root, kind: kind)
        let name = try InfoReader.name(root, kind: kind)
        let v1 =
            kind == .v2 ? nil : try InfoReader.v1List(root, name: name, isHybrid: kind == .hybrid)
        if kind == .v2, let key = ["files", "length"].first(where: { root[$0] != nil }) {
            throw MetainfoError(.missing, at: root[key]?.range.lowerBound, key: "pieces")
        }

        var files: FileList
        if kind == .v1, let v1 {
            files = v1.files
            layout = try PieceLayout(unaligned: v1.entries, pieceLength: pieceLength)
            isSingleFile = v1.isSingleFile
        } else {
            let tree = try FileTreeReader.read(root, name: name)
            files = tree.files
            isSingleFile = v1?.isSingleFile ?? tree.isSingleFile
            var isTailPadded = true
            if let v1 { isTailPadded = v1.paddedLength != v1.endOfLastFile }
            layout = try PieceLayout(
                aligned: tree.lengths, pieceLength: pieceLength, isTailPadded: isTailPadded)
            if let v1 {
                try InfoReader.compare(v1, tree, layout: layout)
                files.v1Values = v1.files.records.map(\.value)
            }
        }
        guard layout.totalLength > 0 else { throw MetainfoError(.noPayload) }
        v1PiecesRange = kind == .v2 ? nil : try InfoReader.v1Pieces(root, layout: layout)

        let hashes = InfoHashes(
            v1: kind == .v2 ? nil : SHA1.hash(document.bytes),
            v2: kind == .v1 ? nil : SHA256.hash(document.bytes))
        guard let hashes else { preconditionFailure("every kind has a hash") }
        infoHashes = hashes
        self.document = document
        self.name = name
        self.pieceLength = pieceLength
        self.files = files
    }

    /// The bytes that are hashed, as they came.
    public var bytes: [UInt8] { document.bytes }

    /// The value under any key, known or not.
    package func extra(_ key: String) -> BencodeValue? { document.root[key] }

    /// Whether peers may come from its trackers only. Source: BEP 27.
    public var isPrivate: Bool { document.root["private"]?.integer == 1 }

    /// Torrents that may hold the same files, v1 info-hashes or v2 ones cut to 20 bytes. Source: BEP 38.
    public var similar: [Digest160] {
        document.root["similar"]?.elements.compactMap { $0.string.flatMap { Digest160($0) } } ?? []
    }

    /// Names of collections it belongs to. Source: BEP 38.
    public var collections: [String] { document.root["collections"]?.elements.compactMap(\.text) ?? [] }

    /// The SHA-1 of a piece; `nil` in a v2 torrent.
    public func v1Hash(of piece: PieceIndex) -> Digest160? {
        guard let v1PiecesRange else { return nil }
        precondition(piece.rawValue >= 0 && piece.rawValue < layout.pieceCount)
        let start = v1PiecesRange.lowerBound + piece.rawValue * Digest160.byteCount
        return Digest160(document.bytes[start..<(start + Digest160.byteCount)])
    }

    /// Where the payload's file lies below the folder it is saved in.
    public func payloadPath(ofFile file: Int) -> [String] {
        isSingleFile ? files.path(of: file) : [name] + files.path(of: file)
    }
}
