// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import NIOCore
package import SwardPrimitives

/// One message after the handshake. Source: BEP 3, 6, 10 and 52.
///
/// - Indices are as they came; whoever knows the torrent checks them.
/// - Large rarities are kept aside, so that a message in hand takes five words.
/// - Payloads are slices of what was read from the socket; nothing is copied.
package enum PeerMessage: Hashable, Sendable {
    case keepAlive
    case choke
    case unchoke
    case interested
    case notInterested
    case have(PieceIndex)
    /// First bit of the first byte is piece 0.
    case bitfield(ByteBuffer)
    case request(BlockRequest)
    case piece(PieceIndex, begin: Int, ByteBuffer)
    case cancel(BlockRequest)
    /// Source: BEP 5. Read and forgotten.
    case port(UInt16)
    case suggest(PieceIndex)
    case haveAll
    case haveNone
    case reject(BlockRequest)
    case allowedFast(PieceIndex)
    /// `id` 0 is the extension handshake; the rest are what the *receiver* named in its own.
    case extended(id: UInt8, ByteBuffer)
    indirect case hashRequest(HashRequest)
    /// Base hashes in order, then uncles towards the root, 32 bytes each.
    indirect case hashes(HashRequest, ByteBuffer)
    indirect case hashReject(HashRequest)
    /// A type nobody here knows; skipped, as BEP 10 wants of unknown messages.
    case unknown(UInt8)

    /// The type byte on the wire; `nil` for a keep-alive.
    package var identifier: UInt8? {
        switch self {
        case .keepAlive: nil
        case .choke: 0
        case .unchoke: 1
        case .interested: 2
        case .notInterested: 3
        case .have: 4
        case .bitfield: 5
        case .request: 6
        case .piece: 7
        case .cancel: 8
        case .port: 9
        case .suggest: 13
        case .haveAll: 14
        case .haveNone: 15
        case .reject: 16
        case .allowedFast: 17
        case .extended: 20
        case .hashRequest: 21
        case .hashes: 22
        case .hashReject: 23
        case .unknown(let identifier): identifier
        }
    }

    /// In bytes, with the length before it.
    package var wireLength: Int {
        switch self {
        case .keepAlive: 4
        case .choke, .unchoke, .interested, .notInterested, .haveAll, .haveNone, .unknown: 5
        case .port: 7
        case .have, .suggest, .allowedFast: 9
        case .request, .cancel, .reject: 17
        case .bitfield(let bits): 5 + bits.readableBytes
        case .piece(_, _, let payload): Self.pieceHeaderLength + payload.readableBytes
        case .extended(_, let payload): 6 + payload.readableBytes
        case .hashRequest, .hashReject: 5 + HashRequest.byteCount
        case .hashes(_, let hashes): 5 + HashRequest.byteCount + hashes.readableBytes
        }
    }
}
