// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardMetainfo
import SwardPrimitives
import SwardStorage
import SwardSwarm

/// A torrent's files, opened, and what of them is known to be right.
struct OpenedPayload: Sendable {
    let payload: Payload
    let resume: ResumeFile?
    let have: PieceSet
    /// In bytes: of files found elsewhere.
    private(set) var reused: Int64 = 0

    /// Opens folder and record and finds out what is already there. May take as long as hashing all of it.
    ///
    /// What the record vouches for is believed where its files are still there and long enough; without a record, when
    /// the system went down since, or when a seeder's files were changed since, what is on disk is hashed.
    init(
        _ info: InfoDictionary, layers: [Digest256: ArraySlice<UInt8>], options: TorrentOptions,
        descriptors: DescriptorCache, shouldContinue: (Int64) -> Bool
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
        var placed: [Int] = []
        if options.writes, !options.reuse.isEmpty, info.kind != .v1 {
            let priorities = options.priorities?(info)
            let reuse = LocalReuse(
                info: info, payload: payload,
                isWanted: { index in
                    guard let root = info.files.piecesRoot(of: index) else { return false }
                    // Without its layer a file of several pieces could not be checked.
                    let isProvable = info.layout.pieces(ofFile: index).count == 1 || layers[root] != nil
                    return isProvable && priorities.map { $0[index] != .skip } ?? true
                })
            placed = reuse.run(in: options.reuse) { shouldContinue(0) }
        }
        let present = payload.presentPieces()
        var have = PieceSet(pieceCount: pieceCount)
        // Whoever fetches writes the files itself; those of a seeder lie open to everyone.
        let isOutdated =
            !options.writes
            && resume?.isOlder(
                than: info.files.indices.lazy.map { index in
                    let base = options.root ?? (info.isSingleFile ? [] : [info.name])
                    return ([folder.resolvedPath] + base + info.files.path(of: index)).joined(separator: "/")
                }) ?? true
        if let resume, resume.trust == .full, !options.rechecks, !isOutdated {
            for piece in 0..<pieceCount where resume.isRecorded(PieceIndex(piece)) {
                if present[piece] { have.insert(piece) } else { try resume.clear(PieceIndex(piece)) }
            }
            if !placed.isEmpty {
                var isNew = [Bool](repeating: false, count: pieceCount)
                for file in placed { for piece in info.layout.pieces(ofFile: file) { isNew[piece] = true } }
                let check = PayloadCheck(info, layers: layers, payload: payload)
                for piece in check.rightPieces(among: isNew, shouldContinue: shouldContinue)
                where have.insert(piece) {
                    try resume.record(PieceIndex(piece))
                }
            }
        } else {
            let check = PayloadCheck(info, layers: layers, payload: payload)
            for piece in check.rightPieces(among: present, shouldContinue: shouldContinue) {
                have.insert(piece)
            }
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
        for file in placed
        where info.layout.pieces(ofFile: file).allSatisfy({ have.contains($0) }) {
            reused += info.layout.length(ofFile: file)
        }
        self.payload = payload
        self.resume = resume
        self.have = have
    }
}
