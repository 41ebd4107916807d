// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Support
import SwardDHT
import SwardPrimitives
import Testing

/// Someone makes up nodes round a torrent, who say that nobody has it and that there are no others.
@Suite("A place in the DHT that someone surrounds") struct EclipseTests {
    static let torrent = Digest160([UInt8](repeating: 0xAB, count: 20))!
    static let target = NodeID(torrent)

    /// Names of any kind, nearer to the place than any honest one; three in each of so many networks.
    private static func misfits(networks: Int) -> [PeerAddress: NodeID] {
        var chance = Chance(seed: 1)
        var made: [PeerAddress: NodeID] = [:]
        for network in 0..<networks {
            for host in 1...3 {
                let address = PeerAddress(ip: [66, 6, UInt8(network), UInt8(host)], port: 6881)!
                let id = target.neighbour(sharing: 60 + network % 30, using: &chance)
                if !id.fits(address) { made[address] = id }
            }
        }
        return made
    }

    /// Networks of someone: the first bytes of addresses, which every last byte completes.
    struct Holding: CustomTestStringConvertible {
        let testDescription: String
        let networks: [[UInt8]]
        var isIPv6: Bool { networks[0].count > 3 }
    }

    static let holdings = [
        Holding(
            testDescription: "eight networks that lie together", networks: (0..<8).map { [66, 6, $0] }),
        Holding(
            testDescription: "three networks far from each other", networks: (0..<3).map { [66, $0, 6] }),
        Holding(testDescription: "four networks far from each other", networks: (0..<4).map { [66, $0, 6] }),
        Holding(
            testDescription: "a /48 of IPv6",
            networks: (0..<8).map { [0x26, 1, 1, 1, 1, 1, 0, $0] + [UInt8](repeating: 0, count: 7) }),
    ]

    /// The nearest names that every address of some networks may bear (BEP 42).
    private static func fitting(_ networks: [[UInt8]], keeping count: Int) -> [PeerAddress: NodeID] {
        var chance = Chance(seed: 2)
        var made: [(address: PeerAddress, id: NodeID)] = []
        for network in networks {
            for host: UInt8 in 1...254 {
                let address = PeerAddress(ip: network + [host], port: 6881)!
                // Three bits of chance are in what the address decides.
                let ids = (0..<12).map { _ in
                    // Beyond the first 21 bits and before the last byte a name is free.
                    var bytes = NodeID(fitting: address, using: &chance).bytes
                    bytes[2] = bytes[2] & 0xF8 | target.bytes[2] & 0x07
                    for index in 3..<19 { bytes[index] = target.bytes[index] }
                    return NodeID(bytes)!
                }
                let id = ids.min { $0.distance(to: target) < $1.distance(to: target) }!
                made.append((address, id))
            }
        }
        made.sort { $0.id.distance(to: target) < $1.id.distance(to: target) }
        return Dictionary(uniqueKeysWithValues: made.prefix(count).map { ($0.address, $0.id) })
    }

    /// A network in which every node has met a dozen of them.
    private func surrounded(
        by impostors: [PeerAddress: NodeID], seed: UInt64, isIPv6: Bool = false
    ) -> SimulatedNetwork {
        var network = SimulatedNetwork.grown(80, seed: seed, isIPv6: isIPv6)
        network.impostors = impostors
        let others = impostors.map { NodeContact(id: $0.value, address: $0.key) }
            .sorted { $0.id.distance(to: Self.target) < $1.id.distance(to: Self.target) }
        network.lie = { query, id in
            var response = KRPCResponse(id: id)
            response.nodes = Array(others.filter { $0.id != id }.prefix(16))
            response.token = [1, 2, 3, 4]
            return response
        }
        let honest = network.nodes.keys.sorted()
        for (number, (address, id)) in impostors.sorted(by: { $0.key < $1.key }).enumerated() {
            let message = KRPCMessage(
                transaction: [1], body: .query(KRPCQuery(id: id, method: .findNode(target: id))))
            for step in 0..<12 {
                let to = honest[(number * 5 + step * 7) % honest.count]
                network.perform([.send(message.encoded(), to: to)], by: address)
            }
            if number % 10 == 9 { network.run(for: .milliseconds(200)) }
        }
        network.run(for: .seconds(30))
        return network
    }

    private func announceAndSeek(
        in network: inout SimulatedNetwork
    ) throws -> (announced: DHTOutcome, announcer: PeerAddress, found: [Set<PeerAddress>]) {
        let addresses = network.nodes.keys.sorted()
        let announcer = addresses[7]
        let now = network.now
        let announce = network.with(announcer) {
            $0.lookUpPeers(of: Self.torrent, announcing: 5000, at: now, into: &$1)
        }
        network.run(for: .seconds(120)) { $0.outcome(announce, of: announcer) != nil }
        var found: [Set<PeerAddress>] = []
        for seeker in stride(from: 0, to: addresses.count, by: addresses.count / 5).map({ addresses[$0] }) {
            let now = network.now
            let search = network.with(seeker) { $0.lookUpPeers(of: Self.torrent, at: now, into: &$1) }
            network.run(for: .seconds(120)) { $0.outcome(search, of: seeker) != nil }
            let outcome = try #require(network.outcome(search, of: seeker))
            #expect(outcome.queryCount < 60)
            found.append(network.peers(search, of: seeker))
        }
        return (try #require(network.outcome(announce, of: announcer)), announcer, found)
    }

    /// How many nodes of one network are in one bucket of one node, at most.
    ///
    /// - Parameter depth: Of the shallowest bucket that counts; those above it are wider.
    private func crowding(
        of network: SimulatedNetwork, from depth: Int = 0, _ kind: (PeerAddress) -> [UInt8]
    ) -> Int {
        network.nodes.values.map { node in
            let deep = node.savedNodes(limit: .max).filter { node.id.sharedBits(with: $0.id) >= depth }
            let crowds = Dictionary(
                grouping: deep, by: { [UInt8(clamping: node.id.sharedBits(with: $0.id))] + kind($0.address) })
            return crowds.values.map(\.count).max() ?? 0
        }.max() ?? 0
    }

    @Test("names that do not fit their addresses displace nobody, from however many networks they come")
    func misfits() throws {
        let impostors = Self.misfits(networks: 30)
        #expect(impostors.count > 80)
        var network = surrounded(by: impostors, seed: 41)
        #expect(crowding(of: network, \.network) <= 1)
        let result = try announceAndSeek(in: &network)
        #expect(result.announced.nodes.count == 8)
        #expect(result.announced.nodes.allSatisfy { network.nodes[$0.address] != nil })
        for found in result.found { #expect(found == [result.announcer.with(port: 5000)]) }
    }

    @Test(
        "whoever owns a few networks, and bears the nearest names they allow, leaves room for honest nodes",
        arguments: holdings)
    func fitting(_ holding: Holding) throws {
        let impostors = Self.fitting(holding.networks, keeping: 60)
        #expect(impostors.allSatisfy { $0.value.fits($0.key) })
        var network = surrounded(by: impostors, seed: 42, isIPv6: holding.isIPv6)
        #expect(crowding(of: network, \.network) <= 1)
        #expect(crowding(of: network, from: 4, \.wideNetwork) <= 2)
        // They are nearer than anybody else: eight of them would have the place to themselves.
        let nearest = network.nodes.values.map { $0.id.distance(to: Self.target) }.min()!
        let nearer = impostors.values.count { $0.distance(to: Self.target) < nearest }
        #expect(nearer >= 8)
        let result = try announceAndSeek(in: &network)
        #expect(result.announced.nodes.count { network.nodes[$0.address] == nil } <= 4)
        for found in result.found { #expect(found == [result.announcer.with(port: 5000)]) }
    }

    @Test("a network of which all are is one of its own: its nodes find what they announce")
    func alone() throws {
        var network = SimulatedNetwork(seed: 43)
        let addresses = (1...40).map { PeerAddress(ip: [20, 0, UInt8($0 / 4), UInt8($0)], port: 6881)! }
        for address in addresses { network.add(at: address, bootstrap: [addresses[0]]) }
        network.run(for: .seconds(60))
        let result = try announceAndSeek(in: &network)
        #expect(result.announced.nodes.count >= 3)
        for found in result.found { #expect(found == [result.announcer.with(port: 5000)]) }
    }
}
