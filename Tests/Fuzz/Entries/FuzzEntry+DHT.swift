// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardDHT
import SwardHash
import SwardPrimitives

extension FuzzEntry {
    package static let krpc = FuzzEntry(name: "krpc") { (bytes: [UInt8]) throws(Violation) in
        guard let message = try? KRPCMessage.parse(bytes[...]) else { return }
        let encoded = message.encoded()
        guard let again = try? KRPCMessage.parse(encoded[...], maximumByteCount: .max) else {
            throw Violation(claim: "what we write, we read")
        }
        try check("what is said again is the same", again == message)
        if case .response(let response) = message.body {
            try check("every node can be asked", response.nodes.allSatisfy(\.address.isReachable))
            try check("every peer can be called", response.peers.allSatisfy(\.isReachable))
        }
    }

    /// A node that hears datagrams: one byte for the length of each, one for who sends it.
    package static let dhtNode = FuzzEntry(name: "dht-node") { (bytes: [UInt8]) throws(Violation) in
        var now = ContinuousClock.now
        var configuration = DHTConfiguration()
        configuration.families = [.ipv4, .ipv6]
        var node = DHTNode(configuration: configuration, id: nil, chance: SecretChance(seed: 7), at: now)
        var actions: [DHTAction] = []
        node.start(at: now, into: &actions)
        var rest = bytes[...]
        while let length = rest.popFirst(), let host = rest.popFirst() {
            let datagram = rest.prefix(Int(length))
            rest = rest.dropFirst(datagram.count)
            let ip =
                host % 2 == 0 ? [40, 1, 2, host] : [0x2A, 0] + [UInt8](repeating: 0, count: 13) + [host]
            guard let sender = PeerAddress(ip: ip, port: 6881) else { continue }
            let before = actions.count
            node.received(datagram, from: sender, at: now, into: &actions)
            try check("one datagram makes few", actions.count - before <= 8)
            now += .milliseconds(100)
            node.timerFired(at: now, into: &actions)
        }
        for action in actions {
            guard case .send(let datagram, _) = action else { continue }
            try check("datagrams stay whole", datagram.count <= 1500)
        }
        try check("the table holds no more than it was told", node.nodeCount(.ipv4) <= 128 + 256)
    }
}
