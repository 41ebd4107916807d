// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import SwardPrimitives
import SwardWire
import Testing

@Suite("Peer exchange messages") struct PeerExchangeTests {
    private static func address(_ last: UInt8, port: UInt16 = 0x1AE1) -> PeerAddress {
        PeerAddress(ip: [1, 2, 3, last], port: port)!
    }
    private static let six = PeerAddress(ip: (1...16).map { UInt8($0) }, port: 80)!

    @Test("are written as BEP 11 has them, and read back")
    func roundTrip() throws {
        let message = PeerExchange(
            added: [
                .init(Self.address(4), flags: [.isSeed, .isReachable]), .init(Self.six, flags: .speaksUTP),
            ], dropped: [Self.address(5)])
        let payload = message.payload()
        let text = "d5:added6:\u{1}\u{2}\u{3}\u{4}\u{1A}\u{E1}".unicodeScalars.map { UInt8($0.value) }
        #expect(Array(payload.readableBytesView).starts(with: text))
        #expect(try PeerExchange(reading: payload, id: 2) == message)
    }

    @Test("leave out port 0 and second mentions, take missing flags for none, and stop at their cap")
    func caps() throws {
        var bytes: [UInt8] = []
        for number in 0..<300 {
            bytes += [9, 9, UInt8(number >> 8), UInt8(number & 255), 0, number == 7 ? 0 : 1]
        }
        let twice = Array(bytes[..<6]) + bytes
        let payload = ByteBuffer(bytes: Array("d5:added\(twice.count):".utf8) + twice + Array("e".utf8))
        let message = try PeerExchange(reading: payload, id: 2)
        #expect(message.added.count == PeerExchange.maximumContacts)
        #expect(Set(message.added.map(\.address)).count == message.added.count)
        #expect(message.added.allSatisfy { $0.address.port == 1 && $0.flags == [] })
    }

    static let bad: [String] = [
        "", "le", "i1e", "d5:added5:12345e", "d6:added617:12345678901234567e", "d7:dropped7:1234567e",
        "d5:added",
    ]

    @Test("that are no whole lists are refused", arguments: bad)
    func refuses(_ text: String) {
        #expect(throws: WireError.badExtension(id: 9)) {
            try PeerExchange(reading: ByteBuffer(string: text), id: 9)
        }
    }

    @Test("numbers of extensions are said and read")
    func negotiates() throws {
        var handshake = ExtensionHandshake()
        (handshake.metadataID, handshake.exchangeID, handshake.dontHaveID, handshake.uploadOnlyID) = (
            1, 2, 3, 4
        )
        #expect(try ExtensionHandshake(reading: handshake.payload()) == handshake)
    }
}
