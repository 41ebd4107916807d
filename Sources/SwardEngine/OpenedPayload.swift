// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardMerkle
import SwardMetainfo
import SwardPrimitives
import SwardStorage
import SwardSwarm

/// A torrent's files, opened, and what of them is known to be right.
struct OpenedPayload: Sendable {
    let payload: Payload
    let resume: ResumeFile?
    let have: PieceSet

    /// Opens folder and record and finds out what is already there. May take as long as hashing all of it.
    ///
    /// What the record vouches for is believed where its files are still there and long enough; without a record, or
    /// when the system went down since, what is on disk is hashed.
    init(
        _ info: InfoDictionary, layers: [Digest256: ArraySlice<UInt8>], options: TorrentOptions,
        descriptors: DescriptorCache
    ) throws(StorageError) {
        let folder = try PayloadFolder(path: options.folder, creating: options.writes)
        let payload = Payload(
            info, in: folder, root: options.root, descriptors: descriptors, allocation: options.allocation)
        let pieceCount = info.layout.pieceCount
        var resume: ResumeFile?
        if let path = options.resumePath {
            let location = ([folder.resolvedPath] + (options.root ?? [info.name])).joined(separator: "/")
            resume = try ResumeFile(
                path: path, infoHashes: info.infoHashes, pieceCount: pieceCount, location: location)
        }
        let present = payload.presentPieces()
        var have = PieceSet(pieceCount: pieceCount)
        if let resume, resume.trust == .full, !options.rechecks {
            for piece in 0..<pieceCount where resume.isRecorded(PieceIndex(piece)) {
                if present[piece] { have.insert(piece) } else { try resume.clear(PieceIndex(piece)) }
            }
        } else {
            let right = payload.verify(present.indices.filter { present[$0] }, of: info, layers: layers)
            for piece in right { have.insert(piece) }
            if let resume {
                for piece in 0..<pieceCount where resume.isRecorded(PieceIndex(piece)) != have.contains(piece)
                {
                    if have.contains(piece) {
                        try resume.record(PieceIndex(piece))
                    } else {
                        try resume.clear(PieceIndex(piece))
                    }
                }
            }
        }
        self.payload = payload
        self.resume = resume
        self.have = have
    }
}

extension Payload {
    /// For each piece, whether the files it lies in are there and reach past its end.
    func presentPieces() -> [Bool] {
        let lengths = lengthsOnDisk()
        var present = [Bool](repeating: true, count: layout.pieceCount)
        for file in 0..<fileCount where layout.length(ofFile: file) > 0 {
            let length = lengths[file] ?? 0
            guard length < layout.length(ofFile: file) else { continue }
            for piece in layout.pieces(ofFile: file) where present[piece] {
                layout.forEachSegment(
                    of: PieceIndex(piece), begin: 0, length: layout.length(of: PieceIndex(piece))
                ) { segment in
                    guard segment.file == file else { return }
                    if segment.fileOffset + Int64(segment.length) > length { present[piece] = false }
                }
            }
        }
        return present
    }

    /// Hashes `pieces` as they lie on disk.
    ///
    /// - Returns: Those that are right by every hash the torrent has for them. A v2 piece whose layer is not known is
    ///   right when the layer made from the whole file on disk reduces to the file's root.
    func verify(_ pieces: [Int], of info: InfoDictionary, layers: [Digest256: ArraySlice<UInt8>]) -> [Int] {
        var right = Set(pieces)
        if info.kind != .v1 {
            right.formIntersection(piecesRightByRoot(right, of: info, layers: layers))
        }
        if info.kind != .v2 {
            let candidates = right.sorted().map { PieceIndex($0) }
            for (piece, digest) in zip(candidates, sha1(of: candidates)) {
                if (try? digest.get()) != info.v1Hash(of: piece) { right.remove(piece.rawValue) }
            }
        }
        return right.sorted()
    }

    private func piecesRightByRoot(
        _ present: Set<Int>, of info: InfoDictionary, layers: [Digest256: ArraySlice<UInt8>]
    ) -> Set<Int> {
        var right: Set<Int> = []
        for (index, entry) in info.files.enumerated() {
            guard let root = entry.piecesRoot,
                let shape = TreeShape(length: entry.length, pieceLength: info.pieceLength)
            else { continue }
            let pieces = layout.pieces(ofFile: index)
            var hashes: [Int: Digest256] = [:]
            for piece in pieces where present.contains(piece) {
                // One that cannot be read is not right.
                guard let leaves = try? leaves(of: piece..<(piece + 1)) else { continue }
                hashes[piece] = MerkleTree.pieceHash(leaves: leaves, shape: shape)
            }
            if pieces.count == 1 {
                if hashes[pieces.lowerBound] == root { right.insert(pieces.lowerBound) }
            } else if let layer = layers[root] {
                for (piece, hash) in hashes {
                    let start = layer.startIndex + (piece - pieces.lowerBound) * Digest256.byteCount
                    if Digest256(layer[start..<(start + Digest256.byteCount)]) == hash { right.insert(piece) }
                }
            } else if hashes.count == pieces.count,
                MerkleTree.root(pieceLayer: pieces.compactMap { hashes[$0] }, shape: shape) == root
            {
                right.formUnion(pieces)
            }
        }
        return right
    }
}
