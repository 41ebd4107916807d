// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import NIOPosix
import SwardPrimitives
import SwardWire

/// A peer that says what the test wants and remembers everything it is told.
struct RawPeer {
    enum Ended: Error { case early([PeerMessage]) }

    /// Connects, says `messages` behind its handshake, and listens until `isEnough`.
    ///
    /// - Returns: All that came after the handshake.
    static func converse(
        with address: PeerAddress, about infoHash: Digest160, saying messages: [PeerMessage],
        until isEnough: ([PeerMessage]) -> Bool
    ) async throws -> [PeerMessage] {
        try await converse(with: address, about: infoHash, saying: messages) { isEnough($0) ? nil : [] }
    }

    /// - Parameter answer: What to say to all that has come so far; `nil` for no more.
    static func converse(
        with address: PeerAddress, about infoHash: Digest160, saying messages: [PeerMessage],
        answering answer: ([PeerMessage]) async throws -> [PeerMessage]?
    ) async throws -> [PeerMessage] {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: Int(address.port)) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            var out = ByteBuffer()
            Handshake(
                features: [.fast, .extensions, .v2], infoHash: infoHash,
                peerID: PeerID(Array("-XX0000-rawpeer00000".utf8))!
            ).write(into: &out)
            for message in messages { message.write(into: &out) }
            try await outbound.write(out)
            var heard: [PeerMessage] = []
            var waiting = ByteBuffer()
            var isOpen = false
            var decoder = PeerMessageDecoder()
            for try await bytes in inbound {
                if isOpen {
                    decoder.append(bytes)
                } else {
                    waiting.writeImmutableBuffer(bytes)
                    guard try Handshake.read(from: &waiting) != nil else { continue }
                    isOpen = true
                    decoder.append(waiting)
                }
                while let message = try decoder.next() { heard.append(message) }
                guard let answers = try await answer(heard) else { return heard }
                var out = ByteBuffer()
                for message in answers { message.write(into: &out) }
                if out.readableBytes > 0 { try await outbound.write(out) }
            }
            throw Ended.early(heard)
        }
    }
}

extension PeerMessage {
    var isPayload: Bool { if case .piece = self { true } else { false } }

    /// Whether it tells what pieces there are, or offers them.
    var isOffer: Bool {
        switch self {
        case .bitfield, .have, .haveAll, .unchoke, .allowedFast, .suggest: true
        default: false
        }
    }
}
