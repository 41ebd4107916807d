// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import NIOCore
internal import SwardPrimitives
internal import SwardWire

/// Which blocks to ask of whom.
extension Torrent {
    /// In milliseconds without a block while some are due: the peer keeps us waiting.
    private static let snubAfter = 15_000
    /// In milliseconds; a single block that a peer passes over is asked of others.
    private static let requestPatience = 60_000
    private static let wholePieceSeconds = 20.0
    /// Requests that wait for each other before they are sent: 4 MiB of blocks.
    private static let largestRefill = 256
    /// Peers asked for the same block in endgame.
    private static let maximumRequesters = 3

    // MARK: Asking

    mutating func fillAll(_ actions: inout ActionQueue) {
        guard gate.download, download != nil, !isHeldUp else { return }
        // Who keeps us waiting gets what nobody else takes.
        for isSnubbing in [false, true] {
            for slot in connections.indices
            where connections[slot].isOpen && connections[slot].isSnubbing == isSnubbing {
                fill(slot, &actions)
            }
        }
    }

    /// Asks one peer for as much as its rate warrants.
    mutating func fill(_ slot: Int, _ actions: inout ActionQueue) {
        // While it chokes us, for blocks of allowed pieces. Field by field: who asks a whole connection copies it.
        guard connections[slot].weWant,
            !connections[slot].theyChoke || !connections[slot].allowedFast.isEmpty, gate.download,
            unwritten < configuration.maximumUnwritten,
            download != nil, !isHeldUp
        else { return }
        let limit = min(configuration.maximumRequestsOut, connections[slot].depthLimit)
        let target = connections[slot].targetDepth(limit: limit, at: time)
        var live = connections[slot].ledger.liveCount
        // A few at a time: one packet of requests for a quarter of the pipeline, while that is not much.
        guard live <= target - min(max(1, target / 4), Self.largestRefill) else { return }
        let id = id(of: slot)
        let before = live
        while live < target, mayDownload(slot), let (partial, block) = nextBlock(for: slot) {
            guard let piece = download?.partials.pieces[partial].piece,
                let length = download?.partials.blockLength(partial, block)
            else { break }
            connections[slot].ledger.append(
                piece: UInt32(truncatingIfNeeded: piece), block: UInt32(truncatingIfNeeded: block), at: time)
            liveRequests += 1
            live += 1
            willDownload(slot, length)
            let request = PeerMessage.request(
                BlockRequest(piece: PieceIndex(piece), begin: block * blockLength, length: length))
            count(sent: request, to: slot)
            actions.append(.send(id, request))
        }
        // What was not asked for does not keep the connection up.
        if live > before { connections[slot].keepAlive.didWrite(at: now) }
        scheduleSecond()
    }

    /// Takes the next block for a peer: from its own piece, from one that nobody is at, from a new one, from one of
    /// others, and in the end one that others are asked for too.
    private mutating func nextBlock(for slot: Int) -> (partial: Int, block: Int)? {
        if !urgent.isEmpty, let urgent = urgentBlock(for: slot) { return urgent }
        if let inTurn = blockInTurn(for: slot) { return inTurn }
        let current = connections[slot].currentSlot
        if current >= 0, let partials = download?.partials.pieces[current], partials.isInUse,
            partials.piece == connections[slot].currentPiece, partials.stage == .fetching,
            partials.owner == slot || !partials.isExclusive, !isSuspect(slot) || partials.isExclusive,
            isAllowed(slot, partials.piece), let block = download?.partials.takeFree(current)
        {
            return (current, block)
        }
        let (orphan, shared) = partialsFor(slot)
        let partial =
            takeOrphan(for: slot, orphan) ?? (isFast(slot) ? nil : shared) ?? newPiece(for: slot) ?? shared
        if let partial {
            guard let block = download?.partials.takeFree(partial) else { return nil }
            connections[slot].currentSlot = partial
            connections[slot].currentPiece = download?.partials.pieces[partial].piece ?? -1
            return (partial, block)
        }
        return endgameBlock(for: slot)
    }

    /// Of several pieces in turn, where the peer does not mind and it makes hashing cheaper.
    private mutating func blockInTurn(for slot: Int) -> (partial: Int, block: Int)? {
        guard content?.isV1 == true, !configuration.isSequential, !connections[slot].likesRuns,
            !isSuspect(slot),
            connections[slot].readsFromMemory(at: time)
        else {
            connections[slot].turns.clear()
            return nil
        }
        while !connections[slot].turns.isFull, let turn = nextTurn(for: slot) {
            connections[slot].turns.add(turn)
        }
        while let turn = connections[slot].turns.current {
            if let piece = download?.partials.pieces[turn.slot], piece.isInUse, piece.piece == turn.piece,
                piece.stage == .fetching, piece.owner == slot, isAllowed(slot, piece.piece),
                let block = download?.partials.takeFree(turn.slot)
            {
                connections[slot].turns.take()
                return (turn.slot, block)
            }
            connections[slot].turns.replace(by: nextTurn(for: slot))
        }
        return nil
    }

    private mutating func nextTurn(for slot: Int) -> PieceTurns.Turn? {
        guard
            let partial = takeOrphan(for: slot, partialsFor(slot, isOwnLeftOut: true).orphan)
                ?? newPiece(for: slot),
            let piece = download?.partials.pieces[partial].piece
        else { return nil }
        return PieceTurns.Turn(piece: piece, slot: partial)
    }

    /// Of pieces that someone waits for, whoever else is at them.
    private mutating func urgentBlock(for slot: Int) -> (partial: Int, block: Int)? {
        guard !isSuspect(slot) else { return nil }
        for piece in urgent where connections[slot].has(piece) && isAllowed(slot, piece) {
            var partial = download?.slot(of: piece) ?? -1
            if partial < 0, let content, download?.picker.isOpen(piece) == true {
                partial =
                    download?.begin(
                        piece, length: content.length(of: piece), owner: slot, isExclusive: false) ?? -1
            }
            guard partial >= 0, let begun = download?.partials.pieces[partial], begun.stage == .fetching,
                !begun.isExclusive, let block = download?.partials.takeFree(partial)
            else { continue }
            return (partial, block)
        }
        return nil
    }

    /// Whether it brings a whole piece soon: then it gets one of its own, and a failure has one author.
    private mutating func isFast(_ slot: Int) -> Bool {
        let rate = connections[slot].down.rate(at: time)
        return Double(content?.pieceLength ?? 0) < rate * Self.wholePieceSeconds
    }

    private func isSuspect(_ slot: Int) -> Bool { book[connections[slot].peer].isSuspect }

    /// Whether the peer would send blocks of a piece now.
    @inline(__always)
    private func isAllowed(_ slot: Int, _ piece: Int) -> Bool {
        !connections[slot].theyChoke || connections[slot].allowedFast.contains(piece)
    }

    private mutating func takeOrphan(for slot: Int, _ orphan: Int?) -> Int? {
        guard let orphan else { return nil }
        let suspect = isSuspect(slot)
        download?.partials.setOwner(orphan, slot, isExclusive: suspect)
        return orphan
    }

    /// Begun pieces with free blocks that the peer has: the fullest that nobody is at, and the fullest of others.
    ///
    /// - Note: looks only. Whoever changes ``download`` must hold no copy of it, or all of it is copied.
    private func partialsFor(_ slot: Int, isOwnLeftOut: Bool = false) -> (orphan: Int?, shared: Int?) {
        guard let partials = download?.partials else { return (nil, nil) }
        let suspect = isSuspect(slot)
        var orphan: Int?
        var shared: Int?
        for partial in partials.open {
            let piece = partials.pieces[partial]
            guard piece.stage == .fetching, connections[slot].has(piece.piece), isAllowed(slot, piece.piece)
            else { continue }
            if piece.owner < 0 || piece.owner == slot {
                if isOwnLeftOut, piece.owner == slot { continue }
                if suspect, !piece.isExclusive, piece.received > 0 { continue }
                if orphan.map({ partials.pieces[$0].received < piece.received }) ?? true { orphan = partial }
            } else if !piece.isExclusive, !suspect {
                if shared.map({ partials.pieces[$0].received < piece.received }) ?? true { shared = partial }
            }
        }
        return (orphan, shared)
    }

    private mutating func newPiece(for slot: Int) -> Int? {
        guard let content, let have, hasRoomForPiece else { return nil }
        let pieces = connections[slot].hasAll ? nil : connections[slot].pieces
        if pieces == nil, !connections[slot].hasAll { return nil }
        let chokes = connections[slot].theyChoke
        let allowedFast = connections[slot].allowedFast
        func allows(_ piece: Int) -> Bool { !chokes || allowedFast.contains(piece) }
        var picked: Int?
        if connections[slot].isFast, wishTiers.isEmpty, !configuration.isSequential {
            picked = connections[slot].suggested.first {
                download?.picker.isOpen($0) == true && connections[slot].has($0) && allows($0)
            }
        }
        for tier in wishTiers + [nil] where picked == nil {
            let choice = tier.map { tier in pieces.map { $0.intersection(tier) } ?? tier } ?? pieces
            picked =
                configuration.isSequential || connections[slot].likesRuns
                ? download?.picker.first(from: choice, allowed: allows)
                : download?.picker.pick(
                    from: choice, completed: have.count, chance: &chance, allowed: allows,
                    isOfSeed: pieces == nil)
        }
        guard let picked else { return nil }
        let suspect = isSuspect(slot)
        return download?.begin(
            picked, length: content.length(of: picked), owner: slot, isExclusive: suspect)
    }

    /// Of pieces begun, in all; some forty bytes each.
    private static let maximumBegunBlocks = 1 << 16

    /// Keeps the number of begun pieces near what is in flight.
    private var hasRoomForPiece: Bool {
        guard let content, let download else { return false }
        let inFlight = (liveRequests + unwritten / blockLength) / content.blocksPerPiece
        let limit = 32 + 2 * connectionCount + 2 * inFlight
        // What has no free block only waits for its last bytes, the disk or a hash; of small files that are many.
        return download.partials.count < limit
            || (download.partials.open.count < limit
                && download.partials.count * content.blocksPerPiece < Self.maximumBegunBlocks)
    }

    // MARK: Endgame

    /// Every block that can be had is asked for.
    package var isEndgame: Bool {
        guard let download, download.partials.freeBlocks == 0 else { return false }
        // In v2 a file whose layer is on its way has more to ask for; in a hybrid it is asked for meanwhile.
        guard content?.isV1 == true || layers?.isDone ?? true else { return false }
        return seedCount > 0 ? download.picker.openCount == 0 : download.picker.openElsewhere == 0
    }

    private mutating func endgameBlock(for slot: Int) -> (partial: Int, block: Int)? {
        // Only for a peer that has (almost) nothing left to send: most doubles are in vain.
        guard isEndgame, !isSuspect(slot), connections[slot].ledger.liveCount < 2 else { return nil }
        guard let best = latestBlock(for: slot) else { return nil }
        download?.partials.duplicate(best.partial, best.block)
        return best
    }

    /// Of the blocks that others are asked for, those of the fewest, the one that would come last, if this peer is likely to
    /// bring it sooner.
    private mutating func latestBlock(for slot: Int) -> (partial: Int, block: Int)? {
        let time = time
        let rates = connections.indices.map {
            connections[$0].isOpen ? connections[$0].down.rate(at: time) : 0
        }
        // Of who has sent nothing yet as much is expected as of the others.
        let known = rates.filter { $0 > 0 }
        let usual = known.isEmpty ? Double(blockLength) : known.reduce(0, +) / Double(known.count)
        let rate = rates[slot] > 0 ? rates[slot] : usual
        let ours = Double(connections[slot].ledger.liveCount + 1) / rate
        for requesters in 1..<Self.maximumRequesters {
            var best: (partial: Int, block: Int)?
            var latest = ours
            for other in connections.indices where other != slot && connections[other].isOpen {
                let entries = connections[other].ledger.all
                // The last of each comes last; those before it only where this peer cannot bring it.
                for (place, entry) in zip(1..., entries).reversed() where !entry.isReleased {
                    let wait = Double(place) / max(rates[other], 1)
                    guard wait > latest else { break }
                    guard let partial = doubling(entry, requesters, by: slot) else { continue }
                    (best, latest) = ((partial, Int(entry.block)), wait)
                    break
                }
            }
            if let best { return best }
        }
        return nil
    }

    /// The partial piece of a block that so many are asked for, if `slot` may be asked too.
    private func doubling(_ entry: RequestLedger.Entry, _ requesters: Int, by slot: Int) -> Int? {
        let (piece, block) = (Int(entry.piece), Int(entry.block))
        guard connections[slot].has(piece), isAllowed(slot, piece), let partial = download?.slot(of: piece),
            partial >= 0, let begun = download?.partials.pieces[partial], begun.stage == .fetching,
            !begun.isExclusive, download?.partials.requesters(partial, block) == requesters,
            !connections[slot].ledger.contains(piece: entry.piece, block: entry.block)
        else { return nil }
        return partial
    }

    // MARK: Taking back

    /// A block is asked of one peer less.
    private mutating func giveBack(_ entry: RequestLedger.Entry) {
        liveRequests -= 1
        guard let partial = download?.slot(of: Int(entry.piece)), partial >= 0 else { return }
        download?.partials.release(partial, Int(entry.block))
    }

    /// The peer is gone, or will not answer.
    mutating func releaseAll(_ slot: Int) {
        for entry in connections[slot].ledger.removeAll() { giveBack(entry) }
        disown(slot)
    }

    private mutating func disown(_ slot: Int) {
        connections[slot].currentSlot = -1
        connections[slot].currentPiece = -1
        connections[slot].turns.clear()
        download?.partials.disown(slot)
    }

    /// The gate has shut: nothing more is to come.
    mutating func withdrawRequests(_ slot: Int, _ actions: inout ActionQueue) {
        cancel(connections[slot].ledger.release { _ in true }, of: slot, &actions)
        disown(slot)
    }

    /// Of one piece that the peer has no more.
    mutating func withdrawRequests(_ slot: Int, of piece: Int, _ actions: inout ActionQueue) {
        let entries = connections[slot].ledger.release { Int($0.piece) == piece }
        for entry in entries {
            giveBack(entry)
            _ = connections[slot].ledger.remove(piece: entry.piece, block: entry.block)
        }
        if connections[slot].currentPiece == piece { disown(slot) }
    }

    /// Gives requests back and says so; a peer without the fast extension owes no answer then.
    private mutating func cancel(
        _ entries: [RequestLedger.Entry], of slot: Int, _ actions: inout ActionQueue
    ) {
        for entry in entries {
            giveBack(entry)
            sendCancel(entry.piece, entry.block, to: slot, &actions)
        }
    }

    private mutating func sendCancel(
        _ piece: UInt32, _ block: UInt32, to slot: Int, _ actions: inout ActionQueue
    ) {
        guard let content else { return }
        let begin = Int(block) * blockLength
        let length = min(blockLength, content.length(of: Int(piece)) - begin)
        send(
            .cancel(BlockRequest(piece: PieceIndex(Int(piece)), begin: begin, length: length)), to: slot,
            &actions)
        if !connections[slot].isFast { _ = connections[slot].ledger.remove(piece: piece, block: block) }
    }

    /// A block is here: others need not send it.
    mutating func cancelElsewhere(
        _ piece: UInt32, _ block: UInt32, except slot: Int, _ actions: inout ActionQueue
    ) {
        for other in connections.indices where other != slot && connections[other].isOpen {
            guard connections[other].ledger.release(piece: piece, block: block) else { continue }
            liveRequests -= 1
            sendCancel(piece, block, to: other, &actions)
            fill(other, &actions)
        }
    }

    mutating func receivedChoke(_ slot: Int, _ actions: inout ActionQueue) {
        connections[slot].theyChoke = true
        if connections[slot].isFast {
            // Each request will be answered or rejected; until then it stays theirs.
            disown(slot)
        } else {
            releaseAll(slot)
            fillAll(&actions)
        }
    }

    mutating func receivedReject(_ slot: Int, _ block: BlockRequest, _ actions: inout ActionQueue) {
        guard block.piece.rawValue < content?.pieceCount ?? 0, block.begin % blockLength == 0,
            let entry = connections[slot].ledger.remove(
                piece: UInt32(truncatingIfNeeded: block.piece.rawValue),
                block: UInt32(truncatingIfNeeded: block.begin / blockLength))
        else { return offend(slot, .unsolicited(message: 16), &actions) }
        if !entry.isReleased { giveBack(entry) }
        connections[slot].allowedFast.removeAll { $0 == block.piece.rawValue }
        // What we cancelled it must answer, and this is how. Source: BEP 6, "Reject Request".
        if !entry.isReleased, !connections[slot].theyChoke {
            // It keeps fewer than it said, or has less: for a while it is asked for no more than it has now.
            connections[slot].refusals += 1
            connections[slot].depthLimit = max(4, connections[slot].ledger.liveCount)
            if connections[slot].refusals > 256 + 2 * Int(connections[slot].down.total / Int64(blockLength)) {
                return close(slot, .useless, &actions)
            }
        }
        fillAll(&actions)
    }

    // MARK: Once a second

    mutating func checkRequests(_ actions: inout ActionQueue) {
        for slot in connections.indices where connections[slot].isOpen {
            guard let oldest = connections[slot].ledger.oldest else { continue }
            let silentSince = max(connections[slot].lastBlockAt, oldest.sentAt)
            if time - silentSince >= Self.snubAfter, connections[slot].ledger.liveCount > 0 {
                connections[slot].isSnubbing = true
                cancel(connections[slot].ledger.release { _ in true }, of: slot, &actions)
                disown(slot)
            } else if time - oldest.sentAt >= Self.requestPatience {
                let due = time - Self.requestPatience
                cancel(connections[slot].ledger.release { $0.sentAt <= due }, of: slot, &actions)
            }
        }
    }
}
