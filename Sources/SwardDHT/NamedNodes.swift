// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardHash
package import SwardPrimitives

/// Nodes known by name alone, where a proxy looks names up: each is greeted by its name until it answers, from an address
/// that can be asked like any other.
package struct NamedNodes: Sendable {
    package typealias Instant = ContinuousClock.Instant

    /// A datagram for whoever has the name.
    package struct Greeting: Hashable, Sendable {
        package let name: String
        package let port: UInt16
        package let bytes: [UInt8]
    }

    private struct Entry: Sendable {
        let name: String
        let port: UInt16
        var transaction: [UInt8] = []
        var tries = 0
        var dueAt: Instant?
    }

    private static let maximumCount = 32
    private static let maximumTries = 3
    private static let firstWait = Duration.seconds(1)

    private let isReadOnly: Bool
    private var entries: [Entry] = []
    private var chance: SecretChance
    private var hasAnswer = false

    package init(isReadOnly: Bool, chance: SecretChance) {
        self.isReadOnly = isReadOnly
        self.chance = chance
    }

    /// Whether there is nothing to wait for: some node has answered, or none will.
    package var isSettled: Bool { hasAnswer || deadline == nil }

    package var deadline: Instant? { entries.compactMap(\.dueAt).min() }

    /// - Parameter name: looked up by the proxy; one that is too long for it is passed over.
    package mutating func add(_ name: String, port: UInt16, at now: Instant) {
        guard 1...255 ~= name.utf8.count, port != 0, entries.count < Self.maximumCount,
            !entries.contains(where: { $0.name == name && $0.port == port })
        else { return }
        entries.append(Entry(name: name, port: port, dueAt: now))
    }

    /// Greets all anew: the way there is another, or there was none before.
    package mutating func restart(at now: Instant) {
        for index in entries.indices { (entries[index].tries, entries[index].dueAt) = (0, now) }
    }

    /// - Parameter id: our own.
    package mutating func timerFired(as id: NodeID, at now: Instant) -> [Greeting] {
        var greetings: [Greeting] = []
        for index in entries.indices {
            guard let dueAt = entries[index].dueAt, dueAt <= now else { continue }
            guard entries[index].tries < Self.maximumTries else {
                entries[index].dueAt = nil
                continue
            }
            // Eight bytes, that nobody guesses; those of the node's own questions are four.
            let number = chance.next()
            let transaction = (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * UInt64($0))) }
            let query = KRPCQuery(id: id, method: .ping, isReadOnly: isReadOnly)
            entries[index].transaction = transaction
            entries[index].dueAt = now + Self.firstWait * (1 << entries[index].tries)
            entries[index].tries += 1
            greetings.append(
                Greeting(
                    name: entries[index].name, port: entries[index].port,
                    bytes: KRPCMessage(transaction: transaction, body: .query(query)).encoded()))
        }
        return greetings
    }

    /// - Returns: Whether it answers a greeting, so that a node is at `address`.
    package mutating func received(_ datagram: ArraySlice<UInt8>, from address: PeerAddress) -> Bool {
        guard entries.contains(where: { $0.dueAt != nil }),
            let message = try? KRPCMessage.parse(datagram), case .response = message.body,
            let index = entries.firstIndex(where: {
                $0.dueAt != nil && $0.transaction == message.transaction && $0.port == address.port
            })
        else { return false }
        entries[index].dueAt = nil
        hasAnswer = true
        return true
    }
}
