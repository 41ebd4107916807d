// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
import NIOCore
import NIOPosix
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
    private var sockets: [DHTFamily: any Channel] = [:]
    private var waiters: [DHTOperationID: Waiter] = [:]
    private var timer: Scheduled<Void>?
    private var armed: ContinuousClock.Instant?
    private var isOpen = true

    init(_ configuration: DHTConfiguration, saved: SavedNodes?, loop: any EventLoop) {
        self.loop = loop
        node = DHTNode(
            configuration: configuration, id: saved?.id, seed: UInt64.random(in: .min ... .max), at: .now)
    }

    var addresses: [PeerAddress] {
        sockets.sorted { $0.key == .ipv4 && $1.key == .ipv6 }.compactMap {
            $0.value.localAddress.flatMap(PeerAddress.init)
        }
    }

    func open(_ address: PeerAddress) -> EventLoopFuture<Void> {
        let me = NIOLoopBound(self, eventLoop: loop)
        var bootstrap = DatagramBootstrap(group: loop)
            .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 2048))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(DHTHandler(me))
                }
            }
        if !address.isIPv4 {
            // The other family has a socket of its own at the same port.
            bootstrap = bootstrap.channelOption(
                ChannelOptions.Types.SocketOption(level: .ipv6, name: .ipv6_v6only), value: 1)
        }
        guard let socketAddress = SocketAddress(address) else {
            return loop.makeFailedFuture(ChannelError.unknownLocalAddress)
        }
        return bootstrap.bind(to: socketAddress).map { channel in
            me.value.sockets[DHTFamily(of: address)] = channel
        }
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

    fileprivate func received(_ datagram: ByteBuffer, from sender: SocketAddress) {
        guard let sender = PeerAddress(sender) else { return }
        let bytes = Array(datagram.readableBytesView)
        perform { $0.received(bytes[...], from: sender, at: .now, into: &$1) }
    }

    private func carryOut(_ actions: [DHTAction]) {
        var touched: Set<DHTFamily> = []
        for action in actions {
            switch action {
            case .send(let bytes, let to):
                let family = DHTFamily(of: to)
                guard let channel = sockets[family], let address = SocketAddress(to) else { continue }
                // A datagram that cannot be sent is one that was lost.
                channel.write(
                    AddressedEnvelope(remoteAddress: address, data: ByteBuffer(bytes: bytes)), promise: nil)
                touched.insert(family)
            case .foundPeers(let peers, let id): waiters[id]?.found(peers)
            case .foundItem: break
            case .finished(let id, let outcome): waiters.removeValue(forKey: id)?.promise.succeed(outcome)
            }
        }
        for family in touched { sockets[family]?.flush() }
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
        for socket in sockets.values { socket.close(promise: nil) }
        sockets = [:]
        for waiter in waiters.values { waiter.promise.succeed(DHTOutcome()) }
        waiters = [:]
    }
}

private final class DHTHandler: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>

    private let driver: NIOLoopBound<DHTDriver>

    init(_ driver: NIOLoopBound<DHTDriver>) { self.driver = driver }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let envelope = Self.unwrapInboundIn(data)
        driver.value.received(envelope.data, from: envelope.remoteAddress)
    }

    // An ICMP error tells of one datagram; the socket lives on.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {}
}
