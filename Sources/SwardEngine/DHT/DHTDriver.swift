// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import SwardDHT
import SwardPrimitives

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

    init(_ configuration: DHTConfiguration, saved: SavedNodes?, port: DatagramPort, loop: any EventLoop) {
        self.loop = loop
        self.port = port
        node = DHTNode(
            configuration: configuration, id: saved?.id, seed: UInt64.random(in: .min ... .max), at: .now)
    }

    var addresses: [PeerAddress] { port.addresses }

    func listen() { port.receivedMessage = { [weak self] in self?.received($0, from: $1) } }

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
        port.receivedMessage = { _, _ in }
        for waiter in waiters.values { waiter.promise.succeed(DHTOutcome()) }
        waiters = [:]
    }
}
