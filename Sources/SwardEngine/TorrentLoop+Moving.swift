// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import SwardMetainfo
import SwardPrimitives
import SwardStorage
import SwardSwarm

/// Moving the files of a torrent that is served.
extension TorrentLoop {
    func move(
        to path: String, resumePath: String?, _ done: @escaping (Result<Void, StorageError>) -> Void
    ) {
        guard let disk, let info, core.isComplete, !isStopped, !isMoving else {
            return done(.failure(StorageError(.inUse, at: path)))
        }
        isMoving = true
        let (payload, former) = (disk.payload, disk.resume)
        let root = options.root ?? [info.name]
        disk.run({ () -> Result<(Payload, ResumeFile?), StorageError> in
            Result { () throws(StorageError) in
                let folder = try PayloadFolder(path: path, creating: true)
                guard folder.resolvedPath != payload.folder.resolvedPath else { return (payload, former) }
                let target = payload.moved(to: folder)
                try payload.duplicate(to: target)
                guard let resumePath else { return (target, nil) }
                let resume = try ResumeFile(
                    path: resumePath, infoHashes: info.infoHashes, pieceCount: info.layout.pieceCount,
                    location: ([folder.resolvedPath] + root).joined(separator: "/"))
                for piece in info.layout.pieces { try resume.record(PieceIndex(piece)) }
                try resume.settle()
                return (target, resume)
            }
        }) { [self] result in
            switch result {
            case .failure(let error):
                isMoving = false
                done(.failure(error))
            case .success((let target, _)) where target === payload:
                isMoving = false
                done(.success(()))
            case .success((let target, let resume)):
                disk.move(to: target, resume)
                leave(payload, former, disk) { done(.success(())) }
            }
        }
    }

    /// Gives up the places that nobody reads any more. Until then nothing new is read, and for as long as that takes.
    private func leave(
        _ payload: Payload, _ record: ResumeFile?, _ disk: DiskQueue, _ done: @escaping () -> Void
    ) {
        isLeavingFolder = true
        disk.whenIdle {
            let resume = disk.resume
            disk.run({
                payload.removeFiles()
                try? record?.remove()
                // The names that went away changed the files; the record is to be younger than that.
                try? resume?.settle()
            }) { [self] in
                isMoving = false
                isLeavingFolder = false
                for link in links { if let link { upload(link) } }
                done()
                endOfTick()
            }
        }
    }
}
