// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardDHT
import SwardPrimitives
import Support
import Testing

@Suite("KRPC messages") struct KRPCMessageTests {
    /// The examples of BEP 5, as it prints them.
    static let examples: [(text: String, method: KRPCQuery.Method?)] = [
        ("d1:ad2:id20:abcdefghij0123456789e1:q4:ping1:t2:aa1:y1:qe", .ping),
        (
            "d1:ad2:id20:abcdefghij01234567896:target20:mnopqrstuvwxyz123456e1:q9:find_node1:t2:aa1:y1:qe",
            .findNode(target: id("mnopqrstuvwxyz123456"))
        ),
        (
            "d1:ad2:id20:abcdefghij01234567899:info_hash20:mnopqrstuvwxyz123456e1:q9:get_peers1:t2:aa1:y1:qe",
            .getPeers(infoHash: id("mnopqrstuvwxyz123456"), wantsScrape: false, noSeeds: false)
        ),
        (
            "d1:ad2:id20:abcdefghij012345678912:implied_porti1e9:info_hash20:mnopqrstuvwxyz1234564:porti6881e5:token8:"
                + "aoeusnthe1:q13:announce_peer1:t2:aa1:y1:qe",
            .announcePeer(
                infoHash: id("mnopqrstuvwxyz123456"), port: nil, token: Array("aoeusnth".utf8), isSeed: false)
        ),
        ("d1:rd2:id20:mnopqrstuvwxyz123456e1:t2:aa1:y1:re", nil),
        ("d1:eli201e23:A Generic Error Ocurrede1:t2:aa1:y1:ee", nil),
    ]

    static func id(_ text: String) -> NodeID { NodeID(Array(text.utf8))! }

    @Test("the examples of BEP 5 are read", arguments: examples)
    func reads(_ row: (text: String, method: KRPCQuery.Method?)) throws {
        let message = try KRPCMessage.parse(Array(row.text.utf8)[...])
        #expect(message.transaction == Array("aa".utf8))
        switch message.body {
        case .query(let query):
            #expect(query.method == row.method)
            #expect(query.id == Self.id("abcdefghij0123456789"))
        case .response(let response): #expect(response.id == Self.id("mnopqrstuvwxyz123456"))
        case .error(let error): #expect(error == KRPCError(code: 201, text: "A Generic Error Ocurred"))
        }
    }

    @Test("what is written is read back", arguments: UInt64(0)..<50)
    func roundTrip(seed: UInt64) throws {
        var chance = Chance(seed: seed)
        var random = SplitMix64(seed: seed)
        let target = NodeID(using: &chance)
        var response = KRPCResponse(id: NodeID(using: &chance))
        response.nodes = (1..<9).map {
            NodeContact(id: NodeID(using: &chance), address: SimulatedNetwork.address($0))
        }
        response.nodes += (1..<9).map {
            NodeContact(id: NodeID(using: &chance), address: SimulatedNetwork.address6($0))
        }
        response.peers = [SimulatedNetwork.address(77), SimulatedNetwork.address6(78)]
        response.token = random.bytes(random.below(20))
        response.samples = (0..<5).map { _ in NodeID(using: &chance) }
        (response.sampleInterval, response.sampleCount) = (30, 900)
        response.value = Array("d1:ai1e1:bl1:xee".utf8)
        let methods: [KRPCQuery.Method] = [
            .ping, .findNode(target: target), .getPeers(infoHash: target, wantsScrape: true, noSeeds: true),
            .announcePeer(infoHash: target, port: 9, token: random.bytes(8), isSeed: true),
            .get(target: target, sequence: 5), .sampleInfoHashes(target: target),
        ]
        for method in methods {
            let message = KRPCMessage(
                transaction: random.bytes(4),
                body: .query(KRPCQuery(id: target, method: method, isReadOnly: true, wants: [.ipv4, .ipv6])),
                version: Array("SW01".utf8))
            #expect(try KRPCMessage.parse(message.encoded()[...]) == message)
        }
        let message = KRPCMessage(
            transaction: random.bytes(2), body: .response(response),
            externalAddress: SimulatedNetwork.address(3))
        #expect(try KRPCMessage.parse(message.encoded()[...]) == message)
    }

    static let refused: [(text: String, failure: KRPCMessage.Failure)] = [
        ("", .notBencode), ("i1e", .malformed("t")), ("d1:y1:qe", .malformed("t")),
        ("d1:t2:aa1:y1:xe", .malformed("y")), ("d1:rd2:id3:abce1:t2:aa1:y1:re", .malformed("r.id")),
        (
            "d1:t2:aa1:y1:qe",
            .refused(
                KRPCError(code: 203, text: "the query lacks an argument, or has a bad one"),
                transaction: Array("aa".utf8))
        ),
        ("d1:t40:" + String(repeating: "x", count: 40) + "1:y1:qe", .malformed("t")),
    ]

    @Test("what is no message is refused", arguments: refused)
    func refuses(_ row: (text: String, failure: KRPCMessage.Failure)) {
        #expect(throws: row.failure) { try KRPCMessage.parse(Array(row.text.utf8)[...]) }
    }

    @Test("cut short or with a bit turned, nothing is broken", arguments: examples)
    func damaged(_ row: (text: String, method: KRPCQuery.Method?)) {
        let bytes = Array(row.text.utf8)
        for end in bytes.indices {
            #expect(throws: (any Error).self) { try KRPCMessage.parse(bytes[..<end]) }
        }
        for bit in 0..<8 * bytes.count {
            var changed = bytes
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            _ = try? KRPCMessage.parse(changed[...])
        }
    }
}
