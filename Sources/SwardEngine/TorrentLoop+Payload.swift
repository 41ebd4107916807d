// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
import NIOCore
import SwardMerkle
import SwardMetainfo
import SwardPrimitives
import SwardStorage
import SwardSwarm
import SwardWire

/// Metadata, judgement, files, and the end.
extension TorrentLoop {
    // MARK: Metadata, judgement, payload

    /// Judges the work and, if any of it may move, opens its files. Until that is done no payload is asked for.
    func accept(_ info: InfoDictionary, layers: [Digest256: ArraySlice<UInt8>]) {
        self.info = info
        isOpening = true
        knownLayers = Set(layers.keys)
        emit(.metadataReceived(info))
        // Layers that an earlier run of this magnet fetched: whoever listens now has none of them.
        if isMagnet { for (root, layer) in layers { emit(.layerReceived(piecesRoot: root, Array(layer))) } }
        let judge = judge
        let known = metadata
        let keepsMetadata = isMagnet
        let options = options
        let environment = environment
        let loopBound = NIOLoopBound(self, eventLoop: loop)
        let loop = loop
        let cancellation = cancellation
        let events = events
        let total = info.layout.totalLength
        let progress: @Sendable (Int64) -> Bool = { done in
            events.yield(.checking(done: done, total: total))
            return !cancellation.isCancelled
        }
        environment.pool.submit {
            var judgement = judge(info)
            events.yield(.judged(judgement))
            let moves = judgement.permissions.download || judgement.permissions.upload
            let opened: Result<OpenedPayload, StorageError>? =
                moves
                ? Result { () throws(StorageError) in
                    try OpenedPayload(
                        info, layers: layers, options: options, descriptors: environment.descriptors,
                        shouldContinue: progress)
                } : nil
            if judgement.permissions.upload, case .success(let payload) = opened,
                let examined = options.examine?(info, payload.wholeFiles)
            {
                judgement = examined
                events.yield(.judged(judgement))
            }
            var metadata: MetadataRecord?
            if keepsMetadata, case .success = opened {
                metadata = known ?? options.metadataPath.flatMap { try? MetadataRecord(path: $0) }
                // Without it the next run asks peers again; that is no reason to fail this one.
                if metadata?.info != info.bytes { try? metadata?.restart(info: info.bytes) }
            }
            loop.execute { [metadata, judgement] in
                let me = loopBound.value
                guard !me.isStopped else { return }
                me.metadata = metadata
                me.opened(info, layers: layers, judgement, opened)
                me.endOfTick()
            }
        }
    }

    func opened(
        _ info: InfoDictionary, layers: [Digest256: ArraySlice<UInt8>], _ first: Judgement,
        _ opened: Result<OpenedPayload, StorageError>?
    ) {
        isOpening = false
        let judgement = overruling ?? first
        // Told again, as the first may have been told after it.
        if overruling != nil { emit(.judged(judgement)) }
        overruling = nil
        self.judgement = judgement
        var have: PieceSet?
        switch opened {
        case .failure(let error): return fail(.storage(error))
        case .success(let opened):
            have = opened.have
            if opened.reused > 0 { emit(.reused(opened.reused)) }
            attach(opened)
        case nil: break
        }
        if !options.writes {
            // What differs from the torrent may be its owner's own work, and is not for peers to replace.
            core.setWishes(.none(ofPieces: info.layout.pieceCount), at: .now, into: &actions)
        } else if let priorities = options.priorities?(info) {
            core.setWishes(PieceWishes(info.layout, priorities), at: .now, into: &actions)
        }
        core.setContent(Content(info, layers: layers), have: have, at: .now, into: &actions)
        core.setGate(permissions, at: .now, into: &actions)
        emit(.checked(core.snapshot(at: .now)))
        register(info.infoHashes)
        updateAnnouncing()
        found(options.peers, source: .user)
        updateWebSeeds()
    }

    func register(_ hashes: InfoHashes) {
        environment.register(hashes, for: NIOLoopBound(self, eventLoop: loop), on: loop)
    }

    /// The operator or a scan of the payload has come to another judgement.
    func setJudgement(_ judgement: Judgement) {
        if rest != nil { return wake { [self] in setJudgement(judgement) } }
        self.judgement = judgement
        if isOpening { overruling = judgement }
        emit(.judged(judgement))
        core.setGate(permissions, at: .now, into: &actions)
        updateAnnouncing()
        updateWebSeeds()
        perform()
        endOfTick()
    }

    /// Without files open nothing can be served or written, whatever was judged.
    private var permissions: GatePermissions { disk == nil ? .shut : judgement?.permissions ?? .shut }

    func attach(_ opened: OpenedPayload) {
        let disk = DiskQueue(
            pool: environment.pool, loop: loop, payload: opened.payload, resume: opened.resume)
        disk.isMoreComing = { [weak self] in self?.core.isMoreComing ?? false }
        disk.didWrite = { [weak self] in self?.wrote($0) }
        disk.didCheck = { [weak self] in self?.checked($0, $1) }
        disk.didFail = { [weak self] in self?.fail(.storage($0)) }
        self.disk = disk
        for file in opened.payload.partialFiles {
            partialFiles[file] = opened.payload.layout.pieces(ofFile: file).count {
                !opened.have.contains($0)
            }
        }
    }

    // MARK: Names of partial files

    func pieceCompleted(_ piece: PieceIndex) {
        guard let disk else { return }
        disk.record(piece)
        guard !partialFiles.isEmpty else { return }
        let layout = disk.payload.layout
        var whole: [Int] = []
        layout.forEachSegment(of: piece, begin: 0, length: layout.length(of: piece)) { segment in
            guard let file = segment.file, let missing = partialFiles[file] else { return }
            partialFiles[file] = missing > 1 ? missing - 1 : nil
            if missing == 1 { whole.append(file) }
        }
        guard !whole.isEmpty else { return }
        let payload = disk.payload
        disk.run({ [whole] in Result { () throws(StorageError) in try payload.unmark(whole) } }) {
            [self] result in
            if case .failure(let error) = result { fail(.storage(error)) }
        }
    }

    // MARK: Metadata of a magnet

    /// Takes up what an earlier run learnt of this magnet; `done` is told whether that was enough.
    func recallMetadata(_ done: @escaping (Bool) -> Void) {
        guard let path = options.metadataPath else { return done(false) }
        let me = NIOLoopBound(self, eventLoop: loop)
        let done = NIOLoopBound(done, eventLoop: loop)
        let hashes = core.infoHashes
        let loop = loop
        environment.pool.submit {
            var recalled: (MetadataRecord, InfoDictionary, [Digest256: ArraySlice<UInt8>])?
            if access(path, R_OK) == 0, let record = try? MetadataRecord(path: path), let bytes = record.info,
                let info = try? InfoDictionary.parse(bytes), info.infoHashes.agrees(with: hashes)
            {
                recalled = (record, info, Self.proved(record.layers, of: info))
            }
            loop.execute { [recalled] in
                let me = me.value
                guard !me.isStopped else { return }
                if let (record, info, layers) = recalled {
                    me.metadata = record
                    me.accept(info, layers: layers)
                }
                done.value(recalled != nil)
            }
        }
    }

    /// Those of `layers` that reduce to the root of a file of theirs.
    private static func proved(
        _ layers: [Digest256: ArraySlice<UInt8>], of info: InfoDictionary
    ) -> [Digest256: ArraySlice<UInt8>] {
        guard info.kind != .v1 else { return [:] }
        var proved: [Digest256: ArraySlice<UInt8>] = [:]
        for index in info.files.indices {
            guard let root = info.files.piecesRoot(of: index), let layer = layers[root],
                let checked = try? PieceLayer(
                    layer, root: root, fileLength: info.layout.length(ofFile: index),
                    pieceLength: info.pieceLength)
            else { continue }
            proved[root] = checked.bytes
        }
        return proved
    }

    func layerCompleted(_ root: Digest256, _ layer: [UInt8]) {
        knownLayers.insert(root)
        emit(.layerReceived(piecesRoot: root, layer))
        guard let metadata, let disk else { return }
        disk.run({ try? metadata.append(layer: layer, of: root) }) { _ in }
    }

    func parse(_ bytes: [UInt8]) {
        guard info == nil else { return }
        let me = NIOLoopBound(self, eventLoop: loop)
        let loop = loop
        // Up to 32 MiB of bencode: not on the loop.
        environment.pool.submit {
            let parsed = Result { () throws(MetainfoError) in try InfoDictionary.parse(bytes) }
            loop.execute {
                let me = me.value
                guard !me.isStopped else { return }
                switch parsed {
                case .success(let info): me.accept(info, layers: [:])
                case .failure(let error): me.fail(.metadata(error))
                }
                me.endOfTick()
            }
        }
    }

    // MARK: Events of the disk

    func wrote(_ results: [BlockWriteResult]) {
        let now = ContinuousClock.now
        if results.contains(where: { $0.error == nil }) { diskPatience.didWrite() }
        for result in results {
            if let error = result.error, error.isOutOfSpace {
                core.writePostponed(result.request, at: now, into: &actions)
                holdUp(error)
            } else if let error = result.error {
                fail(.storage(error))
                core.writeFailed(result.request, at: now, into: &actions)
            } else {
                core.blockWritten(
                    result.request, leaf: result.leaf, sha1: result.pieceSHA1, at: now, into: &actions)
            }
        }
        perform()
        endOfTick()
    }

    /// A disk that is full is tried again now and then; until then nothing is asked for.
    private func holdUp(_ error: StorageError) {
        guard !isHeldUp, !isStopped else { return }
        isHeldUp = true
        diskPatience.didFail()
        emit(.heldUp(error))
        core.setHeldUp(true, at: .now, into: &actions)
        tryDiskAgain()
    }

    private func tryDiskAgain() {
        let me = NIOLoopBound(self, eventLoop: loop)
        loop.scheduleTask(in: diskPatience.pause) {
            let me = me.value
            guard !me.isStopped, let disk = me.disk else { return }
            let payload = disk.payload
            disk.run({ payload.hasRoom }) { hasRoom in
                guard hasRoom else { return me.tryDiskAgain() }
                me.isHeldUp = false
                me.diskPatience.didResume()
                me.emit(.resumed)
                me.core.setHeldUp(false, at: .now, into: &me.actions)
                me.updateWebSeeds()
                me.perform()
                me.endOfTick()
            }
        }
    }

    func checked(_ pieces: [PieceIndex], _ digests: [Payload.PieceDigest]) {
        let now = ContinuousClock.now
        for (piece, digest) in zip(pieces, digests) {
            core.pieceChecked(piece, sha1: try? digest.get(), at: now, into: &actions)
        }
        perform()
        endOfTick()
    }

    func digest(_ piece: PieceIndex) {
        guard let disk else { return }
        let payload = disk.payload
        disk.run({ try? payload.leaves(of: piece.rawValue..<(piece.rawValue + 1)) }) { [self] digests in
            core.blocksDigested(piece, digests: digests, at: .now, into: &actions)
            perform()
            endOfTick()
        }
    }

    // MARK: Completion

    func finish() {
        guard !isFinishing, let disk, let info, options.writes || core.isComplete else { return }
        isFinishing = true
        // `complete` means written: it waits for every write and every resume bit.
        disk.whenWritten { [self] in
            let payload = disk.payload
            let options = options
            let known = knownLayers
            let isWhole = core.isComplete
            disk.run({ () -> Result<[Digest256: [UInt8]], TorrentProblem> in
                do throws(StorageError) {
                    if options.writes {
                        if isWhole { try payload.finish() }
                        if options.synchronizes { try payload.synchronize() }
                    }
                    // Of a part the layers cannot be worked out; peers have told those that were needed.
                    return .success(isWhole ? try payload.layers(of: info, without: known) : [:])
                } catch {
                    return .failure(.storage(error))
                }
            }) { [self] result in
                isFinishing = false
                guard !isStopped else { return }
                switch result {
                case .failure(let problem): return fail(problem)
                case .success(let layers): for (root, layer) in layers { layerCompleted(root, layer) }
                }
                announcer?.completed()
                updateAnnouncing()
                emit(.complete(core.snapshot(at: .now)))
                restAtOnce()
            }
        }
    }
}

extension Payload {
    /// The piece layers of a whole payload's files that are not `known`: a magnet may be complete by SHA-1, or by an
    /// earlier run's record, before peers have told all of them. One that does not reduce to its root is left out.
    fileprivate func layers(
        of info: InfoDictionary, without known: Set<Digest256>
    ) throws(StorageError) -> [Digest256: [UInt8]] {
        guard info.kind != .v1 else { return [:] }
        var layers: [Digest256: [UInt8]] = [:]
        for index in info.files.indices {
            guard let root = info.files.piecesRoot(of: index), !known.contains(root), layers[root] == nil,
                let shape = TreeShape(length: layout.length(ofFile: index), pieceLength: info.pieceLength),
                shape.hasPieceLayer
            else { continue }
            var layer: [Digest256] = []
            for piece in layout.pieces(ofFile: index) {
                layer.append(MerkleTree.pieceHash(leaves: try leaves(of: piece..<(piece + 1)), shape: shape))
            }
            if MerkleTree.root(pieceLayer: layer, shape: shape) == root {
                layers[root] = layer.flatMap(\.bytes)
            }
        }
        return layers
    }
}
