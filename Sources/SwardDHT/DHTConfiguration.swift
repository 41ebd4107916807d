// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

public import SwardPrimitives

/// How one node of the DHT behaves.
public struct DHTConfiguration: Sendable {
    /// Those we have a socket for.
    public var families: Set<DHTFamily> = [.ipv4]
    /// Asks but never answers, and so is in nobody's table. Source: BEP 43.
    public var isReadOnly = false
    /// Where to ask first when we know nobody; never a default.
    public var bootstrap: [PeerAddress] = []
    /// Four bytes that name the program.
    public var version: [UInt8] = Array("SW01".utf8)
    /// Answers in all, so that nobody can make an amplifier of us.
    public var answerBytesPerSecond = 32 << 10
    /// Queries of one host; loopback is not limited, as many nodes share it.
    public var queriesPerHostPerSecond = 10
    /// Queries of our own under way at once; lookups that find no room wait their turn.
    public var outstandingLimit = 256

    public init() {}
}

/// Says which operation an event speaks of.
public struct DHTOperationID: Hashable, Comparable, Sendable {
    let number: Int

    public static func < (a: DHTOperationID, b: DHTOperationID) -> Bool { a.number < b.number }
}

/// What the shell does, or tells others.
public enum DHTAction: Hashable, Sendable {
    case send([UInt8], to: PeerAddress)
    /// New ones, as they come in.
    case foundPeers([PeerAddress], DHTOperationID)
    /// A value came in that fits the target; a newer one may follow.
    case foundItem(DHTItem, DHTOperationID)
    case finished(DHTOperationID, DHTOutcome)
}

/// How an operation went.
public struct DHTOutcome: Hashable, Sendable {
    /// The nearest nodes that answered, nearest first.
    public var nodes: [NodeContact] = []
    public var queryCount = 0
    /// How many steps led from what we knew to the last node asked.
    public var roundCount = 0
    public var peerCount = 0
    /// Nodes that took what was written.
    public var storedCount = 0
    /// The first refusal of a write.
    public var refusal: KRPCError?
    /// The newest value found.
    public var item: DHTItem?
    /// Estimates of BEP 33, where asked for.
    public var seedCount: Int?
    public var leechCount: Int?
    public var samples: [NodeID] = []

    public init() {}
}

/// What a network operator would graph.
public struct DHTCounters: Hashable, Sendable {
    public var queriesSent = 0, responsesReceived = 0, errorsReceived = 0, timeouts = 0
    public var queriesReceived = 0, responsesSent = 0, queriesDropped = 0, malformed = 0
    public var bytesSent = 0, bytesReceived = 0
}
