// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import Support
import SwardPrimitives
import SwardWire
import Testing

@Suite("Datagrams by a SOCKS proxy") struct SOCKSDatagramTests {
    /// By the layout of RFC 1928, 7: two reserved bytes, the part, the kind of address, address, port, data.
    static let rows: [(bytes: [UInt8], end: SOCKSEnd, payload: [UInt8])] = [
        (
            [0, 0, 0, 1, 192, 0, 2, 7, 0x1a, 0xe1, 9, 8, 7],
            .address(PeerAddress(ip: [192, 0, 2, 7], port: 6881)!), [9, 8, 7]
        ),
        (
            [0, 0, 0, 4, 0x20, 1, 0xd, 0xb8] + [UInt8](repeating: 0, count: 11) + [9, 0, 81, 5],
            .address(
                PeerAddress(ip: [0x20, 1, 0xd, 0xb8] + [UInt8](repeating: 0, count: 11) + [9], port: 81)!),
            [5]
        ),
        (
            [0, 0, 0, 3, 12] + Array("tracker.test".utf8) + [0, 80, 1, 2],
            .name("tracker.test", port: 80), [1, 2]
        ),
    ]

    @Test("each kind of address is written and read as the RFC says", arguments: rows)
    func agrees(_ row: (bytes: [UInt8], end: SOCKSEnd, payload: [UInt8])) throws {
        let datagram = try #require(SOCKSDatagram(ByteBuffer(bytes: row.bytes)))
        #expect(datagram.end == row.end)
        #expect(Array(datagram.payload.readableBytesView) == row.payload)
        let header = SOCKSDatagram.header(to: row.end)
        #expect(Array(header.readableBytesView) + row.payload == row.bytes)
        if case .address(let address) = row.end {
            #expect(SOCKSDatagram.headerLength(isIPv4: address.isIPv4) == header.readableBytes)
        }
        // Half of it is none, and neither is one without anything in it.
        for length in 0...(row.bytes.count - row.payload.count) {
            #expect(SOCKSDatagram(ByteBuffer(bytes: row.bytes.prefix(length))) == nil, "\(length)")
        }
    }

    @Test("an address is read where the buffer does not begin with it")
    func readsOnward() throws {
        var buffer = ByteBuffer(bytes: [1, 2, 3] + Self.rows[0].bytes)
        buffer.moveReaderIndex(forwardBy: 3)
        #expect(SOCKSDatagram(buffer)?.end == Self.rows[0].end)
    }

    static let refused: [[UInt8]] = [
        // The first, the last and any part of one that was cut.
        [0, 0, 1, 1, 192, 0, 2, 7, 1, 1, 9], [0, 0, 0x83, 1, 192, 0, 2, 7, 1, 1, 9],
        // A kind nobody knows; no port; no name; a name longer than all there is.
        [0, 0, 0, 2, 192, 0, 2, 7, 1, 1, 9], [0, 0, 0, 0, 192, 0, 2, 7, 1, 1, 9],
        [0, 0, 0, 1, 192, 0, 2, 7, 0, 0, 9], [0, 0, 0, 3, 0, 1, 1, 9],
        [0, 0, 0, 3, 255] + [UInt8](repeating: 97, count: 200),
    ]

    @Test("parts and what is none are dropped", arguments: refused)
    func drops(_ bytes: [UInt8]) { #expect(SOCKSDatagram(ByteBuffer(bytes: bytes)) == nil) }

    @Test("reserved bytes are nobody's business")
    func ignoresReserved() {
        var bytes = Self.rows[0].bytes
        bytes[0] = 7
        #expect(SOCKSDatagram(ByteBuffer(bytes: bytes))?.end == Self.rows[0].end)
    }

    @Test("whatever comes, what is read is written the same")
    func survives() {
        for seed in 0..<3000 as Range<UInt64> {
            var random = SplitMix64(seed: seed)
            var bytes: [UInt8] = [0, 0, 0, [1, 3, 4][Int.random(in: 0..<3, using: &random)]]
            if bytes[3] == 3 { bytes.append(UInt8.random(in: 0...40, using: &random)) }
            bytes += (0..<Int.random(in: 0..<60, using: &random)).map { _ in
                UInt8.random(in: 97...122, using: &random)
            }
            guard let read = SOCKSDatagram(ByteBuffer(bytes: bytes)) else { continue }
            let again = SOCKSDatagram.header(to: read.end)
            #expect(
                Array(again.readableBytesView) + Array(read.payload.readableBytesView) == bytes,
                "seed \(seed)")
        }
    }
}
