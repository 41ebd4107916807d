// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardPrimitives

/// Something that is looked up, and perhaps written, in the DHT.
struct DHTOperation: Sendable {
    enum Purpose: Sendable {
        case nodes(NodeID)
        case peers(infoHash: NodeID, announce: Announce?, wantsScrape: Bool)
        case item(target: NodeID, publicKey: [UInt8]?, salt: [UInt8])
        case put(DHTItem, compareAndSwap: Int64?)
        case samples(NodeID)
    }

    struct Announce: Sendable {
        /// `nil`: that of the datagram.
        var port: UInt16?
        var isSeed: Bool
    }

    let purpose: Purpose
    /// One for each family.
    var lookups: [DHTFamily: Lookup]
    var seen: Set<PeerAddress> = []
    var outcome = DHTOutcome()
    var seedFilter: ScrapeFilter?
    var peerFilter: ScrapeFilter?
    var samples: Set<NodeID> = []
    /// Writes under way; `nil` before the first is sent.
    var writes: Int?

    init(purpose: Purpose, families: [DHTFamily]) {
        self.purpose = purpose
        lookups = Dictionary(uniqueKeysWithValues: families.map { ($0, Lookup(target: purpose.target)) })
    }
}

extension DHTOperation.Purpose {
    var target: NodeID {
        switch self {
        case .nodes(let target), .item(let target, _, _), .samples(let target): target
        case .peers(let infoHash, _, _): infoHash
        case .put(let item, _): item.target
        }
    }

    var method: KRPCQuery.Method {
        switch self {
        case .nodes(let target): .findNode(target: target)
        case .peers(let infoHash, _, let wantsScrape):
            .getPeers(infoHash: infoHash, wantsScrape: wantsScrape, noSeeds: false)
        case .item(let target, _, _): .get(target: target, sequence: nil)
        case .put(let item, _): .get(target: item.target, sequence: nil)
        case .samples(let target): .sampleInfoHashes(target: target)
        }
    }
}

// MARK: - What can be asked for

extension DHTNode {
    /// Looks for peers of a torrent, and says that we are one when `port` is given.
    ///
    /// - Parameters:
    ///   - infoHash: v1, or v2 cut to 20 bytes (BEP 52).
    ///   - port: Where peers reach us; 0 for that of our datagrams (BEP 5, `implied_port`).
    package mutating func lookUpPeers(
        of infoHash: Digest160, announcing port: UInt16? = nil, isSeed: Bool = false,
        wantsScrape: Bool = false,
        at now: Instant, into actions: inout [DHTAction]
    ) -> DHTOperationID {
        let announce = port.map { DHTOperation.Announce(port: $0 == 0 ? nil : $0, isSeed: isSeed) }
        return begin(
            .peers(infoHash: NodeID(infoHash), announce: announce, wantsScrape: wantsScrape), at: now,
            into: &actions)
    }

    package mutating func lookUpNodes(
        near target: NodeID, at now: Instant, into actions: inout [DHTAction]
    ) -> DHTOperationID { begin(.nodes(target), at: now, into: &actions) }

    /// Gets data by its own hash.
    package mutating func get(
        _ target: NodeID, at now: Instant, into actions: inout [DHTAction]
    ) -> DHTOperationID { begin(.item(target: target, publicKey: nil, salt: []), at: now, into: &actions) }

    /// Gets the newest data under a key.
    package mutating func get(
        publicKey: [UInt8], salt: [UInt8], at now: Instant, into actions: inout [DHTAction]
    ) -> DHTOperationID {
        let target = MutableItem.target(publicKey: publicKey, salt: salt)
        return begin(.item(target: target, publicKey: publicKey, salt: salt), at: now, into: &actions)
    }

    /// Writes data to the nodes nearest to it.
    ///
    /// - Parameter compareAndSwap: Written only over this sequence number.
    package mutating func put(
        _ item: DHTItem, compareAndSwap: Int64? = nil, at now: Instant, into actions: inout [DHTAction]
    ) -> DHTOperationID { begin(.put(item, compareAndSwap: compareAndSwap), at: now, into: &actions) }

    /// Asks one address whether a node lives there; the outcome names it.
    package mutating func ping(
        _ address: PeerAddress, at now: Instant, into actions: inout [DHTAction]
    ) -> DHTOperationID {
        let operationID = DHTOperationID(number: nextOperation)
        nextOperation += 1
        var operation = DHTOperation(purpose: .nodes(id), families: [])
        operation.writes = 1
        operations[operationID] = operation
        ask(.ping, address, id: nil, purpose: .probe(operationID), at: now, into: &actions)
        return operationID
    }

    package mutating func sampleInfoHashes(
        near target: NodeID, at now: Instant, into actions: inout [DHTAction]
    ) -> DHTOperationID { begin(.samples(target), at: now, into: &actions) }

    /// Ends an operation without a word.
    package mutating func cancel(_ id: DHTOperationID) { operations[id] = nil }
}

// MARK: - How it goes

extension DHTNode {
    @discardableResult
    mutating func begin(
        _ purpose: DHTOperation.Purpose, families: [DHTFamily]? = nil, seeds: [NodeContact] = [],
        addresses: [PeerAddress] = [], at now: Instant, into actions: inout [DHTAction]
    ) -> DHTOperationID {
        let operationID = DHTOperationID(number: nextOperation)
        nextOperation += 1
        operations[operationID] = DHTOperation(
            purpose: purpose, families: families ?? DHTFamily.allCases.filter { tables[$0] != nil })
        // What keeps the tables names its family. It waits for no other, as the others need the tables.
        if families != nil {
            start(operationID, seeds: seeds, addresses: addresses, at: now, into: &actions)
        } else {
            waiting.append(operationID)
            useRoom(at: now, into: &actions)
        }
        return operationID
    }

    private mutating func start(
        _ operationID: DHTOperationID, seeds: [NodeContact] = [], addresses: [PeerAddress] = [],
        at now: Instant, into actions: inout [DHTAction]
    ) {
        guard var operation = operations[operationID] else { return }
        let target = operation.purpose.target
        for family in operation.lookups.keys {
            let known = tables[family]?.nearest(to: target, limit: 2 * Lookup.resultCount, at: now) ?? []
            for contact in known + seeds.filter({ DHTFamily(of: $0.address) == family }) {
                operation.lookups[family]?.add(contact)
            }
            for address in addresses where DHTFamily(of: address) == family {
                operation.lookups[family]?.add(address)
            }
        }
        operations[operationID] = operation
        advance(operationID, at: now, into: &actions)
    }

    /// How many more queries of ours may be under way.
    private var room: Int { max(0, configuration.outstandingLimit - transactions.count) }

    /// Goes on with what lacked room; what has not begun begins when nothing lacks it any more, the first first.
    mutating func useRoom(at now: Instant, into actions: inout [DHTAction]) {
        let turn = stalled
        stalled = []
        for (index, operationID) in turn.enumerated() {
            guard room > 0 else {
                stalled += turn[index...]
                break
            }
            advance(operationID, at: now, into: &actions)
        }
        while stalled.isEmpty, room > 0, let operationID = waiting.first {
            waiting.removeFirst()
            start(operationID, at: now, into: &actions)
        }
    }

    private mutating func stall(_ operationID: DHTOperationID) {
        if !stalled.contains(operationID) { stalled.append(operationID) }
    }

    mutating func answered(
        _ transaction: Transaction, _ response: KRPCResponse, at now: Instant, into actions: inout [DHTAction]
    ) {
        let contact = NodeContact(id: response.id, address: transaction.address)
        let family = DHTFamily(of: contact.address)
        // One who changes its name between question and answer is not let in.
        if transaction.id == nil || transaction.id == response.id {
            let doubtful = tables[family]?.answered(contact, at: now)
            if let doubtful, !transactions.contains(doubtful.address) {
                ask(.ping, doubtful.address, id: doubtful.id, purpose: .ping, at: now, into: &actions)
            }
        }
        switch transaction.purpose {
        case .ping: break
        case .bootstrap:
            let nodes = response.nodes.filter { DHTFamily(of: $0.address) == family } + [contact]
            begin(.nodes(id), families: [family], seeds: nodes, at: now, into: &actions)
        case .probe(let operationID):
            operations[operationID]?.outcome.nodes = [contact]
            operations[operationID]?.writes = 0
            finishIfDone(operationID, into: &actions)
        case .write(let operationID):
            operations[operationID]?.outcome.storedCount += 1
            operations[operationID]?.writes? -= 1
            finishIfDone(operationID, into: &actions)
        case .lookup(let operationID):
            collect(response, operationID, into: &actions)
            for family in DHTFamily.allCases {
                let nodes = response.nodes.filter { DHTFamily(of: $0.address) == family && $0.id != id }
                if family == DHTFamily(of: contact.address) {
                    operations[operationID]?.lookups[family]?.answered(
                        contact.address, as: contact.id, token: response.token, nodes: nodes)
                } else {
                    for node in nodes.prefix(Lookup.resultCount) {
                        operations[operationID]?.lookups[family]?.add(node)
                    }
                }
            }
            advance(operationID, at: now, into: &actions)
        }
    }

    private mutating func collect(
        _ response: KRPCResponse, _ operationID: DHTOperationID, into actions: inout [DHTAction]
    ) {
        guard var operation = operations[operationID] else { return }
        defer { operations[operationID] = operation }
        switch operation.purpose {
        case .nodes: break
        case .peers:
            let new = response.peers.filter {
                operation.seen.count < 10_000 && operation.seen.insert($0).inserted
            }
            operation.outcome.peerCount += new.count
            if !new.isEmpty { actions.append(.foundPeers(new, operationID)) }
            if let filter = response.seedFilter {
                operation.seedFilter = (operation.seedFilter ?? .init()).union(filter)
            }
            if let filter = response.peerFilter {
                operation.peerFilter = (operation.peerFilter ?? .init()).union(filter)
            }
        case .samples:
            for sample in (response.samples ?? []).prefix(PeerStore.torrentLimit)
            where operation.samples.count < 20_000 { operation.samples.insert(sample) }
        case .item(let target, let publicKey, let salt):
            guard let found = Self.item(in: response, target: target, publicKey: publicKey, salt: salt) else {
                return
            }
            if operation.take(found) { actions.append(.foundItem(found, operationID)) }
        case .put(let item, _):
            guard case .mutable(let own) = item,
                let found = Self.item(
                    in: response, target: own.target, publicKey: own.publicKey, salt: own.salt)
            else { return }
            if operation.take(found) { actions.append(.foundItem(found, operationID)) }
        }
    }

    /// The item of an answer, if it proves to be what was asked for.
    private static func item(
        in response: KRPCResponse, target: NodeID, publicKey: [UInt8]?, salt: [UInt8]
    ) -> DHTItem? {
        guard let value = response.value, value.count <= DHTItem.maximumValueByteCount else { return nil }
        if let publicKey {
            guard let sequence = response.sequence, let signature = response.signature else { return nil }
            return MutableItem(
                publicKey: publicKey, salt: salt, sequence: sequence, value: value, signature: signature
            ).map(DHTItem.mutable)
        }
        let item = DHTItem.immutable(value)
        return item.target == target ? item : nil
    }

    mutating func slowed(_ transaction: Transaction, at now: Instant, into actions: inout [DHTAction]) {
        guard case .lookup(let operationID) = transaction.purpose else { return }
        operations[operationID]?.lookups[DHTFamily(of: transaction.address)]?.isSlow(transaction.address)
        advance(operationID, at: now, into: &actions)
    }

    mutating func failed(_ transaction: Transaction, at now: Instant, into actions: inout [DHTAction]) {
        let family = DHTFamily(of: transaction.address)
        if let id = transaction.id {
            tables[family]?.failed(NodeContact(id: id, address: transaction.address))
        }
        switch transaction.purpose {
        case .ping, .bootstrap: break
        case .lookup(let operationID):
            operations[operationID]?.lookups[family]?.failed(transaction.address)
            advance(operationID, at: now, into: &actions)
        case .write(let operationID), .probe(let operationID):
            operations[operationID]?.writes? -= 1
            finishIfDone(operationID, into: &actions)
        }
    }

    mutating func refused(
        _ transaction: Transaction, _ error: KRPCError, at now: Instant, into actions: inout [DHTAction]
    ) {
        switch transaction.purpose {
        case .ping, .bootstrap: break
        case .lookup(let operationID):
            // It lives, but is of no use here.
            operations[operationID]?.lookups[DHTFamily(of: transaction.address)]?.failed(transaction.address)
            advance(operationID, at: now, into: &actions)
        case .write(let operationID), .probe(let operationID):
            if operations[operationID]?.outcome.refusal == nil {
                operations[operationID]?.outcome.refusal = error
            }
            operations[operationID]?.writes? -= 1
            finishIfDone(operationID, into: &actions)
        }
    }

    private mutating func advance(
        _ operationID: DHTOperationID, at now: Instant, into actions: inout [DHTAction]
    ) {
        guard let operation = operations[operationID], operation.writes == nil else { return }
        let method = operation.purpose.method
        for family in DHTFamily.allCases {
            let room = room
            for candidate in operations[operationID]?.lookups[family]?.next(limit: room) ?? [] {
                ask(
                    method, candidate.contact.address, id: candidate.isNamed ? candidate.contact.id : nil,
                    purpose: .lookup(operationID), at: now, into: &actions)
            }
        }
        guard operations[operationID]?.lookups.values.allSatisfy(\.isFinished) ?? false else {
            if room == 0 { stall(operationID) }
            return
        }
        guard operation.writeCount <= room || transactions.count == 0 else { return stall(operationID) }
        write(operationID, at: now, into: &actions)
        finishIfDone(operationID, into: &actions)
    }

    /// The lookup is over: writes to the nearest, if the operation writes.
    private mutating func write(
        _ operationID: DHTOperationID, at now: Instant, into actions: inout [DHTAction]
    ) {
        guard let operation = operations[operationID] else { return }
        operations[operationID]?.writes = 0
        for (_, lookup) in operation.lookups.sorted(by: { $0.key.wantName < $1.key.wantName }) {
            for candidate in lookup.results {
                guard let token = candidate.token else { continue }
                let method: KRPCQuery.Method
                switch operation.purpose {
                case .peers(let infoHash, let announce?, _):
                    method = .announcePeer(
                        infoHash: infoHash, port: announce.port, token: token, isSeed: announce.isSeed)
                case .put(let item, let compareAndSwap):
                    method = .put(PutArguments(item), token: token, compareAndSwap: compareAndSwap)
                default: return
                }
                operations[operationID]?.writes? += 1
                ask(
                    method, candidate.contact.address, id: candidate.contact.id, purpose: .write(operationID),
                    at: now,
                    into: &actions)
            }
        }
    }

    private mutating func finishIfDone(_ operationID: DHTOperationID, into actions: inout [DHTAction]) {
        guard let operation = operations[operationID], operation.writes == 0 else { return }
        operations[operationID] = nil
        actions.append(.finished(operationID, operation.finalOutcome))
    }
}

extension DHTOperation {
    /// To come when the lookups are over.
    var writeCount: Int {
        switch purpose {
        case .peers(_, _?, _), .put: lookups.values.reduce(0) { $0 + $1.results.count { $0.token != nil } }
        default: 0
        }
    }

    /// - Returns: Whether it is newer than what was found before.
    mutating func take(_ item: DHTItem) -> Bool {
        if case .mutable(let new) = item, case .mutable(let old)? = outcome.item, new.sequence <= old.sequence
        {
            return false
        }
        if case .immutable = item, outcome.item != nil { return false }
        outcome.item = item
        return true
    }

    var finalOutcome: DHTOutcome {
        var outcome = outcome
        let target = purpose.target
        if lookups.isEmpty { return outcome }
        outcome.nodes = lookups.values.flatMap { $0.results.map(\.contact) }
            .sorted { $0.id.distance(to: target) < $1.id.distance(to: target) }
        outcome.queryCount = lookups.values.reduce(0) { $0 + $1.queryCount }
        outcome.roundCount = lookups.values.map(\.roundCount).max() ?? 0
        outcome.seedCount = seedFilter?.estimatedCount
        outcome.leechCount = peerFilter?.estimatedCount
        outcome.samples = samples.sorted()
        return outcome
    }
}
