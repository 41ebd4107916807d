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
    private(set) var have: PieceSet
    /// In bytes: of files found elsewhere.
    private(set) var reused: Int64 = 0

    /// Opens folder and record and finds out what is already there. May take as long as hashing all of it,
    /// and throws when it is told not to continue with that.
    ///
    /// What the record vouches for is believed where its files are still there and long enough; without a record, when
    /// the system went down since, and of files that were changed since, what is on disk is hashed.
    init(
        _ info: InfoDictionary, layers: [Digest256: ArraySlice<UInt8>], options: TorrentOptions,
        descriptors: DescriptorCache, shouldContinue: (Int64) -> Bool
    ) throws(StorageError) {
        let folder = try PayloadFolder(path: options.folder, creating: options.writes)
        payload = Payload(
            info, in: folder, root: options.root, descriptors: descriptors, allocation: options.allocation)
        try payload.settleNames(options.marksPartialFiles ? .marked : options.writes ? .plain : .asFound)
        resume = try Self.record(info, options, folder)
        let atStake = options.writes && !options.overwrites ? Self.filesAtStake(info, options) : []
        try payload.refuseLonger(among: atStake)
        let placed = Self.reuse(info, layers, options, payload, shouldContinue)
        let began = ResumeFile.timeOfFiles()
        let doubted = Self.doubtedFiles(payload, options, resume, placed)
        let check = PayloadCheck(info, layers: layers, payload: payload)
        let present = payload.presentPieces()
        have = PieceSet(pieceCount: info.layout.pieceCount)
        var isDoubted = [Bool](repeating: doubted == nil, count: present.count)
        for file in doubted ?? [] {
            for piece in info.layout.pieces(ofFile: file) { isDoubted[piece] = true }
        }
        if let resume, doubted != nil {
            let recorded = resume.bits
            for piece in present.indices where present[piece] && !isDoubted[piece] {
                if recorded[piece >> 3] & 0x80 >> UInt8(piece & 7) != 0 { have.insert(piece) }
            }
        }
        if isDoubted.contains(true) {
            let worthHashing = present.indices.map { present[$0] && isDoubted[$0] }
            // Throws when it is stopped: what was not looked at is not known to be wrong, and the record stays as it is.
            for piece in try check.rightPieces(among: worthHashing, shouldContinue: shouldContinue) {
                have.insert(piece)
            }
        }
        // Of a work that was begun before what is on disk is ours to mend.
        if resume.map({ $0.trust == ResumeFile.Trust.none }) ?? true {
            let have = have
            try payload.refuseForeign(among: atStake.filter { !placed.contains($0) }) { have.contains($0) }
        }
        if options.writes, options.overwrites { try payload.cutLonger() }
        if let resume {
            do throws(StorageError) {
                let isHeld = options.writes && resume.trust != .none
                try Self.update(resume, to: have, isNew: isHeld || isDoubted.contains(true))
                if !options.writes, resume.isAtWork {
                    // Nothing more is recorded, and it must not come to vouch for what others change from now on.
                    try resume.settle(asOf: began)
                    resume.rest()
                }
            } catch {
                // A seeder on a system that takes no writes checks again the next time.
                if options.writes { throw error }
            }
        }
        for file in placed where isWhole(file) { reused += info.layout.length(ofFile: file) }
        guard options.marksPartialFiles else { return }
        try payload.unmark(payload.partialFiles.filter(isWhole))
        try payload.markPartial((0..<payload.fileCount).filter { !isWhole($0) })
    }

    private static func update(
        _ resume: ResumeFile, to have: PieceSet, isNew: Bool
    ) throws(StorageError) {
        if isNew { try resume.renew() }
        let recorded = resume.bits
        for piece in 0..<have.pieceCount
        where (recorded[piece >> 3] & 0x80 >> UInt8(piece & 7) != 0) != have.contains(piece) {
            if have.contains(piece) {
                try resume.record(PieceIndex(piece))
            } else {
                try resume.clear(PieceIndex(piece))
            }
        }
    }

    var wholeFiles: Set<Int> { Set((0..<payload.fileCount).filter(isWhole)) }

    private func isWhole(_ file: Int) -> Bool {
        payload.layout.pieces(ofFile: file).allSatisfy { have.contains($0) }
    }

    /// Only who writes depends on the record; a seeder without one checks everything at each start.
    private static func record(
        _ info: InfoDictionary, _ options: TorrentOptions, _ folder: PayloadFolder
    ) throws(StorageError) -> ResumeFile? {
        guard let path = options.resumePath else { return nil }
        let location = ([folder.resolvedPath] + (options.root ?? [info.name])).joined(separator: "/")
        do throws(StorageError) {
            let resume = try ResumeFile(
                path: path, infoHashes: info.infoHashes, pieceCount: info.layout.pieceCount,
                location: location, opening: .forReading)
            // A new one is begun when it is known that nothing of somebody else's is in the way: a record says that what is
            // on disk is ours. One that was found is renewed when what it is doubted for has been looked at.
            if options.writes, resume.trust != .none { try resume.hold() }
            return resume
        } catch {
            if options.writes || error.reason == .inUse { throw error }
            return nil
        }
    }

    /// The files that are wanted, and those that share a piece with one.
    private static func filesAtStake(_ info: InfoDictionary, _ options: TorrentOptions) -> [Int] {
        let files = Array(info.files.indices)
        guard let priorities = options.priorities?(info) else { return files }
        var wanted = [Bool](repeating: false, count: info.layout.pieceCount)
        for file in files where priorities[file] != .skip {
            for piece in info.layout.pieces(ofFile: file) { wanted[piece] = true }
        }
        return files.filter { file in
            priorities[file] != .skip || info.layout.pieces(ofFile: file).contains { wanted[$0] }
        }
    }

    private static func reuse(
        _ info: InfoDictionary, _ layers: [Digest256: ArraySlice<UInt8>], _ options: TorrentOptions,
        _ payload: Payload, _ shouldContinue: (Int64) -> Bool
    ) -> [Int] {
        guard options.writes, !options.reuse.isEmpty, info.kind != .v1 else { return [] }
        let priorities = options.priorities?(info)
        let reuse = LocalReuse(
            info: info, payload: payload,
            isWanted: { index in
                guard let root = info.files.piecesRoot(of: index) else { return false }
                // Without its layer a file of several pieces could not be checked.
                let isProvable = info.layout.pieces(ofFile: index).count == 1 || layers[root] != nil
                return isProvable && priorities.map { $0[index] != .skip } ?? true
            })
        return reuse.run(in: options.reuse) { shouldContinue(0) }
    }

    /// The files for which nothing vouches; `nil` for all of them.
    private static func doubtedFiles(
        _ payload: Payload, _ options: TorrentOptions, _ resume: ResumeFile?, _ placed: [Int]
    ) -> [Int]? {
        guard let resume, resume.trust == .full, !options.rechecks else { return nil }
        return resume.changed(
            among: (0..<payload.fileCount).lazy.map { payload.placeOnDisk(ofFile: $0) }) + placed
    }
}
