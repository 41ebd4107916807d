// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardPrimitives

/// How one node of the DHT behaves.
package struct DHTConfiguration: Sendable {
    /// Those we have a socket for.
    package var families: Set<DHTFamily> = [.ipv4]
    /// Asks but never answers, and so is in nobody's table. Source: BEP 43.
    package var isReadOnly = false
    /// Where to ask first when we know nobody; never a default.
    package var bootstrap: [PeerAddress] = []
    /// Four bytes that name the program.
    package var version: [UInt8] = Array("SW01".utf8)
    /// Answers in all, so that nobody can make an amplifier of us.
    package var answerBytesPerSecond = 32 << 10
    /// Queries of one host; loopback is not limited, as many nodes share it.
    package var queriesPerHostPerSecond = 10
    /// Queries of our own under way at once.
    package var outstandingLimit = 256

    package init() {}
}

/// Says which operation an event speaks of.
package struct DHTOperationID: Hashable, Comparable, Sendable {
    let number: Int

    package static func < (a: DHTOperationID, b: DHTOperationID) -> Bool { a.number < b.number }
}

/// What the shell does, or tells others.
package enum DHTAction: Hashable, Sendable {
    case send([UInt8], to: PeerAddress)
    /// New ones, as they come in.
    case foundPeers([PeerAddress], DHTOperationID)
    /// A value came in that fits the target; a newer one may follow.
    case foundItem(DHTItem, DHTOperationID)
    case finished(DHTOperationID, DHTOutcome)
}

/// How an operation went.
package struct DHTOutcome: Hashable, Sendable {
    /// The nearest nodes that answered, nearest first.
    package var nodes: [NodeContact] = []
    package var queryCount = 0
    /// How many steps led from what we knew to the last node asked.
    package var roundCount = 0
    package var peerCount = 0
    /// Nodes that took what was written.
    package var storedCount = 0
    /// The first refusal of a write.
    package var refusal: KRPCError?
    /// The newest value found.
    package var item: DHTItem?
    /// Estimates of BEP 33, where asked for.
    package var seedCount: Int?
    package var leechCount: Int?
    package var samples: [NodeID] = []

    package init() {}
}

/// What a network operator would graph.
package struct DHTCounters: Hashable, Sendable {
    package var queriesSent = 0, responsesReceived = 0, errorsReceived = 0, timeouts = 0
    package var queriesReceived = 0, responsesSent = 0, queriesDropped = 0, malformed = 0
    package var bytesSent = 0, bytesReceived = 0
}
