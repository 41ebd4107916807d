// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import NIOCore
package import SwardPrimitives

/// The first 68 bytes each way. Source: BEP 3, "peer protocol".
package struct Handshake: Hashable, Sendable {
    package static let byteCount = 68
    private static let greeting = [UInt8]("\u{13}BitTorrent protocol".utf8)

    /// What a peer can do, as bits of the eight reserved bytes read as one big-endian number.
    package struct Features: OptionSet, Hashable, Sendable {
        package let rawValue: UInt64
        package init(rawValue: UInt64) { self.rawValue = rawValue }

        /// `reserved[7] & 0x01`. Source: BEP 5.
        package static let dht = Features(rawValue: 0x01)
        /// `reserved[7] & 0x04`. Source: BEP 6.
        package static let fast = Features(rawValue: 0x04)
        /// `reserved[7] & 0x10`. Source: BEP 52, "upgrade path".
        package static let v2 = Features(rawValue: 0x10)
        /// `reserved[5] & 0x10`. Source: BEP 10.
        package static let extensions = Features(rawValue: 0x10_0000)
    }

    package var features: Features
    /// v1, or v2 cut to 20 bytes.
    package var infoHash: Digest160
    package var peerID: PeerID

    package init(features: Features, infoHash: Digest160, peerID: PeerID) {
        self.features = features
        self.infoHash = infoHash
        self.peerID = peerID
    }

    package func write(into buffer: inout ByteBuffer) {
        buffer.writeBytes(Self.greeting)
        buffer.writeInteger(features.rawValue)
        buffer.writeBytes(infoHash.bytes)
        buffer.writeBytes(peerID.bytes)
    }

    /// Whether a stream begins with a handshake in clear; `nil` while that is open.
    package static func isPlain(_ bytes: ByteBuffer) -> Bool? {
        let view = bytes.readableBytesView
        guard view.prefix(greeting.count).elementsEqual(greeting.prefix(view.count)) else { return false }
        return view.count >= greeting.count ? true : nil
    }

    /// Takes a handshake off the front of `buffer`.
    ///
    /// - Returns: `nil` while bytes are missing; then nothing is taken.
    /// - Throws: `notBitTorrent` at the first byte that differs, however few bytes there are.
    package static func read(from buffer: inout ByteBuffer) throws(WireError) -> Handshake? {
        let view = buffer.readableBytesView
        for (offset, (byte, expected)) in zip(view, greeting).enumerated() where byte != expected {
            throw .notBitTorrent(offset: offset)
        }
        guard buffer.readableBytes >= byteCount else { return nil }
        buffer.moveReaderIndex(forwardBy: greeting.count)
        guard let reserved = buffer.readInteger(as: UInt64.self),
            let hashBytes = buffer.readBytes(length: 20), let infoHash = Digest160(hashBytes),
            let idBytes = buffer.readBytes(length: 20), let peerID = PeerID(idBytes)
        else { return nil }
        return Handshake(features: Features(rawValue: reserved), infoHash: infoHash, peerID: peerID)
    }
}
