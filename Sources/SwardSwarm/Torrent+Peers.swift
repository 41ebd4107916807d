// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import NIOCore
package import SwardPrimitives
package import SwardWire

extension Torrent {
    // MARK: Events

    package mutating func peersFound(
        _ addresses: [PeerAddress], source: PeerSource, at now: Instant, into actions: inout ActionQueue
    ) {
        advance(to: now)
        guard !isStopped else { return }
        let isFavoured = source == .user || source == .magnet
        if content?.isPrivate == true, !source.isFitForPrivate { return }
        for address in addresses where !configuration.filter.contains(address) {
            _ = book.add(address, isFavoured: isFavoured, source: source, at: time)
        }
        forgetEvicted()
        dial(&actions)
    }

    package mutating func connectFailed(
        _ address: PeerAddress, _ failure: DialFailure = .unreachable, at now: Instant,
        into actions: inout ActionQueue
    ) {
        advance(to: now)
        guard let index = book.index(of: address), book[index].state == .connecting else { return }
        if let way = way(after: index, failure) {
            book.retry(index, way: way, at: time)
            return dial(&actions)
        }
        let isHybrid = infoHashes.v1 != nil && infoHashes.v2 != nil
        book.failed(index, at: time, isHybrid: isHybrid)
        // Of a hybrid both names are tried before.
        if book[index].source == .user, book[index].failures == (isHybrid ? 2 : 1) {
            actions.append(.unreached(address, failure))
        }
        dial(&actions)
    }

    /// The way to dial a peer at once after one that failed.
    ///
    /// Who called us unasked and is not there is left. Whom we asked to meet may be one that takes part, and yet no uTP: it
    /// would be asked for again and again if it were not dialled otherwise.
    private func way(after index: Int, _ failure: DialFailure) -> Int? {
        let entry = book[index]
        guard entry.isMeeting, failure == .unreachable else {
            return configuration.reach.way(after: entry.way, to: entry.address, failure)
        }
        guard entry.hasAskedToMeet else { return nil }
        return configuration.reach.ways(to: entry.address).firstIndex { $0.transport == .tcp }
    }

    /// Both handshakes are through (the shell has sent ours).
    ///
    /// - Throws: why the shell must close the connection at once; then there is no id.
    package mutating func peerConnected(
        _ peer: PeerArrival, at now: Instant, into actions: inout ActionQueue
    ) throws(CloseReason) -> ConnectionID {
        advance(to: now)
        // Taken before a duplicate gives up its slot: one slot must not mean two connections in one queue.
        let slot = freeSlots.popLast() ?? connections.count
        do {
            try admit(peer, &actions)
        } catch {
            if slot < connections.count { freeSlots.append(slot) }
            if peer.isOutgoing {
                if error == .ourselves || error == .wrongInfoHash && infoHashes.swarms.count == 1 {
                    book.giveUp(on: peer.address)
                } else if let index = book.index(of: peer.address), book[index].state == .connecting {
                    book.failed(index, at: time, isHybrid: error == .wrongInfoHash)
                }
                dial(&actions)
            }
            throw error
        }
        guard
            let index = book.connected(
                peer.address, isOutgoing: peer.isOutgoing, peerID: peer.handshake.peerID, slot: slot, at: time
            )
        else {
            if slot < connections.count { freeSlots.append(slot) }
            throw .tooManyConnections
        }
        forgetEvicted()
        generation &+= 1
        let negotiated = peer.isOutgoing ? peer.handshake.infoHash : reply(to: peer.handshake).infoHash
        let connection = Connection(
            generation: generation, peer: index, arrival: peer, isV2: negotiated == infoHashes.v2?.truncated,
            at: time, now: now)
        if slot == connections.count {
            connections.append(connection)
        } else {
            connections[slot] = connection
        }
        makeBuckets(of: slot)
        connectionCount += 1
        count { $0.connectionsOpened += 1 }
        if nextRechoke == nil { nextRechoke = time + Choker.interval }
        introduce(to: slot, &actions)
        // One that was being dialled makes room for the next.
        dial(&actions)
        return id(of: slot)
    }

    /// The connection ended by itself, or the shell ended it on a ``WireError``.
    package mutating func peerDisconnected(
        _ id: ConnectionID, error: WireError?, at now: Instant, into actions: inout ActionQueue
    ) {
        advance(to: now)
        guard let slot = slot(of: id) else { return }
        count { $0.connectionsClosed[error == nil ? "by the peer" : "protocol error", default: 0] += 1 }
        if let error { penalize(slot, .wire(error), &actions) }
        forget(slot, &actions)
    }

    // MARK: Admission

    private mutating func admit(_ peer: PeerArrival, _ actions: inout ActionQueue) throws(CloseReason) {
        let handshake = peer.handshake
        guard !isStopped else { throw .stopped }
        guard infoHashes.swarms.contains(handshake.infoHash) else { throw .wrongInfoHash }
        guard handshake.peerID != configuration.peerID else { throw .ourselves }
        guard !book.isBanned(peer.address, peerID: handshake.peerID) else { throw .banned }
        guard configuration.penalties.remaining(of: peer.address, handshake.peerID, at: now) == nil else {
            throw .keptOut
        }
        guard !configuration.filter.contains(peer.address) else { throw .blocked }
        let rival = try rival(of: peer)
        // Who is refused all the same must not have cost anybody a connection.
        if !peer.address.isLoopback {
            let host = peer.address.host
            let same = connections.indices.count {
                $0 != rival && connections[$0].isOpen && connections[$0].address.host == host
            }
            guard same < configuration.maximumConnectionsPerHost else { throw .tooManyFromHost }
        }
        if let rival { close(rival, .duplicate, &actions) }
        if connectionCount >= configuration.maximumConnections { try makeRoom(for: peer, &actions) }
    }

    /// The connection of the same peer that gives way to a new one.
    ///
    /// An id is no proof, as all who meet a peer are told it: from another host nobody takes a place by naming it.
    private func rival(of peer: PeerArrival) throws(CloseReason) -> Int? {
        let peerID = peer.handshake.peerID
        guard let slot = connections.firstIndex(where: { $0.isOpen && $0.peerID == peerID }) else {
            return nil
        }
        // When both ends dial at once, both keep the connection of the one with the greater id.
        let weWin = peerID.bytes.lexicographicallyPrecedes(configuration.peerID.bytes)
        guard connections[slot].address.host == peer.address.host,
            connections[slot].isOutgoing != peer.isOutgoing, peer.isOutgoing == weWin
        else { throw .duplicate }
        return slot
    }

    /// What the peer gets to know of us first.
    private mutating func introduce(to slot: Int, _ actions: inout ActionQueue) {
        let isFast = connections[slot].isFast
        if gate.upload, isSuperSeeding {
            if isFast { send(.haveNone, to: slot, &actions) }
            showPieces(to: slot, &actions)
        } else if gate.upload, let have, !have.isEmpty {
            send(isFast && have.isFull ? .haveAll : .bitfield(have.bitfield()), to: slot, &actions)
        } else if isFast {
            send(.haveNone, to: slot, &actions)
        }
        if connections[slot].isExtended { sendExtensionHandshake(to: slot, &actions) }
        // "If a peer receives this message from a peer that supports DHT it should ping the node."
        if connections[slot].speaksDHT, let port = configuration.dhtPort, content?.isPrivate != true {
            send(.port(port), to: slot, &actions)
        }
        if isFast { grantPieces(to: slot, &actions) }
    }

    /// When all slots are taken a newcomer gets something to trade with. Source: BEP 6, "allowed fast".
    private mutating func grantPieces(to slot: Int, _ actions: inout ActionQueue) {
        guard gate.upload, let content, let have, !have.isEmpty, !choker.hasRoom(unchoked: unchokedCount),
            let infoHash = infoHashes.v1 ?? infoHashes.v2?.truncated
        else { return }
        let pieces = AllowedFast.pieces(
            count: AllowedFast.count, pieceCount: content.pieceCount, infoHash: infoHash,
            ip: connections[slot].address.ip
        ).filter(have.contains)
        connections[slot].granted = pieces
        connections[slot].grantedBlocks = pieces.count * content.blocksPerPiece
        for piece in pieces { send(.allowedFast(PieceIndex(piece)), to: slot, &actions) }
    }

    /// What we have, to a peer that was told of nothing yet.
    mutating func tellPieces(to slot: Int, _ actions: inout ActionQueue) {
        guard let have else { return }
        if isSuperSeeding { return showPieces(to: slot, &actions) }
        // A bitfield may only be the first message.
        var pieces: [Int] = []
        have.forEach { pieces.append($0) }
        for piece in pieces { send(.have(PieceIndex(piece)), to: slot, &actions) }
    }

    // MARK: Leaving

    mutating func close(_ slot: Int, _ reason: CloseReason, _ actions: inout ActionQueue) {
        actions.append(.close(id(of: slot), reason))
        count { $0.connectionsClosed[reason.name, default: 0] += 1 }
        penalize(slot, reason, &actions)
        forget(slot, &actions)
    }

    private func penalize(_ slot: Int, _ reason: CloseReason, _ actions: inout ActionQueue) {
        let (address, peerID) = (connections[slot].address, connections[slot].peerID)
        if let time = configuration.penalties.record(reason, by: address, peerID, at: now) {
            actions.append(.keptOut(address, reason, time))
        }
    }

    mutating func offend(_ slot: Int, _ error: WireError, _ actions: inout ActionQueue) {
        close(slot, .wire(error), &actions)
    }

    private mutating func forget(_ slot: Int, _ actions: inout ActionQueue) {
        let wasUnchoked = !connections[slot].weChoke
        let wasUseful = connections[slot].down.total > 0 || connections[slot].up.total > 0
        let (peer, isSeed, time) = (connections[slot].peer, connections[slot].hasAll, time)
        releaseAll(slot)
        connections[slot].isOpen = false
        connectionCount -= 1
        if wasUnchoked { unchokedCount -= 1 }
        choker.peerLeft(slot)
        if isSeed {
            seedCount -= 1
        } else if let pieces = connections[slot].pieces {
            download?.picker.peerLeft(pieces, chance: &chance)
        }
        connections[slot].pieces = nil
        connections[slot].uploads = UploadQueue()
        withdrawSuggestions(slot)
        meetings[slot] = nil
        freeSlots.append(slot)
        if case .connected(slot) = book[peer].state {
            book.disconnected(peer, wasUseful: wasUseful, isSeed: isSeed, at: time)
        }
        if let alias = connections[slot].alias, case .connected(slot) = book[alias].state {
            book.disconnected(alias, wasUseful: wasUseful, isSeed: isSeed, at: time)
        }
        layers?.peerLeft(slot)
        if let requests = metadata?.sourceLost(slot: slot, at: time) {
            sendMetadataRequests(requests, &actions)
        }
        guard !isStopped else { return }
        blamesLost(slot, &actions)
        askForLayers(&actions)
        if wasUnchoked { grantFreeSlots(&actions) }
        fillAll(&actions)
        dial(&actions)
    }

    /// Closes what neither end has a use for: two that are both complete.
    mutating func dropRedundant(_ actions: inout ActionQueue) {
        guard isDone else { return }
        for slot in connections.indices where connections[slot].isOpen && isRedundant(slot) {
            close(slot, .redundant, &actions)
        }
    }

    func isRedundant(_ slot: Int) -> Bool {
        guard isDone, let pieceCount = content?.pieceCount, pieceCount > 0 else { return false }
        return connections[slot].hasAll || connections[slot].pieceCount == pieceCount
    }

    // MARK: Dialling

    mutating func dial(_ actions: inout ActionQueue) {
        nextDial = nil
        guard configuration.dials, !isStopped, wantsPeers else { return }
        let room = min(
            configuration.maximumHalfOpen - book.connectingCount,
            configuration.maximumConnections - connectionCount - book.connectingCount)
        guard room > 0 else { return }
        guard configuration.reach.dialsTCP || configuration.reach.dialsUTP else { return }
        let ourAddresses = ourAddresses
        let taken = book.take(
            limit: room, sparesSeeds: isDone, at: time, chance: &chance, rank: ourAddresses.rank)
        var dialled = 0
        for index in taken {
            let address = book[index].address
            if let wait = configuration.penalties.remaining(of: address, book[index].peerID, at: now) {
                book.retry(index, way: book[index].way, at: time + Int(wait / .milliseconds(1)))
                continue
            }
            if askToMeet(index, &actions) { continue }
            let entry = book[index]
            let ways = configuration.reach.ways(to: entry.address)
            connect(index, by: ways[min(entry.way, ways.count - 1)], &actions)
            dialled += 1
        }
        guard let next = book.nextAttempt(sparesSeeds: isDone) else { return }
        if next > time { nextDial = next } else if dialled < room { nextDial = time + Self.soon }
    }

    /// In milliseconds: when there is room for who was not looked at because others were, and put back.
    private static let soon = 100

    mutating func connect(_ index: Int, by way: DialWay, _ actions: inout ActionQueue) {
        let entry = book[index]
        let v2 = infoHashes.v2?.truncated
        let infoHash = entry.triesV2 ? v2 ?? infoHashes.v1 : infoHashes.v1 ?? v2
        guard let infoHash else { return }
        actions.append(.connect(entry.address, ourHandshake(infoHash: infoHash), way))
    }

    var wantsPeers: Bool {
        if content == nil { return metadata != nil }
        return isDone ? gate.upload : gate.download
    }

    mutating func forgetEvicted() {
        for number in book.takeEvicted() {
            download?.partials.forget(source: number)
            failedPieces.forget(source: number)
        }
    }
}
