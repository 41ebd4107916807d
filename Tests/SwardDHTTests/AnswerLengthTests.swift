// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardDHT
import SwardHash
import SwardPrimitives
import Support
import Testing

@Suite("Answers of one datagram") struct AnswerLengthTests {
    private static let torrent = NodeID([UInt8](repeating: 0xAB, count: 20))!
    // A string of 990 bytes is a value.
    private static let value = Array("990:".utf8) + [UInt8](repeating: 0x61, count: 990)
    // A value of this length is one; that it stops being one is for this suite to crash on.
    private static let item = try! DHTItem(immutable: value)

    /// A node that has much to say, in both families.
    private static func node(at now: ContinuousClock.Instant) throws -> DHTNode {
        var configuration = DHTConfiguration()
        configuration.families = [.ipv4, .ipv6]
        configuration.answerBytesPerSecond = 1 << 30
        var node = DHTNode(configuration: configuration, id: nil, chance: SecretChance(seed: 1), at: now)
        var chance = Chance(seed: 2)
        for number in 1...80 {
            for address in [SimulatedNetwork.address(number), SimulatedNetwork.address6(number)] {
                let id = NodeID(fitting: address, using: &chance)
                var actions: [DHTAction] = []
                node.heard(of: address, at: now, into: &actions)
                for case .send(let bytes, address) in actions {
                    let asked = try KRPCMessage.parse(bytes[...])
                    let answer = KRPCMessage(
                        transaction: asked.transaction, body: .response(KRPCResponse(id: id)))
                    var more: [DHTAction] = []
                    node.received(answer.encoded()[...], from: address, at: now, into: &more)
                }
                let ask = KRPCQuery.Method.getPeers(infoHash: torrent, wantsScrape: false, noSeeds: false)
                let told = try #require(try say(ask, to: &node, from: address, at: now)?.message.response)
                let token = try #require(told.token)
                for other in [torrent, NodeID(using: &chance)] {
                    _ = try say(
                        .announcePeer(infoHash: other, port: 5000, token: token, isSeed: number % 2 == 0),
                        to: &node, from: address, at: now)
                }
                if number == 1 {
                    _ = try say(
                        .put(PutArguments(item), token: token, compareAndSwap: nil), to: &node,
                        from: address, at: now)
                }
            }
        }
        return node
    }

    private static func say(
        _ method: KRPCQuery.Method, to node: inout DHTNode, from address: PeerAddress,
        at now: ContinuousClock.Instant
    ) throws -> (message: KRPCMessage, length: Int)? {
        let query = KRPCQuery(id: torrent, method: method, isReadOnly: true, wants: [.ipv4, .ipv6])
        let bytes = KRPCMessage(transaction: [UInt8](repeating: 7, count: 32), body: .query(query)).encoded()
        var actions: [DHTAction] = []
        node.received(bytes[...], from: address, at: now, into: &actions)
        for case .send(let bytes, address) in actions {
            let message = try KRPCMessage.parse(bytes[...])
            if case .query = message.body { continue }
            return (message, bytes.count)
        }
        return nil
    }

    static let methods: [KRPCQuery.Method] = [
        .ping, .findNode(target: torrent), .getPeers(infoHash: torrent, wantsScrape: false, noSeeds: false),
        .getPeers(infoHash: torrent, wantsScrape: true, noSeeds: false),
        .get(target: item.target, sequence: nil), .sampleInfoHashes(target: torrent),
        .unknown(name: Array("other".utf8), target: torrent),
    ]

    @Test("fit into any packet, and lose no more than they must", arguments: methods.indices, [false, true])
    func fits(_ method: Int, isIPv6: Bool) throws {
        let now = ContinuousClock.now
        var node = try Self.node(at: now)
        let asker = isIPv6 ? SimulatedNetwork.address6(7) : SimulatedNetwork.address(7)
        let answer = try #require(
            try Self.say(Self.methods[method], to: &node, from: asker, at: now + .seconds(5)))
        #expect(answer.length <= DHTNode.answerByteCount)
        let response = try #require(answer.message.response)
        guard method > 0 else { return }
        for family in [true, false] {
            #expect(response.nodes.contains { $0.address.isIPv4 == family } || response.value != nil)
        }
        #expect(response.value == (method == 4 ? Self.value : nil))
        #expect(response.peers.count >= (method == 2 ? 20 : method == 3 ? 10 : 0))
    }

    @Test("have room for the longest item under a key")
    func keyed() {
        var response = KRPCResponse(id: Self.torrent)
        response.token = [UInt8](repeating: 1, count: 8)
        (response.value, response.sequence) = (Self.value, .max)
        (response.publicKey, response.signature) = (
            [UInt8](repeating: 1, count: 32), [UInt8](repeating: 1, count: 64)
        )
        let length = KRPCMessage(transaction: [UInt8](repeating: 1, count: 32), body: .response(response))
            .encoded().count
        #expect(length + 40 <= DHTNode.answerByteCount)
    }
}

extension KRPCMessage {
    fileprivate var response: KRPCResponse? {
        if case .response(let response) = body { response } else { nil }
    }
}
