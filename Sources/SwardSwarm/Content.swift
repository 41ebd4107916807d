// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardBencode
internal import SwardMerkle
package import SwardMetainfo
package import SwardPrimitives

/// What of a torrent's metadata the swarm needs: the shape of its pieces, and the hashes that prove them.
///
/// - Memory: hashes stay slices of the metainfo they came in.
package struct Content: Sendable {
    /// One file of a v2 or hybrid torrent; empty ones, symlinks and pads have no pieces and are left out.
    package struct File: Hashable, Sendable {
        /// In the order of the info dictionary.
        package let index: Int
        package let length: Int64
        package let piecesRoot: Digest256
        package let firstPiece: Int
        package let pieceCount: Int

        package init(index: Int, length: Int64, piecesRoot: Digest256, firstPiece: Int, pieceCount: Int) {
            self.index = index
            self.length = length
            self.piecesRoot = piecesRoot
            self.firstPiece = firstPiece
            self.pieceCount = pieceCount
        }
    }

    package let infoHashes: InfoHashes
    /// The info dictionary as it came, for peers that have only a magnet.
    package let infoBytes: ArraySlice<UInt8>
    /// In bytes.
    package let pieceLength: Int
    package let pieceCount: Int
    /// By pieces, in order; empty for v1.
    package let files: [File]
    /// Twenty bytes per piece; empty for v2.
    package let v1Pieces: ArraySlice<UInt8>
    /// v1 and hybrid: bytes of the whole with pads; the last piece ends there.
    package let v1Length: Int64
    /// What is known of the piece layers, by `pieces root`: 32 bytes per piece. Files of one piece have none.
    package internal(set) var layers: [Digest256: ArraySlice<UInt8>]
    /// Peers come from its trackers alone. Source: BEP 27.
    package var isPrivate = false

    package init(
        infoHashes: InfoHashes, infoBytes: ArraySlice<UInt8>, pieceLength: Int, pieceCount: Int,
        files: [File],
        v1Pieces: ArraySlice<UInt8>, v1Length: Int64, layers: [Digest256: ArraySlice<UInt8>]
    ) {
        precondition(v1Pieces.isEmpty || v1Pieces.count == pieceCount * Digest160.byteCount)
        precondition(
            v1Pieces.isEmpty || (v1Length + Int64(pieceLength) - 1) / Int64(pieceLength) == pieceCount)
        self.infoHashes = infoHashes
        self.infoBytes = infoBytes
        self.pieceLength = pieceLength
        self.pieceCount = pieceCount
        self.files = files
        self.v1Pieces = v1Pieces
        self.v1Length = v1Length
        self.layers = layers
    }

    /// - Parameter layers: validated against their roots, as ``Metainfo`` does.
    package init(_ info: InfoDictionary, layers: [Digest256: ArraySlice<UInt8>]) {
        var files: [File] = []
        var v1Pieces: ArraySlice<UInt8> = []
        if info.kind != .v1 {
            for index in info.files.indices {
                let pieces = info.layout.pieces(ofFile: index)
                guard !pieces.isEmpty, let root = info.files.piecesRoot(of: index) else { continue }
                files.append(
                    File(
                        index: index, length: info.layout.length(ofFile: index), piecesRoot: root,
                        firstPiece: pieces.lowerBound, pieceCount: pieces.count))
            }
        }
        if info.kind != .v2, let bytes = info.extra("pieces")?.string { v1Pieces = bytes }
        self.init(
            infoHashes: info.infoHashes, infoBytes: info.bytes[...], pieceLength: info.pieceLength,
            pieceCount: info.layout.pieceCount, files: files, v1Pieces: v1Pieces,
            v1Length: info.layout.paddedLength, layers: layers)
        isPrivate = info.isPrivate
    }

    // MARK: Shape

    package var isV1: Bool { infoHashes.v1 != nil }
    package var isV2: Bool { infoHashes.v2 != nil }

    /// Bytes of a piece that we ask for: in v2 and hybrid those of the file, without the padding behind it.
    package func length(of piece: Int) -> Int {
        if files.isEmpty { return Int(min(Int64(pieceLength), v1Length - Int64(piece) * Int64(pieceLength))) }
        let file = files[fileIndex(of: piece)]
        return Int(min(Int64(pieceLength), file.length - Int64(piece - file.firstPiece) * Int64(pieceLength)))
    }

    /// Bytes of a piece that a peer may ask for, padding counted: v1 sees it, and libtorrent 2.0 asks for it in v2 too.
    package func servableLength(of piece: Int) -> Int {
        v1Pieces.isEmpty
            ? pieceLength : Int(min(Int64(pieceLength), v1Length - Int64(piece) * Int64(pieceLength)))
    }

    func blockCount(of piece: Int) -> Int { (length(of: piece) + blockLength - 1) / blockLength }
    var blocksPerPiece: Int { (pieceLength + blockLength - 1) / blockLength }

    /// Bytes we ask for in all.
    package var length: Int64 {
        files.isEmpty ? (v1Pieces.isEmpty ? 0 : v1Length) : files.reduce(0) { $0 + $1.length }
    }

    /// The place in `files` of the file of a piece.
    func fileIndex(of piece: Int) -> Int {
        var (low, high) = (0, files.count - 1)
        while low < high {
            let middle = (low + high + 1) / 2
            if files[middle].firstPiece <= piece { low = middle } else { high = middle - 1 }
        }
        return low
    }

    func fileIndex(ofRoot root: Digest256) -> Int? { files.firstIndex { $0.piecesRoot == root } }

    func shape(of file: File) -> TreeShape {
        guard let shape = TreeShape(length: file.length, pieceLength: pieceLength) else {
            preconditionFailure("files here are not empty, and v2 piece lengths have been checked")
        }
        return shape
    }

    // MARK: Hashes

    func v1Hash(of piece: Int) -> Digest160? {
        guard !v1Pieces.isEmpty else { return nil }
        let start = v1Pieces.startIndex + piece * Digest160.byteCount
        return Digest160(v1Pieces[start..<(start + Digest160.byteCount)])
    }

    /// The node that proves a piece; `nil` while its layer is not known.
    func pieceHash(of piece: Int, in file: File) -> Digest256? {
        if file.pieceCount == 1 { return file.piecesRoot }
        guard let layer = layers[file.piecesRoot] else { return nil }
        let start = layer.startIndex + (piece - file.firstPiece) * Digest256.byteCount
        return Digest256(layer[start..<(start + Digest256.byteCount)])
    }

    func hasHash(ofPiecesIn file: File) -> Bool { file.pieceCount == 1 || layers[file.piecesRoot] != nil }

    /// The whole piece layer of a file, as digests.
    func pieceLayer(of file: File) -> [Digest256]? {
        guard let layer = layers[file.piecesRoot] else { return nil }
        return stride(from: layer.startIndex, to: layer.endIndex, by: Digest256.byteCount).compactMap {
            Digest256(layer[$0..<($0 + Digest256.byteCount)])
        }
    }
}
