// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import Support
import SwardPrimitives
import SwardWire
import Testing

@Suite("The handshake") struct HandshakeTests {
    private let handshake = Handshake(
        features: [.fast, .extensions, .v2], infoHash: Digest160([UInt8](1...20))!,
        peerID: PeerID([UInt8](101...120))!)

    private var bytes: [UInt8] {
        [19] + Array("BitTorrent protocol".utf8) + [0, 0, 0, 0, 0, 0x10, 0, 0x14] + [UInt8](1...20)
            + [UInt8](101...120)
    }

    @Test("it has the bytes of BEP 3, and the bits of BEP 6, 10 and 52")
    func writes() {
        var buffer = ByteBuffer()
        handshake.write(into: &buffer)
        #expect(Array(buffer.readableBytesView) == bytes)
    }

    @Test("it is read back, and leaves what follows")
    func reads() throws {
        var buffer = ByteBuffer(bytes: bytes + [0, 0, 0, 1, 2])
        #expect(try Handshake.read(from: &buffer) == handshake)
        #expect(buffer.readableBytes == 5)
    }

    @Test("until it is whole nothing is taken")
    func waits() throws {
        for count in 0..<68 {
            var buffer = ByteBuffer(bytes: bytes.prefix(count))
            #expect(try Handshake.read(from: &buffer) == nil)
            #expect(buffer.readableBytes == count)
        }
    }

    @Test(
        "another protocol is refused at its first strange byte",
        arguments: [
            ("GET / HTTP/1.1", 0), ("\u{13}BitTorrent Protocol", 12), ("\u{13}Bit\u{0}", 4),
            ("\u{0}\u{0}\u{0}\u{1}\u{2}", 0),
        ])
    func refuses(_ text: String, offset: Int) {
        var buffer = ByteBuffer(string: text)
        #expect(throws: WireError.notBitTorrent(offset: offset)) { try Handshake.read(from: &buffer) }
    }
}
