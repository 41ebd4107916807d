// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import Support
import SwardWire
import Testing

@Suite("Extension messages") struct ExtensionTests {
    // MARK: BEP 10

    @Test("a handshake is read back")
    func roundTrips() throws {
        var handshake = ExtensionHandshake()
        handshake.metadataID = 3
        handshake.clientName = "sward 1"
        handshake.port = 6881
        handshake.requestQueue = 500
        handshake.metadataSize = 31_235
        handshake.isUploadOnly = true
        handshake.yourIP = [10, 0, 0, 1]
        handshake.ipv4 = [10, 0, 0, 2]
        handshake.ipv6 = [UInt8](0..<16)
        #expect(try ExtensionHandshake(reading: handshake.payload()) == handshake)
        #expect(try ExtensionHandshake(reading: ExtensionHandshake().payload()) == ExtensionHandshake())
    }

    @Test("the example of BEP 10 is read, and the one of BEP 9")
    func readsExamples() throws {
        // The first name is in Latin-1 there, as its length says.
        let bytes =
            [UInt8]("d1:md11:LT_metadatai1e6:".utf8) + [0xB5]
            + [UInt8]("T_PEXi2ee1:pi6881e1:v13:\u{B5}Torrent 1.2e".utf8)
        let ten = try ExtensionHandshake(reading: ByteBuffer(bytes: bytes))
        #expect(ten.port == 6881 && ten.clientName == "\u{B5}Torrent 1.2" && ten.metadataID == nil)
        let nine = try ExtensionHandshake(
            reading: ByteBuffer(string: "d1:md11:ut_metadatai3ee13:metadata_sizei31235ee"))
        #expect(nine.metadataID == 3 && nine.metadataSize == 31_235)
    }

    @Test("keys out of order, unknown ones and values of the wrong type do no harm")
    func isLenient() throws {
        let text =
            "d1:v4:test1:md6:ut_pexi1e11:ut_metadatai2ee4:reqq3:abc1:pi99999e13:metadata_sizei-5e1:eli1eld1:ai0eeee6:yourip3:abce"
        let handshake = try ExtensionHandshake(reading: ByteBuffer(string: text))
        #expect(handshake.clientName == "test" && handshake.metadataID == 2)
        #expect(handshake.requestQueue == nil && handshake.port == nil && handshake.yourIP == nil)
        #expect(handshake.metadataSize == -5)
    }

    @Test(
        "what is no dictionary is refused, however deep",
        arguments: [
            "", "i1e", "le", "d", "d1:a", "d1:ai1e", "d3:ab", "d9999999999999999999:ae", "di1ei2ee",
            "d1:ai--1ee",
            String(repeating: "d1:a", count: 5000), "d1:a" + String(repeating: "l", count: 5000),
            "d1:al" + String(repeating: "0:", count: 5000) + "ee",
        ])
    func refuses(_ text: String) {
        #expect(throws: WireError.badExtension(id: 0)) {
            try ExtensionHandshake(reading: ByteBuffer(string: text))
        }
    }

    // MARK: BEP 9

    static let messages: [(text: String, message: MetadataMessage)] = [
        ("d8:msg_typei0e5:piecei0ee", .request(piece: 0)),
        (
            "d8:msg_typei1e5:piecei0e10:total_sizei3425eexxxxxxxx",
            .data(piece: 0, totalSize: 3425, ByteBuffer(string: "xxxxxxxx"))
        ),
        ("d8:msg_typei2e5:piecei0ee", .reject(piece: 0)),
    ]

    @Test("the messages of BEP 9 are read and written to the byte", arguments: messages)
    func metadataMessages(_ row: (text: String, message: MetadataMessage)) throws {
        let payload = ByteBuffer(string: row.text)
        #expect(try MetadataMessage(reading: payload, id: 1) == row.message)
        #expect(row.message.payload() == payload)
    }

    @Test("a type that nobody knows is let be")
    func ignoresUnknown() throws {
        let payload = ByteBuffer(string: "d8:msg_typei77e5:piecei0ee")
        #expect(try MetadataMessage(reading: payload, id: 1) == .unknown(type: 77))
    }

    @Test(
        "numbers out of range and pieces too long are refused",
        arguments: [
            "d8:msg_typei0ee", "d5:piecei0ee", "d8:msg_typei0e5:piecei-1ee",
            "d8:msg_typei0e5:piecei4294967296ee",
            "d8:msg_typei1e5:piecei0ee", "d8:msg_typei1e5:piecei0e10:total_sizei-1ee",
            "d8:msg_typei1e5:piecei0e10:total_sizei99999ee" + String(repeating: "x", count: 16_385), "x",
        ])
    func refusesMetadata(_ text: String) {
        #expect(throws: WireError.badExtension(id: 1)) {
            try MetadataMessage(reading: ByteBuffer(string: text), id: 1)
        }
    }

    @Test("random bytes never crash a reader", arguments: 0..<100)
    func survivesNoise(_ seed: Int) {
        var generator = SplitMix64(seed: UInt64(seed))
        let alphabet = [UInt8]("dile0123456789:amv_-".utf8)
        for _ in 0..<100 {
            let bytes =
                [UInt8]("d".utf8) + (0..<generator.below(60)).map { _ in generator.element(of: alphabet) }
            _ = try? ExtensionHandshake(reading: ByteBuffer(bytes: bytes))
            _ = try? MetadataMessage(reading: ByteBuffer(bytes: bytes), id: 1)
        }
    }
}
