// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Support
import SwardDHT
import SwardHash
import SwardPrimitives
import Testing

/// The address of a datagram is easily forged: what a node sends there hits one who never asked.
@Suite("What a node sends to who only seems to ask") struct AmplificationTests {
    private static let torrent = NodeID([UInt8](repeating: 0xAB, count: 20))!
    // A string of 990 bytes is a value.
    private static let item = try! DHTItem(
        immutable: Array("990:".utf8) + [UInt8](repeating: 0x61, count: 990))
    /// IPv4 and UDP.
    private static let headers = 28

    /// A node that has much to say: a full table, many peers of one torrent, a long value.
    private struct Stage {
        private var node: DHTNode
        var now = ContinuousClock.now
        private(set) var sent: [PeerAddress: Int] = [:]
        private(set) var received: [PeerAddress: Int] = [:]
        private(set) var answers = 0

        init() throws {
            node = DHTNode(configuration: DHTConfiguration(), id: nil, chance: SecretChance(seed: 1), at: now)
            var chance = Chance(seed: 2)
            for number in 1...80 {
                let address = SimulatedNetwork.address(number)
                let id = NodeID(fitting: address, using: &chance)
                // It is heard of, asked, and answers.
                var actions: [DHTAction] = []
                node.heard(of: address, at: now, into: &actions)
                try answer(actions, from: address, as: id)
                let asked = try #require(
                    try say(
                        .getPeers(infoHash: AmplificationTests.torrent, wantsScrape: false, noSeeds: false),
                        as: id, from: address))
                _ = try say(
                    .announcePeer(
                        infoHash: AmplificationTests.torrent, port: 5000,
                        token: try #require(asked.token), isSeed: false), as: id, from: address)
                if number == 1 {
                    _ = try say(
                        .put(
                            PutArguments(AmplificationTests.item), token: try #require(asked.token),
                            compareAndSwap: nil),
                        as: id, from: address)
                }
                now += .seconds(1)
            }
            try #require(node.nodeCount(.ipv4) >= 60)
            try #require(node.peers.peerCount == 80 && node.items.count == 1)
            now += .seconds(60)
        }

        private mutating func answer(_ actions: [DHTAction], from address: PeerAddress, as id: NodeID) throws
        {
            for case .send(let bytes, address) in actions {
                let message = try KRPCMessage.parse(bytes[...])
                guard case .query = message.body else { continue }
                let answer = KRPCMessage(
                    transaction: message.transaction, body: .response(KRPCResponse(id: id)))
                var more: [DHTAction] = []
                node.received(answer.encoded()[...], from: address, at: now, into: &more)
            }
        }

        private mutating func say(
            _ method: KRPCQuery.Method, as id: NodeID, from address: PeerAddress
        ) throws -> KRPCResponse? {
            let query = KRPCMessage(transaction: [7], body: .query(KRPCQuery(id: id, method: method)))
            var actions: [DHTAction] = []
            node.received(query.encoded()[...], from: address, at: now, into: &actions)
            for case .send(let bytes, address) in actions {
                if case .response(let response) = try KRPCMessage.parse(bytes[...]).body { return response }
            }
            return nil
        }

        mutating func ask(_ method: KRPCQuery.Method, from address: PeerAddress) {
            let query = KRPCQuery(id: AmplificationTests.torrent, method: method, isReadOnly: true)
            let bytes = KRPCMessage(transaction: [1, 2], body: .query(query)).encoded()
            received[address, default: 0] += bytes.count + AmplificationTests.headers
            var actions: [DHTAction] = []
            node.received(bytes[...], from: address, at: now, into: &actions)
            for case .send(let bytes, let to) in actions {
                sent[to, default: 0] += bytes.count + AmplificationTests.headers
                answers += 1
            }
        }
    }

    static let methods: [KRPCQuery.Method] = [
        .ping, .findNode(target: torrent), .getPeers(infoHash: torrent, wantsScrape: false, noSeeds: false),
        .getPeers(infoHash: torrent, wantsScrape: true, noSeeds: false),
        .get(target: item.target, sequence: nil),
        .sampleInfoHashes(target: torrent),
    ]

    @Test(
        "one that floods gets thrice its own bytes and a few more, whatever it asks",
        arguments: methods.indices)
    func oneHost(_ method: Int) throws {
        var stage = try Stage()
        let victim = try #require(PeerAddress(ip: [99, 1, 2, 3], port: 53))
        let started = stage.now
        // Twenty seconds, a hundred questions a second.
        for _ in 0..<2000 {
            stage.ask(Self.methods[method], from: victim)
            stage.now += .milliseconds(10)
        }
        let windows = Int((stage.now - started) / .seconds(10)) + 1
        let (sent, received) = (stage.sent[victim] ?? 0, stage.received[victim] ?? 0)
        #expect(sent > 0)
        #expect(sent <= 3 * received + windows * 4096)
        // And no more than ten answers a second of the longest kind.
        #expect(sent <= windows * 10 * 10 * 1400)
    }

    @Test("many together get no more than the node has to give")
    func manyHosts() throws {
        var stage = try Stage()
        let started = stage.now
        for number in 0..<5000 {
            let bytes = [99, UInt8(number >> 8 & 255), UInt8(number & 255), UInt8(1 + number >> 16)]
            let victim = try #require(PeerAddress(ip: bytes, port: 53))
            stage.ask(Self.methods[2], from: victim)
            stage.now += .milliseconds(1)
        }
        let seconds = (stage.now - started) / .seconds(1)
        let sent = stage.sent.values.reduce(0, +)
        #expect(sent > 0)
        #expect(Double(sent) <= (seconds + 2) * Double(DHTConfiguration().answerBytesPerSecond))
    }

    @Test("who asks as a lookup does is answered each time")
    func honest() throws {
        var stage = try Stage()
        let asker = try #require(PeerAddress(ip: [99, 1, 2, 3], port: 6881))
        for method in [2, 4, 1] { stage.ask(Self.methods[method], from: asker) }
        #expect(stage.answers == 3)
    }
}
