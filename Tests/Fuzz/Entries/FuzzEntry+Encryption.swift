// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import SwardCrypto
import SwardHash
import SwardPrimitives
import SwardWire

extension FuzzEntry {
    /// What a peer sends in an encrypted handshake. The first byte says to which end, how the bytes are cut, and how far
    /// the peer keeps to the protocol: whether a key, a mark and a cipher go before and over the rest.
    package static let encryptionHandshake = FuzzEntry(name: "encryption-handshake") {
        (bytes: [UInt8]) throws(Violation) in
        let choice = Int(bytes.first ?? 0)
        let step = choice >> 4 + 1
        let (isAnswering, stage) = (choice & 1 == 0, choice >> 1 & 3)
        let whole = outcome(of: bytes.dropFirst(), isAnswering: isAnswering, stage: stage, step: .max)
        let cut = outcome(of: bytes.dropFirst(), isAnswering: isAnswering, stage: stage, step: step)
        try check("how it is cut changes nothing", whole == cut)
    }

    private static func outcome(
        of bytes: ArraySlice<UInt8>, isAnswering: Bool, stage: Int, step: Int
    ) -> [UInt8]? {
        guard let infoHash = Digest160([UInt8](repeating: 7, count: 20)) else { return nil }
        let draw = EncryptionHandshake.Draw(secret: [UInt8](1...20), padding: [])
        let peer = KeyExchange768(secret: [UInt8](101...120))
        guard let secret = peer.shared(with: KeyExchange768(secret: [UInt8](1...20)).publicKey) else {
            return nil
        }
        var stream = stage > 0 ? peer.publicKey : []
        if isAnswering, stage > 1 {
            let mask = SHA1.hash(Array("req3".utf8) + secret).bytes
            stream += SHA1.hash(Array("req1".utf8) + secret).bytes
            stream += zip(EncryptionHandshake.obfuscated(infoHash).bytes, mask).map { $0 ^ $1 }
        }
        var rest = ByteBuffer(bytes: bytes)
        if stage > 1 {
            var ciphers = StreamCiphers(secret: secret, infoHash: infoHash, isInitiator: isAnswering)
            ciphers.encrypt(&rest)
        }
        stream += rest.readableBytesView
        var machine =
            isAnswering
            ? EncryptionHandshake(answering: .prefer, draw: draw)
            : EncryptionHandshake(
                initiating: infoHash, offer: [.plain, .rc4], payload: ByteBuffer(string: "hello"), draw: draw)
        var said: [UInt8] = []
        var left = stream[...]
        while !left.isEmpty {
            let read = ByteBuffer(bytes: left.prefix(step))
            left = left.dropFirst(step)
            guard
                let action = try? machine.received(
                    read,
                    torrent: { $0 == EncryptionHandshake.obfuscated(infoHash) ? infoHash : nil })
            else { return nil }
            switch action {
            case .proceed(let send): said += send.readableBytesView
            case .finish(let send, var ciphers, var payload):
                var behind = ByteBuffer(bytes: left)
                ciphers?.decrypt(&behind)
                payload.writeBuffer(&behind)
                return said + Array(send.readableBytesView) + Array(payload.readableBytesView)
            }
        }
        return said
    }
}
