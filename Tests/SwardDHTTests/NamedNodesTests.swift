// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardDHT
import SwardHash
import SwardPrimitives
import Testing

@Suite("Nodes that are known by name") struct NamedNodesTests {
    static let start = ContinuousClock.now
    static let me = NodeID(Digest160(hex: "0123456789abcdef0123456789abcdef01234567")!)
    static let there = PeerAddress(ip: [192, 0, 2, 7], port: 6881)!

    static func nodes() -> NamedNodes {
        var nodes = NamedNodes(isReadOnly: true, chance: SecretChance(seed: 1))
        nodes.add("node.test", port: 6881, at: start)
        return nodes
    }

    static func answer(to greeting: NamedNodes.Greeting) throws -> [UInt8] {
        let asked = try KRPCMessage.parse(greeting.bytes[...])
        return KRPCMessage(transaction: asked.transaction, body: .response(KRPCResponse(id: me))).encoded()
    }

    @Test("one is greeted by its name, and where it answers from it is")
    func greets() throws {
        var nodes = Self.nodes()
        #expect(!nodes.isSettled && nodes.deadline == Self.start)
        let greeting = try #require(nodes.timerFired(as: Self.me, at: Self.start).first)
        #expect(greeting.name == "node.test" && greeting.port == 6881)
        guard case .query(let query) = try KRPCMessage.parse(greeting.bytes[...]).body else {
            Issue.record("no question")
            return
        }
        #expect(query.method == .ping && query.isReadOnly && query.id == Self.me)
        let answer = try Self.answer(to: greeting)
        #expect(nodes.received(answer[...], from: Self.there) == true)
        #expect(nodes.isSettled && nodes.deadline == nil)
        // Once is enough.
        #expect(nodes.received(answer[...], from: Self.there) == false)
    }

    @Test("nobody else's word counts")
    func refuses() throws {
        var nodes = Self.nodes()
        let greeting = try #require(nodes.timerFired(as: Self.me, at: Self.start).first)
        let answer = try Self.answer(to: greeting)
        #expect(nodes.received(answer[...], from: Self.there.with(port: 6882)) == false)
        #expect(nodes.received(greeting.bytes[...], from: Self.there) == false)
        #expect(nodes.received([], from: Self.there) == false)
        let other = KRPCMessage(
            transaction: [UInt8](repeating: 0, count: 8), body: .response(KRPCResponse(id: Self.me)))
        #expect(nodes.received(other.encoded()[...], from: Self.there) == false)
        #expect(!nodes.isSettled)
    }

    @Test("it is greeted three times, and anew when there is another way")
    func asksAgain() throws {
        var nodes = Self.nodes()
        var now = Self.start
        for pause in [1, 2, 4] {
            #expect(nodes.timerFired(as: Self.me, at: now).count == 1)
            #expect(nodes.deadline == now + .seconds(pause))
            #expect(nodes.timerFired(as: Self.me, at: now).isEmpty)
            now += .seconds(pause)
        }
        #expect(nodes.timerFired(as: Self.me, at: now).isEmpty)
        #expect(nodes.isSettled && nodes.deadline == nil)
        nodes.restart(at: now)
        #expect(nodes.timerFired(as: Self.me, at: now).count == 1)
    }

    @Test("there are never many, nor one twice, nor one that a proxy could not be told")
    func capped() {
        var nodes = Self.nodes()
        nodes.add("node.test", port: 6881, at: Self.start)
        nodes.add("", port: 1, at: Self.start)
        nodes.add("a", port: 0, at: Self.start)
        nodes.add(String(repeating: "a", count: 256), port: 1, at: Self.start)
        #expect(nodes.timerFired(as: Self.me, at: Self.start).count == 1)
        for port in 1...100 as ClosedRange<UInt16> { nodes.add("a", port: port, at: Self.start) }
        #expect(nodes.timerFired(as: Self.me, at: Self.start).count == 31)
    }
}
