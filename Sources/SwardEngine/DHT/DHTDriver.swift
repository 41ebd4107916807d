// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import SwardDHT
import SwardHash
import SwardPrimitives
import SwardWire

/// Moves datagrams and time between a ``DHTNode`` and its sockets. Belongs to one event loop.
final class DHTDriver {
    private struct Waiter {
        var found: DHTService.PeerListener
        var promise: EventLoopPromise<DHTOutcome>
    }

    private let loop: any EventLoop
    private var node: DHTNode
    private let port: DatagramPort
    private var waiters: [DHTOperationID: Waiter] = [:]
    private var timer: Scheduled<Void>?
    private var armed: ContinuousClock.Instant?
    private var isOpen = true
    private var names: NamedNodes
    private var nameTimer: Scheduled<Void>?
    private var whenNamesSettle: [EventLoopPromise<Void>] = []

    init(_ configuration: DHTConfiguration, saved: SavedNodes?, port: DatagramPort, loop: any EventLoop) {
        self.loop = loop
        self.port = port
        node = DHTNode(
            configuration: configuration, id: saved?.id, chance: SecretChance(), at: .now)
        names = NamedNodes(isReadOnly: configuration.isReadOnly, chance: SecretChance())
    }

    var addresses: [PeerAddress] { port.addresses }

    func listen() {
        port.receivedMessage = { [weak self] in self?.received($0, from: $1) }
        port.foundRelay = { [weak self] in
            self?.names.restart(at: .now)
            self?.greet()
        }
    }

    // MARK: Names

    /// Nodes whose names the proxy looks up; where there is none they are passed over.
    ///
    /// - Returns: Succeeds when one has answered, or when none will.
    func heard(of nodes: [HostAndPort]) -> EventLoopFuture<Void> {
        guard isOpen, port.isRelayed else { return loop.makeSucceededVoidFuture() }
        for node in nodes {
            if let address = node.literal {
                perform { $0.begin(with: address, at: .now, into: &$1) }
            } else {
                names.add(node.host, port: node.port, at: .now)
            }
        }
        let promise = loop.makePromise(of: Void.self)
        whenNamesSettle.append(promise)
        greet()
        return promise.futureResult
    }

    private func greet() {
        guard isOpen else { return }
        for greeting in names.timerFired(as: node.id, at: .now) {
            port.write(ByteBuffer(bytes: greeting.bytes), to: .name(greeting.name, port: greeting.port))
        }
        port.flush()
        if names.isSettled { settleNames() }
        nameTimer?.cancel()
        guard let deadline = names.deadline else { return }
        let me = NIOLoopBound(self, eventLoop: loop)
        nameTimer = loop.scheduleTask(in: TimeAmount(deadline - .now)) { me.value.greet() }
    }

    private func settleNames() {
        let waiting = whenNamesSettle
        whenNamesSettle = []
        for promise in waiting { promise.succeed() }
    }

    /// - Returns: Succeeds when the tables are filled as far as they can be.
    func start(saved: [NodeContact]) -> EventLoopFuture<Void> {
        var actions: [DHTAction] = []
        let lookups = node.start(saved: saved, at: .now, into: &actions)
        let futures = lookups.map { id in
            let promise = loop.makePromise(of: DHTOutcome.self)
            waiters[id] = Waiter(found: { _ in }, promise: promise)
            return promise.futureResult.map { _ in }
        }
        carryOut(actions)
        return EventLoopFuture.andAllSucceed(futures, on: loop)
    }

    func operation(
        _ found: @escaping DHTService.PeerListener,
        _ begin: (inout DHTNode, inout [DHTAction]) -> DHTOperationID
    ) -> EventLoopFuture<DHTOutcome> {
        guard isOpen else { return loop.makeSucceededFuture(DHTOutcome()) }
        let promise = loop.makePromise(of: DHTOutcome.self)
        var actions: [DHTAction] = []
        let id = begin(&node, &actions)
        waiters[id] = Waiter(found: found, promise: promise)
        carryOut(actions)
        return promise.futureResult
    }

    func perform(_ body: (inout DHTNode, inout [DHTAction]) -> Void) {
        guard isOpen else { return }
        var actions: [DHTAction] = []
        body(&node, &actions)
        carryOut(actions)
    }

    private func received(_ datagram: ByteBuffer, from sender: PeerAddress) {
        let bytes = Array(datagram.readableBytesView)
        if names.received(bytes[...], from: sender) {
            perform { $0.begin(with: sender, at: .now, into: &$1) }
            return greet()
        }
        perform { $0.received(bytes[...], from: sender, at: .now, into: &$1) }
    }

    private func carryOut(_ actions: [DHTAction]) {
        var hasSent = false
        for action in actions {
            switch action {
            case .send(let bytes, let to):
                port.write(ByteBuffer(bytes: bytes), to: to)
                hasSent = true
            case .foundPeers(let peers, let id): waiters[id]?.found(peers)
            case .foundItem: break
            case .finished(let id, let outcome): waiters.removeValue(forKey: id)?.promise.succeed(outcome)
            }
        }
        if hasSent { port.flush() }
        arm()
    }

    private func arm() {
        let deadline = node.deadline
        guard isOpen, armed.map({ deadline < $0 }) ?? true else { return }
        timer?.cancel()
        armed = deadline
        let me = NIOLoopBound(self, eventLoop: loop)
        timer = loop.scheduleTask(in: TimeAmount(max(.zero, deadline - .now))) {
            me.value.armed = nil
            me.value.perform { $0.timerFired(at: .now, into: &$1) }
        }
    }

    var saved: SavedNodes { SavedNodes(id: node.id, nodes: node.savedNodes()) }

    var snapshot: DHTSnapshot {
        let families = node.configuration.families
        return DHTSnapshot(
            id: node.id, addresses: addresses, externalAddresses: families.compactMap(node.externalAddress),
            nodeCounts: Dictionary(uniqueKeysWithValues: families.map { ($0, node.nodeCount($0)) }),
            goodNodeCounts: Dictionary(
                uniqueKeysWithValues: families.map { ($0, node.goodNodeCount($0, at: .now)) }),
            torrentCount: node.peers.torrentCount, peerCount: node.peers.peerCount,
            itemCount: node.items.count,
            counters: node.counters)
    }

    func close() {
        isOpen = false
        timer?.cancel()
        nameTimer?.cancel()
        settleNames()
        port.receivedMessage = { _, _ in }
        port.foundRelay = {}
        for waiter in waiters.values { waiter.promise.succeed(DHTOutcome()) }
        waiters = [:]
    }
}
