// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardCrypto
import SwardDHT
import SwardPrimitives
import Support
import Testing

@Suite("A network of nodes") struct DHTNetworkTests {
    static let torrent = Digest160([UInt8](repeating: 0xAB, count: 20))!

    @Test("who announces is found by all others", arguments: [UInt64(1), 2, 3], [false, true])
    func announcing(seed: UInt64, isIPv6: Bool) throws {
        var network = SimulatedNetwork.grown(60, seed: seed, isIPv6: isIPv6)
        let addresses = network.nodes.keys.sorted()
        let now = network.now
        let announcer = addresses[7]
        let announce = network.with(announcer) {
            $0.lookUpPeers(of: Self.torrent, announcing: 5000, at: now, into: &$1)
        }
        network.run(for: .seconds(30)) { $0.outcome(announce, of: announcer) != nil }
        #expect(network.outcome(announce, of: announcer)?.storedCount == 8)
        for seeker in [addresses[0], addresses[30], addresses[59]] {
            let now = network.now
            let search = network.with(seeker) { $0.lookUpPeers(of: Self.torrent, at: now, into: &$1) }
            network.run(for: .seconds(30)) { $0.outcome(search, of: seeker) != nil }
            #expect(network.peers(search, of: seeker) == [announcer.with(port: 5000)])
        }
    }

    @Test("lookups of its own wait their turn, and all come to an end", arguments: [false, true])
    func bounded(isSilent: Bool) throws {
        var network = SimulatedNetwork.grown(60, seed: 5)
        let seeker = network.nodes.keys.sorted()[7]
        let limit = DHTConfiguration().outstandingLimit
        if isSilent { network.dead = Set(network.nodes.keys.filter { $0 != seeker }) }
        var lookups: [DHTOperationID] = []
        for number in 0..<300 {
            var chance = Chance(seed: UInt64(number))
            let torrent = NodeID(using: &chance)
            let now = network.now
            lookups.append(
                network.with(seeker) {
                    $0.lookUpPeers(
                        of: Digest160(torrent.bytes)!, announcing: 5000, at: now, into: &$1)
                })
        }
        var most = 0
        network.run(for: .seconds(3600)) { network in
            let outstanding = network.nodes[seeker]?.outstandingCount ?? 0
            most = max(most, outstanding)
            return outstanding == 0
        }
        #expect(most > limit / 2 && most <= limit)
        for lookup in lookups { #expect(network.outcome(lookup, of: seeker) != nil) }
    }

    @Test("a lookup among a thousand finds the eight nearest in few rounds and datagrams")
    func thousand() throws {
        var network = SimulatedNetwork.grown(1000, seed: 11)
        var rounds: [Int] = [], queries: [Int] = []
        for index in 0..<40 {
            var chance = Chance(seed: UInt64(index))
            let target = NodeID(using: &chance)
            let seeker = network.nodes.keys.sorted()[index * 25]
            let now = network.now
            let lookup = network.with(seeker) { $0.lookUpNodes(near: target, at: now, into: &$1) }
            network.run(for: .seconds(60)) { $0.outcome(lookup, of: seeker) != nil }
            let outcome = try #require(network.outcome(lookup, of: seeker))
            let nearest = network.nodes.filter { $0.key != seeker }.map {
                NodeContact(id: $0.value.id, address: $0.key)
            }
            .sorted { $0.id.distance(to: target) < $1.id.distance(to: target) }.prefix(8)
            #expect(outcome.nodes.first == nearest.first)
            #expect(Set(outcome.nodes).intersection(nearest).count >= 7)
            rounds.append(outcome.roundCount)
            queries.append(outcome.queryCount)
        }
        // log2(1000 / 8) is 7.
        #expect(rounds.max()! <= 7, "\(rounds)")
        #expect(queries.reduce(0, +) / queries.count <= 20, "\(queries)")
    }

    @Test("with a third of the nodes gone and datagrams lost, what was announced is still found")
    func churn() throws {
        var network = SimulatedNetwork.grown(120, seed: 5)
        let addresses = network.nodes.keys.sorted()
        let now = network.now
        let announcer = addresses[3]
        let announce = network.with(announcer) {
            $0.lookUpPeers(of: Self.torrent, announcing: 0, at: now, into: &$1)
        }
        network.run(for: .seconds(30)) { $0.outcome(announce, of: announcer) != nil }
        network.lossOdds = 20
        for address in addresses where address != announcer && network.random.oneIn(3) {
            network.dead.insert(address)
        }
        let seeker = try #require(addresses.last { !network.dead.contains($0) })
        let then = network.now
        let search = network.with(seeker) { $0.lookUpPeers(of: Self.torrent, at: then, into: &$1) }
        network.run(for: .seconds(120)) { $0.outcome(search, of: seeker) != nil }
        #expect(network.outcome(search, of: seeker) != nil)
        #expect(network.peers(search, of: seeker).contains(announcer))
    }

    @Test("a read-only node finds, and is in nobody's table")
    func readOnly() throws {
        var network = SimulatedNetwork.grown(40, seed: 9)
        let reader = network.add(500, bootstrap: [SimulatedNetwork.address(0)], isReadOnly: true)
        network.run(for: .seconds(20))
        #expect(network.nodes[reader]!.nodeCount(.ipv4) > 8)
        for (address, node) in network.nodes where address != reader {
            #expect(!node.savedNodes().contains { $0.address == reader })
        }
    }

    @Test("a value is got by its hash, and a signed one in its newest form")
    func items() throws {
        var network = SimulatedNetwork.grown(60, seed: 21)
        let addresses = network.nodes.keys.sorted()
        func put(_ item: DHTItem, from address: PeerAddress, cas: Int64? = nil) -> DHTOutcome? {
            let now = network.now
            let id = network.with(address) { $0.put(item, compareAndSwap: cas, at: now, into: &$1) }
            network.run(for: .seconds(30)) { $0.outcome(id, of: address) != nil }
            return network.outcome(id, of: address)
        }
        func get(_ body: (inout DHTNode, ContinuousClock.Instant, inout [DHTAction]) -> DHTOperationID)
            -> DHTItem?
        {
            let now = network.now
            let id = network.with(addresses[50]) { body(&$0, now, &$1) }
            network.run(for: .seconds(30)) { $0.outcome(id, of: addresses[50]) != nil }
            return network.outcome(id, of: addresses[50])?.item
        }
        let fixed = try DHTItem(immutable: Array("5:hello".utf8))
        #expect(put(fixed, from: addresses[2])?.storedCount == 8)
        #expect(get { $0.get(fixed.target, at: $1, into: &$2) } == fixed)

        let key = try SecretKey(
            id: #require(KeyID([UInt8](0..<8))),
            seed: [UInt8](repeating: 7, count: 32).withUnsafeBytes { try SecretBytes($0) })
        let salt = Array("list".utf8)
        for sequence in Int64(1)...3 {
            let item = try MutableItem(
                signing: Array("i\(sequence)e".utf8), salt: salt, sequence: sequence, with: key)
            #expect(
                put(.mutable(item), from: addresses[9], cas: sequence == 1 ? nil : sequence - 1)?.storedCount
                    == 8)
        }
        let got = get { $0.get(publicKey: key.publicKey.point, salt: salt, at: $1, into: &$2) }
        #expect(got?.value == Array("i3e".utf8))
        let stale = try MutableItem(signing: Array("i2e".utf8), salt: salt, sequence: 2, with: key)
        #expect(put(.mutable(stale), from: addresses[9])?.refusal?.code == 302)
        let clash = try MutableItem(signing: Array("i4e".utf8), salt: salt, sequence: 4, with: key)
        #expect(put(.mutable(clash), from: addresses[9], cas: 1)?.refusal?.code == 301)
    }

    @Test("nodes that lie about who is near cannot keep a lookup from its end")
    func liars() throws {
        let network = SimulatedNetwork.grown(80, seed: 31)
        // Names that fit no address, in one network, all nearer to the torrent than any honest node.
        let target = NodeID(Self.torrent)
        var chance = Chance(seed: 1)
        let lies = (0..<200).map { index in
            NodeContact(
                id: target.neighbour(sharing: 100, using: &chance),
                address: PeerAddress(ip: [66, 6, 6, UInt8(index)], port: 1)!)
        }
        var lookup = network
        let seeker = network.nodes.keys.sorted()[0]
        let now = lookup.now
        let search = lookup.with(seeker) { $0.lookUpPeers(of: Self.torrent, at: now, into: &$1) }
        // The first answers are replaced by lies.
        var replaced = 0
        for index in lookup.queue.indices where lookup.queue[index].to == seeker && replaced < 3 {
            var response = KRPCResponse(id: lies[0].id)
            response.nodes = lies
            if let message = try? KRPCMessage.parse(lookup.queue[index].bytes[...]),
                case .response = message.body
            {
                lookup.queue[index].bytes =
                    KRPCMessage(transaction: message.transaction, body: .response(response)).encoded()
                replaced += 1
            }
        }
        lookup.run(for: .seconds(120)) { $0.outcome(search, of: seeker) != nil }
        let outcome = try #require(lookup.outcome(search, of: seeker))
        #expect(outcome.queryCount < 60)
        #expect(outcome.nodes.allSatisfy { network.nodes[$0.address] != nil })
    }
}
