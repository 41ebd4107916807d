// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import FoundationEssentials
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

    /// Those of the command line and of the configuration, without such as have no address now.
    func bootstrapAddresses(_ configuration: Configuration) throws -> [PeerAddress] {
        let configured = try (configuration.network?.dhtNodes ?? []).map { text in
            guard let node = HostAndPort(text) else {
                throw Misfortune(
                    "\(Folders.live.configurationFile): network.dht-nodes: \(Words.quoted(text)) is not HOST:PORT"
                )
            }
            return node
        }
        return (bootstrap + configured).compactMap { $0.resolve() }
    }

    /// A node for one command.
    func visit(_ configuration: Configuration) async throws -> DHTService {
        try route.refuseProxy(configuration, for: Self.subject)
        let addresses = try bootstrapAddresses(configuration)
        let saved = Self.saved
        guard !addresses.isEmpty || !(saved?.nodes.isEmpty ?? true) else {
            throw Misfortune(
                "no node of the DHT is known yet; name one with --bootstrap HOST:PORT, or in network.dht-nodes of the configuration"
            )
        }
        return try await Self.visit(
            addresses, from: listen.isEmpty ? Self.anywhere : listen.compactMap { $0.resolve() }, saved: saved
        )
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
                "cannot open a socket for datagrams: \(error); choose another address with --dht-listen")
        }
    }

    static let subject = "the nodes of the DHT speak"

    static let anywhere = ["0.0.0.0:0", "[::]:0"].compactMap { HostAndPort($0)?.resolve() }

    /// What earlier runs left.
    static var saved: SavedNodes? {
        guard let data = FileManager.default.contents(atPath: Folders.live.dhtNodes) else { return nil }
        return SavedNodes([UInt8](data))
    }

    /// Leaves the nodes to later runs; a run without luck must not forget what an earlier one knew.
    static func save(_ nodes: SavedNodes?) {
        guard let nodes, !nodes.nodes.isEmpty else { return }
        let path = Folders.live.dhtNodes
        try? FileManager.default.createDirectory(
            atPath: Folders.live.state, withIntermediateDirectories: true)
        try? Data(nodes.encoded()).write(to: URL(fileURLWithPath: path), options: .atomic)
    }
}
