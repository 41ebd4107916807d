// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import SwardPrimitives
import SwardWire
import Testing

@Suite("The message that lets two peers meet") struct HolepunchMessageTests {
    static let four = PeerAddress(ip: [192, 0, 2, 7], port: 0x1a2b)!
    static let six = PeerAddress(
        ip: [0x20, 1, 0xd, 0xb8] + [UInt8](repeating: 0, count: 11) + [9], port: 81)!

    static let rows: [(message: HolepunchMessage, bytes: [UInt8])] = [
        (.init(.rendezvous, four), [0, 0, 192, 0, 2, 7, 0x1a, 0x2b, 0, 0, 0, 0]),
        (.init(.connect, six), [1, 1] + six.ip + [0, 81, 0, 0, 0, 0]),
        (.init(.error(.noSuchPeer), four), [2, 0, 192, 0, 2, 7, 0x1a, 0x2b, 0, 0, 0, 1]),
        (.init(.error(.noSelf), six), [2, 1] + six.ip + [0, 81, 0, 0, 0, 4]),
    ]

    @Test("its bytes are those of BEP 55", arguments: rows)
    func bytes(_ row: (message: HolepunchMessage, bytes: [UInt8])) throws {
        #expect(Array(row.message.payload().readableBytesView) == row.bytes)
        #expect(try HolepunchMessage(reading: ByteBuffer(bytes: row.bytes), id: 1) == row.message)
    }

    @Test("the code may be missing where nothing went wrong, as libtorrent has it")
    func short() throws {
        for row in Self.rows {
            let short = ByteBuffer(bytes: row.bytes.dropLast(4))
            if case .error = row.message.kind {
                #expect(throws: WireError.badExtension(id: 1)) { try HolepunchMessage(reading: short, id: 1) }
            } else {
                #expect(try HolepunchMessage(reading: short, id: 1) == row.message)
            }
        }
        let unknown = try HolepunchMessage(
            reading: ByteBuffer(bytes: [2, 0, 1, 2, 3, 4, 5, 6, 0, 0, 0, 9]), id: 1)
        #expect(unknown.kind == .error(nil))
    }

    @Test("no other length, type or spelling is taken")
    func refuses() {
        let whole = Self.rows[0].bytes
        let mapped: [UInt8] =
            [0, 1] + [UInt8](repeating: 0, count: 10) + [255, 255, 192, 0, 2, 7, 0x1a, 0x2b]
        let bad =
            (0..<whole.count).filter { $0 != 8 }.map { Array(whole.prefix($0)) } + [
                whole + [0], [3] + whole.dropFirst(), [0, 2] + whole.dropFirst(2),
                [0, 1] + whole.dropFirst(2), mapped,
            ]
        for bytes in bad {
            #expect(throws: WireError.badExtension(id: 7), "\(bytes)") {
                try HolepunchMessage(reading: ByteBuffer(bytes: bytes), id: 7)
            }
        }
    }
}
