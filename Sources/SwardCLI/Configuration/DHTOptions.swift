// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import FoundationEssentials
import Glibc
import Logging
import SwardDHT
import SwardEngine
import SwardPrimitives

/// How to join the DHT.
struct DHTOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A node to begin with; may be given more than once. The configuration may name more (network.dht-nodes).",
            valueName: "host:port"))
    var bootstrap: [HostAndPort] = []

    @Option(
        name: .customLong("dht-listen"),
        help: ArgumentHelp(
            "Send and receive datagrams at this address; port 0 picks a free one.", valueName: "host:port"))
    var listen: [HostAndPort] = []

    @OptionGroup var route: ProxyOptions

    /// Those of the command line and of the configuration.
    func nodes(_ configuration: Configuration) throws -> [HostAndPort] {
        let configured = try (configuration.network?.dhtNodes ?? []).map { text in
            guard let node = HostAndPort(text) else {
                throw Misfortune(
                    "\(Folders.live.configurationFile): network.dht-nodes: \(Words.quoted(text)) is not HOST:PORT"
                )
            }
            return node
        }
        return bootstrap + configured
    }

    /// A node for one command.
    func visit(_ configuration: Configuration) async throws -> DHTService {
        let proxy = try route.proxy(configuration)
        if proxy != nil, !listen.isEmpty { throw SwarmOptions.goesAround("--dht-listen") }
        let nodes = try nodes(configuration)
        let saved = Self.saved(underOurName: false)
        guard !nodes.isEmpty || !(saved?.nodes.isEmpty ?? true) else {
            throw Misfortune(
                "no node of the DHT is known yet; name one with --bootstrap HOST:PORT, or in network.dht-nodes of the configuration"
            )
        }
        if let proxy { return try await Self.visit(nodes, by: proxy, saved: saved) }
        return try await Self.visit(
            nodes.compactMap { $0.resolve() },
            from: listen.isEmpty ? Self.anywhere : listen.compactMap { $0.resolve() }, saved: saved)
    }

    /// As the other, by a proxy, which looks up names.
    static func visit(
        _ nodes: [HostAndPort], by proxy: SOCKSProxy, saved: SavedNodes? = nil
    ) async throws -> DHTService {
        var settings = DHTConfiguration()
        settings.isReadOnly = true
        do {
            return try await DHTService.visit(settings, nodes: nodes, saved: saved, by: proxy)
        } catch let failure as ProxyFailure {
            throw Misfortune(
                "no node of the DHT can be asked: the proxy \(Words.shown("\(proxy)")) passes no datagrams: \(Words.text(ofDatagrams: failure)); say --proxy none if they may go around it"
            )
        }
    }

    /// It asks, and answers nothing (BEP 43), as it is gone before anybody could rely on it.
    static func visit(
        _ bootstrap: [PeerAddress], from addresses: [PeerAddress], saved: SavedNodes? = nil
    ) async throws -> DHTService {
        var settings = DHTConfiguration()
        settings.isReadOnly = true
        settings.bootstrap = bootstrap
        let logger = Logger(label: "sward") { _ in SwiftLogNoOpLogHandler() }
        do {
            return try await DHTService.visit(settings, at: addresses, saved: saved, logger: logger)
        } catch {
            throw Misfortune(
                "cannot open a socket for datagrams: \(Words.system(error)); choose another address with --dht-listen"
            )
        }
    }

    static let anywhere = ["0.0.0.0:0", "[::]:0"].compactMap { HostAndPort($0)?.resolve() }

    /// What earlier runs left.
    ///
    /// - Parameter underOurName: Else under another: by a proxy ours would tell that both are one, and a node asks none that
    ///   has its own name, as a second run or a command of the same user would.
    static func saved(underOurName: Bool) -> SavedNodes? {
        guard let data = FileManager.default.contents(atPath: Folders.live.dhtNodes),
            var saved = SavedNodes([UInt8](data))
        else { return nil }
        if !underOurName { saved.id = .random }
        return saved
    }

    /// Leaves the nodes to later runs; a run without luck must not forget what an earlier one knew.
    static func save(_ nodes: SavedNodes?, underOurName: Bool) {
        guard var nodes, !nodes.nodes.isEmpty else { return }
        if !underOurName { nodes.id = saved(underOurName: true)?.id ?? .random }
        let path = Folders.live.dhtNodes
        try? FileManager.default.createDirectory(
            atPath: Folders.live.state, withIntermediateDirectories: true)
        try? Data(nodes.encoded()).write(to: URL(fileURLWithPath: path), options: .atomic)
    }

    /// Whether this process is the one of this user's that has the name, for as long as it runs.
    static let hasOurName: Bool = {
        try? FileManager.default.createDirectory(
            atPath: Folders.live.state, withIntermediateDirectories: true)
        let lock = open("\(Folders.live.dhtNodes).lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        return lock >= 0 && flock(lock, LOCK_EX | LOCK_NB) == 0
    }()
}

extension NodeID {
    fileprivate static var random: NodeID {
        var random = SystemRandomNumberGenerator()
        return NodeID(using: &random)
    }
}
