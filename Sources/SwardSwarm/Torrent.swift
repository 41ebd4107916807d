// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardPrimitives
package import SwardWire

/// Decides everything for one torrent: events in, actions out; it knows no socket, file, clock or chance.
///
/// The shell calls one function per event, then performs what lies in the queue, and keeps one timer at
/// ``deadline``. Several events may share one drain of the queue.
package struct Torrent: Sendable {
    package typealias Instant = ContinuousClock.Instant

    package let configuration: TorrentConfiguration
    package private(set) var infoHashes: InfoHashes

    /// - Parameters:
    ///   - content: `nil` for a magnet; then metadata is fetched from peers.
    ///   - have: pieces known to be on disk and verified.
    ///   - seed: of every random choice.
    package init(
        configuration: TorrentConfiguration, infoHashes: InfoHashes, content: Content?, have: PieceSet?,
        seed: UInt64,
        at now: Instant
    ) {
        self.configuration = configuration
        self.infoHashes = infoHashes
    }

    // MARK: Queries

    /// When ``timerFired(at:into:)`` must next be called; `nil` when there is nothing to wait for.
    package var deadline: Instant? { nil }
    package var content: Content? { nil }
    /// Pieces written and verified; `nil` without metadata.
    package var have: PieceSet? { nil }
    package var isComplete: Bool { false }
    package func snapshot(at now: Instant) -> TorrentSnapshot { fatalError() }

    /// What to answer an incoming handshake that names this torrent: in a hybrid it lifts a v1 peer that can to v2.
    package func reply(to handshake: Handshake) -> Handshake {
        Handshake(features: [], infoHash: handshake.infoHash, peerID: configuration.peerID)
    }
}

/// A peer whose handshake has come.
package struct PeerArrival: Sendable {
    package var address: PeerAddress
    package var isOutgoing: Bool
    package var handshake: Handshake

    package init(address: PeerAddress, isOutgoing: Bool, handshake: Handshake) {
        self.address = address
        self.isOutgoing = isOutgoing
        self.handshake = handshake
    }
}

extension Torrent {
    // MARK: Events: the torrent itself

    /// Metadata of a magnet has been parsed and judged; `have` is what was found on disk.
    package mutating func setContent(
        _ content: Content, have: PieceSet?, at now: Instant, into actions: inout ActionQueue
    ) {}
    /// Before the first call the gate is shut.
    package mutating func setGate(_ gate: GatePermissions, at now: Instant, into actions: inout ActionQueue) {
    }
    /// Closes every connection and dials no more.
    package mutating func stop(at now: Instant, into actions: inout ActionQueue) {}
    package mutating func timerFired(at now: Instant, into actions: inout ActionQueue) {}

    // MARK: Events: peers

    package mutating func peersFound(
        _ addresses: [PeerAddress], source: PeerSource, at now: Instant, into actions: inout ActionQueue
    ) {}
    package mutating func connectFailed(
        _ address: PeerAddress, at now: Instant, into actions: inout ActionQueue
    ) {}
    /// Both handshakes are through (the shell has sent ours).
    ///
    /// - Throws: why the shell must close the connection at once; then there is no id.
    package mutating func peerConnected(
        _ peer: PeerArrival, at now: Instant, into actions: inout ActionQueue
    ) throws(CloseReason) -> ConnectionID { throw .stopped }
    package mutating func received(
        _ message: PeerMessage, from id: ConnectionID, at now: Instant, into actions: inout ActionQueue
    ) {}
    /// The connection ended by itself, or the shell ended it on a ``WireError``.
    package mutating func peerDisconnected(
        _ id: ConnectionID, error: WireError?, at now: Instant, into actions: inout ActionQueue
    ) {}

    // MARK: Events: the disk

    /// - Parameter leaf: SHA-256 of the block's file bytes (no pads); `nil` for v1.
    package mutating func blockWritten(
        _ block: BlockRequest, leaf: Digest256?, at now: Instant, into actions: inout ActionQueue
    ) {}
    package mutating func writeFailed(_ block: BlockRequest, at now: Instant, into actions: inout ActionQueue)
    {}
    /// - Parameter sha1: `nil` when the piece could not be read back.
    package mutating func pieceChecked(
        _ piece: PieceIndex, sha1: Digest160?, at now: Instant, into actions: inout ActionQueue
    ) {}
    /// - Parameter leaves: `nil` when the pieces could not be read.
    package mutating func leavesRead(
        _ request: HashRequest, for id: ConnectionID, leaves: [Digest256]?, at now: Instant,
        into actions: inout ActionQueue
    ) {}
    /// The oldest `count` blocks of `sendBlock` are with the socket.
    package mutating func blocksSent(
        _ id: ConnectionID, count: Int, bytes: Int, at now: Instant, into actions: inout ActionQueue
    ) {}
    /// The oldest block of `sendBlock` could not be read; nothing of it was sent.
    package mutating func blockUnreadable(
        _ block: BlockRequest, for id: ConnectionID, at now: Instant, into actions: inout ActionQueue
    ) {}
}
