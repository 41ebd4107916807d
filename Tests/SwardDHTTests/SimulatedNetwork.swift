// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardDHT
import SwardHash
import SwardPrimitives
import Support

/// Nodes that exchange datagrams by a queue, with latency, loss and a clock set by hand; the same for the same seed.
struct SimulatedNetwork {
    struct Datagram {
        var arrival: ContinuousClock.Instant
        var order: Int
        var bytes: [UInt8]
        var from: PeerAddress
        var to: PeerAddress
    }

    var now: ContinuousClock.Instant = .now
    var nodes: [PeerAddress: DHTNode] = [:]
    var queue: [Datagram] = []
    var order = 0
    var random: SplitMix64
    /// One datagram in so many is lost; 0 for none.
    var lossOdds = 0
    var dead: Set<PeerAddress> = []
    /// What nodes told, by node.
    var told: [PeerAddress: [DHTAction]] = [:]
    var datagramCount = 0
    /// Where someone answers who plays by no rule, under which name.
    var impostors: [PeerAddress: NodeID] = [:]
    /// What impostors say.
    var lie: (KRPCQuery, NodeID) -> KRPCResponse = { KRPCResponse(id: $1) }

    init(seed: UInt64) { random = SplitMix64(seed: seed) }

    /// A public address, one wide network each.
    static func address(_ number: Int) -> PeerAddress {
        PeerAddress(
            ip: [20 + UInt8(number % 100), UInt8(number / 100 % 250), UInt8(number / 25_000), 7], port: 6881)!
    }

    static func address6(_ number: Int) -> PeerAddress {
        let tail = [UInt8(number >> 8 & 0xFF), UInt8(number & 0xFF)]
        return PeerAddress(ip: [0x2A, 0] + tail + [UInt8](repeating: 0, count: 11) + [1], port: 6881)!
    }

    @discardableResult
    mutating func add(
        _ number: Int, bootstrap: [PeerAddress] = [], isReadOnly: Bool = false, isIPv6: Bool = false
    ) -> PeerAddress {
        add(
            at: isIPv6 ? Self.address6(number) : Self.address(number), bootstrap: bootstrap,
            isReadOnly: isReadOnly)
    }

    @discardableResult
    mutating func add(
        at address: PeerAddress, bootstrap: [PeerAddress], isReadOnly: Bool = false
    ) -> PeerAddress {
        var configuration = DHTConfiguration()
        configuration.families = [address.isIPv4 ? .ipv4 : .ipv6]
        configuration.bootstrap = bootstrap
        configuration.isReadOnly = isReadOnly
        var chance = Chance(seed: random.next())
        var node = DHTNode(
            configuration: configuration, id: NodeID(fitting: address, using: &chance),
            chance: SecretChance(seed: random.next()),
            at: now)
        var actions: [DHTAction] = []
        node.start(at: now, into: &actions)
        nodes[address] = node
        perform(actions, by: address)
        return address
    }

    mutating func perform(_ actions: [DHTAction], by address: PeerAddress) {
        for action in actions {
            guard case .send(let bytes, let to) = action else {
                told[address, default: []].append(action)
                continue
            }
            datagramCount += 1
            if lossOdds > 0, random.oneIn(lossOdds) { continue }
            order += 1
            let latency = Duration.milliseconds(10 + random.below(90))
            push(Datagram(arrival: now + latency, order: order, bytes: bytes, from: address, to: to))
        }
    }

    mutating func with<R>(_ address: PeerAddress, _ body: (inout DHTNode, inout [DHTAction]) -> R) -> R {
        var actions: [DHTAction] = []
        let result = body(&nodes[address]!, &actions)
        perform(actions, by: address)
        return result
    }

    /// Runs for `span`, or until `isDone`.
    mutating func run(for span: Duration, until isDone: (SimulatedNetwork) -> Bool = { _ in false }) {
        let end = now + span
        var timers: [PeerAddress: ContinuousClock.Instant] = nodes.mapValues(\.deadline)
        while true {
            if let next = queue.first, next.arrival <= end, next.arrival <= now + .milliseconds(100) {
                pop()
                now = max(now, next.arrival)
                if let id = impostors[next.to] {
                    lie(to: next, as: id)
                    continue
                }
                guard nodes[next.to] != nil, !dead.contains(next.to) else { continue }
                let instant = now
                with(next.to) { $0.received(next.bytes[...], from: next.from, at: instant, into: &$1) }
                timers[next.to] = nodes[next.to]?.deadline
                if isDone(self) { return }
                continue
            }
            guard now < end else { return }
            now = min(end, now + .milliseconds(100))
            let instant = now
            for address in timers.filter({ $0.value <= instant }).keys.sorted() where !dead.contains(address)
            {
                with(address) { $0.timerFired(at: instant, into: &$1) }
                timers[address] = nodes[address]?.deadline
            }
            if isDone(self) { return }
        }
    }

    private mutating func lie(to datagram: Datagram, as id: NodeID) {
        guard let message = try? KRPCMessage.parse(datagram.bytes[...]), case .query(let query) = message.body
        else { return }
        let answer = KRPCMessage(transaction: message.transaction, body: .response(lie(query, id)))
        perform([.send(answer.encoded(), to: datagram.from)], by: datagram.to)
    }

    // A binary heap by arrival, then order.
    private mutating func push(_ datagram: Datagram) {
        queue.append(datagram)
        var child = queue.count - 1
        while child > 0, isBefore(queue[child], queue[(child - 1) / 2]) {
            queue.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    private mutating func pop() {
        queue.swapAt(0, queue.count - 1)
        queue.removeLast()
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < queue.count {
                if isBefore(queue[child], queue[least]) { least = child }
            }
            guard least != parent else { return }
            queue.swapAt(parent, least)
            parent = least
        }
    }

    private func isBefore(_ a: Datagram, _ b: Datagram) -> Bool {
        (a.arrival, a.order) < (b.arrival, b.order)
    }

    func outcome(_ id: DHTOperationID, of address: PeerAddress) -> DHTOutcome? {
        for action in told[address] ?? [] {
            if case .finished(id, let outcome) = action { return outcome }
        }
        return nil
    }

    func peers(_ id: DHTOperationID, of address: PeerAddress) -> Set<PeerAddress> {
        var peers: Set<PeerAddress> = []
        for action in told[address] ?? [] {
            if case .foundPeers(let found, id) = action { peers.formUnion(found) }
        }
        return peers
    }

    /// A network of so many nodes that know each other.
    static func grown(_ count: Int, seed: UInt64, isIPv6: Bool = false) -> SimulatedNetwork {
        var network = SimulatedNetwork(seed: seed)
        let first = network.add(0, isIPv6: isIPv6)
        for number in 1..<count {
            let other = number < 8 ? first : (isIPv6 ? address6(number / 2) : address(number / 2))
            network.add(number, bootstrap: [first, other], isIPv6: isIPv6)
            if number % 20 == 0 { network.run(for: .milliseconds(500)) }
        }
        network.run(for: .seconds(30))
        return network
    }
}
