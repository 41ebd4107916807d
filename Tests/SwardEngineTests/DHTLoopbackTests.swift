// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Logging
import Support
import SwardDHT
import SwardEngine
import SwardPrimitives
import Testing

@Suite("A hundred nodes of the DHT on loopback", .timeLimit(.minutes(5))) struct DHTLoopbackTests {
    @Test("lookups end at the nearest node in log-many rounds, and what one announces all others find")
    func hundred() async throws {
        let home = try #require(PeerAddress(ip: [127, 0, 0, 1], port: 0))
        let logger = Logger(label: "sward.test") { _ in SwiftLogNoOpLogHandler() }
        var nodes: [DHTService] = []
        var addresses: [PeerAddress] = []
        for _ in 0..<100 {
            var configuration = DHTConfiguration()
            configuration.bootstrap = Array(addresses.prefix(1)) + Array(addresses.suffix(1))
            let node = try await DHTService.visit(configuration, at: [home], logger: logger)
            nodes.append(node)
            addresses.append(try #require(await node.addresses.first))
        }
        var contacts: [NodeContact] = []
        for (node, address) in zip(nodes, addresses) {
            contacts.append(NodeContact(id: try #require(await node.snapshot()).id, address: address))
        }

        var chance = Chance(seed: 5)
        for seeker in stride(from: 0, to: 100, by: 5) {
            let target = NodeID(using: &chance)
            let outcome = await nodes[seeker].lookUpNodes(near: target)
            let nearest = contacts.filter { $0 != contacts[seeker] }
                .min { $0.id.distance(to: target) < $1.id.distance(to: target) }
            #expect(outcome.nodes.first == nearest)
            // log2(100 / 8) is below 4.
            #expect(outcome.roundCount <= 5, "\(outcome.roundCount) rounds")
        }

        let torrent = try #require(Digest160([UInt8](repeating: 0xCD, count: 20)))
        let announced = await nodes[3].lookUpPeers(of: torrent, announcing: 5000)
        #expect(announced.storedCount == 8)
        for seeker in [0, 41, 99] {
            let outcome = await nodes[seeker].lookUpPeers(of: torrent)
            #expect(outcome.peerCount == 1)
        }
        for node in nodes { await node.close() }
    }
}
