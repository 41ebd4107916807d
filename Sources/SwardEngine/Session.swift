// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

public import Logging
import NIOCore
import NIOPosix
public import SwardDHT
import SwardMetainfo
public import SwardPrimitives
import SwardStorage
public import SwardSwarm
import Synchronization

/// What a session is set up with.
public struct SessionConfiguration: Sendable {
    public var peerID: PeerID
    /// What we call ourselves to peers and trackers.
    public var clientName = "sward"
    /// Where to listen, host and port; port 0 picks a free one. Empty: no listening.
    public var listen: [(host: String, port: Int)] = []
    /// Event loops; a torrent lives on one of them.
    public var loops = 1
    public var diskThreads = 2
    /// Connections that have not yet sent their handshake.
    public var maximumPendingHandshakes = 64
    /// To and from peers, of all torrents together.
    public var maximumConnections = 500
    public var openFiles = 128
    /// Whether to find and be found on the local network (BEP 14), which sends multicast.
    public var localDiscovery = false
    /// Of all torrents together, in bytes per second; `nil` for no limit.
    public var uploadLimit: Int?
    public var downloadLimit: Int?
    /// Who is neither dialled nor let in.
    public var filter = AddressFilter()
    public var exchangesPeers = true
    /// How peers are spoken to, and by which ways they are dialled.
    public var reach = Reach()
    /// Who has given goes first among equals; `nil` counts nothing.
    package var reciprocity: Reciprocity?
    /// How to join the DHT; `nil` stays out of it. Its datagrams go by the ports we listen on.
    public var dht: DHTConfiguration?
    /// What an earlier run left of the routing table.
    public var dhtNodes: SavedNodes?
    /// Whether the gateway is asked to let peers in; told of what became of that.
    public var mapsPorts = false
    public var mappedPort: @Sendable (PortMappingReport) -> Void = { _ in }
    /// By what to reach peers; then everything goes by it, and nothing around it: no listening, no local discovery and no
    /// port mapping, whatever is said of them here; and where it passes no datagrams, peers are dialled over TCP alone, and
    /// there is no uTP, DHT or UDP tracker. `transport` and `web` must go by it too.
    public var proxy: SOCKSProxy?
    /// Nodes of the DHT to begin with, whose names the proxy looks up.
    package var proxiedNodes: [HostAndPort] = []
    /// Told whether datagrams go by the proxy, at first and whenever that changes.
    public var datagramsPassed: @Sendable (PassageReport) -> Void = { _ in }
    /// Told when the proxy fails us, once for each reason.
    public var proxyFailed: @Sendable (ProxyFailure) -> Void = { _ in }
    /// Told of DHT nodes that peers run (BEP 5).
    public var foundNode: @Sendable (PeerAddress) -> Void = { _ in }
    /// Asks HTTP trackers; `nil` asks none, UDP ones neither.
    public var transport: TrackerTransport?
    /// Asks web seeds; `nil` asks none.
    public var web: WebTransport?
    /// Of random choices; every torrent draws its own from it.
    public var seed: UInt64

    public init(peerID: PeerID, seed: UInt64) {
        self.peerID = peerID
        self.seed = seed
    }

    /// Without what would go around the proxy.
    fileprivate var confined: SessionConfiguration {
        guard proxy != nil else { return self }
        var confined = self
        confined.listen = []
        // Who asks by the relay need not be reached by it.
        confined.dht?.isReadOnly = true
        confined.localDiscovery = false
        confined.mapsPorts = false
        return confined
    }
}

/// Runs torrents: owns the loops, the disk threads and the listeners.
///
/// Make one, ``start()`` it, ``add(_:options:judge:)`` torrents, and ``stop()`` it in the end.
public final class Session: Sendable {
    private struct State {
        var listeners: [any Channel] = []
        var torrents: [TorrentHandle] = []
        var discovery: NIOLoopBound<LocalDiscoveryService>?
        var dht: DHTService?
        var mapper: PortMapper?
        var datagrams: NIOLoopBound<DatagramPort>?
        var passage: NIOLoopBound<DatagramPassage>?
        /// Whether uTP has a way.
        var dialsUTP: Bool
        var listenPort: UInt16?
        var made: UInt64 = 0
    }

    public let configuration: SessionConfiguration
    private let logger: Logger
    private let group: MultiThreadedEventLoopGroup
    let directory = TorrentDirectory()
    /// Of incoming connections without their handshake.
    private let admission: PendingHandshakes
    private let environment: TorrentEnvironment
    private let doorway = Doorway()
    private let state: Mutex<State>
    /// What all torrents share of what may move.
    private let pools: (upload: RatePool?, download: RatePool?)

    public init(_ configuration: SessionConfiguration, logger: Logger) {
        let configuration = configuration.confined
        self.configuration = configuration
        self.logger = logger
        state = Mutex(State(dialsUTP: configuration.reach.dialsUTP))
        admission = PendingHandshakes(limit: configuration.maximumPendingHandshakes)
        Allocation.keepMemory()
        group = MultiThreadedEventLoopGroup(numberOfThreads: max(1, configuration.loops))
        let now = ContinuousClock.now
        pools = (
            configuration.uploadLimit.map { RatePool(bytesPerSecond: $0, at: now) },
            configuration.downloadLimit.map { RatePool(bytesPerSecond: $0, at: now) }
        )
        let pool = DiskPool(threads: configuration.diskThreads)
        environment = TorrentEnvironment(
            pool: pool,
            descriptors: DescriptorCache(limit: configuration.openFiles), directory: directory,
            transport: configuration.transport.map(doorway.guarding),
            datagrams: UDPTrackerService(
                loop: group.next(), pool: pool, isProxied: configuration.proxy != nil),
            web: configuration.web.map(doorway.guarding),
            trackerKey: .random(in: .min ... .max),
            connections: Admission(limit: configuration.maximumConnections),
            proxy: configuration.proxy.map { ProxyDialler($0, report: configuration.proxyFailed) },
            foundNode: configuration.foundNode)
    }

    /// Begins to listen.
    ///
    /// - Returns: The addresses bound, with the ports the system picked.
    @discardableResult
    public func start() async throws -> [PeerAddress] {
        if let proxy = configuration.proxy {
            try await openPassage(by: proxy)
            return []
        }
        var bound: [PeerAddress] = []
        for (host, port) in configuration.listen {
            if configuration.reach.dialsTCP {
                bound += try await listen(host, port, admission)
            } else if let address = HostAndPort("\(host.contains(":") ? "[\(host)]" : host):\(port)")?
                .resolve()
            {
                bound.append(address)
            }
        }
        if !bound.isEmpty, configuration.dht != nil || configuration.reach.dialsUTP {
            let open = try await openDatagrams(at: bound, admission)
            // With TCP, peers find us without; that is no reason not to start.
            if !configuration.reach.dialsTCP { bound = open }
        }
        if configuration.mapsPorts, let first = bound.first, !first.isLoopback {
            let mapper = PortMapper(
                port: first.port, isIPv6: Self.families(of: bound), on: group.next(),
                report: configuration.mappedPort)
            state.withLock { $0.mapper = mapper }
        }
        state.withLock { [bound] in $0.listenPort = bound.first?.port }
        if configuration.localDiscovery, !bound.isEmpty { await startDiscovery(listening: bound) }
        return bound
    }

    /// Whether of IPv6, for each family we listen in; the unspecified address of IPv6 takes both.
    private static func families(of bound: [PeerAddress]) -> Set<Bool> {
        var families = Set(bound.map { !$0.isIPv4 })
        if bound.contains(where: { !$0.isIPv4 && $0.ip.allSatisfy { $0 == 0 } }) { families.insert(false) }
        return families
    }

    private func listen(_ host: String, _ port: Int, _ admission: PendingHandshakes) async throws
        -> [PeerAddress]
    {
        // The resolver denies literal IPv6 addresses on a machine that has but `::1`.
        let literal = try? SocketAddress(ipAddress: host, port: port)
        let channel = try await ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 128)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            // Without it one who finds no descriptor left keeps a core busy until there is one.
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(AcceptPause())
                }
            }
            .peerChannelOptions()
            .childChannelInitializer { [directory, encryption = configuration.reach.encryption] channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addPeerHandlers(encryption, directory, admission)
                }
            }
            .bind(to: literal ?? SocketAddress.makeAddressResolvingHost(host, port: port)).get()
        state.withLock { $0.listeners.append(channel) }
        return channel.localAddress.flatMap { PeerAddress($0) }.map { [$0] } ?? []
    }

    /// Opens the port that uTP and the DHT share.
    ///
    /// - Returns: Where it listens.
    private func openDatagrams(at listening: [PeerAddress], _ admission: PendingHandshakes) async throws
        -> [PeerAddress]
    {
        // `::` takes connections of both families; datagrams need a socket for each.
        let any = [UInt8](repeating: 0, count: 16)
        let addresses = listening.flatMap { address in
            address.ip == any
                ? [PeerAddress(ip: [0, 0, 0, 0], port: address.port), address].compactMap(\.self) : [address]
        }
        let loop = group.next()
        let port: NIOLoopBound<DatagramPort>
        do {
            port = try await DatagramPort.open(at: addresses, on: loop, logger: logger)
        } catch {
            guard configuration.reach.dialsTCP else { throw error }
            return []
        }
        if configuration.reach.dialsUTP { try await startUTP(by: port, on: loop, admission) }
        if let dht = configuration.dht {
            setDHT(try await DHTService.start(dht, by: port, on: loop, saved: configuration.dhtNodes))
        }
        state.withLock { $0.datagrams = port }
        return try await loop.submit { port.value.addresses }.get()
    }

    private func startUTP(
        by port: NIOLoopBound<DatagramPort>, on loop: any EventLoop, _ admission: PendingHandshakes
    ) async throws {
        let encryption = configuration.reach.encryption
        let utp = try await loop.submit { [directory] in
            let service = UTPService(port: port.value, loop: loop) { channel in
                try channel.pipeline.syncOperations.addPeerHandlers(encryption, directory, admission)
            }
            port.value.utp = service
            return NIOLoopBound(service, eventLoop: loop)
        }.get()
        environment.setUTP(utp)
    }

    private func setDHT(_ service: DHTService) {
        environment.setDHT(service)
        state.withLock { $0.dht = service }
    }

    /// Opens a way for the datagrams of uTP, the DHT and UDP trackers through the proxy, if it has one.
    private func openPassage(by proxy: SOCKSProxy) async throws {
        let usesTrackers = configuration.transport != nil
        guard usesTrackers || configuration.dht != nil || configuration.reach.dialsUTP else { return }
        let loop = environment.datagrams.loop
        let passage = try await DatagramPassage.open(
            by: proxy, on: loop, report: configuration.datagramsPassed)
        state.withLock { $0.passage = passage }
        let (port, isPossible) = try await loop.submit { [environment] in
            environment.datagrams.go(by: passage.value)
            return (NIOLoopBound(passage.value.port, eventLoop: loop), passage.value.isPossible)
        }.get()
        guard isPossible else {
            state.withLock { $0.dialsUTP = false }
            return
        }
        if configuration.reach.dialsUTP { try await startUTP(by: port, on: loop, admission) }
        if let dht = configuration.dht {
            setDHT(
                try await DHTService.start(
                    dht, by: port, on: loop, saved: configuration.dhtNodes, names: configuration.proxiedNodes)
            )
        }
    }

    /// Whether datagrams go by the proxy now.
    package func passesDatagrams() async -> Bool {
        guard let passage = state.withLock({ $0.passage }) else { return false }
        return (try? await passage.eventLoop.submit { passage.value.isOpen }.get()) ?? false
    }

    /// The node of this session, if it joined the DHT.
    public var dht: DHTService? { state.withLock { $0.dht } }

    private func startDiscovery(listening: [PeerAddress]) async {
        let port = listening[0].port
        let loop = group.next()
        let cookie = "sward-" + String(UInt64.random(in: .min ... .max), radix: 36)
        let service = loop.submit { [directory] in
            NIOLoopBound(
                LocalDiscoveryService(loop: loop, port: port, cookie: cookie, directory: directory),
                eventLoop: loop)
        }
        let opened = service.flatMap { [logger] service in
            service.value.open(listening: listening, logger: logger).map { (service, $0) }
        }
        // Without a network to speak on there is none; that is no reason not to start.
        guard let (bound, count) = try? await opened.get(), count > 0 else { return }
        environment.setDiscovery(bound)
        state.withLock { $0.discovery = bound }
    }

    public var torrents: [TorrentHandle] { state.withLock { $0.torrents } }
    var counters: SessionCounters { directory.counters }
    var pendingHandshakes: Int { admission.current }
    var openFiles: Int { environment.descriptors.count }

    /// The port we can be reached at.
    private var listenPort: UInt16? { state.withLock { $0.listenPort } }

    /// Begins to run a torrent.
    ///
    /// - Parameters:
    ///   - judge: Asked once for every info dictionary, before any of its payload moves.
    ///   - sink: Told of every event, from whatever thread; the handle's own stream is empty then. Of ten thousand
    ///     torrents that rest none needs a task that waits.
    public func add(
        _ source: TorrentSource, options: TorrentOptions, judge: @escaping Judge,
        sink: (@Sendable (TorrentEvent) -> Void)? = nil
    ) -> TorrentHandle {
        let hashes: InfoHashes
        let metainfo: Metainfo?
        switch source {
        case .metainfo(let file): (hashes, metainfo) = (file.info.infoHashes, file)
        case .magnet(let link): (hashes, metainfo) = (link.infoHashes, nil)
        }
        let trackers: [[String]] =
            switch source {
            case .metainfo(let file): file.announceTiers
            case .magnet(let link): link.trackers.map { [$0] }
            }
        let webSeeds: [String] =
            switch source {
            case .metainfo(let file): file.webSeeds
            case .magnet(let link): link.webSeeds
            }
        let httpSeeds = metainfo?.httpSeeds ?? []
        var settings = TorrentConfiguration(peerID: configuration.peerID)
        settings.clientName = configuration.clientName
        settings.listenPort = listenPort
        settings.maximumConnections = options.maximumConnections
        settings.maximumHalfOpen = options.maximumHalfOpen
        settings.maximumConnectionsPerHost = options.maximumConnectionsPerHost
        settings.maximumUnwritten = 6 << 20
        settings.filter = configuration.filter
        settings.dhtPort = state.withLock { $0.dht } == nil ? nil : listenPort
        settings.exchangesPeers = configuration.exchangesPeers
        settings.reach = configuration.reach
        settings.reach.dialsUTP = state.withLock { $0.dialsUTP }
        settings.penalties = directory.penalties
        settings.reciprocity = configuration.reciprocity
        settings.isSequential = options.isSequential
        settings.isSuperSeed = options.isSuperSeed
        settings.limits = options.limits
        settings.limits.sharedUpload = pools.upload
        settings.limits.sharedDownload = pools.download
        let number = state.withLock { state in
            state.made += 1
            return state.made
        }
        let core = Torrent(
            configuration: settings, infoHashes: hashes, content: nil, have: nil,
            seed: configuration.seed &+ number &* 0x9e37_79b9_7f4a_7c15, at: .now)
        let events = sink == nil ? TorrentEvents() : .none
        let told =
            sink.map { EventSink(yield: $0, finish: {}) }
            ?? EventSink(yield: { events.tell($0) }, finish: { events.finish() })
        let loop = group.next()
        let handle = TorrentHandle(infoHashes: hashes, events: events, loop: loop)
        state.withLock { $0.torrents.append(handle) }
        var logger = logger
        logger[metadataKey: "torrent"] = "\(hashes.swarms[0])"
        loop.execute { [environment, logger] in
            let torrent = TorrentLoop(
                core: core, loop: loop, options: options, trackers: trackers, webSeeds: webSeeds,
                httpSeeds: httpSeeds,
                environment: environment,
                logger: logger,
                judge: judge,
                events: told)
            let bound = NIOLoopBound(torrent, eventLoop: loop)
            handle.attach(bound)
            torrent.start(metainfo: metainfo)
        }
        return handle
    }

    /// Gives back to the system what starting has freed.
    public func releaseMemory() { Allocation.release() }

    /// Stops a torrent and lets go of it.
    public func remove(_ handle: TorrentHandle) async {
        // While it is there to be asked: by a hybrid's magnet, added with one name, the other was learnt.
        let names = await handle.names()
        await handle.stop()
        directory.remove(names)
        state.withLock { $0.torrents.removeAll { $0 === handle } }
    }

    /// Stops listening, stops every torrent, and ends the threads. Nothing may be called afterwards.
    public func stop() async {
        let (listeners, torrents) = state.withLock { state in
            defer { (state.listeners, state.torrents) = ([], []) }
            return (state.listeners, state.torrents)
        }
        for listener in listeners { try? await listener.close() }
        async let unmapped: Void? = state.withLock { $0.mapper.take() }?.stop()
        // Side by side: each may wait a little for its trackers.
        await withTaskGroup(of: Void.self) { group in
            for torrent in torrents { group.addTask { await torrent.stop() } }
        }
        let discovery = state.withLock { $0.discovery.take() }
        if let discovery { try? await discovery.eventLoop.submit { discovery.value.close() }.get() }
        environment.setDiscovery(nil)
        environment.datagrams.close()
        environment.setDHT(nil)
        await state.withLock { $0.dht.take() }?.close()
        await unmapped
        environment.setUTP(nil)
        if let port = state.withLock({ $0.datagrams.take() }) {
            try? await port.eventLoop.submit { port.value.close() }.get()
        }
        if let passage = state.withLock({ $0.passage.take() }) {
            try? await passage.eventLoop.submit { passage.value.close() }.get()
        }
        doorway.close()
        // Both fail only when they were shut down before.
        try? await environment.pool.shutdown()
        try? await group.shutdownGracefully()
    }
}
