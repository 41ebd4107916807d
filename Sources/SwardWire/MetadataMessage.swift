// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import NIOCore
internal import SwardBencode

/// A piece of the info dictionary, asked for, sent or refused. Source: BEP 9, "extension message".
package enum MetadataMessage: Hashable, Sendable {
    /// In bytes; all pieces but the last have it.
    package static let pieceLength = 16_384
    /// Bytes in which the dictionary before a piece must end.
    private static let maximumHeader = 1024

    case request(piece: Int)
    /// The payload is a slice of what was read.
    case data(piece: Int, totalSize: Int, ByteBuffer)
    case reject(piece: Int)
    /// "An unrecognized message ID MUST be ignored."
    case unknown(type: Int64)

    /// - Throws: `badExtension` when the dictionary or one of its numbers is missing or out of range.
    package init(reading payload: ByteBuffer, id: UInt8) throws(WireError) {
        let front = Array(payload.readableBytesView.prefix(Self.maximumHeader))[...]
        guard
            let (entries, length) = try? LooseBencode.read(
                front, maximumValues: ExtensionHandshake.maximumValues),
            let type = entries["msg_type"]?.integer, let number = entries["piece"]?.integer,
            let piece = UInt32(exactly: number).map(Int.init)
        else { throw .badExtension(id: id) }
        switch type {
        case 0: self = .request(piece: piece)
        case 1:
            var rest = payload
            rest.moveReaderIndex(forwardBy: length)
            guard let size = entries["total_size"]?.integer,
                let totalSize = UInt32(exactly: size).map(Int.init),
                rest.readableBytes <= Self.pieceLength
            else { throw .badExtension(id: id) }
            self = .data(piece: piece, totalSize: totalSize, rest)
        case 2: self = .reject(piece: piece)
        default: self = .unknown(type: type)
        }
    }

    package func payload() -> ByteBuffer {
        switch self {
        case .request(let piece): return ByteBuffer(string: "d8:msg_typei0e5:piecei\(piece)ee")
        case .data(let piece, let totalSize, let bytes):
            var buffer = ByteBuffer()
            buffer.reserveCapacity(64 + bytes.readableBytes)
            buffer.writeString("d8:msg_typei1e5:piecei\(piece)e10:total_sizei\(totalSize)ee")
            buffer.writeImmutableBuffer(bytes)
            return buffer
        case .reject(let piece): return ByteBuffer(string: "d8:msg_typei2e5:piecei\(piece)ee")
        case .unknown(let type): return ByteBuffer(string: "d8:msg_typei\(type)e5:piecei0ee")
        }
    }
}
