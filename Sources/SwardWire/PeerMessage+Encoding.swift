// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import NIOCore
package import SwardPrimitives

extension PeerMessage {
    /// Bytes of a `piece` message before its payload.
    package static let pieceHeaderLength = 13

    /// Writes everything of a `piece` message but the payload, which a shell may send from a file.
    @inline(__always)
    package static func writePieceHeader(_ block: BlockRequest, into buffer: inout ByteBuffer) {
        buffer.writeMultipleIntegers(
            UInt32(truncatingIfNeeded: 9 + block.length), 7 as UInt8,
            UInt32(truncatingIfNeeded: block.piece.rawValue), UInt32(truncatingIfNeeded: block.begin))
    }

    /// Writes the whole message, length prefix first.
    package func write(into buffer: inout ByteBuffer) {
        switch self {
        case .keepAlive: buffer.writeInteger(0 as UInt32)
        case .choke: Self.writeBare(0, &buffer)
        case .unchoke: Self.writeBare(1, &buffer)
        case .interested: Self.writeBare(2, &buffer)
        case .notInterested: Self.writeBare(3, &buffer)
        case .have(let piece): Self.writeIndex(4, piece, &buffer)
        case .bitfield(let bits): Self.writePayload(5, bits, &buffer)
        case .request(let block): Self.writeBlock(6, block, &buffer)
        case .piece(let piece, let begin, let payload):
            Self.writePieceHeader(
                BlockRequest(piece: piece, begin: begin, length: payload.readableBytes), into: &buffer)
            buffer.writeImmutableBuffer(payload)
        case .cancel(let block): Self.writeBlock(8, block, &buffer)
        case .port(let port): buffer.writeMultipleIntegers(3 as UInt32, 9 as UInt8, port)
        case .suggest(let piece): Self.writeIndex(13, piece, &buffer)
        case .haveAll: Self.writeBare(14, &buffer)
        case .haveNone: Self.writeBare(15, &buffer)
        case .reject(let block): Self.writeBlock(16, block, &buffer)
        case .allowedFast(let piece): Self.writeIndex(17, piece, &buffer)
        case .extended(let id, let payload):
            buffer.writeMultipleIntegers(UInt32(2 + payload.readableBytes), 20 as UInt8, id)
            buffer.writeImmutableBuffer(payload)
        case .hashRequest(let request): Self.writeHashRequest(21, request, extra: 0, &buffer)
        case .hashes(let request, let hashes):
            Self.writeHashRequest(22, request, extra: hashes.readableBytes, &buffer)
            buffer.writeImmutableBuffer(hashes)
        case .hashReject(let request): Self.writeHashRequest(23, request, extra: 0, &buffer)
        case .unknown(let identifier): Self.writeBare(identifier, &buffer)
        }
    }

    private static func writeBare(_ identifier: UInt8, _ buffer: inout ByteBuffer) {
        buffer.writeMultipleIntegers(1 as UInt32, identifier)
    }

    private static func writeIndex(_ identifier: UInt8, _ piece: PieceIndex, _ buffer: inout ByteBuffer) {
        buffer.writeMultipleIntegers(5 as UInt32, identifier, UInt32(truncatingIfNeeded: piece.rawValue))
    }

    private static func writeBlock(_ identifier: UInt8, _ block: BlockRequest, _ buffer: inout ByteBuffer) {
        buffer.writeMultipleIntegers(
            13 as UInt32, identifier, UInt32(truncatingIfNeeded: block.piece.rawValue),
            UInt32(truncatingIfNeeded: block.begin), UInt32(truncatingIfNeeded: block.length))
    }

    private static func writePayload(_ identifier: UInt8, _ payload: ByteBuffer, _ buffer: inout ByteBuffer) {
        buffer.writeMultipleIntegers(UInt32(1 + payload.readableBytes), identifier)
        buffer.writeImmutableBuffer(payload)
    }

    private static func writeHashRequest(
        _ identifier: UInt8, _ request: HashRequest, extra: Int, _ buffer: inout ByteBuffer
    ) {
        buffer.writeMultipleIntegers(UInt32(1 + HashRequest.byteCount + extra), identifier)
        unsafe request.piecesRoot.withBytes { unsafe _ = buffer.writeBytes($0) }
        buffer.writeMultipleIntegers(
            UInt32(truncatingIfNeeded: request.baseLayer), UInt32(truncatingIfNeeded: request.index),
            UInt32(truncatingIfNeeded: request.length), UInt32(truncatingIfNeeded: request.proofLayers))
    }
}
