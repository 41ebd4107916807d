// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import NIOCore
internal import SwardWire

/// What there is to graph of a torrent, as totals since it was added; those of several add up.
package struct SwarmCounters: Hashable, Sendable, Encodable {
    /// In bytes of the peer protocol, without handshakes.
    package struct Traffic: Hashable, Sendable, Encodable {
        package var payload: Int64 = 0
        /// Messages, and the heads of blocks.
        package var `protocol`: Int64 = 0
        /// BEP 52.
        package var hashes: Int64 = 0
        /// BEP 9.
        package var metadata: Int64 = 0

        package init() {}

        static func += (sum: inout Traffic, more: Traffic) {
            sum.payload += more.payload
            sum.protocol += more.protocol
            sum.hashes += more.hashes
            sum.metadata += more.metadata
        }
    }

    package var receivedBytes = Traffic()
    package var sentBytes = Traffic()
    /// Of payload that came twice, or with a piece that failed.
    package var wastedBytes: Int64 = 0
    package var requestsSent = 0
    package var requestsReceived = 0
    package var blocksReceived = 0
    package var blocksSent = 0
    package var rejectsSent = 0
    package var rejectsReceived = 0
    package var cancelsSent = 0
    package var cancelsReceived = 0
    package var hashRequestsSent = 0
    package var hashRequestsReceived = 0
    package var piecesVerified = 0
    package var hashFailures = 0
    package var bans = 0
    /// Requests for what the gate does not let out.
    package var gateRefusals = 0
    package var connectionsOpened = 0
    /// By why; handshakes that came to nothing are counted by the session.
    package var connectionsClosed: [String: Int] = [:]

    package init() {}

    package static func += (sum: inout SwarmCounters, more: SwarmCounters) {
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
    package var name: String {
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
