// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
import SwardMerkle
import SwardMetainfo
import SwardPrimitives
import SwardStorage

/// Finds out which pieces of a payload lie right on disk.
struct PayloadCheck {
    private let info: InfoDictionary
    private let layers: [Digest256: ArraySlice<UInt8>]
    private let payload: Payload
    private var layout: PieceLayout { info.layout }

    init(_ info: InfoDictionary, layers: [Digest256: ArraySlice<UInt8>], payload: Payload) {
        self.info = info
        self.layers = layers
        self.payload = payload
    }

    /// - Parameters:
    ///   - present: for each piece, whether its bytes are all there.
    ///   - shouldContinue: told now and then how many bytes are hashed; `false` ends the check.
    /// - Returns: Those that are right by every hash the torrent has for them. A v2 piece whose layer is not known is
    ///   right when the layer made from the whole file on disk reduces to the file's root.
    /// - Throws: only when it was ended before it had looked at everything.
    func rightPieces(
        among present: [Bool], shouldContinue: (Int64) -> Bool
    ) throws(StorageError) -> [Int] {
        // All cores at once, but only over whole files; what is left of others goes piece by piece.
        if present.allSatisfy({ $0 }), let hashed = try hashEverything(shouldContinue) {
            return right(in: hashed)
        }
        return try checkOneByOne(present.indices.filter { present[$0] }, shouldContinue)
    }

    private var ended: StorageError {
        StorageError(.system(.read, code: ECANCELED), at: payload.folder.path)
    }

    // MARK: All files at once

    /// The files that have bytes: neither empty ones nor links.
    private var solidFiles: [Int] { (0..<layout.fileCount).filter { layout.length(ofFile: $0) > 0 } }

    /// - Returns: `nil` where one of them cannot be read.
    private func hashEverything(_ shouldContinue: (Int64) -> Bool) throws(StorageError) -> HashedFiles? {
        let files = solidFiles
        let kind: HashLayout.Kind =
            switch info.kind {
            case .v1: .v1
            case .v2: .v2
            case .hybrid: .hybrid
            }
        let hashLayout = HashLayout(
            kind: kind, pieceLength: layout.pieceLength,
            files: files.map {
                HashedFile(path: "", length: layout.length(ofFile: $0), offset: layout.start(ofFile: $0))
            }, totalLength: layout.paddedLength)
        let payload = payload
        let hasher = FileHasher(hashLayout, openFile: { payload.duplicateDescriptor(ofFile: files[$0]) })
        do throws(FileHashError) { return try hasher.run(shouldContinue: shouldContinue) } catch {
            if error == .cancelled { throw ended }
            return nil
        }
    }

    private func right(in hashed: HashedFiles) -> [Int] {
        var right = Set(layout.pieces)
        if info.kind != .v1 {
            for (place, file) in solidFiles.enumerated() {
                let pieces = layout.pieces(ofFile: file)
                guard let root = info.files[file].piecesRoot else { continue }
                let tree = hashed.trees[place]
                if tree.root == root { continue }
                guard let layer = layers[root], layer.count == tree.pieceLayer.count else {
                    right.subtract(pieces)
                    continue
                }
                for piece in pieces {
                    let start = (piece - pieces.lowerBound) * Digest256.byteCount
                    let mine = tree.pieceLayer[start..<(start + Digest256.byteCount)]
                    if !layer.dropFirst(start).prefix(Digest256.byteCount).elementsEqual(mine) {
                        right.remove(piece)
                    }
                }
                // One piece, no layer: the root alone says.
                if tree.pieceLayer.isEmpty { right.subtract(pieces) }
            }
        }
        if info.kind != .v2 {
            for piece in layout.pieces {
                let start = piece * Digest160.byteCount
                let mine = Digest160(hashed.pieces[start..<(start + Digest160.byteCount)])
                if mine != info.v1Hash(of: PieceIndex(piece)) { right.remove(piece) }
            }
        }
        return right.sorted()
    }

    // MARK: Piece by piece

    private func checkOneByOne(
        _ pieces: [Int], _ shouldContinue: (Int64) -> Bool
    ) throws(StorageError) -> [Int] {
        var right = Set(pieces)
        var done: Int64 = 0
        if info.kind != .v1 {
            right.formIntersection(try piecesRightByRoot(right, &done, shouldContinue))
        }
        if info.kind != .v2 {
            var rest = right.sorted()[...]
            while !rest.isEmpty {
                let group = rest.prefix(Payload.checkLanes).map { PieceIndex($0) }
                rest = rest.dropFirst(group.count)
                for (piece, digest) in zip(group, payload.sha1(of: group)) {
                    if (try? digest.get()) != info.v1Hash(of: piece) { right.remove(piece.rawValue) }
                    done += Int64(layout.pieceLength)
                }
                guard shouldContinue(done) else { throw ended }
            }
        }
        return right.sorted()
    }

    private func piecesRightByRoot(
        _ present: Set<Int>, _ done: inout Int64, _ shouldContinue: (Int64) -> Bool
    ) throws(StorageError) -> Set<Int> {
        var right: Set<Int> = []
        for index in solidFiles {
            guard let root = info.files[index].piecesRoot,
                let shape = TreeShape(length: layout.length(ofFile: index), pieceLength: info.pieceLength)
            else { continue }
            let pieces = layout.pieces(ofFile: index)
            var hashes: [Int: Digest256] = [:]
            for piece in pieces where present.contains(piece) {
                // One that cannot be read is not right.
                guard let leaves = try? payload.leaves(of: piece..<(piece + 1)) else { continue }
                hashes[piece] = MerkleTree.pieceHash(leaves: leaves, shape: shape)
                done += Int64(layout.length(of: PieceIndex(piece)))
                guard shouldContinue(done) else { throw ended }
            }
            if pieces.count == 1 {
                if hashes[pieces.lowerBound] == root { right.insert(pieces.lowerBound) }
            } else if let layer = layers[root] {
                for (piece, hash) in hashes {
                    let start = (piece - pieces.lowerBound) * Digest256.byteCount
                    if Digest256(layer.dropFirst(start).prefix(Digest256.byteCount)) == hash {
                        right.insert(piece)
                    }
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

extension Payload {
    /// For each piece, whether the files it lies in are there and reach past its end.
    func presentPieces() -> [Bool] {
        let lengths = lengthsOnDisk()
        var present = [Bool](repeating: true, count: layout.pieceCount)
        for file in 0..<fileCount where layout.length(ofFile: file) > 0 {
            let length = lengths[file] ?? 0
            guard length < layout.length(ofFile: file) else { continue }
            for piece in layout.pieces(ofFile: file) where present[piece] {
                let index = PieceIndex(piece)
                layout.forEachSegment(of: index, begin: 0, length: layout.length(of: index)) { segment in
                    guard segment.file == file else { return }
                    if segment.fileOffset + Int64(segment.length) > length { present[piece] = false }
                }
            }
        }
        return present
    }
}
