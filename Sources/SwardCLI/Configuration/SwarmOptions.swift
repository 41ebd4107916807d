// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

public import ArgumentParser
import SwardEngine
import SwardPrimitives
import SwardSwarm
import SwardWire

/// How to reach peers and be reached.
struct SwarmOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Take connections on this address; port 0 picks a free one. May be given more than once; datagrams go by the first of each family, and the first is what others are told.",
            valueName: "host:port"))
    var listen: [HostAndPort] = []

    @Option(help: ArgumentHelp("A peer to connect to; may be given more than once.", valueName: "host:port"))
    var peer: [HostAndPort] = []

    @Flag(inversion: .prefixedNo, help: "Find peers on the local network, and be found (BEP 14).")
    var localDiscovery: Bool?

    @Option(
        help: ArgumentHelp(
            "Encrypt what goes to and comes from peers, against those who only look: off, allow (only where a peer insists; the default), prefer or require.",
            valueName: "when"))
    var encryption: EncryptionPolicy?

    @Flag(
        inversion: .prefixedNo,
        help: "Ask the gateway to let peers in, by PCP, NAT-PMP or UPnP; the port is given back at the end.")
    var mapPorts: Bool?

    @Flag(inversion: .prefixedNo, help: "Speak to peers over uTP, which yields to other traffic (BEP 29).")
    var utp = true

    @Flag(inversion: .prefixedNo, help: "Speak to peers over TCP.") var tcp = true

    @OptionGroup var route: ProxyOptions

    @Flag(help: "Ask no tracker.") var noTrackers = false

    /// - Returns: None when neither the command line nor the configuration names one.
    func listenAddresses(_ configuration: Configuration) throws -> [HostAndPort] {
        guard listen.isEmpty, let text = configuration.network?.listen else { return listen }
        guard let address = HostAndPort(text) else {
            throw Misfortune(
                "\(Folders.live.configurationFile): network.listen: \(Words.quoted(text)) is not HOST:PORT")
        }
        return [address]
    }

    func reach(_ configuration: Configuration) throws -> Reach {
        guard utp || tcp else {
            throw Misfortune("--no-utp and --no-tcp together leave no way to reach a peer")
        }
        var reach = Reach()
        (reach.dialsUTP, reach.dialsTCP) = (utp, tcp)
        if let encryption {
            reach.encryption = encryption
        } else if let text = configuration.network?.encryption {
            guard let policy = EncryptionPolicy(rawValue: text) else {
                throw Misfortune(
                    "\(Folders.live.configurationFile): network.encryption: \(Words.quoted(text)) is none of off, allow, prefer, require"
                )
            }
            reach.encryption = policy
        }
        return reach
    }

    func findsLocally(_ configuration: Configuration) -> Bool {
        localDiscovery ?? configuration.network?.localDiscovery ?? false
    }

    func mapsPorts(_ configuration: Configuration) -> Bool {
        mapPorts ?? configuration.network?.mapPorts ?? false
    }

    /// - Returns: The proxy to go by, if any.
    /// - Throws: `Misfortune` where the command line wants what does not go by it.
    func proxy(_ configuration: Configuration) throws -> SOCKSProxy? {
        guard let proxy = try route.proxy(configuration) else { return nil }
        let wishes = [
            ("--listen", !listen.isEmpty), ("--local-discovery", localDiscovery == true),
            ("--map-ports", mapPorts == true),
        ]
        if let wish = wishes.first(where: \.1)?.0 { throw Self.goesAround(wish) }
        return proxy
    }

    static func goesAround(_ option: String) -> Misfortune {
        Misfortune(
            "\(option) and a proxy: nothing goes around it, nobody comes in by it, and not every one passes more than TCP; leave the option out, or say --proxy none"
        )
    }

    /// - Parameter hints: `host:port` from a magnet link; one that cannot be resolved is passed over.
    func peers(_ configuration: Configuration, and hints: [String] = []) throws -> [PeerAddress] {
        if try route.proxy(configuration) != nil {
            // The resolver would be asked around the proxy.
            return try peer.map { peer in
                guard let address = peer.literal else {
                    throw Misfortune(
                        "the peer \(Words.quoted("\(peer)")) is a name, which would be looked up around the proxy; give an IP address"
                    )
                }
                return address
            } + hints.compactMap { HostAndPort($0)?.literal }
        }
        return try peer.map { peer in
            guard let address = peer.resolve() else {
                throw Misfortune(
                    "no address found for the peer \(Words.quoted("\(peer)")); give an IP address")
            }
            return address
        } + hints.compactMap { HostAndPort($0)?.resolve() }
    }
}

extension EncryptionPolicy: ExpressibleByArgument {}

extension HostAndPort: ExpressibleByArgument {
    package init?(argument: String) { self.init(argument) }
}
