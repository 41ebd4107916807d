// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

public import Logging
import NIOCore
import NIOPosix
public import SwardDHT
public import SwardPrimitives

/// A node of the DHT on sockets.
///
/// Everything happens on one event loop; calls from elsewhere hop there.
public final class DHTService: Sendable {
    /// One new list of peers; called on the event loop.
    public typealias PeerListener = @Sendable ([PeerAddress]) -> Void

    private let loop: any EventLoop
    private let driver: NIOLoopBound<DHTDriver>
    /// What is its own, and is closed with it.
    private let belongings: @Sendable () -> Void

    /// Begins to look for nodes by a port that is open; whoever opened it closes it.
    ///
    /// - Parameters:
    ///   - saved: What an earlier run left.
    ///   - names: Nodes to begin with that the proxy is to look up.
    ///   - isPatient: Whether to return only when the tables are filled as far as they can be.
    static func start(
        _ configuration: DHTConfiguration, by port: NIOLoopBound<DatagramPort>, on loop: any EventLoop,
        saved: SavedNodes? = nil, names: [HostAndPort] = [], isPatient: Bool = false
    ) async throws -> DHTService {
        let driver = try await loop.submit {
            var configuration = configuration
            configuration.families = port.value.families
            let driver = DHTDriver(configuration, saved: saved, port: port.value, loop: loop)
            driver.listen()
            return NIOLoopBound(driver, eventLoop: loop)
        }.get()
        let nodes = saved?.nodes ?? []
        if isPatient {
            try await loop.flatSubmit {
                driver.value.heard(of: names).flatMap { driver.value.start(saved: nodes) }
            }.get()
        } else {
            loop.execute {
                _ = driver.value.start(saved: nodes)
                _ = driver.value.heard(of: names)
            }
        }
        return DHTService(loop: loop, driver: driver, belongings: {})
    }

    /// A node of a command that needs no session: asks the configured nodes, and returns when it has neighbours or they
    /// have failed.
    ///
    /// - Throws: The error of the last socket, when none could be opened.
    public static func visit(
        _ configuration: DHTConfiguration, at addresses: [PeerAddress], saved: SavedNodes? = nil,
        logger: Logger
    ) async throws -> DHTService {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let port = try await DatagramPort.open(at: addresses, on: loop, logger: logger)
        let service = try await start(configuration, by: port, on: loop, saved: saved, isPatient: true)
        return DHTService(loop: loop, driver: service.driver) { port.value.close() }
    }

    /// As ``visit(_:at:saved:logger:)``, by a proxy; names of nodes are looked up there.
    ///
    /// - Throws: A ``ProxyFailure`` when it passes no datagrams.
    package static func visit(
        _ configuration: DHTConfiguration, nodes: [HostAndPort], saved: SavedNodes? = nil,
        by proxy: SOCKSProxy
    ) async throws -> DHTService {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let passage = try await DatagramPassage.open(by: proxy, on: loop, report: { _ in })
        let (port, failure) = try await loop.submit {
            (
                NIOLoopBound(passage.value.port, eventLoop: loop),
                passage.value.isOpen ? nil : passage.value.failure ?? .hungUp
            )
        }.get()
        if let failure {
            try await loop.submit { passage.value.close() }.get()
            throw failure
        }
        let service = try await start(
            configuration, by: port, on: loop, saved: saved, names: nodes, isPatient: true)
        return DHTService(loop: loop, driver: service.driver) { passage.value.close() }
    }

    private init(
        loop: any EventLoop, driver: NIOLoopBound<DHTDriver>, belongings: @escaping @Sendable () -> Void
    ) {
        self.belongings = belongings
        self.loop = loop
        self.driver = driver
    }

    /// Where it listens.
    public var addresses: [PeerAddress] {
        get async { await onLoop { $0.addresses } ?? [] }
    }

    /// A torrent's `nodes`, or a peer's PORT message.
    public func heard(of address: PeerAddress) {
        loop.execute { self.driver.value.perform { $0.heard(of: address, at: .now, into: &$1) } }
    }

    /// As ``heard(of:)``, of nodes that a proxy finds.
    func heard(of nodes: [HostAndPort]) {
        loop.execute { _ = self.driver.value.heard(of: nodes) }
    }

    /// Looks for peers, and says that we are one when `port` is given; see ``DHTNode``.
    public func lookUpPeers(
        of infoHash: Digest160, announcing port: UInt16? = nil, isSeed: Bool = false,
        wantsScrape: Bool = false,
        found: @escaping PeerListener = { _ in }
    ) async -> DHTOutcome {
        await operation(found) {
            $0.lookUpPeers(
                of: infoHash, announcing: port, isSeed: isSeed, wantsScrape: wantsScrape, at: .now, into: &$1)
        }
    }

    /// As ``lookUpPeers(of:announcing:isSeed:wantsScrape:found:)``, for who does not wait for the end of it.
    func search(
        for infoHash: Digest160, announcing port: UInt16?, isSeed: Bool,
        whenDone: @escaping @Sendable () -> Void, found: @escaping PeerListener
    ) {
        loop.execute {
            let search = self.driver.value.operation(found) {
                $0.lookUpPeers(
                    of: infoHash, announcing: port, isSeed: isSeed, wantsScrape: false, at: .now, into: &$1)
            }
            search.whenComplete { _ in whenDone() }
        }
    }

    public func lookUpNodes(near target: NodeID) async -> DHTOutcome {
        await operation { $0.lookUpNodes(near: target, at: .now, into: &$1) }
    }

    public func get(_ target: NodeID) async -> DHTOutcome {
        await operation { $0.get(target, at: .now, into: &$1) }
    }

    public func get(publicKey: [UInt8], salt: [UInt8]) async -> DHTOutcome {
        await operation { $0.get(publicKey: publicKey, salt: salt, at: .now, into: &$1) }
    }

    public func put(_ item: DHTItem, compareAndSwap: Int64? = nil) async -> DHTOutcome {
        await operation { $0.put(item, compareAndSwap: compareAndSwap, at: .now, into: &$1) }
    }

    public func sampleInfoHashes(near target: NodeID) async -> DHTOutcome {
        await operation { $0.sampleInfoHashes(near: target, at: .now, into: &$1) }
    }

    public func ping(_ address: PeerAddress) async -> DHTOutcome {
        await operation { $0.ping(address, at: .now, into: &$1) }
    }

    public func snapshot() async -> DHTSnapshot? { await onLoop { $0.snapshot } }

    /// What the next run may begin with.
    public func savedNodes() async -> SavedNodes? { await onLoop { $0.saved } }

    /// Operations under way end with what they have.
    public func close() async {
        _ = await onLoop { [belongings] driver in
            driver.close()
            belongings()
        }
    }

    private func onLoop<R: Sendable>(_ body: @escaping @Sendable (DHTDriver) -> R) async -> R? {
        // Fails only when the loop is shut down, and then there is nothing to tell.
        try? await loop.submit { body(self.driver.value) }.get()
    }

    private func operation(
        _ found: @escaping PeerListener = { _ in },
        _ begin: @escaping @Sendable (inout DHTNode, inout [DHTAction]) -> DHTOperationID
    ) async -> DHTOutcome {
        let outcome = loop.flatSubmit { self.driver.value.operation(found, begin) }
        return (try? await outcome.get()) ?? DHTOutcome()
    }
}

/// A node as it is now.
public struct DHTSnapshot: Sendable {
    public var id: NodeID
    public var addresses: [PeerAddress]
    public var externalAddresses: [PeerAddress]
    public var nodeCounts: [DHTFamily: Int]
    public var goodNodeCounts: [DHTFamily: Int]
    public var torrentCount: Int
    public var peerCount: Int
    public var itemCount: Int
    public var counters: DHTCounters
}
