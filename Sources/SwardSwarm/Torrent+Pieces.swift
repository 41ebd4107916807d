// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import NIOCore
internal import SwardMerkle
package import SwardPrimitives
internal import SwardWire

/// Blocks that come, and pieces that are proved.
extension Torrent {
    // MARK: From the peer

    mutating func receivedBlock(
        _ slot: Int, _ piece: Int, _ begin: Int, _ payload: ByteBuffer, _ actions: inout ActionQueue
    ) {
        let length = payload.readableBytes
        let block = begin / blockLength
        guard piece < content?.pieceCount ?? 0, begin % blockLength == 0 else {
            return offend(slot, .badBlock(message: 7, piece: piece, begin: begin, length: length), &actions)
        }
        guard
            let entry = connections[slot].ledger.remove(
                piece: UInt32(truncatingIfNeeded: piece), block: UInt32(truncatingIfNeeded: block))
        else {
            // Without the fast extension it may have crossed our cancel or their choke.
            if connections[slot].isFast { return offend(slot, .unsolicited(message: 7), &actions) }
            wasted += Int64(length)
            return
        }
        if !entry.isReleased { liveRequests -= 1 }
        connections[slot].didReceiveBlock(length, askedAt: entry.sentAt, at: time)
        down.add(length, at: time)
        guard gate.download, let partial = download?.slot(of: piece), partial >= 0 else {
            wasted += Int64(length)
            return fill(slot, &actions)
        }
        guard length == download?.partials.blockLength(partial, block) else {
            if !entry.isReleased { download?.partials.release(partial, block) }
            return offend(slot, .badBlock(message: 7, piece: piece, begin: begin, length: length), &actions)
        }
        let source = UInt32(truncatingIfNeeded: connections[slot].peer)
        guard let requesters = download?.partials.receive(partial, block, from: source) else {
            wasted += Int64(length)
            return fill(slot, &actions)
        }
        unwritten += length
        actions.append(
            .write(BlockRequest(piece: PieceIndex(piece), begin: begin, length: length), payload))
        if requesters > (entry.isReleased ? 0 : 1) {
            cancelElsewhere(entry.piece, entry.block, except: slot, &actions)
        }
        fill(slot, &actions)
    }

    // MARK: From the disk

    /// - Parameters:
    ///   - leaf: SHA-256 of the block's file bytes (no pads); `nil` for v1.
    ///   - sha1: of the whole piece, where it was hashed on its way to the disk and this is the last of its blocks.
    package mutating func blockWritten(
        _ block: BlockRequest, leaf: Digest256?, sha1: Digest160? = nil, at now: Instant,
        into actions: inout ActionQueue
    ) {
        advance(to: now)
        let wasFull = unwritten >= configuration.maximumUnwritten
        unwritten -= block.length
        let piece = block.piece.rawValue
        if let partial = download?.slot(of: piece), partial >= 0,
            download?.partials.write(partial, block.begin / blockLength, leaf: leaf) == true
        {
            verify(piece, partial, sha1, &actions)
        }
        if wasFull, unwritten < configuration.maximumUnwritten { fillAll(&actions) }
    }

    package mutating func writeFailed(
        _ block: BlockRequest, at now: Instant, into actions: inout ActionQueue
    ) {
        advance(to: now)
        unwritten -= block.length
        fail(.storage(block), &actions)
    }

    /// The disk has no room for a block now: it is asked for again after ``setHeldUp(_:at:into:)``.
    package mutating func writePostponed(
        _ block: BlockRequest, at now: Instant, into actions: inout ActionQueue
    ) {
        advance(to: now)
        unwritten -= block.length
        guard let partial = download?.slot(of: block.piece.rawValue), partial >= 0 else { return }
        wasted += Int64(block.length)
        download?.partials.discard(partial, block.begin / blockLength)
    }

    /// Stops asking for payload, and goes on; serving does not stop.
    package mutating func setHeldUp(_ isHeldUp: Bool, at now: Instant, into actions: inout ActionQueue) {
        advance(to: now)
        guard isHeldUp != self.isHeldUp, !isStopped else { return }
        self.isHeldUp = isHeldUp
        if isHeldUp {
            for slot in connections.indices where connections[slot].isOpen {
                withdrawRequests(slot, &actions)
            }
        } else {
            fillAll(&actions)
        }
    }

    private mutating func verify(
        _ piece: Int, _ partial: Int, _ sha1: Digest160?, _ actions: inout ActionQueue
    ) {
        guard let content else { return }
        download?.partials.setStage(partial, .verifying)
        if content.isV1 {
            // Of a hybrid both must hold, and which does decides what has gone wrong.
            if let sha1 {
                judge(piece, partial, sha1, &actions)
            } else {
                actions.append(.check(PieceIndex(piece)))
            }
            return
        }
        if treeHolds(piece, partial) ?? false {
            complete(piece, &actions)
        } else {
            pieceFailed(piece, partial, &actions)
        }
    }

    /// Whether the leaves of a piece reduce to its node; `nil` while that is not known.
    private func treeHolds(_ piece: Int, _ partial: Int) -> Bool? {
        guard let content, let download else { return nil }
        let file = content.files[content.fileIndex(of: piece)]
        guard let expected = content.pieceHash(of: piece, in: file) else { return nil }
        return MerkleTree.pieceHash(leaves: download.partials.leaves(partial), shape: content.shape(of: file))
            == expected
    }

    /// - Parameter sha1: `nil` when the piece could not be read back.
    package mutating func pieceChecked(
        _ piece: PieceIndex, sha1: Digest160?, at now: Instant, into actions: inout ActionQueue
    ) {
        advance(to: now)
        let index = piece.rawValue
        guard let partial = download?.slot(of: index), partial >= 0,
            download?.partials.pieces[partial].stage == .verifying
        else { return }
        guard let sha1 else {
            let length = content?.length(of: index) ?? 0
            return fail(.storage(BlockRequest(piece: piece, begin: 0, length: length)), &actions)
        }
        judge(index, partial, sha1, &actions)
    }

    private mutating func judge(
        _ index: Int, _ partial: Int, _ sha1: Digest160, _ actions: inout ActionQueue
    ) {
        guard let content else { return }
        let isRight = sha1 == content.v1Hash(of: index)
        let holds = content.isV2 ? treeHolds(index, partial) : nil
        if holds == true, !isRight {
            // The tree is of what came, SHA-1 may be of what was read back; the disk, or another program, comes between.
            download?.partials.setStage(partial, .comparing)
            return actions.append(.digest(PieceIndex(index)))
        }
        if let holds, holds != isRight { return fail(.hybridConflict(PieceIndex(index)), &actions) }
        guard isRight else { return pieceFailed(index, partial, &actions) }
        if content.isV2, holds == nil { keepNode(of: index, partial) }
        complete(index, &actions)
        if content.isV2, holds == nil { proveFile(of: index, &actions) }
    }

    /// A piece that fits the tree does not fit its SHA-1: that is the torrent's own fault only where the same bytes are on
    /// disk. Where they are not nobody lied, and they are to come again.
    mutating func compared(
        _ index: Int, _ partial: Int, _ digests: [Digest256]?, _ actions: inout ActionQueue
    ) {
        guard digests != download?.partials.leaves(partial) else {
            return fail(.hybridConflict(PieceIndex(index)), &actions)
        }
        restart(index, partial, &actions)
    }

    // MARK: Hybrids without piece layers

    private mutating func keepNode(of piece: Int, _ partial: Int) {
        guard let content, let leaves = download?.partials.leaves(partial) else { return }
        let shape = content.shape(of: content.files[content.fileIndex(of: piece)])
        unprovenNodes[piece] = MerkleTree.pieceHash(leaves: leaves, shape: shape)
    }

    /// Once every piece of a file has come by SHA-1, its own nodes are its layer, and must reduce to its root.
    private mutating func proveFile(of piece: Int, _ actions: inout ActionQueue) {
        guard let content else { return }
        let index = content.fileIndex(of: piece)
        let file = content.files[index]
        let pieces = file.firstPiece..<(file.firstPiece + file.pieceCount)
        let nodes = pieces.compactMap { unprovenNodes[$0] }
        guard nodes.count == pieces.count else { return }
        let shape = content.shape(of: file)
        guard MerkleTree.root(pieceLayer: nodes, shape: shape) == file.piecesRoot else {
            return fail(.hybridRootConflict(file: file.index), &actions)
        }
        layerProved(file: index, nodes.flatMap(\.bytes), &actions)
    }

    // MARK: Outcome

    private mutating func complete(_ piece: Int, _ actions: inout ActionQueue) {
        guard let content, let partial = download?.slot(of: piece), partial >= 0 else { return }
        if let source = download?.partials.soleSource(partial), source != PartialPieces.unknownSource,
            book[Int(source)].isSuspect
        {
            book.setSuspect(Int(source), false)
        }
        creditSenders(partial)
        download?.end(piece)
        have?.insert(piece)
        count { $0.piecesVerified += 1 }
        bytesComplete += Int64(content.length(of: piece))
        if failedPieces.contains(piece) { actions.append(.digest(PieceIndex(piece))) }
        actions.append(.pieceComplete(PieceIndex(piece)))
        let wasWanted = wishes.wants(piece)
        if wasWanted { missing -= 1 }
        urgent.removeAll { $0 == piece }
        for slot in connections.indices where connections[slot].isOpen {
            if gate.upload { send(.have(PieceIndex(piece)), to: slot, &actions) }
            if wasWanted, connections[slot].has(piece) {
                connections[slot].wantedCount -= 1
                if connections[slot].wantedCount == 0 { updateInterest(slot, &actions) }
            }
        }
        // Nothing is on its way: room that this piece has made is taken up at once.
        if isDone, wasWanted { finish(&actions) } else if liveRequests == 0 { fillAll(&actions) }
    }

    /// Counts what each peer gave of a piece that is right; only of works that may be passed on.
    private func creditSenders(_ partial: Int) {
        guard let reciprocity = configuration.reciprocity, gate.upload, let partials = download?.partials
        else { return }
        var given: [UInt32: Int] = [:]
        for block in 0..<partials.pieces[partial].blockCount {
            given[partials.source(partial, block), default: 0] += partials.blockLength(partial, block)
        }
        given[PartialPieces.unknownSource] = nil
        for (source, bytes) in given { reciprocity.record(book[Int(source)].address, given: bytes) }
    }

    mutating func finish(_ actions: inout ActionQueue) {
        for slot in connections.indices where connections[slot].isOpen { withdrawRequests(slot, &actions) }
        if layers == nil { download = nil }
        actions.append(.finished)
        // Peers learn that we want no more. Source: BEP 21.
        for slot in connections.indices
        where connections[slot].isOpen && connections[slot].isExtended && gate.upload {
            sendExtensionHandshake(to: slot, &actions)
        }
        dropRedundant(&actions)
        dial(&actions)
    }

    /// All blocks of a piece must come again, and its senders prove themselves alone.
    mutating func restart(_ piece: Int, _ partial: Int, _ actions: inout ActionQueue) {
        discard(partial)
        fillAll(&actions)
    }

    mutating func discard(_ partial: Int) {
        guard let count = download?.partials.pieces[partial].blockCount else { return }
        for block in 0..<count {
            wasted += Int64(download?.partials.blockLength(partial, block) ?? 0)
            download?.partials.discard(partial, block)
        }
        download?.partials.setStage(partial, .fetching)
        download?.partials.setOwner(partial, -1, isExclusive: false)
    }
}
