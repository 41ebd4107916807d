// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import DequeModule
package import SwardHash
package import SwardPrimitives

/// One node of the DHT: its tables, what it is asking, and what it keeps for others.
///
/// Pure: time, randomness and datagrams are handed in, and what is to be done is handed out.
/// - Source: BEP 5, 32, 33, 42, 43, 44, 51.
package struct DHTNode: Sendable {
    package typealias Instant = ContinuousClock.Instant

    typealias Transaction = Transactions.Transaction

    private static let maximumBeginnings = 64

    package private(set) var configuration: DHTConfiguration
    package internal(set) var id: NodeID
    package internal(set) var counters = DHTCounters()
    package internal(set) var peers = PeerStore()
    package internal(set) var items = ItemStore()
    var tables: [DHTFamily: RoutingTable] = [:]
    var transactions = Transactions()
    var operations: [DHTOperationID: DHTOperation] = [:]
    /// Under way, with more to ask than there was room for.
    var stalled: [DHTOperationID] = []
    /// Not begun yet.
    var waiting: Deque<DHTOperationID> = []
    var nextOperation = 0
    var tokens: WriteTokens
    var chance: SecretChance
    var guardian: QueryGuard
    var votes: [DHTFamily: AddressVote] = [:]
    var upkeep: Instant
    var bootstrapped: [DHTFamily: Instant] = [:]
    var bootstrapDelay: [DHTFamily: Duration] = [:]

    /// - Parameters:
    ///   - id: Of an earlier run; `nil` for a new one.
    ///   - chance: Of names, tokens and transactions.
    package init(configuration: DHTConfiguration, id: NodeID?, chance: SecretChance, at now: Instant) {
        self.configuration = configuration
        self.chance = chance
        self.id = id ?? NodeID(using: &self.chance)
        tokens = WriteTokens(at: now, using: &self.chance)
        guardian = QueryGuard(
            bytesPerSecond: configuration.answerBytesPerSecond,
            perHost: configuration.queriesPerHostPerSecond, at: now)
        for family in configuration.families { tables[family] = RoutingTable(own: self.id) }
        upkeep = now
    }

    package func nodeCount(_ family: DHTFamily) -> Int { tables[family]?.count ?? 0 }
    package func goodNodeCount(_ family: DHTFamily, at now: Instant) -> Int {
        tables[family]?.goodCount(at: now) ?? 0
    }

    /// Queries of our own under way.
    package var outstandingCount: Int { transactions.count }

    /// The nodes to keep across runs, most recent first.
    package func savedNodes(limit: Int = 400) -> [NodeContact] {
        DHTFamily.allCases.flatMap { tables[$0]?.saved(limit: limit) ?? [] }
    }

    /// Where most of those who answered see us. Source: BEP 42.
    package func externalAddress(_ family: DHTFamily) -> PeerAddress? { votes[family]?.winner }

    // MARK: - Events

    /// Begins: asks the nodes of an earlier run, and those of the configuration.
    ///
    /// - Returns: The lookups that fill the tables, one for each family.
    @discardableResult
    package mutating func start(
        saved: [NodeContact] = [], at now: Instant, into actions: inout [DHTAction]
    ) -> [DHTOperationID] {
        let lookups = DHTFamily.allCases.filter(configuration.families.contains).map { family in
            bootstrap(
                family, saved: saved.filter { DHTFamily(of: $0.address) == family }, at: now, into: &actions)
        }
        timerFired(at: now, into: &actions)
        return lookups
    }

    /// One more of those to begin with, known only now; asked at once when we have begun.
    package mutating func begin(with address: PeerAddress, at now: Instant, into actions: inout [DHTAction]) {
        if !configuration.bootstrap.contains(address), configuration.bootstrap.count < Self.maximumBeginnings
        {
            configuration.bootstrap.append(address)
        }
        if bootstrapped[DHTFamily(of: address)] != nil { heard(of: address, at: now, into: &actions) }
    }

    /// Asks a node that someone told us of: a torrent's `nodes`, or a peer's PORT message.
    package mutating func heard(of address: PeerAddress, at now: Instant, into actions: inout [DHTAction]) {
        guard address.isReachable, let table = tables[DHTFamily(of: address)],
            transactions.count < configuration.outstandingLimit,
            !transactions.contains(address)
        else { return }
        // An empty table wants neighbours at once; a full one only wants to know whether the node lives.
        if table.count < RoutingTable.bucketWidth {
            ask(
                KRPCQuery.Method.findNode(target: id), address, id: nil, purpose: .bootstrap, at: now,
                into: &actions)
        } else {
            ask(.ping, address, id: nil, purpose: .ping, at: now, into: &actions)
        }
    }

    package mutating func received(
        _ datagram: ArraySlice<UInt8>, from address: PeerAddress, at now: Instant,
        into actions: inout [DHTAction]
    ) {
        counters.bytesReceived += datagram.count
        guard address.isReachable, tables[DHTFamily(of: address)] != nil else { return }
        let message: KRPCMessage
        do throws(KRPCMessage.Failure) { message = try KRPCMessage.parse(datagram) } catch {
            counters.malformed += 1
            if case .refused(let error, let transaction) = error, !configuration.isReadOnly,
                guardian.admits(address, byteCount: datagram.count + Self.headerByteCount, at: now)
            {
                reply(
                    KRPCMessage(transaction: transaction, body: .error(error)), to: address, at: now,
                    into: &actions)
            }
            return
        }
        switch message.body {
        case .query(let query):
            counters.queriesReceived += 1
            answer(
                query, message.transaction, byteCount: datagram.count, from: address, at: now, into: &actions)
        case .response(let response):
            guard let transaction = take(message.transaction, from: address) else { return }
            counters.responsesReceived += 1
            vote(message.externalAddress, from: address, at: now, into: &actions)
            answered(transaction, response, at: now, into: &actions)
            useRoom(at: now, into: &actions)
        case .error(let error):
            guard let transaction = take(message.transaction, from: address) else { return }
            counters.errorsReceived += 1
            refused(transaction, error, at: now, into: &actions)
            useRoom(at: now, into: &actions)
        }
    }

    /// When the shell must next call ``timerFired(at:into:)``.
    package var deadline: Instant {
        min(upkeep, transactions.deadline ?? upkeep)
    }

    package mutating func timerFired(at now: Instant, into actions: inout [DHTAction]) {
        while let (transaction, hasFailed) = transactions.takeLate(at: now) {
            if hasFailed {
                counters.timeouts += 1
                failed(transaction, at: now, into: &actions)
            } else {
                slowed(transaction, at: now, into: &actions)
            }
        }
        useRoom(at: now, into: &actions)
        if upkeep <= now { keepUp(at: now, into: &actions) }
    }

    // MARK: - Asking

    mutating func ask(
        _ method: KRPCQuery.Method, _ address: PeerAddress, id other: NodeID?, purpose: Transaction.Purpose,
        at now: Instant, into actions: inout [DHTAction]
    ) {
        var number = UInt32(truncatingIfNeeded: chance.next())
        while transactions[number] != nil { number = UInt32(truncatingIfNeeded: chance.next()) }
        transactions.insert(
            Transaction(address: address, id: other, purpose: purpose, sent: now), as: number)
        counters.queriesSent += 1
        let query = KRPCQuery(
            id: id, method: method, isReadOnly: configuration.isReadOnly,
            // Said only where it adds something: the family of the datagram is meant anyway.
            wants: configuration.families.count > 1 ? configuration.families : [])
        let transaction = (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * UInt32($0))) }
        send(KRPCMessage(transaction: transaction, body: .query(query)), to: address, at: now, into: &actions)
    }

    mutating func send(
        _ message: KRPCMessage, to address: PeerAddress, at now: Instant, into actions: inout [DHTAction]
    ) {
        var message = message
        message.version = configuration.version
        if case .query = message.body {} else { message.externalAddress = address }
        let bytes = message.encoded()
        counters.bytesSent += bytes.count
        actions.append(.send(bytes, to: address))
    }

    /// The query that an answer belongs to: its number and its address must both fit.
    private mutating func take(_ transaction: [UInt8], from address: PeerAddress) -> Transaction? {
        guard transaction.count == 4 else { return nil }
        let number = transaction.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        guard transactions[number]?.address == address else { return nil }
        return transactions.remove(number)
    }
}
