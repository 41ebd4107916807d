// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import NIOCore
internal import SwardMerkle
package import SwardPrimitives
package import SwardWire

/// The tree that the last hash request was about, kept for the next.
struct TreeCache: Sendable {
    var file: Int
    var tree: PieceTree
}

/// Hashes of BEP 52 both ways.
extension Torrent {
    /// Hashes a peer may be sent at once, and per second after that.
    private static let hashBurst = 16_384
    private static let hashesPerSecond = 2048
    /// What is made of a tree costs this much less than what is sent of it.
    private static let hashesMadeForOneSent = 64
    /// Below the piece layer the disk is read: so many leaves at most, and so many requests of one peer at once.
    private static let maximumLeaves = 1024
    private static let maximumLeafReads = 4

    // MARK: Fetching

    mutating func askForLayers(_ actions: inout ActionQueue) {
        guard let content, layers?.isDone == false, gate.download else { return }
        let time = time
        for slot in connections.indices where connections[slot].isOpen && connections[slot].isV2 {
            let connection = connections[slot]
            let requests = layers?.requests(slot: slot, content: content, at: time) { index, range in
                let file = content.files[index]
                let first = file.firstPiece + range.index
                let last = min(first + range.length, file.firstPiece + file.pieceCount)
                return connection.hasAll || (first..<last).contains { connection.has($0) }
            }
            for request in requests ?? [] { send(.hashRequest(request), to: slot, &actions) }
        }
        scheduleSecond()
    }

    mutating func receivedHashes(
        _ slot: Int, _ request: HashRequest, _ bytes: ByteBuffer, _ actions: inout ActionQueue
    ) {
        var rest = bytes
        var hashes: [Digest256] = []
        hashes.reserveCapacity(bytes.readableBytes / Digest256.byteCount)
        while let slice = rest.readBytes(length: Digest256.byteCount), let hash = Digest256(slice) {
            hashes.append(hash)
        }
        if receivedLeaves(slot, request, hashes, &actions) { return }
        guard let content, let outcome = layers?.received(request, hashes, from: slot, content: content)
        else {
            // It may answer what we have given up waiting for.
            return
        }
        switch outcome {
        case .part: askForLayers(&actions)
        case .lie: close(slot, .lied, &actions)
        case .layer(let file, let layer):
            layerProved(file: file, layer, &actions)
            askForLayers(&actions)
        }
    }

    mutating func receivedHashReject(_ slot: Int, _ request: HashRequest, _ actions: inout ActionQueue) {
        if leavesRejected(slot, request, &actions) { return }
        let time = time
        guard let content,
            layers?.rejected(request, from: slot, content: content, at: time) == true
        else { return }
        askForLayers(&actions)
    }

    /// A layer is known and proved: its pieces may be asked for, and those that came before it must agree.
    mutating func layerProved(file index: Int, _ layer: [UInt8], _ actions: inout ActionQueue) {
        guard let root = content?.files[index].piecesRoot, content?.layers[root] == nil else { return }
        content?.layers[root] = layer[...]
        actions.append(.layerComplete(piecesRoot: root, layer))
        guard let content else { return }
        layers?.resolve(file: index)
        // The same bytes may be there twice.
        for file in content.files where file.piecesRoot == root {
            for piece in file.firstPiece..<(file.firstPiece + file.pieceCount) {
                if let node = unprovenNodes.removeValue(forKey: piece),
                    node != content.pieceHash(of: piece, in: file)
                {
                    return fail(.hybridConflict(PieceIndex(piece)), &actions)
                }
                if !content.isV1, have?.contains(piece) == false {
                    download?.picker.reopen(piece, chance: &chance)
                }
            }
        }
        if layers?.isDone ?? true {
            layers = nil
            if isDone { download = nil }
        }
        fillAll(&actions)
    }

    // MARK: Serving

    mutating func receivedHashRequest(_ slot: Int, _ request: HashRequest, _ actions: inout ActionQueue) {
        // Paid for before anything is looked up. An answer costs a message besides its hashes.
        guard takeHashTokens(slot, 16 + min(request.length, HashRange.maximumLength)) else {
            return overspent(slot, .hashReject(request), &actions)
        }
        guard gate.upload, let content, let file = content.fileIndex(ofRoot: request.piecesRoot),
            case let shape = content.shape(of: content.files[file]), request.range.isAnswerable(in: shape)
        else { return send(.hashReject(request), to: slot, &actions) }
        // A tree that is not at hand is made for this; whoever asks now for one file and now for another pays for each.
        let cost = min(shape.pieceCount / Self.hashesMadeForOneSent, Self.hashBurst / 4)
        if treeCache?.file != file, !takeHashTokens(slot, cost) {
            return overspent(slot, .hashReject(request), &actions)
        }
        guard let tree = tree(ofRoot: request.piecesRoot) else {
            return send(.hashReject(request), to: slot, &actions)
        }
        if request.baseLayer >= min(shape.pieceLayer, shape.height) {
            return answer(request, tree.hashes(for: request.range) { _ in nil }, to: slot, &actions)
        }
        guard let pieces = piecesToRead(for: request, shape: shape), !connections[slot].weChoke,
            connections[slot].leafReads < Self.maximumLeafReads
        else { return send(.hashReject(request), to: slot, &actions) }
        connections[slot].leafReads += 1
        actions.append(.readLeaves(id(of: slot), request, pieces: pieces))
    }

    private mutating func takeHashTokens(_ slot: Int, _ count: Int) -> Bool {
        if connections[slot].hashBucket == nil {
            connections[slot].hashBucket = TokenBucket(
                capacity: Self.hashBurst, perSecond: Self.hashesPerSecond, at: time)
        }
        let time = time
        return connections[slot].hashBucket?.take(count, at: time) ?? false
    }

    private mutating func tree(ofRoot root: Digest256) -> PieceTree? {
        guard let content, let index = content.fileIndex(ofRoot: root) else { return nil }
        if let treeCache, treeCache.file == index { return treeCache.tree }
        let file = content.files[index]
        let layer = file.pieceCount == 1 ? [] : content.pieceLayer(of: file)
        guard let layer,
            let tree = PieceTree(shape: content.shape(of: file), root: root, pieceLayer: layer)
        else { return nil }
        treeCache = TreeCache(file: index, tree: tree)
        return tree
    }

    /// The pieces that a request below the piece layer touches, when all are ours and few enough.
    private func piecesToRead(for request: HashRequest, shape: TreeShape) -> Range<Int>? {
        guard let content, let have, let index = content.fileIndex(ofRoot: request.piecesRoot) else {
            return nil
        }
        let top = min(shape.pieceLayer, shape.height)
        let first = (request.index << request.baseLayer) >> top
        let last = ((request.index + request.length) << request.baseLayer - 1) >> top
        let end = min(last, shape.pieceCount - 1)
        guard first <= end, (end - first + 1) << top <= Self.maximumLeaves else { return nil }
        let base = content.files[index].firstPiece
        let pieces = (base + first)..<(base + end + 1)
        return pieces.allSatisfy(have.contains) ? pieces : nil
    }

    /// - Parameter leaves: `nil` when the pieces could not be read.
    package mutating func leavesRead(
        _ request: HashRequest, for id: ConnectionID, leaves: [Digest256]?, at now: Instant,
        into actions: inout ActionQueue
    ) {
        advance(to: now)
        guard let slot = slot(of: id) else { return }
        connections[slot].leafReads -= 1
        guard gate.upload, let leaves, let tree = tree(ofRoot: request.piecesRoot),
            let pieces = piecesToRead(for: request, shape: tree.shape), let content
        else { return send(.hashReject(request), to: slot, &actions) }
        let base = content.files[content.fileIndex(of: pieces.lowerBound)].firstPiece
        let first = tree.shape.leaves(ofPiece: pieces.lowerBound - base).lowerBound
        let hashes = tree.hashes(for: request.range) { piece in
            let range = tree.shape.leaves(ofPiece: piece)
            let local = (range.lowerBound - first)..<(range.upperBound - first)
            return leaves.indices.contains(local.upperBound - 1) && local.lowerBound >= 0
                ? Array(leaves[local]) : nil
        }
        answer(request, hashes, to: slot, &actions)
    }

    private mutating func answer(
        _ request: HashRequest, _ hashes: [Digest256]?, to slot: Int, _ actions: inout ActionQueue
    ) {
        guard let hashes else { return send(.hashReject(request), to: slot, &actions) }
        var bytes = ByteBuffer()
        bytes.reserveCapacity(hashes.count * Digest256.byteCount)
        for hash in hashes { unsafe hash.withBytes { unsafe _ = bytes.writeBytes($0) } }
        send(.hashes(request, bytes), to: slot, &actions)
    }
}
