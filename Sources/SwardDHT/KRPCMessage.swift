// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardPrimitives

/// One datagram of the DHT. Source: BEP 5, "KRPC Protocol"; BEP 32, 33, 42, 43, 44, 51 for the keys they add.
package struct KRPCMessage: Hashable, Sendable {
    package enum Body: Hashable, Sendable {
        case query(KRPCQuery)
        case response(KRPCResponse)
        case error(KRPCError)
    }

    /// As the asker chose it; the answer repeats it.
    package var transaction: [UInt8]
    package var body: Body
    /// Four bytes that name the program, where it says.
    package var version: [UInt8]?
    /// Where the answering node saw us. Source: BEP 42.
    package var externalAddress: PeerAddress?

    package init(
        transaction: [UInt8], body: Body, version: [UInt8]? = nil, externalAddress: PeerAddress? = nil
    ) {
        self.transaction = transaction
        self.body = body
        self.version = version
        self.externalAddress = externalAddress
    }
}

/// What a node asks.
package struct KRPCQuery: Hashable, Sendable {
    package enum Method: Hashable, Sendable {
        case ping
        case findNode(target: NodeID)
        /// `wantsScrape`: also the filters of BEP 33. `noSeeds`: only peers that still need pieces.
        case getPeers(infoHash: NodeID, wantsScrape: Bool, noSeeds: Bool)
        /// `port` is `nil` where the port that the query comes from is meant.
        case announcePeer(infoHash: NodeID, port: UInt16?, token: [UInt8], isSeed: Bool)
        /// `sequence`: what the asker has, so that only newer is sent. Source: BEP 44.
        case get(target: NodeID, sequence: Int64?)
        case put(PutArguments, token: [UInt8], compareAndSwap: Int64?)
        case sampleInfoHashes(target: NodeID)
        /// Not known to us. The target, where it has one, is answered as `find_node` would be.
        case unknown(name: [UInt8], target: NodeID?)
    }

    package var id: NodeID
    package var method: Method
    /// The asker answers nothing itself. Source: BEP 43.
    package var isReadOnly: Bool
    /// Families of the nodes it wants to be told of; empty: that of the datagram. Source: BEP 32.
    package var wants: Set<DHTFamily>

    package init(id: NodeID, method: Method, isReadOnly: Bool = false, wants: Set<DHTFamily> = []) {
        self.id = id
        self.method = method
        self.isReadOnly = isReadOnly
        self.wants = wants
    }
}

/// What a node answers; what a method does not have is empty.
package struct KRPCResponse: Hashable, Sendable {
    package var id: NodeID
    package var nodes: [NodeContact] = []
    package var peers: [PeerAddress] = []
    package var token: [UInt8]?
    /// Of seeds, and of peers. Source: BEP 33.
    package var seedFilter: ScrapeFilter?
    package var peerFilter: ScrapeFilter?
    /// Encoded, as it came. Source: BEP 44.
    package var value: [UInt8]?
    package var publicKey: [UInt8]?
    package var signature: [UInt8]?
    package var sequence: Int64?
    /// Source: BEP 51. The interval in seconds.
    package var samples: [NodeID]?
    package var sampleInterval: Int?
    package var sampleCount: Int?

    package init(id: NodeID) { self.id = id }
}

public struct KRPCError: Error, Hashable, Sendable {
    public var code: Int64
    public var text: String

    public init(code: Int64, text: String) {
        self.code = code
        self.text = text
    }

    static let generic = KRPCError(code: 201, text: "this node is busy; ask again later")
    static let malformed = KRPCError(code: 203, text: "the query lacks an argument, or has a bad one")
    static let badToken = KRPCError(code: 203, text: "the token is not ours or too old; get a new one")
    static let unknownMethod = KRPCError(code: 204, text: "this node does not know the method")
    // Source: BEP 44, "Errors".
    static let valueTooBig = KRPCError(code: 205, text: "v is over 1000 bytes")
    static let badSignature = KRPCError(code: 206, text: "the signature does not fit")
    static let saltTooBig = KRPCError(code: 207, text: "salt is over 64 bytes")
    static let compareAndSwapFailed = KRPCError(code: 301, text: "cas is not the sequence number held here")
    static let sequenceTooLow = KRPCError(code: 302, text: "seq is below the sequence number held here")
}

public enum DHTFamily: Hashable, Sendable, CaseIterable {
    case ipv4, ipv6

    package init(of address: PeerAddress) { self = address.isIPv4 ? .ipv4 : .ipv6 }

    var wantName: String { self == .ipv4 ? "n4" : "n6" }
    var nodesKey: String { self == .ipv4 ? "nodes" : "nodes6" }
    var addressByteCount: Int { self == .ipv4 ? 4 : 16 }
}
