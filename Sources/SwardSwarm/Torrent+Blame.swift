// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import NIOCore
internal import SwardMerkle
package import SwardPrimitives
internal import SwardWire

/// Who sent what is wrong.
extension Torrent {
    private static let patience = 5000
    private static let maximumTries = 4

    mutating func pieceFailed(_ piece: Int, _ partial: Int, _ actions: inout ActionQueue) {
        guard let content else { return }
        hashFailures += 1
        let sole = download?.partials.soleSource(partial)
        let ranges = leafRanges(of: piece, in: content)
        guard !ranges.isEmpty else {
            let blocks = download?.partials.pieces[partial].blockCount ?? 0
            if sole == nil, failedPieces.hasRoom(for: piece, blockCount: blocks) {
                // What it is made of is kept before it goes.
                download?.partials.setStage(partial, .blaming)
                return actions.append(.digest(PieceIndex(piece)))
            }
            if sole == nil { suspectSenders(partial) }
            // Before the sender goes and others are asked: what is free again is no endgame.
            discard(partial)
            if let sole, sole != PartialPieces.unknownSource { ban(Int(sole), piece, &actions) }
            return fillAll(&actions)
        }
        if let sole, sole != PartialPieces.unknownSource { ban(Int(sole), piece, &actions) }
        let blocks = download?.partials.pieces[partial].blockCount ?? 0
        download?.partials.setStage(partial, .blaming)
        blames.append(Blame(piece: piece, ranges: ranges, leaves: Array(repeating: nil, count: blocks)))
        askForLeaves(blames.count - 1, &actions)
        fillAll(&actions)
        scheduleSecond()
    }

    /// The hashes that tell which block of a piece is bad; none in v1, of a piece of one block, and without its layer.
    private func leafRanges(of piece: Int, in content: Content) -> [HashRange] {
        guard content.isV2 else { return [] }
        let file = content.files[content.fileIndex(of: piece)]
        guard content.pieceHash(of: piece, in: file) != nil else { return [] }
        return HashRange.leaves(ofPiece: piece - file.firstPiece, in: content.shape(of: file))
    }

    /// - Parameter digests: of each block of a piece that failed, or has come right after it had, or fits one of its hashes
    ///   only; `nil` when it could not be read.
    package mutating func blocksDigested(
        _ piece: PieceIndex, digests: [Digest256]?, at now: Instant, into actions: inout ActionQueue
    ) {
        advance(to: now)
        let index = piece.rawValue
        if have?.contains(index) == true { return settle(index, digests, &actions) }
        if let partial = download?.slot(of: index), partial >= 0,
            download?.partials.pieces[partial].stage == .comparing
        {
            return compared(index, partial, digests, &actions)
        }
        guard let partials = download?.partials, let partial = download?.slot(of: index), partial >= 0,
            partials.pieces[partial].stage == .blaming, !blames.contains(where: { $0.piece == index })
        else { return }
        let sources = (0..<partials.pieces[partial].blockCount).map { partials.source(partial, $0) }
        if let digests { failedPieces.note(index, digests: digests, sources: sources) }
        suspectSenders(partial)
        discard(partial)
        fillAll(&actions)
    }

    /// Names who sent other blocks than those that make the piece right.
    private mutating func settle(_ piece: Int, _ digests: [Digest256]?, _ actions: inout ActionQueue) {
        let outcome = failedPieces.settle(piece, right: digests)
        for source in outcome.cleared { book.setSuspect(Int(source), false) }
        for source in outcome.liars { ban(Int(source), piece, &actions) }
        if !outcome.cleared.isEmpty || !outcome.liars.isEmpty { fillAll(&actions) }
    }

    private mutating func suspectSenders(_ partial: Int) {
        guard let count = download?.partials.pieces[partial].blockCount else { return }
        for block in 0..<count {
            if let source = download?.partials.source(partial, block), source != PartialPieces.unknownSource {
                book.setSuspect(Int(source), true)
            }
        }
    }

    mutating func ban(_ peer: Int, _ piece: Int, _ actions: inout ActionQueue) {
        guard !book[peer].isBanned else { return }
        book.ban(peer)
        count { $0.bans += 1 }
        configuration.reciprocity?.strike(book[peer].address)
        actions.append(.banned(book[peer].address, PieceIndex(piece)))
        for slot in connections.indices where connections[slot].isOpen && connections[slot].peer == peer {
            close(slot, .banned, &actions)
        }
    }

    // MARK: Leaves

    /// Asks another peer for the leaves of a failed piece; without one the piece is free to be fetched anew, which the
    /// caller sees to.
    private mutating func askForLeaves(_ index: Int, _ actions: inout ActionQueue) {
        guard let content else { return }
        let blame = blames[index]
        guard gate.download, blame.refused.count < Self.maximumTries, let slot = witness(for: blame) else {
            return giveUp(index)
        }
        blames[index].slot = slot
        blames[index].askedAt = time
        let root = content.files[content.fileIndex(of: blame.piece)].piecesRoot
        for range in blame.ranges { send(.hashRequest(HashRequest(range, of: root)), to: slot, &actions) }
    }

    /// A v2 peer that has the piece, best one that has unchoked us, so that it may read its disk for us.
    private mutating func witness(for blame: Blame) -> Int? {
        var best: [Int] = []
        var isBestUnchoked = false
        for slot in connections.indices
        where connections[slot].isOpen && connections[slot].isV2 && connections[slot].has(blame.piece)
            && !blame.refused.contains(connections[slot].peer)
        {
            let isUnchoked = !connections[slot].theyChoke
            if isUnchoked, !isBestUnchoked {
                best = []
                isBestUnchoked = true
            }
            if isUnchoked == isBestUnchoked { best.append(slot) }
        }
        return best.isEmpty ? nil : best[chance.next(below: best.count)]
    }

    private mutating func giveUp(_ index: Int) {
        let piece = blames.remove(at: index).piece
        guard let partial = download?.slot(of: piece), partial >= 0 else { return }
        if download?.partials.soleSource(partial) == nil { suspectSenders(partial) }
        discard(partial)
    }

    /// - Returns: whether the hashes were asked for here.
    mutating func receivedLeaves(
        _ slot: Int, _ request: HashRequest, _ hashes: [Digest256], _ actions: inout ActionQueue
    ) -> Bool {
        guard let content, let index = blameIndex(of: request, slot) else { return false }
        let piece = blames[index].piece
        let file = content.files[content.fileIndex(of: piece)]
        let range = request.range
        guard let known = content.pieceHash(of: piece, in: file),
            MerkleTree.verify(hashes, for: range, against: known)
        else {
            blames[index].refused.append(connections[slot].peer)
            close(slot, .lied, &actions)
            return true
        }
        let first = range.index - content.shape(of: file).leaves(ofPiece: piece - file.firstPiece).lowerBound
        for (offset, hash) in hashes.prefix(range.length).enumerated()
        where first + offset < blames[index].leaves.count { blames[index].leaves[first + offset] = hash }
        blames[index].ranges.removeAll { $0 == range }
        if blames[index].ranges.isEmpty { judge(index, &actions) }
        return true
    }

    private func blameIndex(of request: HashRequest, _ slot: Int) -> Int? {
        guard let content else { return nil }
        let range = request.range
        return blames.firstIndex {
            $0.slot == slot && $0.ranges.contains(range)
                && content.files[content.fileIndex(of: $0.piece)].piecesRoot == request.piecesRoot
        }
    }

    /// Compares leaf by leaf: bad blocks are dropped with their senders, good ones stay.
    private mutating func judge(_ index: Int, _ actions: inout ActionQueue) {
        let blame = blames.remove(at: index)
        guard let partial = download?.slot(of: blame.piece), partial >= 0,
            let ours = download?.partials.leaves(partial)
        else { return }
        var liars: [UInt32] = []
        var bad = 0
        for (block, leaf) in blame.leaves.enumerated() where leaf != ours[block] {
            bad += 1
            if let source = download?.partials.source(partial, block), !liars.contains(source) {
                liars.append(source)
            }
            wasted += Int64(download?.partials.blockLength(partial, block) ?? 0)
            download?.partials.discard(partial, block)
        }
        guard bad > 0 else { return restart(blame.piece, partial, &actions) }
        download?.partials.setStage(partial, .fetching)
        download?.partials.setOwner(partial, -1, isExclusive: false)
        for liar in liars where liar != PartialPieces.unknownSource { ban(Int(liar), blame.piece, &actions) }
        fillAll(&actions)
    }

    /// - Returns: whether the request was ours.
    mutating func leavesRejected(
        _ slot: Int, _ request: HashRequest, _ actions: inout ActionQueue
    ) -> Bool {
        guard let index = blameIndex(of: request, slot) else { return false }
        blames[index].refused.append(connections[slot].peer)
        askForLeaves(index, &actions)
        fillAll(&actions)
        return true
    }

    mutating func blamesLost(_ slot: Int, _ actions: inout ActionQueue) {
        while let index = blames.firstIndex(where: { $0.slot == slot }) {
            blames[index].slot = -1
            blames[index].refused.append(connections[slot].peer)
            askForLeaves(index, &actions)
        }
    }

    mutating func checkBlames(_ actions: inout ActionQueue) {
        while let index = blames.firstIndex(where: { time - $0.askedAt >= Self.patience }) {
            let slot = blames[index].slot
            if slot >= 0 { blames[index].refused.append(connections[slot].peer) }
            askForLeaves(index, &actions)
        }
    }
}
