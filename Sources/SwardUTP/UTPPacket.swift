// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import NIOCore

/// One datagram of uTP. Source: BEP 29, "header format".
package struct UTPPacket: Hashable, Sendable {
    package enum Kind: UInt8, Sendable { case data, fin, state, reset, syn }

    /// Of the header, without extensions.
    package static let headerLength = 20
    private static let selectiveAcks: UInt8 = 1
    /// An extension nobody knows, and so everybody skips: what makes a datagram as long as one wants to try.
    private static let padding: UInt8 = 0xEE
    /// In bytes; its length has one, and there are 32-bit words.
    static let maximumMaskLength = 252

    package var kind: Kind
    package var connectionID: UInt16
    /// In microseconds of the sender's clock.
    package var timestamp: UInt32 = 0
    /// In microseconds: how long the last datagram of the other end seemed to be on its way.
    package var timestampDifference: UInt32 = 0
    /// In bytes: what the sender can still take.
    package var window: UInt32 = 0
    package var sequence: UInt16
    package var acknowledged: UInt16
    /// Bit `i` of byte `j` stands for the datagram `acknowledged + 2 + 8 j + i`. We write whole words.
    package var mask: [UInt8] = []
    package var payload = ByteBuffer()

    package init(kind: Kind, connectionID: UInt16, sequence: UInt16, acknowledged: UInt16) {
        self.kind = kind
        self.connectionID = connectionID
        self.sequence = sequence
        self.acknowledged = acknowledged
    }

    /// Whether a datagram looks like one of uTP, by its first byte: what comes by the same port otherwise begins with
    /// `d` (the DHT) or zero (trackers).
    package static func isLikely(_ first: UInt8) -> Bool { first & 0x0F == 1 && first >> 4 <= 4 }

    /// - Returns: `nil` for what is no datagram of uTP version 1.
    package init?(_ datagram: ByteBuffer) {
        var datagram = datagram
        guard
            let (first, firstExtension, connectionID, timestamp, difference, window, sequence, acknowledged) =
                datagram.readMultipleIntegers(
                    as: (UInt8, UInt8, UInt16, UInt32, UInt32, UInt32, UInt16, UInt16).self),
            Self.isLikely(first), let kind = Kind(rawValue: first >> 4)
        else { return nil }
        self.init(kind: kind, connectionID: connectionID, sequence: sequence, acknowledged: acknowledged)
        self.timestamp = timestamp
        timestampDifference = difference
        self.window = window
        var type = firstExtension
        while type != 0 {
            guard let (next, length) = datagram.readMultipleIntegers(as: (UInt8, UInt8).self),
                datagram.readableBytes >= Int(length)
            else { return nil }
            if type == Self.selectiveAcks, mask.isEmpty {
                // BEP 29 asks for whole words; libtorrent sends as many bytes as it needs.
                guard length > 0 else { return nil }
                mask = Array(datagram.readableBytesView.prefix(Int(length)))
            }
            datagram.moveReaderIndex(forwardBy: Int(length))
            type = next
        }
        payload = datagram
        // Only these two carry anything.
        guard payload.readableBytes == 0 || kind == .data || kind == .fin else { return nil }
        guard payload.readableBytes > 0 || kind != .data else { return nil }
    }

    /// - Parameter padding: bytes to make it longer by: none, or 2 to 257.
    package func write(into buffer: inout ByteBuffer, padding: Int = 0) {
        let first = !mask.isEmpty ? Self.selectiveAcks : padding > 0 ? Self.padding : 0
        buffer.writeMultipleIntegers(
            kind.rawValue << 4 | 1, first, connectionID, timestamp, timestampDifference, window, sequence,
            acknowledged)
        if !mask.isEmpty {
            buffer.writeMultipleIntegers(padding > 0 ? Self.padding : 0, UInt8(mask.count))
            buffer.writeBytes(mask)
        }
        if padding > 0 {
            buffer.writeMultipleIntegers(UInt8(0), UInt8(padding - 2))
            buffer.writeRepeatingByte(0, count: padding - 2)
        }
        buffer.writeImmutableBuffer(payload)
    }
}
