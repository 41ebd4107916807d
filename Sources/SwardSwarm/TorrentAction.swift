// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import NIOCore
public import SwardPrimitives
public import SwardWire

/// What ``Torrent`` wants done; the shell does it in order and decides nothing.
package enum TorrentAction: Sendable {
    /// Write a message to the peer (never `.piece`).
    case send(ConnectionID, PeerMessage)
    /// Send a `piece` message with these bytes of the payload, then call ``Torrent/blocksSent(_:count:bytes:at:into:)``
    /// when they have left for the socket, or ``Torrent/blockUnreadable(_:for:at:into:)``.
    /// Blocks of one connection leave in the order of these actions.
    case sendBlock(ConnectionID, BlockRequest)
    /// Write a block to disk and call ``Torrent/blockWritten(_:leaf:at:into:)`` or
    /// ``Torrent/writeFailed(_:at:into:)``. A block is never in hand twice.
    case write(BlockRequest, ByteBuffer)
    /// Re-read a piece, hash it with SHA-1 (pads as zeros), and call ``Torrent/pieceChecked(_:sha1:at:into:)``.
    case check(PieceIndex)
    /// Read a piece that is all written, hash each block with SHA-256 (file bytes only), and call
    /// ``Torrent/blocksDigested(_:digests:at:into:)``.
    case digest(PieceIndex)
    /// Read pieces (all of them ours), hash each block with SHA-256 (file bytes only), and call
    /// ``Torrent/leavesRead(_:for:leaves:at:into:)`` with the digests in order.
    indirect case readLeaves(ConnectionID, HashRequest, pieces: Range<Int>)
    /// A piece is written and verified: set its resume bit.
    case pieceComplete(PieceIndex)
    /// The piece layer of a file, fetched and proved: keep it with the metainfo. The concatenated digests.
    case layerComplete(piecesRoot: Digest256, [UInt8])
    /// The info dictionary, verified against the info-hash: parse it, judge it, then call
    /// ``Torrent/setContent(_:have:at:into:)`` and ``Torrent/setGate(_:at:into:)``.
    case metadataComplete([UInt8])
    /// Connect that way, send this handshake, and call ``Torrent/peerConnected(_:at:into:)`` when the peer's has come,
    /// or ``Torrent/connectFailed(_:_:at:into:)``.
    indirect case connect(PeerAddress, Handshake, DialWay)
    /// Flush and close; the connection is already forgotten, no `peerDisconnected` follows.
    case close(ConnectionID, CloseReason)
    /// A peer was found to have sent bad data; for the log, and for other torrents.
    case banned(PeerAddress, PieceIndex)
    /// A peer was let go for what is no accident, and is not let in for so long; for the log.
    indirect case keptOut(PeerAddress, CloseReason, Duration)
    /// A peer that a person named could not be reached by any way; it is tried again.
    case unreached(PeerAddress, DialFailure)
    /// Where a peer runs a DHT node.
    case foundNode(PeerAddress)
    /// All wanted pieces are ours.
    case finished
    /// The torrent cannot go on; every connection has been closed.
    case failed(TorrentFailure)
}

/// Why a torrent stopped for good.
public enum TorrentFailure: Error, Hashable, Sendable {
    /// Right by one hash and wrong by the other: a hybrid whose halves name different bytes. Source: BEP 52.
    case hybridConflict(PieceIndex)
    /// The pieces of a file were right by SHA-1, but do not reduce to its `pieces root`.
    case hybridRootConflict(file: Int)
    /// The disk refused a block; the shell knows why.
    case storage(BlockRequest)
}

/// Why a connection is closed.
public enum CloseReason: Error, Hashable, Sendable {
    case wire(WireError)
    case wrongInfoHash
    case ourselves
    case duplicate
    case tooManyConnections
    case tooManyFromHost
    case banned
    /// It misbehaved not long ago.
    case keptOut
    /// By the operator's list.
    case blocked
    case silent
    /// Neither has anything the other wants.
    case redundant
    /// It kept us waiting while others could have had the place.
    case useless
    /// More requests than it was told we take.
    case flood
    /// Metadata or hashes that do not fit what we have.
    case lied
    case stopped
    /// Learnt of in a way that a private torrent may not use.
    case unfit
}

/// Actions in order, in memory that is reused.
package struct ActionQueue: Sendable {
    private var actions: [TorrentAction?] = []
    private var head = 0

    /// Takes no memory until the first action: thousands of torrents rest with an empty queue.
    package init() {}

    package var isEmpty: Bool { head == actions.count }

    @inline(__always)
    package mutating func append(_ action: TorrentAction) { actions.append(action) }

    /// Takes the oldest action; events that come up while it is performed may append more.
    package mutating func next() -> TorrentAction? {
        guard head < actions.count else {
            actions.removeAll(keepingCapacity: actions.count <= 4096)
            head = 0
            return nil
        }
        defer { head += 1 }
        // Taken out, not copied, so that a payload is freed as soon as it is written.
        return actions[head].take()
    }
}
