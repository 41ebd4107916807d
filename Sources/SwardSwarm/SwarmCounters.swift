// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import NIOCore
internal import SwardWire

/// What there is to graph of a torrent, as totals since it was added; those of several add up.
public struct SwarmCounters: Hashable, Sendable, Encodable {
    /// In bytes of the peer protocol, without handshakes.
    public struct Traffic: Hashable, Sendable, Encodable {
        public var payload: Int64 = 0
        /// Messages, and the heads of blocks.
        public var `protocol`: Int64 = 0
        /// BEP 52.
        public var hashes: Int64 = 0
        /// BEP 9.
        public var metadata: Int64 = 0

        public init() {}

        static func += (sum: inout Traffic, more: Traffic) {
            sum.payload += more.payload
            sum.protocol += more.protocol
            sum.hashes += more.hashes
            sum.metadata += more.metadata
        }
    }

    public var receivedBytes = Traffic()
    public var sentBytes = Traffic()
    /// Of payload that came twice, or with a piece that failed.
    public var wastedBytes: Int64 = 0
    public var requestsSent = 0
    public var requestsReceived = 0
    public var blocksReceived = 0
    public var blocksSent = 0
    public var rejectsSent = 0
    public var rejectsReceived = 0
    public var cancelsSent = 0
    public var cancelsReceived = 0
    public var hashRequestsSent = 0
    public var hashRequestsReceived = 0
    public var piecesVerified = 0
    public var hashFailures = 0
    public var bans = 0
    /// Requests for what the gate does not let out.
    public var gateRefusals = 0
    public var connectionsOpened = 0
    /// By why; handshakes that came to nothing are counted by the session.
    public var connectionsClosed: [String: Int] = [:]

    public init() {}

    public static func += (sum: inout SwarmCounters, more: SwarmCounters) {
        sum.receivedBytes += more.receivedBytes
        sum.sentBytes += more.sentBytes
        sum.wastedBytes += more.wastedBytes
        sum.requestsSent += more.requestsSent
        sum.requestsReceived += more.requestsReceived
        sum.blocksReceived += more.blocksReceived
        sum.blocksSent += more.blocksSent
        sum.rejectsSent += more.rejectsSent
        sum.rejectsReceived += more.rejectsReceived
        sum.cancelsSent += more.cancelsSent
        sum.cancelsReceived += more.cancelsReceived
        sum.hashRequestsSent += more.hashRequestsSent
        sum.hashRequestsReceived += more.hashRequestsReceived
        sum.piecesVerified += more.piecesVerified
        sum.hashFailures += more.hashFailures
        sum.bans += more.bans
        sum.gateRefusals += more.gateRefusals
        sum.connectionsOpened += more.connectionsOpened
        sum.connectionsClosed.merge(more.connectionsClosed, uniquingKeysWith: +)
    }

    // MARK: Counting

    /// - Parameter isMetadata: of an extended message, whether it is one of BEP 9.
    @inline(__always)
    mutating func sent(_ message: PeerMessage, isMetadata: Bool) {
        switch message {
        case .request: requestsSent += 1
        case .cancel: cancelsSent += 1
        case .reject: rejectsSent += 1
        case .hashRequest: hashRequestsSent += 1
        default: break
        }
        Self.add(message, isMetadata, to: &sentBytes)
    }

    @inline(__always)
    mutating func received(_ message: PeerMessage, isMetadata: Bool) {
        switch message {
        case .piece: blocksReceived += 1
        case .request: requestsReceived += 1
        case .cancel: cancelsReceived += 1
        case .reject: rejectsReceived += 1
        case .hashRequest: hashRequestsReceived += 1
        default: break
        }
        Self.add(message, isMetadata, to: &receivedBytes)
    }

    @inline(__always)
    private static func add(_ message: PeerMessage, _ isMetadata: Bool, to traffic: inout Traffic) {
        let length = Int64(message.wireLength)
        switch message {
        case .piece(_, _, let payload):
            traffic.payload += Int64(payload.readableBytes)
            traffic.protocol += length - Int64(payload.readableBytes)
        case .hashes, .hashRequest, .hashReject: traffic.hashes += length
        case .extended where isMetadata: traffic.metadata += length
        default: traffic.protocol += length
        }
    }
}

extension CloseReason {
    /// For counting: the same for all that differ in details alone.
    public var name: String {
        switch self {
        case .wire: "protocol error"
        case .wrongInfoHash: "wrong info-hash"
        case .ourselves: "ourselves"
        case .duplicate: "duplicate"
        case .tooManyConnections: "too many connections"
        case .tooManyFromHost: "too many from one host"
        case .banned: "banned"
        case .keptOut: "kept out"
        case .blocked: "blocked"
        case .silent: "silent"
        case .redundant: "redundant"
        case .useless: "useless"
        case .flood: "flood"
        case .lied: "lied"
        case .stopped: "stopped"
        case .unfit: "unfit for a private torrent"
        }
    }
}
